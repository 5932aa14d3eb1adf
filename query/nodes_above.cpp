#include "query/nodes_above.hpp"

#include "diff/relevance/matcher.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::query {

const Node*
node_above(const diff::Matcher& matcher, std::span<const Unit> after, const Change& change) {
  if (!matcher.needs_node_above(change)) {
    return nullptr;
  }
  const auto unit =
      std::find_if(after.begin(), after.end(), [id = change.at.unit()](const Unit& each) {
        return each.id == id;
      });
  return unit == after.end() ? nullptr : find_node(unit->root, unit->id, change.at.parent());
}

Result<NodesAbove> NodesAbove::read(store::Archive& archive,
                                    const diff::Matcher& matcher,
                                    const std::vector<store::StoredChange>& changes) {
  NodesAbove nodes;
  for (const store::StoredChange& stored : changes) {
    if (!matcher.needs_node_above(stored.change)) {
      continue;
    }
    TRY_ASSIGN(const auto version, archive.version_on(stored.change.at.unit(), stored.after_date));
    if (!version) {
      continue;
    }
    TRY_ASSIGN(auto node, archive.load_node(*version, stored.change.at.parent()));
    if (node) {
      nodes.m_nodes.emplace(stored.change.id, std::move(*node));
    }
  }
  return nodes;
}

const Node* NodesAbove::of(const Change& change) const {
  const auto found = m_nodes.find(change.id);
  return found == m_nodes.end() ? nullptr : &found->second;
}

} // namespace regtrail::query
