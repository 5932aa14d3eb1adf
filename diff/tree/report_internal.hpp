// From an alignment to changes.
#pragma once

#include "diff/tree/alignment.hpp"
#include "model/change.hpp"
#include "model/date.hpp"
#include "model/node.hpp"

#include <optional>
#include <vector>

namespace regtrail::diff::tree {

/// Changes without typed meaning and groups, in no particular order. `date`: of the after side;
/// part of every id, because the law can go from A to B, back, and to B again.
[[nodiscard]] std::vector<Change> report_changes(const Alignment& alignment,
                                                 std::optional<Date> date);

/// Which of `pieces`, nodes in printed order, are those into which the text of `whole` was divided
/// together with `rest`, which stands in its place on the other side: the words are the same in the
/// same order but for a few, and most of the words of each piece are from `whole`. Empty where it
/// was not.
[[nodiscard]] std::vector<std::size_t>
divided_into(const Node& whole, const Node& rest, const std::vector<const Node*>& pieces);

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
