#include "fetch/url.hpp"

#include "model/characters.hpp"
#include "model/text.hpp"
#include "model/web_address.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <new>

namespace regtrail::fetch {

namespace {

struct CurlFree {
  void operator()(char* text) const { curl_free(text); }
};

using CurlString = std::unique_ptr<char, CurlFree>;

/// Owns what libcurl allocated; std::bad_alloc when it could not.
CurlString owned(char* text) {
  if (text == nullptr) {
    throw std::bad_alloc();
  }
  return CurlString(text);
}

} // namespace

void Url::Release::operator()(Curl_URL* handle) const {
  curl_url_cleanup(handle);
}

Result<Url> Url::set(Handle handle, std::string_view text, unsigned flags, ErrorKind kind) {
  if (!handle) {
    throw std::bad_alloc();
  }
  CURLUcode code = CURLUE_MALFORMED_INPUT;
  if (text.find('\0') == std::string_view::npos) {
    code = curl_url_set(
        handle.get(), CURLUPART_URL, std::string(text).c_str(), flags | CURLU_DISALLOW_USER);
  }
  if (code == CURLUE_USER_NOT_ALLOWED) {
    return fail(kind, "user names and passwords in URLs are refused");
  }
  if (code != CURLUE_OK && code != CURLUE_UNSUPPORTED_SCHEME) {
    return fail(kind, curl_url_strerror(code));
  }
  Url url(std::move(handle));
  const std::string scheme = url.scheme();
  if (code == CURLUE_UNSUPPORTED_SCHEME || (scheme != "https" && scheme != "http")) {
    return fail(kind, "only https: and http: are spoken");
  }
  return url;
}

Result<Url> Url::parse(std::string_view text) {
  auto url = set(Handle(curl_url()), text, CURLU_PATH_AS_IS, ErrorKind::usage);
  if (!url) {
    // A password may hold what ends an authority.
    const std::size_t at = text.rfind('@');
    const std::string shown =
        at == std::string_view::npos ? std::string(text) : "..." + std::string(text.substr(at));
    return fail_while(fmt::format("cannot use URL '{}'", printable(shown)), std::move(url.error()));
  }
  return url;
}

Result<Url> Url::resolve(std::string_view location) const {
  return set(Handle(curl_url_dup(m_handle.get())), location, CURLU_URLENCODE, ErrorKind::blocked);
}

std::string Url::get(int part) const {
  char* raw = nullptr;
  if (curl_url_get(m_handle.get(), static_cast<CURLUPart>(part), &raw, 0) != CURLUE_OK) {
    return {};
  }
  return owned(raw).get();
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
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  return lowered(host);
}

std::string Url::path() const {
  return get(CURLUPART_PATH);
}

std::string Url::query() const {
  return get(CURLUPART_QUERY);
}

bool Url::is_loopback() const {
  return is_loopback_host(host());
}

std::string percent_encode(std::string_view text) {
  if (text.empty()) {
    return {}; // libcurl takes length 0 for "up to the NUL"
  }
  return owned(curl_easy_escape(nullptr, text.data(), static_cast<int>(text.size()))).get();
}

std::string percent_decode(std::string text) {
  std::replace(text.begin(), text.end(), '+', ' ');
  int length = 0;
  const CurlString decoded =
      owned(curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &length));
  return {decoded.get(), static_cast<std::size_t>(length)};
}

QueryPairs query_pairs(std::string_view query) {
  QueryPairs pairs;
  while (!query.empty()) {
    const std::string_view item = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), item.size() + 1));
    if (item.empty()) {
      continue;
    }
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
    if (!out.empty()) {
      out += '&';
    }
    out += percent_encode(key) + '=' + percent_encode(value);
  }
  return out;
}

} // namespace regtrail::fetch
