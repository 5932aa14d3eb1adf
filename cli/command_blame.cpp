// regtrail blame CITATION: of every paragraph the version that last changed it.
#include "cli/cited_archive.hpp"
#include "cli/command.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/blame.hpp"
#include "query/day_of_law.hpp"
#include "query/lookup.hpp"

namespace regtrail::cli {
namespace {

class BlameCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("when each paragraph of a text was last changed, and by what");
    app.add_option("citation", m_words, "whose paragraphs, e.g. 744.23 or 3B001.c")->required();
    app.add_option("--on", m_on, "of the text of this day (default: the newest)")
        ->type_name("DATE");
    app.footer("Newest first. A paragraph that was only renumbered or moved keeps the date of its "
               "text, and\n"
               "one that differs only in dashes, quotes or blanks did not change. 'baseline' has "
               "not changed\n"
               "since the oldest version held.\n\n"
               "examples:\n"
               "  regtrail blame 744.23\n"
               "  regtrail blame 3B001.c --on 2026-08-01 --json");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto on, session.date_option("--on", m_on));
    TRY_ASSIGN(auto cited, open_cited(session, m_words));
    auto& [archive, citation] = cited;
    TRY_ASSIGN(auto blame, query::assemble_blame(archive, citation, on));
    TRY(query::mark_days_of_law(archive, blame));
    if (session.json()) {
      session.console().print(render::blame_json(blame));
    } else {
      session.console().page(render::blame_text(blame, session.console().style()));
    }
    return ExitCode::done;
  }

private:
  std::vector<std::string> m_words;
  std::string m_on;
};

} // namespace

std::unique_ptr<Command> make_blame_command() {
  return std::make_unique<BlameCommand>();
}

} // namespace regtrail::cli
