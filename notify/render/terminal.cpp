// `diff` in a terminal: a heading, one block a change, and a last line that says what is not shown.
#include "notify/render/terminal.hpp"

#include "model/text.hpp"
#include "notify/render/layout_internal.hpp"
#include "notify/render/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace regtrail::render {

namespace {

constexpr int context_words = 12;
constexpr int few_context_words = 4; ///< of an edit that is made in many places
constexpr int place_column = 16;
constexpr std::size_t typed_longest = 60; ///< bytes of both values
constexpr std::size_t problems_shown = 10;

std::string side_date(const SideInfo& side) {
  return side.date ? side.date->to_string() : "";
}

/// The cause that all shown changes share; "" where they differ or none is known.
std::string shared_cause(const std::vector<ChangeGroup>& groups) {
  std::string shared;
  for (const ChangeGroup& group : groups) {
    for (const Change* change : group.members) {
      const std::string name = change->causes.empty() ? "" : cause_name(change->causes.front());
      if (name.empty() || (!shared.empty() && name != shared)) {
        return {};
      }
      shared = name;
    }
  }
  return shared;
}

std::string
heading_line(const DiffResult& diff, const std::string& cause, const TerminalStyle& style) {
  Flow flow(style, 0, 4);
  const std::string before = side_date(diff.before);
  const std::string after = side_date(diff.after);
  if (diff.before.unit != diff.after.unit) {
    flow.add(Mark::bold, diff.before.unit);
    flow.add(Mark::plain, " -> ");
  }
  flow.add(Mark::bold, diff.after.unit);
  if (before == after && !before.empty()) {
    flow.gap();
    flow.add(Mark::plain, "on " + after);
  } else if (!before.empty() || !after.empty()) {
    flow.gap();
    flow.add(Mark::plain,
             fmt::format(
                 "{} -> {}", before.empty() ? "absent" : before, after.empty() ? "absent" : after));
  }
  if (!cause.empty()) {
    flow.gap();
    flow.add(Mark::dim, cause);
  }
  return flow.finish();
}

/// The headings of both columns: date, unit or "before" and "after", whichever differ.
std::string column_heads(const DiffResult& diff, const TerminalStyle& style) {
  const auto head = [&](const SideInfo& side, const char* word) {
    const std::string date = diff.before.date == diff.after.date ? "" : side_date(side);
    const std::string unit = diff.before.unit == diff.after.unit ? "" : side.unit;
    const std::string name = unit.empty() || date.empty() ? unit + date : unit + "  " + date;
    return printable(name.empty() ? word : name);
  };
  return heads_side_by_side(style, head(diff.before, "before"), head(diff.after, "after"));
}

/// An added or removed node is shown line by line, each with its markers.
void add_lines(std::string& out,
               std::string_view text,
               WordRun::Op op,
               const TerminalStyle& style) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      out += redline({{op, std::string(text.substr(begin, end - begin))}}, style, 4);
    }
    begin = end + 1;
  }
}

bool in_columns(const TerminalStyle& style) {
  return style.layout == DiffLayout::side_by_side && style.width >= narrowest_side_by_side;
}

/// Both texts of a change beside each other, each with its own edits.
void add_columns(std::string& out, const Change& change, int context, const TerminalStyle& style) {
  std::vector<WordRun> before;
  std::vector<WordRun> after;
  for (const WordRun& run : abridge(merged_edits(runs_of(change)), context)) {
    if (run.op != WordRun::Op::added) {
      before.push_back(run);
    }
    if (run.op != WordRun::Op::removed) {
      after.push_back(run);
    }
  }
  out += edits_side_by_side(style, before, after);
}

void add_text(std::string& out, const Change& change, int context, const TerminalStyle& style) {
  const bool only_name =
      (change.kind == ChangeKind::redesignated || change.kind == ChangeKind::moved) &&
      change.before == change.after;
  if (only_name) {
    return;
  }
  if (in_columns(style)) {
    add_columns(out, change, context * 2, style);
  } else if (change.kind == ChangeKind::added) {
    add_lines(out, change.after, WordRun::Op::added, style);
  } else if (change.kind == ChangeKind::removed) {
    add_lines(out, change.before, WordRun::Op::removed, style);
  } else {
    out += redline(abridge(merged_edits(runs_of(change)), context), style, 4);
  }
}

Mark mark_of(ChangeKind kind) {
  return kind == ChangeKind::added     ? Mark::added
         : kind == ChangeKind::removed ? Mark::removed
                                       : Mark::plain;
}

std::string first_line(const std::string& place,
                       const Change& change,
                       const std::string& unit,
                       const std::string& cause,
                       const TerminalStyle& style) {
  std::string out = paragraph(style, 0, 4, Mark::bold, place);
  if (!out.empty()) {
    out.pop_back();
  }
  const std::string kind = kind_phrase(change, unit, Language::en);
  const std::string typed = typed_phrase(change, Language::en, typed_longest);
  std::string rest = styled(style, mark_of(change.kind), printable(kind));
  if (!typed.empty()) {
    rest += std::string(kind.size() < 10 ? 11 - kind.size() : 2, ' ') + printable(typed);
  }
  if (!cause.empty()) {
    rest += "  " + styled(style, Mark::dim, printable(cause));
  }
  const int used = display_width(printable(place));
  if (style.width > 0 && used >= place_column &&
      used + 2 + display_width(kind + typed + cause) > style.width) {
    return out + "\n    " + rest + "\n";
  }
  return out + blanks(std::max(2, place_column - used)) + rest + "\n";
}

/// Place, kind and meaning of a change on one line.
std::string brief_line(const std::string& place,
                       const Change& change,
                       const std::string& unit,
                       const std::string& cause,
                       const TerminalStyle& style) {
  constexpr int widest_place = 48;
  const std::string shown = padded(cut_to_width(printable(place), widest_place), place_column + 8);
  const std::string kind = kind_phrase(change, unit, Language::en);
  const std::string typed = typed_phrase(change, Language::en, typed_longest);
  std::string rest = typed.empty() ? kind : padded(kind, 14) + typed;
  if (!cause.empty()) {
    rest += "  " + cause;
  }
  rest = printable(rest);
  if (style.width > 0) {
    rest = cut_to_width(rest, std::max(style.width - display_width(shown), 12));
  }
  return styled(style, Mark::bold, shown) + styled(style, mark_of(change.kind), rest) + "\n";
}

/// The changes that say of a paragraph that it was divided, by the places of its parts.
using Divisions = std::map<Citation, const Change*>;

Divisions divisions_of(const std::vector<const Change*>& changes) {
  Divisions divisions;
  for (const Change* change : changes) {
    for (const Citation& part : change->divided_into) {
      divisions[part] = change;
    }
  }
  return divisions;
}

void add_group(std::string& out,
               const ChangeGroup& group,
               const Divisions& divisions,
               const std::string& unit,
               bool say_cause,
               const TerminalStyle& style) {
  const Change& first = group.first();
  const std::string cause = !say_cause             ? ""
                            : first.causes.empty() ? "cause unknown"
                                                   : cause_name(first.causes.front());
  const std::string place = place_of(group, unit, Language::en);
  if (style.layout == DiffLayout::brief) {
    out += brief_line(place, first, unit, cause, style);
    return;
  }
  const auto divided = divisions.find(first.at);
  if (divided != divisions.end() && first.kind == ChangeKind::added) {
    // Its words are shown where they were.
    const std::string from = "words of " + place_within(divided->second->at, unit);
    out += first_line(place, first, unit, cause.empty() ? from : from + "  " + cause, style);
    return;
  }
  out += first_line(place, first, unit, cause, style);
  add_text(out, first, group.many() ? few_context_words : context_words, style);
  if (!group.many()) {
    return;
  }
  Flow flow(style, 4, 8);
  flow.add(Mark::dim, "in ");
  flow.add(Mark::plain, places_of(group, unit));
  out += flow.finish();
}

void add_events(std::string& out, const DiffResult& diff, const TerminalStyle& style) {
  for (const StatusEvent& event : diff.status) {
    Flow flow(style, 0, 4);
    flow.add(Mark::bold, event.at.to_string());
    flow.gap();
    flow.add(Mark::plain, event_phrase(event, Language::en));
    out += flow.finish();
  }
}

bool is_editorial(NoteField field) {
  return field == NoteField::ednote || field == NoteField::effdnot;
}

/// Editorial and effective-date notes say something to people; the others are only counted.
void add_notes(std::string& out, const DiffResult& diff, const TerminalStyle& style) {
  for (const NoteChange& note : diff.notes) {
    if (!is_editorial(note.field)) {
      continue;
    }
    Flow flow(style, 0, 4);
    flow.add(Mark::bold, note.at.to_string());
    flow.gap();
    flow.add(Mark::plain, field_word(note.field, Language::en) + " ");
    if (!note.before.empty()) {
      add_run(flow, style, {WordRun::Op::removed, note.before});
    }
    if (!note.after.empty()) {
      add_run(flow, style, {WordRun::Op::added, note.after});
    }
    out += flow.finish();
  }
}

bool grew(const NoteChange& note) {
  return !note.before.empty() && note.after.size() > note.before.size() &&
         (note.after.compare(0, note.before.size() - 1, note.before, 0, note.before.size() - 1) ==
          0);
}

/// "1 source note grew; 2 cosmetic changes not shown (--cosmetic)".
void add_last_line(std::string& out,
                   const DiffResult& diff,
                   std::size_t cosmetic,
                   const TerminalStyle& style) {
  std::map<std::string, std::size_t> notes;
  for (const NoteChange& note : diff.notes) {
    if (!is_editorial(note.field)) {
      ++notes[field_word(note.field, Language::en) + (grew(note) ? "|grew" : "|changed")];
    }
  }
  std::vector<std::string> parts;
  for (const auto& [key, count] : notes) {
    const std::size_t bar = key.find('|');
    parts.push_back(counted(count, key.substr(0, bar)) + " " + key.substr(bar + 1));
  }
  if (cosmetic > 0 && !style.show_cosmetic) {
    parts.push_back(counted(cosmetic, "cosmetic change") + " not shown (--cosmetic)");
  }
  if (!diff.not_understood.empty()) {
    parts.push_back(counted(diff.not_understood.size(), "place") + " not understood");
  }
  if (!parts.empty()) {
    out += paragraph(style, 0, 0, Mark::dim, joined(parts, "; "));
  }
  for (std::size_t i = 0; i < std::min(diff.not_understood.size(), problems_shown); ++i) {
    const NotUnderstood& problem = diff.not_understood[i];
    out += paragraph(style, 2, 4, Mark::plain, problem.at.to_string() + ": " + problem.what);
  }
  if (diff.not_understood.size() > problems_shown) {
    out += fmt::format("  and {} more (--json lists all)\n",
                       diff.not_understood.size() - problems_shown);
  }
}

} // namespace

std::string diff_text(const DiffResult& diff, const TerminalStyle& style) {
  std::vector<const Change*> shown;
  std::size_t cosmetic = 0;
  for (const Change& change : diff.changes) {
    const bool is_cosmetic = change.kind == ChangeKind::cosmetic;
    cosmetic += is_cosmetic ? 1U : 0U;
    if (!is_cosmetic || style.show_cosmetic) {
      shown.push_back(&change);
    }
  }
  const std::vector<ChangeGroup> groups = group_changes(shown);
  const std::string cause = shared_cause(groups);
  const bool any_cause = std::any_of(
      shown.begin(), shown.end(), [](const Change* change) { return !change->causes.empty(); });
  std::string out = heading_line(diff, cause, style);
  if (in_columns(style) && !groups.empty()) {
    out += column_heads(diff, style);
  }
  const Divisions divisions = divisions_of(shown);
  for (const ChangeGroup& group : groups) {
    add_group(out, group, divisions, diff.after.unit, any_cause && cause.empty(), style);
  }
  if (shown.empty()) {
    out += cosmetic == 0 ? "no change of the text\n" : "no change of substance\n";
  }
  add_events(out, diff, style);
  add_notes(out, diff, style);
  add_last_line(out, diff, cosmetic, style);
  return out;
}

} // namespace regtrail::render
