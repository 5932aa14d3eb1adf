#include "diff/tree/report_internal.hpp"
#include "federal_register/defect_note.hpp"
#include "federal_register/stay_note.hpp"

#include <algorithm>
#include <string>

namespace regtrail::diff::tree {
namespace {

using federal_register::DefectNote;
using federal_register::NotedStay;

bool is_same_place(const NotedStay& one, const NotedStay& other) {
  return one.at == other.at && one.extent == other.extent && one.lifted == other.lifted;
}

const NotedStay* find_place(const std::vector<NotedStay>& stays, const NotedStay& wanted) {
  const auto found = std::find_if(stays.begin(), stays.end(), [&](const NotedStay& each) {
    return is_same_place(each, wanted);
  });
  return found == stays.end() ? nullptr : &*found;
}

/// Stays that are told anew, or with other days, and those that are told no more. `date`: of the
/// after side.
void add_stays(std::vector<StatusEvent>& events, const NoteChange& note, std::optional<Date> date) {
  const auto before = federal_register::find_stays(note.before, note.at.unit());
  const auto after = federal_register::find_stays(note.after, note.at.unit());
  for (const NotedStay& stay : after) {
    const NotedStay* known = find_place(before, stay);
    if (known == nullptr || known->from != stay.from || known->until != stay.until) {
      events.push_back({stay.at,
                        stay.lifted ? StatusEventKind::lifted : StatusEventKind::stayed,
                        stay.from,
                        stay.lifted ? std::nullopt : stay.until,
                        stay.extent});
    }
  }
  for (const NotedStay& stay : before) {
    const bool told = std::any_of(after.begin(), after.end(), [&](const NotedStay& each) {
      return each.at == stay.at && each.extent == stay.extent;
    });
    if (!stay.lifted && !told) {
      const bool ran_out = stay.until && date && *date >= *stay.until;
      events.push_back({stay.at,
                        ran_out ? StatusEventKind::expired : StatusEventKind::lifted,
                        ran_out ? stay.until : std::nullopt,
                        std::nullopt,
                        stay.extent});
    }
  }
}

bool has_defect(const std::vector<DefectNote>& notes, const DefectNote& wanted) {
  return std::any_of(notes.begin(), notes.end(), [&](const DefectNote& each) {
    return each.at == wanted.at && each.instruction.text == wanted.instruction.text;
  });
}

/// Amendments that could not be carried out, at the places that they name.
void add_defects(std::vector<StatusEvent>& events, const NoteChange& note) {
  const auto before = federal_register::find_defect_notes(note.before, note.at.title());
  for (const DefectNote& defect :
       federal_register::find_defect_notes(note.after, note.at.title())) {
    if (has_defect(before, defect)) {
      continue;
    }
    const auto add = [&](const Citation& at, std::string extent) {
      events.push_back(
          {at, StatusEventKind::not_incorporated, std::nullopt, std::nullopt, std::move(extent)});
    };
    bool placed = false;
    for (const Operation& operation : defect.instruction.operations) {
      for (const Target& target : operation.targets) {
        placed = true;
        add(target.at, target.extent == TargetExtent::introductory_text ? "introductory text" : "");
      }
    }
    if (!placed || !defect.instruction.understood) {
      add(note.at.unit(), std::string(federal_register::unplaced_extent));
    }
  }
}

} // namespace

std::vector<StatusEvent> read_status(const std::vector<NoteChange>& notes,
                                     std::optional<Date> date) {
  std::vector<StatusEvent> events;
  for (const NoteChange& note : notes) {
    if (note.field == NoteField::ednote) {
      add_defects(events, note);
    } else if (note.field == NoteField::effdnot) {
      add_stays(events, note, date);
    }
  }
  return events;
}

} // namespace regtrail::diff::tree
