// The entity cell of a party list (Entity List, Unverified List, MEU List): the name of the party,
// its aliases and addresses, and the parts that are subordinate to it (docs/grammar.md, Party
// lists).
//
//   entity_cell = name {aka} {address} {remark}
//   aka         = ("a.k.a." | "f/k/a" | "d.b.a." | "the following two aliases") ...
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

struct EntityCell {
  std::string name;                   ///< as printed; "Address 01" for an entry by address only
  std::vector<std::string> aliases;   ///< as printed, without dashes and separators
  std::vector<std::string> addresses; ///< as printed, without the final period
  std::string remark;         ///< "See alternate address under Pakistan", "including the armed ..."
  bool address_only = false;  ///< the cell names no party
  std::string subordinate_to; ///< "X subordinate institution: Y" and "Y (a subordinate of X)": X

  friend bool operator==(const EntityCell&, const EntityCell&) = default;
};

/// Gives a name for every text but a blank one; what cannot be told apart stays with the address.
[[nodiscard]] EntityCell parse_entity_cell(std::string_view text);

/// The name alone, as parse_entity_cell gives it.
[[nodiscard]] std::string entity_name(std::string_view text);

/// The addresses in a text that holds nothing else.
[[nodiscard]] std::vector<std::string> parse_addresses(std::string_view text);

/// A piece of an entity cell that names one party, or the addresses of several.
struct EntityBlock {
  enum class Kind : std::uint8_t {
    party,          ///< the party of the row
    subordinate,    ///< a part of it: "Subordinate institution", below "Affiliated entities:"
    joint_addresses ///< "The following addresses apply to the entity and to the ...:"
  };

  Kind kind = Kind::party;
  std::string_view label; ///< what is printed in front of the piece: "Affiliated entities:"
  std::string_view text;  ///< empty where a label stands alone in its cell

  friend bool operator==(const EntityBlock&, const EntityBlock&) = default;
};

/// Labels and texts in printed order, without the blanks between them; at least one.
[[nodiscard]] std::vector<EntityBlock> divide_entity_cell(std::string_view text);

/// The comparison key of a name, alias or address: lower case, quotes, dashes and blanks folded,
/// punctuation dropped.
[[nodiscard]] std::string party_key(std::string_view text);

} // namespace regtrail::ear
