// From the node tree of an entry to its record, by the designators that the parser gives
// (docs/grammar.md, CCL entries, Country Chart and country groups, Party lists).
#pragma once

#include "model/citation.hpp"
#include "model/node.hpp"
#include "model/record.hpp"

namespace regtrail::ear {

/// monostate unless `node`, which stands at `citation`, is a whole entry of the CCL or of a list,
/// or a row of the Country Chart. `parent` is the node above it: parts of a listed party have the
/// requirement, the policy and the citations of the whole where they have none of their own.
[[nodiscard]] Record
read_record(const Citation& citation, const Node& node, const Node* parent = nullptr);

} // namespace regtrail::ear
