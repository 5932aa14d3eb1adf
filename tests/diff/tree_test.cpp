#include "tests/diff/story.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

constexpr auto section = R"(744.1
  heading: Scope of the section
  (a) The exporter must keep a record of every consignment.
  (b) Licensing policy.
    (1) A licence is needed for any item that meets 45 nm or less.
    (2) A licence is needed for any lens of a covered scanner.
    (3) [Reserved]
    (4) Applications are reviewed under a presumption of denial.
  cita: [61 FR 100, Jan. 1, 1996]
)";

std::string with(std::string text, const std::string& old_words, const std::string& new_words) {
  const auto at = text.find(old_words);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old_words.size(), new_words);
}

} // namespace

TEST_CASE("a tree does not differ from itself", "[tree]") {
  const DiffResult result = diff_outlines(section, section);
  CHECK(result.changes.empty());
  CHECK(result.notes.empty());
}

TEST_CASE("a revision is reported at the deepest node only", "[tree]") {
  const auto result = diff_outlines(section, with(section, "45 nm", "65 nm"));
  REQUIRE(told(result) == Lines{"revised 15 CFR 744.1(b)(1)"});
  const Change& change = result.changes.front();
  CHECK(change.before == "(1) A licence is needed for any item that meets 45 nm or less.");
  CHECK(change.after == "(1) A licence is needed for any item that meets 65 nm or less.");
  CHECK(change.words.size() == 4);
  CHECK(change.id.size() == 32);
}

TEST_CASE("a parent and its child revised are two changes", "[tree]") {
  CHECK(
      story(section, with(with(section, "45 nm", "65 nm"), "Licensing policy", "Review policy")) ==
      Lines{"revised 15 CFR 744.1(b)", "revised 15 CFR 744.1(b)(1)"});
}

TEST_CASE("an insertion shifts its siblings, which are redesignated and not revised", "[tree]") {
  const auto after = R"(744.1
  heading: Scope of the section
  (a) The exporter must keep a record of every consignment.
  (b) Licensing policy.
    (1) A licence is needed for any item that meets 45 nm or less.
    (2) Any mask blank inserted in this place is covered too.
    (3) A licence is needed for any lens of a covered scanner.
    (4) [Reserved]
    (5) Applications are reviewed under a presumption of denial.
  cita: [61 FR 100, Jan. 1, 1996]
)";
  const auto result = diff_outlines(section, after);
  CHECK(told(result) == Lines{"added 15 CFR 744.1(b)(2)",
                              "redesignated 15 CFR 744.1(b)(3) < 15 CFR 744.1(b)(2)",
                              "redesignated 15 CFR 744.1(b)(4) < 15 CFR 744.1(b)(3)",
                              "redesignated 15 CFR 744.1(b)(5) < 15 CFR 744.1(b)(4)"});
  CHECK(result.changes[1].before == "(2) A licence is needed for any lens of a covered scanner.");
  CHECK(result.changes[1].after == "(3) A licence is needed for any lens of a covered scanner.");
}

TEST_CASE("renumbered and reworded is one revision that says what it was", "[tree]") {
  const auto after = R"(744.1
  heading: Scope of the section
  (a) The exporter must keep a record of every consignment.
  (b) Licensing policy.
    (1) A licence is needed for any item that meets 45 nm or less.
    (2) Any mask blank inserted in this place is covered too.
    (3) A licence is needed for any mirror of a covered scanner.
    (4) [Reserved]
    (5) Applications are reviewed under a presumption of denial.
  cita: [61 FR 100, Jan. 1, 1996]
)";
  CHECK(story(section, after)[1] == "revised 15 CFR 744.1(b)(3) < 15 CFR 744.1(b)(2)");
}

TEST_CASE("the children of a shifted paragraph are listed only where they changed", "[tree]") {
  const auto before = R"(744.1
  (a) First paragraph of the section.
  (b) Second paragraph, with cases that follow here:
    (1) The case of a lens that is exported abroad.
    (2) The case of a valve that is exported abroad.
)";
  const auto after = R"(744.1
  (a) First paragraph of the section.
  (b) A new paragraph that nobody expected to be inserted.
  (c) Second paragraph, with cases that follow here:
    (1) The case of a lens that is exported abroad.
    (2) The case of a pump that is exported abroad.
)";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1(b)",
                                      "redesignated 15 CFR 744.1(c) < 15 CFR 744.1(b)",
                                      "revised 15 CFR 744.1(c)(2) < 15 CFR 744.1(b)(2)"});
}

TEST_CASE("an added paragraph carries its children, which are not listed again", "[tree]") {
  const auto before = "744.1\n  (a) First paragraph.\n";
  const auto after =
      "744.1\n  (a) First paragraph.\n  (b) New intro:\n    (1) new one;\n    (2) new two.\n";
  const auto result = diff_outlines(before, after);
  REQUIRE(told(result) == Lines{"added 15 CFR 744.1(b)"});
  CHECK(result.changes[0].after == "(b) New intro:\n(1) new one;\n(2) new two.");
  CHECK(result.changes[0].before.empty());
  CHECK(result.changes[0].words.empty());
  CHECK(story(after, before) == Lines{"removed 15 CFR 744.1(b)"});
}

TEST_CASE("a subtree that left one parent and entered another is moved once", "[tree]") {
  const auto before = R"(744.1
  (a) First paragraph of the section.
    (1) A condition of eight words that travels far away
      (i) with a case below it,
        (A) and another level.
    (2) What stays in its place for good.
744.2
  (a) Another section.
)";
  const auto after = R"(744.1
  (a) First paragraph of the section.
    (1) What stays in its place for good.
744.2
  (a) Another section.
    (1) A condition of eight words that travels far away
      (i) with a case below it,
        (A) and another level.
)";
  CHECK(story(before, after) == Lines{"redesignated 15 CFR 744.1(a)(1) < 15 CFR 744.1(a)(2)",
                                      "moved 15 CFR 744.2(a)(1) < 15 CFR 744.1(a)(1)"});
}

TEST_CASE("short common texts never prove a move", "[tree]") {
  const auto before = "744.1\n  (a) One.\n    (1) [Reserved]\n    (2) Same seven words are no "
                      "proof here.\n744.2\n  (a) Two.\n";
  const auto after = "744.1\n  (a) One.\n744.2\n  (a) Two.\n    (1) [Reserved]\n    (2) Same seven "
                     "words are no proof here.\n";
  CHECK(story(before, after) == Lines{"removed 15 CFR 744.1(a)(1)",
                                      "removed 15 CFR 744.1(a)(2)",
                                      "added 15 CFR 744.2(a)(1)",
                                      "added 15 CFR 744.2(a)(2)"});
}

TEST_CASE("a paragraph that moved away is not the forerunner of what took its place", "[tree]") {
  const auto before = R"(744.1
  (a) The old rule about lenses moves to another section today.
744.2
  (a) Something else entirely stands here.
)";
  const auto after = R"(744.1
  (a) Fees are due quarterly and payable by wire transfer only.
744.2
  (a) Something else entirely stands here.
  (b) The old rule about lenses moves to another section today.
)";
  CHECK(story(before, after) ==
        Lines{"added 15 CFR 744.1(a)", "moved 15 CFR 744.2(b) < 15 CFR 744.1(a)"});
}

TEST_CASE("a keyed set that was sorted anew has not changed", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Alpha Co.: Alpha Co., No. 1 Road
    entry Beta Co.: Beta Co., No. 2 Road
    entry Gamma Co.: Gamma Co., No. 3 Road
)";
  const auto after = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Gamma Co.: Gamma Co., No. 3 Road
    entry Alpha Co.: Alpha Co., No. 1 Road
    entry Beta Co.: Beta Co., No. 2 Road
)";
  CHECK(story(before, after).empty());
}

TEST_CASE("an entry is revised under its key wherever it stands", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Alpha Co.: Alpha Co., No. 1 Road
      cell License requirement: For all items
    entry Beta Co.: Beta Co., No. 2 Road
)";
  const auto after = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Aardvark Co.: Aardvark Co., No. 9 Street
    entry Beta Co.: Beta Co., No. 2 Road
    entry Alpha Co.: Alpha Co., a.k.a. A. No. 1 Road
      cell License requirement: For some items
)";
  CHECK(story(before, after) ==
        Lines{"added Supplement No. 4 to Part 744 / CHINA / Aardvark Co.",
              "revised Supplement No. 4 to Part 744 / CHINA / Alpha Co.",
              "revised Supplement No. 4 to Part 744 / CHINA / Alpha Co. / License requirement"});
}

TEST_CASE("an entry that changes lists is moved", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Alpha Co.: Alpha Co., No. 1 Long Road, Building 5, Example City
Supplement No. 6 to Part 744
  table CHINA:
    entry Beta Co.: Beta Co., No. 2 Road
)";
  const auto after = R"(Supplement No. 4 to Part 744
  table CHINA:
Supplement No. 6 to Part 744
  table CHINA:
    entry Alpha Co.: Alpha Co., No. 1 Long Road, Building 5, Example City
    entry Beta Co.: Beta Co., No. 2 Road
)";
  CHECK(story(before, after) == Lines{"moved Supplement No. 6 to Part 744 / CHINA / Alpha Co. < "
                                      "Supplement No. 4 to Part 744 / CHINA / Alpha Co."});
}

TEST_CASE("dashes, quotes and blanks are cosmetic", "[tree]") {
  const auto before = "744.1\n  (a) The \"item\" of non-U.S. origin.\n";
  const auto after = "744.1\n  (a) The “item” of non–U.S. origin.\n";
  const auto result = diff_outlines(before, after);
  CHECK(told(result) == Lines{"cosmetic 15 CFR 744.1(a)"});
  CHECK_FALSE(result.substantive());
}

TEST_CASE("a blank that separates no two words is cosmetic, one between words or numbers is not",
          "[tree]") {
  CHECK(story("744.1\n  (a) Sheets of 21.0×29.7 cm.(b) applies\n",
              "744.1\n  (a) Sheets of 21.0 × 29.7 cm. (b) applies\n") ==
        Lines{"cosmetic 15 CFR 744.1(a)"});
  CHECK(story("744.1\n  (a) Sheets in to which\n", "744.1\n  (a) Sheets into which\n") ==
        Lines{"revised 15 CFR 744.1(a)"});
  CHECK(story("744.1\n  (a) At 10 5 Pa\n", "744.1\n  (a) At 105 Pa\n") ==
        Lines{"revised 15 CFR 744.1(a)"});
}

TEST_CASE("source notes are notes and not changes", "[tree]") {
  const auto result =
      diff_outlines(section, with(section, "1996]", "1996; 91 FR 5, Oct. 2, 2026]"));
  CHECK(result.changes.empty());
  REQUIRE(result.notes.size() == 1);
  CHECK(result.notes[0].field == NoteField::cita);
  CHECK(result.notes[0].before == "[61 FR 100, Jan. 1, 1996]");
  CHECK(result.notes[0].after == "[61 FR 100, Jan. 1, 1996; 91 FR 5, Oct. 2, 2026]");
}

TEST_CASE("a section that came or went is one change", "[tree]") {
  const std::string more = std::string(section) + "744.3\n  heading: Fees\n  (a) A fee is due.\n";
  CHECK(story(section, more) == Lines{"added 15 CFR 744.3"});
  CHECK(story(more, section) == Lines{"removed 15 CFR 744.3"});
}

TEST_CASE("a renumbered section is redesignated, its paragraphs are not listed", "[tree]") {
  CHECK(story(section, with(section, "744.1", "744.2")) ==
        Lines{"redesignated 15 CFR 744.2 < 15 CFR 744.1"});
  CHECK(story(section, with(with(section, "744.1", "744.2"), "45 nm", "65 nm")) ==
        Lines{"redesignated 15 CFR 744.2 < 15 CFR 744.1",
              "revised 15 CFR 744.2(b)(1) < 15 CFR 744.1(b)(1)"});
}

TEST_CASE("sections shifted by a new one keep their identity", "[tree]") {
  const auto before = R"(744.1
  (a) The exporter must keep a record of every consignment.
744.2
  (a) Lenses of a covered scanner need a licence when exported.
)";
  const auto after = R"(744.1
  (a) Completely new words that were never seen before in here.
744.2
  (a) The exporter must keep a record of every consignment.
744.3
  (a) Lenses of a covered scanner need a licence when exported.
)";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1",
                                      "redesignated 15 CFR 744.2 < 15 CFR 744.1",
                                      "redesignated 15 CFR 744.3 < 15 CFR 744.2"});
}

TEST_CASE("one replacement in many places shares a group", "[tree]") {
  std::string before = "744.1\n";
  for (const char* d : {"a", "b", "c", "d", "e"}) {
    before += std::string("  (") + d + ") The bureau decides on matter " + d + d + d + " alone.\n";
  }
  std::string after = before;
  for (std::size_t at = after.find("bureau"); at != std::string::npos; at = after.find("bureau")) {
    after.replace(at, 6, "office");
  }
  const auto result = diff_outlines(before, after);
  REQUIRE(result.changes.size() == 5);
  for (const Change& change : result.changes) {
    CHECK_FALSE(change.group.empty());
    CHECK(change.group == result.changes.front().group);
  }
  const auto few = diff_outlines(section, with(section, "45 nm", "65 nm"));
  CHECK(few.changes.front().group.empty());
}

TEST_CASE("undesignated paragraphs shift without a word", "[tree]") {
  const auto before = "744.1\n  - First undesignated paragraph of the section.\n  - The last "
                      "paragraph says something quite different.\n";
  const auto after =
      "744.1\n  - An intruder with words that nobody has used yet.\n  - First undesignated "
      "paragraph of the section.\n  - The last paragraph says something quite different.\n";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1 / text 1"});
}

TEST_CASE(
    "of paragraphs in the same set phrase the one that was reworded is told, not its neighbour",
    "[tree]") {
  const auto phrase = [](const std::string& kind, const std::string& whom) {
    return "  - Every widget of kind " + kind + " is to be reported to the " + whom +
           " of the district in which it is kept, within thirty days of the day on which it was "
           "made, bought, borrowed or found there.\n";
  };
  const std::string heading = "744.1\n  heading: Widgets\n";
  const auto result = diff_outlines(heading + phrase("alpha", "office") + phrase("beta", "office") +
                                        phrase("gamma", "office"),
                                    heading + phrase("alpha", "office") + phrase("beta", "bureau"));
  REQUIRE(told(result) == Lines{"revised 15 CFR 744.1 / text 2", "removed 15 CFR 744.1 / text 3"});
  CHECK(result.changes[0].before.find("beta") != std::string::npos);
}

TEST_CASE("whatever replaces a paragraph at its own designator is a revision of it", "[tree]") {
  const auto before = "744.1\n  (a) The exporter must keep a record of every consignment abroad.\n";
  const auto after =
      "744.1\n  (a) Fees fall due quarterly on every invoice; wire transfers only.\n";
  CHECK(story(before, after) == Lines{"revised 15 CFR 744.1(a)"});
}

TEST_CASE("a text of which not one telling word was kept went, and what has its designator came",
          "[tree]") {
  const auto before = "744.1\n  (a) The exporter must keep a record of each lot sent abroad.\n";
  const auto after =
      "744.1\n  (a) Fees fall due quarterly; wire transfers only, payable in advance.\n";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1(a)", "removed 15 CFR 744.1(a)"});
  SECTION("too short to tell") {
    CHECK(story("744.1\n  (a) Lenses of any kind.\n", "744.1\n  (a) Pumps without seals.\n") ==
          Lines{"revised 15 CFR 744.1(a)"});
  }
  SECTION("members below hold the place together") {
    CHECK(story("744.1\n  (a) The exporter must keep a record of each lot sent abroad.\n"
                "    (1) One.\n",
                "744.1\n  (a) Fees fall due quarterly; wire transfers only, payable in advance.\n"
                "    (1) One.\n") == Lines{"revised 15 CFR 744.1(a)"});
  }
}

TEST_CASE("a reworded paragraph is found beyond others, and a stranger at its old letter is new",
          "[tree]") {
  const auto before = R"(744.1
  (a) Licences are granted for the period that the applicant can show to need.
  (b) An applicant may claim priority on the basis of an earlier certificate in that country.
  (c) Denials are published once a month with the reasons for each of them.
)";
  const auto after = R"(744.1
  (a) Licences are granted for the period that the applicant can show to need.
  (b) Time for filing: the later application must follow within twelve months of the first one.
  (c) Interim copies may be filed on paper.
  (d) Denials are now published once a month with full reasons for each of them.
  (e) An applicant may now claim priority on the basis of an earlier certificate in such a country.
)";
  CHECK(story(before, after) == Lines{"added 15 CFR 744.1(b)",
                                      "added 15 CFR 744.1(c)",
                                      "revised 15 CFR 744.1(d) < 15 CFR 744.1(c)",
                                      "revised 15 CFR 744.1(e) < 15 CFR 744.1(b)"});
}

TEST_CASE("a paragraph stays where its own words stay, wherever its members went", "[tree]") {
  const auto before = R"(744.1
  (a) An applicant may claim the benefit of one or more prior foreign applications.
    (1) The claim and a certified copy must be filed before the licence is granted to anyone.
    (2) The Office may require that the claim and the certified copy be filed earlier than this.
)";
  const auto after = R"(744.1
  (a) An applicant may claim priority to one or more prior foreign applications.
  (b) Requirements for a claim, a copy and a translation in any such case follow here.
    (1) The claim and a certified copy must be filed before the licence is granted to anyone.
    (2) The Office may require that the claim and the certified copy be filed earlier than this.
)";
  CHECK(story(before, after) == Lines{"revised 15 CFR 744.1(a)",
                                      "removed 15 CFR 744.1(a)(1)",
                                      "removed 15 CFR 744.1(a)(2)",
                                      "added 15 CFR 744.1(b)"});
}

TEST_CASE("a range of reserved sections that shrank or grew is the same range", "[tree]") {
  auto before = outline("744.6-744.9\n  heading: [Reserved]\n");
  auto after = outline("744.6-744.8\n  heading: [Reserved]\n744.9\n  heading: Dates\n"
                       "  (a) A new section with words of its own in it.\n");
  before[0].reserved = true;
  after[0].reserved = true;
  CHECK(told(diff::diff_units(before, after, {})) ==
        Lines{"redesignated 15 CFR 744.6-744.8 < 15 CFR 744.6-744.9", "added 15 CFR 744.9"});
}

TEST_CASE("a paragraph does not repeat the edit of the one whose line it stands on", "[tree]") {
  const auto labelled = [](const std::string& policy, const std::string& case_text) {
    auto units = outline("744.1\n  (c) " + policy + "\n    (1) " + case_text + "\n");
    units[0].root.children[0].children[0].label = "(c) " + policy + " (1)";
    rehash(units[0].root);
    return units;
  };
  const auto result = diff::diff_units(labelled("Sheets.", "The first case of a lens."),
                                       labelled("Data sheets.", "The first case of a pump."),
                                       {});
  REQUIRE(told(result) == Lines{"revised 15 CFR 744.1(c)", "revised 15 CFR 744.1(c)(1)"});
  CHECK(result.changes[1].before == "(1) The first case of a lens.");
  CHECK(result.changes[1].after == "(1) The first case of a pump.");
}

TEST_CASE("reserving a paragraph is a revision", "[tree]") {
  CHECK(story(section,
              with(section,
                   "A licence is needed for any lens of a covered scanner.",
                   "[Reserved]")) == Lines{"revised 15 CFR 744.1(b)(2)"});
}

TEST_CASE("a cell is revised even when its new words are found elsewhere", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Alpha Co.: Alpha Co., No. 1 Road
      cell Policy: Presumption of denial, apart from food and medicine and the like
    entry Beta Co.: Beta Co., No. 2 Road
      cell Policy: Case by case, for each and every item on the list
)";
  CHECK(story(before,
              with(before,
                   "Presumption of denial, apart from food and medicine and the like",
                   "Case by case, for each and every item on the list")) ==
        Lines{"revised Supplement No. 4 to Part 744 / CHINA / Alpha Co. / Policy"});
}

TEST_CASE("a defined term that is reworded is revised under its new name", "[tree]") {
  const auto before = "772.1\n  definition Export item: Export item. Any good, software or data "
                      "that leaves the country in whatever manner.\n";
  CHECK(story(before,
              "772.1\n  definition Export article: Export article. Any good, software or "
              "data that leaves the country in whatever manner.\n") ==
        Lines{"revised 15 CFR 772.1 / Export article < 15 CFR 772.1 / Export item"});
}

TEST_CASE("definitions are added and reworded apart", "[tree]") {
  const auto before = R"(772.1
  definition Export: Export. Sending an item out of the country.
  definition Party: Party. A person who takes part in a transaction.
)";
  const auto after = R"(772.1
  definition Consignee: Consignee. The person who receives an item abroad.
  definition Export: Export. Sending an item or data out of the country.
  definition Party: Party. A person who takes part in a transaction.
)";
  CHECK(story(before, after) ==
        Lines{"added 15 CFR 772.1 / Consignee", "revised 15 CFR 772.1 / Export"});
}

TEST_CASE("another number in its name makes another entry", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  table CHINA:
    entry Institute No. 38: Institute No. 38, 199 Long Road, Building 5, Example City, China
)";
  CHECK(story(before,
              with(with(before, "entry Institute No. 38", "entry Institute No. 13"),
                   ": Institute No. 38",
                   ": Institute No. 13")) ==
        Lines{"added Supplement No. 4 to Part 744 / CHINA / Institute No. 13",
              "removed Supplement No. 4 to Part 744 / CHINA / Institute No. 38"});
}

TEST_CASE("license rows that were merged are told by their keys", "[tree]") {
  const auto before = R"(Supplement No. 1 to Part 774
  entry 3B001:
    paragraph License Requirements:
      row "RS: a": RS applies to 3B001.a
        cell Country Chart: RS Column 1
      row "RS: b": RS applies to 3B001.b
        cell Country Chart: RS Column 1
)";
  const auto after = R"(Supplement No. 1 to Part 774
  entry 3B001:
    paragraph License Requirements:
      row "RS: a, b": RS applies to 3B001.a and 3B001.b
        cell Country Chart: RS Column 1
)";
  CHECK(story(before, after) == Lines{"revised ECCN 3B001 / License Requirements / RS: a, b < "
                                      "ECCN 3B001 / License Requirements / RS: a",
                                      "removed ECCN 3B001 / License Requirements / RS: b"});
}

TEST_CASE("an entry split in two loses the items that the other one gains", "[tree]") {
  const auto before = R"(Supplement No. 1 to Part 774
  entry 3B001:
    heading: Equipment for manufacturing
    .a Deposition equipment with a base pressure below one pascal for wafers
    .b Scanners with a light source wavelength shorter than some limit in nm
      .1 and an overlay of less than two nanometers on the same wafer
)";
  const auto after = R"(Supplement No. 1 to Part 774
  entry 3B001:
    heading: Equipment for manufacturing
    .a Deposition equipment with a base pressure below one pascal for wafers
  entry 3B993:
    heading: Other equipment
    .a Scanners with a light source wavelength shorter than some limit in nm
      .1 and an overlay of less than two nanometers on the same wafer
)";
  CHECK(story(before, after) == Lines{"removed ECCN 3B001.b", "added ECCN 3B993"});
}

TEST_CASE("a footnote is revised by its number and shifts like a paragraph", "[tree]") {
  const auto before = R"(Supplement No. 4 to Part 744
  footnote Footnote 1: For this entity a licence is needed under one rule.
  footnote Footnote 2: Cybersecurity items are carved out of the requirement.
)";
  const auto after = R"(Supplement No. 4 to Part 744
  footnote Footnote 1: For this entity a licence is needed under two rules.
  footnote Footnote 2: An entirely new footnote about chips of all kinds.
  footnote Footnote 3: Cybersecurity items are carved out of the requirement.
)";
  CHECK(story(before, after) == Lines{"revised Supplement No. 4 to Part 744 / Footnote 1",
                                      "added Supplement No. 4 to Part 744 / Footnote 2",
                                      "redesignated Supplement No. 4 to Part 744 / Footnote 3 < "
                                      "Supplement No. 4 to Part 744 / Footnote 2"});
}

TEST_CASE("a note that falls to another item with its own item gone is no news", "[tree]") {
  const auto before = R"(Supplement No. 1 to Part 774
  entry 3A233:
    .d Mass spectrometers having both of these
      .1 An inlet system for a collimated beam of molecules
      .2 Cold traps that can be cooled below some temperature
        Note 1: In 3A233.d.2 a cold trap is a device that traps gas molecules.
    .e Ion sources of any kind
)";
  const auto after = R"(Supplement No. 1 to Part 774
  entry 3A233:
    .d Mass spectrometers having both of these
      .1 An inlet system for a collimated beam of molecules
        Note 1: In 3A233.d.2 a cold trap is a device that traps gas molecules.
    .e Ion sources of any kind
)";
  const auto result = diff_outlines(before, after);
  CHECK(told(result) == Lines{"cosmetic ECCN 3A233.d.1 / Note 1 < ECCN 3A233.d.2 / Note 1",
                              "removed ECCN 3A233.d.2"});
  CHECK(result.changes[1].before == "d.2. Cold traps that can be cooled below some temperature");
}

TEST_CASE("a revised paragraph is shown as printed, its first child on the same line", "[tree]") {
  auto before = outline("744.1\n  (b) Licensing policy.\n    (1) In general.\n");
  auto after = outline("744.1\n  (b) Review policy.\n    (1) In general.\n");
  before[0].root.children[0].children[0].label = "(b) Licensing policy. (1)";
  after[0].root.children[0].children[0].label = "(b) Review policy. (1)";
  const auto result = diff::diff_units(before, after, {});
  REQUIRE(told(result) == Lines{"revised 15 CFR 744.1(b)"});
  CHECK(result.changes[0].after == "(b) Review policy. (1) In general.");
}

TEST_CASE("a line without designator succeeds the one at its place", "[tree]") {
  const auto before = "738.4\n  - Reason for Control: NS\n  - LVS: $5,500\n  - GBS: Yes\n";
  CHECK(story(before, with(before, "$5,500", "$6,000")) == Lines{"revised 15 CFR 738.4 / text 2"});
}

TEST_CASE("a stay that comes, ends early or runs out is told as status, not as text", "[status]") {
  const std::string plain = "744.1\n  (a) Keep a record of every consignment.\n";
  const std::string stayed =
      plain + "  effdnot: At 90 FR 1, Nov. 12, 2025, paragraph (a) was stayed, effective until "
              "Nov. 9, 2026.\n";
  const auto events = [](const std::string& before, const std::string& after, Date day) {
    const std::vector<Unit> old{outline(before)};
    const std::vector<Unit> now{outline(after)};
    regtrail::diff::DiffOptions options;
    options.after.date = day;
    const auto diff = regtrail::diff::diff_units(old, now, options);
    CHECK(diff.changes.empty());
    return diff.status;
  };
  const auto came = events(plain, stayed, Date(2025, 11, 14));
  REQUIRE(came.size() == 1);
  CHECK(came[0].event == StatusEventKind::stayed);
  CHECK(came[0].at.to_string() == "15 CFR 744.1(a)");
  CHECK_FALSE(came[0].date); // the note gives the day of the page only
  CHECK(came[0].until == Date(2026, 11, 9));
  CHECK(events(stayed, plain, Date(2026, 3, 2)).at(0).event == StatusEventKind::lifted);
  const StatusEvent expired = events(stayed, plain, Date(2026, 11, 10)).at(0);
  CHECK(expired.event == StatusEventKind::expired);
  CHECK(expired.at.to_string() == "15 CFR 744.1(a)");
  CHECK(expired.date == Date(2026, 11, 9));
  const std::string failed =
      plain + "  ednote: At 90 FR 5, Jan. 16, 2025, the section was amended; however, the "
              "amendment could not be incorporated.\n";
  CHECK(events(plain, failed, Date(2025, 2, 3)).at(0).event == StatusEventKind::not_incorporated);
}

TEST_CASE("stays and defects are told at the places that the notes name", "[status]") {
  const std::string plain = "744.1\n  (a) Keep a record of every consignment.\n";
  const auto told = [&](const std::string& note_before, const std::string& note_after) {
    const std::vector<Unit> old{outline(plain + note_before)};
    const std::vector<Unit> now{outline(plain + note_after)};
    Lines lines;
    for (const StatusEvent& event : regtrail::diff::diff_units(old, now, {}).status) {
      lines.push_back(std::string(to_string(event.event)) + " " + event.at.to_string() +
                      (event.extent.empty() ? "" : ": " + event.extent) +
                      (event.until ? " until " + event.until->to_string() : ""));
    }
    return lines;
  };
  const std::string first = "  effdnot: At 92 FR 7, Feb. 3, 2027, in § 744.1, the last sentence of "
                            "paragraph (a) and paragraph (b) were stayed, effective until Mar. 5, "
                            "2028.\n";
  const std::string second =
      "  effdnot: At 92 FR 7, Feb. 3, 2027, in § 744.1, the last sentence of "
      "paragraph (a) was stayed, effective until Apr. 6, 2028.\n";
  CHECK(told("", first) == Lines{"stayed 15 CFR 744.1(a): the last sentence until 2028-03-05",
                                 "stayed 15 CFR 744.1(b) until 2028-03-05"});
  CHECK(told(first, second) == Lines{"stayed 15 CFR 744.1(a): the last sentence until 2028-04-06",
                                     "lifted 15 CFR 744.1(b)"});
  CHECK(told(first, first).empty());
  const std::string failed = "  ednote: At 92 FR 9, Mar. 3, 2027, § 744.1 was amended by revising "
                             "paragraph (d); however, the amendment could not be incorporated "
                             "because (d) does not exist.\n";
  CHECK(told("", failed) == Lines{"not_incorporated 15 CFR 744.1(d)"});
  const std::string unclear = "  ednote: At 92 FR 9, Mar. 3, 2027, the whole was amended; however, "
                              "the amendment could not be incorporated.\n";
  CHECK(told("", unclear) == Lines{"not_incorporated 15 CFR 744.1: part of, see note"});
}
