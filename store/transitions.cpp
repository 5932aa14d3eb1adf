// Comparisons of neighbouring dates: writing them, and their causes.
#include "store/impl_internal.hpp"
#include "store/json_columns_internal.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace regtrail::store {

namespace {

void put_status(Database& db, std::int64_t transition, const std::vector<StatusEvent>& status) {
  int position = 0;
  for (const StatusEvent& event : status) {
    db.run("INSERT INTO status_events (transition, position, at, extent, event, date, until) "
           "VALUES (?, ?, ?, ?, ?, ?, ?)",
           transition,
           ++position,
           event.at,
           event.extent,
           to_string(event.event),
           event.date,
           event.until);
  }
}

void put_notes(Database& db, std::int64_t transition, const DiffResult& diff) {
  int position = 0;
  for (const NoteChange& note : diff.notes) {
    db.run("INSERT INTO note_changes (transition, position, at, field, before, after) "
           "VALUES (?, ?, ?, ?, ?, ?)",
           transition,
           ++position,
           note.at,
           to_string(note.field),
           note.before,
           note.after);
  }
  put_status(db, transition, diff.status);
  position = 0;
  for (const NotUnderstood& problem : diff.not_understood) {
    db.run("INSERT INTO comparison_problems (transition, position, at, what, words) "
           "VALUES (?, ?, ?, ?, ?)",
           transition,
           ++position,
           problem.at,
           problem.what,
           problem.text);
  }
}

std::int64_t put_change(Database& db,
                        std::int64_t transition,
                        int position,
                        const Change& change,
                        Date after_date,
                        Timestamp when) {
  std::optional<std::string> was_unit;
  std::optional<std::string> was;
  if (change.was) {
    was_unit = change.was->unit().to_string();
    was = change.was->to_string();
  }
  db.run(
      "INSERT INTO changes (transition, position, change, after_date, kind, node_kind, unit, at, "
      "was_unit, was, before, after, words, typed, replacement, divided_into, "
      "known_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      transition,
      position,
      change.id,
      after_date,
      to_string(change.kind),
      to_string(change.node_kind),
      change.at.unit(),
      change.at,
      was_unit,
      was,
      change.before,
      change.after,
      to_json(change.words),
      to_json(change.typed),
      change.group,
      to_json(change.divided_into),
      when);
  return db.last_row();
}

std::vector<std::int64_t> change_rows(Database& db, std::int64_t transition) {
  std::vector<std::int64_t> rows;
  Query query =
      db.query("SELECT id FROM changes WHERE transition = ? ORDER BY position", transition);
  while (query.next()) {
    rows.push_back(query.integer(0));
  }
  return rows;
}

} // namespace

/// What was known for less than a day is not kept.
void Archive::Impl::end_transition(std::int64_t id, Timestamp when) {
  db.run(
      "DELETE FROM transitions WHERE id = ? AND substr(known_from, 1, 10) >= ?", id, date_of(when));
  db.run("UPDATE transitions SET known_until = ? WHERE id = ?", when, id);
  db.run("UPDATE changes SET known_until = ? WHERE transition = ?", when, id);
}

std::optional<std::int64_t>
Archive::Impl::transition_id(int title, const std::string& part, Date before, Date after) {
  Query query = db.query("SELECT id FROM transitions WHERE title = ? AND part = ? AND "
                         "before_date = ? AND after_date = ? AND known_until IS NULL",
                         title,
                         part,
                         before,
                         after);
  return query.next() ? std::optional(query.integer(0)) : std::nullopt;
}

Result<void> Archive::put_transition(const Transition& transition, Timestamp when) {
  if (!transition.hits.empty() && transition.hits.size() != transition.diff.changes.size()) {
    throw std::logic_error("a transition needs hits for each of its changes, or none");
  }
  Impl& impl = *m_impl;
  return impl.write("store changes in", [&] {
    Database& db = impl.db;
    std::vector<std::int64_t> overlapping;
    {
      Query query = db.query("SELECT id FROM transitions WHERE title = ? AND part = ? AND "
                             "before_date < ? AND after_date > ? AND known_until IS NULL",
                             transition.title,
                             transition.part,
                             transition.after,
                             transition.before);
      while (query.next()) {
        overlapping.push_back(query.integer(0));
      }
    }
    for (const std::int64_t id : overlapping) {
      impl.end_transition(id, when);
    }
    const DiffResult& diff = transition.diff;
    db.run("INSERT INTO transitions (title, part, before_date, after_date, before_sha256, "
           "after_sha256, known_from) VALUES (?, ?, ?, ?, ?, ?, ?)",
           transition.title,
           transition.part,
           transition.before,
           transition.after,
           diff.before.sha256,
           diff.after.sha256,
           when);
    const std::int64_t id = db.last_row();
    put_notes(db, id, diff);
    for (std::size_t i = 0; i < diff.changes.size(); ++i) {
      const std::int64_t row =
          put_change(db, id, static_cast<int>(i) + 1, diff.changes[i], transition.after, when);
      impl.put_causes(row, diff.changes[i].causes);
      if (!transition.hits.empty()) {
        impl.put_hits(HitsOf::change, row, transition.hits[i]);
      }
    }
  });
}

void Archive::Impl::put_causes(std::int64_t change, const std::vector<Cause>& causes) {
  int position = 0;
  for (const Cause& cause : causes) {
    db.run("INSERT INTO causes (change, position, document, citation, confidence, evidence, "
           "instruction) VALUES (?, ?, ?, ?, ?, ?, ?)",
           change,
           position++,
           cause.document,
           cause.citation,
           cause.confidence,
           to_json(cause.evidence),
           cause.instruction);
  }
}

Result<bool> Archive::has_transition(int title, const std::string& part, Date before, Date after) {
  Impl& impl = *m_impl;
  return impl.read("read",
                   [&] { return impl.transition_id(title, part, before, after).has_value(); });
}

Result<std::vector<Transition>> Archive::transition_dates() {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    std::vector<Transition> all;
    Query query = impl.db.query("SELECT title, part, before_date, after_date FROM transitions "
                                "WHERE known_until IS NULL ORDER BY title, part, after_date");
    while (query.next()) {
      all.push_back({query.small(0), query.text(1), query.date(2), query.date(3), {}, {}});
    }
    return all;
  });
}

Result<Transition>
Archive::transition(int title, const std::string& part, Date before, Date after) {
  Impl& impl = *m_impl;
  return impl.read("read changes from", [&] {
    const auto id = impl.transition_id(title, part, before, after);
    if (!id) {
      refuse(ErrorKind::not_found,
             fmt::format("the archive has no changes of {} CFR Part {} from {} to {}",
                         title,
                         part,
                         before.to_string(),
                         after.to_string()));
    }
    Transition found{title, part, before, after, {}, {}};
    const std::string unit = fmt::format("{} CFR Part {}", title, part);
    found.diff.before = {unit, before, {}};
    found.diff.after = {unit, after, {}};
    {
      Query query =
          impl.db.query("SELECT before_sha256, after_sha256 FROM transitions WHERE id = ?", *id);
      query.next();
      found.diff.before.sha256 = query.sha(0);
      found.diff.after.sha256 = query.sha(1);
    }
    for (auto& [change, hits] : impl.changes_of(*id)) {
      found.diff.changes.push_back(std::move(change));
      found.hits.push_back(std::move(hits));
    }
    {
      Query query = impl.db.query("SELECT at, field, before, after FROM note_changes WHERE "
                                  "transition = ? ORDER BY position",
                                  *id);
      while (query.next()) {
        found.diff.notes.push_back(
            {query.citation(0), query.word<NoteField>(1), query.text(2), query.text(3)});
      }
    }
    {
      Query query = impl.db.query("SELECT at, event, date, until, extent FROM status_events WHERE "
                                  "transition = ? ORDER BY position",
                                  *id);
      while (query.next()) {
        found.diff.status.push_back({query.citation(0),
                                     query.word<StatusEventKind>(1),
                                     query.maybe_date(2),
                                     query.maybe_date(3),
                                     query.text(4)});
      }
    }
    Query query = impl.db.query("SELECT at, what, words FROM comparison_problems WHERE "
                                "transition = ? ORDER BY position",
                                *id);
    while (query.next()) {
      found.diff.not_understood.push_back({query.citation(0), query.text(1), query.text(2)});
    }
    return found;
  });
}

Result<void> Archive::replace_status(int title,
                                     const std::string& part,
                                     Date before,
                                     Date after,
                                     const std::vector<StatusEvent>& status) {
  Impl& impl = *m_impl;
  return impl.write("store status events in", [&] {
    const std::int64_t id = impl.transition_id(title, part, before, after).value();
    impl.db.run("DELETE FROM status_events WHERE transition = ?", id);
    put_status(impl.db, id, status);
  });
}

Result<int> Archive::replace_causes(int title,
                                    const std::string& part,
                                    Date before,
                                    Date after,
                                    const std::vector<std::vector<Cause>>& causes) {
  TRY_ASSIGN(const Transition stored, transition(title, part, before, after));
  if (stored.diff.changes.size() != causes.size()) {
    throw std::logic_error("causes are given for other changes than are stored");
  }
  Impl& impl = *m_impl;
  return impl.write("store causes in", [&] {
    const std::vector<std::int64_t> rows =
        change_rows(impl.db, impl.transition_id(title, part, before, after).value());
    int written = 0;
    for (std::size_t i = 0; i < causes.size(); ++i) {
      if (stored.diff.changes[i].causes == causes[i]) {
        continue;
      }
      impl.db.run("DELETE FROM causes WHERE change = ?", rows.at(i));
      impl.put_causes(rows.at(i), causes[i]);
      ++written;
    }
    return written;
  });
}

} // namespace regtrail::store
