#include "store/nodes_internal.hpp"
#include "store/trouble_internal.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>
#include <unordered_map>

namespace regtrail::store {

namespace {

/// Larger subtrees get a row of their own, so that a path can be read without the rest.
constexpr std::size_t inline_limit = 2048;
/// Roots are written next to the unit's other fields, uncompressed.
constexpr std::size_t inline_root_limit = 256;
/// Lists longer than this are cut into groups, so that a change rewrites and reads back one group.
constexpr std::size_t group_from = std::size_t{64} * 1024;
constexpr std::size_t group_smallest = std::size_t{12} * 1024;
constexpr std::size_t group_largest = std::size_t{64} * 1024;

/// Cuts depend on the entries' own names, so they fall in the same places after an insertion.
bool may_cut_after(const Node& node) {
  const Hash128 hash = node.designator.empty() ? node.published : hash128(node.designator);
  return hash.low % 8 == 0;
}

std::int64_t shift_of(const Node& node, std::int64_t expected) {
  return std::int64_t{node.ordinal} - expected;
}

std::uint32_t ordinal_of(const Entry& entry, std::int64_t expected) {
  return static_cast<std::uint32_t>(expected + entry.ordinal_shift);
}

std::int64_t after(std::uint32_t ordinal, std::uint64_t nodes) {
  return std::int64_t{ordinal} + static_cast<std::int64_t>(nodes);
}

Node head(const Entry& entry, std::uint32_t ordinal) {
  Node node;
  node.kind = entry.kind;
  node.designator = entry.designator;
  node.label = entry.label;
  node.ordinal = ordinal;
  node.published = entry.published;
  node.normalised = entry.normalised;
  return node;
}

/// The entry with text and children left out.
Node stub(const Entry& entry, std::uint32_t ordinal) {
  Node node = head(entry, ordinal);
  if (entry.form == Entry::Form::leaf) {
    node.text = entry.text;
    set_natural_hashes(node);
    node.text.clear();
  }
  node.elided = true;
  return node;
}

std::vector<std::uint32_t> ordinals(const std::vector<Entry>& entries, std::uint32_t parent) {
  std::vector<std::uint32_t> all;
  all.reserve(entries.size());
  std::int64_t expected = std::int64_t{parent} + 1;
  for (const Entry& entry : entries) {
    all.push_back(ordinal_of(entry, expected));
    expected = after(all.back(), entry.nodes);
  }
  return all;
}

constexpr std::size_t no_partner = static_cast<std::size_t>(-1);

/// The steps of the entries at `from` and later; those before are names in common.
std::vector<Step> steps_of(const std::vector<Entry>& entries) {
  Node parent;
  parent.children.resize(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    parent.children[i].kind = entries[i].kind;
    parent.children[i].designator = entries[i].designator;
  }
  return child_steps(parent);
}

/// For every entry before, the entry after that stands under the same step.
std::vector<std::size_t> partners(const std::vector<Entry>& before,
                                  const std::vector<Entry>& after) {
  std::vector<std::size_t> partner(before.size(), no_partner);
  std::size_t common = 0;
  while (common < before.size() && common < after.size() &&
         before[common].kind == after[common].kind &&
         before[common].designator == after[common].designator) {
    partner[common] = common;
    ++common;
  }
  if (common == before.size() || common == after.size()) {
    return partner;
  }
  const std::vector<Step> left = steps_of(before);
  const std::vector<Step> right = steps_of(after);
  using Key = std::tuple<Step::Kind, std::string_view, std::uint32_t>;
  std::map<Key, std::size_t> where;
  for (std::size_t i = common; i < right.size(); ++i) {
    where.emplace(Key(right[i].kind, right[i].name, right[i].occurrence), i);
  }
  for (std::size_t i = common; i < left.size(); ++i) {
    const auto found = where.find(Key(left[i].kind, left[i].name, left[i].occurrence));
    if (found != where.end()) {
      partner[i] = found->second;
    }
  }
  return partner;
}

void check_depth(int depth) {
  if (depth > depth_limit) {
    throw Damage("a tree nested too deeply");
  }
}

} // namespace

/// Finds for each child of a node the entry of its like in a similar list, in nearly linear time.
class NodeStore::Similar {
public:
  Similar(NodeStore& store, const Entry* like) {
    if (like != nullptr) {
      m_listing = store.open(*like);
    }
  }

  const Entry* next(const Node& child) {
    const std::vector<Entry>& entries = m_listing.entries;
    for (std::size_t i = m_cursor; i < std::min(entries.size(), m_cursor + window); ++i) {
      if (entries[i].kind == child.kind && entries[i].designator == child.designator) {
        return take(i);
      }
    }
    if (m_cursor >= entries.size()) {
      return nullptr;
    }
    if (m_by_name.empty()) {
      for (std::size_t i = 0; i < entries.size(); ++i) {
        m_by_name.emplace(entries[i].designator, i);
      }
    }
    const auto found = m_by_name.find(child.designator);
    return found == m_by_name.end() ? nullptr : take(found->second);
  }

private:
  static constexpr std::size_t window = 4;

  const Entry* take(std::size_t index) {
    m_cursor = index + 1;
    return &m_listing.entries[index];
  }

  Listing m_listing;
  std::size_t m_cursor = 0;
  std::unordered_map<std::string_view, std::size_t> m_by_name;
};

NodeStore::NodeStore(Database& database, Zstd& zstd, BodyDictionaries& dictionaries)
    : m_database(database),
      m_packs(database,
              zstd,
              "SELECT base, keyframe, links, generation, size, data, dictionary FROM nodes "
              "WHERE id = ?",
              &dictionaries) {}

void NodeStore::forget() {
  m_packs.forget();
  m_dictionary.reset();
  m_last_pack.reset();
  m_last_text.reset();
}

Node NodeStore::load_root(std::string_view root) {
  const Entry entry = read_entry(root);
  return stub(entry, ordinal_of(entry, 1));
}

// --- in --------------------------------------------------------------------------------------

std::string NodeStore::put(const Node& root, std::string_view like) {
  Writer out;
  if (like.empty()) {
    append(out, root, 1, nullptr, 0);
  } else {
    const Entry entry = read_entry(like);
    append(out, root, 1, &entry, 0);
  }
  return out.take();
}

std::uint64_t NodeStore::append(
    Writer& out, const Node& node, std::int64_t expected, const Entry* like, int depth) {
  if (node.elided) {
    throw std::logic_error("an elided node cannot be stored");
  }
  if (depth > depth_limit) {
    refuse(ErrorKind::too_large, "a tree is nested too deeply to be stored");
  }
  const std::size_t limit = depth == 0 ? inline_root_limit : inline_limit;
  const std::int64_t shift = shift_of(node, expected);
  if (node.children.empty() && node.text.size() <= limit && has_natural_hashes(node)) {
    write_leaf(out, node, shift);
    return 1;
  }
  std::uint64_t nodes = 1;
  const std::string bytes = pack(node, like, nodes, depth);
  if (bytes.size() <= limit) {
    write_packed(out, node, shift, nodes, bytes);
  } else {
    const bool has_row = like != nullptr && like->form == Entry::Form::ref;
    write_ref(out,
              node,
              shift,
              nodes,
              put_bytes(bytes, has_row ? std::optional(like->id) : std::nullopt, m_last_pack));
  }
  return nodes;
}

std::string NodeStore::pack(const Node& node, const Entry* like, std::uint64_t& nodes, int depth) {
  Similar similar(*this, node.children.empty() ? nullptr : like);
  Writer items;
  std::vector<GroupRef> groups;

  struct Run {
    std::size_t begin = 0;
    GroupRef group;
    std::optional<std::int64_t> like;
  };

  std::vector<Run> runs(1);

  std::int64_t expected = std::int64_t{node.ordinal} + 1;
  for (const Node& child : node.children) {
    const std::size_t size = items.size() - runs.back().begin;
    const bool first = &child == &node.children.front();
    if (!first &&
        (size >= group_largest || (size >= group_smallest && may_cut_after(*(&child - 1))))) {
      runs.emplace_back();
      runs.back().begin = items.size();
    }
    const Entry* similar_child = similar.next(child);
    const std::uint64_t count = append(items, child, expected, similar_child, depth + 1);
    expected = after(child.ordinal, count);
    nodes += count;
    Run& run = runs.back();
    ++run.group.entries;
    run.group.nodes += count;
    if (!run.like && similar_child != nullptr && similar_child->group != 0) {
      run.like = similar_child->group;
    }
  }

  Writer out;
  out.string(node.text);
  if (items.size() <= group_from) {
    out.varint(node.children.size());
    out.append(items.bytes());
    return out.take();
  }
  const std::string_view all = items.bytes();
  out.varint(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t end = i + 1 < runs.size() ? runs[i + 1].begin : all.size();
    runs[i].group.id =
        put_bytes(all.substr(runs[i].begin, end - runs[i].begin), runs[i].like, m_last_pack);
    write_group(out, runs[i].group);
  }
  return out.take();
}

std::int64_t NodeStore::put_bytes(std::string_view bytes,
                                  std::optional<std::int64_t> like,
                                  std::optional<std::int64_t>& last_new) {
  if (like && *m_packs.get(*like) == bytes) {
    return *like;
  }
  const auto identity = static_cast<std::int64_t>(hash128(bytes).low & 0x7fffffffU);
  std::vector<std::int64_t> candidates;
  {
    Query found = m_database.query("SELECT id FROM nodes WHERE identity = ?", identity);
    while (found.next()) {
      candidates.push_back(found.integer(0));
    }
  }
  for (const std::int64_t candidate : candidates) {
    if (*m_packs.get(candidate) == bytes) {
      return candidate;
    }
  }

  const Frame frame =
      like ? m_packs.encode(bytes, like, store::Similar::earlier_version, m_dictionary)
           : m_packs.encode(bytes, last_new, store::Similar::other_text, m_dictionary);
  m_database.run(
      "INSERT INTO nodes (identity, base, keyframe, links, generation, size, dictionary, "
      "data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      identity,
      frame.base,
      frame.keyframe,
      frame.links,
      frame.generation,
      static_cast<std::int64_t>(bytes.size()),
      frame.dictionary,
      Blob{frame.data});
  last_new = m_database.last_row();
  return *last_new;
}

std::int64_t NodeStore::put_text(std::string_view bytes, std::optional<std::int64_t> like) {
  return put_bytes(bytes, like, m_last_text);
}

std::string NodeStore::text(std::int64_t id) {
  return *m_packs.get(id);
}

// --- out -------------------------------------------------------------------------------------

NodeStore::Listing NodeStore::open(const Entry& entry) {
  Listing listing;
  std::string_view bytes = entry.pack;
  if (entry.form == Entry::Form::leaf) {
    listing.text = entry.text;
    return listing;
  }
  if (entry.form == Entry::Form::ref) {
    listing.held.push_back(m_packs.get(entry.id));
    bytes = *listing.held.back();
  }
  Reader reader(bytes);
  listing.text = reader.string();
  read_children(listing, reader);
  return listing;
}

void NodeStore::read_children(Listing& listing, Reader& reader) {
  const std::size_t items = reader.count();
  listing.entries.reserve(items);
  for (std::size_t i = 0; i < items; ++i) {
    const Item item = read_item(reader);
    if (!item.is_group) {
      listing.entries.push_back(item.entry);
      continue;
    }
    listing.held.push_back(m_packs.get(item.group.id));
    Reader members(*listing.held.back());
    while (!members.done()) {
      Item member = read_item(members);
      if (member.is_group) {
        throw Damage("a group within a group");
      }
      member.entry.group = item.group.id;
      listing.entries.push_back(member.entry);
    }
  }
  if (!reader.done()) {
    throw Damage("bytes behind a node's children");
  }
}

Node NodeStore::load(std::string_view root) {
  const Entry entry = read_entry(root);
  return load(entry, ordinal_of(entry, 1), 0);
}

Node NodeStore::load(const Entry& entry, std::uint32_t ordinal, int depth) {
  check_depth(depth);
  Node node = head(entry, ordinal);
  if (entry.form == Entry::Form::leaf) {
    node.text = entry.text;
    set_natural_hashes(node);
    return node;
  }
  fill(node, open(entry), depth);
  return node;
}

void NodeStore::fill(Node& node, const Listing& listing, int depth) {
  node.text = listing.text;
  node.children.reserve(listing.entries.size());
  const std::vector<std::uint32_t> positions = ordinals(listing.entries, node.ordinal);
  for (std::size_t i = 0; i < listing.entries.size(); ++i) {
    node.children.push_back(load(listing.entries[i], positions[i], depth + 1));
  }
}

std::pair<Node, Node> NodeStore::load_pair(std::string_view before, std::string_view after) {
  const Entry left = read_entry(before);
  const Entry right = read_entry(after);
  const std::uint32_t left_ordinal = ordinal_of(left, 1);
  const std::uint32_t right_ordinal = ordinal_of(right, 1);
  if (left.designator == right.designator && same_subtree(left, right)) {
    return {stub(left, left_ordinal), stub(right, right_ordinal)};
  }
  std::pair<Node, Node> pair{head(left, left_ordinal), head(right, right_ordinal)};
  load_pair(pair.first, left, pair.second, right, 0);
  return pair;
}

/// `left` and `right` are heads of entries that differ below.
void NodeStore::load_pair(
    Node& left, const Entry& before, Node& right, const Entry& after, int depth) {
  check_depth(depth);
  const Listing was = open(before);
  const Listing is = open(after);
  left.text = was.text;
  right.text = is.text;
  if (before.form == Entry::Form::leaf) {
    set_natural_hashes(left);
  }
  if (after.form == Entry::Form::leaf) {
    set_natural_hashes(right);
  }
  const std::vector<std::uint32_t> was_at = ordinals(was.entries, left.ordinal);
  const std::vector<std::uint32_t> is_at = ordinals(is.entries, right.ordinal);
  left.children.resize(was.entries.size());
  right.children.resize(is.entries.size());

  const std::vector<std::size_t> partner = partners(was.entries, is.entries);
  std::vector<bool> paired(is.entries.size(), false);
  for (std::size_t i = 0; i < was.entries.size(); ++i) {
    const Entry& old_entry = was.entries[i];
    if (partner[i] == no_partner) {
      left.children[i] = load(old_entry, was_at[i], depth + 1);
      continue;
    }
    const std::size_t j = partner[i];
    const Entry& new_entry = is.entries[j];
    paired[j] = true;
    if (same_subtree(old_entry, new_entry)) {
      left.children[i] = stub(old_entry, was_at[i]);
      right.children[j] = stub(new_entry, is_at[j]);
    } else {
      left.children[i] = head(old_entry, was_at[i]);
      right.children[j] = head(new_entry, is_at[j]);
      load_pair(left.children[i], old_entry, right.children[j], new_entry, depth + 1);
    }
  }
  for (std::size_t j = 0; j < is.entries.size(); ++j) {
    if (!paired[j]) {
      right.children[j] = load(is.entries[j], is_at[j], depth + 1);
    }
  }
}

std::optional<Node>
NodeStore::load_node(std::string_view root, const Citation& unit, const Citation& citation) {
  std::vector<Citation> way; // innermost first
  for (Citation at = citation; !at.empty() && at != unit; at = at.parent()) {
    way.push_back(at);
  }
  Entry entry = read_entry(root);
  Node top = stub(entry, ordinal_of(entry, 1));
  Node* node = &top;
  std::vector<Listing> opened; // views of `entry` point into the last of them
  for (auto step = way.rbegin(); step != way.rend(); ++step) {
    opened.push_back(open(entry));
    const std::vector<Entry>& entries = opened.back().entries;
    const std::vector<std::uint32_t> positions = ordinals(entries, node->ordinal);
    node->children.reserve(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
      node->children.push_back(stub(entries[i], positions[i]));
    }
    const Node* found = find_node(top, unit, *step);
    const auto child = std::find_if(node->children.begin(),
                                    node->children.end(),
                                    [&](const Node& each) { return &each == found; });
    if (child == node->children.end()) {
      return std::nullopt;
    }
    entry = entries[static_cast<std::size_t>(child - node->children.begin())];
    node = &*child;
  }
  return load(entry, node->ordinal, 0);
}

} // namespace regtrail::store
