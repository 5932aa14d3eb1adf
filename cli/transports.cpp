#include "cli/transports.hpp"

#include "cli/version.hpp"
#include "fetch/curl_transport.hpp"
#include "fetch/mirror.hpp"
#include "fetch/retry.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace regtrail::cli {

std::string host_of(const std::string& url) {
  std::string_view rest = url;
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return "";
  }
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    rest.remove_prefix(at + 1);
  }
  if (rest.starts_with('[')) {
    return std::string(rest.substr(0, rest.find(']') + 1));
  }
  return std::string(rest.substr(0, rest.find(':')));
}

Result<Transports>
make_transports(Host& host, const Config& config, const std::string& mirror, Timestamp now) {
  Transports transports;
  const bool is_url = mirror.starts_with("http://") || mirror.starts_with("https://");
  if (!mirror.empty() && !is_url) {
    std::error_code error;
    if (!std::filesystem::is_directory(mirror, error)) {
      return fail(ErrorKind::not_found,
                  fmt::format("--mirror: '{}' is neither a folder nor an http(s) URL", mirror));
    }
    transports.add(fetch::make_mirror_directory_transport(mirror));
    return transports;
  }
  fetch::CurlOptions options;
  options.user_agent = fmt::format("regtrail/{}", version());
  if (!config.http.contact.empty()) {
    options.user_agent += fmt::format(" (+{})", config.http.contact);
  }
  options.proxy = config.http.proxy;
  options.ca_bundle = config.http.ca_bundle;
  options.cancelled = [&host] { return host.interrupted(); };
  fetch::RetryPolicy policy;
  if (is_url) {
    const std::string name = host_of(mirror);
    if (name.empty()) {
      return fail(ErrorKind::usage, fmt::format("--mirror: '{}' names no host", mirror));
    }
    options.allowed_hosts = {name};
    if (mirror.starts_with("http://")) {
      options.plain_http_host = name;
    }
    policy.pace = std::chrono::milliseconds(0);
  } else {
    options.allowed_hosts = fetch::official_hosts();
  }
  transports.add(fetch::make_curl_transport(std::move(options)));
  if (is_url) {
    const std::string base = mirror.substr(0, mirror.find_last_not_of('/') + 1);
    transports.add(fetch::make_mirror_url_transport(base, transports.top()));
  }
  const auto seed = static_cast<std::uint64_t>(now.time_since_epoch().count());
  transports.add(fetch::make_polite_transport(transports.top(), host.waiter(), policy, seed));
  return transports;
}

} // namespace regtrail::cli
