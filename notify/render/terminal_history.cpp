// `history` in a terminal, and what is pending.
#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"
#include "notify/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr std::size_t longest_values = 60;  ///< bytes of what a typed change or an edit shows
constexpr std::size_t longest_subject = 24; ///< bytes
constexpr std::size_t changes_told = 3;     ///< of a version, one by one
constexpr int date_column = 12;
constexpr int law_column = 16;
constexpr int widest_change_column = 72;
constexpr int narrowest_change_column = 20;

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

/// "switching time 300 ms -> 500 ms"; "" where the change has no typed meaning.
std::string typed_words(const Change& change) {
  if (change.typed.empty()) {
    return {};
  }
  const TypedChange& typed = change.typed.front();
  const std::string what = typed.subject.empty() || typed.subject.size() > longest_subject
                               ? type_word(typed.type, Language::en)
                               : typed.subject;
  if (typed.before.size() + typed.after.size() > longest_values) {
    return what;
  }
  if (!typed.before.empty() && !typed.after.empty()) {
    return fmt::format("{} {} -> {}", what, typed.before, typed.after);
  }
  return typed.after.empty()
             ? typed.before.empty() ? what : fmt::format("{} -{}", what, typed.before)
             : fmt::format("{} +{}", what, typed.after);
}

/// "'45 nm' -> '65 nm'": the one place where the words differ; "" for longer or several edits.
std::string only_edit(const Change& change) {
  std::string removed;
  std::string added;
  bool behind = false;
  for (const WordRun& run : merged_edits(change.words)) {
    if (run.op == WordRun::Op::same) {
      behind = behind || !removed.empty() || !added.empty();
      continue;
    }
    if (behind) {
      return {};
    }
    (run.op == WordRun::Op::removed ? removed : added) += run.text;
  }
  removed = one_line(removed);
  added = one_line(added);
  if (removed.size() + added.size() > longest_values || (removed.empty() && added.empty())) {
    return {};
  }
  return removed.empty() ? fmt::format("+'{}'", added)
         : added.empty() ? fmt::format("-'{}'", removed)
                         : fmt::format("'{}' -> '{}'", removed, added);
}

/// What a change did, in words: "c.2 switching time 300 ms -> 500 ms", "(a)(5) added".
std::string change_words(const Change& change, const Citation& citation) {
  const bool altered = change.kind == ChangeKind::revised;
  std::string what =
      altered || change.kind == ChangeKind::added || change.kind == ChangeKind::removed
          ? typed_words(change)
          : std::string();
  if (what.empty() && altered) {
    what = only_edit(change);
  }
  const std::string place = place_below(change.at, citation);
  if (what.empty()) {
    what = to_string(change.kind);
    if (change.was && !place.empty()) { // of the citation itself the line says what it was
      what += " from " + place_below(*change.was, citation);
    }
  }
  return place.empty() ? what : place + " " + what;
}

std::vector<const Change*> law_changes(const HistoryEntry& entry) {
  std::vector<const Change*> changes;
  for (const Change& change : entry.changes) {
    if (change.kind != ChangeKind::cosmetic) {
      changes.push_back(&change);
    }
  }
  return changes;
}

/// "(a)(2) 96 layers -> 64 layers; (a)(5) added"; of many their numbers first.
std::string changes_column(const HistoryEntry& entry, const Citation& citation) {
  const std::vector<const Change*> changes = law_changes(entry);
  if (changes.empty()) {
    return entry.kinds.empty() ? "" : "cosmetic only";
  }
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : entry.kinds) {
    if (kind != to_string(ChangeKind::cosmetic)) {
      kinds.push_back(fmt::format("{} {}", count, kind));
    }
  }
  std::vector<std::string> told;
  for (std::size_t i = 0; i < std::min(changes.size(), changes_told); ++i) {
    told.push_back(change_words(*changes[i], citation));
  }
  return changes.size() > changes_told ? joined(kinds) + ": " + joined(told, "; ")
                                       : joined(told, "; ");
}

std::string change_column(const HistoryEntry& entry, const Citation& citation) {
  if (entry.baseline) {
    return "baseline, the oldest version held";
  }
  if (entry.became) {
    return "became " + entry.became->to_string();
  }
  if (entry.status == VersionStatus::removed) {
    return "removed";
  }
  std::string out = changes_column(entry, citation);
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
  std::string law;  ///< in force since
  std::string code; ///< in the eCFR since
  std::string change;
  std::string cause;
  std::string direction;
};

struct Widths {
  int law = 0;
  int code = 0;
  int change = 0;
  int cause = 0;
  int direction = 0;
};

std::string history_line(const HistoryLine& line, const Widths& widths) {
  std::string out = "  ";
  if (widths.law > 0) {
    out += padded(line.law, widths.law);
  }
  out += padded(line.code, widths.code);
  out += padded(cut_to_width(line.change, widths.change), widths.change + 2);
  out +=
      line.direction.empty() ? line.cause : padded(line.cause, widths.cause + 2) + line.direction;
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n";
}

/// The column of the day of law only where one is known.
Widths widths_of(const std::vector<HistoryLine>& lines, const TerminalStyle& style) {
  Widths widths;
  widths.code = date_column;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const HistoryLine& line = lines[i];
    if (i > 0 && !line.law.empty()) {
      widths.law = law_column;
    }
    widths.change =
        std::max(widths.change, std::min(display_width(line.change), widest_change_column));
    widths.cause = std::max(widths.cause, display_width(line.cause));
    widths.direction = std::max(widths.direction, display_width(line.direction) + 2);
  }
  if (style.width > 0) {
    const int others = 2 + widths.law + widths.code + 2 + widths.cause + widths.direction;
    widths.change =
        std::min(widths.change, std::max(narrowest_change_column, style.width - others));
  }
  return widths;
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

constexpr std::string_view register_not_read =
    "not known, the Federal Register was not read; run: regtrail sync --source federal-register";

} // namespace

std::string pending_documents(const std::optional<std::vector<PendingAmendment>>& pending) {
  if (!pending) {
    return std::string(register_not_read);
  }
  std::vector<std::string> parts;
  for (const PendingAmendment& each : *pending) {
    std::string part = pending_when(each) + " " + pending_source(each);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  return parts.empty() ? "none" : joined(parts);
}

std::string history_text(const History& history, const TerminalStyle& style) {
  std::vector<HistoryLine> lines{{"in force since", "eCFR since", "change", "cause", ""}};
  for (const HistoryEntry& entry : history.versions) {
    lines.push_back({entry.in_force_from ? entry.in_force_from->to_string() : "",
                     entry.from.to_string(),
                     printable(change_column(entry, history.citation)),
                     printable(cause_column(entry)),
                     direction_column(entry)});
  }
  const Widths widths = widths_of(lines, style);
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
    const std::string line = history_line(lines[i], widths);
    out += i == 0 ? styled(style, Mark::dim, line.substr(0, line.size() - 1)) + "\n" : line;
  }
  return out + "pending: " + pending_documents(history.pending) + "\n";
}

std::string pending_text(const std::optional<std::vector<PendingAmendment>>& pending,
                         const TerminalStyle& style) {
  if (!pending) {
    return std::string(register_not_read) + "\n";
  }
  std::string out;
  for (const PendingAmendment& each : *pending) {
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

} // namespace regtrail::render
