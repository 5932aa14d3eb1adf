#include "notify/delivery/address.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using Catch::Matchers::Contains;
using delivery::check_address;
using delivery::Mailbox;
using delivery::parse_mailbox;

TEST_CASE("ASCII addresses of RFC 5321 can be mailed, quoted and literal ones as well",
          "[notify]") {
  for (const std::string& right : {std::string("a@b"),
                                   std::string("export-control@example.co.jp"),
                                   std::string("o'brien+ear@example.com"),
                                   std::string("\"a..b\"@docomo.example"),
                                   std::string("\"a b@c\\\"\"@example.com"),
                                   std::string("a@xn--wgv71a.jp"),
                                   std::string("a@build_host.example"),
                                   std::string("a@[192.0.2.1]"),
                                   std::string("a@[IPv6:2001:db8::1]"),
                                   std::string(64, 'a') + "@example.com",
                                   "a@" + std::string(249, 'b') + ".jp"}) {
    const Result<void> checked = check_address(right);
    INFO(right);
    CHECK(checked.has_value());
  }
}

TEST_CASE("an address that cannot be mailed is refused with what to write instead", "[notify]") {
  struct Case {
    std::string address;
    const char* message;
  };

  const std::vector<Case> cases{{"compliance@日本.jp", "xn--"},
                                {"加藤@example.co.jp", "before '@' is not ASCII"},
                                {std::string(65, 'a') + "@example.com", "64 bytes"},
                                {"a@" + std::string(250, 'b') + ".jp", "254 bytes"},
                                {"a..b@docomo.example", "double quotes"},
                                {"a.@docomo.example", "double quotes"},
                                {"", "name@host"},
                                {"a", "name@host"},
                                {"@b", "name@host"},
                                {"a@", "name@host"},
                                {"a@b@c", "name@host"},
                                {"a b@c", "name@host"},
                                {"a@b c", "name@host"},
                                {"a@b.", "name@host"},
                                {"a@b..c", "name@host"},
                                {"a@-b", "name@host"},
                                {"a@[]", "name@host"},
                                {"\"a\"b\"@c", "name@host"},
                                {"X <a@b>", "name@host"},
                                {"a@b, c@d", "name@host"},
                                {"a@b\r\nBcc: c@d", "name@host"},
                                {std::string("a\0b@c", 5), "name@host"}};
  for (const Case& sample : cases) {
    CAPTURE(sample.address);
    const Result<void> checked = check_address(sample.address);
    REQUIRE(!checked.has_value());
    CHECK(checked.error().kind == ErrorKind::usage);
    CHECK_THAT(checked.error().message, Contains(sample.message));
  }
}

TEST_CASE("a mailbox has a bare address and, in front of it, perhaps a name", "[notify]") {
  struct Case {
    const char* text;
    const char* name;
    const char* address;
  };

  const Case cases[] = {
      {"a@b.example", "", "a@b.example"},
      {"<a@b.example>", "", "a@b.example"},
      {"Some One <a@b.example>", "Some One", "a@b.example"},
      {"貿易 管理<a@b.example>", "貿易 管理", "a@b.example"},
      {R"("One, <Some> \"S\"" <a@b.example>)", "One, <Some> \"S\"", "a@b.example"},
      {R"(X <"a b"@c.example>)", "X", R"("a b"@c.example)"}};
  for (const Case& sample : cases) {
    CAPTURE(sample.text);
    const Result<Mailbox> mailbox = parse_mailbox(sample.text);
    REQUIRE(mailbox.has_value());
    CHECK(mailbox->name == sample.name);
    CHECK(mailbox->address == sample.address);
  }
  for (const char* wrong : {"", "X", "X <a@b", "X <>", "<a@b> X", "X <a@日本.jp>", "X <Y <a@b>>"}) {
    CAPTURE(wrong);
    CHECK(!parse_mailbox(wrong).has_value());
  }
}
