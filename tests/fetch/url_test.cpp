#include "fetch/url.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fetch::percent_decode;
using regtrail::fetch::percent_encode;
using regtrail::fetch::Url;

TEST_CASE("hosts of this machine are loopback in every form, names that look like them are not",
          "[url]") {
  const auto [url, host, loopback] = GENERATE(table<std::string, std::string, bool>({
      {"http://127.0.0.1", "127.0.0.1", true},
      {"http://127.0.0.1:8791/x", "127.0.0.1", true},
      {"http://127.1.2.3/", "127.1.2.3", true},
      {"http://127.255.255.255/", "127.255.255.255", true},
      {"http://0x7f.1/", "127.0.0.1", true},
      {"http://2130706433/", "127.0.0.1", true},
      {"http://%31%32%37.0.0.1/", "127.0.0.1", true},
      {"http://[::1]", "::1", true},
      {"http://[::1]:8791", "::1", true},
      {"http://[0:0:0:0:0:0:0:1]/", "::1", true},
      {"http://localhost:8792", "localhost", true},
      {"http://LOCALHOST:8792", "localhost", true},
      {"HTTP://LocalHost", "localhost", true},
      {"http://128.0.0.1/", "128.0.0.1", false},
      {"http://126.255.255.255/", "126.255.255.255", false},
      {"http://0.0.0.0/", "0.0.0.0", false},
      {"http://[::2]/", "::2", false},
      {"http://[::]/", "::", false},
      {"http://127.0.0.1.example.com/", "127.0.0.1.example.com", false},
      {"http://localhost.example.com/", "localhost.example.com", false},
      {"http://example.com/localhost", "example.com", false},
      {"http://example.com?@localhost", "example.com", false},
      {"https://www.ecfr.gov/", "www.ecfr.gov", false},
  }));
  const auto parsed = Url::parse(url);
  REQUIRE(parsed);
  CHECK(parsed->host() == host);
  CHECK(parsed->is_loopback() == loopback);
}

TEST_CASE("what is no http(s) URL without a user is refused and named", "[url]") {
  const auto [url, why] = GENERATE(table<std::string, std::string>({
      {"", "cannot use URL"},
      {"/srv/mirror", "cannot use URL"},
      {"www.ecfr.gov/api", "cannot use URL"},
      {"//www.ecfr.gov/api", "cannot use URL"},
      {"http://", "cannot use URL"},
      {"http://[::1/", "cannot use URL"},
      {"http://127.0.0.1:99999/", "cannot use URL"},
      {"http://a b/", "cannot use URL"},
      {std::string("http://a\0b/", 11), "cannot use URL"},
      {"ftp://127.0.0.1/", "only https: and http:"},
      {"file:///etc/passwd", "only https: and http:"},
      {"gopher://127.0.0.1/", "only https: and http:"},
      {"regtrail://127.0.0.1/", "only https: and http:"},
      {"http://user@127.0.0.1/", "user names and passwords"},
      {"http://user:secret@127.0.0.1/", "user names and passwords"},
      {"http://127.0.0.1@evil.example/", "user names and passwords"},
      {"http://@127.0.0.1/", "user names and passwords"},
  }));
  const auto parsed = Url::parse(url);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::usage);
  CHECK_THAT(parsed.error().message, Contains(why));
}

TEST_CASE("a URL keeps its path and query as written and loses its fragment", "[url]") {
  const auto url = Url::parse("HTTPS://WWW.eCFR.gov:8443/a/../b%2f?c=%5B&d#part");
  REQUIRE(url);
  CHECK(url->scheme() == "https");
  CHECK(url->path() == "/a/../b%2f");
  CHECK(url->query() == "c=%5B&d");
  CHECK_THAT(url->text(), Contains(":8443/a/../b%2f?c=%5B&d") && !Contains("#"));
}

TEST_CASE("a redirect's target may be relative and obeys the same rules", "[url]") {
  const auto url = Url::parse("https://www.ecfr.gov/a/old?x=1");
  REQUIRE(url);
  CHECK(url->resolve("../b/new")->text() == "https://www.ecfr.gov/b/new");
  CHECK(url->resolve("//[::1]/y")->is_loopback());
  for (const char* const location :
       {"ftp://www.ecfr.gov/", "https://user@www.ecfr.gov/", "http://["}) {
    const auto target = url->resolve(location);
    REQUIRE_FALSE(target);
    CHECK(target.error().kind == ErrorKind::blocked);
  }
}

TEST_CASE("percent-encoding keeps unreserved characters and is undone by decoding", "[url]") {
  const auto [text, encoded] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"aZ09-._~", "aZ09-._~"},
      {"Supplement No. 4 to Part 744", "Supplement%20No.%204%20to%20Part%20744"},
      {"Figures 1&2 (a/b) + 50%", "Figures%201%262%20%28a%2Fb%29%20%2B%2050%25"},
      {"Appendix \xE2\x80\x94 A", "Appendix%20%E2%80%94%20A"},
      {std::string("a\0b", 3), "a%00b"},
  }));
  CHECK(percent_encode(text) == encoded);
  CHECK(percent_decode(encoded) == text);
}

TEST_CASE("a URL is refused without its password being shown", "[url]") {
  for (const char* url : {"http://user:s3cret@127.0.0.1/",
                          "http://user:s3cret/@127.0.0.1/",
                          "http://user:%s3cret@a b/",
                          "ftp://user:s3cret@127.0.0.1/",
                          "user:s3cret@127.0.0.1"}) {
    CAPTURE(url);
    const auto parsed = Url::parse(url);
    REQUIRE_FALSE(parsed);
    CHECK_THAT(parsed.error().message, !Contains("s3cret"));
  }
}
