#include "query/blame.hpp"

#include "diff/tree/tree_diff.hpp"
#include "query/day_of_law.hpp"
#include "query/history.hpp"
#include "query/lookup.hpp"
#include "query/place_tree.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// Every node of the text asked for is put into a PlaceTree under its name. Then the stored changes
// are read from the newest date to the oldest; each dates the nodes whose text it made, and gives
// the others the names they had before it. Of one date:
//
//   revised                  dates the node at the place
//   added                    dates everything at and below the place
//   `was` differs from `at`  renames the place and everything below it
//   any other arrival or departure among bearers of one name ("text 2", "(a) #2") shifts the
//   positions of those that stayed, without a change of their own
//
// What no change dates is as old as the oldest version held. Where neighbouring versions have no
// stored transition between them (a date in between is missing), the two are compared here.

namespace regtrail::query {
namespace {

using std::chrono::days;

struct Rename {
  Path at;
  Path was;
};

/// `path` with `from` at its front replaced.
Path rebased(const Path& path, const Path& from, const Path& to) {
  Path result = to;
  result.insert(result.end(), path.begin() + static_cast<std::ptrdiff_t>(from.size()), path.end());
  return result;
}

Path parent_of(const Path& path) {
  return Path(path.begin(), path.end() - 1);
}

/// What happened to names on one date.
class Names {
public:
  explicit Names(const std::vector<const Change*>& changes) {
    for (const Change* change : changes) {
      if (is_rename(*change)) {
        m_renames.push_back({path_of(change->at), path_of(*change->was)});
      }
    }
    for (const Rename& rename : m_renames) {
      arrival(rename.at);
    }
    for (const Change* change : changes) {
      if (change->kind == ChangeKind::added) {
        arrival(path_of(change->at));
      }
    }
    for (const Rename& rename : m_renames) {
      departure(rename.was);
    }
    for (const Change* change : changes) {
      if (change->kind == ChangeKind::removed) {
        departure(path_of(change->at));
      }
    }
  }

  /// All renames, those that follow from arrivals and departures included, as (from, to) in the
  /// direction of the past.
  std::vector<std::pair<Path, Path>> backwards(PlaceTree& places) const {
    std::vector<std::pair<Path, Path>> all;
    for (const Rename& rename : m_renames) {
      all.emplace_back(rename.at, rename.was);
    }
    for (const auto& [family, taken] : m_families) {
      Path at = family.first;
      at.push_back({family.second, 1});
      for (const std::uint32_t position : places.positions(at)) {
        if (taken.after.count(position) != 0) {
          continue;
        }
        const std::uint32_t former = former_position(taken, position);
        if (former == position) {
          continue;
        }
        at.back().position = position;
        Path was = former_path(family.first);
        was.push_back({family.second, former});
        all.emplace_back(at, std::move(was));
      }
    }
    return all;
  }

private:
  /// Positions that are taken, on either side.
  struct Taken {
    std::set<std::uint32_t> before;
    std::set<std::uint32_t> after;
  };

  void arrival(const Path& path) {
    if (path.size() > 1) {
      m_families[{parent_of(path), path.back().name}].after.insert(path.back().position);
    }
  }

  void departure(const Path& path) {
    if (path.size() > 1) {
      m_families[{latter_path(parent_of(path)), path.back().name}].before.insert(
          path.back().position);
    }
  }

  /// The k-th survivor after was the k-th survivor before.
  static std::uint32_t former_position(const Taken& taken, std::uint32_t position) {
    const auto gone_before = std::distance(taken.after.begin(), taken.after.lower_bound(position));
    auto left = position - static_cast<std::uint32_t>(gone_before);
    std::uint32_t former = 0;
    auto next = taken.before.begin();
    while (left > 0) {
      ++former;
      while (next != taken.before.end() && *next < former) {
        ++next;
      }
      if (next == taken.before.end() || *next != former) {
        --left;
      }
    }
    return former;
  }

  /// `path` with the nearest rename of what it lies in undone (or done).
  [[nodiscard]] Path renamed(const Path& path, Path Rename::*from, Path Rename::*to) const {
    const Rename* nearest = nullptr;
    for (const Rename& rename : m_renames) {
      if (lies_within(path, rename.*from) &&
          (nearest == nullptr || (rename.*from).size() > (nearest->*from).size())) {
        nearest = &rename;
      }
    }
    return nearest == nullptr ? path : rebased(path, nearest->*from, nearest->*to);
  }

  [[nodiscard]] Path former_path(const Path& path) const {
    return renamed(path, &Rename::at, &Rename::was);
  }

  [[nodiscard]] Path latter_path(const Path& path) const {
    return renamed(path, &Rename::was, &Rename::at);
  }

  std::vector<Rename> m_renames;
  std::map<std::pair<Path, std::string>, Taken> m_families;
};

/// What is known of one date.
struct Day {
  std::vector<Change> changes;
  std::vector<Citation> appearances;                         ///< units that were absent before
  std::vector<std::pair<UnitVersion, UnitVersion>> versions; ///< neighbours that differ
};

/// Changes within the first step of a place tell all that happens to it, but for names that are
/// positions: those depend on what stands beside it.
Citation scope_of(const Citation& place) {
  const Citation top = top_place(place);
  const PlaceStep step = path_of(top).back();
  return step.position > 1 || step.name.starts_with('?') ? top.unit() : top;
}

class Walk {
public:
  Walk(store::Archive& archive, Blame& blame) : m_archive(archive), m_blame(blame) {}

  /// Adds the nodes at and below `root` to the lines, without recursion.
  void take(const Citation& at, const Node& root) {
    std::vector<std::pair<Citation, const Node*>> open{{at, &root}};
    while (!open.empty()) {
      const auto [place, node] = std::move(open.back());
      open.pop_back();
      if (!node->text.empty()) {
        m_places.add(path_of(place), m_blame.lines.size());
        BlameLine& line = m_blame.lines.emplace_back();
        line.at = place;
        line.text = node->text;
      }
      const std::vector<Step> steps = child_steps(*node);
      for (std::size_t i = steps.size(); i-- > 0;) {
        open.emplace_back(place.child(steps[i]), &node->children[i]);
      }
    }
  }

  /// Follows everything taken within `scope`, whose units are `units`, from `until` back.
  Result<void> run(const Citation& scope, const std::vector<Citation>& units, Date until) {
    TRY(read_scope(scope, until));
    for (const Citation& unit : units) {
      TRY(read_versions(unit, until));
    }
    while (!m_places.empty() && !m_days.empty()) {
      const auto newest = std::prev(m_days.end());
      const Date date = newest->first;
      const Day day = std::move(newest->second);
      m_days.erase(newest);
      TRY(apply(date, day));
    }
    date_rest();
    return {};
  }

private:
  Result<void> read_scope(const Citation& scope, Date until) {
    if (!m_scopes.insert(scope.to_string()).second) {
      return {};
    }
    store::ChangeQuery query;
    query.within = scope;
    query.until = until;
    query.include_cosmetic = true; // a note that hangs elsewhere now is renamed by one
    TRY_ASSIGN(auto found, m_archive.changes(query));
    for (store::StoredChange& stored : found) {
      if (m_seen.insert(stored.change.id).second) {
        m_days[stored.after_date].changes.push_back(std::move(stored.change));
      }
    }
    return {};
  }

  Result<void> read_versions(const Citation& unit, Date until) {
    if (!m_units.emplace(unit.to_string(), unit).second) {
      return {};
    }
    TRY_ASSIGN(auto versions, m_archive.versions(unit));
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const UnitVersion& version = versions[i];
      if (version.from > until) {
        break;
      }
      if (version.baseline || i == 0) {
        m_oldest[unit.to_string()] = version.from;
      }
      if (version.baseline) {
        continue;
      }
      if (i == 0 || versions[i - 1].until != version.from) {
        m_days[version.from].appearances.push_back(unit);
      } else if (!(versions[i - 1].normalised == version.normalised)) {
        m_days[version.from].versions.emplace_back(versions[i - 1], version);
      }
    }
    return {};
  }

  Result<void> apply(Date date, const Day& day) {
    std::vector<Change> found;
    TRY(complete(date, day, found));
    std::vector<const Change*> changes;
    for (const std::vector<Change>* list : {&day.changes, &std::as_const(found)}) {
      for (const Change& change : *list) {
        changes.push_back(&change);
      }
    }
    for (const Change* change : changes) {
      if (change->kind == ChangeKind::revised) {
        date_at(change->at, date, *change);
      } else if (change->kind == ChangeKind::added) {
        date_within(change->at, date, change);
      }
    }
    const Names names(changes);
    m_places.rename(names.backwards(m_places));
    for (const Citation& unit : day.appearances) {
      date_within(unit, date, nullptr);
    }
    for (const Change* change : changes) {
      if (is_rename(*change)) {
        TRY(read_former(*change->was, date));
      }
    }
    return {};
  }

  /// What the stored changes within the scope cannot say: what became of the whole unit, and what
  /// happened across a date that is missing.
  Result<void> complete(Date date, const Day& day, std::vector<Change>& found) {
    for (const Citation& unit : day.appearances) {
      store::ChangeQuery query;
      query.within = unit;
      query.since = date;
      query.until = date;
      TRY_ASSIGN(auto changes, m_archive.changes(query));
      for (store::StoredChange& stored : changes) {
        if (stored.change.at == unit && m_seen.insert(stored.change.id).second) {
          found.push_back(std::move(stored.change));
        }
      }
    }
    for (const auto& [before, after] : day.versions) {
      const bool stored = std::any_of(
          day.changes.begin(), day.changes.end(), [&unit = after.unit](const Change& change) {
            return change.at.unit() == unit || (change.was && change.was->unit() == unit);
          });
      if (stored) {
        continue;
      }
      TRY(compare_unlinked(before, after, found));
    }
    return {};
  }

  Result<void> compare_unlinked(const UnitVersion& before,
                                const UnitVersion& after,
                                std::vector<Change>& found) {
    const int title = title_number(after.unit);
    const std::string part = after.unit.part_number();
    if (!m_dates) {
      TRY_ASSIGN(m_dates, m_archive.snapshot_dates(title, part));
    }
    const auto here = std::lower_bound(m_dates->begin(), m_dates->end(), after.from);
    if (here == m_dates->begin() || here == m_dates->end()) {
      return {};
    }
    TRY_ASSIGN(auto stored, m_archive.has_transition(title, part, *std::prev(here), after.from));
    if (stored) {
      return {};
    }
    TRY_ASSIGN(const Unit left, m_archive.load(before));
    TRY_ASSIGN(const Unit right, m_archive.load(after));
    DiffResult diff = diff::diff_units({&left, 1}, {&right, 1}, {});
    std::move(diff.changes.begin(), diff.changes.end(), std::back_inserter(found));
    return {};
  }

  /// A place that came from elsewhere is followed there.
  Result<void> read_former(const Citation& was, Date date) {
    const Citation unit = was.unit();
    if (m_scopes.count(unit.to_string()) != 0) {
      return {};
    }
    const Date until = date - days(1);
    if (m_scopes.count(part_name(unit)) == 0) {
      TRY(read_scope(scope_of(was), until));
    }
    return read_versions(unit, until);
  }

  static std::string part_name(const Citation& unit) {
    return Citation::part(unit.title().empty() ? "15" : unit.title(), unit.part_number())
        .to_string();
  }

  void date_within(const Citation& place, Date date, const Change* change) {
    const Path path = path_of(place);
    for (const auto& [below, line] : m_places.take_within(path)) {
      set_date(line, date, change);
      Path then = path;
      then.insert(then.end(), below.begin(), below.end());
      note_name(m_blame.lines[line], then);
    }
  }

  void date_at(const Citation& place, Date date, const Change& change) {
    const Path path = path_of(place);
    for (const std::size_t line : m_places.take_at(path)) {
      set_date(line, date, &change);
      note_name(m_blame.lines[line], path);
    }
  }

  void set_date(std::size_t index, Date date, const Change* change) {
    BlameLine& line = m_blame.lines[index];
    line.since = date;
    if (change != nullptr && !change->causes.empty()) {
      line.cause = change->causes.front();
    }
  }

  void note_name(BlameLine& line, const Path& then) const {
    if (then == path_of(line.at)) {
      return;
    }
    const auto unit = m_units.find(then.front().name);
    if (unit != m_units.end()) {
      line.was = citation_of(unit->second, then);
    }
  }

  void date_rest() {
    for (const auto& [unit, oldest] : m_oldest) {
      const Path path{{unit, 1}};
      for (const auto& [below, index] : m_places.take_within(path)) {
        BlameLine& line = m_blame.lines[index];
        line.since = oldest;
        line.baseline = true;
        Path then = path;
        then.insert(then.end(), below.begin(), below.end());
        note_name(line, then);
      }
    }
    if (!m_places.empty()) {
      throw std::logic_error("blame: a place led to a unit that the archive does not hold");
    }
  }

  store::Archive& m_archive;
  Blame& m_blame;
  PlaceTree m_places;
  std::map<Date, Day> m_days;
  std::map<std::string, Date> m_oldest; ///< oldest version held, by unit
  std::set<std::string> m_scopes;
  std::map<std::string, Citation> m_units; ///< whose versions were read
  std::set<std::string> m_seen;            ///< ids of changes
  std::optional<std::vector<Date>> m_dates;
};

Result<Blame> blame_part(store::Archive& archive, const Citation& part, std::optional<Date> on) {
  TRY_ASSIGN(auto date, part_date(archive, part, on));
  TRY_ASSIGN(auto units, part_units(archive, part, date));
  Blame blame;
  blame.citation = part;
  blame.on = on.value_or(date);
  Walk walk(archive, blame);
  std::vector<Citation> ids;
  for (const Unit& unit : units) {
    walk.take(unit.id, unit.root);
    ids.push_back(unit.id);
  }
  TRY(walk.run(part, ids, date));
  return blame;
}

} // namespace

Result<Blame>
assemble_blame(store::Archive& archive, const Citation& citation, std::optional<Date> on) {
  if (citation.kind() == CitationKind::part) {
    return blame_part(archive, citation, on);
  }
  TRY_ASSIGN(const auto found, text_on_day(archive, citation, on));
  const UnitVersion& version = found.version;
  TRY_ASSIGN(auto node, archive.load_node(version, citation));
  if (!node) {
    return absent_place(archive, citation, version);
  }
  Blame blame;
  blame.citation = citation;
  TRY_ASSIGN(blame.on, on ? Result<Date>(*on) : part_date(archive, citation, on));
  Walk walk(archive, blame);
  walk.take(citation, *node);
  TRY(walk.run(scope_of(citation), {citation.unit()}, version.from));
  return blame;
}

} // namespace regtrail::query
