// An HTTP server on loopback that answers by script and remembers what it was asked.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::testing {

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

struct ServedRequest {
  std::string target; ///< path and query, or a whole URL when asked as a proxy
  HeaderFields headers;
  int client_port = 0; ///< equal for requests over one connection

  [[nodiscard]] std::string header(std::string_view name) const; ///< any case; "" if absent
};

struct Answer {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  HeaderFields headers;

  enum class After { close, stall };

  /// Sends only so many bytes of the body that it announces, then closes or falls silent.
  std::optional<std::size_t> only_bytes;
  After after = After::close;
};

/// A throw-away certificate with its key, good for one name.
class TestCertificate {
public:
  /// `name` as in subjectAltName: "IP:127.0.0.1" or "DNS:localhost".
  explicit TestCertificate(const std::string& name);
  ~TestCertificate();
  TestCertificate(const TestCertificate&) = delete;
  TestCertificate& operator=(const TestCertificate&) = delete;

  [[nodiscard]] std::string pem() const; ///< it is its own authority
  [[nodiscard]] std::string key_pem() const;

private:
  friend class HttpTestServer;
  struct State;
  std::unique_ptr<State> m_state;
};

/// Runs until destroyed. `handler` is called from threads of the server.
class HttpTestServer {
public:
  using Handler = std::function<Answer(const ServedRequest&)>;

  explicit HttpTestServer(Handler handler);
  HttpTestServer(Handler handler, const TestCertificate& certificate); ///< https:
  ~HttpTestServer();
  HttpTestServer(const HttpTestServer&) = delete;
  HttpTestServer& operator=(const HttpTestServer&) = delete;

  [[nodiscard]] std::string
  url(std::string_view target) const; ///< "http://127.0.0.1:PORT" + target
  [[nodiscard]] int port() const;
  [[nodiscard]] std::vector<ServedRequest> requests() const; ///< so far

private:
  struct State;
  std::unique_ptr<State> m_state;
};

} // namespace regtrail::testing
