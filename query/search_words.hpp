// From what people type to what the archive searches for, and from a found text to its excerpt.
#pragma once

#include "model/category.hpp"
#include "store/archive.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::query {

/// Words, and phrases in double quotes; a star ends a beginning. Half-width and full-width forms
/// are those that the law prints, "§" is left out, "1200" finds "1,200" and "20keV" "20 keV".
/// Japanese words also stand for the English terms of the categories that have them among their
/// `terms_ja`, for the law has none.
[[nodiscard]] store::SearchQuery search_query(const std::string& text,
                                              const std::vector<Category>& categories);

/// What surrounds the first word that was looked for, on one line, "..." where it was cut.
[[nodiscard]] std::string excerpt_of(std::string_view text, const store::SearchQuery& query);

} // namespace regtrail::query
