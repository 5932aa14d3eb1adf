// What speaks for each category in a change, and how much.
#pragma once

#include "diff/relevance/compiled_internal.hpp"
#include "diff/relevance/evidence_internal.hpp"
#include "model/hit.hpp"
#include "model/register.hpp"

#include <vector>

namespace regtrail::diff {

/// A hit for each category with at least one reason, best score first, also below the thresholds;
/// without severity and id.
[[nodiscard]] std::vector<Hit> weigh(const CompiledRegister& compiled, const Subject& subject);

/// A category that the user wrote; those of the starter register say what they were checked with.
[[nodiscard]] inline bool is_users(const Category& category) {
  return category.evidence.empty() || category.evidence == "user";
}

/// A change in a section that names nobody concerns all who watch the section: a flagged hit for
/// each category of the starter register that lists a paragraph of it, beside or below the change,
/// where `hits`, those of the change itself, flag no such category. Without severity and id.
[[nodiscard]] std::vector<Hit> section_hits(const CompiledRegister& compiled,
                                            const Subject& subject,
                                            const std::vector<Hit>& hits);

} // namespace regtrail::diff
