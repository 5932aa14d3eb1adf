// Parts of a long list of independent entries, which are built at once.
#pragma once

#include "parse/crew.hpp"
#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace regtrail::parse {

/// Cuts `blocks` before some of those of which `begins_entry` holds, into parts of about one weight
/// that are worth being built at once, and calls `build` for each with its builder, its blocks and
/// the index of the first of them. The parts must not depend on each other. All nodes end up in
/// `tree`, to which nothing can be added afterwards.
void build_in_parts(
    TreeBuilder& tree,
    std::vector<Block>& blocks,
    Crew& crew,
    const std::function<bool(const Block&)>& begins_entry,
    const std::function<void(TreeBuilder&, std::span<Block>, std::size_t first)>& build);

} // namespace regtrail::parse
