#include "diff/tree/places.hpp"

namespace regtrail::diff {

const Citation& Places::of(PairIndex pair, SideOf side) {
  // From the nearest known ancestor down: trees may be deeper than the stack.
  std::vector<PairIndex> unknown;
  PairIndex at = pair;
  while (table(side)[at].citation.empty()) {
    unknown.push_back(at);
    if (m_alignment.pairs[at].parent == no_pair) {
      break;
    }
    at = m_alignment.pairs[at].parent;
  }
  for (; !unknown.empty(); unknown.pop_back()) {
    const NodePair& here = m_alignment.pairs[unknown.back()];
    Citation citation;
    if (here.parent == no_pair) {
      const UnitPair& unit = m_alignment.units[here.unit];
      citation = (side == SideOf::before ? unit.before : unit.after)->id;
    } else {
      citation = of_child(
          here.parent, side == SideOf::before ? here.before_index : here.after_index, side);
    }
    table(side)[unknown.back()].citation = std::move(citation);
  }
  return table(side)[pair].citation;
}

Citation Places::of_child(PairIndex parent, std::uint32_t index, SideOf side) {
  const Citation& citation = of(parent, side);
  std::vector<Step>& steps = table(side)[parent].steps;
  if (steps.empty()) {
    const NodePair& pair = m_alignment.pairs[parent];
    steps = child_steps(side == SideOf::before ? *pair.before : *pair.after);
  }
  return citation.child(steps[index]);
}

Citation Places::of_descendant(PairIndex parent,
                               std::uint32_t index,
                               const std::vector<std::uint32_t>& path,
                               SideOf side) {
  Citation citation = of_child(parent, index, side);
  const NodePair& pair = m_alignment.pairs[parent];
  const Node* node = &(side == SideOf::before ? pair.before : pair.after)->children[index];
  for (const std::uint32_t child : path) {
    citation = citation.child(child_step(*node, child));
    node = &node->children[child];
  }
  return citation;
}

} // namespace regtrail::diff
