// Transitions, their changes, and the hits on them.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace regtrail::store {

namespace {

/// Bounds that are always there keep the index on dates usable.
constexpr std::string_view in_range =
    "WHERE t.after_date BETWEEN ifnull(?1, -10000000) AND ifnull(?2, 10000000) "
    "AND (?3 IS NULL OR t.part = ?3) AND t.changes > 0 AND (NOT ?4 OR t.hits > 0) "
    "ORDER BY t.after_date DESC, t.id";

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

} // namespace

/// Says of changes where they happened and what the units' bytes were.
class Archive::Impl::ChangeReader {
public:
  explicit ChangeReader(Impl& impl) : m_impl(impl) {}

  StoredChange read(const TransitionRow& row, Change change) {
    StoredChange stored;
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
    const Citation after_unit = change.at.unit();
    stored.before_unit_sha = sha_of(m_before, change.was ? change.was->unit() : after_unit);
    stored.after_unit_sha = sha_of(m_after, after_unit);
    stored.change = std::move(change);
    return stored;
  }

private:
  std::string sha_of(const std::optional<std::vector<UnitContent>>& list, const Citation& named) {
    const auto unit = list ? unit_id(named) : std::nullopt;
    if (!unit) {
      return "";
    }
    const auto found = std::find_if(
        list->begin(), list->end(), [&](const UnitContent& each) { return each.unit == *unit; });
    if (found == list->end()) {
      return "";
    }
    const auto [entry, is_new] = m_shas.try_emplace(found->content);
    if (is_new) {
      entry->second = to_hex(m_impl.content(found->content).raw);
    }
    return entry->second;
  }

  std::optional<std::int64_t> unit_id(const Citation& unit) {
    const auto [entry, is_new] = m_units.try_emplace(unit);
    if (is_new) {
      entry->second = m_impl.known_unit(unit);
    }
    return entry->second;
  }

  Impl& m_impl;
  std::map<Citation, std::optional<std::int64_t>> m_units;
  std::map<std::int64_t, std::string> m_shas; ///< by content
  PartDate m_before_date;
  PartDate m_after_date;
  std::optional<std::vector<UnitContent>> m_before;
  std::optional<std::vector<UnitContent>> m_after;
};

std::vector<StoredChange> Archive::Impl::changes(const ChangeQuery& query) {
  static const std::string newest_first = fmt::format("{}{}", TransitionTable::columns, in_range);
  std::optional<std::string> part;
  std::optional<std::int64_t> unit;
  if (query.within && !query.within->part_number().empty()) {
    part = query.within->part_number();
  }
  if (query.within && query.within->kind() != CitationKind::part) {
    unit = known_unit(query.within->unit());
    if (!unit) {
      return {};
    }
  }

  std::vector<StoredChange> found;
  ChangeReader reader(*this);
  const auto limit = static_cast<std::size_t>(std::max(query.limit, 0));
  const bool hits_only = only_with_hits(query);
  const auto collect = [&](const TransitionRow& row, PackedTransition content) {
    for (std::size_t i = 0; i < content.diff.changes.size(); ++i) {
      Change& change = content.diff.changes[i];
      if ((change.kind == ChangeKind::cosmetic && !query.include_cosmetic) ||
          !lies_within(change, query.within)) {
        continue;
      }
      std::vector<Hit>& hits = content.hits[i];
      hits.erase(std::remove_if(
                     hits.begin(), hits.end(), [&](const Hit& hit) { return !wanted(hit, query); }),
                 hits.end());
      if (hits.empty() && hits_only) {
        continue;
      }
      found.push_back(reader.read(row, std::move(change)));
      found.back().hits = std::move(hits);
    }
  };
  Query select = db.query(newest_first, query.since, query.until, part, hits_only ? 1 : 0);
  while (select.next()) {
    if (unit && !TransitionTable::names_unit(select, *unit)) {
      continue;
    }
    const TransitionRow row = TransitionTable::row(select);
    // A date is read to its end, as its legal order is not SQL's.
    if (limit > 0 && found.size() >= limit && row.after.issue_date != found.back().after_date) {
      break;
    }
    collect(row, transition_table.content(select));
  }

  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    if (left.after_date != right.after_date) {
      return left.after_date > right.after_date;
    }
    return left.change.at < right.change.at;
  });
  if (limit > 0 && found.size() > limit) {
    found.resize(limit);
  }
  return found;
}

Result<std::vector<StoredChange>> Archive::changes(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] { return impl.changes(query); });
}

Result<void> Archive::put_transition(const Transition& transition) {
  if (!transition.hits.empty() && transition.hits.size() != transition.diff.changes.size()) {
    throw std::logic_error("a transition needs hits for each of its changes, or none");
  }
  Impl& impl = *m_impl;
  return impl.write("store changes in", [&] {
    Database& db = impl.db;
    db.run("DELETE FROM transitions WHERE title = ? AND part = ? AND before_date < ? AND "
           "after_date > ?",
           transition.title,
           transition.part,
           transition.after,
           transition.before);
    std::vector<std::int64_t> units;
    for (const Change& change : transition.diff.changes) {
      units.push_back(impl.unit_id(change.at.unit(), transition.title, transition.part));
      if (change.was) {
        units.push_back(impl.unit_id(change.was->unit(), transition.title, transition.part));
      }
    }
    PackedTransition content{transition.diff, transition.hits};
    content.hits.resize(transition.diff.changes.size());
    impl.transition_table.insert({transition.title, transition.part, transition.before},
                                 transition.after,
                                 std::move(units),
                                 content);
  });
}

Result<void>
Archive::replace_hits(const std::function<std::vector<Hit>(const StoredChange&)>& match) {
  static const std::string one = fmt::format("{}WHERE t.id = ?", TransitionTable::columns);
  Impl& impl = *m_impl;
  return impl.write("store hits in", [&] {
    std::vector<std::int64_t> ids;
    {
      Query query = impl.db.query("SELECT id FROM transitions WHERE changes > 0 ORDER BY id");
      while (query.next()) {
        ids.push_back(query.integer(0));
      }
    }
    Impl::ChangeReader reader(impl);
    for (const std::int64_t id : ids) {
      TransitionRow row;
      PackedTransition content;
      {
        Query query = impl.db.query(one, id);
        query.next();
        row = TransitionTable::row(query);
        content = impl.transition_table.content(query);
      }
      const std::vector<std::vector<Hit>> before = content.hits;
      for (std::size_t i = 0; i < content.hits.size(); ++i) {
        content.hits[i] = match(reader.read(row, content.diff.changes[i]));
      }
      if (content.hits != before) {
        impl.transition_table.rewrite(id, content);
      }
    }
  });
}

Result<std::vector<StoredChange>> Archive::status_events(const ChangeQuery& query) {
  Impl& impl = *m_impl;
  return impl.read("read status events from", [&] {
    static const std::string select =
        fmt::format("{}WHERE t.after_date BETWEEN ifnull(?1, -10000000) AND ifnull(?2, 10000000) "
                    "ORDER BY t.after_date DESC, t.title, t.part",
                    TransitionTable::columns);
    std::vector<StoredChange> events;
    Query rows = impl.db.query(select, query.since, query.until);
    while (rows.next()) {
      const TransitionRow row = TransitionTable::row(rows);
      PackedTransition content = impl.transition_table.content(rows);
      for (StatusEvent& event : content.diff.status) {
        StoredChange stored;
        stored.title = row.before.title;
        stored.part = row.before.part;
        stored.before_date = row.before.issue_date;
        stored.after_date = row.after.issue_date;
        stored.change.at = event.at;
        stored.change.id = to_hex(hash128(fmt::format("status\n{}\n{}\n{}\n{}",
                                                      event.at.to_string(),
                                                      to_string(event.event),
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

Transition Archive::Impl::transition(const Query& row) {
  const TransitionRow dates = TransitionTable::row(row);
  PackedTransition content = transition_table.content(row);
  return {dates.before.title,
          dates.before.part,
          dates.before.issue_date,
          dates.after.issue_date,
          std::move(content.diff),
          std::move(content.hits)};
}

std::vector<Transition> Archive::Impl::transitions(int title, const std::string& part) {
  static const std::string of_part = fmt::format(
      "{}WHERE t.title = ? AND t.part = ? ORDER BY t.after_date", TransitionTable::columns);
  std::vector<Transition> all;
  Query query = db.query(of_part, title, part);
  while (query.next()) {
    all.push_back(transition(query));
  }
  return all;
}

Result<std::vector<Transition>> Archive::transitions(int title, const std::string& part) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] { return impl.transitions(title, part); });
}

} // namespace regtrail::store
