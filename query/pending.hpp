// What is to change: amendments that are published or filed and not in force yet.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "model/version.hpp"
#include "store/archive.hpp"

#include <optional>
#include <vector>

namespace regtrail::query {

/// Amendments that are not in force on `today`, at, above or below `place`; an empty place asks for
/// all of the EAR and of the parts that are held.
Result<std::vector<PendingAmendment>>
pending_amendments(store::Archive& archive, const Citation& place, Date today);

/// The same; nullopt where the Federal Register was never read, so that nothing is known.
Result<std::optional<std::vector<PendingAmendment>>>
known_pending(store::Archive& archive, const Citation& place, Date today);

/// Documents that were filed for public inspection in the sixty days up to `today` and were taken
/// off it without being published; by number.
Result<std::vector<Document>> withdrawn_filings(store::Archive& archive, Date today);

/// As `status` and a digest list one; its text are the notes of the editors.
[[nodiscard]] PendingAmendment as_listed(const Document& filing);

} // namespace regtrail::query
