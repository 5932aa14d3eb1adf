#include "parse/ecfr/tables.hpp"

#include <algorithm>

#include "trees.hpp"

using namespace regtrail;
using trees::appendix;
using trees::Places;
using trees::places;

TEST_CASE(
    "the name in an entity cell ends before aliases and addresses, not before a corporate suffix",
    "[lists]") {
  struct Row {
    std::string cell;
    std::string name;
  };

  const std::vector<Row> rows = {
      {"Example Trading Co., Ltd., No. 1, Road Street, Town.", "Example Trading Co., Ltd."},
      {"Example, Inc., 1403-8 Avenue, Town", "Example, Inc."},
      {"Example Ltd.; Building 19, Town", "Example Ltd."},
      {"Example (HK) Co., Ltd. Flat 7022, Town", "Example (HK) Co., Ltd."},
      {"Example Technology Co., Ltd. (Hong Kong), Rm. 211",
       "Example Technology Co., Ltd. (Hong Kong)"},
      {"Academy of Examples, Institute of Samples, 27 Zoo Road",
       "Academy of Examples, Institute of Samples"},
      {"Jane Doe, a.k.a., the following two aliases:\n—Joan; and\n—Jean.\nTown.", "Jane Doe"},
      {"Example OY a.k.a. Sample OY, Street 55", "Example OY"},
      {"Example Company (EC, the first),\n17, Town", "Example Company (EC, the first)"},
      {"Example LLC ^4, Town", "Example LLC"},
      {"Address 13, Room 1005, 10/F, Tower", "Address 13, Room 1005"},
      {"[Reserved]", "[Reserved]"},
  };
  for (const Row& row : rows) {
    CHECK(parse::entity_name(row.cell) == row.name);
  }
}

TEST_CASE("entries are keyed by country and name, whatever their order", "[lists]") {
  const std::string head = "<THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>License "
                           "requirement</TH><TH>License review<br/>policy</TH>"
                           "<TH><strong>Federal Register</strong> citation</TH></TR></THEAD>";
  const auto row = [](const std::string& country, const std::string& entity) {
    return "<TR><TD>" + country + "</TD><TD>" + entity +
           "</TD><TD>For all items.<sup>3</sup></TD><TD>Presumption of denial</TD><TD>89 FR 1, "
           "1/2/24.</TD></TR>";
  };
  const Unit unit = appendix(
      "Supplement No. 4 to Part 744",
      "<P>Introduction.</P><DIV><DIV><TABLE>" + head + "<TBODY>" +
          row("NOWHERE", "Alpha, Inc., a.k.a., the following alias:<br/>—A.<br/> <br/>Town.") +
          row(" ", "Beta LLC, Town.") + row("ELSEWHERE", "Beta LLC, Village.") +
          "</TBODY><TFOOT><TR><TD colspan=\"5\"><sup>3</sup> For this "
          "entity.</TD></TR></TFOOT></TABLE></DIV></DIV>");
  const Places all = places(unit);
  CHECK(all.at(0) == " / text 1 | Introduction.");
  CHECK(all.at(2) == " / NOWHERE | NOWHERE");
  CHECK(all.at(3) ==
        " / NOWHERE / Alpha, Inc. | Alpha, Inc., a.k.a., the following alias:\n—A.\nTown.");
  CHECK(all.at(4) == " / NOWHERE / Alpha, Inc. / License requirement | For all items.^3");
  CHECK(all.at(5) == " / NOWHERE / Alpha, Inc. / License review policy | Presumption of denial");
  CHECK(all.at(6) == " / NOWHERE / Alpha, Inc. / Federal Register citation | 89 FR 1, 1/2/24.");
  CHECK(all.at(7) == " / NOWHERE / Beta LLC | Beta LLC, Town.");
  CHECK(all.at(12) == " / ELSEWHERE / Beta LLC | Beta LLC, Village.");
  CHECK(all.back() == " / Footnote 3 | For this entity.");
}

TEST_CASE("a chart's cells are keyed by their lowest heads, its rows without footnote marks",
          "[tables]") {
  const Unit unit = appendix(
      "Supplement No. 1 to Part 738",
      "<TABLE><CAPTION><P>[Reason for control]</P></CAPTION><THEAD><TR><TH "
      "rowspan=\"2\">Countries</TH><TH colspan=\"2\">National<br/>security</TH>"
      "<TH>Missile</TH></TR><TR><TH>NS 1</TH><TH>NS 2</TH><TH>MT 1</TH></TR></THEAD><TBODY>"
      "<TR><TD>Nowhere <sup>2</sup> "
      "<sup>3</sup></TD><TD>X</TD><TD/><TD>X</TD></TR><TR><TD>Elsewhere</TD><TD colspan=\"3\">See "
      "part 746.</TD></TR></TBODY></TABLE>");
  CHECK(places(unit) ==
        Places{" / Caption | [Reason for control]",
               " / Columns | Countries | National security | Missile | NS 1 | NS 2 | MT 1",
               " / Nowhere | Nowhere^2^3",
               " / Nowhere / NS 1 | X",
               " / Nowhere / NS 2 | ",
               " / Nowhere / MT 1 | X",
               " / Elsewhere | Elsewhere",
               " / Elsewhere / NS 1 | See part 746."});
}

TEST_CASE("headings of an appendix open sections with their own lists", "[appendices]") {
  const Unit unit = appendix("Appendix A to Part 999",
                             "<P>Before.</P><HD1>One</HD1><P>1. First.</P><P>a. Part.</P><P>2. "
                             "Second.</P><HD2>Deeper</HD2><P>1. Third.</P>"
                             "<HD1>Two [Reserved]</HD1><HD1>Three</HD1><P>U.S. text.</P>");
  CHECK(places(unit) == Places{" / text 1 | Before.",
                               " / One | One",
                               " / One / 1 | First.",
                               " / One / 1 / a | Part.",
                               " / One / 2 | Second.",
                               " / One / Deeper | Deeper",
                               " / One / Deeper / 1 | Third.",
                               " / Two [Reserved] | Two [Reserved]",
                               " / Three | Three",
                               " / Three / text 1 | U.S. text."});
}

TEST_CASE("lines of a plain list are rows keyed by themselves", "[appendices]") {
  const Unit unit =
      appendix("Supplement No. 6 to Part 740",
               "<P>(a) The following companies are approved. They are few.</P><P>Alpha, "
               "Inc.;</P><P>Beta LLC; and</P><P>Gamma GmbH.</P><P>(b) [Reserved]</P>");
  CHECK(places(unit) == Places{" / (a) | The following companies are approved. They are few.",
                               " / (a) / Alpha, Inc. | Alpha, Inc.;",
                               " / (a) / Beta LLC | Beta LLC; and",
                               " / (a) / Gamma GmbH. | Gamma GmbH.",
                               " / (b) | [Reserved]"});
}

TEST_CASE("numbers go on behind an example, and two dotted designators may share a paragraph",
          "[appendices]") {
  const Unit unit = appendix("Appendix E to Part 999",
                             "<HD1>One</HD1><P>1. First.</P><HD2>Example.</HD2><P>A "
                             "widget.</P><P>2. a. Second.</P><P>b. Third.</P>");
  CHECK(places(unit) == Places{" / One | One",
                               " / One / 1 | First.",
                               " / One / 1 / Example. | Example.",
                               " / One / 1 / text 1 | A widget.",
                               " / One / 2 | ",
                               " / One / 2 / a | Second.",
                               " / One / 2 / b | Third."});
  CHECK(unit.not_understood.empty());
}

TEST_CASE("rows run into one by a lost row end are told apart and listed", "[tables]") {
  // the operator of the eCFR repaired such a table in part 744
  const Unit unit = appendix(
      "Supplement No. 4 to Part 744",
      "<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>Citation</TH></TR></THEAD><TBODY>"
      "<TR><TD>NOWHERE</TD><TD>Alpha, Town.</TD><TD>89 FR 1.</TD><TD/><TD>Beta, Town.</TD><TD>89 "
      "FR 2.</TD></TR></TBODY></TABLE>");
  const Places all = places(unit);
  CHECK(std::find(all.begin(), all.end(), " / NOWHERE / Beta | Beta, Town.") != all.end());
  REQUIRE(unit.not_understood.size() == 1);
  CHECK_THAT(unit.not_understood.at(0).what, Catch::Contains("1 row ends are missing"));
}
