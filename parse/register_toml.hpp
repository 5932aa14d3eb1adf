// The register's files (docs/register.md) from and to TOML.
#pragma once

#include "model/error.hpp"
#include "model/register.hpp"
#include "parse/register_fields.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct RegisterText {
  std::string_view toml;
  std::string source_name;
};

/// Several texts as one register; each may hold entries of any kind. Unknown keys, wrong types,
/// ids that repeat, also those of another kind or text, things that are no ECCN or no citation are
/// errors: `categories.toml:41: eccn "3B01" is not an ECCN (digit, letter A-E, three digits, e.g.
/// 3B001)`.
Result<Register> parse_register(const std::vector<RegisterText>& texts);

Result<Register> parse_register(std::string_view toml, std::string_view source_name);

/// The value of one key; nullopt where it is empty and left out.
template<typename Entry>
std::optional<std::string> field_to_toml(const Entry& entry, const RegisterField<Entry>& field);

/// One block, "[[product]]" and its keys; parse_register reads it back equal.
template<typename Entry>
std::string entry_to_toml(const Entry& entry);

} // namespace regtrail::parse
