// Running text cut into sentences, as order_text.cpp and document_relations.cpp read it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::federal_register {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Sentences of one paragraph of folded text. "Sec. 2", "No. 4", "U.S.C. 1701" and initials end
/// none; nor does what lies within one of `kept` (ascending).
[[nodiscard]] std::vector<Span> sentences(std::string_view text,
                                          const std::vector<Span>& kept = {});

/// Folded text with what stands between double quotes blanked out: words of other texts. A
/// quotation that is not closed goes to the end, as those of several paragraphs do.
[[nodiscard]] std::string without_quotations(std::string_view folded);

/// At most `limit` bytes of `text` from `begin`, cut between characters.
[[nodiscard]] std::string excerpt(std::string_view text, Span span, std::size_t limit = 300);

/// The word that ends before `pos`, lower case; "" where a mark stands there. `begin` is set to
/// its first byte.
[[nodiscard]] std::string word_before(std::string_view text, std::size_t pos, std::size_t& begin);

} // namespace regtrail::federal_register
