#include "model/cfr_pattern.hpp"

#include "model/scan.hpp"

#include <fmt/format.h>

#include <charconv>

namespace regtrail {

namespace {

tl::unexpected<Error> not_a_place(std::string_view text) {
  return fail(ErrorKind::usage,
              fmt::format("'{}' is no place in the CFR (write it like 744.23(a)(4), 736 Supp. 1, "
                          "742, 48 CFR 1-53 or 19 CFR)",
                          text));
}

/// "1-53", "705" or nothing.
bool read_parts(std::string_view text, std::size_t pos, CfrPattern& pattern) {
  if (pos == text.size()) {
    return true;
  }
  const auto first = read_int(text, pos);
  if (!first || *first == 0) {
    return false;
  }
  pattern.first_part = pattern.last_part = *first;
  if (pos < text.size() && text[pos] == '-') {
    const auto last = read_int(text, ++pos);
    if (!last || *last < *first) {
      return false;
    }
    pattern.last_part = *last;
  }
  return pos == text.size();
}

Result<CfrPattern> parse_titled(std::string_view text, int title, std::size_t pos) {
  CfrPattern pattern;
  pattern.title = std::to_string(title);
  if (read_parts(text, pos, pattern)) {
    return pattern;
  }
  const auto place = Citation::parse(text);
  if (!place || place->kind() != CitationKind::section) {
    return not_a_place(text);
  }
  pattern.place = *place;
  return pattern;
}

/// The part that `at` lies in as a number, 0 where it has none.
int part_of(const Citation& at) {
  const auto part = at.part_number();
  int number = 0;
  std::from_chars(part.data(), part.data() + part.size(), number);
  return number;
}

/// The title that `at` lies in; ECCNs and bare supplements are the EAR's.
std::string_view title_of(const Citation& at) {
  const bool ear = at.kind() == CitationKind::eccn ||
                   (at.kind() == CitationKind::appendix && at.title().empty());
  return ear ? std::string_view("15") : std::string_view(at.title());
}

} // namespace

Result<CfrPattern> parse_cfr_pattern(std::string_view text) {
  const Folded folded(text);
  const auto plain = trimmed(folded.text());
  std::size_t pos = 0;
  const auto number = read_int(plain, pos);
  if (number && *number == 0) {
    return not_a_place(text);
  }
  if (number && pos == plain.size()) {
    CfrPattern pattern;
    pattern.first_part = pattern.last_part = *number;
    return pattern;
  }
  const std::size_t word = skip_blanks(plain, pos);
  if (number && word > pos && has_word_at(plain, word, "cfr")) {
    return parse_titled(plain, *number, skip_blanks(plain, word + 3));
  }
  CfrPattern pattern;
  const std::size_t blank = plain.find(' ');
  const bool defines =
      number && pos < plain.size() && plain[pos] == '.' && blank != std::string_view::npos;
  if (defines) {
    pattern.definition = lowered(trimmed(plain.substr(blank)));
  }
  const auto place = Citation::parse(defines ? plain.substr(0, blank) : plain);
  if (!place ||
      (place->kind() != CitationKind::section && place->kind() != CitationKind::appendix)) {
    return not_a_place(text);
  }
  pattern.place = *place;
  return pattern;
}

bool covers(const CfrPattern& pattern, const Citation& at) {
  if (title_of(at) != pattern.title) {
    return false;
  }
  if (pattern.place.empty()) {
    const int part = part_of(at);
    return pattern.first_part == 0 || (part >= pattern.first_part && part <= pattern.last_part);
  }
  // The cheap comparison first: a register holds hundreds of places.
  if (at.name() != pattern.place.name() || !at.is_within(pattern.place)) {
    return false;
  }
  if (pattern.definition.empty()) {
    return true;
  }
  const auto& steps = at.steps();
  const std::size_t depth = pattern.place.steps().size();
  if (steps.size() <= depth) {
    return false;
  }
  // The step may carry its quotes or a plural: "Specially designed", "Advanced-Node Integrated
  // Circuits".
  const Folded folded(steps[depth].name);
  const auto name = lowered(trimmed(folded.text(), "\"'."));
  return name.find(pattern.definition) != std::string::npos ||
         (name.size() > 3 && pattern.definition.find(name) != std::string::npos);
}

} // namespace regtrail
