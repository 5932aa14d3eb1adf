// Transitions, their changes, and the hits on them.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::store {

namespace {

/// A row of `changes` with its transition; the detail is unpacked only when the change is wanted.
struct ChangeRow {
  std::int64_t id = 0;
  PartDate before;
  PartDate after;
  std::int64_t unit = 0;
  std::optional<std::int64_t> was_unit;
  Citation at;
  std::optional<Citation> was;
  std::string detail;
};

constexpr std::string_view change_columns =
    "SELECT c.id, t.title, t.part, t.before_date, t.after_date, c.unit, c.was_unit, c.at, c.was, "
    "c.detail FROM transitions t JOIN changes c ON c.transition = t.id ";

/// Bounds that are always there keep the index on dates usable.
constexpr std::string_view in_range =
    "WHERE t.after_date BETWEEN ifnull(?1, -10000000) AND ifnull(?2, 10000000) "
    "AND (?3 IS NULL OR t.part = ?3) AND (?4 OR c.kind <> ?5) "
    "AND (NOT ?6 OR EXISTS (SELECT 1 FROM hits h WHERE h.change = c.id)) ";

constexpr std::string_view of_unit = "AND c.id IN (SELECT id FROM changes WHERE unit = ?7 "
                                     "UNION ALL SELECT id FROM changes WHERE was_unit = ?7) ";

constexpr std::string_view newest_first = "ORDER BY t.after_date DESC, c.id";

ChangeRow change_row(const Query& query) {
  ChangeRow row;
  row.id = query.integer(0);
  row.before = {query.small(1), query.text(2), query.date(3)};
  row.after = row.before;
  row.after.issue_date = query.date(4);
  row.unit = query.integer(5);
  row.was_unit = query.maybe_integer(6);
  row.at = unpack_citation(query.blob(7));
  if (!query.is_null(8))
    row.was = unpack_citation(query.blob(8));
  row.detail = query.blob(9);
  return row;
}

void put_hits(Database& db, std::int64_t change, const std::vector<Hit>& hits) {
  for (std::size_t i = 0; i < hits.size(); ++i)
    db.run("INSERT INTO hits (change, position, id, category, score, severity, near, reasons) "
           "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
           change,
           static_cast<std::int64_t>(i),
           hits[i].id,
           hits[i].category,
           hits[i].score,
           hits[i].severity,
           hits[i].near ? 1 : 0,
           Blob{pack_reasons(hits[i].reasons)});
}

std::vector<Hit> hits_of(Database& db, std::int64_t change) {
  std::vector<Hit> hits;
  Query query = db.query("SELECT id, category, score, severity, near, reasons FROM hits "
                         "WHERE change = ? ORDER BY position",
                         change);
  while (query.next()) {
    Hit hit;
    hit.id = query.text(0);
    hit.category = query.text(1);
    hit.score = query.real(2);
    hit.severity = query.small(3);
    hit.near = query.integer(4) != 0;
    hit.reasons = unpack_reasons(query.blob(5));
    hits.push_back(std::move(hit));
  }
  return hits;
}

bool wanted(const Hit& hit, const ChangeQuery& query) {
  return (query.category.empty() || hit.category == query.category) &&
         hit.severity >= query.min_severity && (query.include_near || !hit.near);
}

bool lies_within(const ChangeRow& row, const std::optional<Citation>& place) {
  return !place || row.at.is_within(*place) || (row.was && row.was->is_within(*place));
}

/// True when changes without a wanted hit are not asked for.
bool only_with_hits(const ChangeQuery& query) {
  return query.only_hits || !query.category.empty() || query.min_severity > 0;
}

} // namespace

/// Unpacks rows; neighbours in a list mostly share their dates.
class Archive::Impl::ChangeReader {
public:
  explicit ChangeReader(Impl& impl) : m_impl(impl) {}

  StoredChange read(const ChangeRow& row) {
    StoredChange stored;
    stored.change.at = row.at;
    stored.change.was = row.was;
    unpack_change(m_impl.unsqueeze(row.detail), stored.change);
    stored.title = row.before.title;
    stored.part = row.before.part;
    stored.before_date = row.before.issue_date;
    stored.after_date = row.after.issue_date;
    if (row.before != m_before_date || row.after != m_after_date) {
      m_before = m_impl.snapshot(row.before);
      m_after = m_impl.snapshot(row.after);
      m_before_date = row.before;
      m_after_date = row.after;
    }
    stored.before_unit_sha = sha_of(m_before, row.was_unit.value_or(row.unit));
    stored.after_unit_sha = sha_of(m_after, row.unit);
    return stored;
  }

private:
  std::string sha_of(const std::optional<std::vector<UnitContent>>& list, std::int64_t unit) {
    if (!list)
      return "";
    const auto found = std::find_if(
        list->begin(), list->end(), [&](const UnitContent& each) { return each.unit == unit; });
    if (found == list->end())
      return "";
    const auto [entry, is_new] = m_shas.try_emplace(found->content);
    if (is_new)
      entry->second = to_hex(m_impl.content(found->content).raw);
    return entry->second;
  }

  Impl& m_impl;
  std::map<std::int64_t, std::string> m_shas; ///< by content
  PartDate m_before_date;
  PartDate m_after_date;
  std::optional<std::vector<UnitContent>> m_before;
  std::optional<std::vector<UnitContent>> m_after;
};

std::vector<StoredChange> Archive::Impl::changes(const ChangeQuery& query) {
  static const std::string everywhere =
      fmt::format("{}{}{}", change_columns, in_range, newest_first);
  static const std::string in_unit =
      fmt::format("{}{}{}{}", change_columns, in_range, of_unit, newest_first);
  std::optional<std::string> part;
  std::optional<std::int64_t> unit;
  if (query.within && !query.within->part_number().empty())
    part = query.within->part_number();
  if (query.within && query.within->kind() != CitationKind::part) {
    unit = known_unit(query.within->unit());
    if (!unit)
      return {};
  }

  std::vector<StoredChange> found;
  ChangeReader reader(*this);
  const auto limit = static_cast<std::size_t>(std::max(query.limit, 0));
  const auto collect = [&](Query& select) {
    while (select.next()) {
      const ChangeRow row = change_row(select);
      if (!lies_within(row, query.within))
        continue;
      std::vector<Hit> hits = hits_of(db, row.id);
      hits.erase(std::remove_if(
                     hits.begin(), hits.end(), [&](const Hit& hit) { return !wanted(hit, query); }),
                 hits.end());
      if (hits.empty() && only_with_hits(query))
        continue;
      // A date is read to its end, as its legal order is not SQL's.
      if (limit > 0 && found.size() >= limit && row.after.issue_date != found.back().after_date)
        break;
      found.push_back(reader.read(row));
      found.back().hits = std::move(hits);
    }
  };
  const int cosmetic = query.include_cosmetic ? 1 : 0;
  const auto cosmetic_kind = static_cast<int>(ChangeKind::cosmetic);
  const int hits_only = only_with_hits(query) ? 1 : 0;
  if (unit) {
    Query select = db.query(
        in_unit, query.since, query.until, part, cosmetic, cosmetic_kind, hits_only, *unit);
    collect(select);
  } else {
    Query select =
        db.query(everywhere, query.since, query.until, part, cosmetic, cosmetic_kind, hits_only);
    collect(select);
  }

  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    if (left.after_date != right.after_date)
      return left.after_date > right.after_date;
    return left.change.at < right.change.at;
  });
  if (limit > 0 && found.size() > limit)
    found.resize(limit);
  return found;
}

Result<std::vector<StoredChange>> Archive::changes(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] { return impl.changes(query); });
}

Result<void> Archive::put_transition(const Transition& transition) {
  if (!transition.hits.empty() && transition.hits.size() != transition.diff.changes.size())
    throw std::logic_error("a transition needs hits for each of its changes, or none");
  Impl& impl = *m_impl;
  return impl.write("store changes in", [&] {
    Database& db = impl.db;
    db.run("DELETE FROM transitions WHERE title = ? AND part = ? AND before_date < ? AND "
           "after_date > ?",
           transition.title,
           transition.part,
           transition.after,
           transition.before);
    db.run("INSERT INTO transitions (title, part, before_date, after_date, detail) "
           "VALUES (?, ?, ?, ?, ?)",
           transition.title,
           transition.part,
           transition.before,
           transition.after,
           Blob{impl.squeeze(pack_frame(transition.diff))});
    const std::int64_t id = db.last_row();
    const std::vector<Change>& changes = transition.diff.changes;
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const Change& change = changes[i];
      const std::int64_t unit = impl.unit_id(change.at.unit(), transition.title, transition.part);
      std::optional<std::int64_t> was_unit;
      std::optional<std::string> was;
      if (change.was) {
        was_unit = impl.unit_id(change.was->unit(), transition.title, transition.part);
        was = pack_citation(*change.was);
      }
      const std::string at = pack_citation(change.at);
      const std::string detail = impl.squeeze(pack_change(change));
      db.run("INSERT INTO changes (transition, kind, unit, was_unit, at, was, detail) "
             "VALUES (?, ?, ?, ?, ?, ?, ?)",
             id,
             static_cast<int>(change.kind),
             unit,
             was_unit,
             Blob{at},
             was ? std::optional(Blob{*was}) : std::nullopt,
             Blob{detail});
      if (!transition.hits.empty())
        put_hits(db, db.last_row(), transition.hits[i]);
    }
  });
}

Result<void>
Archive::replace_hits(const std::function<std::vector<Hit>(const StoredChange&)>& match) {
  static const std::string all = fmt::format("{}ORDER BY c.id", change_columns);
  Impl& impl = *m_impl;
  return impl.write("store hits in", [&] {
    impl.db.run("DELETE FROM hits");
    Impl::ChangeReader reader(impl);
    Query select = impl.db.query(all);
    while (select.next()) {
      const ChangeRow row = change_row(select);
      put_hits(impl.db, row.id, match(reader.read(row)));
    }
  });
}

Result<std::vector<StoredChange>> Archive::status_events(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read status events from", [&] {
    std::vector<StoredChange> events;
    Query rows =
        impl.db.query("SELECT title, part, before_date, after_date, detail FROM transitions "
                      "WHERE after_date BETWEEN ifnull(?1, -10000000) AND ifnull(?2, 10000000) "
                      "ORDER BY after_date DESC, title, part",
                      query.since,
                      query.until);
    while (rows.next()) {
      for (StatusEvent& event : unpack_frame(impl.unsqueeze(rows.blob(4))).status) {
        StoredChange stored;
        stored.title = rows.small(0);
        stored.part = rows.text(1);
        stored.before_date = rows.date(2);
        stored.after_date = rows.date(3);
        stored.change.at = event.at;
        stored.change.id = to_hex(hash128(fmt::format("status\n{}\n{}\n{}\n{}",
                                                      event.at.to_string(),
                                                      event.event,
                                                      event.until ? event.until->to_string() : "",
                                                      stored.after_date.to_string())));
        stored.status = std::move(event);
        events.push_back(std::move(stored));
      }
    }
    return events;
  });
}

Result<bool> Archive::has_transition(int title, const std::string& part, Date before, Date after) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    Query query = impl.db.query("SELECT 1 FROM transitions WHERE title = ? AND part = ? AND "
                                "before_date = ? AND after_date = ?",
                                title,
                                part,
                                before,
                                after);
    return query.next();
  });
}

Transition Archive::Impl::transition(std::int64_t id) {
  static const std::string of_transition =
      fmt::format("{}WHERE t.id = ? ORDER BY c.id", change_columns);
  Transition transition;
  {
    Query query = db.query("SELECT title, part, before_date, after_date, detail FROM transitions "
                           "WHERE id = ?",
                           id);
    query.next();
    transition = {query.small(0),
                  query.text(1),
                  query.date(2),
                  query.date(3),
                  unpack_frame(unsqueeze(query.blob(4))),
                  {}};
  }
  ChangeReader reader(*this);
  Query changes_of = db.query(of_transition, id);
  while (changes_of.next()) {
    const ChangeRow row = change_row(changes_of);
    transition.diff.changes.push_back(reader.read(row).change);
    transition.hits.push_back(hits_of(db, row.id));
  }
  return transition;
}

std::vector<Transition> Archive::Impl::transitions(int title, const std::string& part) {
  std::vector<std::int64_t> ids;
  {
    Query query = db.query("SELECT id FROM transitions WHERE title = ? AND part = ? "
                           "ORDER BY after_date",
                           title,
                           part);
    while (query.next())
      ids.push_back(query.integer(0));
  }
  std::vector<Transition> all;
  all.reserve(ids.size());
  for (const std::int64_t id : ids)
    all.push_back(transition(id));
  return all;
}

Result<std::vector<Transition>> Archive::transitions(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] { return impl.transitions(title, part); });
}

} // namespace regtrail::store
