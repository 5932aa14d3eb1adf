#include "store/pack_internal.hpp"
#include "store/trouble_internal.hpp"

#include <stdexcept>

namespace regtrail::store {

namespace {

constexpr std::uint8_t kind_mask = 0x0f;
constexpr std::uint8_t group_kind = 0x0f;
constexpr std::uint8_t has_label = 0x10;
constexpr std::uint8_t has_shift = 0x20;
constexpr std::uint8_t is_packed = 0x40;
constexpr std::uint8_t is_ref = 0x80;

NodeKind kind_of(std::uint8_t flags) {
  const auto kind = static_cast<std::uint8_t>(flags & kind_mask);
  if (kind > static_cast<std::uint8_t>(NodeKind::figure)) {
    throw Damage("a node of unknown kind");
  }
  return static_cast<NodeKind>(kind);
}

void write_head(Writer& out, const Node& node, std::int64_t shift, std::uint8_t form) {
  auto flags = static_cast<std::uint8_t>(static_cast<std::uint8_t>(node.kind) | form);
  if (!node.label.empty()) {
    flags = static_cast<std::uint8_t>(flags | has_label);
  }
  if (shift != 0) {
    flags = static_cast<std::uint8_t>(flags | has_shift);
  }
  out.byte(flags);
  out.string(node.designator);
  if (!node.label.empty()) {
    out.string(node.label);
  }
  if (shift != 0) {
    out.zigzag(shift);
  }
}

void write_hashes(Writer& out, const Node& node, std::uint64_t nodes) {
  const bool one_hash = node.published == node.normalised;
  out.varint(nodes * 2 + (one_hash ? 1 : 0));
  out.hash(node.published);
  if (!one_hash) {
    out.hash(node.normalised);
  }
}

void read_hashes(Reader& reader, Entry& entry) {
  const std::uint64_t head = reader.varint();
  entry.nodes = head / 2;
  entry.published = reader.hash();
  entry.normalised = head % 2 == 1 ? entry.published : reader.hash();
}

void flatten_below(Writer& out, const Node& node, int depth) {
  if (depth > depth_limit) {
    refuse(ErrorKind::too_large, "a tree is nested too deeply to be stored");
  }
  out.byte(static_cast<std::uint8_t>(node.kind));
  out.string(node.designator);
  out.string(node.label);
  out.string(node.text);
  out.varint(node.ordinal);
  out.varint(node.children.size());
  for (const Node& child : node.children) {
    flatten_below(out, child, depth + 1);
  }
}

} // namespace

Item read_item(Reader& reader) {
  Item item;
  const std::uint8_t flags = reader.byte();
  if ((flags & kind_mask) == group_kind) {
    item.is_group = true;
    item.group.id = static_cast<std::int64_t>(reader.varint());
    item.group.entries = reader.varint();
    item.group.nodes = reader.varint();
    return item;
  }
  Entry& entry = item.entry;
  entry.kind = kind_of(flags);
  entry.designator = reader.string();
  if ((flags & has_label) != 0) {
    entry.label = reader.string();
  }
  if ((flags & has_shift) != 0) {
    entry.ordinal_shift = reader.zigzag();
  }

  const std::string_view from_body = reader.rest();
  if ((flags & is_ref) != 0) {
    entry.form = Entry::Form::ref;
    entry.id = static_cast<std::int64_t>(reader.varint());
    read_hashes(reader, entry);
  } else if ((flags & is_packed) != 0) {
    entry.form = Entry::Form::packed;
    Reader body(reader.string());
    read_hashes(body, entry);
    entry.pack = body.rest();
  } else {
    entry.text = reader.string();
  }
  entry.body = from_body.substr(0, from_body.size() - reader.rest().size());
  return item;
}

Entry read_entry(std::string_view bytes) {
  Reader reader(bytes);
  const Item item = read_item(reader);
  if (item.is_group || !reader.done()) {
    throw Damage("a root that is not one node");
  }
  return item.entry;
}

bool same_subtree(const Entry& entry, const Entry& other) {
  return entry.kind == other.kind && entry.form == other.form && entry.body == other.body;
}

void write_leaf(Writer& out, const Node& node, std::int64_t ordinal_shift) {
  write_head(out, node, ordinal_shift, 0);
  out.string(node.text);
}

void write_packed(Writer& out,
                  const Node& node,
                  std::int64_t ordinal_shift,
                  std::uint64_t nodes,
                  std::string_view pack) {
  write_head(out, node, ordinal_shift, is_packed);
  Writer body;
  write_hashes(body, node, nodes);
  body.append(pack);
  out.string(body.bytes());
}

void write_ref(Writer& out,
               const Node& node,
               std::int64_t ordinal_shift,
               std::uint64_t nodes,
               std::int64_t id) {
  write_head(out, node, ordinal_shift, is_ref);
  out.varint(static_cast<std::uint64_t>(id));
  write_hashes(out, node, nodes);
}

void write_group(Writer& out, const GroupRef& group) {
  out.byte(group_kind);
  out.varint(static_cast<std::uint64_t>(group.id));
  out.varint(group.entries);
  out.varint(group.nodes);
}

void set_natural_hashes(Node& leaf) {
  rehash_shallow(leaf);
}

bool has_natural_hashes(const Node& leaf) {
  Node probe;
  probe.kind = leaf.kind;
  probe.text = leaf.text;
  set_natural_hashes(probe);
  return probe.published == leaf.published && probe.normalised == leaf.normalised;
}

void flatten(Writer& out, const Node& root) {
  flatten_below(out, root, 0);
}

} // namespace regtrail::store
