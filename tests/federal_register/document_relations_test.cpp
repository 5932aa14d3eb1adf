#include "federal_register/document_acts.hpp"
#include "federal_register/document_relations.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace regtrail;
using federal_register::acts_of;
using federal_register::find_earlier;
using federal_register::relate;

namespace {

Document rule(std::string number, Date published, int page) {
  Document document;
  document.number = std::move(number);
  document.type = DocumentType::rule;
  document.volume = published.year() - 1935;
  document.published = published;
  document.start_page = page;
  document.end_page = page + 9;
  document.agencies = {"Widgets Bureau"};
  document.cfr = {{"15", "744"}};
  return document;
}

Document order(std::string number, std::string notes, std::string body) {
  Document document;
  document.number = "2025-" + number;
  document.type = DocumentType::presidential;
  document.executive_order = std::move(number);
  document.order_notes = std::move(notes);
  document.has_text = !body.empty();
  document.body = std::move(body);
  return document;
}

std::string acts(const Document& document) {
  std::string words;
  for (const auto act : acts_of(document)) {
    words += (words.empty() ? "" : ", ") + std::string(to_string(act));
  }
  return words;
}

/// "corrects 2026-1 (text)", one per line, sorted.
std::string said(const std::vector<Relation>& relations) {
  std::vector<std::string> lines;
  for (const auto& relation : relations) {
    lines.push_back(std::string(to_string(relation.kind)) + ' ' + relation.target.to_string() +
                    (relation.in_part ? " in part" : "") + " (" + relation.source + ')');
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const auto& line : lines) {
    text += (text.empty() ? "" : "\n") + line;
  }
  return text;
}

} // namespace

TEST_CASE("an action says what a document does to an earlier one", "[relations]") {
  const auto [action, expected] = GENERATE(table<std::string, std::string>({
      {"Final rule; correction.", "corrects"},
      {"Interim final rule; technical correction.", "corrects"},
      {"Correcting amendments.", "corrects"},
      {"Correction.", "corrects"},
      {"Final rule; delay of effective date.", "delays"},
      {"Final rule; delay of effective date; request for comments.", "delays"},
      {"Proposed rule; withdrawal.", "withdraws"},
      {"Withdrawal of direct final rule.", "withdraws"},
      {"Withdrawal of notice of intent to prepare an environmental impact statement.", "withdraws"},
      {"Final rule; administrative stay.", "stays"},
      {"Interim final rule; stay of effectiveness.", "stays"},
      {"Notice; extension of comment period.", "extends"},
      {"Proposed rule; reopening of comment period.", "extends"},
      {"Direct final rule; confirmation of effective date.", "confirms"},
      {"Final rule; adoption of interim rule.", "confirms"},
      {"Final rule; delay of effective date; correction.", "corrects, delays"},
      // New law, and paperwork.
      {"Final rule.", ""},
      {"Interim final rule with request for comments.", ""},
      {"Notice of request for extension of OMB approval of an information collection.", ""},
      {"Notice; extension.", ""},
      {"Temporary rule; emergency action extended.", ""},
      {"Notice of proposed withdrawal extension.", ""},
      {"Notice of a rescindment of a system of records.", ""},
      {"", ""},
  }));
  Document document;
  document.type = action.starts_with("Notice") ? DocumentType::notice : DocumentType::rule;
  document.action = action;
  CAPTURE(action);
  CHECK(acts(document) == expected);
}

TEST_CASE("a title says it behind a semicolon, not as one subject among others", "[relations]") {
  const auto [title, expected] = GENERATE(table<std::string, std::string>({
      {"Expansion of Certain Widget Controls; Correction", "corrects"},
      {"Widget Security; Delay of Effective Date", "delays"},
      {"Stale Widgets; Extension of Comment Period", "extends"},
      {"Stale Widgets-Extension of Public Comment Period", "extends"},
      {"Foreign Widget Rules: Organization, Clarification, and Correction", ""},
      {"Revisions to Widgets; Other Revisions, Corrections, and Clarifications", ""},
      {"Correctional Widgets", ""},
      {"Widget Activities; Comment Request; Extension", ""},
      {"Widget Supplement-Extension of Controls on an Emerging Widget", ""},
      {"Withdrawal of Application for a Widget Zone", ""},
      {"Nonprocurement Suspension and Debarment", ""},
      {"Amendment To Confirm Basis for Adding Certain Widgets", ""},
  }));
  Document document;
  document.type = title.find("Comment Request") != std::string::npos ? DocumentType::notice
                                                                     : DocumentType::rule;
  document.title = title;
  CAPTURE(title);
  CHECK(acts(document) == expected);
}

TEST_CASE("an abstract says it where action and title do not", "[relations]") {
  const auto [abstract, expected] = GENERATE(table<std::string, std::string>({
      {"The Bureau publishes this document to correct a final rule published on May 1, 2020.",
       "corrects"},
      {"This rule delays the effective date of the interim final rule by 45 days.", "delays"},
      {"Today's notice extends the deadline for written comments to June 23.", "extends"},
      {"This notification reopens the comment period through April 22.", "extends"},
      {"This rule suspends the interim final rule on affiliates for one year.", "stays"},
      {"In this final rule, the Bureau imposes a one-year suspension of the interim final rule.",
       "stays"},
      {"This rule corrects inadvertent errors in those rules.", "corrects"},
      {"The Bureau is withdrawing the proposed rule of May 1.", "withdraws"},
      {"This rule revises, corrects, and clarifies certain provisions.", ""},
      {"The Bureau extends these controls a second time.", ""},
  }));
  Document document;
  document.type = DocumentType::rule;
  document.abstract = abstract;
  CAPTURE(abstract);
  CHECK(acts(document) == expected);
}

TEST_CASE("the earlier document is the one cited in the sentence about the act", "[relations]") {
  auto document = rule("2026-2", Date(2026, 3, 2), 500);
  const auto cited = [&](RelationKind act) {
    const auto earlier = find_earlier(document, act);
    std::string text;
    for (const auto& citation : earlier ? earlier->cited : std::vector<Citation>{}) {
      text += (text.empty() ? "" : ", ") + citation.to_string();
    }
    return text;
  };
  SECTION("by its page") {
    document.dates_text = "The comment period for the notice published at 91 FR 100 is extended.";
    CHECK(cited(RelationKind::extends) == "91 FR 100");
  }
  SECTION("by its number before its page") {
    document.body = "See 90 FR 7.\nIn FR Doc. 2026-00001, appearing on page 100 (91 FR 100) in the "
                    "issue of January 5, the following corrections are made:";
    CHECK(cited(RelationKind::corrects) == "2026-00001");
  }
  SECTION("with others in one list") {
    document.dates_text = "The effective dates of the rules published at 91 FR 100, 91 FR 120, and "
                          "91 FR 140 are delayed; 80 FR 1 is not.";
    CHECK(cited(RelationKind::delays) == "91 FR 100, 91 FR 120, 91 FR 140");
  }
  SECTION("not a later one, nor itself") {
    document.dates_text = "The rule at 91 FR 500 delays nothing; 92 FR 1 delays it.";
    CHECK(cited(RelationKind::delays).empty());
  }
  SECTION("not one of another sentence") {
    document.abstract = "The rule at 91 FR 100 stands. This action corrects a figure.";
    CHECK(cited(RelationKind::corrects).empty());
  }
  SECTION("by its day alone, also said one sentence before") {
    document.abstract = "On January 5, 2026, the Bureau published an interim final rule. This rule "
                        "delays its effective date until May 1, 2026.";
    const auto earlier = find_earlier(document, RelationKind::delays);
    REQUIRE(earlier);
    CHECK(earlier->cited.empty());
    CHECK(earlier->published == Date(2026, 1, 5));
    CHECK(earlier->words.starts_with("This rule delays"));
  }
}

TEST_CASE("a page is the document on it, and that document knows of it", "[relations]") {
  auto first = rule("2026-1", Date(2026, 1, 5), 100);
  auto second = rule("2026-2", Date(2026, 3, 2), 500);
  second.action = "Final rule; delay of effective date.";
  second.dates_text = "The effective date of the rule published at 91 FR 105 is delayed.";
  const auto relations = relate({first, second});
  CHECK(said(relations[0]) == "delayed by 2026-2 (text)");
  CHECK(said(relations[1]) == "delays 2026-1 (text)");
  // Alone, it cites the page.
  CHECK(said(relate({second})[0]) == "delays 91 FR 105 (text)");
}

TEST_CASE("of two documents on a page the one of the same parts is meant", "[relations]") {
  auto first = rule("2026-1", Date(2026, 1, 5), 100);
  auto other = rule("2026-9", Date(2026, 1, 5), 109);
  auto second = rule("2026-2", Date(2026, 3, 2), 500);
  second.action = "Final rule; correction.";
  second.dates_text = "This corrects 91 FR 109.";
  SECTION("which one shares") {
    first.cfr = {{"40", "52"}};
    CHECK(said(relate({first, other, second})[2]) == "corrects 2026-9 (text)");
  }
  SECTION("or the page stays what it is") {
    CHECK(said(relate({first, other, second})[2]) == "corrects 91 FR 109 (text)");
  }
}

TEST_CASE("where only the day is said, the set tells which document it was", "[relations]") {
  auto first = rule("2026-1", Date(2026, 1, 5), 100);
  first.title = "Widget Controls";
  auto other = rule("2026-9", Date(2026, 1, 5), 300);
  other.title = "Gear Controls";
  auto second = rule("2026-2", Date(2026, 3, 2), 500);
  second.title = "Widget Controls; Correction";
  second.abstract = "The Bureau corrects the rule published on January 5, 2026.";
  CHECK(said(relate({first, other, second})[2]) == "corrects 2026-1 (inferred)");
  second.title = "Correction";
  CHECK(said(relate({first, other, second})[2]).empty()); // two of that day: no guess
  other.rins = second.rins = {"0694-AK60"};
  CHECK(said(relate({first, other, second})[2]) ==
        "corrects 2026-9 (inferred)\nsame rulemaking 2026-9 (metadata)");
}

TEST_CASE("titles between quotes name the documents acted on, all of them", "[relations]") {
  auto first = rule("2026-1", Date(2026, 1, 5), 100);
  first.title = "Widget Controls; Updates";
  auto other = rule("2026-9", Date(2026, 1, 5), 300);
  other.title = "Gear Controls";
  auto second = rule("2026-2", Date(2026, 3, 2), 500);
  SECTION("on the day said") {
    second.abstract =
        "On January 5, 2026, the Bureau published \u201cGear Controls\u201d and "
        "\u201cWidget  Controls; Updates.\u201d This rule corrects inadvertent errors in "
        "those rules.";
    CHECK(said(relate({first, other, second})[2]) ==
          "corrects 2026-1 (inferred)\ncorrects 2026-9 (inferred)");
    other.published = Date(2026, 1, 6);
    CHECK(said(relate({first, other, second})[2]) == "corrects 2026-1 (inferred)");
  }
  SECTION("without a day, where one earlier document alone has it") {
    second.abstract =
        "This imposes a suspension of the interim final rule, \u201cGear Controls,\u201d.";
    CHECK(said(relate({first, other, second})[2]) == "stays 2026-9 (inferred)");
    first.title = "Gear Controls";
    CHECK(said(relate({first, other, second})[2]).empty());
    first.published = Date(2026, 4, 1); // later
    CHECK(said(relate({first, other, second})[2]) == "stays 2026-9 (inferred)");
  }
}

TEST_CASE("the printer's corrections name what they correct in their number", "[relations]") {
  const auto [number, base] = GENERATE(table<std::string, std::string>({
      {"C1-2026-03111", "2026-03111"},
      {"R1-2026-03111", "2026-03111"},
      {"C8-4768", "E8-4768"},
  }));
  auto correction = rule(number, Date(2026, 3, 2), 500);
  correction.type = DocumentType::correction;
  const auto relations = relate({correction, rule(base, Date(2026, 2, 24), 300)});
  CHECK(said(relations[0]) == "corrects " + base + " (inferred)");
  CHECK(said(relations[1]) == "corrected by " + number + " (inferred)");
}

TEST_CASE("what the service says stands before what is read or inferred", "[relations]") {
  auto correction = rule("C1-2026-1", Date(2026, 3, 2), 500);
  correction.type = DocumentType::correction;
  correction.relations = {
      {RelationKind::corrects, Citation::fr_document("2026-1"), false, "metadata", ""}};
  const auto relations = relate({correction, rule("2026-1", Date(2026, 2, 24), 300)});
  CHECK(said(relations[0]) == "corrects 2026-1 (metadata)");
  CHECK(said(relations[1]) == "corrected by C1-2026-1 (metadata)");
}

TEST_CASE("documents of one RIN are one rulemaking, those of a series are not", "[relations]") {
  std::vector<Document> documents;
  for (int i = 0; i < 3; ++i) {
    documents.push_back(
        rule("2026-" + std::to_string(i), Date(2026, 1, 5) + std::chrono::days(i), 100 + 10 * i));
    documents.back().rins = {"0694-AK60", "0694-AK60"};
  }
  CHECK(said(relate(documents)[1]) ==
        "same rulemaking 2026-0 (metadata)\nsame rulemaking 2026-2 (metadata)");
  for (int i = 3; i < 41; ++i) {
    documents.push_back(
        rule("2026-" + std::to_string(i), Date(2026, 1, 5) + std::chrono::days(i), 100 + 10 * i));
    documents.back().rins = {"0694-AK60"};
  }
  for (const auto& relations : relate(documents)) {
    CHECK(relations.empty());
  }
}

TEST_CASE("companions are rules of one issue that name each other", "[relations]") {
  auto one = rule("2026-1", Date(2026, 1, 5), 100);
  one.title = "Widget Controls and Other Matters of Widgets";
  auto other = rule("2026-2", Date(2026, 1, 5), 200);
  other.title = "Gear Controls and Other Matters of Gears; Amendments";
  one.body = "See \u201cGear  Controls and Other Matters of Gears,\u201d published in this issue.";
  other.body = "It goes with the rule at 91 FR 100.";
  const auto both = relate({one, other});
  CHECK(said(both[0]) == "companion 2026-2 (text)");
  CHECK(said(both[1]) == "companion 2026-1 (text)");
  SECTION("one that names the other alone is none") {
    other.body.clear();
    CHECK(said(relate({one, other})[0]).empty());
  }
  SECTION("nor are they on different days") {
    other.published = Date(2026, 1, 6);
    CHECK(said(relate({one, other})[0]).empty());
  }
  SECTION("nor without an agency or a part in common") {
    other.agencies = {"Gears Bureau"};
    other.cfr = {{"40", "52"}};
    CHECK(said(relate({one, other})[0]).empty());
  }
}

TEST_CASE("an order shows who revoked it, from either witness", "[relations]") {
  auto revoked = order("14110", "", "");
  SECTION("the text of the other") {
    const auto relations = relate({revoked,
                                   order("14148",
                                         "",
                                         "The following orders are hereby revoked:\n(a) Executive "
                                         "Order 14110 of October 30, 2023 (Widgets).")});
    CHECK(said(relations[0]) == "revoked by EO 14148 (text)");
    CHECK(said(relations[1]) == "revokes EO 14110 (text)");
  }
  SECTION("its own notes") {
    revoked.relations = {
        {RelationKind::revoked_by, Citation::executive_order("14148"), true, "notes", ""}};
    const auto relations = relate({revoked, order("14148", "", "")});
    CHECK(said(relations[1]) == "revokes EO 14110 in part (notes)");
  }
  SECTION("an order outside the set is named all the same") {
    const auto relations = relate({order("14148", "", "Executive Order 14110 is revoked.")});
    CHECK(said(relations[0]) == "revokes EO 14110 (text)");
  }
}

TEST_CASE("nothing is related to itself, and an empty set to nothing", "[relations]") {
  CHECK(relate({}).empty());
  auto one = rule("2026-1", Date(2026, 1, 5), 100);
  one.action = "Final rule; correction.";
  one.dates_text = "This corrects FR Doc. 2026-1.";
  one.volume = 0;
  CHECK(said(relate({one})[0]).empty());
}
