// The days of stays as the rules that order them give them: the notes of the CFR name pages only.
#pragma once

#include "model/change.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// The status events of `diff`, those that have no day with that of the document on the page that
/// the note of their place names, where the archive holds it and its day of effect was read.
Result<std::vector<StatusEvent>> dated_status(store::Archive& archive, const DiffResult& diff);

} // namespace regtrail::query
