// Notes, figures and footnotes as nodes.
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <string>
#include <vector>

namespace regtrail::parse {

/// Adds a NOTE or EXAMPLE below `parent`: one node, or one for each number where its paragraphs are
/// numbered from "1." without an introduction ("Technical Notes: 1. ... 2. ..."). Returns the
/// nodes.
std::vector<int> add_note(TreeBuilder& tree, int parent, Block& block);

/// A figure keyed by its file name.
int add_figure(TreeBuilder& tree, int parent, const Block& block);

/// A footnote, keyed by its mark: "Footnote 5".
int add_footnote(TreeBuilder& tree, int parent, std::string text);

} // namespace regtrail::parse
