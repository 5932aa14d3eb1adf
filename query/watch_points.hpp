// What the watches of the register brought, and which of its watch points have appeared. No
// printing.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "model/watched.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::query {

/// The first day on which there was something to tell of an item.
struct Appearance {
  const Item* item = nullptr;
  Date day;
};

struct WatchNews {
  const Watch* watch = nullptr;
  std::optional<Date> asked_from;         ///< of a question; nullopt: never answered
  std::optional<Date> until;              ///< up to which day it was asked or read
  std::vector<std::string> reasons;       ///< why it is not watched; empty: it is
  std::vector<Appearance> brought;        ///< items that hit it, newest first
  std::vector<store::RawRecord> versions; ///< of a page, newest first
};

/// In the order of the register. `items` are those that find_items gives, `watched` what
/// query::watched does; both and `entries` outlive the answer.
Result<std::vector<WatchNews>> watch_news(store::Archive& archive,
                                          const Register& entries,
                                          const std::vector<Item>& items,
                                          const std::vector<EntryWatch>& watched);

struct PointNews {
  const WatchPoint* point = nullptr;
  /// Items that appeared after the point's day, hit one of its watches or categories, and where it
  /// has terms, have one in title, abstract or changed words; newest first.
  std::vector<Appearance> appeared;
  /// Why not all of its watches and categories are watched; empty: they are.
  std::vector<EntryWatch> not_watched;
  std::optional<Date> until; ///< up to which day all of them were; nullopt unknown
};

/// In the order of the register.
std::vector<PointNews> point_news(const Register& entries,
                                  const std::vector<Item>& items,
                                  const std::vector<EntryWatch>& watched);

} // namespace regtrail::query
