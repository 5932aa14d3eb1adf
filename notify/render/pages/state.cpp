// What is read and how far, what is watched and what is not, and what was foreseen.
#include "notify/render/entries.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/json_internal.hpp"
#include "notify/render/not_watched.hpp"
#include "notify/render/pages/page_internal.hpp"

#include <algorithm>
#include <map>

namespace regtrail::render {

namespace {

constexpr std::size_t ids_shown = 12;

std::string kind_name(const Page& page, EntryKind kind) {
  constexpr std::array ja{"製品群", "登録品", "登録取引先", "社内手順書", "仕向地", "監視項目"};
  return std::string(page.say(to_string(kind), ja.at(static_cast<std::size_t>(kind))));
}

void add_sources(Page& page, const SiteState& state) {
  page.heading(page.say("Sources", "情報源の状態"), "sources");
  page.add("<table class=\"card\"><thead><tr><th>{}</th><th>{}</th><th>{}</th><th>{}</th></tr>"
           "</thead><tbody>\n",
           page.say("Source", "情報源"),
           page.say("State", "状態"),
           page.say("Read up to", "ここまで確認"),
           page.say("Last run that ended well (UTC)", "最終確認（協定世界時）"));
  for (const SourceStatus& source : state.sources) {
    const bool sound = source.health == Health::healthy;
    page.add("<tr><th scope=\"row\">{}</th><td><span class=\"chip s{}\">{}</span>"
             " <span lang=\"en\" class=\"s m\">{}</span></td><td>{}</td><td>{}</td></tr>\n",
             source_name(page, source.source),
             sound ? 0 : 5,
             health_words(page, source),
             escape_html(source.message),
             source.valid_through ? page.day(source.valid_through)
                                  : std::string(page.say("not known", "不明")),
             source.last_success ? to_string(*source.last_success)
                                 : std::string(page.say("never", "なし")));
  }
  page.add("</tbody></table>\n<p>{} {}</p>\n",
           page.say("Parts of the CFR that are held:", "保有する部："),
           escape_html(joined(state.parts, page.say(", ", "、"))));
}

/// Names of those that are watched are many and say little: only their number by kind.
void add_watched(Page& page, const SiteState& state) {
  std::map<EntryKind, std::pair<std::size_t, std::size_t>> counts;
  std::vector<EntryWatch> lacking;
  for (const EntryWatch& each : state.watched) {
    auto& count = counts[each.entry];
    ++(each.reasons.empty() ? count.first : count.second);
    if (!each.reasons.empty()) {
      lacking.push_back(each);
    }
  }
  page.heading(page.say("Your entries", "登録内容の監視"), "watched");
  page.add("<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
           page.say("Kind", "種類"),
           page.say("Watched", "監視中"),
           page.say("Not watched", "監視できていない"));
  for (const auto& [kind, count] : counts) {
    page.add("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
             kind_name(page, kind),
             count.first,
             count.second);
  }
  page.add("</tbody></table>\n");
  if (lacking.empty()) {
    return;
  }
  page.add("<h3>{}</h3>\n<ul lang=\"en\">\n",
           page.say("Not watched, and why", "監視できていない登録とその理由（英語）"));
  for (EntryWatch& each : lacking) {
    // What readers know of an entry is its name.
    Hit named;
    named.entry = each.entry;
    named.category = each.id;
    each.id = entry_name(named, page.site().entries, page.site().language);
  }
  for (const std::string& line : not_watched_lines(lacking, ids_shown)) {
    page.add("<li>{}</li>\n", escape_html(line));
  }
  page.add("</ul>\n");
}

void add_rows(Page& page, std::string_view title, const std::vector<WatchRow>& rows) {
  if (rows.empty()) {
    return;
  }
  page.heading(title);
  page.add("<table class=\"card\"><tbody>\n");
  for (const WatchRow& row : rows) {
    std::string state;
    if (!row.lacking.empty()) {
      state = fmt::format("<span class=\"chip s4\">{}</span> <span lang=\"en\">{}</span>",
                          page.say("× not watched", "× 監視できていない"),
                          escape_html(joined(row.lacking, "; ")));
    } else if (row.until) {
      state = fmt::format("<span class=\"chip s0\">○</span> {} {}{}",
                          row.from ? page.day(row.from) + page.say(" to", "～").data() : "",
                          page.day(row.until),
                          row.from ? "" : page.say(" (read up to)", "まで確認"));
    }
    page.add("<tr><th scope=\"row\">{}<br><span lang=\"en\" class=\"s m\">{}</span></th><td>{}",
             escape_html(row.name),
             escape_html(row.words),
             state);
    for (const auto& [id, day] : row.items) {
      if (const Item* item = page.site().item_of(id)) {
        page.add("<br>{} {}",
                 page.day(day),
                 page.link(item_path(item->id), page.say(headline_of(*item))));
      }
    }
    if (row.items.empty() && row.lacking.empty() && row.until) {
      page.add("<br>{}", page.say("nothing so far", "該当する文書はまだありません"));
    }
    page.add("</td></tr>\n");
  }
  page.add("</tbody></table>\n");
}

} // namespace

SiteFile state_page(const Site& site,
                    const SiteState& state,
                    const std::vector<WatchRow>& watches,
                    const std::vector<WatchRow>& points) {
  const std::string title(site.language == Language::ja ? "確認状況" : "What is read");
  Page page(site, "state.html", title, Menu::state);
  page.add("<h1>{}</h1>\n", title);
  add_sources(page, state);
  add_watched(page, state);
  add_rows(page, page.say("What was foreseen", "予告されていた動き"), points);
  add_rows(page, page.say("Watches", "監視項目"), watches);
  return page.finish();
}

SiteFile state_script(const Site& site, const SiteState& state) {
  const Page page(site, "state.js", "", Menu::state);
  Json json;
  json["lang"] = page.say("en", "ja");
  json["ecfr"] = nullptr;
  std::vector<std::string> words;
  for (const SourceStatus& source : state.sources) {
    if (source.valid_through) {
      words.push_back(source_name(page, source.source) + " " +
                      date_word(source.valid_through, site.language));
      if (source.source == "ecfr") {
        json["ecfr"] = source.valid_through->to_string();
      }
    }
  }
  json["checked"] = words.empty()
                        ? std::string()
                        : fmt::format(fmt::runtime(page.say("read up to: {}", "{}まで確認")),
                                      joined(words, page.say(", ", "、")));
  return {"state.js",
          "regtrailState(" + json.dump(-1, ' ', false, Json::error_handler_t::replace) + ");\n"};
}

} // namespace regtrail::render
