// What `diff` compares: two dates of the archive, or two files. No printing.
#pragma once

#include "model/change.hpp"
#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "query/document_file.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::query {

/// Keeps what lies at or below `citation`, or lay there before it was renamed, and what came or
/// went with something above it.
void restrict_to(DiffResult& diff, const Citation& citation);

/// A part on one of its issue dates, with the hash of the answer that holds its text.
Result<SideInfo> part_side(store::Archive& archive, const store::PartDate& date);

struct DateRange {
  std::optional<Date> from; ///< nullopt: the date before the last change
  std::optional<Date> to;   ///< nullopt: the newest
};

/// Without dates: the last change that is not only cosmetic; when there was none, the oldest and
/// the newest date held, and no changes. Causes come from the stored changes in between.
Result<DiffResult>
compare_dates(store::Archive& archive, const Citation& citation, const DateRange& range);

/// A place as of a day (nullopt: the newest text).
struct DatedPlace {
  Citation citation;
  std::optional<Date> on;
};

/// Two places with each other: the sides name them, `at` is a place in the second and `was`, where
/// the designators below the two differ, one in the first; what stands only in the first is
/// `removed` and cited there. The designators and labels of the two themselves are no change, and
/// nothing is called tightened: between two places nothing was amended.
Result<DiffResult>
compare_places(store::Archive& archive, const DatedPlace& before, const DatedPlace& after);

/// `title` is that of the law when the files do not say it ("15"); may be "". `words` cite a place,
/// of the files' title where they name none, to which the result is restricted; an Error where
/// neither file holds it.
Result<DiffResult> compare_files(const FileBytes& before,
                                 const FileBytes& after,
                                 const std::string& title,
                                 const std::vector<std::string>& words = {});

} // namespace regtrail::query
