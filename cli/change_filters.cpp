#include "cli/change_filters.hpp"

#include "notify/delivery/digest.hpp"
#include "query/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::cli {
namespace {

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// An entry by the names that people have for it.
struct Names {
  std::string id;
  std::vector<std::string> others;
};

std::vector<Names> names_of(const Register& entries, EntryKind kind) {
  std::vector<Names> out;
  switch (kind) {
  case EntryKind::category:
    for (const Category& each : entries.categories) {
      out.push_back({each.id, {}});
    }
    break;
  case EntryKind::product:
    for (const Product& each : entries.products) {
      out.push_back({each.id, {each.part_number}});
    }
    break;
  case EntryKind::party:
    for (const Party& each : entries.parties) {
      out.push_back({each.id, each.names});
    }
    break;
  case EntryKind::procedure:
    for (const Procedure& each : entries.procedures) {
      out.push_back({each.id, {each.title}});
    }
    break;
  case EntryKind::destination:
    for (const Destination& each : entries.destinations) {
      out.push_back({each.id, {each.country}});
    }
    break;
  case EntryKind::watch:
    for (const Watch& each : entries.watches) {
      out.push_back({each.id, {each.label_en}});
    }
    break;
  }
  return out;
}

} // namespace

std::vector<std::pair<std::string, EntryKind>> entry_ids(const Register& entries) {
  std::vector<std::pair<std::string, EntryKind>> out;
  for (const EntryKind kind : {EntryKind::category,
                               EntryKind::product,
                               EntryKind::party,
                               EntryKind::procedure,
                               EntryKind::destination}) {
    for (Names& names : names_of(entries, kind)) {
      out.emplace_back(std::move(names.id), kind);
    }
  }
  return out;
}

Result<std::string> named_entry(const Register& entries, EntryKind kind, const std::string& asked) {
  const std::vector<Names> known = names_of(entries, kind);
  std::vector<std::string> ids;
  for (const Names& names : known) {
    if (names.id == asked) {
      return names.id;
    }
    ids.push_back(names.id);
  }
  for (const Names& names : known) {
    if (has(names.others, asked)) {
      return names.id;
    }
  }
  if (ids.empty()) {
    return fail(ErrorKind::usage, fmt::format("the register has no {}", to_string(kind)));
  }
  return fail(ErrorKind::usage,
              fmt::format("no {} '{}' in the register; near: {}",
                          to_string(kind),
                          asked,
                          query::one_of(query::closest(asked, ids, 3))));
}

void ChangeFilters::add_options(CLI::App& app) {
  app.add_option("--since", m_since_text, "from this day on, e.g. 2026-08-01 or \"2 weeks\"")
      ->type_name("DATE");
  app.add_option("--until", m_until_text, "up to this day")->type_name("DATE");
  constexpr std::array<const char*, 5> named{
      "only hits of this category",
      "only hits of this product, by its id or part number",
      "only hits of this party, by its id or one of its names",
      "only hits of this procedure, by its id or title",
      "only hits of this destination, by its id or country code"};
  for (std::size_t i = 0; i < m_entries.size(); ++i) {
    app.add_option(fmt::format("--{}", to_string(m_entries[i].kind)), m_entries[i].ids, named[i])
        ->type_name("ID");
  }
  app.add_option("--direction", m_directions, "tightened, loosened, neutral or unclear")
      ->type_name("D")
      ->check(CLI::IsMember(query::words_of<Direction>()));
  app.add_option(
         "--kind", m_kinds, "a kind (added, removed, revised) or a type (threshold, entity)")
      ->type_name("K")
      ->check(CLI::IsMember(query::words_of<ChangeKind, TypedChangeType>()));
  app.add_option("--min-severity", m_min_severity, "1 all to 5 only what is critical")
      ->type_name("N")
      ->check(CLI::Range(0, 5));
  app.add_flag("--near", m_near, "near misses as well");
  app.add_flag("--all", m_all, "also what hits nobody");
  app.add_flag("--csv", m_csv, "as a table for Excel (UTF-8 with a byte order mark)");
}

Result<void> ChangeFilters::resolve(const Session& session, const LoadedRegister& loaded) {
  if (m_csv && session.json()) {
    return fail(ErrorKind::usage, "--csv and --json exclude each other");
  }
  TRY_ASSIGN(m_since, session.date_option("--since", m_since_text));
  TRY_ASSIGN(m_until, session.date_option("--until", m_until_text));
  for (const Entry& entry : m_entries) {
    for (const std::string& asked : entry.ids) {
      TRY_ASSIGN(auto id, named_entry(loaded.categories, entry.kind, asked));
      m_ids.push_back(std::move(id));
    }
  }
  return {};
}

store::ChangeQuery ChangeFilters::query() const {
  store::ChangeQuery query;
  query.since = m_since;
  query.until = m_until;
  query.include_near = m_near;
  query.include_cosmetic = has(m_kinds, "cosmetic");
  if (!m_all) {
    query.only_hits = true;
    query.min_severity = m_min_severity;
    query.category = m_ids.size() == 1 ? m_ids.front() : "";
  }
  return query;
}

bool ChangeFilters::takes(const Hit& hit) const {
  return (m_ids.empty() || has(m_ids, hit.category)) && hit.severity >= m_min_severity &&
         (m_near || !hit.near);
}

bool ChangeFilters::takes(const Change& change) const {
  return delivery::fits(change, m_kinds, m_directions);
}

bool ChangeFilters::takes(const StatusEvent& /*event*/) const {
  return m_kinds.empty() && (m_directions.empty() || has(m_directions, "unclear"));
}

bool ChangeFilters::takes_without_hit(int severity) const {
  return m_all && m_ids.empty() && severity >= m_min_severity;
}

} // namespace regtrail::cli
