// regtrail history CITATION: every version, followed through renumbering.
#include "cli/command.hpp"
#include "cli/history.hpp"
#include "cli/lookup.hpp"
#include "cli/reverted.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"

namespace regtrail::cli {
namespace {

class HistoryCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("every version of a text, followed through renumbering");
    app.add_option("citation", m_words, "what to follow, e.g. 744.23(a)(2) or 3B001.c.1")
        ->required();
    app.footer("examples:\n"
               "  regtrail history 3B001.c.1.c\n"
               "  regtrail history supp. 4 to part 744 --json");
  }

  Result<ExitCode> run(Session& session) override {
    auto citation = text_citation(m_words);
    if (!citation) {
      return tl::unexpected(std::move(citation.error()));
    }
    auto archive = session.open_archive(store::OpenMode::read_only);
    if (!archive) {
      return tl::unexpected(std::move(archive.error()));
    }
    auto history = assemble_history(*archive, *citation);
    if (!history) {
      return tl::unexpected(std::move(history.error()));
    }
    if (auto marked = mark_reverted(*archive, *history); !marked) {
      return tl::unexpected(std::move(marked.error()));
    }
    if (session.json()) {
      session.console().print(render::history_json(*history));
    } else {
      session.console().page(render::history_text(*history, session.console().style()));
    }
    return ExitCode::done;
  }

private:
  std::vector<std::string> m_words;
};

} // namespace

std::unique_ptr<Command> make_history_command() {
  return std::make_unique<HistoryCommand>();
}

} // namespace regtrail::cli
