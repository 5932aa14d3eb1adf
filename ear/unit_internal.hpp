// The units that EAR texts print beside numbers (docs/grammar.md, Thresholds).
#pragma once

#include <string_view>

namespace regtrail::ear {

/// True for one word or sign that is a unit: "nm", "micrometer", "percent", "%", "cm^2".
[[nodiscard]] bool is_unit(std::string_view word);

} // namespace regtrail::ear
