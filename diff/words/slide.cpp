// Slides the ambiguous edges of pure insertions and deletions to the boundaries of sentences and
// phrases.
#include "diff/words/words_internal.hpp"

#include <algorithm>

namespace regtrail::diff::words {
namespace {

/// Positions tried on either side.
constexpr std::size_t max_slide = 256;

/// How well an edit may begin or end in front of token `at`.
int boundary(const TokenTable& side, std::size_t at) {
  if (at == 0 || at == side.size()) {
    return 6;
  }
  const std::string_view previous = side.token(at - 1);
  if (!is_blank_token(previous)) {
    return is_blank_token(side.token(at)) ? 1 : 0;
  }
  if (previous.find('\n') != std::string_view::npos) {
    return 6;
  }
  const char last = at >= 2 ? side.token(at - 2).back() : '.';
  switch (last) {
  case '.':
  case ';':
  case ':':
    return 5;
  case ',':
  case ')':
    return 3;
  default:
    return 2;
  }
}

/// Slides the edits of one side.
class Slider {
public:
  Slider(const TokenTable& side, std::vector<char>& marks) : m_side(side), m_marks(marks) {}

  /// [begin, end) is one run of marked tokens; it stays within [floor, ceiling).
  void slide(std::size_t begin, std::size_t end, std::size_t floor, std::size_t ceiling) {
    std::size_t best = begin;
    int best_score = score(begin, end);
    const std::size_t length = end - begin;
    for (std::size_t at = begin, steps = 0; at > floor && steps < max_slide; ++steps) {
      if (m_side.token(at - 1) != m_side.token(at + length - 1)) {
        break;
      }
      --at;
      consider(at, length, best, best_score);
    }
    for (std::size_t at = begin, steps = 0; at + length < ceiling && steps < max_slide; ++steps) {
      if (m_side.token(at) != m_side.token(at + length)) {
        break;
      }
      ++at;
      consider(at, length, best, best_score);
    }
    for (std::size_t i = begin; i < end; ++i) {
      m_marks[i] = 0;
    }
    for (std::size_t i = best; i < best + length; ++i) {
      m_marks[i] = 1;
    }
  }

private:
  [[nodiscard]] int score(std::size_t begin, std::size_t end) const {
    return boundary(m_side, begin) + boundary(m_side, end);
  }

  void consider(std::size_t at, std::size_t length, std::size_t& best, int& best_score) const {
    const int here = score(at, at + length);
    if (here > best_score || (here == best_score && at > best)) {
      best = at;
      best_score = here;
    }
  }

  const TokenTable& m_side;
  std::vector<char>& m_marks;
};

std::vector<Region> hunks_of(const Marks& marks) {
  std::vector<Region> hunks;
  std::size_t x = 0;
  std::size_t y = 0;
  while (x < marks.before.size() || y < marks.after.size()) {
    Region hunk{x, x, y, y};
    while (x < marks.before.size() && marks.before[x] != 0) {
      hunk.x1 = ++x;
    }
    while (y < marks.after.size() && marks.after[y] != 0) {
      hunk.y1 = ++y;
    }
    if (hunk.x1 > hunk.x0 || hunk.y1 > hunk.y0) {
      hunks.push_back(hunk);
    } else {
      ++x;
      ++y;
    }
  }
  return hunks;
}

/// The number of unmarked tokens from `begin` on.
std::size_t unmarked_from(const std::vector<char>& marks, std::size_t begin) {
  const auto first = marks.begin() + static_cast<std::ptrdiff_t>(begin);
  return static_cast<std::size_t>(std::find(first, marks.end(), char{1}) - first);
}

} // namespace

void slide_edges(const TokenTable& before, const TokenTable& after, Marks& marks) {
  const std::vector<Region> hunks = hunks_of(marks);
  Slider in_before(before, marks.before);
  Slider in_after(after, marks.after);
  // At least one equal token is left between two hunks.
  std::size_t used = 0; // equal tokens of the run in front that the previous hunk slid over
  for (std::size_t i = 0; i < hunks.size(); ++i) {
    const Region& h = hunks[i];
    const bool first = i == 0;
    const bool last = i + 1 == hunks.size();
    const std::size_t run_before = first ? h.x0 : h.x0 - hunks[i - 1].x1;
    const std::size_t run_after = last ? before.size() - h.x1 : hunks[i + 1].x0 - h.x1;
    const std::size_t room_left =
        first ? run_before : (run_before > used + 1 ? run_before - used - 1 : 0);
    const std::size_t room_right = last ? run_after : (run_after > 1 ? run_after - 1 : 0);
    used = 0;
    if (h.x0 == h.x1) {
      in_after.slide(h.y0, h.y1, h.y0 - room_left, h.y1 + room_right);
      used = unmarked_from(marks.after, h.y0);
    } else if (h.y0 == h.y1) {
      in_before.slide(h.x0, h.x1, h.x0 - room_left, h.x1 + room_right);
      used = unmarked_from(marks.before, h.x0);
    }
  }
}

} // namespace regtrail::diff::words
