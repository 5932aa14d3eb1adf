#include "ear/license_exception.hpp"

#include "model/scan.hpp"

namespace regtrail::ear {

namespace {

/// "NAC/ACA:" in front of the answer; "" if the text begins at once.
std::string_view read_symbol(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (is_upper(text[end]) || text[end] == '/')) {
    ++end;
  }
  return end >= 3 && end < text.size() && text[end] == ':' ? text.substr(0, end)
                                                           : std::string_view{};
}

} // namespace

std::vector<Money> find_money(std::string_view text) {
  std::vector<Money> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      continue;
    }
    std::size_t at = skip_blanks(text, i + 1);
    std::int64_t dollars = 0;
    std::size_t digits = 0;
    while (at < text.size() && digits < 15 &&
           (is_digit(text[at]) ||
            (text[at] == ',' && digits > 0 && at + 1 < text.size() && is_digit(text[at + 1])))) {
      if (is_digit(text[at])) {
        dollars = dollars * 10 + (text[at] - '0');
        ++digits;
      }
      ++at;
    }
    if (digits > 0) {
      found.push_back({dollars, i, at, std::string(text.substr(i, at - i))});
      i = at - 1;
    }
  }
  return found;
}

ExceptionLine parse_exception_line(std::string_view text) {
  const Folded folded(text);
  auto plain = trimmed(folded.text());
  ExceptionLine line;
  line.symbol = read_symbol(plain);
  if (!line.symbol.empty()) {
    plain = trimmed(plain.substr(line.symbol.size() + 1));
  }
  line.limits = find_money(plain);
  std::size_t taken = 0;
  if (has_word_at(plain, 0, "n/a") || has_word_at(plain, 0, "no") ||
      has_word_at(plain, 0, "none")) {
    taken = has_word_at(plain, 0, "no") ? 2 : has_word_at(plain, 0, "n/a") ? 3 : 4;
    line.answer = ExceptionLine::Answer::no;
  } else if (has_word_at(plain, 0, "yes")) {
    taken = 3;
    line.answer = ExceptionLine::Answer::yes;
  } else if (!line.limits.empty() && line.limits.front().begin == 0) {
    taken = line.limits.front().end;
    line.answer = ExceptionLine::Answer::yes;
  }
  line.rest = trimmed(plain.substr(taken), ".,;:");
  if (!line.rest.empty() && line.answer == ExceptionLine::Answer::yes) {
    line.answer = ExceptionLine::Answer::yes_with_limits;
  }
  return line;
}

} // namespace regtrail::ear
