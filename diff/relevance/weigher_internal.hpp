// What speaks for each category in a change, and how much.
#pragma once

#include "diff/relevance/compiled_internal.hpp"
#include "diff/relevance/evidence_internal.hpp"
#include "model/hit.hpp"

#include <vector>

namespace regtrail::diff {

/// A hit for each category with at least one reason, best score first, also below the thresholds;
/// without severity and id.
[[nodiscard]] std::vector<Hit> weigh(const CompiledRegister& compiled, const Subject& subject);

} // namespace regtrail::diff
