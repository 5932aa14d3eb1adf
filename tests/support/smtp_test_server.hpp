// An SMTP server on loopback that answers by script and keeps what it was told.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace regtrail::testing {

struct SmtpScript {
  enum class Tls { none, on_demand, at_once }; ///< on_demand: STARTTLS

  Tls tls = Tls::none;
  std::string certificate_pem;
  std::string key_pem;
  std::vector<std::string> extensions; ///< of EHLO: "AUTH PLAIN"
  std::string to_auth = "235 welcome";
  std::string to_mail = "250 ok";
  std::string to_rcpt = "250 ok";
  std::string to_data = "354 go on";
  std::string to_message = "250 queued"; ///< "" = close the connection without an answer
};

struct SmtpDelivery {
  std::string from;
  std::string to;
  std::string message; ///< dots unstuffed, CRLF line ends
};

/// Serves one connection at a time until destroyed.
class SmtpTestServer {
public:
  explicit SmtpTestServer(SmtpScript script = {});
  ~SmtpTestServer();
  SmtpTestServer(const SmtpTestServer&) = delete;
  SmtpTestServer& operator=(const SmtpTestServer&) = delete;

  [[nodiscard]] std::string url() const;                      ///< "smtp://127.0.0.1:PORT"
  void set_script(SmtpScript script);                         ///< for the connections to come
  [[nodiscard]] std::vector<SmtpDelivery> deliveries() const; ///< also those refused at the end
  [[nodiscard]] std::vector<std::string> commands() const;

private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace regtrail::testing
