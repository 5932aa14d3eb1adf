#include "notify/render/calendar.hpp"

#include "model/federal_holiday.hpp"
#include "notify/render/calendar_internal.hpp"
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

constexpr int what_column = 28;            ///< behind day, weekday and days left
constexpr std::size_t longest_words = 160; ///< bytes

void add_line(std::string& out,
              const CalendarLine& alike,
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
  const std::string words = words_of(entry, item, longest_words);
  out += paragraph(style, what_column, what_column, Mark::plain, words);
  if (item == nullptr || item->hits.empty()) {
    return;
  }
  out += paragraph(style,
                   what_column,
                   what_column,
                   Mark::dim,
                   "touches " + touched_names(*item, entries, Language::en));
}

} // namespace

const Item* item_of(const CalendarView& view, const CalendarEntry& entry) {
  const auto found = std::find_if(view.items.begin(), view.items.end(), [&](const Item& item) {
    return item.id == entry.item;
  });
  return found == view.items.end() ? nullptr : &*found;
}

std::vector<CalendarLine> calendar_lines(const std::vector<CalendarEntry>& entries) {
  std::vector<CalendarLine> lines;
  for (const CalendarEntry& entry : entries) {
    const CalendarEntry* last = lines.empty() ? nullptr : lines.back().front();
    if (last != nullptr && !entry.at.empty() && !last->at.empty() && last->day == entry.day &&
        last->item == entry.item && last->kind == entry.kind && last->document == entry.document) {
      lines.back().push_back(&entry);
    } else {
      lines.push_back({&entry});
    }
  }
  return lines;
}

std::string where(const CalendarLine& alike) {
  constexpr std::size_t places_shown = 3;
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

std::string words_of(const CalendarEntry& entry, const Item* item, std::size_t longest) {
  std::string words = one_line(entry.words);
  if (words.size() > longest) {
    words = std::string(first_bytes(words, longest)) + " ...";
  }
  if (item != nullptr && item->rule && entry.at.empty()) {
    const std::string title = one_line(item->rule->title);
    words = words.empty() || words == title ? title : fmt::format("{}: {}", title, words);
  }
  return words;
}

std::string touched_names(const Item& item, const Register& entries, Language language) {
  std::vector<std::string> touched;
  for (const std::vector<Hit>& each : alike_hits(item.hits)) {
    touched.push_back(entry_names(each, entries, language));
  }
  return joined(touched);
}

std::string
calendar_text(const CalendarView& view, const Register& entries, const TerminalStyle& style) {
  std::string out;
  const std::vector<CalendarLine> lines = calendar_lines(view.entries);
  for (const CalendarLine& line : lines) {
    add_line(out, line, view, entries, style);
  }
  return out + fmt::format("{} from {} to {}\n",
                           counted(lines.size(), "day"),
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
