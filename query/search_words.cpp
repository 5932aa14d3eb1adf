#include "query/search_words.hpp"

#include "model/characters.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <set>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace regtrail::query {
namespace {

constexpr std::size_t before_hit = 60;
constexpr std::size_t after_hit = 140;
constexpr std::size_t thousand = 3; ///< digits
constexpr std::string_view section_sign = "§";

bool is_japanese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xe3 && byte <= 0xef;
  });
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Long vowels and blanks are written or left out.
std::string folded_japanese(const std::string& text) {
  std::string out = text;
  for (const char* dropped : {"ー", "ｰ", "・", "　", " "}) {
    out = replaced(std::move(out), dropped, "");
  }
  return out;
}

std::vector<std::string> terms_of(std::string_view text) {
  std::vector<std::string> terms;
  std::string term;
  bool quoted = false;
  const auto end = [&] {
    while (term.starts_with(section_sign)) {
      term.erase(0, section_sign.size());
    }
    if (!term.empty()) {
      terms.push_back(std::move(term));
      term.clear();
    }
  };
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      end();
    } else if (is_blank(c) && !quoted) {
      end();
    } else {
      term += c;
    }
  }
  end();
  return terms;
}

/// Half-width, full-width and composed forms as the law prints them (Unicode NFKC).
std::string ordinary_widths(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  const icu::UnicodeString folded = nfkc->normalize(icu::UnicodeString::fromUTF8(text), status);
  std::string out;
  return U_SUCCESS(status) != 0 ? folded.toUTF8String(out) : text;
}

std::string with_thousands(std::string digits) {
  for (std::size_t at = digits.size(); at > thousand;) {
    at -= thousand;
    digits.insert(at, ",");
  }
  return digits;
}

/// The forms in which the law may print what was typed: with or without commas between thousands, a
/// unit apart from its number.
std::vector<std::string> forms_of(const std::string& term) {
  std::vector<std::string> forms{term};
  std::string digits = term;
  std::erase(digits, ',');
  if (all_digits(digits) && digits.size() > thousand) {
    const std::string grouped = with_thousands(digits);
    if (term == grouped || term == digits) {
      forms.push_back(term == grouped ? digits : grouped);
    }
  }
  const auto unit = std::find_if_not(term.begin(), term.end(), is_digit);
  if (unit != term.begin() && unit != term.end() && std::all_of(unit, term.end(), is_alpha)) {
    forms.push_back(std::string(term.begin(), unit) + " " + std::string(unit, term.end()));
  }
  return forms;
}

bool has_japanese_term(const Category& category, const std::string& wanted) {
  return std::any_of(
      category.terms_ja.begin(), category.terms_ja.end(), [&](const std::string& term) {
        const std::string folded = folded_japanese(term);
        return !folded.empty() && (folded.find(wanted) != std::string::npos ||
                                   wanted.find(folded) != std::string::npos);
      });
}

std::size_t to_character(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U) {
    ++at;
  }
  return at;
}

/// Where the first of the words begins; the beginning when none is found as written.
std::size_t first_hit(const std::string& text, const store::SearchQuery& query) {
  std::size_t first = std::string::npos;
  std::vector<std::vector<std::string>> terms = query.all;
  terms.push_back(query.any);
  for (const std::vector<std::string>& forms : terms) {
    for (const std::string& term : forms) {
      std::string word = lowered(term);
      while (word.ends_with('*')) {
        word.pop_back();
      }
      if (!word.empty()) {
        first = std::min(first, text.find(word));
      }
    }
  }
  return first == std::string::npos ? 0 : first;
}

} // namespace

store::SearchQuery search_query(const std::string& text, const std::vector<Category>& categories) {
  store::SearchQuery query;
  std::set<std::string> meant;
  for (const std::string& term : terms_of(ordinary_widths(text))) {
    query.all.push_back(forms_of(term));
    if (!is_japanese(term)) {
      continue;
    }
    const std::string wanted = folded_japanese(term);
    for (const Category& category : categories) {
      if (!wanted.empty() && has_japanese_term(category, wanted)) {
        meant.insert(category.terms_en.begin(), category.terms_en.end());
        meant.insert(category.ear_terms.begin(), category.ear_terms.end());
      }
    }
  }
  query.any.assign(meant.begin(), meant.end());
  return query;
}

std::string excerpt_of(std::string_view text, const store::SearchQuery& query) {
  std::string line = printable(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  const std::size_t hit = first_hit(lowered(line), query);
  const std::size_t begin = to_character(line, hit > before_hit ? hit - before_hit : 0);
  const std::size_t end = to_character(line, std::min(line.size(), hit + after_hit));
  std::string excerpt = line.substr(begin, end - begin);
  if (begin > 0) {
    excerpt.insert(0, "...");
  }
  return end < line.size() ? excerpt + "..." : excerpt;
}

} // namespace regtrail::query
