// What is loopback, and addresses without their logins.
#include "model/web_address.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

TEST_CASE("loopback is 127.0.0.0/8, ::1 and localhost, and no name that begins like them",
          "[address]") {
  for (const char* host : {"127.0.0.1", "127.255.255.254", "::1", "[::1]", "localhost"}) {
    CAPTURE(host);
    CHECK(is_loopback_host(host));
  }
  for (const char* host : {"",
                           "127.evil.example",
                           "127.0.0.1.evil.example",
                           "localhost.evil.example",
                           "localhosts",
                           "128.0.0.1",
                           "0.0.0.0",
                           "::",
                           "::2",
                           "[::1",
                           "mail.example.co.jp"}) {
    CAPTURE(host);
    CHECK_FALSE(is_loopback_host(host));
  }
}

TEST_CASE("of an address everything is shown but user and password", "[address]") {
  struct Row {
    const char* text;
    const char* shown;
  };

  const auto row = GENERATE(values<Row>({
      {"cannot use URL 'http://user:pw@host/a?b@c'", "cannot use URL 'http://host/a?b@c'"},
      {"http://user:p@w@host", "http://host"},
      {"http://a:b@c, then smtp://d:e@f", "http://c, then smtp://f"},
      {"file:///m/title-15.json@part=742", "file:///m/title-15.json@part=742"},
      {"https://host/@user", "https://host/@user"},
      {"kato@example.co.jp of http://host", "kato@example.co.jp of http://host"},
      {"nothing", "nothing"},
      {"http://", "http://"},
  }));
  CHECK(without_user_info(row.text) == row.shown);
}
