// What `status` says of a source after a run.
#pragma once

#include "store/archive.hpp"
#include "sync/report.hpp"

#include <optional>
#include <string>

namespace regtrail::sync {

/// The newest date whose text is stored: of the eCFR's issues, or of the annual editions.
enum class TextOf : std::uint8_t { ecfr, editions };

Result<std::optional<Date>> newest_snapshot(store::Archive& archive, TextOf text);

/// Stores health and newest date of `source` and puts the latter into `report`.
Result<void> note_health(store::Archive& archive,
                         const std::string& source,
                         TextOf text,
                         Timestamp now,
                         SyncReport& report);

} // namespace regtrail::sync
