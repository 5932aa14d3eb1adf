// Items: which documents and changes are one, how far each has come, and whom it touches.
#include "diff/relevance/matcher.hpp"
#include "query/items.hpp"
#include "query/measures.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;

namespace {

Date day(const char* text) {
  return *Date::parse(text);
}

/// With a category that every document about kilns touches.
Register kilns() {
  Register entries;
  Category category;
  category.id = "kilns";
  category.terms_en = {"kiln"};
  category.weight = 1.0;
  entries.categories = {category};
  return entries;
}

class Documents {
public:
  Document&
  rule(const char* number, const char* published, DocumentType type = DocumentType::rule) {
    Document& document = m_documents.emplace_back();
    document.number = number;
    document.type = type;
    document.title = fmt::format("Kiln rule {}", number);
    document.published = day(published);
    document.cfr = {{"15", "744"}};
    document.has_text = true;
    return document;
  }

  Document& act(const char* number,
                const char* published,
                RelationKind kind,
                const char* target,
                const char* action) {
    Document& document = rule(number, published);
    document.title = "Kilns";
    document.action = action;
    document.relations = {{kind, Citation::fr_document(target), false, "text", ""}};
    return document;
  }

  void store(store::Archive& archive) const {
    for (const Document& document : m_documents) {
      REQUIRE(archive.put_document({document, std::nullopt, std::nullopt}));
    }
    const diff::Matcher matcher(kilns());
    REQUIRE(archive.match_documents(store::MatchedDocuments::fresh,
                                    [&](const Document& each) { return matcher.match(each); }));
  }

private:
  std::deque<Document> m_documents;
};

struct Asked {
  const char* on = "2026-12-31";
  const char* since = nullptr;
  bool only_hits = false;
};

std::vector<Item> items(store::Archive& archive, const Asked& asked = {}) {
  ItemQuery query;
  query.on = day(asked.on);
  query.since = asked.since == nullptr ? std::nullopt : std::optional(day(asked.since));
  query.only_hits = asked.only_hits;
  const diff::Matcher matcher(kilns());
  auto found = find_items(archive, matcher, query);
  REQUIRE(found);
  return *std::move(found);
}

/// "2026-1 in_force corrected: filed 2026-01-05, published 2026-01-06, corrected 2026-02-01 C1"
std::string told(const Item& item) {
  std::string line = item.id + " " + std::string(to_string(item.station));
  for (const Mark mark : item.marks) {
    line += " " + std::string(to_string(mark));
  }
  std::vector<std::string> steps;
  for (const ItemStep& step : item.steps) {
    std::string text = fmt::format(
        "{} {}", to_string(step.kind), step.date ? step.date->to_string() : std::string("?"));
    text += step.document.empty() || step.document == item.id ? "" : " " + step.document;
    text +=
        step.instructions.empty() ? "" : fmt::format(" [{}]", fmt::join(step.instructions, " "));
    steps.push_back(std::move(text));
  }
  return fmt::format("{}: {}", line, fmt::join(steps, ", "));
}

Lines told(const std::vector<Item>& items) {
  Lines lines;
  for (const Item& item : items) {
    lines.push_back(told(item));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Instruction instruction(const char* ordinal, const char* effective = nullptr) {
  Instruction made;
  made.ordinal = ordinal;
  made.text = fmt::format("Instruction {}", ordinal);
  made.understood = true;
  made.effective = effective == nullptr ? std::nullopt : std::optional(day(effective));
  return made;
}

} // namespace

TEST_CASE("a filing and its publication are one item that goes from station to station",
          "[items]") {
  DatedLaw law;
  Documents documents;
  Document& rule = documents.rule("2026-04100", "2026-03-03");
  rule.filed = day("2026-03-02");
  rule.effective = {day("2026-03-16")};
  documents.store(law.archive());

  struct Row {
    const char* on;
    Lines expected;
  };

  const Row rows[] = {
      {"2026-03-01", {}},
      {"2026-03-02", {"2026-04100 filed: filed 2026-03-02"}},
      {"2026-03-03", {"2026-04100 published: filed 2026-03-02, published 2026-03-03"}},
      {"2026-03-15", {"2026-04100 published: filed 2026-03-02, published 2026-03-03"}},
      {"2026-03-16",
       {"2026-04100 in_force: filed 2026-03-02, published 2026-03-03, in_force 2026-03-16"}},
  };
  for (const Row& row : rows) {
    INFO(row.on);
    CHECK(told(items(law.archive(), {row.on})) == row.expected);
  }
}

TEST_CASE("several days of effect are several steps with their instructions", "[items]") {
  DatedLaw law;
  Documents documents;
  Document& rule = documents.rule("2026-04100", "2026-03-03");
  rule.effective = {day("2026-03-16"), day("2026-05-04")};
  rule.clauses = {{DatedClause::Kind::effective, day("2026-03-16"), "", "effective March 16"},
                  {DatedClause::Kind::effective, day("2026-05-04"), "3", "instruction 3"}};
  rule.instructions = {instruction("2"), instruction("3", "2026-05-04")};
  documents.store(law.archive());
  CHECK(told(items(law.archive())) ==
        Lines{"2026-04100 in_force: published 2026-03-03, in_force 2026-03-16 [2], in_force "
              "2026-05-04 [3]"});
}

TEST_CASE("corrections, delays, withdrawals and stays are steps of what they are about",
          "[items]") {
  struct Row {
    RelationKind kind;
    const char* action;
    const char* expected;
  };

  const Row rows[] = {
      {RelationKind::corrects,
       "Final rule; correction.",
       "2026-04100 in_force corrected: published 2026-03-03, in_force 2026-03-16, corrected "
       "2026-04-01 2026-04200"},
      {RelationKind::stays,
       "Final rule; stay.",
       "2026-04100 in_force stayed: published 2026-03-03, in_force 2026-03-16, stayed 2026-04-01 "
       "2026-04200"},
      {RelationKind::withdraws,
       "Final rule; withdrawal.",
       "2026-04100 in_force withdrawn: published 2026-03-03, in_force 2026-03-16, withdrawn "
       "2026-04-01 2026-04200"},
  };
  for (const Row& row : rows) {
    DatedLaw law;
    Documents documents;
    documents.rule("2026-04100", "2026-03-03").effective = {day("2026-03-16")};
    documents.act("2026-04200", "2026-04-01", row.kind, "2026-04100", row.action);
    documents.store(law.archive());
    CHECK(told(items(law.archive())) == Lines{row.expected});
  }
}

TEST_CASE("a measure by which a rule or its place is not enforced marks the rule", "[items]") {
  DatedLaw law;
  Documents documents;
  Document& rule = documents.rule("2026-04100", "2026-03-03");
  rule.instructions = {instruction("1")};
  rule.instructions.front().operations.emplace_back().targets.emplace_back().at =
      *Citation::parse("15 CFR 744.99(b)");
  documents.rule("2026-04150", "2026-03-04");
  for (const auto& [number, about] : {std::pair{"M-1", Citation::fr_document("2026-04150")},
                                      {"M-2", *Citation::parse("15 CFR 744.99")},
                                      {"M-3", *Citation::parse("15 CFR 744.98")}}) {
    Document& measure = documents.rule(number, "2026-05-13", DocumentType::measure);
    measure.action = not_enforced_action;
    measure.relations = {{RelationKind::cites, about, false, "metadata", ""}};
  }
  documents.store(law.archive());
  const auto marked = told(items(law.archive()));
  CHECK(marked.at(0) == "2026-04100 published not_enforced: published 2026-03-03, not_enforced "
                        "2026-05-13 M-2");
  CHECK(marked.at(1) == "2026-04150 published not_enforced: published 2026-03-04, not_enforced "
                        "2026-05-13 M-1");
  CHECK(items(law.archive(), {"2026-05-12"}).front().marks.empty());
}

TEST_CASE("a delay moves the day of effect, and a withdrawal before it takes it away", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-03-03").effective = {day("2026-03-16")};
  documents
      .act("2026-04200",
           "2026-03-10",
           RelationKind::delays,
           "2026-04100",
           "Final rule; delay of effective date.")
      .effective = {day("2026-06-01")};
  documents.rule("2026-04300", "2026-03-03").effective = {day("2026-04-16")};
  documents.act(
      "2026-04400", "2026-04-01", RelationKind::withdraws, "2026-04300", "Final rule; withdrawal.");
  documents.store(law.archive());
  CHECK(told(items(law.archive())) ==
        Lines{"2026-04100 in_force delayed: published 2026-03-03, delayed 2026-03-10 2026-04200, "
              "in_force 2026-06-01",
              "2026-04300 published withdrawn: published 2026-03-03, withdrawn 2026-04-01 "
              "2026-04400"});
}

TEST_CASE("a stay that ran out or was lifted marks no longer", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-03-03");
  Document& stay = documents.act(
      "2026-04200", "2026-04-01", RelationKind::stays, "2026-04100", "Final rule; stay.");
  stay.instructions = {instruction("1", "2026-04-01")};
  stay.instructions.front().until = day("2026-10-01");
  documents.store(law.archive());
  CHECK(items(law.archive(), {"2026-09-30"}).front().marks == std::vector{Mark::stayed});
  CHECK(told(items(law.archive(), {"2026-10-01"})) ==
        Lines{"2026-04100 published: published 2026-03-03, stayed 2026-04-01 2026-04200, due_30 "
              "2026-09-01 2026-04200, due_7 2026-09-24 2026-04200, expired 2026-10-01 2026-04200 "
              "[1], due 2026-10-01 2026-04200"});
}

TEST_CASE("a correction of what is not held is an item until that comes", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.act(
      "2026-04200", "2026-04-01", RelationKind::corrects, "2026-04100", "Final rule; correction.");
  documents.store(law.archive());
  CHECK(told(items(law.archive())) == Lines{"2026-04200 published: published 2026-04-01"});

  Documents later;
  later.rule("2026-04100", "2026-03-03");
  later.store(law.archive());
  CHECK(told(items(law.archive())) ==
        Lines{"2026-04100 published corrected: published 2026-03-03, corrected 2026-04-01 "
              "2026-04200"});
}

TEST_CASE("a proposal and its final rule are two items that name each other", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-01-05", DocumentType::proposed_rule).rins = {"0694-AZ01"};
  documents.rule("2026-04200", "2026-06-01").rins = {"0694-AZ01"};
  documents.rule("2026-04300", "2026-06-02").rins = {"0694-AZ02"};
  documents.store(law.archive());
  const auto found = items(law.archive());
  REQUIRE(found.size() == 3);
  std::vector<std::string> lines;
  for (const Item& item : found) {
    lines.push_back(fmt::format("{} -> {}", item.id, fmt::join(item.related, " ")));
  }
  std::sort(lines.begin(), lines.end());
  CHECK(lines == Lines{"2026-04100 -> 2026-04200", "2026-04200 -> 2026-04100", "2026-04300 -> "});
  CHECK(found.back().station == Station::proposed);
}

TEST_CASE("changes belong to the item of their rule, others to one of their part and date",
          "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-03-03").effective = {day("2026-03-16")};
  documents.act(
      "2026-04200", "2026-03-20", RelationKind::corrects, "2026-04100", "Final rule; correction.");
  documents.store(law.archive());
  law.on("2026-03-01", section({text("a", long_a), text("b", long_b)}));
  law.caused_by({"2026-04100", "91 FR 1", 0.9, {CauseEvidence::cita}, "2"});
  law.on("2026-03-18", section({text("a", edited_a), text("b", long_b)}));
  law.caused_by({"2026-04200", "91 FR 2", 0.9, {CauseEvidence::cita}, "1"});
  law.on("2026-03-25", section({text("a", edited_a), text("b", edited_b)}));
  law.caused_by({"", "", 0.0, {CauseEvidence::unidentified}});
  law.on("2026-04-01", section({text("a", long_a), text("b", edited_b)}));

  const auto found = items(law.archive());
  CHECK(told(found) ==
        Lines{"15 CFR 744@2026-04-01 codified: codified 2026-04-01",
              "2026-04100 codified corrected: published 2026-03-03, in_force 2026-03-16, codified "
              "2026-03-18 [2], corrected 2026-03-20 2026-04200, codified 2026-03-25"});
  for (const Item& item : found) {
    CHECK(item.changes.size() == (item.rule ? 2U : 1U));
    CHECK(item.ecfr == (item.rule ? day("2026-03-18") : day("2026-04-01")));
  }
  // Before the rule was known, its changes were an item of the eCFR.
  const auto by_id = [&](const char* id) { return told(items_by_id(found, id)); };
  CHECK(by_id("15 CFR 744@2026-03-18") == by_id("2026-04100"));
  CHECK(by_id("15 CFR 744@2026-04-01").at(0).starts_with("15 CFR 744@2026-04-01"));
  CHECK(by_id("15 CFR 742@2026-03-18").empty());
  CHECK(by_id("15 CFR 744@2026-03-19").empty());
}

TEST_CASE("since leaves out what had its last step before, and keeps earlier changes", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-03-03").effective = {day("2026-03-10")};
  documents.rule("2026-04150", "2026-02-03");
  documents.act(
      "2026-04200", "2026-04-20", RelationKind::corrects, "2026-04100", "Final rule; correction.");
  documents.store(law.archive());
  law.on("2026-03-01", section({text("a", long_a)}));
  law.caused_by({"2026-04100", "91 FR 1", 0.9, {CauseEvidence::cita}});
  law.on("2026-03-18", section({text("a", edited_a)}));

  const auto found = items(law.archive(), {"2026-12-31", "2026-04-01"});
  CHECK(told(found) ==
        Lines{"2026-04100 codified corrected: published 2026-03-03, in_force 2026-03-10, codified "
              "2026-03-18, corrected 2026-04-20 2026-04200"});
  CHECK(found.front().changes.size() == 1);
}

TEST_CASE("the hits of a document and of its changes are one an entry", "[items]") {
  DatedLaw law;
  Documents documents;
  documents.rule("2026-04100", "2026-03-03");
  documents.rule("2026-04101", "2026-03-03").title = "Ovens";
  documents.store(law.archive());
  const auto found = items(law.archive(), {"2026-12-31", nullptr, true});
  REQUIRE(found.size() == 1);
  REQUIRE(found.front().hits.size() == 1);
  CHECK(found.front().hits.front().category == "kilns");
  CHECK(items(law.archive()).size() == 2);
}

TEST_CASE("what was not understood of an item is said with its text", "[items]") {
  DatedLaw law;
  Documents documents;
  Document& rule = documents.rule("2026-04100", "2026-03-03");
  rule.instructions = {instruction("2"), instruction("3")};
  rule.instructions.back().understood = false;
  rule.instructions.back().text = "Fold the kiln.";
  documents.rule("2026-04101", "2026-03-03").has_text = false;
  documents.store(law.archive());
  std::vector<std::string> checks;
  for (const Item& item : items(law.archive())) {
    checks.insert(checks.end(), item.checks.begin(), item.checks.end());
  }
  CHECK(checks == Lines{"instruction 3 of 2026-04100 was not understood: Fold the kiln.",
                        "the text of 2026-04101 was not read yet"});
}
