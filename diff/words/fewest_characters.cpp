// Among minimal word scripts, the one with the fewest characters: exact within small windows.
#include "diff/words/words_internal.hpp"

#include <algorithm>

namespace regtrail::diff::words {
namespace {

/// Edits with fewer equal words than this between them are solved together.
constexpr std::size_t joining_run = 8;

/// Words of the equal runs on either side of a window that may be matched otherwise.
constexpr std::uint32_t margin = 4;

/// Cells of a window's table; larger windows keep the script as it is.
constexpr std::size_t max_cells = 60'000;

/// The best alignment of one window by dynamic programming over matched characters, the blank
/// between two matched neighbours included, and then over fewest runs.
class Solver {
public:
  Solver(const TokenTable& before, const TokenTable& after) : m_before(before), m_after(after) {}

  void solve(const Region& w, std::vector<Block>& out) {
    const std::size_t rows = w.x1 - w.x0 + 1;
    const std::size_t columns = w.y1 - w.y0 + 1;
    m_best.assign(rows * columns, 0);
    m_matched.assign(rows * columns, -1);
    for (std::size_t i = 1; i < rows; ++i) {
      for (std::size_t j = 1; j < columns; ++j) {
        const std::size_t cell = i * columns + j;
        m_best[cell] = std::max(m_best[cell - columns], m_best[cell - 1]);
        const std::size_t x = w.x0 + i - 1;
        const std::size_t y = w.y0 + j - 1;
        if (m_before.keys[x] == m_after.keys[y]) {
          m_matched[cell] = matched(cell - columns - 1, x, y);
          m_best[cell] = std::max(m_best[cell], m_matched[cell]);
        }
      }
    }
    trace_back(w, rows, columns, out);
  }

private:
  static constexpr std::int64_t unit = 4; // one character outweighs any choice of runs

  [[nodiscard]] std::int64_t matched(std::size_t previous, std::size_t x, std::size_t y) const {
    const auto length = static_cast<std::int64_t>(m_before.token(m_before.words[x]).size());
    std::int64_t value = m_best[previous];
    if (m_matched[previous] >= 0) {
      value = std::max(value, m_matched[previous] + bonus(x, y));
    }
    return value + length * unit;
  }

  /// What matching x with y gains when their left neighbours match too: the blank between, a run.
  [[nodiscard]] std::int64_t bonus(std::size_t x, std::size_t y) const {
    const std::size_t i = m_before.words[x];
    const std::size_t j = m_after.words[y];
    const bool blank = i > 0 && is_blank_token(m_before.token(i - 1));
    const bool other = j > 0 && is_blank_token(m_after.token(j - 1));
    if (!blank && !other) {
      return 1;
    }
    const bool equal = blank && other && m_before.token(i - 1) == m_after.token(j - 1);
    return equal ? static_cast<std::int64_t>(m_before.token(i - 1).size()) * unit + 1 : 0;
  }

  void trace_back(const Region& w,
                  std::size_t rows,
                  std::size_t columns,
                  std::vector<Block>& out) const {
    const std::size_t first = out.size();
    std::size_t i = rows - 1;
    std::size_t j = columns - 1;
    bool must_match = false;
    while (i > 0 && j > 0) {
      const std::size_t cell = i * columns + j;
      const bool can_match = m_matched[cell] >= 0 && m_matched[cell] == m_best[cell];
      if (!must_match && m_best[cell] == m_best[cell - columns] && !can_match) {
        --i;
        continue;
      }
      if (!must_match && !can_match) {
        --j;
        continue;
      }
      const std::size_t x = w.x0 + i - 1;
      const std::size_t y = w.y0 + j - 1;
      out.push_back({static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 1});
      const std::size_t previous = cell - columns - 1;
      must_match =
          m_matched[previous] >= 0 && m_matched[previous] + bonus(x, y) >= m_best[previous];
      --i;
      --j;
    }
    std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  }

  const TokenTable& m_before;
  const TokenTable& m_after;
  std::vector<std::int64_t> m_best;
  std::vector<std::int64_t> m_matched; ///< best that ends with this pair matched, -1 for none
};

} // namespace

std::vector<Block> fewest_characters(const TokenTable& before,
                                     const TokenTable& after,
                                     const std::vector<Block>& blocks) {
  // Equal runs long enough to be certain stand; what lies between two of them is a window.
  std::vector<Block> out;
  Solver solver(before, after);
  const auto before_end = static_cast<std::uint32_t>(before.words.size());
  const auto after_end = static_cast<std::uint32_t>(after.words.size());
  std::size_t i = 0;
  std::uint32_t x = 0; // end of what is aligned
  std::uint32_t y = 0;
  while (x < before_end || y < after_end) {
    std::size_t last = i;
    while (last < blocks.size() && blocks[last].length < joining_run) {
      ++last;
    }
    const bool anchored = last < blocks.size();
    const Block anchor = anchored ? blocks[last] : Block{before_end, after_end, 0};
    const Region w{x, anchor.before, y, anchor.after};
    const std::uint32_t left = out.empty() ? 0 : std::min(margin, out.back().length / 2);
    const std::uint32_t right = std::min(margin, anchor.length / 2);
    const Region wide{w.x0 - left, w.x1 + right, w.y0 - left, w.y1 + right};
    const std::size_t cells = (wide.x1 - wide.x0 + 1) * (wide.y1 - wide.y0 + 1);
    const bool one_sided = w.x0 == w.x1 || w.y0 == w.y1;
    std::uint32_t taken = 0;
    if (one_sided || cells > max_cells) {
      out.insert(out.end(),
                 blocks.begin() + static_cast<std::ptrdiff_t>(i),
                 blocks.begin() + static_cast<std::ptrdiff_t>(last));
    } else {
      if (left > 0) {
        out.back().length -= left;
      }
      solver.solve(wide, out);
      taken = right;
    }
    if (anchored) {
      out.push_back({anchor.before + taken, anchor.after + taken, anchor.length - taken});
      i = last + 1;
    } else {
      i = last;
    }
    x = anchor.before + anchor.length;
    y = anchor.after + anchor.length;
  }
  return out;
}

} // namespace regtrail::diff::words
