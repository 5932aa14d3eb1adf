#include "diff/tree/report_internal.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace regtrail::diff::tree {
namespace {

using Texts = std::vector<std::string>;

Texts texts_of(const Unit* unit, NoteField field) {
  Texts texts;
  if (unit != nullptr) {
    for (const UnitNote& note : unit->notes) {
      if (note.field == field) {
        texts.push_back(note.text);
      }
    }
  }
  return texts;
}

/// Takes out of both lists what they have in common, whatever its position.
void drop_common(Texts& before, Texts& after) {
  for (auto text = before.begin(); text != before.end();) {
    const auto same = std::find(after.begin(), after.end(), *text);
    if (same == after.end()) {
      ++text;
    } else {
      after.erase(same);
      text = before.erase(text);
    }
  }
}

} // namespace

std::vector<NoteChange> report_notes(const Alignment& alignment) {
  constexpr std::array fields{NoteField::cita,
                              NoteField::auth,
                              NoteField::source,
                              NoteField::ednote,
                              NoteField::effdnot,
                              NoteField::pending_link};
  std::vector<NoteChange> changes;
  for (const UnitPair& unit : alignment.units) {
    if (unit.before != nullptr && unit.after != nullptr &&
        unit.before->notes == unit.after->notes) {
      continue;
    }
    for (const NoteField field : fields) {
      Texts before = texts_of(unit.before, field);
      Texts after = texts_of(unit.after, field);
      drop_common(before, after);
      for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        NoteChange change;
        change.at = (unit.after != nullptr ? unit.after : unit.before)->id;
        change.field = field;
        change.before = i < before.size() ? before[i] : "";
        change.after = i < after.size() ? after[i] : "";
        changes.push_back(std::move(change));
      }
    }
  }
  return changes;
}

} // namespace regtrail::diff::tree
