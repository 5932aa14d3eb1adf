// Items as an Atom feed (RFC 4287).
#pragma once

#include "model/date.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "notify/render/html.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

struct FeedView {
  std::string name; ///< that the feed's id is made of: "all", "category vacuum-valves"
  std::string title;
  std::string address = {}; ///< where readers will find the feed; "" where that is not known
  Date today;               ///< `updated` of a feed without entries
  std::vector<Item> items;  ///< in order
  Language language = Language::en;
};

/// An entry an item, updated on the day of its newest step; ids are made of the item's id.
[[nodiscard]] std::string atom_feed(const FeedView& view, const Register& entries);

} // namespace regtrail::render
