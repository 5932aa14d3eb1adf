#include "notify/delivery/mailer.hpp"
#include "tests/support/smtp_test_server.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using delivery::deliver_outbox;
using delivery::Mailer;

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

TEST_CASE("when the server cannot be reached the rest is not tried in this run", "[notify]") {
  store::Archive archive = archive_with({"kato", "sato", "endo"});
  ScriptedMailer mailer;
  mailer.script = {std::nullopt, ErrorKind::network};
  const auto report = deliver_outbox(archive, mailer, now);
  CHECK(report->sent == 1);
  CHECK(report->failed == 1);
  CHECK(mailer.recipients.size() == 2);
  CHECK(report->errors.back() == "1 more message waits for the next run");
  CHECK(waiting(archive) == Names{"sato", "endo"});
}

TEST_CASE("after a connection lost behind DATA the next run repeats the same Message-ID",
          "[notify]") {
  testing::SmtpScript script;
  script.to_message.clear();
  testing::SmtpTestServer server(script);
  delivery::SmtpOptions options;
  options.url = server.url();
  options.from = "regtrail@example.co.jp";
  options.security = delivery::SmtpOptions::Security::none;
  const auto mailer = delivery::make_smtp_mailer(options);
  store::Archive archive = archive_with({"kato"});
  CHECK(deliver_outbox(archive, *mailer, now)->failed == 1);
  server.set_script({});
  CHECK(deliver_outbox(archive, *mailer, now)->sent == 1);
  REQUIRE(server.deliveries().size() == 2);
  CHECK(server.deliveries()[0].message == queued("kato").bytes);
  CHECK(server.deliveries()[1].message == queued("kato").bytes);
}
