#include "query/compare.hpp"

#include "diff/tree/tree_diff.hpp"
#include "query/lookup.hpp"
#include "query/reverted.hpp"
#include "query/status_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace regtrail::query {
namespace {

bool concerns(const Change& change, const Citation& citation) {
  const auto touches = [&](const Citation& place) {
    const bool whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed ||
                       change.was.has_value();
    return place.is_within(citation) || (whole && citation.is_within(place));
  };
  return touches(change.at) || (change.was && touches(*change.was));
}

/// The interval of the last change on or before `until`; nullopt when nothing ever changed.
Result<std::optional<std::pair<Date, Date>>>
last_change(store::Archive& archive, const Citation& citation, std::optional<Date> until) {
  store::ChangeQuery query;
  query.within = citation;
  query.until = until;
  query.limit = 1;
  TRY_ASSIGN(auto found, archive.changes(query));
  if (found.empty()) {
    query.include_cosmetic = true;
    TRY_ASSIGN(found, archive.changes(query));
  }
  if (found.empty()) {
    return std::nullopt;
  }
  return std::pair{found.front().before_date, found.front().after_date};
}

Result<std::pair<Date, Date>> choose_dates(store::Archive& archive,
                                           const Citation& citation,
                                           const DateRange& range,
                                           const std::vector<Date>& dates) {
  Date to = dates.back();
  if (range.to) {
    TRY_ASSIGN(to, date_held_on(citation, dates, *range.to));
  }
  if (range.from) {
    TRY_ASSIGN(auto from, date_held_on(citation, dates, *range.from));
    if (range.to && *range.to < *range.from) {
      return fail(ErrorKind::usage,
                  fmt::format("--from {} is after --to {}",
                              range.from->to_string(),
                              range.to->to_string()));
    }
    return std::pair{from, to};
  }
  TRY_ASSIGN(auto last, last_change(archive, citation, to));
  return last.value_or(std::pair{dates.front(), to});
}

/// A unit with the hash of its own bytes, or a part.
Result<SideInfo> side_of(store::Archive& archive, const Citation& citation, Date date) {
  const Citation unit = citation.unit();
  if (unit.kind() == CitationKind::part) {
    return part_side(archive, {title_number(unit), unit.part_number(), date});
  }
  SideInfo side;
  side.unit = unit.to_string();
  side.date = date;
  TRY_ASSIGN(auto version, archive.version_on(unit, date));
  if (version) {
    side.sha256 = version->raw;
  }
  return side;
}

void add_causes(Change& change, const std::vector<store::StoredChange>& stored) {
  for (const store::StoredChange& other : stored) {
    if (!(other.change.at == change.at)) {
      continue;
    }
    for (const Cause& cause : other.change.causes) {
      if (std::find(change.causes.begin(), change.causes.end(), cause) == change.causes.end()) {
        change.causes.push_back(cause);
      }
    }
  }
}

Result<void> check_place(store::Archive& archive, const Citation& citation, Date from, Date to) {
  for (const Date date : {to, from}) {
    TRY_ASSIGN(auto version, archive.version_on(citation.unit(), date));
    if (!version) {
      continue;
    }
    TRY_ASSIGN(auto node, archive.load_node(*version, citation));
    if (node) {
      return {};
    }
  }
  return unknown_citation(archive, citation);
}

/// A file as a side of a comparison.
struct FileSide {
  SideInfo info;
  std::string title;
  std::vector<Unit> units;
};

Result<FileSide> load(const FileBytes& bytes, const std::string& title) {
  TRY_ASSIGN(auto file, read_document(bytes, title));
  FileSide side;
  const std::string& scope = file.content.scope;
  side.info.unit = scope.empty() ? std::filesystem::path(bytes.name).filename().string() : scope;
  side.info.sha256 = file.sha256;
  side.title = std::move(file.content.title);
  side.units = std::move(file.content.units);
  return side;
}

/// What neither side holds cannot be said to be unchanged.
Result<void> check_held(const FileSide& before, const FileSide& after, const Citation& citation) {
  TRY_ASSIGN(const auto later, places_in(after.units, citation));
  if (!later.empty()) {
    return {};
  }
  TRY_ASSIGN(const auto earlier, places_in(before.units, citation));
  if (!earlier.empty()) {
    return {};
  }
  return fail(ErrorKind::not_found,
              fmt::format("'{}' is in neither file; they hold {}{}",
                          citation.to_string(),
                          before.info.unit,
                          before.info.unit == after.info.unit ? "" : " and " + after.info.unit));
}

} // namespace

void restrict_to(DiffResult& diff, const Citation& citation) {
  std::erase_if(diff.changes, [&](const Change& change) { return !concerns(change, citation); });
  std::erase_if(diff.notes, [&](const NoteChange& note) { return !note.at.is_within(citation); });
  std::erase_if(diff.status, [&](const StatusEvent& event) {
    return !event.at.is_within(citation) && !citation.is_within(event.at);
  });
  std::erase_if(diff.not_understood,
                [&](const NotUnderstood& problem) { return !problem.at.is_within(citation); });
}

Result<SideInfo> part_side(store::Archive& archive, const store::PartDate& date) {
  SideInfo side;
  side.unit = fmt::format("{} CFR Part {}", date.title, date.part);
  side.date = date.issue_date;
  TRY_ASSIGN(const auto planned, archive.planned_dates(date.title, date.part));
  for (const store::PlannedDate& entry : planned) {
    if (entry.issue_date == date.issue_date && entry.raw) {
      TRY_ASSIGN(const auto record, archive.raw_record(*entry.raw));
      side.sha256 = record.sha256;
    }
  }
  return side;
}

Result<DiffResult>
compare_dates(store::Archive& archive, const Citation& citation, const DateRange& range) {
  TRY_ASSIGN(const int title, held_title(archive, citation));
  const std::string part = citation.part_number();
  TRY_ASSIGN(auto dates, archive.snapshot_dates(title, part));
  if (dates.empty()) {
    return unknown_citation(archive, citation);
  }
  TRY_ASSIGN(auto chosen, choose_dates(archive, citation, range, dates));
  const auto [from, to] = chosen;
  TRY_ASSIGN(auto before, side_of(archive, citation, from));
  TRY_ASSIGN(auto after, side_of(archive, citation, to));
  TRY_ASSIGN(auto pair, archive.load_pair({title, part, from}, {title, part, to}));
  DiffResult diff = diff::diff_units(pair.first, pair.second, {before, after});
  TRY_ASSIGN(diff.status, dated_status(archive, diff));
  restrict_to(diff, citation);
  if (diff.changes.empty()) {
    TRY(check_place(archive, citation, from, to));
    return diff;
  }
  store::ChangeQuery query;
  query.within = citation;
  query.since = from + std::chrono::days(1);
  query.until = to;
  query.include_cosmetic = true;
  TRY_ASSIGN(auto stored, archive.changes(query));
  for (Change& change : diff.changes) {
    add_causes(change, stored);
  }
  TRY(add_reverted(archive, diff, citation));
  return diff;
}

Result<DiffResult> compare_files(const FileBytes& before,
                                 const FileBytes& after,
                                 const std::string& title,
                                 const std::vector<std::string>& words) {
  TRY_ASSIGN(auto left, load(before, title));
  TRY_ASSIGN(auto right, load(after, title));
  std::optional<Citation> citation;
  if (!words.empty()) {
    TRY_ASSIGN(auto parsed, file_citation(words, right.title.empty() ? left.title : right.title));
    TRY(check_held(left, right, parsed));
    citation = std::move(parsed);
  }
  DiffResult diff = diff::diff_units(left.units, right.units, {left.info, right.info});
  if (citation) {
    restrict_to(diff, *citation);
  }
  return diff;
}

} // namespace regtrail::query
