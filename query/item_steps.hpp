// The steps of a document's item, and where they leave it.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/item.hpp"
#include "query/item_acts.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::query {

/// What is known of a document when its steps are told.
struct ItemDocuments {
  const Document* rule = nullptr;                ///< whole, as printed
  std::vector<const Document*> related;          ///< whole, with `rule`, and what bears on its days
  std::vector<ItemAct> acts;                     ///< of others on it
  std::map<std::string, const Document*> acting; ///< by number
};

/// Filed, proposed or published, in force, expired, and what others did, as of `on`; in no order.
[[nodiscard]] std::vector<ItemStep> steps_of(const ItemDocuments& documents, Date on);

/// What happens to the force of a text, as its note tells; nullopt for what is no step.
[[nodiscard]] std::optional<StepKind> step_of(StatusEventKind event);

/// Oldest first, what has no day last.
void sort_steps(std::vector<ItemStep>& steps);

/// Of sorted steps.
[[nodiscard]] Station station_of(const std::vector<ItemStep>& steps);
[[nodiscard]] std::vector<Mark> marks_of(const std::vector<ItemStep>& steps);

} // namespace regtrail::query
