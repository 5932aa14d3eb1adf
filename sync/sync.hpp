// A sync of the eCFR: fetch -> raw stored -> parse -> snapshots -> diff -> changes -> relevance
// -> hits stored. Joins the rooms; parses no arguments, prints nothing, reads no clock.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "fetch/transport.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

namespace regtrail::sync {

/// Takes whole parts, newest issue date first, then works back; every answer is committed raw
/// before anything is derived from it, every date of a part is one transaction. May be killed at
/// any point; the next call goes on. The caller holds the archive's sync lock. An Error means that
/// nothing could be done at all; everything less is among `troubles`.
Result<SyncReport> sync_ecfr(store::Archive& archive,
                             fetch::Transport& transport,
                             const diff::Matcher& matcher,
                             const SyncOptions& options,
                             SyncObserver& observer);

/// Makes all derived tables again from the facts, in one transaction: readers see the old ones
/// until the new ones are there. What was derived from answers whose bodies are damaged is kept and
/// is among `troubles`.
Result<SyncReport>
rebuild(store::Archive& archive, const diff::Matcher& matcher, SyncObserver& observer);

} // namespace regtrail::sync
