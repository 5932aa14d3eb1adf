#include "diff/words/word_diff.hpp"

#include "diff/words/words_internal.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace regtrail::diff {
namespace {

using words::Block;
using words::Marks;
using words::TokenTable;

/// Tokens between two matched words.
struct Gap {
  std::size_t x0 = 0;
  std::size_t x1 = 0;
  std::size_t y0 = 0;
  std::size_t y1 = 0;
};

/// Builds the marks: everything is marked until it is found equal.
class Marker {
public:
  Marker(const TokenTable& before, const TokenTable& after)
      : m_before(before),
        m_after(after),
        m_marks{std::vector<char>(before.size(), 1), std::vector<char>(after.size(), 1)} {}

  Marks mark(const std::vector<Block>& blocks) {
    for (const Block& block : blocks) {
      for (std::uint32_t i = 0; i < block.length; ++i) {
        const std::size_t x = m_before.words[block.before + i];
        const std::size_t y = m_after.words[block.after + i];
        if (equal(x, y)) { // keys of long words are hashes
          fill({m_x, x, m_y, y});
          keep(x, y);
          m_x = x + 1;
          m_y = y + 1;
        }
      }
    }
    fill({m_x, m_before.size(), m_y, m_after.size()});
    return std::move(m_marks);
  }

private:
  [[nodiscard]] bool equal(std::size_t x, std::size_t y) const {
    return m_before.token(x) == m_after.token(y);
  }

  void keep(std::size_t x, std::size_t y) {
    m_marks.before[x] = 0;
    m_marks.after[y] = 0;
  }

  [[nodiscard]] static bool blank(const TokenTable& side, std::size_t at) {
    return words::is_blank_token(side.token(at));
  }

  /// In a gap no word is matched, but blanks are: the outer ones, then the inner ones in order.
  void fill(Gap gap) {
    if (gap.x0 == gap.x1 || gap.y0 == gap.y1) {
      return;
    }
    if (blank(m_before, gap.x0) && equal(gap.x0, gap.y0)) {
      keep(gap.x0++, gap.y0++);
    }
    if (gap.x0 < gap.x1 && gap.y0 < gap.y1 && blank(m_before, gap.x1 - 1) &&
        equal(gap.x1 - 1, gap.y1 - 1)) {
      keep(--gap.x1, --gap.y1);
    }
    std::size_t y = gap.y0;
    for (std::size_t x = gap.x0; x < gap.x1; ++x) {
      if (!blank(m_before, x)) {
        continue;
      }
      while (y < gap.y1 && !blank(m_after, y)) {
        ++y;
      }
      if (y < gap.y1 && equal(x, y)) {
        keep(x, y++);
      }
    }
  }

  const TokenTable& m_before;
  const TokenTable& m_after;
  Marks m_marks;
  std::size_t m_x = 0;
  std::size_t m_y = 0;
};

/// Runs in printed order, the removed words of a place before the added ones.
std::vector<WordRun>
runs_of(const TokenTable& before, const TokenTable& after, const Marks& marks) {
  std::vector<WordRun> runs;
  const auto append =
      [&](WordRun::Op op, const TokenTable& side, std::size_t from, std::size_t to) {
        if (from < to) {
          const std::size_t begin = from == 0 ? 0 : side.ends[from - 1];
          runs.push_back({op, std::string(side.text.substr(begin, side.ends[to - 1] - begin))});
        }
      };
  std::size_t x = 0;
  std::size_t y = 0;
  while (x < before.size() || y < after.size()) {
    std::size_t from = x;
    for (; x < before.size() && marks.before[x] == 0 && y < after.size() && marks.after[y] == 0;
         ++x, ++y) {
    }
    append(WordRun::Op::same, before, from, x);
    for (from = x; x < before.size() && marks.before[x] != 0; ++x) {
    }
    append(WordRun::Op::removed, before, from, x);
    for (from = y; y < after.size() && marks.after[y] != 0; ++y) {
    }
    append(WordRun::Op::added, after, from, y);
  }
  return runs;
}

} // namespace

std::vector<WordRun> word_diff(std::string_view before, std::string_view after) {
  if (before == after) {
    return before.empty() ? std::vector<WordRun>{}
                          : std::vector<WordRun>{{WordRun::Op::same, std::string(before)}};
  }
  const TokenTable left = words::make_table(before);
  const TokenTable right = words::make_table(after);
  const std::vector<Block> blocks =
      words::fewest_characters(left, right, words::align_words(left.keys, right.keys));
  Marks marks = Marker(left, right).mark(blocks);
  words::slide_edges(left, right, marks);
  return runs_of(left, right, marks);
}

} // namespace regtrail::diff
