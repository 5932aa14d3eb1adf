#include "parse/paragraph_levels.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace regtrail::parse {
namespace {

/// The kinds of list in the order in which the CFR nests them; upper roman is a deviation.
enum class Alphabet : std::uint8_t {
  lower,
  arabic,
  roman,
  upper,
  italic_arabic,
  italic_roman,
  upper_roman
};

struct Reading {
  Alphabet alphabet = Alphabet::lower;
  MarkerForm form = MarkerForm::parenthesized;
  int index = 0; ///< from 0
  float cost = 0;
};

bool all_of_class(std::string_view token, char from, char to) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [&](char c) { return c >= from && c <= to; });
}

std::string lowered(std::string_view token) {
  std::string out(token);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

std::string to_roman(int value) {
  static constexpr std::array<std::pair<int, std::string_view>, 9> digits = {{{100, "c"},
                                                                              {90, "xc"},
                                                                              {50, "l"},
                                                                              {40, "xl"},
                                                                              {10, "x"},
                                                                              {9, "ix"},
                                                                              {5, "v"},
                                                                              {4, "iv"},
                                                                              {1, "i"}}};
  std::string out;
  for (const auto& [weight, letters] : digits) {
    while (value >= weight) {
      out += letters;
      value -= weight;
    }
  }
  return out;
}

std::optional<int> roman_value(std::string_view token) {
  if (token.empty() || token.size() > 7 ||
      token.find_first_not_of("ivxlc") != std::string_view::npos) {
    return std::nullopt;
  }
  static constexpr auto weight = [](char c) {
    return c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : c == 'l' ? 50 : 100;
  };
  int value = 0;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const int here = weight(token[i]);
    value += i + 1 < token.size() && weight(token[i + 1]) > here ? -here : here;
  }
  if (value <= 0 || to_roman(value) != token) {
    return std::nullopt;
  }
  return value;
}

/// a..z are 0..25, aa..zz 26..51, aaa.. 52..77.
std::optional<int> letter_index(std::string_view token) {
  if (token.empty() || token.size() > 3 ||
      token.find_first_not_of(token[0]) != std::string_view::npos) {
    return std::nullopt;
  }
  return static_cast<int>(token.size() - 1) * 26 + (token[0] - 'a');
}

std::vector<Reading> readings_of(const Marker& marker) {
  std::vector<Reading> readings;
  const bool italic = marker.font == MarkerFont::italic;
  const auto add = [&](Alphabet alphabet, int index, float cost) {
    readings.push_back({alphabet, marker.form, index, cost});
  };
  if (all_of_class(marker.token, '0', '9')) {
    int value = 0;
    std::from_chars(marker.token.data(), marker.token.data() + marker.token.size(), value);
    add(Alphabet::arabic, value - 1, italic ? 4.0F : 0.0F);
    add(Alphabet::italic_arabic, value - 1, italic ? 0.0F : 4.0F);
    return readings;
  }
  const bool lower = all_of_class(marker.token, 'a', 'z');
  if (!lower && !all_of_class(marker.token, 'A', 'Z')) {
    return readings;
  }
  const std::string token = lowered(marker.token);
  if (const auto index = letter_index(token)) {
    // (ii), (xx) are roman in all but the longest lists; an italic letter is a slip of the pen
    const float doubled = token.size() > 1 && roman_value(token) ? 3.0F : 0.0F;
    add(lower ? Alphabet::lower : Alphabet::upper, *index, doubled + (italic ? 5.0F : 0.0F));
  }
  if (const auto value = roman_value(token)) {
    if (lower) {
      add(Alphabet::roman, *value - 1, italic ? 4.0F : 0.0F);
      add(Alphabet::italic_roman, *value - 1, italic ? 0.0F : 4.0F);
    } else {
      add(Alphabet::upper_roman, *value - 1, 2.0F);
    }
  }
  return readings;
}

constexpr int max_levels = 10;
constexpr std::size_t beam_width = 24;
constexpr float hopeless = 1000;

struct OpenList {
  Alphabet alphabet = Alphabet::lower;
  MarkerForm form = MarkerForm::parenthesized;
  std::int16_t index = 0;

  friend bool operator==(const OpenList&, const OpenList&) = default;
};

struct State {
  float cost = 0;
  int parent = -1; ///< in the arena
  int depth = 0;   ///< number of open lists
  std::array<OpenList, max_levels> lists{};
  Level level;

  [[nodiscard]] bool same_stack(const State& other) const {
    return depth == other.depth &&
           std::equal(lists.begin(), lists.begin() + depth, other.lists.begin());
  }
};

struct Step {
  float cost = hopeless;
  LevelTrouble trouble = LevelTrouble::none;
};

Step sibling_step(int last, int index) {
  if (index == last + 1) {
    return {0, LevelTrouble::none};
  }
  if (index == last) {
    return {25, LevelTrouble::repeated};
  }
  if (index > last) {
    const int missing = index - last - 1;
    return {missing <= 4 ? 12.0F + 2.0F * static_cast<float>(missing) : 45.0F, LevelTrouble::gap};
  }
  return {55, LevelTrouble::unplaced};
}

Step child_step(const State& state, const Reading& reading) {
  if (state.depth == max_levels) {
    return {};
  }
  float cost = 0;
  const int rank = static_cast<int>(reading.alphabet);
  for (int i = 0; i < state.depth; ++i) {
    const OpenList& list = state.lists[static_cast<std::size_t>(i)];
    if (list.alphabet == reading.alphabet && list.form == reading.form) {
      cost += 30;
    }
  }
  if (state.depth == 0) {
    cost += rank == 0 ? 0.0F : 1.0F + static_cast<float>(rank) / 2;
  } else {
    const OpenList& parent = state.lists[static_cast<std::size_t>(state.depth - 1)];
    const int distance = rank - static_cast<int>(parent.alphabet);
    cost += distance == 1 ? 0.0F : distance > 1 ? 2.0F + static_cast<float>(distance) : 4.0F;
  }
  if (reading.index == 0) {
    return {cost, LevelTrouble::none};
  }
  return {cost + 22 + static_cast<float>(std::min(reading.index, 10)), LevelTrouble::gap};
}

class Solver {
public:
  explicit Solver(const std::vector<Marker>& markers) : m_markers(markers) {}

  std::vector<Level> run() {
    m_arena.push_back({});
    m_beam = {0};
    for (const Marker& marker : m_markers) {
      advance(marker);
    }
    std::vector<Level> levels(m_markers.size());
    int at = m_beam.front();
    for (std::size_t i = levels.size(); i-- > 0;) {
      const State& state = m_arena[static_cast<std::size_t>(at)];
      levels[i] = state.level;
      at = state.parent;
    }
    return levels;
  }

private:
  void advance(const Marker& marker) {
    m_next.clear();
    const std::vector<Reading> readings = readings_of(marker);
    for (const int from : m_beam) {
      for (const Reading& reading : readings) {
        extend(from, marker, reading);
      }
      if (marker.doubtful || readings.empty()) {
        const State& state = m_arena[static_cast<std::size_t>(from)];
        propose(from, state.depth, nullptr, 15, LevelTrouble::none);
      }
    }
    std::stable_sort(m_next.begin(), m_next.end(), [](const State& left, const State& right) {
      return left.cost < right.cost;
    });
    m_beam.clear();
    std::vector<State> kept;
    for (const State& state : m_next) {
      const bool known = std::any_of(
          kept.begin(), kept.end(), [&](const State& other) { return other.same_stack(state); });
      if (!known && (kept.empty() || state.cost < kept.front().cost + 120)) {
        kept.push_back(state);
        if (kept.size() == beam_width) {
          break;
        }
      }
    }
    for (const State& state : kept) {
      m_beam.push_back(static_cast<int>(m_arena.size()));
      m_arena.push_back(state);
    }
  }

  void extend(int from, const Marker& marker, const Reading& reading) {
    const State state = m_arena[static_cast<std::size_t>(from)];
    const Step child = child_step(state, reading);
    if (child.cost < hopeless) {
      propose(from, state.depth, &reading, reading.cost + child.cost, child.trouble);
    }
    if (marker.inner) {
      return;
    }
    for (int depth = 0; depth < state.depth; ++depth) {
      const OpenList& list = state.lists[static_cast<std::size_t>(depth)];
      if (list.alphabet != reading.alphabet || list.form != reading.form) {
        continue;
      }
      const Step step = sibling_step(list.index, reading.index);
      // an equal fit goes to the innermost list: (i) under an open (1) is roman
      const float closing = 0.1F * static_cast<float>(state.depth - depth);
      propose(from, depth, &reading, reading.cost + step.cost + closing, step.trouble);
    }
  }

  /// `reading` nullptr: the marker is prose and leaves the stack alone.
  void propose(int from, int depth, const Reading* reading, float cost, LevelTrouble trouble) {
    State state = m_arena[static_cast<std::size_t>(from)];
    state.parent = from;
    state.cost += cost;
    if (reading == nullptr) {
      state.level = {-1, trouble};
    } else {
      state.lists[static_cast<std::size_t>(depth)] = {
          reading->alphabet, reading->form, static_cast<std::int16_t>(reading->index)};
      state.depth = depth + 1;
      state.level = {depth, trouble};
    }
    m_next.push_back(state);
  }

  const std::vector<Marker>& m_markers;
  std::vector<State> m_arena;
  std::vector<int> m_beam;
  std::vector<State> m_next;
};

} // namespace

std::vector<Level> solve_levels(const std::vector<Marker>& markers) {
  return markers.empty() ? std::vector<Level>{} : Solver(markers).run();
}

bool is_first_member(std::string_view token) {
  return token == "a" || token == "A" || token == "1" || token == "i" || token == "I";
}

std::vector<std::string> members_between(std::string_view first, std::string_view last) {
  const std::vector<Reading> from = readings_of({std::string(first), {}, {}, false, false});
  const std::vector<Reading> to = readings_of({std::string(last), {}, {}, false, false});
  for (const Reading& left : from) {
    for (const Reading& right : to) {
      if (left.alphabet != right.alphabet || right.index <= left.index ||
          right.index - left.index > 200) {
        continue;
      }
      std::vector<std::string> members;
      for (int index = left.index; index <= right.index; ++index) {
        switch (left.alphabet) {
        case Alphabet::lower:
          members.push_back(std::string(static_cast<std::size_t>(index / 26) + 1,
                                        static_cast<char>('a' + index % 26)));
          break;
        case Alphabet::upper:
          members.push_back(std::string(static_cast<std::size_t>(index / 26) + 1,
                                        static_cast<char>('A' + index % 26)));
          break;
        case Alphabet::roman:
        case Alphabet::italic_roman:
          members.push_back(to_roman(index + 1));
          break;
        case Alphabet::upper_roman: {
          std::string upper = to_roman(index + 1);
          std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
            return static_cast<char>(c - 32);
          });
          members.push_back(std::move(upper));
          break;
        }
        case Alphabet::arabic:
        case Alphabet::italic_arabic:
          members.push_back(std::to_string(index + 1));
          break;
        }
      }
      return members;
    }
  }
  return {};
}

} // namespace regtrail::parse
