// regtrail ack: what people said of items.
#include "cli/command.hpp"
#include "cli/json_text.hpp"
#include "model/text.hpp"
#include "query/documents.hpp"
#include "query/items.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

/// The id of the item as the archive has it.
Result<std::string> held_item(store::Archive& archive, const std::string& asked) {
  if (asked.find('@') == std::string::npos) {
    TRY_ASSIGN(const auto documents, query::find_stored_documents(archive, asked));
    if (documents.size() > 1) {
      return fail(ErrorKind::usage,
                  fmt::format("'{}' names {} documents; give the number of one, e.g. {}",
                              asked,
                              documents.size(),
                              documents.front().number));
    }
    return documents.front().number;
  }
  TRY_ASSIGN(const auto transitions, archive.transition_dates());
  const bool held =
      std::any_of(transitions.begin(), transitions.end(), [&](const store::Transition& each) {
        return query::code_item_id(each.title, each.part, each.after) == asked;
      });
  if (!held) {
    return fail(ErrorKind::not_found,
                fmt::format("no change of the eCFR '{}' in the archive; such an item is written "
                            "as in: 15 CFR 744@2026-09-04",
                            asked));
  }
  return asked;
}

std::string user_of(const Environment& environment) {
  for (const char* name : {"USER", "LOGNAME", "USERNAME"}) {
    if (const auto user = environment.get(name)) {
      return *user;
    }
  }
  return "unknown";
}

std::string line_of(const store::Judgement& judgement) {
  return printable(fmt::format("{}  {:<10}  {}  {}{}{}\n",
                               to_string(judgement.given_at),
                               judgement.relevant ? "relevant" : "irrelevant",
                               judgement.item,
                               judgement.who,
                               judgement.note.empty() ? "" : ": ",
                               judgement.note));
}

class AckCommand final : public Command {
public:
  void add_options(CLI::App& app) override {
    app.description("note whether an item concerns you, with your name and the time");
    app.add_option("item", m_words, "a document's number or citation, or 15 CFR 744@2026-09-04");
    auto* relevant = app.add_flag("--relevant", m_relevant, "it concerns us");
    app.add_flag("--irrelevant", m_irrelevant, "it does not")->excludes(relevant);
    app.add_option("--note", m_note, "why")->type_name("TEXT");
    m_list = app.add_subcommand("list", "all that was said, oldest first");
    app.footer("examples:\n"
               "  regtrail ack 2026-16628 --relevant --note \"VX-200 is inside now\"\n"
               "  regtrail ack list\n"
               "A judgement is shown beside the item. Nothing is left out because of it.");
  }

  Result<ExitCode> run(Session& session) override {
    return m_list->parsed() ? list(session) : judge(session);
  }

private:
  [[nodiscard]] Result<ExitCode> judge(Session& session) const {
    if (m_words.empty() || m_relevant == m_irrelevant) {
      return fail(ErrorKind::usage,
                  "give an item and --relevant or --irrelevant, e.g. regtrail ack 2026-16628 "
                  "--relevant; what was said so far: regtrail ack list");
    }
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_write));
    store::Judgement judgement;
    TRY_ASSIGN(judgement.item, held_item(archive, fmt::format("{}", fmt::join(m_words, " "))));
    judgement.relevant = m_relevant;
    judgement.note = m_note;
    judgement.who = user_of(session.environment());
    judgement.given_at = session.now();
    TRY(archive.put_judgement(judgement));
    if (session.json()) {
      session.console().print(json_text(to_json(judgement)));
    } else {
      session.console().print(line_of(judgement));
    }
    return ExitCode::done;
  }

  static Result<ExitCode> list(Session& session) {
    TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::read_only));
    TRY_ASSIGN(const auto judgements, archive.judgements());
    if (session.json()) {
      Json json{{"schema", 1}, {"judgements", Json::array()}};
      for (const store::Judgement& judgement : judgements) {
        json["judgements"].push_back(to_json(judgement));
      }
      session.console().print(json_text(json));
      return ExitCode::done;
    }
    std::string text;
    for (const store::Judgement& judgement : judgements) {
      text += line_of(judgement);
    }
    if (judgements.empty()) {
      session.console().note("nothing was said of any item");
    }
    session.console().page(text);
    return ExitCode::done;
  }

  static Json to_json(const store::Judgement& judgement) {
    return {{"item", judgement.item},
            {"relevant", judgement.relevant},
            {"note", judgement.note.empty() ? Json(nullptr) : Json(judgement.note)},
            {"who", judgement.who},
            {"at", to_string(judgement.given_at)}};
  }

  std::vector<std::string> m_words;
  bool m_relevant = false;
  bool m_irrelevant = false;
  std::string m_note;
  CLI::App* m_list = nullptr;
};

} // namespace

std::unique_ptr<Command> make_ack_command() {
  return std::make_unique<AckCommand>();
}

} // namespace regtrail::cli
