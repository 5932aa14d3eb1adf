// regtrail register, and its short form for categories.
#include "cli/command.hpp"
#include "cli/entry_verbs.hpp"
#include "cli/register_list.hpp"

#include <array>
#include <utility>
#include <vector>

namespace regtrail::cli {
namespace {

class CategoriesCommand final : public Command {
public:
  void add_options(CLI::App& app) override { m_verbs->add_options(app); }

  Result<ExitCode> run(Session& session) override { return m_verbs->run(session); }

private:
  std::unique_ptr<EntryVerbs> m_verbs = make_entry_verbs(EntryKind::category);
};

class RegisterCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what you wrote down: categories, products, parties, procedures, destinations, "
                    "watches");
    app.require_subcommand(1);
    m_list = app.add_subcommand("list", "entries of all kinds, what is not watched, and why");
    for (const EntryKind kind : {EntryKind::category,
                                 EntryKind::product,
                                 EntryKind::party,
                                 EntryKind::procedure,
                                 EntryKind::destination,
                                 EntryKind::watch}) {
      CLI::App* below = app.add_subcommand(std::string(plural_of(kind)), "");
      m_verbs.emplace_back(below, make_entry_verbs(kind));
      m_verbs.back().second->add_options(*below);
    }
    app.footer("examples:\n"
               "  regtrail register products import parts.xlsx --dry-run\n"
               "  regtrail register parties list");
  }

  Result<ExitCode> run(Session& session) override {
    if (m_list->parsed()) {
      TRY_ASSIGN(const auto config, session.load_config());
      TRY_ASSIGN(const auto loaded, load_register(config, session.environment()));
      TRY(list_register(session, config, loaded));
      return ExitCode::done;
    }
    for (auto& [app, verbs] : m_verbs) {
      if (app->parsed()) {
        return verbs->run(session);
      }
    }
    throw std::logic_error("no kind of entry was parsed");
  }

private:
  CLI::App* m_list = nullptr;
  std::vector<std::pair<CLI::App*, std::unique_ptr<EntryVerbs>>> m_verbs;
};

} // namespace

std::unique_ptr<Command> make_categories_command() {
  return std::make_unique<CategoriesCommand>();
}

std::unique_ptr<Command> make_register_command() {
  return std::make_unique<RegisterCommand>();
}

} // namespace regtrail::cli
