#include "query/status_days.hpp"

#include "federal_register/stay_note.hpp"

#include <algorithm>

namespace regtrail::query {
namespace {

using federal_register::NotedStay;

/// The page that the notes name for an event.
Citation page_of(const DiffResult& diff, const StatusEvent& event) {
  const bool lifted = event.event == StatusEventKind::lifted;
  if (lifted || event.event == StatusEventKind::stayed) {
    for (const NoteChange& note : diff.notes) {
      if (note.field != NoteField::effdnot) {
        continue;
      }
      for (const NotedStay& stay : federal_register::find_stays(note.after, note.at.unit())) {
        if (stay.at == event.at && stay.extent == event.extent && stay.lifted == lifted) {
          return stay.page;
        }
      }
    }
  }
  return {};
}

bool orders(const Instruction& instruction, const StatusEvent& event) {
  const Verb verb = event.event == StatusEventKind::stayed ? Verb::stay : Verb::lift;
  return std::any_of(
      instruction.operations.begin(), instruction.operations.end(), [&](const Operation& each) {
        return each.verb == verb &&
               std::any_of(each.targets.begin(), each.targets.end(), [&](const Target& target) {
                 return event.at.is_within(target.at);
               });
      });
}

/// Of the instruction that orders it, else the only one of the document.
std::optional<Date> day_in(const Document& document, const StatusEvent& event) {
  for (const Instruction& instruction : document.instructions) {
    if (orders(instruction, event)) {
      return effective_date(document, instruction);
    }
  }
  return document.effective.size() == 1 ? std::optional(document.effective.front()) : std::nullopt;
}

} // namespace

Result<std::vector<StatusEvent>> dated_status(store::Archive& archive, const DiffResult& diff) {
  std::vector<StatusEvent> status = diff.status;
  for (StatusEvent& event : status) {
    const Citation page = event.date ? Citation() : page_of(diff, event);
    if (page.empty()) {
      continue;
    }
    TRY_ASSIGN(const auto found, archive.find_documents(page, store::DocumentContent::whole));
    if (found.size() == 1) {
      event.date = day_in(found.front().document, event);
    }
  }
  return status;
}

} // namespace regtrail::query
