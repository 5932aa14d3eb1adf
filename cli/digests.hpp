// From the changes and steps of items that a subscriber was not sent yet to a message that is ready
// to be queued.
#pragma once

#include "model/error.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "model/watched.hpp"
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
  std::string bytes;    ///< the whole message
  std::string reported; ///< up to where it tells, for the next mail
};

struct DigestContext {
  Register categories;
  ArchiveStatus status;
  std::string from; ///< of the message: "regtrail <regtrail@example.co.jp>"
  Timestamp now{};
  std::vector<Item> items = {};          ///< of the last `digest_reach`, also those that hit nobody
  std::vector<Item> calendar_items = {}; ///< with days ahead, where a subscriber wants a calendar
  std::optional<std::vector<delivery::DayAhead>> days = {}; ///< nullopt: not asked
  std::vector<EntryWatch> watches = {};
  std::vector<std::string> parts = {}; ///< of the CFR that are held: "744", "22 CFR 121"
  std::string pages = {};              ///< address of the published pages; "" for none
};

/// What all mails of a run have in common. `page_hosts` as query::watched.
Result<DigestContext> read_digest_context(store::Archive& archive,
                                          const Register& entries,
                                          const std::vector<std::string>& page_hosts,
                                          std::string from,
                                          Timestamp now);

/// nullopt when there is nothing new for the subscriber.
Result<std::optional<PreparedDigest>> prepare_digest(store::Archive& archive,
                                                     const DigestContext& context,
                                                     const delivery::Subscriber& subscriber);

/// The item with the id, or of a step of the eCFR whose rules are known by now the first of theirs,
/// as a text to pass on: without anything of the register. not_found where there is none.
Result<delivery::Digest> forward_item(store::Archive& archive,
                                      const DigestContext& context,
                                      const std::string& id,
                                      render::Language language);

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
