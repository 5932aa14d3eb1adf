// One sync of the Federal Register: documents of the Bureau, what is on file for inspection, the
// notes of executive orders, the register's watches, and the texts of the rules that amend the
// parts we hold. Joins the rooms; parses no arguments, prints nothing, reads no clock.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::sync {

/// What a source that answers "not found" to its first question is.
enum class AbsentSource {
  trouble, ///< the service itself
  fine,    ///< a mirror that does not hold it and never did
};

/// Goes back to `options.since`, else to the oldest issue date planned; afterwards reads the last
/// days again, for metadata changes after publication. Every answer is committed raw before it is
/// read. May be killed at any point. The caller holds the archive's sync lock. An Error means that
/// the archive failed; everything less is among `troubles`. Causes are for attribute_marked to find
/// when all sources are read.
Result<SyncReport> sync_federal_register(store::Archive& archive,
                                         fetch::Transport& transport,
                                         const SyncOptions& options,
                                         AbsentSource absent,
                                         SyncObserver& observer);

/// Sources that were asked for, were not in the mirror synced from, and never were held.
Result<std::vector<std::string>> sources_not_in_mirror(store::Archive& archive);

} // namespace regtrail::sync
