// Raw text of a Federal Register document as paragraphs: no markup, lines joined, page marks read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct RawParagraph {
  std::string text;    ///< lines joined by blanks; quotes as characters
  int page = 0;        ///< on which it begins, 0 unknown
  bool bullet = false; ///< the printer's mark of an instruction, a line "0", stands before it
};

/// `bytes` is plain text or HTML with the text in PRE.
[[nodiscard]] std::vector<RawParagraph> read_raw_paragraphs(std::string_view bytes);

} // namespace regtrail::parse
