// `categories test`: the score of a category for a place or a text.
#pragma once

#include "cli/register_file.hpp"
#include "cli/session.hpp"
#include "model/error.hpp"

#include <string>
#include <vector>

namespace regtrail::cli {

/// A citation that the archive holds stands for its text; everything else is a text itself.
Result<void> test_category(Session& session,
                           const LoadedRegister& loaded,
                           const std::string& id,
                           const std::vector<std::string>& words);

} // namespace regtrail::cli
