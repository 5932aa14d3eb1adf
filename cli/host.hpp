// What only a real process has: a clock, waiting, signals, libcurl's global state.
#pragma once

#include "fetch/transport.hpp"
#include "model/date.hpp"

namespace regtrail::cli {

class Host {
public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// The wall clock; asked once, and not at all when --now or REGTRAIL_NOW is given.
  virtual Timestamp now() = 0;

  virtual fetch::Waiter& waiter() = 0;

  /// Called before the first network use of a run: readies libcurl and begins to catch SIGINT and
  /// SIGTERM, which from then on set interrupted() instead of ending the process.
  virtual void begin_network_work() = 0;

  [[nodiscard]] virtual bool interrupted() const = 0;
};

} // namespace regtrail::cli
