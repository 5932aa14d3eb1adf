// regtrail categories: the product register.
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/register_file.hpp"
#include "diff/relevance/matcher.hpp"
#include "model/text.hpp"
#include "notify/render/terminal.hpp"
#include "parse/register_toml.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

Json to_json(const Category& category) {
  Json json;
  json["id"] = category.id;
  json["label_en"] = category.label_en;
  json["label_ja"] = category.label_ja;
  json["group"] = category.group;
  json["seed"] = category.seed;
  json["terms_en"] = category.terms_en;
  json["ear_terms"] = category.ear_terms;
  json["terms_ja"] = category.terms_ja;
  json["eccn"] = category.eccn;
  json["cfr"] = category.cfr;
  json["hs"] = category.hs;
  json["require_any"] = category.require_any;
  json["false_positives"] = category.false_positives;
  json["weight"] = category.weight;
  json["evidence"] = category.evidence;
  json["note"] = category.note;
  return json;
}

std::string padded(const std::string& text, int width) {
  return text +
         std::string(static_cast<std::size_t>(std::max(0, width - render::display_width(text))),
                     ' ');
}

class CategoriesCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("the product register: list, show, add, remove, test");
    app.require_subcommand(0, 1);
    app.add_subcommand("list", "all categories (also without a word)");
    m_show = app.add_subcommand("show", "one category with all its terms");
    m_show->add_option("id", m_category.id, "the category's id")->required();
    m_remove = app.add_subcommand("remove", "cut a category out of the register file");
    m_remove->add_option("id", m_category.id, "the category's id")->required();
    add_add_options(app);
    m_test = app.add_subcommand("test", "explain the score of a citation or of any text");
    m_test->add_option("id", m_category.id, "the category's id")->required();
    m_test->add_option("what", m_words, "a citation, e.g. 2B350.g, or a text")->required();
    m_test->footer("examples:\n"
                   "  regtrail categories test vacuum-valves 2B350.g\n"
                   "  regtrail categories test vacuum-valves \"gate valves for wafer chambers\"");
    app.footer("examples:\n"
               "  regtrail categories show vacuum-valves\n"
               "  regtrail categories test vacuum-valves 2B350.g");
  }

  Result<ExitCode> run(Session& session) override {
    TRY_ASSIGN(auto config, session.load_config());
    TRY_ASSIGN(auto loaded, load_register(config, session.environment()));
    if (m_add->parsed()) {
      return add(session, loaded);
    }
    if (m_remove->parsed()) {
      return remove(session, config, loaded);
    }
    if (m_show->parsed()) {
      return show(session, loaded);
    }
    if (m_test->parsed()) {
      return test(session, loaded);
    }
    list(session, loaded);
    return ExitCode::done;
  }

private:
  void add_add_options(CLI::App& app) {
    m_add = app.add_subcommand("add", "append a category to the register file");
    m_add->add_option("id", m_category.id, "a new id, in kebab-case")->required();
    m_add->add_option("--label-en", m_category.label_en, "label")->type_name("TEXT")->required();
    m_add->add_option("--label-ja", m_category.label_ja, "label in Japanese")->type_name("TEXT");
    m_add->add_option("--group", m_category.group, "a group of the register")->type_name("ID");
    const auto many = [&](const char* name, std::vector<std::string>& values, const char* help) {
      m_add->add_option(name, values, help)->type_name("TEXT")->allow_extra_args(false);
    };
    many("--term", m_category.terms_en, "English term; repeatable, as all below");
    many("--term-ja", m_category.terms_ja, "Japanese term");
    many("--ear-term", m_category.ear_terms, "spelling as the EAR prints it");
    many("--eccn", m_category.eccn, "ECCN or the beginning of one, e.g. 3B001.c");
    many("--cfr", m_category.cfr, "section, e.g. 744.23(a)(4)");
    many("--hs", m_category.hs, "HS heading, a hint only");
    many("--require", m_category.require_any, "context of which one must be near a term");
    many("--exclude", m_category.false_positives, "context that argues against a term");
    m_add->add_option("--weight", m_category.weight, "of a plain term, 0 to 1")
        ->type_name("0..1")
        ->check(CLI::Range(0.0, 1.0));
    m_add->add_option("--note", m_category.note, "for those who maintain the register")
        ->type_name("TEXT");
    m_add->footer(
        "examples:\n"
        "  regtrail categories add laser-diodes --label-en \"Laser diodes\" \\\n"
        "      --term \"laser diode\" --term-ja 半導体レーザー --eccn 6A005.d\n"
        "  regtrail categories add vx-200 --label-en \"Valve VX-200\" --eccn 3B001.c.1.c");
  }

  static void list(Session& session, const LoadedRegister& loaded) {
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["file"] =
          loaded.from == LoadedRegister::From::file ? Json(loaded.path.string()) : Json(nullptr);
      json["categories"] = Json::array();
      for (const Category& category : loaded.categories.categories) {
        json["categories"].push_back(to_json(category));
      }
      session.console().print(json_text(json));
      return;
    }
    int width = 0;
    for (const Category& category : loaded.categories.categories) {
      width = std::max(width, render::display_width(category.id));
    }
    std::string text;
    for (const Category& category : loaded.categories.categories) {
      text += fmt::format("{}  {}{}{}\n",
                          padded(category.id, width),
                          category.label_en,
                          category.label_ja.empty() ? "" : "  ",
                          category.label_ja);
    }
    text += fmt::format("{} categories in {}\n",
                        loaded.categories.categories.size(),
                        loaded.from == LoadedRegister::From::file
                            ? session.shown(loaded.path)
                            : "the built-in register; for your own run: regtrail init");
    session.console().page(printable(text));
  }

  Result<ExitCode> show(Session& session, const LoadedRegister& loaded) const {
    TRY_ASSIGN(auto category, find_category(loaded, m_category.id));
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["category"] = to_json(category);
      session.console().print(json_text(json));
    } else {
      session.console().page(printable(parse::category_to_toml(category)));
    }
    return ExitCode::done;
  }

  static Result<void> require_file(const LoadedRegister& loaded) {
    if (loaded.from == LoadedRegister::From::built_in) {
      return fail(ErrorKind::usage,
                  fmt::format("there is no register at '{}' yet; run: regtrail init",
                              loaded.path.string()));
    }
    return {};
  }

  Result<ExitCode> add(Session& session, const LoadedRegister& loaded) const {
    TRY(require_file(loaded));
    TRY_ASSIGN(auto text, with_category(loaded, m_category));
    return replace(session, loaded, text, "added", "to");
  }

  Result<ExitCode>
  remove(Session& session, const Config& config, const LoadedRegister& loaded) const {
    TRY(require_file(loaded));
    TRY_ASSIGN(auto text, without_category(loaded, m_category.id));
    for (const ConfiguredSubscriber& configured : config.subscribers) {
      const auto& named = configured.subscriber.categories;
      if (std::find(named.begin(), named.end(), m_category.id) != named.end()) {
        return fail(ErrorKind::usage,
                    fmt::format("subscriber '{}' wants category '{}'; take it out of {}:{} first",
                                configured.subscriber.name,
                                m_category.id,
                                config.path.string(),
                                configured.line));
      }
    }
    return replace(session, loaded, text, "removed", "from");
  }

  Result<ExitCode> replace(Session& session,
                           const LoadedRegister& loaded,
                           const std::string& text,
                           std::string_view done,
                           std::string_view preposition) const {
    TRY(replace_file(loaded.path, text));
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json[std::string(done)] = m_category.id;
      json["file"] = loaded.path.string();
      session.console().print(json_text(json));
    } else {
      session.console().print(fmt::format("{} {} {} {}; the next sync or changes matches again\n",
                                          done,
                                          m_category.id,
                                          preposition,
                                          session.shown(loaded.path)));
    }
    return ExitCode::done;
  }

  Result<ExitCode> test(Session& session, const LoadedRegister& loaded) const {
    TRY_ASSIGN(auto category, find_category(loaded, m_category.id));
    TRY_ASSIGN(auto subject, test_subject(session));
    // With all categories, as they weigh each other when a place belongs to several.
    const std::vector<Hit> hits =
        diff::Matcher(loaded.categories).explain(subject.text, subject.at);
    const auto found = std::find_if(
        hits.begin(), hits.end(), [&](const Hit& other) { return other.category == category.id; });
    Hit hit;
    hit.category = category.id;
    if (found != hits.end()) {
      hit = *found;
    }
    print_test(session, loaded.categories.rules, subject, hit);
    return ExitCode::done;
  }

  struct Subject {
    Citation at; ///< empty for a text of the user's
    std::string name;
    std::string text;
  };

  /// A citation that the archive holds stands for its text; everything else is a text itself.
  [[nodiscard]] Result<Subject> test_subject(const Session& session) const {
    const auto citation = query::text_citation(m_words);
    if (!citation) {
      return Subject{{}, "text", fmt::format("{}", fmt::join(m_words, " "))};
    }
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY_ASSIGN(auto version, query::version_for(archive, *citation, std::nullopt));
    TRY_ASSIGN(auto node, archive.load_node(version, *citation));
    if (!node) {
      return query::unknown_citation(archive, *citation);
    }
    return Subject{*citation, citation->to_string(), subtree_text(*node)};
  }

  static void
  print_test(Session& session, const MatchingRules& rules, const Subject& subject, const Hit& hit) {
    if (session.json()) {
      Json json;
      json["schema"] = 1;
      json["category"] = hit.category;
      json["citation"] = subject.at.empty() ? Json(nullptr) : Json(subject.at.to_string());
      json["score"] = hit.score;
      json["hit"] = hit.score >= rules.min_score_flag;
      json["needs"] = rules.min_score_flag;
      json["reasons"] = Json::array();
      for (const Reason& reason : hit.reasons) {
        json["reasons"].push_back({{"signal", to_string(reason.signal)},
                                   {"words", reason.words},
                                   {"at", reason.at},
                                   {"weight", reason.weight}});
      }
      session.console().print(json_text(json));
      return;
    }
    const char* verdict = hit.score >= rules.min_score_flag      ? "hit"
                          : hit.score >= rules.min_score_mention ? "near miss"
                                                                 : "no hit";
    std::string text = fmt::format("{} x {}    {:.2f}   {} (needs {:.2f})\n",
                                   hit.category,
                                   subject.name,
                                   hit.score,
                                   verdict,
                                   rules.min_score_flag);
    for (const Reason& reason : hit.reasons) {
      text += fmt::format("  {} {:.2f}  {:<9} {}{}\n",
                          reason.weight < 0 ? '-' : '+',
                          reason.weight < 0 ? -reason.weight : reason.weight,
                          to_string(reason.signal),
                          reason.words.empty() ? "" : fmt::format("\"{}\"", reason.words),
                          reason.at.empty() ? "" : "  " + reason.at);
    }
    if (hit.reasons.empty()) {
      text += "  nothing of this category is there\n";
    }
    session.console().page(printable(text));
  }

  CLI::App* m_show = nullptr;
  CLI::App* m_add = nullptr;
  CLI::App* m_remove = nullptr;
  CLI::App* m_test = nullptr;
  Category m_category;
  std::vector<std::string> m_words;
};

} // namespace

std::unique_ptr<Command> make_categories_command() {
  return std::make_unique<CategoriesCommand>();
}

} // namespace regtrail::cli
