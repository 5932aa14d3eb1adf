// What the files of the word diff share: token tables, alignment, sliding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace regtrail::diff::words {

/// Ends of the words of a run of Japanese, Chinese or Korean text, by ICU's dictionary breaks, as
/// offsets into `run`. When ICU has no rules at hand every character is a word.
[[nodiscard]] std::vector<std::size_t> cjk_word_ends(std::string_view run);

/// The end offset of every token of `text`. Tokens cover the text without gaps: a run of blanks, a
/// citation with its designators ("744.23(a)(2)"), an ECCN path, a hyphenated word, a number, a
/// unit, one punctuation mark.
[[nodiscard]] std::vector<std::uint32_t> token_ends(std::string_view text);

[[nodiscard]] bool is_blank_token(std::string_view token);

/// The tokens of one side. Tokens cover the text; words are the tokens that are not blank.
struct TokenTable {
  std::string_view text;
  std::vector<std::uint32_t> ends;  ///< of each token
  std::vector<std::uint32_t> words; ///< token index of each word
  std::vector<std::uint64_t> keys;  ///< hash of each word

  [[nodiscard]] std::string_view token(std::size_t index) const {
    const std::uint32_t begin = index == 0 ? 0 : ends[index - 1];
    return text.substr(begin, ends[index] - begin);
  }

  [[nodiscard]] std::size_t size() const { return ends.size(); }
};

[[nodiscard]] TokenTable make_table(std::string_view text);

/// `length` words from `before` on one side equal as many from `after` on the other.
struct Block {
  std::uint32_t before = 0;
  std::uint32_t after = 0;
  std::uint32_t length = 0;
};

/// The equal blocks of an edit script by Myers' O(ND) algorithm, in order and not touching. The
/// script is minimal up to a bound on the cost of a subproblem, where the furthest reaching path is
/// taken as git does, so that the time stays near linear for any input.
[[nodiscard]] std::vector<Block> align_words(const std::vector<std::uint64_t>& before,
                                             const std::vector<std::uint64_t>& after);

/// Tokens or words [x0, x1) before and [y0, y1) after.
struct Region {
  std::size_t x0 = 0;
  std::size_t x1 = 0;
  std::size_t y0 = 0;
  std::size_t y1 = 0;
};

/// Bytes that are equal on both sides.
struct Stretch {
  std::size_t before = 0;
  std::size_t after = 0;
  std::size_t length = 0;
};

/// Long equal stretches of long texts, in order; none for short ones. They begin and end between
/// sentences.
[[nodiscard]] std::vector<Stretch> equal_stretches(std::string_view before, std::string_view after);

/// Among the scripts near `blocks`, one with the fewest marked characters: where edits stand close
/// together, the window around them is solved exactly.
[[nodiscard]] std::vector<Block> fewest_characters(const TokenTable& before,
                                                   const TokenTable& after,
                                                   const std::vector<Block>& blocks);

/// Which tokens of each side are marked; the unmarked ones of both sides are equal in order.
struct Marks {
  std::vector<char> before;
  std::vector<char> after;
};

/// Moves insertions and deletions, where their edges are ambiguous, to the boundaries of sentences,
/// phrases and words.
void slide_edges(const TokenTable& before, const TokenTable& after, Marks& marks);

} // namespace regtrail::diff::words
