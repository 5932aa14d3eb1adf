// regtrail backup and restore: copies of the archive.
#include "cli/command.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace regtrail::cli {
namespace {

class BackupCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("copy the archive as it is now to a file");
    app.add_option("FILE", m_file, "the copy; one that is there is replaced")->required();
    app.footer("May run beside a sync. The copy is an archive like any other.\n"
               "\n"
               "examples:\n"
               "  regtrail backup /var/backups/regtrail.db");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY(archive.backup(m_file));
    if (!session.options().quiet) {
      session.console().print(fmt::format("copied to {}\n", m_file));
    }
    return ExitCode::done;
  }

private:
  std::string m_file;
};

class RestoreCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("bring back a copy that backup made");
    app.add_option("FILE", m_file, "the copy")->required();
    app.footer("The copy is checked first. The archive that it replaces is kept beside it, with\n"
               "'.damaged' behind its name.\n"
               "\n"
               "examples:\n"
               "  regtrail restore /var/backups/regtrail.db");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto file, session.database());
    TRY(store::Archive::restore(m_file, file));
    if (!session.options().quiet) {
      session.console().print(fmt::format("{} is as it was in {}\n", session.shown(file), m_file));
    }
    return ExitCode::done;
  }

private:
  std::string m_file;
};

} // namespace

std::unique_ptr<Command> make_backup_command() {
  return std::make_unique<BackupCommand>();
}

std::unique_ptr<Command> make_restore_command() {
  return std::make_unique<RestoreCommand>();
}

} // namespace regtrail::cli
