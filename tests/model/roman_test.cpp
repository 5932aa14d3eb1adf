#include "model/roman.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

TEST_CASE("a roman numeral is read only as it is written", "[model]") {
  CHECK(roman_numeral(4) == "iv");
  CHECK(roman_numeral(88) == "lxxxviii");
  CHECK(roman_value("xlix") == 49);
  for (int value = 1; value <= 200; ++value) {
    CHECK(roman_value(roman_numeral(value)) == value);
  }
  for (const auto* text : {"", "iiii", "ic", "vx", "a", "IV"}) {
    CHECK_FALSE(roman_value(text).has_value());
  }
}

TEST_CASE("a paragraph (c) or (l) is a letter, (ii) and (xl) are numbers", "[model]") {
  CHECK_FALSE(roman_designator_value("c").has_value());
  CHECK_FALSE(roman_designator_value("l").has_value());
  CHECK(roman_designator_value("ii") == 2);
  CHECK(roman_designator_value("xl") == 40);
}
