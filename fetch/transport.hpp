// The interface to the network: one GET, answered by bytes or by an Error.
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

/// What a stored answer carried to ask whether it is still the answer (RFC 9110, section 13).
struct Validators {
  std::string url;           ///< Response::final_url of that answer; sent to this URL only
  std::string etag;          ///< as received; "" when there was none
  std::string last_modified; ///< as received; "" when there was none

  /// Whether a request for `address` carries them.
  [[nodiscard]] bool sent_to(std::string_view address) const {
    return address == url && !(etag.empty() && last_modified.empty());
  }
};

/// What status 404 is to who asks.
enum class NotFound { error, answer };

struct Request {
  std::string url; ///< absolute, percent-encoded
  Accept accept = Accept::any;
  Validators validators;
  NotFound not_found = NotFound::error;
  /// Of the Error for the statuses 400 and 422, by which a service refuses a question as it is put.
  ErrorKind refused = ErrorKind::http;
};

struct Response {
  int status = 0;        ///< 304: the answer that the validators were taken from still holds
  std::string body;      ///< decoded (content encoding removed)
  std::string final_url; ///< after redirects
  std::vector<std::pair<std::string, std::string>>
      headers;                  ///< names in lower case, of the last answer
  std::uint64_t wire_bytes = 0; ///< as transferred, before decoding

  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const; ///< "" if absent

  [[nodiscard]] bool not_modified() const { return status == 304; }
};

/// Answers GET requests: curl, a directory, a fake in a test. Not thread-safe.
class Transport {
public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// 2xx is an answer, and 304 where the request's validators were sent, and 404 where the request
  /// says so; else 404 is an Error of kind not_found whose message holds the server's own words. An
  /// HTML page where XML or JSON was asked is `blocked`; every other status `http`, but for
  /// Request::refused.
  virtual Result<Response> get(const Request& request) = 0;

  /// One exchange: an answer of any status is a Response; an Error only where there is no answer
  /// or a redirect was refused. For wrappers that look at statuses and headers (retries); judge()
  /// makes of it what get() promises. By default the same as get().
  virtual Result<Response> attempt(const Request& request) { return get(request); }
};

/// Turns an answer of any status into what Transport::get promises. An empty body where XML or
/// JSON was asked is `malformed`; HTML there is `blocked` with 2xx and 403, the two statuses that
/// block pages come with (a 404 or a 504 of a service may well be HTML).
[[nodiscard]] Result<Response> judge(Response answer, const Request& request);

/// HTML, by label or by its first bytes, where XML or JSON was asked, with status 2xx or 403.
[[nodiscard]] bool is_block_page(const Response& answer, const Request& request);

/// The clock of pacing and backoff.
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
