// What stands between the name of a listed party and its aliases: "a.k.a.", "the following two
// aliases:".
#pragma once

#include <cstddef>
#include <string_view>

namespace regtrail::ear {

struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool is_list = false; ///< "the following two aliases:"
};

/// The first mark at or behind `from`, an empty one at the end of the text if there is none.
[[nodiscard]] Mark next_mark(std::string_view text, std::size_t from = 0);

/// "two" of "the following two aliases:"; 0 if no number is printed.
[[nodiscard]] std::size_t number_of_aliases(std::string_view mark);

/// Length of the dash at `at`, 0 if there is none; a hyphen is one only where a word could begin.
[[nodiscard]] std::size_t dash_at(std::string_view text, std::size_t at);

/// First place at or behind `at` that is no blank, tab or line break.
[[nodiscard]] std::size_t skip_space(std::string_view text, std::size_t at);

} // namespace regtrail::ear
