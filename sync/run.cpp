#include "sync/run.hpp"

#include "store/streams.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"
#include "sync/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace regtrail::sync {

Result<store::RawId> SourceRun::record(const Result<fetch::Response>& response,
                                       const std::string& url,
                                       const std::string& stream) {
  ++report.requests;
  if (!response) {
    return tl::unexpected(response.error());
  }
  report.bytes += response->wire_bytes;
  store::RawResponse raw;
  raw.source = source;
  raw.stream = stream;
  raw.url = url;
  raw.final_url = response->final_url;
  raw.status = response->status;
  raw.headers = response->headers;
  raw.fetched_at = options.now;
  raw.body = response->body;
  return archive.put_raw(raw);
}

Result<void> SourceRun::note(std::string what, Error error) {
  if (error.kind == ErrorKind::storage) {
    return tl::unexpected(std::move(error));
  }
  report.troubles.push_back({std::move(what), std::move(error)});
  return {};
}

Result<void> SourceRun::note_unreadable(const std::string& what,
                                        const std::string& url,
                                        const std::vector<std::string>& rows) {
  if (rows.empty()) {
    return {};
  }
  return note(
      what,
      {ErrorKind::malformed,
       fmt::format("'{}' holds {} {} that cannot be read ({}); the others are used, and the "
                   "next sync asks again",
                   url,
                   rows.size(),
                   rows.size() == 1 ? "row" : "rows",
                   rows.front())});
}

bool SourceRun::cancelled(const std::string& what) {
  if (observer.cancelled() && !m_cancelled) {
    report.troubles.push_back(
        {what, {ErrorKind::network, "interrupted; run regtrail sync to go on"}});
    m_cancelled = true;
  }
  return m_cancelled;
}

bool SourceRun::gave_up(ErrorKind kind) {
  constexpr int give_up_after = 3;
  if (failures < give_up_after) {
    return false;
  }
  report.troubles.push_back(
      {source,
       {kind, fmt::format("gave up after {} failures in a row; the next sync goes on", failures)}});
  return true;
}

bool SourceRun::is_ahead(Date date) const {
  return date > date_of(options.now) + std::chrono::days(1);
}

std::optional<Date> SourceRun::unless_ahead(std::optional<Date> date,
                                            const std::string& what,
                                            std::string_view field,
                                            const std::string& url) {
  if (!date || !is_ahead(*date)) {
    return date;
  }
  const std::string message =
      fmt::format("'{}' gives {} as {}, which is ahead of today, {}; the date is not remembered "
                  "and the next sync asks again; if today is another day, set the clock",
                  url,
                  date->to_string(),
                  field,
                  date_of(options.now).to_string());
  // One answer may be read twice.
  const auto& troubles = report.troubles;
  if (std::none_of(troubles.begin(), troubles.end(), [&](const SyncTrouble& trouble) {
        return trouble.error.message == message;
      })) {
    report.troubles.push_back({what, {ErrorKind::quarantined, message}});
  }
  return std::nullopt;
}

void SourceRun::count(const store::PartDate& date, const Derived& derived) {
  add(report, derived);
  if (derived.withdrawn) {
    ++report.quarantined;
    report.troubles.push_back({name_of({date.title, date.part, *derived.withdrawn}),
                               {ErrorKind::quarantined, derived.reason}});
  }
}

Result<void> SourceRun::note_health(std::optional<Date> newest, std::optional<Date> valid_through) {
  TRY_ASSIGN(const auto old, archive.source_status(source));
  SourceStatus status = old.value_or(SourceStatus{});
  status.source = source;
  status.last_attempt = options.now;
  status.newest_issue_date = newest ? newest : status.newest_issue_date;
  status.valid_through = valid_through ? valid_through : status.valid_through;
  if (report.troubles.empty()) {
    status.health = Health::healthy;
    status.last_success = options.now;
    status.message.clear();
  } else {
    const bool got_something = took_something || report.new_dates > 0 ||
                               report.valid_through.has_value() || report.documents > 0 ||
                               report.texts > 0;
    status.health = got_something ? Health::degraded : Health::failing;
    status.message = report.troubles.front().what + ": " + report.troubles.front().error.message;
  }
  return archive.put_source_status(status);
}

bool is_from_folder(const store::RawRecord& record) {
  return record.final_url.starts_with("file://");
}

Result<std::optional<store::RawId>> if_found(const Result<store::RawId>& raw) {
  if (!raw && raw.error().kind == ErrorKind::not_found) {
    return std::nullopt;
  }
  TRY(raw);
  return *raw;
}

EcfrRun::EcfrRun(store::Archive& the_archive,
                 fetch::Transport& transport,
                 const diff::Matcher& the_matcher,
                 const SyncOptions& the_options,
                 SyncObserver& the_observer)
    : SourceRun(the_archive, store::ecfr_source, the_options, the_observer),
      client(transport),
      matcher(the_matcher),
      parts(the_options.parts.empty() ? ear_parts() : the_options.parts) {
  report.parts = static_cast<int>(parts.size());
}

Result<store::RawId> EcfrRun::ask_part(const store::PartDate& date) {
  fetch::EcfrScope scope;
  scope.title = date.title;
  scope.part = date.part;
  const auto ask = [&](fetch::NotFound not_found) {
    return record(client.full(scope, date.issue_date, not_found),
                  fetch::ecfr_full_url(scope, date.issue_date),
                  fmt::format("ecfr/full/title-{}/part-{}", date.title, date.part));
  };
  const auto raw = ask(fetch::NotFound::error);
  if (raw || raw.error().kind != ErrorKind::not_found) {
    return raw;
  }
  TRY_ASSIGN(const bool gone, all_units_removed(archive, date));
  return gone ? ask(fetch::NotFound::answer) : raw;
}

Result<std::optional<Date>> newest_snapshot(store::Archive& archive, Edition edition) {
  TRY_ASSIGN(const auto parts, archive.planned_parts());
  std::optional<Date> newest;
  for (const auto& [title, part] : parts) {
    TRY_ASSIGN(const auto plan, archive.planned_dates(title, part));
    for (const store::PlannedDate& planned : plan) {
      if (planned.derived && planned.edition == edition) {
        newest = std::max(newest.value_or(planned.issue_date), planned.issue_date);
      }
    }
  }
  return newest;
}

Result<void> note_text_health(SourceRun& run, Edition edition) {
  TRY_ASSIGN(const auto newest, newest_snapshot(run.archive, edition));
  run.report.newest_issue_date = newest;
  run.report.sources.push_back({run.source, newest});
  return run.note_health(newest,
                         run.report.troubles.empty() ? run.report.valid_through : std::nullopt);
}

} // namespace regtrail::sync
