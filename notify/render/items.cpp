// Items in a terminal and in a spreadsheet.
#include "notify/render/items.hpp"

#include "notify/render/csv.hpp"
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace regtrail::render {

namespace {

constexpr int field_column = 13;
constexpr std::size_t reasons_shown = 4;

/// What a reader calls a step; stations and marks are called like the steps that lead to them.
struct StepWord {
  StepKind step;
  const char* en;
  const char* ja;
};

constexpr std::array step_words{
    StepWord{StepKind::filed, "filed", "公開閲覧"},
    StepWord{StepKind::proposed, "proposed", "規則案"},
    StepWord{StepKind::published, "published", "官報掲載"},
    StepWord{StepKind::in_force, "in force", "施行済み"},
    StepWord{StepKind::codified, "in the eCFR", "電子版連邦規則集（eCFR）に反映"},
    StepWord{StepKind::corrected, "corrected", "訂正"},
    StepWord{StepKind::delayed, "delayed", "施行延期"},
    StepWord{StepKind::withdrawn, "withdrawn", "撤回"},
    StepWord{StepKind::stayed, "stayed", "適用停止"},
    StepWord{StepKind::not_enforced, "not enforced", "執行せず"},
    StepWord{StepKind::lifted, "stay lifted", "適用停止の終了"},
    StepWord{StepKind::expired, "expired", "期間満了"},
    StepWord{StepKind::reverted, "reverted", "旧条文に復帰"},
    StepWord{StepKind::due_30, "due in 30 days", "期限まで30日"},
    StepWord{StepKind::due_7, "due in 7 days", "期限まで7日"},
    StepWord{StepKind::due, "due", "期限"},
};

StepKind step_of(Station station) {
  switch (station) {
  case Station::filed:
    return StepKind::filed;
  case Station::proposed:
    return StepKind::proposed;
  case Station::published:
    return StepKind::published;
  case Station::in_force:
    return StepKind::in_force;
  case Station::codified:
    return StepKind::codified;
  }
  return StepKind::published;
}

StepKind step_of(regtrail::Mark mark) {
  switch (mark) {
  case regtrail::Mark::corrected:
    return StepKind::corrected;
  case regtrail::Mark::delayed:
    return StepKind::delayed;
  case regtrail::Mark::withdrawn:
    return StepKind::withdrawn;
  case regtrail::Mark::stayed:
    return StepKind::stayed;
  case regtrail::Mark::not_enforced:
    return StepKind::not_enforced;
  }
  return StepKind::corrected;
}

/// "published 2026-08-03, delayed 2026-08-20 (2026-15990)"
std::string steps_words(const Item& item) {
  std::vector<std::string> words;
  for (const ItemStep& step : item.steps) {
    std::string text =
        step_word(item, step.kind, Language::en) + " " + date_word(step.date, Language::en);
    if (!step.document.empty() && step.document != item.id) {
      text += fmt::format(" ({})", step.document);
    }
    if (const auto ahead = day_ahead(step); ahead && ahead != step.date) {
      text += fmt::format(" for {}", ahead->to_string());
    }
    if (!step.instructions.empty() && step.kind == StepKind::in_force) {
      text += fmt::format(" ({} {})",
                          step.instructions.size() == 1 ? "instruction" : "instructions",
                          joined(step.instructions));
    }
    words.push_back(std::move(text));
  }
  return joined(words);
}

std::string reasons_words(const Hit& hit) {
  std::vector<std::string> words;
  for (const Reason& reason : hit.reasons) {
    if (reason.weight > 0 && words.size() < reasons_shown) {
      words.push_back(fmt::format("{} \"{}\" at {}",
                                  signal_word(reason.signal, Language::en),
                                  one_line(reason.words),
                                  reason.at));
    }
  }
  return joined(words);
}

class ItemPrinter {
public:
  ItemPrinter(const Item& item, const Register& entries, const TerminalStyle& style)
      : m_item(item),
        m_entries(entries),
        m_style(style) {}

  std::string run() {
    head();
    if (m_item.hits.empty()) {
      return std::move(m_out);
    }
    field("steps", steps_words(m_item));
    if (m_item.rule && !m_item.rule->effective.empty()) {
      std::vector<std::string> days;
      for (const Date day : m_item.rule->effective) {
        days.push_back(day.to_string());
      }
      field("effective", joined(days));
    }
    if (m_item.rule && m_item.rule->comments_close) {
      field("comments by", m_item.rule->comments_close->to_string());
    }
    for (const std::vector<Hit>& alike : alike_hits(m_item.hits)) {
      const Hit& hit = alike.front();
      field("touches",
            fmt::format("{} {} {}: {}",
                        entry_names(alike, m_entries, Language::en),
                        two_decimals(hit.score),
                        severity_word(hit.severity, Language::en),
                        reasons_words(hit)));
    }
    for (const CalendarEntry& day : m_item.days) {
      if (day.kind != CalendarKind::effective && day.kind != CalendarKind::comments_close) {
        field("day",
              fmt::format("{} {}{}{}",
                          day_word(day.kind, Language::en),
                          day.day.to_string(),
                          day.at.empty() ? "" : " " + day.at.to_string(),
                          day.words.empty() ? "" : ": " + one_line(day.words)));
      }
    }
    if (!m_item.changes.empty()) {
      field("changes",
            counted(m_item.changes.size(), "change") +
                (m_item.page ? " of the page" : " in the eCFR"));
    }
    if (m_item.page) {
      field("address", m_item.page->address);
    }
    for (const std::string& check : m_item.checks) {
      field("check", check);
    }
    if (!m_item.related.empty()) {
      field("see also", joined(m_item.related));
    }
    return m_out + "\n";
  }

private:
  void head() {
    Flow flow(m_style, 0, 2);
    flow.add(render::Mark::bold, m_item.id);
    flow.gap();
    flow.add(render::Mark::plain, fmt::format("[{}]", station_phrase(m_item, Language::en)));
    if (!m_item.hits.empty()) {
      flow.add(render::Mark::plain,
               fmt::format(" {}, {}",
                           severity_word(m_item.severity, Language::en),
                           to_string(m_item.direction)));
    }
    flow.gap();
    flow.add(render::Mark::plain, headline_of(m_item, m_entries).en);
    m_out += flow.finish();
  }

  void field(std::string_view name, std::string_view text) {
    Flow flow(m_style, field_column, field_column);
    flow.add(render::Mark::plain, text);
    m_out += labelled(m_style, render::Mark::dim, "  " + std::string(name), field_column, flow);
  }

  const Item& m_item;
  const Register& m_entries;
  const TerminalStyle& m_style;
  std::string m_out;
};

std::string day_or_empty(const std::optional<Date>& day) {
  return day ? day->to_string() : "";
}

} // namespace

std::string
items_text(const std::vector<Item>& items, const Register& entries, const TerminalStyle& style) {
  std::string out;
  std::size_t hits = 0;
  for (const Item& item : items) {
    out += ItemPrinter(item, entries, style).run();
    hits += item.hits.size();
  }
  return out + counted(items.size(), "item") + ", " + counted(hits, "hit") + "\n";
}

std::string items_csv(const std::vector<Item>& items, const Register& entries) {
  std::string out(byte_order_mark);
  add_csv_row(out,
              {"id",
               "station",
               "marks",
               "type",
               "title",
               "headline_en",
               "headline_ja",
               "published",
               "effective",
               "comments_close",
               "ecfr_date",
               "severity",
               "direction",
               "touches",
               "places",
               "checks",
               "link"});
  for (const Item& item : items) {
    const Document none;
    const Document& rule = item.rule ? *item.rule : none;
    std::vector<std::string> marks;
    for (const regtrail::Mark mark : item.marks) {
      marks.push_back(step_word(step_of(mark), Language::en));
    }
    std::vector<std::string> effective;
    for (const Date day : rule.effective) {
      effective.push_back(day.to_string());
    }
    std::vector<std::string> touches;
    for (const Hit& hit : item.hits) {
      touches.push_back(entry_name(hit, entries, Language::en));
    }
    std::vector<std::string> places;
    for (const Change& change : item.changes) {
      places.push_back(change.at.to_string());
    }
    const auto links = links_of(item);
    const Headline headline = headline_of(item, entries);
    add_csv_row(out,
                {item.id,
                 step_word(item, step_of(item.station), Language::en),
                 joined(marks),
                 item.rule   ? std::string(to_string(rule.type))
                 : item.page ? "page"
                             : "",
                 item.page ? item.page->title : rule.title,
                 headline.en,
                 headline.ja,
                 day_or_empty(rule.published),
                 joined(effective),
                 day_or_empty(rule.comments_close),
                 day_or_empty(item.ecfr),
                 std::to_string(item.severity),
                 std::string(to_string(item.direction)),
                 joined(touches, "; "),
                 joined(places, "; "),
                 joined(item.checks, "\n"),
                 links.empty() ? "" : links.front()});
  }
  return out;
}

std::string step_word(StepKind step, Language language) {
  const auto* found = std::find_if(step_words.begin(), step_words.end(), [&](const StepWord& word) {
    return word.step == step;
  });
  return language == Language::ja ? found->ja : found->en;
}

std::string step_word(const Item& item, StepKind step, Language language) {
  if (item.page && step == StepKind::published) {
    return language == Language::ja ? "ページ更新" : "page changed";
  }
  return step_word(step, language);
}

std::string station_phrase(const Item& item, Language language) {
  std::vector<std::string> words{step_word(item, step_of(item.station), language)};
  for (const regtrail::Mark mark : item.marks) {
    words.push_back(step_word(step_of(mark), language));
  }
  return joined(words, language == Language::ja ? "、" : ", ");
}

namespace {

constexpr std::size_t new_links_shown = 10;

/// The page, and of a page of links the new ones.
std::vector<std::string> page_links(const Item& item) {
  std::vector<std::string> links{item.page->address};
  for (const Change& change : item.changes) {
    if (change.kind == ChangeKind::added && change.node_kind == NodeKind::row &&
        links.size() <= new_links_shown) {
      links.push_back(change.at.steps().back().name);
    }
  }
  return links;
}

} // namespace

std::vector<std::string> links_of(const Item& item) {
  std::vector<std::string> links;
  if (item.page) {
    return page_links(item);
  }
  if (const CalendarEntry* day = law_day(item)) {
    const Citation unit = day->at.unit();
    links.push_back(fmt::format("https://www.ecfr.gov/current/title-{}/{}",
                                unit.title().empty() ? "15" : unit.title(),
                                unit.kind() == CitationKind::section
                                    ? "section-" + unit.name()
                                    : "part-" + unit.part_number()));
    return links;
  }
  if (!item.rule) {
    // "15 CFR 744@2026-09-04"
    const std::size_t title = item.id.find(" CFR ");
    const std::size_t date = item.id.find('@');
    links.push_back(fmt::format("https://www.ecfr.gov/on/{}/title-{}/part-{}",
                                item.id.substr(date + 1),
                                item.id.substr(0, title),
                                item.id.substr(title + 5, date - title - 5)));
    return links;
  }
  if (item.rule->type == DocumentType::measure) {
    return item.rule->text_url.empty() ? links : std::vector{item.rule->text_url};
  }
  links.push_back("https://www.federalregister.gov/d/" + item.id);
  std::set<std::string> others;
  for (const ItemStep& step : item.steps) {
    if (!step.document.empty() && step.document != item.id && others.insert(step.document).second) {
      links.push_back("https://www.federalregister.gov/d/" + step.document);
    }
  }
  return links;
}

} // namespace regtrail::render
