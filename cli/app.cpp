#include "cli/app.hpp"

#include "cli/command.hpp"
#include "cli/version.hpp"
#include "model/characters.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr const char* common_help =
    "common options: --db FILE --config FILE --json --now DATE --quiet --color auto|always|never\n";

struct Entry {
  const char* name;
  std::unique_ptr<Command> (*make)();
};

/// In the order of a first day with the program.
constexpr Entry entries[] = {
    {"init", make_init_command},         {"sync", make_sync_command},
    {"status", make_status_command},     {"show", make_show_command},
    {"history", make_history_command},   {"diff", make_diff_command},
    {"blame", make_blame_command},       {"search", make_search_command},
    {"doc", make_doc_command},           {"items", make_items_command},
    {"calendar", make_calendar_command}, {"changes", make_changes_command},
    {"register", make_register_command}, {"watch", make_watch_command},
    {"ack", make_ack_command},           {"evidence", make_evidence_command},
    {"backtest", make_backtest_command}, {"categories", make_categories_command},
    {"digest", make_digest_command},     {"verify", make_verify_command},
    {"rebuild", make_rebuild_command},   {"backup", make_backup_command},
    {"publish", make_publish_command},   {"feed", make_feed_command},
    {"restore", make_restore_command},
};

/// CLI11's layout without its notes on types, sets and exclusions, which the texts say better.
class HelpFormatter final : public CLI::Formatter {
public:
  HelpFormatter() { column_width(26); }

  std::string make_option_opts(const CLI::Option* option) const override {
    if (option->get_type_size() == 0 || option->get_positional()) {
      return "";
    }
    const std::string type = option->get_type_name();
    return " " + type.substr(0, type.find(':'));
  }

  std::string
  make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override {
    std::string text = Formatter::make_help(app, std::move(name), mode);
    for (std::size_t at = text.find("\n\n\n"); at != std::string::npos;
         at = text.find("\n\n\n", at)) {
      text.erase(at, 1);
    }
    while (text.ends_with("\n\n")) {
      text.pop_back();
    }
    return text;
  }
};

/// Accepted before and after the command: every level binds the same values.
void add_common_options(CLI::App& app, CommonOptions& options, const std::string& group) {
  app.add_option("--db", options.db, "the archive (default: $REGTRAIL_DB or the XDG data folder)")
      ->type_name("FILE")
      ->group(group);
  app.add_option("--config", options.config, "the configuration (default: $REGTRAIL_CONFIG or XDG)")
      ->type_name("FILE")
      ->group(group);
  app.add_flag("--json", options.json, "machine-readable output")->group(group);
  app.add_option("--now", options.now, "take this day or instant for now (default: $REGTRAIL_NOW)")
      ->type_name("DATE")
      ->group(group);
  app.add_flag("-q,--quiet", options.quiet, "only results and errors")->group(group);
  app.add_option("--color", options.color, "auto, always or never")
      ->type_name("WHEN")
      ->group(group);
}

void prepare_subcommand(CLI::App& app, CommonOptions& options) {
  add_common_options(app, options, "");
  const std::string footer = app.get_footer();
  app.footer("\n" + std::string(common_help) + (footer.empty() ? "" : "\n" + footer));
  for (CLI::App* below : app.get_subcommands([](CLI::App*) { return true; })) {
    prepare_subcommand(*below, options);
  }
}

class Program {
public:
  Program() : m_app("tracks changes of U.S. export law down to the paragraph", "regtrail") {
    m_app.formatter(std::make_shared<HelpFormatter>());
    m_app.set_help_flag("-h,--help", "this text; also behind a command");
    m_app.set_version_flag("--version", fmt::format("regtrail {}", version()));
    m_app.require_subcommand(1);
    add_common_options(m_app, m_options, "Common options, before or behind the command");
    m_app.footer("\nexamples:\n"
                 "  regtrail sync --part 744 --since \"90 days\"\n"
                 "  regtrail diff 744.23 --from 2026-08-01");
    for (const Entry& entry : entries) {
      CLI::App* sub = m_app.add_subcommand(entry.name, "");
      m_commands.emplace_back(sub, entry.make());
      m_commands.back().second->add_options(*sub);
      prepare_subcommand(*sub, m_options);
    }
  }

  CLI::App& app() { return m_app; }

  [[nodiscard]] const CommonOptions& options() const { return m_options; }

  /// The command that was given; parsing has seen to it that there is one.
  Command& chosen() {
    for (auto& [sub, command] : m_commands) {
      if (sub->parsed()) {
        return *command;
      }
    }
    throw std::logic_error("no command was parsed");
  }

  /// What is wrong with the command line, in our wording.
  [[nodiscard]] std::string usage_error(const CLI::ParseError& error) const {
    const CLI::App* at = &m_app;
    std::string name = "regtrail";
    while (!at->get_subcommands().empty()) {
      at = at->get_subcommands().back();
      name += " " + at->get_name();
    }
    const std::string see = fmt::format("; see: {} -h", name);
    std::vector<std::string> below;
    for (const CLI::App* sub : at->get_subcommands([](const CLI::App*) { return true; })) {
      below.push_back(sub->get_name());
    }
    const std::vector<std::string> rest = at->remaining();
    const auto word = std::find_if(
        rest.begin(), rest.end(), [](const std::string& text) { return !text.starts_with('-'); });
    if (!below.empty() && word != rest.end()) {
      return fmt::format(
          "'{}' is not a command of '{}'{}{}", *word, name, query::did_you_mean(*word, below), see);
    }
    if (!rest.empty() && rest.front().starts_with('-')) {
      return fmt::format("unknown option '{}'{}", rest.front(), see);
    }
    if (!below.empty() && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
      return "give a command" + see;
    }
    return lower_first(error.what()) + see;
  }

private:
  static std::string lower_first(std::string text) {
    if (text.size() > 1 && is_upper(text[0]) && is_lower(text[1])) {
      text[0] = to_lower(text[0]);
    }
    while (text.ends_with('\n') || text.ends_with('.')) {
      text.pop_back();
    }
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }

  CLI::App m_app;
  CommonOptions m_options;
  std::vector<std::pair<CLI::App*, std::unique_ptr<Command>>> m_commands;
};

Result<ColorMode> color_mode(const std::string& word) {
  if (word == "auto") {
    return ColorMode::automatic;
  }
  if (word == "always") {
    return ColorMode::always;
  }
  if (word == "never") {
    return ColorMode::never;
  }
  return fail(ErrorKind::usage, fmt::format("--color: '{}' is none of auto, always, never", word));
}

/// The one place that decides what time it is.
Result<Timestamp>
what_time(const CommonOptions& options, const Environment& environment, Host& host) {
  const bool by_option = !options.now.empty();
  const std::string text = by_option ? options.now : environment.get("REGTRAIL_NOW").value_or("");
  if (text.empty()) {
    return host.now();
  }
  const auto now = parse_timestamp(text);
  if (!now) {
    return fail_while(by_option ? "--now" : "REGTRAIL_NOW", now.error());
  }
  return now;
}

Result<ExitCode>
run_command(Program& program, Host& host, const Environment& environment, Console& console) {
  const CommonOptions& options = program.options();
  TRY_ASSIGN(const auto color, color_mode(options.color));
  console.configure(color, options.quiet ? Verbosity::quiet : Verbosity::normal);
  TRY_ASSIGN(auto now, what_time(options, environment, host));
  Session session(host, environment, console, options, now);
  TRY_ASSIGN(auto code, program.chosen().run(session));
  TRY(console.finish());
  return code;
}

} // namespace

ExitCode run(const std::vector<std::string>& arguments,
             Host& host,
             const Environment& environment,
             Console& console) {
  Program program;
  try {
    program.app().parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    console.print(program.app().help());
    return ExitCode::done;
  } catch (const CLI::CallForVersion& asked) {
    console.print(std::string(asked.what()) + "\n");
    return ExitCode::done;
  } catch (const CLI::ParseError& error) {
    console.error(program.usage_error(error));
    return ExitCode::failed;
  }
  try {
    auto code = run_command(program, host, environment, console);
    if (code) {
      return *code;
    }
    console.error(code.error().message);
  } catch (const std::exception& error) {
    console.error(
        fmt::format("internal error: {}; please report it with the command line", error.what()));
  }
  return ExitCode::failed;
}

} // namespace regtrail::cli
