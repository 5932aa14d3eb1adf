// A scripted transport and a clock that moves only when somebody waits.
#pragma once

#include "fetch/transport.hpp"

#include <deque>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace regtrail::testing {

/// Answers attempts with the outcomes given, in their order.
class ScriptedTransport final : public fetch::Transport {
public:
  std::deque<Result<fetch::Response>> outcomes;
  std::vector<fetch::Request> requests;
  fetch::Validators sends; ///< where a request brings none, as a wrapper might

  Result<fetch::Response> attempt(const fetch::Request& request) override {
    requests.push_back(request);
    if (outcomes.empty()) {
      throw std::logic_error("asked more often than scripted: " + request.url);
    }
    auto outcome = std::move(outcomes.front());
    outcomes.pop_front();
    return outcome;
  }

  Result<fetch::Response> get(const fetch::Request& request) override {
    auto answer = attempt(request);
    fetch::Request sent = request;
    if (sent.validators.url.empty()) {
      sent.validators = sends;
    }
    return answer ? fetch::judge(std::move(*answer), sent) : answer;
  }
};

class FakeWaiter final : public fetch::Waiter {
public:
  std::vector<std::chrono::milliseconds> waits;

  std::chrono::steady_clock::time_point now() override { return m_now; }

  void wait(std::chrono::milliseconds duration) override {
    waits.push_back(duration);
    m_now += duration;
  }

  void pass(std::chrono::milliseconds duration) { m_now += duration; }

private:
  std::chrono::steady_clock::time_point m_now{};
};

inline fetch::Response answer_with(int status,
                                   std::string body,
                                   std::vector<std::pair<std::string, std::string>> headers = {}) {
  fetch::Response answer;
  answer.status = status;
  answer.body = std::move(body);
  answer.headers = std::move(headers);
  return answer;
}

} // namespace regtrail::testing
