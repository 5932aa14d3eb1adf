// regtrail diff: the last change of a citation, the changes between two dates, or between files.
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "notify/render/docx.hpp"
#include "notify/render/html.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/compare.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>

#include <map>

namespace regtrail::cli {
namespace {

class DiffCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("what changed in a text (default: the last change), or how two places differ");
    app.add_option("citation",
                   m_words,
                   "what to compare, e.g. 744.23 or 3B001.c.1; two, e.g. 3B001 3B993, are\n"
                   "compared with each other");
    auto* from =
        app.add_option("--from", m_from, "text of this day, e.g. 2026-08-01 or \"2 weeks\"")
            ->type_name("DATE");
    auto* to = app.add_option("--to", m_to, "with the text of this day (default: the newest)")
                   ->type_name("DATE");
    auto* on = app.add_option("--on", m_on, "two places as of this day")->type_name("DATE");
    on->excludes(from)->excludes(to);
    auto* files = app.add_option("--files", m_files, "compare two files of eCFR or annual CFR XML")
                      ->expected(2)
                      ->type_name("BEFORE AFTER");
    files->excludes(from)->excludes(to)->excludes(on);
    app.add_option("--title", m_title, "CFR title of the files when they do not say it")
        ->type_name("N")
        ->needs(files);
    app.add_option(
           "--format",
           m_format,
           "text, html, table (old and new side by side), csv, or docx (Word,\ntracked changes)")
        ->type_name("FORM")
        ->check(CLI::IsMember({"text", "html", "table", "csv", "docx"}));
    app.add_flag("--side-by-side",
                 m_side_by_side,
                 "text in two columns, from 80 columns on; | < > mark edited lines");
    app.add_flag("--brief", m_brief, "one line a change: place, kind, meaning; no text");
    app.add_option("--lang", m_lang, "language of html, table, csv and docx: en or ja")
        ->type_name("LANG")
        ->check(CLI::IsMember({"en", "ja"}));
    app.add_flag("--cosmetic", m_cosmetic, "show cosmetic changes as well");
    app.add_flag("--exit-code", m_exit_code, "exit with 1 when something but cosmetics changed");
    app.footer("examples:\n"
               "  regtrail diff 3B001 3B993 --on 2026-09-01 --side-by-side\n"
               "  regtrail diff --files old.xml new.xml --format table --lang ja > table.html");
  }

  Result<ExitCode> run(Session& session) override {
    if (session.json() && !m_format.empty()) {
      return fail(ErrorKind::usage, "--json and --format exclude each other");
    }
    if (m_format == "docx" && session.console().out_is_terminal()) {
      return fail(ErrorKind::usage, "docx is not for a terminal; write it to a file: > FILE.docx");
    }
    if (m_brief &&
        (m_side_by_side || session.json() || (!m_format.empty() && m_format != "text"))) {
      return fail(ErrorKind::usage, "--brief is a form of text of its own");
    }
    if (m_side_by_side && (session.json() || (!m_format.empty() && m_format != "text"))) {
      return fail(ErrorKind::usage,
                  "--side-by-side is a form of text; of --format, table has two columns as well");
    }
    TRY_ASSIGN(auto diff, m_files.empty() ? from_archive(session) : from_files());
    print(session, diff);
    return m_exit_code && diff.substantive() ? ExitCode::changes : ExitCode::done;
  }

private:
  Result<DiffResult> from_files() const {
    TRY_ASSIGN(const auto before, read_document_file(m_files.at(0)));
    TRY_ASSIGN(const auto after, read_document_file(m_files.at(1)));
    return query::compare_files(before, after, m_title, m_words);
  }

  Result<DiffResult> from_archive(const Session& session) {
    if (m_words.empty()) {
      return fail(ErrorKind::usage,
                  "give a citation, e.g. regtrail diff 744.23, or two files: "
                  "regtrail diff --files BEFORE AFTER");
    }
    TRY_ASSIGN(auto citations, query::text_citations(m_words));
    const bool places = citations.size() == 2;
    if (!places && !m_on.empty()) {
      return fail(ErrorKind::usage,
                  "--on goes with two citations; of one give two days: --from and --to");
    }
    TRY_ASSIGN(auto on, session.date_option("--on", m_on));
    TRY_ASSIGN(auto from, session.date_option("--from", m_from));
    TRY_ASSIGN(auto to, session.date_option("--to", m_to));
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    if (places) {
      return query::compare_places(
          archive, {citations.front(), on ? on : from}, {citations.back(), on ? on : to});
    }
    TRY_ASSIGN(auto diff, query::compare_dates(archive, citations.front(), {from, to}));
    TRY(read_publication_days(archive, diff));
    return diff;
  }

  Result<void> read_publication_days(store::Archive& archive, const DiffResult& diff) {
    for (const Change& change : diff.changes) {
      for (const Cause& cause : change.causes) {
        if (m_format != "docx" || cause.document.empty() || m_published.contains(cause.document)) {
          continue;
        }
        TRY_ASSIGN(const auto found,
                   archive.find_documents(Citation::fr_document(cause.document),
                                          store::DocumentContent::described));
        if (!found.empty() && found.front().document.published) {
          m_published[cause.document] = *found.front().document.published;
        }
      }
    }
    return {};
  }

  void print(Session& session, DiffResult& diff) const {
    Console& console = session.console();
    if (session.json()) {
      console.print(render::diff_json(diff));
      return;
    }
    if (m_format.empty() || m_format == "text") {
      render::TerminalStyle style = console.style();
      style.show_cosmetic = m_cosmetic;
      style.layout = m_brief          ? render::DiffLayout::brief
                     : m_side_by_side ? render::DiffLayout::side_by_side
                                      : render::DiffLayout::redline;
      console.page(render::diff_text(diff, style));
      return;
    }
    if (!m_cosmetic) {
      leave_out_cosmetic(console, diff);
    }
    const auto language = m_lang == "ja" ? render::Language::ja : render::Language::en;
    if (m_format == "html") {
      console.print(render::diff_html(diff, language));
    } else if (m_format == "table") {
      console.print(render::comparison_table_html(diff, language));
    } else if (m_format == "docx") {
      console.print(render::diff_docx(diff, language, m_published));
    } else {
      console.print(render::comparison_table_csv(diff, language));
    }
  }

  static void leave_out_cosmetic(Console& console, DiffResult& diff) {
    const auto count = std::erase_if(
        diff.changes, [](const Change& change) { return change.kind == ChangeKind::cosmetic; });
    if (count > 0) {
      console.note(
          fmt::format("{} cosmetic change{} not shown (--cosmetic)", count, count == 1 ? "" : "s"));
    }
  }

  std::vector<std::string> m_words;
  std::string m_on;
  std::string m_from;
  std::string m_to;
  std::vector<std::string> m_files;
  std::string m_title;
  std::string m_format;
  std::map<std::string, Date> m_published; ///< of the causes, by document number
  std::string m_lang = "en";
  bool m_side_by_side = false;
  bool m_brief = false;
  bool m_cosmetic = false;
  bool m_exit_code = false;
};

} // namespace

std::unique_ptr<Command> make_diff_command() {
  return std::make_unique<DiffCommand>();
}

} // namespace regtrail::cli
