#include "tests/fetch/curl_fixture.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <zlib.h>
#include <zstd.h>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fetch::make_curl_transport;
using regtrail::testing::always;
using regtrail::testing::Answer;
using regtrail::testing::HttpTestServer;
using regtrail::testing::json;
using regtrail::testing::loopback_options;
using regtrail::testing::xml;
using std::chrono::seconds;

namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string copy = text;
  stream.next_in = reinterpret_cast<Bytef*>(copy.data());
  stream.avail_in = static_cast<uInt>(copy.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

Answer compressed(const std::string& encoding, const std::string& text) {
  Answer answer;
  answer.body = encoding == "gzip" ? gzip(text) : zstd(text);
  answer.content_type = "application/xml";
  answer.headers = {{"Content-Encoding", encoding}};
  return answer;
}

} // namespace

TEST_CASE("a compressed body arrives decoded and is counted as transferred", "[curl]") {
  const std::string encoding = GENERATE("gzip", "zstd");
  const std::string text = "<DIV8>" + std::string(100'000, 'a') + "</DIV8>";
  const HttpTestServer server(always(compressed(encoding, text)));

  const auto answer = make_curl_transport(loopback_options())->get(xml(server.url("/")));

  REQUIRE(answer);
  CHECK(answer->body == text);
  CHECK(answer->wire_bytes > 0);
  CHECK(answer->wire_bytes < 2000);
}

TEST_CASE("the size limit holds for decoded bytes", "[curl]") {
  const std::string encoding = GENERATE("gzip", "zstd");
  const HttpTestServer server(always(compressed(encoding, std::string(4U << 20U, ' '))));
  auto options = loopback_options();
  options.max_body_bytes = 1U << 20U;

  const auto answer = make_curl_transport(std::move(options))->get(xml(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::too_large);
  CHECK_THAT(answer.error().message, Contains("larger than 1048576 bytes"));
}

TEST_CASE("a body of exactly the limit passes and one byte more does not", "[curl]") {
  const std::size_t extra = GENERATE(0U, 1U);
  Answer scripted;
  scripted.body = std::string(1000 + extra, '1');
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  options.max_body_bytes = 1000;
  const auto transport = make_curl_transport(std::move(options));

  const auto answer = transport->get(json(server.url("/")));

  CHECK(answer.has_value() == (extra == 0));
  if (!answer) {
    CHECK(answer.error().kind == ErrorKind::too_large);
  }
}

TEST_CASE("a body announced as larger than the limit is not waited for", "[curl]") {
  Answer scripted;
  scripted.body = std::string(2000, '1');
  scripted.only_bytes = 0;
  scripted.after = Answer::After::stall;
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  options.max_body_bytes = 1000;
  options.total_timeout = seconds(2);

  const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK_THAT(answer.error().message, Contains("larger than 1000 bytes"));
}

TEST_CASE("a transfer that breaks off is a network error, not a short body", "[curl]") {
  Answer scripted;
  scripted.body = std::string(10'000, '1');
  scripted.only_bytes = 5'000;
  const HttpTestServer server(always(scripted));

  const auto answer = make_curl_transport(loopback_options())->get(json(server.url("/cut")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
  CHECK_THAT(answer.error().message, Contains(server.url("/cut")) && Contains("broke off"));
}

TEST_CASE("compression that is broken is a network error", "[curl]") {
  Answer scripted;
  scripted.body = "this is not gzip";
  scripted.headers = {{"Content-Encoding", "gzip"}};
  const HttpTestServer server(always(scripted));

  const auto answer = make_curl_transport(loopback_options())->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
}

TEST_CASE("a peer that is not there is a network error with a remedy", "[curl]") {
  int port = 0;
  {
    const HttpTestServer gone(always({}));
    port = gone.port();
  }
  const std::string url = "http://127.0.0.1:" + std::to_string(port) + "/";

  const auto answer = make_curl_transport(loopback_options())->get(json(url));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
  CHECK_THAT(answer.error().message, Contains(url) && Contains("[http] proxy"));
}

TEST_CASE("a transfer that falls silent is broken off", "[curl]") {
  Answer scripted;
  scripted.body = std::string(1000, '1');
  scripted.only_bytes = 0; // libcurl averages speed over 5 s: any byte would make this slow
  scripted.after = Answer::After::stall;
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();

  SECTION("by the limit on silence, as a network error") {
    options.stall_timeout = seconds(1);
    const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::network);
    CHECK_THAT(answer.error().message, Contains("nothing came for 1 s"));
  }
  SECTION("by the limit on all of it, as too large") {
    options.total_timeout = seconds(1);
    const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::too_large);
    CHECK_THAT(answer.error().message, Contains("not complete after 1 s in all"));
  }
}

TEST_CASE("whoever cancels a transfer gets it back at once as interrupted", "[curl]") {
  Answer scripted;
  scripted.body = std::string(1000, '1');
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  options.cancelled = [] { return true; };

  const auto answer = make_curl_transport(std::move(options))->get(json(server.url("/")));

  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::network);
  CHECK_THAT(answer.error().message, Contains("interrupted"));
}

TEST_CASE("progress ends at the number of bytes transferred", "[curl]") {
  Answer scripted;
  scripted.body = std::string(300'000, '1');
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  std::uint64_t last_received = 0;
  std::uint64_t last_expected = 0;
  options.progress = [&](std::uint64_t received, std::uint64_t expected) {
    CHECK(received >= last_received);
    last_received = received;
    last_expected = expected;
  };

  REQUIRE(make_curl_transport(std::move(options))->get(json(server.url("/"))));

  CHECK(last_received == 300'000);
  CHECK(last_expected == 300'000);
}

TEST_CASE("an exception of a callback reaches the caller and the transport lives on", "[curl]") {
  Answer scripted;
  scripted.body = "{}";
  const HttpTestServer server(always(scripted));
  auto options = loopback_options();
  bool armed = true;
  options.progress = [&](std::uint64_t, std::uint64_t) {
    if (armed) {
      throw std::runtime_error("from the callback");
    }
  };
  const auto transport = make_curl_transport(std::move(options));

  CHECK_THROWS_WITH(transport->get(json(server.url("/"))), "from the callback");
  armed = false;
  CHECK(transport->get(json(server.url("/"))));
}
