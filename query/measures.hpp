// Measures that the Code does not print, as they bear on a place of the law.
#pragma once

#include "model/citation.hpp"
#include "model/document.hpp"
#include "model/error.hpp"
#include "store/archive.hpp"

#include <vector>

namespace regtrail::query {

/// The `action` of a measure by which a printed text is not enforced.
inline constexpr const char* not_enforced_action = "printed, not enforced";

/// True when the measure says that what is printed is not enforced.
[[nodiscard]] bool says_not_enforced(const Document& measure);

/// Measures about `place`, what lies below it or what it lies in; oldest first.
Result<std::vector<Document>> measures_about(store::Archive& archive, const Citation& place);

} // namespace regtrail::query
