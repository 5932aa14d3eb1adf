#include "federal_register/order_notes.hpp"
#include "federal_register/order_text.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using federal_register::find_deadlines;
using federal_register::find_order_relations;
using federal_register::read_order_notes;

namespace {

/// "revokes EO 1 in part": one per line.
std::string said(const std::vector<Relation>& relations) {
  std::string lines;
  for (const auto& relation : relations) {
    lines += (lines.empty() ? "" : "\n") + std::string(to_string(relation.kind)) + ' ' +
             relation.target.name() + (relation.in_part ? " in part" : "");
  }
  return lines;
}

std::string text_says(const std::string& body) {
  return said(find_order_relations(body, "14999"));
}

std::vector<int> days(const std::string& body) {
  std::vector<int> found;
  for (const auto& deadline : find_deadlines(body, Date(2025, 1, 23))) {
    found.push_back(deadline.days);
  }
  return found;
}

} // namespace

TEST_CASE("notes on an order are read in every form that is in print", "[orders]") {
  const auto [notes, relations] = GENERATE(table<std::string, std::string>({
      {"See: EO 13719, February 9, 2016", "cites 13719"},
      {"Revokes: EO 13673, July 31, 2014; EO 13738, August 23, 2016\n"
       "Revokes in part: EO 13683, December 11, 2014\nSee: EO 13771, January 30, 2017",
       "revokes 13673\nrevokes 13738\nrevokes 13683 in part\ncites 13771"},
      {"Amended by: EO 13020, October 12, 1996; EO 13026, November 15, 1996;;\n ;  See: EO 11533, "
       "June 4, 1970",
       "amended by 13020\namended by 13026\ncites 11533"},
      {"Supersedes: EO 13708, September 30, 2015 Revokes: EO 13805, July 19, 2017",
       "supersedes 13708\nrevokes 13805"},
      {"Supersedes: 4601, March 1, 1927; EO 9260, October 29, 1942",
       "supersedes 4601\nsupersedes 9260"},
      {"Revokes : EO 13495, January 30, 2009", "revokes 13495"},
      {"Supersedes: EO 13555, October 19, 2010; partially supersedes: EO 13889, September "
       "27,\n2019",
       "supersedes 13555\nsupersedes 13889 in part"},
      {"Amends: EO 13198, January 29, 2001, EO 13280, December 12, 2002; Revokes: EO 13199, "
       "January "
       "29, 2001, EO 13498,February 5, 2009",
       "amends 13198\namends 13280\nrevokes 13199\nrevokes 13498"},
      {"Revokes: EO 13522, December 9, 2009; Executive Order 13708 of September 30, 2015",
       "revokes 13522\nrevokes 13708"},
      {"See: EO 13692 of March 8, 2015; EO 13808, August 34, 2017", "cites 13692\ncites 13808"},
      {"Supersedes: EO 1000, May 1, 1910 (in part); EO 1001, May 2, 1910",
       "supersedes 1000 in part\nsupersedes 1001"},
      {"Superseded in part by: EO 14001, January 5, 2021", "superseded by 14001 in part"},
      {"Continued by: EO 14001, January 5, 2021\nSuspended by: EO 14002, January 6, 2021\n"
       "Terminated by: EO 14003, January 7, 2021\nModified by: EO 14004, January 8, 2021\n"
       "Continues: EO 13001, May 1, 1996\nSuspends: EO 13002, May 2, 1996\n"
       "See also: EO 13003, May 3, 1996",
       "continued by 14001\nsuspended by 14002\nterminated by 14003\nmodified by 14004\n"
       "continues 13001\nsuspends 13002\ncites 13003"},
      {"REVOKED BY: E.O. 14,148", "revoked by 14148"},
      {"See:\u00a0EO 10830, July\u00a024, 1959", "cites 10830"},
      {"Revokes: EO 11246-A, May 1, 1966", "revokes 11246-A"},
      {"See: EO 13719, May 1, 2016\nSee: EO 13719, May 1, 2016", "cites 13719"},
      {"See: EO 14999, May 1, 2026", ""}, // itself
      {"", ""},
  }));
  CAPTURE(notes);
  const auto read = read_order_notes(notes, "14999");
  CHECK(said(read.relations) == relations);
  CHECK(read.not_understood.empty());
  CHECK(read.others.empty());
  for (const auto& relation : read.relations) {
    CHECK(relation.source == "notes");
  }
}

TEST_CASE("targets of notes that are no orders are kept as words", "[orders]") {
  const auto read = read_order_notes(
      "Amended by: EO 13268, July 2, 2002;;\n ;  See:  Proclamation 7463, September 14, 2001 "
      "(66 FR 48199, September 18, 2001); Notice of September 19, 2002; EO 13338, May 11, 2004");
  CHECK(said(read.relations) == "amended by 13268\ncites 13338");
  CHECK(read.others ==
        std::vector<std::string>{
            "See: Proclamation 7463, September 14, 2001 (66 FR 48199, September 18, 2001)",
            "See: Notice of September 19, 2002"});
  CHECK(read.not_understood.empty());
}

TEST_CASE("notes under no verb or an unknown one are not understood, never guessed", "[orders]") {
  const auto [notes, count] = GENERATE(table<std::string, std::size_t>({
      {"EO 13719, February 9, 2016", 1},
      {"Frobnicates: EO 13719, February 9, 2016; EO 13720, May 1, 2016", 2},
      {"no notes yet", 1},
      {"Reinstates: Notice of May 1, 2011", 1},
  }));
  const auto read = read_order_notes(notes);
  CHECK(read.relations.empty());
  CHECK(read.not_understood.size() == count);
}

TEST_CASE("what an order does to others is read off its sentences", "[orders]") {
  const auto [body, relations] = GENERATE(table<std::string, std::string>({
      {"Executive Order 14110 of October 30, 2023 (Safe, Secure, and Trustworthy Widgets), is "
       "revoked.",
       "revokes 14110"},
      {"Executive Orders 13673 and 13738 of August 23, 2016, are hereby revoked.",
       "revokes 13673\nrevokes 13738"},
      {"Sec. 4. Revocation. Executive Order 11958 of January 18, 1977, as amended, is revoked; "
       "except that rules made under Executive Order 11959 shall continue in full force.",
       "revokes 11958\ncites 11959"},
      {"Executive Order 13673 of July 31, 2014, section 3 of Executive Order 13683 of December 11, "
       "2014, and Executive Order 13738 of August 23, 2016, are revoked.",
       "revokes 13673\nrevokes 13683 in part\nrevokes 13738"},
      {"Executive Order 13522 of December 9, 2009 (Creating Forums), as extended by Executive "
       "Order "
       "13708 of September 30, 2015, which established the Council, is hereby revoked.",
       "revokes 13522\ncites 13708"},
      {"Executive Order 13467, as amended by Executive Order 13741 and Executive Order 13764, is "
       "revoked.",
       "revokes 13467\ncites 13741\ncites 13764"},
      {"Executive Order 13222 of August 17, 2001, is amended as follows:", "amends 13222"},
      {"Section 1 of Executive Order 13761 is hereby amended by striking \u201cJuly 12\u201d.",
       "amends 13761"},
      {"To continue the Council established by Executive Order 13845 of July 19, 2018, as amended, "
       "that Executive Order is further amended by revising section 10.",
       "amends 13845"},
      {"This order supersedes Executive Order 12675 of April 20, 1989 (Establishing a Council), "
       "and "
       "section 1(u) of Executive Order 13889.",
       "supersedes 12675\nsupersedes 13889 in part"},
      {"Executive Order 10582 is superseded to the extent that it is inconsistent with this order.",
       "supersedes 10582 in part"},
      {"I hereby terminate the national emergency declared in Executive Order 12947 of January 23, "
       "1995, and revoke Executive Order 12947, as amended by Executive Order 13099.",
       "terminates 12947\nrevokes 12947\ncites 13099"},
      {"I am revoking Executive Order 13769 and replacing it with this order.", "revokes 13769"},
      {"The national emergency declared in Executive Order 13667 must continue in effect.",
       "continues 13667"},
      {"I am continuing for 1 year the national emergency declared in Executive Order 13667.",
       "continues 13667"},
      {"The Board established by Executive Order 13845, as amended, is continued until 2021.",
       "continues 13845"},
      {"In furtherance of Executive Order 14179 of January 23, 2025, agencies shall act.",
       "implements 14179"},
      {"Executive Order 13805 is suspended.", "suspends 13805"},
      {"Executive Order 13805 is modified as set out below.", "modifies 13805"},
      // Mere mentions.
      {"All actions taken pursuant to the revoked Executive Order 14110 shall be reviewed.",
       "cites 14110"},
      {"The policies set out in Executive Order 13960 are rescinded.", "cites 13960"},
      {"Executive Order 13769 was suspended by a court and has been revoked.", "cites 13769"},
      {"The Council shall terminate unless Executive Order 13805 is continued.", "cites 13805"},
      {"Agencies shall rescind any rules implementing Executive Order 13522.", "cites 13522"},
      {"Section 2 is amended by adding \u201cExecutive Order 13805 is revoked\u201d at the end.",
       ""},
      {"Executive Order 14018 of February 24, 2021 (Revocation of Executive Order 13801), applies.",
       "cites 14018"},
      {"This order is consistent with Executive Order 14999.", ""},
      {"", ""},
  }));
  CAPTURE(body);
  CHECK(text_says(body) == relations);
}

TEST_CASE("a lead-in governs the list under it, and only that", "[orders]") {
  CHECK(
      text_says("Sec. 2. Revocations. The following executive actions are hereby revoked:\n"
                "(a) Executive Order 13985 of January 20, 2021 (Amending Executive Order 14007).\n"
                "(b) The Presidential Memorandum of March 13, 2023 (Withdrawal of Lands).\n"
                "(aa) Section 4 of Executive Order 14019 of March 7, 2021.\n"
                "Sec. 3. Implementation. Agencies shall follow Executive Order 12866.\n"
                "(a) Executive Order 13563 remains in force.") ==
      "revokes 13985\nrevokes 14019 in part\ncites 12866\ncites 13563");
  CHECK(text_says("The following Executive Orders are revoked and superseded:\n"
                  "(a) Executive Order 13628 of October 9, 2012; and\n"
                  "(b) Executive Order 13716 of January 16, 2016.") ==
        "revokes 13628\nsupersedes 13628\nrevokes 13716\nsupersedes 13716");
  CHECK(text_says("Each advisory committee listed below is continued until September 30, 2027.\n"
                  "(a) Committee for Widgets; Executive Order 11145, as amended (Interior).") ==
        "continues 11145");
  CHECK(text_says("The following orders are revoked: Executive Order 13628; and Executive Order "
                  "13716.") == "revokes 13628\nrevokes 13716");
}

TEST_CASE("a relation shows the sentence that makes it", "[orders]") {
  const auto relations =
      find_order_relations("Sec. 5. Revocation. Executive Order 14141 of January 14, 2025 "
                           "(Advancing Widgets), is hereby revoked. Nothing else is.",
                           "14318");
  REQUIRE(relations.size() == 1);
  CHECK(relations[0].source == "text");
  CHECK(relations[0].words ==
        "Executive Order 14141 of January 14, 2025 (Advancing Widgets), is hereby revoked.");
}

TEST_CASE("days are counted from the signing of this order and of nothing else", "[orders]") {
  const auto [body, expected] = GENERATE(table<std::string, std::vector<int>>({
      {"Within 90 days of the date of this order, the Secretary shall act.", {90}},
      {"Not later than 60 days after the date of this order, it shall act.", {60}},
      {"It shall report no later than 45 days from the date of this order.", {45}},
      {"Within sixty days of the date of this order, act.", {60}},
      {"Within sixty (60) days following the issuance of this order, act.", {60}},
      {"Within one hundred and eighty days of the date of this memorandum, act.", {180}},
      {"Within forty-five calendar days of the signing of this order, act.", {45}},
      {"Within 30 days of this order, act.", {30}},
      {"Within 6 months of the date of this order, act.", {181}},
      {"Within 1 year of the date of this order, act.", {365}},
      {"Within 2 weeks of the date of this order, act.", {14}},
      {"Within 30 days of the date of this order, A shall act and, within 60 days of the date of "
       "this order, B shall.",
       {30, 60}},
      {"Within 90 days of receipt of the report, act.", {}},
      {"Within 60 days of the issuance of the guidance, act.", {}},
      {"Within 365 days of its creation, act.", {}},
      {"Within 20 days of the effective date of this order, act.", {}},
      {"Within 10 business days of the date of this order, act.", {}},
      {"Beginning 30 days after the date of this order, act.", {}},
      {"Within days of the date of this order, act.", {}},
      {"Within 99999999999 days of the date of this order, act.", {}},
      {"It is amended by adding \u201cwithin 90 days of the date of this order\u201d.", {}},
      {"Within the United States, 30 days of the date of this order are enough.", {}},
  }));
  CAPTURE(body);
  CHECK(days(body) == expected);
}

TEST_CASE("a deadline falls on the day of the calendar", "[orders]") {
  const auto [signed_on, words, date] = GENERATE(table<Date, std::string, Date>({
      {Date(2025, 1, 23), "180 days", Date(2025, 7, 22)},
      {Date(2019, 2, 11), "90 days", Date(2019, 5, 12)},
      {Date(2023, 11, 30), "3 months", Date(2024, 2, 29)},
      {Date(2024, 2, 29), "1 year", Date(2025, 2, 28)},
      {Date(2025, 12, 31), "1 day", Date(2026, 1, 1)},
  }));
  const auto found =
      find_deadlines("Within " + words + " of the date of this order, act.", signed_on);
  REQUIRE(found.size() == 1);
  CHECK(found[0].date == date);
  CHECK(found[0].days == (date - signed_on).count());
}

TEST_CASE("a deadline shows its sentence, cut to 300 bytes between characters", "[orders]") {
  std::string filling;
  for (int i = 0; i < 200; ++i) {
    filling += "\u00e9 ";
  }
  const auto found = find_deadlines("First. " + filling +
                                        "the Secretary shall, within 90 days of the date of this "
                                        "order, report. Last.",
                                    Date(2025, 1, 23));
  REQUIRE(found.size() == 1);
  CHECK(found[0].text.size() <= 300);
  CHECK(found[0].text.starts_with("within 90 days"));
  CHECK(found[0].text.ends_with("report."));
}

TEST_CASE("hostile texts are read to their end", "[orders]") {
  const auto piece = GENERATE(as<std::string>{},
                              "EO ",
                              "Executive Order 12345 ",
                              "Executive Orders 12345, 12346 and (",
                              "(((((((((((((((((",
                              "following are revoked: ",
                              "and revoked and ",
                              "that order is amended, ",
                              "within ",
                              "within one hundred and ",
                              "I hereby revoke ",
                              "See ",
                              "See: EO 1 ",
                              "\"");
  std::string text;
  int number = 10'000;
  while (text.size() < (1U << 18U)) {
    text += piece;
    if (piece == "EO ") {
      text += std::to_string(number++) + " is revoked and ";
    }
  }
  const auto relations = find_order_relations(text);
  CHECK(relations.size() <= static_cast<std::size_t>(number));
  CHECK(find_deadlines(text, Date(2025, 1, 23)).empty());
  CHECK(read_order_notes(text).relations.size() <= 1);
}
