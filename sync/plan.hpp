// Which issue dates of which parts exist: the eCFR's titles and versions into the archive's plan
// (docs/sources.md, eCFR: titles and eCFR: versions).
#pragma once

#include "model/source.hpp"
#include "sync/run.hpp"

namespace regtrail::sync {

/// The eCFR has no older text, so dates before it in a plan are those of annual editions.
inline const Date ecfr_begins(2016, 12, 1);

[[nodiscard]] inline bool is_edition(Date date) {
  return date < ecfr_begins;
}

/// What planning found; rows of the plan are already stored.
struct Plan {
  TitleState title;
  bool moved = false; ///< the watermark had moved or parts were asked for the first time
};

/// Whether the answers of `versions` that are stored say of every unit of the part that it was
/// removed by that date. False when they name none.
Result<bool> all_units_removed(store::Archive& archive, const store::PartDate& date);

/// Asks titles.json, and `versions` where the watermark moved, the parts are new or `since` reaches
/// further back than before. Troubles that leave the old plan usable are reported.
Result<Plan> make_plan(EcfrRun& run);

} // namespace regtrail::sync
