// Which node of one side is which node of the other.
//
// Phases, each its own file:
//   units.cpp       pairs units by id, then by equal content, then by similar content
//   alignment.cpp   walks paired nodes from the roots down and skips what is equal
//   children.cpp    pairs the children of two paired nodes: by key, by content, by similarity, by
//                   designator
//   keys.cpp        tells keys from positions, and keys that may be one another's old name
//   party_lists.cpp tells parties by the letters and digits of their names
//   moves.cpp       finds removed subtrees that were added elsewhere
//   reattached.cpp  finds notes that hang on another node but stand where they stood
//   similarity.cpp  the measure
// All pairing is done in an orientation chosen by the content of the two sides, so that swapping
// them swaps the result and nothing else.
#pragma once

#include "model/node.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace regtrail::diff {

/// Index of a NodePair; none for the roots' parent.
using PairIndex = std::uint32_t;
inline constexpr PairIndex no_pair = 0xFFFF'FFFF;

/// The same node on both sides. Only pairs with something to say are listed: roots, and nodes
/// whose published hash or designator differs. Children of a listed pair that are partners without
/// being listed are equal in both.
struct NodePair {
  const Node* before = nullptr;
  const Node* after = nullptr;
  PairIndex parent = no_pair;
  std::uint32_t unit = 0;         ///< index into Alignment::units
  std::uint32_t before_index = 0; ///< position among the parent's children
  std::uint32_t after_index = 0;
};

/// A node that exists on one side only: child `index` of that side of pair `parent`.
struct Leftover {
  const Node* node = nullptr;
  PairIndex parent = no_pair;
  std::uint32_t index = 0;
};

/// Null on the side where the unit does not exist.
struct UnitPair {
  const Unit* before = nullptr;
  const Unit* after = nullptr;
  PairIndex root = no_pair; ///< set when both sides exist and their trees differ
};

struct Move {
  std::uint32_t removed = 0; ///< index into Alignment::removed
  std::uint32_t added = 0;   ///< index into Alignment::added
};

/// A note that is printed where it was, word for word, but belongs to another node now, because the
/// one it belonged to is gone or because a new one claims it. It lies in a subtree that was removed
/// and in one that was added, or is their root.
struct Reattached {
  const Node* before = nullptr;
  const Node* after = nullptr;
  std::uint32_t removed = 0;              ///< index into Alignment::removed
  std::uint32_t added = 0;                ///< index into Alignment::added
  std::vector<std::uint32_t> before_path; ///< children to take below the removed root
  std::vector<std::uint32_t> after_path;
};

/// Borrows both spans.
struct Alignment {
  std::vector<UnitPair> units; ///< in the order of the after side, removed units last
  std::vector<NodePair> pairs; ///< parents before children
  /// Per listed pair, per child of its after side: the position of its partner among the children
  /// of the before side, or no_pair. Empty where the two sides of the pair have equal hashes.
  std::vector<std::vector<std::uint32_t>> partners;
  std::vector<Leftover> removed;
  std::vector<Leftover> added;
  std::vector<Move> moves;
  std::vector<Reattached> reattached; ///< none of these roots is in `moves`
};

[[nodiscard]] Alignment align(std::span<const Unit> before, std::span<const Unit> after);

} // namespace regtrail::diff
