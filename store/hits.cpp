// Hits of changes and of documents.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

namespace regtrail::store {

namespace {

struct HitsTable {
  const char* name;
  const char* key;
};

HitsTable table_of(HitsOf table) {
  return table == HitsOf::change ? HitsTable{"hits", "change"}
                                 : HitsTable{"document_hits", "document"};
}

} // namespace

std::vector<Hit> Archive::Impl::hits(HitsOf table, std::int64_t row) {
  const HitsTable of = table_of(table);
  std::vector<Hit> hits;
  Query query = db.query(fmt::format("SELECT hit, category, score, severity, near, reasons, entry "
                                     "FROM {} WHERE {} = ? ORDER BY position",
                                     of.name,
                                     of.key),
                         row);
  while (query.next()) {
    hits.push_back({query.text(0),
                    query.text(1),
                    query.real(2),
                    query.small(3),
                    query.flag(4),
                    from_json<std::vector<Reason>>(query.text(5)),
                    query.word<EntryKind>(6)});
  }
  return hits;
}

void Archive::Impl::put_hits(HitsOf table, std::int64_t row, const std::vector<Hit>& hits) {
  if (hits == this->hits(table, row)) {
    return;
  }
  const HitsTable of = table_of(table);
  db.run(fmt::format("DELETE FROM {} WHERE {} = ?", of.name, of.key), row);
  int position = 0;
  for (const Hit& hit : hits) {
    db.run(fmt::format("INSERT INTO {} ({}, position, hit, entry, category, score, severity, near, "
                       "reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       of.name,
                       of.key),
           row,
           position++,
           hit.id,
           to_string(hit.entry),
           hit.category,
           hit.score,
           hit.severity,
           hit.near,
           to_json(hit.reasons));
  }
}

} // namespace regtrail::store
