// What somebody may have meant.
#pragma once

#include "model/vocabulary.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::query {

/// Edits (insert, delete, replace) from one word to the other, letters without case. Words are
/// compared up to their 64th byte.
[[nodiscard]] int edit_distance(std::string_view left, std::string_view right);

/// Up to `count` of `known`, nearest first and equals in the order given.
[[nodiscard]] std::vector<std::string>
closest(std::string_view word, const std::vector<std::string>& known, std::size_t count);

/// The words of all the vocabularies.
template<typename... Enums>
[[nodiscard]] std::vector<std::string> words_of() {
  std::vector<std::string> words;
  (words.insert(words.end(), Vocabulary<Enums>::words.begin(), Vocabulary<Enums>::words.end()),
   ...);
  return words;
}

/// "'a', 'b' or 'c'"; "" for none.
[[nodiscard]] std::string one_of(const std::vector<std::string>& words);

/// "; did you mean 'x'?" for the nearest of `known`, "" when nothing is near.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& known);

} // namespace regtrail::query
