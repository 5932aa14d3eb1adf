#include "sync/sync.hpp"

#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/corrections.hpp"
#include "sync/derive.hpp"
#include "sync/fr_documents.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"
#include "sync/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::PartDate;
using store::PlannedDate;

/// A date that is planned and not derived yet.
struct Job {
  PartDate date;
  std::size_t age = 0; ///< 0: the newest of its part
  std::optional<store::RawId> raw;
};

/// The dates that are planned and not derived: the newest of every part first, then back in time.
Result<std::vector<Job>> open_jobs(const EcfrRun& run) {
  std::vector<Job> jobs;
  for (const auto& [title, part] : run.parts) {
    TRY_ASSIGN(const auto plan, run.archive.planned_dates(title, part));
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const PlannedDate& planned = plan[i];
      if (!planned.derived && planned.edition == Edition::ecfr) {
        jobs.push_back({{title, part, planned.issue_date}, plan.size() - 1 - i, planned.raw});
      }
    }
  }
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& left, const Job& right) {
    return left.age < right.age;
  });
  return jobs;
}

/// The stored answer for the date, asked for when there is none yet. An answer that is here because
/// an earlier run was killed behind its commit is used.
Result<store::RawId> raw_for(EcfrRun& run, const Job& job) {
  if (job.raw) {
    return *job.raw;
  }
  fetch::EcfrScope scope;
  scope.title = job.date.title;
  scope.part = job.date.part;
  TRY_ASSIGN(const auto known,
             run.archive.newest_raw(fetch::ecfr_full_url(scope, job.date.issue_date)));
  return known && known->quarantine.empty() ? known->id : run.ask_part(job.date);
}

Result<void> derive(EcfrRun& run, const PartDate& date, store::RawId raw) {
  const auto derived = derive_date(run.archive, run.matcher, date, raw, run.options.now);
  if (derived) {
    run.count(date, *derived);
    return {};
  }
  TRY(run.note(name_of(date), derived.error()));
  ++run.report.quarantined;
  return run.archive.quarantine(raw, derived.error().message);
}

Result<void> show_progress(EcfrRun& run, const PartDate& date) {
  TRY_ASSIGN(const auto plan, run.archive.planned_dates(date.title, date.part));
  const auto derived = std::count_if(
      plan.begin(), plan.end(), [](const PlannedDate& planned) { return planned.derived; });
  run.observer.on_part_progress(to_string(PartName{date.title, date.part}),
                                static_cast<int>(derived),
                                static_cast<int>(plan.size()),
                                run.report.bytes);
  return {};
}

Result<void> take_texts(EcfrRun& run) {
  TRY_ASSIGN(const auto jobs, open_jobs(run));
  for (const Job& job : jobs) {
    if (run.cancelled("sync")) {
      break;
    }
    const auto raw = raw_for(run, job);
    if (raw) {
      run.failures = 0;
      TRY(derive(run, job.date, *raw));
      TRY(show_progress(run, job.date));
      continue;
    }
    TRY(run.note(name_of(job.date), raw.error()));
    run.failures = raw.error().kind == ErrorKind::not_found ? 0 : run.failures + 1;
    if (run.gave_up(raw.error().kind)) {
      break;
    }
  }
  TRY_ASSIGN(const auto left, open_jobs(run));
  run.report.pending_dates = static_cast<int>(left.size());
  return {};
}

} // namespace

Result<SyncReport> sync_ecfr(Archive& archive,
                             fetch::Transport& transport,
                             const diff::Matcher& matcher,
                             const SyncOptions& options,
                             SyncObserver& observer) {
  EcfrRun run(archive, transport, matcher, options, observer);
  SyncReport& report = run.report;
  TRY_ASSIGN(const auto before, archive.status());
  const auto plan = make_plan(run);
  if (plan) {
    TRY(take_corrections(run));
    report.valid_through = plan->valid_through;
  } else {
    TRY(run.note("titles.json", plan.error()));
  }
  TRY(take_texts(run));
  TRY_ASSIGN(const auto after, archive.status());
  report.new_versions = std::max(0, after.versions - before.versions);
  report.nothing_new = plan && !plan->moved && report.new_dates == 0 && report.troubles.empty();
  TRY(note_text_health(run, Edition::ecfr));
  return std::move(report);
}

} // namespace regtrail::sync
