// Headlines of items: a document, a step of the eCFR, or a page.
#include "model/characters.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

namespace regtrail::render {

namespace {

constexpr int title_columns = 76;
constexpr int widest = 110;

bool has_mark(const Item& item, Mark mark) {
  return std::find(item.marks.begin(), item.marks.end(), mark) != item.marks.end();
}

/// The day of the newest step of a kind.
std::optional<Date> day_of(const Item& item, StepKind kind) {
  std::optional<Date> day;
  for (const ItemStep& step : item.steps) {
    day = step.kind == kind && step.date ? step.date : day;
  }
  return day;
}

/// What the reader must know of its standing: ", effective October 20, 2026".
Headline standing(const Item& item) {
  const Document& document = *item.rule;
  if (has_mark(item, Mark::withdrawn)) {
    return {", withdrawn", "、撤回"};
  }
  if (has_mark(item, Mark::stayed)) {
    const auto day = day_of(item, StepKind::stayed);
    return day ? Headline{fmt::format(", stayed from {}", day_words(*day).en),
                          fmt::format("、{}から適用停止", day_words(*day).ja)}
               : Headline{", stayed", "、適用停止"};
  }
  if (document.type == DocumentType::proposed_rule) {
    if (!document.comments_close) {
      return {", no duty yet", "（現時点で義務は生じません）"};
    }
    const Headline day = day_words(*document.comments_close);
    return {fmt::format(", no duty yet, comments close {}", day.en),
            fmt::format("、意見期限{}（現時点で義務は生じません）", day.ja)};
  }
  if (document.effective.empty()) {
    return has_mark(item, Mark::delayed) ? Headline{", delayed", "、施行延期"} : Headline{};
  }
  const Headline day = day_words(document.effective.front());
  const bool delayed = has_mark(item, Mark::delayed);
  const std::size_t more = document.effective.size() - 1;
  return {
      fmt::format(
          ", {} {}{}", delayed ? "delayed to" : "effective", day.en, more > 0 ? " and later" : ""),
      fmt::format("、{}{}{}", day.ja, more > 0 ? "以降" : "", delayed ? "に施行延期" : "施行")};
}

Headline document_headline(const Item& item) {
  const Headline kind = document_kind(*item.rule);
  const Headline now = standing(item);
  const std::string title = excerpt(item.rule->title, title_columns);
  return {fmt::format("{}{}: {}", kind.en, now.en, title),
          fmt::format("{}「{}」{}", kind.ja, title, now.ja)};
}

/// "§ 744.11(a)(1): stay ends November 9, 2026"
Headline day_headline(const CalendarEntry& day) {
  const Headline place = place_words(day.at);
  const Headline when = day_words(day.day);
  return {fmt::format("{}: {} {}", place.en, day_word(day.kind, Language::en), when.en),
          fmt::format("{}：{} {}", place.ja, day_word(day.kind, Language::ja), when.ja)};
}

/// With the rule behind it where there is room.
Headline with_rule(Headline out, const Item& item) {
  if (item.rule) {
    const Headline kind = document_kind(*item.rule);
    const Headline now = standing(item);
    const std::string en = fmt::format(" ({}{})", kind.en, now.en);
    out.en += display_width(out.en + en) <= widest ? en : "";
    const std::string ja = fmt::format("（{}{}）", kind.ja, now.ja);
    out.ja += display_width(out.ja + ja) <= widest ? ja : "";
  }
  return out;
}

bool is_directed(const Change& change) {
  const TypedChange* typed = main_type(change);
  return typed != nullptr &&
         (typed->direction == Direction::tightened || typed->direction == Direction::loosened);
}

const Change& main_change(const std::vector<Change>& changes) {
  const auto found = std::find_if(changes.begin(), changes.end(), is_directed);
  return found == changes.end() ? changes.front() : *found;
}

bool is_about(const Hit& hit, const Change& change) {
  return std::any_of(hit.reasons.begin(), hit.reasons.end(), [&](const Reason& reason) {
    return reason.at == change.at.to_string();
  });
}

/// The change that the hit is about: the one at the place of one of its reasons.
const Change* change_of(const Item& item, const Hit& hit) {
  const auto found = std::find_if(item.changes.begin(),
                                  item.changes.end(),
                                  [&](const Change& change) { return is_about(hit, change); });
  return found == item.changes.end() ? nullptr : &*found;
}

/// "page changed: Action Plan: “90 days” -> “30 days”; 2 more changes"
Headline page_headline(const Item& item) {
  const std::string title = excerpt(item.page->title, title_columns);
  if (item.changes.empty()) {
    return {"page changed: " + title, fmt::format("ページ更新「{}」", title)};
  }
  const Headline what = what_of(item.changes.front());
  const std::size_t more = item.changes.size() - 1;
  return {fmt::format(
              "page changed: {}: {}{}",
              title,
              what.en,
              more == 0 ? "" : fmt::format("; {} more {}", more, more == 1 ? "change" : "changes")),
          fmt::format("ページ更新「{}」：{}{}",
                      title,
                      what.ja,
                      more == 0 ? "" : fmt::format("、ほか{}件", more))};
}

} // namespace

Headline document_kind(const Document& document) {
  const std::string action = lowered(document.action);
  const auto says = [&](std::string_view words) { return action.find(words) != std::string::npos; };
  switch (document.type) {
  case DocumentType::rule:
    return says("correct")         ? Headline{"correction", "訂正"}
           : says("delay")         ? Headline{"delay of a rule", "施行延期"}
           : says("interim final") ? Headline{"interim final rule", "暫定最終規則"}
                                   : Headline{"final rule", "最終規則"};
  case DocumentType::proposed_rule:
    return says("advance") ? Headline{"advance notice of a proposed rule", "規則案の事前告示"}
           : says("withdraw") ? Headline{"withdrawal of a proposed rule", "規則案の撤回"}
                              : Headline{"proposed rule", "規則案"};
  case DocumentType::notice:
    return {"notice", "告示"};
  case DocumentType::presidential:
    return document.executive_order.empty()
               ? Headline{"presidential document", "大統領文書"}
               : Headline{"Executive Order " + document.executive_order,
                          fmt::format("大統領令{}号", document.executive_order)};
  case DocumentType::correction:
    return {"correction", "訂正"};
  case DocumentType::measure:
    return {"measure outside the Federal Register", "公表資料（官報外）"};
  case DocumentType::other:
    break;
  }
  return {"document", "官報文書"};
}

Headline headline_of(const Item& item) {
  if (item.page) {
    return page_headline(item);
  }
  if (const CalendarEntry* day = law_day(item)) {
    return day_headline(*day);
  }
  if (item.changes.empty() || (item.rule && item.changes.size() > 1)) {
    return item.rule ? document_headline(item) : Headline{item.id, item.id};
  }
  Headline out = headline_of(main_change(item.changes));
  if (item.changes.size() > 1) {
    const std::size_t more = item.changes.size() - 1;
    out.en += fmt::format("; {} more {}", more, more == 1 ? "change" : "changes");
    out.ja += fmt::format("、ほか{}件", more);
  }
  return with_rule(std::move(out), item);
}

Headline headline_of(const Item& item, const Register& entries) {
  if (item.page) {
    return headline_of(item);
  }
  const auto own = [](const Hit& hit) {
    return hit.entry != EntryKind::category && hit.entry != EntryKind::watch;
  };
  auto hit = std::find_if(item.hits.begin(), item.hits.end(), moves_own_figure);
  if (hit == item.hits.end()) {
    hit = std::find_if(item.hits.begin(), item.hits.end(), own);
  }
  const Change* change = hit == item.hits.end() ? nullptr : change_of(item, *hit);
  if (change == nullptr) {
    return headline_of(item);
  }
  std::vector<Hit> hits{*hit};
  std::copy_if(item.hits.begin(), item.hits.end(), std::back_inserter(hits), [&](const Hit& each) {
    return each.category != hit->category && is_about(each, *change);
  });
  return with_rule(headline_of(*change, hits, entries), item);
}

} // namespace regtrail::render
