// Numbers of the Harmonized Tariff Schedule and of the Harmonized System in running text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// One number, or a range of them, as an interval of codes of ten digits: "8471.50" is
/// 8471500000 to 8471509999, "8471.50 through 8471.80" ends with 8471809999.
struct TariffNumbers {
  std::string words; ///< as printed
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  friend bool operator==(const TariffNumbers&, const TariffNumbers&) = default;
};

/// "8481.80", "8481.80.3010", "848180": four to ten digits of a chapter from 1 to 99; nullopt of
/// anything else.
[[nodiscard]] std::optional<TariffNumbers> parse_tariff_number(std::string_view code);

/// Those that a document names, in printed order. Without dots ("8486", "847150") only behind
/// "heading", "subheading", "HTS", "HTSUS", "HS" or "Harmonized ..."; with one dot ("8471.50") also
/// elsewhere in a text that speaks of tariffs, duties or imports. Sums of money, quantities,
/// sections of a code, pages and the numbers of dockets and orders are none.
[[nodiscard]] std::vector<TariffNumbers> find_tariff_numbers(std::string_view text);

} // namespace regtrail::federal_register
