#include "model/federal_holiday.hpp"

#include <array>
#include <chrono>

namespace regtrail {

namespace {

using namespace std::chrono;

struct Fixed {
  month_day day;
  int since; ///< year
  std::string_view name;
};

constexpr std::array fixed_days{Fixed{January / 1, 1870, "New Year's Day"},
                                Fixed{June / 19, 2021, "Juneteenth"},
                                Fixed{July / 4, 1870, "Independence Day"},
                                Fixed{November / 11, 1938, "Veterans Day"},
                                Fixed{December / 25, 1870, "Christmas Day"}};

/// The n-th such weekday of a month; 5 is the last.
struct Moving {
  month when;
  weekday day;
  unsigned nth;
  std::string_view name;
};

constexpr std::array moving_days{Moving{January, Monday, 3, "Birthday of Martin Luther King, Jr."},
                                 Moving{February, Monday, 3, "Washington's Birthday"},
                                 Moving{May, Monday, 5, "Memorial Day"},
                                 Moving{September, Monday, 1, "Labor Day"},
                                 Moving{October, Monday, 2, "Columbus Day"},
                                 Moving{November, Thursday, 4, "Thanksgiving Day"}};

sys_days observed(sys_days day) {
  const weekday on{day};
  return on == Saturday ? day - days(1) : on == Sunday ? day + days(1) : day;
}

sys_days in_year(const Moving& each, year in) {
  constexpr unsigned last_of_month = 5;
  return each.nth == last_of_month ? sys_days(in / each.when / each.day[last])
                                   : sys_days(in / each.when / each.day[each.nth]);
}

} // namespace

std::string_view closed_for(Date day) {
  const weekday on{day.days()};
  if (on == Saturday || on == Sunday) {
    return on == Saturday ? "Saturday" : "Sunday";
  }
  const year in = year_month_day{day.days()}.year();
  for (const Fixed& each : fixed_days) {
    // New Year's Day may be observed in the year before.
    for (const year of : {in, in + years(1)}) {
      if (static_cast<int>(of) >= each.since && observed(sys_days(of / each.day)) == day.days()) {
        return each.name;
      }
    }
  }
  for (const Moving& each : moving_days) {
    if (in_year(each, in) == day.days()) {
      return each.name;
    }
  }
  return "";
}

} // namespace regtrail
