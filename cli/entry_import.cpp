#include "cli/entry_import.hpp"

#include "cli/entry_answers.hpp"
#include "cli/entry_text.hpp"
#include "cli/files.hpp"
#include "cli/register_edit.hpp"
#include "model/text.hpp"
#include "parse/register_import.hpp"
#include "parse/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <type_traits>

namespace regtrail::cli {
namespace {

constexpr std::uint64_t import_limit = std::uint64_t{64} << 20U;

template<typename Entry>
struct Import {
  const ImportOptions& options;
  const parse::Table& table;
  const parse::Imported<Entry>& imported;

  [[nodiscard]] std::size_t unchanged() const {
    return imported.entries.size() - imported.added.size() - imported.changed.size();
  }

  [[nodiscard]] std::string text() const {
    std::string out = fmt::format("{} ({}): {} new, {} changed, {} as before, {} refused{}\n",
                                  options.file,
                                  table.form,
                                  imported.added.size(),
                                  imported.changed.size(),
                                  unchanged(),
                                  imported.refused.size(),
                                  options.dry_run ? "; nothing was written" : "");
    for (const parse::ColumnUse& use : imported.columns) {
      out += fmt::format("  column '{}' is {}\n", use.column, use.field);
    }
    if (!imported.unused.empty()) {
      out += fmt::format("  not used: '{}'\n", fmt::join(imported.unused, "', '"));
    }
    for (const std::string& remark : imported.remarks) {
      out += fmt::format("  left out: {}\n", remark);
    }
    if (options.dry_run) {
      constexpr std::size_t shown = 5;
      for (std::size_t i = 0; i < std::min(shown, imported.entries.size()); ++i) {
        const Entry& entry = imported.entries[i];
        out += fmt::format("  {}  {}\n", entry.id, summary_of(entry));
      }
    }
    for (const parse::RefusedRow& refused : imported.refused) {
      out += fmt::format("  row {} refused: {}\n", refused.row, refused.reason);
    }
    return out;
  }

  [[nodiscard]] Json json() const {
    Json out;
    out["schema"] = 1;
    out["file"] = options.file;
    out["read_as"] = table.form;
    out["dry_run"] = options.dry_run;
    out["added"] = imported.added.size();
    out["changed"] = imported.changed.size();
    out["unchanged"] = unchanged();
    out["columns"] = Json::array();
    for (const parse::ColumnUse& use : imported.columns) {
      out["columns"].push_back({{"column", use.column}, {"field", use.field}});
    }
    out["unused"] = imported.unused;
    out["remarks"] = imported.remarks;
    out["refused"] = Json::array();
    for (const parse::RefusedRow& refused : imported.refused) {
      out["refused"].push_back({{"row", refused.row}, {"reason", refused.reason}});
    }
    return out;
  }
};

} // namespace

template<typename Entry>
Result<ExitCode>
import_file(Session& session, const LoadedRegister& loaded, const ImportOptions& options) {
  std::vector<parse::ColumnUse> map;
  for (const std::string& words : options.map) {
    TRY_ASSIGN(auto use, parse::parse_column_use(words));
    map.push_back(std::move(use));
  }
  TRY_ASSIGN(const auto bytes, read_file(options.file, import_limit));
  TRY_ASSIGN(const auto table, parse::read_table(bytes, options.sheet, options.file));
  auto imported = parse::import_entries<Entry>(table, map, loaded.categories);
  if (!imported) {
    return fail_while(fmt::format("'{}' ({})", options.file, table.form),
                      std::move(imported.error()));
  }
  if (!options.dry_run) {
    std::vector<Entry> written = imported->added;
    written.insert(written.end(), imported->changed.begin(), imported->changed.end());
    TRY_ASSIGN(const auto edited, with_entries<Entry>(loaded, written));
    TRY(write_edited(loaded, edited));
  }
  const Import<Entry> report{options, table, *imported};
  EntryAnswers answers;
  if constexpr (!std::is_same_v<Entry, Destination>) {
    if (!options.dry_run) {
      TRY_ASSIGN(answers, answer(session, imported->entries));
    }
  }
  if (session.json()) {
    Json json = report.json();
    json["answers"] = answers.json;
    session.console().print(json_text(json));
  } else {
    session.console().page(printable(report.text() + answers.text));
  }
  return imported->refused.empty() ? ExitCode::done : ExitCode::incomplete;
}

#define REGTRAIL_ENTRY_(Entry)                                                                     \
  template Result<ExitCode> import_file<Entry>(                                                    \
      Session&, const LoadedRegister&, const ImportOptions&);
REGTRAIL_ENTRY_(Product)
REGTRAIL_ENTRY_(Party)
REGTRAIL_ENTRY_(Procedure)
REGTRAIL_ENTRY_(Destination)
#undef REGTRAIL_ENTRY_

} // namespace regtrail::cli
