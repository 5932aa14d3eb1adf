#include "query/history.hpp"

#include "query/lookup.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// The walk goes from the newest date to the oldest and keeps two things: the citation that the
// place has there, and whether the place exists. Changes of one date are looked at together:
//
//   at or below the place          a version begins here
//   added, at or above it          the place is new here; before this date it is absent
//   removed, at or above it        the place is absent from here on; before this date it exists
//   renamed (`was`), at or above   a version begins here; before this date it has the former name
//   renamed away from it           something left this name here; while absent that is the story
//                                  of another thing, unless it is the newest change of the name

namespace regtrail::query {
namespace {

bool covers(const Citation& above, const Citation& place) {
  return place.is_within(above);
}

/// The place, or what it lies in, was given another name.
bool leaves(const Change& change, const Citation& place) {
  return is_rename(change) && covers(*change.was, place) && !covers(change.at, place);
}

bool carries_subtree(const Change& change) {
  return change.kind == ChangeKind::added || change.kind == ChangeKind::removed ||
         is_rename(change);
}

bool bears_from_above(const Change& change, const Citation& place) {
  return covers(change.at, place) && (change.at == place || carries_subtree(change));
}

bool bears_from_below(const Change& change, const Citation& place) {
  return covers(place, change.at) ||
         (is_rename(change) && covers(place, *change.was) && !(*change.was == place));
}

bool bears_on(const Change& change, const Citation& place) {
  return bears_from_above(change, place) || bears_from_below(change, place) ||
         leaves(change, place);
}

/// Appends an entry, which ends where the one before it, the next newer, begins.
void add_entry(History& history, Date from, HistoryEntry entry) {
  entry.from = from;
  if (!history.versions.empty()) {
    entry.until = history.versions.back().from;
  }
  history.versions.push_back(std::move(entry));
}

/// Documents before cited pages, "editorial" before "unidentified", candidates last.
bool says_more(const Cause& left, const Cause& right) {
  const auto rank = [](const Cause& cause) {
    return std::pair(answer_of(cause), -cause.confidence);
  };
  return rank(left) < rank(right);
}

void describe(HistoryEntry& entry, const Change& change) {
  ++entry.kinds[std::string(to_string(change.kind))];
  for (const Cause& cause : change.causes) {
    const bool known =
        std::any_of(entry.causes.begin(), entry.causes.end(), [&](const Cause& other) {
          return other.document == cause.document && other.citation == cause.citation;
        });
    if (!known) {
      entry.causes.push_back(cause);
    }
  }
  std::stable_sort(entry.causes.begin(), entry.causes.end(), says_more);
  entry.changes.push_back(change);
}

void set_text(HistoryEntry& entry, const UnitVersion& version) {
  entry.raw = version.raw;
  entry.first_seen = version.first_seen;
}

const UnitVersion* version_on(const std::vector<UnitVersion>& versions, Date day) {
  for (const UnitVersion& version : versions) {
    if (version.from <= day && (!version.until || day < *version.until)) {
      return &version;
    }
  }
  return nullptr;
}

/// The walk described above.
class Walk {
public:
  Walk(store::Archive& archive, const Citation& citation) : m_archive(archive), m_place(citation) {
    m_history.citation = citation;
  }

  Result<History> run() {
    TRY(start());
    for (;;) {
      TRY_ASSIGN(auto more, step());
      if (more == More::no) {
        return finished();
      }
    }
  }

private:
  enum class More { yes, no };

  Result<History> finished() {
    if (!m_history.versions.empty()) {
      return std::move(m_history);
    }
    return unknown_citation(m_archive, m_place);
  }

  Result<void> load_versions() {
    TRY_ASSIGN(m_versions, m_archive.versions(m_place.unit()));
    return {};
  }

  Result<void> start() {
    TRY(load_versions());
    if (m_versions.empty()) {
      return unknown_citation(m_archive, m_place);
    }
    const UnitVersion& newest = m_versions.back();
    if (!newest.until) {
      TRY_ASSIGN(auto node, m_archive.load_node(newest, m_place));
      m_exists = node.has_value();
    }
    return {};
  }

  /// Changes within the first step of the place (an entry, a country, "(a)"): enough to see what
  /// happens to its ancestors, and far less than a whole list.
  [[nodiscard]] Citation scope() const { return top_place(m_place); }

  Result<std::vector<store::StoredChange>> query(const Citation& within) {
    store::ChangeQuery query;
    query.within = within;
    query.include_cosmetic = true;
    if (m_before) {
      query.until = *m_before - std::chrono::days(1);
    }
    return m_archive.changes(query);
  }

  /// The changes of the newest date before m_before on which something bears on the place.
  Result<std::vector<store::StoredChange>> next_group() {
    if (!m_pool) {
      TRY_ASSIGN(m_pool, query(scope()));
    }
    std::vector<store::StoredChange> group;
    for (const store::StoredChange& stored : *m_pool) {
      if (m_before && stored.after_date >= *m_before) {
        continue;
      }
      if (!group.empty() && stored.after_date != group.front().after_date) {
        break;
      }
      if (bears_on(stored.change, m_place)) {
        group.push_back(stored);
      }
    }
    return group;
  }

  /// What the versions of the unit say about a date, whether or not changes are stored for it.
  struct Mark {
    enum class Kind { appears, disappears, version };
    Date date;
    Kind kind = Kind::version;
  };

  [[nodiscard]] std::optional<Mark> next_mark() const {
    std::optional<Mark> next;
    const auto consider = [&](Date date, Mark::Kind kind) {
      if ((!m_before || date < *m_before) && (!next || date > next->date)) {
        next = Mark{date, kind};
      }
    };
    const bool is_unit = m_place == m_place.unit();
    for (std::size_t i = 0; i < m_versions.size(); ++i) {
      const UnitVersion& version = m_versions[i];
      const bool follows = i > 0 && m_versions[i - 1].until == version.from;
      const bool followed = i + 1 < m_versions.size() && version.until == m_versions[i + 1].from;
      if (!follows || is_unit) {
        consider(version.from, follows ? Mark::Kind::version : Mark::Kind::appears);
      }
      if (version.until && !followed) {
        consider(*version.until, Mark::Kind::disappears);
      }
    }
    return next;
  }

  Result<More> step() {
    TRY_ASSIGN(auto group, next_group());
    const std::optional<Mark> mark = next_mark();
    if (!mark && group.empty()) {
      return More::no;
    }
    if (!mark || (!group.empty() && group.front().after_date > mark->date)) {
      return apply(group.front().after_date, group, std::nullopt);
    }
    if (!group.empty() && group.front().after_date < mark->date) {
      group.clear();
    }
    return at_mark(*mark, std::move(group));
  }

  Result<More> at_mark(const Mark& mark, std::vector<store::StoredChange> group) {
    const UnitVersion* version = version_on(m_versions, mark.date);
    if (version != nullptr && version->baseline && version->from == mark.date) {
      if (m_exists) {
        HistoryEntry entry;
        entry.baseline = true;
        set_text(entry, *version);
        add_entry(m_history, mark.date, std::move(entry));
      }
      return More::no;
    }
    // Changes of the unit as a whole lie outside scope().
    if (mark.kind != Mark::Kind::version) {
      store::ChangeQuery query;
      query.within = m_place.unit();
      query.since = mark.date;
      query.until = mark.date;
      query.include_cosmetic = true;
      TRY_ASSIGN(auto found, m_archive.changes(query));
      std::erase_if(found, [&](const auto& stored) { return !bears_on(stored.change, m_place); });
      group = std::move(found);
    }
    return apply(mark.date, group, mark.kind);
  }

  Result<More>
  apply(Date date, const std::vector<store::StoredChange>& group, std::optional<Mark::Kind> mark) {
    m_before = date;
    return m_exists ? apply_present(date, group, mark) : apply_absent(date, group, mark);
  }

  Result<More> apply_present(Date date,
                             const std::vector<store::StoredChange>& group,
                             std::optional<Mark::Kind> mark) {
    HistoryEntry entry;
    std::optional<Citation> former;
    bool added = mark == Mark::Kind::appears;
    bool replaced = false;
    for (const store::StoredChange& stored : group) {
      const Change& change = stored.change;
      const bool above = bears_from_above(change, m_place);
      if (!above && !bears_from_below(change, m_place)) {
        continue; // another thing left this name when ours took it
      }
      describe(entry, change);
      added = added || (above && change.kind == ChangeKind::added);
      replaced = replaced || (above && change.kind == ChangeKind::removed);
      if (const Citation renamed = former_citation(change, m_place); !renamed.empty()) {
        former = renamed;
      }
    }
    if (entry.changes.empty() && !mark) {
      return More::yes;
    }
    if (const UnitVersion* version = version_on(m_versions, date)) {
      set_text(entry, *version);
    }
    entry.was = former;
    add_entry(m_history, date, std::move(entry));
    if (former) {
      return rename_to(*former);
    }
    m_exists = !added || replaced;
    return More::yes;
  }

  Result<More> apply_absent(Date date,
                            const std::vector<store::StoredChange>& group,
                            std::optional<Mark::Kind> mark) {
    const auto ended = std::find_if(group.begin(), group.end(), [&](const auto& stored) {
      return stored.change.kind == ChangeKind::removed && covers(stored.change.at, m_place);
    });
    const auto left = std::find_if(group.begin(), group.end(), [&](const auto& stored) {
      return leaves(stored.change, m_place);
    });
    if (ended == group.end() && left != group.end() && !m_history.versions.empty()) {
      return More::no; // what bore this name before is another thing
    }
    HistoryEntry entry;
    entry.status = VersionStatus::removed;
    if (ended != group.end()) {
      describe(entry, ended->change);
    } else if (left != group.end()) {
      describe(entry, left->change);
      entry.became = rebased(m_place, *left->change.was, left->change.at);
    } else if (mark != Mark::Kind::disappears) {
      return More::yes;
    }
    add_entry(m_history, date, std::move(entry));
    m_exists = true;
    return More::yes;
  }

  Result<More> rename_to(const Citation& former) {
    const bool same_unit = former.unit() == m_place.unit();
    m_place = former;
    m_pool.reset();
    if (!same_unit) {
      TRY(load_versions());
    }
    return More::yes;
  }

  store::Archive& m_archive;
  Citation m_place;
  History m_history;
  std::vector<UnitVersion> m_versions;                    ///< of m_place's unit, oldest first
  std::optional<std::vector<store::StoredChange>> m_pool; ///< within scope(), newest first
  std::optional<Date> m_before; ///< what happened from this date on is in m_history
  bool m_exists = false;        ///< just before m_before
};

Result<History> part_history(store::Archive& archive, const Citation& part) {
  TRY_ASSIGN(auto dates, archive.snapshot_dates(title_number(part), part.part_number()));
  if (dates.empty()) {
    return unknown_citation(archive, part);
  }
  TRY_ASSIGN(auto planned, archive.planned_dates(title_number(part), part.part_number()));
  store::ChangeQuery query;
  query.within = part;
  query.include_cosmetic = true;
  TRY_ASSIGN(auto changes, archive.changes(query));
  std::map<Date, HistoryEntry> entries;
  entries[dates.front()].baseline = true;
  for (const store::StoredChange& stored : changes) {
    describe(entries[stored.after_date], stored.change);
  }
  for (const store::PlannedDate& date : planned) {
    const auto entry = entries.find(date.issue_date);
    if (entry == entries.end() || !date.raw) {
      continue;
    }
    TRY_ASSIGN(auto record, archive.raw_record(*date.raw));
    entry->second.raw = record.sha256;
    entry->second.first_seen = record.fetched_at;
  }
  History history;
  history.citation = part;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    add_entry(history, entry->first, std::move(entry->second));
  }
  return history;
}

} // namespace

bool is_rename(const Change& change) {
  return change.was.has_value() && !(*change.was == change.at);
}

Citation former_citation(const Change& change, const Citation& place) {
  if (!is_rename(change) || !place.is_within(change.at)) {
    return {};
  }
  return rebased(place, change.at, *change.was).value_or(Citation());
}

Result<History> assemble_history(store::Archive& archive, const Citation& citation) {
  if (citation.kind() == CitationKind::part) {
    return part_history(archive, citation);
  }
  return Walk(archive, citation).run();
}

} // namespace regtrail::query
