// Snapshots of parts, and the versions of units that follow from them.
#include "model/text.hpp"
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace regtrail::store {

namespace {

struct Snapshot {
  Date date;
  Timestamp seen{};
  std::vector<UnitContent> units;
};

/// A row of `versions`.
struct VersionRow {
  std::int64_t unit = 0;
  Date from;
  std::optional<Date> until;
  std::int64_t content = 0;
  Timestamp first_seen{};
  bool baseline = false;

  friend auto operator<=>(const VersionRow&, const VersionRow&) = default;
};

/// Neighbours in a list mostly have neighbouring ids.
std::string pack_units(const std::vector<UnitContent>& units) {
  Writer out;
  out.varint(units.size());
  UnitContent last;
  for (const UnitContent& each : units) {
    out.zigzag(each.unit - last.unit);
    out.zigzag(each.content - last.content);
    last = each;
  }
  return out.take();
}

std::vector<UnitContent> unpack_units(std::string_view bytes) {
  Reader in(bytes);
  std::vector<UnitContent> units(in.count());
  UnitContent last;
  for (UnitContent& each : units) {
    each.unit = last.unit + in.zigzag();
    each.content = last.content + in.zigzag();
    last = each;
  }
  return units;
}

std::vector<Snapshot> snapshots(Database& db, int title, const std::string& part) {
  std::vector<Snapshot> all;
  Query query = db.query("SELECT issue_date, seen, units FROM snapshots WHERE title = ? AND "
                         "part = ? ORDER BY issue_date",
                         title,
                         part);
  while (query.next()) {
    all.push_back({query.date(0), query.instant(1), unpack_units(query.blob(2))});
  }
  return all;
}

/// What decides whether two rows of `contents` are one version.
class Digests {
public:
  explicit Digests(Database& db) : m_db(db) {}

  bool same(std::int64_t left, std::int64_t right) {
    return left == right || of(left) == of(right);
  }

private:
  const Sha256& of(std::int64_t content) {
    const auto [entry, is_new] = m_known.try_emplace(content);
    if (is_new) {
      Query query = m_db.query("SELECT digest FROM contents WHERE id = ?", content);
      if (!query.next()) {
        throw Damage(fmt::format("no content number {}, though something refers to it", content));
      }
      entry->second = query.sha(0);
    }
    return entry->second;
  }

  Database& m_db;
  std::map<std::int64_t, Sha256> m_known;
};

/// Maximal runs of neighbouring dates with equal content, by unit and date.
std::set<VersionRow> runs(const std::vector<Snapshot>& dates, Digests& digests) {
  struct Run {
    VersionRow row;
    std::size_t last = 0; ///< index of the last date that carries it
  };

  std::map<std::int64_t, Run> open;
  std::set<VersionRow> done;
  const auto close = [&](Run& run) {
    if (run.last + 1 < dates.size()) {
      run.row.until = dates[run.last + 1].date;
    }
    done.insert(run.row);
  };
  for (std::size_t i = 0; i < dates.size(); ++i) {
    for (const UnitContent& each : dates[i].units) {
      const auto [entry, is_new] = open.try_emplace(each.unit);
      Run& run = entry->second;
      if (!is_new) {
        if (run.last == i) {
          continue; // printed twice on this date: the first counts
        }
        if (run.last + 1 == i && digests.same(run.row.content, each.content)) {
          run.last = i;
          run.row.first_seen = std::min(run.row.first_seen, dates[i].seen);
          continue;
        }
        close(run);
      }
      run.row = {each.unit, dates[i].date, std::nullopt, each.content, dates[i].seen, i == 0};
      run.last = i;
    }
  }
  for (auto& [unit, run] : open) {
    close(run);
  }
  return done;
}

/// Of the columns unit, from_date, until_date, content, first_seen, baseline.
VersionRow version_row(const Query& query) {
  return {query.integer(0),
          query.date(1),
          query.maybe_date(2),
          query.integer(3),
          query.instant(4),
          query.integer(5) != 0};
}

std::set<VersionRow> stored_versions(Database& db, int title, const std::string& part) {
  std::set<VersionRow> rows;
  Query query = db.query("SELECT v.unit, v.from_date, v.until_date, v.content, v.first_seen, "
                         "v.baseline FROM units u JOIN versions v ON v.unit = u.id "
                         "WHERE u.title = ? AND u.part = ?",
                         title,
                         part);
  while (query.next()) {
    rows.insert(version_row(query));
  }
  return rows;
}

/// Made anew from all snapshots of the part, so the order in which dates arrive cannot matter;
/// only rows that differ are written.
void update_versions(Database& db, int title, const std::string& part) {
  Digests digests(db);
  const std::set<VersionRow> wanted = runs(snapshots(db, title, part), digests);
  const std::set<VersionRow> stored = stored_versions(db, title, part);
  for (const VersionRow& row : stored) {
    if (wanted.count(row) == 0) {
      db.run("DELETE FROM versions WHERE unit = ? AND from_date = ?", row.unit, row.from);
    }
  }
  for (const VersionRow& row : wanted) {
    if (stored.count(row) == 0) {
      db.run("INSERT INTO versions (unit, from_date, until_date, content, first_seen, baseline) "
             "VALUES (?, ?, ?, ?, ?, ?)",
             row.unit,
             row.from,
             row.until,
             row.content,
             row.first_seen,
             row.baseline ? 1 : 0);
    }
  }
}

/// Hashes of two normalisers cannot be compared.
void check_normaliser(Database& db) {
  const std::string ours = std::to_string(normaliser_version);
  db.run("INSERT INTO settings (key, value) VALUES ('archive.normaliser', ?) "
         "ON CONFLICT DO NOTHING",
         ours);
  Query query = db.query("SELECT value FROM settings WHERE key = 'archive.normaliser'");
  query.next();
  if (query.text(0) != ours) {
    refuse(ErrorKind::storage,
           fmt::format("'{}' holds texts normalised by version {}, this regtrail has {}: run "
                       "'regtrail rebuild'",
                       db.file().string(),
                       query.text(0),
                       ours));
  }
}

constexpr std::string_view select_version =
    "SELECT v.unit, v.from_date, v.until_date, v.content, v.first_seen, v.baseline FROM versions v "
    "WHERE v.unit = ?1 ORDER BY v.from_date";

constexpr std::string_view select_version_on =
    "SELECT v.unit, v.from_date, v.until_date, v.content, v.first_seen, v.baseline FROM versions v "
    "WHERE v.unit = ?1 AND (?2 IS NULL OR v.from_date <= ?2 AND "
    "(v.until_date IS NULL OR v.until_date > ?2)) ORDER BY v.from_date DESC LIMIT 1";

std::vector<VersionRow> version_rows(Query& query) {
  std::vector<VersionRow> rows;
  while (query.next()) {
    rows.push_back(version_row(query));
  }
  return rows;
}

UnitVersion version_of(const VersionRow& row, const Citation& unit, const ContentRow& content) {
  UnitVersion version;
  version.unit = unit;
  version.from = row.from;
  version.until = row.until;
  version.first_seen = row.first_seen;
  version.baseline = row.baseline;
  version.raw = content.raw;
  version.key = content.id;
  const Node root = NodeStore::load_root(content.root);
  version.published = root.published;
  version.normalised = root.normalised;
  return version;
}

std::string name_of(const PartDate& date) {
  return fmt::format("{} CFR Part {} of {}", date.title, date.part, date.issue_date.to_string());
}

/// Pairs the k-th bearer of a unit on one side with the k-th on the other.
std::vector<std::pair<std::int64_t, int>> numbered(const std::vector<UnitContent>& units) {
  std::vector<std::pair<std::int64_t, int>> keys;
  std::map<std::int64_t, int> met;
  for (const UnitContent& each : units) {
    keys.emplace_back(each.unit, met[each.unit]++);
  }
  return keys;
}

} // namespace

std::optional<std::vector<UnitContent>> Archive::Impl::snapshot(const PartDate& date) {
  Query query = db.query("SELECT units FROM snapshots WHERE title = ? AND part = ? AND "
                         "issue_date = ?",
                         date.title,
                         date.part,
                         date.issue_date);
  return query.next() ? std::optional(unpack_units(query.blob(0))) : std::nullopt;
}

/// Of the answer that the plan names for the date.
std::optional<std::int64_t> Archive::Impl::dictionary_of(const PartDate& date) {
  std::optional<std::int64_t> body;
  {
    Query query = db.query("SELECT r.body FROM planned_dates p JOIN raw_records r ON r.id = p.raw "
                           "WHERE p.title = ? AND p.part = ? AND p.issue_date = ?",
                           date.title,
                           date.part,
                           date.issue_date);
    if (query.next()) {
      body = query.integer(0);
    }
  }
  return body ? dictionaries.suitable(*body) : std::nullopt;
}

Result<void>
Archive::put_snapshot(const PartDate& date, const std::vector<Unit>& units, Timestamp seen) {
  Impl& impl = *m_impl;
  return impl.write("store a snapshot in", [&] {
    Database& db = impl.db;
    check_normaliser(db);
    // The contents of a unit on the same date (when it is replaced), before, and after.
    std::map<std::int64_t, std::vector<std::int64_t>> near;
    const auto note = [&](const std::vector<UnitContent>& list) {
      for (const UnitContent& each : list) {
        near[each.unit].push_back(each.content);
      }
    };
    if (const auto replaced = impl.snapshot(date)) {
      note(*replaced);
    }
    for (const std::string_view neighbour :
         {"SELECT units FROM snapshots WHERE title = ? AND part = ? AND issue_date < ? "
          "ORDER BY issue_date DESC LIMIT 1",
          "SELECT units FROM snapshots WHERE title = ? AND part = ? AND issue_date > ? "
          "ORDER BY issue_date LIMIT 1"}) {
      Query query = db.query(neighbour, date.title, date.part, date.issue_date);
      if (query.next()) {
        note(unpack_units(query.blob(0)));
      }
    }

    impl.nodes.put_in_words_of(impl.dictionary_of(date));
    std::vector<UnitContent> list;
    list.reserve(units.size());
    for (const Unit& unit : units) {
      const std::int64_t id = impl.unit_id(unit.id, date.title, date.part);
      db.run("UPDATE units SET title = ?1, part = ?2 WHERE id = ?3 AND (title <> ?1 OR part <> ?2)",
             date.title,
             date.part,
             id);
      list.push_back({id, impl.put_content(id, unit, near[id])});
    }
    impl.nodes.put_in_words_of(std::nullopt);
    impl.dictionaries.forget(); // tables of some megabytes, of use mostly for a part's first date
    db.run("INSERT INTO snapshots (title, part, issue_date, seen, units) VALUES (?, ?, ?, ?, ?) "
           "ON CONFLICT DO UPDATE SET seen = excluded.seen, units = excluded.units",
           date.title,
           date.part,
           date.issue_date,
           seen,
           Blob{pack_units(list)});
    update_versions(db, date.title, date.part);
  });
}

Result<void> Archive::withdraw_snapshot(const PartDate& date) {
  Impl& impl = *m_impl;
  return impl.write("take back a snapshot in", [&] {
    impl.db.run("UPDATE planned_dates SET raw = NULL WHERE title = ? AND part = ? AND "
                "issue_date = ?",
                date.title,
                date.part,
                date.issue_date);
    impl.db.run("DELETE FROM snapshots WHERE title = ? AND part = ? AND issue_date = ?",
                date.title,
                date.part,
                date.issue_date);
    impl.db.run("DELETE FROM transitions WHERE title = ?1 AND part = ?2 AND "
                "(before_date = ?3 OR after_date = ?3)",
                date.title,
                date.part,
                date.issue_date);
    update_versions(impl.db, date.title, date.part);
  });
}

Result<std::vector<Date>> Archive::snapshot_dates(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<Date> dates;
    Query query = impl.db.query("SELECT issue_date FROM snapshots WHERE title = ? AND part = ? "
                                "ORDER BY issue_date",
                                title,
                                part);
    while (query.next()) {
      dates.push_back(query.date(0));
    }
    return dates;
  });
}

Result<std::vector<Unit>> Archive::load_snapshot(const PartDate& date) {
  Impl& impl = *m_impl;
  return impl.read("read a snapshot of", [&] {
    const auto list = impl.snapshot(date);
    if (!list) {
      refuse(ErrorKind::not_found, fmt::format("the archive does not hold {}", name_of(date)));
    }
    std::vector<Unit> units;
    units.reserve(list->size());
    for (const UnitContent& each : *list) {
      units.push_back(impl.load(impl.content(each.content)));
    }
    return units;
  });
}

Result<std::pair<std::vector<Unit>, std::vector<Unit>>> Archive::load_pair(const PartDate& before,
                                                                           const PartDate& after) {
  Impl& impl = *m_impl;
  return impl.read("read snapshots of", [&] {
    const auto was = impl.snapshot(before);
    const auto is = impl.snapshot(after);
    if (!was || !is) {
      refuse(ErrorKind::not_found,
             fmt::format("the archive does not hold {}", name_of(was ? after : before)));
    }
    const auto was_keys = numbered(*was);
    const auto is_keys = numbered(*is);
    std::map<std::pair<std::int64_t, int>, std::size_t> where;
    for (std::size_t i = 0; i < was_keys.size(); ++i) {
      where.emplace(was_keys[i], i);
    }

    // Each side keeps its printed order; what is equal stays empty and is left out.
    Digests digests(impl.db);
    std::vector<std::optional<Unit>> left(was->size());
    std::vector<Unit> right;
    std::vector<bool> paired(was->size(), false);
    for (std::size_t j = 0; j < is->size(); ++j) {
      const auto found = where.find(is_keys[j]);
      if (found == where.end()) {
        right.push_back(impl.load(impl.content((*is)[j].content)));
        continue;
      }
      const std::size_t i = found->second;
      paired[i] = true;
      if (digests.same((*was)[i].content, (*is)[j].content)) {
        continue;
      }
      auto pair = impl.load_pair(impl.content((*was)[i].content), impl.content((*is)[j].content));
      left[i] = std::move(pair.first);
      right.push_back(std::move(pair.second));
    }
    std::pair<std::vector<Unit>, std::vector<Unit>> sides;
    sides.second = std::move(right);
    for (std::size_t i = 0; i < was->size(); ++i) {
      if (!paired[i]) {
        left[i] = impl.load(impl.content((*was)[i].content));
      }
      if (left[i]) {
        sides.first.push_back(*std::move(left[i]));
      }
    }
    return sides;
  });
}

std::vector<Citation> Archive::Impl::units(const std::string& part) {
  std::vector<Citation> units;
  Query query = db.query("SELECT citation FROM units u WHERE (?1 = '' OR part = ?1) AND "
                         "EXISTS (SELECT 1 FROM versions v WHERE v.unit = u.id)",
                         part);
  while (query.next()) {
    units.push_back(unpack_citation(query.blob(0)));
  }
  std::sort(units.begin(), units.end());
  return units;
}

std::vector<UnitVersion> Archive::Impl::versions(const Citation& unit) {
  std::vector<UnitVersion> versions;
  const auto id = known_unit(unit.unit());
  if (!id) {
    return versions;
  }
  Query query = db.query(select_version, *id);
  for (const VersionRow& row : version_rows(query)) {
    versions.push_back(version_of(row, unit.unit(), content(row.content)));
  }
  return versions;
}

Result<std::vector<Citation>> Archive::units(const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] { return impl.units(part); });
}

Result<std::vector<UnitVersion>> Archive::versions(const Citation& unit) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] { return impl.versions(unit); });
}

Result<std::optional<UnitVersion>> Archive::version_on(const Citation& unit,
                                                       std::optional<Date> day) {
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<UnitVersion> {
    const auto id = impl.known_unit(unit.unit());
    if (!id) {
      return std::nullopt;
    }
    std::vector<VersionRow> rows;
    {
      Query query = impl.db.query(select_version_on, *id, day);
      rows = version_rows(query);
    }
    if (rows.empty()) {
      return std::nullopt;
    }
    return version_of(rows.front(), unit.unit(), impl.content(rows.front().content));
  });
}

namespace {

[[noreturn]] void version_is_gone(const UnitVersion& version) {
  refuse(ErrorKind::not_found,
         fmt::format("the archive no longer holds the version of '{}' from {}",
                     version.unit.to_string(),
                     version.from.to_string()));
}

} // namespace

ContentRow Archive::Impl::content_of(const UnitVersion& version) {
  const auto id = known_unit(version.unit);
  if (!id) {
    version_is_gone(version);
  }
  {
    Query query = db.query("SELECT 1 FROM contents WHERE id = ? AND unit = ?", version.key, *id);
    if (!query.next()) {
      version_is_gone(version);
    }
  }
  return content(version.key);
}

Result<Unit> Archive::load(const UnitVersion& version) {
  Impl& impl = *m_impl;
  return impl.read("read a version from", [&] { return impl.load(impl.content_of(version)); });
}

Result<std::pair<Unit, Unit>> Archive::load_pair(const UnitVersion& before,
                                                 const UnitVersion& after) {
  Impl& impl = *m_impl;
  return impl.read("read versions from",
                   [&] { return impl.load_pair(impl.content_of(before), impl.content_of(after)); });
}

Result<std::optional<Node>> Archive::load_node(const UnitVersion& version,
                                               const Citation& citation) {
  Impl& impl = *m_impl;
  return impl.read("read a version from", [&] {
    const ContentRow row = impl.content_of(version);
    return impl.nodes.load_node(row.root, version.unit, citation);
  });
}

} // namespace regtrail::store
