#include "model/federal_holiday.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

TEST_CASE("offices are closed at weekends and on the days on which holidays are observed",
          "[date]") {
  struct Row {
    Date day;
    std::string_view wanted;
  };

  const Row row = GENERATE(values<Row>({
      {Date(2026, 11, 9), ""},
      {Date(2026, 11, 7), "Saturday"},
      {Date(2026, 11, 8), "Sunday"},
      {Date(2026, 11, 11), "Veterans Day"},
      {Date(2026, 11, 26), "Thanksgiving Day"},
      {Date(2026, 11, 19), ""},
      {Date(2026, 7, 3), "Independence Day"}, // the 4th is a Saturday
      {Date(2027, 7, 5), "Independence Day"}, // the 4th is a Sunday
      {Date(2021, 12, 31), "New Year's Day"}, // of 2022, a Saturday
      {Date(2026, 1, 19), "Birthday of Martin Luther King, Jr."},
      {Date(2026, 2, 16), "Washington's Birthday"},
      {Date(2026, 5, 25), "Memorial Day"},
      {Date(2026, 6, 19), "Juneteenth"},
      {Date(2020, 6, 19), ""},
      {Date(2026, 9, 7), "Labor Day"},
      {Date(2026, 10, 12), "Columbus Day"},
      {Date(2028, 12, 25), "Christmas Day"},
  }));
  CAPTURE(row.day.to_string());
  CHECK(closed_for(row.day) == row.wanted);
}
