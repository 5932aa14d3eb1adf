// regtrail show CITATION: the text at a date, from the archive or from a downloaded file.
#include "cli/cited_archive.hpp"
#include "cli/command.hpp"
#include "cli/files.hpp"
#include "cli/json_text.hpp"
#include "cli/measure_notes.hpp"
#include "ear/record.hpp"
#include "model/supplement.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "query/day_of_law.hpp"
#include "query/document_file.hpp"
#include "query/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

class ShowCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("the text of a section, supplement, part, ECCN or paragraph");
    app.add_option("citation", m_words, "what to show, e.g. 744.23(a) or 3B001.c");
    auto* on = app.add_option("--on", m_on, "the law of this day (default: the newest text)")
                   ->type_name("DATE");
    app.add_option("--file",
                   m_file,
                   "read a file of eCFR or annual CFR XML and not the archive;\n"
                   "without a citation the whole file is shown")
        ->type_name("FILE")
        ->excludes(on);
    app.add_option("--title", m_title, "CFR title of the file when it does not say it")
        ->type_name("N");
    app.footer("examples:\n"
               "  regtrail show 744.23 --on 2026-08-01\n"
               "  regtrail show ECCN 3B001 --json");
  }

  Result<ExitCode> run(Session& session) override {
    if (!m_file.empty()) {
      return show_file(session);
    }
    if (m_words.empty()) {
      return fail(ErrorKind::usage,
                  "give a citation, e.g. regtrail show 744.23, or a file: "
                  "regtrail show --file FILE");
    }
    return show_archive(session);
  }

private:
  Result<ExitCode> show_archive(Session& session) {
    TRY_ASSIGN(auto on, session.date_option("--on", m_on));
    TRY_ASSIGN(auto cited, open_cited(session, m_words));
    auto& [archive, citation] = cited;
    if (citation.kind() == CitationKind::part) {
      return show_part(session, archive, citation, on);
    }
    TRY_ASSIGN(auto found, query::text_on_day(archive, citation, on));
    TRY(query::add_not_shown(archive, citation, session.today(), found.text));
    TRY_ASSIGN(auto unit, archive.load(found.version));
    const Node* node = find_node(unit.root, unit.id, citation);
    if (node == nullptr) {
      return query::absent_place(archive, citation, found.version);
    }
    const std::vector<const Node*> nodes{node};
    const Record record = record_at(unit, citation, *node);
    if (session.json()) {
      session.console().print(
          render::show_json(citation, found.text, unit, nodes, record, record_of));
    } else {
      TRY_ASSIGN(const auto notes, measure_notes(archive, citation));
      session.console().page(
          render::show_text(citation, found.text, unit, nodes, record, session.console().style()) +
          notes);
    }
    return ExitCode::done;
  }

  static Record record_of(const Citation& at, const Node& entry, const Node& parent) {
    return is_in_party_list(at) ? ear::read_record(at, entry, &parent) : Record();
  }

  static Record record_at(const Unit& unit, const Citation& citation, const Node& node) {
    const Node* parent =
        citation.steps().size() > 1 ? find_node(unit.root, unit.id, citation.parent()) : nullptr;
    return ear::read_record(citation, node, parent);
  }

  static Result<ExitCode> show_part(Session& session,
                                    store::Archive& archive,
                                    const Citation& part,
                                    std::optional<Date> on) {
    TRY_ASSIGN(auto date, query::part_date(archive, part, on));
    TRY_ASSIGN(auto units, query::part_units(archive, part, date));
    std::vector<query::UnitPlace> shown;
    for (const Unit& unit : units) {
      shown.push_back({unit.id, &unit, &unit.root});
    }
    TextOnDay text;
    text.asked = on;
    TRY(query::add_not_shown(archive, part, session.today(), text));
    print_all(session, part.to_string(), text, shown);
    return ExitCode::done;
  }

  Result<ExitCode> show_file(Session& session) const {
    TRY_ASSIGN(const auto bytes, read_document_file(m_file));
    TRY_ASSIGN(const auto file, query::read_document(bytes, m_title));
    const parse::EcfrDocument& content = file.content;
    std::string name = content.scope;
    std::vector<query::UnitPlace> places;
    if (m_words.empty()) {
      for (const Unit& unit : content.units) {
        places.push_back({unit.id, &unit, &unit.root});
      }
    } else {
      TRY_ASSIGN(const auto citation, query::file_citation(m_words, content.title));
      TRY_ASSIGN(auto found, query::places_in(content.units, citation));
      name = citation.to_string();
      places = std::move(found);
    }
    if (places.empty()) {
      return fail(ErrorKind::not_found,
                  fmt::format("'{}' is not in '{}', which holds {}",
                              m_words.empty() ? "text" : name,
                              m_file,
                              content.units.empty() ? "other text" : content.scope));
    }
    print_all(session, name, TextOnDay(), places);
    return ExitCode::done;
  }

  /// Several units are one object with the nodes of all, as one is. What is known of the day is
  /// said of the first.
  static void print_all(Session& session,
                        const std::string& name,
                        const TextOnDay& day,
                        const std::vector<query::UnitPlace>& shown) {
    if (!session.json()) {
      const render::TerminalStyle style = session.console().style();
      std::string text;
      for (const query::UnitPlace& one : shown) {
        text += text.empty() ? "" : "\n";
        text += render::show_text(one.citation,
                                  text.empty() ? day : TextOnDay(),
                                  *one.unit,
                                  {one.node},
                                  record_at(*one.unit, one.citation, *one.node),
                                  style);
      }
      session.console().page(text);
      return;
    }
    if (shown.size() == 1) {
      const query::UnitPlace& one = shown.front();
      session.console().print(render::show_json(one.citation,
                                                day,
                                                *one.unit,
                                                {one.node},
                                                record_at(*one.unit, one.citation, *one.node),
                                                record_of));
      return;
    }
    Json all;
    for (const query::UnitPlace& one : shown) {
      Json json =
          Json::parse(render::show_json(one.citation, day, *one.unit, {one.node}, {}, record_of));
      if (all.is_null()) {
        all = std::move(json);
        all["citation"] = name;
        continue;
      }
      for (const char* list : {"nodes", "notes", "not_understood"}) {
        for (Json& element : json[list]) {
          all[list].push_back(std::move(element));
        }
      }
    }
    all["record"] = nullptr;
    session.console().print(json_text(all));
  }

  std::vector<std::string> m_words;
  std::string m_on;
  std::string m_file;
  std::string m_title;
};

} // namespace

std::unique_ptr<Command> make_show_command() {
  return std::make_unique<ShowCommand>();
}

} // namespace regtrail::cli
