// regtrail feed: items as an Atom feed.
#include "cli/change_filters.hpp"
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "notify/render/atom.hpp"
#include "query/items.hpp"
#include "query/lookup.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr std::chrono::days reach{365};

bool concerns(const Item& item, const Citation& place) {
  return std::any_of(item.changes.begin(),
                     item.changes.end(),
                     [&](const Change& each) { return each.at.is_within(place); }) ||
         std::any_of(item.effects.begin(),
                     item.effects.end(),
                     [&](const Effect& each) { return each.at.is_within(place); }) ||
         std::any_of(item.days.begin(), item.days.end(), [&](const CalendarEntry& each) {
           return each.at.is_within(place);
         });
}

class FeedCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what you would be told, as an Atom feed for a feed reader");
    app.add_flag("--all", m_all, "also what touches none of your entries");
    app.add_option("--category", m_category, "only what touches this entry of the register")
        ->type_name("ID");
    app.add_option("--place", m_place, "only what changes this place, e.g. 744.23 or 3B001.c")
        ->type_name("CITATION");
    app.add_option("--since", m_since, "with a step from this day on (default: 365 days)")
        ->type_name("DATE");
    app.add_option("--address", m_address, "where readers will find the feed")->type_name("URL");
    app.add_option("--lang", m_lang, "ja or en")->check(CLI::IsMember({"ja", "en"}));
    app.footer("An entry an item, the newest first; its id never changes, and it is updated when\n"
               "something becomes of it. With --place also what touches none of your entries.\n"
               "\n"
               "examples:\n"
               "  regtrail feed > all.atom\n"
               "  regtrail feed --category vacuum-valves --lang ja > valves.atom\n"
               "  regtrail feed --place 3B001.c > 3B001.c.atom");
  }

  Result<ExitCode> run(Session& session) override {
    query::ItemQuery query;
    query.on = session.today();
    query.only_hits = !m_all && m_place.empty();
    TRY_ASSIGN(query.since, session.date_option("--since", m_since));
    query.since = query.since.value_or(query.on - reach);
    Citation place;
    if (!m_place.empty()) {
      TRY_ASSIGN(place, query::text_citation({m_place}));
    }
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    TRY(check_category(loaded.categories));
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    const diff::Matcher matcher(loaded.categories);
    render::FeedView view;
    TRY_ASSIGN(view.items, query::find_items(archive, matcher, query));
    std::erase_if(view.items, [&](const Item& item) {
      const bool hit = m_category.empty() ||
                       std::any_of(item.hits.begin(), item.hits.end(), [&](const Hit& each) {
                         return each.category == m_category;
                       });
      return !hit || (!m_place.empty() && !concerns(item, place));
    });
    view.name = m_all ? "all" : "own";
    view.title = "regtrail";
    for (const std::string& only : {m_category, m_place.empty() ? "" : place.to_string()}) {
      view.name += only.empty() ? "" : " " + only;
      view.title += only.empty() ? "" : ": " + only;
    }
    view.address = m_address;
    view.today = query.on;
    view.language = m_lang == "ja" ? render::Language::ja : render::Language::en;
    session.console().print(render::atom_feed(view, loaded.categories));
    return ExitCode::done;
  }

private:
  [[nodiscard]] Result<void> check_category(const Register& entries) const {
    std::vector<std::string> ids;
    for (const auto& [id, kind] : entry_ids(entries)) {
      ids.push_back(id);
    }
    if (m_category.empty() || std::find(ids.begin(), ids.end(), m_category) != ids.end()) {
      return {};
    }
    return fail(ErrorKind::usage,
                fmt::format("--category: no '{}' in the register{}",
                            m_category,
                            query::did_you_mean(m_category, ids)));
  }

  bool m_all = false;
  std::string m_category;
  std::string m_place;
  std::string m_since;
  std::string m_address;
  std::string m_lang;
};

} // namespace

std::unique_ptr<Command> make_feed_command() {
  return std::make_unique<FeedCommand>();
}

} // namespace regtrail::cli
