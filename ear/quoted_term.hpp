// Quoted terms: "double" quotes mean the term is defined in 772.1 (or in Related Definitions),
// 'single' ones that the entry defines it itself (15 CFR 774.1(d)). A pair that comes or goes
// changes the law.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::ear {

enum class QuoteKind : std::uint8_t { double_quotes, single_quotes };

struct QuotedTerm {
  std::string term; ///< without the quotes and without a comma or period that print puts inside
  QuoteKind kind = QuoteKind::double_quotes;
  std::size_t begin = 0; ///< span in the text, quotes included
  std::size_t end = 0;

  friend bool operator==(const QuotedTerm&, const QuotedTerm&) = default;
};

/// All quoted terms in order; an apostrophe is no quote, an unclosed one is skipped.
[[nodiscard]] std::vector<QuotedTerm> find_quoted_terms(std::string_view text);

} // namespace regtrail::ear
