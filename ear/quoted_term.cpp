#include "ear/quoted_term.hpp"

#include "model/scan.hpp"

namespace regtrail::ear {

namespace {

constexpr std::size_t longest_term = 160;

/// The closing quote of what opens at `open`, npos if there is none near enough.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  const char quote = text[open];
  const std::size_t limit = std::min(text.size(), open + longest_term);
  for (std::size_t i = open + 1; i < limit; ++i) {
    if (text[i] != quote) {
      continue;
    }
    const bool apostrophe = quote == '\'' && i + 1 < text.size() && is_alnum(text[i + 1]);
    if (!apostrophe && i > open + 1 && text[i - 1] != ' ') {
      return i;
    }
    if (quote == '"') {
      return std::string_view::npos;
    }
  }
  return std::string_view::npos;
}

} // namespace

std::vector<QuotedTerm> find_quoted_terms(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<QuotedTerm> terms;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const bool opens = (plain[i] == '"' || plain[i] == '\'') &&
                       (i == 0 || !is_alnum(plain[i - 1])) && folded.at(i + 1) != ' ';
    const std::size_t close = opens ? closing_quote(plain, i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      continue;
    }
    terms.push_back({std::string(trimmed(plain.substr(i + 1, close - i - 1), ",.;")),
                     plain[i] == '"' ? QuoteKind::double_quotes : QuoteKind::single_quotes,
                     folded.original_begin(i),
                     folded.original_end(close + 1)});
    i = close;
  }
  return terms;
}

} // namespace regtrail::ear
