#include "model/date.hpp"

#include "model/characters.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace regtrail {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// All of `text` as a number of digits only.
std::optional<int> parse_digits(std::string_view text) {
  int value = 0;
  if (text.empty() || text.size() > 6) {
    return std::nullopt;
  }
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

Date minus_months(Date date, int months) {
  year_month_day ymd{date.days()};
  ymd -= std::chrono::months{months};
  if (!ymd.ok()) {
    ymd = ymd.year() / ymd.month() / std::chrono::last;
  }
  return Date(sys_days{ymd});
}

/// Seconds since midnight of "HH:MM:SS".
std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') {
    return std::nullopt;
  }
  const auto hours = parse_digits(text.substr(0, 2));
  const auto minutes = parse_digits(text.substr(3, 2));
  const auto seconds = parse_digits(text.substr(6, 2));
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) {
    return std::nullopt;
  }
  return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
         std::chrono::seconds{*seconds};
}

/// "Z", "" or "+09:00".
std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  if (text.empty() || text == "Z") {
    return std::chrono::minutes{0};
  }
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
    return std::nullopt;
  }
  const auto hours = parse_digits(text.substr(1, 2));
  const auto minutes = parse_digits(text.substr(4, 2));
  if (!hours || !minutes || *hours > 14 || *minutes > 59) {
    return std::nullopt;
  }
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return text[0] == '+' ? offset : -offset;
}

} // namespace

Result<Date> Date::parse(std::string_view iso) {
  const auto bad = [&] {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not a date; write it as YYYY-MM-DD, e.g. 2026-09-01", iso));
  };
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') {
    return bad();
  }
  const auto year = parse_digits(iso.substr(0, 4));
  const auto month = parse_digits(iso.substr(5, 2));
  const auto day = parse_digits(iso.substr(8, 2));
  if (!year || !month || !day) {
    return bad();
  }
  const year_month_day ymd{std::chrono::year{*year},
                           std::chrono::month{static_cast<unsigned>(*month)},
                           std::chrono::day{static_cast<unsigned>(*day)}};
  if (!ymd.ok()) {
    return bad();
  }
  return Date(sys_days{ymd});
}

std::string Date::to_string() const {
  const year_month_day ymd{m_days};
  return fmt::format("{:04}-{:02}-{:02}",
                     static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

int Date::year() const {
  return static_cast<int>(year_month_day{m_days}.year());
}

std::string to_string(Timestamp instant) {
  const auto day = std::chrono::floor<days>(instant);
  const std::chrono::hh_mm_ss clock{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z",
                     Date(day).to_string(),
                     clock.hours().count(),
                     clock.minutes().count(),
                     clock.seconds().count());
}

Result<Timestamp> parse_timestamp(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not a time; write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS with Z or "
                            "an offset such as +09:00",
                            text));
  };
  if (text.size() < 10) {
    return bad();
  }
  const auto date = Date::parse(text.substr(0, 10));
  if (!date) {
    return bad();
  }
  if (text.size() == 10) {
    return Timestamp(date->days());
  }
  if (text.size() < 19 || (text[10] != 'T' && text[10] != ' ')) {
    return bad();
  }
  const auto clock = parse_clock(text.substr(11, 8));
  const auto offset = parse_offset(text.substr(19));
  if (!clock || !offset) {
    return bad();
  }
  return Timestamp(date->days()) + *clock - *offset;
}

Date date_of(Timestamp instant) {
  return Date(std::chrono::floor<days>(instant));
}

Result<Date> parse_date_expression(std::string_view text, Date today) {
  const std::string word = lowered(text);
  if (word == "today") {
    return today;
  }
  if (word == "yesterday") {
    return today - days{1};
  }
  const auto blank = word.find(' ');
  if (blank != std::string::npos) {
    const auto count = parse_digits(std::string_view(word).substr(0, blank));
    std::string unit = word.substr(blank + 1);
    if (unit.ends_with(" ago")) {
      unit.resize(unit.size() - 4);
    }
    if (unit.ends_with('s')) {
      unit.pop_back();
    }
    if (count && unit == "day") {
      return today - days{*count};
    }
    if (count && unit == "week") {
      return today - days{7 * *count};
    }
    if (count && unit == "month") {
      return minus_months(today, *count);
    }
    if (count && unit == "year") {
      return minus_months(today, 12 * *count);
    }
  }
  if (const auto year = parse_digits(word); year && word.size() == 4 && *year >= 1900) {
    return Date(*year, 1, 1);
  }
  auto date = Date::parse(text);
  if (!date) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not a date; write YYYY-MM-DD, YYYY, today, yesterday or e.g. "
                            "\"2 weeks ago\"",
                            text));
  }
  return date;
}

} // namespace regtrail
