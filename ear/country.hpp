// The names that the EAR has for a country: those of the Country Chart, the Country Groups and the
// lists of part 744, and those of running text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

/// Names of the country with the ISO 3166 alpha-2 code `code`, as the law prints them, the first
/// the usual one; empty for a code that is not known. Hong Kong is also named by "China", under
/// which the law holds it.
[[nodiscard]] std::vector<std::string_view> names_of_country(std::string_view code);

/// First place at or behind `from` in `text` at which one of the country's names or the adjective
/// made of it ("Russian") stands as a whole word, with the words found; npos if none. "Niger" does
/// not stand in "Nigeria", "Korea, South" not in "Korea, North", "Guinea" not in "Guinea-Bissau".
struct CountryMention {
  std::size_t begin = std::string_view::npos;
  std::size_t end = std::string_view::npos;
};

[[nodiscard]] CountryMention
find_country(std::string_view text, std::string_view code, std::size_t from = 0);

} // namespace regtrail::ear
