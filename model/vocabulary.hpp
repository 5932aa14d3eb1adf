// Closed vocabularies: enumerations whose values have a word each, the one that JSON, options and
// the archive use.
#pragma once

#include "model/error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace regtrail {

/// A specialisation makes `Enum`, whose values count from 0, a vocabulary:
///   static constexpr std::string_view name;  // for messages: "verb of an instruction"
///   static constexpr std::array words;       // a std::string_view a value, in their order
template<typename Enum>
struct Vocabulary;

template<typename Enum>
requires requires {
  Vocabulary<Enum>::words;
}

[[nodiscard]] std::string_view to_string(Enum value) {
  return Vocabulary<Enum>::words.at(static_cast<std::size_t>(value));
}

/// The value that `word` stands for; `malformed` where there is none.
template<typename Enum>
[[nodiscard]] Result<Enum> parse_word(std::string_view word) {
  const auto& words = Vocabulary<Enum>::words;
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) {
    return fail(ErrorKind::malformed,
                "'" + std::string(word) + "' is no " + std::string(Vocabulary<Enum>::name));
  }
  return static_cast<Enum>(found - words.begin());
}

} // namespace regtrail
