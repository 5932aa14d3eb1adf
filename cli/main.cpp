// The real process round the command line: clock, waiting, signals, libcurl's global state.
#include "cli/app.hpp"

#include <curl/curl.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <unistd.h>

namespace {

using regtrail::Timestamp;

volatile std::sig_atomic_t interrupt_flag = 0;

void on_signal(int /*signal*/) {
  interrupt_flag = 1;
}

class RealWaiter final : public regtrail::fetch::Waiter {
public:
  std::chrono::steady_clock::time_point now() override { return std::chrono::steady_clock::now(); }

  /// A signal cuts the waiting short.
  void wait(std::chrono::milliseconds duration) override {
    const auto until = now() + duration;
    for (auto left = duration; left.count() > 0 && interrupt_flag == 0;
         left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now())) {
      timespec time{};
      time.tv_sec = static_cast<std::time_t>(left.count() / 1000);
      time.tv_nsec = static_cast<long>(left.count() % 1000) * 1'000'000;
      ::nanosleep(&time, nullptr);
    }
  }
};

class RealHost final : public regtrail::cli::Host {
public:
  ~RealHost() override {
    if (m_network) {
      curl_global_cleanup();
    }
  }

  Timestamp now() override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }

  regtrail::fetch::Waiter& waiter() override { return m_waiter; }

  void begin_network_work() override {
    if (m_network) {
      return;
    }
    m_network = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;

    // Once: a second Ctrl-C ends us at once, which the archive survives as well.
    struct sigaction action {};

    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
      ::sigaction(signal, &action, nullptr);
    }
  }

  [[nodiscard]] bool interrupted() const override { return interrupt_flag != 0; }

private:
  RealWaiter m_waiter;
  bool m_network = false;
};

} // namespace

int main(int argc, char** argv) {
  // A reader that closes the pipe is a normal end; writes then fail with EPIPE.
  std::signal(SIGPIPE, SIG_IGN);
  RealHost host;
  const auto environment = regtrail::cli::Environment::of_this_process();
  regtrail::cli::Console console(STDOUT_FILENO, STDERR_FILENO, environment);
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(regtrail::cli::run(arguments, host, environment, console));
}
