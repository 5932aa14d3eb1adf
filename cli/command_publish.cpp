// regtrail publish DIR: the archive as static pages.
#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "cli/matching.hpp"
#include "cli/register_list.hpp"
#include "cli/site_folder.hpp"
#include "model/supplement.hpp"
#include "notify/render/pages/pages.hpp"
#include "query/calendar.hpp"
#include "query/effects.hpp"
#include "query/items.hpp"
#include "query/place_views.hpp"
#include "query/watch_points.hpp"
#include "store/streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace regtrail::cli {
namespace {

using render::Site;
using render::SiteState;
using render::WatchRow;

constexpr std::chrono::days front_reach{90};
constexpr std::chrono::days calendar_reach{730};
constexpr std::chrono::days proposal{365}; ///< after the end of comments it may still be adopted
constexpr std::size_t newest_shown = 5;    ///< of what a watch brought

/// Takes out of items and register who the partners are; that there are some stays.
void hide_partners(Site& site) {
  site.entries.parties.clear();
  for (Item& item : site.items) {
    for (Hit& hit : item.hits) {
      if (hit.entry == EntryKind::party) {
        hit.category.clear();
        hit.reasons.clear();
      }
    }
  }
}

/// An entry without its name, where that is not to be published.
void hide_partners(std::vector<EntryWatch>& watched) {
  for (EntryWatch& each : watched) {
    if (each.entry == EntryKind::party) {
      each.id = "(not published)";
    }
  }
}

std::vector<std::pair<std::string, Date>> newest_of(const std::vector<query::Appearance>& all) {
  std::vector<std::pair<std::string, Date>> newest;
  for (std::size_t i = 0; i < std::min(newest_shown, all.size()); ++i) {
    newest.emplace_back(all[i].item->id, all[i].day);
  }
  return newest;
}

class PublishCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("the archive as static pages in a folder");
    app.add_option("folder", m_folder, "empty, absent, or written by an earlier run")
        ->type_name("DIR")
        ->required();
    app.add_option("--lang", m_lang, "ja or en (default: that of the first subscriber, else en)")
        ->type_name("LANG")
        ->check(CLI::IsMember({"ja", "en"}));
    app.add_flag("--with-partners", m_partners, "name your partners; else only how many are hit");
    app.footer("Pages need no server and no network; with a script of their own they can be\n"
               "searched and compared. Only pages that are different are written, each as a\n"
               "whole; what an earlier run wrote and no longer belongs is removed. Labels of\n"
               "categories, products and procedures stand on the pages, so they are for your\n"
               "own people. For both languages run it twice, with a folder each.\n"
               "\n"
               "examples:\n"
               "  regtrail publish /srv/www/ear\n"
               "  regtrail publish /srv/www/ear-ja --lang ja --with-partners");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    TRY_ASSIGN(auto folder, SiteFolder::open(m_folder));
    Site site;
    site.language =
        m_lang == "ja" || (m_lang.empty() && !config.subscribers.empty() &&
                           config.subscribers.front().subscriber.language == render::Language::ja)
            ? render::Language::ja
            : render::Language::en;
    site.today = session.today();
    site.entries = loaded.categories;
    SiteState state;
    TRY_ASSIGN(auto status, archive.status());
    state.sources = std::move(status.sources);
    for (const char* source : {store::ecfr_source, store::fr_source}) {
      if (std::none_of(state.sources.begin(), state.sources.end(), [&](const SourceStatus& each) {
            return each.source == source;
          })) {
        state.sources.emplace_back().source = source; // never read, which is said
      }
    }
    TRY_ASSIGN(state.watched, watches_of(session, config, loaded.categories));
    TRY(read_items(archive, site));
    TRY_ASSIGN(const auto watches, watches(archive, loaded.categories, site, state));
    const auto points = points_of(loaded.categories, site, state);
    if (!m_partners) {
      hide_partners(site);
      hide_partners(state.watched);
    }
    site.index_items();
    TRY(put_law(archive, folder, site, state));
    TRY(put_rest(folder, site, state, watches, points));
    TRY(folder.finish());
    report(session, folder);
    return ExitCode::done;
  }

private:
  /// Proposals with what they would make of the text, so that its places can name them.
  static Result<void> read_items(store::Archive& archive, Site& site) {
    query::ItemQuery query;
    query.on = site.today;
    query.only_hits = false;
    query.ahead = true;
    const diff::Matcher matcher(site.entries);
    TRY_ASSIGN(site.items, query::find_items(archive, matcher, query));
    for (Item& item : site.items) {
      const auto closes = item.rule ? item.rule->comments_close : std::nullopt;
      if (item.station != Station::proposed ||
          closes.value_or(site.today) < site.today - proposal) {
        continue;
      }
      TRY_ASSIGN(
          const auto found,
          archive.find_documents(Citation::fr_document(item.id), store::DocumentContent::whole));
      if (!found.empty()) {
        TRY_ASSIGN(item.effects,
                   query::document_effects(archive, found.front().document, site.today));
      }
    }
    return {};
  }

  static Result<std::vector<WatchRow>> watches(store::Archive& archive,
                                               const Register& entries,
                                               const Site& site,
                                               const SiteState& state) {
    TRY_ASSIGN(const auto news, query::watch_news(archive, entries, site.items, state.watched));
    std::vector<WatchRow> rows;
    for (const query::WatchNews& each : news) {
      rows.push_back(
          {site.language == render::Language::ja ? each.watch->label_ja : each.watch->label_en,
           each.watch->address,
           each.asked_from,
           each.until,
           each.reasons,
           newest_of(each.brought)});
    }
    return rows;
  }

  static std::vector<WatchRow>
  points_of(const Register& entries, const Site& site, const SiteState& state) {
    std::vector<WatchRow> rows;
    for (const query::PointNews& each : query::point_news(entries, site.items, state.watched)) {
      const WatchPoint& point = *each.point;
      std::vector<std::string> lacking;
      for (const EntryWatch& entry : each.not_watched) {
        lacking.push_back(
            fmt::format("{} {}: {}", to_string(entry.entry), entry.id, entry.reasons.front()));
      }
      rows.push_back({site.language == render::Language::ja ? point.label_ja : point.label_en,
                      fmt::format("\u201c{}\u201d {}, {}", point.sentence, point.source, point.day),
                      std::nullopt,
                      each.until,
                      std::move(lacking),
                      newest_of(each.appeared)});
    }
    return rows;
  }

  /// A part at a time, since a long history is large.
  static Result<void>
  put_law(store::Archive& archive, SiteFolder& folder, Site& site, SiteState& state) {
    TRY_ASSIGN(const auto units, archive.units(""));
    for (const Citation& unit : units) {
      site.units.insert(unit.to_string());
    }
    TRY_ASSIGN(auto views, query::PlaceViews::read(archive, site.today, render::compared_history));
    TRY_ASSIGN(const auto parts, archive.planned_parts());
    std::vector<std::pair<Citation, std::string>> contents;
    for (const auto& [title, part] : parts) {
      TRY_ASSIGN(const auto places, views.of_part(title, part));
      if (!places.empty()) {
        state.parts.push_back(Citation::part(std::to_string(title), part).to_string());
      }
      for (const PlaceView& view : places) {
        if (view.at.kind() == CitationKind::eccn) {
          site.units.insert(view.at.to_string());
        } else {
          contents.emplace_back(view.at, view.heading);
        }
      }
      for (const PlaceView& view : places) {
        TRY(put(folder, render::place_page(site, view)));
      }
    }
    return put(folder, render::contents_page(site, contents));
  }

  static Result<void> put(SiteFolder& folder, const render::SiteFile& file) {
    return folder.put(file.path, file.bytes);
  }

  static Result<void> put_rest(SiteFolder& folder,
                               const Site& site,
                               const SiteState& state,
                               const std::vector<WatchRow>& watches,
                               const std::vector<WatchRow>& points) {
    for (const Item& item : site.items) {
      TRY(put(folder, render::item_page(site, item)));
    }
    std::vector<render::SiteFile> files = render::change_pages(site);
    const auto days = [&](std::chrono::days reach) {
      return query::calendar_of(site.items, site.today, site.today + reach);
    };
    files.push_back(render::calendar_page(site, days(calendar_reach)));
    files.push_back(render::state_page(site, state, watches, points));
    files.push_back(render::state_script(site, state));
    files.push_back(render::search_script(site));
    for (render::SiteFile& file : render::assets()) {
      files.push_back(std::move(file));
    }
    // The front page is the last, so that all it leads to is there.
    files.push_back(render::front_page(site, days(front_reach), state));
    for (const render::SiteFile& file : files) {
      TRY(put(folder, file));
    }
    return {};
  }

  static void report(Session& session, const SiteFolder& folder) {
    if (session.json()) {
      session.console().print(json_text({{"schema", 1},
                                         {"files", folder.files()},
                                         {"written", folder.written()},
                                         {"removed", folder.removed()}}));
      return;
    }
    session.console().note(fmt::format("{} files, {} written, {} removed",
                                       folder.files(),
                                       folder.written().size(),
                                       folder.removed().size()));
  }

  std::string m_folder;
  std::string m_lang;
  bool m_partners = false;
};

} // namespace

std::unique_ptr<Command> make_publish_command() {
  return std::make_unique<PublishCommand>();
}

} // namespace regtrail::cli
