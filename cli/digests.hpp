// From the changes that a subscriber was not sent yet to a message that is ready to be queued.
#pragma once

#include "model/category.hpp"
#include "model/error.hpp"
#include "model/source.hpp"
#include "notify/delivery/digest.hpp"
#include "store/archive.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace regtrail::cli {

/// A first digest leaves out what is older than this.
inline constexpr std::chrono::days digest_reach{365};

struct PreparedDigest {
  delivery::Subscriber subscriber;
  delivery::Digest digest;
  std::string message_id;
  std::string bytes; ///< the whole message
};

struct DigestContext {
  Register categories;
  ArchiveStatus status;
  std::string from; ///< of the message: "regtrail <regtrail@example.co.jp>"
  Timestamp now{};
};

/// nullopt when there is nothing new for the subscriber.
Result<std::optional<PreparedDigest>> prepare_digest(store::Archive& archive,
                                                     const DigestContext& context,
                                                     const delivery::Subscriber& subscriber);

/// Queues the message and notes the day for the schedule.
Result<void> queue_digest(store::Archive& archive, const PreparedDigest& prepared, Timestamp now);

/// True when a "daily" subscriber was queued a digest on the day of `now` already.
Result<bool>
had_digest_today(store::Archive& archive, const delivery::Subscriber& subscriber, Timestamp now);

} // namespace regtrail::cli
