// The progress of a sync: one line on a terminal that is written over, nothing elsewhere.
#pragma once

#include "cli/session.hpp"
#include "sync/sync.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace regtrail::cli {

/// The session must outlive the observer.
class SyncProgress final : public sync::SyncObserver {
public:
  explicit SyncProgress(const Session& session);

  ~SyncProgress() override { clear(); }

  void
  on_part_progress(const std::string& part, int fetched, int planned, std::uint64_t bytes) override;

  bool cancelled() override { return m_host.interrupted(); }

  /// Takes the line away.
  void clear();

private:
  Host& m_host;
  Console& m_console;
  bool m_shown;
  std::chrono::steady_clock::time_point m_started;
  std::chrono::steady_clock::time_point m_drawn;
  std::string m_part;
  int m_first_fetched = 0; ///< of m_part, when we first heard of it
  bool m_line = false;
};

/// "  part 744  ████░░  31/43 dates   6.1 MB   about 1 min left". `left` is zero when unknown.
[[nodiscard]] std::string progress_line(const std::string& part,
                                        int fetched,
                                        int planned,
                                        std::uint64_t bytes,
                                        std::chrono::seconds left);

/// "6.1 MB", "412 kB".
[[nodiscard]] std::string shown_size(std::uint64_t bytes);

} // namespace regtrail::cli
