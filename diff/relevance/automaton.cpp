#include "diff/relevance/automaton_internal.hpp"

namespace regtrail::diff {

void Automaton::add(std::string_view pattern, std::uint32_t id) {
  if (pattern.empty()) {
    return;
  }
  std::uint32_t state = root;
  for (const char byte : pattern) {
    const auto added = static_cast<std::uint32_t>(m_states.size());
    state = m_states[state].next.try_emplace(byte, added).first->second;
    if (state == added) {
      m_states.emplace_back();
    }
  }
  m_states[state].ids.push_back(id);
}

std::uint32_t Automaton::next(std::uint32_t state, char byte) const {
  for (;; state = m_states[state].fail) {
    const auto edge = m_states[state].next.find(byte);
    if (edge != m_states[state].next.end()) {
      return edge->second;
    }
    if (state == root) {
      return root;
    }
  }
}

void Automaton::build() {
  // Breadth first: the fail target of a state is shorter, so it is finished before the state.
  std::vector<std::uint32_t> queue{root};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const State& state = m_states[queue[i]];
    for (const auto& [byte, target] : state.next) {
      State& below = m_states[target];
      below.fail = queue[i] == root ? root : next(state.fail, byte);
      const State& suffix = m_states[below.fail];
      below.shorter = suffix.ids.empty() ? suffix.shorter : below.fail;
      queue.push_back(target);
    }
  }
}

} // namespace regtrail::diff
