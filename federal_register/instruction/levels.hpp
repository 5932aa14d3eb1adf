// Numbers of instructions: which level "i" or "b." continues.
#pragma once

#include "federal_register/instruction/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

/// The number printed at the cursor, "2.", "a.", "(1)"; takes it with its full stop.
[[nodiscard]] std::optional<std::string> read_number(Cursor& cursor);

/// On which level of `open` (the numbers down to the last instruction) `number` stands:
/// open.size() when it opens a level of its own.
[[nodiscard]] std::size_t level_of(const std::vector<std::string>& open, std::string_view number);

} // namespace regtrail::federal_register::instruction_detail
