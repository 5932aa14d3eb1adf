// When a text became law, beside when the eCFR began to show it.
#pragma once

#include "model/blame.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <optional>
#include <vector>

namespace regtrail::query {

/// Sets `in_force_from` of every version whose changes are all of one day of law: that of a cause
/// with a confidence above 0.8 whose date was read.
Result<void> mark_days_of_law(store::Archive& archive, History& history);
/// Of many, which reads each document once.
Result<void> mark_days_of_law(store::Archive& archive, const std::vector<History*>& histories);
Result<void> mark_days_of_law(store::Archive& archive, Blame& blame);

/// A version of a unit and why it was taken.
struct VersionOnDay {
  UnitVersion version;
  TextOnDay text; ///< without what is pending
};

/// The text of `citation` that was law on `day` (nullopt: the newest). The day of law decides where
/// it is known, else the eCFR's date. Errors as of version_for.
Result<VersionOnDay>
text_on_day(store::Archive& archive, const Citation& citation, std::optional<Date> day);

/// Adds to `text` what the archive does not show of that day: how far it is known, what is in force
/// and not shown yet, and of the newest text what is pending.
Result<void>
add_not_shown(store::Archive& archive, const Citation& citation, Date today, TextOnDay& text);

} // namespace regtrail::query
