#include "parse/paragraph_levels.hpp"

#include "model/characters.hpp"
#include "model/roman.hpp"

#include <algorithm>
#include <array>
#include <bit>
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
  upper_roman,
  term ///< definitions side by side, named by their terms
};

struct Reading {
  Alphabet alphabet = Alphabet::lower;
  MarkerForm form = MarkerForm::parenthesized;
  int index = 0; ///< from 0
  float cost = 0;
};

/// Those of one designator: there are at most three.
class Readings {
public:
  void add(const Reading& reading) { m_readings[m_count++] = reading; }

  void raise(Alphabet alphabet, float cost) {
    for (std::size_t i = 0; i < m_count; ++i) {
      m_readings[i].cost += m_readings[i].alphabet == alphabet ? cost : 0;
    }
  }

  [[nodiscard]] std::size_t size() const { return m_count; }

  const Reading& operator[](std::size_t index) const { return m_readings[index]; }

  [[nodiscard]] const Reading* begin() const { return m_readings.data(); }

  [[nodiscard]] const Reading* end() const { return m_readings.data() + m_count; }

private:
  std::array<Reading, 3> m_readings;
  std::size_t m_count = 0;
};

bool all_of_class(std::string_view token, char from, char to) {
  return !token.empty() &&
         std::all_of(token.begin(), token.end(), [&](char c) { return c >= from && c <= to; });
}

/// a..z are 0..25, aa..zz 26..51, aaa.. 52..77.
std::optional<int> letter_index(std::string_view token) {
  if (token.empty() || token.size() > 3 ||
      std::any_of(token.begin(), token.end(), [&](char c) { return c != token[0]; })) {
    return std::nullopt;
  }
  return static_cast<int>(token.size() - 1) * 26 + (token[0] - 'a');
}

Readings read_marker(const Marker& marker) {
  Readings readings;
  const bool italic = marker.font == MarkerFont::italic;
  const auto add = [&](Alphabet alphabet, int index, float cost) {
    readings.add({alphabet, marker.form, index, cost});
  };
  if (marker.form == MarkerForm::term) {
    add(Alphabet::term, 0, 0);
    return readings;
  }
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
  const std::string folded = lower ? std::string{} : lowered(marker.token);
  const std::string_view token = lower ? marker.token : folded;
  const std::optional<int> roman = roman_value(token);
  if (const auto index = letter_index(token)) {
    // (ii), (xx) are roman in all but the longest lists; an italic letter is a slip of the pen
    const float doubled = token.size() > 1 && roman ? 3.0F : 0.0F;
    add(lower ? Alphabet::lower : Alphabet::upper, *index, doubled + (italic ? 5.0F : 0.0F));
  }
  if (roman) {
    if (lower) {
      add(Alphabet::roman, *roman - 1, italic ? 4.0F : 0.0F);
      add(Alphabet::italic_roman, *roman - 1, italic ? 0.0F : 4.0F);
    } else {
      add(Alphabet::upper_roman, *roman - 1, 2.0F);
    }
  }
  return readings;
}

Readings readings_of(std::string_view token) {
  Marker marker;
  marker.token = token;
  return read_marker(marker);
}

constexpr std::size_t beam_width = 16;
constexpr float beam_margin = 60;
constexpr float narrow_margin = 4; ///< enough for most; what it drops is counted
constexpr float hopeless = 1000;
constexpr float no_limit = 1e30F;
constexpr float prose_cost = 15;
constexpr float certain = 1; ///< below the least price of anything irregular

struct OpenList {
  Alphabet alphabet = Alphabet::lower;
  MarkerForm form = MarkerForm::parenthesized;
  std::int16_t index = 0;

  friend bool operator==(const OpenList& left, const OpenList& right) {
    return std::bit_cast<std::uint32_t>(left) == std::bit_cast<std::uint32_t>(right);
  }
};

struct State {
  float cost = 0;
  int trail = -1; ///< how it came about, an index; -1 for the first
  int depth = 0;  ///< number of open lists
  std::array<OpenList, most_levels> lists{};

  [[nodiscard]] bool same_stack(const State& other) const {
    return depth == other.depth &&
           std::equal(lists.begin(), lists.begin() + depth, other.lists.begin());
  }

  /// Different ones are of different stacks.
  [[nodiscard]] std::uint64_t stack_hash() const {
    auto hash = static_cast<std::uint64_t>(depth);
    for (int i = 0; i < depth; ++i) {
      constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
      const auto list = std::bit_cast<std::uint32_t>(lists[static_cast<std::size_t>(i)]);
      hash = (hash ^ list) * odd;
    }
    return hash;
  }
};

struct Step {
  float cost = hopeless;
  LevelTrouble trouble = LevelTrouble::none;
};

/// What asterisks stand for costs little, but more than what is printed in full.
float omitted_cost(int members) {
  return 1 + 0.05F * static_cast<float>(std::min(members, 20));
}

Step sibling_step(int last, int index, bool omission) {
  if (index == last + 1) {
    return {0, LevelTrouble::none};
  }
  if (omission && index > last) {
    return {omitted_cost(index - last - 1), LevelTrouble::none};
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

/// The outermost of the lists that belong together at the end of `state`: those below the last
/// definition.
int first_below_term(const State& state) {
  int first = state.depth;
  while (first > 0 && state.lists[static_cast<std::size_t>(first - 1)].alphabet != Alphabet::term) {
    --first;
  }
  return first;
}

Step child_step(const State& state, const Reading& reading, bool omission) {
  if (state.depth == most_levels) {
    return {};
  }
  float cost = 0;
  const int rank = static_cast<int>(reading.alphabet);
  const int outermost = first_below_term(state);
  for (int i = outermost; i < state.depth; ++i) {
    const OpenList& list = state.lists[static_cast<std::size_t>(i)];
    if (list.alphabet == reading.alphabet && list.form == reading.form) {
      cost += 30;
    }
  }
  if (state.depth == outermost) {
    // an excerpt may begin anywhere in a list, but it is nearly always the outermost one's (a) type
    cost += (omission ? 4.0F : 0.15F) * static_cast<float>(rank);
  } else {
    const OpenList& parent = state.lists[static_cast<std::size_t>(state.depth - 1)];
    const int distance = rank - static_cast<int>(parent.alphabet);
    cost += distance == 1 ? 0.0F : distance > 1 ? 2.0F + static_cast<float>(distance) : 4.0F;
  }
  if (reading.index == 0) {
    return {cost, LevelTrouble::none};
  }
  if (omission) {
    return {cost + omitted_cost(reading.index) + 0.5F, LevelTrouble::none};
  }
  return {cost + 22 + static_cast<float>(std::min(reading.index, 10)), LevelTrouble::gap};
}

/// The ways in which the term of a definition can continue `state`: beside the definition before
/// it, or as the first one below an open paragraph.
template<typename Take>
void continue_with_term(const State& state, const Marker& marker, Take take) {
  const int outermost = first_below_term(state);
  if (outermost > 0) {
    take(outermost - 1, 0.0F, LevelTrouble::none);
    return;
  }
  if (state.depth == most_levels) {
    return;
  }
  if (marker.inner || state.depth == 0) {
    take(state.depth, 0.0F, LevelTrouble::none);
    return;
  }
  // behind the second member of a list or a later one, the list is probably over
  const bool over = state.lists[static_cast<std::size_t>(state.depth - 1)].index > 0;
  take(state.depth, over ? 0.2F : 0.0F, LevelTrouble::none);
  for (int depth = 1; depth < state.depth; ++depth) {
    take(depth, 0.1F * static_cast<float>(state.depth - depth), LevelTrouble::none);
  }
}

/// The ways in which `reading` can continue `state`: `take(depth, cost, trouble)` for each.
template<typename Take>
void continuations(const State& state, const Marker& marker, const Reading& reading, Take take) {
  if (reading.alphabet == Alphabet::term) {
    continue_with_term(state, marker, take);
    return;
  }
  const Step child = child_step(state, reading, marker.omission);
  if (child.cost < hopeless) {
    // a deeper list that does not begin with its first member, in the wrong font: hardly ever
    const bool unlikely = child.trouble == LevelTrouble::gap && reading.cost > 0;
    take(state.depth, reading.cost + child.cost + (unlikely ? 20.0F : 0.0F), child.trouble);
  }
  if (marker.inner) {
    return;
  }
  for (int depth = 0; depth < state.depth; ++depth) {
    const OpenList& list = state.lists[static_cast<std::size_t>(depth)];
    if (list.alphabet == reading.alphabet && list.form == reading.form) {
      const Step step = sibling_step(list.index, reading.index, marker.omission);
      // an equal fit goes to the innermost list: (i) under an open (1) is roman
      const float closing = 0.1F * static_cast<float>(state.depth - depth);
      take(depth, reading.cost + step.cost + closing, step.trouble);
    }
  }
}

void apply(State& state, const Reading& reading, int depth) {
  state.lists[static_cast<std::size_t>(depth)] = {
      reading.alphabet, reading.form, static_cast<std::int16_t>(reading.index)};
  state.depth = depth + 1;
}

class Solver {
public:
  explicit Solver(std::span<const Marker> markers) : m_markers(markers) {}

  LevelSolution run() {
    LevelSolution solution{std::vector<Level>(m_markers.size()), 0};
    if (read_straight_on(solution.levels)) {
      return solution;
    }
    make_room();
    search(narrow_margin, no_limit);
    read_trail(solution);
    // costs only grow, so what was dropped can lead to nothing below the cost it had
    if (solution.cost >= m_least_dropped) {
      search(beam_margin, solution.cost);
      if (!m_beam.empty()) {
        read_trail(solution);
      }
    }
    return solution;
  }

private:
  /// Nine sections of ten have a reading in which every designator continues a list or opens the
  /// next deeper one, found without looking ahead; no other reading could be cheaper. False when
  /// some designator does not fit.
  bool read_straight_on(std::vector<Level>& levels) const {
    State state;
    for (std::size_t i = 0; i < m_markers.size(); ++i) {
      if (m_markers[i].omission) {
        return false; // what is left out must be weighed
      }
      const Readings readings = readings_at(i);
      float least = certain;
      const Reading* chosen = nullptr;
      int chosen_depth = 0;
      for (const Reading& reading : readings) {
        if (reading.cost >= certain) {
          continue;
        }
        continuations(
            state, m_markers[i], reading, [&](int depth, float cost, LevelTrouble trouble) {
              if (cost < least && trouble == LevelTrouble::none) {
                least = cost;
                chosen = &reading;
                chosen_depth = depth;
              }
            });
      }
      if (chosen == nullptr) {
        return false;
      }
      apply(state, *chosen, chosen_depth);
      levels[i] = {chosen_depth, LevelTrouble::none};
    }
    return true;
  }

  /// The readings of one marker where it stands: an "(i)" that no (ii) follows is a letter sooner
  /// than the only member of a Roman list.
  [[nodiscard]] Readings readings_at(std::size_t marker) const {
    constexpr float lone = 0.7F;
    Readings readings = read_marker(m_markers[marker]);
    if (m_markers[marker].token == "i" && !m_markers[marker].omission && is_lone_i(marker)) {
      readings.raise(Alphabet::roman, lone);
    }
    return readings;
  }

  [[nodiscard]] bool is_lone_i(std::size_t marker) const {
    const auto behind = m_markers.subspan(marker + 1);
    const auto next = std::find_if(behind.begin(), behind.end(), [](const Marker& other) {
      return other.token == "i" || other.token == "ii" || other.token == "j";
    });
    return next == behind.end() || next->token != "ii";
  }

  /// The level of one marker, behind what was chosen before it.
  struct Trail {
    int before = -1;
    Level level;
  };

  /// A way on from a kept state, not yet made into one: most are dropped.
  struct Candidate {
    float cost = 0;
    int from = 0;     ///< in the beam
    int reading = -1; ///< of the present marker; -1: prose
    int depth = -1;
    LevelTrouble trouble = LevelTrouble::none;
  };

  void make_room() {
    constexpr std::size_t many = 4 * beam_width;
    m_trails.reserve(many + m_markers.size());
    m_beam.reserve(beam_width);
    m_kept.reserve(beam_width);
    m_hashes.reserve(beam_width);
    m_candidates.reserve(many);
    m_ranked.reserve(many);
    m_sorted.reserve(many);
  }

  /// Leaves the readings found in the beam, the cheapest first. At every marker those are dropped
  /// that cost `margin` more than the best one, or more than `most`; there may be no other.
  void search(float margin, float most) {
    m_margin = margin;
    m_most = most;
    m_least_dropped = no_limit;
    m_trails.clear();
    m_beam.assign(1, {});
    for (std::size_t i = 0; i < m_markers.size(); ++i) {
      advance(i);
    }
  }

  /// What the cheapest reading in the beam chose.
  void read_trail(LevelSolution& solution) const {
    solution.cost = m_beam.front().cost;
    int at = m_beam.front().trail;
    for (std::size_t i = solution.levels.size(); i-- > 0;) {
      solution.levels[i] = m_trails[static_cast<std::size_t>(at)].level;
      at = m_trails[static_cast<std::size_t>(at)].before;
    }
  }

  void advance(std::size_t index) {
    const Marker& marker = m_markers[index];
    m_candidates.clear();
    m_ranked.clear();
    float most = m_most; // above it, a candidate is out of the beam
    const auto propose = [&](int from, int reading, int depth, float cost, LevelTrouble trouble) {
      if (cost <= most) {
        most = std::min(most, cost + m_margin);
        m_ranked.push_back(rank(cost, m_candidates.size()));
        m_candidates.push_back({cost, from, reading, depth, trouble});
      } else {
        m_least_dropped = std::min(m_least_dropped, cost);
      }
    };
    m_readings = readings_at(index);
    for (std::size_t i = 0; i < m_beam.size(); ++i) {
      const State& state = m_beam[i];
      const int from = static_cast<int>(i);
      bool placed = false;
      for (std::size_t reading = 0; reading < m_readings.size(); ++reading) {
        continuations(
            state, marker, m_readings[reading], [&](int depth, float cost, LevelTrouble trouble) {
              placed = true;
              propose(from, static_cast<int>(reading), depth, state.cost + cost, trouble);
            });
      }
      if (marker.doubtful || !placed) { // there is no place inside the deepest list
        propose(from, -1, -1, state.cost + prose_cost, LevelTrouble::none);
      }
    }
    keep_the_best();
  }

  [[nodiscard]] State follow(const Candidate& candidate) const {
    State state = m_beam[static_cast<std::size_t>(candidate.from)];
    if (candidate.reading >= 0) { // prose leaves the stack alone
      apply(state, m_readings[static_cast<std::size_t>(candidate.reading)], candidate.depth);
    }
    state.cost = candidate.cost;
    return state;
  }

  /// Sorts by cost, equal ones in the order in which they were proposed. Costs are not negative, so
  /// their bits sort as they do.
  static std::uint64_t rank(float cost, std::size_t order) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(cost)} << 32U | order;
  }

  [[nodiscard]] const Candidate& candidate(std::uint64_t rank) const {
    return m_candidates[static_cast<std::uint32_t>(rank)];
  }

  /// Different numbers. Each of a few is put behind as many as are less: a processor, which cannot
  /// foresee how they compare, does this sooner than a sort that branches.
  void sort(std::vector<std::uint64_t>& ranks) {
    constexpr std::size_t few = 48;
    if (ranks.size() > few) {
      std::sort(ranks.begin(), ranks.end());
      return;
    }
    m_sorted.resize(ranks.size());
    for (const std::uint64_t rank : ranks) {
      std::size_t less = 0;
      for (const std::uint64_t other : ranks) {
        less += other < rank ? 1 : 0;
      }
      m_sorted[less] = rank;
    }
    ranks.swap(m_sorted);
  }

  /// Notes `hash` as that of the next one when it is not.
  [[nodiscard]] bool is_kept(const State& state, std::uint64_t hash) {
    for (auto at = m_hashes.begin();; ++at) {
      at = std::find(at, m_hashes.end(), hash);
      if (at == m_hashes.end()) {
        m_hashes.push_back(hash);
        return false;
      }
      if (m_kept[static_cast<std::size_t>(at - m_hashes.begin())].same_stack(state)) {
        return true;
      }
    }
  }

  void keep_the_best() {
    m_kept.clear();
    m_hashes.clear();
    sort(m_ranked);
    const float most = m_ranked.empty() ? 0 : candidate(m_ranked.front()).cost + m_margin;
    for (const std::uint64_t rank : m_ranked) {
      const Candidate& best = candidate(rank);
      if (best.cost > most) {
        m_least_dropped = std::min(m_least_dropped, best.cost);
        break;
      }
      if (m_kept.size() == beam_width) {
        break;
      }
      State state = follow(best);
      if (!is_kept(state, state.stack_hash())) {
        m_trails.push_back({state.trail, {best.depth, best.trouble}});
        state.trail = static_cast<int>(m_trails.size() - 1);
        m_kept.push_back(state);
      }
    }
    m_beam.swap(m_kept);
  }

  std::span<const Marker> m_markers;
  float m_margin = 0;
  float m_most = 0;
  float m_least_dropped = 0;   ///< cost of the cheapest one that was
  std::vector<Trail> m_trails; ///< all that was kept once
  std::vector<State> m_beam;
  std::vector<State> m_kept;           ///< the beam to come
  std::vector<std::uint64_t> m_hashes; ///< of their stacks
  std::vector<Candidate> m_candidates;
  std::vector<std::uint64_t> m_ranked; ///< the candidates, see rank()
  std::vector<std::uint64_t> m_sorted;
  Readings m_readings;
};

} // namespace

LevelSolution solve_levels(std::span<const Marker> markers) {
  return markers.empty() ? LevelSolution{} : Solver(markers).run();
}

bool is_first_member(std::string_view token) {
  return token.size() == 1 && (token[0] == 'a' || token[0] == 'A' || token[0] == '1' ||
                               token[0] == 'i' || token[0] == 'I');
}

std::vector<std::string> members_between(std::string_view first, std::string_view last) {
  const Readings from = readings_of(first);
  const Readings to = readings_of(last);
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
          members.push_back(roman_numeral(index + 1));
          break;
        case Alphabet::upper_roman: {
          std::string upper = roman_numeral(index + 1);
          std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
            return static_cast<char>(c - 32);
          });
          members.push_back(std::move(upper));
          break;
        }
        case Alphabet::arabic:
        case Alphabet::italic_arabic:
        case Alphabet::term: // never two of them
          members.push_back(std::to_string(index + 1));
          break;
        }
      }
      if (members.front() == first && members.back() == last) { // not "05"
        return members;
      }
    }
  }
  return {};
}

} // namespace regtrail::parse
