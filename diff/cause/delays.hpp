// Dates of effect after the delays that other documents order.
#pragma once

#include "model/document.hpp"

#include <vector>

namespace regtrail::diff {

/// `document` with its dates of effect, and those of its instructions, as the documents among `all`
/// that delay it leave them; its relations name these. DATES and its clauses stay as printed.
[[nodiscard]] Document with_delays(Document document, const std::vector<const Document*>& all);

} // namespace regtrail::diff
