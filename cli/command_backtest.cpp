// regtrail backtest: what an entry of the register would have brought since a day.
#include "cli/change_filters.hpp"
#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "diff/relevance/matcher.hpp"
#include "model/text.hpp"
#include "notify/render/headline.hpp"
#include "notify/render/summary.hpp"
#include "query/nodes_above.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace regtrail::cli {
namespace {

struct Found {
  std::string id;       ///< "ECCN 3B001.c.1 of 2026-09-01", or a document's number
  std::string document; ///< "2026-16628  "; "" for a change, whose headline names its place
  Date date;            ///< in the eCFR, or of publication
  std::string headline;
  Hit hit;
};

const Hit* hit_of(const std::vector<Hit>& hits, const std::string& entry) {
  const auto found =
      std::find_if(hits.begin(), hits.end(), [&](const Hit& hit) { return hit.category == entry; });
  return found == hits.end() ? nullptr : &*found;
}

Result<std::vector<Found>> match_since(store::Archive& archive,
                                       const Register& entries,
                                       const std::string& entry,
                                       Date since) {
  const diff::Matcher matcher(entries);
  std::vector<Found> out;
  store::ChangeQuery changes;
  changes.since = since;
  TRY_ASSIGN(const auto stored_changes, archive.changes(changes));
  TRY_ASSIGN(const auto above, query::NodesAbove::read(archive, matcher, stored_changes));
  for (const store::StoredChange& stored : stored_changes) {
    const std::vector<Hit> hits = matcher.match(stored.change, above.of(stored.change));
    if (const Hit* hit = hit_of(hits, entry)) {
      out.push_back(
          {fmt::format("{} of {}", stored.change.at.to_string(), stored.after_date.to_string()),
           "",
           stored.after_date,
           render::headline_of(stored.change, *hit, entries).en,
           *hit});
    }
  }
  store::DocumentQuery documents;
  documents.published_since = since;
  documents.content = store::DocumentContent::whole;
  TRY_ASSIGN(const auto stored_documents, archive.documents(documents));
  for (const store::StoredDocument& stored : stored_documents) {
    const Document& document = stored.document;
    const std::vector<Hit> hits = matcher.match(document);
    if (const Hit* hit = hit_of(hits, entry)) {
      out.push_back({document.number,
                     document.number + "  ",
                     document.published.value_or(document.filed.value_or(since)),
                     document.title,
                     *hit});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Found& left, const Found& right) {
    return left.date > right.date;
  });
  return out;
}

/// What a run found, as it is kept for the next one.
struct Outcome {
  std::set<std::string> mailed;
  std::set<std::string> near;
};

Outcome outcome_of(const std::vector<Found>& found) {
  Outcome outcome;
  for (const Found& each : found) {
    (each.hit.near ? outcome.near : outcome.mailed).insert(each.id);
  }
  return outcome;
}

struct LastRun {
  std::string at;
  Outcome outcome;
};

std::string kept_as(const LastRun& run) {
  return Json{{"at", run.at}, {"mailed", run.outcome.mailed}, {"near", run.outcome.near}}.dump();
}

/// nullopt where none is kept or what is kept is not one.
std::optional<LastRun> kept_run(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return std::nullopt;
  }
  LastRun run;
  run.at = json.value("at", "");
  run.outcome.mailed = json.value("mailed", std::set<std::string>());
  run.outcome.near = json.value("near", std::set<std::string>());
  return run;
}

std::vector<std::string> missing_in(const std::set<std::string>& all,
                                    const std::set<std::string>& other) {
  std::vector<std::string> out;
  std::set_difference(all.begin(), all.end(), other.begin(), other.end(), std::back_inserter(out));
  return out;
}

struct Differences {
  std::vector<std::string> added;
  std::vector<std::string> gone;
};

Differences differences(const Outcome& last, const Outcome& now) {
  return {missing_in(now.mailed, last.mailed), missing_in(last.mailed, now.mailed)};
}

std::string list_text(const std::vector<Found>& found, bool near) {
  std::string out;
  for (const Found& each : found) {
    if (each.hit.near == near) {
      out += render::one_line(
                 fmt::format("  {}  [{}] {}{}",
                             each.date.to_string(),
                             render::severity_word(each.hit.severity, render::Language::en),
                             each.document,
                             each.headline)) +
             "\n" +
             render::one_line(fmt::format("      {} {}",
                                          render::two_decimals(each.hit.score),
                                          render::reasons_phrase(each.hit))) +
             "\n";
    }
  }
  return out;
}

class BacktestCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what an entry of the register would have brought since a day");
    app.add_option("--category", m_entry, "the id of the entry, of whatever kind")
        ->type_name("ID")
        ->required();
    app.add_option("--since", m_since, "e.g. 2026-01-01 or \"6 months\"")
        ->type_name("DATE")
        ->required();
    app.footer("examples:\n"
               "  regtrail backtest --category vacuum-valves --since \"6 months\"\n"
               "Run it again after an edit of the entry: it says what is new and what is gone.");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(const auto since, session.date_option("--since", m_since));
    if (!since) {
      return fail(ErrorKind::usage, "give a day, e.g. --since 2026-01-01");
    }
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    TRY(check_entry(loaded.categories));
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY_ASSIGN(const auto found, match_since(archive, loaded.categories, m_entry, *since));
    const std::string key = fmt::format("backtest.{}.{}", m_entry, since->to_string());
    TRY_ASSIGN(const auto kept, archive.setting(key));
    const std::optional<LastRun> last = kept_run(kept);
    print(session, *since, found, last);
    keep(session, key, {session.today().to_string(), outcome_of(found)});
    return ExitCode::done;
  }

private:
  [[nodiscard]] Result<void> check_entry(const Register& entries) const {
    std::vector<std::string> ids;
    for (const auto& [id, kind] : entry_ids(entries)) {
      ids.push_back(id);
    }
    if (std::find(ids.begin(), ids.end(), m_entry) == ids.end()) {
      return fail(ErrorKind::usage,
                  fmt::format("no entry '{}' in the register; near: {}",
                              m_entry,
                              query::one_of(query::closest(m_entry, ids, 3))));
    }
    return {};
  }

  static Result<void> put(Session& session, const std::string& key, const LastRun& run) {
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
    return archive.put_setting(key, kept_as(run));
  }

  /// The comparison is a help: an archive that cannot be written is no failure.
  static void keep(Session& session, const std::string& key, const LastRun& run) {
    const auto kept = put(session, key, run);
    if (!kept) {
      session.console().note(
          fmt::format("this run is not kept for the next comparison: {}", kept.error().message));
    }
  }

  void print(Session& session,
             Date since,
             const std::vector<Found>& found,
             const std::optional<LastRun>& last) const {
    const Outcome outcome = outcome_of(found);
    if (session.json()) {
      session.console().print(json_text(to_json(since, found, last, outcome)));
      return;
    }
    std::string text = fmt::format("would have been mailed for {} since {}: {}\n",
                                   m_entry,
                                   since.to_string(),
                                   outcome.mailed.size());
    text += list_text(found, false);
    text += fmt::format("near misses: {}\n", outcome.near.size());
    text += list_text(found, true);
    text += comparison_text(last, outcome);
    session.console().page(printable(text));
  }

  static std::string comparison_text(const std::optional<LastRun>& last, const Outcome& outcome) {
    if (!last) {
      return "this is the first run for this entry and day\n";
    }
    const Differences differ = differences(last->outcome, outcome);
    if (differ.added.empty() && differ.gone.empty()) {
      return fmt::format("as in the last run ({})\n", last->at);
    }
    std::string out = fmt::format("against the last run ({}):\n", last->at);
    for (const std::string& id : differ.added) {
      out += fmt::format("  new: {}\n", id);
    }
    for (const std::string& id : differ.gone) {
      out +=
          fmt::format("  gone: {}{}\n", id, outcome.near.count(id) > 0 ? " (now a near miss)" : "");
    }
    return out;
  }

  [[nodiscard]] Json to_json(Date since,
                             const std::vector<Found>& found,
                             const std::optional<LastRun>& last,
                             const Outcome& outcome) const {
    Json json{{"schema", 1},
              {"entry", m_entry},
              {"since", since.to_string()},
              {"mailed", Json::array()},
              {"near", Json::array()},
              {"last_run", nullptr}};
    for (const Found& each : found) {
      json[each.hit.near ? "near" : "mailed"].push_back(
          {{"id", each.id},
           {"date", each.date.to_string()},
           {"severity", each.hit.severity},
           {"score", each.hit.score},
           {"headline", each.headline},
           {"reasons", render::reasons_phrase(each.hit)}});
    }
    if (last) {
      const Differences differ = differences(last->outcome, outcome);
      json["last_run"] = {{"at", last->at}, {"new", differ.added}, {"gone", differ.gone}};
    }
    return json;
  }

  std::string m_entry;
  std::string m_since;
};

} // namespace

std::unique_ptr<Command> make_backtest_command() {
  return std::make_unique<BacktestCommand>();
}

} // namespace regtrail::cli
