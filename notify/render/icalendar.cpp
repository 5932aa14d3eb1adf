// The calendar as an iCalendar object.
#include "model/federal_holiday.hpp"
#include "notify/render/calendar_internal.hpp"
#include "notify/render/days.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace regtrail::render {
namespace {

using std::chrono::days;

constexpr std::size_t longest_line = 75; ///< octets, without CR LF
constexpr std::size_t longest_words = 1000;

/// A content line, folded between characters.
void add(std::string& out, std::string_view name, std::string_view value) {
  const std::string line = fmt::format("{}:{}", name, value);
  std::string_view left = line;
  for (std::size_t room = longest_line; !left.empty(); room = longest_line - 1) {
    const std::string_view part = first_bytes(left, room);
    out += room < longest_line ? " " : "";
    out += part;
    out += "\r\n";
    left.remove_prefix(part.size());
  }
}

/// A value of type TEXT; line ends stay.
std::string text(std::string_view value) {
  std::string out;
  for (const char c : value) {
    out += c == '\\' || c == ';' || c == ',' ? "\\" : "";
    out += c == '\n' ? "\\n" : std::string(1, c);
  }
  return out;
}

std::string basic(Date day) {
  std::string out = day.to_string();
  std::erase(out, '-');
  return out;
}

/// A step that may change what was said of the item's days.
bool revises(const ItemStep& step) {
  switch (step.kind) {
  case StepKind::corrected:
  case StepKind::delayed:
  case StepKind::withdrawn:
  case StepKind::stayed:
  case StepKind::not_enforced:
  case StepKind::lifted:
  case StepKind::reverted:
    return true;
  default:
    return false;
  }
}

/// What a day keeps when it moves: its place of the law, else its document and kind.
std::string identity(const CalendarEntry& entry) {
  return entry.at.empty() ? fmt::format("{}/{}", entry.document, to_string(entry.kind))
                          : entry.at.to_string();
}

/// How late before the day, at nine in the morning, an alarm rings: of what takes effect once.
std::vector<const char*> alarms(CalendarKind kind) {
  return kind == CalendarKind::effective || kind == CalendarKind::applicable
             ? std::vector{"-P6DT15H"}
             : std::vector{"-P29DT15H", "-P6DT15H"};
}

class IcsWriter {
public:
  IcsWriter(const CalendarView& view, const Register& entries, Language language)
      : m_view(view),
        m_entries(entries),
        m_language(language) {
    for (const Item& item : view.items) {
      for (const auto* each : {&item.days, &item.dropped_days}) {
        for (const CalendarEntry& entry : *each) {
          auto& same = m_days[identity(entry)];
          same.emplace_back(entry.day, entry.words);
          if (!entry.at.empty()) { // each day of the place is an item of its own
            std::sort(same.begin(), same.end());
          }
        }
      }
    }
  }

  std::string run() {
    add(m_out, "BEGIN", "VCALENDAR");
    add(m_out, "VERSION", "2.0");
    add(m_out, "PRODID", "-//regtrail//calendar//EN");
    add(m_out, "CALSCALE", "GREGORIAN");
    add(m_out, "X-WR-CALNAME", "regtrail");
    for (const CalendarLine& line : calendar_lines(m_view.entries)) {
      event(line, false);
    }
    for (const CalendarLine& line : calendar_lines(m_view.dropped)) {
      event(line, true);
    }
    add(m_out, "END", "VCALENDAR");
    return std::move(m_out);
  }

private:
  std::string uid(const CalendarEntry& entry) const {
    const auto& same = m_days.at(identity(entry));
    const auto ordinal =
        std::find(same.begin(), same.end(), std::pair(entry.day, entry.words)) - same.begin();
    return fmt::format("{}/{}@regtrail", identity(entry), ordinal + 1);
  }

  /// Nondecreasing in time; and the day on which the event was last revised.
  std::pair<std::int64_t, Date>
  revision(const CalendarEntry& entry, const Item& item, bool dropped) const {
    Date day = std::min(entry.known.value_or(m_view.today), m_view.today);
    if (!entry.at.empty()) {
      return {entry.known ? (day - Date(2000, 1, 1)).count() : 0, day};
    }
    std::int64_t sequence = dropped ? 1 : 0;
    if (item.rule) {
      day = item.rule->published.value_or(item.rule->filed.value_or(day));
    }
    for (const ItemStep& step : item.steps) {
      if (revises(step)) {
        ++sequence;
        day = std::max(day, std::min(step.date.value_or(day), m_view.today));
      }
    }
    return {sequence, day};
  }

  void event(const CalendarLine& line, bool dropped) {
    const CalendarEntry& entry = *line.front();
    const Item* item = item_of(m_view, entry);
    if (item == nullptr) {
      return;
    }
    const auto revised = revision(entry, *item, dropped);
    const std::string what = day_word(entry.kind, m_language);
    const std::string title =
        entry.at.empty() && item->rule ? one_line(item->rule->title) : where(line);
    const std::string_view closed = closed_for(entry.day);
    const std::string summary =
        fmt::format("{}: {}{}", what, title, closed.empty() ? "" : fmt::format(" [{}]", closed));
    add(m_out, "BEGIN", "VEVENT");
    add(m_out, "UID", text(uid(entry)));
    add(m_out, "DTSTAMP", basic(revised.second) + "T000000Z");
    add(m_out, "SEQUENCE", fmt::format("{}", revised.first));
    add(m_out, "DTSTART;VALUE=DATE", basic(entry.day));
    add(m_out, "DTEND;VALUE=DATE", basic(entry.day + days(1)));
    add(m_out, "SUMMARY", text(summary));
    add(m_out, "DESCRIPTION", text(description(line, *item)));
    add(m_out, "CATEGORIES", text(what));
    add(m_out, "STATUS", dropped ? "CANCELLED" : "CONFIRMED");
    add(m_out, "TRANSP", "TRANSPARENT");
    if (const auto links = links_of(*item); !links.empty()) {
      add(m_out, "URL", one_line(links.front()));
    }
    for (const char* trigger : dropped ? std::vector<const char*>{} : alarms(entry.kind)) {
      add(m_out, "BEGIN", "VALARM");
      add(m_out, "ACTION", "DISPLAY");
      add(m_out, "TRIGGER", trigger);
      add(m_out, "DESCRIPTION", text(summary));
      add(m_out, "END", "VALARM");
    }
    add(m_out, "END", "VEVENT");
  }

  std::string description(const CalendarLine& line, const Item& item) const {
    const std::string words = words_of(*line.front(), &item, longest_words);
    std::vector<std::string> lines{where(line)};
    if (!words.empty()) {
      lines.push_back(words);
    }
    if (!item.hits.empty()) {
      lines.push_back((m_language == Language::ja ? "該当：" : "touches ") +
                      touched_names(item, m_entries, m_language));
    }
    return joined(lines, "\n");
  }

  const CalendarView& m_view;
  const Register& m_entries;
  Language m_language;
  std::map<std::string, std::vector<std::pair<Date, std::string>>> m_days; ///< by identity
  std::string m_out;
};

} // namespace

std::string calendar_ics(const CalendarView& view, const Register& entries, Language language) {
  return IcsWriter(view, entries, language).run();
}

} // namespace regtrail::render
