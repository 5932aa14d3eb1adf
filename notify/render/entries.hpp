// Entries of the register as readers know them, and hits that say the same of several.
#pragma once

#include "model/hit.hpp"
#include "model/register.hpp"
#include "notify/render/summary.hpp"

#include <string>
#include <vector>

namespace regtrail::render {

/// The name that people gave the entry of a hit: a label, a part number, a name, a title; its id
/// where there is none.
[[nodiscard]] std::string entry_name(const Hit& hit, const Register& entries, Language language);

/// True where a figure of a product comes inside or outside of a limit.
[[nodiscard]] bool moves_own_figure(const Hit& hit);

/// Entries of one kind that have score, severity and reasons in common together. In the order of
/// their firsts, what does something to an own figure in front.
[[nodiscard]] std::vector<std::vector<Hit>> alike_hits(const std::vector<Hit>& hits);

/// The names of alike hits: "P-00003, P-00047, P-00064 and 76 more".
[[nodiscard]] std::string
entry_names(const std::vector<Hit>& alike, const Register& entries, Language language);

} // namespace regtrail::render
