// Paragraphs of a section, appendix, note or definition as nested nodes.
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/designators.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::parse {

enum class Headings { as_nodes, open_sections };

struct ProseOptions {
  DottedMarkers dotted = DottedMarkers::no;
  Headings headings = Headings::as_nodes;
};

class ProseBuilder {
public:
  ProseBuilder(TreeBuilder& tree, ProseOptions options)
      : m_tree(tree),
        m_options(options),
        m_begin(tree.size()) {}

  /// Adds `blocks` below `container`. Their texts are moved out.
  void add(std::vector<Block>& blocks, int container);

private:
  void read(const std::vector<Block>& blocks);
  [[nodiscard]] bool is_prose(const Designators& found) const;
  [[nodiscard]] bool opens_section(const Block& block) const;
  [[nodiscard]] std::size_t list_lines(const std::vector<Block>& blocks, std::size_t from) const;
  void place(Block& block, const Designators& found, int next_depth);
  void paragraph(Block& block, const Designators& found);
  void open(const Level& level, const Marker& marker, std::string label, std::string text);
  void undesignated(Block& block, int next_depth);
  void heading(Block& block);
  void note(Block& block);
  [[nodiscard]] int container_at(int depth) const;
  [[nodiscard]] int list_parent() const;
  int note_parent(const Block& block, const std::string& label_place, const std::string& text);
  int find_place(std::string_view path);
  [[nodiscard]] bool has_path(int node, std::string_view path) const;

  TreeBuilder& m_tree;
  ProseOptions m_options;
  int m_container = TreeBuilder::root;
  std::vector<int> m_open;                     ///< the open node of each level
  int m_last = TreeBuilder::root;              ///< what a note without a place belongs to
  std::vector<std::pair<int, int>> m_sections; ///< open headings: level, node
  DesignatorList m_list;
  std::vector<Level> m_levels;        ///< of each designator in m_list
  std::vector<Designators> m_read;    ///< of each block
  int m_begin;                        ///< the first node of this builder
  std::vector<std::uint64_t> m_paths; ///< hash of "(a)(1)" of each node from there on, 0 where it
                                      ///< is no place; filled when a note asks
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
