// Roman numerals, in lower case, as lists and paragraphs are counted by them. The highest digit is
// "c", 100.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace regtrail {

/// "iv" for 4; "" below 1.
[[nodiscard]] std::string roman_numeral(int value);

/// 4 for "iv"; nullopt for what roman_numeral does not write ("", "iiii", "ic").
[[nodiscard]] std::optional<int> roman_value(std::string_view numeral);

/// The same of a paragraph's designator: "c" and "l" alone are letters, for no list reaches fifty.
[[nodiscard]] std::optional<int> roman_designator_value(std::string_view designator);

} // namespace regtrail
