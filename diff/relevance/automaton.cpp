#include "diff/relevance/automaton_internal.hpp"

#include <algorithm>

namespace regtrail::diff {

namespace {

/// A run of sorted patterns that share their first `depth` bytes.
struct Range {
  std::uint32_t state;
  std::size_t first;
  std::size_t last;
  std::size_t depth;
};

} // namespace

Automaton::Automaton() : m_nodes(1), m_root_next(256, root) {}

void Automaton::add(std::string_view pattern, std::uint32_t id) {
  if (pattern.empty()) {
    return;
  }
  m_patterns.emplace_back(std::string(pattern), id);
}

/// Lays the trie of the sorted patterns out breadth first, so that edges of a state are together.
void Automaton::number_states() {
  std::sort(m_patterns.begin(), m_patterns.end());
  std::vector<Range> queue{{root, 0, m_patterns.size(), 0}};
  for (std::size_t q = 0; q < queue.size(); ++q) {
    auto [state, first, last, depth] = queue[q];
    m_nodes[state].first_id = static_cast<std::uint32_t>(m_ids.size());
    while (first < last && m_patterns[first].first.size() == depth) {
      m_ids.push_back(m_patterns[first++].second);
    }
    m_nodes[state].last_id = static_cast<std::uint32_t>(m_ids.size());
    m_nodes[state].has_ids = m_nodes[state].last_id > m_nodes[state].first_id;
    m_nodes[state].first_edge = static_cast<std::uint32_t>(m_edges.size());
    while (first < last) {
      const char byte = m_patterns[first].first[depth];
      std::size_t end = first + 1;
      while (end < last && m_patterns[end].first[depth] == byte) {
        ++end;
      }
      const auto target = static_cast<std::uint32_t>(m_nodes.size());
      m_nodes.emplace_back();
      m_edges.push_back({static_cast<std::uint8_t>(byte), target});
      ++m_nodes[state].edges;
      queue.push_back({target, first, end, depth + 1});
      first = end;
    }
  }
}

std::uint32_t Automaton::child(std::uint32_t state, std::uint8_t byte) const {
  const auto& node = m_nodes[state];
  for (std::uint32_t k = 0; k < node.edges; ++k) {
    const auto& edge = m_edges[node.first_edge + k];
    if (edge.byte >= byte) {
      return edge.byte == byte ? edge.target : root;
    }
  }
  return root;
}

std::uint32_t Automaton::next(std::uint32_t state, std::uint8_t byte) const {
  while (state != root) {
    const std::uint32_t target = child(state, byte);
    if (target != root) {
      return target;
    }
    state = m_nodes[state].fail;
  }
  return m_root_next[byte];
}

void Automaton::build() {
  number_states();
  for (std::uint32_t k = 0; k < m_nodes[root].edges; ++k) {
    m_root_next[m_edges[k].byte] = m_edges[k].target;
  }
  // States are numbered breadth first: the fail target of a state is always finished before it.
  for (std::uint32_t state = 0; state < m_nodes.size(); ++state) {
    const auto node = m_nodes[state];
    for (std::uint32_t k = 0; k < node.edges; ++k) {
      const auto edge = m_edges[node.first_edge + k];
      auto& below = m_nodes[edge.target];
      below.fail = state == root ? root : next(node.fail, edge.byte);
      below.shorter = m_nodes[below.fail].has_ids ? below.fail : m_nodes[below.fail].shorter;
    }
  }
  m_patterns.clear();
  m_patterns.shrink_to_fit();
}

} // namespace regtrail::diff
