// The license requirement of a listed party: which items, and with which footnotes
// (docs/grammar.md, Party lists: license requirements).
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace regtrail::ear {

struct LicenseRequirement {
  /// all: every item subject to the EAR; scoped: only some items or projects.
  enum class Class : std::uint8_t { unknown, all, scoped };

  Class scope = Class::unknown;
  std::set<int> footnotes;

  friend bool operator==(const LicenseRequirement&, const LicenseRequirement&) = default;
};

/// "For all items subject to the EAR. (See § 744.11 of the EAR) ^4", also with the superscripts
/// flattened ("... of the EAR)4").
[[nodiscard]] LicenseRequirement parse_license_requirement(std::string_view text);

/// "all items, footnotes 4 and 5", for reports.
[[nodiscard]] std::string to_string(const LicenseRequirement& requirement);

} // namespace regtrail::ear
