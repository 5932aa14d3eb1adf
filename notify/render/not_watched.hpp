// Entries of the register that are not watched, in words.
#pragma once

#include "model/watched.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// A line a reason and kind of entry: "15 CFR Part 774 is not synced: product vx-200, vx-100 and 3
/// more"; of each at most `shown` ids. Empty when all are watched.
[[nodiscard]] std::vector<std::string> not_watched_lines(const std::vector<EntryWatch>& watches,
                                                         std::size_t shown);

} // namespace regtrail::render
