// The text of a document on public inspection (docs/sources.md, Federal Register: public
// inspection), which the office makes of its PDF by pdftotext: lines of a typed page, without blank
// lines between its paragraphs.
#pragma once

#include <string>
#include <string_view>

namespace regtrail::parse {

/// True for a text that begins with the stamp "This document is scheduled to be published in the
/// Federal Register".
[[nodiscard]] bool is_filing_text(std::string_view bytes);

/// The same text in the form of raw text: without the stamp, paragraphs with a blank line between
/// them, "Sec." and "--" where print has its signs.
[[nodiscard]] std::string raw_text_of_filing(std::string_view bytes);

} // namespace regtrail::parse
