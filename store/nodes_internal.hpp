// Trees in and out of the table `nodes` (the form is pack_internal.hpp's).
#pragma once

#include "model/node.hpp"
#include "store/database_internal.hpp"
#include "store/delta_chain_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/pack_internal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::store {

class NodeStore {
public:
  NodeStore(Database& database, Zstd& zstd, BodyDictionaries& dictionaries);

  /// The raw body in whose words what is put from now on is said; nullopt = none is known.
  void put_in_words_of(std::optional<std::int64_t> dictionary) { m_dictionary = dictionary; }

  /// Stores what is not yet there and returns the entry that stands for the tree. `like` is the
  /// entry of a similar tree (the unit on a neighbouring date), "" = none: it never changes what
  /// load() gives, only how little is written. Throws std::logic_error on an elided node.
  std::string put(const Node& root, std::string_view like);

  Node load(std::string_view root);

  /// Both trees; see Archive::load_pair for what is elided.
  std::pair<Node, Node> load_pair(std::string_view before, std::string_view after);

  /// Only the path to `citation` is read.
  std::optional<Node>
  load_node(std::string_view root, const Citation& unit, const Citation& citation);

  /// The root without its text and children.
  static Node load_root(std::string_view root);

  /// Other bytes that belong to a version, kept in the same way.
  std::int64_t put_text(std::string_view bytes, std::optional<std::int64_t> like);
  std::string text(std::int64_t id);

  void forget();

private:
  /// A node's text and the entries below it, groups resolved; keeps alive what the views point
  /// into.
  struct Listing {
    std::string_view text;
    std::vector<Entry> entries;
    std::vector<DeltaChain::Text> held;
  };

  class Similar;

  Listing open(const Entry& entry);
  void read_children(Listing& listing, Reader& reader);

  /// Writes the entry of `node` and returns the number of nodes in it.
  std::uint64_t
  append(Writer& out, const Node& node, std::int64_t expected, const Entry* like, int depth);
  std::string pack(const Node& node, const Entry* like, std::uint64_t& nodes, int depth);
  std::int64_t put_bytes(std::string_view bytes,
                         std::optional<std::int64_t> like,
                         std::optional<std::int64_t>& last_new);

  Node load(const Entry& entry, std::uint32_t ordinal, int depth);
  void fill(Node& node, const Listing& listing, int depth);
  void load_pair(Node& left, const Entry& before, Node& right, const Entry& after, int depth);

  Database& m_database;
  DeltaChain m_packs;
  std::optional<std::int64_t> m_dictionary;
  std::optional<std::int64_t> m_last_pack; ///< stored last: better than no prefix at all
  std::optional<std::int64_t> m_last_text;
};

} // namespace regtrail::store
