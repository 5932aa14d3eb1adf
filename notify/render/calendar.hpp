// What is due on which day, as a table and for scripts.
#pragma once

#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "notify/render/html.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

struct CalendarView {
  Date from;
  Date to;
  Date today;
  std::vector<CalendarEntry> entries;      ///< in order
  std::vector<Item> items;                 ///< of the entries, with their hits
  std::vector<CalendarEntry> dropped = {}; ///< that documents named and that count no more
};

/// A line a day and item: day, days left, what, place or document, words or title, whom it touches.
/// Places of one item that end on one day stand in one line.
[[nodiscard]] std::string
calendar_text(const CalendarView& view, const Register& entries, const TerminalStyle& style);

/// The object of `calendar --json`, an element an entry.
[[nodiscard]] std::string calendar_json(const CalendarView& view);

/// An iCalendar object (RFC 5545): an all-day event a line of the table, with alarms; what was
/// dropped is CANCELLED. The UID is made of the document, the kind and the ordinal of the day, of a
/// day that the law prints of its place, so that it stays when the day moves. SEQUENCE grows with
/// every document that acts on the item, and with the day on which the law's day became known.
[[nodiscard]] std::string
calendar_ics(const CalendarView& view, const Register& entries, Language language);

} // namespace regtrail::render
