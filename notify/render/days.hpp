// Days on which something is due, in words of both languages.
#pragma once

#include "model/calendar.hpp"
#include "model/date.hpp"
#include "model/item.hpp"
#include "notify/render/html.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::render {

/// "comments close", "意見募集期限"
[[nodiscard]] std::string day_word(CalendarKind kind, Language language);

/// "in 29 days", "today", "3 days ago"; "あと29日", "本日", "3日前".
[[nodiscard]] std::string days_left(Date day, Date today, Language language);

/// The day that a step of kind `due_30`, `due_7` or `due` is about; nullopt for other steps.
[[nodiscard]] std::optional<Date> day_ahead(const ItemStep& step);

/// "in 30 days: stay ends 2026-11-09 (15 CFR 744.11(a)(1))": what of the item is due on the day
/// that the step is about. Of a stay whose day has come, that the text applies again.
[[nodiscard]] std::string
due_phrase(const Item& item, const ItemStep& step, Date today, Language language);

/// The place of the law that prints the only day of an item; nullptr for other items.
[[nodiscard]] const CalendarEntry* law_day(const Item& item);

} // namespace regtrail::render
