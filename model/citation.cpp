#include "model/citation.hpp"

#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace regtrail {
namespace {

constexpr std::string_view ccl_identifier = "Supplement No. 1 to Part 774";
constexpr std::string_view separator = " / ";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_alnum(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c);
}

char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), to_lower);
  return out;
}

bool starts_with_word(std::string_view lower_text, std::string_view word) {
  return lower_text.starts_with(word) &&
         (lower_text.size() == word.size() || !is_alnum(lower_text[word.size()]));
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
  return text;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string with_occurrence(std::string text, std::uint32_t occurrence) {
  if (occurrence > 1) {
    text += fmt::format(" #{}", occurrence);
  }
  return text;
}

std::string rendered(const Step& step) {
  return with_occurrence(step.name, step.occurrence);
}

// --- reading -----------------------------------------------------------------------------------

/// A cursor over the rest of the text to be read.
class Reader {
public:
  explicit Reader(std::string_view text) : m_text(text) {}

  [[nodiscard]] bool done() const { return m_at >= m_text.size(); }

  [[nodiscard]] char peek() const { return done() ? '\0' : m_text[m_at]; }

  [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }

  void skip(std::size_t count) { m_at += count; }

  void skip_blanks() {
    while (peek() == ' ') {
      ++m_at;
    }
  }

  template<typename Predicate>
  std::string_view take_while(Predicate predicate) {
    const std::size_t start = m_at;
    while (!done() && predicate(m_text[m_at])) {
      ++m_at;
    }
    return m_text.substr(start, m_at - start);
  }

  /// Case-insensitive; `word` in lower case. Takes it and the blanks behind it.
  bool take_word(std::string_view word) {
    if (!starts_with_word(ascii_lower(rest().substr(0, word.size() + 1)), word)) {
      return false;
    }
    skip(word.size());
    skip_blanks();
    return true;
  }

  bool take(std::string_view exact) {
    if (!rest().starts_with(exact)) {
      return false;
    }
    skip(exact.size());
    return true;
  }

private:
  std::string_view m_text;
  std::size_t m_at = 0;
};

/// " #2" if it stands here.
std::uint32_t take_occurrence(Reader& reader) {
  Reader ahead = reader;
  if (!ahead.take(" #")) {
    return 1;
  }
  const std::string_view digits = ahead.take_while(is_digit);
  if (!all_digits(digits) || digits.size() > 6) {
    return 1;
  }
  reader = ahead;
  std::uint32_t occurrence = 0;
  for (const char c : digits) {
    occurrence = occurrence * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return occurrence;
}

/// "(a)(2) #2(iii)", as far as it goes.
std::vector<Step> take_paragraph_steps(Reader& reader) {
  std::vector<Step> steps;
  while (reader.peek() == '(') {
    const std::string_view rest = reader.rest();
    const std::size_t close = rest.find(')');
    if (close == std::string_view::npos || close < 2 || close > 8 ||
        !std::all_of(rest.begin() + 1,
                     rest.begin() + static_cast<std::ptrdiff_t>(close),
                     [](char c) { return is_alnum(c) || c == '-'; })) {
      break;
    }
    Step step{Step::Kind::paragraph, std::string(rest.substr(0, close + 1)), 1};
    reader.skip(close + 1);
    step.occurrence = take_occurrence(reader);
    steps.push_back(std::move(step));
  }
  return steps;
}

bool is_item_step(std::string_view step) {
  return (step.size() == 1 && is_lower(step[0])) ||
         (step.size() == 2 && step[0] == step[1] && is_lower(step[0])) ||
         (all_digits(step) && step.size() <= 2);
}

/// "c.1 #2.a", as far as it goes; a leading dot is optional.
std::vector<Step> take_item_steps(Reader& reader) {
  std::vector<Step> steps;
  Reader ahead = reader;
  ahead.take(".");
  for (;;) {
    const std::string_view name = ahead.take_while(is_alnum);
    if (!is_item_step(name)) {
      break;
    }
    Step step{Step::Kind::item, std::string(name), 1};
    step.occurrence = take_occurrence(ahead);
    steps.push_back(std::move(step));
    reader = ahead;
    if (!ahead.take(".")) {
      break;
    }
  }
  return steps;
}

/// A segment between " / ": paragraphs, items (below an ECCN) or one name.
void append_segment(std::vector<Step>& steps, std::string_view segment, CitationKind unit) {
  Reader reader(segment);
  if (reader.peek() == '(') {
    std::vector<Step> paragraphs = take_paragraph_steps(reader);
    if (!paragraphs.empty() && reader.done()) {
      std::move(paragraphs.begin(), paragraphs.end(), std::back_inserter(steps));
      return;
    }
  }
  if (unit == CitationKind::eccn && is_lower(reader.peek())) {
    std::vector<Step> items = take_item_steps(reader);
    if (!items.empty() && reader.done()) {
      std::move(items.begin(), items.end(), std::back_inserter(steps));
      return;
    }
  }
  Step step{Step::Kind::named, std::string(segment), 1};
  const std::size_t mark = segment.rfind(" #");
  if (mark != std::string_view::npos && mark > 0 && all_digits(segment.substr(mark + 2))) {
    Reader tail(segment.substr(mark));
    step.occurrence = take_occurrence(tail);
    step.name = std::string(segment.substr(0, mark));
  }
  steps.push_back(std::move(step));
}

/// What follows the first " / " (or nothing) as named steps.
std::vector<Step> read_segments(std::string_view text, CitationKind unit) {
  std::vector<Step> steps;
  while (!text.empty()) {
    const std::size_t cut = text.find(separator);
    append_segment(steps, trim(text.substr(0, cut)), unit);
    text = cut == std::string_view::npos ? std::string_view() : text.substr(cut + separator.size());
  }
  return steps;
}

bool is_section_char(char c) {
  return is_alnum(c) || c == '.' || c == '-';
}

struct Parsed {
  Citation citation;
  std::vector<Step> steps;
};

/// "744.23(a)(2)"; needs a dot. A range "744.12-744.14" is one reserved unit.
std::optional<Parsed> read_section(Reader& reader, const std::string& title) {
  Reader ahead = reader;
  const std::string_view number = ahead.take_while(is_section_char);
  const std::size_t dot = number.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == number.size() ||
      !is_digit(number[0]) || !is_alnum(number.back())) {
    return std::nullopt;
  }
  Parsed parsed{Citation::section(title, std::string(number)), take_paragraph_steps(ahead)};
  reader = ahead;
  return parsed;
}

std::optional<Parsed> read_part(Reader& reader, const std::string& title) {
  Reader ahead = reader;
  if (!ahead.take_word("part")) {
    return std::nullopt;
  }
  const std::string_view number = ahead.take_while(is_alnum);
  if (number.empty() || !is_digit(number[0])) {
    return std::nullopt;
  }
  reader = ahead;
  return Parsed{Citation::part(title, std::string(number)), {}};
}

/// "supp. 4 to part 744", "Supplement No. 4 to Part 744", "supp 4 744".
std::optional<Parsed> read_supplement(Reader& reader, const std::string& title) {
  Reader ahead = reader;
  if (!ahead.take_word("supplement") && !ahead.take_word("supp.") && !ahead.take_word("supp") &&
      !ahead.take_word("suppl.")) {
    return std::nullopt;
  }
  ahead.take(".");
  ahead.skip_blanks();
  if (ahead.take_word("no")) {
    ahead.take(".");
    ahead.skip_blanks();
  }
  const std::string_view number = ahead.take_while(is_alnum);
  ahead.skip_blanks();
  ahead.take_word("to");
  ahead.take_word("part");
  const std::string_view part = ahead.take_while(is_alnum);
  if (!all_digits(number) || part.empty() || !is_digit(part[0])) {
    return std::nullopt;
  }
  reader = ahead;
  return Parsed{
      Citation::appendix(title, fmt::format("Supplement No. {} to Part {}", number, part)), {}};
}

/// "736 Supp. 1": how registers write it.
std::optional<Parsed> read_part_supplement(Reader& reader, const std::string& title) {
  Reader ahead = reader;
  const std::string_view part = ahead.take_while(is_digit);
  ahead.skip_blanks();
  if (part.empty() || (!ahead.take_word("supplement") && !ahead.take_word("supp"))) {
    return std::nullopt;
  }
  ahead.take(".");
  ahead.skip_blanks();
  if (ahead.take_word("no")) {
    ahead.take(".");
    ahead.skip_blanks();
  }
  const std::string_view number = ahead.take_while(is_digit);
  if (number.empty()) {
    return std::nullopt;
  }
  reader = ahead;
  return Parsed{
      Citation::appendix(title, fmt::format("Supplement No. {} to Part {}", number, part)), {}};
}

/// Any other appendix identifier of the eCFR: "Appendix A to Part 229", "Table 1 to Subpart B of
/// Part 60". Recognised by its end.
std::optional<Parsed> read_appendix(Reader& reader, const std::string& title) {
  const std::string_view whole = reader.rest();
  const std::string_view head = whole.substr(0, whole.find(separator));
  const std::string low = ascii_lower(head);
  std::size_t part = low.rfind(" to part ");
  if (part == std::string::npos) {
    part = low.rfind(" of part ");
  }
  if (part == std::string::npos || !is_alnum(low[0])) {
    return std::nullopt;
  }
  Reader tail(head.substr(part + 9));
  const std::string_view number = tail.take_while(is_alnum);
  if (number.empty() || !is_digit(number[0])) {
    return std::nullopt;
  }
  std::string identifier(head.substr(0, part + 9 + number.size()));
  identifier[0] =
      is_lower(identifier[0]) ? static_cast<char>(identifier[0] - 'a' + 'A') : identifier[0];
  identifier[part + 4] = 'P';
  if (low.starts_with("appendix ") && low.size() > 10 && low[10] == ' ' &&
      is_lower(identifier[9])) {
    identifier[9] = static_cast<char>(identifier[9] - 'a' + 'A');
  }
  reader.skip(identifier.size());
  return Parsed{Citation::appendix(title, std::move(identifier)), {}};
}

std::optional<Parsed> read_eccn(Reader& reader) {
  Reader ahead = reader;
  ahead.take_word("eccn");
  const std::string_view rest = ahead.rest();
  std::string number(rest.substr(0, 5));
  std::transform(number.begin(), number.end(), number.begin(), [](char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (!is_eccn(number) || (rest.size() > 5 && is_alnum(rest[5]))) {
    return std::nullopt;
  }
  ahead.skip(5);
  const std::uint32_t occurrence = take_occurrence(ahead);
  Parsed parsed{Citation::eccn(with_occurrence(std::move(number), occurrence)), {}};
  if (ahead.peek() == '.') {
    parsed.steps = take_item_steps(ahead);
  }
  reader = ahead;
  return parsed;
}

/// "15 CFR " in front, else the title of the EAR.
std::string take_title(Reader& reader) {
  Reader ahead = reader;
  const std::string_view digits = ahead.take_while(is_digit);
  ahead.skip_blanks();
  if (digits.empty() || digits.size() > 2 ||
      (!ahead.take_word("cfr") && !ahead.take_word("c.f.r."))) {
    return "15";
  }
  reader = ahead;
  return std::string(digits);
}

std::optional<Parsed> read_cfr(Reader& reader) {
  const std::string title = take_title(reader);
  while (reader.take("§")) {
  }
  reader.take_word("section");
  reader.take_word("sec.");
  reader.skip_blanks();
  if (auto parsed = read_section(reader, title)) {
    return parsed;
  }
  if (auto parsed = read_part(reader, title)) {
    return parsed;
  }
  if (auto parsed = read_supplement(reader, title)) {
    return parsed;
  }
  if (auto parsed = read_part_supplement(reader, title)) {
    return parsed;
  }
  if (auto parsed = read_appendix(reader, title)) {
    return parsed;
  }
  const std::string_view rest = reader.rest();
  if (rest.size() == 3 && all_digits(rest)) {
    reader.skip(3);
    return Parsed{Citation::part(title, std::string(rest)), {}};
  }
  return std::nullopt;
}

// --- ordering ----------------------------------------------------------------------------------

std::optional<int> roman_value(std::string_view text) {
  const auto digit = [](char c) {
    switch (to_lower(c)) {
    case 'i':
      return 1;
    case 'v':
      return 5;
    case 'x':
      return 10;
    case 'l':
      return 50;
    case 'c':
      return 100;
    default:
      return 0;
    }
  };
  int value = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int here = digit(text[i]);
    const int next = i + 1 < text.size() ? digit(text[i + 1]) : 0;
    if (here == 0) {
      return std::nullopt;
    }
    value += here < next ? -here : here;
  }
  return value;
}

std::string_view inner(std::string_view parenthesised) {
  return parenthesised.substr(1, parenthesised.size() - 2);
}

/// `depth` counts paragraph steps from 1; levels 3 and 6 are roman (1 CFR 21.11(h)).
std::strong_ordering compare_designators(std::string_view left, std::string_view right, int depth) {
  if (depth % 3 == 0) {
    const auto left_value = roman_value(left);
    const auto right_value = roman_value(right);
    if (left_value && right_value && *left_value != *right_value) {
      return *left_value <=> *right_value;
    }
  }
  const bool letters = !left.empty() && !right.empty() && !is_digit(left[0]) && !is_digit(right[0]);
  if (letters && left.size() != right.size()) {
    return left.size() <=> right.size(); // z before aa
  }
  return compare_natural(left, right);
}

/// Headings first, then running text, then what has a designator or a name.
int step_rank(const Step& step) {
  if (step.kind != Step::Kind::named) {
    return 2;
  }
  if (step.name == "heading") {
    return 0;
  }
  return step.name.starts_with("text ") ? 1 : 3;
}

std::strong_ordering compare_steps(const Step& left, const Step& right, int depth) {
  if (const auto order = step_rank(left) <=> step_rank(right); order != 0) {
    return order;
  }
  const bool paragraphs = left.kind == Step::Kind::paragraph && right.kind == Step::Kind::paragraph;
  const auto order = paragraphs ? compare_designators(inner(left.name), inner(right.name), depth)
                                : compare_natural(left.name, right.name);
  if (order != 0) {
    return order;
  }
  if (const int exact = left.name.compare(right.name); exact != 0) {
    return exact <=> 0; // upper before lower case, leading zeros first: equal means the same text
  }
  return left.occurrence <=> right.occurrence;
}

/// Steps below the CFR unit: an ECCN is the first step below the Commerce Control List.
std::vector<Step> steps_below_unit(const Citation& citation) {
  std::vector<Step> steps;
  if (citation.kind() == CitationKind::eccn) {
    steps.push_back(Step{Step::Kind::named, citation.name(), 1});
  }
  steps.insert(steps.end(), citation.steps().begin(), citation.steps().end());
  return steps;
}

int kind_rank(CitationKind kind) {
  switch (kind) {
  case CitationKind::part:
    return 0;
  case CitationKind::section:
    return 1;
  case CitationKind::appendix:
  case CitationKind::eccn:
    return 2;
  case CitationKind::fr_page:
    return 3;
  case CitationKind::fr_document:
    return 4;
  case CitationKind::executive_order:
    return 5;
  }
  return 6;
}

bool is_cfr(CitationKind kind) {
  return kind_rank(kind) < 3;
}

} // namespace

bool is_eccn(std::string_view text) {
  return text.size() == 5 && is_digit(text[0]) && text[1] >= 'A' && text[1] <= 'E' &&
         is_digit(text[2]) && is_digit(text[3]) && is_digit(text[4]);
}

std::strong_ordering compare_natural(std::string_view left, std::string_view right) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto run = [](std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) {
      ++end;
    }
    while (at + 1 < end && text[at] == '0') {
      ++at; // leading zeros carry no value
    }
    return std::pair{text.substr(at, end - at), end};
  };
  while (i < left.size() && j < right.size()) {
    if (is_digit(left[i]) && is_digit(right[j])) {
      const auto [left_run, left_end] = run(left, i);
      const auto [right_run, right_end] = run(right, j);
      if (left_run.size() != right_run.size()) {
        return left_run.size() <=> right_run.size();
      }
      if (const int order = left_run.compare(right_run); order != 0) {
        return order <=> 0;
      }
      i = left_end;
      j = right_end;
      continue;
    }
    const auto a = static_cast<unsigned char>(to_lower(left[i]));
    const auto b = static_cast<unsigned char>(to_lower(right[j]));
    if (a != b) {
      return a <=> b;
    }
    ++i;
    ++j;
  }
  return (left.size() - i) <=> (right.size() - j);
}

Citation Citation::part(std::string title, std::string part) {
  Citation citation;
  citation.m_kind = CitationKind::part;
  citation.m_title = std::move(title);
  citation.m_name = std::move(part);
  return citation;
}

Citation Citation::section(std::string title, std::string number) {
  Citation citation;
  citation.m_kind = CitationKind::section;
  citation.m_title = std::move(title);
  citation.m_name = std::move(number);
  return citation;
}

Citation Citation::appendix(std::string title, std::string identifier) {
  Citation citation;
  citation.m_kind = CitationKind::appendix;
  citation.m_title = std::move(title);
  citation.m_name = std::move(identifier);
  return citation;
}

Citation Citation::eccn(std::string eccn) {
  Citation citation;
  citation.m_kind = CitationKind::eccn;
  citation.m_title = "15";
  citation.m_name = std::move(eccn);
  return citation;
}

Result<Citation> Citation::parse(std::string_view text) {
  // Blanks and dashes are folded; quotes inside names stay as they are matched by folding later.
  const std::string folded = normalise(text);
  const auto bad = [&](std::string_view why) {
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not a citation{}; try e.g. 744.23(a)(2), supp. 4 to part 744, "
                            "3B001.c.1.a, 89 FR 96790, 2024-28270 or EO 14320",
                            printable(text).substr(0, 120),
                            why));
  };
  const std::string low = ascii_lower(folded);
  Citation citation;

  // EO 14320
  Reader reader(folded);
  if (reader.take_word("eo") || reader.take_word("e.o.") || reader.take_word("executive order")) {
    reader.take_word("no.");
    const std::string_view number = reader.take_while(is_digit);
    if (number.empty() || number.size() > 5 || !reader.done()) {
      return bad(": an executive order is a number of up to five digits");
    }
    citation.m_kind = CitationKind::executive_order;
    citation.m_name = std::string(number);
    return citation;
  }

  // 89 FR 96790
  reader = Reader(folded);
  const std::string_view volume = reader.take_while(is_digit);
  reader.skip_blanks();
  if (!volume.empty() &&
      (reader.take_word("fr") || reader.take_word("fed. reg.") || reader.take_word("fed.reg."))) {
    std::string page;
    for (const char c : reader.rest()) {
      if (c != ',') {
        page.push_back(c);
      }
    }
    if (!all_digits(page) || page.size() > 6 || volume.size() > 3) {
      return bad(": after FR comes a page number");
    }
    citation.m_kind = CitationKind::fr_page;
    citation.m_volume = std::string(volume);
    citation.m_name = page;
    return citation;
  }

  // 2024-28270, E8-4768, 03-1657, C1-2026-03111
  std::string_view document = folded;
  if (low.starts_with("fr doc. ")) {
    document.remove_prefix(8);
  }
  const std::size_t dash = document.rfind('-');
  if (dash != std::string_view::npos && all_digits(document.substr(dash + 1)) &&
      document.size() - dash <= 7 && dash > 0) {
    std::string_view head = document.substr(0, dash);
    if (const std::size_t correction = head.find('-'); correction != std::string_view::npos &&
                                                       correction >= 2 && is_upper(head[0]) &&
                                                       all_digits(head.substr(1, correction - 1))) {
      head.remove_prefix(correction + 1);
    }
    const bool year = all_digits(head) && (head.size() == 4 || head.size() == 2);
    const bool letter =
        head.size() >= 2 && head.size() <= 3 && is_upper(head[0]) && all_digits(head.substr(1));
    if (year || letter) {
      citation.m_kind = CitationKind::fr_document;
      citation.m_name = std::string(document);
      return citation;
    }
  }

  reader = Reader(folded);
  std::optional<Parsed> parsed = read_eccn(reader);
  if (!parsed) {
    reader = Reader(folded);
    parsed = read_cfr(reader);
  }
  if (!parsed) {
    return bad("");
  }
  citation = std::move(parsed->citation);
  for (Step& step : parsed->steps) {
    citation = citation.child(std::move(step));
  }
  if (reader.take(separator)) {
    for (Step& step : read_segments(reader.rest(), citation.kind())) {
      citation = citation.child(std::move(step));
    }
  } else if (!reader.done()) {
    return bad(fmt::format(": cannot read '{}'", printable(reader.rest()).substr(0, 40)));
  }
  return citation;
}

std::string Citation::to_string() const {
  std::string out;
  bool glue = false; // paragraphs and items follow without " / "
  switch (m_kind) {
  case CitationKind::part:
    out = m_title.empty() ? fmt::format("Part {}", m_name)
                          : fmt::format("{} CFR Part {}", m_title, m_name);
    break;
  case CitationKind::section:
    out = m_title.empty() ? m_name : fmt::format("{} CFR {}", m_title, m_name);
    glue = true;
    break;
  case CitationKind::appendix:
    out = m_name;
    break;
  case CitationKind::eccn:
    out = "ECCN " + m_name;
    glue = true;
    break;
  case CitationKind::fr_page:
    out = fmt::format("{} FR {}", m_volume, m_name);
    break;
  case CitationKind::fr_document:
    out = m_name;
    break;
  case CitationKind::executive_order:
    out = "EO " + m_name;
    break;
  }
  for (const Step& step : m_steps) {
    if (step.kind == Step::Kind::named || !glue) {
      out += separator;
    } else if (step.kind == Step::Kind::item) {
      out += '.';
    }
    out += rendered(step);
    glue = step.kind != Step::Kind::named;
  }
  return m_name.empty() ? std::string() : out;
}

std::string Citation::part_number() const {
  switch (m_kind) {
  case CitationKind::part:
    return m_name;
  case CitationKind::section:
    return m_name.substr(0, m_name.find('.'));
  case CitationKind::eccn:
    return "774";
  case CitationKind::appendix: {
    const std::string low = ascii_lower(m_name);
    const std::size_t at = low.rfind("part ");
    return at == std::string::npos ? std::string() : m_name.substr(at + 5);
  }
  default:
    return {};
  }
}

Citation Citation::unit() const {
  if (m_kind == CitationKind::eccn) {
    return appendix(m_title, std::string(ccl_identifier));
  }
  Citation unit = *this;
  unit.m_steps.clear();
  return unit;
}

Citation Citation::parent() const {
  if (m_steps.empty()) {
    return {};
  }
  Citation parent = *this;
  parent.m_steps.pop_back();
  return parent;
}

Citation Citation::child(Step step) const {
  if (m_kind == CitationKind::appendix && m_steps.empty() && m_name == ccl_identifier &&
      step.kind == Step::Kind::named && is_eccn(step.name)) {
    return eccn(with_occurrence(step.name, step.occurrence));
  }
  Citation child = *this;
  child.m_steps.push_back(std::move(step));
  return child;
}

bool Citation::is_within(const Citation& other) const {
  if (other.empty()) {
    return false;
  }
  if (other.m_kind == CitationKind::part) {
    return is_cfr(m_kind) && part_number() == other.m_name &&
           (m_kind == CitationKind::appendix || m_title == other.m_title);
  }
  if (!is_cfr(m_kind) || !is_cfr(other.m_kind)) {
    return *this == other;
  }
  if (!(unit() == other.unit())) {
    return false;
  }
  const std::vector<Step> mine = steps_below_unit(*this);
  const std::vector<Step> theirs = steps_below_unit(other);
  return mine.size() >= theirs.size() &&
         std::equal(theirs.begin(), theirs.end(), mine.begin(), [](const Step& a, const Step& b) {
           return ascii_lower(normalise(rendered(a))) == ascii_lower(normalise(rendered(b)));
         });
}

std::strong_ordering operator<=>(const Citation& left, const Citation& right) {
  if (is_cfr(left.m_kind) && is_cfr(right.m_kind)) {
    if (const auto order = compare_natural(left.part_number(), right.part_number()); order != 0) {
      return order;
    }
    if (const auto order = kind_rank(left.m_kind) <=> kind_rank(right.m_kind); order != 0) {
      return order;
    }
    // An appendix is cited without its title, so a title only orders what prints it.
    if (kind_rank(left.m_kind) < 2) {
      if (const auto order = compare_natural(left.m_title, right.m_title); order != 0) {
        return order;
      }
    }
    const std::string left_unit = left.unit().m_name;
    const std::string right_unit = right.unit().m_name;
    if (const auto order = compare_natural(left_unit, right_unit); order != 0) {
      return order;
    }
    if (const int exact = left_unit.compare(right_unit); exact != 0) {
      return exact <=> 0;
    }
    const std::vector<Step> left_steps = steps_below_unit(left);
    const std::vector<Step> right_steps = steps_below_unit(right);
    int depth = 1;
    for (std::size_t i = 0; i < left_steps.size() && i < right_steps.size(); ++i) {
      if (const auto order = compare_steps(left_steps[i], right_steps[i], depth); order != 0) {
        return order;
      }
      depth = left_steps[i].kind == Step::Kind::paragraph ? depth + 1 : 1;
    }
    return left_steps.size() <=> right_steps.size();
  }
  if (const auto order = kind_rank(left.m_kind) <=> kind_rank(right.m_kind); order != 0) {
    return order;
  }
  if (const auto order = compare_natural(left.m_volume, right.m_volume); order != 0) {
    return order;
  }
  return compare_natural(left.m_name, right.m_name);
}

bool operator==(const Citation& left, const Citation& right) {
  return (left <=> right) == 0;
}

} // namespace regtrail
