// Countries: marks of the Commerce Country Chart, membership of Country Groups and other country
// lists, groups named in text.
#include "diff/typed/typed_internal.hpp"
#include "ear/country_group.hpp"
#include "model/characters.hpp"
#include "model/supplements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace regtrail::diff::typed {

namespace {

/// "A:5" in a step such as "[A:5]", "A:5", "[D:1] National Security".
std::string group_in(const Citation& at) {
  for (auto step = at.steps().rbegin(); step != at.steps().rend(); ++step) {
    const auto found = ear::find_country_groups(step->name);
    if (!found.empty()) {
      return found.front().group;
    }
  }
  return "";
}

struct Verdict {
  Direction direction;
  std::string_view rule;
};

/// Groups A and B are friends, D and E are not. Joining D or E is a burden, joining A mostly a
/// relief; leaving is the reverse.
Verdict judge_group(std::string_view group, bool joined) {
  if (group.empty()) {
    return {Direction::unclear, "the country group is not known"};
  }
  const bool friendly = group.front() == 'A' || group.front() == 'B';
  if (friendly) {
    return joined ? Verdict{Direction::loosened, "a country joined a group with easier treatment"}
                  : Verdict{Direction::tightened, "a country left a group with easier treatment"};
  }
  return joined ? Verdict{Direction::tightened, "a country joined a group with harder treatment"}
                : Verdict{Direction::loosened, "a country left a group with harder treatment"};
}

std::string country_of(const Citation& at) {
  for (const auto& step : at.steps()) {
    const bool is_table =
        step.name.compare(0, 13, "Country Group") == 0 || step.name.compare(0, 5, "Table") == 0;
    if (!is_table) {
      return step.name;
    }
  }
  return "";
}

void type_chart_mark(Change& change) {
  const bool was = trimmed(change.before) == "X";
  const bool is = trimmed(change.after) == "X";
  const bool known =
      (was || trimmed(change.before).empty()) && (is || trimmed(change.after).empty());
  if (change.kind != ChangeKind::revised || !known || was == is || change.at.steps().size() < 2) {
    return;
  }
  const auto country = country_of(change.at);
  const auto subject = country + ", " + change.at.steps().back().name;
  // Their rows hold a pointer instead of marks: an empty cell frees nothing (docs/grammar.md,
  // Country Chart and country groups).
  for (const std::string_view embargoed :
       {"Cuba", "Iran", "North Korea", "Korea, North", "Syria"}) {
    if (country.compare(0, embargoed.size(), embargoed) == 0) {
      add(change,
          TypedChangeType::country,
          subject,
          was ? "X" : "",
          is ? "X" : "",
          Direction::unclear,
          "the country is embargoed beside the chart");
      return;
    }
  }
  add(change,
      TypedChangeType::country,
      subject,
      was ? "X" : "",
      is ? "X" : "",
      is ? Direction::tightened : Direction::loosened,
      is ? "a mark in the Country Chart requires a license"
         : "a mark in the Country Chart is gone");
}

void type_group_mark(Change& change) {
  const bool was = trimmed(change.before) == "X";
  const bool is = trimmed(change.after) == "X";
  const auto country = country_of(change.at);
  const auto group = group_in(change.at);
  if (change.kind == ChangeKind::revised) {
    if (was != is && (was || trimmed(change.before).empty()) &&
        (is || trimmed(change.after).empty())) {
      const auto verdict = judge_group(group, is);
      add(change,
          TypedChangeType::country,
          fmt::format("{}, {}", country, group.empty() ? "group" : group),
          was ? "X" : "",
          is ? "X" : "",
          verdict.direction,
          verdict.rule);
    }
    return;
  }
  const bool joined = change.kind == ChangeKind::added;
  const auto verdict = judge_group(group, joined);
  add(change,
      TypedChangeType::country,
      group.empty() ? country : fmt::format("{}, {}", country, group),
      joined ? "" : country,
      joined ? country : "",
      verdict.direction,
      verdict.rule);
}

void type_exclusion(Change& change) {
  if (change.kind == ChangeKind::revised) {
    return;
  }
  const bool joined = change.kind == ChangeKind::added;
  const auto named = country_of(change.at);
  const std::string country(named.compare(0, 5, "text ") == 0 || named.empty()
                                ? trimmed(joined ? change.after : change.before)
                                : std::string_view(named));
  add(change,
      TypedChangeType::country,
      country,
      joined ? "" : country,
      joined ? country : "",
      joined ? Direction::loosened : Direction::tightened,
      joined ? "a further country is excused from the requirements"
             : "a country is no longer excused from the requirements");
}

/// Groups that the text names on one side only.
void type_named_groups(Change& change) {
  std::set<std::string> before;
  std::set<std::string> after;
  for (const auto& mention : ear::find_country_groups(change.before)) {
    before.insert(mention.group);
  }
  for (const auto& mention : ear::find_country_groups(change.after)) {
    after.insert(mention.group);
  }
  for (const auto& group : before) {
    if (after.count(group) == 0) {
      add(change,
          TypedChangeType::country,
          "Country Group " + group,
          group,
          "",
          Direction::unclear,
          "a country group is no longer named");
    }
  }
  for (const auto& group : after) {
    if (before.count(group) == 0) {
      add(change,
          TypedChangeType::country,
          "Country Group " + group,
          "",
          group,
          Direction::unclear,
          "a country group is newly named");
    }
  }
}

} // namespace

bool is_country_place(const Citation& at) {
  return at.kind() == CitationKind::appendix && !at.steps().empty() && !has_step(at, "Footnote") &&
         !has_step(at, "Note") && !has_step(at, "heading") &&
         (at.name() == supplements::country_chart || at.name() == supplements::country_groups || at.name() == supplements::excluded_countries);
}

void type_country(Change& change) {
  if (!is_country_place(change.at)) {
    type_named_groups(change);
  } else if (change.at.name() == supplements::country_chart) {
    type_chart_mark(change);
  } else if (change.at.name() == supplements::country_groups) {
    type_group_mark(change);
  } else {
    type_exclusion(change);
  }
}

} // namespace regtrail::diff::typed
