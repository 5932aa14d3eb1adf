// The day on which a document changes the law, which the eCFR follows by days or weeks.
#pragma once

#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace regtrail::diff {

/// The day on which `document` takes effect, or that instruction of it whose ordinal is given (""
/// for any), after the delays and withdrawals among `all`. nullopt where the document says no day,
/// or several of which none is the instruction's, or the amendment was withdrawn or delayed
/// indefinitely.
[[nodiscard]] std::optional<Date> day_of_law(const Document& document,
                                             std::string_view instruction,
                                             const std::vector<const Document*>& all);

} // namespace regtrail::diff
