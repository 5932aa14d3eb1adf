// The days of an item: what they make of its steps, whom they touch, what is left to be checked.
#pragma once

#include "diff/relevance/matcher.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/hit.hpp"
#include "model/item.hpp"
#include "query/calendar.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// Of a day that the law prints: 3 at an entry's own place, else this.
inline constexpr int day_severity = 2;

/// The hits of the place of the law that prints the day; none for a day that only a document names.
[[nodiscard]] std::vector<Hit> hits_at(const diff::Matcher& matcher, const NamedDay& day);

/// Adds the days, their steps up to `on`, and what became of a stay whose day has passed.
Result<void>
add_days(Item& item, const std::vector<NamedDay>& days, store::Archive& archive, Date on);

/// Notes the days of the document that no longer count: `named` where it was withdrawn, what `rule`
/// prints where a day was delayed without another or put off by a document of its own.
void add_dropped_days(Item& item, const Document& rule, const std::vector<NamedDay>& named);

} // namespace regtrail::query
