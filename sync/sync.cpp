#include "sync/sync.hpp"

#include "fetch/ecfr_client.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/corrections.hpp"
#include "sync/derive.hpp"
#include "sync/fr_documents.hpp"
#include "sync/health.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace regtrail::sync {
namespace {

using fetch::EcfrClient;
using store::Archive;
using store::PartDate;
using store::PlannedDate;

/// So many failed requests in a row mean that the host is down or blocks us: asking on would only
/// make it worse.
constexpr int give_up_after = 3;

/// A date that is planned and not derived yet.
struct Job {
  PartDate date;
  std::size_t age = 0; ///< 0: the newest of its part
  std::optional<store::RawId> raw;
};

/// What is still to be done for `parts`: the newest date of every part first, then back in time.
Result<std::vector<Job>>
open_jobs(Archive& archive, int title, const std::vector<std::string>& parts) {
  std::vector<Job> jobs;
  for (const std::string& part : parts) {
    TRY_ASSIGN(const auto plan, archive.planned_dates(title, part));
    for (std::size_t i = 0; i < plan.size(); ++i) {
      const PlannedDate& planned = plan[i];
      if (!planned.derived && !is_edition(planned.issue_date)) {
        jobs.push_back({{title, part, planned.issue_date}, plan.size() - 1 - i, planned.raw});
      }
    }
  }
  std::stable_sort(jobs.begin(), jobs.end(), [](const Job& left, const Job& right) {
    return left.age < right.age;
  });
  return jobs;
}

/// One run over the open jobs.
class Run {
public:
  Run(Archive& archive,
      EcfrClient& client,
      Recorder& recorder,
      const diff::Matcher& matcher,
      const SyncOptions& options,
      SyncObserver& observer,
      SyncReport& report)
      : m_archive(archive),
        m_client(client),
        m_recorder(recorder),
        m_matcher(matcher),
        m_options(options),
        m_observer(observer),
        m_report(report) {}

  Result<void> work_off(const std::vector<std::string>& parts) {
    TRY_ASSIGN(const auto jobs, open_jobs(m_archive, m_options.title, parts));
    int failures = 0;
    for (const Job& job : jobs) {
      if (m_observer.cancelled()) {
        m_report.troubles.push_back(
            {"sync", {ErrorKind::network, "interrupted; run regtrail sync to go on"}});
        break;
      }
      const auto raw = raw_for(job);
      if (!raw) {
        m_report.troubles.push_back({name_of(job.date), raw.error()});
        if (raw.error().kind == ErrorKind::storage) {
          return tl::unexpected(raw.error());
        }
        failures = raw.error().kind == ErrorKind::not_found ? 0 : failures + 1;
        if (failures >= give_up_after) {
          m_report.troubles.push_back(
              {store::ecfr_source,
               {raw.error().kind,
                fmt::format("gave up after {} failures in a row; the next sync goes on",
                            failures)}});
          break;
        }
        continue;
      }
      failures = 0;
      TRY(derive(job, *raw));
      TRY(tell_progress(job.date));
    }
    return count_pending(parts);
  }

private:
  /// The stored answer for the date, asked for when there is none yet. An answer that is here
  /// because an earlier run was killed behind its commit is used.
  Result<store::RawId> raw_for(const Job& job) {
    if (job.raw) {
      return *job.raw;
    }
    fetch::EcfrScope scope;
    scope.title = job.date.title;
    scope.part = job.date.part;
    const std::string url = fetch::ecfr_full_url(scope, job.date.issue_date);
    TRY_ASSIGN(const auto known, m_archive.newest_raw(url));
    if (known && known->quarantine.empty()) {
      return known->id;
    }
    return m_recorder.record(
        m_client.full(scope, job.date.issue_date), url, part_stream(job.date.title, job.date.part));
  }

  Result<void> derive(const Job& job, store::RawId raw) {
    const auto derived = derive_date(m_archive, m_matcher, job.date, raw, m_options.now);
    if (derived) {
      ++m_report.new_dates;
      m_report.new_changes += derived->changes;
      m_report.new_hits += derived->hits;
      m_report.not_understood += derived->not_understood;
      if (derived->withdrawn) {
        ++m_report.quarantined;
        m_report.troubles.push_back({name_of({job.date.title, job.date.part, *derived->withdrawn}),
                                     {ErrorKind::quarantined, derived->reason}});
      }
      return {};
    }
    if (derived.error().kind == ErrorKind::storage) {
      return tl::unexpected(derived.error());
    }
    m_report.troubles.push_back({name_of(job.date), derived.error()});
    ++m_report.quarantined;
    return m_archive.quarantine(raw, derived.error().message);
  }

  Result<void> tell_progress(const PartDate& date) {
    TRY_ASSIGN(const auto plan, m_archive.planned_dates(date.title, date.part));
    const auto derived = std::count_if(
        plan.begin(), plan.end(), [](const PlannedDate& planned) { return planned.derived; });
    m_observer.on_part_progress(
        date.part, static_cast<int>(derived), static_cast<int>(plan.size()), m_report.bytes);
    return {};
  }

  Result<void> count_pending(const std::vector<std::string>& parts) {
    TRY_ASSIGN(const auto left, open_jobs(m_archive, m_options.title, parts));
    m_report.pending_dates = static_cast<int>(left.size());
    return {};
  }

  Archive& m_archive;
  EcfrClient& m_client;
  Recorder& m_recorder;
  const diff::Matcher& m_matcher;
  const SyncOptions& m_options;
  SyncObserver& m_observer;
  SyncReport& m_report;
};

} // namespace

std::vector<std::string> ear_parts() {
  return {"730", "732", "734", "736", "738", "740", "742", "743", "744", "745", "746", "748",
          "750", "754", "756", "758", "760", "762", "764", "766", "768", "770", "772", "774"};
}

Result<SyncReport> sync_ecfr(Archive& archive,
                             fetch::Transport& transport,
                             const diff::Matcher& matcher,
                             const SyncOptions& options,
                             SyncObserver& observer) {
  SyncReport report;
  EcfrClient client(transport);
  Recorder recorder(archive, store::ecfr_source, options.now, report);
  const std::vector<std::string> parts = options.parts.empty() ? ear_parts() : options.parts;
  report.parts = static_cast<int>(parts.size());
  TRY_ASSIGN(const auto before, archive.status());

  const auto plan = make_plan(archive, client, recorder, parts, options, report);
  if (!plan) {
    if (plan.error().kind == ErrorKind::storage) {
      return tl::unexpected(plan.error());
    }
    report.troubles.push_back({"titles.json", plan.error()});
  }

  Run run(archive, client, recorder, matcher, options, observer, report);
  if (plan) {
    TRY(take_corrections(archive, client, recorder, matcher, options, parts, report));
    report.valid_through = plan->title.up_to_date_as_of;
  }
  TRY(run.work_off(parts));

  TRY_ASSIGN(const auto after, archive.status());
  report.new_versions = std::max(0, after.versions - before.versions);
  report.nothing_new = plan && !plan->moved && report.new_dates == 0 && report.troubles.empty();
  TRY(note_health(archive, store::ecfr_source, TextOf::ecfr, options.now, report));
  return report;
}

Result<SyncReport>
rebuild(Archive& archive, const diff::Matcher& matcher, Timestamp now, SyncObserver& observer) {
  SyncReport report;
  TRY_ASSIGN(const auto parts, archive.planned_parts());
  TRY(archive.drop_derived());
  for (const auto& [title, part] : parts) {
    TRY_ASSIGN(const auto plan, archive.planned_dates(title, part));
    int done = 0;
    for (const PlannedDate& planned : plan) {
      if (!planned.raw) {
        ++report.pending_dates;
        continue;
      }
      const auto derived =
          derive_date(archive, matcher, {title, part, planned.issue_date}, *planned.raw, now);
      if (!derived) {
        report.troubles.push_back({name_of({title, part, planned.issue_date}), derived.error()});
        continue;
      }
      ++report.new_dates;
      report.new_changes += derived->changes;
      report.new_hits += derived->hits;
      report.not_understood += derived->not_understood;
      observer.on_part_progress(part, ++done, static_cast<int>(plan.size()), 0);
    }
    ++report.parts;
  }
  TRY_ASSIGN(const auto documents, rebuild_documents(archive));
  report.not_understood += documents.not_understood;
  TRY(attribute_marked(archive));
  TRY(archive.refresh_search());
  for (const auto& [source, text] : {std::pair{store::ecfr_source, TextOf::ecfr},
                                     std::pair{store::govinfo_source, TextOf::editions}}) {
    TRY_ASSIGN(const auto newest, newest_snapshot(archive, text));
    if (newest) {
      report.sources.push_back({source, newest});
    }
  }
  report.newest_issue_date = report.sources.empty() ? std::nullopt : report.sources[0].newest;
  return report;
}

} // namespace regtrail::sync
