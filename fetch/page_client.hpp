// Pages of the web that are watched: an address in, bytes out (docs/sources.md, Pages).
#pragma once

#include "fetch/robots.hpp"
#include "fetch/transport.hpp"
#include "fetch/url.hpp"

#include <map>
#include <string>

namespace regtrail::fetch {

/// The name under which a robots.txt may speak of us.
inline constexpr const char* robots_token = "regtrail";

/// Asks one after another. `transport` must outlive the client; hosts, redirects, pace and limits
/// are its own.
class PageClient {
public:
  explicit PageClient(Transport& transport) : m_transport(transport) {}

  /// An answer of any status. The robots.txt of the host is asked for once in the client's life:
  /// what it forbids, and a host whose robots.txt could not be had (other than with a status 4xx,
  /// which forbids nothing), is not asked: `blocked`.
  Result<Response> page(const std::string& address, const Validators& validators);

private:
  /// Why nothing may be asked of the host is an Error.
  const Result<RobotsRules>& rules_of(const Url& robots);

  Transport& m_transport;
  std::map<std::string, Result<RobotsRules>> m_rules; ///< by address of the robots.txt
};

/// True when an answer for `address` came from another host, or from the front page where another
/// was asked for. A mirror answers from its own host, below the name of the one asked for.
[[nodiscard]] bool is_moved(const std::string& address, const std::string& final_url);

} // namespace regtrail::fetch
