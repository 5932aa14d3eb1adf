// regtrail rebuild: all derived tables again from the raw records.
#include "cli/command.hpp"
#include "cli/lock_options.hpp"
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
    m_lock.add_to(app);
    app.footer("examples:\n"
               "  regtrail rebuild\n"
               "  regtrail rebuild --db copy.db --json");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, session.load_register(config));
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
    TRY_ASSIGN(const auto lock, m_lock.take(session, archive));
    const diff::Matcher matcher(loaded.categories);
    SyncProgress progress(session);
    const auto started = session.host().waiter().now();
    SyncOutcome outcome;
    TRY_ASSIGN(outcome.report, sync::rebuild(archive, matcher, progress));
    progress.clear();
    TRY(note_register(archive, loaded));
    outcome.now = session.now();
    outcome.took =
        std::chrono::duration_cast<std::chrono::seconds>(session.host().waiter().now() - started);
    return print_outcome(session, outcome, NothingNew::printed);
  }

private:
  LockOptions m_lock;
};

} // namespace

std::unique_ptr<Command> make_rebuild_command() {
  return std::make_unique<RebuildCommand>();
}

} // namespace regtrail::cli
