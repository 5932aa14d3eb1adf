// The page of an item.
#include "notify/render/days.hpp"
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>

namespace regtrail::render {

namespace {

/// Behind a plain name of the kind of document or of what else the item tells.
std::string_view kind_of(const Page& page, const Item& item) {
  if (item.page) {
    return page.say("watched page", "監視ページ");
  }
  if (!item.rule) {
    return law_day(item) != nullptr ? page.say("day that the law prints", "条文中の期日")
                                    : page.say("change without a known rule", "根拠未特定の変更");
  }
  switch (item.rule->type) {
  case DocumentType::rule:
    return page.say("rule", "規則");
  case DocumentType::proposed_rule:
    return page.say("proposed rule; no duty follows from it now",
                    "規則案。現時点で義務は生じません");
  case DocumentType::notice:
    return page.say("notice", "告示");
  case DocumentType::presidential:
    return page.say("presidential document", "大統領文書");
  case DocumentType::correction:
    return page.say("correction", "訂正");
  case DocumentType::measure:
    return page.say("measure outside the Federal Register", "公表資料（官報外）");
  case DocumentType::other:
    break;
  }
  return page.say("document", "文書");
}

void add_steps(Page& page, const Item& item) {
  page.heading(page.say("What happened when", "経過"));
  page.add("<table class=\"days\"><tbody>\n");
  for (const ItemStep& step : item.steps) {
    if (day_ahead(step)) {
      continue; // the days themselves follow
    }
    page.add("<tr><th scope=\"row\">{}</th><td>{}{}</td></tr>\n",
             step.date ? page.day(step.date) : std::string(page.say("day not set", "日付未定")),
             escape_html(step_word(item, step.kind, page.site().language)),
             step.document.empty() || step.document == item.id
                 ? std::string()
                 : fmt::format(" <a href=\"https://www.federalregister.gov/d/{0}\">{0}</a>",
                               escape_html(step.document)));
  }
  page.add("</tbody></table>\n");
  if (!item.days.empty()) {
    page.heading(page.say("Days", "期日"));
    page.add("<table class=\"days\"><tbody>\n");
    for (const CalendarEntry& day : item.days) {
      page.add("<tr><th scope=\"row\">{}</th><td>{} {} <span lang=\"en\" class=\"s m\">{}</span>"
               "</td></tr>\n",
               page.day(day.day),
               day_word(day.kind, page.site().language),
               day.at.empty() ? "" : page.place(day.at),
               escape_html(day.words));
    }
    page.add("</tbody></table>\n");
  }
}

/// Effects of instructions whose text the eCFR does not show yet, and those that could not be
/// compared.
void add_effects(Page& page, const Item& item) {
  std::vector<Change> ahead;
  std::string named;
  for (const Effect& effect : item.effects) {
    if (effect.outcome == Effect::Outcome::compared && effect.change) {
      ahead.push_back(*effect.change);
    } else if (effect.outcome == Effect::Outcome::not_compared) {
      named += fmt::format("<li>{} {} <span class=\"s m\" lang=\"en\">{}</span></li>\n",
                           escape_html(effect.instruction),
                           page.place(effect.at),
                           escape_html(effect.reason));
    }
  }
  if (!ahead.empty()) {
    page.heading(page.say("What its instructions make of the text", "改正指示による条文の変更"));
    page.add_changes(ahead, "", redlines_shown);
  }
  if (!named.empty()) {
    page.add("<h3>{}</h3><ul>{}</ul>\n",
             page.say("Instructions that were not compared", "条文と照合できていない改正指示"),
             named);
  }
}

void add_list(Page& page, std::string_view title, const std::vector<std::string>& lines) {
  if (!lines.empty()) {
    page.heading(title);
    page.add("<ul>");
    for (const std::string& line : lines) {
      page.add("<li>{}</li>\n", line);
    }
    page.add("</ul>\n");
  }
}

} // namespace

std::string touched(const Page& page, const Item& item, std::size_t most) {
  const Language language = page.site().language;
  std::vector<std::string> words;
  std::size_t partners = 0;
  std::vector<Hit> named;
  for (const Hit& hit : item.hits) {
    const bool hidden = hit.entry == EntryKind::party && hit.category.empty();
    partners += hidden ? 1U : 0U;
    if (!hidden) {
      named.push_back(hit);
    }
  }
  if (partners > 0) {
    words.push_back(fmt::format(fmt::runtime(page.say("partners of yours, to be compared: {}",
                                                      "登録取引先 {}社（要照合）")),
                                partners));
  }
  std::size_t left = named.size();
  for (const std::vector<Hit>& alike : alike_hits(named)) {
    if (words.size() == most) {
      words.push_back(fmt::format(fmt::runtime(page.say("and {} more", "ほか{}件")), left));
      break;
    }
    words.push_back(escape_html(entry_names(alike, page.site().entries, language)));
    left -= alike.size();
  }
  return joined(words, page.say(", ", "、"));
}

std::string source_of(const Page& page, const Item& item) {
  if (item.rule) {
    const std::string citation = fr_citation_of(*item.rule);
    return escape_html(citation.empty() ? item.id : citation);
  }
  if (item.page) {
    return escape_html(item.page->address);
  }
  if (const CalendarEntry* day = law_day(item)) {
    return page.place(day->at);
  }
  std::vector<Cause> causes;
  for (const Change& change : item.changes) {
    for (const Cause& cause : change.causes) {
      if (std::none_of(causes.begin(), causes.end(), [&](const Cause& other) {
            return other.document == cause.document && other.citation == cause.citation;
          })) {
        causes.push_back(cause);
      }
    }
  }
  return page.cause(causes);
}

SiteFile item_page(const Site& site, const Item& item) {
  const Headline headline = headline_of(item, site.entries);
  Page page(site,
            item_path(item.id),
            site.language == Language::ja ? headline.ja : headline.en,
            Menu::changes);
  page.add("<p class=\"crumb\">{}　{}</p>\n<h1>{}</h1>\n",
           escape_html(item.rule && !fr_citation_of(*item.rule).empty() ? fr_citation_of(*item.rule)
                                                                        : item.id),
           kind_of(page, item),
           page.say(headline));
  const std::string direction =
      page.direction(item.direction == Direction::tightened, item.direction == Direction::loosened);
  page.add("<p>{} <span class=\"chip\">{}</span>{}{}{}</p>\n",
           page.severity(item.severity),
           escape_html(station_phrase(item, site.language)),
           direction.empty() ? "" : " <span class=\"chip\">",
           direction,
           direction.empty() ? "" : "</span>");
  if (item.rule) {
    page.add("<p lang=\"en\">{}</p>\n", escape_html(item.rule->title));
    if (!item.rule->abstract.empty()) {
      page.add("<p lang=\"en\" class=\"s m\">{}</p>\n", escape_html(item.rule->abstract));
    }
  }
  const std::string who = touched(page, item, item.hits.size());
  if (!who.empty()) {
    page.heading(page.say("Whom it touches", "該当する登録内容"));
    page.add("<p>{}</p>\n", who);
  }
  add_steps(page, item);
  if (!item.changes.empty()) {
    page.heading(item.page ? page.say("What changed on the page", "ページの変更箇所")
                           : page.say("What changed in the eCFR", "eCFRの変更箇所"));
    page.add_changes(item.changes, "", redlines_shown);
  }
  add_effects(page, item);
  std::vector<std::string> checks;
  for (const std::string& check : item.checks) {
    checks.push_back("<span lang=\"en\">" + escape_html(check) + "</span>");
  }
  add_list(page, page.say("To be checked", "要確認"), checks);
  std::vector<std::string> related;
  for (const std::string& id : item.related) {
    if (const Item* other = site.item_of(id)) {
      related.push_back(page.link(item_path(other->id), page.say(headline_of(*other))));
    }
  }
  add_list(page, page.say("See also", "関連"), related);
  std::vector<std::string> links;
  for (const std::string& url : links_of(item)) {
    links.push_back(url.starts_with("https://") || url.starts_with("http://")
                        ? fmt::format("<a href=\"{0}\">{0}</a>", escape_html(url))
                        : escape_html(url));
  }
  add_list(page, page.say("At the source", "出典"), links);
  return page.finish();
}

} // namespace regtrail::render
