// Which issue dates of which parts exist: the eCFR's titles and versions into the archive's plan
// (docs/sources.md, eCFR: titles and eCFR: versions).
#pragma once

#include "model/source.hpp"
#include "sync/run.hpp"

#include <optional>

namespace regtrail::sync {

/// The first day of which the eCFR has texts. Rows of `versions` from before it belong to its first
/// import; they are planned as this day.
inline const Date ecfr_begins(2017, 1, 3);

/// What planning found; rows of the plan are already stored.
struct Plan {
  std::optional<Date> valid_through; ///< of all titles; nullopt where one of them said none
  bool moved = false; ///< a watermark had moved or parts were asked for the first time
};

/// Whether the answers of `versions` that are stored say of every unit of the part that it was
/// removed by that date. False when they name none.
Result<bool> all_units_removed(store::Archive& archive, const store::PartDate& date);

/// Asks titles.json, and `versions` of each title whose watermark moved, whose parts are new or for
/// which `since` reaches further back than before. Troubles that leave the old plan usable are
/// reported.
Result<Plan> make_plan(EcfrRun& run);

} // namespace regtrail::sync
