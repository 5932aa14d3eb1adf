// Words that say of a day what it is the day of (docs/grammar.md, DATES paragraphs). All texts are
// folded and in lower case.
#pragma once

#include "model/document.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace regtrail::federal_register::date_words {

/// `phrases`: '|' between them.
[[nodiscard]] bool contains_any(std::string_view text, std::string_view phrases);

/// Blanks and commas at the end aside.
[[nodiscard]] bool ends_with_any(std::string_view text, std::string_view phrases);

/// The keyword that begins at `pos`.
[[nodiscard]] std::optional<DatedClause::Kind> keyword_at(std::string_view text, std::size_t pos);

[[nodiscard]] std::optional<DatedClause::Kind> last_keyword(std::string_view text);

/// The first that may say of a date in front of it what it is.
[[nodiscard]] std::optional<DatedClause::Kind> first_keyword(std::string_view text);

/// Whether the date between these texts is the day on which another document was printed:
/// "published December 27, 2024 (89 FR 106064)", "78 FR 6584 (Jan. 30, 2013)".
[[nodiscard]] bool mentions_publication(std::string_view before, std::string_view after);

} // namespace regtrail::federal_register::date_words
