// regtrail changes: the feed of hits.
#include "cli/change_filters.hpp"
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "diff/relevance/matcher.hpp"
#include "notify/render/csv.hpp"
#include "notify/render/headline.hpp"
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

bool same_place(const store::StoredChange& left, const store::StoredChange& right) {
  return left.after_date == right.after_date && left.change.at == right.change.at &&
         left.status == right.status;
}

/// The events with their hits; with `all` also those that hit nobody.
Result<std::vector<store::StoredChange>> status_events(store::Archive& archive,
                                                       const Register& entries,
                                                       const store::ChangeQuery& query,
                                                       bool all) {
  TRY_ASSIGN(auto events, query::matched_status_events(archive, entries, query));
  if (all) {
    TRY_ASSIGN(auto every, archive.status_events(query));
    for (store::StoredChange& event : every) {
      if (std::none_of(events.begin(), events.end(), [&](const store::StoredChange& known) {
            return same_place(known, event);
          })) {
        events.push_back(std::move(event));
      }
    }
  }
  return events;
}

class ChangesCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("changes that touch your register, newest first");
    m_filters.add_options(app);
    app.footer("examples:\n"
               "  regtrail changes --since \"2 weeks\" --min-severity 3\n"
               "  regtrail changes --all --direction tightened --csv > changes.csv");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, session.load_register(config));
    TRY(m_filters.resolve(session, loaded));
    TRY_ASSIGN(auto archive, open_matched_archive(session, loaded));
    const store::ChangeQuery query = m_filters.query();
    TRY_ASSIGN(auto changes, archive.changes(query));
    TRY_ASSIGN(auto events, status_events(archive, loaded.categories, query, m_filters.all()));
    std::move(events.begin(), events.end(), std::back_inserter(changes));
    std::stable_sort(changes.begin(), changes.end(), [](const auto& left, const auto& right) {
      return left.after_date > right.after_date;
    });
    print(session, feed(changes, loaded.categories), loaded.categories);
    return ExitCode::done;
  }

private:
  [[nodiscard]] std::vector<render::FeedItem> feed(const std::vector<store::StoredChange>& changes,
                                                   const Register& entries) const {
    std::vector<render::FeedItem> items;
    for (const store::StoredChange& stored : changes) {
      if (stored.status ? !m_filters.takes(*stored.status) : !m_filters.takes(stored.change)) {
        continue;
      }
      for (const Hit& hit : stored.hits) {
        if (m_filters.takes(hit)) {
          items.push_back(feed_item(stored, hit, entries));
        }
      }
      if (stored.hits.empty() && m_filters.takes_without_hit(diff::base_severity(stored.change))) {
        items.push_back(feed_item(stored, std::nullopt, entries));
      }
    }
    return items;
  }

  [[nodiscard]] static render::FeedItem
  feed_item(const store::StoredChange& stored, std::optional<Hit> hit, const Register& entries) {
    const Citation unit = stored.change.at.unit();
    const Citation former = stored.change.was ? stored.change.was->unit() : unit;
    Headline headline = stored.status ? render::headline_of(*stored.status)
                        : hit         ? render::headline_of(stored.change, *hit, entries)
                                      : render::headline_of(stored.change);
    return {stored.change,
            std::move(hit),
            {former.to_string(), stored.before_date, sha_from_hex(stored.before_unit_sha)},
            {unit.to_string(), stored.after_date, sha_from_hex(stored.after_unit_sha)},
            stored.status,
            std::move(headline),
            diff::base_severity(stored.change)};
  }

  void print(Session& session,
             const std::vector<render::FeedItem>& items,
             const Register& entries) const {
    Console& console = session.console();
    if (session.json()) {
      console.print(render::changes_json(items));
    } else if (m_filters.csv()) {
      console.print(render::changes_csv(items));
    } else if (items.empty()) {
      console.note(m_filters.near() ? "no hits" : "no hits; near misses: regtrail changes --near");
    } else {
      console.page(render::changes_text(items, entries, console.style()));
    }
  }

  ChangeFilters m_filters;
};

} // namespace

std::unique_ptr<Command> make_changes_command() {
  return std::make_unique<ChangesCommand>();
}

} // namespace regtrail::cli
