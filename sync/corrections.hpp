// The eCFR operator's own errors: past texts that were repaired afterwards (docs/sources.md, eCFR:
// corrections).
#pragma once

#include "sync/run.hpp"

namespace regtrail::sync {

/// Once a calendar day: asks for the corrections of each title. For every one that is new, or was
/// edited since the last list, the texts of its parts on the dates on which the error stood are
/// asked again; where the bytes differ the date is derived anew and counted as restated. What was
/// received before stays among the raw records. The first list of all is only noted: its repairs
/// are in every text that we are about to fetch. A date that lies ahead counts as not given. A
/// service without the list (a mirror) is no trouble.
Result<void> take_corrections(EcfrRun& run);

} // namespace regtrail::sync
