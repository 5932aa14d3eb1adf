#include "query/search_words.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>

using namespace regtrail;

namespace {

/// "a|b c": the forms of a word by "|", the words by blanks.
std::string asked(const std::string& text) {
  std::string out;
  for (const auto& forms : query::search_query(text, {}).all) {
    out += fmt::format("{}{}", out.empty() ? "" : " & ", fmt::join(forms, "|"));
  }
  return out;
}

} // namespace

TEST_CASE("what a Japanese keyboard types is searched as the law prints it", "[search]") {
  struct Row {
    const char* typed;
    const char* asked;
  };

  const auto row = GENERATE(values<Row>({
      {"ﾎﾟﾝﾌﾟ", "ポンプ"},
      {"ＰＵＭＰ", "PUMP"},
      {"３０ kPa", "30 & kPa"},
      {"真空　ﾎﾟﾝﾌﾟ", "真空 & ポンプ"},
      {"Ｍüller", "Müller"},
  }));
  CAPTURE(row.typed);
  CHECK(asked(row.typed) == row.asked);
}

TEST_CASE("the section sign is no word to search for", "[search]") {
  CHECK(asked("§ 744.6") == "744.6");
  CHECK(asked("§§744.6 744.9") == "744.6 & 744.9");
  CHECK(asked("§").empty());
}

TEST_CASE("a number is found with and without commas, and apart from its unit", "[search]") {
  CHECK(asked("4500") == "4500|4,500");
  CHECK(asked("1,234,500") == "1,234,500|1234500");
  CHECK(asked("12,34") == "12,34");
  CHECK(asked("744") == "744");
  CHECK(asked("250mm") == "250mm|250 mm");
  CHECK(asked("3B001") == "3B001");
}
