#include "tests/fetch/curl_fixture.hpp"

#include <catch2/catch.hpp>

#include <set>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fetch::Accept;
using regtrail::fetch::make_curl_transport;
using regtrail::fetch::Request;
using regtrail::testing::always;
using regtrail::testing::Answer;
using regtrail::testing::HttpTestServer;
using regtrail::testing::json;
using regtrail::testing::loopback_options;
using regtrail::testing::ServedRequest;
using regtrail::testing::xml;

namespace {

Answer redirect_to(const std::string& location, int status = 302) {
  Answer answer;
  answer.status = status;
  answer.headers = {{"Location", location}};
  return answer;
}

/// The service of a document that has been at version "v1" for long.
Answer unchanged_since_v1(const ServedRequest& request) {
  Answer answer;
  answer.status = request.header("if-none-match") == "\"v1\"" ? 304 : 200;
  answer.body = answer.status == 304 ? "" : "{}";
  return answer;
}

} // namespace

TEST_CASE("an answer carries its bytes, its URL and its headers in lower case", "[curl]") {
  Answer scripted;
  scripted.body = R"({"titles":[]})";
  scripted.headers = {{"ETag", "\"v1\""}, {"X-Twice", "a"}, {"X-Twice", "b"}};
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());

  const auto answer = transport->get(json(server.url("/api/titles.json?a=1")));

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == scripted.body);
  CHECK(answer->final_url == server.url("/api/titles.json?a=1"));
  CHECK(answer->wire_bytes == scripted.body.size());
  CHECK(answer->header("etag") == "\"v1\"");
  CHECK(answer->header("content-type") == "application/json");
  CHECK(answer->header("absent").empty());
  CHECK(std::count_if(answer->headers.begin(), answer->headers.end(), [](const auto& header) {
          return header.first == "x-twice";
        }) == 2);
}

TEST_CASE("a request says who asks, what it wants and that it can decompress", "[curl]") {
  Answer scripted;
  scripted.body = "<ECFR/>";
  scripted.content_type = "application/xml";
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());

  REQUIRE(transport->get(xml(server.url("/x"))));
  REQUIRE(transport->get(json(server.url("/j"))));
  REQUIRE(transport->get({server.url("/a"), Accept::any, {}}));

  const auto requests = server.requests();
  REQUIRE(requests.size() == 3);
  CHECK(requests[0].header("user-agent") == "regtrail-test/1 (+https://example.org/contact)");
  CHECK_THAT(requests[0].header("accept-encoding"),
             Contains("gzip") && Contains("br") && Contains("zstd"));
  CHECK_THAT(requests[0].header("accept"), Contains("application/xml"));
  CHECK(requests[1].header("accept") == "application/json");
  CHECK(requests[2].header("accept") == "*/*");
  CHECK(requests[0].header("if-none-match").empty());
}

TEST_CASE("requests to one host share one connection", "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());

  for (int i = 0; i < 5; ++i) {
    REQUIRE(transport->get(json(server.url("/" + std::to_string(i)))));
  }

  std::set<int> ports;
  for (const auto& request : server.requests()) {
    ports.insert(request.client_port);
  }
  CHECK(ports.size() == 1);
}

TEST_CASE("validators are sent and 304 is an answer without a body", "[curl]") {
  const HttpTestServer server(&unchanged_since_v1);
  const auto transport = make_curl_transport(loopback_options());
  Request request = json(server.url("/titles.json"));
  request.validators = {request.url, "\"v1\"", "Tue, 01 Sep 2026 10:00:00 GMT"};

  const auto answer = transport->get(request);

  REQUIRE(answer);
  CHECK(answer->not_modified());
  CHECK(answer->body.empty());
  CHECK(server.requests().at(0).header("if-modified-since") == "Tue, 01 Sep 2026 10:00:00 GMT");

  request.validators.etag = "\"v0\"";
  const auto changed = transport->get(request);
  REQUIRE(changed);
  CHECK_FALSE(changed->not_modified());
  CHECK(changed->body == "{}");
  CHECK(server.requests().size() == 2);
}

TEST_CASE("validators of one URL are not sent to another", "[curl]") {
  const HttpTestServer server(&unchanged_since_v1);
  const auto transport = make_curl_transport(loopback_options());
  Request request = json(server.url("/titles.json?page=2"));
  request.validators = {server.url("/titles.json"), "\"v1\"", "Tue, 01 Sep 2026 10:00:00 GMT"};

  const auto answer = transport->get(request);

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(server.requests().at(0).header("if-none-match").empty());
  CHECK(server.requests().at(0).header("if-modified-since").empty());
}

TEST_CASE("along a redirect validators go to the URL that gave them only", "[curl]") {
  const HttpTestServer server([](const ServedRequest& request) {
    return request.target == "/old" ? redirect_to("/new") : unchanged_since_v1(request);
  });
  const auto transport = make_curl_transport(loopback_options());
  Request request = json(server.url("/old"));

  SECTION("those of the target are answered by 304") {
    request.validators = {server.url("/new"), "\"v1\"", ""};
    const auto answer = transport->get(request);
    REQUIRE(answer);
    CHECK(answer->not_modified());
    CHECK(answer->final_url == server.url("/new"));
    CHECK(server.requests().at(0).header("if-none-match").empty());
  }
  SECTION("those of the redirecting URL are not handed on") {
    request.validators = {server.url("/old"), "\"v1\"", ""};
    const auto answer = transport->get(request);
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(server.requests().at(1).header("if-none-match").empty());
  }
}

TEST_CASE("304 to a request that carried no validator is an error", "[curl]") {
  Answer scripted;
  scripted.status = 304;
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());
  Request request = json(server.url("/titles.json"));
  const bool of_another_url = GENERATE(false, true);
  if (of_another_url) {
    request.validators = {server.url("/corrections.json"), "\"v1\"", ""};
  }

  const auto answer = transport->get(request);

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::http);
  CHECK_THAT(answer.error().message, Contains("304") && Contains("no earlier copy was named"));
}

TEST_CASE("a validator that would smuggle in a header is not sent", "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());
  Request request = json(server.url("/"));
  request.validators = {request.url, "x\r\nX-Evil: 1", ""};

  REQUIRE(transport->get(request));

  CHECK(server.requests().at(0).header("x-evil").empty());
  CHECK(server.requests().at(0).header("if-none-match").empty());
}

TEST_CASE("redirects on allowed hosts are followed, relative ones too", "[curl]") {
  const int status = GENERATE(301, 302, 303, 307, 308);
  const HttpTestServer server([status](const ServedRequest& request) {
    if (request.target == "/a/old") {
      return redirect_to("../b/new?x=1", status);
    }
    Answer answer;
    answer.body = R"({"at":")" + request.target + R"("})";
    return answer;
  });
  const auto transport = make_curl_transport(loopback_options());

  const auto answer = transport->get(json(server.url("/a/old")));

  REQUIRE(answer);
  CHECK(answer->body == R"({"at":"/b/new?x=1"})");
  CHECK(answer->final_url == server.url("/b/new?x=1"));
  CHECK(answer->header("location").empty());
}

TEST_CASE("a redirect to a host that is not allowed is a block page and is not asked", "[curl]") {
  const HttpTestServer elsewhere(always({}));
  const std::string target = "http://localhost:" + std::to_string(elsewhere.port()) + "/unblock";
  const HttpTestServer server(always(redirect_to(target)));
  const auto transport = make_curl_transport(loopback_options());

  const auto answer = transport->get(json(server.url("/api")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::blocked);
  CHECK_THAT(answer.error().message,
             Contains(server.url("/api")) &&
                 Contains("'localhost' is not among the allowed hosts"));
  CHECK(elsewhere.requests().empty());
}

TEST_CASE("redirects that nobody should follow are refused", "[curl]") {
  const auto [location, why] = GENERATE(table<std::string, std::string>({
      {"file:///etc/passwd", "only https: and http: are spoken"},
      {"ftp://127.0.0.1/x", "only https: and http: are spoken"},
      {"http://user:secret@127.0.0.1/x", "user names and passwords"},
      {"http://127.0.0.1.evil.example/x", "not among the allowed hosts"},
      {"//evil.example/x", "not among the allowed hosts"},
      {"http://127.0.0.1@evil.example/x", "user names and passwords"},
  }));
  const HttpTestServer server(always(redirect_to(location)));
  const auto transport = make_curl_transport(loopback_options());

  const auto answer = transport->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::blocked);
  CHECK_THAT(answer.error().message, Contains(why));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a redirect loop ends at the limit", "[curl]") {
  const HttpTestServer server(always(redirect_to("/again")));
  auto options = loopback_options();
  options.max_redirects = 3;
  const auto transport = make_curl_transport(std::move(options));

  const auto answer = transport->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::http);
  CHECK_THAT(answer.error().message, Contains("more than 3 times"));
  CHECK(server.requests().size() == 4);
}

TEST_CASE("a redirect without a target is an error that says so", "[curl]") {
  Answer scripted;
  scripted.status = 302;
  const HttpTestServer server(always(scripted));

  const auto answer = make_curl_transport(loopback_options())->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::http);
  CHECK_THAT(answer.error().message, Contains("without a target"));
}

TEST_CASE("URLs that may not be asked are refused before anything is sent", "[curl]") {
  const auto [url, why] = GENERATE(table<std::string, std::string>({
      {"http://www.ecfr.gov/api", "plain http:"},
      {"https://ecfr.gov/api", "'ecfr.gov' is not among the allowed hosts"},
      {"https://www.ecfr.gov.evil.example/", "not among the allowed hosts"},
      {"https://user@www.ecfr.gov/", "user names and passwords"},
      {"http://127.0.0.2/", "not among the allowed hosts"},
      {"file:///etc/passwd", "only https: and http:"},
      {"www.ecfr.gov/api", "cannot use URL"},
      {"https://www.ecfr.gov/a b", "cannot use URL"},
      {"", "cannot use URL"},
  }));
  auto options = loopback_options();
  options.allowed_hosts = regtrail::fetch::official_hosts();
  const auto transport = make_curl_transport(std::move(options));

  const auto answer = transport->get(json(url));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::usage);
  CHECK_THAT(answer.error().message, Contains(why) && Contains(url.substr(url.rfind('@') + 1)));
}

TEST_CASE("hosts are compared without regard to letter case", "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer server(always(scripted));
  const std::string port = std::to_string(server.port());
  auto options = loopback_options();
  options.allowed_hosts = {"LocalHost"};
  const auto transport = make_curl_transport(std::move(options));

  CHECK(transport->get(json("http://localhost:" + port + "/")));
  CHECK(transport->get(json("http://LOCALHOST:" + port + "/")));
  CHECK_FALSE(transport->get(json("http://localhost.example.com:" + port + "/")));
  CHECK(server.requests().size() == 2);
}

TEST_CASE("a proxy is asked for other hosts and never for loopback", "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer proxy(always(scripted));
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  options.proxy = proxy.url("");
  options.allowed_hosts.emplace_back("mirror.example");
  options.plain_http = true;
  const auto transport = make_curl_transport(std::move(options));

  REQUIRE(transport->get(json("http://mirror.example/www.ecfr.gov/api/titles.json")));
  REQUIRE(transport->get(json(server.url("/direct"))));

  REQUIRE(proxy.requests().size() == 1);
  CHECK_THAT(proxy.requests()[0].target, Contains("/www.ecfr.gov/api/titles.json"));
  REQUIRE(server.requests().size() == 1);
}

TEST_CASE("the environment's proxy and its exceptions count only where none is configured",
          "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer configured(always(scripted));
  const HttpTestServer of_environment(always(scripted));
  auto options = loopback_options();
  options.allowed_hosts.emplace_back("mirror.invalid");
  options.plain_http = true;
  const auto asked = [&](const std::string& proxy) {
    options.proxy = proxy;
    return make_curl_transport(options)->get(json("http://mirror.invalid/x")).has_value();
  };

  setenv("http_proxy", of_environment.url("").c_str(), 1);
  CHECK(asked(""));
  CHECK(asked(configured.url("")));
  setenv("no_proxy", "mirror.invalid", 1);
  CHECK_FALSE(asked(""));
  CHECK(asked(configured.url("")));
  unsetenv("http_proxy");
  unsetenv("no_proxy");
  setenv("all_proxy", of_environment.url("").c_str(), 1);
  CHECK(asked(""));
  unsetenv("all_proxy");

  CHECK(of_environment.requests().size() == 2);
  CHECK(configured.requests().size() == 2);
}

TEST_CASE("a proxy that cannot be used is told without its password", "[curl]") {
  for (const char* proxy :
       {"http://user:s3cret@bad host:80", "what://user:s3cret@host:80", "user:s3cret@bad host"}) {
    CAPTURE(proxy);
    auto options = loopback_options();
    options.proxy = proxy;
    options.allowed_hosts.emplace_back("mirror.invalid");
    options.plain_http = true;
    const auto answer = make_curl_transport(options)->get(json("http://mirror.invalid/x"));
    REQUIRE_FALSE(answer);
    CHECK_THAT(answer.error().message, !Contains("s3cret"));
    CHECK_THAT(answer.error().message, Contains("[http] proxy"));
  }
}

TEST_CASE("attempt hands over statuses that get turns into errors", "[curl]") {
  Answer scripted;
  scripted.status = 503;
  scripted.body = R"({"message":"Title 2 currently unavailable"})";
  scripted.headers = {{"Retry-After", "120"}};
  const HttpTestServer server(always(scripted));
  const auto transport = make_curl_transport(loopback_options());

  const auto raw = transport->attempt(json(server.url("/")));
  REQUIRE(raw);
  CHECK(raw->status == 503);
  CHECK(raw->header("retry-after") == "120");

  const auto judged = transport->get(json(server.url("/")));
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::http);
  CHECK_THAT(judged.error().message,
             Contains("status 503") && Contains("Title 2 currently unavailable") &&
                 Contains("retry after '120'"));
}
