// What the tests of CurlTransport share: libcurl made ready once, options for a loopback server.
#pragma once

#include "fetch/curl_transport.hpp"
#include "tests/support/http_test_server.hpp"

#include <curl/curl.h>

#include <string>

namespace regtrail::testing {

inline fetch::CurlOptions loopback_options() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(ready);
  fetch::CurlOptions options;
  options.user_agent = "regtrail-test/1 (+https://example.org/contact)";
  options.allowed_hosts = {"127.0.0.1"};
  return options;
}

inline fetch::Request json(std::string url) {
  return {std::move(url), fetch::Accept::json, {}};
}

inline fetch::Request xml(std::string url) {
  return {std::move(url), fetch::Accept::xml, {}};
}

/// A server with one answer for everything.
inline HttpTestServer::Handler always(Answer answer) {
  return [answer](const ServedRequest&) { return answer; };
}

} // namespace regtrail::testing
