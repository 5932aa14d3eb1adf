#include "notify/render/json.hpp"

#include "notify/render/json_internal.hpp"

#include <utility>

namespace regtrail::render {

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json to_json(const Sha256& digest) {
  return digest == Sha256{} ? Json(nullptr) : Json(to_hex(digest));
}

Json to_json(const Cause& cause) {
  return {{"document", text_or_null(cause.document)},
          {"citation", text_or_null(cause.citation)},
          {"confidence", cause.confidence},
          {"evidence",
           list(cause.evidence, [](CauseEvidence evidence) { return to_string(evidence); })},
          {"instruction", text_or_null(cause.instruction)}};
}

Json to_json(const Reason& reason) {
  Json json = {{"signal", to_string(reason.signal)},
               {"words", reason.words},
               {"at", reason.at},
               {"weight", reason.weight}};
  if (!reason.own.empty()) {
    json["own"] = reason.own;
  }
  if (reason.effect) {
    json["effect"] = to_string(*reason.effect);
  }
  if (reason.likeness) {
    json["likeness"] = to_string(*reason.likeness);
    json["distance"] = reason.distance;
  }
  return json;
}

Json to_json(const SideInfo& side) {
  return {{"unit", side.unit}, {"date", to_json(side.date)}, {"sha256", to_json(side.sha256)}};
}

std::string print(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

using render::to_json;

Json newest_cause(const std::vector<Cause>& causes) {
  return causes.empty() ? Json(nullptr) : to_json(causes.front());
}

Json to_json(const std::optional<Timestamp>& when) {
  return when ? Json(to_string(*when)) : Json(nullptr);
}

Json to_json(const TypedChange& typed) {
  return {{"type", to_string(typed.type)},
          {"subject", typed.subject},
          {"before", typed.before},
          {"after", typed.after},
          {"direction", to_string(typed.direction)},
          {"rule", text_or_null(typed.rule)}};
}

Json to_json(const WordRun& run) {
  return Json::array({std::string(1, static_cast<char>(run.op)), run.text});
}

Json to_json(const NoteChange& note) {
  return {{"at", note.at.to_string()},
          {"field", to_string(note.field)},
          {"before", text_or_null(note.before)},
          {"after", text_or_null(note.after)}};
}

Json to_json(const StatusEvent& event) {
  Json json = {{"at", event.at.to_string()},
               {"event", to_string(event.event)},
               {"date", to_json(event.date)},
               {"until", to_json(event.until)}};
  if (!event.extent.empty()) {
    json["extent"] = event.extent;
  }
  return json;
}

Json to_json(const HistoryEntry& entry) {
  Json kinds = Json::object();
  for (const auto& [kind, count] : entry.kinds) {
    kinds[kind] = count;
  }
  return {{"from", entry.from.to_string()},
          {"until", to_json(entry.until)},
          {"first_seen", to_string(entry.first_seen)},
          {"sha256", to_json(entry.raw)},
          {"kinds", std::move(kinds)},
          {"status", to_string(entry.status)},
          {"cause", newest_cause(entry.causes)},
          {"was", to_json(entry.was)},
          {"baseline", entry.baseline},
          {"reverted_to", to_json(entry.reverted_to)},
          {"in_force_from", to_json(entry.in_force_from)},
          {"became", to_json(entry.became)}};
}

Json to_json(const SourceStatus& source) {
  return {{"source", source.source},
          {"health", to_string(source.health)},
          {"newest_issue_date", to_json(source.newest_issue_date)},
          {"last_success", to_json(source.last_success)},
          {"valid_through", to_json(source.valid_through)},
          {"last_attempt", to_json(source.last_attempt)},
          {"message", text_or_null(source.message)}};
}

Json to_json(const MissingText& missing) {
  return {{"document", missing.document},
          {"citation", text_or_null(missing.citation)},
          {"asked_first", to_string(missing.asked_first)},
          {"asked_last", to_string(missing.asked_last)}};
}

Json to_json(const BlameLine& line) {
  return {{"at", line.at.to_string()},
          {"text", line.text},
          {"since", line.since.to_string()},
          {"cause", line.cause ? to_json(*line.cause) : Json(nullptr)},
          {"was", to_json(line.was)},
          {"baseline", line.baseline},
          {"in_force_from", to_json(line.in_force_from)}};
}

Json to_json(const Headline& headline) {
  return {{"en", headline.en}, {"ja", headline.ja}};
}

Json to_json(const FeedItem& item) {
  Json change = to_json(item.change);
  if (item.status) {
    // Readers find the place where they look for it, and no kind of change.
    for (const char* absent : {"kind", "before", "after"}) {
      change[absent] = nullptr;
    }
  }
  const std::vector<Cause>& causes = item.change.causes;
  const std::optional<Hit>& hit = item.hit;
  return {
      {"id", hit ? hit->id : item.change.id},
      {"category", hit ? Json(hit->category) : Json(nullptr)},
      {"entry", hit ? Json(to_string(hit->entry)) : Json(nullptr)},
      {"score", hit ? Json(hit->score) : Json(nullptr)},
      {"severity", item.severity()},
      {"headline", to_json(item.headline)},
      {"reasons",
       hit ? list(hit->reasons, [](const Reason& each) { return to_json(each); }) : Json::array()},
      {"change", std::move(change)},
      {"before", to_json(item.before)},
      {"after", to_json(item.after)},
      {"document", text_or_null(causes.empty() ? "" : causes.front().document)},
      {"near", hit && hit->near},
      {"status", item.status ? to_json(*item.status) : Json(nullptr)}};
}

template<typename Value>
Json list(const std::vector<Value>& values) {
  return render::list(values, [](const Value& value) { return to_json(value); });
}

} // namespace

Json to_json(const NotUnderstood& problem) {
  return {{"at", problem.at.to_string()}, {"what", problem.what}, {"text", problem.text}};
}

Json to_json(const PendingAmendment& pending) {
  return {{"document", pending.document},
          {"citation", text_or_null(pending.citation)},
          {"title", pending.title},
          {"published", to_json(pending.published)},
          {"effective", to_json(pending.effective)},
          {"indefinite", pending.indefinite},
          {"on_inspection", pending.on_inspection},
          {"instruction", text_or_null(pending.instruction)},
          {"text", text_or_null(pending.text)},
          {"targets", strings(pending.targets)}};
}

Json pending_or_null(const std::optional<std::vector<PendingAmendment>>& pending) {
  return pending ? list(*pending, [](const PendingAmendment& each) { return to_json(each); })
                 : Json(nullptr);
}

Json to_json(const Change& change) {
  // Empty unless a comparison over several versions found more than one: "cause" is the newest.
  const bool several = change.causes.size() > 1;
  return {{"id", change.id},
          {"kind", to_string(change.kind)},
          {"at", change.at.to_string()},
          {"was", to_json(change.was)},
          {"before", change.kind == ChangeKind::added ? Json(nullptr) : Json(change.before)},
          {"after", change.kind == ChangeKind::removed ? Json(nullptr) : Json(change.after)},
          {"words", list(change.words)},
          {"typed", list(change.typed)},
          {"cause", newest_cause(change.causes)},
          {"causes", several ? list(change.causes) : Json::array()},
          {"group", text_or_null(change.group)},
          {"divided_into", strings(change.divided_into)}};
}

std::string diff_json(const DiffResult& diff) {
  return print({{"schema", 1},
                {"before", to_json(diff.before)},
                {"after", to_json(diff.after)},
                {"changes", list(diff.changes)},
                {"notes", list(diff.notes)},
                {"status", list(diff.status)},
                {"not_understood", list(diff.not_understood)}});
}

std::string history_json(const History& history) {
  return print({{"schema", 1},
                {"citation", history.citation.to_string()},
                {"versions", list(history.versions)},
                {"pending", pending_or_null(history.pending)}});
}

std::string blame_json(const Blame& blame) {
  return print({{"schema", 1},
                {"citation", blame.citation.to_string()},
                {"on", blame.on.to_string()},
                {"nodes", list(blame.lines)}});
}

std::string changes_json(const std::vector<FeedItem>& items) {
  return print(list(items));
}

std::string pending_json(const Citation& citation,
                         const std::optional<std::vector<PendingAmendment>>& pending) {
  return print(
      {{"schema", 1}, {"citation", citation.to_string()}, {"pending", pending_or_null(pending)}});
}

std::string status_json(const ArchiveStatus& status, const std::vector<EntryWatch>& watches) {
  Json not_watched = Json::array();
  for (const EntryWatch& watch : watches) {
    if (!watch.reasons.empty()) {
      not_watched.push_back(
          {{"entry", to_string(watch.entry)}, {"id", watch.id}, {"reasons", watch.reasons}});
    }
  }
  return print({{"schema", 1},
                {"sources", list(status.sources)},
                {"quarantined", status.quarantined.size()},
                {"not_understood", status.not_understood.size()},
                {"outbox",
                 {{"queued", status.outbox_queued},
                  {"sent", status.outbox_sent},
                  {"failed", status.outbox_failed}}},
                {"units", status.units},
                {"versions", status.versions},
                {"changes", status.changes},
                {"hits", status.hits},
                {"pending_dates", status.pending_dates},
                {"documents", status.documents},
                {"instructions_not_understood", status.instructions_not_understood},
                {"pending", list(status.pending)},
                {"withdrawn", list(status.withdrawn)},
                {"missing_texts", list(status.missing_texts)},
                {"entries", watches.size()},
                {"not_watched", not_watched}});
}

} // namespace regtrail::render
