// What the phases of the alignment share.
#pragma once

#include "diff/tree/alignment.hpp"

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace regtrail::diff::tree {

/// Equal texts of fewer words than this do not prove a move.
inline constexpr std::size_t proving_words = 8;

/// At least `proving_words` words in the subtree.
[[nodiscard]] bool proves_identity(const Node& node);

/// True for two nodes without children that prove identity and have neither a number nor a word of
/// at least four bytes in common.
[[nodiscard]] bool nothing_kept(const Node& left, const Node& right);

/// The measure of Similarity over two texts; 0 when one has fewer than `proving_words` words.
[[nodiscard]] double likeness_of_texts(std::string_view left, std::string_view right);

/// Similarity of subtrees, 0 to 1: 2 x common words / all words (Dice coefficient of the multisets)
/// over texts without labels, lower case; long subtrees are sampled by hash. Keeps its samples by
/// address: the nodes must outlive it.
class Similarity {
public:
  [[nodiscard]] double of(const Node& left, const Node& right);
  [[nodiscard]] std::size_t words(const Node& node);

private:
  struct Sketch {
    std::vector<std::uint32_t> elements; ///< sorted
    std::size_t words = 0;
  };

  const Sketch& sketch(const Node& node);

  std::unordered_map<const Node*, Sketch> m_sketches;
};

/// The normalised hashes of one side: whether a node's content is found anywhere on it. Built when
/// first asked.
class ContentIndex {
public:
  explicit ContentIndex(std::vector<const Node*> roots) : m_roots(std::move(roots)) {}

  [[nodiscard]] bool has(const Node& node);

private:
  std::vector<const Node*> m_roots;
  std::unordered_set<Hash128> m_hashes;
  bool m_built = false;
};

/// What pairing needs to know beyond the two nodes at hand.
struct Context {
  Similarity& similarity;
  ContentIndex& left;
  ContentIndex& right;
};

using IndexPair = std::pair<std::uint32_t, std::uint32_t>;

/// Pairs of indices into `left.children` and `right.children`.
[[nodiscard]] std::vector<IndexPair>
pair_children(const Node& left, const Node& right, Context& context);

/// Pairs of indices into the two spans.
[[nodiscard]] std::vector<IndexPair>
pair_units(std::span<const Unit* const> left, std::span<const Unit* const> right, Context& context);

[[nodiscard]] std::vector<Move> find_moves(const Alignment& alignment);

/// Takes moves that are none out of `alignment.moves`.
void find_reattached(Alignment& alignment);

/// The designators print the same apart from dashes, quotes and blanks.
[[nodiscard]] bool same_designator(const Node& left, const Node& right);

/// A key ("Japan", "LVS", a term) as opposed to a position ("(a)", "c", "Note 1", "").
[[nodiscard]] bool is_keyed(const Node& node);

/// True when two keys may be the old and the new name of one thing: half of their words agree and,
/// in the name of an entry, all numbers do ("38th Institute" is not "13th Institute").
[[nodiscard]] bool similar_keys(const Node& left, const Node& right);

/// A letter or digit, or a byte of one. Of the characters outside ASCII, U+0080 to U+00BF, × and ÷
/// and U+2000 to U+2FFF are signs.
[[nodiscard]] bool is_of_word(std::string_view text, std::size_t i);

/// `text` normalised, without everything but letters and digits.
[[nodiscard]] std::string letters_and_digits(std::string_view text);

/// The Entity List, the Unverified List or the Military End-User List.
[[nodiscard]] bool is_party_list(const Unit& unit);

/// What the name of a listed party is paired by: its letters and digits, lower case, without the
/// number of a second bearer.
[[nodiscard]] std::string party_name(const Node& entry);

/// True when two nodes of a party list print the same letters and digits.
[[nodiscard]] bool is_tidied(const Node& before, const Node& after);

/// The same of two entries with the parts of the party, however they are divided.
[[nodiscard]] bool is_tidied_party(const Node& before, const Node& after);

} // namespace regtrail::diff::tree
