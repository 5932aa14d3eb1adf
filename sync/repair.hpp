// Making again what verify found damaged: answers are asked for again, derived tables rebuilt.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "fetch/transport.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"
#include "sync/report.hpp"

#include <string>
#include <vector>

namespace regtrail::sync {

/// Notes in the archive what `verified` found, for the next repair().
Result<void> note_damage(store::Archive& archive, const store::Verified& verified);

struct Repaired {
  int answers = 0; ///< whose bytes are whole again
  bool rebuilt = false;
  std::vector<SyncTrouble> troubles; ///< what could not be had again
};

/// Asks again for each answer that is noted as damaged; only the very bytes that were received
/// replace it. Then derives again what hangs on them and what is noted as damaged itself. Nothing
/// is asked and written where nothing is noted.
Result<Repaired> repair(store::Archive& archive,
                        fetch::Transport& transport,
                        const diff::Matcher& matcher,
                        Timestamp now,
                        SyncObserver& observer);

/// Makes all derived tables again and compares them with what the archive holds, which stays as it
/// is: the first lines that differ.
Result<std::vector<std::string>>
verify_deep(store::Archive& archive, const diff::Matcher& matcher, SyncObserver& observer);

} // namespace regtrail::sync
