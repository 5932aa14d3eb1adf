// The irregularities of the Commerce Control List (docs/grammar.md, CCL: items), in invented
// wording.
#include <algorithm>

#include "trees.hpp"

using namespace regtrail;
using trees::Places;
using trees::places;

namespace {

Unit ccl(const std::string& content) {
  return trees::appendix("Supplement No. 1 to Part 774", content);
}

const std::string heading =
    "<FP-2><B>3B001 Widget equipment, as follows (see List of Items Controlled).</B></FP-2>";

/// The places of the entry 3B001 alone, without its heading.
Places entry(const std::string& content) {
  const Unit unit = ccl(heading + content);
  Places all = places(unit);
  all.erase(std::remove_if(all.begin(),
                           all.end(),
                           [](const std::string& place) { return place == "ECCN 3B001 | "; }),
            all.end());
  return all;
}

} // namespace

TEST_CASE("a category without a number is a heading like another", "[ccl]") {
  const Unit unit = ccl("<HD1>Category “Widgets”</HD1><HD1>B. Tests</HD1>");
  CHECK(places(unit) ==
        Places{" / Category \"Widgets\" | Category “Widgets”", " / B. Tests | B. Tests"});
}

TEST_CASE("a license table becomes rows named by reason and paths", "[ccl]") {
  CHECK(
      entry("<FP-1><E T=\"04\">License Requirements</E></FP-1><FP-1><I>Reason for Control:</I> NS, "
            "AT</FP-1><DIV><DIV><TABLE><THEAD><TR><TH>Control(s)</TH>"
            "<TH>Country Chart (See Supp. No. 1)</TH></TR></THEAD><TBODY><TR><TD>NS applies to "
            "3B001.a.4, c, d</TD><TD>NS Column 2.</TD></TR>"
            "<TR><TD>AT applies to entire entry</TD><TD>AT Column "
            "1.</TD></TR></TBODY></TABLE></DIV></DIV>"
            "<FP-1><E T=\"05\">List Based License Exceptions (See Part "
            "740)</E></FP-1><FP-1><I>LVS:</I> $500</FP-1><FP-1>$100 for 3B001.b</FP-1>") ==
      Places{"ECCN 3B001 / License Requirements | License Requirements",
             "ECCN 3B001 / License Requirements / Columns | Control(s) | Country Chart (See Supp. "
             "No. 1)",
             "ECCN 3B001 / License Requirements / NS: a.4, c, d | NS applies to 3B001.a.4, c, d",
             "ECCN 3B001 / License Requirements / NS: a.4, c, d / Country Chart | NS Column 2.",
             "ECCN 3B001 / License Requirements / AT: entire entry | AT applies to entire entry",
             "ECCN 3B001 / License Requirements / AT: entire entry / Country Chart | AT Column 1.",
             "ECCN 3B001 / Reason for Control | NS, AT",
             "ECCN 3B001 / List Based License Exceptions | List Based License Exceptions (See Part "
             "740)",
             "ECCN 3B001 / LVS | $500",
             "ECCN 3B001 / LVS / text 1 | $100 for 3B001.b"});
}

TEST_CASE("items nest by their printed paths, with all the ways in which labels are misprinted",
          "[ccl]") {
  CHECK(entry("<FP><I>Items:</I> a. First item.</FP><P>a.1. Part of a;</P><P>a.1.a Without a full "
              "stop;</P><P>a.1.b without one and in lower case.</P><P>b. through d. [Reserved]</P>"
              "<P>e.1. and e.2. [Reserved]</P><P>f.-h. [Reserved]</P><P>z.1.a. Its parents are not "
              "printed.</P>") == Places{"ECCN 3B001 / Items | ",
                                        "ECCN 3B001.a | First item.",
                                        "ECCN 3B001.a.1 | Part of a;",
                                        "ECCN 3B001.a.1.a | Without a full stop;",
                                        "ECCN 3B001.a.1.b | without one and in lower case.",
                                        "ECCN 3B001.b | [Reserved]",
                                        "ECCN 3B001.c | [Reserved]",
                                        "ECCN 3B001.d | [Reserved]",
                                        "ECCN 3B001.e | ",
                                        "ECCN 3B001.e.1 | [Reserved]",
                                        "ECCN 3B001.e.2 | [Reserved]",
                                        "ECCN 3B001.f | [Reserved]",
                                        "ECCN 3B001.g | [Reserved]",
                                        "ECCN 3B001.h | [Reserved]",
                                        "ECCN 3B001.z | ",
                                        "ECCN 3B001.z.1 | ",
                                        "ECCN 3B001.z.1.a | Its parents are not printed."});
}

TEST_CASE("letters and numbers inside notes are no items, and notes go to the place they name",
          "[ccl]") {
  CHECK(entry("<FP><I>Items:</I></FP><P>a. Widgets:</P><P>a.1. Small ones;</P><NOTE><HED><I>Note "
              "1:</I></HED><P><I>3B001.a includes:</I></P><P><I>a. Gadgets; and</I></P><P><I>b. "
              "Sprockets.</I></P></NOTE>"
              "<NOTE><HED><I>Technical Notes:</I></HED><P><I>1. For the purposes of 3B001.a.1, a "
              "'small one' is small.</I></P><P><I>2. For the purposes of 3B001.b, not yet "
              "printed.</I></P></NOTE>"
              "<P>b. Others.</P><NOTE><HED><I>N.B.</I>:</HED><P>See "
              "elsewhere.</P></NOTE><NOTE><HED>Note 2 to 3B001:</HED><P>Of the whole "
              "entry.</P></NOTE>") ==
        Places{"ECCN 3B001 / Items | ",
               "ECCN 3B001.a | Widgets:",
               "ECCN 3B001.a.1 | Small ones;",
               "ECCN 3B001.a.1 / Technical Note 1 | For the purposes of 3B001.a.1, a 'small one' "
               "is small.",
               "ECCN 3B001.a.1 / Technical Note 2 | For the purposes of 3B001.b, not yet printed.",
               "ECCN 3B001.a / Note 1 | 3B001.a includes:",
               "ECCN 3B001.a / Note 1 / a | Gadgets; and",
               "ECCN 3B001.a / Note 1 / b | Sprockets.",
               "ECCN 3B001.b | Others.",
               "ECCN 3B001.b / N.B. | See elsewhere.",
               "ECCN 3B001 / Note 2 | Of the whole entry."});
}

TEST_CASE("a note that a formula splits in two is one note with the figure inside", "[ccl]") {
  CHECK(
      entry("<P>a. Widgets.</P><NOTE><HED>Technical Notes:</HED><P>For the purposes of "
            "3B001.a:</P><P>1. The formula is:</P></NOTE><img src=\"/graphics/er01ja25.001.gif\"/>"
            "<NOTE><HED> </HED><FP>where K is a factor.</FP><P>2. Second.</P></NOTE>") ==
      Places{"ECCN 3B001.a | Widgets.",
             "ECCN 3B001.a / Technical Notes | For the purposes of 3B001.a:",
             "ECCN 3B001.a / Technical Notes / 1 | The formula is:",
             "ECCN 3B001.a / Technical Notes / 1 / er01ja25.001.gif | er01ja25.001.gif",
             "ECCN 3B001.a / Technical Notes / 1 / text 1 | where K is a factor.",
             "ECCN 3B001.a / Technical Notes / 2 | Second."});
}

TEST_CASE("headings in several pieces and labels in plain paragraphs are still found", "[ccl]") {
  const Unit unit =
      ccl("<HD1>Category 3—Widgets</HD1><HD1>B. “Test” Equipment</HD1><NOTE><HED>Note "
          "1:</HED><P>Of the group.</P></NOTE>"
          "<FP-2><B>3B001 </B><E T=\"04\">“</E><B>Widgets</B><E T=\"04\">”</E></FP-2><P><I>Related "
          "Controls:</I> None.</P><FP-1><I>Related Definitions</I> N/A</FP-1><P>a. First.</P>"
          "<FP-2><B>EAR99 Everything else.</B></FP-2>");
  CHECK(places(unit) == Places{" / Category 3 | Category 3—Widgets",
                               " / Category 3 Group B | B. “Test” Equipment",
                               " / Category 3 Group B / Note 1 | Of the group.",
                               "ECCN 3B001 | ",
                               "ECCN 3B001 / Related Controls | None.",
                               "ECCN 3B001 / Related Definitions | N/A",
                               "ECCN 3B001.a | First.",
                               " / EAR99 | "});
}

TEST_CASE("an item printed twice is kept twice and listed", "[ccl]") {
  const Unit unit = ccl(heading + "<P>a. One.</P><P>a. Two.</P>");
  REQUIRE(unit.not_understood.size() == 1);
  CHECK(unit.not_understood.at(0).at.to_string() == "ECCN 3B001.a #2");
  CHECK(unit.not_understood.at(0).text == "a. Two.");
}
