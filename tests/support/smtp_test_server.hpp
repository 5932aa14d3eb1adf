// An SMTP server on loopback that answers by script and keeps what it was told.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::testing {

/// What the server says at each step of one connection. "" closes the connection instead, and
/// `silence` says nothing until the client leaves.
struct SmtpScript {
  static constexpr const char* silence = "(silence)";
  enum class Tls { none, on_demand, at_once }; ///< on_demand: STARTTLS

  Tls tls = Tls::none;
  std::string certificate_pem;
  std::string key_pem;
  std::vector<std::string> extensions; ///< of EHLO: "AUTH PLAIN"
  std::string greeting = "220 test";
  std::string to_auth = "235 welcome";
  std::string to_mail = "250 ok";
  std::string to_rcpt = "250 ok";
  std::string to_data = "354 go on";
  bool closes_within_message = false;
  std::string to_message = "250 queued";
  std::string to_quit = "221 bye";
  std::function<void()> on_quit; ///< called in the server's thread before it answers; may be empty
};

struct SmtpDelivery {
  std::string from;
  std::string to;
  std::string message; ///< dots unstuffed, CRLF line ends
};

/// Serves one connection at a time until destroyed.
class SmtpTestServer {
public:
  explicit SmtpTestServer(SmtpScript script = {})
      : SmtpTestServer(std::vector{std::move(script)}) {}

  explicit SmtpTestServer(std::vector<SmtpScript> scripts);
  ~SmtpTestServer();
  SmtpTestServer(const SmtpTestServer&) = delete;
  SmtpTestServer& operator=(const SmtpTestServer&) = delete;

  [[nodiscard]] std::string url() const; ///< "smtp://127.0.0.1:PORT"
  /// One for each of the connections to come; the last stays.
  void set_scripts(std::vector<SmtpScript> scripts);
  [[nodiscard]] std::vector<SmtpDelivery> deliveries() const; ///< also those refused at the end
  [[nodiscard]] std::vector<std::string> commands() const;

private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace regtrail::testing
