// Names of supplements to parts of the EAR, as citations have them.
#pragma once

#include <string>
#include <string_view>

namespace regtrail {

/// "Supplement No. 4 to Part 744".
[[nodiscard]] inline std::string supplement_name(std::string_view number, std::string_view part) {
  return "Supplement No. " + std::string(number) + " to Part " + std::string(part);
}

inline constexpr std::string_view country_chart = "Supplement No. 1 to Part 738";
inline constexpr std::string_view entity_list = "Supplement No. 4 to Part 744";
inline constexpr std::string_view unverified_list = "Supplement No. 6 to Part 744";
inline constexpr std::string_view military_end_user_list = "Supplement No. 7 to Part 744";
inline constexpr std::string_view validated_end_users = "Supplement No. 7 to Part 748";
inline constexpr std::string_view commerce_control_list = "Supplement No. 1 to Part 774";

} // namespace regtrail
