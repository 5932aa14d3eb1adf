// regtrail items: what a reader is told.
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "notify/render/items.hpp"
#include "query/items.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace regtrail::cli {
namespace {

/// An id among `entries`, or an error that names the nearest.
template<typename Entry>
Result<void>
check_entry(const char* option, const std::string& id, const std::vector<Entry>& entries) {
  std::vector<std::string> ids;
  for (const Entry& entry : entries) {
    ids.push_back(entry.id);
  }
  if (id.empty() || std::find(ids.begin(), ids.end(), id) != ids.end()) {
    return {};
  }
  return fail(ErrorKind::usage,
              fmt::format("{}: no '{}' in the register{}",
                          option,
                          id,
                          ids.empty() ? "" : query::did_you_mean(id, ids)));
}

class ItemsCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what you would be told: documents and changes, with their steps");
    app.add_option("item", m_words, "one item: a document's number, or 15 CFR 744@2026-09-04");
    app.add_option(
           "--since", m_since, "with a step from this day on, e.g. 2026-08-01 or \"2 weeks\"")
        ->type_name("DATE");
    app.add_flag("--all", m_all, "also what hits none of your entries");
    app.add_option("--category", m_entries[0], "only what hits this category")->type_name("ID");
    app.add_option("--product", m_entries[1], "... this product")->type_name("ID");
    app.add_option("--party", m_entries[2], "... this party")->type_name("ID");
    app.add_option("--destination", m_entries[3], "... this destination")->type_name("ID");
    app.add_option("--direction", m_direction, "tightened, loosened, neutral or unclear")
        ->type_name("WORD")
        ->check(CLI::IsMember(query::words_of<Direction>()));
    app.add_option("--kind", m_kind, "with a change of this kind, e.g. added or revised")
        ->type_name("KIND")
        ->check(CLI::IsMember(query::words_of<ChangeKind>()));
    app.add_option("--min-severity", m_min_severity, "1 all to 5 only what is critical")
        ->type_name("N")
        ->check(CLI::Range(0, 5));
    app.add_flag("--csv", m_csv, "a table for a spreadsheet");
    app.footer("An item is a Federal Register document with all that became of it (filed,\n"
               "published, in force, in the eCFR, corrected, delayed, withdrawn, stayed), or the\n"
               "changes of a part on a date whose rule is not known.\n"
               "\n"
               "examples:\n"
               "  regtrail items --since \"2 weeks\"\n"
               "  regtrail items 2026-16628\n"
               "  regtrail items --category vacuum-valves --min-severity 3 --json");
  }

  Result<ExitCode> run(Session& session) override {
    query::ItemQuery query;
    query.on = session.today();
    query.only_hits = !m_all;
    TRY_ASSIGN(query.since, session.date_option("--since", m_since));
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    const Register& entries = loaded.categories;
    TRY(check_entry("--category", m_entries[0], entries.categories));
    TRY(check_entry("--product", m_entries[1], entries.products));
    TRY(check_entry("--party", m_entries[2], entries.parties));
    TRY(check_entry("--destination", m_entries[3], entries.destinations));
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    const diff::Matcher matcher(entries);
    if (!m_words.empty()) {
      return show_one(session, archive, matcher, entries);
    }
    TRY_ASSIGN(auto items, query::find_items(archive, matcher, query));
    std::erase_if(items, [&](const Item& item) { return !is_wanted(item); });
    print(session, items, entries);
    return ExitCode::done;
  }

private:
  Result<ExitCode> show_one(Session& session,
                            store::Archive& archive,
                            const diff::Matcher& matcher,
                            const Register& entries) const {
    const auto id = fmt::format("{}", fmt::join(m_words, " "));
    query::ItemQuery all;
    all.on = session.today();
    all.only_hits = false;
    TRY_ASSIGN(const auto items, query::find_items(archive, matcher, all));
    const auto found = query::items_by_id(items, id);
    if (found.empty()) {
      return fail(ErrorKind::not_found,
                  fmt::format("no item '{}' in the archive; ids as in 2026-16628 or 15 CFR "
                              "744@2026-09-04, all of them: regtrail items --all",
                              id));
    }
    print(session, found, entries);
    return ExitCode::done;
  }

  [[nodiscard]] bool is_wanted(const Item& item) const {
    const bool entries =
        std::all_of(m_entries.begin(), m_entries.end(), [&](const std::string& entry) {
          return entry.empty() ||
                 std::any_of(item.hits.begin(), item.hits.end(), [&](const Hit& hit) {
                   return hit.category == entry;
                 });
        });
    const bool kind =
        m_kind.empty() ||
        std::any_of(item.changes.begin(), item.changes.end(), [&](const Change& change) {
          return to_string(change.kind) == m_kind;
        });
    return entries && kind && item.severity >= m_min_severity &&
           (m_direction.empty() || to_string(item.direction) == m_direction);
  }

  void print(Session& session, const std::vector<Item>& items, const Register& entries) const {
    Console& console = session.console();
    if (session.json()) {
      console.print(render::items_json(items, entries));
    } else if (m_csv) {
      console.print(render::items_csv(items, entries));
    } else if (items.empty()) {
      console.note(m_all ? "no items"
                         : "nothing hits your entries; all items: regtrail items --all");
    } else {
      console.page(render::items_text(items, entries, console.style()));
    }
  }

  std::vector<std::string> m_words; ///< of an item's id
  std::string m_since;
  std::array<std::string, 4> m_entries; ///< category, product, party, destination
  std::string m_direction;
  std::string m_kind;
  int m_min_severity = 0;
  bool m_all = false;
  bool m_csv = false;
};

} // namespace

std::unique_ptr<Command> make_items_command() {
  return std::make_unique<ItemsCommand>();
}

} // namespace regtrail::cli
