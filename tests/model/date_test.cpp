#include "model/date.hpp"

#include <catch2/catch.hpp>

using regtrail::Date;
using regtrail::parse_date_expression;
using regtrail::parse_timestamp;

TEST_CASE("dates are read strictly and printed as they were read", "[date]") {
  CHECK(Date::parse("2026-09-01")->to_string() == "2026-09-01");
  CHECK(*Date::parse("2024-02-29") == Date(2024, 2, 29));
  const std::string text = GENERATE(as<std::string>{},
                                    "",
                                    "2026-9-1",
                                    "2026-02-30",
                                    "2025-02-29",
                                    "2026-13-01",
                                    "20260901",
                                    "2026-09-01T00:00:00",
                                    "2026-0a-01");
  INFO(text);
  CHECK_FALSE(Date::parse(text).has_value());
}

TEST_CASE("an offset is applied and UTC is printed", "[date]") {
  CHECK(regtrail::to_string(*parse_timestamp("2026-09-02T07:30:11+09:00")) ==
        "2026-09-01T22:30:11Z");
  CHECK(regtrail::to_string(*parse_timestamp("2026-09-02")) == "2026-09-02T00:00:00Z");
  CHECK(regtrail::to_string(*parse_timestamp("2026-09-02T07:30:11Z")) == "2026-09-02T07:30:11Z");
  CHECK_FALSE(parse_timestamp("2026-09-02T25:00:00Z").has_value());
  CHECK_FALSE(parse_timestamp("2026-09-02T07:30:11+9").has_value());
  CHECK_FALSE(parse_timestamp("yesterday").has_value());
}

TEST_CASE("relative dates count from the day they are given", "[date]") {
  const Date today(2026, 3, 31);
  CHECK(*parse_date_expression("today", today) == today);
  CHECK(*parse_date_expression("2 weeks ago", today) == Date(2026, 3, 17));
  CHECK(*parse_date_expression("1 month", today) == Date(2026, 2, 28));
  CHECK(*parse_date_expression("1 year ago", today) == Date(2025, 3, 31));
  CHECK(*parse_date_expression("2026-01-01", today) == Date(2026, 1, 1));
  CHECK(*parse_date_expression("2009", today) == Date(2009, 1, 1));
  CHECK_FALSE(parse_date_expression("209", today).has_value());
  CHECK_FALSE(parse_date_expression("0209", today).has_value());
  CHECK_FALSE(parse_date_expression("soon", today).has_value());
}
