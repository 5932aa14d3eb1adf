// URLs, read by libcurl's own parser so that what is checked is what is connected to.
#pragma once

#include "model/error.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Curl_URL; // CURLU of <curl/urlapi.h>

namespace regtrail::fetch {

/// An absolute http: or https: URL without user name and password.
class Url {
public:
  /// Dot segments are kept as written. Anything else than such a URL is ErrorKind::usage, whose
  /// message shows of it what follows the last "@".
  static Result<Url> parse(std::string_view text);

  /// The target of a redirect from this URL to `location`, relative or absolute. A target that is
  /// no such URL is ErrorKind::blocked; the message says only why.
  [[nodiscard]] Result<Url> resolve(std::string_view location) const;

  [[nodiscard]] std::string text() const;   ///< without fragment
  [[nodiscard]] std::string scheme() const; ///< "http" or "https"
  [[nodiscard]] std::string host() const;   ///< lower case, IPv6 without brackets, without port
  [[nodiscard]] std::string path() const;   ///< begins with "/", still percent-encoded
  [[nodiscard]] std::string query() const;  ///< without "?", still percent-encoded

  /// The host is in 127.0.0.0/8, is ::1 or "localhost". libcurl turns other forms of IPv4 addresses
  /// ("0x7f.1") into dotted decimals first and never looks "localhost" up elsewhere.
  [[nodiscard]] bool is_loopback() const;

  /// Borrowed; lives as long as this Url.
  [[nodiscard]] Curl_URL* handle() const { return m_handle.get(); }

private:
  struct Release {
    void operator()(Curl_URL* handle) const;
  };

  using Handle = std::unique_ptr<Curl_URL, Release>;

  explicit Url(Handle handle) : m_handle(std::move(handle)) {}

  /// Makes `handle` refer to `text`, relative to what it refers to already; an Error says why not.
  static Result<Url> set(Handle handle, std::string_view text, unsigned flags, ErrorKind kind);

  [[nodiscard]] std::string get(int part) const;

  Handle m_handle;
};

/// Letters, digits and "-._~" stay, every other byte becomes %XX.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// %XX becomes a byte, "+" a blank; a "%" that begins no such triple stays.
[[nodiscard]] std::string percent_decode(std::string text);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// The decoded pairs of a query, in its order; a key without "=" has an empty value.
[[nodiscard]] QueryPairs query_pairs(std::string_view query);

/// "key=value" joined by "&", both sides percent-encoded.
[[nodiscard]] std::string to_query(const QueryPairs& pairs);

} // namespace regtrail::fetch
