#include "parse/ecfr/tables.hpp"

#include <algorithm>

#include "trees.hpp"

using namespace regtrail;
using trees::appendix;
using trees::Places;
using trees::places;

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

namespace {

Unit entity_list(const std::string& rows) {
  return appendix("Supplement No. 4 to Part 744",
                  "<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH>"
                  "<TH>License review policy</TH><TH>Federal Register citation</TH></TR></THEAD>"
                  "<TBODY>" +
                      rows + "</TBODY></TABLE>");
}

std::string row_of(const std::vector<std::string>& cells) {
  std::string row = "<TR>";
  for (const std::string& cell : cells) {
    row += "<TD>" + cell + "</TD>";
  }
  return row + "</TR>";
}

/// The places of countries and entries alone.
Places parties(const Unit& unit) {
  Places all = places(unit);
  all.erase(std::remove_if(all.begin(),
                           all.end(),
                           [](const std::string& place) {
                             return place.find(" / License") != std::string::npos ||
                                    place.find(" / Federal") != std::string::npos ||
                                    place.find(" / Columns") != std::string::npos;
                           }),
            all.end());
  return all;
}

} // namespace

TEST_CASE("rows and lines that continue an entry hold parts of its party", "[lists]") {
  const Unit unit = entity_list(
      row_of(
          {"NOWHERE",
           "Alpha Co., a.k.a., the following alias:<br/>—A.<br/>Subordinate institution<br/>Alpha "
           "Works, Town.",
           "All items",
           "Denial",
           "90 FR 1"}) +
      row_of({"",
              "Affiliated entities:<br/><E T=\"03\">Beta Ltd.,</E> Room 1, Town.<br/>Gamma Ltd., "
              "Room 2, Town.",
              "",
              "",
              ""}) +
      row_of(
          {"",
           "The following addresses apply to the entity and its affiliates:<br/>5 Zoo Road, Town.",
           "",
           "",
           ""}) +
      row_of({"", "Delta Inc., Town.", "All items", "Denial", "90 FR 2"}));
  CHECK(parties(unit) ==
        Places{" / NOWHERE | NOWHERE",
               " / NOWHERE / Alpha Co. | Alpha Co., a.k.a., the following alias:\n—A.",
               " / NOWHERE / Alpha Co. / Alpha Works | Alpha Works, Town.",
               " / NOWHERE / Alpha Co. / Beta Ltd. | Beta Ltd., Room 1, Town.",
               " / NOWHERE / Alpha Co. / Gamma Ltd. | Gamma Ltd., Room 2, Town.",
               " / NOWHERE / Alpha Co. / text 1 | 5 Zoo Road, Town.",
               " / NOWHERE / Delta Inc. | Delta Inc., Town."});
  CHECK(unit.not_understood.empty());
}

TEST_CASE("institutions below the heading of their group are parts of it", "[lists]") {
  const std::string group = "The following two subordinate institutions of Alpha Corporation:";
  const Unit unit =
      appendix("Supplement No. 7 to Part 744",
               "<TABLE><THEAD><TR><TH>Country</TH><TH>Entity</TH><TH>Federal Register "
               "citation</TH></TR></THEAD><TBODY>" +
                   row_of({"NOWHERE", "Aardvark, Town.", "90 FR 1"}) +
                   row_of({"", group, "90 FR 2"}) + row_of({"", "Subordinate institution:", ""}) +
                   row_of({"", "Beta Ltd., Town.", ""}) + row_of({"", "Gamma Ltd., Town.", ""}) +
                   row_of({"", "Zebra, Town.", "90 FR 3"}) + "</TBODY></TABLE>");
  CHECK(parties(unit) == Places{" / NOWHERE | NOWHERE",
                                " / NOWHERE / Aardvark | Aardvark, Town.",
                                " / NOWHERE / " + group + " | " + group,
                                " / NOWHERE / " + group + " / Beta Ltd. | Beta Ltd., Town.",
                                " / NOWHERE / " + group + " / Gamma Ltd. | Gamma Ltd., Town.",
                                " / NOWHERE / Zebra | Zebra, Town."});
}

TEST_CASE("a row that is shifted by a cell is no country", "[lists]") {
  const std::string first =
      row_of({"NOWHERE", "Alpha, Town.", "All items", "Denial", "90 FR 1, 1/2/25."});
  const std::string last = row_of({"", "Omega, Town.", "All items", "Denial", "90 FR 3, 1/2/25."});
  const Places told = {" / NOWHERE | NOWHERE",
                       " / NOWHERE / Alpha | Alpha, Town.",
                       " / NOWHERE / Beta Co., Ltd. | Beta Co., Ltd., Old Town, Nowhere.",
                       " / NOWHERE / Omega | Omega, Town."};
  for (const std::vector<std::string>& cells : std::vector<std::vector<std::string>>{
           {"Beta Co., Ltd., Old Town, Nowhere.", "All items", "Denial", "90 FR 2, 1/2/25."},
           {"",
            "",
            "Beta Co., Ltd., Old Town, Nowhere.",
            "All items",
            "Denial",
            "90 FR 2, 1/2/25."}}) {
    const Unit unit = entity_list(first + row_of(cells) + last);
    CHECK(parties(unit) == told);
    CHECK(unit.not_understood.empty());
  }
  const Unit unit = entity_list(
      first +
      row_of({"Beta Co., Ltd., Old Town, Nowhere.", "Gamma", "All items", "Denial", "90 FR 2."}) +
      last);
  REQUIRE(unit.not_understood.size() == 1);
  CHECK_THAT(unit.not_understood.at(0).what, Catch::Contains("do not fit the columns"));
  const Places all = parties(unit);
  CHECK(std::count(all.begin(), all.end(), " / NOWHERE / Omega | Omega, Town.") == 1);
}

TEST_CASE("the second bearer of a name is told by its citation, then its address", "[lists]") {
  const auto bearer =
      [](const std::string& name, const std::string& address, const std::string& citation) {
        return row_of({"", name + ", " + address, "All items", "Denial", citation});
      };
  const std::string country = row_of({"NOWHERE", "", "", "", ""});
  const std::string old = bearer("Wheel Co", "9 Zoo Road, Town", "63 FR 64322, 11/19/98. 91 FR 5.");
  const std::string young = bearer("Wheel Co.", "1 Zoo Road, Town", "66 FR 50090, 10/1/01.");
  const std::string none = bearer("Wheel Co.", "10 Zoo Road, Town", "66 FR 50090, 10/1/01.");
  const std::vector<std::string> told = {
      " / NOWHERE / Wheel Co | Wheel Co, 9 Zoo Road, Town",
      " / NOWHERE / Wheel Co. #2 | Wheel Co., 1 Zoo Road, Town",
      " / NOWHERE / Wheel Co. #3 | Wheel Co., 10 Zoo Road, Town"};
  for (const std::string& rows : {old + young + none, none + young + old, young + old + none}) {
    Places all = parties(entity_list(country + rows));
    all.erase(all.begin());
    std::sort(all.begin(), all.end());
    CHECK(all == told);
  }
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
