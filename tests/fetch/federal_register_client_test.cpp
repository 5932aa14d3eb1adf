#include "fetch/federal_register_client.hpp"
#include "tests/fetch/fakes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace regtrail;
using namespace regtrail::fetch;
using testing::answer_with;
using testing::ScriptedTransport;

namespace {

const std::string api = "https://www.federalregister.gov/api/v1/";

bool has(const std::string& url, const std::string& fragment) {
  return url.find(fragment) != std::string::npos;
}

FrPageFacts page(int count, int results, std::string first, std::string next = {}) {
  FrPageFacts facts;
  facts.count = count;
  facts.results = results;
  facts.first_number = std::move(first);
  facts.next_page_url = std::move(next);
  return facts;
}

const std::string next_page = api + "documents?page=2&per_page=1000";

Response html(std::string body) {
  Response answer = answer_with(200, std::move(body), {{"content-type", "text/html"}});
  answer.final_url = "https://www.govinfo.gov/error";
  return answer;
}

} // namespace

TEST_CASE("a search names its fields, asks the oldest first and a thousand at a time", "[fr]") {
  const Date day(2026, 2, 24);
  const std::string url = fr_search_url({}, day, day);
  CHECK(url.starts_with(api + "documents.json?"));
  CHECK(has(url, "&order=oldest&per_page=1000"));
  for (const auto* field : {"effective_on",
                            "dates",
                            "cfr_references",
                            "correction_of",
                            "corrections",
                            "executive_order_notes",
                            "disposition_notes",
                            "full_text_xml_url",
                            "raw_text_url",
                            "signing_date"}) {
    CHECK(has(url, std::string("fields%5B%5D=") + field + "&"));
  }
  CHECK_FALSE(has(url, "page=1&"));
  CHECK(has(fr_search_url({}, day, day, 3), "&page=3&"));
}

TEST_CASE("every condition is sent under the service's own name", "[fr]") {
  FrSearch search;
  search.agencies = {"industry-and-security-bureau"};
  search.types = {DocumentType::rule, DocumentType::proposed_rule};
  search.presidential_types = {"executive_order"};
  const std::string url = fr_search_url(search, Date(2026, 1, 1), Date(2026, 3, 31));
  for (const auto* condition : {
           "conditions%5Bagencies%5D%5B%5D=industry-and-security-bureau&",
           "conditions%5Btype%5D%5B%5D=RULE&conditions%5Btype%5D%5B%5D=PRORULE&",
           "conditions%5Bpresidential_document_type%5D%5B%5D=executive_order&",
           "conditions%5Bpublication_date%5D%5Bgte%5D=2026-01-01&",
           "conditions%5Bpublication_date%5D%5Blte%5D=2026-03-31&",
       }) {
    CHECK(has(url, condition));
  }
  CHECK_FALSE(has(fr_search_url({}, Date(2026, 1, 1), Date(2026, 3, 31)), "agencies%5D%5B"));
}

TEST_CASE("terms are phrases of which one is enough, and stand percent-encoded", "[fr]") {
  using Terms = std::vector<std::string>;
  const auto [terms, sent] = GENERATE(table<Terms, std::string>({
      {{"tariff"}, "%22tariff%22"},
      {{"data center", "large load"}, "%22data%20center%22%7C%22large%20load%22"},
      {{"R&D + 50% of C#/D=1"}, "%22R%26D%20%2B%2050%25%20of%20C%23%2FD%3D1%22"},
      {{"the so-called \"secondary\" tariff\\"}, "%22the%20so-called%20secondary%20tariff%22"},
      {{" l\xC3\xB8ve "}, "%22l%C3%B8ve%22"},
  }));
  FrSearch search;
  search.terms = terms;
  const std::string url = fr_search_url(search, Date(2026, 1, 1), Date(2026, 3, 31));
  CHECK(has(url, "?conditions%5Bterm%5D=" + sent + '&'));
}

TEST_CASE("a place of the CFR is a title, a part or a range of parts", "[fr]") {
  const auto [cfr, sent] = GENERATE(table<FrCfr, std::string>({
      {{48}, "title%5D=48&conditions%5Bpublication"},
      {{31, 850, 850}, "title%5D=31&conditions%5Bcfr%5D%5Bpart%5D=850&conditions%5Bpublication"},
      {{15, 730, 774},
       "title%5D=15&conditions%5Bcfr%5D%5Bpart%5D=730-774&conditions%5Bpublication"},
  }));
  FrSearch search;
  search.cfr = cfr;
  const std::string url = fr_search_url(search, Date(2026, 1, 1), Date(2026, 3, 31));
  CHECK(has(url, "conditions%5Bcfr%5D%5B" + sent));
}

TEST_CASE("the windows of a walk keep every condition", "[fr][walk]") {
  FrSearch search;
  search.agencies = {"energy-department"};
  search.terms = {"large load"};
  search.cfr = FrCfr{18, 35, 35};
  FrWalk walk(search, Date(2026, 1, 1), Date(2026, 1, 31));
  REQUIRE(walk.take(page(10'000, 1000, "2026-1", next_page)) == FrWalk::Verdict::split);
  for (const auto* condition : {"energy-department", "%22large%20load%22", "part%5D=35"}) {
    CHECK(has(*walk.next_url(), condition));
  }
}

TEST_CASE("a question that the service does not take is ours, any other failure its own", "[fr]") {
  const auto [status, kind] = GENERATE(table<int, ErrorKind>({
      {400, ErrorKind::usage},
      {422, ErrorKind::usage},
      {406, ErrorKind::http},
      {500, ErrorKind::http},
  }));
  const Date day(2026, 1, 1);
  const Response refusal =
      answer_with(status, R"({"errors":{"agencies":"'energy-departmnt' is not a valid agency"}})");
  ScriptedTransport transport;
  transport.outcomes = {refusal, refusal};
  const auto answer = FederalRegisterClient(transport).documents(fr_search_url({}, day, day));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == kind);
  CHECK(has(answer.error().message, "energy-departmnt"));
  CHECK(FederalRegisterClient(transport).by_citation(91, 500).error().kind == ErrorKind::http);
}

TEST_CASE("the other addresses are those of the services", "[fr]") {
  CHECK(fr_citation_url(89, 96790).starts_with(api + "documents/89%20FR%2096790.json?fields"));
  CHECK(fr_raw_text_url("2026-03111", Date(2026, 2, 24)) ==
        "https://www.federalregister.gov/documents/full_text/text/2026/02/24/2026-03111.txt");
  CHECK(fr_public_inspection_current_url() == api + "public-inspection-documents/current.json");
  CHECK(govinfo_order_link_url("14319") ==
        "https://www.govinfo.gov/link/cpd/executiveorder/14319?link-type=html");
}

TEST_CASE("questions that the service would misread are errors of ours", "[fr]") {
  const Date day(2026, 2, 24);
  FrSearch no_such_type;
  no_such_type.types = {DocumentType::correction};
  CHECK_THROWS_AS(fr_search_url(no_such_type, day, day), std::logic_error);
  CHECK_THROWS_AS(fr_search_url({}, day, day, 0), std::logic_error);
  CHECK_THROWS_AS(fr_search_url({}, day, day, 11), std::logic_error);
  CHECK_THROWS_AS(FrWalk({}, Date(2026, 2, 1), Date(2026, 1, 1)), std::logic_error);
}

TEST_CASE("a walk with few results is one request", "[fr][walk]") {
  FrWalk walk(all_executive_orders(), Date(2026, 1, 1), Date(2026, 3, 31));
  REQUIRE(walk.next_url());
  CHECK(has(*walk.next_url(), "publication_date%5D%5Bgte%5D=2026-01-01"));
  CHECK(has(*walk.next_url(), "presidential_document_type%5D%5B%5D=executive_order"));
  CHECK(walk.take(page(3, 3, "2026-1")) == FrWalk::Verdict::taken);
  CHECK_FALSE(walk.next_url());
  CHECK_THROWS_AS(walk.take({}), std::logic_error);
}

TEST_CASE("no result at all is a whole answer", "[fr][walk]") {
  FrWalk walk({}, Date(2026, 1, 1), Date(2026, 1, 1));
  CHECK(walk.take(page(0, 0, "")) == FrWalk::Verdict::taken);
  CHECK_FALSE(walk.next_url());
}

TEST_CASE("the service's next page is followed on its own host only", "[fr][walk]") {
  const auto [given, followed] = GENERATE(table<std::string, bool>({
      {next_page, true},
      {api + "documents?search_after_cursor=abc", true},
      {"https://www.federalregister.gov/my/documents?page=2", false},
      {"http://www.federalregister.gov/api/v1/documents?page=2", false},
      {"https://www.federalregister.gov.example.com/api/v1/documents?page=2", false},
      {"https://user@www.federalregister.gov/api/v1/documents?page=2", false},
      {"file:///etc/passwd", false},
      {"/api/v1/documents?page=2", false},
  }));
  FrWalk walk({}, Date(2024, 1, 1), Date(2024, 1, 31));
  const std::string first = *walk.next_url();
  REQUIRE(walk.take(page(1500, 1000, "2024-1", given)) == FrWalk::Verdict::taken);
  REQUIRE(walk.next_url());
  if (followed) {
    CHECK(*walk.next_url() == given);
  } else {
    CHECK((walk.next_url()->starts_with(first.substr(0, 80)) && has(*walk.next_url(), "&page=2&")));
  }
  CHECK(walk.take(page(1500, 500, "2024-1001")) == FrWalk::Verdict::taken);
  CHECK_FALSE(walk.next_url());
}

TEST_CASE("a window at the service's cap is halved until its parts fit", "[fr][walk]") {
  FrWalk walk({}, Date(2024, 1, 1), Date(2024, 12, 31));
  CHECK(walk.take(page(10'000, 1000, "a", next_page)) == FrWalk::Verdict::split);
  REQUIRE(walk.next_url());
  CHECK(has(*walk.next_url(), "gte%5D=2024-01-01"));
  CHECK(has(*walk.next_url(), "lte%5D=2024-07-01"));
  CHECK(walk.take(page(1, 1, "a")) == FrWalk::Verdict::taken);
  REQUIRE(walk.next_url());
  CHECK(has(*walk.next_url(), "gte%5D=2024-07-02"));
  CHECK(has(*walk.next_url(), "lte%5D=2024-12-31"));
  CHECK(walk.take(page(1, 1, "b")) == FrWalk::Verdict::taken);
  CHECK_FALSE(walk.next_url());
}

TEST_CASE("every day of a walk lies in exactly one of the windows it ends with", "[fr][walk]") {
  // Seven days or fewer fit: the service counts 2,000 a day.
  const Date from(2024, 1, 1);
  const Date until(2024, 4, 9);
  FrWalk walk({}, from, until);
  Date expected = from;
  int asked = 0;
  while (const auto url = walk.next_url()) {
    REQUIRE(++asked < 1000);
    const auto bound = [&](const std::string& name) {
      const std::string key = name + "%5D=";
      return *Date::parse(url->substr(url->find(key) + key.size(), 10));
    };
    const auto days = (bound("lte") - bound("gte")).count() + 1;
    if (days > 4) {
      REQUIRE(walk.take(page(10'000, 1000, "x", next_page)) == FrWalk::Verdict::split);
      continue;
    }
    CHECK(bound("gte") == expected);
    expected = bound("lte") + std::chrono::days(1);
    REQUIRE(walk.take(page(9, 9, "x")) == FrWalk::Verdict::taken);
  }
  CHECK(expected == until + std::chrono::days(1));
}

TEST_CASE("answers that cannot be all there is end the walk with an error", "[fr][walk]") {
  FrWalk walk({}, Date(2024, 1, 2), Date(2024, 1, 2));
  std::string message;
  SECTION("one day alone is over the cap") {
    const auto verdict = walk.take(page(10'000, 1000, "a", next_page));
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().kind == ErrorKind::too_large);
    message = verdict.error().message;
  }
  SECTION("page 1 comes again") {
    REQUIRE(walk.take(page(2500, 1000, "a", next_page)));
    const auto verdict = walk.take(page(2500, 1000, "a", next_page));
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().kind == ErrorKind::malformed);
    CHECK(has(verdict.error().message, "page 2 is page 1 again"));
    message = verdict.error().message;
  }
  SECTION("fewer come than were counted") {
    REQUIRE(walk.take(page(2500, 1000, "a", next_page)));
    const auto verdict = walk.take(page(2500, 1000, "b"));
    REQUIRE_FALSE(verdict);
    CHECK(has(verdict.error().message, "2000 came of 2500 counted"));
    message = verdict.error().message;
  }
  SECTION("an empty page claims to have a successor") {
    REQUIRE(walk.take(page(2500, 1000, "a", next_page)));
    const auto verdict = walk.take(page(2500, 0, "", next_page));
    REQUIRE_FALSE(verdict);
    message = verdict.error().message;
  }
  CHECK(has(message, "published 2024-01-02 to 2024-01-02"));
  CHECK_FALSE(walk.next_url());
}

TEST_CASE("texts are asked on the two hosts that publish them and nowhere else", "[fr]") {
  const auto url = GENERATE(as<std::string>{},
                            "https://www.federalregister.gov.example.com/x.xml",
                            "http://www.federalregister.gov/documents/full_text/xml/x.xml",
                            "https://www.ecfr.gov/x.xml",
                            "file:///etc/passwd",
                            "");
  ScriptedTransport transport;
  FederalRegisterClient client(transport);
  CHECK_FALSE(client.full_text(url));
  CHECK_FALSE(client.raw_text(url));
  CHECK(transport.requests.empty());
}

TEST_CASE("printed text wrapped in HTML is text, a page for people is a block page", "[fr]") {
  const std::string url = fr_raw_text_url("2026-03111", Date(2026, 2, 24));
  ScriptedTransport transport;
  FederalRegisterClient client(transport);
  transport.outcomes.push_back(html("<html><head></head><body><pre>\n[FR Doc. 1]</pre></body>"));
  CHECK(client.raw_text(url));
  transport.outcomes.push_back(html("<html><head><title>Request Access</title></head></html>"));
  const auto blocked = client.raw_text(url);
  REQUIRE_FALSE(blocked);
  CHECK(blocked.error().kind == ErrorKind::blocked);
  transport.outcomes.push_back(answer_with(200, ""));
  const auto empty = client.raw_text(url);
  REQUIRE_FALSE(empty);
  CHECK(empty.error().kind == ErrorKind::malformed);
}

TEST_CASE("a text that has not changed is an answer without a body", "[fr]") {
  const std::string url = fr_raw_text_url("2026-03111", Date(2026, 2, 24));
  ScriptedTransport transport;
  transport.sends = {url, "\"v1\"", ""};
  Response unchanged = answer_with(304, "");
  unchanged.final_url = url;
  transport.outcomes = {unchanged, unchanged, unchanged};
  FederalRegisterClient client(transport);
  for (const auto& answer : {client.raw_text(url), client.full_text(url), client.link(url)}) {
    REQUIRE(answer);
    CHECK(answer->not_modified());
  }
}

TEST_CASE("the link service's own pages mean that it knows no such document", "[fr]") {
  ScriptedTransport transport;
  FederalRegisterClient client(transport);
  const auto words = GENERATE(as<std::string>{}, "No Results", "Multiple", "Validation Failed");
  transport.outcomes.push_back(html("<html><title>govinfo - " + words + "</title></html>"));
  const auto none = client.link(govinfo_order_link_url("99999"));
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::not_found);
  transport.outcomes.push_back(html("<html><title>DCPD-202500789</title><pre>x</pre></html>"));
  CHECK(client.link(govinfo_order_link_url("14319")));
}

TEST_CASE("the client asks JSON of the service and XML of texts", "[fr]") {
  ScriptedTransport transport;
  for (int i = 0; i < 4; ++i) {
    transport.outcomes.push_back(answer_with(200, "{}"));
  }
  FederalRegisterClient client(transport);
  REQUIRE(client.documents(fr_search_url({}, Date(2026, 1, 1), Date(2026, 1, 1))));
  REQUIRE(client.by_citation(89, 96790));
  REQUIRE(client.public_inspection_current());
  REQUIRE(client.full_text("https://www.federalregister.gov/documents/full_text/xml/x.xml"));
  const auto& asked = transport.requests;
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(asked[i].accept == Accept::json);
  }
  CHECK(asked[3].accept == Accept::xml);
}
