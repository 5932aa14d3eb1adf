#include "federal_register/instruction/designators.hpp"

#include "model/roman.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

namespace {

constexpr int longest_range = 400;

std::optional<int> letter_value(std::string_view lower) {
  if (lower.empty() || lower.size() > 3 || !is_lower(lower[0]) ||
      lower.find_first_not_of(lower[0]) != std::string_view::npos) {
    return std::nullopt;
  }
  return static_cast<int>(lower.size() - 1) * 26 + (lower[0] - 'a') + 1;
}

std::string_view inner(std::string_view step) {
  return step.substr(1, step.size() - 2);
}

bool all_upper(std::string_view token) {
  return !token.empty() && std::all_of(token.begin(), token.end(), is_upper);
}

/// Whether `next` fits below a path that is `depth` long, by the alphabets of the levels.
bool fits_at(const Path& next, std::size_t depth) {
  for (const auto& step : next) {
    if (!value_in(alphabet_at(depth++), inner(step))) {
      return false;
    }
  }
  return true;
}

Path spliced(const Path& previous, std::size_t depth, const Path& next) {
  Path path(previous.begin(), previous.begin() + static_cast<std::ptrdiff_t>(depth));
  path.insert(path.end(), next.begin(), next.end());
  return path;
}

/// Paths of definitions and of odd parts begin with a digit or a capital.
std::size_t first_level(const Path& path) {
  if (path.empty()) {
    return 0;
  }
  const std::string_view token = inner(path.front());
  if (value_in(Alphabet::lower, token)) {
    return 0;
  }
  return is_digit(token[0]) ? 1U : is_lower(token[0]) ? 2U : 3U;
}

struct SplitCode {
  std::string_view head;
  std::string_view tail;
};

/// "A-31" is "A-" and "31"; "1.iv" is "1." and "iv".
SplitCode split_code(std::string_view code) {
  std::size_t cut = code.size();
  while (cut > 0 && code[cut - 1] != '.' && code[cut - 1] != '-') {
    --cut;
  }
  return {code.substr(0, cut), code.substr(cut)};
}

/// All tokens from `first` to `last` in the first of `alphabets` that counts up from one to the
/// other; empty where none does.
std::vector<std::string> tokens_between(std::string_view first,
                                        std::string_view last,
                                        std::initializer_list<Alphabet> alphabets) {
  std::vector<std::string> tokens;
  for (const Alphabet alphabet : alphabets) {
    const auto begin = value_in(alphabet, first);
    const auto end = value_in(alphabet, last);
    if (begin && end && *end > *begin && *end - *begin <= longest_range) {
      for (int value = *begin; value <= *end; ++value) {
        tokens.push_back(token_of(alphabet, value));
      }
      break;
    }
  }
  return tokens;
}

} // namespace

bool is_designator(std::string_view token) {
  if (token.empty() || token.size() > 8) {
    return false;
  }
  const std::size_t dash = token.find('-');
  if (dash != std::string_view::npos) {
    const auto tail = token.substr(dash + 1);
    return is_designator(token.substr(0, dash)) && !tail.empty() && tail.size() <= 2 &&
           std::all_of(tail.begin(), tail.end(), is_digit);
  }
  if (is_digit(token[0])) {
    const std::size_t digits = std::min(token.find_first_not_of("0123456789"), token.size());
    return digits <= 3 && token.size() - digits <= 1 &&
           (token.size() == digits || is_alpha(token.back()));
  }
  const std::string lower = lowered(token);
  const bool same_case = all_upper(token) || lower == token;
  return same_case &&
         (letter_value(lower).has_value() || roman_designator_value(lower).has_value());
}

std::optional<int> value_in(Alphabet alphabet, std::string_view token) {
  switch (alphabet) {
  case Alphabet::lower:
    return letter_value(token);
  case Alphabet::upper:
    return all_upper(token) ? letter_value(lowered(token)) : std::nullopt;
  case Alphabet::lower_roman:
    return roman_designator_value(token);
  case Alphabet::upper_roman:
    return all_upper(token) ? roman_designator_value(lowered(token)) : std::nullopt;
  case Alphabet::digits: {
    std::size_t at = 0;
    const auto value = read_int(token, at);
    return value && at == token.size() ? value : std::nullopt;
  }
  }
  return std::nullopt;
}

std::string token_of(Alphabet alphabet, int value) {
  std::string token;
  switch (alphabet) {
  case Alphabet::digits:
    return std::to_string(value);
  case Alphabet::lower:
  case Alphabet::upper:
    token.assign(static_cast<std::size_t>((value - 1) / 26 + 1),
                 static_cast<char>('a' + (value - 1) % 26));
    break;
  case Alphabet::lower_roman:
  case Alphabet::upper_roman:
    token = roman_numeral(value);
    break;
  }
  if (alphabet == Alphabet::upper || alphabet == Alphabet::upper_roman) {
    std::transform(token.begin(), token.end(), token.begin(), [](char c) {
      return static_cast<char>(c - 'a' + 'A');
    });
  }
  return token;
}

Alphabet alphabet_at(std::size_t depth) {
  using enum Alphabet;
  constexpr std::array levels = {lower, digits, lower_roman, upper, digits, lower_roman};
  return depth < levels.size() ? levels[depth] : upper;
}

std::optional<Path> continued(const Path& previous, const Path& next) {
  if (previous.empty() || next.empty()) {
    return next.empty() ? std::nullopt : std::optional(next);
  }
  const std::size_t first = first_level(previous);
  const auto later = [&](std::size_t depth) {
    const auto before = value_in(alphabet_at(first + depth), inner(previous[depth]));
    const auto after = value_in(alphabet_at(first + depth), inner(next.front()));
    return before && after && (*after > *before || (*after == *before && next.size() > 1));
  };
  // A whole path from the first level needs no reading into it.
  const bool whole = next.size() > 1 && fits_at(next, first);
  for (std::size_t depth = previous.size(); depth-- > (whole ? 1U : 0U);) {
    if (fits_at(next, first + depth) && later(depth)) {
      return spliced(previous, depth, next);
    }
  }
  if (fits_at(next, first)) {
    return next;
  }
  for (std::size_t depth = previous.size(); depth-- > 0;) {
    if (fits_at(next, first + depth)) {
      return spliced(previous, depth, next);
    }
  }
  // Odd parts: a path in alphabets of its own.
  return next.size() == previous.size() ? std::optional(next) : std::nullopt;
}

std::optional<std::vector<Path>> path_range(const Path& first, const Path& last) {
  if (first.empty() || first.size() != last.size() ||
      !std::equal(first.begin(), first.end() - 1, last.begin())) {
    return std::nullopt;
  }
  using enum Alphabet;
  const Alphabet usual = alphabet_at(first_level(first) + first.size() - 1);
  const auto tokens = tokens_between(inner(first.back()),
                                     inner(last.back()),
                                     {usual, lower, digits, lower_roman, upper, upper_roman});
  std::vector<Path> range(tokens.size(), first);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    range[i].back() = "(" + tokens[i] + ")";
  }
  return range.empty() ? std::nullopt : std::optional(std::move(range));
}

std::optional<std::vector<std::string>> code_range(std::string_view first, std::string_view last) {
  const SplitCode from = split_code(first);
  SplitCode to = split_code(last);
  if (to.head.empty()) {
    to.head = from.head; // "A-31 through 41"
  }
  if (from.head != to.head || from.tail.size() > 8 || to.tail.size() > 8) {
    return std::nullopt;
  }
  using enum Alphabet;
  auto range = tokens_between(from.tail, to.tail, {digits, lower_roman, upper_roman, lower, upper});
  for (std::string& token : range) {
    token.insert(0, from.head);
  }
  return range.empty() ? std::nullopt : std::optional(std::move(range));
}

} // namespace regtrail::federal_register::instruction_detail
