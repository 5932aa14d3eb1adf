// Calendar dates in running text: "December 31, 2026", "Dec. 5, 2024", "20 February 2026",
// "1/16/25". Time alone changes the law where a note switches on a day (docs/grammar.md, Quoted
// terms and dates).
#pragma once

#include "model/date.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct TextDate {
  Date date;
  std::size_t begin = 0; ///< span in the text
  std::size_t end = 0;

  friend bool operator==(const TextDate&, const TextDate&) = default;
};

/// All dates in order. A day that does not exist is no date; years of two digits are 1970 to 2069.
[[nodiscard]] std::vector<TextDate> find_dates(std::string_view text);

} // namespace regtrail::ear
