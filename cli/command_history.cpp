// regtrail history CITATION: every version, followed through renumbering.
#include "cli/cited_archive.hpp"
#include "cli/command.hpp"
#include "cli/measure_notes.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/day_of_law.hpp"
#include "query/history.hpp"
#include "query/lookup.hpp"
#include "query/pending.hpp"
#include "query/reverted.hpp"

namespace regtrail::cli {
namespace {

class HistoryCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("every version of a text, followed through renumbering");
    app.add_option("citation", m_words, "what to follow, e.g. 744.23(a)(2) or 3B001.c.1")
        ->required();
    app.add_flag("--pending", m_pending, "only what is published or filed and not yet in force");
    app.footer("examples:\n"
               "  regtrail history 3B001.c.1.c\n"
               "  regtrail history supp. 4 to part 744 --pending");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto cited, open_cited(session, m_words));
    auto& [archive, citation] = cited;
    TRY_ASSIGN(auto pending, query::known_pending(archive, citation, session.today()));
    const render::TerminalStyle style = session.console().style();
    if (m_pending) {
      if (session.json()) {
        session.console().print(render::pending_json(citation, pending));
      } else {
        session.console().page(render::pending_text(pending, style));
      }
      return ExitCode::done;
    }
    TRY_ASSIGN(auto history, query::assemble_history(archive, citation));
    TRY(query::mark_reverted(archive, history));
    TRY(query::mark_days_of_law(archive, history));
    history.pending = std::move(pending);
    if (session.json()) {
      session.console().print(render::history_json(history));
      return ExitCode::done;
    }
    TRY_ASSIGN(const auto notes, measure_notes(archive, citation));
    session.console().page(render::history_text(history, style) + notes);
    return ExitCode::done;
  }

private:
  std::vector<std::string> m_words;
  bool m_pending = false;
};

} // namespace

std::unique_ptr<Command> make_history_command() {
  return std::make_unique<HistoryCommand>();
}

} // namespace regtrail::cli
