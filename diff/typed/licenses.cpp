// License requirement rows and list-based license exceptions of CCL entries.
#include "diff/typed/typed_internal.hpp"
#include "ear/license_exception.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace regtrail::diff::typed {

namespace {

using ear::ExceptionLine;
using ear::LicenseRow;
using Set = std::set<std::string>;

std::string extent_text(const LicenseRow& row) {
  switch (row.extent) {
  case LicenseRow::Extent::entire_entry:
    return row.except_paths.empty()
               ? "entire entry"
               : fmt::format("entire entry except {}", fmt::join(row.except_paths, ", "));
  case LicenseRow::Extent::paths:
    return fmt::format("{}", fmt::join(row.paths, ", "));
  case LicenseRow::Extent::described:
    return "described items";
  }
  return "";
}

std::string reach_text(const LicenseRow& row) {
  switch (row.reach) {
  case LicenseRow::Reach::chart_column:
    return row.column;
  case LicenseRow::Reach::worldwide:
    return "worldwide";
  case LicenseRow::Reach::places:
    return fmt::format("{}", fmt::join(row.places, ", "));
  case LicenseRow::Reach::pointer:
    return "see the section named";
  case LicenseRow::Reach::unknown:
    return "";
  }
  return "";
}

/// How one set stands to another: wider, narrower, or neither.
enum class Shift { none, wider, narrower, unclear };

Shift shift_of(const Set& before, const Set& after) {
  const bool grew = std::includes(after.begin(), after.end(), before.begin(), before.end());
  const bool shrank = std::includes(before.begin(), before.end(), after.begin(), after.end());
  return grew && shrank ? Shift::none
         : grew         ? Shift::wider
         : shrank       ? Shift::narrower
                        : Shift::unclear;
}

/// A member that another covers as a whole step adds nothing: {"c", "c.1"} is {"c"}.
Set reduced(const std::vector<std::string>& paths) {
  const Set all(paths.begin(), paths.end());
  Set result;
  for (const auto& path : all) {
    bool covered = false;
    for (auto dot = path.find('.'); dot != std::string::npos && !covered;
         dot = path.find('.', dot + 1)) {
      covered = all.count(path.substr(0, dot)) > 0;
    }
    if (!covered) {
      result.insert(path);
    }
  }
  return result;
}

bool covered_by(const std::string& path, const Set& cover) {
  if (cover.count(path) > 0) {
    return true;
  }
  for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
    if (cover.count(path.substr(0, dot)) > 0) {
      return true;
    }
  }
  return false;
}

bool all_covered(const Set& paths, const Set& cover) {
  return std::all_of(
      paths.begin(), paths.end(), [&cover](const auto& path) { return covered_by(path, cover); });
}

Shift extent_shift(const LicenseRow& before, const LicenseRow& after) {
  using Extent = LicenseRow::Extent;
  if (before.extent == Extent::described || after.extent == Extent::described) {
    return Shift::unclear;
  }
  if (before.extent == Extent::entire_entry && after.extent == Extent::entire_entry) {
    const Shift exceptions = shift_of(reduced(before.except_paths), reduced(after.except_paths));
    return exceptions == Shift::wider      ? Shift::narrower
           : exceptions == Shift::narrower ? Shift::wider
                                           : exceptions;
  }
  if (before.extent == Extent::entire_entry || after.extent == Extent::entire_entry) {
    const auto& whole = before.extent == Extent::entire_entry ? before : after;
    if (!whole.except_paths.empty()) {
      return Shift::unclear;
    }
    return before.extent == Extent::entire_entry ? Shift::narrower : Shift::wider;
  }
  if (!before.except_paths.empty() || !after.except_paths.empty()) {
    return Shift::unclear;
  }
  const Set left = reduced(before.paths);
  const Set right = reduced(after.paths);
  const bool grew = all_covered(left, right);
  const bool shrank = all_covered(right, left);
  return grew && shrank ? Shift::none
         : grew         ? Shift::wider
         : shrank       ? Shift::narrower
                        : Shift::unclear;
}

Shift reach_shift(const LicenseRow& before, const LicenseRow& after) {
  using Reach = LicenseRow::Reach;
  if (before.reach == after.reach && before.reach == Reach::places) {
    return shift_of(Set(before.places.begin(), before.places.end()),
                    Set(after.places.begin(), after.places.end()));
  }
  if (before.reach == after.reach &&
      (before.reach == Reach::worldwide || before.column == after.column)) {
    return before.reach == Reach::worldwide || before.reach == Reach::chart_column ? Shift::none
                                                                                   : Shift::unclear;
  }
  if (after.reach == Reach::worldwide &&
      (before.reach == Reach::places || before.reach == Reach::chart_column)) {
    return Shift::wider;
  }
  if (before.reach == Reach::worldwide &&
      (after.reach == Reach::places || after.reach == Reach::chart_column)) {
    return Shift::narrower;
  }
  return Shift::unclear;
}

Direction direction_of(Shift shift) {
  return shift == Shift::wider      ? Direction::tightened
         : shift == Shift::narrower ? Direction::loosened
                                    : Direction::unclear;
}

/// A cell of a row and whole rows alike; what is missing in both sides is not compared.
void compare_rows(Change& change, const LicenseRow& before, const LicenseRow& after) {
  std::string subject = after.reason.empty() ? before.reason : after.reason;
  if (subject.empty()) {
    // The chart cell alone: "NS 2" names the reason as well.
    subject = (after.column.empty() ? before.column : after.column).substr(0, 2);
  }
  const bool control_there =
      ear::is_license_control(change.before) || ear::is_license_control(change.after);
  if (control_there && extent_text(before) != extent_text(after)) {
    const Shift shift = extent_shift(before, after);
    if (shift != Shift::none) {
      add(change,
          TypedChangeType::license_requirement,
          subject + " applies to",
          extent_text(before),
          extent_text(after),
          direction_of(shift),
          shift == Shift::wider      ? "more paragraphs need a license"
          : shift == Shift::narrower ? "fewer paragraphs need a license"
                                     : "the sets of paragraphs do not contain each other");
    }
  }
  if (reach_text(before) != reach_text(after)) {
    const Shift shift = reach_shift(before, after);
    add(change,
        TypedChangeType::license_requirement,
        subject.empty() ? "destinations" : subject + " destinations",
        reach_text(before),
        reach_text(after),
        direction_of(shift),
        shift == Shift::wider      ? "a license is needed for more destinations"
        : shift == Shift::narrower ? "a license is needed for fewer destinations"
                                   : "the destinations cannot be compared from the text alone");
  }
}

std::string answer_text(const ExceptionLine& line) {
  if (!line.limits.empty()) {
    return fmt::format("${}", line.limits.front().dollars);
  }
  switch (line.answer) {
  case ExceptionLine::Answer::no:
    return "N/A";
  case ExceptionLine::Answer::yes:
    return "Yes";
  case ExceptionLine::Answer::yes_with_limits:
    return "Yes, " + line.rest;
  case ExceptionLine::Answer::unknown:
    break;
  }
  return line.rest;
}

std::string symbol_of(const Change& change, const ExceptionLine& line) {
  return !line.symbol.empty()        ? line.symbol
         : change.at.steps().empty() ? ""
                                     : change.at.steps().back().name;
}

} // namespace

bool is_license_row(const Change& change) {
  return change.at.kind() == CitationKind::eccn &&
         (has_step(change.at, "License Requirements") || ear::is_license_control(change.before) ||
          ear::is_license_control(change.after)) &&
         change.node_kind != NodeKind::item && change.node_kind != NodeKind::note &&
         change.node_kind != NodeKind::entry;
}

namespace {

/// An added or removed row carries its cells: the control on the first line, the chart behind it.
LicenseRow row_of(const std::string& text) {
  const auto line = text.find('\n');
  return line == std::string::npos
             ? ear::parse_license_row(text)
             : ear::parse_license_row(text.substr(0, line), text.substr(line + 1));
}

/// "f.1: NS Column 2"; what is controlled alone where the reach is not understood.
std::string row_text(const LicenseRow& row) {
  const std::string reach = reach_text(row);
  return reach.empty() ? extent_text(row) : fmt::format("{}: {}", extent_text(row), reach);
}

} // namespace

void type_license_row(Change& change) {
  if (change.kind == ChangeKind::revised) {
    compare_rows(
        change, ear::parse_license_row(change.before), ear::parse_license_row(change.after));
    if (change.typed.empty()) {
      type_thresholds(change);
      type_quotations(change);
      type_references(change);
    }
    return;
  }
  const bool added = change.kind == ChangeKind::added;
  const auto row = row_of(added ? change.after : change.before);
  if (row.reason.empty()) {
    return;
  }
  const auto text = row_text(row);
  add(change,
      TypedChangeType::license_requirement,
      row.reason + " applies to",
      added ? "" : text,
      added ? text : "",
      added ? Direction::tightened : Direction::loosened,
      added ? "a further row requires licenses" : "a row that required licenses is gone");
}

bool is_license_exception(const Citation& at) {
  if (at.kind() != CitationKind::eccn || at.steps().empty()) {
    return false;
  }
  const auto& name = at.steps().back().name;
  return name == "LVS" || name == "GBS" || name == "TSR" || name == "IEC" || name == "STA" ||
         name == "HBM" || name == "NAC/ACA" || name == "CIV" || name == "APP" || name == "GFT";
}

void type_license_exception(Change& change) {
  const auto before = ear::parse_exception_line(change.before);
  const auto after = ear::parse_exception_line(change.after);
  using Answer = ExceptionLine::Answer;
  const auto symbol = symbol_of(change, change.kind == ChangeKind::removed ? before : after);
  Direction direction = Direction::unclear;
  std::string_view rule = "the set of items that may use the exception was reworded";
  // The STA line does not grant, it bars: "License Exception STA may not be used to ship ...".
  if (symbol == "STA" && change.kind != ChangeKind::revised) {
    const bool came = change.kind == ChangeKind::added;
    const auto& text = came ? change.after : change.before;
    if (text.find("may not be used") != std::string::npos) {
      add(change,
          TypedChangeType::license_exception,
          symbol,
          came ? "" : before.rest,
          came ? after.rest : "",
          came ? Direction::tightened : Direction::loosened,
          came ? "a bar on the exception came" : "a bar on the exception is gone");
    }
    return;
  }
  const auto allows = [](const ExceptionLine& line) {
    return line.answer == Answer::yes || line.answer == Answer::yes_with_limits;
  };
  if (symbol != "STA" && before.answer == Answer::no && allows(after)) {
    direction = Direction::loosened;
    rule = "the exception is now available";
  } else if (symbol != "STA" && allows(before) && after.answer == Answer::no) {
    direction = Direction::tightened;
    rule = "the exception is no longer available";
  } else if (before.limits.size() == 1 && after.limits.size() == 1 &&
             before.limits[0].dollars != after.limits[0].dollars && before.rest == after.rest) {
    const bool higher = after.limits[0].dollars > before.limits[0].dollars;
    direction = higher ? Direction::loosened : Direction::tightened;
    rule = higher ? "a higher value limit frees more shipments"
                  : "a lower value limit frees fewer shipments";
  } else if (before.answer == Answer::yes && after.answer == Answer::yes_with_limits) {
    direction = Direction::tightened;
    rule = "the exception is now limited";
  } else if (before.answer == Answer::yes_with_limits && after.answer == Answer::yes) {
    direction = Direction::loosened;
    rule = "the exception is no longer limited";
  }
  add(change,
      TypedChangeType::license_exception,
      symbol,
      answer_text(before),
      answer_text(after),
      direction,
      rule);
}

} // namespace regtrail::diff::typed
