#include "fetch/ascii_internal.hpp"
#include "fetch/url_internal.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <new>

namespace regtrail::fetch {

namespace {

struct CurlFree {
  void operator()(char* text) const { curl_free(text); }
};

using CurlString = std::unique_ptr<char, CurlFree>;

} // namespace

Result<Url> Url::parse(std::string_view text) {
  std::unique_ptr<CURLU, Release> handle(curl_url());
  if (!handle)
    throw std::bad_alloc();
  const bool has_nul = text.find('\0') != std::string_view::npos;
  const CURLUcode code =
      has_nul
          ? CURLUE_MALFORMED_INPUT
          : curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_PATH_AS_IS);
  Url url(std::move(handle));
  if (code != CURLUE_OK)
    return fail(ErrorKind::usage,
                fmt::format("cannot use URL '{}': {}", printable(text), curl_url_strerror(code)));
  if (const std::string scheme = url.scheme(); scheme != "https" && scheme != "http")
    return fail(
        ErrorKind::usage,
        fmt::format("cannot use URL '{}': only https: and http: are spoken", printable(text)));
  return url;
}

Result<Url> Url::resolve(std::string_view location) const {
  std::unique_ptr<CURLU, Release> handle(curl_url_dup(m_handle.get()));
  if (!handle)
    throw std::bad_alloc();
  const CURLUcode code =
      curl_url_set(handle.get(), CURLUPART_URL, std::string(location).c_str(), CURLU_URLENCODE);
  if (code != CURLUE_OK)
    return fail(ErrorKind::http,
                fmt::format("cannot follow redirect of '{}' to '{}': {}",
                            text(),
                            printable(location),
                            curl_url_strerror(code)));
  return Url(std::move(handle));
}

std::string Url::get(CURLUPart part) const {
  char* raw = nullptr;
  if (curl_url_get(m_handle.get(), part, &raw, 0) != CURLUE_OK)
    return {};
  const CurlString owned(raw);
  return owned.get();
}

std::string Url::text() const {
  std::string whole = get(CURLUPART_URL);
  whole.resize(std::min(whole.size(), whole.find('#')));
  return whole;
}

std::string Url::scheme() const {
  return get(CURLUPART_SCHEME);
}

std::string Url::host() const {
  std::string host = get(CURLUPART_HOST);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  return ascii_lower(std::move(host));
}

std::string Url::path() const {
  return get(CURLUPART_PATH);
}

std::string Url::query() const {
  return get(CURLUPART_QUERY);
}

bool Url::has_userinfo() const {
  return !get(CURLUPART_USER).empty() || !get(CURLUPART_PASSWORD).empty();
}

bool is_loopback(const std::string& host) {
  if (host == "localhost")
    return true;
  in_addr v4{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1)
    return (ntohl(v4.s_addr) >> 24U) == 127;
  in6_addr v6{};
  return inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

std::string percent_encode(std::string_view text, std::string_view kept) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view unreserved =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (unreserved.find(c) != std::string_view::npos || kept.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += hex[byte >> 4U];
    out += hex[byte & 0xFU];
  }
  return out;
}

std::string percent_decode(std::string text) {
  std::replace(text.begin(), text.end(), '+', ' ');
  int length = 0;
  const CurlString decoded(
      curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &length));
  if (!decoded)
    throw std::bad_alloc();
  return {decoded.get(), static_cast<std::size_t>(length)};
}

QueryPairs query_pairs(std::string_view query) {
  QueryPairs pairs;
  while (!query.empty()) {
    const std::string_view item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), item.size() + 1));
    if (item.empty())
      continue;
    const std::size_t equals = std::min(item.size(), item.find('='));
    const std::string_view value = item.substr(std::min(item.size(), equals + 1));
    pairs.emplace_back(percent_decode(std::string(item.substr(0, equals))),
                       percent_decode(std::string(value)));
  }
  return pairs;
}

std::string to_query(const QueryPairs& pairs) {
  std::string out;
  for (const auto& [key, value] : pairs) {
    if (!out.empty())
      out += '&';
    out += percent_encode(key) + '=' + percent_encode(value);
  }
  return out;
}

} // namespace regtrail::fetch
