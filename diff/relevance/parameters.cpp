#include "diff/relevance/parameters.hpp"

#include "diff/relevance/term_text_internal.hpp"
#include "ear/threshold.hpp"
#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace regtrail::diff {

namespace {

using ear::Comparator;
using ear::Threshold;

// ---- units

/// A unit taken apart: "mPa" and "m^3/s" of "mPa m³/s".
struct UnitParts {
  std::string head;
  std::string tail; ///< without blanks and signs of multiplication, "per" as "/"
};

UnitParts parts_of_unit(std::string_view unit) {
  const Folded folded(unit);
  const auto text = trimmed(folded.text());
  std::size_t end = 0;
  while (end < text.size() && (is_alpha(text[end]) || text[end] == '%' || text[end] == '$' ||
                               static_cast<unsigned char>(text[end]) >= 0x80U)) {
    ++end;
  }
  UnitParts parts{std::string(text.substr(0, end)), {}};
  for (const auto word : split(text.substr(end), ' ')) {
    if (word == "per") {
      parts.tail += '/';
      continue;
    }
    for (const char c : word) {
      if (c != '*' && c != '.' && c != '^' && c != '-') {
        parts.tail += c;
      }
    }
  }
  return parts;
}

constexpr std::string_view ratio_units = "%|percent";

/// "400" in "ms" is 0.4 in "second"; nullopt where the two measure different things.
std::optional<double> convert(double value, std::string_view from, std::string_view to) {
  if (const auto same = ear::convert(value, from, to)) {
    return same;
  }
  const auto left = parts_of_unit(from);
  const auto right = parts_of_unit(to);
  // What is printed behind a percent sign says of what: "20% molar".
  const bool ratio = is_one_of(left.head, ratio_units) && is_one_of(right.head, ratio_units);
  const bool fits = left.tail == right.tail || (ratio && (left.tail.empty() || right.tail.empty()));
  return fits ? ear::convert(value, left.head, right.head) : std::nullopt;
}

/// "zones" and "elements" count something: they belong to the name of the figure.
bool is_measure(std::string_view unit) {
  const auto head = parts_of_unit(unit).head;
  return !head.empty() && (head == "$" || ear::is_unit(head));
}

// ---- names

struct Name {
  std::vector<std::string> words; ///< lower case; all have to stand beside the limit
};

constexpr std::string_view idle_words =
    "a|an|the|of|in|for|per|at|to|with|and|or|by|on|each|number|max|maximum|min|minimum|rated|"
    "typical|nominal|value";

/// What a unit says already.
bool is_implied(std::string_view word, std::string_view unit) {
  const auto measures = [&](std::string_view base) {
    return ear::convert(1.0, parts_of_unit(unit).head, base).has_value();
  };
  if (is_one_of(word, "mass|weight|net")) {
    return measures("g");
  }
  if (is_one_of(word, "content|concentration|fraction|share|ratio|molar|percentage")) {
    return measures("%");
  }
  return (word == "time" && measures("s")) || (word == "pressure" && measures("Pa")) ||
         (word == "power" && measures("W")) || (word == "voltage" && measures("V")) ||
         (word == "frequency" && measures("Hz")) || (word == "energy" && measures("J"));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const Folded folded(text);
  for (const char c : folded.text()) {
    if (is_alnum(c) || static_cast<unsigned char>(c) >= 0x80U) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) {
    words.push_back(std::move(word));
  }
  return words;
}

/// "switch" and "switching", "element" and "elements".
bool same_stem(std::string_view left, std::string_view right) {
  constexpr std::size_t stem = 5;
  constexpr std::size_t ending = 5;
  const auto [shorter, longer] = std::minmax({left.size(), right.size()});
  const auto common = static_cast<std::size_t>(
      std::mismatch(
          left.begin(), left.begin() + static_cast<std::ptrdiff_t>(shorter), right.begin())
          .first -
      left.begin());
  if (common == shorter && longer - shorter <= 1) {
    return longer == shorter || left.back() == 's' || right.back() == 's';
  }
  return common >= stem && longer - common <= ending;
}

bool is_acronym(std::string_view word) {
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), is_upper);
}

/// "TPP" of "total processing performance".
bool has_initials(const std::vector<std::string>& words, std::string_view initials) {
  for (std::size_t first = 0; first + initials.size() <= words.size(); ++first) {
    std::size_t fit = 0;
    while (fit < initials.size() &&
           to_lower(words[first + fit].front()) == to_lower(initials[fit])) {
      ++fit;
    }
    if (fit == initials.size()) {
      return true;
    }
  }
  return false;
}

/// A quantity as Japanese data sheets name it, and what the law may call it.
struct Quantity {
  std::string_view ja;
  std::string_view en; ///< one of them is enough
};

constexpr std::array quantities = {
    Quantity{"スイッチング時間", "switching time"},
    Quantity{"切替時間", "switching time"},
    Quantity{"応答時間", "response time"},
    Quantity{"線幅", "linewidth|line width|feature size"},
    Quantity{"解像度", "resolution"},
    Quantity{"分解能", "resolution"},
    Quantity{"口径", "aperture|nominal size|diameter"},
    Quantity{"圧力", "pressure"},
    Quantity{"流量", "flow rate"},
    Quantity{"純度", "purity"},
    Quantity{"温度", "temperature"},
    Quantity{"波長", "wavelength"},
    Quantity{"周波数", "frequency"},
    Quantity{"精度", "accuracy"},
    Quantity{"質量", "mass"},
    Quantity{"消費電力", "power consumption"},
    Quantity{"総処理性能", "total processing performance"},
    Quantity{"帯域幅", "bandwidth"},
};

/// The English names of a quantity: those of a Japanese one, else its own.
std::string_view english_names(std::string_view name) {
  const auto squeezed = make_term_text(name).squeezed;
  const auto* found = std::find_if(quantities.begin(), quantities.end(), [&](const auto& each) {
    return make_term_text(each.ja).squeezed == squeezed;
  });
  return found == quantities.end() ? name : found->en;
}

/// Whether `text` speaks of the figure by `name`.
bool names(std::string_view text, std::string_view name, const Parameter& parameter) {
  const auto found = words_of(text);
  std::vector<std::string> wanted = words_of(name);
  if (!parameter.unit.empty() && !is_measure(parameter.unit)) {
    for (auto& word : words_of(parameter.unit)) {
      wanted.push_back(std::move(word));
    }
  }
  const auto idle = [](const std::string& word) { return is_one_of(lowered(word), idle_words); };
  wanted.erase(std::remove_if(wanted.begin(), wanted.end(), idle), wanted.end());
  const bool all_implied = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return is_implied(lowered(word), parameter.unit);
  });
  const bool by_mass = all_implied && ear::convert(1.0, parameter.unit, "g").has_value();
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    const auto lower = lowered(word);
    if ((!all_implied || by_mass) && is_implied(lower, parameter.unit)) {
      return true;
    }
    return std::any_of(
               found.begin(),
               found.end(),
               [&](const std::string& other) { return same_stem(lowered(other), lower); }) ||
           (is_acronym(word) && has_initials(found, word));
  });
}

/// Whether `text` speaks of the figure.
bool names(std::string_view text, const Parameter& parameter) {
  const std::string_view name =
      is_japanese(parameter.name) ? english_names(parameter.name) : parameter.name;
  return name.empty() ? names(text, "", parameter) : any_phrase(name, [&](std::string_view each) {
    return names(text, each, parameter);
  });
}

// ---- limits

std::optional<bool> meets(const Threshold& limit, double value) {
  constexpr double tolerance = 1e-9;
  const double slack = std::abs(limit.value) * tolerance;
  switch (limit.comparator) {
  case Comparator::less:
    return value < limit.value - slack;
  case Comparator::less_equal:
    return value <= limit.value + slack;
  case Comparator::greater:
    return value > limit.value + slack;
  case Comparator::greater_equal:
    return value >= limit.value - slack;
  case Comparator::equal:
    return std::abs(value - limit.value) <= slack;
  case Comparator::between: {
    const auto [low, high] = std::minmax({limit.value, limit.upper_value.value_or(limit.value)});
    return value >= low - slack && value <= high + slack;
  }
  case Comparator::better:
    if (const auto larger = ear::larger_is_better(limit.subject)) {
      return *larger ? value > limit.value + slack : value < limit.value - slack;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

constexpr std::string_view governing_exclusions =
    "does not apply|do not apply|does not control|do not control|does not include|do not include|"
    "is not required|are not required|not controlled|not applicable|not subject to";
constexpr std::string_view clause_exclusions =
    "except|unless|other than|excluding|excluded|exempt|exempted|not specified|not including";

int count_phrases(std::string_view lower, std::string_view phrases) {
  return static_cast<int>(std::ranges::count_if(split(phrases, '|'), [&](std::string_view phrase) {
    return find_word(lower, phrase) != std::string_view::npos;
  }));
}

bool is_label_of_exception(std::string_view name) {
  return is_one_of(name, "LVS|GBS|TSR|IEC|STA|CIV|APP|ACM") || name.starts_with("Related") ||
         name.starts_with("License") || name.starts_with("Special Conditions");
}

/// What a limit does where no words turn it.
LimitSense sense_of_place(const Citation& at) {
  // De minimis: what has no more U.S. content is not subject to the EAR.
  if (at.kind() == CitationKind::section && at.name() == "734.4" && !at.steps().empty() &&
      is_one_of(at.steps().front().name, "(c)|(d)")) {
    return LimitSense::exclusion;
  }
  if (at.kind() != CitationKind::eccn) {
    return LimitSense::unknown;
  }
  const bool plain = std::ranges::none_of(at.steps(), [](const Step& step) {
    return is_label_of_exception(step.name) || step.name.find("Note") != std::string::npos;
  });
  return plain ? LimitSense::control : LimitSense::unknown;
}

std::string_view sentence_at(std::string_view text, std::size_t pos) {
  const std::size_t stop = pos == 0 ? std::string_view::npos : text.rfind(". ", pos - 1);
  const std::size_t begin = stop == std::string_view::npos ? 0 : stop + 2;
  return text.substr(begin, text.find(". ", pos) - begin);
}

LimitSense
sense_of(std::string_view line, const Threshold& limit, const Citation& at, std::string_view lead) {
  const auto sentence = lowered(sentence_at(line, limit.begin));
  const int turns = count_phrases(sentence, governing_exclusions) +
                    count_phrases(sentence, clause_exclusions) +
                    count_phrases(lowered(lead), governing_exclusions);
  return turns == 0 ? sense_of_place(at) : turns == 1 ? LimitSense::exclusion : LimitSense::unknown;
}

/// From the end of the sentence, clause or limit in front to the beginning of this limit, and from
/// its end to the next clause or limit.
struct Surroundings {
  std::string_view front;
  std::string_view behind;
};

Surroundings
surroundings(std::string_view line, const std::vector<Threshold>& limits, std::size_t i) {
  const std::size_t low = i == 0 ? 0 : limits[i - 1].end;
  const std::size_t high = i + 1 < limits.size() ? limits[i + 1].begin : line.size();
  auto front = line.substr(low, limits[i].begin - low);
  if (const auto mark = front.find_last_of(";:"); mark != std::string_view::npos) {
    front.remove_prefix(mark + 1);
  }
  if (const auto stop = front.rfind(". "); stop != std::string_view::npos) {
    front.remove_prefix(stop + 2);
  }
  // A defined term in the limit's own words says what it is about.
  if (limits[i].subject.find_first_of("\"'") != std::string::npos) {
    front = {};
  }
  const auto behind = line.substr(limits[i].end, high - limits[i].end);
  const auto clause = behind.substr(0, behind.find_first_of(";:,"));
  return {front, clause.substr(0, clause.find(". "))};
}

/// Indices of the limits of `line` that are about the figure.
std::vector<std::size_t>
limits_about(std::string_view line, const std::vector<Threshold>& limits, const Parameter& own) {
  std::vector<bool> in_front(limits.size(), false);
  std::vector<bool> fits(limits.size(), false);
  const std::string unit = is_measure(own.unit) ? own.unit : "";
  for (std::size_t i = 0; i < limits.size(); ++i) {
    fits[i] = convert(1.0, unit, limits[i].unit).has_value();
    in_front[i] =
        fits[i] &&
        names(std::string(surroundings(line, limits, i).front) + ' ' + limits[i].subject, own);
  }
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    // What stands behind a limit may be the noun of the next one.
    const bool claimed = i + 1 < limits.size() && in_front[i + 1];
    if (in_front[i] || (fits[i] && !claimed && names(surroundings(line, limits, i).behind, own))) {
      result.push_back(i);
    }
  }
  return result;
}

std::string words_of_limit(std::string_view line, const Threshold& limit) {
  const std::string span(line.substr(limit.begin, limit.end - limit.begin));
  return limit.subject.empty() ? span : limit.subject + ' ' + span;
}

/// A value that is no number, as printed: "7719-09-7".
void add_printed_value(std::vector<ParameterLimit>& result,
                       std::string_view line,
                       const Parameter& own,
                       const Citation& at,
                       std::string_view lead) {
  constexpr std::size_t shortest = 5;
  if (own.text.size() < shortest || std::none_of(own.text.begin(), own.text.end(), is_digit)) {
    return;
  }
  const std::size_t begin = find_word(line, lowered(own.text));
  if (begin == std::string_view::npos) {
    return;
  }
  Threshold place;
  place.begin = begin;
  result.push_back({0,
                    {},
                    std::string(line.substr(begin, own.text.size())),
                    true,
                    sense_of(line, place, at, lead),
                    begin,
                    begin + own.text.size()});
}

std::vector<ParameterLimit> limits_of_line(std::string_view line,
                                           const Parameter& own,
                                           const Citation& at,
                                           std::string_view lead) {
  std::vector<ParameterLimit> result;
  if (!own.value) {
    add_printed_value(result, line, own, at, lead);
    return result;
  }
  const auto limits = ear::find_thresholds(line);
  for (const std::size_t i : limits_about(line, limits, own)) {
    const auto value = convert(*own.value, is_measure(own.unit) ? own.unit : "", limits[i].unit);
    if (const auto met = meets(limits[i], *value)) {
      result.push_back({0,
                        {},
                        words_of_limit(line, limits[i]),
                        *met,
                        sense_of(line, limits[i], at, lead),
                        limits[i].begin,
                        limits[i].end});
    }
  }
  return result;
}

// ---- effects

/// The sense that the direction of the change gives: a wider limit that tightens is a control.
LimitSense sense_by_direction(const Change& change) {
  LimitSense sense = LimitSense::unknown;
  for (const TypedChange& typed : change.typed) {
    if (typed.type != TypedChangeType::threshold || typed.direction == Direction::unclear ||
        typed.direction == Direction::neutral) {
      continue;
    }
    const auto before = ear::find_thresholds(typed.before);
    const auto after = ear::find_thresholds(typed.after);
    if (before.size() != 1 || after.size() != 1 || before[0].comparator != after[0].comparator) {
      continue;
    }
    const auto value = ear::convert(after[0].value, after[0].unit, before[0].unit);
    const bool upper =
        before[0].comparator == Comparator::less || before[0].comparator == Comparator::less_equal;
    const bool lower = before[0].comparator == Comparator::greater ||
                       before[0].comparator == Comparator::greater_equal;
    if (!value || *value == before[0].value || (!upper && !lower)) {
      continue;
    }
    const bool wider = (*value > before[0].value) == upper;
    const auto found = wider == (typed.direction == Direction::tightened) ? LimitSense::control
                                                                          : LimitSense::exclusion;
    if (sense != LimitSense::unknown && sense != found) {
      return LimitSense::unknown;
    }
    sense = found;
  }
  return sense;
}

/// Whether the control reaches the product as far as its figures say: limits joined by "or" are
/// alternatives, all others have to hold together. nullopt where a sense is not known.
std::optional<bool> inside(std::string_view text, std::vector<ParameterLimit> limits) {
  std::sort(limits.begin(), limits.end(), [](const auto& left, const auto& right) {
    return left.begin < right.begin;
  });
  const auto sense = limits.front().sense;
  if (sense == LimitSense::unknown ||
      std::any_of(limits.begin(), limits.end(), [sense](const ParameterLimit& limit) {
        return limit.sense != sense;
      })) {
    return std::nullopt;
  }
  bool met = false;
  bool group = true;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (i > 0 && limits[i].begin > limits[i - 1].end &&
        find_word(text.substr(limits[i - 1].end, limits[i].begin - limits[i - 1].end), "or") !=
            std::string_view::npos) {
      met = met || group;
      group = true;
    }
    group = group && limits[i].meets;
  }
  met = met || group;
  return met == (sense == LimitSense::control);
}

ParameterEffect effect_of(bool before, bool after) {
  return before ? (after ? ParameterEffect::still_inside : ParameterEffect::now_outside)
                : (after ? ParameterEffect::now_inside : ParameterEffect::still_outside);
}

/// The limits of one side that the other side lacks, of one figure.
std::vector<ParameterLimit> unmatched(const std::vector<ParameterLimit>& side,
                                      const std::vector<ParameterLimit>& other,
                                      std::size_t parameter) {
  std::vector<ParameterLimit> rest;
  auto left = other;
  for (const auto& limit : side) {
    if (limit.parameter != parameter) {
      continue;
    }
    const auto same = std::find_if(left.begin(), left.end(), [&](const ParameterLimit& each) {
      return each.parameter == parameter && each.words == limit.words;
    });
    if (same == left.end()) {
      rest.push_back(limit);
    } else {
      left.erase(same);
    }
  }
  return rest;
}

constexpr double known_effect_weight = 1.0;
constexpr double unknown_effect_weight = 0.5;

Reason make_reason(const Change& change,
                   const ParameterLimit& limit,
                   std::optional<bool> before,
                   std::optional<bool> after) {
  Reason reason{Signal::parameter, limit.words, change.at.to_string(), unknown_effect_weight};
  reason.own = limit.own;
  if (before && after) {
    reason.effect = effect_of(*before, *after);
    reason.weight = known_effect_weight;
  }
  return reason;
}

/// Of a text that came or went: one line is one paragraph.
void add_effects_of_whole(std::vector<Reason>& reasons,
                          const Product& product,
                          const Change& change,
                          bool came) {
  const std::string_view text = came ? change.after : change.before;
  for (const auto line : split(text, '\n')) {
    const auto limits = parameter_limits(product, line, change.at);
    for (const auto& limit : limits) {
      const auto now = inside(line, limits);
      const auto gone = now ? std::optional(false) : std::nullopt;
      reasons.push_back(make_reason(change, limit, came ? gone : now, came ? now : gone));
    }
  }
}

} // namespace

std::string text_of(const Parameter& parameter) {
  std::string text = parameter.name;
  for (const auto& piece : {parameter.text, parameter.unit}) {
    text += (text.empty() || piece.empty() ? "" : " ") + piece;
  }
  return text;
}

std::vector<ParameterLimit> parameter_limits(const Product& product,
                                             std::string_view text,
                                             const Citation& at,
                                             std::string_view lead) {
  std::vector<ParameterLimit> result;
  for (const auto line : split(text, '\n')) {
    const auto offset = static_cast<std::size_t>(line.data() - text.data());
    for (std::size_t i = 0; i < product.parameters.size(); ++i) {
      for (auto& limit : limits_of_line(line, product.parameters[i], at, lead)) {
        limit.parameter = i;
        limit.own = text_of(product.parameters[i]);
        limit.begin += offset;
        limit.end += offset;
        result.push_back(std::move(limit));
      }
    }
  }
  return result;
}

bool is_inside(std::string_view text, const std::vector<ParameterLimit>& limits) {
  return !limits.empty() && inside(text, limits).value_or(false);
}

std::vector<Reason> parameter_effects(const Product& product, const Change& change) {
  std::vector<Reason> reasons;
  if (change.kind == ChangeKind::added || change.kind == ChangeKind::removed) {
    add_effects_of_whole(reasons, product, change, change.kind == ChangeKind::added);
    return reasons;
  }
  auto before = parameter_limits(product, change.before, change.at);
  auto after = parameter_limits(product, change.after, change.at);
  if (const auto sense = sense_by_direction(change); sense != LimitSense::unknown) {
    for (auto* side : {&before, &after}) {
      for (auto& limit : *side) {
        // Where the words of the paragraph contradict its direction nothing is claimed.
        limit.sense = limit.sense == LimitSense::unknown || limit.sense == sense
                          ? sense
                          : LimitSense::unknown;
      }
    }
  }
  for (std::size_t i = 0; i < product.parameters.size(); ++i) {
    const auto gone = unmatched(before, after, i);
    const auto come = unmatched(after, before, i);
    for (std::size_t k = 0; k < std::max(gone.size(), come.size()); ++k) {
      const auto& limit = k < come.size() ? come[k] : gone[k];
      // Without a limit the paragraph holds every figure, or in an exclusion lets every one go; a
      // value that is printed no more holds none.
      const bool number = product.parameters[i].value.has_value();
      const bool unlimited = number == (limit.sense == LimitSense::control);
      const auto stands = [&](std::string_view text, const std::vector<ParameterLimit>& limits) {
        const bool some = std::any_of(
            limits.begin(), limits.end(), [&](const auto& each) { return each.parameter == i; });
        return some                                 ? inside(text, limits)
               : limit.sense == LimitSense::unknown ? std::nullopt
                                                    : std::optional(unlimited);
      };
      reasons.push_back(
          make_reason(change, limit, stands(change.before, before), stands(change.after, after)));
    }
  }
  return reasons;
}

} // namespace regtrail::diff
