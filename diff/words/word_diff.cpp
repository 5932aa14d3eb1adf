#include "diff/words/word_diff.hpp"

#include "diff/words/words_internal.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace regtrail::diff {
namespace {

using words::Block;
using words::Marks;
using words::Region;
using words::TokenTable;

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
        if (equal(x, y)) { // keys are hashes
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
  void fill(Region gap) {
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

/// Collects runs and joins neighbours of one kind.
class Runs {
public:
  void add(WordRun::Op op, std::string_view text) {
    if (text.empty()) {
      return;
    }
    if (!m_runs.empty() && m_runs.back().op == op) {
      m_runs.back().text += text;
    } else if (op == WordRun::Op::removed && !m_runs.empty() &&
               m_runs.back().op == WordRun::Op::added) {
      add_removed_late(text);
    } else {
      m_runs.push_back({op, std::string(text)});
    }
  }

  std::vector<WordRun> take() { return std::move(m_runs); }

private:
  /// The removed words of a place stand before the added ones.
  void add_removed_late(std::string_view text) {
    const std::size_t last = m_runs.size() - 1;
    if (last > 0 && m_runs[last - 1].op == WordRun::Op::removed) {
      m_runs[last - 1].text += text;
    } else {
      m_runs.insert(m_runs.end() - 1, {WordRun::Op::removed, std::string(text)});
    }
  }

  std::vector<WordRun> m_runs;
};

std::string_view text_of(const TokenTable& side, std::size_t from, std::size_t to) {
  const std::size_t begin = from == 0 ? 0 : side.ends[from - 1];
  const std::size_t end = to == 0 ? 0 : side.ends[to - 1];
  return side.text.substr(begin, end - begin);
}

void add_runs(const TokenTable& before, const TokenTable& after, const Marks& marks, Runs& runs) {
  std::size_t x = 0;
  std::size_t y = 0;
  while (x < before.size() || y < after.size()) {
    std::size_t from = x;
    for (; x < before.size() && marks.before[x] == 0 && y < after.size() && marks.after[y] == 0;
         ++x, ++y) {
    }
    runs.add(WordRun::Op::same, text_of(before, from, x));
    for (from = x; x < before.size() && marks.before[x] != 0; ++x) {
    }
    runs.add(WordRun::Op::removed, text_of(before, from, x));
    for (from = y; y < after.size() && marks.after[y] != 0; ++y) {
    }
    runs.add(WordRun::Op::added, text_of(after, from, y));
  }
}

void diff_tokens(std::string_view before, std::string_view after, Runs& runs) {
  if (before.empty() || after.empty()) {
    runs.add(WordRun::Op::removed, before);
    runs.add(WordRun::Op::added, after);
    return;
  }
  const TokenTable left = words::make_table(before);
  const TokenTable right = words::make_table(after);
  const std::vector<Block> blocks =
      words::fewest_characters(left, right, words::align_words(left.keys, right.keys));
  Marks marks = Marker(left, right).mark(blocks);
  words::slide_edges(left, right, marks);
  add_runs(left, right, marks, runs);
}

} // namespace

std::vector<WordRun> word_diff(std::string_view before, std::string_view after) {
  Runs runs;
  if (before == after) {
    runs.add(WordRun::Op::same, before);
    return runs.take();
  }
  std::size_t x = 0;
  std::size_t y = 0;
  for (const words::Stretch& equal : words::equal_stretches(before, after)) {
    diff_tokens(before.substr(x, equal.before - x), after.substr(y, equal.after - y), runs);
    runs.add(WordRun::Op::same, before.substr(equal.before, equal.length));
    x = equal.before + equal.length;
    y = equal.after + equal.length;
  }
  diff_tokens(before.substr(x), after.substr(y), runs);
  return runs.take();
}

} // namespace regtrail::diff
