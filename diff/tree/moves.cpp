// Removed subtrees that were added under another parent.
#include "diff/tree/tree_internal.hpp"

#include <algorithm>
#include <map>

namespace regtrail::diff::tree {

std::vector<Move> find_moves(const Alignment& alignment) {
  using Content = std::pair<Hash128, NodeKind>;
  std::map<Content, std::vector<std::uint32_t>> gone;
  for (std::uint32_t i = 0; i < alignment.removed.size(); ++i) {
    const Node& node = *alignment.removed[i].node;
    gone[{node.normalised, node.kind}].push_back(i);
  }
  const auto unit_of = [&](const Leftover& leftover) {
    return alignment.pairs[leftover.parent].unit;
  };
  std::vector<Move> moves;
  for (std::uint32_t j = 0; j < alignment.added.size(); ++j) {
    const Leftover& added = alignment.added[j];
    const auto found = gone.find({added.node->normalised, added.node->kind});
    if (found == gone.end() || found->second.empty() || !proves_identity(*added.node)) {
      continue;
    }
    // Of several equal ones the one from the same unit, then the one under the same designator.
    const auto rank = [&](std::uint32_t i) {
      const Leftover& removed = alignment.removed[i];
      return (unit_of(removed) == unit_of(added) ? 0 : 2) +
             (same_designator(*removed.node, *added.node) ? 0 : 1);
    };
    const auto best =
        std::min_element(found->second.begin(),
                         found->second.end(),
                         [&](std::uint32_t x, std::uint32_t y) { return rank(x) < rank(y); });
    moves.push_back({*best, j});
    found->second.erase(best);
  }
  return moves;
}

} // namespace regtrail::diff::tree
