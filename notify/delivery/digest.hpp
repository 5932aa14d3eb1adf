// The digest of a subscriber: subject, text and HTML of one mail.
#pragma once

#include "model/change.hpp"
#include "model/document.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "model/source.hpp"
#include "notify/render/html.hpp"
#include "store/archive.hpp"

#include <map>
#include <optional>
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
};

/// An item of a document or a page with those of its steps that are news.
struct ItemNews {
  Item item; ///< with the hits meant for this subscriber
  std::vector<ItemStep> steps;
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

struct DigestInput {
  Subscriber subscriber;
  std::vector<store::StoredChange> changes; ///< with the hits meant for this subscriber
  Register categories;
  /// Those that the changes name as causes and that the archive holds, by number.
  std::map<std::string, Document> documents;
  ArchiveStatus status;
  int cosmetic_left_out = 0;
  Timestamp now{};
  std::vector<ItemNews> items = {};
};

struct Digest {
  std::string subject;
  std::string text;
  std::string html;
  std::vector<std::string> hit_ids;
};

/// Items with the most severe first, one a change or a replacement made in many places: its place
/// and kind, before and after, dates, categories with their reasons, license requirement, source
/// ("unknown" where it is not known). Then the documents with what happened to them: title,
/// station, dates, categories with their reasons, places. Then deadlines, sources checked, what was
/// left out or not understood, and the categories without a hit.
[[nodiscard]] Digest compose_digest(const DigestInput& input);

} // namespace regtrail::delivery
