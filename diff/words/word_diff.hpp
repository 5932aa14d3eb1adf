// The minimal word script between two texts.
#pragma once

#include "model/change.hpp"

#include <string_view>
#include <vector>

namespace regtrail::diff {

/// Tokens of legal text, in order, covering `text` without gaps: a run of blanks, a citation with
/// its designators ("744.23(a)(2)"), an ECCN path, a hyphenated word, a number, a unit, one
/// punctuation mark. Views into `text`.
[[nodiscard]] std::vector<std::string_view> tokenise(std::string_view text);

/// Fewest marked characters over tokens; edges slid to sentence and phrase boundaries. Neighbouring
/// runs of one kind are joined. Linear-ish: O((N + M) D) with D the number of edits.
[[nodiscard]] std::vector<WordRun> word_diff(std::string_view before, std::string_view after);

} // namespace regtrail::diff
