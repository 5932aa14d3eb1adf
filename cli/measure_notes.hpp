// What people entered by hand about a place of the law, as notes below its text: what is printed
// is not always what is enforced.
#pragma once

#include "model/citation.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <string>

namespace regtrail::cli {

/// A line a measure: "note: printed, not enforced since 2025-05-13: press release 'Rescission of
/// ...'; see: regtrail doc M-..."; "" when there are none.
Result<std::string> measure_notes(store::Archive& archive, const Citation& place);

} // namespace regtrail::cli
