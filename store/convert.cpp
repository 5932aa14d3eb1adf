// What SQL alone cannot bring to a later schema.
#include "store/convert_internal.hpp"
#include "store/dictionary_internal.hpp"
#include "store/raw_headers_internal.hpp"
#include "store/records_internal.hpp"
#include "store/transitions_internal.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace regtrail::store {

namespace {

/// The records of schema 2: a row for each change and each hit.
class Schema2 {
public:
  Schema2(Database& db, Zstd& zstd) : m_db(db), m_zstd(zstd) {}

  struct Row {
    std::int64_t id = 0;
    PartDate before;
    Date after;
    std::string frame;
  };

  std::vector<Row> transitions() {
    std::vector<Row> rows;
    Query query = m_db.query("SELECT id, title, part, before_date, after_date, detail FROM "
                             "transitions_2 ORDER BY id");
    while (query.next()) {
      rows.push_back({query.integer(0),
                      {query.small(1), query.text(2), query.date(3)},
                      query.date(4),
                      unsqueezed(query.blob(5))});
    }
    return rows;
  }

  PackedTransition content(const Row& row, std::set<std::int64_t>& units) {
    PackedTransition content;
    content.diff = unpack_frame(row.frame);
    Query query = m_db.query("SELECT id, unit, was_unit, at, was, detail FROM changes_2 "
                             "WHERE transition = ? ORDER BY id",
                             row.id);
    while (query.next()) {
      units.insert(query.integer(1));
      if (const auto was_unit = query.maybe_integer(2)) {
        units.insert(*was_unit);
      }
      Change& change = content.diff.changes.emplace_back();
      change.at = unpack_citation(query.blob(3));
      if (!query.is_null(4)) {
        change.was = unpack_citation(query.blob(4));
      }
      unpack_change(unsqueezed(query.blob(5)), change);
      content.hits.push_back(hits(query.integer(0)));
    }
    return content;
  }

private:
  std::vector<Hit> hits(std::int64_t change) {
    std::vector<Hit> hits;
    Query query = m_db.query("SELECT id, category, score, severity, near, reasons FROM hits_2 "
                             "WHERE change = ? ORDER BY position",
                             change);
    while (query.next()) {
      Hit hit;
      hit.id = query.text(0);
      hit.category = query.text(1);
      hit.score = query.real(2);
      hit.severity = query.small(3);
      hit.near = query.integer(4) != 0;
      unpack_reasons(query.blob(5), hit);
      hits.push_back(std::move(hit));
    }
    return hits;
  }

  static void unpack_reasons(std::string_view bytes, Hit& hit) {
    Reader in(bytes);
    hit.reasons.resize(in.count());
    for (Reason& reason : hit.reasons) {
      reason.signal = read_word<Signal>(in);
      reason.words = in.string();
      reason.at = in.string();
      reason.weight = in.real();
    }
  }

  static SideInfo read_side(Reader& in) {
    SideInfo side;
    side.unit = in.string();
    side.date = read_date(in);
    side.sha256 = in.sha();
    return side;
  }

  static DiffResult unpack_frame(std::string_view bytes) {
    Reader in(bytes);
    DiffResult diff;
    diff.before = read_side(in);
    diff.after = read_side(in);
    read_notes(in, diff);
    return diff;
  }

  static void unpack_change(std::string_view bytes, Change& change) {
    Reader in(bytes);
    change.id = in.string();
    change.kind = read_enum(in, ChangeKind::cosmetic);
    change.node_kind = read_enum(in, NodeKind::figure);
    change.before = in.string();
    change.after = in.string();
    change.group = in.string();
    read_words(in, change);
    read_meaning(in, change);
  }

  std::string unsqueezed(std::string_view bytes) {
    Reader in(bytes);
    const auto size = static_cast<std::size_t>(in.varint());
    return m_zstd.decompress(in.rest(), size);
  }

  Database& m_db;
  Zstd& m_zstd;
};

void convert_changes(Database& db, Zstd& zstd, DeltaChain& bodies) {
  Schema2 old(db, zstd);
  TransitionTable table(db, zstd, bodies);
  for (const Schema2::Row& row : old.transitions()) {
    std::set<std::int64_t> units;
    const PackedTransition content = old.content(row, units);
    table.insert(row.before, row.after, {units.begin(), units.end()}, content);
  }
  for (const char* sql :
       {"DROP TABLE hits_2", "DROP TABLE changes_2", "DROP TABLE transitions_2"}) {
    db.exec(sql);
  }
}

/// Headers without compression, and records without the key of their url.
void convert_answers(Database& db, Zstd& zstd) {
  struct Fetch {
    std::int64_t raw = 0;
    std::int64_t number = 0;
    Headers headers;
  };

  std::vector<Fetch> fetches;
  {
    Query query = db.query("SELECT raw, number, headers FROM raw_fetches ORDER BY raw, number");
    while (query.next()) {
      fetches.push_back({query.integer(0), query.integer(1), unpack_headers(query.blob(2))});
    }
  }
  // The first of a stream comes before those that need it.
  for (const Fetch& fetch : fetches) {
    db.run("UPDATE raw_fetches SET headers = ? WHERE raw = ? AND number = ?",
           Blob{squeeze_headers(db, zstd, fetch.raw, fetch.number, fetch.headers)},
           fetch.raw,
           fetch.number);
  }
  for (const Fetch& fetch : fetches) {
    if (stored_headers(db, zstd, fetch.raw, fetch.number) != fetch.headers) {
      throw std::logic_error("headers of an answer were not converted as they were");
    }
  }

  std::vector<std::pair<std::int64_t, std::int64_t>> keys;
  {
    Query query = db.query("SELECT id, url FROM raw_records");
    while (query.next()) {
      keys.emplace_back(query.integer(0), url_key(query.text(1)));
    }
  }
  for (const auto& [id, key] : keys) {
    db.run("UPDATE raw_records SET url_key = ? WHERE id = ?", key, id);
  }
}

} // namespace

void convert_from_schema_2(Database& db) {
  Zstd zstd;
  DeltaChain bodies(db, zstd, select_raw_body);
  convert_changes(db, zstd, bodies);
  convert_answers(db, zstd);
}

} // namespace regtrail::store
