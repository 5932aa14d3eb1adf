// The places of law that a product category names in its `cfr` list:
//
//   744.23(a)(4)      a section or a paragraph of it, and everything below
//   736 Supp. 1       a supplement            742       a part of title 15
//   772.1 OSAT        a defined term          19 CFR    a title
//   48 CFR 201-299    parts of another title  15 CFR 705
#pragma once

#include "model/citation.hpp"
#include "model/error.hpp"

#include <string>
#include <string_view>

namespace regtrail {

struct CfrPattern {
  std::string title = "15";
  int first_part = 0; ///< 0: every part of the title
  int last_part = 0;
  Citation place;         ///< empty for a title or parts
  std::string definition; ///< lower case, "" for none

  friend bool operator==(const CfrPattern&, const CfrPattern&) = default;
};

Result<CfrPattern> parse_cfr_pattern(std::string_view text);

/// True when `at` is the pattern's place or lies below it.
[[nodiscard]] bool covers(const CfrPattern& pattern, const Citation& at);

} // namespace regtrail
