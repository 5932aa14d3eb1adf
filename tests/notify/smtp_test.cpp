#include "notify/delivery/mailer.hpp"
#include "tests/support/smtp_test_server.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace regtrail;
using delivery::make_smtp_mailer;
using delivery::SmtpOptions;
using testing::SmtpScript;
using testing::SmtpTestServer;

namespace {

SmtpOptions options(const SmtpTestServer& server) {
  SmtpOptions out;
  out.url = server.url();
  out.from = "regtrail@example.co.jp";
  out.security = SmtpOptions::Security::none;
  out.timeout = std::chrono::seconds(5);
  return out;
}

const std::string message =
    "Message-ID: <id-1@example.co.jp>\r\nSubject: x\r\n\r\nbody\r\n.dot line\r\n";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("the server receives the stored bytes, envelope and all", "[notify]") {
  SmtpTestServer server;
  REQUIRE(make_smtp_mailer(options(server))->send("kato@example.co.jp", message).has_value());
  REQUIRE(server.deliveries().size() == 1);
  CHECK(server.deliveries()[0].from == "regtrail@example.co.jp");
  CHECK(server.deliveries()[0].to == "kato@example.co.jp");
  CHECK(server.deliveries()[0].message == message);
}

TEST_CASE("answers of 4xx are for later, answers of 5xx final, both with the server's words",
          "[notify]") {
  struct Case {
    SmtpScript script;
    ErrorKind kind;
    std::string words;
  };

  std::vector<Case> cases(5);
  cases[0].script.to_rcpt = "450 mailbox busy";
  cases[0].kind = ErrorKind::http;
  cases[0].words = "450 mailbox busy";
  cases[1].script.to_rcpt = "550 no such user";
  cases[1].kind = ErrorKind::usage;
  cases[1].words = "550 no such user";
  cases[2].script.to_mail = "451 come back";
  cases[2].kind = ErrorKind::http;
  cases[2].words = "451 come back";
  cases[3].script.to_message = "554 looks like spam";
  cases[3].kind = ErrorKind::usage;
  cases[3].words = "554 looks like spam";
  cases[4].script.to_message = "452 disk full";
  cases[4].kind = ErrorKind::http;
  cases[4].words = "452 disk full";
  for (const Case& sample : cases) {
    CAPTURE(sample.words);
    SmtpTestServer server(sample.script);
    const Result<void> sent =
        make_smtp_mailer(options(server))->send("kato@example.co.jp", message);
    REQUIRE(!sent.has_value());
    CHECK(sent.error().kind == sample.kind);
    CAPTURE(sent.error().message);
    CHECK(holds(sent.error().message, sample.words));
  }
}

TEST_CASE("a connection lost after the message is for later, and the retry carries the same bytes",
          "[notify]") {
  SmtpScript script;
  script.to_message.clear();
  SmtpTestServer server(script);
  const auto mailer = make_smtp_mailer(options(server));
  const Result<void> first = mailer->send("kato@example.co.jp", message);
  REQUIRE(!first.has_value());
  CHECK(first.error().kind == ErrorKind::network);
  server.set_scripts({SmtpScript{}});
  REQUIRE(mailer->send("kato@example.co.jp", message).has_value());
  REQUIRE(server.deliveries().size() == 2);
  CHECK(server.deliveries()[0].message == server.deliveries()[1].message);
  CHECK(holds(server.deliveries()[1].message, "Message-ID: <id-1@example.co.jp>"));
}

TEST_CASE("a server that is not there is for later", "[notify]") {
  SmtpOptions nowhere;
  {
    const SmtpTestServer gone;
    nowhere = options(gone);
  }
  const Result<void> sent = make_smtp_mailer(nowhere)->send("kato@example.co.jp", message);
  REQUIRE(!sent.has_value());
  CHECK(sent.error().kind == ErrorKind::network);
}

TEST_CASE("without STARTTLS on offer nothing is sent when it is asked for", "[notify]") {
  SmtpTestServer server;
  SmtpOptions demanding = options(server);
  demanding.security = SmtpOptions::Security::starttls;
  demanding.user = "kato";
  demanding.password = "secret";
  const Result<void> sent = make_smtp_mailer(demanding)->send("kato@example.co.jp", message);
  REQUIRE(!sent.has_value());
  CHECK(sent.error().kind == ErrorKind::usage);
  CHECK(server.deliveries().empty());
  for (const std::string& command : server.commands()) {
    CHECK(!holds(command, "AUTH"));
  }
}

TEST_CASE("a refused login is final and names no password", "[notify]") {
  SmtpScript script;
  script.extensions = {"AUTH PLAIN LOGIN"};
  script.to_auth = "535 authentication failed";
  SmtpTestServer server(script);
  SmtpOptions login = options(server);
  login.user = "kato";
  login.password = "hunter2-secret";
  const Result<void> sent = make_smtp_mailer(login)->send("kato@example.co.jp", message);
  REQUIRE(!sent.has_value());
  CHECK(sent.error().kind == ErrorKind::usage);
  CHECK(holds(sent.error().message, "535"));
  CHECK(!holds(sent.error().message, "hunter2"));
}

TEST_CASE("a password goes to no other host without TLS", "[notify]") {
  SmtpOptions open;
  open.url = "smtp://mail.example.com:25";
  open.from = "regtrail@example.co.jp";
  open.user = "kato";
  open.password = "secret";
  open.security = SmtpOptions::Security::none;
  const Result<void> sent = make_smtp_mailer(open)->send("kato@example.co.jp", message);
  REQUIRE(!sent.has_value());
  CHECK(sent.error().kind == ErrorKind::usage);
  CHECK(holds(sent.error().message, "without TLS"));
}

TEST_CASE("an smtp url that is none is a usage error", "[notify]") {
  for (const char* url : {"", "http://mail.example.com", "smtp://kato:pw@mail.example.com", "::"}) {
    CAPTURE(url);
    SmtpOptions bad;
    bad.url = url;
    bad.from = "regtrail@example.co.jp";
    const Result<void> sent = make_smtp_mailer(bad)->send("kato@example.co.jp", message);
    REQUIRE(!sent.has_value());
    CHECK(sent.error().kind == ErrorKind::usage);
  }
}

TEST_CASE("a login without TLS goes to loopback alone, not to names that look like it",
          "[notify]") {
  for (const char* host :
       {"127.evil.invalid", "localhost.evil.invalid", "128.0.0.1", "mail.example.invalid"}) {
    for (const char* password : {"secret", ""}) {
      CAPTURE(host, password);
      SmtpOptions bare;
      bare.url = std::string("smtp://") + host + ":1";
      bare.from = "regtrail@example.co.jp";
      bare.user = "kato";
      bare.password = password;
      bare.security = SmtpOptions::Security::none;
      const Result<void> sent = make_smtp_mailer(bare)->send("kato@example.co.jp", message);
      REQUIRE(!sent.has_value());
      CHECK(sent.error().kind == ErrorKind::usage);
      CHECK(holds(sent.error().message, "without TLS"));
    }
  }
}

TEST_CASE("mail is never sent through a proxy of the environment", "[notify]") {
  const SmtpTestServer proxy;
  for (const char* name : {"all_proxy", "ALL_PROXY", "smtp_proxy", "http_proxy"}) {
    setenv(name, ("http://" + proxy.url().substr(7)).c_str(), 1);
  }
  SmtpTestServer server;
  const Result<void> sent = make_smtp_mailer(options(server))->send("kato@example.co.jp", message);
  for (const char* name : {"all_proxy", "ALL_PROXY", "smtp_proxy", "http_proxy"}) {
    unsetenv(name);
  }
  CHECK(sent.has_value());
  CHECK(proxy.commands().empty());
}
