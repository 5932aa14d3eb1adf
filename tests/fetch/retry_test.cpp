#include "fetch/retry.hpp"
#include "tests/fetch/fakes.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fail;
using regtrail::Result;
using regtrail::fetch::Accept;
using regtrail::fetch::make_polite_transport;
using regtrail::fetch::Request;
using regtrail::fetch::Response;
using regtrail::fetch::RetryPolicy;
using regtrail::testing::answer_with;
using regtrail::testing::FakeWaiter;
using regtrail::testing::ScriptedTransport;
using std::chrono::milliseconds;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

namespace {

const Request titles{"https://www.ecfr.gov/api/titles.json", Accept::json, {}};

/// A polite transport over a script; without pacing, so that only backoff waits.
struct Setting {
  ScriptedTransport inner;
  FakeWaiter waiter;
  RetryPolicy policy;

  explicit Setting(std::vector<Result<Response>> outcomes) {
    inner.outcomes.assign(outcomes.begin(), outcomes.end());
    policy.pace = 0ms;
  }

  Result<Response> get(const Request& request = titles, std::uint64_t seed = 1) {
    return make_polite_transport(inner, waiter, policy, seed)->get(request);
  }
};

Result<Response> broken() {
  return fail(ErrorKind::network, "the transfer broke off");
}

} // namespace

TEST_CASE("an unavailable service is asked again until it answers", "[retry]") {
  const int status = GENERATE(429, 500, 502, 503, 504);
  Setting setting({answer_with(status, ""), answer_with(status, ""), answer_with(200, "{}")});
  const auto answer = setting.get();
  REQUIRE(answer);
  CHECK(answer->body == "{}");
  CHECK(setting.inner.requests.size() == 3);
  CHECK(setting.waiter.waits.size() == 2);
}

TEST_CASE("broken transfers and block pages are asked again", "[retry]") {
  Setting setting({broken(),
                   answer_with(200, "<html>", {{"content-type", "text/html"}}),
                   fail(ErrorKind::blocked, "redirected off-host"),
                   answer_with(200, "{}")});
  CHECK(setting.get());
  CHECK(setting.inner.requests.size() == 4);
}

TEST_CASE("what another attempt cannot mend is not asked again", "[retry]") {
  const int status = GENERATE(400, 401, 404, 406, 410);
  Setting setting({answer_with(status, R"({"error":"no"})")});
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == (status == 404 ? ErrorKind::not_found : ErrorKind::http));
  CHECK_THAT(answer.error().message, !Contains("attempts"));
  CHECK(setting.waiter.waits.empty());
}

TEST_CASE("errors of our own limits and of the caller are not asked again", "[retry]") {
  const ErrorKind kind = GENERATE(ErrorKind::too_large, ErrorKind::usage, ErrorKind::http);
  Setting setting({fail(kind, "final")});
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message == "final");
  CHECK(setting.inner.requests.size() == 1);
}

TEST_CASE("an empty 200 is malformed at once", "[retry]") {
  Setting setting({answer_with(200, "")});
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::malformed);
}

TEST_CASE("the attempts are limited and the last failure says how many there were", "[retry]") {
  Setting setting({broken(), broken(), broken(), broken()});
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
  CHECK(answer.error().message == "the transfer broke off; gave up after 4 attempts");
  CHECK(setting.waiter.waits.size() == 3);
}

TEST_CASE("backoff doubles, jitters by at most a quarter and is capped", "[retry]") {
  const auto seed = GENERATE(range(0U, 50U));
  Setting setting({});
  setting.policy.attempts = 8;
  setting.policy.max_backoff = 5000ms;
  for (int i = 0; i < 8; ++i) {
    setting.inner.outcomes.push_back(broken());
  }
  REQUIRE_FALSE(setting.get(titles, seed));
  const auto& waits = setting.waiter.waits;
  REQUIRE(waits.size() == 7);
  milliseconds nominal = 1000ms;
  for (const milliseconds wait : waits) {
    CHECK(wait >= nominal * 3 / 4);
    CHECK(wait <= std::min<milliseconds>(nominal * 5 / 4, 5000ms));
    nominal = std::min<milliseconds>(nominal * 2, 5000ms);
  }
}

TEST_CASE("the seed decides the jitter", "[retry]") {
  const auto waits = [](std::uint64_t seed) {
    Setting setting({broken(), broken(), broken(), answer_with(200, "{}")});
    REQUIRE(setting.get(titles, seed));
    return setting.waiter.waits;
  };
  CHECK(waits(7) == waits(7));
  CHECK(waits(7) != waits(8));
}

TEST_CASE("Retry-After decides the wait", "[retry]") {
  const auto [value, date, wait] = GENERATE(table<std::string, std::string, milliseconds>({
      {"7", "", 7000ms},
      {"0", "", 0ms},
      {"Tue, 01 Sep 2026 10:00:30 GMT", "Tue, 01 Sep 2026 10:00:00 GMT", 30'000ms},
      {"Tuesday, 01-Sep-26 10:00:30 GMT", "Tue, 01 Sep 2026 10:00:00 GMT", 30'000ms},
      {"Tue, 01 Sep 2026 09:00:00 GMT", "Tue, 01 Sep 2026 10:00:00 GMT", 0ms},
  }));
  Setting setting(
      {answer_with(429, "", {{"retry-after", value}, {"date", date}}), answer_with(200, "{}")});
  REQUIRE(setting.get());
  CHECK(setting.waiter.waits == std::vector<milliseconds>{wait});
}

TEST_CASE("a Retry-After that cannot be read falls back to backoff", "[retry]") {
  const auto [value, date] = GENERATE(table<std::string, std::string>({
      {"soon", "Tue, 01 Sep 2026 10:00:00 GMT"},
      {"-5", ""},
      {"Tue, 01 Sep 2026 10:00:30 GMT", ""},
  }));
  Setting setting(
      {answer_with(503, "", {{"retry-after", value}, {"date", date}}), answer_with(200, "{}")});
  REQUIRE(setting.get());
  REQUIRE(setting.waiter.waits.size() == 1);
  CHECK(setting.waiter.waits[0] >= 750ms);
  CHECK(setting.waiter.waits[0] <= 1250ms);
}

TEST_CASE("a Retry-After beyond the policy ends the attempts", "[retry]") {
  const std::string value = GENERATE("121", "99999999999999999999");
  Setting setting({answer_with(503, "", {{"retry-after", value}})});
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::http);
  CHECK_THAT(answer.error().message, Contains("retry after '" + value + "'"));
  CHECK(setting.waiter.waits.empty());
}

TEST_CASE("requests to one host are paced from start to start, hosts apart", "[retry]") {
  ScriptedTransport inner;
  FakeWaiter waiter;
  RetryPolicy policy;
  for (int i = 0; i < 5; ++i) {
    inner.outcomes.push_back(answer_with(200, "{}"));
  }
  const auto transport = make_polite_transport(inner, waiter, policy, 1);

  REQUIRE(transport->get(titles));
  CHECK(waiter.waits.empty());
  REQUIRE(transport->get({"https://www.federalregister.gov/api/v1/x.json", Accept::json, {}}));
  CHECK(waiter.waits.empty());
  waiter.pass(1200ms);
  REQUIRE(transport->get(titles));
  CHECK(waiter.waits == std::vector<milliseconds>{1800ms});
  REQUIRE(transport->get(titles));
  CHECK(waiter.waits == std::vector<milliseconds>{1800ms, 3000ms});
  waiter.pass(10s);
  REQUIRE(transport->get(titles));
  CHECK(waiter.waits.size() == 2);
}

TEST_CASE("a backoff shorter than the pace is stretched to it", "[retry]") {
  ScriptedTransport inner;
  FakeWaiter waiter;
  inner.outcomes.push_back(answer_with(503, "", {{"retry-after", "1"}}));
  inner.outcomes.push_back(answer_with(200, "{}"));
  REQUIRE(make_polite_transport(inner, waiter, {}, 1)->get(titles));
  CHECK(waiter.waits == std::vector<milliseconds>{1000ms, 2000ms});
}

TEST_CASE("nobody waits for what was cancelled", "[retry]") {
  Setting setting({fail(ErrorKind::network, "interrupted")});
  setting.policy.cancelled = [] { return true; };
  const auto answer = setting.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message == "interrupted");
  CHECK(setting.waiter.waits.empty());
}

TEST_CASE("what is cancelled during a wait is not asked again", "[retry]") {
  Setting setting({broken()});
  setting.policy.cancelled = [&] { return !setting.waiter.waits.empty(); };
  REQUIRE_FALSE(setting.get());
  CHECK(setting.inner.requests.size() == 1);
}

TEST_CASE("attempt retries too and hands over the last answer unjudged", "[retry]") {
  Setting setting({broken(), answer_with(404, "x")});
  const auto answer =
      make_polite_transport(setting.inner, setting.waiter, setting.policy, 1)->attempt(titles);
  REQUIRE(answer);
  CHECK(answer->status == 404);
}

TEST_CASE("validators are sent with every attempt", "[retry]") {
  Response unchanged = answer_with(304, "");
  unchanged.final_url = titles.url;
  Setting setting({broken(), unchanged});
  Request request = titles;
  request.validators = {titles.url, "\"v1\"", ""};
  const auto answer = setting.get(request);
  REQUIRE(answer);
  CHECK(answer->not_modified());
  REQUIRE(setting.inner.requests.size() == 2);
  for (const Request& asked : setting.inner.requests) {
    CHECK(asked.validators.etag == "\"v1\"");
  }
}
