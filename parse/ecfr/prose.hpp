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

/// Whether a heading is a place that what follows stands in: never but where the lettering begins
/// anew behind it, or always.
enum class Headings { as_nodes, open_sections };

enum class Definitions { as_text, by_term };

struct ProseOptions {
  DottedMarkers dotted = DottedMarkers::no;
  Headings headings = Headings::as_nodes;
  Definitions definitions = Definitions::as_text;
};

/// True for a paragraph that begins with "(a)" or the like.
[[nodiscard]] bool is_designated(const Block& block);

class ProseBuilder {
public:
  ProseBuilder(TreeBuilder& tree, ProseOptions options)
      : m_tree(tree),
        m_options(options),
        m_begin(tree.size()) {}

  /// Adds `blocks` below `container`. Their texts are moved out.
  void add(std::vector<Block>& blocks, int container);

private:
  /// A heading behind which the lettering may begin anew.
  struct Break {
    std::size_t marker = 0; ///< the first one behind it
    int level = 0;
  };

  void read(const std::vector<Block>& blocks);
  void read_one(const std::vector<Block>& blocks, std::size_t index, Following following);
  void read_term(const std::vector<Block>& blocks, std::size_t index, Following following);
  void solve(const std::vector<Break>& breaks);
  [[nodiscard]] LevelSolution solve_runs(const std::vector<Break>& breaks, int level) const;
  [[nodiscard]] bool is_prose(const Designators& found) const;
  [[nodiscard]] bool opens_section(const Block& block) const;
  std::size_t place_extract(std::vector<Block>& blocks, std::size_t from);
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
  [[nodiscard]] int open_definition() const;
  int find_place(std::string_view path);
  [[nodiscard]] bool has_path(int node, std::string_view path) const;

  TreeBuilder& m_tree;
  ProseOptions m_options;
  int m_base = TreeBuilder::root; ///< all is added below it
  int m_container = TreeBuilder::root;
  std::vector<int> m_open;                     ///< the open node of each level
  int m_last = TreeBuilder::root;              ///< what a note without a place belongs to
  std::vector<std::pair<int, int>> m_sections; ///< open headings: level, node
  int m_restart = 0;                           ///< headings of this level and above are places
  bool m_defines = false;                      ///< the paragraphs that are read are definitions
  DesignatorList m_list;
  std::vector<Level> m_levels;        ///< of each designator in m_list
  std::vector<Designators> m_read;    ///< of each block
  int m_begin;                        ///< the first node of this builder
  std::vector<std::uint64_t> m_paths; ///< hash of "(a)(1)" of each node from there on, 0 where it
                                      ///< is no place; filled when a note asks
};

} // namespace regtrail::parse
