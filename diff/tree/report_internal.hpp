// From an alignment to changes.
#pragma once

#include "diff/tree/alignment.hpp"
#include "model/change.hpp"
#include "model/date.hpp"

#include <optional>
#include <vector>

namespace regtrail::diff::tree {

/// Changes without typed meaning and groups, in no particular order. `date`: of the after side;
/// part of every id, because the law can go from A to B, back, and to B again.
[[nodiscard]] std::vector<Change> report_changes(const Alignment& alignment,
                                                 std::optional<Date> date);

/// What happened to AUTH, SOURCE, CITA and the other fields that are not law.
[[nodiscard]] std::vector<NoteChange> report_notes(const Alignment& alignment);

/// What changed notes say of the units' effect: a stay that came, was lifted or ran out, an
/// amendment that the Office of the Federal Register could not carry out. `date`: of the after
/// side.
[[nodiscard]] std::vector<StatusEvent> read_status(const std::vector<NoteChange>& notes,
                                                   std::optional<Date> date);

/// Gives revisions that make one and the same replacement in many places a common `group`.
void group_replacements(std::vector<Change>& changes);

} // namespace regtrail::diff::tree
