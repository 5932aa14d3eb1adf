// Assembles `history CITATION` from stored versions and changes: every version of a unit or of a
// place in one, followed backwards through renumbering. No printing.
#pragma once

#include "model/citation.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

namespace regtrail::query {

/// Newest first. A unit has an entry for each stored version of it, a place only for the dates on
/// which something at, below or (by renumbering, adding, removing) above it changed. Where a
/// change says what the place was called before (`was`), older entries follow that name. A part
/// has an entry for each date on which something in it changed.
/// An Error of kind not_found when the archive never held the citation.
Result<History> assemble_history(store::Archive& archive, const Citation& citation);

/// True when the change gave its place another name.
[[nodiscard]] bool is_rename(const Change& change);

/// The citation under which `place` stood before `change`: `was` with what lies below `at` kept.
/// Empty when the change does not rename `place`.
[[nodiscard]] Citation former_citation(const Change& change, const Citation& place);

} // namespace regtrail::query
