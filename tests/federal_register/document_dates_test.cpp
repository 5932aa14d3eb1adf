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
  static constexpr std::array<std::string_view, 5> kinds = {
      "effective", "compliance", "comments", "expires", "other"};
  Strings out;
  for (const DatedClause& clause : read_document_dates(text, known).clauses) {
    std::string one(kinds.at(static_cast<std::size_t>(clause.kind)));
    one += " " + clause.date.to_string();
    one += clause.instruction.empty() ? "" : " [" + clause.instruction + "]";
    out.push_back(std::move(one));
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
      {"Applicable February 12, 2027.", {"compliance 2027-02-12"}},
      {"This document is effective February 12, 2027 and is applicable beginning January 1, 2027.",
       {"effective 2027-02-12", "compliance 2027-01-01"}},
      {"Effective February 9, 2027, through December 31, 2027.",
       {"effective 2027-02-09", "expires 2027-12-31"}},
      {"This rule is effective from 10:30 a.m. until 11:35 a.m. on February 10, 2027.",
       {"effective 2027-02-10", "expires 2027-02-10"}},
      {"Objections and requests for hearings must be received on or before April 12, 2027.",
       {"other 2027-04-12"}},
      {"The meeting will be held on Tuesday, March 9, 2027, from 9 a.m. to 5 p.m.",
       {"other 2027-03-09"}},
      {"Comment date: Must be postmarked by June 25, 2027.", {"comments 2027-06-25"}},
      {"Comments must be received on or before [insert date 60 days after publication].", {}},
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
      {"This rule is effective 30 days after publication.", {}},
  }));
  CAPTURE(text);
  CHECK(days(read_document_dates(text, known).effective) == wanted);
  CHECK(read_document_dates(text, {}).effective.empty());
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
