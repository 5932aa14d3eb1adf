// The cells of a party list (Entity List, Unverified List, MEU List): name, aliases and addresses
// of the entity cell, class and footnotes of the license requirement (docs/grammar.md, Party
// lists).
//
//   entity_cell = name [aka] {address} {remark}
//   aka         = ("a.k.a." | "f.k.a." | "d.b.a." | "the following") ... (":" {"—" alias} | alias)
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct EntityCell {
  std::string name;
  std::vector<std::string> aliases;   ///< as printed, without dashes and separators
  std::vector<std::string> addresses; ///< as printed, without the final period
  std::string remark;                 ///< "See alternate address under Pakistan", sub-units

  friend bool operator==(const EntityCell&, const EntityCell&) = default;
};

/// Gives a name unless the text begins with aliases; what cannot be told apart stays with the
/// address.
[[nodiscard]] EntityCell parse_entity_cell(std::string_view text);

/// The comparison key of a name, alias or address: lower case, quotes, dashes and blanks folded,
/// punctuation dropped.
[[nodiscard]] std::string party_key(std::string_view text);

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
