// The product register (categories.toml) from and to TOML.
#pragma once

#include "model/error.hpp"
#include "model/register.hpp"

#include <string>
#include <string_view>

namespace regtrail::parse {

/// Unknown keys, wrong types, repeated ids, things that are no ECCN or no citation are errors:
/// `categories.toml:41: eccn "3B01" is not an ECCN (digit, letter A-E, three digits, e.g. 3B001)`.
Result<Register> parse_register(std::string_view toml, std::string_view source_name);

/// One [[category]] block, for `categories add`; parse_register reads it back equal.
[[nodiscard]] std::string category_to_toml(const Category& category);

} // namespace regtrail::parse
