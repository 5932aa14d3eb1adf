// Thresholds: which limit moved, and whether more is caught.
#include "diff/typed/polarity_internal.hpp"
#include "diff/typed/typed_internal.hpp"
#include "ear/threshold.hpp"
#include "model/characters.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace regtrail::diff::typed {

namespace {

using ear::Comparator;
using ear::Threshold;

bool contains_any(std::string_view text, const std::vector<std::string_view>& words) {
  return std::any_of(words.begin(), words.end(), [text](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

bool is_upper_bound(Comparator comparator) {
  return comparator == Comparator::less || comparator == Comparator::less_equal;
}

bool is_lower_bound(Comparator comparator) {
  return comparator == Comparator::greater || comparator == Comparator::greater_equal;
}

/// A bound of known sense: below for limits from above.
enum class Sense { unknown, above, below };

Sense sense_of(const Threshold& threshold) {
  if (is_upper_bound(threshold.comparator)) {
    return Sense::below;
  }
  if (is_lower_bound(threshold.comparator)) {
    return Sense::above;
  }
  if (threshold.comparator == Comparator::better) {
    const auto larger = ear::larger_is_better(threshold.subject);
    return !larger ? Sense::unknown : *larger ? Sense::above : Sense::below;
  }
  return Sense::unknown;
}

/// Words in front of a limit that make it a condition of measurement, so that its change has no
/// direction.
bool is_conditional(std::string_view text, std::size_t begin) {
  const std::size_t clause = text.find_last_of(";:", begin == 0 ? 0 : begin - 1);
  const std::size_t from = clause == std::string_view::npos || clause >= begin ? 0 : clause + 1;
  const auto lead = lowered(text.substr(from, begin - from));
  return contains_any(lead,
                      {"when measured",
                       "measured at",
                       "measured over",
                       "when operated",
                       "when operating",
                       "across a",
                       "over a distance",
                       "averaged over",
                       "within a period",
                       "at any point",
                       "however"});
}

/// Days and longer are deadlines and validities.
bool is_period(std::string_view unit) {
  const auto lower = lowered(unit);
  return contains_any(lower, {"day", "week", "month", "year"});
}

/// More caught, fewer caught, or unknown.
enum class Reach { unknown, wider, narrower };

/// `after` in the unit of `before`, nullopt where the units do not convert.
std::optional<Threshold> in_unit_of(const Threshold& before, Threshold after) {
  const auto value = ear::convert(after.value, after.unit, before.unit);
  if (!value) {
    return std::nullopt;
  }
  const bool same = after.unit == before.unit;
  after.value = *value;
  if (after.upper_value && !same) {
    after.upper_value = ear::convert(*after.upper_value, after.unit, before.unit);
  }
  after.unit = before.unit;
  return after;
}

Reach reach_of(const Threshold& before, const Threshold& after) {
  if (before.comparator == Comparator::between && after.comparator == Comparator::between) {
    // Print counts down as well: "370 nm to 245 nm".
    const auto [left_low, left_high] = std::minmax({before.value, before.upper_value.value_or(0)});
    const auto [right_low, right_high] = std::minmax({after.value, after.upper_value.value_or(0)});
    const double low = left_low - right_low;
    const double high = right_high - left_high;
    return low == 0 && high == 0   ? Reach::unknown
           : low >= 0 && high >= 0 ? Reach::wider
           : low <= 0 && high <= 0 ? Reach::narrower
                                   : Reach::unknown;
  }
  const Sense sense = sense_of(before);
  if (sense == Sense::unknown || sense != sense_of(after)) {
    return Reach::unknown;
  }
  if (before.value != after.value) {
    const bool higher = after.value > before.value;
    return (sense == Sense::below) == higher ? Reach::wider : Reach::narrower;
  }
  const bool was_open =
      before.comparator == Comparator::less || before.comparator == Comparator::greater;
  const bool is_open =
      after.comparator == Comparator::less || after.comparator == Comparator::greater;
  if (was_open == is_open) {
    return Reach::unknown;
  }
  return was_open ? Reach::wider : Reach::narrower;
}

std::string_view rule_for(const Threshold& before, const Threshold& after, Reach reach) {
  if (before.comparator == Comparator::between) {
    return reach == Reach::wider ? "a wider range catches more items"
                                 : "a narrower range catches fewer items";
  }
  if (before.value == after.value) {
    return reach == Reach::wider ? "the limit itself is now caught"
                                 : "the limit itself is no longer caught";
  }
  if (before.comparator == Comparator::better) {
    return reach == Reach::wider ? "a coarser 'or better' limit catches more items"
                                 : "a finer 'or better' limit catches fewer items";
  }
  if (sense_of(before) == Sense::below) {
    return reach == Reach::wider ? "a higher upper bound catches more items"
                                 : "a lower upper bound catches fewer items";
  }
  return reach == Reach::wider ? "a lower lower bound catches more items"
                               : "a higher lower bound catches fewer items";
}

/// How long before an act it must be announced, how long after one a duty must be met, how long
/// something is granted or may go on.
Verdict judge_period(const Change& change,
                     const Law& law,
                     const Threshold& before,
                     const Threshold& after) {
  const std::string& text = change.before;
  const Prose prose(text);
  constexpr std::size_t words_of_sign = 4; // "not exceeding" is part of the limit
  const std::size_t at = Prose(std::string_view(text).substr(0, before.begin)).size();
  const std::size_t begin = prose.sentence_begin(at);
  const std::size_t end = prose.sentence_end(at);
  const bool longer = after.value > before.value;
  const bool same_kind = sense_of(before) == sense_of(after) && before.value != after.value;
  if (same_kind && sense_of(before) == Sense::above &&
      prose.has_any(
          "days prior to|days before|days in advance|advance notice|prior notice", begin, end)) {
    return longer ? Verdict{Direction::tightened, "notice must be given earlier"}
                  : Verdict{Direction::loosened, "notice may be given later"};
  }
  if (same_kind && sense_of(before) == Sense::below && prose.has_any("must|shall", begin, end) &&
      !prose.has_any("bis|bureau|secretary", begin, end)) {
    return longer ? Verdict{Direction::loosened, "more time to comply"}
                  : Verdict{Direction::tightened, "less time to comply"};
  }
  if (same_kind && sense_of(before) == Sense::above && is_lasting_duty(prose, begin, end)) {
    return longer ? Verdict{Direction::tightened, "a duty lasts longer"}
                  : Verdict{Direction::loosened, "a duty ends earlier"};
  }
  if (same_kind && sense_of(before) == Sense::above && prose.has_any("may not", begin, at) &&
      prose.has_any("longer than|more than", at, at + words_of_sign)) {
    return longer ? Verdict{Direction::loosened, "what is barred begins later"}
                  : Verdict{Direction::tightened, "what is barred begins earlier"};
  }
  const bool granted =
      same_kind && sense_of(before) == Sense::below &&
      prose.has_any("period not exceeding|periods not exceeding|period of not more "
                    "than|periods of not more than|period not to exceed",
                    begin,
                    at + words_of_sign);
  if (granted && polarity_at(prose, at, surroundings_of(change, law, Side::before).polarity) ==
                     Polarity::frees) {
    return longer ? Verdict{Direction::loosened, "what frees lasts longer"}
                  : Verdict{Direction::tightened, "what frees ends earlier"};
  }
  return {Direction::unclear, "a period or deadline, not a property of items"};
}

/// A limit of days, also where an adjective stands in front of them: "25 calendar days".
bool limits_a_period(const std::string& text, const Threshold& limit) {
  constexpr std::size_t reach = 24;
  return is_period(limit.unit) ||
         contains_any(lowered(text.substr(std::min(limit.end, text.size()), reach)),
                      {"calendar day", "business day", "working day"});
}

/// "The total value may not exceed 12 times ...": what is allowed, not what is caught.
bool caps(std::string_view text, const Threshold& limit) {
  constexpr std::size_t reach = 8;
  const std::size_t begin = limit.begin > reach ? limit.begin - reach : 0;
  return contains_any(lowered(text.substr(begin, limit.end - begin)),
                      {"may not exceed", "must not exceed", "shall not exceed", "cannot exceed"});
}

Verdict
judge(const Change& change, const Law& law, const Threshold& before, const Threshold& printed) {
  const auto converted = in_unit_of(before, printed);
  if (limits_a_period(change.before, before) || limits_a_period(change.after, printed)) {
    return converted ? judge_period(change, law, before, *converted)
                     : Verdict{Direction::unclear, "the unit changed"};
  }
  if (!converted) {
    return {Direction::unclear, "the unit changed"};
  }
  const Threshold& after = *converted;
  const Reach reach = reach_of(before, after);
  if (before.comparator == Comparator::better && sense_of(before) == Sense::unknown) {
    return {Direction::unclear, "'or better' has no direction of its own for this noun"};
  }
  constexpr double rounding = 1e-9;
  if (before.unit != printed.unit && before.comparator == after.comparator && !before.upper_value &&
      !after.upper_value &&
      std::abs(before.value - after.value) <= rounding * std::abs(before.value)) {
    return {Direction::neutral, "the same limit in another unit"};
  }
  if (reach == Reach::unknown) {
    return {Direction::unclear, "the comparator changed its sense"};
  }
  if (is_conditional(change.before, before.begin) || is_conditional(change.after, after.begin)) {
    return {Direction::unclear, "the limit is a condition of measurement, not the control itself"};
  }
  const bool wider = reach == Reach::wider;
  if (change.at.kind() != CitationKind::eccn && caps(change.before, before)) {
    return wider ? Verdict{Direction::loosened, "a higher cap allows more"}
                 : Verdict{Direction::tightened, "a lower cap allows less"};
  }
  const std::size_t at = Prose(std::string_view(change.before).substr(0, before.begin)).size();
  switch (
      polarity_at(Prose(change.before), at, surroundings_of(change, law, Side::before).polarity)) {
  case Polarity::restricts:
    return {wider ? Direction::tightened : Direction::loosened, rule_for(before, after, reach)};
  case Polarity::frees:
    return {wider ? Direction::loosened : Direction::tightened,
            wider ? "a wider exclusion releases more items"
                  : "a narrower exclusion releases fewer items"};
  case Polarity::unknown:
    break;
  }
  return {Direction::unclear,
          "the place is no control text: more or fewer caught says nothing here"};
}

bool equal_limit(const Threshold& left, const Threshold& right) {
  return left.comparator == right.comparator && left.value == right.value &&
         left.upper_value == right.upper_value && left.unit == right.unit;
}

/// How well two limits correspond: same noun, same unit, same sense.
int likeness(const Threshold& left, const Threshold& right) {
  return (left.subject == right.subject ? 4 : 0) +
         (ear::convert(1.0, left.unit, right.unit) ? 2 : 0) +
         (sense_of(left) == sense_of(right) ? 1 : 0);
}

/// Limits of both sides without those that are equal and in the same order.
struct Unmatched {
  std::vector<Threshold> before;
  std::vector<Threshold> after;
};

/// Without the longest common subsequence of equal limits, beyond `cap` without the common
/// beginning and end only.
Unmatched unmatched(std::vector<Threshold> before, std::vector<Threshold> after) {
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && equal_limit(before[head], after[head])) {
    ++head;
  }
  std::size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         equal_limit(before[before.size() - 1 - tail], after[after.size() - 1 - tail])) {
    ++tail;
  }
  const auto cut = [head, tail](std::vector<Threshold>& limits) {
    limits.erase(limits.end() - static_cast<std::ptrdiff_t>(tail), limits.end());
    limits.erase(limits.begin(), limits.begin() + static_cast<std::ptrdiff_t>(head));
  };
  cut(before);
  cut(after);
  constexpr std::size_t cap = 64;
  if (before.size() > cap || after.size() > cap) {
    return {std::move(before), std::move(after)};
  }
  const std::size_t n = before.size();
  const std::size_t m = after.size();
  std::vector<std::vector<std::size_t>> common(n + 1, std::vector<std::size_t>(m + 1, 0));
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = m; j-- > 0;) {
      common[i][j] = equal_limit(before[i], after[j])
                         ? common[i + 1][j + 1] + 1
                         : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  Unmatched rest;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && equal_limit(before[i], after[j])) {
      ++i;
      ++j;
    } else if (j == m || (i < n && common[i + 1][j] >= common[i][j + 1])) {
      rest.before.push_back(before[i++]);
    } else {
      rest.after.push_back(after[j++]);
    }
  }
  return rest;
}

} // namespace

void type_thresholds(Change& change, const Law& law) {
  auto rest = unmatched(ear::find_thresholds(change.before), ear::find_thresholds(change.after));
  std::vector<bool> taken(rest.after.size(), false);
  for (const auto& before : rest.before) {
    std::size_t best = rest.after.size();
    for (std::size_t j = 0; j < rest.after.size(); ++j) {
      if (!taken[j] && likeness(before, rest.after[j]) >= 2 &&
          (best == rest.after.size() ||
           likeness(before, rest.after[j]) > likeness(before, rest.after[best]))) {
        best = j;
      }
    }
    if (best == rest.after.size()) {
      add(change,
          Type::threshold,
          before.subject,
          {to_string(before), ""},
          {Direction::unclear, "a limit was dropped beside other edits"});
      continue;
    }
    taken[best] = true;
    const auto& after = rest.after[best];
    add(change,
        Type::threshold,
        after.subject.empty() ? before.subject : after.subject,
        {to_string(before), to_string(after)},
        judge(change, law, before, after));
  }
  for (std::size_t j = 0; j < rest.after.size(); ++j) {
    if (!taken[j]) {
      add(change,
          Type::threshold,
          rest.after[j].subject,
          {"", to_string(rest.after[j])},
          {Direction::unclear, "a limit came beside other edits"});
    }
  }
}

} // namespace regtrail::diff::typed
