// Snapshots of parts, and the versions of units that follow from them.
#include "model/text.hpp"
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace regtrail::store {

namespace {

struct Snapshot {
  Date date;
  Timestamp seen{};
  std::vector<UnitText> units;
};

/// A row of `versions` that is known now.
struct VersionRow {
  std::int64_t unit = 0;
  Date from;
  std::optional<Date> until;
  std::int64_t text = 0;
  Timestamp first_seen{};
  bool baseline = false;

  friend auto operator<=>(const VersionRow&, const VersionRow&) = default;
};

std::vector<UnitText> units_of(Database& db, const PartDate& date) {
  std::vector<UnitText> units;
  Query query =
      db.query("SELECT t.unit, t.id FROM issue_units i JOIN texts t ON t.id = i.text "
               "WHERE i.title = ? AND i.part = ? AND i.issue_date = ? ORDER BY i.position",
               date.title,
               date.part,
               date.issue_date);
  while (query.next()) {
    units.push_back({query.integer(0), query.integer(1)});
  }
  return units;
}

std::vector<Snapshot> snapshots(Database& db, int title, const std::string& part) {
  std::vector<Snapshot> all;
  {
    Query query = db.query("SELECT issue_date, seen FROM issue_dates WHERE title = ? AND part = ? "
                           "ORDER BY issue_date",
                           title,
                           part);
    while (query.next()) {
      all.push_back({query.date(0), query.instant(1), {}});
    }
  }
  for (Snapshot& each : all) {
    each.units = units_of(db, {title, part, each.date});
  }
  return all;
}

constexpr std::string_view version_columns =
    "SELECT v.unit, v.from_date, v.until_date, v.text, v.first_seen, v.baseline, v.id, t.sha256, "
    "t.published, t.normalised FROM versions v JOIN texts t ON t.id = v.text ";

VersionRow version_row(const Query& query) {
  return {query.integer(0),
          query.date(1),
          query.maybe_date(2),
          query.integer(3),
          query.instant(4),
          query.flag(5)};
}

UnitVersion version_of(const Query& query, const Citation& unit) {
  UnitVersion version;
  version.unit = unit;
  version.from = query.date(1);
  version.until = query.maybe_date(2);
  version.key = query.integer(3);
  version.first_seen = query.instant(4);
  version.baseline = query.flag(5);
  version.raw = query.sha(7);
  version.published = query.hash(8);
  version.normalised = query.hash(9);
  return version;
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

std::string name_of(const PartDate& date) {
  return fmt::format("{} CFR Part {} of {}", date.title, date.part, date.issue_date.to_string());
}

/// Pairs the k-th bearer of a unit on one side with the k-th on the other.
std::vector<std::pair<std::int64_t, int>> numbered(const std::vector<UnitText>& units) {
  std::vector<std::pair<std::int64_t, int>> keys;
  std::map<std::int64_t, int> met;
  for (const UnitText& each : units) {
    keys.emplace_back(each.unit, met[each.unit]++);
  }
  return keys;
}

} // namespace

/// What decides whether two rows of `texts` are one version.
class Archive::Impl::Digests {
public:
  explicit Digests(Impl& impl) : m_impl(impl) {}

  bool same(std::int64_t left, std::int64_t right) {
    return left == right || of(left) == of(right);
  }

private:
  const std::string& of(std::int64_t text) {
    const auto [entry, is_new] = m_known.try_emplace(text);
    if (is_new) {
      entry->second = m_impl.text(text).digest;
    }
    return entry->second;
  }

  Impl& m_impl;
  std::map<std::int64_t, std::string> m_known;
};

namespace {

/// Maximal runs of neighbouring dates with equal texts, by unit and date.
template<typename Digests>
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
    for (const UnitText& each : dates[i].units) {
      const auto [entry, is_new] = open.try_emplace(each.unit);
      Run& run = entry->second;
      if (!is_new) {
        if (run.last == i) {
          continue; // printed twice on this date: the first counts
        }
        if (run.last + 1 == i && digests.same(run.row.text, each.text)) {
          run.last = i;
          run.row.first_seen = std::min(run.row.first_seen, dates[i].seen);
          continue;
        }
        close(run);
      }
      run.row = {each.unit, dates[i].date, std::nullopt, each.text, dates[i].seen, i == 0};
      run.last = i;
    }
  }
  for (auto& [unit, run] : open) {
    close(run);
  }
  return done;
}

} // namespace

std::optional<std::vector<UnitText>> Archive::Impl::snapshot(const PartDate& date) {
  {
    Query query =
        db.query("SELECT 1 FROM issue_dates WHERE title = ? AND part = ? AND issue_date = ?",
                 date.title,
                 date.part,
                 date.issue_date);
    if (!query.next()) {
      return std::nullopt;
    }
  }
  return units_of(db, date);
}

/// Made anew from all snapshots of the part, so the order in which dates arrive cannot matter; only
/// rows that differ are written. What was known for less than a day is not kept.
void Archive::Impl::update_versions(int title, const std::string& part, Timestamp when) {
  static const std::string known = fmt::format(
      "{}JOIN units u ON u.id = v.unit WHERE u.title = ? AND u.part = ? AND v.known_until IS NULL",
      version_columns);
  Digests digests(*this);
  std::set<VersionRow> wanted = runs(snapshots(db, title, part), digests);
  std::vector<std::int64_t> outdated;
  {
    Query query = db.query(known, title, part);
    while (query.next()) {
      if (wanted.erase(version_row(query)) == 0) {
        outdated.push_back(query.integer(6));
      }
    }
  }
  const std::string day = date_of(when).to_string();
  for (const std::int64_t id : outdated) {
    db.run("DELETE FROM versions WHERE id = ? AND substr(known_from, 1, 10) >= ?", id, day);
    db.run("UPDATE versions SET known_until = ? WHERE id = ?", when, id);
  }
  for (const VersionRow& row : wanted) {
    // What is withdrawn on the day on which it was stored never happened.
    db.run("UPDATE versions SET known_until = NULL WHERE unit = ? AND from_date = ? AND until_date "
           "IS ? AND text = ? AND first_seen = ? AND baseline = ? AND substr(known_until, 1, 10) "
           ">= ?",
           row.unit,
           row.from,
           row.until,
           row.text,
           row.first_seen,
           row.baseline,
           day);
    if (db.affected_rows() > 0) {
      continue;
    }
    db.run("INSERT INTO versions (unit, from_date, until_date, text, first_seen, baseline, "
           "known_from) VALUES (?, ?, ?, ?, ?, ?, ?)",
           row.unit,
           row.from,
           row.until,
           row.text,
           row.first_seen,
           row.baseline,
           when);
  }
}

Result<void> Archive::put_snapshot(const PartDate& date,
                                   RawId raw,
                                   const std::vector<Unit>& units,
                                   Timestamp when,
                                   const TextDayReader& days) {
  Impl& impl = *m_impl;
  return impl.write("store a snapshot in", [&] {
    Database& db = impl.db;
    check_normaliser(db);
    db.run("DELETE FROM issue_dates WHERE title = ? AND part = ? AND issue_date = ?",
           date.title,
           date.part,
           date.issue_date);
    db.run("INSERT INTO issue_dates (title, part, issue_date, seen) SELECT ?, ?, ?, fetched_at "
           "FROM fetches WHERE raw = ? AND number = 0",
           date.title,
           date.part,
           date.issue_date,
           raw);
    int position = 0;
    for (const Unit& unit : units) {
      const std::int64_t id = impl.unit_id(unit.id, date);
      db.run("UPDATE units SET title = ?1, part = ?2 WHERE id = ?3 AND (title <> ?1 OR part <> ?2)",
             date.title,
             date.part,
             id);
      db.run("INSERT INTO issue_units (title, part, issue_date, position, text) "
             "VALUES (?, ?, ?, ?, ?)",
             date.title,
             date.part,
             date.issue_date,
             ++position,
             impl.put_text(id, raw, unit, days));
    }
    impl.update_versions(date.title, date.part, when);
  });
}

Result<void> Archive::withdraw_snapshot(const PartDate& date, Timestamp when) {
  Impl& impl = *m_impl;
  return impl.write("take back a snapshot in", [&] {
    impl.end_answer(date, when);
    impl.db.run("DELETE FROM issue_dates WHERE title = ? AND part = ? AND issue_date = ?",
                date.title,
                date.part,
                date.issue_date);
    std::vector<std::int64_t> touching;
    {
      Query query = impl.db.query("SELECT id FROM transitions WHERE title = ?1 AND part = ?2 AND "
                                  "(before_date = ?3 OR after_date = ?3) AND known_until IS NULL",
                                  date.title,
                                  date.part,
                                  date.issue_date);
      while (query.next()) {
        touching.push_back(query.integer(0));
      }
    }
    for (const std::int64_t id : touching) {
      impl.end_transition(id, when);
    }
    impl.update_versions(date.title, date.part, when);
  });
}

Result<std::vector<Date>> Archive::snapshot_dates(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<Date> dates;
    Query query = impl.db.query("SELECT issue_date FROM issue_dates WHERE title = ? AND part = ? "
                                "ORDER BY issue_date",
                                title,
                                part);
    while (query.next()) {
      dates.push_back(query.date(0));
    }
    return dates;
  });
}

Result<Inventory> Archive::inventory(const PartDate& date) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    Query query = impl.db.query(
        "SELECT count(*), ifnull(sum(t.rows), 0) FROM issue_units i JOIN texts t ON t.id = i.text "
        "WHERE i.title = ? AND i.part = ? AND i.issue_date = ?",
        date.title,
        date.part,
        date.issue_date);
    query.next();
    return Inventory{static_cast<std::size_t>(query.integer(0)),
                     static_cast<std::size_t>(query.integer(1))};
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
    for (const UnitText& each : *list) {
      units.push_back(impl.load(impl.text(each.text)));
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
    std::map<std::pair<std::int64_t, int>, std::int64_t> texts_before;
    for (std::size_t i = 0; i < was_keys.size(); ++i) {
      texts_before.emplace(was_keys[i], (*was)[i].text);
    }
    // Each side keeps its printed order; what is equal is left out.
    Impl::Digests digests(impl);
    std::set<std::pair<std::int64_t, int>> equal;
    std::pair<std::vector<Unit>, std::vector<Unit>> sides;
    for (std::size_t j = 0; j < is->size(); ++j) {
      const auto found = texts_before.find(is_keys[j]);
      if (found != texts_before.end() && digests.same(found->second, (*is)[j].text)) {
        equal.insert(is_keys[j]);
      } else {
        sides.second.push_back(impl.load(impl.text((*is)[j].text)));
      }
    }
    for (std::size_t i = 0; i < was->size(); ++i) {
      if (!equal.contains(was_keys[i])) {
        sides.first.push_back(impl.load(impl.text((*was)[i].text)));
      }
    }
    return sides;
  });
}

Result<std::vector<Citation>> Archive::units(const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read", [&] { return impl.units(part); });
}

std::vector<Citation> Archive::Impl::units(const std::string& part) {
  std::vector<Citation> units;
  Query query = db.query("SELECT citation, title FROM units u WHERE (?1 = '' OR part = ?1) AND "
                         "EXISTS (SELECT 1 FROM versions v WHERE v.unit = u.id AND "
                         "v.known_until IS NULL)",
                         part);
  while (query.next()) {
    units.push_back(unit_citation_of(query.text(0), query.text(1)));
  }
  std::sort(units.begin(), units.end());
  return units;
}

Result<std::vector<UnitVersion>> Archive::versions(const Citation& unit) {
  static const std::string of_unit = fmt::format(
      "{}WHERE v.unit = ? AND v.known_until IS NULL ORDER BY v.from_date", version_columns);
  Impl& impl = *m_impl;
  return impl.read("read", [&] {
    std::vector<UnitVersion> versions;
    if (const auto id = impl.known_unit(unit.unit())) {
      Query query = impl.db.query(of_unit, *id);
      while (query.next()) {
        versions.push_back(version_of(query, impl.unit_citation(*id)));
      }
    }
    return versions;
  });
}

Result<std::optional<UnitVersion>> Archive::version_on(const Citation& unit,
                                                       std::optional<Date> day) {
  static const std::string newest =
      fmt::format("{}WHERE v.unit = ?1 AND v.known_until IS NULL AND (?2 IS NULL OR "
                  "(v.from_date <= ?2 AND (v.until_date IS NULL OR v.until_date > ?2))) "
                  "ORDER BY v.from_date DESC LIMIT 1",
                  version_columns);
  Impl& impl = *m_impl;
  return impl.read("read", [&]() -> std::optional<UnitVersion> {
    const auto id = impl.known_unit(unit.unit());
    if (!id) {
      return std::nullopt;
    }
    Query query = impl.db.query(newest, *id, day);
    return query.next() ? std::optional(version_of(query, impl.unit_citation(*id))) : std::nullopt;
  });
}

void Archive::Impl::check_held(const UnitVersion& version) {
  Query query = db.query("SELECT 1 FROM texts t JOIN units u ON u.id = t.unit WHERE t.id = ? AND "
                         "u.citation = ?",
                         version.key,
                         version.unit);
  if (!query.next()) {
    refuse(ErrorKind::not_found,
           fmt::format("the archive no longer holds the version of '{}' from {}",
                       version.unit.to_string(),
                       version.from.to_string()));
  }
}

Result<Unit> Archive::load(const UnitVersion& version) {
  Impl& impl = *m_impl;
  return impl.read("read a version from", [&] {
    impl.check_held(version);
    return impl.load(impl.text(version.key));
  });
}

Result<std::optional<Node>> Archive::load_node(const UnitVersion& version,
                                               const Citation& citation) {
  Impl& impl = *m_impl;
  return impl.read("read a version from", [&] {
    impl.check_held(version);
    const Node* node = find_node(impl.recent(version.key).root, version.unit, citation);
    return node == nullptr ? std::nullopt : std::optional(*node);
  });
}

} // namespace regtrail::store
