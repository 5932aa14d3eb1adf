// Where the name of a listed party ends and its address begins.
#pragma once

#include <cstddef>
#include <string_view>

namespace regtrail::ear {

/// End of the name that `text` begins with: before a line break, a semicolon, or the comma, full
/// stop or blank behind which an address begins. A legal form behind a comma ("Beltech, CJSC"), a
/// part of a body ("Academy of Sciences, Institute of Physics") and what stands in brackets belong
/// to the name.
[[nodiscard]] std::size_t end_of_name(std::string_view text);

/// End of the alias that `text` begins with. `alone`: what follows it is the only address, so that
/// it ends as a name does, or with its sentence: "Leihua. Wuxi, China".
[[nodiscard]] std::size_t end_of_alias(std::string_view text, bool alone);

/// True when `text` begins as only addresses do: with a house number, "Room 5", "P.O. Box". "48th
/// Research Institute" does not.
[[nodiscard]] bool begins_address(std::string_view text);

/// "Silk Road", "Index Tower": words of addresses that names may hold as well.
[[nodiscard]] bool names_street(std::string_view text);

[[nodiscard]] bool ends_in_legal_form(std::string_view name);

/// True when the full stop that ends `name` is that of a legal form: "Co., Ltd."
[[nodiscard]] bool ends_in_abbreviated_form(std::string_view name);

/// First of `marks` at or behind `from` outside brackets, the size of `text` if there is none.
/// Brackets that are never closed are none.
[[nodiscard]] std::size_t
find_outside_brackets(std::string_view text, std::string_view marks, std::size_t from = 0);

} // namespace regtrail::ear
