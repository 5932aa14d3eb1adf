// Days on which offices of the United States are closed.
#pragma once

#include "model/date.hpp"

#include <string_view>

namespace regtrail {

/// "Saturday", "Sunday", or the legal public holiday observed on the day (5 U.S.C. 6103): one that
/// falls on a Saturday is observed the day before, one on a Sunday the day after. "" on a day of
/// business. Inauguration Day is none: it is observed around Washington only.
[[nodiscard]] std::string_view closed_for(Date day);

} // namespace regtrail
