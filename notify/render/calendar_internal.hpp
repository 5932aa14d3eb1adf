// Lines of the calendar, for its table and for iCalendar.
#pragma once

#include "notify/render/calendar.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace regtrail::render {

/// Entries that stand in one line: places of one item, day and kind. Never empty.
using CalendarLine = std::vector<const CalendarEntry*>;

[[nodiscard]] std::vector<CalendarLine> calendar_lines(const std::vector<CalendarEntry>& entries);

/// nullptr where it is not in the view.
[[nodiscard]] const Item* item_of(const CalendarView& view, const CalendarEntry& entry);

/// "15 CFR 744.21(a), 15 CFR 744.22(b) and 3 more (2026-02005)"
[[nodiscard]] std::string where(const CalendarLine& alike);

/// The document's title and what is printed of the day, of that at most `longest` bytes.
[[nodiscard]] std::string
words_of(const CalendarEntry& entry, const Item* item, std::size_t longest);

[[nodiscard]] std::string
touched_names(const Item& item, const Register& entries, Language language);

} // namespace regtrail::render
