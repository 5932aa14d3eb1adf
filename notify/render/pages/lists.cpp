// Pages that list: the front page, the changes of a year, the days, the contents.
#include "model/federal_holiday.hpp"
#include "model/supplement.hpp"
#include "notify/render/days.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/items.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>
#include <map>

namespace regtrail::render {

namespace {

constexpr std::size_t newest_shown = 40;
constexpr std::size_t days_shown = 20;
constexpr std::size_t groups_shown = 2;    ///< of entries that an item hits
constexpr std::size_t longest_words = 160; ///< bytes

/// The newest day that has come of an item.
std::optional<Date> newest_of(const Item& item) {
  std::optional<Date> day;
  for (const ItemStep& step : item.steps) {
    day = std::max(day, step.date);
  }
  return day;
}

std::string year_path(int year) {
  return fmt::format("changes-{}.html", year);
}

std::map<int, std::vector<const Item*>, std::greater<>> by_year(const Site& site) {
  std::map<int, std::vector<const Item*>, std::greater<>> years;
  for (const Item& item : site.items) {
    if (const auto day = newest_of(item)) {
      years[day->year()].push_back(&item);
    }
  }
  return years;
}

void add_years(Page& page) {
  page.add("<p class=\"s\">{}", page.say("All changes: ", "過去の改正："));
  for (const auto& [year, items] : by_year(page.site())) {
    page.add(" {}", page.link(year_path(year), std::to_string(year)));
  }
  page.add("</p>\n");
}

void begin_item_table(Page& page) {
  page.add("<table id=\"changes\" class=\"card rules\"><thead><tr><th>{}</th><th>{}</th><th>{}</th>"
           "</tr></thead><tbody>\n",
           page.say("Severity", "重要度"),
           page.say("What", "内容"),
           page.say("State", "状態"));
}

void add_item_rows(Page& page, const std::vector<const Item*>& items) {
  const Language language = page.site().language;
  for (const Item* item : items) {
    const std::string who = touched(page, *item, groups_shown);
    page.add("<tr data-hit=\"{}\"><td>{}</td><td><a class=\"hl\" href=\"{}\">{}</a><br>"
             "<span class=\"s m\">{}{}{}{}</span></td><td class=\"st\">{}<br>{}</td></tr>\n",
             item->hits.empty() ? 0 : 1,
             page.severity(item->severity),
             page.href(item_path(item->id)),
             page.say(headline_of(*item, page.site().entries)),
             who.empty() ? "" : "<b>" + who + "</b>　",
             source_of(page, *item),
             item->rule && item->rule->published ? page.say(", published ", "、掲載 ") : "",
             item->rule && item->rule->published ? page.day(item->rule->published) : "",
             escape_html(station_phrase(*item, language)),
             page.day(newest_of(*item)));
  }
}

void add_day_rows(Page& page, const std::vector<CalendarEntry>& days, bool brief) {
  const Site& site = page.site();
  for (const CalendarEntry& day : days) {
    const Item* item = site.item_of(day.item);
    const std::string_view closed = closed_for(day.day);
    const std::string words = day.words.size() > longest_words
                                  ? std::string(first_bytes(day.words, longest_words)) + "…"
                                  : day.words;
    const std::string who = item == nullptr ? std::string() : touched(page, *item, groups_shown);
    page.add("<tr data-hit=\"{}\"><th scope=\"row\">{}<br><span class=\"s m\">{}{}{}</span></th>"
             "<td><span class=\"s m\">{}</span><br>{}{}{}{}</td></tr>\n",
             who.empty() ? 0 : 1,
             page.day(day.day),
             days_left(day.day, site.today, site.language),
             closed.empty() ? "" : page.say(", ", "、"),
             closed.empty() ? "" : page.say(closed, "米国の休日"),
             day_word(day.kind, site.language),
             item != nullptr ? page.link(item_path(item->id), page.say(headline_of(*item))) : "",
             day.at.empty() || (item != nullptr && law_day(*item) != nullptr)
                 ? ""
                 : " " + page.place(day.at),
             brief || words.empty()
                 ? ""
                 : "<br><span lang=\"en\" class=\"s m\">" + escape_html(words) + "</span>",
             who.empty() ? "" : "<br><b class=\"s\">" + who + "</b>");
  }
}

} // namespace

SiteFile
front_page(const Site& site, const std::vector<CalendarEntry>& days, const SiteState& state) {
  const std::string title(site.language == Language::ja ? "米国輸出管理規則（EAR）の改正"
                                                        : "Changes of the EAR");
  Page page(site, "index.html", title, Menu::changes);
  page.add("<h1>{}</h1>\n<ul class=\"status\">", title);
  for (const SourceStatus& source : state.sources) {
    const bool sound = source.health == Health::healthy;
    page.add("<li class=\"s{}\"><b>{}</b> {} {}</li>",
             sound ? "0" : "5",
             health_words(page, source),
             source_name(page, source.source),
             source.valid_through ? fmt::format(fmt::runtime(page.say("up to {}", "{}まで確認")),
                                                page.day(source.valid_through))
                                  : std::string());
  }
  page.add("</ul>\n<p class=\"s\">{}</p>\n<div class=\"grid\"><div>\n",
           page.link("state.html", page.say("what is read, and what is not", "確認の範囲")));
  page.heading(page.say("Newest changes", "最近の改正（規則ごと）"));
  add_filter(page, "changes", Filter::hits);
  begin_item_table(page);
  std::vector<const Item*> newest;
  for (std::size_t i = 0; i < std::min(newest_shown, site.items.size()); ++i) {
    newest.push_back(&site.items[i]);
  }
  add_item_rows(page, newest);
  page.add("</tbody></table>\n");
  add_years(page);
  page.add("</div><div>\n");
  page.heading(page.say("Days of the next 90 days", "今後90日の期日"));
  page.add("<table class=\"days\"><tbody>\n");
  const auto last = days.begin() + static_cast<std::ptrdiff_t>(std::min(days_shown, days.size()));
  add_day_rows(page, {days.begin(), last}, true);
  const std::string_view words =
      days.empty()
          ? page.say("none in what was read; all days", "取得済みの範囲になし。すべての期日")
          : page.say("all {} and later ones", "{}件とその後の期日");
  page.add("</tbody></table>\n<p class=\"s\">{}</p></div></div>\n",
           page.link("calendar.html", fmt::format(fmt::runtime(words), days.size())));
  return page.finish();
}

std::vector<SiteFile> change_pages(const Site& site) {
  std::vector<SiteFile> pages;
  for (const auto& [year, items] : by_year(site)) {
    const std::string title = site.language == Language::ja ? fmt::format("{}年の改正", year)
                                                            : fmt::format("Changes of {}", year);
    Page page(site, year_path(year), title, Menu::changes);
    page.add("<h1>{}</h1>\n", title);
    add_years(page);
    add_filter(page, "changes", Filter::hits);
    begin_item_table(page);
    add_item_rows(page, items);
    page.add("</tbody></table>\n");
    pages.push_back(page.finish());
  }
  return pages;
}

SiteFile calendar_page(const Site& site, const std::vector<CalendarEntry>& days) {
  const std::string title(site.language == Language::ja ? "期日" : "Days ahead");
  Page page(site, "calendar.html", title, Menu::calendar);
  page.add("<h1>{}</h1>\n", title);
  add_filter(page, "changes", Filter::hits);
  page.add("<table id=\"changes\" class=\"days\"><tbody>\n");
  add_day_rows(page, days, false);
  page.add("</tbody></table>\n");
  return page.finish();
}

SiteFile contents_page(const Site& site,
                       const std::vector<std::pair<Citation, std::string>>& units) {
  const std::string title(site.language == Language::ja ? "条文" : "Text of the law");
  Page page(site, "law.html", title, Menu::law);
  page.add("<h1>{}</h1>\n", title);
  std::string part;
  for (const auto& [unit, heading] : units) {
    if (unit.part_number() != part) {
      page.add("{}", part.empty() ? "" : "</ul>\n");
      part = unit.part_number();
      page.heading(fmt::format(fmt::runtime(page.say("Part {}", "{}部")), escape_html(part)),
                   "part-" + safe_name(part));
      page.add("<ul class=\"plain\">\n");
    }
    page.add("<li>{} <span lang=\"en\">{}</span></li>\n",
             page.link(page_path(unit), page.say(place_words(unit))),
             escape_html(heading));
  }
  page.add("{}", part.empty() ? "" : "</ul>\n");
  return page.finish();
}

SiteFile search_script(const Site& site) {
  Json index = Json::array();
  for (const SearchEntry& each : site.search) {
    index.push_back({each.path, each.title, each.words});
  }
  for (const Item& item : site.items) {
    const Headline headline = headline_of(item, site.entries);
    std::string words = item.id;
    if (item.rule) {
      words += " " + fr_citation_of(*item.rule) + " " + item.rule->title;
    }
    index.push_back({item_path(item.id),
                     site.language == Language::ja ? headline.ja : headline.en,
                     std::move(words)});
  }
  std::string out = "regtrailIndex([\n";
  for (std::size_t i = 0; i < index.size(); ++i) {
    out += index[i].dump(-1, ' ', false, Json::error_handler_t::replace);
    out += i + 1 < index.size() ? ",\n" : "\n";
  }
  return {"search.js", out + "]);\n"};
}

} // namespace regtrail::render
