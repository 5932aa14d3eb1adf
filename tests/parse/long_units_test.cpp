// Units of hundreds of entries or paragraphs.
#include <algorithm>
#include <string>

#include "trees.hpp"

using namespace regtrail;
using trees::only_unit;

namespace {

constexpr int many = 400;

/// Paragraphs, notes in two pieces with a formula between, links to come, elements nobody knows.
std::string every_block() {
  std::string xml;
  for (int i = 0; i < many; ++i) {
    const std::string number = std::to_string(i);
    xml += "<P>Paragraph " + number + " of widgets, gears and <I>sprockets</I>.</P>\n";
    xml += i % 7 == 0 ? "<NOTE><HED>Note " + number +
                            ":</HED><P>One of two.</P></NOTE>\n"
                            "<img src=\"/graphics/er" +
                            number + ".gif\"/>\n<NOTE><P>Two.</P></NOTE>\n"
                      : "";
    xml += i % 50 == 3 ? "<CITA>[" + number + " FR 1]</CITA>\n" : "";
    xml += i % 60 == 4 ? "<ODD" + std::to_string(i / 120) + ">Odd words.</ODD" +
                             std::to_string(i / 120) + ">\n"
                       : "";
    xml += i % 90 == 5 ? "Loose words.\n<HD1>Heading " + number + "</HD1>\n" : "";
  }
  return xml;
}

/// Categories with groups of entries, each of which repeats an item.
std::string commerce_control_list() {
  std::string xml =
      "<HEAD>Supplement No. 1 to Part 774\u2014The Commerce Control List [Reserved]</HEAD>\n";
  for (int i = 0; i < many; ++i) {
    const std::string category = std::to_string(i / 200);
    const std::string eccn = category + "B" + std::to_string(100 + i % 200);
    xml += i % 200 == 0 ? "<HD1>Category " + category + "\u2014Widgets</HD1>\n" : "";
    xml += i % 10 == 0
               ? "<HD1>" + std::string(1, static_cast<char>('A' + i / 10 % 5)) + ". Gears</HD1>\n"
               : "";
    xml += "<FP-2><B>" + eccn + " Widgets, as follows.</B></FP-2>\n<P>a. Gears of a widget;</P>\n" +
           "<NOTE><HED>Note 1 to paragraph b:</HED><P>Not for toys.</P></NOTE>\n" +
           "<P>b. Sprockets, having any of the following:</P>\n<P>b.1. Teeth;</P>\n" +
           "<P>a. Gears of another widget.</P>\n";
  }
  return xml;
}

std::string glossary() {
  std::string xml = "<HEAD>\u00a7 999.1 Definitions.</HEAD>\n";
  for (int i = 0; i < many; ++i) {
    xml += "<P><I>Widget " + std::to_string(i) + ".</I> (Cat 3) What turns sprockets, and: </P>\n" +
           "<P>(a) A gear;</P>\n<P>(b) A cog.</P>\n" +
           "<NOTE><HED>Note to paragraph (b):</HED><P>Of any size.</P></NOTE>\n";
  }
  return xml;
}

} // namespace

TEST_CASE("entries of a control list are told apart by their category", "[long]") {
  const Unit unit = only_unit("<DIV9 N=\"Supplement No. 1 to Part 774\" TYPE=\"APPENDIX\">\n" +
                              commerce_control_list() + "</DIV9>");
  REQUIRE(unit.not_understood.size() == many);
  CHECK(unit.not_understood.back().at.to_string() == "ECCN 1B299.a #2");
  const auto group = std::find_if(unit.root.children.rbegin(),
                                  unit.root.children.rend(),
                                  [](const Node& node) { return node.kind == NodeKind::heading; });
  CHECK(group->designator == "Category 1 Group E");
  CHECK_FALSE(unit.reserved); // whatever its heading says
  CHECK(unit.root.children.back().ordinal == count_nodes(unit.root) - 6); // six more are below it
}

TEST_CASE("the notes of a definition stay with it", "[long]") {
  const Unit unit = only_unit("<DIV8 N=\"999.1\" TYPE=\"SECTION\">\n" + glossary() + "</DIV8>");
  const Node& last = unit.root.children.back();
  CHECK(last.designator == "Widget 399");
  REQUIRE(last.children.size() == 2);
  REQUIRE(last.children[1].children.size() == 1);
  CHECK(last.children[1].children[0].text == "Of any size.");
}

TEST_CASE("of many paragraphs each odd element is listed once and each note kept", "[long]") {
  const std::string head = "<DIV8 N=\"999.1\" TYPE=\"SECTION\">\n";
  const std::string heading = "<HEAD>\u00a7 999.1 Widgets.</HEAD>\n";
  const Unit unit = only_unit(head + heading + every_block() + "</DIV8>");
  CHECK(unit.root.children.front().text == "Widgets.");
  CHECK(unit.not_understood.size() >= 4); // each odd element is listed once
  CHECK(unit.notes.size() == many / 50);
}

TEST_CASE("a head behind the first paragraph is not the section's", "[long]") {
  const Unit unit = only_unit("<DIV8 N=\"999.1\">" + every_block() + "<HEAD>Late.</HEAD></DIV8>");
  CHECK(unit.root.children.front().text == "Paragraph 0 of widgets, gears and sprockets.");
}

TEST_CASE("a head inside a note is not the section's", "[long]") {
  const auto unit = only_unit("<DIV8 N=\"999.1\"><NOTE><HEAD>Not this.</HEAD>"
                              "<P>Words.</P></NOTE><P>(a) Widgets.</P></DIV8>");
  CHECK(trees::places(unit) == trees::Places{" / Note | ",
                                             " / Note / Not this. | Not this.",
                                             " / Note / text 1 | Words.",
                                             "(a) | Widgets."});
}
