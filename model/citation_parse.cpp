// How people write citations.
#include "model/citation.hpp"
#include "model/citation_internal.hpp"
#include "model/citation_reader.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace regtrail {
namespace {

using namespace citation_detail;

/// "2" and up: the first bearer of a name has no number, so "#1" and "#02" are parts of names.
bool is_occurrence(std::string_view digits) {
  return all_digits(digits) && digits.size() <= 6 && digits[0] != '0' && digits != "1";
}

/// " #2" if it stands here.
std::uint32_t take_occurrence(Reader& reader) {
  Reader ahead = reader;
  if (!ahead.take(" #")) {
    return 1;
  }
  const std::string_view digits = ahead.take_while(is_digit);
  if (!is_occurrence(digits)) {
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
    if (close == std::string_view::npos || !is_paragraph_name(rest.substr(0, close + 1))) {
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

/// "c.1(a)", "(a)(2).b", as far as it goes: items and paragraphs, one behind the other.
std::vector<Step> take_glued_steps(Reader& reader) {
  std::vector<Step> steps;
  for (std::size_t before = std::string_view::npos; before != steps.size();) {
    before = steps.size();
    std::vector<Step> more = reader.peek() == '('                  ? take_paragraph_steps(reader)
                             : before == 0 || reader.peek() == '.' ? take_item_steps(reader)
                                                                   : std::vector<Step>();
    std::move(more.begin(), more.end(), std::back_inserter(steps));
  }
  return steps;
}

/// "Japan", "Note to 3B001 #2".
Step read_name(std::string_view segment) {
  Step step{Step::Kind::named, std::string(segment), 1};
  const std::size_t mark = segment.rfind(" #");
  if (mark != std::string_view::npos && mark > 0 && is_occurrence(segment.substr(mark + 2))) {
    Reader tail(segment.substr(mark));
    step.occurrence = take_occurrence(tail);
    step.name = std::string(segment.substr(0, mark));
  }
  return step;
}

/// What follows the first " / " (or nothing), behind a step of kind `before`, as steps; nullopt
/// where nothing stands between two.
std::optional<std::vector<Step>>
read_segments(std::string_view text, CitationKind unit, Step::Kind before) {
  std::vector<Step> steps;
  bool alone = false; // whether the step before is the only one between two " / "
  while (!text.empty()) {
    const std::size_t cut = text.find(separator);
    const std::string_view printed = trimmed(text.substr(0, cut));
    if (printed.empty()) {
      return std::nullopt;
    }
    std::vector<Step> segment = read_segment(printed, unit);
    // Items and paragraphs stand behind one another without " / ". Where it is printed between two,
    // one of them is a name: the first, unless it is several steps.
    const bool leads_on = segment.front().kind != Step::Kind::named;
    if (leads_on && before == Step::Kind::item && alone) {
      steps.back().kind = Step::Kind::named;
    } else if (leads_on &&
               (before == Step::Kind::item ||
                (before == Step::Kind::paragraph && segment.front().kind == Step::Kind::item))) {
      segment = {read_name(printed)};
    }
    before = segment.back().kind;
    alone = segment.size() == 1;
    std::move(segment.begin(), segment.end(), std::back_inserter(steps));
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

/// "3B.001" is no section; "4a.1" is one.
bool is_split_eccn(std::string_view number) {
  constexpr std::size_t dot = 2;
  return number.size() > dot + 1 && number[dot] == '.' && is_alpha(number[1]) &&
         (is_upper(number[1]) || number[dot + 1] == '0') && !nearest_form(number).empty();
}

/// True where the part's number is digits with at most a letter behind them ("4a", "60-1"): not
/// "15CFR744".
bool is_in_part(std::string_view number) {
  const std::string_view part = number.substr(0, number.find('.'));
  const std::string_view rest =
      part.substr(std::min(part.find_first_not_of("0123456789"), part.size()));
  return rest.size() < 2 || rest.find_first_not_of("-0123456789") == std::string_view::npos;
}

/// "744.23(a)(2)"; needs a dot. A range "744.12-744.14" is one reserved unit.
std::optional<Parsed> read_section(Reader& reader, const std::string& title) {
  Reader ahead = reader;
  const std::string_view number = ahead.take_while(is_section_char);
  const std::size_t dot = number.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == number.size() ||
      !is_digit(number[0]) || !is_alnum(number.back()) || is_split_eccn(number) ||
      !is_in_part(number)) {
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
  // "41 CFR Part 102-75"
  const std::string_view number = ahead.take_while([](char c) { return is_alnum(c) || c == '-'; });
  if (number.empty() || !is_digit(number[0]) || !is_alnum(number.back())) {
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
  return Parsed{Citation::appendix(title, supplement_name(number, part)), {}};
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
  return Parsed{Citation::appendix(title, supplement_name(number, part)), {}};
}

/// Any other appendix identifier of the eCFR: "Appendix A to Part 229", "Table 1 to Subpart B of
/// Part 60". Recognised by its end.
std::optional<Parsed> read_appendix(Reader& reader, const std::string& title) {
  const std::string_view whole = reader.rest();
  const std::string_view head = whole.substr(0, whole.find(separator));
  const std::string low = lowered(head);
  std::size_t part = low.rfind(" to part ");
  if (part == std::string::npos) {
    part = low.rfind(" of part ");
  }
  const bool other_kind = starts_with_word(low, "eccn") || starts_with_word(low, "eo") ||
                          starts_with_word(low, "the") || starts_with_word(low, "ear") ||
                          low.starts_with("e.o.") || starts_with_word(low, "executive order");
  if (part == std::string::npos || !is_alnum(low[0]) || is_digit(low[0]) || other_kind) {
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
  if (ahead.peek() == '.' || ahead.peek() == '(') {
    parsed.steps = take_glued_steps(ahead);
  }
  reader = ahead;
  return parsed;
}

/// "15 CFR " in front, else `otherwise`.
std::string take_title(Reader& reader, std::string_view otherwise) {
  Reader ahead = reader;
  const std::string_view digits = ahead.take_while(is_digit);
  ahead.skip_blanks();
  if (digits.empty() || digits.size() > 2 ||
      (!ahead.take_word("cfr") && !ahead.take_word("c.f.r."))) {
    return std::string(otherwise);
  }
  reader = ahead;
  return std::string(digits);
}

std::optional<Parsed> read_cfr(Reader& reader, std::string_view bare_title) {
  const std::string title = take_title(reader, bare_title);
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

/// "EO 14320"; nullopt when the text is of another kind.
std::optional<Result<Citation>> read_executive_order(Reader reader) {
  if (!reader.take_word("eo") && !reader.take_word("e.o.") &&
      !reader.take_word("executive order")) {
    return std::nullopt;
  }
  reader.take_word("no.");
  std::string number(reader.take_while(is_digit));
  if (!number.empty() && number.size() <= 2 && reader.take(",")) { // "14,320"
    const std::string_view thousands = reader.take_while(is_digit);
    number = thousands.size() == 3 ? number + std::string(thousands) : std::string();
  }
  const bool readable = !number.empty() && number.size() <= 5;
  if (readable && reader.rest().size() == 2 && reader.take("-") && is_upper(reader.peek())) {
    number += '-'; // "11246-A"
    number += reader.peek();
    reader.skip(1);
  }
  if (!readable || !reader.done()) {
    return fail(ErrorKind::usage, ": an executive order is a number of up to five digits");
  }
  return Citation::executive_order(std::move(number));
}

/// "89 FR 96790", "89 Fed. Reg. 96,790".
std::optional<Result<Citation>> read_fr_page(Reader reader) {
  const std::string_view volume = reader.take_while(is_digit);
  reader.skip_blanks();
  if (volume.empty() || (!reader.take_word("fr") && !reader.take_word("fed. reg.") &&
                         !reader.take_word("fed.reg."))) {
    return std::nullopt;
  }
  std::string page(reader.rest());
  page.erase(std::remove(page.begin(), page.end(), ','), page.end());
  if (!all_digits(page) || page.size() > 6 || volume.size() > 3) {
    return fail(ErrorKind::usage, ": after FR comes a page number");
  }
  return Citation::fr_page(std::string(volume), std::move(page));
}

/// "2024-28270", "E8-4768", "03-1657", "C1-2026-03111".
std::optional<Citation> read_fr_document(std::string_view document) {
  if (lowered(document).starts_with("fr doc. ")) {
    document.remove_prefix(8);
  }
  const std::size_t dash = document.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || document.size() - dash > 7 ||
      !all_digits(document.substr(dash + 1))) {
    return std::nullopt;
  }
  std::string_view head = document.substr(0, dash);
  const std::size_t correction = head.find('-');
  if (correction != std::string_view::npos && correction >= 2 && is_upper(head[0]) &&
      all_digits(head.substr(1, correction - 1))) {
    head.remove_prefix(correction + 1);
  }
  const bool year = all_digits(head) && (head.size() == 4 || head.size() == 2);
  const bool letter =
      head.size() >= 2 && head.size() <= 3 && is_upper(head[0]) && all_digits(head.substr(1));
  if (!year && !letter) {
    return std::nullopt;
  }
  return Citation::fr_document(std::string(document));
}

/// The first " / " or " #2" in `text`, where a name ends; npos when there is none.
std::size_t end_of_name(std::string_view text) {
  for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(separator) ||
        (rest.size() > 2 && rest.starts_with(" #") && is_digit(rest[2]))) {
      return at;
    }
  }
  return std::string_view::npos;
}

/// Blanks and dashes folded, name by name: a bracket at the end of a name would take the blank of
/// what follows with it. Quotes inside names are matched by folding later.
std::string folded_names(std::string_view text) {
  std::string folded;
  while (true) {
    const std::size_t end = end_of_name(text);
    normalise_into(folded, text.substr(0, end));
    if (end == std::string_view::npos) {
      return folded;
    }
    const std::size_t length = text[end + 1] == '/' ? separator.size() : 2;
    folded += text.substr(end, length);
    text.remove_prefix(end + length);
  }
}

/// "page chip-plan": what a watch of the register reads of the web.
std::optional<Parsed> read_watched_page(Reader& reader) {
  constexpr std::string_view lead = "page ";
  const std::string_view text = reader.rest();
  const std::string_view id = text.substr(0, end_of_name(text));
  if (!id.starts_with(lead) || id.size() == lead.size() || !is_lower(id[lead.size()]) ||
      !std::all_of(id.begin() + lead.size(), id.end(), [](char c) {
        return is_lower(c) || is_digit(c) || c == '-';
      })) {
    return std::nullopt;
  }
  reader = Reader(text.substr(id.size()));
  return Parsed{Citation::appendix("", std::string(id)), {}};
}

/// A place in the CFR, or of a watched page, with its steps. The error is the complaint alone.
Result<Citation> read_place(const std::string& text, std::string_view bare_title) {
  Reader reader(text);
  std::optional<Parsed> parsed = read_eccn(reader);
  if (!parsed) {
    reader = Reader(text);
    parsed = read_cfr(reader, bare_title);
  }
  if (!parsed) {
    reader = Reader(text);
    parsed = read_watched_page(reader);
  }
  if (!parsed) {
    return fail(ErrorKind::usage, "");
  }
  Citation citation = std::move(parsed->citation);
  for (Step& step : parsed->steps) {
    citation = std::move(citation).child(std::move(step));
  }
  if (reader.take(separator)) {
    const Step::Kind last =
        citation.steps().empty() ? Step::Kind::named : citation.steps().back().kind;
    auto steps = read_segments(reader.rest(), citation.kind(), last);
    if (!steps) {
      return fail(ErrorKind::usage, ": a name is missing between two '/'");
    }
    for (Step& step : *steps) {
      citation = std::move(citation).child(std::move(step));
    }
  } else if (!reader.done()) {
    return fail(ErrorKind::usage,
                fmt::format(": cannot read '{}'", printable(reader.rest()).substr(0, 40)));
  }
  return citation;
}

/// The error is the complaint alone.
Result<Citation> read_strictly(const std::string& folded, std::string_view title) {
  if (auto order = read_executive_order(Reader(folded))) {
    return *order;
  }
  if (auto page = read_fr_page(Reader(folded))) {
    return *page;
  }
  if (auto document = read_fr_document(folded)) {
    return *document;
  }
  return read_place(folded, title);
}

} // namespace

std::vector<Step> citation_detail::read_segment(std::string_view segment, CitationKind unit) {
  Reader reader(segment);
  std::vector<Step> steps;
  if (unit == CitationKind::eccn && (reader.peek() == '(' || is_lower(reader.peek()))) {
    steps = take_glued_steps(reader);
  } else {
    steps = take_paragraph_steps(reader);
  }
  if (!steps.empty() && reader.done()) {
    return steps;
  }
  // "Category VIII(h)" of the U.S. Munitions List
  constexpr std::string_view category = "category ";
  const std::size_t bracket = std::min(segment.find('('), segment.size());
  if (starts_with_ignoring_case(segment, category) && bracket > category.size() &&
      segment.find_first_not_of("IVXivx", category.size()) == bracket) {
    Reader behind(segment.substr(bracket));
    steps = take_paragraph_steps(behind);
    if (!steps.empty() && behind.done()) {
      steps.insert(steps.begin(), read_name(segment.substr(0, bracket)));
      return steps;
    }
  }
  return {read_name(segment)};
}

Result<Citation> Citation::parse(std::string_view text, std::string_view title) {
  Result<Citation> citation = read_strictly(folded_names(text), title);
  if (!citation) {
    if (const std::string typed = as_typed(text); !typed.empty()) {
      if (auto read = read_strictly(folded_names(typed), title)) {
        return read;
      }
    }
  }
  if (!citation) {
    const std::string near = nearest_form(text);
    return fail(ErrorKind::usage,
                fmt::format("'{}' is not a citation{}; {}",
                            printable(text).substr(0, 120),
                            citation.error().message,
                            near.empty()
                                ? "try e.g. 744.23(a)(2), supp. 4 to part 744, 3B001.c.1.a, "
                                  "89 FR 96790, 2024-28270 or EO 14320"
                                : fmt::format("did you mean {}?", near)));
  }
  return citation;
}

} // namespace regtrail
