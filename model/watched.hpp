// Whether an entry of the register is watched: every source and place that it needs was read.
#pragma once

#include "model/date.hpp"
#include "model/register.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail {

struct EntryWatch {
  EntryKind entry = EntryKind::category;
  std::string id;
  std::vector<std::string> reasons; ///< why it is not watched; empty: it is
  std::optional<Date> until;        ///< up to which day all that it needs was read; nullopt unknown

  friend bool operator==(const EntryWatch&, const EntryWatch&) = default;
};

} // namespace regtrail
