// The supplements of the EAR that other code knows by name.
#pragma once

#include "model/citation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace regtrail::supplements {

inline constexpr std::string_view country_chart = "Supplement No. 1 to Part 738";
inline constexpr std::string_view country_groups = "Supplement No. 1 to Part 740";
/// Countries to which requirements of the CCL do not apply.
inline constexpr std::string_view excluded_countries = "Supplement No. 4 to Part 742";
inline constexpr std::string_view entity_list = "Supplement No. 4 to Part 744";
inline constexpr std::string_view unverified_list = "Supplement No. 6 to Part 744";
inline constexpr std::string_view military_end_users = "Supplement No. 7 to Part 744";
inline constexpr std::string_view validated_end_users = "Supplement No. 7 to Part 748";

/// True for the entry of a party, below its country in one of the four lists, and what lies in it.
[[nodiscard]] inline bool is_in_party_list(const Citation& at) {
  constexpr std::array lists{entity_list, unverified_list, military_end_users, validated_end_users};
  return at.kind() == CitationKind::appendix && at.steps().size() >= 2 &&
         std::find(lists.begin(), lists.end(), at.name()) != lists.end();
}

} // namespace regtrail::supplements
