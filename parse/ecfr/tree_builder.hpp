// Collects the nodes of one unit in printed order and assembles the tree with its hashes.
#pragma once

#include "model/node.hpp"

#include <cstddef>
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

  /// The new node's index; its printed position is the next one.
  int add(int parent, NodeKind kind, std::string designator, std::string label, std::string text);

  /// Valid until the next node is added.
  [[nodiscard]] const Draft& at(int node) const { return m_drafts[static_cast<std::size_t>(node)]; }

  Draft& at(int node) { return m_drafts[static_cast<std::size_t>(node)]; }

  /// Number of nodes, the root included.
  [[nodiscard]] int size() const { return static_cast<int>(m_drafts.size()); }

  /// Makes `node` a child of `parent`; among its siblings it keeps its printed order. Does nothing
  /// when `parent` lies below `node`.
  void attach(int node, int parent);

  /// Number of steps from `node` up to the root.
  [[nodiscard]] int depth(int node) const;

  [[nodiscard]] bool is_ancestor_or_self(int ancestor, int node) const;

  void not_understood(int node, std::string what);

  /// Moves everything into unit.root and unit.not_understood; unit.id must be set.
  void finish(Unit& unit);

private:
  struct Problem {
    int node = 0;
    std::string what;
  };

  void place(int index, const std::vector<std::vector<int>>& members, Node& node);
  void cite_problems(Unit& unit);

  std::vector<Draft> m_drafts;
  std::vector<Problem> m_problems;
};

/// A text as a designator: normalised, so that a change of dashes renames nothing; at most
/// `longest` bytes (cut at a word); nothing in it that separates steps of a citation.
[[nodiscard]] std::string as_designator(std::string_view text, std::size_t longest = 120);

/// At most `longest` bytes of `text`, cut between characters.
[[nodiscard]] std::string_view cut_text(std::string_view text, std::size_t longest);

} // namespace regtrail::parse
