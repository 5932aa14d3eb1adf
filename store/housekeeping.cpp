// Dropping and exporting what is derived.
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
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out.push_back(c);
    }
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
  for (const NoteChange& note : diff.notes) {
    line(out, "note", note.at.to_string(), to_string(note.field), note.before, note.after);
  }
  for (const StatusEvent& event : diff.status) {
    line(out,
         "status",
         event.at.to_string(),
         to_string(event.event),
         text_of(event.date),
         text_of(event.until));
  }
  for (const NotUnderstood& problem : diff.not_understood) {
    line(out, "not_understood", problem.at.to_string(), problem.what, problem.text);
  }
}

std::string words_of(const std::vector<CauseEvidence>& evidence) {
  std::string words;
  for (const CauseEvidence one : evidence) {
    words += words.empty() ? "" : ",";
    words += to_string(one);
  }
  return words;
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
  for (const WordRun& run : change.words) {
    line(out, "word", static_cast<char>(run.op), run.text);
  }
  for (const TypedChange& typed : change.typed) {
    line(out,
         "typed",
         to_string(typed.type),
         typed.subject,
         typed.before,
         typed.after,
         to_string(typed.direction),
         typed.rule);
  }
  for (const Cause& cause : change.causes) {
    line(out,
         "cause",
         cause.document,
         cause.citation,
         cause.confidence,
         words_of(cause.evidence),
         cause.instruction);
  }
}

void export_hit(std::string& out, const Hit& hit) {
  line(out, "hit", hit.id, hit.category, hit.score, hit.severity, hit.near ? "near" : "flagged");
  for (const Reason& reason : hit.reasons) {
    line(out, "reason", to_string(reason.signal), reason.words, reason.at, reason.weight);
  }
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
  for (const Node& child : node.children) {
    export_tree(out, child, depth + 1);
  }
}

struct PartKey {
  int title = 0;
  std::string part;
};

std::vector<PartKey> derived_parts(Database& db) {
  std::vector<PartKey> parts;
  Query query = db.query("SELECT title, part FROM snapshots UNION SELECT title, part FROM "
                         "transitions ORDER BY title, part");
  while (query.next()) {
    parts.push_back({query.small(0), query.text(1)});
  }
  return parts;
}

} // namespace

Result<void> Archive::drop_derived() {
  Impl& impl = *m_impl;
  return impl.write("drop derived tables of", [&] {
    // Children first; nodes refer to one another, which is checked when all are gone.
    impl.db.exec("PRAGMA defer_foreign_keys = ON");
    for (const char* sql : {"DELETE FROM transitions",
                            "DELETE FROM transition_samples",
                            "DELETE FROM versions",
                            "DELETE FROM snapshots",
                            "DELETE FROM contents",
                            "DELETE FROM nodes",
                            "INSERT INTO search_words (search_words) VALUES ('delete-all')",
                            "INSERT INTO search_codes (search_codes) VALUES ('delete-all')",
                            "DELETE FROM search_documents",
                            "DELETE FROM search_units",
                            "DELETE FROM units",
                            "DELETE FROM relations",
                            "DELETE FROM documents",
                            "DELETE FROM settings WHERE key = 'archive.normaliser'"}) {
      impl.db.exec(sql);
    }
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
  for (const Citation& unit : units("")) {
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
      for (const UnitNote& note : loaded.notes) {
        line(out, "unit_note", to_string(note.field), note.text);
      }
      for (const NotUnderstood& problem : loaded.not_understood) {
        line(out, "unit_problem", problem.at.to_string(), problem.what, problem.text);
      }
      export_tree(out, loaded.root, 0);
    }
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
      for (const Hit& hit : each.hits[i]) {
        export_hit(out, hit);
      }
    }
  }
}

namespace {

/// A document's fields by their names; what it orders follows, an instruction a line.
void export_document(std::string& out, const Document& document) {
  const auto dates = [](const std::vector<Date>& all) {
    std::string text;
    for (const Date date : all) {
      text += date.to_string() + " ";
    }
    return text;
  };
  line(out,
       "document",
       document.number,
       to_string(document.type),
       document.subtype,
       fr_citation_of(document),
       document.end_page,
       document.executive_order,
       document.on_inspection ? "filed" : "published",
       document.has_text ? "read" : "described");
  line(out, "title", document.title, document.action, document.abstract);
  line(out,
       "dates",
       text_of(document.published),
       text_of(document.filed),
       text_of(document.signed_on),
       dates(document.effective),
       dates(document.compliance),
       text_of(document.comments_close),
       document.dates_text);
  for (const DatedClause& clause : document.clauses) {
    line(out,
         "clause",
         static_cast<int>(clause.kind),
         clause.date.to_string(),
         clause.instruction,
         clause.words);
  }
  line(out,
       "names",
       fmt::format("{}", fmt::join(document.agencies, "; ")),
       fmt::format("{}", fmt::join(document.rins, "; ")),
       fmt::format("{}", fmt::join(document.dockets, "; ")),
       document.text_url,
       document.order_notes);
  for (const CfrPart& part : document.cfr) {
    line(out, "cfr", part.title, part.part);
  }
  for (const Deadline& deadline : document.deadlines) {
    line(out, "deadline", deadline.days, deadline.date.to_string(), deadline.text);
  }
  for (const std::string& note : document.editorial_notes) {
    line(out, "editorial_note", note);
  }
  for (const std::string& problem : document.not_understood) {
    line(out, "document_problem", problem);
  }
  line(out, "body", document.body);
}

void export_instruction(std::string& out, const Instruction& instruction) {
  line(out,
       "instruction",
       instruction.ordinal,
       instruction.page,
       instruction.title,
       instruction.part,
       instruction.understood ? "understood" : instruction.reason,
       text_of(instruction.effective),
       text_of(instruction.until),
       instruction.indefinite ? "indefinite" : "",
       instruction.text);
  for (const Operation& operation : instruction.operations) {
    line(out,
         "operation",
         to_string(operation.verb),
         operation.old_words,
         operation.new_words,
         operation.note);
    for (const Target& target : operation.targets) {
      line(out, "target", target.at.to_string(), static_cast<int>(target.extent));
    }
    for (const Citation& place : operation.to) {
      line(out, "to", place.to_string());
    }
  }
  for (const SetOutText& text : instruction.set_out) {
    line(out, "set_out", text.unit.to_string());
    export_tree(out, text.root, 0);
  }
}

} // namespace

void Archive::Impl::export_documents(std::string& out) {
  DocumentQuery all;
  all.content = DocumentContent::whole;
  for (const StoredDocument& stored : documents(all)) {
    export_document(out, stored.document);
    for (const Instruction& instruction : stored.document.instructions) {
      export_instruction(out, instruction);
    }
    for (const Relation& relation : relations_of(stored.document.number)) {
      line(out,
           "relation",
           to_string(relation.kind),
           relation.target.to_string(),
           relation.in_part ? "in part" : "",
           relation.source,
           relation.words);
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
    impl.export_documents(out);
    return out;
  });
}

} // namespace regtrail::store
