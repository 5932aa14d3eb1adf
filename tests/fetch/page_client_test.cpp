#include "fetch/page_client.hpp"
#include "fetch/retry.hpp"

#include <catch2/catch.hpp>

#include "fakes.hpp"

using Catch::Matchers::Contains;
using namespace regtrail;
using namespace regtrail::fetch;
using regtrail::testing::answer_with;
using regtrail::testing::FakeWaiter;
using regtrail::testing::ScriptedTransport;

TEST_CASE("robots.txt says which addresses are asked", "[robots]") {
  struct Row {
    const char* text;
    const char* target;
    bool allowed;
  };

  const auto row = GENERATE(values<Row>({
      {"", "/plan", true},
      {"User-agent: *\nDisallow: /", "/plan", false},
      {"User-agent: *\nDisallow:", "/plan", true},
      {"User-agent: *\nDisallow: /private/", "/private", true},
      {"User-agent: *\nDisallow: /private", "/private/plan", false},
      {"user-AGENT : * \r\n DISALLOW : /plan # all of it\r\n", "/plan/x", false},
      {"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
      {"User-agent: *\nAllow: /a/b\nDisallow: /a/b/c", "/a/b/c", false},
      {"User-agent: *\nDisallow: /same\nAllow: /same", "/same", true},
      {"User-agent: *\nDisallow: /*.pdf$", "/files/plan.pdf", false},
      {"User-agent: *\nDisallow: /*.pdf$", "/files/plan.pdf?x=1", true},
      {"User-agent: *\nDisallow: /*/draft/*", "/a/b/draft/c", false},
      {"User-agent: *\nDisallow: /*a*a*a*ab", "/aaaaaaaaaaaaaaaa", true},
      {"User-agent: *\nDisallow: *secret", "/very/secret", false},
      {"User-agent: *\nDisallow: /search?q=", "/search?q=chips", false},
      {"User-agent: *\nDisallow: /search?q=", "/search", true},
      {"User-agent: *\nDisallow: /caf%c3%a9", "/caf%C3%A9/menu", false},
      {"User-agent: *\nDisallow: /caf\xc3\xa9", "/caf%C3%A9", false},
      {"User-agent: *\nDisallow: /%70lan", "/plan", false},
      {"User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
      {"User-agent: otherbot\nDisallow: /", "/plan", true},
      {"User-agent: *\nDisallow: /\n\nUser-agent: RegTrail\nDisallow: /x", "/plan", true},
      {"User-agent: regtrail/2\nDisallow: /x\n\nUser-agent: *\nAllow: /", "/x", false},
      {"User-agent: otherbot\nUser-agent: regtrail\nDisallow: /x", "/x", false},
      {"User-agent: regtrail\nDisallow: /x\nUser-agent: otherbot\nDisallow: /y", "/y", true},
      {"User-agent: regtrail\nDisallow: /x\n\nUser-agent: regtrail\nDisallow: /y", "/y", false},
      {"User-agent: regtrailer\nDisallow: /", "/plan", true},
      {"User-agent: regtrail\n\nUser-agent: *\nDisallow: /", "/plan", false},
      {"Disallow: /", "/plan", true},
      {"User-agent: *\nCrawl-delay: 10\nSitemap: https://x/y\nDisallow: /x", "/x", false},
      {"<html>not a robots.txt: no: really</html>", "/plan", true},
      {"\xEF\xBB\xBFUser-agent: *\nDisallow: /x", "/x", false},
  }));
  INFO(row.text << " asked " << row.target);
  CHECK(RobotsRules::parse(row.text, robots_token).allows(row.target) == row.allowed);
}

TEST_CASE("robots.txt of a host is asked for once", "[page]") {
  ScriptedTransport transport;
  transport.outcomes = {answer_with(200, "User-agent: *\nDisallow: /no"),
                        answer_with(200, "<p>one</p>"),
                        answer_with(503, "later"),
                        answer_with(404, "none"),
                        answer_with(404, "gone")};
  PageClient client(transport);
  CHECK(client.page("https://a.example.gov/one?x=1", {})->body == "<p>one</p>");
  CHECK(client.page("https://a.example.gov/two", {})->status == 503);
  CHECK(client.page("https://a.example.gov/no", {}).error().kind == ErrorKind::blocked);
  CHECK(client.page("https://b.example.gov/x", {})->status == 404);
  std::vector<std::string> asked;
  for (const Request& request : transport.requests) {
    asked.push_back(request.url);
  }
  CHECK(asked == std::vector<std::string>{"https://a.example.gov/robots.txt",
                                          "https://a.example.gov/one?x=1",
                                          "https://a.example.gov/two",
                                          "https://b.example.gov/robots.txt",
                                          "https://b.example.gov/x"});
}

TEST_CASE("a host whose robots.txt cannot be had is not asked", "[page]") {
  struct Row {
    Result<Response> robots;
    bool asked;
  };

  const std::vector<Row> rows{
      {answer_with(200, ""), true},
      {answer_with(404, ""), true},
      {answer_with(403, ""), true},
      {answer_with(429, ""), false},
      {answer_with(500, ""), false},
      {answer_with(503, ""), false},
      {fail(ErrorKind::network, "no connection"), false},
      {fail(ErrorKind::blocked, "refused the redirect"), false},
  };
  for (const Row& row : rows) {
    ScriptedTransport transport;
    transport.outcomes = {row.robots};
    if (row.asked) {
      transport.outcomes.push_back(answer_with(200, "<p>x</p>"));
    }
    PageClient client(transport);
    const auto page = client.page("https://a.example.gov/one", {});
    CHECK(page.has_value() == row.asked);
    if (!row.asked) {
      CHECK(page.error().kind == ErrorKind::blocked);
      CHECK_THAT(page.error().message, Contains("robots.txt"));
      CHECK_FALSE(client.page("https://a.example.gov/two", {}));
      CHECK(transport.requests.size() == 1);
    }
  }
}

TEST_CASE("the validators of a page are sent with it and not with robots.txt", "[page]") {
  ScriptedTransport transport;
  transport.outcomes = {answer_with(404, ""), answer_with(304, "")};
  PageClient client(transport);
  const Validators held{"https://a.example.gov/one", "\"v1\"", ""};
  CHECK(client.page(held.url, held)->not_modified());
  CHECK(transport.requests.at(0).validators.url.empty());
  CHECK(transport.requests.at(1).validators.etag == "\"v1\"");
}

TEST_CASE("an answer from another host or from the front page is moved", "[page]") {
  struct Row {
    const char* address;
    const char* came;
    bool moved;
  };

  const auto row = GENERATE(values<Row>({
      {"https://www.example.gov/plan", "https://www.example.gov/plan", false},
      {"https://www.example.gov/plan", "https://www.example.gov/plan/", false},
      {"https://www.example.gov/plan", "https://www.example.gov/2026/plan", false},
      {"https://www.example.gov/plan", "https://www.example.gov/", true},
      {"https://www.example.gov/plan", "https://www.example.gov/?from=plan", true},
      {"https://www.example.gov/", "https://www.example.gov/", false},
      {"https://www.example.gov/plan", "https://WWW.example.gov/plan", false},
      {"https://www.example.gov/plan", "https://example.gov/plan", true},
      {"https://www.example.gov/plan", "http://127.0.0.1:80/m/www.example.gov/plan", false},
      {"https://www.example.gov/plan", "http://127.0.0.1:80/m/www.example.gov/", true},
      {"https://www.example.gov/plan", "http://127.0.0.1:80/m/login.example.gov/x", true},
      {"https://www.example.gov/plan", "file:///mirror/www.example.gov/plan", false},
  }));
  INFO(row.came);
  CHECK(is_moved(row.address, row.came) == row.moved);
}

TEST_CASE("two requests to the host of a page are three seconds apart", "[page]") {
  ScriptedTransport transport;
  transport.outcomes = {answer_with(404, ""), answer_with(200, "<p>x</p>")};
  FakeWaiter waiter;
  const auto polite = make_polite_transport(transport, waiter, RetryPolicy(), 1);
  PageClient client(*polite);
  REQUIRE(client.page("https://a.example.gov/one", {}));
  CHECK(waiter.waits == std::vector{std::chrono::milliseconds(3000)});
}
