// The digest of a subscriber: subject, text and HTML of one mail.
#pragma once

#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "model/record.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "model/watched.hpp"
#include "notify/render/html.hpp"
#include "store/archive.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace regtrail::delivery {

/// How often a subscriber gets mail.
enum class Schedule {
  daily,     ///< at most one digest a day
  immediate, ///< one at every run that finds something new
};

struct Subscriber {
  std::string name;
  std::string to; ///< mail address
  render::Language language = render::Language::en;
  // Ids of the register, a list a kind of entry; an empty one means all of its kind.
  std::vector<std::string> categories;
  std::vector<std::string> products;
  std::vector<std::string> parties;
  std::vector<std::string> procedures;
  std::vector<std::string> destinations;
  std::vector<std::string> watches;
  // Words of kinds and types of changes ("revised", "threshold") and of directions; empty means
  // all.
  std::vector<std::string> kinds;
  std::vector<std::string> directions;
  int min_severity = 1;
  Schedule schedule = Schedule::daily;
  bool calendar = false; ///< attach the days of what touches the entries to each mail
};

/// An item with those of its steps that are news.
struct ItemNews {
  Item item;                   ///< with the hits meant for this subscriber
  std::vector<ItemStep> steps; ///< none where only changes of it are news
  bool told_before = false;    ///< the subscriber was told of other steps of it
};

/// The subscriber's list for a kind of entry; empty for all, and for kinds without a list.
[[nodiscard]] const std::vector<std::string>& named_entries(const Subscriber& subscriber,
                                                            EntryKind kind);

/// Whether the subscriber is told of the hit.
[[nodiscard]] bool wants(const Subscriber& subscriber, const Hit& hit);

/// Whether the change is of one of the kinds or types, and says one of the directions; what says
/// none is unclear. Empty lists mean all.
[[nodiscard]] bool fits(const Change& change,
                        const std::vector<std::string>& kinds,
                        const std::vector<std::string>& directions);

/// Whether the subscriber is told of a change, or of what its place's note says.
[[nodiscard]] bool wants(const Subscriber& subscriber, const store::StoredChange& stored);

/// Whether the subscriber is told of an item; one of which no text is compared yet may be of any
/// kind.
[[nodiscard]] bool wants(const Subscriber& subscriber, const Item& item);

enum class MailKind : std::uint8_t {
  digest,    ///< what is new
  quiet,     ///< nothing is, and what was checked
  trouble,   ///< a source cannot be read
  recovered, ///< it can be again
};

/// Since when a source could not be read.
struct SourceTrouble {
  std::string source; ///< "ecfr"
  Timestamp since{};
  Date checked_to;
  std::string why; ///< of the last failure, as the client says it
};

/// A day ahead, and the document that names it.
struct DayAhead {
  CalendarEntry entry;  ///< `item` is the id of its item, where that is known
  std::string title;    ///< of the document; "" where the law prints the day
  std::string citation; ///< "91 FR 52501"; "" unknown
};

/// What has hits that the subscriber's own filter leaves out.
struct HeldBack {
  int count = 0;                 ///< changes and items
  std::set<std::string> entries; ///< ids of whom they hit
};

struct DigestInput {
  Subscriber subscriber;
  std::vector<store::StoredChange> changes; ///< with the hits meant for this subscriber
  Register categories;
  /// Those that the changes name as causes, and those that brought steps, by number.
  std::map<std::string, Document> documents;
  ArchiveStatus status;
  int cosmetic_left_out = 0;
  Timestamp now{};
  std::vector<ItemNews> items = {};
  MailKind kind = MailKind::digest;
  std::optional<SourceTrouble> trouble = {}; ///< of the mails that are about one
  std::vector<ItemNews> others = {};         ///< new as well, and touching no entry
  HeldBack held_back = {};
  /// Of the next 90 days, the earliest first; nullopt where no source of days was read.
  std::optional<std::vector<DayAhead>> days = {};
  std::vector<EntryWatch> watches = {}; ///< of all entries; empty: not asked
  std::vector<std::string> parts = {};  ///< of the CFR that are held: "744", "22 CFR 121"
  /// What the list says of the parties that came or went, by the id of the change.
  std::map<std::string, EntityRecord> parties = {};
  std::string home;          ///< name of the home country in the law: "Japan"; "" unknown
  std::string pages;         ///< address of the published pages, without a slash at its end
  std::optional<Date> since; ///< day of the subscriber's last mail
};

/// A file that comes with a mail.
struct Attachment {
  std::string name;  ///< file name, UTF-8
  std::string type;  ///< "text/csv; charset=utf-8"
  std::string bytes; ///< as they are
};

struct Digest {
  std::string subject;
  std::string text;
  std::string html;
  std::vector<std::string> hit_ids;
  std::vector<Attachment> attachments = {};
  std::string thread = {}; ///< id of the item or rule that the mail's thread belongs to; "" none
};

/// The day that the subscriber's mails bear: in Japanese Japan's, else that of UTC.
[[nodiscard]] Date reader_day(const Subscriber& subscriber, Timestamp now);

/// The mail of `input.kind` (docs/grammar.md). Of what is new: a verdict, a line an item, the items
/// with the most severe first, then what touches nobody, days ahead, what was checked, what is not
/// watched, what was held back and what was not understood.
[[nodiscard]] Digest compose_digest(const DigestInput& input);

/// The first of `input.items`, with its changes, without anything of the register: for those who
/// are to know of it and not of what the firm makes, sells and to whom.
[[nodiscard]] Digest compose_forward(const DigestInput& input);

} // namespace regtrail::delivery
