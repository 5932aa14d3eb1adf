// Items: what a reader is told (ARCHITECTURE.md, Items), made from the archive's documents, changes
// and hits when they are asked for. No printing.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::diff {
class Matcher;
} // namespace regtrail::diff

namespace regtrail::query {

struct ItemQuery {
  Date on;                   ///< what lies after this day has not happened
  std::optional<Date> since; ///< with a step on this day or later
  bool only_hits = true;     ///< leave out what hits nobody
  bool ahead = false;        ///< also days of the law that nothing was told of yet
};

/// Newest step first; of one day, what hits an own product, party, procedure or destination first,
/// then the more severe. `matcher` finds the hits of what the notes of the CFR say of the
/// force of a text; those of changes and documents are stored. Near misses are left out.
Result<std::vector<Item>>
find_items(store::Archive& archive, const diff::Matcher& matcher, const ItemQuery& query);

/// The id of what changed in a part on an issue date: "15 CFR 744@2026-09-04".
[[nodiscard]] std::string code_item_id(int title, const std::string& part, Date date);

/// Of `items` that with the id. The id of a step of the eCFR ("15 CFR 744@2026-09-04") whose rules
/// are known by now leads to their items.
[[nodiscard]] std::vector<Item> items_by_id(const std::vector<Item>& items, std::string_view id);

} // namespace regtrail::query
