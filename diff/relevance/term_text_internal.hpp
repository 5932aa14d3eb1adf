// The form in which terms are searched: NFKC, lower case, plurals folded, without blanks, hyphens
// and punctuation ("data centers" and "data-center" are "datacenter"), kana variants folded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {

struct TermWord {
  std::uint32_t begin = 0; ///< bytes in the original
  std::uint32_t end = 0;
  std::uint32_t squeezed_begin = 0; ///< bytes in the squeezed form
  std::uint32_t squeezed_end = 0;
};

/// Words are runs of Latin letters and digits; each character of other scripts is a word.
struct TermText {
  std::string squeezed;
  std::vector<TermWord> words;
  std::vector<std::uint32_t> word_of; ///< by squeezed byte; no_word between sentences

  static constexpr std::uint32_t no_word = UINT32_MAX;
  static constexpr char sentence_end = '\x01'; ///< between sentences and list members
};

[[nodiscard]] TermText make_term_text(std::string_view original);

/// True when the text holds kana or kanji, whose terms know no word boundaries.
[[nodiscard]] bool is_japanese(std::string_view text);

} // namespace regtrail::diff
