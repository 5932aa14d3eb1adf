// Phrases around verbs and places: formulas, times, remarks on order, quoted words.
#pragma once

#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/tokens.hpp"
#include "model/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

/// "to read as follows", "as set forth below": says nothing about what is done.
bool skip_formula(Cursor& cursor);

/// "Accordingly, for the reasons discussed in the preamble,", "The FAA" in front of "amends".
void skip_preamble(Cursor& cursor);

/// "The additions and revisions read as follows:".
[[nodiscard]] bool says_only_that_text_follows(Cursor cursor);

/// "in its place", "in lieu thereof".
bool take_in_place(Cursor& cursor);

/// "Effective January 1, 2026,", "until April 28, 2025", "delayed indefinitely".
bool read_times(Cursor& cursor,
                std::optional<Date>& effective,
                std::optional<Date>& until,
                bool& indefinite);

/// What may be said of an operation beside its place: "wherever it appears", "in alphabetical
/// order", "before the entry for “X”", "as amended at 78 FR 10876 (Feb. 14, 2013)".
/// `beside` gets the place that is named in words such as "before the entry for “X”".
bool read_note(Cursor& cursor, PlaceReader& places, std::string& note, Places& beside);

/// "the words “X” and “Y”", "“X”", "the period". Appends without the quotes.
bool read_words(Cursor& cursor, std::vector<std::string>& words);

} // namespace regtrail::federal_register::instruction_detail
