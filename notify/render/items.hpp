// Items for scripts, for a terminal and for a spreadsheet.
#pragma once

#include "model/item.hpp"
#include "model/register.hpp"
#include "notify/render/html.hpp"
#include "notify/render/terminal.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// The array of `items --json`.
[[nodiscard]] std::string items_json(const std::vector<Item>& items, const Register& entries);

/// What hits somebody with its dates, its reasons and what is to be checked; the others a line
/// each.
[[nodiscard]] std::string
items_text(const std::vector<Item>& items, const Register& entries, const TerminalStyle& style);

/// A row an item.
[[nodiscard]] std::string items_csv(const std::vector<Item>& items, const Register& entries);

[[nodiscard]] std::string step_word(StepKind step, Language language); ///< "in force", "施行"

/// The same of an item: a page is not published but "page changed".
[[nodiscard]] std::string step_word(const Item& item, StepKind step, Language language);

/// "published, delayed": the station and the marks.
[[nodiscard]] std::string station_phrase(const Item& item, Language language);

/// Where an item can be read at its source: its documents, the date of its part, or the page with
/// the links that are new on it.
[[nodiscard]] std::vector<std::string> links_of(const Item& item);

} // namespace regtrail::render
