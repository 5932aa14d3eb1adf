// Aho-Corasick over bytes: all patterns found in one pass, linear in the text plus the finds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::diff {

class Automaton {
public:
  Automaton();

  /// Patterns may be equal; an empty one is ignored. Not after build().
  void add(std::string_view pattern, std::uint32_t id);

  /// Must run once between the last add() and the first find().
  void build();

  /// Calls `on_find(id, end)` for every pattern that ends before byte `end`, in order of `end`.
  template<typename OnFind>
  void find(std::string_view text, OnFind&& on_find) const {
    std::uint32_t state = root;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = next(state, static_cast<std::uint8_t>(text[i]));
      for (std::uint32_t at = m_nodes[state].has_ids ? state : m_nodes[state].shorter; at != root;
           at = m_nodes[at].shorter) {
        const auto& node = m_nodes[at];
        for (std::uint32_t k = node.first_id; k < node.last_id; ++k) {
          on_find(m_ids[k], i + 1);
        }
      }
    }
  }

private:
  static constexpr std::uint32_t root = 0;

  struct Node {
    std::uint32_t fail = root;
    std::uint32_t shorter = root; ///< nearest state on the fail chain that ends a pattern
    std::uint32_t first_edge = 0; ///< into m_edges, sorted by byte
    std::uint32_t first_id = 0;   ///< into m_ids
    std::uint32_t last_id = 0;
    std::uint16_t edges = 0;
    bool has_ids = false;
  };

  struct Edge {
    std::uint8_t byte;
    std::uint32_t target;
  };

  [[nodiscard]] std::uint32_t child(std::uint32_t state, std::uint8_t byte) const;
  [[nodiscard]] std::uint32_t next(std::uint32_t state, std::uint8_t byte) const;
  void number_states();

  std::vector<std::pair<std::string, std::uint32_t>> m_patterns; ///< empty after build()
  std::vector<Node> m_nodes;
  std::vector<Edge> m_edges;
  std::vector<std::uint32_t> m_ids;
  std::vector<std::uint32_t> m_root_next; ///< by byte
};

} // namespace regtrail::diff
