// The minimal word script between two texts.
#pragma once

#include "model/change.hpp"

#include <string_view>
#include <vector>

namespace regtrail::diff {

/// The script over tokens with the fewest marked characters, its edges at the boundaries of
/// sentences and phrases where there is a choice. Neighbouring runs of one kind are joined. O((N +
/// M) D) for D edits.
[[nodiscard]] std::vector<WordRun> word_diff(std::string_view before, std::string_view after);

} // namespace regtrail::diff
