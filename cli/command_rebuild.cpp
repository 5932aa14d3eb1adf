// regtrail rebuild: all derived tables again from the raw records.
#include "cli/command.hpp"
#include "cli/matching.hpp"
#include "cli/progress.hpp"
#include "cli/sync_summary.hpp"

#include <chrono>

namespace regtrail::cli {
namespace {

class RebuildCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("make all derived tables again from the raw records");
    app.footer("examples:\n"
               "  regtrail rebuild\n"
               "  regtrail rebuild --db copy.db --json");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, session.load_register(config));
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
    auto lock =
        archive.lock_for_sync(std::chrono::milliseconds(0), [](std::chrono::milliseconds) {});
    if (!lock) {
      return tl::unexpected(std::move(lock.error()));
    }
    const diff::Matcher matcher(loaded.categories);
    Console& console = session.console();
    SyncProgress progress(session.host(),
                          console,
                          console.err_is_terminal() && !session.options().quiet && !session.json()
                              ? SyncProgress::Show::yes
                              : SyncProgress::Show::no);
    const auto started = session.host().waiter().now();
    auto rebuilt = sync::rebuild(archive, matcher, session.now(), progress);
    progress.clear();
    if (!rebuilt) {
      return tl::unexpected(std::move(rebuilt.error()));
    }
    TRY(note_register(archive, loaded));
    SyncOutcome outcome;
    outcome.report = std::move(*rebuilt);
    outcome.now = session.now();
    outcome.took =
        std::chrono::duration_cast<std::chrono::seconds>(session.host().waiter().now() - started);
    for (const std::string& line : trouble_lines(outcome)) {
      console.error(line);
    }
    if (session.json()) {
      console.print(summary_json(outcome));
    } else if (!session.options().quiet) {
      console.print(console.out_is_terminal() ? summary_text(outcome) : summary_line(outcome));
    }
    return is_complete(outcome) ? ExitCode::done : ExitCode::incomplete;
  }
};

} // namespace

std::unique_ptr<Command> make_rebuild_command() {
  return std::make_unique<RebuildCommand>();
}

} // namespace regtrail::cli
