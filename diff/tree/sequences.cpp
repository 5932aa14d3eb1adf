#include "diff/tree/sequences_internal.hpp"

#include <algorithm>

namespace regtrail::diff::tree {

std::vector<Point> longest_rising(const std::vector<Point>& points) {
  std::vector<std::size_t> tails; // index of the point that ends the best chain of each length
  std::vector<std::size_t> previous(points.size(), points.size());
  for (std::size_t p = 0; p < points.size(); ++p) {
    const auto place = std::lower_bound(
        tails.begin(), tails.end(), points[p].second, [&](std::size_t tail, std::size_t value) {
          return points[tail].second < value;
        });
    if (place != tails.begin()) {
      previous[p] = *(place - 1);
    }
    if (place == tails.end()) {
      tails.push_back(p);
    } else {
      *place = p;
    }
  }
  std::vector<Point> chain;
  for (std::size_t p = tails.empty() ? points.size() : tails.back(); p < points.size();
       p = previous[p]) {
    chain.push_back(points[p]);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

std::vector<Point> best_sequence(const Gap& gap,
                                 const std::function<double(std::size_t, std::size_t)>& value) {
  const std::size_t columns = gap.y1 - gap.y0 + 1;
  const std::size_t rows = gap.x1 - gap.x0 + 1;
  std::vector<double> best(rows * columns, 0.0);
  for (std::size_t i = 1; i < rows; ++i) {
    for (std::size_t j = 1; j < columns; ++j) {
      const std::size_t cell = i * columns + j;
      const double here = value(gap.x0 + i - 1, gap.y0 + j - 1);
      best[cell] = std::max(best[cell - columns], best[cell - 1]);
      if (here > 0.0) {
        best[cell] = std::max(best[cell], best[cell - columns - 1] + here);
      }
    }
  }
  std::vector<Point> sequence;
  std::size_t i = rows - 1;
  std::size_t j = columns - 1;
  while (i > 0 && j > 0) {
    const std::size_t cell = i * columns + j;
    if (best[cell] == best[cell - columns]) {
      --i;
    } else if (best[cell] == best[cell - 1]) {
      --j;
    } else {
      sequence.emplace_back(gap.x0 + i - 1, gap.y0 + j - 1);
      --i;
      --j;
    }
  }
  return sequence;
}

} // namespace regtrail::diff::tree
