#include "cli/entry_verbs.hpp"

#include "cli/category_test.hpp"
#include "cli/entry_answers.hpp"
#include "cli/entry_import.hpp"
#include "cli/entry_text.hpp"
#include "cli/files.hpp"
#include "cli/register_edit.hpp"
#include "cli/register_list.hpp"
#include "cli/watch_test.hpp"
#include "model/text.hpp"
#include "notify/render/not_watched.hpp"
#include "notify/render/terminal.hpp"
#include "parse/register_toml.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::cli {
namespace {

using parse::EntryTraits;
using parse::RegisterField;

/// What the help of one kind says.
struct EntryHelp {
  const char* description;
  const char* add_footer;
};

template<typename Entry>
constexpr EntryHelp help_of{};

template<>
constexpr EntryHelp help_of<Category>{
    "the product register: list, show, add, edit, remove, export, test",
    "examples:\n"
    "  regtrail categories add laser-diodes --label-en \"Laser diodes\" \\\n"
    "      --term \"laser diode\" --term-ja 半導体レーザー --eccn 6A005.d\n"
    "  regtrail categories add vx-200 --label-en \"Valve VX-200\" --eccn 3B001.c.1.c"};

template<>
constexpr EntryHelp help_of<Product>{
    "articles of your own list",
    "examples:\n"
    "  regtrail register products add vx-200 --part-number VX-200 --eccn 3B001.c.1 \\\n"
    "      --parameter \"switching time 400 ms\" --destination CN"};

template<>
constexpr EntryHelp help_of<Party>{
    "firms and persons of your own world",
    "examples:\n"
    "  regtrail register parties add example-optics --name \"Example Optics Co., Ltd.\" \\\n"
    "      --country CN --owner \"Example Holdings 60%\""};

template<>
constexpr EntryHelp help_of<Procedure>{
    "own documents with the places of the law that they rely on",
    "examples:\n"
    "  regtrail register procedures add screening --title \"Screening of customers\" \\\n"
    "      --citation 744.11 --citation \"supp. 4 to part 744\""};

template<>
constexpr EntryHelp help_of<Destination>{
    "countries shipped to",
    "examples:\n"
    "  regtrail register destinations add taiwan --country TW"};

template<>
constexpr EntryHelp help_of<Watch>{
    "questions to the Federal Register and pages of the web",
    "examples:\n"
    "  regtrail register watches add transmission --label-en \"Transmission\" \\\n"
    "      --agency energy-department --type notice --term \"transmission line\""};

/// Whether entries of a kind are imported from tables, and held against today's law.
template<typename Entry>
constexpr bool is_imported = !std::is_same_v<Entry, Category> && !std::is_same_v<Entry, Watch>;
template<typename Entry>
constexpr bool is_answered = !std::is_same_v<Entry, Destination>;

template<typename Entry>
class VerbsOf final : public EntryVerbs {
  using Traits = EntryTraits<Entry>;

public:
  void add_options(CLI::App& app) override {
    m_name = app.get_parent() == nullptr || app.get_parent()->get_parent() == nullptr
                 ? app.get_name()
                 : fmt::format("{} {}", app.get_parent()->get_name(), app.get_name());
    const auto kind = std::string(to_string(Traits::kind));
    app.description(help_of<Entry>.description);
    app.require_subcommand(0, 1);
    app.add_subcommand("list", fmt::format("all {} (also without a word)", Traits::plural));
    m_show = with_id(app, "show", "one " + kind + " with all its fields");
    m_add = with_id(app, "add", "append a " + kind + " to the register file");
    add_field_options(*m_add, true);
    m_add->footer(help_of<Entry>.add_footer);
    m_edit = with_id(app, "edit", "give a " + kind + " other values; an empty one clears a field");
    add_field_options(*m_edit, false);
    m_remove = with_id(app, "remove", "cut a " + kind + " out of the register file");
    m_export = app.add_subcommand("export", "write all of them as a table or as TOML");
    m_export->add_option("--format", m_format, "csv or toml")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"csv", "toml"}));
    if constexpr (is_imported<Entry>) {
      add_import_options(app);
    }
    if constexpr (std::is_same_v<Entry, Category>) {
      m_test = with_id(app, "test", "explain the score of a citation or of any text");
      m_test->add_option("what", m_words, "a citation, e.g. 2B350.g, or a text")->required();
      m_test->footer("examples:\n"
                     "  regtrail categories test vacuum-valves 2B350.g\n"
                     "  regtrail categories test vacuum-valves \"gate valves for wafer chambers\"");
      app.footer("examples:\n"
                 "  regtrail categories show vacuum-valves\n"
                 "  regtrail categories test vacuum-valves 2B350.g");
    } else if constexpr (std::is_same_v<Entry, Watch>) {
      m_test = with_id(app, "test", "which documents of the last year that are held it would hit");
      app.footer("examples:\n"
                 "  regtrail register watches test energy-data-centers\n"
                 "What they brought: regtrail watch list");
    } else if constexpr (is_answered<Entry>) {
      m_test = with_id(app, "test", fmt::format("what today's law says of one {}", kind));
    }
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, load_register(config, session.environment()));
    if (m_add->parsed()) {
      TRY(add(session, loaded));
    } else if (m_edit->parsed()) {
      TRY(edit(session, loaded));
    } else if (m_remove->parsed()) {
      TRY(remove(session, config, loaded));
    } else if (m_show->parsed()) {
      TRY(show(session, loaded));
    } else if (m_export->parsed()) {
      write_out(session, loaded);
    } else if (m_test != nullptr && m_test->parsed()) {
      TRY(test(session, loaded));
    } else if (m_import != nullptr && m_import->parsed()) {
      return import(session, loaded);
    } else {
      TRY(list(session, config, loaded));
    }
    return ExitCode::done;
  }

private:
  CLI::App* with_id(CLI::App& app, const char* verb, const std::string& help) {
    CLI::App* below = app.add_subcommand(verb, help);
    below->add_option("id", m_id, fmt::format("the {}'s id", to_string(Traits::kind)))->required();
    return below;
  }

  void add_field_options(CLI::App& app, bool is_new) {
    m_given.resize(fields().size());
    for (std::size_t i = 0; i < fields().size(); ++i) {
      const auto& field = fields()[i];
      if (!field.option.empty()) {
        auto* option =
            app.add_option(std::string(field.option), m_given[i], std::string(field.help));
        option->type_name("TEXT")->allow_extra_args(false)->required(is_new && field.required);
      }
    }
  }

  void add_import_options(CLI::App& app) {
    m_import = app.add_subcommand(
        "import", fmt::format("read {} from an .xlsx workbook or a CSV file", Traits::plural));
    m_import->add_option("file", m_import_options.file, "the file")->required();
    m_import->add_option("--sheet", m_import_options.sheet, "a sheet (default: the first)")
        ->type_name("NAME");
    m_import
        ->add_option("--map", m_import_options.map, "a column's field, where its name does not say")
        ->type_name("COLUMN=FIELD")
        ->allow_extra_args(false);
    m_import->add_flag("--dry-run",
                       m_import_options.dry_run,
                       "write nothing; show the first rows and what is wrong");
    m_import->footer(fmt::format("examples:\n"
                                 "  regtrail register {0} import list.xlsx --dry-run\n"
                                 "  regtrail register {0} import list.csv --map \"Remark=note\"",
                                 Traits::plural));
  }

  Result<ExitCode> import(Session& session, const LoadedRegister& loaded) const {
    if constexpr (is_imported<Entry>) {
      return import_file<Entry>(session, loaded, m_import_options);
    } else {
      throw std::logic_error("this kind of entry is not imported");
    }
  }

  Result<void> test(Session& session, const LoadedRegister& loaded) const {
    if constexpr (std::is_same_v<Entry, Category>) {
      TRY(test_category(session, loaded, m_id, m_words));
    } else if constexpr (std::is_same_v<Entry, Watch>) {
      TRY_ASSIGN(const auto watch, find_entry<Watch>(loaded, m_id));
      TRY(test_watch(session, loaded, watch));
    } else if constexpr (is_answered<Entry>) {
      TRY_ASSIGN(const auto entry, find_entry<Entry>(loaded, m_id));
      TRY_ASSIGN(auto answers, answer(session, std::vector{entry}));
      if (session.json()) {
        Json json;
        json["schema"] = 1;
        json[std::string(to_string(Traits::kind))] = entry.id;
        json["answers"] = std::move(answers.json);
        session.console().print(json_text(json));
      } else {
        session.console().page(printable(answers.text));
      }
    }
    return {};
  }

  static const std::vector<RegisterField<Entry>>& fields() {
    return parse::register_fields<Entry>();
  }

  static const std::vector<Entry>& entries(const LoadedRegister& loaded) {
    return loaded.categories.*Traits::list;
  }

  static const RegisterFile& file(const LoadedRegister& loaded) {
    return loaded.file(Traits::kind);
  }

  /// The starter register is no file that could be edited.
  static Result<void> require_file(const LoadedRegister& loaded) {
    if (file(loaded).from == RegisterFile::From::built_in) {
      return fail(ErrorKind::usage,
                  fmt::format("there is no register at '{}' yet; run: regtrail init",
                              file(loaded).path.string()));
    }
    return {};
  }

  Result<void> list(Session& session, const Config& config, const LoadedRegister& loaded) const {
    const RegisterFile& own = file(loaded);
    TRY_ASSIGN(auto watches, watches_of(session, config, loaded.categories));
    std::erase_if(watches, [](const EntryWatch& watch) { return watch.entry != Traits::kind; });
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["file"] = own.from == RegisterFile::From::file ? Json(own.path.string()) : Json(nullptr);
      Json& list = json[std::string(Traits::plural)] = Json::array();
      for (const Entry& entry : entries(loaded)) {
        list.push_back(to_json(entry));
      }
      Json& lacking = json["not_watched"] = Json::array();
      for (const EntryWatch& watch : watches) {
        if (!watch.reasons.empty()) {
          lacking.push_back({{"id", watch.id}, {"reasons", watch.reasons}});
        }
      }
      if constexpr (std::is_same_v<Entry, Category> || std::is_same_v<Entry, Procedure>) {
        const auto parts = offered_parts(config, loaded.categories);
        json["parts"] = parts.empty() ? Json(nullptr) : Json(parts);
      }
      session.console().print(json_text(json));
      return {};
    }
    int width = 0;
    for (const Entry& entry : entries(loaded)) {
      width = std::max(width, render::display_width(entry.id));
    }
    std::string text;
    for (const Entry& entry : entries(loaded)) {
      text += fmt::format("{}  {}\n", padded(entry.id, width), summary_of(entry));
    }
    text +=
        fmt::format("{} {} in {}\n", entries(loaded).size(), Traits::plural, place(session, own));
    for (const std::string& line : render::not_watched_lines(watches, 3)) {
      text += fmt::format("not watched: {}\n", line);
    }
    if constexpr (std::is_same_v<Entry, Category> || std::is_same_v<Entry, Procedure>) {
      text += offer_text(session, config, loaded.categories);
    }
    session.console().page(printable(text));
    return {};
  }

  [[nodiscard]] std::string place(const Session& session, const RegisterFile& own) const {
    switch (own.from) {
    case RegisterFile::From::file:
      return session.shown(own.path);
    case RegisterFile::From::built_in:
      return "the built-in register; for your own run: regtrail init";
    case RegisterFile::From::absent:
      return fmt::format(
          "{}, which is not there yet; see: regtrail {} add -h", session.shown(own.path), m_name);
    }
    return "";
  }

  Result<void> show(Session& session, const LoadedRegister& loaded) const {
    TRY_ASSIGN(auto entry, find_entry<Entry>(loaded, m_id));
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json[std::string(to_string(Traits::kind))] = to_json(entry);
      session.console().print(json_text(json));
    } else {
      session.console().page(printable(parse::entry_to_toml(entry)));
    }
    return {};
  }

  void write_out(Session& session, const LoadedRegister& loaded) const {
    if (m_format == "csv") {
      session.console().print(to_csv(entries(loaded)));
      return;
    }
    std::string text;
    for (const Entry& entry : entries(loaded)) {
      text += (text.empty() ? "" : "\n") + parse::entry_to_toml(entry);
    }
    session.console().print(text);
  }

  /// The values given on the command line.
  Result<void> set_given(Entry& entry) const {
    for (std::size_t i = 0; i < fields().size(); ++i) {
      if (!m_given[i].empty()) {
        if (auto set = parse::set_field(entry, fields()[i], m_given[i]); !set) {
          return fail_while(fields()[i].option, std::move(set.error()));
        }
      }
    }
    return {};
  }

  Result<void> add(Session& session, const LoadedRegister& loaded) const {
    if (const auto bearer = bearer_of(loaded.categories, m_id); !bearer.empty()) {
      return fail(ErrorKind::usage, fmt::format("{} is in the register already", bearer));
    }
    Entry entry;
    entry.id = m_id;
    TRY(set_given(entry));
    TRY(require_file(loaded));
    TRY_ASSIGN(const auto edited, with_entries<Entry>(loaded, {entry}));
    return replace(session, loaded, edited, "added", "to");
  }

  Result<void> edit(Session& session, const LoadedRegister& loaded) const {
    TRY_ASSIGN(auto entry, find_entry<Entry>(loaded, m_id));
    const bool given = std::any_of(
        m_given.begin(), m_given.end(), [](const auto& values) { return !values.empty(); });
    if (!given) {
      return fail(ErrorKind::usage,
                  fmt::format("nothing to change was given; see: regtrail {} edit -h", m_name));
    }
    TRY(set_given(entry));
    TRY(require_file(loaded));
    TRY_ASSIGN(const auto edited, with_entries<Entry>(loaded, {entry}));
    return replace(session, loaded, edited, "edited", "in");
  }

  Result<void> remove(Session& session, const Config& config, const LoadedRegister& loaded) const {
    TRY(require_file(loaded));
    TRY_ASSIGN(const auto edited, without_entry<Entry>(loaded, m_id));
    for (const ConfiguredSubscriber& configured : config.subscribers) {
      const auto& named = delivery::named_entries(configured.subscriber, EntryTraits<Entry>::kind);
      if (std::find(named.begin(), named.end(), m_id) != named.end()) {
        return fail(ErrorKind::usage,
                    fmt::format("subscriber '{}' wants {} '{}'; take it out of {}:{} first",
                                configured.subscriber.name,
                                to_string(EntryTraits<Entry>::kind),
                                m_id,
                                config.path.string(),
                                configured.line));
      }
    }
    return replace(session, loaded, edited, "removed", "from");
  }

  Result<void> replace(Session& session,
                       const LoadedRegister& loaded,
                       const std::vector<EditedFile>& edited,
                       std::string_view done,
                       std::string_view preposition) const {
    TRY(write_edited(loaded, edited));
    const auto path = edited.empty() ? file(loaded).path : edited.front().path;
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json[std::string(done)] = m_id;
      json["file"] = path.string();
      session.console().print(json_text(json));
    } else {
      session.console().print(fmt::format("{} {} {} {}; the next sync or changes matches again\n",
                                          done,
                                          m_id,
                                          preposition,
                                          session.shown(path)));
    }
    return {};
  }

  std::string m_name; ///< "register products"
  CLI::App* m_show = nullptr;
  CLI::App* m_add = nullptr;
  CLI::App* m_edit = nullptr;
  CLI::App* m_remove = nullptr;
  CLI::App* m_export = nullptr;
  CLI::App* m_test = nullptr;
  CLI::App* m_import = nullptr;
  std::string m_id;
  std::vector<std::vector<std::string>> m_given; ///< by field
  std::string m_format = "csv";
  ImportOptions m_import_options;
  std::vector<std::string> m_words;
};

template<typename Entry>
std::unique_ptr<EntryVerbs> make_verbs() {
  return std::make_unique<VerbsOf<Entry>>();
}

} // namespace

std::unique_ptr<EntryVerbs> make_entry_verbs(EntryKind kind) {
  switch (kind) {
  case EntryKind::category:
    return make_verbs<Category>();
  case EntryKind::product:
    return make_verbs<Product>();
  case EntryKind::party:
    return make_verbs<Party>();
  case EntryKind::procedure:
    return make_verbs<Procedure>();
  case EntryKind::destination:
    return make_verbs<Destination>();
  case EntryKind::watch:
    return make_verbs<Watch>();
  }
  throw std::logic_error("no verbs for this kind of entry");
}

std::string_view plural_of(EntryKind kind) {
  switch (kind) {
  case EntryKind::category:
    return EntryTraits<Category>::plural;
  case EntryKind::product:
    return EntryTraits<Product>::plural;
  case EntryKind::party:
    return EntryTraits<Party>::plural;
  case EntryKind::procedure:
    return EntryTraits<Procedure>::plural;
  case EntryKind::destination:
    return EntryTraits<Destination>::plural;
  case EntryKind::watch:
    return EntryTraits<Watch>::plural;
  }
  throw std::logic_error("no plural of this kind of entry");
}

} // namespace regtrail::cli
