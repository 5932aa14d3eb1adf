// What today's law, as the archive holds it, says of entries of the register.
#pragma once

#include "model/citation.hpp"
#include "model/date.hpp"
#include "model/error.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"
#include "store/archive.hpp"

#include <map>
#include <string>
#include <vector>

namespace regtrail::query {

/// A classification that products name: an ECCN or a place within one.
struct EccnToday {
  Citation at;
  bool there = false;
  std::vector<std::string> nearest; ///< where it is not there
  /// Of the last twelve months, newest first: of the place, of what lies below or above it, and of
  /// what holds for its whole entry (heading, license requirements, exceptions, notes).
  std::vector<store::StoredChange> changes;
};

/// A figure of a product beside a limit of the paragraph that it names.
struct OwnLimit {
  Citation at;
  std::string own;   ///< "switching time 400 ms"
  std::string words; ///< the limit as printed
  bool inside = false;
};

struct ProductAnswers {
  Date law;                                  ///< issue date of the CCL that was read
  Date since;                                ///< from when on changes are counted
  std::map<std::string, EccnToday> eccns;    ///< by the name that products give, without EAR99 and
                                             ///< NOCLASS
  std::vector<std::vector<OwnLimit>> limits; ///< by product; what is not sure is left out
};

/// not_found where the archive does not hold part 774.
Result<ProductAnswers>
product_answers(store::Archive& archive, const std::vector<Product>& products, Date today);

/// An entry of a list of part 744 that bears a name like that of a party. Never a statement of
/// identity.
struct ListedName {
  std::size_t party = 0; ///< index in the parties given
  Citation at;
  std::string list; ///< "Entity List"
  NameLikeness likeness = NameLikeness::near;
  int distance = 0; ///< letters by which a near name differs
  std::string own;  ///< as the register spells it
  std::string words;
  bool by_owner = false;

  friend bool operator==(const ListedName&, const ListedName&) = default;
};

struct PartyAnswers {
  Date law;
  std::vector<std::string> lists; ///< that were read
  std::size_t names = 0;          ///< on them
  std::vector<ListedName> listed; ///< by party, best likeness first
};

/// not_found where the archive holds no list of part 744.
Result<PartyAnswers> party_answers(store::Archive& archive, const std::vector<Party>& parties);

} // namespace regtrail::query
