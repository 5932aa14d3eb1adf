// The executive orders of the corpus: what their notes say of each other against what their texts
// say, and what all of it amounts to.
#include "federal_register/document_acts.hpp"
#include "federal_register/document_relations.hpp"
#include "federal_register/order_notes.hpp"
#include "tests/parse/presidential_corpus.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>

using namespace regtrail;

namespace {

using Said = std::set<std::string>; ///< "13782 revokes 13673"

bool is_act(RelationKind kind) {
  return kind != RelationKind::cites && kind != RelationKind::cited_by;
}

/// Acts in the active form: "13805 revoked by 13811" is "13811 revokes 13805".
Said acts_in(const std::string& number, const std::vector<Relation>& relations) {
  Said said;
  for (const auto& relation : relations) {
    if (!is_act(relation.kind)) {
      continue;
    }
    const std::string word(to_string(relation.kind));
    if (word.ends_with(" by")) {
      said.insert(relation.target.name() + ' ' + std::string(to_string(inverse(relation.kind))) +
                  ' ' + number);
    } else {
      said.insert(number + ' ' + word + ' ' + relation.target.name());
    }
  }
  return said;
}

Said without(const Said& from, const Said& those) {
  Said rest;
  std::set_difference(
      from.begin(), from.end(), those.begin(), those.end(), std::inserter(rest, rest.end()));
  return rest;
}

/// Metadata and text of every order of the corpus together, by number.
std::vector<Document> all_orders() {
  auto known = corpus::orders_of_the_service();
  for (const auto& [number, text] : corpus::order_texts()) {
    auto& document = known[number];
    Document same = text; // 14110 and its like have another file name than number
    same.number = document.number;
    document = merge(document, same);
    document.executive_order = number;
  }
  std::vector<Document> documents;
  for (auto& [number, document] : known) {
    if (document.number.empty()) {
      document.number = "text-of-" + number;
    }
    documents.push_back(std::move(document));
  }
  return documents;
}

bool has(const std::vector<Relation>& relations, RelationKind kind, const std::string& number) {
  return std::any_of(relations.begin(), relations.end(), [&](const Relation& relation) {
    return relation.kind == kind && relation.target == Citation::executive_order(number);
  });
}

} // namespace

TEST_CASE("all notes of the corpus are understood", "[orders][corpus]") {
  NEEDS_CORPUS("presidential/eo-api-json");
  const auto orders = corpus::orders_of_the_service();
  CHECK(orders.size() == 188);
  std::size_t relations = 0;
  std::size_t others = 0;
  for (const auto& [number, document] : orders) {
    const auto notes = federal_register::read_order_notes(document.order_notes, number);
    INFO(number);
    CHECK(notes.not_understood.empty());
    CHECK(document.not_understood.empty());
    relations += notes.relations.size();
    others += notes.others.size();
    // Every number that is printed with a date is the target of a relation, or the order itself.
    for (std::size_t at = document.order_notes.find("EO "); at != std::string::npos;
         at = document.order_notes.find("EO ", at + 1)) {
      const std::string target = document.order_notes.substr(
          at + 3, document.order_notes.find_first_not_of("0123456789", at + 3) - at - 3);
      CHECK((target == number ||
             std::any_of(notes.relations.begin(), notes.relations.end(), [&](const auto& relation) {
               return relation.target.name() == target;
             })));
    }
  }
  CHECK(relations == 224); // as a regular expression counts them
  CHECK(others == 34);
}

TEST_CASE("what texts do and what notes say of it are the same, but for known slips",
          "[orders][corpus]") {
  NEEDS_CORPUS("presidential/eo-xml");
  const auto orders = corpus::orders_of_the_service();
  const auto texts = corpus::order_texts();
  Said noted;
  Said written;
  for (const auto& [number, document] : orders) {
    const auto notes = federal_register::read_order_notes(document.order_notes, number);
    const Said acts = acts_in(number, notes.relations);
    noted.insert(acts.begin(), acts.end());
  }
  for (const auto& [number, text] : texts) {
    const Said acts = acts_in(number, text.relations);
    if (orders.count(number) != 0) {
      written.insert(acts.begin(), acts.end());
    }
  }
  // Only where there is a text to say it.
  for (auto at = noted.begin(); at != noted.end();) {
    at = texts.count(at->substr(0, 5)) != 0 ? std::next(at) : noted.erase(at);
  }

  CHECK(without(noted, written) == Said{
                                       "13812 revokes 13708", // the text says "as extended by" it
                                       "13831 amends 13359",  // a slip for 13279, which it amends
                                       "13862 amends 13732",  // by revoking a section of it
                                       "13948 revokes 13947", // named by its date only
                                   });
  Said beyond = without(written, noted);
  // Councils continued by lists of their orders: the notes stand on those orders only.
  for (auto at = beyond.begin(); at != beyond.end();) {
    at = at->find(" continues ") != std::string::npos ? beyond.erase(at) : std::next(at);
  }
  CHECK(beyond == Said{
                      "13637 amends 13222",
                      "13637 revokes 11958",
                      "13780 revokes 13769",
                      "13804 revokes 13761", // in part
                      "13831 amends 13279",
                      "13840 revokes 13547",
                      "13846 revokes 13628", // "are revoked and superseded"
                      "13846 revokes 13716",
                      "13857 amends 13692",
                      "13857 amends 13808",
                      "13857 amends 13827",
                      "13857 amends 13835",
                      "13857 amends 13850",
                      "13862 revokes 13732",    // in part
                      "13881 supersedes 10582", // in part
                      "13886 terminates 12947", // its emergency
                      "13906 revokes 13803",    // in part
                      "13931 amends 13845",
                  });
  Said both;
  std::set_intersection(
      noted.begin(), noted.end(), written.begin(), written.end(), std::inserter(both, both.end()));
  CHECK(both.size() == 61);
}

TEST_CASE("whatever one order of the corpus says of another, the other knows", "[orders][corpus]") {
  NEEDS_CORPUS("presidential/eo-xml");
  const auto documents = all_orders();
  const auto relations = federal_register::relate(documents);
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const auto& relation : relations[i]) {
      for (std::size_t j = 0; j < documents.size(); ++j) {
        if (relation.target == Citation::executive_order(documents[j].executive_order)) {
          ++pairs;
          INFO(documents[i].executive_order << ' ' << to_string(relation.kind) << ' '
                                            << documents[j].executive_order);
          CHECK(has(relations[j], inverse(relation.kind), documents[i].executive_order));
        }
      }
    }
  }
  CHECK(pairs > 150);
  CHECK(pairs % 2 == 0);

  const auto of = [&](const std::string& number) {
    const auto found = std::find_if(documents.begin(), documents.end(), [&](const auto& document) {
      return document.executive_order == number;
    });
    return relations[static_cast<std::size_t>(found - documents.begin())];
  };
  CHECK(has(of("14148"), RelationKind::revokes, "14110"));
  CHECK(has(of("14110"), RelationKind::revoked_by, "14148"));
  CHECK(has(of("14179"), RelationKind::cites, "14110"));
  CHECK(has(of("14110"), RelationKind::cited_by, "14179"));
  CHECK(has(of("13805"), RelationKind::revoked_by, "13811"));
  CHECK(has(of("13811"), RelationKind::revokes, "13805"));
  CHECK(has(of("12981"), RelationKind::amended_by, "13020"));
  CHECK(has(of("13020"), RelationKind::amends, "12981"));
}

TEST_CASE("the rescissions of EO 14148 are read off its list", "[orders][corpus]") {
  NEEDS_CORPUS("presidential/us-eo-14148-2025-01901.xml");
  const auto texts = corpus::order_texts();
  const auto& relations = texts.at("14148").relations;
  Said revoked;
  for (const auto& relation : relations) {
    if (relation.kind == RelationKind::revokes && !relation.in_part) {
      revoked.insert(relation.target.name());
    }
  }
  CHECK(revoked.size() == 67);
  for (const auto* number : {"13985", "14007", "14008", "14094", "14110", "14143"}) {
    CHECK(revoked.count(number) == 1);
  }
  // In titles of what is revoked, and in other sections.
  for (const auto& relation : relations) {
    CHECK((relation.kind == RelationKind::revokes || relation.kind == RelationKind::cites));
  }
}

TEST_CASE("deadlines of real orders are counted from their signing", "[orders][corpus]") {
  NEEDS_CORPUS("presidential/us-eo-14179-2025-02172.xml");
  const auto texts = corpus::order_texts();
  const auto dates = [&](const std::string& number) {
    Said found;
    for (const auto& deadline : texts.at(number).deadlines) {
      found.insert(std::to_string(deadline.days) + ' ' + deadline.date.to_string());
    }
    return found;
  };
  CHECK(dates("14179") == Said{"60 2025-03-24", "180 2025-07-22"});
  CHECK(dates("13859") == Said{"90 2019-05-12", "120 2019-06-11", "180 2019-08-10"});
  CHECK(texts.at("14110").deadlines.size() == 83); // as a regular expression counts them
  for (const auto& [number, text] : texts) {
    INFO(number);
    CHECK(text.signed_on);
  }
}

TEST_CASE("of the rules of BIS those that act on an earlier one are told apart",
          "[relations][corpus]") {
  NEEDS_CORPUS("fr/bis-documents.jsonl");
  std::vector<Document> documents;
  std::istringstream lines(
      regtrail::testing::read_file(regtrail::testing::corpus_path() / "fr/bis-documents.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    const auto document = parse::parse_fr_document(line, "bis-documents.jsonl");
    REQUIRE(document);
    documents.push_back(*document);
    documents.back().type = DocumentType::rule;
    documents.back().agencies = {"Industry and Security Bureau"};
  }
  CHECK(documents.size() == 104);
  Said acts;
  for (const auto& document : documents) {
    for (const auto act : federal_register::acts_of(document)) {
      acts.insert(document.number + ' ' + std::string(to_string(act)));
    }
  }
  CHECK(acts == Said{
                    "2020-04178 corrects",
                    "2020-06545 extends", // "reopens the comment period"
                    "2021-05623 corrects",
                    "2022-00448 delays",
                    "2022-10033 extends",
                    "2022-26662 extends",
                    "2023-18047 corrects",
                    "2023-23312 corrects",
                    "2024-07004 corrects",
                    "2025-19846 stays",
                });
  const auto relations = federal_register::relate(documents);
  Said related;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    for (const auto& relation : relations[i]) {
      if (!std::string(to_string(relation.kind)).ends_with(" by")) {
        related.insert(documents[i].number + ' ' + std::string(to_string(relation.kind)) + ' ' +
                       relation.target.to_string());
      }
    }
  }
  CHECK(related == Said{
                       "2020-04178 corrects 2020-02941",
                       "2021-05623 corrects 2021-00977",
                       "2022-10033 extends 2022-07211",
                       "2022-26662 extends 2022-21658",
                       "2024-07004 corrects 2023-23049", // two rules, by their titles
                       "2024-07004 corrects 2023-23055",
                       "2025-19846 stays 2025-19001",
                   });
}
