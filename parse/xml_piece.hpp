// One element of a larger document as a tree.
#pragma once

#include "model/error.hpp"

#include <pugixml.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// A tree and the bytes that it points into.
struct XmlPiece {
  std::string buffer;
  pugi::xml_document document;
};

/// Loads `bytes`, which begin in `line` of `source_name`. References stay as printed (they are
/// decoded with the text), white space is kept, what is not UTF-8 is read as Windows-1252.
Result<void> load_piece(XmlPiece& piece,
                        std::string_view bytes,
                        std::size_t line,
                        const std::string& source_name);

} // namespace regtrail::parse
