// regtrail init: a commented configuration and the starter register beside it.
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/paths.hpp"
#include "cli/register_file.hpp"
#include "parse/register_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace regtrail::cli {
namespace {

class InitCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("write a configuration and the starter register; keeps what is there");
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
    const auto folder = chosen.path.parent_path();
    TRY_ASSIGN(const auto categories, write_categories(folder / "categories.toml"));
    TRY_ASSIGN(const auto watches, write_watches(folder / "watches.toml", categories.path));
    if (session.json()) {
      print_json(session, {chosen.path, config, ""}, categories, watches);
      return ExitCode::done;
    }
    print(session, {chosen.path, config, ""});
    print(session, categories);
    print(session, watches);
    session.console().print("next: regtrail sync\n");
    return ExitCode::done;
  }

private:
  struct StarterFile {
    std::filesystem::path path;
    std::optional<Written> written; ///< nullopt: could not be
    std::string about;
  };

  static constexpr std::uint64_t limit = std::uint64_t{16} << 20U;

  static Result<StarterFile> write_categories(const std::filesystem::path& path) {
    TRY_ASSIGN(const auto written, write_new_file(path, starter_categories()));
    TRY_ASSIGN(const auto text, read_file(path, limit));
    auto entries = parse::parse_register(text, path.string());
    if (!entries) {
      return fail_while("cannot read", std::move(entries.error()));
    }
    const auto seeds = std::count_if(entries->categories.begin(),
                                     entries->categories.end(),
                                     [](const Category& category) { return category.seed; });
    return StarterFile{
        path,
        written,
        fmt::format("{} categories{}; edit or run: regtrail categories",
                    entries->categories.size(),
                    seeds > 0 ? fmt::format(" ({} from semiconductors and AI)", seeds) : "")};
  }

  /// The starter watches are for starter categories: beside others they are left out.
  static Result<StarterFile> write_watches(const std::filesystem::path& path,
                                           const std::filesystem::path& categories) {
    TRY_ASSIGN(const auto around, read_file(categories, limit));
    auto kept = read_file(path, limit);
    const bool is_new = !kept || kept->empty();
    const std::string text = is_new ? std::string(starter_watches()) : *kept;
    auto entries = parse::parse_register({{around, categories.string()}, {text, path.string()}});
    if (is_new && !(entries && has_named_categories(*entries))) {
      return StarterFile{path,
                         std::nullopt,
                         fmt::format("the starter watches do not go with {}; see: regtrail "
                                     "register watches add -h",
                                     categories.filename().string())};
    }
    if (!entries) {
      return fail_while("cannot read", std::move(entries.error()));
    }
    TRY_ASSIGN(const auto written, write_new_file(path, text));
    const auto off = std::count_if(entries->watches.begin(),
                                   entries->watches.end(),
                                   [](const Watch& watch) { return !watch.enabled; });
    return StarterFile{path,
                       written,
                       fmt::format("{} watches ({} not enabled), {} watch points; edit or run: "
                                   "regtrail register watches",
                                   entries->watches.size(),
                                   off,
                                   entries->points.size())};
  }

  static bool has_named_categories(const Register& entries) {
    std::set<std::string> ids;
    for (const Category& category : entries.categories) {
      ids.insert(category.id);
    }
    return std::all_of(entries.watches.begin(), entries.watches.end(), [&](const Watch& watch) {
      return std::all_of(watch.categories.begin(),
                         watch.categories.end(),
                         [&](const std::string& id) { return ids.contains(id); });
    });
  }

  static void print(Session& session, const StarterFile& file) {
    std::string_view done = "wrote";
    std::string about = file.about;
    if (!file.written) {
      done = "left ";
    } else if (*file.written == Written::filled) {
      about = "was there, but empty" + (about.empty() ? "" : "; " + about);
    } else if (*file.written == Written::kept) {
      done = "kept ";
      about = about.empty() ? "was there already" : about;
    }
    session.console().print(fmt::format(
        "{} {}{}\n", done, session.shown(file.path), about.empty() ? "" : "      " + about));
  }

  static void print_json(Session& session,
                         const StarterFile& config,
                         const StarterFile& categories,
                         const StarterFile& watches) {
    const auto file = [](const StarterFile& each) {
      return Json{{"file", each.path.string()},
                  {"written", each.written && *each.written != Written::kept}};
    };
    Json json;
    json["schema"] = 1;
    json["config"] = file(config);
    json["categories"] = file(categories);
    json["watches"] = file(watches);
    json["next"] = "regtrail sync";
    session.console().print(json_text(json));
  }
};

} // namespace

std::unique_ptr<Command> make_init_command() {
  return std::make_unique<InitCommand>();
}

} // namespace regtrail::cli
