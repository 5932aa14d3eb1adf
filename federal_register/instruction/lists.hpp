// Lists by country: parties (supplements to part 744), the Country Chart, the Country Groups.
#pragma once

#include "federal_register/instruction/tokens.hpp"
#include "model/citation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register::instruction_detail {

/// Supplements No. 4, 6 and 7 to part 744: country, then entry.
[[nodiscard]] bool is_party_list(const Citation& unit);

/// Supplement No. 1 to part 738 or 740, where an "X" stands in a column of a country's row.
[[nodiscard]] bool has_columns(const Citation& unit);

/// Lists of country names without parties: those above and Supplement No. 4 to part 742.
[[nodiscard]] bool lists_countries(const Citation& unit);

enum class CountryForm : std::uint8_t {
  party_list, ///< "CHINA, PEOPLE'S REPUBLIC OF" of "China"
  as_written,
};

/// The countries at the cursor: of "the destination of China" and "“CHINA”", too. Empty and unmoved
/// where none is.
[[nodiscard]] std::vector<std::string> read_countries(Cursor& cursor,
                                                      CountryForm form = CountryForm::party_list);

/// The column at the cursor, in the form of the step: "NS 2" of "NS Column 2" and "NS 2", "[A:6]"
/// of
/// "[A:6]" and "A:6"; of a number alone the one of the same reason as `previous`.
[[nodiscard]] std::optional<std::string> read_column(Cursor& cursor, std::string_view previous);

/// The number that a word says: 2 of "two" and "2"; "twenty-one" is 21.
[[nodiscard]] std::optional<int> count_of(const Token& token);

} // namespace regtrail::federal_register::instruction_detail
