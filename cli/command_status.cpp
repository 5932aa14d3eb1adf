// regtrail status: per source watermark, last success and health; quarantine; what was not
// understood.
#include "cli/command.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/pending.hpp"
#include "query/watched.hpp"
#include "sync/federal_register.hpp"

namespace regtrail::cli {
namespace {

class StatusCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("sources and their health, which entries are watched, what was not understood");
    app.add_flag("--details", m_details, "list every problem and not only their number");
    app.footer("examples:\n"
               "  regtrail status\n"
               "  regtrail status --details");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY_ASSIGN(auto status, archive.status());
    TRY_ASSIGN(status.pending, query::pending_amendments(archive, Citation(), session.today()));
    TRY_ASSIGN(const auto withdrawn, query::withdrawn_filings(archive, session.today()));
    for (const Document& filing : withdrawn) {
      status.withdrawn.push_back(query::as_listed(filing));
    }
    TRY_ASSIGN(auto absent, sync::sources_not_in_mirror(archive));
    for (std::string& source : absent) {
      SourceStatus& added = status.sources.emplace_back();
      added.source = std::move(source);
      added.message = "not in this mirror";
    }
    TRY_ASSIGN(const auto config, session.load_config());
    TRY_ASSIGN(const auto loaded, session.load_register(config));
    TRY_ASSIGN(const auto watches,
               query::watched(archive, loaded.categories, config.pages.hosts, session.now()));
    if (session.json()) {
      session.console().print(render::status_json(status, watches));
    } else {
      session.console().page(
          render::status_text(status, watches, m_details, session.console().style()));
    }
    return ExitCode::done;
  }

private:
  bool m_details = false;
};

} // namespace

std::unique_ptr<Command> make_status_command() {
  return std::make_unique<StatusCommand>();
}

} // namespace regtrail::cli
