#include "sync/corrections.hpp"

#include "parse/ecfr_json.hpp"
#include "sync/derive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace regtrail::sync {
namespace {

using store::Archive;
using store::PartDate;
using store::PlannedDate;

std::string seen_key(int title) {
  return fmt::format("ecfr.corrections.{}.seen", title);
}

std::string day_key(int title) {
  return fmt::format("ecfr.corrections.{}.day", title);
}

/// The parts among `wanted` that a correction names: "15 CFR 742.6" names 742.
std::vector<std::string> parts_of(const EcfrCorrection& correction,
                                  const std::vector<std::string>& wanted) {
  std::vector<std::string> parts;
  for (const std::string& reference : correction.references) {
    const auto citation = Citation::parse(reference);
    if (!citation) {
      continue;
    }
    const std::string part = citation->part_number();
    if (std::find(wanted.begin(), wanted.end(), part) != wanted.end()) {
      parts.push_back(part);
    }
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  return parts;
}

bool stood_on(const EcfrCorrection& correction, Date date) {
  return (!correction.occurred || date >= *correction.occurred) &&
         (!correction.corrected || date < *correction.corrected);
}

/// One correction at work on one part.
class Restatement {
public:
  Restatement(Archive& archive,
              fetch::EcfrClient& client,
              Recorder& recorder,
              const diff::Matcher& matcher,
              const SyncOptions& options,
              SyncReport& report)
      : m_archive(archive),
        m_client(client),
        m_recorder(recorder),
        m_matcher(matcher),
        m_options(options),
        m_report(report) {}

  Result<void> apply(const EcfrCorrection& correction, const std::string& part) {
    TRY_ASSIGN(const auto plan, m_archive.planned_dates(m_options.title, part));
    for (const PlannedDate& planned : plan) {
      if (planned.raw && !is_edition(planned.issue_date) &&
          stood_on(correction, planned.issue_date)) {
        TRY(restate({m_options.title, part, planned.issue_date}, *planned.raw));
      }
    }
    return {};
  }

private:
  Result<void> restate(const PartDate& date, store::RawId known) {
    fetch::EcfrScope scope;
    scope.title = date.title;
    scope.part = date.part;
    TRY_ASSIGN(const auto raw,
               m_recorder.record(m_client.full(scope, date.issue_date),
                                 fetch::ecfr_full_url(scope, date.issue_date),
                                 part_stream(date.title, date.part)));
    if (raw == known) {
      return {};
    }
    TRY_ASSIGN(const auto derived, derive_date(m_archive, m_matcher, date, raw, m_options.now));
    ++m_report.restated;
    m_report.new_changes += derived.changes;
    m_report.new_hits += derived.hits;
    return {};
  }

  Archive& m_archive;
  fetch::EcfrClient& m_client;
  Recorder& m_recorder;
  const diff::Matcher& m_matcher;
  const SyncOptions& m_options;
  SyncReport& m_report;
};

std::int64_t number_in(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

} // namespace

Result<void> take_corrections(Archive& archive,
                              fetch::EcfrClient& client,
                              Recorder& recorder,
                              const diff::Matcher& matcher,
                              const SyncOptions& options,
                              const std::vector<std::string>& parts,
                              SyncReport& report) {
  const std::string today = date_of(options.now).to_string();
  TRY_ASSIGN(const auto last_day, archive.setting(day_key(options.title)));
  TRY_ASSIGN(const auto seen_text, archive.setting(seen_key(options.title)));
  if (last_day == today) {
    return {};
  }
  const auto trouble = [&](Error error) -> Result<void> {
    if (error.kind == ErrorKind::storage) {
      return tl::unexpected(std::move(error));
    }
    report.troubles.push_back({"corrections", std::move(error)});
    return {};
  };

  const std::string url = fetch::ecfr_corrections_url(options.title);
  const auto raw = recorder.record(
      client.corrections(options.title), url, fmt::format("ecfr/corrections/{}", options.title));
  if (!raw) {
    return raw.error().kind == ErrorKind::not_found
               ? archive.put_setting(day_key(options.title), today)
               : trouble(raw.error());
  }
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(*raw));
  const auto corrections = parse::parse_corrections(bytes, url);
  if (!corrections) {
    TRY(archive.quarantine(*raw, corrections.error().message));
    return trouble(corrections.error());
  }

  const std::int64_t seen = number_in(seen_text);
  std::int64_t newest = seen;
  Restatement restatement(archive, client, recorder, matcher, options, report);
  for (const EcfrCorrection& correction : *corrections) {
    newest = std::max(newest, correction.id);
    if (seen_text.empty() || correction.id <= seen) {
      continue;
    }
    for (const std::string& part : parts_of(correction, parts)) {
      if (auto done = restatement.apply(correction, part); !done) {
        return trouble(done.error());
      }
    }
  }
  TRY(archive.put_setting(seen_key(options.title), std::to_string(newest)));
  return archive.put_setting(day_key(options.title), today);
}

} // namespace regtrail::sync
