// The inverse of the diff: edit scripts on trees, and what they make of them.
//
// A DiffResult says what a reader must know. It leaves out what a tree needs to be rebuilt byte for
// byte: labels (printed in front of a text and outside all hashes), printed positions, the order of
// keyed sets, differences of designators that print alike, and the exact text behind a normalised
// one. So an EditScript stands beside it, made from the same alignment (diff/tree/alignment.hpp):
// every change of the DiffResult is an edit of the script, and the script holds nothing else but
// those residues.
//
// All addresses are of the before side, so edits do not disturb each other, their order does not
// matter, and a script can be written by hand: look a citation up with find_path(), push the edit.
// A script made by hand leaves the hashes empty; then only its addresses are checked.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace regtrail::tests {

/// A node of the before side: its unit, and the child to take at each level below the root.
struct NodePath {
  std::uint32_t unit = 0;
  std::vector<std::uint32_t> children;

  friend bool operator==(const NodePath&, const NodePath&) = default;
  friend auto operator<=>(const NodePath&, const NodePath&) = default;
};

/// A stretch of the new children of a node.
struct ChildRun {
  enum class Source : std::uint8_t {
    keep,   ///< `count` children of the node itself, from `first`
    take,   ///< the node at `from`, wherever it stood
    insert, ///< `node`
  };
  Source source = Source::keep;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  NodePath from;
  Node node;

  friend bool operator==(const ChildRun&, const ChildRun&) = default;
};

/// What happens to one node; what is not set stays. Edits of descendants, also of those that are
/// taken elsewhere, are edits of their own.
struct NodeEdit {
  NodePath at;
  std::optional<std::string> designator;
  std::optional<std::string> label;
  std::optional<std::string> text;
  std::optional<std::vector<ChildRun>> children;

  friend bool operator==(const NodeEdit&, const NodeEdit&) = default;
};

/// `count` nodes in document order whose printed position is `step` behind the one before.
struct OrdinalRun {
  std::int64_t step = 1;
  std::uint32_t count = 0;

  friend bool operator==(const OrdinalRun&, const OrdinalRun&) = default;
};

/// One unit of the after side.
struct UnitEdit {
  /// The unit of the before side that it was; unset for a new unit, which is `content`.
  std::optional<std::uint32_t> from;
  Unit content;

  /// What a unit has beside its tree; unset where it stays.
  std::optional<Citation> id;
  std::optional<std::vector<UnitNote>> notes;
  std::optional<std::vector<NotUnderstood>> not_understood;
  std::optional<Sha256> raw;
  std::optional<std::vector<ByteRange>> ranges;
  std::optional<bool> reserved;
  std::optional<std::vector<OrdinalRun>> ordinals;

  /// Of the root before and after; checked when set.
  std::optional<Hash128> expected_before;
  std::optional<Hash128> expected_after;

  friend bool operator==(const UnitEdit&, const UnitEdit&) = default;
};

struct EditScript {
  std::vector<UnitEdit> units; ///< the after side in order; units not named are removed
  std::vector<NodeEdit> nodes; ///< in the order of their addresses

  friend bool operator==(const EditScript&, const EditScript&) = default;
};

/// The script that turns `before` into `after`, everything included.
[[nodiscard]] EditScript make_edit_script(std::span<const Unit> before,
                                          std::span<const Unit> after);

/// A script that keeps every unit as it is, to push edits onto.
[[nodiscard]] EditScript keep_all(std::span<const Unit> before);

/// The after side. Edited nodes are hashed anew. An Error (malformed) names the unit whose text is
/// not the one the script was made for, or the address that does not exist.
[[nodiscard]] Result<std::vector<Unit>> apply(std::span<const Unit> before,
                                              const EditScript& script);

/// Where `citation` stands; Error (not_found) when no unit has it.
[[nodiscard]] Result<NodePath> find_path(std::span<const Unit> before, const Citation& citation);

/// The node at `path`, nullptr where there is none.
[[nodiscard]] const Node* node_at(std::span<const Unit> before, const NodePath& path);

} // namespace regtrail::tests
