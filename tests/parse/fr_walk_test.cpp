#include "fetch/federal_register_client.hpp"
#include "parse/fr_json.hpp"
#include "tests/support/fake_federal_register.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <map>

using namespace regtrail;

TEST_CASE("a walk through a year of a register collects each of its documents once",
          "[fr_json][walk]") {
  testing::FakeFederalRegister service;
  for (int day = 0; day < 360; day += 30) {
    for (int i = 0; i < 3; ++i) {
      testing::FakeFrDocument document;
      document.number = "2026-" + std::to_string(10'000 + 10 * day + i);
      document.published = Date(2026, 1, 1) + std::chrono::days(day);
      document.start_page = 1 + 10 * day + 3 * i;
      document.end_page = document.start_page + 2;
      service.documents.push_back(document);
    }
  }
  fetch::FederalRegisterClient client(service);
  fetch::FrSearch rules;
  rules.types = {DocumentType::rule};
  fetch::FrWalk walk(rules, Date(2026, 1, 1), Date(2026, 12, 31));
  std::map<std::string, Document> collected;
  int pages = 0;
  while (const auto url = walk.next_url()) {
    const auto answer = client.documents(*url);
    REQUIRE(answer);
    const auto page = parse::parse_fr_documents(answer->body, *url);
    REQUIRE(page);
    fetch::FrPageFacts facts;
    facts.count = page->count;
    facts.results = static_cast<int>(page->documents.size());
    facts.first_number = page->documents.empty() ? "" : page->documents.front().number;
    facts.next_page_url = page->next_page_url;
    // The first five questions meet a service that counts too many.
    if (++pages <= 5) {
      facts.count = 10'000;
    }
    const auto verdict = walk.take(facts);
    REQUIRE(verdict);
    for (const auto& document : page->documents) {
      collected.emplace(document.number, document);
    }
  }
  CHECK(collected.size() == 36);
  CHECK(pages > 6);
  CHECK(service.count("publication_date") == pages);

  // And one by the page that it ends on.
  const auto one = client.by_citation(91, collected.begin()->second.end_page);
  REQUIRE(one);
  const auto on_page = parse::parse_fr_documents(one->body, "citation");
  REQUIRE(on_page);
  REQUIRE(on_page->documents.size() == 1);
  CHECK(on_page->documents[0] == collected.begin()->second);
}
