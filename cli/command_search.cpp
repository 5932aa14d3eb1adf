// regtrail search QUERY: full text of the law and of documents.
#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "query/search_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr int default_limit = 20;
constexpr int most_results = 1000;
constexpr std::size_t most_words = 32;      ///< each is looked for by itself
constexpr std::size_t longest_query = 1000; ///< bytes

class SearchCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("search the law and the documents, a citation per hit");
    app.add_option("query", m_words, "words, \"a phrase\", a begin*ning; in Japanese too")
        ->required();
    app.add_option("--on", m_on, "the law of that day (slower)")->type_name("DATE");
    app.add_option("--limit", m_limit, "how many hits (default: 20)")
        ->type_name("N")
        ->check(CLI::Range(1, most_results));
    app.footer("All words must stand in one place; there is no stemming: \"pump*\" finds pumps.\n"
               "At most 32 words or phrases.\n"
               "\n"
               "examples:\n"
               "  regtrail search switching time\n"
               "  regtrail search '\"license exception\" 3B001' --on 2025-02-01");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto on, session.date_option("--on", m_on));
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    const std::string typed = fmt::format("{}", fmt::join(m_words, " "));
    if (typed.size() > longest_query) {
      return fail(ErrorKind::usage,
                  fmt::format("the query has {} bytes, at most {} are searched for: leave out what "
                              "is common",
                              typed.size(),
                              longest_query));
    }
    store::SearchQuery query = query::search_query(typed, loaded.categories.categories);
    if (query.all.size() > most_words) {
      return fail(ErrorKind::usage,
                  fmt::format("the query has {} words, at most {} are searched for: leave out what "
                              "is common, or quote a phrase",
                              query.all.size(),
                              most_words));
    }
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    query.on = on;
    query.limit = m_limit;
    TRY_ASSIGN(const auto results, archive.search(query));
    if (session.json()) {
      session.console().print(as_json(results, query));
    } else {
      session.console().page(as_text(results, query));
    }
    return ExitCode::done;
  }

private:
  static std::string as_json(const std::vector<store::SearchResult>& results,
                             const store::SearchQuery& query) {
    Json json;
    json["schema"] = 1;
    json["results"] = Json::array();
    for (const store::SearchResult& result : results) {
      Json hit;
      hit["at"] = result.at.to_string();
      hit["on"] = result.on.to_string();
      hit["excerpt"] = query::excerpt_of(result.text, query);
      hit["score"] = std::round(result.score * 10000) / 10000;
      json["results"].push_back(std::move(hit));
    }
    return json_text(json);
  }

  std::string as_text(const std::vector<store::SearchResult>& results,
                      const store::SearchQuery& query) const {
    std::string text;
    for (const store::SearchResult& result : results) {
      text += fmt::format("{}  {}\n    {}\n",
                          result.at.to_string(),
                          result.on.to_string(),
                          query::excerpt_of(result.text, query));
    }
    if (results.empty()) {
      return "nothing found\n";
    }
    if (results.size() == static_cast<std::size_t>(m_limit)) {
      text += fmt::format("the best {}; more with --limit N\n", m_limit);
    }
    return text;
  }

  std::vector<std::string> m_words;
  std::string m_on;
  int m_limit = default_limit;
};

} // namespace

std::unique_ptr<Command> make_search_command() {
  return std::make_unique<SearchCommand>();
}

} // namespace regtrail::cli
