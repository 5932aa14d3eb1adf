// Transport over libcurl: TLS verified, hosts allow-listed also on redirects, limits of our own.
#pragma once

#include "fetch/transport.hpp"

#include <memory>

namespace regtrail::fetch {

struct CurlOptions {
  std::string user_agent; ///< "regtrail/0.1.0 (+contact)"
  /// "" = those of the environment: https_proxy, http_proxy, all_proxy, and no_proxy, which is
  /// looked at only then.
  std::string proxy;
  std::string ca_bundle; ///< PEM file; "" = the system's
  /// Hosts that may be asked and redirected to, without port and brackets, in any letter case;
  /// loopback must be among them too. A redirect never leads from https: to http:.
  std::vector<std::string> allowed_hosts;
  bool plain_http = false;                      ///< http: also to hosts beyond loopback
  std::uint64_t max_body_bytes = 256ULL << 20U; ///< decoded
  std::chrono::seconds total_timeout{600};
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds stall_timeout{60}; ///< less than 1 byte/s for this long ends the transfer
  int max_redirects = 5;
  /// Called with bytes received so far and expected (0 = unknown); may be empty.
  std::function<void(std::uint64_t received, std::uint64_t expected)> progress;
  /// Called during a transfer; true ends it as a network error "interrupted". May be empty.
  std::function<bool()> cancelled;
};

/// www.ecfr.gov, www.federalregister.gov and www.govinfo.gov (docs/sources.md, Limits and manners).
[[nodiscard]] std::vector<std::string> official_hosts();

/// One attempt per get(), redirects included; a redirect to a host that is not allowed is `blocked`
/// (the services redirect suspected robots to another host), a first URL that is not, `usage`.
/// Validators are sent to their own URL only, also along redirects. Loopback is never asked through
/// a proxy. Connections are kept and reused. libcurl averages speed over five seconds, so a stall
/// is noticed up to that much later. It does not notice compressed data that stop early within a
/// complete transfer: what reads the body must (XML and JSON do).
/// curl_global_init must have been called.
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(CurlOptions options);

} // namespace regtrail::fetch
