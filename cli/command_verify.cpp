// regtrail verify: is the archive what it was when it was written?
#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "cli/matching.hpp"
#include "cli/progress.hpp"
#include "sync/repair.hpp"

#include <fmt/format.h>

namespace regtrail::cli {
namespace {

class VerifyCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("check the archive against the digests of all that was stored");
    auto* deep = app.add_flag("--deep",
                              m_deep,
                              "also make all derived tables again and compare them;\n"
                              "takes as long as a rebuild");
    app.add_flag("--export",
                 m_export,
                 "write all derived tables as text and not check: archives with equal\n"
                 "exports hold the same law")
        ->excludes(deep);
    app.footer("Damage is noted in the archive: the next sync asks the sources again for answers\n"
               "whose bytes are damaged and makes damaged derived tables again. What no source\n"
               "can give again is in a backup: regtrail restore BACKUP\n"
               "\n"
               "examples:\n"
               "  regtrail verify\n"
               "  regtrail verify --export | sha256sum");
  }

  Result<ExitCode> run(Session& session) override {
    if (m_export) {
      TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
      TRY_ASSIGN(auto text, archive.export_derived());
      session.console().print(text);
      return ExitCode::done;
    }
    TRY_ASSIGN(auto verified, verify(session));
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["sound"] = verified.problems.empty();
      json["problems"] = verified.problems;
      session.console().print(json_text(json));
    } else {
      print(session, verified);
    }
    return verified.problems.empty() ? ExitCode::done : ExitCode::failed;
  }

private:
  Result<store::Verified> verify(Session& session) {
    store::Verified verified;
    {
      TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
      TRY_ASSIGN(verified, archive.verify());
    }
    if (verified.problems.empty() && !m_deep) {
      return verified;
    }
    // An archive that cannot be written is checked all the same.
    auto archive = session.open_archive(store::OpenMode::read_write);
    if (archive && !verified.problems.empty()) {
      TRY(sync::note_damage(*archive, verified));
    }
    if (m_deep && verified.problems.empty()) {
      if (!archive) {
        return tl::unexpected(archive.error());
      }
      TRY_ASSIGN(auto config, session.load_config());
      TRY_ASSIGN(auto loaded, session.load_register(config));
      TRY_ASSIGN(const auto lock, Session::lock(*archive));
      SyncProgress progress(session);
      TRY_ASSIGN(verified.problems,
                 sync::verify_deep(*archive, diff::Matcher(loaded.categories), progress));
      progress.clear();
    }
    return verified;
  }

  static void print(Session& session, const store::Verified& verified) {
    for (const std::string& problem : verified.problems) {
      session.console().error(problem);
    }
    if (verified.problems.empty()) {
      session.console().print("the archive is sound\n");
    } else if (verified.facts_damaged) {
      session.console().error("no source gives all of this again; bring a backup back: regtrail "
                              "restore BACKUP");
    } else {
      session.console().error(
          "run 'regtrail sync' to make this again; what 'regtrail verify' still "
          "finds then is in a backup: regtrail restore BACKUP");
    }
  }

  bool m_export = false;
  bool m_deep = false;
};

} // namespace

std::unique_ptr<Command> make_verify_command() {
  return std::make_unique<VerifyCommand>();
}

} // namespace regtrail::cli
