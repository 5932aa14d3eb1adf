// From an alignment to changes.
#pragma once

#include "diff/tree/alignment.hpp"
#include "model/change.hpp"

#include <vector>

namespace regtrail::diff::tree {

/// Changes without typed meaning and groups, in no particular order.
[[nodiscard]] std::vector<Change> report_changes(const Alignment& alignment);

/// What happened to AUTH, SOURCE, CITA and the other fields that are not law.
[[nodiscard]] std::vector<NoteChange> report_notes(const Alignment& alignment);

/// Gives revisions that make one and the same replacement in many places a common `group`.
void group_replacements(std::vector<Change>& changes);

} // namespace regtrail::diff::tree
