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

EcfrScope appendix(std::string number, std::string identifier) {
  EcfrScope scope = part(std::move(number));
  scope.appendix = std::move(identifier);
  return scope;
}

} // namespace

TEST_CASE("versions always bound the issue date from below", "[ecfr]") {
  CHECK(ecfr_versions_url({}, std::nullopt, std::nullopt, 1) ==
        base + "versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2016-12-01");
  CHECK(ecfr_versions_url(part("744"), Date(2026, 8, 25), Date(2026, 9, 1), 3) ==
        base + "versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2026-08-25"
               "&issue_date%5Blte%5D=2026-09-01&part=744&page=3");
  CHECK(ecfr_versions_url({}, std::nullopt, Date(2026, 9, 1), 1) ==
        base + "versioner/v1/versions/title-15.json?issue_date%5Bgte%5D=2016-12-01"
               "&issue_date%5Blte%5D=2026-09-01");
}

TEST_CASE("the text is asked by date, title and the deepest unit with its part", "[ecfr]") {
  const Date date(2026, 9, 1);
  EcfrScope section = part("744");
  section.section = "744.23";
  CHECK(ecfr_full_url({}, date) == base + "versioner/v1/full/2026-09-01/title-15.xml");
  CHECK(ecfr_full_url(part("744"), date) ==
        base + "versioner/v1/full/2026-09-01/title-15.xml?part=744");
  CHECK(ecfr_full_url(section, date) ==
        base + "versioner/v1/full/2026-09-01/title-15.xml?part=744&section=744.23");
}

TEST_CASE("the prose identifiers of appendices are percent-encoded", "[ecfr]") {
  const auto [identifier, encoded] = GENERATE(table<std::string, std::string>({
      {"Supplement No. 4 to Part 744", "Supplement%20No.%204%20to%20Part%20744"},
      {"Figures 1&2 (a/b) + 50%", "Figures%201%262%20%28a%2Fb%29%20%2B%2050%25"},
      {"Appendix \xE2\x80\x94 A", "Appendix%20%E2%80%94%20A"},
  }));
  CHECK(ecfr_full_url(appendix("744", identifier), Date(2026, 9, 1)) ==
        base + "versioner/v1/full/2026-09-01/title-15.xml?part=744&appendix=" + encoded);
}

TEST_CASE("structure, titles and corrections have their addresses", "[ecfr]") {
  CHECK(ecfr_titles_url() == base + "versioner/v1/titles.json");
  CHECK(ecfr_structure_url(15, Date(2026, 9, 1)) ==
        base + "versioner/v1/structure/2026-09-01/title-15.json");
  CHECK(ecfr_corrections_url(15, std::nullopt) == base + "admin/v1/corrections/title/15.json");
  CHECK(ecfr_corrections_url(15, Date(2026, 1, 15)) ==
        base + "admin/v1/corrections.json?title=15&error_corrected_date=2026-01-15");
}

TEST_CASE("scopes that the service would misread are refused as errors of ours", "[ecfr]") {
  EcfrScope no_part;
  no_part.section = "744.23";
  EcfrScope both = appendix("744", "Supplement No. 4 to Part 744");
  both.section = "744.23";
  CHECK_THROWS_AS(ecfr_full_url(no_part, Date(2026, 9, 1)), std::logic_error);
  CHECK_THROWS_AS(ecfr_full_url(both, Date(2026, 9, 1)), std::logic_error);
  CHECK_THROWS_AS(ecfr_versions_url({}, std::nullopt, std::nullopt, 0), std::logic_error);
}

TEST_CASE("the client asks JSON or XML at those addresses and sends validators for titles only",
          "[ecfr]") {
  ScriptedTransport transport;
  for (int i = 0; i < 6; ++i)
    transport.outcomes.push_back(answer_with(200, "x"));
  EcfrClient client(transport);
  const Date date(2026, 9, 1);

  REQUIRE(client.titles({"\"v1\"", ""}));
  REQUIRE(client.versions(part("744"), std::nullopt, std::nullopt, 1));
  REQUIRE(client.full(part("744"), date));
  REQUIRE(client.structure(15, date));
  REQUIRE(client.corrections(15));
  REQUIRE(client.corrections_on(15, date));

  const auto& asked = transport.requests;
  REQUIRE(asked.size() == 6);
  CHECK(asked[0].validators.etag == "\"v1\"");
  CHECK(asked[0].url == ecfr_titles_url());
  CHECK(asked[1].url == ecfr_versions_url(part("744"), std::nullopt, std::nullopt, 1));
  CHECK(asked[2].url == ecfr_full_url(part("744"), date));
  CHECK(asked[3].url == ecfr_structure_url(15, date));
  CHECK(asked[4].url == ecfr_corrections_url(15, std::nullopt));
  CHECK(asked[5].url == ecfr_corrections_url(15, date));
  for (std::size_t i = 0; i < asked.size(); ++i)
    CHECK(asked[i].accept == (i == 2 ? Accept::xml : Accept::json));
}
