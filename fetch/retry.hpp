// Pacing and retries around another Transport.
#pragma once

#include "fetch/transport.hpp"

#include <memory>

namespace regtrail::fetch {

struct RetryPolicy {
  int attempts = 4;                              ///< in all
  std::chrono::milliseconds first_backoff{1000}; ///< doubled each time, with 25 % jitter
  std::chrono::milliseconds max_backoff{60'000};
  std::chrono::milliseconds max_retry_after{120'000}; ///< a longer Retry-After ends the attempts
  std::chrono::milliseconds pace{3000}; ///< between starts of requests to one host; 0 for mirrors
  /// Called after each attempt and each wait; true ends the attempts. May be empty.
  std::function<bool()> cancelled;
};

/// Retries `network` faults, `blocked` pages and statuses 429, 500, 502, 503, 504, honouring
/// Retry-After (seconds or HTTP date, against `date` header); never 400, 404, 406. The last
/// failure is returned with the number of attempts added.
/// `inner` and `waiter` must outlive the result. `seed` drives the jitter.
[[nodiscard]] std::unique_ptr<Transport>
make_polite_transport(Transport& inner, Waiter& waiter, RetryPolicy policy, std::uint64_t seed);

} // namespace regtrail::fetch
