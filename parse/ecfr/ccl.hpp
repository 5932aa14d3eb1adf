// The Commerce Control List: entries, their labelled lines, license requirement rows, items, notes.
#pragma once

#include "parse/crew.hpp"
#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <vector>

namespace regtrail::parse {

/// Builds the tree of Supplement No. 1 to part 774 below the root of `tree`, to which nothing can
/// be added afterwards; many entries are shared among `crew`.
void build_ccl(TreeBuilder& tree, std::vector<Block>& blocks, Crew& crew);

} // namespace regtrail::parse
