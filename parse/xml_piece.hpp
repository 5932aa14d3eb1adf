// One element of a larger document as a tree.
#pragma once

#include "model/error.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// A tree and the bytes that it points into. May be loaded again and again.
struct XmlPiece {
  std::string buffer;
  pugi::xml_document document;
};

enum class BetweenElements {
  all_blanks,   ///< white space between two elements is a node, always
  inline_blanks ///< only behind E, SU, FTREF and PRTPAGE, where it parts words; it ends with "\f"
};

/// Loads `bytes`, which begin in `line` of `source_name`. References stay as printed (they are
/// decoded with the text), what is not UTF-8 is read as Windows-1252. The Federal Register prints
/// every element on a line of its own: half of all nodes would hold its indentation.
Result<void> load_piece(XmlPiece& piece,
                        std::string_view bytes,
                        std::size_t line,
                        const std::string& source_name,
                        BetweenElements between = BetweenElements::all_blanks);

} // namespace regtrail::parse
