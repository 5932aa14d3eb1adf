#include "cli/doc_add.hpp"

#include "cli/files.hpp"
#include "cli/matching.hpp"
#include "query/lookup.hpp"
#include "query/suggest.hpp"
#include "sync/measures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::cli {
namespace {

constexpr std::uint64_t longest_text = 16UL * 1024 * 1024;

constexpr std::array<std::pair<const char*, const char*>, 3> kinds{{
    {"press-release", "press release"},
    {"guidance", "guidance"},
    {"agency-letter", "agency letter"},
}};

Result<std::string> kind_of(const std::string& word) {
  std::vector<std::string> known;
  for (const auto& [option, name] : kinds) {
    if (word == option) {
      return std::string(name);
    }
    known.emplace_back(option);
  }
  return fail(ErrorKind::usage,
              fmt::format("--kind: unknown kind '{}'{}", word, query::did_you_mean(word, known)));
}

} // namespace

void DocAdd::add_options(CLI::App& app) {
  m_app = &app;
  app.description("enter a measure that is printed nowhere: a press release, guidance, a letter");
  app.add_option("--title", m_title, "what it is called")->type_name("TEXT")->required();
  app.add_option("--date", m_date, "when it was issued")->type_name("DATE")->required();
  app.add_option("--kind", m_kind, "press-release, guidance or agency-letter")
      ->type_name("KIND")
      ->required();
  app.add_option("--about", m_about, "a place of the law that it is about; repeatable")
      ->type_name("CITATION")
      ->allow_extra_args(false);
  app.add_option("--url", m_url, "where it can be read")->type_name("URL");
  auto* text = app.add_option("--text", m_text, "what it says")->type_name("TEXT");
  app.add_option("--file", m_file, "a text file with what it says")
      ->type_name("FILE")
      ->excludes(text);
  app.add_flag("--not-enforced",
               m_not_enforced,
               "it says that what is printed there is not enforced: show and history note it");
  app.footer(
      "examples:\n"
      "  regtrail doc add --kind press-release --date 2025-05-13 --title \"Rescission of the "
      "AI\n"
      "    Diffusion Rule\" --about \"ECCN 4E091\" --about \"734.9(l)\" --not-enforced");
}

Result<std::string> DocAdd::text() const {
  return m_file.empty() ? Result<std::string>(m_text) : read_file(m_file, longest_text);
}

Result<ExitCode> DocAdd::run(Session& session) const {
  sync::Measure measure;
  measure.title = m_title;
  measure.url = m_url;
  TRY_ASSIGN(measure.kind, kind_of(m_kind));
  TRY_ASSIGN(const auto date, session.date_option("--date", m_date));
  TRY_ASSIGN(measure.text, text());
  if (!date) {
    return fail(ErrorKind::usage, "--date: give the day on which it was issued, e.g. 2025-05-13");
  }
  measure.date = *date;
  measure.enforcement =
      m_not_enforced ? sync::Enforcement::not_enforced : sync::Enforcement::unsaid;
  for (const std::string& about : m_about) {
    auto citation = query::text_citation({about});
    if (!citation) {
      return fail_while("--about", std::move(citation.error()));
    }
    measure.about.push_back(std::move(*citation));
  }
  TRY_ASSIGN(auto archive, session.open_archive(store::OpenMode::create));
  TRY_ASSIGN(const auto lock, Session::lock(archive));
  TRY_ASSIGN(const auto config, session.load_config());
  TRY_ASSIGN(const auto loaded, session.load_register(config));
  TRY_ASSIGN(const auto number, sync::add_measure(archive, measure, session.now()));
  TRY(refresh_hits(archive, loaded, diff::Matcher(loaded.categories)));
  session.console().print(number + "\n");
  return ExitCode::done;
}

} // namespace regtrail::cli
