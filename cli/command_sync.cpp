// regtrail sync: pull, store, parse, diff, match.
#include "cli/command.hpp"
#include "cli/lock_options.hpp"
#include "cli/matching.hpp"
#include "cli/progress.hpp"
#include "cli/sync_summary.hpp"
#include "cli/transports.hpp"
#include "cli/version.hpp"
#include "query/suggest.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/federal_register.hpp"
#include "sync/fr_documents.hpp"
#include "sync/govinfo.hpp"
#include "sync/pages.hpp"
#include "sync/repair.hpp"
#include "sync/revalidation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace regtrail::cli {
namespace {

class SyncCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("pull the sources, store every version, find and match changes");
    app.add_option(
           "--source",
           m_sources,
           "ecfr, federal-register, govinfo or pages; repeatable (default: the configuration's,\n"
           "and pages where a watch has one)")
        ->type_name("NAME")
        ->allow_extra_args(false);
    app.add_option("--part", m_parts, "only this part, e.g. 744 or \"22 CFR 121\"; repeatable")
        ->type_name("PART")
        ->allow_extra_args(false);
    app.add_option(
           "--since", m_since, "go back to the text of this day, e.g. 2026-01-01 or \"90 days\"")
        ->type_name("DATE");
    app.add_option("--until", m_until, "newest text to take")->type_name("DATE");
    app.add_option("--mirror", m_mirror, "folder or URL that holds copies of the sources")
        ->type_name("DIR|URL");
    app.add_option(
           "--record", m_record, "keep every answer in a new folder, for --mirror to play back")
        ->type_name("DIR");
    m_lock.add_to(app);
    app.add_flag("--verbose", m_verbose, "say so when nothing happened");
    app.footer(
        "The first run takes whole parts, newest issue first, then goes back in time. It may\n"
        "be stopped at any time; the next run goes on.\n"
        "\n"
        "govinfo holds the annual editions of the years before the eCFR, each as of January 1:\n"
        "  regtrail sync --source govinfo --since 2009\n"
        "\n"
        "examples:\n"
        "  regtrail sync --part 744 --part \"22 CFR 121\" --since \"90 days\"\n"
        "  regtrail sync --quiet; regtrail digest --send");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto options, sync_options(session));
    TRY_ASSIGN(auto config, session.load_config());
    TRY(check_sources());
    if (options.parts.empty()) {
      options.parts = config.sync.parts;
    }
    TRY_ASSIGN(auto loaded, session.load_register(config));
    options.watches = loaded.categories.watches;
    session.host().begin_network_work();
    TRY_ASSIGN(const auto recording, begin_recording(session));
    TRY_ASSIGN(auto transports,
               make_transports(session.host(), config, m_mirror, session.now(), recording.get()));
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::create));
    if (!recording) { // 304 has no body to keep
      transports.add(sync::make_revalidating_transport(archive, transports.top()));
    }
    TRY_ASSIGN(const auto lock, m_lock.take(session, archive));
    const diff::Matcher matcher(loaded.categories);
    TRY(refresh_hits(archive, loaded, matcher));
    // What the texts of the law cite is asked of the Federal Register.
    std::vector<std::string> sources = m_sources.empty() ? config.sync.sources : m_sources;
    std::stable_partition(sources.begin(), sources.end(), [](const std::string& source) {
      return source != store::fr_source;
    });
    Pages pages;
    pages.watches = sync::watched_pages(loaded.categories, config.pages.hosts);
    if (std::erase(sources, store::pages_source) > 0 ||
        (m_sources.empty() && !pages.watches.empty())) {
      sources.emplace_back(store::pages_source);
      TRY_ASSIGN(
          pages.transports,
          make_page_transports(session.host(), config, m_mirror, session.now(), recording.get()));
    }
    return sync(session, archive, {transports.top(), pages}, matcher, options, sources);
  }

private:
  /// Asked by themselves: their hosts are the user's.
  struct Pages {
    std::vector<Watch> watches;
    Transports transports;
  };

  struct Upstream {
    fetch::Transport& services;
    const Pages& pages;
  };

  [[nodiscard]] Result<sync::SyncOptions> sync_options(const Session& session) const {
    sync::SyncOptions options;
    TRY_ASSIGN(auto since, session.date_option("--since", m_since));
    TRY_ASSIGN(auto until, session.date_option("--until", m_until));
    if (since && until && *until < *since) {
      return fail(
          ErrorKind::usage,
          fmt::format("--since {} is after --until {}", since->to_string(), until->to_string()));
    }
    for (const std::string& part : m_parts) {
      auto name = sync::read_part_name(part);
      if (!name) {
        return fail_while("--part", std::move(name.error()));
      }
      options.parts.push_back(std::move(*name));
    }
    options.since = since;
    options.until = until;
    options.now = session.now();
    return options;
  }

  /// Null where none is asked for.
  [[nodiscard]] Result<std::unique_ptr<fetch::Recording>>
  begin_recording(const Session& session) const {
    if (m_record.empty()) {
      return nullptr;
    }
    auto begun = fetch::Recording::begin(
        m_record, fmt::format("regtrail {} --now {}", version(), to_string(session.now())));
    if (!begun) {
      return fail_while("--record", std::move(begun.error()));
    }
    return begun;
  }

  [[nodiscard]] Result<void> check_sources() const {
    for (const std::string& source : m_sources) {
      const auto& known = known_sources();
      if (std::find(known.begin(), known.end(), source) == known.end()) {
        return fail(ErrorKind::usage,
                    fmt::format("--source: unknown source '{}'{}",
                                source,
                                query::did_you_mean(source, known)));
      }
    }
    return {};
  }

  Result<ExitCode> sync(Session& session,
                        store::Archive& archive,
                        const Upstream& upstream,
                        const diff::Matcher& matcher,
                        const sync::SyncOptions& options,
                        const std::vector<std::string>& sources) const {
    const auto started = session.host().waiter().now();
    SyncProgress progress(session);
    SyncOutcome outcome;
    TRY_ASSIGN(auto repaired,
               sync::repair(archive, upstream.services, matcher, options.now, progress));
    outcome.report.troubles = std::move(repaired.troubles);
    for (const std::string& source : sources) {
      auto synced = pull(source, archive, upstream, matcher, options, progress);
      if (!synced && is_source_trouble(synced.error().kind)) {
        outcome.report.troubles.push_back({source, std::move(synced.error())});
        outcome.report.sources.push_back({source, std::nullopt});
        continue;
      }
      TRY_ASSIGN(auto report, std::move(synced));
      add_report(outcome.report, std::move(report));
    }
    progress.clear();
    // What follows from all sources together.
    TRY_ASSIGN(const auto attributed, sync::attribute_marked(archive));
    outcome.report.caused = attributed.changes;
    TRY_ASSIGN(
        const int hits,
        archive.match_documents(store::MatchedDocuments::fresh,
                                [&](const Document& document) { return matcher.match(document); }));
    outcome.report.new_hits += hits;
    TRY(archive.refresh_search());
    outcome.now = session.now();
    outcome.interrupted = session.host().interrupted();
    outcome.took =
        std::chrono::duration_cast<std::chrono::seconds>(session.host().waiter().now() - started);
    return print_outcome(session, outcome, m_verbose ? NothingNew::printed : NothingNew::silent);
  }

  Result<sync::SyncReport> pull(const std::string& source,
                                store::Archive& archive,
                                const Upstream& upstream,
                                const diff::Matcher& matcher,
                                const sync::SyncOptions& options,
                                sync::SyncObserver& observer) const {
    const auto absent = m_mirror.empty() ? sync::AbsentSource::trouble : sync::AbsentSource::fine;
    if (source == store::pages_source) {
      const Pages& pages = upstream.pages;
      return sync::sync_pages(
          archive, pages.transports.top(), pages.watches, options, absent, observer);
    }
    fetch::Transport& transport = upstream.services;
    if (source == store::fr_source) {
      return sync::sync_federal_register(archive, transport, options, absent, observer);
    }
    const auto of_texts = source == store::govinfo_source ? sync::sync_govinfo : sync::sync_ecfr;
    return of_texts(archive, transport, matcher, options, observer);
  }

  /// Trouble with the source; the next run may succeed.
  static bool is_source_trouble(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::network:
    case ErrorKind::http:
    case ErrorKind::blocked:
    case ErrorKind::malformed:
    case ErrorKind::too_large:
    case ErrorKind::quarantined:
      return true;
    default:
      return false;
    }
  }

  std::vector<std::string> m_sources;
  std::vector<std::string> m_parts;
  std::string m_since;
  std::string m_until;
  std::string m_mirror;
  std::string m_record;
  LockOptions m_lock;
  bool m_verbose = false;
};

} // namespace

std::unique_ptr<Command> make_sync_command() {
  return std::make_unique<SyncCommand>();
}

} // namespace regtrail::cli
