// How far a watch of the register was asked, and what went wrong when it was asked last.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/register.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>

namespace regtrail::query {

/// Of the question as it stands in the register: a watch whose question is edited was never asked.
struct WatchState {
  std::optional<Date> asked_from;  ///< of a question to the Federal Register: what was published
  std::optional<Date> asked_until; ///< between these days was asked for; nullopt: never answered
  std::string trouble;             ///< of the last time that it was asked; "" without

  friend bool operator==(const WatchState&, const WatchState&) = default;
};

Result<WatchState> watch_state(store::Archive& archive, const Watch& watch);

/// Replaces what stood there; what is equal is not written.
Result<void> put_watch_state(store::Archive& archive, const Watch& watch, const WatchState& state);

} // namespace regtrail::query
