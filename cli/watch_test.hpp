// `register watches test`: what a watch would hit.
#pragma once

#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"
#include "model/register.hpp"

namespace regtrail::cli {

/// The documents of the archive that were published in the last 365 days and that the watch, as if
/// it were enabled, hits or nearly hits, newest first. A page is a usage error.
Result<void> test_watch(Session& session, const LoadedRegister& loaded, Watch watch);

} // namespace regtrail::cli
