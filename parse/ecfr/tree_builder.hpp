// Collects the nodes of one unit in printed order and assembles the tree with its hashes.
#pragma once

#include "model/node.hpp"
#include "parse/crew.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// A node before assembly; nodes refer to each other by index, so that a note can be attached to a
/// place that was printed before or after it.
class TreeBuilder {
public:
  struct Draft {
    NodeKind kind = NodeKind::paragraph;
    std::string designator;
    std::string label;
    std::string text;
    int parent = -1;
  };

  static constexpr int root = 0;

  TreeBuilder();

  /// Makes room for `nodes` nodes; there may be more in the end, or fewer.
  void expect(std::size_t nodes) { m_drafts.reserve(nodes); }

  /// The new node's index; its printed position is the next one.
  int add(int parent, NodeKind kind, std::string designator, std::string label, std::string text);

  /// Valid until the next node is added.
  [[nodiscard]] const Draft& at(int node) const { return m_drafts[static_cast<std::size_t>(node)]; }

  Draft& at(int node) { return m_drafts[static_cast<std::size_t>(node)]; }

  /// Number of nodes, the root and those of parts included.
  [[nodiscard]] int size() const { return static_cast<int>(m_drafts.size()) + m_nodes_of_parts; }

  /// Makes `node` a child of `parent`; among its siblings it keeps its printed order. Does nothing
  /// when `parent` lies below `node`.
  void attach(int node, int parent);

  /// Number of steps from `node` up to the root.
  [[nodiscard]] int depth(int node) const;

  [[nodiscard]] bool is_ancestor_or_self(int ancestor, int node) const;

  void not_understood(int node, std::string what);

  /// Calls `build` with 0 to `count` - 1 and an empty builder each, several at once among `crew`:
  /// what it adds below the root of its builder comes behind what is here, in the order of these
  /// numbers. Nothing can be added here afterwards. `weight` is that of all, see Crew::each.
  void add_parts(std::size_t count,
                 std::size_t weight,
                 Crew& crew,
                 const std::function<void(TreeBuilder&, std::size_t)>& build);

  /// Moves everything into unit.root and unit.not_understood; unit.id must be set. Many hashes are
  /// shared among `crew`.
  void finish(Unit& unit, Crew& crew);

private:
  struct Problem {
    int node = 0;
    std::string what;
    std::string text;                    ///< of the node, once it is assembled
    std::vector<std::uint32_t> ordinals; ///< of the node and those above it, the outermost last
  };

  class Members;

  void assemble(Crew& crew);
  void move_behind(std::uint32_t nodes);
  void take_parts();
  void locate(Problem& problem) const;
  [[nodiscard]] static std::size_t weight_of(const Draft& draft);
  [[nodiscard]] std::vector<std::size_t> cut_into_shares(std::span<const std::size_t> outermost,
                                                         std::size_t weight,
                                                         std::size_t count) const;
  void place(std::size_t index, const Members& members, Node& node);
  void assemble_below(const Members& members, std::span<const std::size_t> siblings, Node* nodes);
  void cite_problems(Unit& unit);

  std::vector<Draft> m_drafts;
  std::vector<Problem> m_problems;
  std::vector<TreeBuilder> m_parts; ///< assembled ones
  int m_nodes_of_parts = 0;         ///< without their roots
  Node m_top;                       ///< the root, once it is assembled
};

/// A text as a designator: normalised, so that a change of dashes renames nothing; at most
/// `longest` bytes (cut at a word); nothing in it that separates steps of a citation.
[[nodiscard]] std::string as_designator(std::string_view text, std::size_t longest = 120);

/// At most `longest` bytes of `text`, cut between characters.
[[nodiscard]] std::string_view cut_text(std::string_view text, std::size_t longest);

} // namespace regtrail::parse
