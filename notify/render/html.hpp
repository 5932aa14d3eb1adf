// Self-contained HTML: no scripts, no outside resources, everything from outside escaped.
#pragma once

#include "model/change.hpp"

#include <string>
#include <string_view>

namespace regtrail::render {

enum class Language { en, ja };

/// A page with one block a change; light and dark; reads without sideways scrolling at 380 px.
[[nodiscard]] std::string diff_html(const DiffResult& diff, Language language);

/// The old/new comparison table (新旧対照表): current, amended, remarks; one row a change.
[[nodiscard]] std::string comparison_table_html(const DiffResult& diff, Language language);
[[nodiscard]] std::string comparison_table_csv(const DiffResult& diff, Language language);

/// "&", "<", ">", quotes; control characters become U+FFFD.
[[nodiscard]] std::string escape_html(std::string_view text);

/// <del>/<ins> markup of a word script, escaped.
[[nodiscard]] std::string redline_html(const std::vector<WordRun>& words);

/// One side of a word script, escaped: the common runs, and those of `own` between <u> tags that
/// have `attributes`.
[[nodiscard]] std::string
side_html(const std::vector<WordRun>& words, WordRun::Op own, std::string_view attributes);

} // namespace regtrail::render
