#include "cli/item_news.hpp"

#include "notify/render/days.hpp"
#include "parse/page.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace regtrail::cli {
namespace {

using store::Told;

/// The day of a step, of what has none that of its document.
Date day_of(const Item& item, const ItemStep& step) {
  return step.date.value_or(item.rule->filed.value_or(item.rule->published.value_or(Date())));
}

/// What an item is told as: its page, its document, else the unit of the day that the law prints.
Citation unit_of(const Item& item) {
  return item.page   ? parse::page_citation(item.page->watch)
         : item.rule ? Citation::fr_document(item.id)
                     : item.days.front().at.unit();
}

Told told_of(const Item& item, const ItemStep& step) {
  if (item.page) {
    return {unit_of(item), *step.date, unit_of(item), std::string(to_string(step.kind))};
  }
  if (!item.rule) {
    return {unit_of(item),
            step.date.value_or(Date()),
            item.days.front().at,
            std::string(to_string(step.kind))};
  }
  return {Citation::fr_document(item.id),
          day_of(item, step),
          Citation::fr_document(step.document.empty() ? item.id : step.document),
          std::string(to_string(step.kind))};
}

/// What may happen on several days; of the others one document makes one step, though its day may
/// be known better later.
bool recurs(const Item& item, StepKind kind) {
  if (item.page) {
    return true; // versions of a page differ by their days
  }
  switch (kind) {
  case StepKind::in_force:
  case StepKind::codified:
  case StepKind::expired:
  case StepKind::lifted:
  case StepKind::reverted:
  case StepKind::due_30:
  case StepKind::due_7:
  case StepKind::due:
    return true;
  default:
    return false;
  }
}

class News {
public:
  News(store::Archive& archive, const std::string& subscriber)
      : m_archive(archive),
        m_subscriber(subscriber) {}

  Result<std::vector<ItemStep>> of(const Item& item, Date since) {
    TRY_ASSIGN(const auto* known, told_about(unit_of(item)));
    std::optional<Date> with_changes;
    if (known->empty() && !item.page) {
      TRY_ASSIGN(with_changes, last_told_change(item));
    }
    std::vector<ItemStep> untold;
    for (const ItemStep& step : item.steps) {
      const Told told = told_of(item, step);
      const bool said = std::any_of(known->begin(), known->end(), [&](const Told& each) {
        return each.at == told.at && each.step == told.step &&
               (!recurs(item, step.kind) || each.issue_date == told.issue_date);
      });
      TRY_ASSIGN(const bool apart, told_apart(item, step));
      if (!said && !apart && told.issue_date >= since &&
          !(with_changes && told.issue_date <= *with_changes)) {
        untold.push_back(step);
      }
    }
    return untold;
  }

  /// Whether the subscriber was told anything of the item.
  Result<bool> knows(const Item& item) {
    TRY_ASSIGN(const auto* known, told_about(unit_of(item)));
    TRY_ASSIGN(const auto with_changes, last_told_change(item));
    return !known->empty() || with_changes.has_value();
  }

private:
  Result<const std::vector<Told>*> told_about(const Citation& unit) {
    const auto found = m_told.find(unit.to_string());
    if (found != m_told.end()) {
      return &found->second;
    }
    TRY_ASSIGN(auto told, m_archive.told_of(m_subscriber, unit));
    return &m_told.emplace(unit.to_string(), std::move(told)).first->second;
  }

  /// As an item of its own.
  Result<bool> told_apart(const Item& item, const ItemStep& step) {
    return render::day_ahead(step) ? told_as_days(item, step) : told_as_item(item, step);
  }

  /// A day of which the places of the law were told before the rule behind it was held.
  Result<bool> told_as_days(const Item& item, const ItemStep& step) {
    bool any = false;
    for (const CalendarEntry& day : item.days) {
      if (day.day != render::day_ahead(step)) {
        continue;
      }
      if (day.at.empty()) {
        return false;
      }
      TRY_ASSIGN(const auto* told, told_about(day.at.unit()));
      any = std::any_of(told->begin(), told->end(), [&](const Told& each) {
        return each.at == day.at && each.step == to_string(step.kind) &&
               each.issue_date == step.date;
      });
      if (!any) {
        return false;
      }
    }
    return any;
  }

  /// A correction that was told before what it corrects was held.
  Result<bool> told_as_item(const Item& item, const ItemStep& step) {
    if (step.document.empty() || step.document == item.id) {
      return false;
    }
    const Citation document = Citation::fr_document(step.document);
    TRY_ASSIGN(const auto* told, told_about(document));
    return std::any_of(
        told->begin(), told->end(), [&](const Told& each) { return each.at == document; });
  }

  /// The newest date of which a change of the item was told.
  Result<std::optional<Date>> last_told_change(const Item& item) {
    std::optional<Date> last;
    for (const Change& change : item.changes) {
      TRY_ASSIGN(const auto* told, told_about(change.at.unit()));
      for (const Told& each : *told) {
        const bool of_item =
            each.at == change.at &&
            std::any_of(item.steps.begin(), item.steps.end(), [&](const ItemStep& step) {
              return step.kind == StepKind::codified && step.date == each.issue_date;
            });
        last = of_item ? std::max(last, std::optional(each.issue_date)) : last;
      }
    }
    return last;
  }

  store::Archive& m_archive;
  const std::string& m_subscriber;
  std::map<std::string, std::vector<Told>> m_told; ///< by unit or document
};

} // namespace

Result<UntoldSteps> untold_steps(store::Archive& archive,
                                 const std::string& subscriber,
                                 const std::vector<Item>& items,
                                 Date since) {
  News news(archive, subscriber);
  UntoldSteps untold;
  for (const Item& item : items) {
    if (!item.rule && !item.page && render::law_day(item) == nullptr) {
      continue; // told as changes
    }
    TRY_ASSIGN(auto steps, news.of(item, since));
    if (steps.empty()) {
      continue;
    }
    for (const ItemStep& step : steps) {
      untold.told.push_back(told_of(item, step));
    }
    TRY_ASSIGN(const bool known, news.knows(item));
    untold.items.push_back({item, std::move(steps), known});
  }
  return untold;
}

} // namespace regtrail::cli
