#include "federal_register/instruction.hpp"
#include "tests/federal_register/instruction_cases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

using namespace regtrail;
using namespace instruction_cases;

namespace {

const std::string china = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF";

} // namespace

TEST_CASE("a verb is the same verb in every form", "[instruction]") {
  check_all("744",
            {{"2. Revise § 744.11 to read as follows:", "revise [15 CFR 744.11]"},
             {"2. Section 744.11 is revised to read as follows:", "revise [15 CFR 744.11]"},
             {"2. Amend part 744 by revising § 744.11.", "revise [15 CFR 744.11]"},
             {"2. Amend § 744.11 to revise paragraph (a).", "revise [15 CFR 744.11(a)]"},
             {"2. BIS amends § 744.11 by revising paragraph (a).", "revise [15 CFR 744.11(a)]"},
             {"2. Revise and republish § 744.11 to read as follows:",
              "revise and republish [15 CFR 744.11]"},
             {"2. Remove and reserve paragraph (d) in § 744.9.", "reserve [15 CFR 744.9(d)]"},
             {"2. Paragraph (d) of § 744.9 is removed and reserved.", "reserve [15 CFR 744.9(d)]"},
             {"2. Section 744.9 is amended by adding and reserving paragraph (e).",
              "reserve [15 CFR 744.9(e)]"},
             {"2. The authority citation for 15 CFR part 744 continues to read as follows:",
              "continue to read [15 CFR Part 744 / authority]"},
             {"2. Section 744.9 is transferred to subpart B.",
              "transfer [15 CFR 744.9] -> [15 CFR Part 744 / subpart B]"},
             {"2. Designate §§ 744.1 through 744.3 as new subpart A.",
              "designate [15 CFR 744.1] [15 CFR 744.2] [15 CFR 744.3] -> [15 CFR Part 744 / "
              "subpart A]"}});
}

TEST_CASE("lists of paragraphs continue the path before them", "[instruction]") {
  check_all("742",
            {{"3. In § 742.4, revise paragraphs (k)(1) through (3), and (4)(i).",
              "revise [15 CFR 742.4(k)(1)] [15 CFR 742.4(k)(2)] [15 CFR 742.4(k)(3)] "
              "[15 CFR 742.4(k)(4)(i)]"},
             {"3. In § 742.4, add paragraphs (i)(1)(vi)(C) and (C)(1).",
              "add [15 CFR 742.4(i)(1)(vi)(C)] [15 CFR 742.4(i)(1)(vi)(C)(1)]"},
             {"3. Amend § 742.4 by removing paragraphs (a)(2)(ii)(B)( 3 ) through ( 5 ).",
              "remove [15 CFR 742.4(a)(2)(ii)(B)(3)] [15 CFR 742.4(a)(2)(ii)(B)(4)] "
              "[15 CFR 742.4(a)(2)(ii)(B)(5)]"},
             {"3. Amend § 742.4 by revising paragraphs (a)(9)(i)(B)(1) and (2), (ii), and (iii).",
              "revise [15 CFR 742.4(a)(9)(i)(B)(1)] [15 CFR 742.4(a)(9)(i)(B)(2)] "
              "[15 CFR 742.4(a)(9)(ii)] [15 CFR 742.4(a)(9)(iii)]"},
             {"3. Amend § 742.4 by revising paragraphs (h) and (i), and (i)(2)(vi)(B) and (j).",
              "revise [15 CFR 742.4(h)] [15 CFR 742.4(i)] [15 CFR 742.4(i)(2)(vi)(B)] "
              "[15 CFR 742.4(j)]"},
             {"3. Amend § 742.4 by redesignating paragraph (z) as paragraph (aa).",
              "redesignate [15 CFR 742.4(z)] -> [15 CFR 742.4(aa)]"},
             {"3. Amend § 742.4 by revising paragraphs (x) through (bb).",
              "revise [15 CFR 742.4(x)] [15 CFR 742.4(y)] [15 CFR 742.4(z)] [15 CFR 742.4(aa)] "
              "[15 CFR 742.4(bb)]"},
             {"3. Section 742.4(a)(1)(ii)(A) and (B) is revised.",
              "revise [15 CFR 742.4(a)(1)(ii)(A)] [15 CFR 742.4(a)(1)(ii)(B)]"},
             {"3. Section 742.4 is amended by revising (b)(11) to read as follows:",
              "revise [15 CFR 742.4(b)(11)]"},
             {"3. Section 742.4, paragraph (i), is revised.", "revise [15 CFR 742.4(i)]"},
             {"3. Section 742.4(a)(3) is revised; paragraph (b)(1) is removed; and a new paragraph "
              "(c) is "
              "added.",
              "revise [15 CFR 742.4(a)(3)]; remove [15 CFR 742.4(b)(1)]; add [15 CFR 742.4(c)]"}});
}

TEST_CASE("several verbs in one instruction keep their own places", "[instruction]") {
  check_all("742",
            {{"12. Section 742.6 is amended by redesignating paragraphs (a)(7) through (9) as "
              "paragraphs (a)(8) through (10), removing paragraph (a)(11), and adding a new "
              "paragraph (a)(7) to read as follows:",
              "redesignate [15 CFR 742.6(a)(7)] [15 CFR 742.6(a)(8)] [15 CFR 742.6(a)(9)] -> "
              "[15 CFR 742.6(a)(8)] -> [15 CFR 742.6(a)(9)] -> [15 CFR 742.6(a)(10)]; "
              "remove [15 CFR 742.6(a)(11)]; add [15 CFR 742.6(a)(7)]"},
             {"12. In § 742.6, paragraph (b)(2) is redesignated as paragraph (b)(3), and a new "
              "paragraph (b)(2) is added to read as follows:",
              "redesignate [15 CFR 742.6(b)(2)] -> [15 CFR 742.6(b)(3)]; "
              "add [15 CFR 742.6(b)(2)]"},
             {"12. In § 742.6, redesignate paragraphs (b)(2) and (3) as paragraphs (b)(3) and (4), "
              "and paragraph (c) as paragraph (d).",
              "redesignate [15 CFR 742.6(b)(2)] [15 CFR 742.6(b)(3)] [15 CFR 742.6(c)] -> "
              "[15 CFR 742.6(b)(3)] -> [15 CFR 742.6(b)(4)] -> [15 CFR 742.6(d)]"},
             {"12. In § 742.6, paragraph (c) is redesignated as paragraph (d) and revised.",
              "redesignate [15 CFR 742.6(c)] -> [15 CFR 742.6(d)]; revise [15 CFR 742.6(d)]"},
             {"12. Redesignate § 742.6 as § 742.26 and transfer to subpart E.",
              "redesignate [15 CFR 742.6] -> [15 CFR 742.26]; "
              "transfer [15 CFR 742.26] -> [15 CFR Part 742 / subpart E]"},
             {"12. Section 742.6 is amended by: (1) Revising paragraph (c)(2); and (2) Adding "
              "paragraph (c)(3).",
              "revise [15 CFR 742.6(c)(2)]; add [15 CFR 742.6(c)(3)]"}});
}

TEST_CASE("introductory text, headings and sentences are part of their place", "[instruction]") {
  check_all(
      "744",
      {{"4. In § 744.11, revise the section heading, paragraph (a)(2) introductory text, and "
        "the first sentence of paragraph (b).",
        "revise [15 CFR 744.11 / heading] [15 CFR 744.11(a)(2)]+intro "
        "[15 CFR 744.11(b)]+own (the first sentence)"},
       {"4. In § 744.11, revise the introductory text of paragraphs (a) and (b)(1).",
        "revise [15 CFR 744.11(a)]+intro [15 CFR 744.11(b)(1)]+intro"},
       {"4. In § 744.11, add a heading to paragraph (c).", "add [15 CFR 744.11(c) / heading]"},
       {"4. The heading to part 744 and the heading to § 744.23 are revised.",
        "revise [15 CFR Part 744 / heading] [15 CFR 744.23 / heading]"},
       {"4. Section 744.16 is amended by adding a sentence at the end of paragraph (b).",
        "add [15 CFR 744.16(b)]+own (a sentence; at the end)"},
       {"4. In § 744.11, in the introductory text, remove the three sentences that follow the "
        "first sentence.",
        "remove [15 CFR 744.11]+intro (the three sentences that follow the first sentence)"},
       {"4. Section 744.23 is amended by adding Note 1 to paragraph (a)(2)(iii), Note 2 to "
        "paragraph (b), and a note to paragraph (c).",
        "add [15 CFR 744.23(a)(2)(iii) / Note 1] [15 CFR 744.23(b) / Note 2] "
        "[15 CFR 744.23(c) / Note]"},
       {"4. Amend § 744.11 by revising Table 1 to paragraph (b) and footnotes 1 and 2.",
        "revise [15 CFR 744.11(b) / Table 1] [15 CFR 744.11 / Footnote 1] "
        "[15 CFR 744.11 / Footnote 2]"}});
}

TEST_CASE("words are kept as quoted, with what replaces them", "[instruction]") {
  check_all(
      "744",
      {{"5. Amend § 744.11 in paragraph (a) by removing “§§ 734.9(e)” and adding in its place "
        "“§ 734.9(e)(1)”.",
        "replace words [15 CFR 744.11(a)] {§§ 734.9(e)|§ 734.9(e)(1)}"},
       {"5. Amend § 744.11 by removing the words “A” and “B” in paragraph (c) and adding in their "
        "place “C” and “D”, respectively.",
        "replace words [15 CFR 744.11(c)] {A|C} (respectively); "
        "replace words [15 CFR 744.11(c)] {B|D} (respectively)"},
       {"5. In part 744, remove “Bureau of Old Names” and add in its place “Bureau of New Names” "
        "wherever it appears.",
        "replace words [15 CFR Part 744] {Bureau of Old Names|Bureau of New Names} (wherever it "
        "appears)"},
       {"5. Amend § 744.11 by revising all references to “old office” in paragraphs (a) and (b) to "
        "read “New Office”.",
        "replace words [15 CFR 744.11(a)] [15 CFR 744.11(b)] {old office|New Office} (all "
        "references)"},
       {"5. Amend § 744.11 by removing the period at the end of paragraph (a)(1) and adding “; or” "
        "in its place.",
        "replace words [15 CFR 744.11(a)(1)] {.|; or} (at the end)"},
       {"5. Amend § 744.11 by adding the word “and” at the end of paragraph (a)(5).",
        "add words [15 CFR 744.11(a)(5)] {|and} (at the end)"},
       {"5. Section 744.11 is amended in paragraph (a)(1) by adding “, 3A001” after “3B001” and "
        "removing the last sentence.",
        "add words [15 CFR 744.11(a)(1)] {|, 3A001} (after “3B001”); "
        "remove [15 CFR 744.11(a)(1)]+own (the last sentence)"},
       {"5. Amend § 744.11 by removing “A” and “B” and adding in their place “C”, “D”, and “E”.",
        "? unequal numbers of words to remove and to add"}});
}

TEST_CASE("lettered instructions work in the country above them", "[instruction]") {
  const std::vector<std::string> lines = {
      "2. Supplement No. 4 to part 744 is amended:",
      "a. Under CHINA, PEOPLE'S REPUBLIC OF:",
      "i. By adding, in alphabetical order, entries for “Example Micro Co., Ltd.” and “Sample "
      "Devices Ltd., North Branch;”",
      "ii. By revising the entry for “Old Name Institute;” and",
      "iii. By removing the entry for “Gone Trading Co.;”",
      "b. Under JAPAN, by adding an entry for “Nihon Example K.K.”; and",
      "c. By removing, under RUSSIA, the entries for “A” and “B”.",
      "d. Revising footnote 4."};
  const std::vector<std::string> expected = {
      "amend [Supplement No. 4 to Part 744]",
      "amend [" + china + "]",
      "add [" + china + " / Example Micro Co., Ltd.] [" + china +
          " / Sample Devices Ltd., North Branch] (in alphabetical order)",
      "revise [" + china + " / Old Name Institute]",
      "remove [" + china + " / Gone Trading Co.]",
      "add [Supplement No. 4 to Part 744 / JAPAN / Nihon Example K.K.]",
      "remove [Supplement No. 4 to Part 744 / RUSSIA / A] [Supplement No. 4 to Part 744 / RUSSIA / "
      "B]",
      "revise [Supplement No. 4 to Part 744 / Footnote 4]"};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CHECK(last_of("744", {lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(i) + 1}) ==
          expected[i]);
  }
}

TEST_CASE("lettered instructions inside one paragraph are read as if they stood alone",
          "[instruction]") {
  check_all(
      "744",
      {{"3. Supplement No. 4 to part 744 is amended by: a. Under CHINA, PEOPLE'S REPUBLIC OF: i. "
        "Adding, in alphabetical order, entries for “X” and “Y”; ii. Revising the entry for “Z”; "
        "b. Under JAPAN, removing the entry for “W”.",
        "add [" + china + " / X] [" + china + " / Y] (in alphabetical order); revise [" + china +
            " / Z]; remove [Supplement No. 4 to Part 744 / JAPAN / W]"},
       {"4. Supplement no. 4 to part 744 is amended under CHINA, PEOPLE’S REPUBLIC OF by adding an "
        "entry for “Example Limited” and by revising the entry for “Sample (Group) Co., Ltd.”",
        "add [" + china + " / Example Limited]; revise [" + china + " / Sample (Group) Co., Ltd.]"},
       {"15. Supplement No. 7 to part 744—‘Military End-User’ (MEU) List is amended by adding, in "
        "alphabetical order, under CHINA, PEOPLE'S REPUBLIC OF, an entry for “Example Aviation”.",
        "add [Supplement No. 7 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Aviation] (in "
        "alphabetical order)"},
       {"16. Amend supplement no. 6 to part 744 by removing the entry for “Sample Trading” under "
        "RUSSIA.",
        "remove [Supplement No. 6 to Part 744 / RUSSIA / Sample Trading]"},
       {"17. Supplement No. 4 to part 744 is amended by adding, in alphabetical order, a heading "
        "for KAZAKHSTAN and one Kazakh entity: “Example Invest LLP.”",
        "add [Supplement No. 4 to Part 744 / KAZAKHSTAN / heading] [Supplement No. 4 to Part 744 / "
        "KAZAKHSTAN / Example Invest LLP] (in alphabetical order)"}});
}

TEST_CASE("entries of the Commerce Control List are cited by their number", "[instruction]") {
  check_all("774",
            {{"5. Supplement no. 1 to part 774 is amended by: a. Revising ECCN 3B001; b. Adding "
              "ECCNs 3B993 and 3B994 after 3B992.",
              "revise [ECCN 3B001]; add [ECCN 3B993] [ECCN 3B994] (after 3B992)"},
             {"5. In Supplement No. 1 to part 774, Category 3, revise ECCNs 3A001, 3A090, and "
              "3B001 to read as follows:",
              "revise [ECCN 3A001] [ECCN 3A090] [ECCN 3B001]"},
             {"5. The License Requirements table in ECCN 3B001 is revised.",
              "revise [ECCN 3B001 / License Requirements]"},
             {"5. In Supplement No. 1 to Part 774 (the Commerce Control List), Category "
              "3—Electronics, Export Control Classification Number (ECCN) 3A001 is amended by "
              "adding paragraph b.2.c and Note 2 to paragraph b.2.",
              "add [ECCN 3A001.b.2.c] [ECCN 3A001.b.2 / Note 2]"},
             {"5. In supplement no. 1 to part 774, in Category 5, Part 2, ECCN 5A002 is amended by "
              "revising paragraph a.2 in the Items paragraph of the List of Items Controlled "
              "section.",
              "revise [ECCN 5A002.a.2]"},
             {"5. Supplement no.1 to part 774 is revised by adding ECCN 3A169, modifying ECCNs "
              "3A999 and 3E001, and adding ECCN 3E169.",
              "add [ECCN 3A169]; revise [ECCN 3A999] [ECCN 3E001]; add [ECCN 3E169]"}});
}

TEST_CASE("lists of names are cut where a name ends", "[instruction]") {
  check_all(
      "744",
      {{"2. Supplement No. 4 to part 744 is amended in the entry for CHINA, PEOPLE’S REPUBLIC OF "
        "by "
        "adding entries for ‘‘X Ltd.’’ and ‘‘Y’’.",
        "add [" + china + " / X Ltd.] [" + china + " / Y]"},
       {"2. Supplement No. 4 to part 744 is amended by adding in alphabetical order a heading for "
        "BURMA and adding under Burma an entry for “Q”.",
        "add [Supplement No. 4 to Part 744 / BURMA / heading] (in alphabetical order); "
        "add [Supplement No. 4 to Part 744 / BURMA / Q]"},
       {"2. Supplement No. 4 to Part 744 is amended by revising one entry under CHINA, PEOPLE'S "
        "REPUBLIC OF for “E Co.” and adding one entry under TAIWAN for “F Co.” to read as follows:",
        "revise [" + china + " / E Co.]; add [Supplement No. 4 to Part 744 / TAIWAN / F Co.]"},
       {"2. Supplement No. 4 to part 744 is amended under PAKISTAN by adding three Pakistani "
        "entities, “A”, “B” and “C”.",
        "add [Supplement No. 4 to Part 744 / PAKISTAN / A] [Supplement No. 4 to Part 744 / "
        "PAKISTAN "
        "/ B] [Supplement No. 4 to Part 744 / PAKISTAN / C]"},
       {"2. Supplement No. 1 to part 738 is amended by adding footnote 9 and, in the table, "
        "revising "
        "the entries for Cuba, Iran, and Syria.",
        "add [Supplement No. 1 to Part 738 / Footnote 9]; revise [Supplement No. 1 to Part 738 / "
        "Cuba] [Supplement No. 1 to Part 738 / Iran] [Supplement No. 1 to Part 738 / Syria]"},
       {"2. Supplement No. 1 to Part 774 (Commerce Control List), Category 3, is amended by "
        "revising "
        "the entries for ECCNs 3A001 and 3B001.",
        "revise [ECCN 3A001] [ECCN 3B001]"}});
}

TEST_CASE("two nouns share the owner named behind them only when it is a whole unit",
          "[instruction]") {
  check_all("774",
            {{"2. In Supplement No. 1 to part 774, revise the heading and the Items paragraph of "
              "ECCN 3B001.",
              "revise [ECCN 3B001 / heading] [ECCN 3B001 / Items]"},
             {"2. Revise the heading and paragraph (a) of § 774.1.",
              "revise [15 CFR 774.1 / heading] [15 CFR 774.1(a)]"},
             {"2. In § 774.1, revise the heading and the introductory text of paragraph (a).",
              "revise [15 CFR 774.1 / heading] [15 CFR 774.1(a)]+intro"}});
}

TEST_CASE("a correction keeps the page it corrects", "[instruction]") {
  check_all("744",
            {{"1. On page 30705, in the first column, § 744.33 is corrected by revising paragraph "
              "(c)(2) to read as follows:",
              "revise [15 CFR 744.33(c)(2)] (On page 30705; in the first column)"},
             {"2. Accordingly, the interim final rule amending 15 CFR parts 734 and 744, which was "
              "published at 89 FR 12345 on December 5, 2024, is adopted as final without change.",
              "confirm [15 CFR Part 734] [15 CFR Part 744] (which was published at 89 FR 12345 on "
              "December 5, 2024)"}});
}

TEST_CASE("definitions are cited by their term", "[instruction]") {
  check_all(
      "772",
      {{"6. Amend § 772.1 by adding in alphabetical order definitions for “Advanced-example "
        "device” and “Example fabricator” and revising the definition of “Export”.",
        "add [15 CFR 772.1 / Advanced-example device] [15 CFR 772.1 / Example fabricator] (in "
        "alphabetical order); revise [15 CFR 772.1 / Export]"},
       {"6. In § 772.1, in the definition of “Direct product,” revise paragraph (2)(i).",
        "revise [15 CFR 772.1 / Direct product / (2)(i)]"},
       {"6. Remove the definition of Old term (compliance) in § 772.1.",
        "remove [15 CFR 772.1 / Old term (compliance)]"},
       {"6. In § 772.1, remove the definition of “Export” from after the definition of “End” "
        "and add it after the definition of “Exit”.",
        "remove [15 CFR 772.1 / Export] (from after the definition of “End”); "
        "add [15 CFR 772.1 / Export] (after the definition of “Exit”)"}});
}

TEST_CASE("an instruction may have dates of its own", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  const auto stay = federal_register::read_instruction(
      "10. Effective November 10, 2025, until November 9, 2026, stay § 744.11(a)(1).", context);
  CHECK(compact(stay) == "stay [15 CFR 744.11(a)(1)]");
  CHECK(stay.effective->to_string() == "2025-11-10");
  CHECK(stay.until->to_string() == "2026-11-09");
  const auto delayed = federal_register::read_instruction(
      "11. Delayed indefinitely, amend § 744.21 by revising paragraph (a).", context);
  CHECK(delayed.indefinite);
  CHECK(compact(delayed) == "revise [15 CFR 744.21(a)]");
  const auto lift =
      federal_register::read_instruction("12. Lift the stay on § 744.11(a)(1).", context);
  CHECK(compact(lift) == "lift [15 CFR 744.11(a)(1)]");
  const auto delay = federal_register::read_instruction(
      "13. The effective date of the amendments to § 744.23 is delayed until January 1, 2027.",
      context);
  CHECK(compact(delay) == "delay [15 CFR 744.23]");
  CHECK(delay.until->to_string() == "2027-01-01");
}

TEST_CASE("dates are handed down to lettered instructions", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  static_cast<void>(federal_register::read_instruction(
      "5. Effective January 1, 2026, amend § 744.11 by:", context));
  const auto below = federal_register::read_instruction("a. Revising paragraph (a); and", context);
  CHECK(below.ordinal == "5.a");
  REQUIRE(below.effective);
  CHECK(below.effective->to_string() == "2026-01-01");
  CHECK_FALSE(federal_register::read_instruction("6. Remove § 744.12.", context).effective);
}

TEST_CASE("numbers of instructions nest as they are printed", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  std::vector<std::string> ordinals;
  for (const auto* line : {"2. Amend § 744.11 by:",
                           "a. In paragraph (a):",
                           "i. Removing “x”;",
                           "ii. Removing “y”;",
                           "b. Removing paragraph (b);",
                           "h. Removing paragraph (h);",
                           "i. Removing paragraph (i);",
                           "j. Removing paragraph (j).",
                           "The revisions read as follows:",
                           "3. Remove § 744.12."}) {
    ordinals.push_back(federal_register::read_instruction(line, context).ordinal);
  }
  CHECK(ordinals == std::vector<std::string>{
                        "2", "2.a", "2.a.i", "2.a.ii", "2.b", "2.h", "2.i", "2.j", "#1", "3"});
}

TEST_CASE("what is not understood keeps its text and says why", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  for (const auto& [text, reason] : std::vector<std::pair<std::string, std::string>>{
           {"1. Frobnicate paragraph (a).", "unknown words: 'Frobnicate paragraph (a).'"},
           {"1. Revise paragraph (a).", "paragraph of an unknown section"},
           {"1. Section 744.11.", "unknown verb"},
           {"1. Section 744.5 is amended by revising paragraph (a), supplement no. 4 to part 746 "
            "is "
            "revised, and paragraph (b) is removed.",
            "two verbs for one list"},
           {"1. Revise § 744.11 and paint the fence green.",
            "unknown words: 'paint the fence green.'"},
           {"1. Redesignate paragraphs (a) and (b) of § 744.11 as paragraph (c).",
            "unequal lists in a redesignation"},
           {"1. In § 744.11, remove “x and add “y” in its place.", "a quotation that does not end"},
           {"1.", "unknown verb"},
           {"", "unknown verb"}}) {
    CAPTURE(text);
    const auto instruction = federal_register::read_instruction(text, context);
    CHECK_FALSE(instruction.understood);
    CHECK(instruction.operations.empty());
    CHECK(instruction.text == text);
    CHECK(instruction.reason.substr(0, 40) == reason.substr(0, 40));
  }
}

TEST_CASE("lists below lists do not multiply without bound", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  static_cast<void>(
      federal_register::read_instruction("2. Amend §§ 744.1 through 744.300 by:", context));
  std::string many = "a. Revising paragraphs (a)";
  for (int i = 0; i < 200; ++i) {
    many += ", (b)(" + std::to_string(i + 1) + ")";
  }
  const auto instruction = federal_register::read_instruction(many, context);
  CHECK_FALSE(instruction.understood);
  CHECK(instruction.reason == "more places than an instruction can mean");
  CHECK_FALSE(federal_register::read_instruction("b.", context).understood);
}

TEST_CASE("a place that the words leave open is settled by the text set out", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "15";
  const auto one =
      federal_register::read_instruction("2. Revise paragraph (a)(2).", context, {"§ 744.23"});
  CHECK(compact(one) == "revise [15 CFR 744.23(a)(2)]");
  const auto two = federal_register::read_instruction(
      "3. Revise paragraph (a).", context, {"§ 744.23", "§ 744.24"});
  CHECK_FALSE(two.understood);
}

TEST_CASE("words that name a title win over the attribute of their block", "[instruction]") {
  federal_register::InstructionContext context;
  context.title = "72";
  context.part = "744";
  static_cast<void>(federal_register::read_instruction(
      "1. The authority citation for 15 CFR part 744 is revised.", context));
  context.title = "72";
  CHECK(compact(federal_register::read_instruction("2. Remove § 744.12.", context)) ==
        "remove [15 CFR 744.12]");
}

TEST_CASE("words glued together by lost markup are cut again", "[instruction]") {
  check_all(
      "744",
      {{"7. In Supplement I to Part 744, underSection 744.31—General Rules, under31(c) "
        "Timing,paragraph 1 is revised.",
        "revise [Supplement I to Part 744 / Section 744.31 / 31(c) / 1]"},
       {"7. In Supplement I to Part 744—Official Remarks, 31(d) Exemptionsis added.",
        "add [Supplement I to Part 744 / Section 744.31 / 31(d)]"},
       {"7. In Supplement I to Part 744, under Section 744.31—General Rules, 31 (c)(1) Timing, "
        "paragraph 1 is revised.",
        "revise [Supplement I to Part 744 / Section 744.31 / 31(c)(1) / 1]"}});
}

TEST_CASE("reading takes time in proportion to the text", "[instruction]") {
  // Time of the processor, and the least of three: other programs run beside the tests.
  const auto seconds = [](const std::string& text) {
    double least = 1e9;
    for (int run = 0; run < 3; ++run) {
      federal_register::InstructionContext context;
      context.title = "15";
      const std::clock_t start = std::clock();
      static_cast<void>(federal_register::read_instruction(text, context));
      least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return least;
  };
  for (const std::string piece : {"(a), ",
                                  "paragraph (a) and ",
                                  "in the heading of ",
                                  "“x” and ",
                                  "under A, ",
                                  "§ 744.11, ",
                                  "a. ",
                                  "before the entry for ",
                                  "[((",
                                  "as amended, "}) {
    CAPTURE(piece);
    const auto text = [&](std::size_t size) {
      std::string out = "2. Revise ";
      while (out.size() < size) {
        out += piece;
      }
      return out;
    };
    const double small = seconds(text(4'000));
    const double large = seconds(text(32'000));
    // Eight times the text; a square would be 64 times the time.
    CHECK(large < 32 * small + 0.02);
  }
}

TEST_CASE("a stray stroke beside a name is no part of it", "[instruction]") {
  check_all("744",
            {{"3. Supplement no. 4 to part 744 is amended under CHINA /by adding an entry for "
              "“X Co.” to read as follows:",
              "add [" + china + " / X Co.]"},
             {"3. Supplement no. 4 to part 744 is amended under CHINA by adding an entry for "
              "“X Co. / Y Co.” to read as follows:",
              "add [" + china + " / X Co./Y Co.]"}});
}
