// Units that are made by a test and not read from a document, in an archive all the same: their
// trees are the bodies of its answers.
#pragma once

#include "model/node.hpp"
#include "store/archive.hpp"

#include <optional>
#include <string>
#include <vector>

namespace regtrail::tests {

/// Reads what put_units stored.
[[nodiscard]] store::UnitReader stored_unit_reader();

/// Gives each unit its range in the body that is returned.
[[nodiscard]] std::string body_of(std::vector<Unit>& units);

/// Stores the units as the answer for a date, received at `seen` and taken for it at `when`, by
/// default at once.
[[nodiscard]] Result<store::RawId> put_units(store::Archive& archive,
                                             const store::PartDate& date,
                                             std::vector<Unit> units,
                                             Timestamp seen,
                                             std::optional<Timestamp> when = std::nullopt);

} // namespace regtrail::tests
