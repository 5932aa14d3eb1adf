// Sequences of pairs that stand in the same order on both sides.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace regtrail::diff::tree {

/// A position on either side.
using Point = std::pair<std::size_t, std::size_t>;

/// Positions [x0, x1) of one side and [y0, y1) of the other.
struct Gap {
  std::size_t x0 = 0;
  std::size_t x1 = 0;
  std::size_t y0 = 0;
  std::size_t y1 = 0;

  [[nodiscard]] std::size_t cells() const { return (x1 - x0 + 1) * (y1 - y0 + 1); }
};

/// The longest sequence of `points`, sorted by the first, in which the second rises as well.
[[nodiscard]] std::vector<Point> longest_rising(const std::vector<Point>& points);

/// The sequence within `gap` of the greatest sum of `value`, last pair first; 0 is no pair.
[[nodiscard]] std::vector<Point>
best_sequence(const Gap& gap, const std::function<double(std::size_t, std::size_t)>& value);

} // namespace regtrail::diff::tree
