// The supplements to parts of the EAR that code knows by name, as citations have them.
#pragma once

#include "model/citation.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace regtrail {

/// "Supplement No. 4 to Part 744".
[[nodiscard]] inline std::string supplement_name(std::string_view number, std::string_view part) {
  return "Supplement No. " + std::string(number) + " to Part " + std::string(part);
}

inline constexpr std::string_view country_chart = "Supplement No. 1 to Part 738";
inline constexpr std::string_view country_groups = "Supplement No. 1 to Part 740";
/// Countries to which requirements of the CCL do not apply.
inline constexpr std::string_view excluded_countries = "Supplement No. 4 to Part 742";
inline constexpr std::string_view entity_list = "Supplement No. 4 to Part 744";
inline constexpr std::string_view unverified_list = "Supplement No. 6 to Part 744";
inline constexpr std::string_view military_end_user_list = "Supplement No. 7 to Part 744";
inline constexpr std::string_view validated_end_users = "Supplement No. 7 to Part 748";
inline constexpr std::string_view commerce_control_list = "Supplement No. 1 to Part 774";

/// True for the entry of a party, below its country in one of the four lists, and what lies in it.
[[nodiscard]] inline bool is_in_party_list(const Citation& at) {
  constexpr std::array lists{
      entity_list, unverified_list, military_end_user_list, validated_end_users};
  return at.kind() == CitationKind::appendix && at.steps().size() >= 2 &&
         std::find(lists.begin(), lists.end(), at.name()) != lists.end();
}

} // namespace regtrail
