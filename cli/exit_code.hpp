// The four ways in which a run can end (README.md, Exit codes). Nothing else leaves this program.
#pragma once

namespace regtrail::cli {

enum class ExitCode : int {
  done = 0,
  changes = 1,    ///< only with --exit-code: there were changes other than cosmetic
  failed = 2,     ///< could not do it: usage, missing file, a date before the first version
  incomplete = 3, ///< done but incomplete: a source failed, data was quarantined, mail stays queued
};

} // namespace regtrail::cli
