// regtrail changes: the feed of hits.
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "cli/register_edit.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/status_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

namespace regtrail::cli {
namespace {

/// 64 hex digits; anything else (an absent unit) is all zeros.
Sha256 sha_from_hex(const std::string& hex) {
  Sha256 digest;
  if (hex.size() != digest.bytes.size() * 2) {
    return {};
  }
  for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
    const char* begin = hex.data() + 2 * i;
    const auto read = std::from_chars(begin, begin + 2, digest.bytes[i], 16);
    if (read.ptr != begin + 2) {
      return {};
    }
  }
  return digest;
}

class ChangesCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("changes that touch your categories, newest first");
    app.add_option("--since", m_since, "from this day on, e.g. 2026-08-01 or \"2 weeks\"")
        ->type_name("DATE");
    app.add_option("--until", m_until, "up to this day")->type_name("DATE");
    app.add_option("--category", m_category, "only hits of this category")->type_name("ID");
    app.add_option("--min-severity", m_min_severity, "1 all to 5 only what is critical")
        ->type_name("N")
        ->check(CLI::Range(0, 5));
    app.add_flag("--near", m_near, "near misses as well");
    app.footer("examples:\n"
               "  regtrail changes --since \"2 weeks\" --min-severity 3\n"
               "  regtrail changes --category vacuum-valves --json");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto since, session.date_option("--since", m_since));
    TRY_ASSIGN(auto until, session.date_option("--until", m_until));
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, session.load_register(config));
    if (!m_category.empty()) {
      TRY(find_entry<Category>(loaded, m_category));
    }
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    store::ChangeQuery query;
    query.since = since;
    query.until = until;
    query.category = m_category;
    query.min_severity = m_min_severity;
    query.only_hits = true;
    query.include_near = m_near;
    TRY_ASSIGN(auto changes, archive.changes(query));
    TRY_ASSIGN(auto events, query::matched_status_events(archive, loaded.categories, query));
    std::move(events.begin(), events.end(), std::back_inserter(changes));
    std::stable_sort(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
      return left.after_date > right.after_date;
    });
    print(session, feed(changes), loaded.categories);
    return ExitCode::done;
  }

private:
  [[nodiscard]] std::vector<render::FeedItem>
  feed(const std::vector<store::StoredChange>& changes) const {
    std::vector<render::FeedItem> items;
    for (const store::StoredChange& stored : changes) {
      const Citation unit = stored.change.at.unit();
      const Citation former = stored.change.was ? stored.change.was->unit() : unit;
      for (const Hit& hit : stored.hits) {
        const bool wanted = (m_category.empty() || hit.category == m_category) &&
                            hit.severity >= m_min_severity && (m_near || !hit.near);
        if (wanted) {
          items.push_back(
              {stored.change,
               hit,
               {former.to_string(), stored.before_date, sha_from_hex(stored.before_unit_sha)},
               {unit.to_string(), stored.after_date, sha_from_hex(stored.after_unit_sha)},
               stored.status});
        }
      }
    }
    return items;
  }

  void print(Session& session,
             const std::vector<render::FeedItem>& items,
             const Register& categories) const {
    Console& console = session.console();
    if (session.json()) {
      console.print(render::changes_json(items));
      return;
    }
    if (items.empty()) {
      console.note(m_near ? "no hits" : "no hits; near misses: regtrail changes --near");
      return;
    }
    console.page(render::changes_text(items, categories, console.style()));
  }

  std::string m_since;
  std::string m_until;
  std::string m_category;
  int m_min_severity = 0;
  bool m_near = false;
};

} // namespace

std::unique_ptr<Command> make_changes_command() {
  return std::make_unique<ChangesCommand>();
}

} // namespace regtrail::cli
