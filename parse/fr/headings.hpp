// The short lines at the head and foot of a document: CFR parts, dockets, RINs, numbers, dates.
#pragma once

#include "model/date.hpp"
#include "model/document.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// The parts of "15 CFR Parts 734, 740, and 744", "40 CFR Parts 52 and 70", "22 CFR Parts 120-130".
/// Without a part ("48 CFR Chapter 1") none.
[[nodiscard]] std::vector<CfrPart> read_cfr_heading(std::string_view heading);

/// True for a line that names parts of the CFR, whatever its element.
[[nodiscard]] bool is_cfr_heading(std::string_view line);

/// "0694-AJ74" of "RIN 0694–AJ74", all of them.
[[nodiscard]] std::vector<std::string> read_rins(std::string_view line);

/// "[Docket No. 240813-0218; FRL-7897-7]" without brackets, by semicolons.
[[nodiscard]] std::vector<std::string> read_dockets(std::string_view line);

struct Filing {
  std::string number; ///< "2024-28270", hyphens whatever the print; "" for none
  std::optional<Date> filed;
};

/// "[FR Doc. 2024–02930 Filed 2–8–24; 2:00 pm]"
[[nodiscard]] Filing read_filing(std::string_view line);

/// True for the numbers that the printer gives to its own corrections: "C1-...", "R1-...".
[[nodiscard]] bool is_printers_number(std::string_view number);

} // namespace regtrail::parse
