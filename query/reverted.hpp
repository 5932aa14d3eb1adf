// Texts that went back to what they said before: known by the hashes of stored versions.
#pragma once

#include "model/change.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <optional>
#include <vector>

namespace regtrail::query {

/// `texts` are hashes from the oldest to the newest, nullopt where there was no text. When the last
/// of them differs from the one before and stood earlier, the index at which it last came in.
[[nodiscard]] std::optional<std::size_t>
reverted_to(const std::vector<std::optional<Hash128>>& texts);

/// Adds to `diff`, which compares `citation` on two days, an event `reverted` for every unit whose
/// text after is that of an earlier version, with the date of that version. Of a place within a
/// unit the place itself is looked at.
Result<void> add_reverted(store::Archive& archive, DiffResult& diff, const Citation& citation);

/// Says of the versions of a history which of them went back to an earlier one.
Result<void> mark_reverted(store::Archive& archive, History& history);

} // namespace regtrail::query
