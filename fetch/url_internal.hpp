// URLs of this room, read by libcurl's own parser so that what is checked is what is connected to.
#pragma once

#include "model/error.hpp"

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::fetch {

class Url {
public:
  /// Absolute http: or https: URLs only; dot segments are kept as written.
  static Result<Url> parse(std::string_view text);

  /// `location` as a redirect of this URL means it, relative or absolute.
  [[nodiscard]] Result<Url> resolve(std::string_view location) const;

  [[nodiscard]] std::string text() const;   ///< without fragment
  [[nodiscard]] std::string scheme() const; ///< "http" or "https"
  [[nodiscard]] std::string host() const;   ///< lower case, IPv6 without brackets, without port
  [[nodiscard]] std::string path() const;   ///< begins with "/", still percent-encoded
  [[nodiscard]] std::string query() const;  ///< without "?", still percent-encoded
  [[nodiscard]] bool has_userinfo() const;

  /// Borrowed; lives as long as this Url.
  [[nodiscard]] CURLU* handle() const { return m_handle.get(); }

private:
  struct Release {
    void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
  };

  explicit Url(std::unique_ptr<CURLU, Release> handle) : m_handle(std::move(handle)) {}

  [[nodiscard]] std::string get(CURLUPart part) const;

  std::unique_ptr<CURLU, Release> m_handle;
};

/// 127.0.0.0/8, ::1 and "localhost" (which libcurl never looks up elsewhere).
[[nodiscard]] bool is_loopback(const std::string& host);

/// Unreserved characters (letters, digits, "-", ".", "_", "~") and those `kept` stay, every other
/// byte becomes %XX.
[[nodiscard]] std::string percent_encode(std::string_view text, std::string_view kept = {});

/// %XX becomes a byte, "+" a blank; a "%" that begins no such triple stays.
[[nodiscard]] std::string percent_decode(std::string text);

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// The decoded pairs of a query, in its order; a key without "=" has an empty value.
[[nodiscard]] QueryPairs query_pairs(std::string_view query);

/// "key=value" joined by "&", both sides percent-encoded.
[[nodiscard]] std::string to_query(const QueryPairs& pairs);

} // namespace regtrail::fetch
