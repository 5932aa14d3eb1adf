// --wait and --no-wait of the commands that write the archive at length.
#pragma once

#include "cli/session.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <CLI/CLI.hpp>

namespace regtrail::cli {

class LockOptions {
public:
  void add_to(CLI::App& app);

  /// The sync lock. Says once that it waits for it; `busy` with the holder when the time is over.
  Result<store::SyncLock> take(Session& session, store::Archive& archive) const;

private:
  int m_wait = 60; ///< seconds
  bool m_no_wait = false;
};

} // namespace regtrail::cli
