#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register {

namespace {

/// True where the full stop at `dot` belongs to an abbreviation.
bool abbreviates(std::string_view text, std::size_t dot) {
  std::size_t begin = dot;
  while (begin > 0 && is_alnum(text[begin - 1])) {
    --begin;
  }
  const std::string_view word = text.substr(begin, dot - begin);
  if (word.size() == 1 && is_alpha(word.front())) {
    return true; // "U.S.", "John F. Kennedy"
  }
  return is_one_of(lowered(word),
                   "sec|secs|no|nos|mr|ms|dr|al|stat|pub|doc|docs|vol|reg|jan|feb|mar|apr|jun|jul|"
                   "aug|sep|sept|oct|nov|dec");
}

} // namespace

std::vector<Span> sentences(std::string_view text, const std::vector<Span>& kept) {
  std::vector<Span> spans;
  std::size_t begin = skip_blanks(text, 0);
  auto inside = kept.begin();
  for (std::size_t i = begin; i < text.size(); ++i) {
    while (inside != kept.end() && inside->end <= i) {
      ++inside;
    }
    const bool is_kept = inside != kept.end() && inside->begin <= i;
    const bool stop = text[i] == '.' || text[i] == '?' || text[i] == '!';
    if (!stop || is_kept || (i + 1 < text.size() && text[i + 1] != ' ') || abbreviates(text, i)) {
      continue;
    }
    const std::size_t next = skip_blanks(text, i + 1);
    if (next < text.size() && is_lower(text[next])) {
      continue;
    }
    spans.push_back({begin, i + 1});
    begin = next;
  }
  if (begin < text.size()) {
    spans.push_back({begin, text.size()});
  }
  return spans;
}

std::string without_quotations(std::string_view folded) {
  std::string text(folded);
  bool quoted = false;
  for (char& c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      c = ' ';
    }
  }
  return text;
}

std::string excerpt(std::string_view text, Span span, std::size_t limit) {
  std::size_t end = std::min(span.end, text.size());
  if (end > span.begin && end - span.begin > limit) {
    end = span.begin + limit;
    while (end > span.begin && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
      --end;
    }
  }
  return std::string(trimmed(text.substr(span.begin, end - span.begin)));
}

std::string word_before(std::string_view text, std::size_t pos, std::size_t& begin) {
  std::size_t end = pos;
  while (end > 0 && text[end - 1] == ' ') {
    --end;
  }
  begin = end;
  while (begin > 0 && (is_alnum(text[begin - 1]) || text[begin - 1] == '\'')) {
    --begin;
  }
  return lowered(text.substr(begin, end - begin));
}

} // namespace regtrail::federal_register
