// Entries of the register that are not watched, in words.
#pragma once

#include "model/watched.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// Entries with the same reasons are one line: "product vx-200, vx-100 and 3 more: 15 CFR Part 774
/// is not synced"; of each line at most `shown` ids. Empty when all are watched.
[[nodiscard]] std::vector<std::string> not_watched_lines(const std::vector<EntryWatch>& watches,
                                                         std::size_t shown);

} // namespace regtrail::render
