#include "notify/render/json.hpp"

#include "notify/render/json_internal.hpp"

#include <utility>

namespace regtrail::render {

Json to_json(const std::optional<Date>& date) {
  return date ? Json(date->to_string()) : Json(nullptr);
}

Json to_json(const Sha256& digest) {
  return digest == Sha256{} ? Json(nullptr) : Json(to_hex(digest));
}

Json to_json(const Cause& cause) {
  Json out;
  out["document"] = cause.document.empty() ? Json(nullptr) : Json(cause.document);
  out["citation"] = cause.citation.empty() ? Json(nullptr) : Json(cause.citation);
  out["confidence"] = cause.confidence;
  out["evidence"] = cause.evidence;
  out["instruction"] = cause.instruction.empty() ? Json(nullptr) : Json(cause.instruction);
  return out;
}

Json newest_cause(const std::vector<Cause>& causes) {
  return causes.empty() ? Json(nullptr) : to_json(causes.front());
}

namespace {

using render::to_json;

Json to_json(const TypedChange& typed) {
  Json out;
  out["type"] = typed.type;
  out["subject"] = typed.subject;
  out["before"] = typed.before;
  out["after"] = typed.after;
  out["direction"] = to_string(typed.direction);
  out["rule"] = typed.rule.empty() ? Json(nullptr) : Json(typed.rule);
  return out;
}

Json to_json(const std::vector<WordRun>& words) {
  Json out = Json::array();
  for (const WordRun& run : words) {
    out.push_back(Json::array({std::string(1, static_cast<char>(run.op)), run.text}));
  }
  return out;
}

/// Empty unless a comparison over several versions found more than one: `cause` says the newest.
Json several_causes(const std::vector<Cause>& causes) {
  Json out = Json::array();
  if (causes.size() > 1) {
    for (const Cause& cause : causes) {
      out.push_back(to_json(cause));
    }
  }
  return out;
}

Json to_json(const NoteChange& note) {
  Json out;
  out["at"] = note.at.to_string();
  out["field"] = to_string(note.field);
  out["before"] = note.before.empty() ? Json(nullptr) : Json(note.before);
  out["after"] = note.after.empty() ? Json(nullptr) : Json(note.after);
  return out;
}

Json to_json(const StatusEvent& event) {
  Json out;
  out["at"] = event.at.to_string();
  out["event"] = event.event;
  out["date"] = to_json(event.date);
  out["until"] = to_json(event.until);
  return out;
}

Json to_json(const NotUnderstood& problem) {
  Json out;
  out["at"] = problem.at.to_string();
  out["what"] = problem.what;
  out["text"] = problem.text;
  return out;
}

Json to_json(const HistoryEntry& entry) {
  Json kinds = Json::object();
  for (const auto& [kind, count] : entry.kinds) {
    kinds[kind] = count;
  }
  Json out;
  out["from"] = entry.from.to_string();
  out["until"] = to_json(entry.until);
  out["first_seen"] = to_string(entry.first_seen);
  out["sha256"] = to_json(entry.raw);
  out["kinds"] = std::move(kinds);
  out["status"] = to_string(entry.status);
  out["cause"] = newest_cause(entry.causes);
  out["was"] = entry.was ? Json(entry.was->to_string()) : Json(nullptr);
  out["baseline"] = entry.baseline;
  out["reverted_to"] = to_json(entry.reverted_to);
  return out;
}

Json to_json(const Reason& reason) {
  Json out;
  out["signal"] = reason.signal;
  out["words"] = reason.words;
  out["at"] = reason.at;
  out["weight"] = reason.weight;
  return out;
}

Json to_json(const SourceStatus& source) {
  const auto instant = [](const std::optional<Timestamp>& when) {
    return when ? Json(to_string(*when)) : Json(nullptr);
  };
  Json out;
  out["source"] = source.source;
  out["health"] = to_string(source.health);
  out["newest_issue_date"] = to_json(source.newest_issue_date);
  out["last_success"] = instant(source.last_success);
  out["valid_through"] = to_json(source.valid_through);
  out["last_attempt"] = instant(source.last_attempt);
  out["message"] = source.message.empty() ? Json(nullptr) : Json(source.message);
  return out;
}

Json to_json(const PendingAmendment& pending) {
  const auto text = [](const std::string& value) {
    return value.empty() ? Json(nullptr) : Json(value);
  };
  Json targets = Json::array();
  for (const Citation& target : pending.targets) {
    targets.push_back(target.to_string());
  }
  Json out;
  out["document"] = pending.document;
  out["citation"] = text(pending.citation);
  out["title"] = pending.title;
  out["published"] = to_json(pending.published);
  out["effective"] = to_json(pending.effective);
  out["indefinite"] = pending.indefinite;
  out["on_inspection"] = pending.on_inspection;
  out["instruction"] = text(pending.instruction);
  out["text"] = text(pending.text);
  out["targets"] = std::move(targets);
  return out;
}

template<typename T>
Json list(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) {
    out.push_back(to_json(value));
  }
  return out;
}

} // namespace

Json to_json(const SideInfo& side) {
  Json out;
  out["unit"] = side.unit;
  out["date"] = to_json(side.date);
  out["sha256"] = to_json(side.sha256);
  return out;
}

Json to_json(const Change& change) {
  Json out;
  out["id"] = change.id;
  out["kind"] = to_string(change.kind);
  out["at"] = change.at.to_string();
  out["was"] = change.was ? Json(change.was->to_string()) : Json(nullptr);
  out["before"] = change.kind == ChangeKind::added ? Json(nullptr) : Json(change.before);
  out["after"] = change.kind == ChangeKind::removed ? Json(nullptr) : Json(change.after);
  out["words"] = to_json(change.words);
  out["typed"] = list(change.typed);
  out["cause"] = newest_cause(change.causes);
  out["causes"] = several_causes(change.causes);
  out["group"] = change.group.empty() ? Json(nullptr) : Json(change.group);
  return out;
}

std::string print(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string diff_json(const DiffResult& diff) {
  Json out;
  out["schema"] = 1;
  out["before"] = to_json(diff.before);
  out["after"] = to_json(diff.after);
  out["changes"] = list(diff.changes);
  out["notes"] = list(diff.notes);
  out["status"] = list(diff.status);
  out["not_understood"] = list(diff.not_understood);
  return print(out);
}

std::string history_json(const History& history) {
  Json pending = list(history.pending);
  for (const HistoryEntry& entry : history.versions) {
    if (entry.status == VersionStatus::pending) {
      Json line;
      line["from"] = entry.from.to_string();
      line["cause"] = newest_cause(entry.causes);
      pending.push_back(std::move(line));
    }
  }
  Json out;
  out["schema"] = 1;
  out["citation"] = history.citation.to_string();
  out["versions"] = list(history.versions);
  out["pending"] = std::move(pending);
  return print(out);
}

std::string blame_json(const Blame& blame) {
  Json nodes = Json::array();
  for (const BlameLine& line : blame.lines) {
    Json node;
    node["at"] = line.at.to_string();
    node["text"] = line.text;
    node["since"] = line.since.to_string();
    node["cause"] = line.cause ? to_json(*line.cause) : Json(nullptr);
    node["was"] = line.was ? Json(line.was->to_string()) : Json(nullptr);
    node["baseline"] = line.baseline;
    nodes.push_back(std::move(node));
  }
  Json out;
  out["schema"] = 1;
  out["citation"] = blame.citation.to_string();
  out["on"] = blame.on.to_string();
  out["nodes"] = std::move(nodes);
  return print(out);
}

std::string changes_json(const std::vector<FeedItem>& items) {
  Json out = Json::array();
  for (const FeedItem& item : items) {
    const std::vector<Cause>& causes = item.change.causes;
    const bool known = !causes.empty() && !causes.front().document.empty();
    Json line;
    line["id"] = item.hit.id;
    line["category"] = item.hit.category;
    line["score"] = item.hit.score;
    line["severity"] = item.hit.severity;
    line["reasons"] = list(item.hit.reasons);
    line["change"] = to_json(item.change);
    if (item.status) {
      // Readers find the place where they look for it, and no kind of change.
      for (const char* absent : {"kind", "before", "after"}) {
        line["change"][absent] = nullptr;
      }
    }
    line["before"] = to_json(item.before);
    line["after"] = to_json(item.after);
    line["document"] = known ? Json(causes.front().document) : Json(nullptr);
    line["near"] = item.hit.near;
    line["status"] = item.status ? to_json(*item.status) : Json(nullptr);
    out.push_back(std::move(line));
  }
  return print(out);
}

std::string pending_json(const Citation& citation, const std::vector<PendingAmendment>& pending) {
  Json out;
  out["schema"] = 1;
  out["citation"] = citation.to_string();
  out["pending"] = list(pending);
  return print(out);
}

std::string status_json(const ArchiveStatus& status) {
  Json outbox;
  outbox["queued"] = status.outbox_queued;
  outbox["sent"] = status.outbox_sent;
  outbox["failed"] = status.outbox_failed;
  Json out;
  out["schema"] = 1;
  out["sources"] = list(status.sources);
  out["quarantined"] = status.quarantined.size();
  out["not_understood"] = status.not_understood.size();
  out["outbox"] = std::move(outbox);
  out["units"] = status.units;
  out["versions"] = status.versions;
  out["changes"] = status.changes;
  out["hits"] = status.hits;
  out["pending_dates"] = status.pending_dates;
  out["documents"] = status.documents;
  out["instructions_not_understood"] = status.instructions_not_understood;
  out["pending"] = list(status.pending);
  return print(out);
}

} // namespace regtrail::render
