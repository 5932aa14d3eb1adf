// Keeps the stored hits in step with the register.
#pragma once

#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "diff/relevance/matcher.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

namespace regtrail::cli {

/// Matches every stored change and document again when the stored hits were made from another
/// register, and notes which register did it; else the documents that were not matched yet. The
/// caller holds the archive's sync lock.
Result<void>
refresh_hits(store::Archive& archive, const LoadedRegister& loaded, const diff::Matcher& matcher);

/// Notes that the stored hits were made from this register.
Result<void> note_register(store::Archive& archive, const LoadedRegister& loaded);

/// The archive for reading, after refreshing hits of another register. When that is not possible
/// now (a sync is running, the archive is read-only) a note says so and the old hits stay.
Result<store::Archive> open_matched_archive(Session& session, const LoadedRegister& loaded);

} // namespace regtrail::cli
