// Calendar dates and instants. The services speak of plain calendar dates (U.S. Eastern business
// days); only fetch times are instants, kept in UTC. Nothing here reads a clock.
#pragma once

#include "model/error.hpp"

#include <chrono>
#include <compare>
#include <string>
#include <string_view>

namespace regtrail {

/// A calendar day without a zone.
class Date {
public:
  Date() = default;

  constexpr explicit Date(std::chrono::sys_days days) : m_days(days) {}

  Date(int year, unsigned month, unsigned day)
      : m_days(std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}) {}

  /// "YYYY-MM-DD" only; a day that does not exist is an error.
  static Result<Date> parse(std::string_view iso);

  [[nodiscard]] std::string to_string() const; ///< "YYYY-MM-DD"

  [[nodiscard]] constexpr std::chrono::sys_days days() const { return m_days; }

  [[nodiscard]] int year() const;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

  friend constexpr Date operator+(Date date, std::chrono::days count) {
    return Date(date.m_days + count);
  }

  friend constexpr Date operator-(Date date, std::chrono::days count) {
    return Date(date.m_days - count);
  }

  friend constexpr std::chrono::days operator-(Date left, Date right) {
    return left.m_days - right.m_days;
  }

private:
  std::chrono::sys_days m_days{};
};

/// An instant in UTC with a resolution of one second.
using Timestamp = std::chrono::sys_seconds;

/// "2026-09-01T22:30:11Z".
[[nodiscard]] std::string to_string(Timestamp instant);

/// Accepts "YYYY-MM-DD" (midnight UTC), "YYYY-MM-DDTHH:MM:SS" with "Z" or an offset "+09:00".
Result<Timestamp> parse_timestamp(std::string_view text);

/// The calendar day of the instant in UTC.
[[nodiscard]] Date date_of(Timestamp instant);

/// A day as people write it on the command line, relative to `today`: "2026-09-01", "today",
/// "yesterday", "3 days ago", "2 weeks", "6 months", "1 year", "2009" (its first day).
Result<Date> parse_date_expression(std::string_view text, Date today);

} // namespace regtrail
