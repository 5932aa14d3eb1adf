// What a sync says at its end: to people, to a log, to a script.
#pragma once

#include "cli/exit_code.hpp"
#include "cli/session.hpp"
#include "model/date.hpp"
#include "sync/sync.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace regtrail::cli {

struct SyncOutcome {
  sync::SyncReport report;
  Timestamp now{};
  std::chrono::seconds took{0};
  bool interrupted = false;
};

/// Adds what another source gave to `total`.
void add_report(sync::SyncReport& total, sync::SyncReport&& more);

/// Every source answered, nothing was quarantined, nobody stopped it.
[[nodiscard]] bool is_complete(const SyncOutcome& outcome);

/// Complete, and nothing happened.
[[nodiscard]] bool nothing_to_say(const SyncOutcome& outcome);

/// What went wrong, for standard error: at most ten troubles, then how many more there are.
[[nodiscard]] std::vector<std::string> trouble_lines(const SyncOutcome& outcome);

/// A line a topic.
[[nodiscard]] std::string summary_text(const SyncOutcome& outcome);

/// "2026-09-02T07:30:11Z ok ecfr=2026-09-01 changes=39 hits=5 18s"
[[nodiscard]] std::string summary_line(const SyncOutcome& outcome);

[[nodiscard]] std::string summary_json(const SyncOutcome& outcome);

enum class NothingNew { printed, silent };

/// Prints the troubles and, in the form that the session asks for, the summary.
ExitCode print_outcome(const Session& session, const SyncOutcome& outcome, NothingNew nothing);

} // namespace regtrail::cli
