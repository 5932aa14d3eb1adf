#include "fetch/ecfr_client.hpp"
#include "tests/fetch/fakes.hpp"

#include <catch2/catch.hpp>

using regtrail::Date;
using regtrail::fetch::Accept;
using regtrail::fetch::ecfr_corrections_url;
using regtrail::fetch::ecfr_full_url;
using regtrail::fetch::ecfr_structure_url;
using regtrail::fetch::ecfr_titles_url;
using regtrail::fetch::ecfr_versions_url;
using regtrail::fetch::EcfrClient;
using regtrail::fetch::EcfrScope;
using regtrail::testing::answer_with;
using regtrail::testing::ScriptedTransport;

namespace {

const std::string base = "https://www.ecfr.gov/api/";

EcfrScope part(std::string number) {
  EcfrScope scope;
  scope.part = std::move(number);
  return scope;
}

} // namespace

TEST_CASE("versions always bound the issue date from below", "[ecfr]") {
  CHECK(ecfr_versions_url({}, std::nullopt, 1) ==
        base + "versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2016-01-01");
  CHECK(ecfr_versions_url(part("744"), Date(2026, 8, 25), 3) ==
        base + "versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-08-25"
               "&part=744&page=3");
  CHECK_THROWS_AS(ecfr_versions_url({}, std::nullopt, 0), std::logic_error);
}

TEST_CASE("the text is asked by date, title and part", "[ecfr]") {
  const Date date(2026, 9, 1);
  CHECK(ecfr_full_url({}, date) == base + "versioner/v1/full/2026-09-01/title-15.xml");
  CHECK(ecfr_full_url(part("744"), date) ==
        base + "versioner/v1/full/2026-09-01/title-15.xml?part=744");
}

TEST_CASE("structure, titles and corrections have their addresses", "[ecfr]") {
  CHECK(ecfr_titles_url() == base + "versioner/v1/titles.json");
  CHECK(ecfr_structure_url(15, Date(2026, 9, 1)) ==
        base + "versioner/v1/structure/2026-09-01/title-15.json");
  CHECK(ecfr_corrections_url(15) == base + "admin/v1/corrections/title/15.json");
}

TEST_CASE("the client asks JSON or XML at those addresses", "[ecfr]") {
  ScriptedTransport transport;
  for (int i = 0; i < 5; ++i) {
    transport.outcomes.push_back(answer_with(200, "x"));
  }
  EcfrClient client(transport);
  const Date date(2026, 9, 1);

  REQUIRE(client.titles());
  REQUIRE(client.versions(part("744"), std::nullopt, 1));
  REQUIRE(client.full(part("744"), date));
  REQUIRE(client.structure(15, date));
  REQUIRE(client.corrections(15));

  const auto& asked = transport.requests;
  REQUIRE(asked.size() == 5);
  CHECK(asked[0].url == ecfr_titles_url());
  CHECK(asked[1].url == ecfr_versions_url(part("744"), std::nullopt, 1));
  CHECK(asked[2].url == ecfr_full_url(part("744"), date));
  CHECK(asked[3].url == ecfr_structure_url(15, date));
  CHECK(asked[4].url == ecfr_corrections_url(15));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    CHECK(asked[i].accept == (i == 2 ? Accept::xml : Accept::json));
  }
}
