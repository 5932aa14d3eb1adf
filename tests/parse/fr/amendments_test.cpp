#include "tests/parse/fr/fr_form.hpp"

#include <algorithm>

using namespace regtrail;
using namespace fr_form;
using Catch::Matchers::Contains;

namespace {

Strings ordinals(const Document& document) {
  Strings out;
  for (const Instruction& instruction : document.instructions) {
    out.push_back(instruction.ordinal);
  }
  return out;
}

Strings places_of(const Document& document, std::size_t instruction) {
  const Instruction& one = document.instructions.at(instruction);
  REQUIRE(one.set_out.size() == 1);
  return places(one.set_out.front());
}

} // namespace

TEST_CASE("each AMDPAR is an instruction with its page and the text under it", "[amendments]") {
  const Document document = only(
      rule(regtext(amdpar("1. The authority citation for part 799 continues to read as follows:") +
                   "<AUTH><HD SOURCE=\"HED\">Authority:</HD><P>50 U.S.C. 4801.</P></AUTH>") +
           "<PRTPAGE P=\"70105\"/>" +
           regtext(amdpar("2. In § 799.1, revise paragraph (a)(2) to read as follows:") +
                   section("799.1", "<P>(a) * * *</P><P>(2) Two.</P><STARS/>"))));
  CHECK(ordinals(document) == Strings{"1", "2"});
  CHECK(document.instructions[0].page == 70101);
  CHECK(document.instructions[1].page == 70105);
  CHECK(document.instructions[1].title == "15");
  CHECK(document.instructions[1].part == "799");
  CHECK(set_out(document) == Strings{"1: 15 CFR Part 799", "2: 15 CFR 799.1"});
  CHECK(places_of(document, 0) == Strings{"15 CFR Part 799 / authority | 50 U.S.C. 4801."});
  CHECK(places_of(document, 1) == Strings{"15 CFR 799.1(a) | * * *",
                                          "15 CFR 799.1(a)(2) | Two.",
                                          "15 CFR 799.1(a) / text 1 | * * * * *"});
  CHECK_THAT(document.body, !Contains("Two."));
  CHECK_THAT(document.body, !Contains("authority citation"));
}

TEST_CASE("text that several lettered instructions share is with the one that introduces them",
          "[amendments]") {
  const Document document = only(
      rule(regtext(amdpar("2. Remove and reserve § 799.9.") + amdpar("3. Amend § 799.1 by:") +
                   amdpar("a. Revising paragraph (a); and") + amdpar("b. Adding paragraph (d).") +
                   "<P>The revision and addition read as follows:</P>" +
                   section("799.1", "<P>(a) A.</P><STARS/><P>(d) D.</P>"))));
  CHECK(ordinals(document) == Strings{"2", "3", "3.a", "3.b"});
  CHECK(set_out(document) == Strings{"3: 15 CFR 799.1"});
  CHECK(parse::set_out_for(document, 3).size() == 1);
  CHECK(parse::set_out_for(document, 0).empty());
  CHECK_THAT(document.body, !Contains("revision and addition"));
}

TEST_CASE("asterisks stand for what is left out, at any level", "[amendments]") {
  const Document document = only(rule(regtext(
      amdpar("5. Amend § 799.14 by revising paragraphs (i)(1)(vi)(B)(<E T=\"03\">1</E>), "
             "(i)(2)(vi) and (k).") +
      section("799.14",
              "<STARS/><P>(i) * * *</P><P>(1) * * *</P><P>(vi) * * *</P><P>(B) * * *</P>"
              "<P>(<E T=\"03\">1</E>) First.</P><STARS/><P>(2) ***</P><P>(vi) Sixth.</P><STARS/>"
              "<P>(k) Kay.</P><STARS/>"))));
  const Strings seen = places_of(document, 0);
  const auto has = [&](const std::string& line) {
    return std::find(seen.begin(), seen.end(), line) != seen.end();
  };
  CHECK(has("15 CFR 799.14 / text 1 | * * * * *"));
  CHECK(has("15 CFR 799.14(i)(1)(vi)(B)(1) | First."));
  CHECK(has("15 CFR 799.14(i)(2) | * * *"));
  CHECK(has("15 CFR 799.14(i)(2)(vi) | Sixth."));
  CHECK(has("15 CFR 799.14(k) | Kay."));
  CHECK(document.not_understood.empty());
}

TEST_CASE("a section that prints only its status has no text", "[amendments]") {
  const Document document =
      only(rule("<SECTION><SECTNO>§ 799.2 </SECTNO><SUBJECT>[Amended]</SUBJECT></SECTION>" +
                regtext(amdpar("2. In § 799.2, remove paragraph (g).")) +
                regtext(amdpar("3. In § 799.3, revise paragraph (a) to read as follows:") +
                        "<SECTION><SECTNO>§ 799.3 </SECTNO><SUBJECT>[Amended]</SUBJECT>"
                        "<P>(a) A.</P></SECTION>")));
  CHECK(set_out(document) == Strings{"3: 15 CFR 799.3"});
  const SetOutText& text = document.instructions[1].set_out.at(0);
  const Node* heading = find_node(text.root, text.unit, *Citation::parse("15 CFR 799.3 / heading"));
  REQUIRE(heading != nullptr);
  CHECK(heading->text == "§ 799.3");
}

TEST_CASE("an instruction whose section stands in the next REGTEXT gets it", "[amendments]") {
  const Document document = only(rule(regtext(amdpar("2. Revise § 799.1 to read as follows:")) +
                                      regtext(section("799.1", "<P>New.</P>")) +
                                      regtext(amdpar("3. Revise § 799.2 to read as follows:") +
                                              section("799.2", "<P>Newer.</P>"))));
  CHECK(set_out(document) == Strings{"2: 15 CFR 799.1", "3: 15 CFR 799.2"});
}

TEST_CASE("an instruction tagged as part of the section before it is one of its own",
          "[amendments]") {
  const Document document =
      only(rule(regtext(amdpar("2. Revise § 799.1 to read as follows:") +
                        section("799.1",
                                "<P>New.</P>" + amdpar("3. Revise § 799.2 to read as follows:") +
                                    "<P>Not of 799.1.</P>"))));
  CHECK(ordinals(document) == Strings{"2", "3"});
  CHECK(places_of(document, 0) == Strings{"15 CFR 799.1 / text 1 | New."});
  CHECK(set_out(document) == Strings{"2: 15 CFR 799.1", "3: 15 CFR 799.2"});
}

TEST_CASE("amendments outside of REGTEXT are read alike", "[amendments]") {
  const Document document =
      only(rule("<PART><HD SOURCE=\"HED\">PART 799—WIDGETS</HD></PART>" +
                amdpar("1. The authority citation for part 799 continues to read as follows:") +
                "<AUTH><HD SOURCE=\"HED\">Authority:</HD><P>50 U.S.C. 4801.</P></AUTH>"
                "<SUBPART><HD SOURCE=\"HED\">Subpart A—General</HD></SUBPART>" +
                amdpar("2. In § 799.1, revise paragraph (a) to read as follows:") +
                section("799.1", "<P>(a) A.</P>") +
                amdpar("3. Supplement no. 2 to part 799 is revised to read as follows:") +
                "<HD SOURCE=\"HD1\">Supplement No. 2 to Part 799—Forms</HD><P>Fill in.</P>"
                "<HD SOURCE=\"HD1\">Note: The following will not appear in the Code of Federal "
                "Regulations</HD><P>An aside.</P>"));
  CHECK(set_out(document) ==
        Strings{"1: 15 CFR Part 799", "2: 15 CFR 799.1", "3: Supplement No. 2 to Part 799"});
  CHECK_THAT(document.body, Contains("An aside."));
  CHECK_THAT(document.body, !Contains("Fill in."));
}

TEST_CASE("wrong and missing attributes are repaired and it is said so", "[amendments]") {
  SECTION("the part of the words") {
    const Document document = only(rule(
        "<PART><HD SOURCE=\"HED\">PART 798—GADGETS</HD></PART>" +
        regtext(amdpar("3. The authority citation for part 798 continues to read as follows:") +
                "<AUTH><HD SOURCE=\"HED\">Authority:</HD><P>5 U.S.C. 1.</P></AUTH>")));
    const Instruction& one = document.instructions.at(0);
    CHECK(one.part == "798");
    CHECK_THAT(one.reason, Contains("part 798") && Contains("the markup says 799"));
    CHECK(one.set_out.at(0).unit.to_string() == "15 CFR Part 798");
  }
  SECTION("the title of the heading") {
    const Document document = only(
        rule("<REGTEXT TITLE=\"51\" PART=\"799\">" + amdpar("3. Remove § 799.4.") + "</REGTEXT>"));
    CHECK(document.instructions.at(0).title == "15");
    CHECK_THAT(document.instructions[0].reason, Contains("the markup says 51"));
    CHECK(document.cfr == std::vector<CfrPart>{{"15", "799"}});
  }
  SECTION("none at all") {
    const Document document = only(rule("<REGTEXT>" + amdpar("3. Remove § 799.4.") + "</REGTEXT>"));
    CHECK(document.instructions.at(0).part == "799");
    CHECK(document.instructions[0].title == "15");
    CHECK_THAT(document.instructions[0].reason, Contains("none in the markup"));
  }
  SECTION("right ones are not spoken of") {
    const Document document = only(rule(regtext(amdpar("3. Remove § 799.4."))));
    CHECK(document.instructions.at(0).reason.empty());
  }
}

TEST_CASE("new subparts keep their sections and their headings", "[amendments]") {
  const Document document =
      only(rule(regtext(amdpar("13. Add subpart E to read as follows:") +
                        "<SUBPART><HD SOURCE=\"HED\">Subpart E—New Widgets</HD></SUBPART>" +
                        section("799.200", "<P>One.</P>") + section("799.210", "<P>Two.</P>")) +
                "<SUBPART><HD SOURCE=\"HED\">Subpart F—Elsewhere</HD></SUBPART>" +
                regtext(amdpar("14. Remove § 799.300."))));
  CHECK(set_out(document) ==
        Strings{"13: 15 CFR Part 799", "13: 15 CFR 799.200", "13: 15 CFR 799.210"});
  CHECK(places(document.instructions[0].set_out[0]) ==
        Strings{"15 CFR Part 799 / Subpart E | Subpart E—New Widgets"});
}

TEST_CASE("a new part is set out with its authority and sections", "[amendments]") {
  const Document document = only(rule(regtext(
      amdpar("For the reasons above, part 799 is added to read as follows:") +
      "<PART><HD SOURCE=\"HED\">PART 799—WIDGETS</HD><CONTENTS><SECTNO>799.1</SECTNO>"
      "<SUBJECT>Scope.</SUBJECT></CONTENTS><AUTH><HD SOURCE=\"HED\">Authority:</HD><P>5 U.S.C. "
      "1.</P>"
      "</AUTH>" +
      section("799.1", "<P>Scope.</P>") + "</PART>")));
  REQUIRE(document.instructions.size() == 1);
  Strings units;
  for (const SetOutText& text : document.instructions[0].set_out) {
    units.push_back(text.unit.to_string());
  }
  CHECK(units == Strings{"15 CFR Part 799", "15 CFR Part 799", "15 CFR 799.1"});
}

TEST_CASE("text without a heading belongs to what the instruction names", "[amendments]") {
  SECTION("a section") {
    const Document document = only(rule(regtext(
        amdpar("2. Amend § 799.13 by adding the following new directive:") +
        "<EXTRACT><FP SOURCE=\"FP-2\">2027-01-01 Sample Company: Amendment 1.</FP></EXTRACT>")));
    CHECK(set_out(document) == Strings{"2: 15 CFR 799.13"});
  }
  SECTION("nothing, and it is said") {
    const Document document =
        only(rule(regtext(amdpar("2. Something unheard of:") + "<P>Lost text.</P>")));
    CHECK(set_out(document).empty());
    REQUIRE(document.not_understood.size() == 1);
    CHECK_THAT(document.not_understood[0], Contains("has no place: 'Lost text.'"));
  }
}

TEST_CASE("the printer's own correction has its instruction in running text", "[amendments]") {
  const Document document = only(
      "<RULE><PREAMB><CFR>15 CFR Part 799</CFR><SUBJECT>Widgets</SUBJECT><HD SOURCE=\"HED\">CFR "
      "Correction</HD><P>In Title 15 of the Code of Federal Regulations, in section 799.58, "
      "reinstate paragraph (a)(3)(ii) to read as follows:</P><REGTEXT>" +
      section("799.58", "<P>(a) * * *</P><P>(3) * * *</P><P>(ii) Again.</P>") +
      "</REGTEXT></PREAMB><FRDOC>[FR Doc. 2027-00001 Filed 3-1-27; 8:45 am]</FRDOC></RULE>");
  REQUIRE(document.instructions.size() == 1);
  CHECK_THAT(document.instructions[0].text, Contains("In Title 15"));
  CHECK_THAT(document.instructions[0].reason, Contains("printed as running text"));
  CHECK(set_out(document).size() == 1);
}

TEST_CASE("an authority line of a document that amends nothing is running text", "[amendments]") {
  const Document document = only(
      rule("<P>We act.</P><AUTH><HD SOURCE=\"HED\">Authority:</HD><P>16 U.S.C. 1801.</P></AUTH>"));
  CHECK(document.instructions.empty());
  CHECK_THAT(document.body, Contains("We act.\nAuthority:\n16 U.S.C. 1801."));
}

TEST_CASE("more authority behind AUTH is part of it", "[amendments]") {
  const Document document = only(
      rule(regtext(amdpar("1. The authority citation for part 799 is revised to read as follows:") +
                   "<AUTH><HD SOURCE=\"HED\">Authority:</HD><P>5 U.S.C. 1.</P></AUTH><EXTRACT>"
                   "<P>Subpart B also issued under 5 U.S.C. 2.</P></EXTRACT>")));
  CHECK(
      places_of(document, 0) ==
      Strings{"15 CFR Part 799 / authority | 5 U.S.C. 1. Subpart B also issued under 5 U.S.C. 2."});
}
