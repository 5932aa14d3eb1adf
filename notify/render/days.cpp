#include "notify/render/days.hpp"

#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <utility>

namespace regtrail::render {

namespace {

constexpr std::size_t places_shown = 3;

struct DayWord {
  CalendarKind kind;
  const char* en;
  const char* ja;
};

constexpr std::array kind_words{
    DayWord{CalendarKind::effective, "takes effect", "施行日"},
    DayWord{CalendarKind::compliance, "compliance due", "遵守期限"},
    DayWord{CalendarKind::applicable, "applies", "適用日"},
    DayWord{CalendarKind::comments_close, "comments close", "意見募集期限"},
    DayWord{CalendarKind::task, "task of an order due", "命令の定める期限"},
    DayWord{CalendarKind::stay_ends, "stay ends", "適用停止の終了"},
    DayWord{CalendarKind::expires, "expires", "失効"},
    DayWord{CalendarKind::text_ends, "day in the text", "条文中の期日"}};

std::string places_words(const std::vector<std::string>& places, Language language) {
  const bool ja = language == Language::ja;
  std::vector<std::string> shown(
      places.begin(),
      places.begin() + static_cast<std::ptrdiff_t>(std::min(places.size(), places_shown)));
  std::string words = joined(shown, ja ? "、" : ", ");
  if (places.size() > places_shown) {
    const std::size_t more = places.size() - places_shown;
    words += ja ? fmt::format("、ほか{}件", more) : fmt::format(" and {} more", more);
  }
  return words;
}

} // namespace

std::string day_word(CalendarKind kind, Language language) {
  const auto* found = std::find_if(
      kind_words.begin(), kind_words.end(), [&](const DayWord& each) { return each.kind == kind; });
  return language == Language::ja ? found->ja : found->en;
}

std::string days_left(Date day, Date today, Language language) {
  const bool ja = language == Language::ja;
  const auto left = (day - today).count();
  if (left == 0) {
    return ja ? "本日" : "today";
  }
  const auto count = left < 0 ? -left : left;
  if (left < 0) {
    return ja ? fmt::format("{}日前", count)
              : fmt::format("{} {} ago", count, count == 1 ? "day" : "days");
  }
  return ja ? fmt::format("あと{}日", count)
            : fmt::format("in {} {}", count, count == 1 ? "day" : "days");
}

std::optional<Date> day_ahead(const ItemStep& step) {
  if (!step.date) {
    return std::nullopt;
  }
  switch (step.kind) {
  case StepKind::due_30:
    return *step.date + std::chrono::days(30);
  case StepKind::due_7:
    return *step.date + std::chrono::days(7);
  case StepKind::due:
    return step.date;
  default:
    return std::nullopt;
  }
}

std::string due_phrase(const Item& item, const ItemStep& step, Date today, Language language) {
  const bool ja = language == Language::ja;
  const Date day = day_ahead(step).value_or(today);
  std::map<CalendarKind, std::vector<std::string>> due;
  for (const CalendarEntry& each : item.days) {
    if (each.day == day && each.document == step.document) {
      auto& places = due[each.kind];
      if (!each.at.empty()) {
        const Headline place = place_words(each.at);
        places.push_back(ja ? place.ja : place.en);
      }
    }
  }
  std::vector<std::string> parts;
  for (const auto& [kind, places] : due) {
    std::string part = day_word(kind, language) + " " + date_word(day, language);
    if (!places.empty()) {
      part += fmt::format(fmt::runtime(ja ? "（{}）" : " ({})"), places_words(places, language));
    }
    if (kind == CalendarKind::stay_ends && day <= today) {
      part += ja ? "。延長がなければ再び適用" : ", applies again unless prolonged";
    }
    parts.push_back(std::move(part));
  }
  return days_left(day, today, language) + (ja ? "：" : ": ") + joined(parts, ja ? "、" : "; ");
}

const CalendarEntry* law_day(const Item& item) {
  return !item.rule && item.days.size() == 1 && !item.days.front().at.empty() ? &item.days.front()
                                                                              : nullptr;
}

} // namespace regtrail::render
