// Amendments that are published or filed and not yet in force.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/version.hpp"

#include <vector>

namespace regtrail::diff {

/// What `documents` order to be done at, above or below `place` after `today`, soonest first and
/// what has no date last. An empty `place` asks for everything. Instructions that are delayed or
/// withdrawn by other documents among them have the new date or are left out. A document
/// whose text is not read counts for every place of the parts that it names; one that is filed for
/// public inspection and names no part counts for every place.
[[nodiscard]] std::vector<PendingAmendment> pending_amendments(
    const Citation& place, const std::vector<const Document*>& documents, Date today);

} // namespace regtrail::diff
