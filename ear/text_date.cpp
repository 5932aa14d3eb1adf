#include "ear/text_date.hpp"

#include "ear/date_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace regtrail::ear {

namespace {

constexpr std::array<std::string_view, 12> months = {"january",
                                                     "february",
                                                     "march",
                                                     "april",
                                                     "may",
                                                     "june",
                                                     "july",
                                                     "august",
                                                     "september",
                                                     "october",
                                                     "november",
                                                     "december"};

std::optional<Date> make_date(int year, int month, int day) {
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) {
    return std::nullopt;
  }
  return Date(std::chrono::sys_days{ymd});
}

/// "Sept.", "Mar", "October": the month's number and the end of the word, 0 if none.
int read_month(std::string_view text, std::size_t& pos) {
  const auto named = [&](std::string_view month) { return has_at(text, pos, month.substr(0, 3)); };
  const char first = to_lower(text[pos]);
  if (std::none_of(months.begin(), months.end(), [&](std::string_view month) {
        return month[0] == first && named(month);
      })) {
    return 0; // most words
  }
  std::size_t end = pos;
  while (end < text.size() && is_alpha(text[end])) {
    ++end;
  }
  const std::size_t length = end - pos;
  if (length < 3 || length > 9) {
    return 0;
  }
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (months[i][0] == first && length <= months[i].size() &&
        has_at(text, pos, months[i].substr(0, length)) &&
        (length == months[i].size() || length == 3 || length == 4)) {
      pos = end;
      if (pos < text.size() && text[pos] == '.') {
        ++pos;
      }
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

std::optional<Date> read_named_date(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const int month = read_month(text, at);
  if (month == 0) {
    return std::nullopt;
  }
  at = skip_blanks(text, at);
  const auto day = read_int(text, at);
  if (!day || at >= text.size() || (text[at] != ',' && text[at] != ' ')) {
    return std::nullopt;
  }
  at = skip_blanks(text, text[at] == ',' ? at + 1 : at);
  const std::size_t year_begin = at;
  const auto year = read_int(text, at);
  if (!year || at - year_begin != 4) {
    return std::nullopt;
  }
  const auto date = make_date(*year, month, *day);
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
  return is_digit(text[pos]) ? read_slashed_date(text, pos) : read_named_date(text, pos);
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
