// An operation carried out on a copy of a unit.
#pragma once

#include "model/document.hpp"
#include "model/error.hpp"
#include "model/node.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::diff {

/// What of a unit is looked at for a place in it: of lists only the entry.
[[nodiscard]] Unit part_around(const Unit& unit, const Citation& place);

/// `unit` after `operation` on one of its targets; else, in words, why it cannot be said.
[[nodiscard]] tl::expected<Unit, std::string> carried_out(const Operation& operation,
                                                          const Target& target,
                                                          const std::vector<SetOutText>& set_out,
                                                          Unit unit);

} // namespace regtrail::diff
