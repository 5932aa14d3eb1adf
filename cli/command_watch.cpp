// regtrail watch: what is asked of the Federal Register and of pages, what it brought, and what was
// foreseen and has appeared.
#include "cli/command.hpp"
#include "cli/entry_text.hpp"
#include "cli/json_text.hpp"
#include "cli/matching.hpp"
#include "cli/register_list.hpp"
#include "model/text.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/items.hpp"
#include "notify/render/summary.hpp"
#include "query/items.hpp"
#include "query/watch_points.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

using query::Appearance;
using query::PointNews;
using query::WatchNews;

constexpr std::size_t newest_shown = 3; ///< of what a watch brought
constexpr std::size_t appeared_shown = 10;

Json day_or_null(const std::optional<Date>& day) {
  return day ? Json(day->to_string()) : Json(nullptr);
}

Json to_json(const Appearance& appearance, const Register& entries) {
  const Item& item = *appearance.item;
  const Headline headline = render::headline_of(item, entries);
  return {{"id", item.id},
          {"date", appearance.day.to_string()},
          {"station", to_string(item.station)},
          {"headline", {{"en", headline.en}, {"ja", headline.ja}}}};
}

std::string line_of(const Appearance& appearance, const Register& entries) {
  const Item& item = *appearance.item;
  return render::one_line(fmt::format("      {}  {}  [{}]  {}",
                                      appearance.day.to_string(),
                                      item.id,
                                      render::station_phrase(item, render::Language::en),
                                      render::headline_of(item, entries).en)) +
         "\n";
}

/// "energy-department; notice; data center, large load and 3 more"
std::string question_of(const Watch& watch) {
  if (!watch.address.empty()) {
    return fmt::format("{}{}", watch.address, watch.read == "links" ? ", as a list of links" : "");
  }
  constexpr std::size_t shown = 3;
  std::vector<std::string> groups;
  for (const auto* words : {&watch.agencies, &watch.types, &watch.cfr, &watch.terms}) {
    if (!words->empty()) {
      const auto last =
          words->begin() + static_cast<std::ptrdiff_t>(std::min(shown, words->size()));
      groups.push_back(
          fmt::format("{}", fmt::join(words->begin(), last, ", ")) +
          (words->size() > shown ? fmt::format(" and {} more", words->size() - shown) : ""));
    }
  }
  return fmt::format("{}", fmt::join(groups, "; "));
}

/// Since when nothing came: the day of the newest item, else the first day that was asked for.
std::optional<Date> nothing_since(const WatchNews& news) {
  return news.brought.empty() ? news.asked_from : std::optional(news.brought.front().day);
}

std::string state_of(const WatchNews& news) {
  if (!news.reasons.empty()) {
    return fmt::format("not watched: {}", fmt::join(news.reasons, "; "));
  }
  const std::string until = news.until ? news.until->to_string() : "an unknown day";
  return news.asked_from ? fmt::format("asked for what was published from {} to {}",
                                       news.asked_from->to_string(),
                                       until)
                         : fmt::format("read up to {}", until);
}

bool is_category(const Register& entries, const std::string& id) {
  return std::any_of(entries.categories.begin(),
                     entries.categories.end(),
                     [&](const Category& category) { return category.id == id; });
}

std::string text_of(const WatchNews& news, const Register& entries) {
  const Watch& watch = *news.watch;
  std::string text = fmt::format("{}  {}\n    {}\n    {}\n",
                                 watch.id,
                                 watch.label_en,
                                 render::one_line(question_of(watch)),
                                 render::one_line(state_of(news)));
  for (const std::string& id : watch.categories) {
    if (!is_category(entries, id)) {
      text += fmt::format("    is for '{}', which is no category of the register\n", id);
    }
  }
  for (std::size_t i = 0; i < std::min(newest_shown, news.versions.size()); ++i) {
    const store::RawRecord& version = news.versions[i];
    text += fmt::format("    {}version of {}, raw record {}\n",
                        i == 0 ? fmt::format("{} versions; ", news.versions.size()) : "",
                        date_of(version.fetched_at).to_string(),
                        version.id);
  }
  if (!news.brought.empty()) {
    text += fmt::format("    brought {}, the newest:\n", news.brought.size());
    for (std::size_t i = 0; i < std::min(newest_shown, news.brought.size()); ++i) {
      text += line_of(news.brought[i], entries);
    }
  }
  if (const auto since = nothing_since(news)) {
    text += fmt::format("    nothing since {}\n", since->to_string());
  }
  return text;
}

Json json_of(const WatchNews& news, const Register& entries) {
  Json newest = Json::array();
  for (std::size_t i = 0; i < std::min(newest_shown, news.brought.size()); ++i) {
    newest.push_back(to_json(news.brought[i], entries));
  }
  Json versions = Json::array();
  for (const store::RawRecord& version : news.versions) {
    versions.push_back({{"raw", version.id},
                        {"date", date_of(version.fetched_at).to_string()},
                        {"sha256", to_hex(version.sha256)},
                        {"size", version.size}});
  }
  Json json = cli::to_json(*news.watch);
  json["asked_from"] = day_or_null(news.asked_from);
  json["until"] = day_or_null(news.until);
  json["watched"] = news.reasons.empty();
  json["reasons"] = news.reasons;
  json["brought"] = {{"count", news.brought.size()}, {"newest", std::move(newest)}};
  json["nothing_since"] = day_or_null(nothing_since(news));
  json["versions"] = std::move(versions);
  return json;
}

/// "watch omb-gsa-ai (was never asked), category enforcement (... and 2 more)"
std::string not_watched_words(const std::vector<EntryWatch>& entries) {
  std::vector<std::string> words;
  for (const EntryWatch& entry : entries) {
    const std::size_t more = entry.reasons.size() - 1;
    words.push_back(fmt::format("{} {} ({}{})",
                                to_string(entry.entry),
                                entry.id,
                                entry.reasons.front(),
                                more > 0 ? fmt::format(" and {} more", more) : ""));
  }
  return fmt::format("not watched: {}", fmt::join(words, ", "));
}

std::string text_of(const PointNews& news, const Register& entries) {
  const WatchPoint& point = *news.point;
  std::string text = fmt::format("{}  {}\n    \"{}\"\n    {}, {}\n",
                                 point.id,
                                 point.label_en,
                                 render::one_line(point.sentence),
                                 render::one_line(point.source),
                                 point.day);
  const std::size_t shown = std::min(appeared_shown, news.appeared.size());
  for (std::size_t i = 0; i < shown; ++i) {
    text += line_of(news.appeared[i], entries);
  }
  if (shown < news.appeared.size()) {
    text += fmt::format("      and {} more; all: regtrail watch points --json\n",
                        news.appeared.size() - shown);
  }
  if (!news.not_watched.empty()) {
    return text + "    " + render::one_line(not_watched_words(news.not_watched)) + "\n";
  }
  return text + fmt::format("    {}{}\n",
                            news.appeared.empty() ? "nothing yet, checked" : "checked",
                            news.until ? " until " + news.until->to_string() : "");
}

Json json_of(const PointNews& news, const Register& entries) {
  const WatchPoint& point = *news.point;
  Json appeared = Json::array();
  for (const Appearance& appearance : news.appeared) {
    appeared.push_back(to_json(appearance, entries));
  }
  Json not_watched = Json::array();
  for (const EntryWatch& entry : news.not_watched) {
    not_watched.push_back(
        {{"entry", to_string(entry.entry)}, {"id", entry.id}, {"reasons", entry.reasons}});
  }
  return {{"id", point.id},
          {"label_en", point.label_en},
          {"label_ja", point.label_ja},
          {"sentence", point.sentence},
          {"source", point.source},
          {"day", point.day},
          {"watches", point.watches},
          {"categories", point.categories},
          {"terms", point.terms},
          {"appeared", std::move(appeared)},
          {"checked_until", news.not_watched.empty() ? day_or_null(news.until) : Json(nullptr)},
          {"not_watched", std::move(not_watched)}};
}

template<typename News>
void print(Session& session,
           const std::vector<News>& all,
           const Register& entries,
           const char* plural) {
  if (session.json()) {
    Json json;
    json["schema"] = 1;
    Json& list = json[plural] = Json::array();
    for (const News& news : all) {
      list.push_back(json_of(news, entries));
    }
    session.console().print(json_text(json));
    return;
  }
  std::string text;
  for (const News& news : all) {
    text += text_of(news, entries);
  }
  session.console().page(printable(text + fmt::format("{} {}\n", all.size(), plural)));
}

class WatchCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what is asked of the Federal Register and of pages, and what was foreseen");
    app.require_subcommand(1);
    app.add_subcommand("list", "each watch: its question, how far asked, what it brought");
    m_points = app.add_subcommand("points", "what was foreseen, and what has appeared since");
    app.footer(
        "Questions, pages and points are entries of the register: regtrail register watches -h\n"
        "\n"
        "examples:\n"
        "  regtrail watch list\n"
        "  regtrail watch points --json");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    const Register& entries = loaded.categories;
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    query::ItemQuery query;
    query.on = session.today();
    const diff::Matcher matcher(entries);
    TRY_ASSIGN(const auto items, query::find_items(archive, matcher, query));
    TRY_ASSIGN(const auto watched, watches_of(session, config, entries));
    if (m_points->parsed()) {
      print(session, query::point_news(entries, items, watched), entries, "points");
    } else {
      TRY_ASSIGN(const auto news, query::watch_news(archive, entries, items, watched));
      print(session, news, entries, "watches");
    }
    return ExitCode::done;
  }

private:
  CLI::App* m_points = nullptr;
};

} // namespace

std::unique_ptr<Command> make_watch_command() {
  return std::make_unique<WatchCommand>();
}

} // namespace regtrail::cli
