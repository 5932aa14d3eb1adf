#include "diff/tree/report_internal.hpp"
#include "ear/text_date.hpp"
#include "federal_register/defect_note.hpp"

#include <string_view>

namespace regtrail::diff::tree {
namespace {

/// "stayed" and "suspended" are synonyms (docs/grammar.md, Status notes).
bool says_stayed(std::string_view text) {
  return text.find("stayed") != std::string_view::npos ||
         text.find("suspended") != std::string_view::npos;
}

/// The first date: that of the FR citation by which such notes begin.
std::optional<Date> first_date(std::string_view text) {
  const auto dates = ear::find_dates(text);
  return dates.empty() ? std::nullopt : std::optional(dates.front().date);
}

/// "... was stayed, effective until Nov. 9, 2026."
std::optional<Date> until_date(std::string_view text) {
  constexpr std::string_view until = "until ";
  for (const ear::TextDate& found : ear::find_dates(text)) {
    if (found.begin >= until.size() &&
        text.substr(found.begin - until.size(), until.size()) == until) {
      return found.date;
    }
  }
  return std::nullopt;
}

} // namespace

std::vector<StatusEvent> read_status(const std::vector<NoteChange>& notes,
                                     std::optional<Date> date) {
  std::vector<StatusEvent> events;
  for (const NoteChange& note : notes) {
    if (note.field == NoteField::ednote) {
      const auto defects = federal_register::find_defect_notes(note.after, note.at.title());
      if (!defects.empty() &&
          federal_register::find_defect_notes(note.before, note.at.title()).empty()) {
        events.push_back(
            {note.at, StatusEventKind::not_incorporated, defects.front().published, std::nullopt});
      }
    }
    if (note.field != NoteField::effdnot) {
      continue;
    }
    if (says_stayed(note.after)) {
      events.push_back(
          {note.at, StatusEventKind::stayed, first_date(note.after), until_date(note.after)});
    } else if (says_stayed(note.before)) {
      const auto until = until_date(note.before);
      const bool ran_out = until && date && *date >= *until;
      events.push_back({note.at,
                        ran_out ? StatusEventKind::expired : StatusEventKind::lifted,
                        date,
                        std::nullopt});
    }
  }
  return events;
}

} // namespace regtrail::diff::tree
