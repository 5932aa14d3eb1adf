// Days that paragraphs and notes print as an end, and days that are none.
#include "federal_register/printed_days.hpp"
#include "tests/support/outline.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

using namespace regtrail;
using federal_register::days_in;
using federal_register::find_printed_days;
using Strings = std::vector<std::string>;

namespace {

Strings days(std::string_view text) {
  Strings out;
  for (const federal_register::PrintedDay& each : find_printed_days(text)) {
    out.push_back(fmt::format("{} {}", each.day.to_string(), to_string(each.kind)));
  }
  return out;
}

} // namespace

TEST_CASE("the word in front of a day says what ends or is due on it", "[days]") {
  const auto [text, wanted] = GENERATE(table<std::string, Strings>({
      {"A transferor may rely on a letter until June 30, 2029.", {"2029-06-30 text_ends"}},
      {"Through June 30, 2029, no report is owed.", {"2029-06-30 text_ends"}},
      {"Prior to June 30, 2029, every reseller counts as vetted.", {"2029-06-30 text_ends"}},
      {"The relief runs from Mar. 1, 2028 through June 30, 2029.", {"2029-06-30 text_ends"}},
      {"for the period ending on June 30, 2029", {"2029-06-30 text_ends"}},
      {"Applications received on or before 30 June 2029 are reviewed under the old policy.",
       {"2029-06-30 text_ends"}},
      {"until 11:59 p.m. (Eastern Daylight Time) on Saturday, June 30, 2029",
       {"2029-06-30 text_ends"}},
      {"until the close of business on June 30, 2029", {"2029-06-30 text_ends"}},
      {"before midnight, on June 30, 2029, the old terms hold", {"2029-06-30 text_ends"}},
      {"The approval shall automatically expire on June 30, 2029.", {"2029-06-30 expires"}},
      {"An authorization that is valid until June 30, 2029", {"2029-06-30 expires"}},
      {"This authorization expires at midnight on June 30, 2029.", {"2029-06-30 expires"}},
      {"The license is no longer valid after June 30, 2029.", {"2029-06-30 expires"}},
      {"This paragraph terminates June 30, 2029", {"2029-06-30 expires"}},
      {"Inventories must be filed no later than June 30, 2029.", {"2029-06-30 compliance"}},
      {"Each holder shall report by June 30, 2029 and again by July 31, 2030.",
       {"2029-06-30 compliance", "2030-07-31 compliance"}},
  }));
  CAPTURE(text);
  CHECK(days(text) == wanted);
}

TEST_CASE("a day of history, of a beginning or of another text is no end", "[days]") {
  const std::string text =
      GENERATE(as<std::string>{},
               "the status as of January 3, 2029",
               "on or after January 3, 2029",
               "Effective January 3, 2029, the limit is 40.",
               "beginning on January 3, 2029",
               "not before January 3, 2029",
               "no earlier than January 3, 2029",
               "until after January 3, 2029",
               "After January 3, 2029, a designer must apply.",
               "[89 FR 96830, Dec. 5, 2029]",
               "90 FR 4544, Jan. 16, 2029, as amended at 91 FR 3, Jan. 3, 2029",
               "the list of 2026 as amended through January 3, 2029",
               "the edition current through January 3, 2029",
               "the Notice of January 3, 2029",
               "no later than ninety days after January 3, 2029",
               "signed by January 3, 2029",
               "exports completed in 2029 or thereafter",
               "until February 31, 2029",
               "until December 31 of each year");
  CAPTURE(text);
  CHECK(days(text).empty());
}

TEST_CASE("a printed day keeps the words of its sentence", "[days]") {
  const auto found = find_printed_days(
      "Tools are listed below. Until June 30, 2029, a vetted reseller may certify them; later "
      "nobody may. See § 740.2.");
  REQUIRE(found.size() == 1);
  CHECK(found[0].words ==
        "Until June 30, 2029, a vetted reseller may certify them; later nobody may.");

  std::string longer = "The following applies";
  for (int i = 0; i < 60; ++i) {
    longer += " to one more kind of tool";
  }
  const auto cut = find_printed_days(longer + " until June 30, 2029, and to nothing else.");
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].words.ends_with("until June 30, 2029, and to nothing else."));
  CHECK(cut[0].words.size() <= 240);
}

TEST_CASE("days of a unit have the place that prints them, stays that of their note", "[days]") {
  std::vector<Unit> units = tests::outline("744.4\n"
                                           "  heading: Reports until June 30, 2031\n"
                                           "  (a) Until June 30, 2029, nothing is owed. A holder "
                                           "may wait until June 30, 2029.\n"
                                           "    (1) Records of sales end on July 1, 2030.\n"
                                           "  (b) Example 1. A permit valid until May 1, 2029.\n");
  Unit& unit = units.at(0);
  unit.notes = {{NoteField::effdnot,
                 "At 92 FR 77, Feb. 3, 2028, in § 744.4, paragraph (a)(1) was stayed, "
                 "effective until Feb. 2, 2029."},
                {NoteField::cita, "[92 FR 77, Feb. 3, 2028, effective until Feb. 5, 2029]"}};
  Strings found;
  for (const TextDay& day : days_in(unit)) {
    found.push_back(fmt::format("{} {} {}",
                                day.entry.at.to_string(),
                                day.entry.day.to_string(),
                                to_string(day.entry.kind)));
  }
  CHECK(found == Strings{"15 CFR 744.4 / heading 2031-06-30 text_ends",
                         "15 CFR 744.4(a) 2029-06-30 text_ends",
                         "15 CFR 744.4(a)(1) 2030-07-01 text_ends",
                         "15 CFR 744.4(a)(1) 2029-02-02 stay_ends"});
  CHECK(days_in(unit).back().text == "(1) Records of sales end on July 1, 2030.");
}

TEST_CASE("what a general order allows for a time is a license that expires", "[days]") {
  std::vector<Unit> units = tests::outline(
      "Supplement No. 1 to Part 736\n  - General Order No. 9 holds through June 30, 2029.\n");
  const auto found = days_in(units.at(0));
  REQUIRE(found.size() == 1);
  CHECK(found[0].entry.kind == CalendarKind::expires);
}

TEST_CASE("goods under way may proceed up to a day, which is a clause that expires", "[days]") {
  Document document;
  document.body =
      "Shipments that lost a License Exception and were aboard a carrier on May 1, 2029, pursuant "
      "to actual orders, may proceed to that destination until June 1, 2029.\n"
      "Comments are welcome until July 1, 2029.";
  federal_register::add_savings_clauses(document);
  REQUIRE(document.clauses.size() == 1);
  CHECK(document.clauses[0].kind == DatedClause::Kind::expires);
  CHECK(document.clauses[0].date == Date(2029, 6, 1));
  CHECK(document.clauses[0].words.ends_with("until June 1, 2029."));
}
