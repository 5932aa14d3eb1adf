#include "ear/threshold.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace regtrail;
using ear::find_thresholds;

namespace {

std::vector<std::string> limits(std::string_view text) {
  std::vector<std::string> result;
  for (const auto& threshold : find_thresholds(text)) {
    result.push_back(ear::to_string(threshold));
  }
  return result;
}

std::string_view span_of(std::string_view text, std::size_t i = 0) {
  const auto found = find_thresholds(text);
  return i < found.size() ? text.substr(found[i].begin, found[i].end - found[i].begin)
                          : std::string_view{};
}

} // namespace

TEST_CASE("every comparator phrase of the CCL gives its sign", "[ear]") {
  struct Row {
    const char* text;
    std::vector<std::string> expected;
  };

  const auto row = GENERATE(values<Row>({
      {"a rated output exceeding 80 W/kg; and", {"> 80 W/kg"}},
      {"a gap greater than 7 microns per minute", {"> 7 microns per minute"}},
      {"a bath of less than 300 milliseconds", {"< 300 milliseconds"}},
      {"a beam energy of 20 keV or more", {">= 20 keV"}},
      {"more than 68 terminals", {"> 68"}},
      {"feature size of 45 nm or less;", {"<= 45 nm"}},
      {"rated at 100 MHz or greater", {">= 100 MHz"}},
      {"up to and including 6.8 GHz", {"<= 6.8 GHz"}},
      {"but not exceeding 90 GHz", {"<= 90 GHz"}},
      {"a floor not exceeding 3 dB", {"<= 3 dB"}},
      {"an ambient temperature below 50 K", {"< 50 K"}},
      {"equal to or greater than 100 nF", {">= 100 nF"}},
      {"greater than or equal to 10 individually set zones", {">= 10"}},
      {"at least 300 kilometers", {">= 300 kilometers"}},
      {"operates above 398 K", {"> 398 K"}},
      {"less than or equal to 2.40 nm", {"<= 2.40 nm"}},
      {"equal to or less (better) than 4.5 K", {"<= 4.5 K"}},
      {"less (better) than 17 nm", {"< 17 nm"}},
      {"resolution better than 11 bits", {"11 bits or better"}},
      {"meets or exceeds 20 W", {">= 20 W"}},
      {"precision of 1 micrometer or finer", {"<= 1 micrometer"}},
      {"accuracy of 5 micrometers or better", {"5 micrometers or better"}},
      {"equal to or exceeding 65 dB", {">= 65 dB"}},
      {"spacing finer than 2.5 mm", {"< 2.5 mm"}},
      {"within 5 days", {"<= 5 days"}},
      {"an index >0.0128 but \u226470 WT", {"> 0.0128", "<= 70 WT"}},
      {"of less than or equal 2 percent", {"<= 2 percent"}},
      {"mixtures containing 15% molar or more of argon", {">= 15%"}},
  }));
  INFO(row.text);
  CHECK(limits(row.text) == row.expected);
}

TEST_CASE("a conversion in parentheses belongs to its limit and is no limit of its own", "[ear]") {
  const std::string text =
      "run at or below 958 K (685 \u00b0C), equal to or below 958 K (685 \u00b0C).";
  const auto found = find_thresholds(text);
  REQUIRE(found.size() == 2);
  CHECK(found[1].unit == "K");
  CHECK(span_of(text, 1) == "equal to or below 958 K (685 \u00b0C)");
  CHECK(span_of("less than 4.5 K (\u2212268.65 \u00b0C)") ==
        "less than 4.5 K (\u2212268.65 \u00b0C)");
  CHECK(limits("a pressure of 4 kPa (30 Torr) or less") == std::vector<std::string>{"<= 4 kPa"});
}

TEST_CASE("number words, powers, ratios and glued units are numbers like any other", "[ear]") {
  CHECK(limits("a chuck with twenty or more zones") == std::vector<std::string>{">= 20"});
  CHECK(limits("a chuck with twenty-five or more zones") == std::vector<std::string>{">= 25"});
  CHECK(limits("trained with 10^26 or more 'operations'") == std::vector<std::string>{">= 10^26"});
  CHECK(limits("an error of less than or equal to 10^-3") == std::vector<std::string>{"<= 10^-3"});
  CHECK(limits("of less than 2.5 \u00d7 10^-4 mol") ==
        std::vector<std::string>{"< 2.5 \u00d7 10^-4 mol"});
  CHECK(limits("an aspect ratio of 3:1 or greater") == std::vector<std::string>{">= 3:1"});
  CHECK(limits("selectivity of greater than or equal to 100:1;") ==
        std::vector<std::string>{">= 100:1"});
  CHECK(limits("greater than 1uA and less than 5mA") ==
        std::vector<std::string>{"> 1 uA", "< 5 mA"});
  CHECK(limits("uniform to less than \u00b12.5% across the wafer") ==
        std::vector<std::string>{"< 2.5%"});
  CHECK(limits("storage of 1,600 or more") == std::vector<std::string>{">= 1,600"});
  CHECK(limits("not more than $5,000") == std::vector<std::string>{"<= 5,000 $"});
  CHECK(limits("density greater than 2 gigabytes per second per square millimeter") ==
        std::vector<std::string>{"> 2 gigabytes per second per square millimeter"});
  CHECK(limits("doped above 10^19 atoms/cm^3") == std::vector<std::string>{"> 10^19 atoms/cm^3"});
}

TEST_CASE("a limit prints its number as the law does and has the value nearest to it", "[ear]") {
  struct Row {
    const char* text;
    const char* printed;
    double value;
  };

  const auto row = GENERATE(values<Row>({
      {"a leak rate of less than 7 \u00d7 10^-6 Pa", "< 7 \u00d7 10^-6 Pa", 7e-6},
      {"a leak rate of less than 10^-5 Pa", "< 10^-5 Pa", 1e-5},
      {"a leak rate of less than 3 x 10^\u22128 Pa", "< 3 x 10^\u22128 Pa", 3e-8},
      {"more than 1 \u00d7 10^25 operations", "> 1 \u00d7 10^25", 1e25},
      {"a value of 12,500.50 kg or less", "<= 12,500.50 kg", 12500.5},
      {"a count below 30 billion transistors", "< 30 billion", 30e9},
      {"trained with 1.5 million or more samples", ">= 1.5 million", 1.5e6},
      {"an ambient temperature below \u221240 \u00b0C", "< -40 \u00b0C", -40},
  }));
  INFO(row.text);
  const auto found = find_thresholds(row.text);
  REQUIRE(found.size() == 1);
  CHECK(ear::to_string(found[0]) == row.printed);
  CHECK(found[0].value == row.value);
  CHECK(limits("between 1.0 nm and 2.50 nm") == std::vector<std::string>{"1.0 to 2.50 nm"});
}

TEST_CASE("two limits joined by and are two, of one subject", "[ear]") {
  const auto found =
      find_thresholds("a 'processing score' of 2400 or more and less than 4800 and a 'packing "
                      "index' of 1.6 or more and less than 5.92");
  REQUIRE(found.size() == 4);
  CHECK(found[0].subject == "'processing score'");
  CHECK(found[1].subject == "'processing score'");
  CHECK(found[2].subject == "'packing index'");
  CHECK(found[3].subject == "'packing index'");
  CHECK(ear::to_string(found[3]) == "< 5.92");
}

TEST_CASE("between keeps both ends", "[ear]") {
  const auto found = find_thresholds("at a wavelength between 193 nm and 370 nm");
  REQUIRE(found.size() == 1);
  CHECK(found[0].comparator == ear::Comparator::between);
  CHECK(found[0].value == 193);
  CHECK(found[0].upper_value == 370);
  CHECK(ear::to_string(found[0]) == "193 to 370 nm");
}

TEST_CASE("units convert within their dimension only", "[ear]") {
  CHECK(ear::convert(800, "ms", "s").value_or(0) == Approx(0.8));
  CHECK(ear::convert(1, "\u00b5m", "nanometers").value_or(0) == Approx(1000));
  CHECK(ear::convert(3, "hours", "hour").value_or(0) == Approx(3));
  CHECK_FALSE(ear::convert(1, "mW", "ms"));
  CHECK_FALSE(ear::convert(1, "K", "\u00b0C"));
  CHECK(ear::convert(1, "W/kg", "W/kg").value_or(0) == Approx(1));
  CHECK_FALSE(ear::convert(1, "W/kg", "W/g"));
}

TEST_CASE("a missing unit is not invented and a paragraph number is no limit", "[ear]") {
  CHECK(find_thresholds("an overlay less (better) than 1.5").at(0).unit.empty());
  CHECK(
      find_thresholds("items in 3B001.f.1 or 3A090 under \u00a7 742.6(a)(6) of part 742").empty());
  CHECK(find_thresholds("see supplement no. 1 to part 740, Country Group D:5").empty());
  CHECK(find_thresholds("filed under 35 U.S.C. 111(a), under 15 CFR part 730, under 50 USC 4801")
            .empty());
}

TEST_CASE("what has no value is no limit", "[ear]") {
  CHECK(find_thresholds("a pressure exceeding 0^-6 Pa").empty());
}

TEST_CASE("spans point into the text as printed, whatever its dashes and blanks", "[ear]") {
  const std::string text = "\u201cGadgets\u201d of\u00a045\u00a0nm or less";
  CHECK(span_of(text) == "45\u00a0nm or less");
}

TEST_CASE("hostile text costs linear time and no stack", "[ear]") {
  std::string text;
  for (int i = 0; i < 50000; ++i) {
    text += "5 nm (6 nm (";
  }
  CHECK(find_thresholds(text).empty());
  CHECK(find_thresholds(std::string(200000, '9')).empty());
  CHECK(find_thresholds(std::string(200000, '^')).empty());
}
