// A command is: options, then run. add_options must not do any work, so that usage can be tested
// without files.
#pragma once

#include "cli/exit_code.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace regtrail::cli {

class Command {
public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// `app` lives as long as the command.
  virtual void add_options(CLI::App& app) = 0;

  /// An Error ends the program with ExitCode::failed.
  virtual Result<ExitCode> run(Session& session) = 0;
};

std::unique_ptr<Command> make_init_command();
std::unique_ptr<Command> make_sync_command();
std::unique_ptr<Command> make_status_command();
std::unique_ptr<Command> make_search_command();
std::unique_ptr<Command> make_show_command();
std::unique_ptr<Command> make_history_command();
std::unique_ptr<Command> make_diff_command();
std::unique_ptr<Command> make_blame_command();
std::unique_ptr<Command> make_doc_command();
std::unique_ptr<Command> make_items_command();
std::unique_ptr<Command> make_calendar_command();
std::unique_ptr<Command> make_feed_command();
std::unique_ptr<Command> make_publish_command();
std::unique_ptr<Command> make_changes_command();
std::unique_ptr<Command> make_register_command();
std::unique_ptr<Command> make_watch_command();
std::unique_ptr<Command> make_ack_command();
std::unique_ptr<Command> make_evidence_command();
std::unique_ptr<Command> make_backtest_command();
std::unique_ptr<Command> make_categories_command();
std::unique_ptr<Command> make_digest_command();
std::unique_ptr<Command> make_verify_command();
std::unique_ptr<Command> make_rebuild_command();
std::unique_ptr<Command> make_backup_command();
std::unique_ptr<Command> make_restore_command();

} // namespace regtrail::cli
