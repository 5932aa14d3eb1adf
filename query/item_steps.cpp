#include "query/item_steps.hpp"

#include "diff/cause/day_of_law.hpp"
#include "diff/cause/delays.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace regtrail::query {
namespace {

using Days = std::map<Date, std::vector<std::string>>; ///< ordinals by day

/// The day on which a document became known, as printed or, before that, on file.
std::optional<Date> known_from(const Document& document, Date on) {
  const std::optional<Date> day = document.on_inspection ? document.filed : document.published;
  return day && *day <= on ? day : std::nullopt;
}

/// Days of effect with the instructions that take effect on them; without instructions where all
/// do, or where nobody says which.
Days days_of_effect(const ItemDocuments& documents) {
  const Document& rule = *documents.rule;
  Days days;
  for (const Instruction& instruction : rule.instructions) {
    if (const auto day = diff::day_of_law(rule, instruction.ordinal, documents.related)) {
      days[*day].push_back(instruction.ordinal);
    }
  }
  if (days.size() == 1 && days.begin()->second.size() == rule.instructions.size()) {
    days.begin()->second.clear();
  }
  if (!days.empty()) {
    return days;
  }
  if (const auto day = diff::day_of_law(rule, "", documents.related)) {
    return {{*day, {}}};
  }
  const bool withdrawn =
      std::any_of(documents.acts.begin(), documents.acts.end(), [](const ItemAct& act) {
        return act.kind == StepKind::withdrawn;
      });
  if (!withdrawn) {
    for (const Date day : diff::with_delays(rule, documents.related).effective) {
      days[day] = {};
    }
  }
  return days;
}

void add_own_steps(const ItemDocuments& documents, Date on, std::vector<ItemStep>& steps) {
  const Document& rule = *documents.rule;
  if (rule.filed && *rule.filed <= on) {
    steps.push_back({StepKind::filed, rule.filed, rule.number, {}});
  }
  if (rule.withdrawn) {
    // The service does not say on which day a filing was taken off.
    steps.push_back({StepKind::withdrawn, std::nullopt, rule.number, {}});
    return;
  }
  if (!rule.on_inspection && rule.published && *rule.published <= on) {
    steps.push_back(
        {rule.type == DocumentType::proposed_rule ? StepKind::proposed : StepKind::published,
         rule.published,
         rule.number,
         {}});
  }
  if (rule.type == DocumentType::proposed_rule) {
    return;
  }
  for (auto& [day, ordinals] : days_of_effect(documents)) {
    if (day <= on) {
      steps.push_back({StepKind::in_force, day, rule.number, ordinals});
    }
  }
}

/// The ends of what was ordered for a time.
void add_expiries(const Document& document, Date on, std::vector<ItemStep>& steps) {
  Days days;
  for (const Instruction& instruction : document.instructions) {
    if (instruction.until && *instruction.until <= on) {
      days[*instruction.until].push_back(instruction.ordinal);
    }
  }
  for (auto& [day, ordinals] : days) {
    steps.push_back({StepKind::expired, day, document.number, std::move(ordinals)});
  }
}

} // namespace

std::vector<ItemStep> steps_of(const ItemDocuments& documents, Date on) {
  std::vector<ItemStep> steps;
  add_own_steps(documents, on, steps);
  if (steps.empty()) {
    return steps;
  }
  add_expiries(*documents.rule, on, steps);
  for (const ItemAct& act : documents.acts) {
    const Document& acting = *documents.acting.at(act.document);
    if (const auto day = known_from(acting, on)) {
      steps.push_back({act.kind, day, act.document, {}});
      add_expiries(acting, on, steps);
    }
  }
  return steps;
}

std::optional<StepKind> step_of(StatusEventKind event) {
  switch (event) {
  case StatusEventKind::stayed:
    return StepKind::stayed;
  case StatusEventKind::lifted:
    return StepKind::lifted;
  case StatusEventKind::expired:
    return StepKind::expired;
  case StatusEventKind::reverted:
    return StepKind::reverted;
  case StatusEventKind::not_incorporated:
    return std::nullopt;
  }
  return std::nullopt;
}

void sort_steps(std::vector<ItemStep>& steps) {
  std::stable_sort(steps.begin(), steps.end(), [](const ItemStep& left, const ItemStep& right) {
    return std::tuple(!left.date, left.date, left.kind, left.document) <
           std::tuple(!right.date, right.date, right.kind, right.document);
  });
}

Station station_of(const std::vector<ItemStep>& steps) {
  Station furthest = Station::filed;
  for (const ItemStep& step : steps) {
    switch (step.kind) {
    case StepKind::proposed:
      furthest = std::max(furthest, Station::proposed);
      break;
    case StepKind::published:
      furthest = std::max(furthest, Station::published);
      break;
    case StepKind::in_force:
      furthest = std::max(furthest, Station::in_force);
      break;
    case StepKind::codified:
      furthest = std::max(furthest, Station::codified);
      break;
    default:
      break;
    }
  }
  return furthest;
}

std::vector<Mark> marks_of(const std::vector<ItemStep>& steps) {
  std::set<Mark> marks;
  std::set<std::string> stays; ///< documents
  for (const ItemStep& step : steps) {
    switch (step.kind) {
    case StepKind::corrected:
      marks.insert(Mark::corrected);
      break;
    case StepKind::delayed:
      marks.insert(Mark::delayed);
      break;
    case StepKind::withdrawn:
      marks.insert(Mark::withdrawn);
      break;
    case StepKind::stayed:
      marks.insert(Mark::stayed);
      stays.insert(step.document);
      break;
    case StepKind::not_enforced:
      marks.insert(Mark::not_enforced);
      break;
    case StepKind::lifted:
      stays.clear();
      marks.erase(Mark::stayed);
      break;
    case StepKind::expired:
      if (stays.erase(step.document) > 0 && stays.empty()) {
        marks.erase(Mark::stayed);
      }
      break;
    default:
      break;
    }
  }
  return {marks.begin(), marks.end()};
}

} // namespace regtrail::query
