// Lists of parties whose punctuation is tidied without a rule: the same letters and digits in the
// same order are the same law.
#include "tests/diff/story.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

const std::string head = "Supplement No. 4 to Part 744\n  table NOWHERE:\n";
const std::string place = "Supplement No. 4 to Part 744 / NOWHERE / ";

std::string entry(const std::string& name, const std::string& text) {
  return "    entry \"" + name + "\": " + text + "\n";
}

} // namespace

TEST_CASE("punctuation of a listed party is cosmetic, whatever it divides otherwise", "[parties]") {
  struct Row {
    std::string before_name;
    std::string before;
    std::string after_name;
    std::string after;
  };

  const std::vector<Row> rows = {
      {"Wheel Co", "Wheel Co, 5 Zoo Road", "Wheel Co.", "Wheel Co., 5 Zoo Road."},
      {"Wheel",
       "Wheel, a.k.a., the following alias: Rad, 5 Zoo Road",
       "Wheel",
       "Wheel, a.k.a., the following alias: —Rad. 5 Zoo Road"},
      {"Wheel, Zoo", "Wheel, Zoo Road 5, Town", "Wheel", "Wheel. Zoo Road 5. Town"},
      {"Wheel", "Wheel, UAE; PO Box 5, Town", "Wheel", "Wheel, U.A.E.; P.O. Box 5; Town"},
      {"Xi'an Works", "Xi’an Works, Town", "Xian Works", "Xian Works, Town"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.before, row.after);
    const auto result = diff_outlines(head + entry(row.before_name, row.before),
                                      head + entry(row.after_name, row.after));
    REQUIRE(result.changes.size() == 1);
    const Change& change = result.changes.front();
    CHECK(change.kind == ChangeKind::cosmetic);
    CHECK(change.typed.empty());
    CHECK(change.at.to_string() == place + row.after_name);
    CHECK(change.was.has_value() == (row.before_name != row.after_name));
  }
}

TEST_CASE("punctuation of the other cells of a listed party is cosmetic", "[parties]") {
  const std::string before =
      head + entry("Wheel", "Wheel, Town") +
      "      cell License requirement: All items. (See § 744.11 of the EAR.)\n"
      "      cell License review policy: Presumption of denial\n"
      "      cell Federal Register citation: 90 FR 1, 1/2/25\n";
  const std::string after = head + entry("Wheel", "Wheel, Town") +
                            "      cell License requirement: All items (See §744.11 of the EAR)\n"
                            "      cell License review policy: Presumption of denial.\n"
                            "      cell Federal Register citation: 90 FR 1; 1/2/25.\n";
  const auto result = diff_outlines(before, after);
  CHECK(result.changes.size() == 3);
  for (const Change& change : result.changes) {
    CHECK(change.kind == ChangeKind::cosmetic);
    CHECK(change.typed.empty());
  }
}

TEST_CASE("a letter or digit of a listed party is law", "[parties]") {
  const std::string before = head + entry("Wheel", "Wheel, 5 Zoo Road, Town");
  CHECK(story(before, head + entry("Wheel", "Wheel, 6 Zoo Road, Town")) ==
        Lines{"revised " + place + "Wheel"});
  CHECK(story(before, head + entry("Wheel", "Wheel, a.k.a. Rad, 5 Zoo Road, Town")) ==
        Lines{"revised " + place + "Wheel"});
}

TEST_CASE("outside the three lists a comma is no cosmetics", "[parties]") {
  const std::string before = "Supplement No. 7 to Part 748\n  table NOWHERE:\n    entry Wheel Co: "
                             "Wheel Co\n      cell Eligible items: 3A001.a.1, b\n";
  std::string after = before;
  after.replace(after.find("a.1, b"), 6, "a.1.b");
  const auto result = diff_outlines(before, after);
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes.front().kind == ChangeKind::revised);
}

TEST_CASE("parts of a listed party that are divided otherwise are one cosmetic change",
          "[parties]") {
  const std::string before = head + entry("Wheel", "Wheel, Town") +
                             "      entry Rad: Affiliated entities: Rad, Town. Roue, Town.\n"
                             "      cell License review policy: Presumption of denial\n";
  const std::string after = head + entry("Wheel", "Wheel, Town") +
                            "      entry Rad: Affiliated entities: Rad, Town.\n"
                            "      entry Roue: Roue, Town.\n"
                            "      cell License review policy: Policy of denial\n";
  auto lines = story(before, after);
  CHECK(lines == Lines{"revised " + place + "Wheel / License review policy"});
}

TEST_CASE("bearers of one name are paired by what else they print, not by their number",
          "[parties]") {
  const std::string first = "Wheel Co., 5 Zoo Road, Town, a long address of the first bearer";
  const std::string second = "Wheel Co., P.O. Box 77, Village, where the second bearer has a house";
  const std::string before = head + entry("Wheel Co.", first) + entry("Wheel Co. #2", second);
  SECTION("the first leaves the list") {
    const auto lines = story(before, head + entry("Wheel Co.", second));
    CHECK(lines == Lines{"removed " + place + "Wheel Co.",
                         "cosmetic " + place + "Wheel Co. < " + place + "Wheel Co. #2"});
  }
  SECTION("the order of the list says nothing") {
    CHECK(story(before, head + entry("Wheel Co. #2", second) + entry("Wheel Co.", first)).empty());
  }
  SECTION("the second moves house") {
    CHECK(story(before,
                head + entry("Wheel Co.", first) + entry("Wheel Co. #2", second + " and barn")) ==
          Lines{"revised " + place + "Wheel Co. #2"});
  }
}

TEST_CASE("a part of a listed party that comes or goes is a party", "[parties]") {
  const std::string before = head + entry("Wheel", "Wheel, Town");
  const auto result = diff_outlines(before, before + "      entry Rad: Rad, 5 Zoo Road, Town\n");
  REQUIRE(told(result) == Lines{"added " + place + "Wheel / Rad"});
  REQUIRE(result.changes.front().typed.size() == 1);
  CHECK(result.changes.front().typed.front().after == "Rad");
  CHECK(result.changes.front().typed.front().direction == Direction::tightened);
}
