#include "federal_register/instruction/levels.hpp"

#include "federal_register/instruction/designators.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>

namespace regtrail::federal_register::instruction_detail {

namespace {

constexpr std::array alphabets = [] {
  using enum Alphabet;
  return std::array{digits, lower, lower_roman, upper, upper_roman};
}();

/// "ii" is two here, never the 35th letter.
std::optional<int> position_in(Alphabet alphabet, std::string_view number) {
  const bool letters = alphabet == Alphabet::lower || alphabet == Alphabet::upper;
  if (letters && number.size() > 1 &&
      (value_in(Alphabet::lower_roman, number) || value_in(Alphabet::upper_roman, number))) {
    return std::nullopt;
  }
  return value_in(alphabet, number);
}

/// By how much `number` is behind `before` in an alphabet that both may be of; 0 when in none.
int distance(std::string_view before, std::string_view number) {
  int best = 0;
  for (const auto alphabet : alphabets) {
    const auto from = position_in(alphabet, before);
    const auto to = position_in(alphabet, number);
    if (from && to && *to > *from && (best == 0 || *to - *from < best)) {
      best = *to - *from;
    }
  }
  return best;
}

bool shares_alphabet(std::string_view one, std::string_view other) {
  for (const auto alphabet : alphabets) {
    if (position_in(alphabet, one) && position_in(alphabet, other)) {
      return true;
    }
  }
  return false;
}

std::size_t level_among(const std::vector<std::string>& open, std::string_view number) {
  if (!number.empty() && is_digit(number[0])) {
    return 0;
  }
  for (std::size_t level = open.size(); level-- > 1;) {
    if (distance(open[level], number) == 1) {
      return level;
    }
  }
  // "a", "A", "i" begin a level of their own, unless one of their alphabet is open already.
  const bool first = number == "a" || number == "A" || number == "i" || number == "I";
  for (std::size_t level = open.size(); !first && level-- > 1;) {
    if (open[level] == number) {
      return level;
    }
  }
  for (std::size_t level = open.size(); level-- > 1;) {
    if (!first && distance(open[level], number) > 0) {
      return level;
    }
  }
  for (std::size_t level = open.size(); !first && level-- > 1;) {
    if (shares_alphabet(open[level], number)) {
      return level;
    }
  }
  if (first) {
    // A sibling "a" behind "a" of the same alphabet: its level begins anew only below another.
    for (std::size_t level = open.size(); level-- > 1;) {
      if (open[level] == number && level + 1 == open.size()) {
        return level;
      }
    }
  }
  return open.size();
}

} // namespace

std::optional<std::string> read_number(Cursor& cursor) {
  const Token& token = cursor.peek();
  if (token.kind == TokenKind::designators && token.steps.size() == 1) {
    const std::string& step = token.steps.front();
    cursor.skip();
    return step.substr(1, step.size() - 2);
  }
  const bool run = token.kind == TokenKind::word || token.kind == TokenKind::code;
  if (!run || token.text.size() > 5 || !token.steps.empty() || !is_designator(token.text) ||
      !cursor.is(TokenKind::full_stop, 1)) {
    return std::nullopt;
  }
  std::string number(token.text);
  cursor.skip(2);
  return number;
}

std::size_t level_of(const std::vector<std::string>& open, std::string_view number) {
  constexpr std::size_t deepest = 7;
  return std::min(level_among(open, number), deepest);
}

} // namespace regtrail::federal_register::instruction_detail
