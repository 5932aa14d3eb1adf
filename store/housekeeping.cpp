// Dropping, exporting and checking what is derived.
#include "store/impl_internal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store {

namespace {

/// One field of an exported line: no tabs, no line breaks.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '\\')
      out += "\\\\";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else
      out.push_back(c);
  }
  return out;
}

/// "word<TAB>field<TAB>field...\n"
template<typename... Fields>
void line(std::string& out, std::string_view word, const Fields&... fields) {
  out += word;
  ((out += '\t', out += escaped(fmt::format("{}", fields))), ...);
  out += '\n';
}

std::string text_of(std::optional<Date> date) {
  return date ? date->to_string() : "-";
}

void export_notes(std::string& out, const DiffResult& diff) {
  for (const NoteChange& note : diff.notes)
    line(out, "note", note.at.to_string(), to_string(note.field), note.before, note.after);
  for (const StatusEvent& event : diff.status)
    line(out,
         "status",
         event.at.to_string(),
         event.event,
         text_of(event.date),
         text_of(event.until));
  for (const NotUnderstood& problem : diff.not_understood)
    line(out, "not_understood", problem.at.to_string(), problem.what, problem.text);
}

void export_change(std::string& out, const Change& change) {
  line(out,
       "change",
       change.id,
       to_string(change.kind),
       to_string(change.node_kind),
       change.at.to_string(),
       change.was ? change.was->to_string() : "-",
       change.before,
       change.after,
       change.group);
  for (const WordRun& run : change.words)
    line(out, "word", static_cast<char>(run.op), run.text);
  for (const TypedChange& typed : change.typed)
    line(out,
         "typed",
         typed.type,
         typed.subject,
         typed.before,
         typed.after,
         to_string(typed.direction),
         typed.rule);
  for (const Cause& cause : change.causes)
    line(out,
         "cause",
         cause.document,
         cause.citation,
         cause.confidence,
         fmt::format("{}", fmt::join(cause.evidence, ",")));
}

void export_hit(std::string& out, const Hit& hit) {
  line(out, "hit", hit.id, hit.category, hit.score, hit.severity, hit.near ? "near" : "flagged");
  for (const Reason& reason : hit.reasons)
    line(out, "reason", reason.signal, reason.words, reason.at, reason.weight);
}

void export_side(std::string& out, std::string_view word, const SideInfo& side) {
  line(out, word, side.unit, text_of(side.date), to_hex(side.sha256));
}

/// Depth, hashes' input and what stands outside them; a line a node.
void export_tree(std::string& out, const Node& node, int depth) {
  line(out,
       "node",
       depth,
       to_string(node.kind),
       node.designator,
       node.label,
       node.ordinal,
       node.text);
  for (const Node& child : node.children)
    export_tree(out, child, depth + 1);
}

struct PartKey {
  int title = 0;
  std::string part;
};

std::vector<PartKey> derived_parts(Database& db) {
  std::vector<PartKey> parts;
  Query query = db.query("SELECT title, part FROM snapshots UNION SELECT title, part FROM "
                         "transitions ORDER BY title, part");
  while (query.next())
    parts.push_back({query.small(0), query.text(1)});
  return parts;
}

} // namespace

Result<void> Archive::drop_derived() {
  Impl& impl = *m_impl;
  return impl.write("drop derived tables of", [&] {
    // Children first; nodes refer to one another, which is checked when all are gone.
    impl.db.exec("PRAGMA defer_foreign_keys = ON");
    for (const char* sql : {"DELETE FROM hits",
                            "DELETE FROM changes",
                            "DELETE FROM transitions",
                            "DELETE FROM versions",
                            "DELETE FROM snapshots",
                            "DELETE FROM contents",
                            "DELETE FROM nodes",
                            "DELETE FROM units",
                            "DELETE FROM settings WHERE key = 'archive.normaliser'"})
      impl.db.exec(sql);
    impl.forget();
  });
}

void Archive::Impl::export_snapshots(std::string& out, int title, const std::string& part) {
  Query query = db.query("SELECT issue_date, seen FROM snapshots WHERE title = ? AND part = ? "
                         "ORDER BY issue_date",
                         title,
                         part);
  while (query.next()) {
    const Date date = query.date(0);
    line(out, "snapshot", title, part, date.to_string(), to_string(query.instant(1)));
    const std::vector<UnitContent> units = snapshot({title, part, date}).value();
    for (const UnitContent& each : units) {
      const ContentRow row = content(each.content);
      line(out, "unit", unit_citation(each.unit).to_string(), to_hex(row.digest), to_hex(row.raw));
    }
  }
}

void Archive::Impl::export_versions(std::string& out) {
  for (const Citation& unit : units(""))
    for (const UnitVersion& version : versions(unit)) {
      line(out,
           "version",
           unit.to_string(),
           version.from.to_string(),
           text_of(version.until),
           to_string(version.first_seen),
           to_hex(version.raw),
           to_hex(version.published),
           to_hex(version.normalised),
           version.baseline ? "baseline" : "amendment");
      const Unit loaded = load(content_of(version));
      for (const UnitNote& note : loaded.notes)
        line(out, "unit_note", to_string(note.field), note.text);
      for (const NotUnderstood& problem : loaded.not_understood)
        line(out, "unit_problem", problem.at.to_string(), problem.what, problem.text);
      export_tree(out, loaded.root, 0);
    }
}

void Archive::Impl::export_transitions(std::string& out, int title, const std::string& part) {
  for (const Transition& each : transitions(title, part)) {
    line(out, "transition", each.title, each.part, each.before.to_string(), each.after.to_string());
    export_side(out, "before", each.diff.before);
    export_side(out, "after", each.diff.after);
    export_notes(out, each.diff);
    for (std::size_t i = 0; i < each.diff.changes.size(); ++i) {
      export_change(out, each.diff.changes[i]);
      for (const Hit& hit : each.hits[i])
        export_hit(out, hit);
    }
  }
}

Result<std::string> Archive::export_derived() {
  Impl& impl = *m_impl;
  return impl.read("export", [&] {
    std::string out;
    for (const PartKey& key : derived_parts(impl.db)) {
      impl.export_snapshots(out, key.title, key.part);
      impl.export_transitions(out, key.title, key.part);
    }
    impl.export_versions(out);
    return out;
  });
}

// --- verify ----------------------------------------------------------------------------------

namespace {

/// Runs one check; whatever it stumbles over is a problem and not the end of the others.
template<typename Check>
void note_problems(std::vector<std::string>& problems, const std::string& subject, Check check) {
  try {
    check();
  } catch (const Damage& damage) {
    problems.push_back(fmt::format("{}: {}", subject, damage.what()));
  } catch (const Trouble& trouble) {
    problems.push_back(fmt::format("{}: {}", subject, trouble.error().message));
  } catch (const SQLite::Exception& exception) {
    problems.push_back(fmt::format("{}: {}", subject, exception.what()));
  }
}

std::vector<std::int64_t> ids(Database& db, std::string_view sql) {
  std::vector<std::int64_t> all;
  Query query = db.query(sql);
  while (query.next())
    all.push_back(query.integer(0));
  return all;
}

} // namespace

void Archive::Impl::verify_file(std::vector<std::string>& problems) {
  note_problems(problems, "database", [&] {
    Query query = db.query("PRAGMA integrity_check");
    while (query.next())
      if (query.text(0) != "ok")
        problems.push_back("database: " + query.text(0));
  });
  note_problems(problems, "database", [&] {
    Query query = db.query("PRAGMA foreign_key_check");
    while (query.next())
      problems.push_back(fmt::format(
          "database: a row of '{}' refers to nothing in '{}'", query.text(0), query.text(2)));
  });
}

void Archive::Impl::verify_raw(std::vector<std::string>& problems) {
  std::vector<std::int64_t> all;
  note_problems(problems, "raw records", [&] { all = ids(db, "SELECT id FROM raw_bodies"); });
  for (const std::int64_t id : all)
    note_problems(problems, fmt::format("raw body {}", id), [&] {
      Sha256 wanted;
      {
        Query query = db.query("SELECT sha256 FROM raw_bodies WHERE id = ?", id);
        query.next();
        wanted = query.sha(0);
      }
      if (sha256(*bodies.get(id)) != wanted)
        throw Damage("other bytes than were received");
    });
}

void Archive::Impl::verify_contents(std::vector<std::string>& problems) {
  std::vector<std::int64_t> all;
  note_problems(problems, "units", [&] { all = ids(db, "SELECT id FROM contents"); });
  for (const std::int64_t id : all)
    note_problems(problems, fmt::format("content {}", id), [&] {
      const ContentRow row = content(id);
      Unit unit = load(row);
      const std::string name = unit.id.to_string();
      if (digest_of(unit) != row.digest)
        throw Damage(fmt::format("another text of '{}' than was stored", name));
      const Hash128 published = unit.root.published;
      rehash(unit.root);
      if (unit.root.published != published)
        throw Damage(fmt::format("a text of '{}' that does not have its hash", name));
    });
}

Result<std::vector<std::string>> Archive::verify() {
  Impl& impl = *m_impl;
  return impl.read("verify", [&] {
    std::vector<std::string> problems;
    impl.verify_file(problems);
    impl.verify_raw(problems);
    impl.verify_contents(problems);
    return problems;
  });
}

} // namespace regtrail::store
