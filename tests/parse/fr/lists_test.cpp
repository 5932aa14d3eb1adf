// A rule in the shape of BIS's: an Entity List amendment and one of the Commerce Control List.
#include "tests/parse/fr/fr_form.hpp"
#include "tests/support/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace regtrail;
using namespace fr_form;

namespace {

const Document& lists() {
  static const Document document = [] {
    std::ifstream file(regtrail::testing::source_path({}) / "tests/parse/fr/fixtures/lists.xml",
                       std::ios::binary);
    return only(
        std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  }();
  return document;
}

const Instruction& instruction(std::string_view ordinal) {
  const auto& all = lists().instructions;
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Instruction& one) { return one.ordinal == ordinal; });
  REQUIRE(found != all.end());
  return *found;
}

Strings targets(std::string_view ordinal) {
  Strings out;
  for (const Operation& operation : instruction(ordinal).operations) {
    for (const Target& target : operation.targets) {
      out.push_back(std::string(to_string(operation.verb)) + " " + target.at.to_string());
    }
  }
  return out;
}

const std::string list = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / ";

} // namespace

TEST_CASE("an Entity List rule names its entries and sets them out by country", "[lists]") {
  CHECK(targets("2.a.i") == Strings{"add " + list + "Example Lattice Co., Ltd.",
                                    "add " + list + "Example Wafer Works"});
  CHECK(targets("2.a.ii") == Strings{"revise " + list + "Old Example Institute"});
  CHECK(targets("2.b") ==
        Strings{"remove Supplement No. 4 to Part 744 / JAPAN / Sample Trading K.K."});
  const auto& set_out = instruction("2").set_out;
  REQUIRE(set_out.size() == 1);
  const SetOutText& text = set_out.front();
  CHECK(text.unit.to_string() == "Supplement No. 4 to Part 744");
  const auto at = [&](const std::string& place) {
    const Node* node = find_node(text.root, text.unit, *Citation::parse(place));
    return node == nullptr ? std::string("nowhere") : node->text;
  };
  CHECK(at(list + "Example Lattice Co., Ltd.") ==
        "Example Lattice Co., Ltd., a.k.a., the following two aliases:\n—Lattice Example; "
        "and\n—"
        "ELC.\nNo. 5 Sample Road, Example City, China.");
  CHECK(at(list + "Example Lattice Co., Ltd. / License review policy") == "Presumption of denial.");
  CHECK(at(list + "Example Wafer Works / License requirement") ==
        "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the "
        "EAR)^4");
  CHECK(at(list + "Example Wafer Works / Federal Register citation") == "92 FR 70101, 3/2/27.");
}

TEST_CASE("rows of asterisks are nodes without cells", "[lists]") {
  const auto asterisks = places(instruction("2").set_out.at(0));
  CHECK(std::count(asterisks.begin(), asterisks.end(), list + "* * * * * | * * * * *") == 1);
  for (const std::string& line : asterisks) {
    CAPTURE(line);
    CHECK((line.find("* /") == std::string::npos));
  }
}

TEST_CASE("a CCL rule sets out whole entries, read as the list itself is", "[lists]") {
  CHECK(targets("4.a") == Strings{"revise ECCN 3B001"});
  CHECK(targets("4.b") == Strings{"add ECCN 3B993"});
  const SetOutText& text = instruction("4").set_out.at(0);
  const auto at = [&](const std::string& place) {
    const Node* node = find_node(text.root, text.unit, *Citation::parse(place));
    return node == nullptr ? std::string("nowhere") : node->text;
  };
  CHECK(at("ECCN 3B001.a.1") == "Equipment with a uniformity better than ± 2.5% across 75 mm;");
  CHECK(at("ECCN 3B001.a.1 / Note") == "3B001.a.1 includes example equipment.");
  CHECK(at("ECCN 3B001.b") == "[Reserved]");
  CHECK(at("ECCN 3B001 / LVS") == "$500, except 3B001.c.");
  CHECK(at("ECCN 3B001 / License Requirements / NS: a.1, c") == "NS applies to 3B001.a.1, c");
  CHECK(at("ECCN 3B001 / Related Controls") == "See also 3B991.");
  CHECK(at("ECCN 3B993.a") == "Example tools.");
  CHECK(at("ECCN 3B993 / heading") == "Specific example equipment (see List of Items Controlled).");
}

TEST_CASE("the dates of single instructions come from DATES", "[lists]") {
  CHECK(instruction("5").effective == Date(2027, 4, 30));
  CHECK_FALSE(instruction("2.a.i").effective);
  CHECK(effective_date(lists(), instruction("2.a.i")) == Date(2027, 3, 2));
  CHECK(lists().effective == std::vector<Date>{Date(2027, 3, 2), Date(2027, 4, 30)});
  CHECK(lists().comments_close == Date(2027, 5, 3));
}

TEST_CASE("an entry may be set out without the supplement's heading", "[lists]") {
  const Document document = only(rule(regtext(
      amdpar("2. In supplement no. 1 to part 774, ECCN 3B001 is revised to read as follows:") +
          "<FP SOURCE=\"FP-2\"><E T=\"04\">3B001 Example equipment.</E></FP><P>a. Tools.</P>",
      "774")));
  CHECK(set_out(document) == Strings{"2: Supplement No. 1 to Part 774"});
  CHECK(places(document.instructions[0].set_out[0]).back() == "ECCN 3B001.a | Tools.");
}
