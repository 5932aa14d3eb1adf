// Assembles `blame CITATION` from stored versions and changes. No printing.
#pragma once

#include "model/blame.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <optional>

namespace regtrail::query {

/// Every node with text of its own at or below `citation` that was law on `on` as text_on_day finds
/// it, of a part by the eCFR's dates (nullopt: the newest text),
/// with the version that last changed it, followed back through redesignations and moves.
Result<Blame>
assemble_blame(store::Archive& archive, const Citation& citation, std::optional<Date> on);

} // namespace regtrail::query
