// A sync of the annual CFR (docs/sources.md, govinfo: annual CFR): the editions of the years before
// the eCFR begins, one text a part and year, into the same plan and by the same steps as the eCFR's
// issues.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "fetch/transport.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

namespace regtrail::sync {

/// Asks for the editions of the titles of `options.parts` from the year of `options.since` on
/// (without it, of all years there are), the newest first; the date of a version is the day as of
/// which its volume was revised. A part is asked out of each volume, beginning with the one that
/// held it in the next year; where the service has no parts of that year, the volumes are taken
/// whole. An edition of which only a cover was issued, or which lacks the part, gives no version
/// and is not asked again. What is planned and not answered yet stands in the plan without a text,
/// so no change is shown across it. With nothing to do this is one request, the list of years.
/// Preconditions, errors and troubles as sync_ecfr.
Result<SyncReport> sync_govinfo(store::Archive& archive,
                                fetch::Transport& transport,
                                const diff::Matcher& matcher,
                                const SyncOptions& options,
                                SyncObserver& observer);

} // namespace regtrail::sync
