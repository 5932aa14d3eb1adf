// Reading stored changes with their causes and hits.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

constexpr std::string_view change_columns =
    "SELECT c.id, c.change, c.kind, c.node_kind, c.at, c.was, c.before, c.after, c.words, c.typed, "
    "c.replacement, c.divided_into, t.title, t.part, t.before_date, t.after_date FROM changes c "
    "JOIN transitions t ON t.id = c.transition ";

/// Bounds that are always there keep the indexes on dates usable.
constexpr std::string_view in_range =
    "c.known_until IS NULL AND c.after_date BETWEEN ifnull(?1, '0000') AND ifnull(?2, '9999-99') "
    "AND (?4 = '' OR c.id IN (SELECT change FROM causes WHERE document = ?4)) ";

bool wanted(const Hit& hit, const ChangeQuery& query) {
  return (query.category.empty() || hit.category == query.category) &&
         hit.severity >= query.min_severity && (query.include_near || !hit.near);
}

bool lies_within(const Change& change, const std::optional<Citation>& place) {
  return !place || change.at.is_within(*place) || (change.was && change.was->is_within(*place));
}

/// True when changes without a wanted hit are not asked for.
bool only_with_hits(const ChangeQuery& query) {
  return query.only_hits || !query.category.empty() || query.min_severity > 0;
}

/// A change without its causes, and its row.
struct ChangeRow {
  std::int64_t id = 0;
  StoredChange stored;
};

ChangeRow change_row(const Query& row) {
  ChangeRow read;
  read.id = row.integer(0);
  Change& change = read.stored.change;
  change.id = row.text(1);
  change.kind = row.word<ChangeKind>(2);
  change.node_kind = row.word<NodeKind>(3);
  change.at = row.citation(4);
  if (!row.is_null(5)) {
    change.was = row.citation(5);
  }
  change.before = row.text(6);
  change.after = row.text(7);
  change.words = from_json<std::vector<WordRun>>(row.text(8));
  change.typed = from_json<std::vector<TypedChange>>(row.text(9));
  change.group = row.text(10);
  change.divided_into = from_json<std::vector<Citation>>(row.text(11));
  read.stored.title = row.small(12);
  read.stored.part = row.text(13);
  read.stored.before_date = row.date(14);
  read.stored.after_date = row.date(15);
  return read;
}

std::vector<Cause> causes_of(Database& db, std::int64_t change) {
  std::vector<Cause> causes;
  Query query = db.query("SELECT document, citation, confidence, evidence, instruction FROM causes "
                         "WHERE change = ? ORDER BY position",
                         change);
  while (query.next()) {
    causes.push_back({query.text(0),
                      query.text(1),
                      query.real(2),
                      from_json<std::vector<CauseEvidence>>(query.text(3)),
                      query.text(4)});
  }
  return causes;
}

/// The digest of a unit's bytes on a date; "" where it was absent.
std::string unit_sha(Database& db, const StoredChange& change, const Citation& unit, Date date) {
  Query query = db.query("SELECT t.sha256 FROM units u JOIN texts t ON t.unit = u.id JOIN "
                         "issue_units i ON i.text = t.id WHERE u.citation = ? AND i.title = ? AND "
                         "i.part = ? AND i.issue_date = ? ORDER BY i.position LIMIT 1",
                         unit.unit(),
                         change.title,
                         change.part,
                         date);
  return query.next() ? query.text(0) : std::string();
}

void complete(Database& db, ChangeRow& row) {
  StoredChange& stored = row.stored;
  const Change& change = stored.change;
  stored.change.causes = causes_of(db, row.id);
  stored.before_unit_sha =
      unit_sha(db, stored, change.was ? *change.was : change.at, stored.before_date);
  stored.after_unit_sha = unit_sha(db, stored, change.at, stored.after_date);
}

/// The rows that the query may be about, newest date first.
std::vector<ChangeRow> rows_for(Database& db, const ChangeQuery& query) {
  static const std::string all =
      fmt::format("{}WHERE {}AND (?3 IS NULL OR t.part = ?3) ORDER BY c.after_date DESC, t.id, "
                  "c.position",
                  change_columns,
                  in_range);
  // One index for each side of "or".
  static const std::string of_unit =
      fmt::format("SELECT * FROM ({0}WHERE {1}AND c.unit = ?3 UNION {0}WHERE {1}AND "
                  "c.was_unit = ?3) ORDER BY after_date DESC, id",
                  change_columns,
                  in_range);
  const bool by_unit = query.within && query.within->kind() != CitationKind::part;
  std::optional<std::string> place;
  if (by_unit) {
    place = query.within->unit().to_string();
  } else if (query.within) {
    place = query.within->part_number();
  }
  const auto limit = static_cast<std::size_t>(std::max(query.limit, 0));
  const bool hits_only = only_with_hits(query);
  std::vector<ChangeRow> rows;
  Query select = db.query(by_unit ? of_unit : all, query.since, query.until, place, query.document);
  while (select.next()) {
    // A date is read to its end, as its legal order is not SQL's.
    if (limit > 0 && rows.size() >= limit && !hits_only &&
        select.date(15) != rows.back().stored.after_date) {
      break;
    }
    if (select.text(2) == to_string(ChangeKind::cosmetic) && !query.include_cosmetic) {
      continue;
    }
    ChangeRow row = change_row(select);
    if (lies_within(row.stored.change, query.within)) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

} // namespace

Result<std::vector<StoredChange>> Archive::changes(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    const bool hits_only = only_with_hits(query);
    std::vector<StoredChange> found;
    for (ChangeRow& row : rows_for(impl.db, query)) {
      std::vector<Hit> hits = impl.hits(HitsOf::change, row.id);
      std::erase_if(hits, [&](const Hit& hit) { return !wanted(hit, query); });
      if (hits.empty() && hits_only) {
        continue;
      }
      complete(impl.db, row);
      row.stored.hits = std::move(hits);
      found.push_back(std::move(row.stored));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
      if (left.after_date != right.after_date) {
        return left.after_date > right.after_date;
      }
      return left.change.at < right.change.at;
    });
    if (query.limit > 0 && found.size() > static_cast<std::size_t>(query.limit)) {
      found.resize(static_cast<std::size_t>(query.limit));
    }
    return found;
  });
}

std::vector<std::pair<Change, std::vector<Hit>>>
Archive::Impl::changes_of(std::int64_t transition) {
  static const std::string of_transition =
      fmt::format("{}WHERE c.transition = ? ORDER BY c.position", change_columns);
  std::vector<std::pair<Change, std::vector<Hit>>> changes;
  Query query = db.query(of_transition, transition);
  while (query.next()) {
    ChangeRow row = change_row(query);
    row.stored.change.causes = causes_of(db, row.id);
    changes.emplace_back(std::move(row.stored.change), hits(HitsOf::change, row.id));
  }
  return changes;
}

Result<void>
Archive::replace_hits(const std::function<std::vector<Hit>(const StoredChange&)>& match) {
  Impl& impl = *m_impl;
  return impl.write("store hits in", [&] {
    ChangeQuery all;
    all.include_cosmetic = true;
    for (ChangeRow& row : rows_for(impl.db, all)) {
      complete(impl.db, row);
      impl.put_hits(HitsOf::change, row.id, match(row.stored));
    }
  });
}

Result<std::vector<StoredChange>> Archive::status_events(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read status events from", [&] {
    std::vector<StoredChange> events;
    Query rows = impl.db.query(
        "SELECT t.title, t.part, t.before_date, t.after_date, e.at, e.event, e.date, e.until, "
        "e.extent FROM "
        "status_events e JOIN transitions t ON t.id = e.transition WHERE t.known_until IS NULL AND "
        "t.after_date BETWEEN ifnull(?1, '0000') AND ifnull(?2, '9999-99') "
        "ORDER BY t.after_date DESC, t.title, t.part, e.position",
        query.since,
        query.until);
    while (rows.next()) {
      StoredChange stored;
      stored.title = rows.small(0);
      stored.part = rows.text(1);
      stored.before_date = rows.date(2);
      stored.after_date = rows.date(3);
      stored.status = {rows.citation(4),
                       rows.word<StatusEventKind>(5),
                       rows.maybe_date(6),
                       rows.maybe_date(7),
                       rows.text(8)};
      stored.change.at = stored.status->at;
      stored.change.id =
          to_hex(hash128(fmt::format("status\n{}\n{}\n{}\n{}\n{}",
                                     rows.text(4),
                                     rows.text(5),
                                     rows.text(8),
                                     stored.status->until ? stored.status->until->to_string() : "",
                                     stored.after_date.to_string())));
      events.push_back(std::move(stored));
    }
    return events;
  });
}

} // namespace regtrail::store
