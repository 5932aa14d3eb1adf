// Paragraphs of a section, appendix, note or definition as nested nodes.
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/designators.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::parse {

enum class Headings { as_nodes, open_sections };

struct ProseOptions {
  DottedMarkers dotted = DottedMarkers::no;
  Headings headings = Headings::as_nodes;
};

class ProseBuilder {
public:
  ProseBuilder(TreeBuilder& tree, ProseOptions options) : m_tree(tree), m_options(options) {}

  /// Adds `blocks` below `container`. Their texts are moved out.
  void add(std::vector<Block>& blocks, int container);

private:
  struct Reading {
    Designators designators;
    std::vector<Level> levels; ///< of each designator
    bool prose = true;         ///< has no designator of its own
  };

  std::vector<Reading> read(const std::vector<Block>& blocks) const;
  void place(Block& block, const Reading& reading, int next_depth);
  void paragraph(Block& block, const Reading& reading);
  void undesignated(Block& block, int next_depth);
  void heading(Block& block);
  void note(Block& block);
  [[nodiscard]] int container_at(int depth) const;
  [[nodiscard]] int list_parent() const;
  [[nodiscard]] int
  note_parent(const Block& block, const std::string& label_place, const std::string& text) const;
  void remember(int node, int parent, const std::string& name);

  TreeBuilder& m_tree;
  ProseOptions m_options;
  int m_container = TreeBuilder::root;
  std::vector<int> m_open;                          ///< the open node of each level
  int m_last = TreeBuilder::root;                   ///< what a note without a place belongs to
  std::vector<std::pair<int, int>> m_sections;      ///< open headings: level, node
  std::map<std::string, int, std::less<>> m_places; ///< "(a)(1)" to its node
  std::map<int, std::string> m_paths;
};

/// Adds a NOTE or EXAMPLE below `parent`: one node, or one for each number where its paragraphs are
/// numbered from "1." without an introduction ("Technical Notes: 1. ... 2. ..."). Returns the
/// nodes.
std::vector<int> add_note(TreeBuilder& tree, int parent, Block& block);

/// A figure keyed by its file name.
int add_figure(TreeBuilder& tree, int parent, const Block& block);

/// A footnote, keyed by its mark: "Footnote 5".
int add_footnote(TreeBuilder& tree, int parent, std::string text);

} // namespace regtrail::parse
