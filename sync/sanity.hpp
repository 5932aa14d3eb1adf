// Well-formed data that cannot be true (ARCHITECTURE.md, Decisions; docs/sources.md, eCFR: full
// text).
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace regtrail::sync {

/// How much a part holds, by what a truncated list or a swapped file would lose.
struct Inventory {
  std::size_t units = 0;
  std::size_t rows = 0; ///< rows, entries and definitions

  friend bool operator==(const Inventory&, const Inventory&) = default;
};

[[nodiscard]] Inventory take_inventory(std::span<const Unit> units);

/// A list may lose this share of its rows between two neighbouring issue dates before we ask for
/// confirmation. The largest real removal from the Entity List in one rule is far below it.
inline constexpr double max_row_loss = 0.20;
inline constexpr double max_unit_loss = 0.50;

/// An Error of kind quarantined when `after` lost more than that; short lists (under 20 rows, under
/// 4 units) are exempt.
Result<void> check_loss(const Inventory& before, const Inventory& after, const std::string& what);

} // namespace regtrail::sync
