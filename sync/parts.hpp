// Parts of the CFR as people name them.
#pragma once

#include "model/error.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::sync {

struct PartName {
  int title = 15;
  std::string part;

  friend auto operator<=>(const PartName&, const PartName&) = default;
};

/// "744" (of title 15), "22 CFR 121", "41 CFR Part 102-75". A section is a usage error that names
/// its part.
Result<PartName> read_part_name(std::string_view text);

/// The form that read_part_name reads: "744", of another title than 15 "22 CFR 121".
[[nodiscard]] std::string to_string(const PartName& name);

/// The parts of the EAR: 730-774 of title 15 without the numbers that do not exist.
[[nodiscard]] std::vector<PartName> ear_parts();

/// The titles of `parts`, ascending.
[[nodiscard]] std::vector<int> titles_of(const std::vector<PartName>& parts);

/// Those of `parts` that are of `title`, in their order.
[[nodiscard]] std::vector<std::string> parts_of_title(const std::vector<PartName>& parts,
                                                      int title);

} // namespace regtrail::sync
