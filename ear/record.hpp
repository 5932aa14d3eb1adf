// From the node tree of an entry to its record, by the designators that the parser gives
// (ear-domain.md 1.3-1.7, 2.2, 2.3).
#pragma once

#include "model/citation.hpp"
#include "model/node.hpp"
#include "model/record.hpp"

namespace regtrail::ear {

/// monostate unless `node`, which stands at `citation`, is a whole entry of the CCL or of a list,
/// or a row of the Country Chart.
[[nodiscard]] Record read_record(const Citation& citation, const Node& node);

} // namespace regtrail::ear
