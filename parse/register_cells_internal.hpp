// Cells of people's tables as values of the register.
#pragma once

#include "model/error.hpp"
#include "parse/register_fields.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// What kind of value a field takes from a cell.
enum class CellKind { text, list, classification, hs, country, percent };

/// A cell as texts for set_field: "5a991b1, EAR 99" -> "5A991.b.1", "EAR99"; "米国" -> "US". What
/// stands for nothing ("-", "n/a", "なし") is none. `left_out` counts what is no value of the field
/// and no mistake: "非該当", a judgment under Japanese law, is no ECCN.
Result<std::vector<std::string>>
cell_values(std::string_view cell, CellKind kind, std::map<std::string, int>& left_out);

/// "Switching time (ms)" and "400": "Switching time 400 ms"; other cells stay as they are.
std::string parameter_text(const std::string& heading, const std::string& cell);

/// "VX-200/B" -> "vx-200-b"; "" where no letter or digit of ASCII is in it.
std::string kebab(std::string_view text);

} // namespace regtrail::parse
