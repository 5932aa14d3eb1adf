// Days that running text prints as the end of something: "until December 31, 2026", "shall expire
// on April 6, 2027", "may proceed ... before February 18, 2027" (docs/grammar.md, Printed days).
#pragma once

#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/node.hpp"
#include "model/text_day.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct PrintedDay {
  Date day;
  CalendarKind kind = CalendarKind::text_ends; ///< or compliance, expires
  std::string words;                           ///< of its sentence, as printed, the day among them

  friend bool operator==(const PrintedDay&, const PrintedDay&) = default;
};

/// In order. A day on which something begins or happened is none: "as of", "effective", "on or
/// after", citations of the Federal Register, the state of a text "as amended through" a day.
[[nodiscard]] std::vector<PrintedDay> find_printed_days(std::string_view text);

/// Adds clauses of kind `expires` for the days up to which the body lets shipments under way or
/// agreed upon proceed as before: "may proceed ... before February 18, 2027".
void add_savings_clauses(Document& document);

/// What the paragraphs and notes of `unit` print, and the ends of the stays that its effective-date
/// notes tell; each day of a place once.
[[nodiscard]] std::vector<TextDay> days_in(const Unit& unit);

} // namespace regtrail::federal_register
