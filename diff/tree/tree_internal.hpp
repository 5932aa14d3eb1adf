// What the phases of the alignment share.
#pragma once

#include "diff/tree/alignment.hpp"

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace regtrail::diff::tree {

/// Below this many words a text is common property: equal copies prove nothing about each other.
inline constexpr std::size_t proving_words = 8;

/// At least `proving_words` words in the subtree, "[Reserved]" aside. An elided node counts as it
/// stands for text that the store left out.
[[nodiscard]] bool proves_identity(const Node& node);

/// With its designator and its own words but for one run of at most a quarter: what a likeness of
/// words, which costs more, would say too.
[[nodiscard]] bool keeps_its_words(const Node& left, const Node& right);

/// Two plain texts that are long enough to tell and have neither a number nor a word of four bytes
/// or more in common; shorter ones are in every text.
[[nodiscard]] bool nothing_kept(const Node& left, const Node& right);

/// The measure below over two texts; 0 when one is too short to prove much.
[[nodiscard]] double likeness_of_texts(std::string_view left, std::string_view right);

/// Similarity of subtrees, 0 to 1: 2 x common words / all words (Dice) over the words of label-free
/// text, lower case, each occurrence counted; long subtrees are sampled (the same sample on both
/// sides). Sketches are kept, so one Similarity serves one comparison.
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

/// Normalised hashes of the proving subtrees of a side, to know whether a node's content went
/// elsewhere before something dissimilar is taken for its successor. Built when first asked.
class Census {
public:
  explicit Census(std::vector<const Node*> roots) : m_roots(std::move(roots)) {}

  [[nodiscard]] bool has(const Node& node);

private:
  std::vector<const Node*> m_roots;
  std::unordered_set<Hash128> m_hashes;
  bool m_built = false;
};

/// What pairing needs to know beyond the two nodes at hand.
struct Context {
  Similarity& similarity;
  Census& left;
  Census& right;
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

/// Two keys may be the old and the new name of one thing: half of their words agree and, in the
/// name of an entry, all numbers do ("38th Institute" is not "13th Institute").
[[nodiscard]] bool akin_keys(const Node& left, const Node& right);

} // namespace regtrail::diff::tree
