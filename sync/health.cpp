#include "sync/health.hpp"

#include "sync/plan.hpp"

#include <algorithm>

namespace regtrail::sync {

Result<std::optional<Date>> newest_snapshot(store::Archive& archive, TextOf text) {
  TRY_ASSIGN(const auto parts, archive.planned_parts());
  std::optional<Date> newest;
  for (const auto& [title, part] : parts) {
    TRY_ASSIGN(const auto dates, archive.snapshot_dates(title, part));
    for (const Date date : dates) {
      if (is_edition(date) == (text == TextOf::editions)) {
        newest = std::max(newest.value_or(date), date);
      }
    }
  }
  return newest;
}

Result<void> note_health(store::Archive& archive,
                         const std::string& source,
                         TextOf text,
                         Timestamp now,
                         SyncReport& report) {
  TRY_ASSIGN(const auto old, archive.source_status(source));
  TRY_ASSIGN(const auto newest, newest_snapshot(archive, text));
  SourceStatus status = old.value_or(SourceStatus{});
  status.source = source;
  status.last_attempt = now;
  status.newest_issue_date = newest;
  report.newest_issue_date = newest;
  report.sources.push_back({source, newest});
  if (report.troubles.empty()) {
    status.health = Health::healthy;
    status.last_success = now;
    status.message.clear();
    if (report.valid_through) {
      status.valid_through = report.valid_through;
    }
  } else {
    const bool got_something = report.new_dates > 0 || report.valid_through.has_value();
    status.health = got_something ? Health::degraded : Health::failing;
    status.message = report.troubles.front().what + ": " + report.troubles.front().error.message;
  }
  return archive.put_source_status(status);
}

} // namespace regtrail::sync
