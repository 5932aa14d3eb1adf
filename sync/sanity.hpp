// Well-formed data that cannot be true (ARCHITECTURE.md, Decisions; docs/sources.md, eCFR: full
// text).
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"
#include "store/archive.hpp"

#include <span>
#include <string>

namespace regtrail::sync {

[[nodiscard]] store::Inventory take_inventory(std::span<const Unit> units);

/// A list may lose this share of its rows between two neighbouring issue dates before we ask for
/// confirmation. The largest real removal from the Entity List in one rule is far below it.
inline constexpr double max_row_loss = 0.20;
inline constexpr double max_unit_loss = 0.50;

/// An Error of kind quarantined when `after` lost more than that; short lists (under 20 rows, under
/// 4 units) are exempt.
Result<void>
check_loss(const store::Inventory& before, const store::Inventory& after, const std::string& what);

} // namespace regtrail::sync
