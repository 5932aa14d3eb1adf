// The content of a unit's element as a flat run of blocks; source and editorial notes go to the
// unit.
#pragma once

#include "model/node.hpp"
#include "parse/ecfr/inline_text.hpp"

#include <string>
#include <vector>

namespace regtrail::parse {

struct Block {
  enum class Kind {
    paragraph, ///< P and its variants
    flush,     ///< FP and its variants, form lines, text of elements we do not know
    heading,   ///< HD1 to HD6
    note,      ///< NOTE, CROSSREF: `text` is its HED, `inside` the rest
    example,   ///< EXAMPLE, alike
    table,
    figure,    ///< `text` holds nothing, `text.figures` one name
    list_item, ///< LI
    footnote,  ///< FTNT, EFTNT
  };

  Kind kind = Kind::paragraph;
  int level = 0;            ///< of a heading, 1 to 6
  bool quoted = false;      ///< inside EXTRACT: its designators are not the unit's
  bool strong = false;      ///< begins with bold text
  std::string_view element; ///< "FP-2"; lives as long as the tree
  InlineText text;
  std::vector<Block> inside;
  pugi::xml_node node; ///< of a table
};

struct UnitContent {
  std::string heading;
  std::vector<Block> blocks;
  std::vector<std::string> unknown_elements; ///< each once
};

/// Reads the children of `element`. Notes (CITA, AUTH, EDNOTE ...) are appended to `notes`.
[[nodiscard]] UnitContent read_content(const pugi::xml_node& element, std::vector<UnitNote>& notes);

} // namespace regtrail::parse
