#include "federal_register/document_dates.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using federal_register::DatesContext;
using federal_register::read_document_dates;
using Strings = std::vector<std::string>;

namespace {

std::string day(const std::optional<Date>& date) {
  return date ? date->to_string() : "-";
}

Strings days(const std::vector<Date>& dates) {
  Strings out;
  for (const Date& date : dates) {
    out.push_back(date.to_string());
  }
  return out;
}

const DatesContext known{Date(2027, 3, 4), Date(2027, 3, 2)};

/// "effective 2027-03-02", "comments 2027-05-03 [5]", ...
Strings clauses(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kinds = {
      "effective", "compliance", "comments", "expires", "other", "applicable"};
  Strings out;
  for (const DatedClause& clause : read_document_dates(text, known).clauses) {
    std::string one(kinds.at(static_cast<std::size_t>(clause.kind)));
    one += " " + clause.date.to_string();
    one += clause.instruction.empty() ? "" : " [" + clause.instruction + "]";
    out.push_back(std::move(one));
  }
  return out;
}

/// "effective: upon publication": what stands in place of a day.
Strings unread(std::string_view text, const DatesContext& context = {}) {
  Strings out;
  for (const UnreadDate& each : read_document_dates(text, context).unread) {
    out.push_back(std::string(to_string(each.kind)) + ": " + each.words);
  }
  return out;
}

/// Instructions as DATES speaks of them.
Instruction instruction(std::string ordinal, std::string place = {}) {
  Instruction one;
  one.ordinal = std::move(ordinal);
  if (!place.empty()) {
    one.operations.push_back({Verb::revise, {{*Citation::parse(place)}}, {}, {}, {}, {}});
  }
  return one;
}

Document applied(std::string_view text, std::vector<Instruction> instructions) {
  Document document;
  document.instructions = std::move(instructions);
  federal_register::apply(read_document_dates(text, known), document);
  return document;
}

} // namespace

TEST_CASE("a date is what the word in front of it says", "[dates]") {
  const auto [text, wanted] = GENERATE(table<std::string, Strings>({
      {"This rule is effective March 2, 2027.", {"effective 2027-03-02"}},
      {"Effective Date: March 2, 2027.", {"effective 2027-03-02"}},
      {"On March 2, 2027, this rule becomes effective.", {"effective 2027-03-02"}},
      {"Effective date. This rule will become effective on March 2, 2027.",
       {"effective 2027-03-02"}},
      {"This rule is effective March 2, 2027. Comments must be received on or before May 3, 2027.",
       {"effective 2027-03-02", "comments 2027-05-03"}},
      {"This rule is effective March 2, 2027, and comments must be received by May 3, 2027.",
       {"effective 2027-03-02", "comments 2027-05-03"}},
      {"This rule is effective March 2, 2027. The compliance date is March 2, 2029.",
       {"effective 2027-03-02", "compliance 2029-03-02"}},
      {"Applicable February 12, 2027.", {"applicable 2027-02-12"}},
      {"This document is effective February 12, 2027 and is applicable beginning January 1, 2027.",
       {"effective 2027-02-12", "applicable 2027-01-01"}},
      {"The amendment is effective February 12, 2027, and applicable as of January 1, 2027.",
       {"effective 2027-02-12", "applicable 2027-01-01"}},
      {"This document is effective February 12, 2027, and applies on January 1, 2027.",
       {"effective 2027-02-12", "applicable 2027-01-01"}},
      {"Compliance is required as of May 1, 2027.", {"compliance 2027-05-01"}},
      {"Effective at 9 a.m., 2 March 2027.", {"effective 2027-03-02"}},
      {"This rule is effective March 2. 2027. Comments close on May 3, 2027.",
       {"effective 2027-03-02", "comments 2027-05-03"}},
      {"The suspension in instruction 2 is in effect from March 2, 2027, until May 3, 2027.",
       {"effective 2027-03-02 [2]", "expires 2027-05-03 [2]"}},
      {"Effective February 9, 2027, through December 31, 2027.",
       {"effective 2027-02-09", "expires 2027-12-31"}},
      {"This rule is effective from 10:30 a.m. until 11:35 a.m. on February 10, 2027.",
       {"effective 2027-02-10", "expires 2027-02-10"}},
      {"Objections and requests for hearings must be received on or before April 12, 2027.",
       {"other 2027-04-12"}},
      {"The meeting will be held on Tuesday, March 9, 2027, from 9 a.m. to 5 p.m.",
       {"other 2027-03-09"}},
      {"Comment date: Must be postmarked by June 25, 2027.", {"comments 2027-06-25"}},
      {"Comments must be received on or before [insert date 60 days after publication].",
       {"comments 2027-05-03"}},
  }));
  CAPTURE(text);
  CHECK(clauses(text) == wanted);
}

TEST_CASE("no sentence ends behind a month that is printed in full with a full stop", "[dates]") {
  for (const char* date : {"July. 4, 2027", "Marc. 4, 2027", "June. 4, 2027"}) {
    const auto dates = read_document_dates(
        std::string("This rule is effective ") + date + ". More follows.", known);
    REQUIRE(dates.clauses.size() == 1);
    CHECK(dates.effective.size() == 1);
    CHECK(dates.clauses[0].words.find(date) != std::string::npos);
  }
}

TEST_CASE("dates of other documents are not this document's", "[dates]") {
  SECTION("the day on which something was published is no clause at all") {
    CHECK(clauses("The rules published February 7, 2027 (92 FR 6194), and 92 FR 6584 (Jan. 29, "
                  "2027), are corrected effective March 2, 2027.") ==
          Strings{"effective 2027-03-02"});
  }
  SECTION("a delay takes effect on its own day; the day it sets is another document's") {
    const std::string text = "As of February 25, 2027, the effective date for the final rule "
                             "published December 27, 2026 (91 FR 106064), is delayed until April "
                             "28, 2027.";
    CHECK(clauses(text) == Strings{"effective 2027-02-25", "other 2027-04-28"});
    CHECK(days(read_document_dates(text, known).effective) == Strings{"2027-02-25"});
  }
}

TEST_CASE("a rule may take effect with its filing or its publication", "[dates]") {
  const auto [text, wanted] = GENERATE(table<std::string, Strings>({
      {"This rule is effective on the date of filing for public inspection.", {"2027-03-02"}},
      {"This rule is effective upon filing.", {"2027-03-02"}},
      {"This rule is effective on publication in the Federal Register.", {"2027-03-04"}},
      {"This rule is effective immediately.", {"2027-03-04"}},
      {"This rule is effective 30 days after publication.", {"2027-04-03"}},
      {"Effective [INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER].", {"2027-03-04"}},
      {"Effective thirty (30) days after the date of publication of this rule.", {"2027-04-03"}},
      {"This rule would be effective 30 days after publication of a final rule.", {}},
      {"This rule is effective 30 business days after publication.", {}},
      {"Copies are to be had upon publication.", {}},
  }));
  CAPTURE(text);
  CHECK(days(read_document_dates(text, known).effective) == wanted);
  CHECK(read_document_dates(text, {}).effective.empty());
}

TEST_CASE("days of something else are no days of effect", "[dates]") {
  const auto [text, wanted] = GENERATE(table<std::string, Strings>({
      {"This rule is effective March 2, 2027. The Director of the Federal Register approved the "
       "incorporation by reference of a standard as of May 3, 2019.",
       {"effective 2027-03-02", "other 2019-05-03"}},
      {"This rule is effective March 2, 2027, and the incorporation by reference of the manual is "
       "approved as of May 3, 2019.",
       {"effective 2027-03-02", "other 2019-05-03"}},
      {"The compliance date is March 2, 2029. It does not apply to licenses in effect prior to "
       "March 4, 2027.",
       {"compliance 2029-03-02", "other 2027-03-04"}},
      {"Compliance with rules in effect on March 4, 2027, is not affected.", {"other 2027-03-04"}},
      {"The direct final rule published at 92 FR 100, effective May 4, 2027, is withdrawn as of "
       "April 20, 2027.",
       {"other 2027-05-04", "effective 2027-04-20"}},
      {"The addition of § 744.9(b) (instruction 9), published at 92 FR 100 on January 5, 2027, and "
       "delayed indefinitely, is effective on March 9, 2027.",
       {"effective 2027-03-09"}},
      {"The effective date of the withdrawal of the form is March 9, 2027.",
       {"effective 2027-03-09"}},
      {"Effective March 2, 2027, amendatory instruction 9 published at 92 FR 100 on January 5, "
       "2027, is delayed until July 6, 2028.",
       {"effective 2027-03-02", "other 2028-07-06 [9]"}},
  }));
  CAPTURE(text);
  CHECK(clauses(text) == wanted);
}

TEST_CASE("what stands in place of a day is kept in its words", "[dates]") {
  const auto [text, wanted] = GENERATE(table<std::string, Strings>({
      {"This rule is effective February 30, 2027.", {"effective: February 30, 2027"}},
      {"This rule is effective 31 April 2027.", {"effective: 31 April 2027"}},
      {"This rule is effective in March 2027.", {"effective: March 2027"}},
      {"This rule is effective May 1.", {"effective: May 1"}},
      {"This rule is effective 60 days after publication in the Federal Register.",
       {"effective: 60 days after publication in the Federal Register"}},
      {"This rule becomes effective on publication. Comments are due by May 3, 2027.",
       {"effective: on publication"}},
      {"This rule is effective on the last day of the quarter following May 3, 2027.",
       {"effective: on the last day of the quarter following May 3, 2027"}},
      {"Compliance is required 180 days after May 3, 2027.",
       {"compliance: 180 days after May 3, 2027"}},
      {"The amendment to § 744.9(c) is delayed indefinitely. A document will announce the "
       "effective date.",
       {"effective: delayed indefinitely"}},
      {"The amendments are effective upon approval of the collection of information.",
       {"effective: upon approval of the collection of information"}},
      {"The meeting begins 30 days after the notice.", {}},
      {"This rule is effective March 2, 2027.", {}},
  }));
  CAPTURE(text);
  CHECK(unread(text) == wanted);
  CHECK((wanted.empty() || read_document_dates(text, {}).effective.empty()));
}

TEST_CASE("a day counted from publication is marked by its words", "[dates]") {
  const auto dates =
      read_document_dates("This rule is effective 30 days after publication.", known);
  REQUIRE(dates.clauses.size() == 1);
  CHECK(dates.clauses[0].words == "30 days after publication");
  CHECK(dates.unread ==
        std::vector<UnreadDate>{{DatedClause::Kind::effective, "30 days after publication"}});
}

TEST_CASE("comments close on the first day that is not for replies", "[dates]") {
  CHECK(day(read_document_dates("Reply comments are due by June 1, 2027.\n"
                                "Comments are due by May 1, 2027. Comments on the collection of "
                                "information are due by May 20, 2027.",
                                known)
                .comments_close) == "2027-05-01");
}

TEST_CASE("instructions have dates of their own where DATES says so", "[dates]") {
  const auto effective_of = [](const Document& document, std::size_t i) {
    return day(effective_date(document, document.instructions.at(i)));
  };
  SECTION("one excepted, with what is below it") {
    const Document document = applied(
        "This rule is effective March 2, 2027, except for amendatory instruction 5, which is "
        "effective January 1, 2028.",
        {instruction("4"), instruction("5"), instruction("5.a"), instruction("50")});
    CHECK(effective_of(document, 0) == "2027-03-02");
    CHECK(effective_of(document, 1) == "2028-01-01");
    CHECK(effective_of(document, 2) == "2028-01-01");
    CHECK(effective_of(document, 3) == "2027-03-02");
    CHECK(days(document.effective) == Strings{"2027-03-02", "2028-01-01"});
  }
  SECTION("three phases") {
    const std::string text =
        "This rule is effective March 2, 2027, except for amendatory instructions 3 and 4.b, which "
        "are effective March 9, 2027; and amendatory instructions 6 through 8, which are effective "
        "March 16, 2027.";
    CHECK(clauses(text) == Strings{"effective 2027-03-02",
                                   "effective 2027-03-09 [3]",
                                   "effective 2027-03-09 [4.b]",
                                   "effective 2027-03-16 [6]",
                                   "effective 2027-03-16 [7]",
                                   "effective 2027-03-16 [8]"});
  }
  SECTION("the date in front of its instructions") {
    CHECK(clauses("Effective March 2, 2027, for amendatory instructions 1 and 2; and effective "
                  "March 9, 2027, for amendatory instruction 3.") ==
          Strings{
              "effective 2027-03-02 [1]", "effective 2027-03-02 [2]", "effective 2027-03-09 [3]"});
  }
  SECTION("numbers with what they amend, behind the date") {
    const Strings wanted{"effective 2027-03-02 [3]",
                         "effective 2027-03-02 [8]",
                         "effective 2027-03-09 [5]",
                         "effective 2027-03-09 [6]"};
    CHECK(clauses("a. Effective on March 2, 2027, are the following instructions: 3 (§ 740.2) and "
                  "8 (supplement no. 1 to part 774).\nb. Effective on March 9, 2027, are "
                  "instructions 5 (Sec. 744.6) through 6 (Sec. 744.9).") == wanted);
    CHECK(clauses("The following instructions are effective March 2, 2027: 3 and 8.\nInstructions "
                  "5 and 6 are effective March 9, 2027.") == wanted);
  }
  SECTION("a day that is not read leaves its instruction without one") {
    const Document document =
        applied("This rule is effective March 2, 2027, except for instruction 5, which is "
                "effective 30 days after approval of the form.",
                {instruction("4"), instruction("5")});
    CHECK(effective_of(document, 0) == "2027-03-02");
    CHECK(effective_of(document, 1) == "-");
  }
  SECTION("an interval") {
    const Document document = applied(
        "This rule is effective March 2, 2027, except for amendatory instruction 11, which is "
        "effective from March 2, 2027, until January 1, 2028.",
        {instruction("11")});
    CHECK(effective_of(document, 0) == "2027-03-02");
    CHECK(day(document.instructions[0].until) == "2028-01-01");
  }
  SECTION("delayed without a date") {
    const Document document = applied(
        "This rule is effective March 13, 2027, except for the amendments codified at 47 CFR "
        "64.2011 and 64.5111, instructions 3 and 4, respectively, which are delayed indefinitely.",
        {instruction("2"), instruction("3"), instruction("4")});
    CHECK(effective_of(document, 0) == "2027-03-13");
    CHECK(document.instructions[1].indefinite);
    CHECK(effective_of(document, 2) == "-");
  }
  SECTION("named by what they amend") {
    const Document document =
        applied("This rule is effective June 1, 2027, except for § 744.35(e), which will be "
                "effective from July 1, 2027 through January 9, 2028.",
                {instruction("1", "15 CFR 744.35(a)"), instruction("2", "15 CFR 744.35(e)(1)")});
    CHECK(effective_of(document, 0) == "2027-06-01");
    CHECK(effective_of(document, 1) == "2027-07-01");
    CHECK(day(document.instructions[1].until) == "2028-01-09");
  }
  SECTION("what an instruction says of itself is not overruled") {
    Instruction own = instruction("2");
    own.effective = Date(2027, 5, 1);
    const Document document = applied(
        "This rule is effective March 2, 2027, except for instruction 2, effective March 9, 2027.",
        {own});
    CHECK(effective_of(document, 0) == "2027-05-01");
  }
}

TEST_CASE("the words of a clause are kept, cut between characters", "[dates]") {
  std::string text = "This rule is effective March 2, 2027, for ";
  for (int i = 0; i < 200; ++i) {
    text += "é";
  }
  const auto dates = read_document_dates(text, known);
  REQUIRE(dates.clauses.size() == 1);
  CHECK(dates.clauses[0].words.size() <= 300);
  CHECK(text.starts_with(dates.clauses[0].words));
  CHECK((dates.clauses[0].words.size() -
         std::string("This rule is effective March 2, 2027, for ").size()) %
            2 ==
        0);
}
