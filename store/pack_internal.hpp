// How trees are written. One row of `nodes` holds a pack: a node's text and its list of children,
// in which small subtrees stand inline and large ones by the id of their own pack. Labels,
// designators and ordinals are part of the pack, outside the hashes; equal packs are stored once.
//
//   pack     = text children
//   group    = item*                       a run of a long list's entries, a pack of its own
//   children = varint(items) item*
//   item     = flags [designator] rest
//     flags    low nibble: kind, or 15 for a group; then the bits below
//     group:   varint id, varint entries, varint nodes
//     entry:   string designator, [string label], [zigzag ordinal shift], body
//   body     = leaf:   string text         hashes are made again from the text
//              packed: varint length, { varint nodes*2 + one_hash, hashes, pack }
//              ref:    varint id, varint nodes*2 + one_hash, hashes
//   hashes   = published [normalised]      one_hash: both are the same
//
// The ordinal shift is the distance from where the node would stand if print went in tree order:
// parent + 1 for a first child, else the sibling before plus the size of its subtree. So a
// paragraph that comes in moves nothing behind it.
#pragma once

#include "model/node.hpp"
#include "store/bytes_internal.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace regtrail::store {

/// What stands for a node in its parent's list. Views point into the pack it was read from.
struct Entry {
  enum class Form : std::uint8_t { leaf, packed, ref };

  NodeKind kind = NodeKind::paragraph;
  std::string_view designator;
  std::string_view label;
  std::int64_t ordinal_shift = 0;
  Form form = Form::leaf;
  std::string_view body; ///< equal bodies are equal subtrees
  std::string_view text; ///< of a leaf
  std::string_view pack; ///< of a packed entry
  std::int64_t id = 0;   ///< of a ref
  std::uint64_t nodes = 1;
  Hash128 published; ///< not set for a leaf
  Hash128 normalised;
  std::int64_t group = 0; ///< id of the group it was read from, 0 = none
};

struct GroupRef {
  std::int64_t id = 0;
  std::uint64_t entries = 0;
  std::uint64_t nodes = 0;
};

struct Item {
  bool is_group = false;
  Entry entry;
  GroupRef group;
};

Item read_item(Reader& reader);

/// A single entry that fills `bytes`, as contents.root holds it.
Entry read_entry(std::string_view bytes);

/// True when `entry` stands for the same content as `other`, wherever and under whatever name.
bool same_subtree(const Entry& entry, const Entry& other);

/// Flags, designator, label and ordinal shift of `node`; the body follows.
void write_leaf(Writer& out, const Node& node, std::int64_t ordinal_shift);
void write_packed(Writer& out,
                  const Node& node,
                  std::int64_t ordinal_shift,
                  std::uint64_t nodes,
                  std::string_view pack);
void write_ref(Writer& out,
               const Node& node,
               std::int64_t ordinal_shift,
               std::uint64_t nodes,
               std::int64_t id);
void write_group(Writer& out, const GroupRef& group);

/// True when a leaf's hashes are those that its kind and text give, as they nearly always are.
bool has_natural_hashes(const Node& leaf);

/// Recomputes both from kind and text.
void set_natural_hashes(Node& leaf);

/// Everything of the tree but its hashes, in one string: equal strings are equal trees.
void flatten(Writer& out, const Node& root);

/// Neither we nor the callers follow trees deeper than this.
inline constexpr int depth_limit = 256;

} // namespace regtrail::store
