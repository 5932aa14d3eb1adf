#include "notify/render/calendar.hpp"

#include "model/federal_holiday.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace regtrail::render {

namespace {

constexpr int what_column = 28; ///< behind day, weekday and days left
constexpr std::size_t places_shown = 3;
constexpr std::size_t longest_words = 160; ///< bytes

const Item* item_of(const CalendarView& view, const CalendarEntry& entry) {
  const auto found = std::find_if(view.items.begin(), view.items.end(), [&](const Item& item) {
    return item.id == entry.item;
  });
  return found == view.items.end() ? nullptr : &*found;
}

/// Entries that stand in one line: of one item, day and kind.
bool one_line_of(const CalendarEntry& left, const CalendarEntry& right) {
  return left.day == right.day && left.item == right.item && left.kind == right.kind &&
         left.document == right.document && left.at.empty() == right.at.empty() && !left.at.empty();
}

std::string where(const std::vector<const CalendarEntry*>& alike) {
  std::vector<std::string> words;
  for (const CalendarEntry* each : alike) {
    if (!each->at.empty() && words.size() < places_shown) {
      words.push_back(each->at.to_string());
    }
  }
  std::string out = joined(words);
  if (alike.size() > places_shown) {
    out += fmt::format(" and {} more", alike.size() - places_shown);
  }
  const std::string& document = alike.front()->document;
  if (!document.empty()) {
    out += out.empty() ? document : fmt::format(" ({})", document);
  }
  return out;
}

void add_line(std::string& out,
              const std::vector<const CalendarEntry*>& alike,
              const CalendarView& view,
              const Register& entries,
              const TerminalStyle& style) {
  const CalendarEntry& entry = *alike.front();
  const Item* item = item_of(view, entry);
  const std::string_view closed = closed_for(entry.day);
  Flow flow(style, what_column, what_column);
  flow.add(Mark::bold, day_word(entry.kind, Language::en));
  flow.gap();
  flow.add(Mark::plain, where(alike));
  if (!closed.empty()) {
    flow.gap();
    flow.add(Mark::dim, fmt::format("[{}]", closed));
  }
  out += labelled(
      style,
      Mark::plain,
      fmt::format("{}  {}", entry.day.to_string(), days_left(entry.day, view.today, Language::en)),
      what_column,
      flow);
  std::string words = one_line(entry.words);
  if (words.size() > longest_words) {
    words = std::string(first_bytes(words, longest_words)) + " ...";
  }
  if (item != nullptr && item->rule && entry.at.empty()) {
    const std::string title = one_line(item->rule->title);
    words = words.empty() || words == title ? title : fmt::format("{}: {}", title, words);
  }
  out += paragraph(style, what_column, what_column, Mark::plain, words);
  if (item == nullptr || item->hits.empty()) {
    return;
  }
  std::vector<std::string> touched;
  for (const std::vector<Hit>& each : alike_hits(item->hits)) {
    touched.push_back(entry_names(each, entries, Language::en));
  }
  out += paragraph(style, what_column, what_column, Mark::dim, "touches " + joined(touched));
}

} // namespace

std::string
calendar_text(const CalendarView& view, const Register& entries, const TerminalStyle& style) {
  std::string out;
  std::size_t lines = 0;
  for (std::size_t i = 0; i < view.entries.size();) {
    std::vector<const CalendarEntry*> alike;
    const CalendarEntry& first = view.entries[i];
    do {
      alike.push_back(&view.entries[i++]);
    } while (i < view.entries.size() && one_line_of(first, view.entries[i]));
    add_line(out, alike, view, entries, style);
    ++lines;
  }
  return out + fmt::format("{} from {} to {}\n",
                           counted(lines, "day"),
                           view.from.to_string(),
                           view.to.to_string());
}

std::string calendar_json(const CalendarView& view) {
  const auto entry_json = [&](const CalendarEntry& entry) -> Json {
    const Item* item = item_of(view, entry);
    Json hits = Json::array();
    if (item != nullptr) {
      hits = list(item->hits, [](const Hit& hit) -> Json {
        return {{"entry", to_string(hit.entry)},
                {"category", hit.category},
                {"score", hit.score},
                {"severity", hit.severity}};
      });
    }
    return {{"day", entry.day.to_string()},
            {"days_left", (entry.day - view.today).count()},
            {"closed", text_or_null(closed_for(entry.day))},
            {"kind", to_string(entry.kind)},
            {"at", entry.at.empty() ? Json(nullptr) : Json(entry.at.to_string())},
            {"document", text_or_null(entry.document)},
            {"item", entry.item},
            {"title", item != nullptr && item->rule ? Json(item->rule->title) : Json(nullptr)},
            {"words", text_or_null(entry.words)},
            {"hits", std::move(hits)}};
  };
  return print({{"schema", 1},
                {"from", view.from.to_string()},
                {"to", view.to.to_string()},
                {"entries", list(view.entries, entry_json)}});
}

} // namespace regtrail::render
