#include "sync/corrections.hpp"

#include "parse/ecfr_json.hpp"
#include "sync/derive.hpp"
#include "sync/plan.hpp"

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

/// Asks again for the text of a date and derives it when its bytes are others than `known`.
Result<void> restate(EcfrRun& run, const PartDate& date, store::RawId known) {
  TRY_ASSIGN(const auto raw, run.ask_part(date));
  if (raw == known) {
    return {};
  }
  TRY_ASSIGN(const auto derived, derive_date(run.archive, run.matcher, date, raw, run.options.now));
  ++run.report.restated;
  run.report.new_changes += derived.changes;
  run.report.new_hits += derived.hits;
  return {};
}

Result<void> restate_part(EcfrRun& run, const EcfrCorrection& correction, const std::string& part) {
  TRY_ASSIGN(const auto plan, run.archive.planned_dates(run.options.title, part));
  for (const PlannedDate& planned : plan) {
    if (planned.raw && !is_edition(planned.issue_date) &&
        stood_on(correction, planned.issue_date)) {
      TRY(restate(run, {run.options.title, part, planned.issue_date}, *planned.raw));
    }
  }
  return {};
}

std::int64_t number_in(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

} // namespace

Result<void> take_corrections(EcfrRun& run) {
  Archive& archive = run.archive;
  const int title = run.options.title;
  const std::string today = date_of(run.options.now).to_string();
  TRY_ASSIGN(const auto last_day, archive.setting(day_key(title)));
  TRY_ASSIGN(const auto seen_text, archive.setting(seen_key(title)));
  if (last_day == today) {
    return {};
  }
  const std::string url = fetch::ecfr_corrections_url(title);
  const auto raw =
      run.record(run.client.corrections(title), url, fmt::format("ecfr/corrections/{}", title));
  if (!raw) {
    return raw.error().kind == ErrorKind::not_found ? archive.put_setting(day_key(title), today)
                                                    : run.note("corrections", raw.error());
  }
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(*raw));
  const auto corrections = parse::parse_corrections(bytes, url);
  if (!corrections) {
    TRY(archive.quarantine(*raw, corrections.error().message));
    return run.note("corrections", corrections.error());
  }

  const std::int64_t seen = number_in(seen_text);
  std::int64_t newest = seen;
  for (EcfrCorrection correction : *corrections) {
    newest = std::max(newest, correction.id);
    if (seen_text.empty() || correction.id <= seen) {
      continue;
    }
    const std::vector<std::string> parts = parts_of(correction, run.parts);
    if (parts.empty()) {
      continue;
    }
    const std::string what = fmt::format("correction {}", correction.id);
    correction.occurred = run.unless_ahead(correction.occurred, what, "error_occurred", url);
    correction.corrected = run.unless_ahead(correction.corrected, what, "error_corrected", url);
    for (const std::string& part : parts) {
      if (auto done = restate_part(run, correction, part); !done) {
        return run.note("corrections", done.error());
      }
    }
  }
  TRY(archive.put_setting(seen_key(title), std::to_string(newest)));
  return archive.put_setting(day_key(title), today);
}

} // namespace regtrail::sync
