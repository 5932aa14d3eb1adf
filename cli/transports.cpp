#include "cli/transports.hpp"

#include "cli/version.hpp"
#include "fetch/curl_transport.hpp"
#include "fetch/mirror.hpp"
#include "fetch/retry.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

namespace regtrail::cli {

namespace {

/// `options` and `policy` have what differs from source to source.
Result<Transports> make_chain(Host& host,
                              const Config& config,
                              const std::string& mirror,
                              Timestamp now,
                              fetch::Recording* recording,
                              fetch::CurlOptions options,
                              fetch::RetryPolicy policy) {
  Transports transports;
  const auto record = [&] {
    if (recording != nullptr) {
      transports.add(fetch::make_recording_transport(*recording, transports.top()));
    }
  };
  const bool is_url = mirror.find("://") != std::string::npos;
  if (!mirror.empty() && !is_url) {
    std::error_code error;
    if (!std::filesystem::is_directory(mirror, error)) {
      return fail(ErrorKind::not_found,
                  fmt::format("--mirror: '{}' is neither a folder nor an http(s) URL", mirror));
    }
    transports.add(fetch::make_mirror_directory_transport(mirror, options.max_body_bytes));
    record();
    return transports;
  }
  options.user_agent = fmt::format("regtrail/{}", version());
  if (!config.http.contact.empty()) {
    options.user_agent += fmt::format(" (+{})", config.http.contact);
  }
  options.proxy = config.http.proxy;
  options.ca_bundle = config.http.ca_bundle;
  options.cancelled = [&host] { return host.interrupted(); };
  if (!is_url) {
    transports.add(fetch::make_curl_transport(std::move(options)));
  } else {
    const auto base = fetch::Url::parse(mirror);
    if (!base) {
      return fail_while("--mirror", base.error());
    }
    options.allowed_hosts = {base->host()};
    options.plain_http = base->scheme() == "http";
    policy.pace = std::chrono::milliseconds(0);
    transports.add(fetch::make_curl_transport(std::move(options)));
    transports.add(fetch::make_mirror_url_transport(*base, transports.top()));
  }
  record(); // below the retries, with the URLs of the services
  const auto seed = static_cast<std::uint64_t>(now.time_since_epoch().count());
  transports.add(fetch::make_polite_transport(transports.top(), host.waiter(), policy, seed));
  return transports;
}

} // namespace

Result<Transports> make_transports(Host& host,
                                   const Config& config,
                                   const std::string& mirror,
                                   Timestamp now,
                                   fetch::Recording* recording) {
  fetch::CurlOptions options;
  options.allowed_hosts = fetch::official_hosts();
  return make_chain(host, config, mirror, now, recording, std::move(options), {});
}

Result<Transports> make_page_transports(Host& host,
                                        const Config& config,
                                        const std::string& mirror,
                                        Timestamp now,
                                        fetch::Recording* recording) {
  fetch::CurlOptions options;
  options.allowed_hosts = config.pages.hosts;
  options.max_body_bytes = std::uint64_t{64} << 20U;
  fetch::RetryPolicy policy;
  policy.attempts = 2; // the next day asks again
  return make_chain(host, config, mirror, now, recording, std::move(options), std::move(policy));
}

} // namespace regtrail::cli
