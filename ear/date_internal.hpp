// One date at a place of a folded text; shared by text_date.cpp and fr_citation.cpp.
#pragma once

#include "model/date.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace regtrail::ear {

/// Advances `pos` over the date.
[[nodiscard]] std::optional<Date> read_date(std::string_view text, std::size_t& pos);

} // namespace regtrail::ear
