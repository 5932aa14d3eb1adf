// What is due on which day, as a table and for scripts.
#pragma once

#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/item.hpp"
#include "model/register.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

struct CalendarView {
  Date from;
  Date to;
  Date today;
  std::vector<CalendarEntry> entries; ///< in order
  std::vector<Item> items;            ///< of the entries, with their hits
};

/// A line a day and item: day, days left, what, place or document, words or title, whom it touches.
/// Places of one item that end on one day stand in one line.
[[nodiscard]] std::string
calendar_text(const CalendarView& view, const Register& entries, const TerminalStyle& style);

/// The object of `calendar --json`, an element an entry.
[[nodiscard]] std::string calendar_json(const CalendarView& view);

} // namespace regtrail::render
