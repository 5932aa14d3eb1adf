#include "fetch/retry.hpp"

#include "fetch/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <random>

namespace regtrail::fetch {

namespace {

using std::chrono::milliseconds;

bool is_transient(const Result<Response>& outcome, const Request& request) {
  if (!outcome) {
    return outcome.error().kind == ErrorKind::network || outcome.error().kind == ErrorKind::blocked;
  }
  switch (outcome->status) {
  case 429:
  case 500:
  case 502:
  case 503:
  case 504:
    return true;
  default:
    return is_block_page(*outcome, request);
  }
}

/// By libcurl's parser of HTTP dates, which depends on neither clock nor locale.
std::optional<std::chrono::seconds> http_date(std::string_view text) {
  const std::time_t instant = curl_getdate(std::string(text).c_str(), nullptr);
  if (instant == -1) {
    return std::nullopt;
  }
  return std::chrono::seconds(instant);
}

/// Retry-After; nullopt when it is absent, cannot be read, or is a date in an answer without Date.
/// A span too long to count is the longest one.
std::optional<milliseconds> retry_after(const Response& answer) {
  const std::string_view value = answer.header("retry-after");
  if (value.empty()) {
    return std::nullopt;
  }
  if (value.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int32_t seconds = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
    return read.ec == std::errc() ? milliseconds(std::chrono::seconds(seconds))
                                  : milliseconds::max();
  }
  const auto until = http_date(value);
  const auto now = http_date(answer.header("date"));
  if (!until || !now) {
    return std::nullopt;
  }
  return std::max(milliseconds(0), milliseconds(*until - *now));
}

class PoliteTransport final : public Transport {
public:
  PoliteTransport(Transport& inner, Waiter& waiter, RetryPolicy policy, std::uint64_t seed)
      : m_inner(inner),
        m_waiter(waiter),
        m_policy(std::move(policy)),
        m_random(seed) {}

  Result<Response> get(const Request& request) override {
    Outcome outcome = run(request);
    auto answer =
        outcome.answer ? judge(std::move(*outcome.answer), request) : std::move(outcome.answer);
    if (!answer && outcome.attempts > 1) {
      answer.error().message += fmt::format("; gave up after {} attempts", outcome.attempts);
    }
    return answer;
  }

  Result<Response> attempt(const Request& request) override { return run(request).answer; }

private:
  struct Outcome {
    Result<Response> answer;
    int attempts;
  };

  /// Attempts until the outcome is not transient or the policy ends them.
  Outcome run(const Request& request);
  void keep_pace(const std::string& host);
  milliseconds backoff(int attempts);

  /// nullopt: the server demands a longer wait than the policy allows.
  std::optional<milliseconds> wait_before_next(const Result<Response>& outcome, int attempts);

  [[nodiscard]] bool cancelled() const { return m_policy.cancelled && m_policy.cancelled(); }

  Transport& m_inner;
  Waiter& m_waiter;
  RetryPolicy m_policy;
  std::mt19937_64 m_random;
  std::map<std::string, std::chrono::steady_clock::time_point> m_last_start;
};

PoliteTransport::Outcome PoliteTransport::run(const Request& request) {
  const auto url = Url::parse(request.url);
  const std::string host = url ? url->host() : std::string();
  for (int attempts = 1;; ++attempts) {
    keep_pace(host);
    auto answer = m_inner.attempt(request);
    if (!is_transient(answer, request) || attempts >= m_policy.attempts || cancelled()) {
      return {std::move(answer), attempts};
    }
    const auto span = wait_before_next(answer, attempts);
    if (!span) {
      return {std::move(answer), attempts};
    }
    m_waiter.wait(*span);
    if (cancelled()) {
      return {std::move(answer), attempts};
    }
  }
}

void PoliteTransport::keep_pace(const std::string& host) {
  if (m_policy.pace <= milliseconds(0)) {
    return;
  }
  auto now = m_waiter.now();
  if (const auto last = m_last_start.find(host); last != m_last_start.end()) {
    const auto next = last->second + m_policy.pace;
    if (now < next) {
      m_waiter.wait(std::chrono::ceil<milliseconds>(next - now));
      now = m_waiter.now();
    }
  }
  m_last_start[host] = now;
}

milliseconds PoliteTransport::backoff(int attempts) {
  milliseconds span = std::min(m_policy.first_backoff, m_policy.max_backoff);
  for (int i = 1; i < attempts && span < m_policy.max_backoff; ++i) {
    span = span > m_policy.max_backoff / 2 ? m_policy.max_backoff : span * 2;
  }
  // not uniform_int_distribution: its values differ between libraries
  const auto quarter = static_cast<std::uint64_t>(std::max<milliseconds::rep>(span.count() / 4, 0));
  const auto jitter = static_cast<milliseconds::rep>(m_random() % (2 * quarter + 1)) -
                      static_cast<milliseconds::rep>(quarter);
  return std::min(span + milliseconds(jitter), m_policy.max_backoff);
}

std::optional<milliseconds> PoliteTransport::wait_before_next(const Result<Response>& outcome,
                                                              int attempts) {
  const auto demanded = outcome ? retry_after(*outcome) : std::nullopt;
  if (!demanded) {
    return backoff(attempts);
  }
  return *demanded > m_policy.max_retry_after ? std::nullopt : demanded;
}

} // namespace

std::unique_ptr<Transport>
make_polite_transport(Transport& inner, Waiter& waiter, RetryPolicy policy, std::uint64_t seed) {
  return std::make_unique<PoliteTransport>(inner, waiter, std::move(policy), seed);
}

} // namespace regtrail::fetch
