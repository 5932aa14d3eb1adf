// Transport over libcurl: TLS verified, hosts allow-listed also on redirects, limits of our own.
#pragma once

#include "fetch/transport.hpp"

#include <memory>

namespace regtrail::fetch {

struct CurlOptions {
  std::string user_agent; ///< "regtrail/0.1.0 (+contact)"
  std::string proxy;      ///< "" = environment's
  std::string ca_bundle;  ///< PEM file; "" = the system's
  /// Hosts that may be asked and redirected to, compared exactly and without port (also loopback
  /// must be among them). Plain http: is refused except to loopback or to `plain_http_host`, which
  /// need not be listed (given by --mirror). A redirect never leads from https: to http:.
  std::vector<std::string> allowed_hosts;
  std::string plain_http_host;
  std::uint64_t max_body_bytes = 256ULL << 20U; ///< decoded
  std::chrono::seconds total_timeout{600};
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds stall_timeout{60}; ///< less than 1 byte/s for so long breaks off
  int max_redirects = 5;
  /// Called with bytes received so far and expected (0 = unknown); may be empty.
  std::function<void(std::uint64_t received, std::uint64_t expected)> progress;
  /// Asked during a transfer; true breaks it off as a network error "interrupted". May be empty.
  std::function<bool()> cancelled;
};

/// The three hosts of sources.md: www.ecfr.gov, www.federalregister.gov, www.govinfo.gov.
[[nodiscard]] std::vector<std::string> official_hosts();

/// One attempt per get(), redirects included; a redirect to a host that is not allowed is `blocked`
/// (the services send whom they suspect to another host), a first URL that is not, `usage`.
/// Loopback is never asked through a proxy. Connections are kept and reused. libcurl averages speed
/// over five seconds, so a stall is noticed up to that much later. It does not notice compressed
/// data that stop early within a complete transfer: what reads the body must (XML and JSON do).
/// curl_global_init must have been called.
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(CurlOptions options);

} // namespace regtrail::fetch
