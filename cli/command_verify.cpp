// regtrail verify: is the archive what it was when it was written?
#include "cli/command.hpp"
#include "cli/json_text.hpp"

#include <fmt/format.h>

namespace regtrail::cli {
namespace {

class VerifyCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("check every stored byte and node against its hash");
    app.add_flag("--export",
                 m_export,
                 "write all derived tables as text and not check: archives with equal\n"
                 "exports hold the same law");
    app.footer("examples:\n"
               "  regtrail verify\n"
               "  regtrail verify --export | sha256sum");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    if (m_export) {
      TRY_ASSIGN(auto text, archive.export_derived());
      session.console().print(text);
      return ExitCode::done;
    }
    TRY_ASSIGN(auto problems, archive.verify());
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["sound"] = problems.empty();
      json["problems"] = problems;
      session.console().print(json_text(json));
    } else {
      for (const std::string& problem : problems) {
        session.console().error(problem);
      }
      if (problems.empty()) {
        session.console().print("the archive is sound\n");
      }
    }
    return problems.empty() ? ExitCode::done : ExitCode::failed;
  }

private:
  bool m_export = false;
};

} // namespace

std::unique_ptr<Command> make_verify_command() {
  return std::make_unique<VerifyCommand>();
}

} // namespace regtrail::cli
