// What a page says otherwise than before.
#pragma once

#include "model/change.hpp"
#include "model/date.hpp"
#include "model/node.hpp"

#include <vector>

namespace regtrail::query {

/// By the diff of law, without cosmetic changes and without meanings, which are those of law. A
/// paragraph that stands below a heading that came or went is told as moved.
[[nodiscard]] std::vector<Change> page_changes(const Unit& before, const Unit& after, Date day);

} // namespace regtrail::query
