#include "model/characters.hpp"
#include "model/digest.hpp"
#include "model/supplement.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/headline_internal.hpp"
#include "notify/render/pages/page_internal.hpp"
#include "notify/render/terminal.hpp"

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr std::size_t longest_name = 40;
constexpr int context_words = 40;

struct MenuEntry {
  Menu menu;
  const char* path;
  const char* en;
  const char* ja;
};

constexpr std::array menu{
    MenuEntry{Menu::changes, "index.html", "Changes", "改正"},
    MenuEntry{Menu::calendar, "calendar.html", "Dates", "期日"},
    MenuEntry{Menu::law, "law.html", "Text of the law", "条文"},
    MenuEntry{Menu::state, "state.html", "What is read", "確認状況"},
};

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : lowered(std::string(text))) {
    const bool kept =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '.' && !out.empty());
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out.resize(std::min(out.size(), longest_name));
  while (out.ends_with('-') || out.ends_with('.')) {
    out.pop_back();
  }
  return out;
}

} // namespace

std::string safe_name(std::string_view text) {
  const std::string name = slug(text);
  if (!name.empty() && name == lowered(text)) {
    return name;
  }
  return name + (name.empty() ? "" : "-") + to_hex(sha256(text)).substr(0, 6);
}

std::string page_path(const Citation& place) {
  const std::string title =
      place.title().empty() || place.title() == "15" ? "" : place.title() + "-";
  constexpr std::string_view supplement = "Supplement No. ";
  constexpr std::string_view to = " to Part ";
  std::string name = place.name();
  if (place.kind() == CitationKind::part) {
    name = title + "part-" + name;
  } else if (place.kind() == CitationKind::section) {
    name = title + name;
  } else if (const std::size_t at = name.find(to);
             name.starts_with(supplement) && at != std::string::npos) {
    name = name.substr(at + to.size()) + "-supp" +
           name.substr(supplement.size(), at - supplement.size());
  }
  return "law/" + safe_name(name) + ".html";
}

std::string item_path(const std::string& id) {
  return "item/" + safe_name(id) + ".html";
}

void Site::index_items() {
  for (std::size_t i = 0; i < items.size(); ++i) {
    m_item_of[items[i].id] = i;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    for (const ItemStep& step : items[i].steps) {
      m_item_of.emplace(step.document, i); // a step of another item leads to that
    }
  }
  m_item_of.erase("");
}

const Item* Site::item_of(const std::string& document) const {
  const auto found = m_item_of.find(document);
  return found == m_item_of.end() ? nullptr : &items[found->second];
}

Page::Page(const Site& site, std::string path, std::string_view title, Menu current)
    : m_site(site),
      m_path(std::move(path)),
      m_title(title),
      m_current(current),
      m_ids{"find", "found", "checked"} {}

std::string Page::say(const Headline& words) const {
  return escape_html(m_site.language == Language::ja ? words.ja : words.en);
}

void Page::heading(std::string_view text, std::string_view id) {
  m_ids.insert(std::string(id));
  add("<h2{}{}{}>{}</h2>\n", id.empty() ? "" : " id=\"", id, id.empty() ? "" : "\"", text);
}

std::string Page::new_id(std::string_view text) {
  const std::string base = "p-" + slug(text);
  std::string id = base;
  for (int number = 2; !m_ids.insert(id).second; ++number) {
    id = fmt::format("{}-{}", base, number);
  }
  return id;
}

std::string Page::href(std::string_view path) const {
  return (m_path.find('/') == std::string::npos ? "" : "../") + escape_html(path);
}

std::string Page::link(std::string_view path, std::string_view html) const {
  return fmt::format("<a href=\"{}\">{}</a>", href(path), html);
}

std::string Page::day(const std::optional<Date>& date) const {
  return fmt::format("<span class=\"nw\">{}</span>", date_word(date, m_site.language));
}

std::string Page::place(const Citation& at) const {
  const std::string words = say(place_words(at));
  for (Citation above = at; !above.empty(); above = above.parent()) {
    const auto found = m_site.places.find(above.to_string());
    if (found != m_site.places.end()) {
      return link(found->second, words);
    }
  }
  const Citation whole = at.kind() == CitationKind::eccn ? Citation::eccn(at.name()) : at.unit();
  return m_site.units.contains(whole.to_string()) ? link(page_path(whole), words) : words;
}

std::string Page::document(const std::string& number, const std::string& citation) const {
  const std::string words = escape_html(citation.empty() ? number : citation);
  if (const Item* item = m_site.item_of(number)) {
    return link(item_path(item->id), words);
  }
  return number.empty() ? words
                        : fmt::format("<a href=\"https://www.federalregister.gov/d/{}\">{}</a>",
                                      escape_html(number),
                                      words);
}

std::string Page::cause(const std::vector<Cause>& causes) const {
  std::vector<std::string> words;
  bool editorial = false;
  for (const Cause& each : causes) {
    const CauseAnswer answer = answer_of(each);
    if (answer == CauseAnswer::identified || answer == CauseAnswer::cited) {
      words.push_back("<span class=\"nw\">" + document(each.document, each.citation) + "</span>");
    }
    editorial = editorial || answer == CauseAnswer::editorial;
  }
  if (words.empty()) {
    return std::string(editorial ? say("no rule did it", "規則によらない字句の整理")
                                 : say("no rule found", "根拠未特定"));
  }
  return joined(words, "<br>");
}

std::string Page::severity(int severity) const {
  constexpr std::array marks{"・", "○", "●", "◆", "■"};
  const int level = std::clamp(severity, 1, 5);
  return fmt::format("<span class=\"chip s{}\">{} {}</span>",
                     level,
                     marks.at(static_cast<std::size_t>(level) - 1),
                     severity_word(level, m_site.language));
}

std::string Page::direction(bool tightened, bool loosened) const {
  return std::string(tightened && loosened ? say("tightened and loosened", "強化と緩和")
                     : tightened           ? say("tightened", "規制強化")
                     : loosened            ? say("loosened", "規制緩和")
                                           : "");
}

std::string Page::direction(const std::vector<Change>& changes) const {
  const auto is_some = [&](Direction wanted) {
    return std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
      return std::any_of(change.typed.begin(), change.typed.end(), [&](const TypedChange& typed) {
        return typed.direction == wanted;
      });
    });
  };
  return direction(is_some(Direction::tightened), is_some(Direction::loosened));
}

void Page::add_changes(const std::vector<Change>& changes,
                       const std::string& unit,
                       std::size_t most) {
  std::vector<const Change*> shown;
  for (const Change& change : changes) {
    if (change.kind != ChangeKind::cosmetic) {
      shown.push_back(&change);
    }
  }
  const std::vector<ChangeGroup> groups = group_changes(shown);
  for (std::size_t i = 0; i < std::min(most, groups.size()); ++i) {
    const ChangeGroup& group = groups[i];
    const Change& change = group.first();
    std::vector<std::string> places;
    for (const Change* member : group.members) {
      places.push_back(place(member->at));
    }
    const bool typed = !change.typed.empty();
    add("<div class=\"chg keep\"><p><b>{}</b> <span class=\"m s\">{}{}{}</span></p>",
        joined(places, say(", ", "、")),
        escape_html(kind_phrase(change, unit, m_site.language)),
        typed ? say("; ", "：") : "",
        typed ? say(meaning_of(change)) : "");
    const bool only_place = change.kind != ChangeKind::added &&
                            change.kind != ChangeKind::removed && change.before == change.after;
    if (!only_place) {
      const bool whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
      add("<p class=\"law{}\" lang=\"en\">{}</p>",
          whole ? " whole" : "",
          redline_html(abridge(merged_edits(runs_of(change)), context_words)));
    }
    add("</div>\n");
  }
  if (groups.size() > most) {
    add("<p class=\"m\">{}</p>\n",
        fmt::format(fmt::runtime(say("and {} more", "ほか{}か所")), groups.size() - most));
  }
}

SiteFile Page::finish() const {
  const bool ja = m_site.language == Language::ja;
  std::string out =
      fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                  "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n"
                  "<link rel=\"stylesheet\" href=\"{}\">\n<script src=\"{}\" defer></script>\n"
                  "<script src=\"{}\" defer></script>\n</head>\n<body>\n"
                  "<header class=\"top\"><div class=\"wrap\"><b>regtrail</b>",
                  ja ? "ja" : "en",
                  escape_html(m_title),
                  href("regtrail.css"),
                  href("regtrail.js"),
                  href("state.js"));
  for (const MenuEntry& entry : menu) {
    out += fmt::format("<a href=\"{}\"{}>{}</a>",
                       href(entry.path),
                       entry.menu == m_current ? " aria-current=\"page\"" : "",
                       say(entry.en, entry.ja));
  }
  const Citation list = Citation::appendix("15", std::string(entity_list));
  if (m_site.units.contains(list.to_string())) {
    out += link(page_path(list), say("Entity List", "エンティティー・リスト"));
  }
  out += fmt::format(
      "<span class=\"r\" id=\"checked\"></span><div class=\"find noprint\" hidden>"
      "<input type=\"search\" id=\"find\" data-index=\"{}\" data-root=\"{}\" data-none=\"{}\" "
      "aria-label=\"{}\" placeholder=\"{}\" autocomplete=\"off\"><ul id=\"found\"></ul></div>"
      "</div></header>\n<main class=\"wrap\">\n",
      href("search.js"),
      href(""),
      say("nothing of this name", "該当する見出しはありません"),
      say("search", "検索"),
      say("search: 3B001, 744.23, a name", "検索：3B001、744.23、名称"));
  out += m_body;
  out += fmt::format("<footer>{}</footer>\n</main>\n</body>\n</html>\n",
                     say("The English text of the law decides. This is neither legal advice nor a "
                         "classification of items.",
                         "英語の原文が正です。法的助言でも該非判定でもありません。"));
  return {m_path, std::move(out)};
}

std::string source_name(const Page& page, std::string_view source) {
  return source == "ecfr"               ? "eCFR"
         : source == "federal-register" ? std::string(page.say("Federal Register", "連邦官報"))
         : source == "govinfo" ? std::string(page.say("annual editions (govinfo)", "年次版CFR"))
                               : escape_html(source);
}

std::string_view health_words(const Page& page, const SourceStatus& source) {
  return source.health == Health::healthy   ? page.say("○ read", "○ 正常")
         : source.health == Health::unknown ? page.say("× never read", "× 未取得")
                                            : page.say("× in trouble", "× 要対応");
}

void add_filter(Page& page,
                std::string_view table,
                Filter filter,
                const std::set<std::string>& groups) {
  page.add("<div class=\"bar noprint\" data-filter=\"{}\" hidden><label>{}<input type=\"search\" "
           "autocomplete=\"off\"></label>",
           table,
           page.say("words", "語句"));
  if (filter == Filter::hits) {
    page.add("<label class=\"ck\"><input type=\"checkbox\">{}</label>",
             page.say("only what touches your entries", "該当するものだけ表示"));
  } else {
    page.add("<label>{}<select><option value=\"\">{}</option>",
             page.say("country", "国・地域"),
             page.say("all", "すべて"));
    for (const std::string& group : groups) {
      page.add("<option>{}</option>", escape_html(group));
    }
    page.add("</select></label>");
  }
  page.add("<span role=\"status\" data-count=\"{}\"></span></div>\n",
           page.say("{n} of {m}", "{m}件中 {n}件"));
}

std::vector<SiteFile> assets() {
  return {{"regtrail.css", std::string(site_css())}, {"regtrail.js", std::string(site_js())}};
}

} // namespace regtrail::render
