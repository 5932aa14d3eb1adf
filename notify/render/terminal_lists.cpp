// `history`, `changes` and `status` in a terminal.
#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr std::size_t typed_longest = 60;
constexpr int from_column = 16;
constexpr int widest_change_column = 60;
constexpr int feed_context = 8;
constexpr std::size_t details_shown = 50;

// --- history --------------------------------------------------------------------------------

/// "c.2" within ECCN 3B001.c, "(a)(5)" within 15 CFR 744.23, "" at the citation itself.
std::string place_below(const Citation& at, const Citation& citation) {
  const std::string base = citation.to_string();
  const std::string place = at.to_string();
  if (place == base) {
    return {};
  }
  if (place.size() > base.size() && place.compare(0, base.size(), base) == 0) {
    const std::string rest = place.substr(base.size());
    return rest.compare(0, 3, " / ") == 0 ? rest.substr(3) : rest[0] == '.' ? rest.substr(1) : rest;
  }
  return place;
}

std::string kinds_phrase(const HistoryEntry& entry) {
  std::vector<std::string> parts;
  for (const auto& [kind, count] : entry.kinds) {
    if (kind != "cosmetic") {
      parts.push_back(count == 1 && entry.kinds.size() == 1 ? kind
                                                            : fmt::format("{} {}", count, kind));
    }
  }
  if (parts.empty()) {
    return entry.kinds.empty() ? "" : "cosmetic only";
  }
  return joined(parts);
}

/// What a single substantive change did, in words: "c.2  threshold 300 ms -> 500 ms".
std::string only_change(const HistoryEntry& entry, const Citation& citation) {
  const Change* only = nullptr;
  for (const Change& change : entry.changes) {
    if (change.kind == ChangeKind::cosmetic) {
      continue;
    }
    if (only != nullptr) {
      return {};
    }
    only = &change;
  }
  if (only == nullptr || only->typed.empty()) {
    return {};
  }
  const TypedChange& typed = only->typed.front();
  const bool values = !typed.before.empty() && !typed.after.empty() &&
                      typed.before.size() + typed.after.size() <= typed_longest;
  const std::string what = typed.subject.empty() || typed.subject.size() > typed_longest
                               ? type_word(typed.type, Language::en)
                               : typed.subject;
  const std::string place = place_below(only->at, citation);
  return (place.empty() ? "" : place + "  ") + what +
         (values ? fmt::format(" {} -> {}", typed.before, typed.after) : "");
}

std::string change_column(const HistoryEntry& entry, const Citation& citation) {
  if (entry.baseline) {
    return "baseline, the oldest version held";
  }
  if (entry.status == VersionStatus::removed && entry.kinds.empty()) {
    return "removed";
  }
  std::string out = only_change(entry, citation);
  if (out.empty()) {
    out = kinds_phrase(entry);
  }
  if (entry.was) {
    out = "was " + entry.was->to_string() + (out.empty() ? "" : ", " + out);
  }
  if (entry.status == VersionStatus::stayed) {
    out += out.empty() ? "stayed" : ", stayed";
  }
  if (entry.reverted_to) {
    out += (out.empty() ? "" : ", ") + ("back to the version of " + entry.reverted_to->to_string());
  }
  return out.empty() ? "text changed" : out;
}

std::string cause_column(const HistoryEntry& entry) {
  if (entry.baseline) {
    return {};
  }
  if (entry.causes.empty()) {
    return "cause unknown";
  }
  const Cause& cause = entry.causes.front();
  return answer_of(cause) == CauseAnswer::unidentified
             ? cause_name(cause)
             : cause_name(cause) + "  " + two_decimals(cause.confidence);
}

/// The direction that all typed changes of the version share.
std::string direction_column(const HistoryEntry& entry) {
  std::optional<Direction> shared;
  for (const Change& change : entry.changes) {
    for (const TypedChange& typed : change.typed) {
      if (shared && *shared != typed.direction) {
        return "mixed";
      }
      shared = typed.direction;
    }
  }
  const bool said = shared == Direction::tightened || shared == Direction::loosened;
  return said ? std::string(to_string(*shared)) : "";
}

struct HistoryLine {
  std::string from;
  std::string change;
  std::string cause;
  std::string direction;
};

std::string history_line(const HistoryLine& line, int change_width, int cause_width) {
  std::string out = "  " + padded(line.from, from_column);
  out += padded(cut_to_width(line.change, change_width), change_width + 2);
  out += line.direction.empty() ? line.cause : padded(line.cause, cause_width + 2) + line.direction;
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

std::string pending_when(const PendingAmendment& pending) {
  if (pending.effective) {
    return pending.effective->to_string();
  }
  return pending.indefinite ? "delayed indefinitely" : "date unknown";
}

std::string pending_source(const PendingAmendment& pending) {
  if (pending.citation.empty()) {
    return pending.document + (pending.on_inspection ? ", on public inspection" : "");
  }
  return fmt::format("{} ({})", pending.citation, pending.document);
}

/// "2026-10-15 91 FR 60123 (2026-19000), ...": `parts`, then each document and date of `pending`
/// that is not among them; "none" without any.
std::string pending_documents(const std::vector<PendingAmendment>& pending,
                              std::vector<std::string> parts) {
  for (const PendingAmendment& each : pending) {
    std::string part = pending_when(each) + " " + pending_source(each);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  return parts.empty() ? "none" : joined(parts);
}

std::string pending_line(const History& history) {
  std::vector<std::string> parts;
  for (const HistoryEntry& entry : history.versions) {
    if (entry.status == VersionStatus::pending) {
      parts.push_back(entry.from.to_string() +
                      (entry.causes.empty() ? "" : " " + cause_name(entry.causes.front())));
    }
  }
  return pending_documents(history.pending, std::move(parts));
}

// --- changes --------------------------------------------------------------------------------

std::string label_of(const Register& categories, const std::string& id) {
  for (const Category& category : categories.categories) {
    if (category.id == id && !category.label_en.empty()) {
      return fmt::format("{} ({})", category.label_en, id);
    }
  }
  return id;
}

void add_hit(std::string& out,
             const Hit& hit,
             const Register& categories,
             const TerminalStyle& style) {
  Flow flow(style, 4, 8);
  flow.add(Mark::plain, label_of(categories, hit.category));
  flow.gap();
  flow.add(Mark::plain, two_decimals(hit.score));
  flow.gap();
  if (hit.near) {
    flow.add(Mark::dim, "near miss ");
  }
  for (std::size_t i = 0; i < hit.reasons.size(); ++i) {
    const Reason& reason = hit.reasons[i];
    flow.add(Mark::dim,
             fmt::format("{}{}{} \"{}\"",
                         i == 0 ? "" : "; ",
                         reason.weight < 0 ? "- " : "",
                         signal_word(reason.signal, Language::en),
                         reason.words));
  }
  out += flow.finish();
}

/// Severity, place and what happened; below it the dates of both sides and `remark`.
void add_feed_head(std::string& out,
                   const FeedItem& item,
                   int severity,
                   const std::vector<std::string>& what,
                   const std::string& remark,
                   const TerminalStyle& style) {
  Flow head(style, 0, 4);
  head.add(severity >= 4 ? Mark::bold : Mark::plain,
           fmt::format("[{}] ", severity_word(severity, Language::en)));
  head.add(Mark::bold, item.change.at.to_string());
  for (const std::string& each : what) {
    head.gap();
    head.add(Mark::plain, each);
  }
  out += head.finish();
  const auto day = [](const SideInfo& side) {
    return side.date ? side.date->to_string() : std::string("absent");
  };
  Flow dates(style, 4, 4);
  dates.add(Mark::dim, fmt::format("{} -> {}", day(item.before), day(item.after)));
  dates.gap();
  dates.add(Mark::dim, remark);
  out += dates.finish();
}

/// Of a status event no text is shown: none was changed.
void add_feed_item(std::string& out,
                   const FeedItem& item,
                   int severity,
                   const TerminalStyle& style) {
  if (item.status) {
    add_feed_head(
        out, item, severity, {event_phrase(*item.status, Language::en)}, "status, not text", style);
    return;
  }
  const Change& change = item.change;
  add_feed_head(out,
                item,
                severity,
                {kind_phrase(change, item.after.unit, Language::en),
                 typed_phrase(change, Language::en, typed_longest)},
                change.causes.empty() ? "cause unknown" : cause_name(change.causes.front()),
                style);
  out += redline(abridge(merged_edits(runs_of(change)), feed_context), style, 4);
}

// --- status ---------------------------------------------------------------------------------

std::string instant_or_never(const std::optional<Timestamp>& when) {
  return when ? to_string(*when) : "never";
}

Mark mark_of(Health health) {
  return health == Health::healthy   ? Mark::plain
         : health == Health::failing ? Mark::removed
                                     : Mark::bold;
}

void add_source(std::string& out, const SourceStatus& source, const TerminalStyle& style) {
  if (source.health == Health::unknown && !source.message.empty()) { // never asked
    out += padded(printable(source.source), 18) + printable(source.message) + "\n";
    return;
  }
  const std::string health(to_string(source.health));
  out += padded(printable(source.source), 18) + styled(style, mark_of(source.health), health) +
         std::string(health.size() < 10 ? 10 - health.size() : 1, ' ');
  out += fmt::format("newest issue {}  last success {}",
                     source.newest_issue_date ? source.newest_issue_date->to_string() : "none",
                     instant_or_never(source.last_success));
  if (source.valid_through) {
    out += "  complete through " + source.valid_through->to_string();
  }
  out += "\n";
  if (!source.message.empty()) {
    out += paragraph(style, 4, 4, Mark::plain, source.message);
  }
}

void add_details(std::string& out, const ArchiveStatus& status, const TerminalStyle& style) {
  const auto add = [&](const std::string& line) {
    out += paragraph(style, 2, 4, Mark::plain, line);
  };
  const std::size_t quarantined = std::min(status.quarantined.size(), details_shown);
  for (std::size_t i = 0; i < quarantined; ++i) {
    const QuarantinedRecord& record = status.quarantined[i];
    add(fmt::format("quarantined {}  {}  {} bytes: {}",
                    to_string(record.fetched_at),
                    record.url,
                    record.size,
                    record.reason));
  }
  const std::size_t not_understood = std::min(status.not_understood.size(), details_shown);
  for (std::size_t i = 0; i < not_understood; ++i) {
    const auto& [problem, issue_date] = status.not_understood[i];
    add(fmt::format("not understood {}  {}: {}  \"{}\"",
                    issue_date.to_string(),
                    problem.at.to_string(),
                    problem.what,
                    problem.text));
  }
  const std::size_t left =
      status.quarantined.size() - quarantined + status.not_understood.size() - not_understood;
  if (left > 0) {
    out += fmt::format("  and {} more not shown\n", left);
  }
}

} // namespace

std::string history_text(const History& history, const TerminalStyle& style) {
  std::vector<HistoryLine> lines{{"in force since", "change", "cause", ""}};
  int change_width = display_width("change");
  int cause_width = 0;
  int direction_width = 0;
  for (const HistoryEntry& entry : history.versions) {
    HistoryLine line{entry.from.to_string(),
                     printable(change_column(entry, history.citation)),
                     printable(cause_column(entry)),
                     direction_column(entry)};
    if (entry.status == VersionStatus::pending) {
      line.from += " pending";
    }
    change_width =
        std::max(change_width, std::min(display_width(line.change), widest_change_column));
    cause_width = std::max(cause_width, display_width(line.cause));
    direction_width = std::max(direction_width, display_width(line.direction) + 2);
    lines.push_back(std::move(line));
  }
  if (style.width > 0) {
    change_width =
        std::min(change_width,
                 std::max(20, style.width - 2 - from_column - 2 - cause_width - direction_width));
  }
  Flow title(style, 0, 4);
  title.add(Mark::bold, history.citation.to_string());
  const Citation unit = history.citation.unit();
  if (history.citation.kind() == CitationKind::eccn) {
    title.gap();
    title.add(Mark::dim, unit.to_string());
  }
  title.gap();
  title.add(Mark::plain, counted(history.versions.size(), "version"));
  if (!history.versions.empty()) {
    title.add(Mark::plain, " since " + history.versions.back().from.to_string());
  }
  std::string out = title.finish();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = history_line(lines[i], change_width, cause_width);
    out += i == 0 ? styled(style, Mark::dim, line.substr(0, line.size() - 1)) + "\n" : line;
  }
  return out + "pending: " + pending_line(history) + "\n";
}

std::string pending_text(const std::vector<PendingAmendment>& pending, const TerminalStyle& style) {
  std::string out;
  for (const PendingAmendment& each : pending) {
    Flow flow(style, 0, 4);
    flow.add(Mark::bold, pending_when(each));
    flow.gap();
    flow.add(Mark::plain, pending_source(each));
    flow.gap();
    if (each.instruction.empty()) {
      flow.add(Mark::plain, each.title);
    } else {
      flow.add(Mark::plain, fmt::format("instruction {}: {}", each.instruction, each.text));
    }
    out += flow.finish();
  }
  return out.empty() ? "none\n" : out;
}

std::string changes_text(const std::vector<FeedItem>& items,
                         const Register& categories,
                         const TerminalStyle& style) {
  std::string out;
  std::size_t changes = 0;
  std::size_t events = 0;
  for (std::size_t i = 0; i < items.size();) {
    std::size_t end = i;
    int severity = 1;
    while (end < items.size() && items[end].change.id == items[i].change.id) {
      severity = std::max(severity, items[end].hit.severity);
      ++end;
    }
    add_feed_item(out, items[i], severity, style);
    ++(items[i].status ? events : changes);
    for (std::size_t hit = i; hit < end; ++hit) {
      add_hit(out, items[hit].hit, categories, style);
    }
    i = end;
  }
  if (items.empty()) {
    return "no hits\n";
  }
  return out + counted(changes, "change") + ", " +
         (events == 0 ? "" : counted(events, "status event") + ", ") +
         counted(items.size(), "hit") + "\n";
}

std::string status_text(const ArchiveStatus& status, bool details, const TerminalStyle& style) {
  std::string out;
  for (const SourceStatus& source : status.sources) {
    add_source(out, source, style);
  }
  if (status.sources.empty()) {
    out += "no source was asked yet; run: regtrail sync\n";
  }
  out += fmt::format("archive           {} units, {} versions, {} changes, {} hits",
                     status.units,
                     status.versions,
                     status.changes,
                     status.hits);
  out +=
      status.pending_dates == 0 ? "\n" : fmt::format(", {} dates to fetch\n", status.pending_dates);
  out += fmt::format("quarantined       {}\nnot understood    {}",
                     status.quarantined.size(),
                     status.not_understood.size());
  const bool more = !details && (!status.quarantined.empty() || !status.not_understood.empty());
  out += more ? "   (status --details lists them)\n" : "\n";
  out += fmt::format("documents         {}", status.documents);
  if (status.instructions_not_understood > 0) {
    out += fmt::format(", {} instructions not understood", status.instructions_not_understood);
  }
  out += fmt::format("\npending           {}\n", pending_documents(status.pending, {}));
  out += fmt::format("outbox            {} queued, {} sent, {} failed\n",
                     status.outbox_queued,
                     status.outbox_sent,
                     status.outbox_failed);
  if (details) {
    add_details(out, status, style);
  }
  return out;
}

} // namespace regtrail::render
