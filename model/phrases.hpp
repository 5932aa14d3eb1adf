// Closed lists of words and phrases written as one string, '|' between its members:
// "is|are|set forth below".
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace regtrail {

/// The pieces of `text` between `mark`s; an empty last one is left out.
[[nodiscard]] inline std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return pieces;
}

/// Whether `holds` for one of `phrases`.
template<typename Predicate>
[[nodiscard]] bool any_phrase(std::string_view phrases, Predicate holds) {
  while (!phrases.empty()) {
    const std::size_t end = std::min(phrases.find('|'), phrases.size());
    if (holds(phrases.substr(0, end))) {
      return true;
    }
    phrases.remove_prefix(std::min(end + 1, phrases.size()));
  }
  return false;
}

/// Whether `word` is one of `words`.
[[nodiscard]] inline bool is_one_of(std::string_view word, std::string_view words) {
  return any_phrase(words, [word](std::string_view each) { return each == word; });
}

} // namespace regtrail
