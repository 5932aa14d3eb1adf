// Places of text that has no designator of its own or shares one: definitions, categories, clauses.
#include "tests/parse/trees.hpp"

#include <algorithm>

using namespace regtrail;
using trees::Places;
using trees::places;
using trees::section;

TEST_CASE("a designator in the middle of a paragraph counts where the second of its list follows",
          "[sections]") {
  struct Row {
    std::string paragraph;
    bool counts;
  };

  const std::vector<Row> rows = {
      {"(b) <I>Refused application</I> (1) A refusal is:", true},
      {"(b) <I>What is refused?</I> (1) A refusal is:", true},
      {"(b) The charges are set as follows: (1) For a copy, $2.", true},
      {"(b) The charges are set by item. (1) For a copy, $2.", true},
      {"(b) The charges are: (1) for a copy, $2; and (2) for a search, $5.", false},
      {"(b) The charges of paragraph (1) of the schedule apply.", false},
      {"(b) The charges of Article 12(1) of the treaty apply.", false},
      {"(b) The charges of Article 12 (1) apply.", false},
      {"(b) Within one (1) year.", false},
      {"(b) The charges are due.", false},
  };
  for (const Row& row : rows) {
    INFO(row.paragraph);
    const Unit unit = section("<P>(a) First.</P><P>" + row.paragraph +
                              "</P><P>(i) Inside.</P><P>(ii) Inside.</P><P>(2) Second.</P>"
                              "<P>(c) Last.</P>");
    const Places found = places(unit);
    const auto has = [&](const std::string& place) {
      return std::any_of(
          found.begin(), found.end(), [&](const auto& line) { return line.starts_with(place); });
    };
    CHECK(has("(b)(1) | ") == row.counts);
    CHECK(has("(b)(1)(ii) | ") == row.counts);
    CHECK(unit.not_understood.empty() == row.counts);
  }
}

TEST_CASE("a designator between words counts where the next paragraph is the second",
          "[sections]") {
  const Unit unit = section("<P>(a) The office may (1) refuse a copy;</P><P>(2) Ask.</P>");
  CHECK(places(unit) == Places{"(a) | The office may", "(a)(1) | refuse a copy;", "(a)(2) | Ask."});
}

TEST_CASE("a section that begins with words has the first member of the list that they introduce",
          "[sections]") {
  const Unit unit = section("<P>The charges are as follows: (a) For a copy, $2.</P><P>(b) For a "
                            "search, $5.</P><P>See paragraph (a) of this section.</P>");
  CHECK(places(unit) == Places{" / text 1 | The charges are as follows:",
                               "(a) | For a copy, $2.",
                               "(b) | For a search, $5.",
                               "(b) / text 1 | See paragraph (a) of this section."});
  CHECK(unit.root.children.at(2).label == "The charges are as follows: (a)");
}

TEST_CASE("a designator in the middle does not count where its list opens below", "[sections]") {
  const Unit unit = section("<P>(a) Within one (1) year:</P><P>(1) Apply.</P><P>(2) Pay.</P>");
  CHECK(places(unit) == Places{"(a) | Within one (1) year:", "(a)(1) | Apply.", "(a)(2) | Pay."});
}

TEST_CASE("definitions in a paragraph stand side by side under their terms", "[definitions]") {
  const Unit unit =
      section("<P>(a) <I>Definitions.</I> In this section—</P>"
              "<P><I>Widget</I> means:</P><P>(1) A wheel.</P><P>(2) An axle of:</P><P>(i) Iron.</P>"
              "<P><I>Gadget,</I> as used in paragraph (b), has the meaning given by custom.</P>"
              "<P>It is never a widget.</P>"
              "<P>“Sprocket” means (1) a toothed wheel;</P><P>(2) A chain.</P>"
              "<NOTE><HED>Note to definition of “Sprocket”:</HED><P>Not a gear.</P></NOTE>"
              "<P><I>Lever.</I> A bar.</P>"
              "<P>(b) <I>Use.</I> (1) Widgets.</P><P>(2) Gadgets.</P>"
              "<P><I>Example.</I> A widget includes a gadget.</P>");
  CHECK(places(unit) ==
        Places{"(a) | Definitions. In this section—",
               "(a) / Widget | Widget means:",
               "(a) / Widget / (1) | A wheel.",
               "(a) / Widget / (2) | An axle of:",
               "(a) / Widget / (2)(i) | Iron.",
               "(a) / Gadget | Gadget, as used in paragraph (b), has the meaning given by custom.",
               "(a) / Gadget / text 1 | It is never a widget.",
               "(a) / Sprocket | “Sprocket” means",
               "(a) / Sprocket / (1) | a toothed wheel;",
               "(a) / Sprocket / (2) | A chain.",
               "(a) / Sprocket / Note | Not a gear.",
               "(a) / Lever | Lever. A bar.",
               "(b) | Use.",
               "(b)(1) | Widgets.",
               "(b)(2) | Gadgets.",
               "(b) / text 1 | Example. A widget includes a gadget."});
  CHECK(unit.not_understood.empty());
}

TEST_CASE("a definition among the members of a list leaves the list open", "[definitions]") {
  const Unit unit = section("<P>(a) One.</P><P>(1) Two.</P><P>(2) Three:</P>"
                            "<P><I>Widget</I> means a wheel.</P><P>(3) Four.</P><P>(b) Five.</P>");
  CHECK(places(unit) == Places{"(a) | One.",
                               "(a)(1) | Two.",
                               "(a)(2) | Three:",
                               "(a)(2) / Widget | Widget means a wheel.",
                               "(a)(3) | Four.",
                               "(b) | Five."});
}

TEST_CASE("definitions of one paragraph of a section named Definitions end with the next paragraph",
          "[definitions]") {
  const Unit unit = trees::only_unit(
      "<DIV8 N=\"999.2\" TYPE=\"SECTION\"><HEAD>§ 999.2 Definitions and scope.</HEAD>"
      "<P>(a) In this part:</P><P><I>Widget</I> means a wheel.</P><P><I>Gadget</I> means a "
      "tool.</P><P><I>Lever</I> means a bar.</P><P>(b) This part applies.</P></DIV8>");
  CHECK(places(unit).back() == "(b) | This part applies.");
  CHECK(places(unit).at(1) == "(a) / Widget | Widget means a wheel.");
}

TEST_CASE("a heading behind which the lettering begins anew is a place", "[sections]") {
  const Unit unit = section(
      "<P>(a) Scope.</P><P>(b) Order.</P>"
      "<HD1>Category II—Guns</HD1><P>(a) Large guns:</P><P>* (1) Howitzers.</P>"
      "<NOTE><HED>Note to paragraph (a)(1):</HED><P>Of 105 mm.</P></NOTE>"
      "<P>*(b) Mortars.</P><P>Text of mortars.</P>"
      "<HD1>Category XVIII—[Reserved]</HD1>"
      "<HD1>Category XIX—Rockets</HD1><P>(a) Large rockets:</P><P>(1) Guided.</P>"
      "<NOTE><HED>Note to paragraph (a)(1):</HED><P>By wire.</P></NOTE><P>(b) Small rockets.</P>");
  CHECK(places(unit) == Places{"(a) | Scope.",
                               "(b) | Order.",
                               " / Category II | Category II—Guns",
                               " / Category II / (a) | Large guns:",
                               " / Category II / (a)(1) | Howitzers.",
                               " / Category II / (a)(1) / Note | Of 105 mm.",
                               " / Category II / (b) | Mortars.",
                               " / Category II / (b) / text 1 | Text of mortars.",
                               " / Category XVIII | Category XVIII—[Reserved]",
                               " / Category XIX | Category XIX—Rockets",
                               " / Category XIX / (a) | Large rockets:",
                               " / Category XIX / (a)(1) | Guided.",
                               " / Category XIX / (a)(1) / Note | By wire.",
                               " / Category XIX / (b) | Small rockets."});
  CHECK(unit.not_understood.empty());
  const Node& guns = unit.root.children.at(3);
  CHECK(guns.children.at(0).children.at(0).label == "* (1)");
  CHECK(guns.children.at(1).label == "*(b)");
}

TEST_CASE("a heading between two letters of one list is no place", "[sections]") {
  const Unit unit = section("<P>(a) One.</P><HD1>Second part</HD1><P>(b) Two.</P><P>(1) Three.</P>"
                            "<HD2>Third part</HD2><P>(2) Four.</P><P>(c) Five.</P>");
  CHECK(places(unit) == Places{"(a) | One.",
                               " / Second part | Second part",
                               "(b) | Two.",
                               "(b)(1) | Three.",
                               "(b)(2) | Four.",
                               " / Third part | Third part",
                               "(c) | Five."});
}

TEST_CASE("a clause that a section prints has the places of the section, its alternates their own",
          "[sections]") {
  const Unit unit = section(
      "<P>As prescribed in 9.105, insert the following clause:</P>"
      "<EXTRACT><HD1>Inspection of Widgets (MAY 2024)</HD1>"
      "<P>(a) <I>Definitions.</I> As used in this clause—</P>"
      "<P><I>Lot</I> means what is delivered at once.</P><P><I>Widget</I> means a wheel:</P>"
      "<P>(1) Of iron; or</P><P>(2) Of steel.</P>"
      "<P>(b) <I>Right.</I> (1) The buyer may inspect.</P><P>(2) The seller shall help.</P>"
      "<P>(c) <I>Cost.</I> Each bears its own.</P><HD3>(End of clause)</HD3></EXTRACT>"
      "<P><I>Alternate I</I> (JUN 2024). As prescribed in 9.105(b), add the following paragraph "
      "(d):</P><EXTRACT><P>(d) The seller pays.</P><HD2>Alternate II (JUL 2024)</HD2>"
      "<P>(e) Nobody pays.</P></EXTRACT>");
  CHECK(places(unit) ==
        Places{" / text 1 | As prescribed in 9.105, insert the following clause:",
               " / Inspection of Widgets (MAY 2024) | Inspection of Widgets (MAY 2024)",
               "(a) | Definitions. As used in this clause—",
               "(a) / Lot | Lot means what is delivered at once.",
               "(a) / Widget | Widget means a wheel:",
               "(a) / Widget / (1) | Of iron; or",
               "(a) / Widget / (2) | Of steel.",
               "(b) | Right.",
               "(b)(1) | The buyer may inspect.",
               "(b)(2) | The seller shall help.",
               "(c) | Cost. Each bears its own.",
               " / (End of clause) | (End of clause)",
               " / Alternate I | Alternate I (JUN 2024). As prescribed in 9.105(b), add the "
               "following paragraph (d):",
               " / Alternate I / (d) | The seller pays.",
               " / Alternate II | Alternate II (JUL 2024)",
               " / Alternate II / (e) | Nobody pays."});
  CHECK(unit.not_understood.empty());
}

TEST_CASE("what a paragraph quotes has places below the quotation, not among those of the section",
          "[sections]") {
  const Unit unit =
      section("<P>(a) The sign shall say:</P><EXTRACT><P>(1) Handle with care.</P><P>(2) Keep "
              "dry.</P></EXTRACT><P>(1) It shall be red.</P><P>(2) It shall be large.</P>"
              "<P>(b) Next.</P>");
  CHECK(places(unit) == Places{"(a) | The sign shall say:",
                               "(a) / Extract | ",
                               "(a) / Extract / (1) | Handle with care.",
                               "(a) / Extract / (2) | Keep dry.",
                               "(a)(1) | It shall be red.",
                               "(a)(2) | It shall be large.",
                               "(b) | Next."});
}

TEST_CASE("sections inside a section and parts inside an appendix are units of their own",
          "[frame]") {
  const auto document = parse::parse_ecfr(
      "<DIV5 N=\"999\" TYPE=\"PART\"><HEAD>PART 999</HEAD>"
      "<DIV8 N=\"999.1\"><HEAD>§ 999.1 A.</HEAD><P>(a) One.</P>"
      "<DIV8 N=\"999.2\"><HEAD>§ 999.2 B.</HEAD><P>(a) Two.</P></DIV8><P>(b) Three.</P></DIV8>"
      "<DIV9 N=\"Appendix A to Part 999\"><HEAD>Appendix A to Part 999</HEAD><P>Four.</P>"
      "<DIV5 N=\"1000\" TYPE=\"PART\"><HEAD>PART 1000</HEAD><DIV8 N=\"1000.1\"><HEAD>§ 1000.1 "
      "C.</HEAD><P>Five.</P></DIV8></DIV5></DIV9></DIV5>",
      {});
  REQUIRE(document.has_value());
  std::vector<std::string> ids;
  for (const Unit& unit : document->units) {
    ids.push_back(unit.id.to_string());
  }
  CHECK(ids == std::vector<std::string>{
                   "Part 999", "999.1", "999.2", "Appendix A to Part 999", "Part 1000", "1000.1"});
  CHECK(places(document->units.at(1)) == Places{"(a) | One.", "(b) | Three."});
  CHECK(document->units.at(1).not_understood.size() == 1);
  CHECK(document->units.at(3).not_understood.size() == 2);
}
