// License requirement rows and list-based license exceptions of CCL entries.
#include "diff/typed/typed_internal.hpp"
#include "ear/license_exception.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
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

Shift shift_of(bool grew, bool shrank) {
  return grew && shrank ? Shift::none
         : grew         ? Shift::wider
         : shrank       ? Shift::narrower
                        : Shift::unclear;
}

Shift shift_of(const Set& before, const Set& after) {
  return shift_of(std::includes(after.begin(), after.end(), before.begin(), before.end()),
                  std::includes(before.begin(), before.end(), after.begin(), after.end()));
}

/// True when `cover` has a path above `path`: "c" above "c.1".
bool has_path_above(const std::string& path, const Set& cover) {
  for (auto dot = path.find('.'); dot != std::string::npos; dot = path.find('.', dot + 1)) {
    if (cover.count(path.substr(0, dot)) > 0) {
      return true;
    }
  }
  return false;
}

/// Without the paths below others: {"c", "c.1"} is {"c"}.
Set reduced(const std::vector<std::string>& paths) {
  const Set all(paths.begin(), paths.end());
  Set result;
  std::copy_if(all.begin(),
               all.end(),
               std::inserter(result, result.end()),
               [&all](const auto& path) { return !has_path_above(path, all); });
  return result;
}

bool all_covered(const Set& paths, const Set& cover) {
  return std::all_of(paths.begin(), paths.end(), [&cover](const auto& path) {
    return cover.count(path) > 0 || has_path_above(path, cover);
  });
}

Shift extent_shift(const LicenseRow& before, const LicenseRow& after) {
  using Extent = LicenseRow::Extent;
  if (before.extent == Extent::described || after.extent == Extent::described) {
    return Shift::unclear;
  }
  if (before.extent == Extent::entire_entry && after.extent == Extent::entire_entry) {
    return shift_of(reduced(after.except_paths), reduced(before.except_paths));
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
  return shift_of(all_covered(left, right), all_covered(right, left));
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

/// `rules`: of what is wider, narrower and neither.
Verdict verdict_of(Shift shift, const std::array<std::string_view, 3>& rules) {
  switch (shift) {
  case Shift::wider:
    return {Direction::tightened, rules[0]};
  case Shift::narrower:
    return {Direction::loosened, rules[1]};
  case Shift::none:
  case Shift::unclear:
    break;
  }
  return {Direction::unclear, rules[2]};
}

/// Compares cells and whole rows; what is missing on both sides is not compared.
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
          Type::license_requirement,
          subject + " applies to",
          {extent_text(before), extent_text(after)},
          verdict_of(shift,
                     {"more paragraphs need a license",
                      "fewer paragraphs need a license",
                      "the sets of paragraphs do not contain each other"}));
    }
  }
  if (reach_text(before) != reach_text(after)) {
    add(change,
        Type::license_requirement,
        subject.empty() ? "destinations" : subject + " destinations",
        {reach_text(before), reach_text(after)},
        verdict_of(reach_shift(before, after),
                   {"a license is needed for more destinations",
                    "a license is needed for fewer destinations",
                    "the destinations cannot be compared from the text alone"}));
  }
}

std::string answer_text(const ExceptionLine& line) {
  if (!line.limits.empty()) {
    return line.limits.front().printed;
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

bool is_license_row(const Change& change) {
  return change.at.kind() == CitationKind::eccn &&
         (has_step(change.at, "License Requirements") || ear::is_license_control(change.before) ||
          ear::is_license_control(change.after)) &&
         change.node_kind != NodeKind::item && change.node_kind != NodeKind::note &&
         change.node_kind != NodeKind::entry;
}

void type_license_row(Change& change, const Law& law) {
  if (change.kind == ChangeKind::revised) {
    compare_rows(
        change, ear::parse_license_row(change.before), ear::parse_license_row(change.after));
    if (change.typed.empty()) {
      type_thresholds(change, law);
      type_quotations(change);
      type_references(change);
    }
    if (change.typed.empty()) {
      add(change,
          Type::license_requirement,
          "requirement",
          {change.before, change.after},
          {Direction::unclear, "the requirement was reworded"});
    }
    return;
  }
  const bool added = change.kind == ChangeKind::added;
  const auto row = row_of(added ? change.after : change.before);
  if (row.reason.empty()) {
    return;
  }
  add(change,
      Type::license_requirement,
      row.reason + " applies to",
      one_sided(added, row_text(row)),
      added ? Verdict{Direction::tightened, "a further row requires licenses"}
            : Verdict{Direction::loosened, "a row that required licenses is gone"});
}

bool is_license_exception(const Citation& at) {
  constexpr std::array<std::string_view, 10> symbols = {
      "LVS", "GBS", "TSR", "IEC", "STA", "HBM", "NAC/ACA", "CIV", "APP", "GFT"};
  return at.kind() == CitationKind::eccn && !at.steps().empty() &&
         std::find(symbols.begin(), symbols.end(), at.steps().back().name) != symbols.end();
}

namespace {

Verdict
judge_exception(std::string_view symbol, const ExceptionLine& before, const ExceptionLine& after) {
  using Answer = ExceptionLine::Answer;
  const auto allows = [](const ExceptionLine& line) {
    return line.answer == Answer::yes || line.answer == Answer::yes_with_limits;
  };
  if (symbol != "STA" && before.answer == Answer::no && allows(after)) {
    return {Direction::loosened, "the exception is now available"};
  }
  if (symbol != "STA" && allows(before) && after.answer == Answer::no) {
    return {Direction::tightened, "the exception is no longer available"};
  }
  if (before.limits.size() == 1 && after.limits.size() == 1 &&
      before.limits[0].dollars != after.limits[0].dollars && before.rest == after.rest) {
    return after.limits[0].dollars > before.limits[0].dollars
               ? Verdict{Direction::loosened, "a higher value limit frees more shipments"}
               : Verdict{Direction::tightened, "a lower value limit frees fewer shipments"};
  }
  if (before.answer == Answer::yes && after.answer == Answer::yes_with_limits) {
    return {Direction::tightened, "the exception is now limited"};
  }
  if (before.answer == Answer::yes_with_limits && after.answer == Answer::yes) {
    return {Direction::loosened, "the exception is no longer limited"};
  }
  return {Direction::unclear, "the set of items that may use the exception was reworded"};
}

/// The STA line does not grant, it bars: "License Exception STA may not be used to ship ...".
void type_sta_bar(Change& change, const ExceptionLine& line) {
  const bool came = change.kind == ChangeKind::added;
  const auto& text = came ? change.after : change.before;
  if (text.find("may not be used") != std::string::npos) {
    add(change,
        Type::license_exception,
        "STA",
        one_sided(came, line.rest),
        came ? Verdict{Direction::tightened, "a bar on the exception came"}
             : Verdict{Direction::loosened, "a bar on the exception is gone"});
  }
}

} // namespace

void type_license_exception(Change& change, const Law& law) {
  const auto before = ear::parse_exception_line(change.before);
  const auto after = ear::parse_exception_line(change.after);
  const auto& line = change.kind == ChangeKind::removed ? before : after;
  const auto symbol = symbol_of(change, line);
  if (symbol == "STA" && change.kind != ChangeKind::revised) {
    type_sta_bar(change, line);
    return;
  }
  const Verdict verdict = judge_exception(symbol, before, after);
  add(change, Type::license_exception, symbol, {answer_text(before), answer_text(after)}, verdict);
  if (verdict.direction != Direction::unclear || change.kind != ChangeKind::revised) {
    return;
  }
  // The set of items that may use it: what came or went decides.
  const std::size_t told = change.typed.size();
  change.typed.back().direction = Direction::neutral;
  type_edits(change, law);
  TypedChange& told_line = change.typed[told - 1];
  told_line.direction = change.typed.back().direction;
  told_line.rule = change.typed.back().rule;
  change.typed.resize(told);
}

} // namespace regtrail::diff::typed
