// Country groups named in text: "Country Group D:5", "Country Groups D:1, D:4, and D:5", "A:5 or
// A:6".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct CountryGroupMention {
  std::string group;     ///< "D:5", "B"
  std::size_t begin = 0; ///< span in the text
  std::size_t end = 0;

  friend bool operator==(const CountryGroupMention&, const CountryGroupMention&) = default;
};

/// All groups in order. A letter without a number ("Country Group B") counts only after the words
/// "Country Group".
[[nodiscard]] std::vector<CountryGroupMention> find_country_groups(std::string_view text);

} // namespace regtrail::ear
