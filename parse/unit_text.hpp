// One unit of the CFR out of the document that it was first read from.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"

#include <string_view>
#include <vector>

namespace regtrail::parse {

/// Reads the unit `id` again from the bytes `ranges` of `document`, in the form of the eCFR or of
/// the annual edition, without reading the rest of it. The result is the unit that parse_ecfr or
/// parse_cfr_annual gives for the whole document, but for what only the whole shows ("printed twice
/// in one document"), which is not in `not_understood`. `malformed` where the ranges do not hold
/// the unit.
[[nodiscard]] Result<Unit>
parse_unit(std::string_view document, const Citation& id, const std::vector<ByteRange>& ranges);

} // namespace regtrail::parse
