// regtrail init: a commented configuration and the starter categories beside it.
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/paths.hpp"
#include "cli/register_file.hpp"
#include "parse/register_toml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

class InitCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("write a configuration and the starter categories; keeps what is there");
    app.footer("examples:\n"
               "  regtrail init\n"
               "  regtrail init --config /etc/regtrail/config.toml");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto chosen, config_path(session.options().config, session.environment()));
    TRY_ASSIGN(auto database, session.database());
    for (const auto& folder : {chosen.path.parent_path(), database.parent_path()}) {
      TRY(make_private_folders(folder));
    }
    TRY_ASSIGN(auto config, write_new_file(chosen.path, starter_config()));
    const auto categories = chosen.path.parent_path() / "categories.toml";
    TRY_ASSIGN(auto written, write_new_file(categories, starter_register()));
    TRY_ASSIGN(auto summary, summarise(categories));
    if (session.json()) {
      print_json(session, chosen.path, config, categories, written);
      return ExitCode::done;
    }
    const auto line =
        [&](Written state, const std::filesystem::path& path, const std::string& about) {
          session.console().print(fmt::format("{} {}{}\n",
                                              state == Written::kept ? "kept " : "wrote",
                                              session.shown(path),
                                              about.empty() ? "" : "      " + about));
        };
    line(config, chosen.path, found(config));
    line(written,
         categories,
         fmt::format("{}{}; edit or run: regtrail categories",
                     written == Written::filled ? found(written) + "; " : "",
                     summary));
    session.console().print("next: regtrail sync\n");
    return ExitCode::done;
  }

private:
  static std::string found(Written state) {
    return state == Written::filled ? "was there, but empty"
           : state == Written::kept ? "was there already"
                                    : "";
  }

  static Result<std::string> summarise(const std::filesystem::path& path) {
    TRY_ASSIGN(auto text, read_file(path, std::uint64_t{16} << 20U));
    auto categories = parse::parse_register(text, path.string());
    if (!categories) {
      return fail_while("cannot read", std::move(categories.error()));
    }
    const auto seeds = std::count_if(categories->categories.begin(),
                                     categories->categories.end(),
                                     [](const Category& category) { return category.seed; });
    std::string summary = fmt::format("{} categories", categories->categories.size());
    if (seeds > 0) {
      summary += fmt::format(" ({} from semiconductors and AI)", seeds);
    }
    return summary;
  }

  static void print_json(Session& session,
                         const std::filesystem::path& config,
                         Written config_written,
                         const std::filesystem::path& categories,
                         Written categories_written) {
    Json json;
    json["schema"] = 1;
    json["config"] = {{"file", config.string()}, {"written", config_written != Written::kept}};
    json["categories"] = {{"file", categories.string()},
                          {"written", categories_written != Written::kept}};
    json["next"] = "regtrail sync";
    session.console().print(json_text(json));
  }
};

} // namespace

std::unique_ptr<Command> make_init_command() {
  return std::make_unique<InitCommand>();
}

} // namespace regtrail::cli
