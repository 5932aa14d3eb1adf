// regtrail doc: an FR document or executive order: dates, parts, instructions and how each was
// understood, relations.
#include "cli/command.hpp"
#include "cli/doc_add.hpp"
#include "cli/files.hpp"
#include "model/citation.hpp"
#include "notify/render/document.hpp"
#include "notify/render/effects.hpp"
#include "query/document_file.hpp"
#include "query/documents.hpp"
#include "query/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace regtrail::cli {
namespace {

/// True when `id` names the document by its number, its executive order or its start page.
bool is_named(const Document& document, const std::string& id) {
  const auto citation = Citation::parse(id);
  if (citation && citation->kind() == CitationKind::executive_order) {
    return citation->name() == document.executive_order;
  }
  return document.number == id || (!id.empty() && document.executive_order == id) ||
         (citation && citation->to_string() == fr_citation_of(document)) ||
         (citation && citation->kind() == CitationKind::fr_document &&
          citation->name() == document.number);
}

class DocCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("a Federal Register document: its dates, instructions and relations");
    app.add_option("id", m_words, "which one, e.g. 2024-28270, 89 FR 96790 or EO 14320");
    app.add_option("--file",
                   m_file,
                   "read a downloaded document or issue and not the archive;\n"
                   "without an id everything in it")
        ->type_name("FILE");
    app.add_flag("--effect",
                 m_effect,
                 "what its instructions make of the text in force, and which are not compared");
    m_add.add_options(*app.add_subcommand("add", ""));
    app.footer("examples:\n"
               "  regtrail doc 2024-28270\n"
               "  regtrail doc 2024-28270 --effect\n"
               "  regtrail doc --file FR-2024-02-12.xml 2024-02930\n"
               "  regtrail doc --file 2024-28270.xml --json");
  }

  Result<ExitCode> run(Session& session) override {
    if (m_add.chosen()) {
      return m_add.run(session);
    }
    if (m_file.empty()) {
      return show_stored(session);
    }
    if (m_effect) {
      return fail(ErrorKind::usage,
                  "--effect needs the text in force, which is in the archive; leave out --file");
    }
    TRY_ASSIGN(const auto bytes, read_document_file(m_file));
    TRY_ASSIGN(auto documents, query::read_fr_file(bytes));
    const std::string id = fmt::format("{}", fmt::join(m_words, " "));
    if (!id.empty()) {
      documents.erase(
          std::remove_if(documents.begin(),
                         documents.end(),
                         [&](const Document& document) { return !is_named(document, id); }),
          documents.end());
      if (documents.empty()) {
        return fail(
            ErrorKind::not_found,
            fmt::format("'{}' is not in '{}'; without an id doc lists what is", id, m_file));
      }
    }
    print(session, documents);
    return ExitCode::done;
  }

private:
  Result<ExitCode> show_stored(Session& session) const {
    const std::string id = fmt::format("{}", fmt::join(m_words, " "));
    if (id.empty()) {
      return fail(ErrorKind::usage,
                  "give a document, e.g. regtrail doc 2024-28270, or --file FILE");
    }
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY_ASSIGN(const auto documents, query::find_stored_documents(archive, id));
    if (m_effect) {
      return show_effects(session, archive, documents);
    }
    print(session, documents);
    return ExitCode::done;
  }

  static Result<ExitCode>
  show_effects(Session& session, store::Archive& archive, const std::vector<Document>& documents) {
    if (documents.size() != 1) {
      return fail(ErrorKind::usage,
                  fmt::format("{} documents are on that page; give the number of one, e.g. {}",
                              documents.size(),
                              documents.front().number));
    }
    const Document& document = documents.front();
    TRY_ASSIGN(const auto effects, query::document_effects(archive, document, session.today()));
    if (session.json()) {
      session.console().print(render::effects_json(document, effects));
    } else {
      session.console().page(render::effects_text(document, effects, session.console().style()));
    }
    return ExitCode::done;
  }

  /// Several are a list; in JSON an array.
  static void print(Session& session, const std::vector<Document>& documents) {
    const bool one = documents.size() == 1;
    if (session.json()) {
      session.console().print(one ? render::document_json(documents.front())
                                  : render::documents_json(documents));
      return;
    }
    const render::TerminalStyle style = session.console().style();
    std::string text;
    for (const Document& document : documents) {
      text += one ? render::document_text(document, style) : render::document_line(document, style);
    }
    session.console().page(text);
  }

  std::vector<std::string> m_words;
  std::string m_file;
  bool m_effect = false;
  DocAdd m_add;
};

} // namespace

std::unique_ptr<Command> make_doc_command() {
  return std::make_unique<DocCommand>();
}

} // namespace regtrail::cli
