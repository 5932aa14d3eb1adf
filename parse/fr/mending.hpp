// Repairs what printing and its conversion to XML have done to the text of a document, and finds
// out on which page it stands, before anything is read.
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace regtrail::parse {

struct FrPages {
  int first = 0; ///< 0 unknown
  int last = 0;
  std::size_t depth = 0; ///< how deep elements are nested, the document's own counted
  std::unordered_map<std::size_t, int> instructions; ///< page of an AMDPAR, by hash_value()

  [[nodiscard]] int of(const pugi::xml_node& instruction) const;
};

/// In place: blanks lost at the edges of emphasis and page breaks are put back, words that a page
/// break parts at a hyphen are joined, editors' residue goes, STARS becomes a paragraph of
/// asterisks. `page` is the one on which the document before ended.
FrPages mend(const pugi::xml_node& document, int page);

/// True for "* * * * *" in all its spellings.
[[nodiscard]] bool is_asterisks(std::string_view text);

} // namespace regtrail::parse
