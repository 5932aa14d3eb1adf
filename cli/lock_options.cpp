#include "cli/lock_options.hpp"

#include <fmt/format.h>

#include <chrono>

namespace regtrail::cli {

void LockOptions::add_to(CLI::App& app) {
  auto* wait = app.add_option("--wait",
                              m_wait,
                              "seconds to wait for another sync or rebuild to end (default: 60)")
                   ->type_name("SECONDS")
                   ->check(CLI::Range(0, 86400));
  app.add_flag("--no-wait", m_no_wait, "leave at once when another one is running")->excludes(wait);
}

Result<store::SyncLock> LockOptions::take(Session& session, store::Archive& archive) const {
  const std::chrono::seconds patience{m_no_wait ? 0 : m_wait};
  bool said = false;
  auto lock = archive.lock_for_sync(patience, [&](std::chrono::milliseconds duration) {
    if (!said) {
      session.console().note(
          fmt::format("another sync or rebuild is running; waiting up to {} s", patience.count()));
      said = true;
    }
    session.host().waiter().wait(duration);
  });
  if (!lock) {
    lock.error().message += "; wait longer with --wait SECONDS, nothing was done";
  }
  return lock;
}

} // namespace regtrail::cli
