#include "sync/corrections.hpp"

#include "parse/ecfr_json.hpp"
#include "sync/derive.hpp"
#include "sync/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

namespace regtrail::sync {
namespace {

using parse::CorrectionEntry;
using parse::CorrectionsAnswer;
using store::Archive;
using store::PartDate;
using store::PlannedDate;

/// Holds the number of the answer that was worked through last.
std::string list_key(int title) {
  return fmt::format("ecfr.corrections.{}.list", title);
}

std::string day_key(int title) {
  return fmt::format("ecfr.corrections.{}.day", title);
}

/// The places of the CFR that a correction names.
std::vector<Citation> places_of(const EcfrCorrection& correction) {
  std::vector<Citation> places;
  for (const std::string& reference : correction.references) {
    if (auto citation = Citation::parse(reference)) {
      places.push_back(std::move(*citation));
    }
  }
  return places;
}

/// The parts among `wanted` that a correction names: "15 CFR 742.6" names 742 of title 15.
std::vector<PartName> parts_of(const EcfrCorrection& correction,
                               const std::vector<PartName>& wanted) {
  std::set<PartName> named;
  for (const Citation& place : places_of(correction)) {
    const auto found = std::find_if(wanted.begin(), wanted.end(), [&](const PartName& name) {
      return name.part == place.part_number() && std::to_string(name.title) == place.title();
    });
    if (found != wanted.end()) {
      named.insert(*found);
    }
  }
  return {named.begin(), named.end()};
}

bool is_of_title(const EcfrCorrection& correction, int title) {
  const std::vector<Citation> places = places_of(correction);
  return places.empty() || std::any_of(places.begin(), places.end(), [&](const Citation& place) {
           return place.title() == std::to_string(title);
         });
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

Result<void> restate_part(EcfrRun& run, const EcfrCorrection& correction, const PartName& name) {
  TRY_ASSIGN(const auto plan, run.archive.planned_dates(name.title, name.part));
  for (const PlannedDate& planned : plan) {
    if (planned.raw && planned.edition == Edition::ecfr &&
        stood_on(correction, planned.issue_date)) {
      TRY(restate(run, {name.title, name.part, planned.issue_date}, *planned.raw));
    }
  }
  return {};
}

/// The list of corrections in an answer; one that is not about the title is refused.
Result<CorrectionsAnswer> read_list(Archive& archive, store::RawId raw, int title) {
  TRY_ASSIGN(const auto record, archive.raw_record(raw));
  TRY_ASSIGN(const auto bytes, archive.raw_bytes(raw));
  TRY_ASSIGN(auto answer, parse::parse_corrections(bytes, record.url));
  for (const auto& [correction, row] : answer.entries) {
    if (!is_of_title(correction, title)) {
      return fail(ErrorKind::malformed,
                  fmt::format("'{}' holds corrections that were not asked for, the first of '{}'; "
                              "nothing of it is used and the next sync asks again",
                              record.url,
                              correction.references.front()));
    }
  }
  return answer;
}

/// The rows of the list that was worked through last; nullopt when there was none.
Result<std::optional<std::set<std::string>>> known_rows(Archive& archive, int title) {
  TRY_ASSIGN(const auto text, archive.setting(list_key(title)));
  if (text.empty()) {
    return std::nullopt;
  }
  store::RawId raw = 0;
  std::from_chars(text.data(), text.data() + text.size(), raw);
  std::set<std::string> rows;
  // What cannot be read again tells nothing: all is looked at as new.
  if (const auto list = read_list(archive, raw, title)) {
    for (const CorrectionEntry& entry : list->entries) {
      rows.insert(entry.row);
    }
  }
  return rows;
}

/// Asks again for the texts that the corrections not among `known` concern.
Result<void> restate_new(EcfrRun& run,
                         const CorrectionsAnswer& list,
                         const std::set<std::string>& known,
                         const std::string& url) {
  for (const CorrectionEntry& entry : list.entries) {
    EcfrCorrection correction = entry.correction;
    const std::vector<PartName> parts =
        known.contains(entry.row) ? std::vector<PartName>() : parts_of(correction, run.parts);
    if (parts.empty()) {
      continue;
    }
    const std::string what = fmt::format("correction {}", correction.id);
    correction.occurred = run.unless_ahead(correction.occurred, what, "error_occurred", url);
    correction.corrected = run.unless_ahead(correction.corrected, what, "error_corrected", url);
    for (const PartName& name : parts) {
      TRY(restate_part(run, correction, name));
    }
  }
  return {};
}

/// Those of one title.
Result<void> take_corrections_of(EcfrRun& run, int title) {
  Archive& archive = run.archive;
  const std::string today = date_of(run.options.now).to_string();
  TRY_ASSIGN(const auto last_day, archive.setting(day_key(title)));
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
  const auto list = read_list(archive, *raw, title);
  if (!list) {
    TRY(archive.quarantine(*raw, list.error().message));
    return run.note("corrections", list.error());
  }
  TRY(run.note_unreadable("corrections", url, list->unreadable));
  TRY_ASSIGN(const auto known, known_rows(archive, title));
  if (known) {
    if (const auto done = restate_new(run, *list, *known, url); !done) {
      return run.note("corrections", done.error());
    }
  }
  TRY(archive.put_setting(list_key(title), std::to_string(*raw)));
  return archive.put_setting(day_key(title), today);
}

} // namespace

Result<void> take_corrections(EcfrRun& run) {
  for (const int title : titles_of(run.parts)) {
    TRY(take_corrections_of(run, title));
  }
  return {};
}

} // namespace regtrail::sync
