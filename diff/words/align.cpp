// Myers' O(ND) over word keys: greedy with a trace for few edits, divide and conquer for many.
#include "diff/words/words_internal.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace regtrail::diff::words {
namespace {

using Keys = std::vector<std::uint64_t>;
using Index = std::int64_t;

/// A rectangle of the edit graph: before[x0, x1) against after[y0, y1).
struct Box {
  Index x0 = 0;
  Index x1 = 0;
  Index y0 = 0;
  Index y1 = 0;
};

/// Collects blocks in any order and joins those that touch.
class Blocks {
public:
  void add(Index x, Index y, Index length) {
    if (length > 0) {
      m_blocks.push_back({static_cast<std::uint32_t>(x),
                          static_cast<std::uint32_t>(y),
                          static_cast<std::uint32_t>(length)});
    }
  }

  std::vector<Block> take() {
    std::sort(m_blocks.begin(), m_blocks.end(), [](const Block& left, const Block& right) {
      return left.before < right.before;
    });
    std::vector<Block> joined;
    for (const Block& block : m_blocks) {
      if (!joined.empty() && joined.back().before + joined.back().length == block.before &&
          joined.back().after + joined.back().length == block.after) {
        joined.back().length += block.length;
      } else {
        joined.push_back(block);
      }
    }
    return joined;
  }

private:
  std::vector<Block> m_blocks;
};

/// Removes the common beginning and end of `box`, which go to `blocks`.
void trim(const Keys& a, const Keys& b, Box& box, Blocks& blocks) {
  Index length = 0;
  while (box.x0 + length < box.x1 && box.y0 + length < box.y1 &&
         a[box.x0 + length] == b[box.y0 + length]) {
    ++length;
  }
  blocks.add(box.x0, box.y0, length);
  box.x0 += length;
  box.y0 += length;
  length = 0;
  while (box.x0 < box.x1 - length && box.y0 < box.y1 - length &&
         a[box.x1 - length - 1] == b[box.y1 - length - 1]) {
    ++length;
  }
  blocks.add(box.x1 - length, box.y1 - length, length);
  box.x1 -= length;
  box.y1 -= length;
}

/// Myers' greedy algorithm with a trace, for scripts of at most `max_edits` edits.
class FewEdits {
public:
  FewEdits(const Keys& a, const Keys& b, const Box& box) : m_a(a), m_b(b), m_box(box) {}

  bool solve(Blocks& blocks) {
    const Index n = m_box.x1 - m_box.x0;
    const Index m = m_box.y1 - m_box.y0;
    std::vector<Index> reach(2 * max_edits + 3, 0);
    for (Index d = 0; d <= max_edits; ++d) {
      for (Index k = -d; k <= d; k += 2) {
        const Index x = slide(step(reach, k, d), k, n, m);
        reach[max_edits + 1 + k] = x;
        if (x >= n && x - k >= m) {
          trace_back(d, k, blocks);
          return true;
        }
      }
      m_trace.emplace_back(reach.begin() + (max_edits + 1 - d),
                           reach.begin() + (max_edits + 2 + d));
    }
    return false;
  }

private:
  static constexpr Index max_edits = 160;

  static bool goes_down(const std::vector<Index>& reach, Index offset, Index k, Index d) {
    return k == -d || (k != d && reach[offset + k - 1] < reach[offset + k + 1]);
  }

  static Index step(const std::vector<Index>& reach, Index k, Index d) {
    constexpr Index offset = max_edits + 1;
    if (d == 0) {
      return 0;
    }
    return goes_down(reach, offset, k, d) ? reach[offset + k + 1] : reach[offset + k - 1] + 1;
  }

  [[nodiscard]] Index slide(Index x, Index k, Index n, Index m) const {
    const Index y0 = m_box.y0 - k;
    while (x < n && x - k < m && m_a[m_box.x0 + x] == m_b[y0 + x]) {
      ++x;
    }
    return x;
  }

  void trace_back(Index d, Index k, Blocks& blocks) const {
    Index x = m_box.x1 - m_box.x0;
    for (; d > 0; --d) {
      const std::vector<Index>& reach = m_trace[d - 1]; // diagonals -(d-1) .. d-1
      const Index offset = d - 1;
      const bool down = goes_down(reach, offset, k, d);
      const Index from = down ? k + 1 : k - 1;
      const Index start = reach[offset + from] + (down ? 0 : 1);
      blocks.add(m_box.x0 + start, m_box.y0 + start - k, x - start);
      x = reach[offset + from];
      k = from;
    }
    blocks.add(m_box.x0, m_box.y0, x);
  }

  const Keys& m_a;
  const Keys& m_b;
  Box m_box;
  std::vector<std::vector<Index>> m_trace;
};

/// The words of a box that occur on the other side too; the others cannot be matched.
struct Candidates {
  Keys keys;
  std::vector<Index> origin;

  Candidates(const Keys& side,
             Index begin,
             Index end,
             const std::unordered_set<std::uint64_t>& other) {
    for (Index i = begin; i < end; ++i) {
      if (other.contains(side[i])) {
        keys.push_back(side[i]);
        origin.push_back(i);
      }
    }
  }
};

/// Divide and conquer on the middle of a shortest path, with git's cost cap.
class Divide {
public:
  Divide(const Keys& a, const Keys& b)
      : m_a(a),
        m_b(b),
        m_forward(a.size() + b.size() + 3),
        m_backward(a.size() + b.size() + 3),
        m_origin(static_cast<Index>(b.size()) + 1),
        m_cost_cap(std::max<Index>(
            256, static_cast<Index>(std::sqrt(static_cast<double>(a.size() + b.size()))))) {}

  void solve(Blocks& blocks) {
    std::vector<Box> open{{0, static_cast<Index>(m_a.size()), 0, static_cast<Index>(m_b.size())}};
    while (!open.empty()) {
      Box box = open.back();
      open.pop_back();
      trim(m_a, m_b, box, blocks);
      if (box.x0 == box.x1 || box.y0 == box.y1) {
        continue;
      }
      const auto [x, y] = middle(box);
      open.push_back({x, box.x1, y, box.y1});
      open.push_back({box.x0, x, box.y0, y});
    }
  }

private:
  struct Point {
    Index x = 0;
    Index y = 0;
  };

  Index& forward(Index diagonal) { return m_forward[diagonal + m_origin]; }

  Index& backward(Index diagonal) { return m_backward[diagonal + m_origin]; }

  /// A point on a shortest path through `box`, which is trimmed and empty on neither side; beyond
  /// the cost cap the point that got furthest. Never a corner.
  Point middle(const Box& box) {
    const Index lowest = box.x0 - box.y1;
    const Index highest = box.x1 - box.y0;
    const Index start = box.x0 - box.y0;
    const Index end = box.x1 - box.y1;
    const bool odd = ((start - end) & 1) != 0;
    Index forward_low = start;
    Index forward_high = start;
    Index backward_low = end;
    Index backward_high = end;
    forward(start) = box.x0;
    backward(end) = box.x1;
    for (Index cost = 1;; ++cost) {
      widen(forward_low, forward_high, lowest, highest, [&](Index k) { forward(k) = -1; });
      for (Index k = forward_high; k >= forward_low; k -= 2) {
        const Index from_left = k > lowest ? forward(k - 1) : -1;
        const Index from_above = k < highest ? forward(k + 1) : -1;
        Index x = from_left >= from_above ? from_left + 1 : from_above;
        while (x < box.x1 && x - k < box.y1 && m_a[x] == m_b[x - k]) {
          ++x;
        }
        forward(k) = x;
        if (odd && backward_low <= k && k <= backward_high && backward(k) <= x) {
          return {x, x - k};
        }
      }
      widen(backward_low, backward_high, lowest, highest, [&](Index k) { backward(k) = no_reach; });
      for (Index k = backward_high; k >= backward_low; k -= 2) {
        const Index from_below = k > lowest ? backward(k - 1) : no_reach;
        const Index from_right = k < highest ? backward(k + 1) : no_reach;
        Index x = from_below < from_right ? from_below : from_right - 1;
        while (x > box.x0 && x - k > box.y0 && m_a[x - 1] == m_b[x - k - 1]) {
          --x;
        }
        backward(k) = x;
        if (!odd && forward_low <= k && k <= forward_high && x <= forward(k)) {
          return {x, x - k};
        }
      }
      if (cost >= m_cost_cap) {
        return furthest(box, forward_low, forward_high, backward_low, backward_high);
      }
    }
  }

  /// Extends the range of diagonals by one on either side, within the box.
  template<typename Reset>
  static void widen(Index& low, Index& high, Index lowest, Index highest, Reset reset) {
    if (low > lowest) {
      reset(--low - 1);
    } else {
      ++low;
    }
    if (high < highest) {
      reset(++high + 1);
    } else {
      --high;
    }
  }

  Point furthest(const Box& box,
                 Index forward_low,
                 Index forward_high,
                 Index backward_low,
                 Index backward_high) {
    Point best_forward{box.x0, box.y0};
    for (Index k = forward_high; k >= forward_low; k -= 2) {
      Point point{std::min(forward(k), box.x1), 0};
      point.y = point.x - k;
      if (point.y > box.y1) {
        point = {box.y1 + k, box.y1};
      }
      if (point.x + point.y > best_forward.x + best_forward.y) {
        best_forward = point;
      }
    }
    Point best_backward{box.x1, box.y1};
    for (Index k = backward_high; k >= backward_low; k -= 2) {
      Point point{std::max(backward(k), box.x0), 0};
      point.y = point.x - k;
      if (point.y < box.y0) {
        point = {box.y0 + k, box.y0};
      }
      if (point.x + point.y < best_backward.x + best_backward.y) {
        best_backward = point;
      }
    }
    const Index gained = best_forward.x + best_forward.y - box.x0 - box.y0;
    const Index gained_back = box.x1 + box.y1 - best_backward.x - best_backward.y;
    return gained >= gained_back ? best_forward : best_backward;
  }

  static constexpr Index no_reach = Index{1} << 60;

  const Keys& m_a;
  const Keys& m_b;
  std::vector<Index> m_forward;
  std::vector<Index> m_backward;
  Index m_origin;
  Index m_cost_cap;
};

} // namespace

std::vector<Block> align_words(const Keys& before, const Keys& after) {
  Blocks blocks;
  Box box{0, static_cast<Index>(before.size()), 0, static_cast<Index>(after.size())};
  trim(before, after, box, blocks);
  if (box.x0 < box.x1 && box.y0 < box.y1 && !FewEdits(before, after, box).solve(blocks)) {
    const Candidates a(before, box.x0, box.x1, {after.begin() + box.y0, after.begin() + box.y1});
    const Candidates b(after, box.y0, box.y1, {before.begin() + box.x0, before.begin() + box.x1});
    Blocks inner;
    Divide(a.keys, b.keys).solve(inner);
    for (const Block& block : inner.take()) {
      for (std::uint32_t i = 0; i < block.length; ++i) {
        blocks.add(a.origin[block.before + i], b.origin[block.after + i], 1);
      }
    }
  }
  return blocks.take();
}

} // namespace regtrail::diff::words
