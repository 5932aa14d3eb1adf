// Aho-Corasick over bytes: all patterns found in one pass, linear in the text plus the finds.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace regtrail::diff {

class Automaton {
public:
  /// Patterns may be equal; an empty one is ignored. Not after build().
  void add(std::string_view pattern, std::uint32_t id);

  /// Must run once between the last add() and the first find().
  void build();

  /// Calls `on_find(id, end)` for every pattern that ends before byte `end`, in order of `end`.
  template<typename OnFind>
  void find(std::string_view text, OnFind&& on_find) const {
    std::uint32_t state = root;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = next(state, text[i]);
      for (std::uint32_t at = state; at != root; at = m_states[at].shorter) {
        for (const std::uint32_t id : m_states[at].ids) {
          on_find(id, i + 1);
        }
      }
    }
  }

private:
  static constexpr std::uint32_t root = 0;

  struct State {
    std::map<char, std::uint32_t> next;
    std::vector<std::uint32_t> ids; ///< of the patterns that end here
    std::uint32_t fail = root;      ///< the longest proper suffix that is a state
    std::uint32_t shorter = root;   ///< the nearest state on the fail chain that ends a pattern
  };

  [[nodiscard]] std::uint32_t next(std::uint32_t state, char byte) const;

  std::vector<State> m_states{1};
};

} // namespace regtrail::diff
