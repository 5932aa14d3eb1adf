// The orders of the table below in the form of the service's JSON, with words of our own:
// each is found by all its names, with the relations and deadlines of the table.
#include "federal_register/document_identifier.hpp"
#include "federal_register/document_relations.hpp"
#include "federal_register/order_text.hpp"
#include "parse/fr_json.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

using namespace regtrail;

namespace {

struct Row {
  std::string order;
  std::string number;
  std::string citation; ///< "" not known
  Date signed_on;
  Date published;
  std::string notes;
  std::string body;
  std::string relations; ///< of acts, "revokes 14110" each, in the order of the table
  std::vector<std::string> deadlines;
};

/// "Within N days of the date of this order, ..." in the wordings that orders have.
std::string due(int days) {
  switch (days % 3) {
  case 0:
    return fmt::format("Within {} days of the date of this order, the Secretary shall report. ",
                       days);
  case 1:
    return fmt::format("The Director shall, no later than {} days from the date of this order, "
                       "convene a council. ",
                       days);
  default:
    return fmt::format("Not later than {} days after the issuance of this order, act. ", days);
  }
}

const std::vector<Row>& table() {
  const std::string rescissions =
      "Sec. 2. Revocations. The following executive actions are hereby revoked:\n"
      "(a) Executive Order 14007 of January 27, 2021 (A Council of Advisors).\n"
      "(b) Executive Order 14094 of April 6, 2023 (Modernizing Widgets).\n"
      "(c) Executive Order 14110 of October 30, 2023 (Safe Widgets).\n"
      "Sec. 3. Implementation. Agencies shall comply.";
  static const std::vector<Row> rows = {
      {"13859",
       "2019-02544",
       "84 FR 3967",
       Date(2019, 2, 11),
       Date(2019, 2, 14),
       "See: EO 13719, February 9, 2016",
       due(90) + due(120) + due(180),
       "",
       {"2019-05-12", "2019-06-11", "2019-08-10"}},
      {"13960",
       "2020-27065",
       "85 FR 78939",
       Date(2020, 12, 3),
       Date(2020, 12, 8),
       "",
       due(60) + due(180),
       "",
       {"2021-02-01", "2021-06-01"}},
      {"14007",
       "2021-02176",
       "86 FR 7615",
       Date(2021, 1, 27),
       Date(2021, 2, 1),
       "Revoked by: EO 14148, January 20, 2025",
       "The Council shall advise.",
       "revoked by 14148",
       {}},
      {"14094",
       "2023-07760",
       "88 FR 21879",
       Date(2023, 4, 6),
       Date(2023, 4, 11),
       "",
       "Section 3(f) shall be read as follows.",
       "revoked by 14148",
       {}},
      {"14110",
       "2023-24283",
       "88 FR 75191",
       Date(2023, 10, 30),
       Date(2023, 11, 1),
       "",
       "Widgets shall be safe.",
       "revoked by 14148",
       {}},
      {"14141",
       "2025-01395",
       "90 FR 5469",
       Date(2025, 1, 14),
       Date(2025, 1, 17),
       "",
       "Sites shall be leased.",
       "revoked by 14318",
       {}},
      {"14148",
       "2025-01901",
       "90 FR 8237",
       Date(2025, 1, 20),
       Date(2025, 1, 28),
       "",
       rescissions,
       "revokes 14007\nrevokes 14094\nrevokes 14110",
       {}},
      {"14179",
       "2025-02172",
       "90 FR 8741",
       Date(2025, 1, 23),
       Date(2025, 1, 31),
       "",
       due(180) + due(60) +
           "All actions taken pursuant to the revoked Executive Order 14110 of October 30, 2023 "
           "(Safe Widgets), shall be reviewed.",
       "",
       {"2025-03-24", "2025-07-22"}},
      {"14275",
       "2025-06839",
       "90 FR 16447",
       Date(2025, 4, 15),
       Date(2025, 4, 18),
       "",
       due(15) + due(20) + due(180) + "Within 60 days of the issuance of the guidance, act.",
       "",
       {"2025-04-30", "2025-05-05", "2025-10-12"}},
      {"14277",
       "2025-07368",
       "90 FR 17519",
       Date(2025, 4, 23),
       Date(2025, 4, 28),
       "",
       due(90) + due(120),
       "",
       {"2025-07-22", "2025-08-21"}},
      {"14318",
       "2025-14212",
       "90 FR 35385",
       Date(2025, 7, 23),
       Date(2025, 7, 28),
       "",
       due(10) + due(30) + due(180) +
           "\nSec. 10. Executive Order 14141 of January 14, 2025 (Advancing Sites), is hereby "
           "revoked.",
       "revokes 14141",
       {"2025-08-02", "2025-08-22", "2026-01-19"}},
      {"14319",
       "2025-14217",
       "90 FR 35389",
       Date(2025, 7, 23),
       Date(2025, 7, 28),
       "",
       due(120),
       "",
       {"2025-11-20"}},
      {"14320",
       "2025-14218",
       "",
       Date(2025, 7, 23),
       Date(2025, 7, 28),
       "",
       due(90),
       "",
       {"2025-10-21"}},
  };
  return rows;
}

std::string json_of(const Row& row) {
  const auto cited = Citation::parse(row.citation);
  return fmt::format(
      R"({{"document_number":"{}","type":"Presidential Document","subtype":"Executive Order",)"
      R"("executive_order_number":{},"signing_date":"{}","publication_date":"{}",)"
      R"("executive_order_notes":{},"citation":{},"volume":{},"start_page":{},"end_page":{},)"
      R"("cfr_references":[],"effective_on":null,"dates":null,"action":null,"title":"An Order"}})",
      row.number,
      row.order < "14200" ? '"' + row.order + '"' : row.order, // the service gives both
      row.signed_on.to_string(),
      row.published.to_string(),
      row.notes.empty() ? "null" : '"' + row.notes + '"',
      row.citation.empty() ? "null" : '"' + row.citation + '"',
      cited ? cited->volume() : "null",
      cited ? cited->name() : "null",
      cited ? std::to_string(std::stoi(cited->name()) + 3) : "null");
}

std::vector<Document> documents() {
  std::string results;
  for (const Row& row : table()) {
    results += (results.empty() ? "" : ",") + json_of(row);
  }
  auto page = parse::parse_fr_documents(
      fmt::format(R"({{"count":{},"results":[{}]}})", table().size(), results), "orders.json");
  REQUIRE(page);
  for (std::size_t i = 0; i < table().size(); ++i) {
    auto& document = page->documents[i];
    document.body = table()[i].body;
    document.has_text = true;
    document.deadlines = federal_register::find_deadlines(document.body, *document.signed_on);
  }
  return page->documents;
}

/// As an archive looks it up.
const Document* find(const std::vector<Document>& documents, const Citation& citation) {
  const auto found = std::find_if(documents.begin(), documents.end(), [&](const Document& one) {
    switch (citation.kind()) {
    case CitationKind::executive_order:
      return one.executive_order == citation.name();
    case CitationKind::fr_page:
      return fr_citation_of(one) == citation.to_string();
    default:
      return one.number == citation.name();
    }
  });
  return found == documents.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("each order of the table is found by its number, its document and its page", "[orders]") {
  const auto all = documents();
  for (std::size_t i = 0; i < table().size(); ++i) {
    const Row& row = table()[i];
    std::vector<std::string> names = {"EO " + row.order,
                                      "Executive Order " + row.order,
                                      "E.O. " + row.order.substr(0, 2) + ',' + row.order.substr(2),
                                      row.number,
                                      "FR Doc. " + row.number,
                                      "https://www.federalregister.gov/d/" + row.number};
    if (!row.citation.empty()) {
      names.push_back(row.citation);
    }
    for (const auto& name : names) {
      CAPTURE(name);
      const auto identifier = federal_register::read_document_identifier(name);
      REQUIRE(identifier);
      CHECK(find(all, identifier->citation) == &all[i]);
    }
    CHECK(all[i].signed_on == row.signed_on);
    CHECK(all[i].published == row.published);
    CHECK(all[i].not_understood.empty());
  }
}

TEST_CASE("the orders of the table stand to each other as the table says", "[orders]") {
  const auto all = documents();
  const auto relations = federal_register::relate(all);
  for (std::size_t i = 0; i < table().size(); ++i) {
    std::string acts;
    for (const auto& relation : relations[i]) {
      if (relation.kind != RelationKind::cites && relation.kind != RelationKind::cited_by) {
        acts += (acts.empty() ? "" : "\n") + std::string(to_string(relation.kind)) + ' ' +
                relation.target.name();
      }
    }
    CAPTURE(table()[i].order);
    CHECK(acts == table()[i].relations);
  }
}

TEST_CASE("the deadlines of the table are counted from the day of signing", "[orders]") {
  const auto all = documents();
  for (std::size_t i = 0; i < table().size(); ++i) {
    std::vector<std::string> dates;
    for (const auto& deadline : all[i].deadlines) {
      dates.push_back(deadline.date.to_string());
    }
    std::sort(dates.begin(), dates.end());
    CAPTURE(table()[i].order);
    CHECK(dates == table()[i].deadlines);
  }
}
