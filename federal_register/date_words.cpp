#include "federal_register/date_words_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <array>

namespace regtrail::federal_register::date_words {

namespace {

using Kind = DatedClause::Kind;
constexpr std::size_t none = std::string_view::npos;

struct Keywords {
  Kind kind;
  std::string_view stems; ///< '|' between them
};

/// The last of these in front of a date says what the date is.
constexpr std::array keywords = {
    Keywords{Kind::effective,
             "effective|takes effect|take effect|in effect from|in effect beginning|in effect for|"
             "into effect"},
    Keywords{Kind::compliance, "compliance|comply|implementation"},
    Keywords{Kind::applicable, "applicable|applicability|applies|apply to"},
    Keywords{Kind::comments_close, "comment"},
    Keywords{Kind::expires, "expire|terminat|sunset|in effect until|in effect through"},
    Keywords{Kind::other,
             "meeting|held|hearing|workshop|webinar|objection|nomination|petition|delayed|"
             "postponed|validity|valid |withdraw"},
};

} // namespace

bool contains_any(std::string_view text, std::string_view phrases) {
  return any_phrase(phrases, [&](std::string_view phrase) { return text.find(phrase) != none; });
}

bool ends_with_any(std::string_view text, std::string_view phrases) {
  text = trimmed(text, ",");
  return any_phrase(phrases, [&](std::string_view phrase) { return text.ends_with(phrase); });
}

std::optional<DatedClause::Kind> keyword_at(std::string_view text, std::size_t pos) {
  if (pos > 0 && is_alpha(text[pos - 1])) {
    return std::nullopt;
  }
  for (const auto& [kind, stems] : keywords) {
    if (any_phrase(stems,
                   [&](std::string_view stem) { return text.substr(pos).starts_with(stem); })) {
      return kind;
    }
  }
  return std::nullopt;
}

std::optional<DatedClause::Kind> last_keyword(std::string_view text) {
  for (std::size_t pos = text.size(); pos-- > 0;) {
    if (const auto kind = keyword_at(text, pos)) {
      return kind;
    }
  }
  return std::nullopt;
}

std::optional<DatedClause::Kind> first_keyword(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    const auto kind = keyword_at(text, pos);
    if (kind && kind != Kind::expires && kind != Kind::other) {
      return kind;
    }
  }
  return std::nullopt;
}

bool mentions_publication(std::string_view before, std::string_view after) {
  std::size_t at = skip_blanks(after, 0);
  at = at < after.size() && after[at] == ',' ? skip_blanks(after, at + 1) : at;
  for (const std::string_view word : {"(", "at "}) {
    if (after.substr(at).starts_with(word)) {
      std::size_t pos = skip_blanks(after, at + word.size());
      if (read_int(after, pos) && after.substr(skip_blanks(after, pos)).starts_with("fr ")) {
        return true;
      }
    }
  }
  if (ends_with_any(before,
                    "published|published on|register on|register of|issued on|dated|delayed on|"
                    "corrected on|amended on")) {
    return true;
  }
  // "published at 91 FR 11001 on"
  const std::size_t published = before.rfind("published");
  if (published != none && !last_keyword(before.substr(published))) {
    return true;
  }
  // behind a citation: "fr 6584 (", "fr 59168, "
  std::string_view front = trimmed(before, "(,");
  const std::size_t blank = front.rfind(' ');
  return blank != none && blank >= 2 && front.substr(0, blank).ends_with("fr") &&
         blank + 1 < front.size() && is_digit(front[blank + 1]);
}

} // namespace regtrail::federal_register::date_words
