// From the changes and steps of items that a subscriber was not sent yet to a message that is ready
// to be queued.
#pragma once

#include "model/error.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "notify/delivery/digest.hpp"
#include "store/archive.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace regtrail::cli {

/// A first digest leaves out what is older than this.
inline constexpr std::chrono::days digest_reach{365};

struct PreparedDigest {
  delivery::Subscriber subscriber;
  delivery::Digest digest;
  std::vector<store::Told> told;
  std::string message_id;
  std::string bytes; ///< the whole message
};

struct DigestContext {
  Register categories;
  ArchiveStatus status;
  std::string from; ///< of the message: "regtrail <regtrail@example.co.jp>"
  Timestamp now{};
  std::vector<Item> items = {}; ///< of the last `digest_reach`
};

/// nullopt when there is nothing new for the subscriber.
Result<std::optional<PreparedDigest>> prepare_digest(store::Archive& archive,
                                                     const DigestContext& context,
                                                     const delivery::Subscriber& subscriber);

struct QueueReport {
  std::vector<PreparedDigest> queued;
  std::vector<std::string> notes;  ///< who gets no mail, and why
  std::vector<std::string> errors; ///< who could not be written to, and why; one for each
};

/// Composes and queues what is new for each subscriber, whatever became of the others, and notes
/// the day for the schedule. What could not be queued is composed anew by the next run.
QueueReport queue_digests(store::Archive& archive,
                          const DigestContext& context,
                          const std::vector<delivery::Subscriber>& subscribers);

} // namespace regtrail::cli
