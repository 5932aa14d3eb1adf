#include "notify/delivery/mailer.hpp"
#include "tests/support/http_test_server.hpp"
#include "tests/support/smtp_test_server.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace regtrail;
using delivery::make_smtp_mailer;
using delivery::SmtpOptions;
using testing::SmtpScript;
using testing::SmtpTestServer;
using testing::TestCertificate;

namespace {

using Security = SmtpOptions::Security;

const std::string message = "Message-ID: <id-1@example.co.jp>\r\n\r\nbody\r\n";

/// A certificate authority in a file that goes with it.
class CaFile {
public:
  explicit CaFile(const std::string& pem)
      : m_path(std::filesystem::temp_directory_path() /
               ("regtrail-ca-" + std::to_string(getpid()) + ".pem")) {
    std::ofstream(m_path) << pem;
  }

  CaFile(const CaFile&) = delete;
  CaFile& operator=(const CaFile&) = delete;

  ~CaFile() { std::filesystem::remove(m_path); }

  [[nodiscard]] std::string path() const { return m_path.string(); }

private:
  std::filesystem::path m_path;
};

SmtpScript script(const TestCertificate& certificate, SmtpScript::Tls tls) {
  SmtpScript out;
  out.tls = tls;
  out.certificate_pem = certificate.pem();
  out.key_pem = certificate.key_pem();
  out.extensions = {"AUTH PLAIN"};
  return out;
}

SmtpOptions options(const SmtpTestServer& server, Security security) {
  SmtpOptions out;
  out.url = server.url();
  out.from = "regtrail@example.co.jp";
  out.user = "kato";
  out.password = "secret";
  out.security = security;
  out.timeout = std::chrono::seconds(5);
  return out;
}

bool logged_in(const SmtpTestServer& server) {
  for (const std::string& command : server.commands()) {
    if (command.rfind("AUTH", 0) == 0) {
      return true;
    }
  }
  return false;
}

struct Way {
  SmtpScript::Tls tls;
  Security security;
};

constexpr Way ways[] = {{SmtpScript::Tls::on_demand, Security::starttls},
                        {SmtpScript::Tls::at_once, Security::tls}};

} // namespace

TEST_CASE("mail goes over STARTTLS and over TLS when the authority is known", "[notify]") {
  const TestCertificate certificate("IP:127.0.0.1");
  const CaFile authority(certificate.pem());
  for (const Way& way : ways) {
    SmtpTestServer server(script(certificate, way.tls));
    SmtpOptions trusting = options(server, way.security);
    trusting.ca_file = authority.path();
    const Result<void> sent = make_smtp_mailer(trusting)->send("kato@example.co.jp", message);
    CAPTURE(sent.has_value() ? "" : sent.error().message);
    REQUIRE(sent.has_value());
    REQUIRE(server.deliveries().size() == 1);
    CHECK(server.deliveries()[0].message == message);
    CHECK(logged_in(server));
  }
}

TEST_CASE("an unknown certificate gets neither the password nor the message", "[notify]") {
  const TestCertificate certificate("IP:127.0.0.1");
  for (const Way& way : ways) {
    SmtpTestServer server(script(certificate, way.tls));
    const Result<void> sent =
        make_smtp_mailer(options(server, way.security))->send("kato@example.co.jp", message);
    REQUIRE(!sent.has_value());
    CHECK(sent.error().kind == ErrorKind::usage);
    CHECK(sent.error().message.find("ca_file") != std::string::npos);
    CHECK(server.deliveries().empty());
    CHECK(!logged_in(server));
  }
}

TEST_CASE("a certificate of another host is refused though its authority is known", "[notify]") {
  const TestCertificate certificate("DNS:mail.example.com");
  const CaFile authority(certificate.pem());
  SmtpTestServer server(script(certificate, SmtpScript::Tls::at_once));
  SmtpOptions trusting = options(server, Security::tls);
  trusting.ca_file = authority.path();
  const Result<void> sent = make_smtp_mailer(trusting)->send("kato@example.co.jp", message);
  REQUIRE(!sent.has_value());
  CHECK(sent.error().kind == ErrorKind::usage);
  CHECK(!logged_in(server));
}
