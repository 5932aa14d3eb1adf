// Entries of the register that are not watched, in words.
#pragma once

#include "model/watched.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// A line a reason and kind of entry, that of the most entries first: "15 CFR Part 774 is not
/// synced: 5 products: vx-200, vx-100 and 3 more", of one "...: product vx-200"; of each at most
/// `shown` ids. Empty when all are watched.
[[nodiscard]] std::vector<std::string> not_watched_lines(const std::vector<EntryWatch>& watches,
                                                         std::size_t shown);

} // namespace regtrail::render
