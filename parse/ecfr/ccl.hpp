// The Commerce Control List: entries, their labelled lines, license requirement rows, items, notes.
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <vector>

namespace regtrail::parse {

/// Builds the tree of Supplement No. 1 to part 774 below the root of `tree`. Texts are moved out of
/// `blocks`.
void build_ccl(TreeBuilder& tree, std::vector<Block>& blocks);

} // namespace regtrail::parse
