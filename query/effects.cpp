#include "query/effects.hpp"

#include "diff/effect/effect.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace regtrail::query {
namespace {

struct ShownDates {
  Date first;
  Date last;
};

/// By unit, the dates on which the eCFR began to show what the document did.
Result<std::map<std::string, ShownDates>>
shown_dates(store::Archive& archive, const Document& document, Date on) {
  store::ChangeQuery query;
  query.until = on;
  query.document = document.number;
  TRY_ASSIGN(const auto changes, archive.changes(query));
  std::map<std::string, ShownDates> dates;
  for (const store::StoredChange& each : changes) {
    const auto& causes = each.change.causes;
    if (causes.empty() || causes.front().document != document.number ||
        answer_of(causes.front()) != CauseAnswer::identified) {
      continue;
    }
    const auto [place, fresh] = dates.emplace(each.change.at.unit().to_string(),
                                              ShownDates{each.after_date, each.after_date});
    place->second.first = std::min(place->second.first, each.after_date);
    place->second.last = std::max(place->second.last, each.after_date);
  }
  return dates;
}

Result<std::optional<Unit>> unit_on(store::Archive& archive, const Citation& unit, Date day) {
  TRY_ASSIGN(const auto version, archive.version_on(unit, day));
  if (!version) {
    return std::optional<Unit>();
  }
  TRY_ASSIGN(auto loaded, archive.load(*version));
  return std::optional(std::move(loaded));
}

} // namespace

Result<std::vector<Effect>>
document_effects(store::Archive& archive, const Document& document, Date on) {
  struct Texts {
    std::optional<Unit> in_force;
    std::optional<Unit> shown;
  };

  TRY_ASSIGN(const auto dates, shown_dates(archive, document, on));
  std::map<std::string, Texts> texts;
  for (const Instruction& instruction : document.instructions) {
    for (const Operation& operation : instruction.operations) {
      for (const Target& target : operation.targets) {
        const Citation unit = target.at.unit();
        const std::string name = unit.to_string();
        if (texts.contains(name)) {
          continue;
        }
        Texts& held = texts[name];
        const auto shown = dates.find(name);
        const Date before = shown == dates.end() ? on : shown->second.first - std::chrono::days(1);
        TRY_ASSIGN(held.in_force, unit_on(archive, unit, before));
        if (shown != dates.end()) {
          TRY_ASSIGN(held.shown, unit_on(archive, unit, shown->second.last));
        }
      }
    }
  }
  return diff::effects_of(document, [&](const Citation& unit) {
    const auto found = texts.find(unit.to_string());
    const auto held = [](const std::optional<Unit>& text) { return text ? &*text : nullptr; };
    return found == texts.end()
               ? diff::UnitTexts{}
               : diff::UnitTexts{held(found->second.in_force), held(found->second.shown)};
  });
}

} // namespace regtrail::query
