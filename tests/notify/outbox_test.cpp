#include "notify/delivery/mailer.hpp"
#include "tests/support/smtp_test_server.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <functional>

using namespace regtrail;
using delivery::deliver_outbox;
using delivery::Mailer;
using testing::SmtpScript;
using testing::SmtpTestServer;

namespace {

const Timestamp now = parse_timestamp("2026-09-02T00:00:00Z").value();

/// Answers by script and keeps what it was given.
class ScriptedMailer final : public Mailer {
public:
  std::vector<std::optional<ErrorKind>> script; ///< nullopt or beyond its end: accepted
  std::vector<std::string> recipients;

  Result<void> send(const std::string& recipient, const std::string&) override {
    const std::size_t turn = recipients.size();
    recipients.push_back(recipient);
    if (turn < script.size() && script[turn]) {
      return fail(*script[turn], "refused by the script");
    }
    return {};
  }
};

store::OutboxMessage queued(const std::string& name) {
  store::OutboxMessage out;
  out.subscriber = name;
  out.recipient = name + "@example.co.jp";
  out.subject = "subject";
  out.message_id = delivery::make_message_id(name, {"h1"}, "example.co.jp");
  out.bytes = "Message-ID: " + out.message_id + "\r\n\r\nbody of " + name + "\r\n";
  out.queued_at = now;
  return out;
}

store::Archive archive_with(const std::vector<std::string>& names) {
  Result<store::Archive> archive = store::Archive::in_memory();
  REQUIRE(archive.has_value());
  for (const std::string& name : names) {
    REQUIRE(archive->enqueue(queued(name)).has_value());
  }
  return std::move(*archive);
}

std::vector<std::string> waiting(store::Archive& archive) {
  std::vector<std::string> out;
  const auto messages = archive.queued_messages();
  REQUIRE(messages.has_value());
  for (const store::OutboxMessage& message : *messages) {
    out.push_back(message.subscriber);
  }
  return out;
}

std::unique_ptr<Mailer> make_smtp_mailer(const SmtpTestServer& server,
                                         std::chrono::seconds timeout = std::chrono::minutes(1)) {
  delivery::SmtpOptions options;
  options.url = server.url();
  options.from = "regtrail@example.co.jp";
  options.security = delivery::SmtpOptions::Security::none;
  options.timeout = timeout;
  return delivery::make_smtp_mailer(options);
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("what was sent leaves the queue, oldest first, and is never sent again", "[notify]") {
  store::Archive archive = archive_with({"kato", "sato"});
  ScriptedMailer mailer;
  const auto report = deliver_outbox(archive, mailer, now);
  REQUIRE(report.has_value());
  CHECK(report->sent == 2);
  CHECK(report->failed == 0);
  CHECK(mailer.recipients == Names{"kato@example.co.jp", "sato@example.co.jp"});
  REQUIRE(deliver_outbox(archive, mailer, now)->sent == 0);
  CHECK(mailer.recipients.size() == 2);
}

TEST_CASE("a refused message stays queued with its reason and does not hold up the others",
          "[notify]") {
  store::Archive archive = archive_with({"kato", "sato"});
  ScriptedMailer mailer;
  mailer.script = {ErrorKind::usage};
  const auto report = deliver_outbox(archive, mailer, now);
  CHECK(report->sent == 1);
  CHECK(report->failed == 1);
  REQUIRE(report->errors.size() == 1);
  CHECK(report->errors[0] == "kato@example.co.jp: refused by the script");
  CHECK(waiting(archive) == Names{"kato"});
  CHECK(archive.queued_messages()->front().attempts == 1);
  CHECK(archive.queued_messages()->front().last_error == "refused by the script");
}

TEST_CASE("when the server cannot be reached each message is tried and each recipient named",
          "[notify]") {
  store::Archive archive = archive_with({"kato", "sato", "endo"});
  ScriptedMailer mailer;
  mailer.script = {ErrorKind::network, ErrorKind::network, ErrorKind::network};
  const auto report = deliver_outbox(archive, mailer, now);
  CHECK(report->sent == 0);
  CHECK(report->failed == 3);
  CHECK(report->errors == Names{"kato@example.co.jp: refused by the script",
                                "sato@example.co.jp: refused by the script",
                                "endo@example.co.jp: refused by the script"});
  CHECK(waiting(archive) == Names{"kato", "sato", "endo"});
}

TEST_CASE("the others are sent in the same run as a message that the server breaks off or refuses",
          "[notify]") {
  struct Row {
    const char* name;
    std::function<void(SmtpScript&)> spoil;
    std::chrono::seconds timeout{60};
  };

  constexpr std::chrono::seconds soon{3};
  const Row row = GENERATE_REF(values<Row>({
      {"closed at once", [](auto& script) { script.greeting = ""; }},
      {"refused at once", [](auto& script) { script.greeting = "554 no service"; }},
      {"silent at once", [](auto& script) { script.greeting = SmtpScript::silence; }, soon},
      {"no SMTP", [](auto& script) { script.greeting = "HTTP/1.1 400 Bad Request"; }, soon},
      {"closed at MAIL", [](auto& script) { script.to_mail = ""; }},
      {"closing at MAIL", [](auto& script) { script.to_mail = "421 closing"; }},
      {"closed at RCPT", [](auto& script) { script.to_rcpt = ""; }},
      {"later at RCPT", [](auto& script) { script.to_rcpt = "450 mailbox busy"; }},
      {"refused at RCPT", [](auto& script) { script.to_rcpt = "550 no such user"; }},
      {"closed at DATA", [](auto& script) { script.to_data = ""; }},
      {"refused at DATA", [](auto& script) { script.to_data = "554 no"; }},
      {"closed within", [](auto& script) { script.closes_within_message = true; }},
      {"closed behind", [](auto& script) { script.to_message = ""; }},
      {"silent behind", [](auto& script) { script.to_message = SmtpScript::silence; }, soon},
      {"later behind", [](auto& script) { script.to_message = "451 later"; }},
      {"refused behind", [](auto& script) { script.to_message = "554 spam"; }},
      {"no such answer behind", [](auto& script) { script.to_message = "999 what"; }},
      {"refused, then silent",
       [](auto& script) {
         script.to_rcpt = "550 no such user";
         script.to_quit = SmtpScript::silence;
       },
       soon},
  }));
  CAPTURE(row.name);
  SmtpScript spoiled;
  row.spoil(spoiled);
  SmtpTestServer server({SmtpScript{}, spoiled, SmtpScript{}});
  const auto mailer = make_smtp_mailer(server, row.timeout);
  store::Archive archive = archive_with({"kato", "sato", "endo"});
  const auto report = deliver_outbox(archive, *mailer, now);
  REQUIRE(report.has_value());
  CHECK(report->sent == 2);
  CHECK(report->failed == 1);
  REQUIRE(report->errors.size() == 1);
  CHECK(report->errors[0].find("sato@example.co.jp: cannot send mail by '127.0.0.1'") == 0);
  REQUIRE(waiting(archive) == Names{"sato"});
  CHECK(report->errors[0] ==
        "sato@example.co.jp: " + archive.queued_messages()->front().last_error);
  CHECK(deliver_outbox(archive, *mailer, now)->sent == 1);
  CHECK(waiting(archive).empty());
}

TEST_CASE("an accepted message is noted before QUIT, whatever the server does then", "[notify]") {
  const std::string to_quit = GENERATE(as<std::string>(),
                                       "221 bye",
                                       "",
                                       SmtpScript::silence,
                                       "554 not like this",
                                       "HTTP/1.1 400 Bad Request");
  CAPTURE(to_quit);
  const testing::TempDir folder;
  const auto file = folder.path() / "regtrail.db";
  Result<store::Archive> archive = store::Archive::open(file, store::OpenMode::create);
  REQUIRE(archive.has_value());
  for (const char* name : {"kato", "sato"}) {
    REQUIRE(archive->enqueue(queued(name)).has_value());
  }
  std::vector<Names> waiting_at_quit;
  {
    SmtpScript script;
    script.to_quit = to_quit;
    script.on_quit = [&] {
      Result<store::Archive> reader = store::Archive::open(file, store::OpenMode::read_only);
      waiting_at_quit.push_back(reader ? waiting(*reader) : Names{reader.error().message});
    };
    SmtpTestServer server(script);
    const auto mailer = make_smtp_mailer(server);
    const auto started = std::chrono::steady_clock::now();
    const auto report = deliver_outbox(*archive, *mailer, now);
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::minutes(1));
    CHECK(report->sent == 2);
    CHECK(report->errors.empty());
    CHECK(deliver_outbox(*archive, *mailer, now)->sent == 0);
    CHECK(server.deliveries().size() == 2);
  }
  CHECK(waiting_at_quit == std::vector<Names>{{"sato"}, {}});
}

TEST_CASE("after a connection lost behind DATA the next run repeats the same Message-ID",
          "[notify]") {
  SmtpScript script;
  script.to_message.clear();
  SmtpTestServer server(script);
  const auto mailer = make_smtp_mailer(server);
  store::Archive archive = archive_with({"kato"});
  CHECK(deliver_outbox(archive, *mailer, now)->failed == 1);
  server.set_scripts({SmtpScript{}});
  CHECK(deliver_outbox(archive, *mailer, now)->sent == 1);
  REQUIRE(server.deliveries().size() == 2);
  CHECK(server.deliveries()[0].message == queued("kato").bytes);
  CHECK(server.deliveries()[1].message == queued("kato").bytes);
}
