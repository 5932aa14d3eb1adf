// The structural diff: units x units -> changes.
#pragma once

#include "model/change.hpp"
#include "model/node.hpp"

#include <span>

namespace regtrail::diff {

struct DiffOptions {
  SideInfo before;
  SideInfo after;
};

/// What happened between two states of the same set of units (a section, a part, a title). Units
/// are paired by id, then by content; moves are looked for between all of them. Equal subtrees are
/// skipped by hash. Deterministic. diff(x, x) is empty; swapping the sides swaps added and removed.
[[nodiscard]] DiffResult
diff_units(std::span<const Unit> before, std::span<const Unit> after, const DiffOptions& options);

} // namespace regtrail::diff
