#include "federal_register/tariff_numbers.hpp"

#include <catch2/catch.hpp>

using namespace regtrail::federal_register;

namespace {

/// As printed, joined by "|".
std::string found(std::string_view text) {
  std::string words;
  for (const TariffNumbers& number : find_tariff_numbers(text)) {
    words += (words.empty() ? "" : "|") + number.words;
  }
  return words;
}

/// A number in a document of another agency is read, or not.
struct Row {
  const char* text;
  const char* words;
};

} // namespace

TEST_CASE("numbers of the tariff are read in the forms in which notices print them", "[tariff]") {
  const auto row = GENERATE(values<Row>({
      {"articles of subheadings 8471.50 and 8473.30", "8471.50|8473.30"},
      {"classified in 8473.30.11", "8473.30.11"},
      {"reported under 8542.31.0001 of the schedule", "8542.31.0001"},
      {"8542.31.00.40", "8542.31.00.40"},
      {"goods of heading 8486", "8486"},
      {"Heading 8486, and parts of it", "8486"},
      {"headings 8471, 8473, and 8486", "8471|8473|8486"},
      {"headings 8481 or 8482", "8481|8482"},
      {"subheading 8481.80 or heading 8486", "8481.80|8486"},
      {"HTSUS 8541 and HTS 854231", "8541|854231"},
      {"HTSUS subheading 8419.89.9585", "8419.89.9585"},
      {"HTSUS statistical reporting numbers 8504.40.9580 and 8504.40.8500",
       "8504.40.9580|8504.40.8500"},
      {"the Harmonized Tariff Schedule of the United States (HTSUS) under item 9031.41", "9031.41"},
      {"HS codes: 8414.10, 8414.90", "8414.10|8414.90"},
      {"HTS No. 8414", "8414"},
      {"Harmonized System number 2804.61", "2804.61"},
      {"subheadings 8471.50 through 8471.80", "8471.50 through 8471.80"},
      {"headings 8456 to 8466", "8456 to 8466"},
      {"subheadings 8471.50\u20138471.80 and 8473.30", "8471.50\u20138471.80|8473.30"},
      {"imports of 8471.50 pay 25 percent", "8471.50"},
      {"Annex I to a tariff\n8471.50\n8473.30", "8471.50|8473.30"},
      {"subheading 8471.50.", "8471.50"},
      {"subheadings 8471.50/8471.80", "8471.50|8471.80"},
      {"provided for in subheading 8471.50 at 25 percent", "8471.50"},
      {"heading 9903.79.01 of chapter 99", "9903.79.01"},
  }));
  INFO(row.text);
  CHECK(found(row.text) == row.words);
}

TEST_CASE("money, quantities, places of the law and years are no numbers of the tariff",
          "[tariff]") {
  const auto row = GENERATE(values<Row>({
      {"a duty of $8471.50 was paid", ""},
      {"duties of $ 8471.50 and 8473.30", ""},
      {"duties of USD 8471.50", ""},
      {"import fees of 8471.50 dollars", ""},
      {"imports weighed 8471.50 metric tons", ""},
      {"customs land of 8471.50 acres", ""},
      {"a tariff of 8471.50-percent", ""},
      {"an import value of 18,471.50", ""},
      {"imports worth 8471.503", ""},
      {"duty under 19 U.S.C. 1862 and 19 U.S.C. 2411", ""},
      {"tariffs in 43 CFR 8471.50 and 8473.30", ""},
      {"customs, see section 8471.50", ""},
      {"import rules of \u00a7 8471.50", ""},
      {"the tariff at 8471.50(b)(2)", ""},
      {"91 FR 8471, on imports", ""},
      {"see page 8486 of the tariff", ""},
      {"8471 imports and 8486 duties", ""},
      {"tariff docket ER26-8471", ""},
      {"import order No. 8471.50", ""},
      {"Project No. 8471-050 and the tariff of the utility", ""},
      {"under the heading 2026 Tariff", ""},
      {"lots of 8471.50 in the plat", ""},
      {"the HTS. 8471 firms answered", ""},
      {"a heading of 8471 words, then", "8471"}, // cannot be told from a number of the tariff
      {"heading 84715", ""},
      {"heading 0071", ""},
      {"model 8471.50B under the tariff", ""},
      {"heading 8486 of $8471.50", "8486"},
      {"duty on parts of No. 8486 of the maker", ""},
      {"10:8471.5 import", ""},
      {"version 3.8471.50 of the tariff file", ""},
  }));
  INFO(row.text);
  CHECK(found(row.text) == row.words);
}

TEST_CASE("a number of the tariff is the interval of codes that begin with it", "[tariff]") {
  const auto range = find_tariff_numbers("subheadings 8471.50 through 8471.80");
  REQUIRE(range.size() == 1);
  CHECK(range[0].first == 8471500000U);
  CHECK(range[0].last == 8471809999U);
  const auto own = parse_tariff_number("847160");
  REQUIRE(own.has_value());
  CHECK(own->first == 8471600000U);
  CHECK(own->last == 8471609999U);
  CHECK_FALSE(parse_tariff_number("847").has_value());
  CHECK_FALSE(parse_tariff_number("84715000001").has_value());
  CHECK_FALSE(parse_tariff_number("8471-50").has_value());
}
