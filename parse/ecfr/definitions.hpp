// Glossary sections (15 CFR 772.1): undesignated paragraphs keyed by the term they define.
#pragma once

#include "parse/ecfr/blocks.hpp"
#include "parse/ecfr/tree_builder.hpp"

#include <vector>

namespace regtrail::parse {

/// True when `blocks` are mostly definitions without designators.
[[nodiscard]] bool is_glossary(const std::string& heading, const std::vector<Block>& blocks);

/// Builds the definitions below the root of `tree`. Their texts are moved out of `blocks`.
void build_glossary(TreeBuilder& tree, std::vector<Block>& blocks);

} // namespace regtrail::parse
