#include "tests/fetch/curl_fixture.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fetch::make_curl_transport;
using regtrail::testing::always;
using regtrail::testing::Answer;
using regtrail::testing::HttpTestServer;
using regtrail::testing::json;
using regtrail::testing::loopback_options;
using regtrail::testing::TempDir;
using regtrail::testing::TestCertificate;

namespace {

Answer empty_object() {
  Answer answer;
  answer.body = "{}";
  return answer;
}

} // namespace

TEST_CASE("a certificate of an unknown authority is refused", "[tls]") {
  const TestCertificate certificate("IP:127.0.0.1");
  const HttpTestServer server(always(empty_object()), certificate);

  const auto answer = make_curl_transport(loopback_options())->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
  CHECK_THAT(answer.error().message, Contains("not trusted") && Contains("[http] ca_bundle"));
  CHECK(server.requests().empty());
}

TEST_CASE("the authority of ca_bundle is trusted, for the name in the certificate only", "[tls]") {
  const TestCertificate certificate("IP:127.0.0.1");
  const HttpTestServer server(always(empty_object()), certificate);
  const TempDir dir;
  auto options = loopback_options();
  options.allowed_hosts.push_back("localhost");
  options.ca_bundle = dir.write("ca.pem", certificate.pem()).string();
  const auto transport = make_curl_transport(std::move(options));

  CHECK(transport->get(json(server.url("/"))));
  const auto other_name =
      transport->get(json("https://localhost:" + std::to_string(server.port()) + "/"));
  REQUIRE_FALSE(other_name);
  CHECK(other_name.error().kind == ErrorKind::network);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a ca_bundle that cannot be read is named", "[tls]") {
  const TestCertificate certificate("IP:127.0.0.1");
  const HttpTestServer server(always(empty_object()), certificate);
  auto options = loopback_options();
  options.ca_bundle = "/nowhere/ca.pem";

  const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK_THAT(answer.error().message,
             Contains("/nowhere/ca.pem") && Contains("check [http] ca_bundle"));
}

TEST_CASE("a redirect never leads from https: to http:", "[tls]") {
  const HttpTestServer plain(always(empty_object()));
  const TestCertificate certificate("IP:127.0.0.1");
  Answer redirect;
  redirect.status = 302;
  redirect.headers = {{"Location", plain.url("/")}};
  const HttpTestServer server(always(redirect), certificate);
  const TempDir dir;
  auto options = loopback_options();
  options.ca_bundle = dir.write("ca.pem", certificate.pem()).string();

  const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::blocked);
  CHECK_THAT(answer.error().message, Contains("from https: to http:"));
  CHECK(plain.requests().empty());
}
