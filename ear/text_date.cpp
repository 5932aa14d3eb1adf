#include "ear/text_date.hpp"

#include "ear/date_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <chrono>

namespace regtrail::ear {

namespace {

constexpr std::string_view months =
    "january|february|march|april|may|june|july|august|september|october|november|december";

std::optional<Date> make_date(int year, int month, int day) {
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) {
    return std::nullopt;
  }
  return Date(std::chrono::sys_days{ymd});
}

/// "Sept.", "Mar", "October": the month's number, 0 if none; advances `pos`.
int read_month(std::string_view text, std::size_t& pos) {
  std::size_t end = pos;
  while (end < text.size() && is_alpha(text[end])) {
    ++end;
  }
  const std::size_t length = end - pos;
  int number = 0;
  const bool found = length >= 3 && any_phrase(months, [&](std::string_view month) {
                       ++number;
                       return (length == month.size() || length == 3 || length == 4) &&
                              length <= month.size() && has_at(text, pos, month.substr(0, length));
                     });
  if (!found) {
    return 0;
  }
  pos = end + (end < text.size() && text[end] == '.' ? 1U : 0U);
  return number;
}

/// ", 2026" behind month and day; a full stop in place of the comma is a misprint of real rules.
std::optional<Date> read_year(std::string_view text, std::size_t& pos, int month, int day) {
  const bool mark = text[pos] == ',' || text[pos] == '.';
  std::size_t at = skip_blanks(text, mark ? pos + 1 : pos);
  const std::size_t begin = at;
  const auto year = read_int(text, at);
  if (!year || at - begin != 4) {
    return std::nullopt;
  }
  pos = at;
  return make_date(*year, month, day);
}

std::optional<Date> read_named_date(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const int month = read_month(text, at);
  if (month == 0) {
    return std::nullopt;
  }
  at = skip_blanks(text, at);
  const auto day = read_int(text, at);
  if (!day || at >= text.size() || (text[at] != ',' && text[at] != '.' && text[at] != ' ')) {
    return std::nullopt;
  }
  const auto date = read_year(text, at, month, *day);
  if (date) {
    pos = at;
  }
  return date;
}

/// "20 February 2026"
std::optional<Date> read_day_first(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const auto day = read_int(text, at);
  if (!day || at - pos > 2) {
    return std::nullopt;
  }
  at = skip_blanks(text, at);
  const int month = read_month(text, at);
  if (month == 0 || at >= text.size()) {
    return std::nullopt;
  }
  const auto date = read_year(text, at, month, *day);
  if (date) {
    pos = at;
  }
  return date;
}

std::optional<Date> read_slashed_date(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const auto month = read_int(text, at);
  if (!month || at - pos > 2 || at >= text.size() || text[at] != '/') {
    return std::nullopt;
  }
  const std::size_t day_begin = ++at;
  const auto day = read_int(text, at);
  if (!day || at - day_begin > 2 || at >= text.size() || text[at] != '/') {
    return std::nullopt;
  }
  const std::size_t year_begin = ++at;
  const auto year = read_int(text, at);
  const std::size_t digits = at - year_begin;
  if (!year || (digits != 2 && digits != 4)) {
    return std::nullopt;
  }
  const auto date =
      make_date(digits == 4 ? *year : *year + (*year < 70 ? 2000 : 1900), *month, *day);
  if (date) {
    pos = at;
  }
  return date;
}

} // namespace

std::optional<Date> read_date(std::string_view text, std::size_t& pos) {
  if (pos >= text.size()) {
    return std::nullopt;
  }
  if (!is_digit(text[pos])) {
    return read_named_date(text, pos);
  }
  const auto slashed = read_slashed_date(text, pos);
  return slashed ? slashed : read_day_first(text, pos);
}

std::vector<TextDate> find_dates(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<TextDate> dates;
  for (std::size_t i = 0; i < plain.size();) {
    if (!is_alnum(plain[i]) || (i > 0 && (is_alnum(plain[i - 1]) || plain[i - 1] == '/'))) {
      ++i;
      continue;
    }
    std::size_t pos = i;
    if (const auto date = read_date(plain, pos)) {
      dates.push_back({*date, folded.original_begin(i), folded.original_end(pos)});
      i = pos;
    } else {
      ++i;
    }
  }
  return dates;
}

} // namespace regtrail::ear
