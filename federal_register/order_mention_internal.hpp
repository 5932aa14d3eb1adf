// Executive orders named in a folded text; shared by order_notes.cpp and order_text.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct OrderMention {
  std::string number;
  std::size_t begin = 0; ///< of "Executive Order", in a list of the number
  std::size_t end = 0;   ///< after the date and the title in parentheses, where they are there
};

/// "14110", "14,110", "11246-A" at `pos`, not glued to letters or digits; advances `pos`.
[[nodiscard]] std::optional<std::string> read_order_number(std::string_view text, std::size_t& pos);

/// " of October 30, 2023", ", October 30, 2023" at `pos`; advances it. A day that does not exist
/// is a date nevertheless: notes have "August 34, 2017".
bool skip_order_date(std::string_view text, std::size_t& pos);

/// "Executive Order 14110 of October 30, 2023 (Safe, ...)", "EO 13673", "E.O. 14,110" at `pos`;
/// for "Executive Orders 13526 and 13549 of ..." all of them. Empty where there is none; advances
/// `pos` over them.
[[nodiscard]] std::vector<OrderMention> read_orders(std::string_view text, std::size_t& pos);

} // namespace regtrail::federal_register
