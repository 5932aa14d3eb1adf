#include "query/effects.hpp"

#include "diff/effect/effect.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace regtrail::query {
namespace {

/// Changes that the document is known to have made.
Result<std::vector<store::StoredChange>>
changes_of(store::Archive& archive, const Document& document, Date on) {
  store::ChangeQuery query;
  query.until = on;
  query.document = document.number;
  TRY_ASSIGN(auto changes, archive.changes(query));
  std::erase_if(changes, [&](const store::StoredChange& each) {
    const auto& causes = each.change.causes;
    return causes.front().document != document.number ||
           answer_of(causes.front()) != CauseAnswer::identified;
  });
  return changes;
}

/// On which days the text of a place stands that an instruction meets, and that it made.
struct Days {
  Date in_force;
  std::optional<Date> shown; ///< nullopt where the eCFR does not show it yet
};

Days days_of(const Citation& place, const std::vector<store::StoredChange>& changes, Date on) {
  Days days{on, std::nullopt};
  for (const store::StoredChange& each : changes) {
    const Citation& at = each.change.at;
    if (at.is_within(place) || place.is_within(at)) {
      days.in_force = std::min(days.in_force, each.after_date - std::chrono::days(1));
      days.shown = std::max(days.shown, std::optional(each.after_date));
    }
  }
  return days;
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
  TRY_ASSIGN(const auto changes, changes_of(archive, document, on));
  std::map<std::pair<std::string, Date>, std::optional<Unit>> units;
  const auto read = [&](const Citation& unit, Date day) -> Result<void> {
    const auto [place, fresh] = units.emplace(std::pair(unit.to_string(), day), std::nullopt);
    if (fresh) {
      TRY_ASSIGN(place->second, unit_on(archive, unit, day));
    }
    return {};
  };
  for (const Instruction& instruction : document.instructions) {
    for (const Operation& operation : instruction.operations) {
      for (const Target& target : operation.targets) {
        const Days days = days_of(target.at, changes, on);
        TRY(read(target.at.unit(), days.in_force));
        if (days.shown) {
          TRY(read(target.at.unit(), *days.shown));
        }
      }
    }
  }
  return diff::effects_of(document, [&](const Citation& place) {
    const Days days = days_of(place, changes, on);
    const auto held = [&](std::optional<Date> day) -> const Unit* {
      const auto found = day ? units.find(std::pair(place.unit().to_string(), *day)) : units.end();
      return found == units.end() || !found->second ? nullptr : &*found->second;
    };
    return diff::UnitTexts{held(days.in_force), held(days.shown)};
  });
}

} // namespace regtrail::query
