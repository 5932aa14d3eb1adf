#include "sync/govinfo.hpp"

#include "fetch/govinfo_client.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "parse/govinfo_json.hpp"
#include "store/streams.hpp"
#include "sync/derive.hpp"
#include "sync/part_text.hpp"
#include "sync/plan.hpp"
#include "sync/run.hpp"
#include "sync/sync.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace regtrail::sync {
namespace {

using fetch::CfrVolume;
using fetch::GovinfoClient;
using store::Archive;
using store::PartDate;
using store::PlannedDate;
using store::RawId;

/// Which volume held the part in which year; 0: no volume of that year has a text of it.
using Volumes = std::map<int, int>;

std::string volumes_key(int title, const std::string& part) {
  return fmt::format("govinfo.cfr.{}.{}", title, part);
}

/// "2011=2 2012=0 " and back.
std::string to_text(const Volumes& volumes) {
  std::string text;
  for (const auto& [year, volume] : volumes) {
    text += fmt::format("{}={} ", year, volume);
  }
  return text;
}

Volumes read_volumes(std::string_view text) {
  Volumes volumes;
  while (!text.empty()) {
    int year = 0;
    int volume = 0;
    const char* const end = text.data() + text.size();
    const auto equals = std::from_chars(text.data(), end, year).ptr;
    if (equals == end || *equals != '=') {
      break;
    }
    const auto blank = std::from_chars(equals + 1, end, volume).ptr;
    volumes[year] = volume;
    text.remove_prefix(static_cast<std::size_t>(blank - text.data()));
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  return volumes;
}

/// Of later years the eCFR has all that the editions have.
const Date editions_end(2016, 12, 1);

/// An edition of a part that is to be asked for.
struct Job {
  int year = 0;
  std::string part;
};

/// A volume or one part out of it, with what it says about itself.
struct FoundEdition {
  RawId raw = 0;
  int volume = 0;
  parse::CfrEdition about;
};

class Run {
public:
  Run(Archive& archive,
      fetch::Transport& transport,
      const diff::Matcher& matcher,
      const SyncOptions& options,
      SyncObserver& observer)
      : m_archive(archive),
        m_client(transport),
        m_matcher(matcher),
        m_options(options),
        m_run(archive, store::govinfo_source, options, observer),
        m_report(m_run.report) {}

  Result<SyncReport> run() {
    const std::vector<PartName> parts = m_options.parts.empty() ? ear_parts() : m_options.parts;
    m_report.parts = static_cast<int>(parts.size());
    TRY_ASSIGN(const auto before, m_archive.status());
    if (const auto listed = listed_years()) {
      for (const int title : titles_of(parts)) {
        begin_title(title);
        TRY_ASSIGN(const auto jobs, plan(wanted_years(*listed), parts_of_title(parts, title)));
        TRY(take_editions(jobs));
      }
    } else {
      TRY(m_run.note(fetch::govinfo_cfr_years_url(), listed.error()));
    }
    TRY_ASSIGN(const auto after, m_archive.status());
    m_report.new_versions = std::max(0, after.versions - before.versions);
    m_report.nothing_new = m_report.new_dates == 0 && m_report.troubles.empty();
    TRY(note_text_health(m_run, Edition::annual));
    return std::move(m_report);
  }

private:
  /// An answer that is not what it should be.
  tl::unexpected<Error> set_aside(RawId raw, Error error) {
    if (error.kind == ErrorKind::storage) {
      return tl::unexpected(std::move(error));
    }
    ++m_report.quarantined;
    TRY(m_archive.quarantine(raw, error.message));
    m_bad.insert_or_assign(raw, error);
    return tl::unexpected(std::move(error));
  }

  /// What is known of the title before is no longer needed.
  void begin_title(int title) {
    m_title = title;
    m_volumes.clear();
    m_volumes_of_year.clear();
    m_years_in_parts.clear();
    m_last_volume = -1;
  }

  [[nodiscard]] Date expected_date(int year) const {
    return fetch::cfr_revision_date(year, m_title);
  }

  Result<std::vector<parse::BulkFile>> ask_listing(const Result<fetch::Response>& answer,
                                                   const std::string& url,
                                                   const std::string& stream) {
    TRY_ASSIGN(const auto raw, m_run.record(answer, url, stream));
    TRY_ASSIGN(const auto bytes, m_archive.raw_bytes(raw));
    auto listing = parse::parse_bulk_listing(bytes, url);
    if (!listing) {
      return set_aside(raw, listing.error());
    }
    return listing;
  }

  /// Years with editions, ascending.
  Result<std::vector<int>> listed_years() {
    TRY_ASSIGN(
        const auto listing,
        ask_listing(m_client.cfr_years(), fetch::govinfo_cfr_years_url(), "govinfo/cfr/years"));
    return parse::bulk_years(listing);
  }

  /// Those with an edition of the title that the eCFR does not cover, the newest first.
  [[nodiscard]] std::vector<int> wanted_years(const std::vector<int>& listed) const {
    std::vector<int> years;
    for (const int year : listed) {
      const Date date = expected_date(year);
      if (date < editions_end && (!m_options.since || year >= m_options.since->year()) &&
          (!m_options.until || date <= *m_options.until)) {
        years.push_back(year);
      }
    }
    std::reverse(years.begin(), years.end());
    return years;
  }

  /// Puts the editions that are not done into the plan, so that no change is shown across one.
  Result<std::vector<Job>> plan(const std::vector<int>& years,
                                const std::vector<std::string>& parts) {
    std::vector<Job> jobs;
    for (const std::string& part : parts) {
      TRY_ASSIGN(const auto text, m_archive.setting(volumes_key(m_title, part)));
      TRY_ASSIGN(const auto planned, m_archive.planned_dates(m_title, part));
      m_volumes[part] = read_volumes(text);
      std::set<int> done;
      for (const auto& [year, volume] : m_volumes[part]) {
        if (volume == 0) {
          done.insert(year);
        }
      }
      for (const PlannedDate& date : planned) {
        if (date.derived && date.edition == Edition::annual) {
          done.insert(date.issue_date.year());
        }
      }
      std::vector<Date> dates;
      for (const int year : years) {
        if (!done.contains(year)) {
          dates.push_back(expected_date(year));
          jobs.push_back({year, part});
        }
      }
      TRY(m_archive.plan_dates(m_title, part, dates, Edition::annual));
    }
    std::stable_sort(jobs.begin(), jobs.end(), [](const Job& left, const Job& right) {
      return left.year > right.year;
    });
    return jobs;
  }

  Result<void> take_editions(const std::vector<Job>& jobs) {
    int done = 0;
    for (const Job& job : jobs) {
      const int left = static_cast<int>(jobs.size()) - done;
      if (m_run.cancelled("sync")) {
        m_report.pending_dates += left;
        return {};
      }
      const auto taken = take_edition(job);
      ++done;
      m_run.observer.on_part_progress(to_string(PartName{m_title, job.part}),
                                      done,
                                      static_cast<int>(jobs.size()),
                                      m_report.bytes);
      if (taken) {
        m_run.failures = 0;
        continue;
      }
      ++m_report.pending_dates;
      const ErrorKind kind = taken.error().kind;
      const bool answered = kind == ErrorKind::malformed || kind == ErrorKind::quarantined;
      m_run.failures = answered ? 0 : m_run.failures + 1;
      TRY(m_run.note(name_of({m_title, job.part, expected_date(job.year)}), taken.error()));
      if (m_run.gave_up(kind)) {
        m_report.pending_dates += left - 1;
        return {};
      }
    }
    return {};
  }

  Result<void> take_edition(const Job& job) {
    TRY_ASSIGN(const auto edition, find_edition(job));
    const PartDate expected{m_title, job.part, expected_date(job.year)};
    if (!edition || edition->about.cover_only) {
      TRY(m_archive.unplan_date(expected));
      return remember(job, 0);
    }
    const PartDate date{m_title, job.part, edition->about.revised.value_or(expected.issue_date)};
    if (date != expected) {
      TRY(m_archive.unplan_date(expected));
      TRY(m_archive.plan_dates(date.title, date.part, {date.issue_date}, Edition::annual));
    }
    const auto derived = derive_date(m_archive, m_matcher, date, edition->raw, m_options.now);
    if (!derived) {
      return set_aside(edition->raw, derived.error());
    }
    m_run.count(date, *derived);
    return remember(job, edition->volume);
  }

  Result<void> remember(const Job& job, int volume) {
    Volumes& volumes = m_volumes[job.part];
    volumes[job.year] = volume;
    m_last_volume = volume == 0 ? m_last_volume : volume;
    return m_archive.put_setting(volumes_key(m_title, job.part), to_text(volumes));
  }

  /// The volumes of a year, the likeliest for `part` first.
  Result<std::vector<int>> volumes_of(const Job& job) {
    auto known = m_volumes_of_year.find(job.year);
    if (known == m_volumes_of_year.end()) {
      TRY_ASSIGN(const auto listing,
                 ask_listing(m_client.cfr_volumes(job.year, m_title),
                             fetch::govinfo_cfr_volumes_url(job.year, m_title),
                             fmt::format("govinfo/cfr/title-{}/volumes", m_title)));
      known =
          m_volumes_of_year.emplace(job.year, parse::bulk_cfr_volumes(listing, job.year, m_title))
              .first;
    }
    std::vector<int> volumes = known->second;
    int likely = m_last_volume;
    const Volumes& held = m_volumes[job.part];
    if (const auto next = held.upper_bound(job.year); next != held.end() && next->second != 0) {
      likely = next->second;
    } else if (next != held.begin() && std::prev(next)->second != 0) {
      likely = std::prev(next)->second;
    }
    const auto first = std::find(volumes.begin(), volumes.end(), likely);
    if (first != volumes.end()) {
      std::rotate(volumes.begin(), first, first + 1);
    }
    return volumes;
  }

  /// nullopt: no volume of that year holds the part.
  Result<std::optional<FoundEdition>> find_edition(const Job& job) {
    TRY_ASSIGN(const auto volumes, volumes_of(job));
    for (const int number : volumes) {
      auto part = part_of(CfrVolume{job.year, m_title, number}, job);
      if (!part || *part) {
        return part;
      }
    }
    if (m_years_in_parts.contains(job.year)) {
      return std::nullopt;
    }
    for (const int number : volumes) {
      auto volume = whole_volume(CfrVolume{job.year, m_title, number}, job);
      if (!volume || *volume) {
        return volume;
      }
    }
    return std::nullopt;
  }

  Result<std::optional<FoundEdition>> part_of(const CfrVolume& volume, const Job& job) {
    const std::string url = fetch::govinfo_cfr_part_url(volume, job.part);
    TRY_ASSIGN(const auto raw,
               if_found(stored_or_asked(
                   url, fmt::format("govinfo/cfr/title-{}/part-{}", volume.title, job.part), [&] {
                     return m_client.cfr_part(volume, job.part);
                   })));
    if (!raw) {
      return std::nullopt;
    }
    TRY_ASSIGN(auto edition, read_edition(*raw, url, volume, job));
    if (!edition) {
      return set_aside(*raw,
                       {ErrorKind::malformed,
                        fmt::format("'{}' holds nothing of part {}; it is kept aside and asked for "
                                    "again",
                                    url,
                                    job.part)});
    }
    m_years_in_parts.insert(job.year);
    return edition;
  }

  Result<std::optional<FoundEdition>> whole_volume(const CfrVolume& volume, const Job& job) {
    const std::string url = fetch::govinfo_cfr_volume_url(volume);
    TRY_ASSIGN(const auto raw,
               if_found(stored_or_asked(
                   url,
                   fmt::format("govinfo/cfr/title-{}/vol-{}", volume.title, volume.volume),
                   [&] { return m_client.cfr_volume(volume); })));
    return raw ? read_edition(*raw, url, volume, job) : std::nullopt;
  }

  /// Editions do not change: an answer that is here, from a run that was killed behind its commit
  /// or for another part of the same volume, is used. What this run has set aside is not asked for
  /// again in the same run.
  template<typename Ask>
  Result<RawId> stored_or_asked(const std::string& url, const std::string& stream, Ask ask) {
    TRY_ASSIGN(const auto known, m_archive.newest_raw(url));
    if (known && known->quarantine.empty()) {
      return known->id;
    }
    if (const auto bad = known ? m_bad.find(known->id) : m_bad.end(); bad != m_bad.end()) {
      return tl::unexpected(bad->second);
    }
    return m_run.record(ask(), url, stream);
  }

  /// What the answer says of itself; nullopt where it holds nothing of the part. Another title's or
  /// year's text is set aside.
  Result<std::optional<FoundEdition>>
  read_edition(RawId raw, const std::string& url, const CfrVolume& volume, const Job& job) {
    TRY_ASSIGN(const auto bytes, m_archive.raw_bytes(raw));
    parse::CfrAnnualOptions options;
    options.source_name = url;
    options.parts = {job.part};
    auto document = parse::parse_cfr_annual(bytes, options);
    if (!document) {
      return set_aside(raw, std::move(document.error()));
    }
    FoundEdition edition{raw, volume.volume, std::move(document->edition)};
    const bool foreign =
        !edition.about.title.empty() && edition.about.title != std::to_string(volume.title);
    const bool of_another_year =
        edition.about.revised && edition.about.revised->year() != volume.year;
    if (foreign || of_another_year) {
      return set_aside(
          raw,
          {ErrorKind::malformed,
           fmt::format("'{}' holds title {} as of {}; it is kept aside and asked for again",
                       url,
                       edition.about.title.empty() ? "?" : edition.about.title,
                       edition.about.revised ? edition.about.revised->to_string() : "no day")});
    }
    if (document->content.units.empty() && !edition.about.cover_only) {
      return std::nullopt;
    }
    return edition;
  }

  Archive& m_archive;
  GovinfoClient m_client;
  const diff::Matcher& m_matcher;
  const SyncOptions& m_options;
  SourceRun m_run;
  SyncReport& m_report;

  int m_title = 15;                         ///< asked for now; what follows is of it
  std::map<std::string, Volumes> m_volumes; ///< by part
  std::map<int, std::vector<int>> m_volumes_of_year;
  std::set<int> m_years_in_parts; ///< the service gives out single parts of these
  std::map<RawId, Error> m_bad;   ///< set aside in this run
  int m_last_volume = -1;
};

} // namespace

Result<SyncReport> sync_govinfo(Archive& archive,
                                fetch::Transport& transport,
                                const diff::Matcher& matcher,
                                const SyncOptions& options,
                                SyncObserver& observer) {
  return Run(archive, transport, matcher, options, observer).run();
}

} // namespace regtrail::sync
