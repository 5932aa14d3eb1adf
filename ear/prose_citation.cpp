#include "ear/prose_citation.hpp"

#include "ear/fr_citation.hpp"
#include "ear/path_set.hpp"
#include "model/phrases.hpp"
#include "model/roman.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"

#include <algorithm>

namespace regtrail::ear {

namespace {

constexpr std::string_view section_sign = "\u00a7";
constexpr std::string_view munitions_title = "22";
constexpr std::string_view munitions_list = "121.1"; ///< its section of the ITAR

class Reader {
public:
  Reader(std::string_view text, std::string_view title)
      : m_folded(text),
        m_text(m_folded.text()),
        m_title(title) {}

  std::vector<ProseCitation> read();

private:
  void add(Citation citation, std::size_t begin, std::size_t end) {
    m_found.push_back(
        {std::move(citation), m_folded.original_begin(begin), m_folded.original_end(end)});
  }

  bool take_sections(std::size_t& pos);
  bool take_cfr(std::size_t& pos);
  bool take_supplement(std::size_t& pos);
  bool take_part(std::size_t& pos, std::size_t begin, std::string_view title);
  bool take_munitions_list(std::size_t& pos);
  bool take_order(std::size_t& pos);
  bool take_bare_section(std::size_t& pos, std::size_t begin, std::string_view title);

  Folded m_folded;
  std::string_view m_text;
  std::string_view m_title;
  std::vector<ProseCitation> m_found;
};

/// "744.23": part, dot, number; advances `pos`. "" if there is none.
std::string read_section_number(std::string_view text, std::size_t& pos) {
  std::size_t at = pos;
  const std::size_t limit = 4;
  while (at < text.size() && is_digit(text[at]) && at - pos <= limit) {
    ++at;
  }
  const std::size_t part = at - pos;
  if (part == 0 || part > limit || at + 1 >= text.size() || text[at] != '.' ||
      !is_digit(text[at + 1])) {
    return "";
  }
  ++at;
  const std::size_t number = at;
  while (at < text.size() && is_digit(text[at]) && at - number <= limit) {
    ++at;
  }
  if (at - number > limit || (at < text.size() && is_alpha(text[at]) && is_upper(text[at]))) {
    return "";
  }
  std::string result(text.substr(pos, at - pos));
  pos = at;
  return result;
}

/// What may stand between the members of "§§ 734.9(g),^3 746.8(a)(3), and 744.21(b)".
std::size_t skip_section_separator(std::string_view text, std::size_t pos) {
  std::size_t at = skip_blanks(text, pos);
  if (at < text.size() && (text[at] == ',' || text[at] == ';')) {
    ++at;
  }
  if (at < text.size() && text[at] == '^') {
    ++at;
    while (at < text.size() && is_digit(text[at])) {
      ++at;
    }
  }
  at = skip_blanks(text, at);
  for (const std::string_view word : {"and", "or", "through", "to"}) {
    if (has_word_at(text, at, word)) {
      at = skip_blanks(text, at + word.size());
      break;
    }
  }
  return at;
}

Citation with_designators(Citation citation, const std::vector<std::string>& steps) {
  for (const auto& step : steps) {
    citation = citation.child({Step::Kind::paragraph, step, 1});
  }
  return citation;
}

/// Whether paragraphs of level `level` (0 for "(a)") are counted like `step`: "(a)(1)(i)(A)(1)(i)".
bool counts_like(std::string_view step, std::size_t level) {
  const std::string_view inner = step.substr(1, step.size() - 2);
  const char first = inner.front();
  switch (level) {
  case 0:
    return is_alpha(first) && !is_upper(first);
  case 1:
  case 4:
    return is_digit(first);
  case 3:
    return is_alpha(first) && is_upper(first);
  default:
    return roman_designator_value(inner).has_value();
  }
}

/// "1.8(a)(2)(i)(A) through (D)": the deepest paragraph of `previous` that `steps` can stand beside
/// says whose members they are.
std::vector<std::string> beside(const std::vector<std::string>& previous,
                                const std::vector<std::string>& steps) {
  std::vector<std::string> result;
  for (std::size_t level = previous.size(); level-- > 0;) {
    if (counts_like(steps.front(), level)) {
      result.assign(previous.begin(), previous.begin() + static_cast<std::ptrdiff_t>(level));
      break;
    }
  }
  result.insert(result.end(), steps.begin(), steps.end());
  return result;
}

enum class CategoryWord { required, optional };

/// "Category XI", ", Category XI" or, where its word is optional, "XI"; advances `pos`. "" for
/// none.
std::string read_category(std::string_view text, std::size_t& pos, CategoryWord word) {
  std::size_t at = skip_blanks(text, pos);
  if (at < text.size() && text[at] == ',') {
    at = skip_blanks(text, at + 1);
  }
  constexpr std::string_view category = "category";
  if (has_word_at(text, at, category)) {
    at = skip_blanks(text, at + category.size());
  } else if (word == CategoryWord::required) {
    return "";
  }
  const std::size_t end = std::min(text.find_first_not_of("IVX", at), text.size());
  if (end == at || (end < text.size() && is_alnum(text[end]))) {
    return "";
  }
  pos = end;
  return "Category " + std::string(text.substr(at, end - at));
}

bool Reader::take_bare_section(std::size_t& pos, std::size_t begin, std::string_view title) {
  std::size_t at = pos;
  const std::string number = read_section_number(m_text, at);
  if (number.empty()) {
    return false;
  }
  auto base = Citation::section(std::string(title), number);
  if (title == munitions_title && number == munitions_list) {
    if (std::string category = read_category(m_text, at, CategoryWord::required);
        !category.empty()) {
      base = base.child({Step::Kind::named, std::move(category), 1});
    }
  }
  // A blank may stand between: "41.106 (f)".
  std::size_t behind = skip_blanks(m_text, at);
  std::vector<std::string> steps = read_designators(m_text, behind);
  at = steps.empty() ? at : behind;
  add(with_designators(base, steps), begin, at);
  // "742.4(a)(5) and (b)(10)": another paragraph of the same section.
  while (true) {
    const std::size_t next = skip_section_separator(m_text, at);
    std::size_t end = next;
    const auto more = next > at && m_folded.at(next) == '(' ? read_designators(m_text, end)
                                                            : std::vector<std::string>{};
    if (more.empty() || has_word_at(m_text, at, "see")) {
      break;
    }
    steps = beside(steps, more);
    add(with_designators(base, steps), next, end);
    at = end;
  }
  pos = at;
  return true;
}

bool Reader::take_sections(std::size_t& pos) {
  std::size_t at = pos;
  if (m_text.substr(at, section_sign.size()) == section_sign) {
    while (m_text.substr(at, section_sign.size()) == section_sign) {
      at += section_sign.size();
    }
  } else if (has_word_at(m_text, at, "section") || has_word_at(m_text, at, "sections")) {
    at += has_word_at(m_text, at, "section") ? 7U : 8U;
  } else {
    return false;
  }
  at = skip_blanks(m_text, at);
  if (!take_bare_section(at, pos, m_title)) {
    return false;
  }
  while (true) {
    std::size_t next = skip_section_separator(m_text, at);
    if (next == at || !take_bare_section(next, next, m_title)) {
      break;
    }
    at = next;
  }
  pos = at;
  return true;
}

/// "22 CFR part 121", "22 CFR 120.41(a)".
bool Reader::take_cfr(std::size_t& pos) {
  std::size_t at = pos;
  const auto title = read_int(m_text, at);
  if (!title || *title > 50) {
    return false;
  }
  at = skip_blanks(m_text, at);
  if (!has_word_at(m_text, at, "cfr")) {
    return false;
  }
  at = skip_blanks(m_text, at + 3);
  const std::string name = std::to_string(*title);
  if (take_part(at, pos, name) || take_bare_section(at, pos, name)) {
    pos = at;
    return true;
  }
  return false;
}

/// "USML Category XI(c)".
bool Reader::take_munitions_list(std::size_t& pos) {
  constexpr std::string_view name = "usml";
  if (!has_word_at(m_text, pos, name)) {
    return false;
  }
  std::size_t at = pos + name.size();
  std::string category = read_category(m_text, at, CategoryWord::optional);
  if (category.empty()) {
    return false;
  }
  const auto base = Citation::section(std::string(munitions_title), std::string(munitions_list))
                        .child({Step::Kind::named, std::move(category), 1});
  const std::vector<std::string> steps = read_designators(m_text, at);
  add(with_designators(base, steps), pos, at);
  pos = at;
  return true;
}

bool Reader::take_part(std::size_t& pos, std::size_t begin, std::string_view title) {
  std::size_t at = pos;
  if (has_word_at(m_text, at, "part")) {
    at += 4;
  } else if (has_word_at(m_text, at, "parts")) {
    at += 5;
  } else {
    return false;
  }
  at = skip_blanks(m_text, at);
  const std::size_t number_begin = at;
  const auto number = read_int(m_text, at);
  // Parts of the EAR have three digits; a bare "part 1" is a part of something else.
  const bool bare = begin == pos;
  if (!number || ((bare || title == "15") && at - number_begin != 3) ||
      (m_folded.at(at) == '.' && is_digit(m_folded.at(at + 1)))) {
    return false;
  }
  add(Citation::part(std::string(title), std::to_string(*number)), begin, at);
  pos = at;
  return true;
}

/// "supplement no. 1 to part 740", "Supp. No. 4 to part 744", "Supplement No.1 to part 740".
bool Reader::take_supplement(std::size_t& pos) {
  std::size_t at = pos;
  if (has_word_at(m_text, at, "supplement")) {
    at += 10;
  } else if (has_at(m_text, at, "supp.")) {
    at += 5;
  } else {
    return false;
  }
  at = skip_blanks(m_text, at);
  if (has_at(m_text, at, "no.")) {
    at = skip_blanks(m_text, at + 3);
  }
  const auto number = read_int(m_text, at);
  at = skip_blanks(m_text, at);
  if (!number || !has_word_at(m_text, at, "to")) {
    return false;
  }
  at = skip_blanks(m_text, at + 2);
  if (!has_word_at(m_text, at, "part")) {
    return false;
  }
  at = skip_blanks(m_text, at + 4);
  const auto part = read_int(m_text, at);
  if (!part) {
    return false;
  }
  add(Citation::appendix("15", supplement_name(std::to_string(*number), std::to_string(*part))),
      pos,
      at);
  pos = at;
  return true;
}

bool Reader::take_order(std::size_t& pos) {
  std::size_t at = pos;
  for (const std::string_view name : {"executive order", "e.o.", "eo"}) {
    if (!has_word_at(m_text, at, name)) {
      continue;
    }
    at = skip_blanks(m_text, at + name.size());
    const auto number = read_int(m_text, at);
    const auto citation = number && *number > 1000
                              ? Citation::parse("EO " + std::to_string(*number))
                              : fail(ErrorKind::usage, "no number");
    if (citation) {
      add(*citation, pos, at);
      pos = at;
      return true;
    }
    return false;
  }
  return false;
}

std::vector<ProseCitation> Reader::read() {
  for (std::size_t i = 0; i < m_text.size();) {
    const char c = to_lower(m_text[i]);
    const bool starts_word = i == 0 || !is_alnum(m_text[i - 1]);
    std::size_t pos = i;
    bool taken = false;
    if (c == section_sign.front() || (starts_word && c == 's')) {
      taken = take_sections(pos) || take_supplement(pos);
    } else if (starts_word && c == 'p') {
      taken = take_part(pos, i, m_title);
    } else if (starts_word && c == 'e') {
      taken = take_order(pos);
    } else if (starts_word && c == 'u') {
      taken = take_munitions_list(pos);
    } else if (starts_word && is_digit(c)) {
      taken = take_cfr(pos);
    }
    i = taken ? pos : i + 1;
  }
  return std::move(m_found);
}

Citation eccn_citation(const EccnMention& mention) {
  auto citation = Citation::eccn(mention.eccn);
  for (const std::string_view item : split(mention.path, '.')) {
    citation = citation.child({Step::Kind::item, std::string(item), 1});
  }
  return citation;
}

} // namespace

std::vector<ProseCitation> find_citations(std::string_view text, std::string_view title) {
  auto found = Reader(text, title).read();
  for (const auto& mention : find_eccns(text)) {
    found.push_back({eccn_citation(mention), mention.begin, mention.end});
  }
  for (const auto& mention : find_fr_citations(text)) {
    if (const auto citation = Citation::parse(to_string(mention))) {
      found.push_back({*citation, mention.begin, mention.end});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.begin < right.begin;
  });
  return found;
}

} // namespace regtrail::ear
