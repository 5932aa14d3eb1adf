// The seam between us and the network: one GET, answered by bytes or by an Error.
#pragma once

#include "model/error.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::fetch {

enum class Accept { any, json, xml };

/// What a server gave us to ask "changed since?"; empty strings where unknown.
struct Validators {
  std::string etag;
  std::string last_modified;
};

struct Request {
  std::string url; ///< absolute, percent-encoded
  Accept accept = Accept::any;
  Validators validators;
};

struct Response {
  int status = 0;        ///< 200, or 304 with an empty body when the validators still hold
  std::string body;      ///< decoded (content encoding removed)
  std::string final_url; ///< after redirects
  std::vector<std::pair<std::string, std::string>>
      headers;                  ///< names in lower case, of the last answer
  std::uint64_t wire_bytes = 0; ///< as transferred, before decoding

  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const; ///< "" if absent

  [[nodiscard]] bool not_modified() const { return status == 304; }
};

/// Everything that answers GETs: curl, a directory, a fake in a test. Not thread-safe.
class Transport {
public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// 2xx and 304 are answers. 404 is an Error of kind not_found whose message holds the server's
  /// own words; an HTML page where XML or JSON was asked is `blocked`; every other status `http`.
  virtual Result<Response> get(const Request& request) = 0;

  /// One exchange, judged by nobody: an answer of any status is a Response; an Error only where
  /// there is no answer or a redirect was refused. For wrappers that look at statuses and headers
  /// (retries); judge() makes of it what get() promises. By default the same as get().
  virtual Result<Response> attempt(const Request& request) { return get(request); }
};

/// Turns an answer of any status into what Transport::get promises. An empty body where XML or
/// JSON was asked is `malformed`; HTML there is `blocked` with 2xx and 403, the two statuses that
/// block pages come with (a 404 or a 504 of a service may well be HTML).
[[nodiscard]] Result<Response> judge(Response answer, const Request& request);

/// HTML, by label or by its first bytes, where XML or JSON was asked, with status 2xx or 403.
[[nodiscard]] bool is_block_page(const Response& answer, const Request& request);

/// The only clock of this room: pacing and backoff need to wait and to measure waiting.
class Waiter {
public:
  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  virtual std::chrono::steady_clock::time_point now() = 0;
  /// May return early when the process is asked to stop.
  virtual void wait(std::chrono::milliseconds duration) = 0;
};

} // namespace regtrail::fetch
