// What an executive order says of other orders, and by when it wants things done.
#pragma once

#include "model/document.hpp"

#include <string_view>
#include <vector>

namespace regtrail::federal_register {

/// The orders that `body` (paragraphs by "\n") revokes, amends, supersedes, suspends, terminates,
/// continues, modifies or furthers in its own words, each kind and target once, and those that it
/// merely names as `cites`:
///
///   Executive Order 14110 of October 30, 2023 (...), is revoked.
///   Section 3 of Executive Order 13683 of December 11, 2014, and Executive Order ... are revoked.
///   This order supersedes Executive Order 12675 ...
///   The following executive actions are hereby revoked: / (a) Executive Order ... / (b) ...
///
/// Quotations count for nothing: amendments quote the text that they make. `own_number` is the
/// order that says it.
[[nodiscard]] std::vector<Relation> find_order_relations(std::string_view body,
                                                         std::string_view own_number = {});

/// "Within 90 days of the date of this order", "not later than sixty (60) days after the issuance
/// of this order", "within 6 months of the date of this order", counted from the day of signing,
/// in the order of the text. Days counted from anything else ("of receipt of", "of the issuance of
/// the guidance", the effective date) and business days are none.
[[nodiscard]] std::vector<Deadline> find_deadlines(std::string_view body, Date signed_on);

} // namespace regtrail::federal_register
