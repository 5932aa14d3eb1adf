#include "query/item_days.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace regtrail::query {
namespace {

constexpr int own_place_severity = 3;

bool names_a_place(Signal signal) {
  return signal == Signal::eccn || signal == Signal::cfr || signal == Signal::procedure ||
         signal == Signal::product;
}

/// What is known of a stay whose day has passed.
Result<std::string> after_stay(const NamedDay& day, store::Archive& archive) {
  const CalendarEntry& entry = day.entry;
  if (entry.at.empty()) {
    return fmt::format("the stay by {} ended on {}: what it stayed applies again unless prolonged",
                       entry.document,
                       entry.day.to_string());
  }
  TRY_ASSIGN(const auto dates, archive.snapshot_dates(std::stoi(day.part.title), day.part.part));
  return fmt::format("{} applies again unless prolonged; the eCFR of {} says \"{}\"",
                     entry.at.to_string(),
                     dates.empty() ? "unknown date" : dates.back().to_string(),
                     entry.words);
}

} // namespace

std::vector<Hit> hits_at(const diff::Matcher& matcher, const NamedDay& day) {
  if (day.entry.at.empty()) {
    return {};
  }
  // Nothing of the text has changed, so what it touches counts and not how.
  Change happened;
  happened.kind = ChangeKind::revised;
  happened.at = day.entry.at;
  happened.after = day.text;
  std::vector<Hit> hits = matcher.match(happened);
  for (Hit& hit : hits) {
    const bool own = std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& each) {
      return each.weight > 0 && names_a_place(each.signal);
    });
    hit.severity = own ? own_place_severity : day_severity;
  }
  return hits;
}

Result<void>
add_days(Item& item, const std::vector<NamedDay>& days, store::Archive& archive, Date on) {
  for (const NamedDay& day : days) {
    CalendarEntry& entry = item.days.emplace_back(day.entry);
    entry.item = item.id;
    entry.known = day.known;
    if (!day.revoked_by.empty()) {
      entry.words = fmt::format("(revoked by {}) {}", day.revoked_by, entry.words);
    }
    for (const ItemStep& step : due_steps(day, on)) {
      if (std::find(item.steps.begin(), item.steps.end(), step) == item.steps.end()) {
        item.steps.push_back(step);
      }
    }
    if (day.entry.kind == CalendarKind::stay_ends && day.entry.day < on) {
      TRY_ASSIGN(item.checks.emplace_back(), after_stay(day, archive));
    }
  }
  std::stable_sort(
      item.days.begin(),
      item.days.end(),
      [](const CalendarEntry& left, const CalendarEntry& right) { return left.day < right.day; });
  return {};
}

void add_dropped_days(Item& item, const Document& rule, const std::vector<NamedDay>& named) {
  std::vector<CalendarEntry>& dropped = item.dropped_days;
  const bool moved = std::any_of(item.steps.begin(), item.steps.end(), [](const ItemStep& step) {
    return step.kind == StepKind::delayed || step.kind == StepKind::withdrawn;
  });
  if (moved && item.days.empty()) { // withdrawn
    for (const NamedDay& day : named) {
      dropped.push_back(day.entry);
      dropped.back().known = day.known;
    }
  }
  const auto add = [&](CalendarKind kind, const std::vector<Date>& printed) {
    std::size_t left = 0;
    for (const auto& days : {item.days, dropped}) {
      left += static_cast<std::size_t>(
          std::count_if(days.begin(), days.end(), [&](const CalendarEntry& each) {
            return each.kind == kind && each.document == item.id && each.at.empty();
          }));
    }
    for (; left < printed.size(); ++left) {
      dropped.push_back({printed[left], kind, "", item.id, Citation(), ""});
    }
  };
  if (moved) {
    add(CalendarKind::effective, rule.effective);
  }
  if (rule.comments_close) {
    add(CalendarKind::comments_close, {*rule.comments_close});
  }
  for (CalendarEntry& day : dropped) {
    day.item = item.id;
  }
}

} // namespace regtrail::query
