#include "ear/fr_citation.hpp"

#include "ear/date_internal.hpp"
#include "model/scan.hpp"

#include <fmt/format.h>

namespace regtrail::ear {

namespace {

/// "FR" or "Fed. Reg." after the volume.
bool read_series(std::string_view text, std::size_t& pos) {
  for (const std::string_view name : {"fr", "f.r.", "fed. reg.", "federal register"}) {
    if (has_word_at(text, pos, name)) {
      pos += name.size();
      return true;
    }
  }
  return false;
}

/// The page, also "61,249"; the comma before a date is none of it.
std::optional<int> read_page(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  auto page = read_int(text, at);
  constexpr int last_page = 999'999; // a volume has some 100,000
  if (page.value_or(0) == 0 || *page > last_page) {
    return std::nullopt;
  }
  if (at - pos <= 3 && at + 3 < text.size() && text[at] == ',' && is_digit(text[at + 1]) &&
      is_digit(text[at + 2]) && is_digit(text[at + 3]) &&
      (at + 4 == text.size() || !is_digit(text[at + 4]))) {
    std::size_t rest = at + 1;
    page = *page * 1000 + *read_int(text, rest);
    at = rest;
  }
  pos = at;
  return page;
}

/// The date after a page: ", Dec. 5, 2024", ", 1/16/25", " (1/13/2010)", " No. 195, 10/9/12".
std::optional<Date> read_date_after_page(std::string_view text, std::size_t& pos) {
  std::size_t at = skip_blanks(text, pos);
  if (has_at(text, at, "no. ") || has_at(text, at, "(no. ")) {
    const bool bracket = text[at] == '(';
    std::size_t number = at + (bracket ? 5U : 4U);
    if (!read_int(text, number)) {
      return std::nullopt;
    }
    at = skip_blanks(text, number + (bracket ? 1U : 0U));
  }
  if (at < text.size() && (text[at] == ',' || text[at] == '(')) {
    const bool bracket = text[at] == '(';
    at = skip_blanks(text, at + 1);
    const auto date = read_date(text, at);
    if (date) {
      pos = bracket && at < text.size() && text[at] == ')' ? at + 1 : at;
    }
    return date;
  }
  return std::nullopt;
}

/// "; 27141, May 18, 1999": a page whose volume is that of the citation before.
std::optional<FrCitation>
read_elided(std::string_view text, std::size_t& pos, const FrCitation& before, const Folded& map) {
  if (pos >= text.size() || text[pos] != ';') {
    return std::nullopt;
  }
  std::size_t at = skip_blanks(text, pos + 1);
  const std::size_t begin = at;
  const auto page = read_page(text, at);
  const auto date = page ? read_date_after_page(text, at) : std::nullopt;
  if (!date) {
    return std::nullopt;
  }
  pos = at;
  return FrCitation{before.volume, *page, date, map.original_begin(begin), map.original_end(pos)};
}

} // namespace

std::vector<FrCitation> find_fr_citations(std::string_view text) {
  const Folded folded(text);
  const auto plain = folded.text();
  std::vector<FrCitation> citations;
  for (std::size_t i = 0; i < plain.size();) {
    std::size_t pos = i;
    if (!is_digit(plain[i]) || (i > 0 && is_alnum(plain[i - 1]))) {
      ++i;
      continue;
    }
    const auto volume = read_int(plain, pos);
    std::size_t at = skip_blanks(plain, pos);
    if (volume.value_or(0) == 0 || *volume > 999 || !read_series(plain, at)) {
      i = pos == i ? i + 1 : pos;
      continue;
    }
    at = skip_blanks(plain, at);
    const auto page = read_page(plain, at);
    if (!page) {
      i = pos;
      continue;
    }
    FrCitation citation{*volume, *page, read_date_after_page(plain, at), 0, 0};
    citation.begin = folded.original_begin(i);
    citation.end = folded.original_end(at);
    citations.push_back(citation);
    while (auto more = read_elided(plain, at, citations.back(), folded)) {
      citations.push_back(*more);
    }
    i = at;
  }
  return citations;
}

std::string to_string(const FrCitation& citation) {
  return fmt::format("{} FR {}", citation.volume, citation.page);
}

} // namespace regtrail::ear
