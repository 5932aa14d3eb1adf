#include "ear/threshold.hpp"

#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace regtrail::ear {

namespace {

// --- words ---------------------------------------------------------------------------------------

struct Phrases {
  Comparator comparator;
  std::string_view words; ///< tokens in lower case, one blank between, '|' between phrases
};

// In front of the number. Where one ends with another the longer stands first.
constexpr std::array prefixes = {
    Phrases{Comparator::less_equal,
            "less ( better ) than or equal to|equal to or less ( better ) than|"
            "less than or equal to|less than or equal|equal to or less than|equal or less than|"
            "less or equal to|equal to or smaller than|smaller than or equal to|"
            "equal to or shorter than|shorter than or equal to|equal to or lower than|"
            "lower than or equal to|equal to or below|equal to or fewer than|up to and including|"
            "but not exceeding|not exceeding|does not exceed|do not exceed|not to exceed|"
            "not exceed|not more than|no more than|not greater than|no greater than|at most|up to|"
            "within"},
    Phrases{Comparator::greater_equal,
            "greater than or equal to|equal to or greater than|equal or greater than|"
            "greater or equal to|more than or equal to|equal to or more than|"
            "equal to or longer than|longer than or equal to|equal to or higher than|"
            "higher than or equal to|equal to or larger than|equal to or above|"
            "equal to or exceeding|equal or exceed|equals or exceeds|meets or exceeds|"
            "meet or exceed|meeting or exceeding|not less than|no less than|at least"},
    Phrases{Comparator::less,
            "less ( better ) than|less than|fewer than|lower than|smaller than|shorter than|"
            "thinner than|finer than|below|under"},
    Phrases{Comparator::better, "better than"},
    Phrases{Comparator::greater,
            "greater than|more than|higher than|larger than|longer than|in excess of|exceeding|"
            "exceeds|exceed|above|over"},
    Phrases{Comparator::equal, "equal to"},
    Phrases{Comparator::less_equal, "< =|<="},
    Phrases{Comparator::greater_equal, ">="},
    Phrases{Comparator::less, "<"},
    Phrases{Comparator::greater, ">"},
};

// Behind number and unit.
constexpr std::array suffixes = {
    Phrases{
        Comparator::greater_equal,
        "or more|or greater|or higher|or larger|or longer|or above|and above|or over|and higher"},
    Phrases{Comparator::less_equal,
            "or less|or fewer|or lower|or smaller|or shorter|or below|and below|or finer|or under"},
    Phrases{Comparator::better, "or better"},
};

struct WordNumber {
  std::string_view word;
  double value;
};

constexpr std::array word_numbers = {
    WordNumber{"one", 1},       WordNumber{"two", 2},        WordNumber{"three", 3},
    WordNumber{"four", 4},      WordNumber{"five", 5},       WordNumber{"six", 6},
    WordNumber{"seven", 7},     WordNumber{"eight", 8},      WordNumber{"nine", 9},
    WordNumber{"ten", 10},      WordNumber{"eleven", 11},    WordNumber{"twelve", 12},
    WordNumber{"thirteen", 13}, WordNumber{"fourteen", 14},  WordNumber{"fifteen", 15},
    WordNumber{"sixteen", 16},  WordNumber{"seventeen", 17}, WordNumber{"eighteen", 18},
    WordNumber{"nineteen", 19}, WordNumber{"twenty", 20},    WordNumber{"thirty", 30},
    WordNumber{"forty", 40},    WordNumber{"fifty", 50},     WordNumber{"sixty", 60},
    WordNumber{"seventy", 70},  WordNumber{"eighty", 80},    WordNumber{"ninety", 90},
    WordNumber{"hundred", 100},
};

constexpr std::array scale_words = {
    WordNumber{"thousand", 1e3},
    WordNumber{"million", 1e6},
    WordNumber{"billion", 1e9},
    WordNumber{"trillion", 1e12},
};

// --- tokens --------------------------------------------------------------------------------------

struct Token {
  enum class Kind { word, number, symbol };
  Kind kind;
  std::size_t begin;
  std::size_t end;
};

bool starts_number(std::string_view text, std::size_t i) {
  return is_digit(text[i]) || (text[i] == '.' && i + 1 < text.size() && is_digit(text[i + 1]) &&
                               (i == 0 || !is_alnum(text[i - 1])));
}

/// "1,600", "2.5", ".50": digits with grouping commas and one decimal point.
std::size_t end_of_number(std::string_view text, std::size_t i) {
  while (i < text.size() && is_digit(text[i])) {
    ++i;
    if (i + 3 < text.size() && text[i] == ',' && is_digit(text[i + 1]) && is_digit(text[i + 2]) &&
        is_digit(text[i + 3]) && (i + 4 == text.size() || !is_digit(text[i + 4]))) {
      ++i;
    }
  }
  if (i + 1 < text.size() && text[i] == '.' && is_digit(text[i + 1])) {
    ++i;
    while (i < text.size() && is_digit(text[i])) {
      ++i;
    }
  }
  return i;
}

/// Letters of a word, a unit's exponent with it: "cm^2", "°C".
std::size_t end_of_word(std::string_view text, std::size_t i) {
  while (i < text.size() && (is_alpha(text[i]) || static_cast<unsigned char>(text[i]) >= 0x80U)) {
    ++i;
  }
  if (i + 1 < text.size() && text[i] == '^') {
    std::size_t exponent = i + 1 + (text[i + 1] == '-' ? 1U : 0U);
    if (exponent < text.size() && is_digit(text[exponent])) {
      while (exponent < text.size() && is_digit(text[exponent])) {
        ++exponent;
      }
      return exponent;
    }
  }
  return i;
}

/// "±" is two bytes of UTF-8 and a symbol; other bytes above ASCII are letters.
constexpr std::string_view plus_minus = "\u00b1";

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ') {
      ++i;
    } else if (is_digit(c) && has_eccn_at(text, i)) {
      tokens.push_back({Token::Kind::word, i, i + 5});
      i += 5;
    } else if (starts_number(text, i)) {
      const std::size_t end = is_digit(c) ? end_of_number(text, i) : end_of_number(text, i + 1);
      tokens.push_back({Token::Kind::number, i, end});
      i = end;
    } else if (c == plus_minus.front() && text.substr(i).starts_with(plus_minus)) {
      tokens.push_back({Token::Kind::symbol, i, i + plus_minus.size()});
      i += plus_minus.size();
    } else if (is_alpha(c) || static_cast<unsigned char>(c) >= 0x80U) {
      const std::size_t end = end_of_word(text, i);
      tokens.push_back({Token::Kind::word, i, end});
      i = end;
    } else {
      const bool pair = (c == '<' || c == '>') && i + 1 < text.size() && text[i + 1] == '=';
      tokens.push_back({Token::Kind::symbol, i, i + (pair ? 2U : 1U)});
      i += pair ? 2U : 1U;
    }
  }
  return tokens;
}

// --- the scanner ---------------------------------------------------------------------------------

/// A number with what belongs to it, before its comparator is known.
struct Quantity {
  double value = 0.0;
  std::string number; ///< as printed
  std::string unit;
  std::size_t first = 0; ///< tokens [first, last)
  std::size_t last = 0;
  std::size_t end = 0; ///< byte in the folded text
};

class Scanner {
public:
  explicit Scanner(std::string_view text)
      : m_original(text),
        m_folded(text),
        m_text(m_folded.text()),
        m_tokens(tokens_of(m_text)) {}

  std::vector<Threshold> scan();

private:
  [[nodiscard]] std::string_view bytes(std::size_t i) const {
    return i < m_tokens.size()
               ? m_text.substr(m_tokens[i].begin, m_tokens[i].end - m_tokens[i].begin)
               : std::string_view{};
  }

  /// What the original has for the bytes [begin, end) of the folded text.
  [[nodiscard]] std::string_view printed(std::size_t begin, std::size_t end) const {
    const std::size_t from = m_folded.original_begin(begin);
    return m_original.substr(from, m_folded.original_end(end) - from);
  }

  [[nodiscard]] bool is(std::size_t i, std::string_view lower) const {
    const auto token = bytes(i);
    return token.size() == lower.size() && has_at(token, 0, lower);
  }

  [[nodiscard]] bool is_number(std::size_t i) const {
    return i < m_tokens.size() && m_tokens[i].kind == Token::Kind::number;
  }

  /// Number of tokens that `words` takes when it ends before token `end`, 0 if it does not.
  [[nodiscard]] std::size_t phrase_before(std::size_t end, std::string_view words) const;
  [[nodiscard]] std::size_t phrase_at(std::size_t begin, std::string_view words) const;

  [[nodiscard]] std::optional<Quantity> read_quantity(std::size_t i) const;
  [[nodiscard]] std::optional<Quantity> read_plain_quantity(std::size_t i) const;
  [[nodiscard]] std::optional<double> read_value(std::size_t& i) const;
  [[nodiscard]] std::optional<double> read_unscaled_value(std::size_t& i) const;
  void read_unit(Quantity& quantity) const;
  [[nodiscard]] std::size_t unit_atom(std::size_t i) const;
  void read_conversion(Quantity& quantity) const;
  [[nodiscard]] bool names_a_code(std::size_t i) const;

  bool take_between(std::size_t& i);
  bool take_single(std::size_t& i);
  void add(Comparator comparator, const Quantity& quantity, std::size_t begin, std::size_t end);
  [[nodiscard]] std::string subject_before(std::size_t end) const;

  std::string_view m_original;
  Folded m_folded;
  std::string_view m_text;
  std::vector<Token> m_tokens;
  std::vector<Threshold> m_found;
  std::size_t m_done = 0; ///< folded end of the last threshold
};

std::size_t Scanner::phrase_at(std::size_t begin, std::string_view words) const {
  std::size_t at = begin;
  for (const std::string_view word : split(words, ' ')) {
    if (!is(at++, word)) {
      return 0;
    }
  }
  return at - begin;
}

std::size_t Scanner::phrase_before(std::size_t end, std::string_view words) const {
  const auto count = 1U + static_cast<std::size_t>(std::count(words.begin(), words.end(), ' '));
  return count <= end ? phrase_at(end - count, words) : 0;
}

std::optional<double> parse_number(std::string_view digits) {
  std::string plain(digits);
  plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
  double value = 0.0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return error == std::errc{} && end == plain.data() + plain.size() ? std::optional(value)
                                                                    : std::nullopt;
}

/// The value at token `i`, with "^26", "* 10^-4", "billion" and word numbers; advances `i`.
std::optional<double> Scanner::read_value(std::size_t& i) const {
  auto value = read_unscaled_value(i);
  const auto scale = value && i < m_tokens.size() ? scale_of(bytes(i)) : std::nullopt;
  if (scale) {
    ++i;
    *value *= *scale;
  }
  return value;
}

std::optional<double> Scanner::read_unscaled_value(std::size_t& i) const {
  const auto word_at = [this](std::size_t at) {
    const auto* found = std::find_if(word_numbers.begin(),
                                     word_numbers.end(),
                                     [&](const WordNumber& number) { return is(at, number.word); });
    return found == word_numbers.end() ? 0.0 : found->value;
  };
  if (double value = word_at(i); value > 0) {
    ++i;
    // "twenty-five"
    const double units = value >= 20 && value < 100 && is(i, "-") ? word_at(i + 1) : 0.0;
    if (units > 0 && units < 10) {
      value += units;
      i += 2;
    }
    return value;
  }
  if (!is_number(i)) {
    return std::nullopt;
  }
  auto value = parse_number(bytes(i));
  ++i;
  const auto read_exponent = [this, &i]() -> std::optional<double> {
    const bool negative = is(i + 1, "-");
    const std::size_t digits = i + (negative ? 2U : 1U);
    if (!is(i, "^") || !is_number(digits)) {
      return std::nullopt;
    }
    const auto exponent = parse_number(bytes(digits));
    if (!exponent || *exponent > 300) {
      return std::nullopt;
    }
    i = digits + 1;
    return negative ? -*exponent : *exponent;
  };
  if (value && is(i, "^")) {
    if (const auto exponent = read_exponent()) {
      value = std::pow(*value, *exponent);
    }
  } else if (value && (is(i, "*") || is(i, "x")) && is(i + 1, "10") && is(i + 2, "^")) {
    i += 2;
    if (const auto exponent = read_exponent()) {
      // a quotient of two exact numbers is the double nearest to 5 × 10^-6, a product is not
      const double power = std::pow(10.0, std::abs(*exponent));
      *value = *exponent < 0 ? *value / power : *value * power;
    }
  }
  // 0^-6 is no limit
  return value && std::isfinite(*value) ? value : std::nullopt;
}

/// Tokens of one unit without "per": "nm", "square millimeter", "°C", "%"; 0 if there is none.
std::size_t Scanner::unit_atom(std::size_t i) const {
  std::size_t at = i;
  if (is(at, "square") || is(at, "cubic") || is(at, "degrees")) {
    ++at;
  }
  const auto word = bytes(at);
  if (word == "in" && is(at + 1, ".")) {
    return at + 2 - i;
  }
  if (is_unit(word)) {
    return at + 1 - i;
  }
  return at > i && is(i, "degrees") ? 1 : 0;
}

void Scanner::read_unit(Quantity& quantity) const {
  std::size_t at = quantity.last;
  if (is(at, ":") && is_number(at + 1) && m_tokens[at].begin == quantity.end) {
    quantity.last = at + 2; // a ratio: "100:1"
    quantity.unit = ":" + std::string(bytes(at + 1));
    quantity.end = m_tokens[at + 1].end;
    return;
  }
  if (is(at, "-") && m_tokens[at].begin == quantity.end && unit_atom(at + 1) > 0) {
    ++at;
  }
  const std::size_t first = at;
  std::size_t length = unit_atom(at);
  while (length > 0) {
    at += length;
    length = is(at, "per") || is(at, "/") || is(at, "*") ? unit_atom(at + 1) : 0;
    length += length > 0 ? 1U : 0U;
  }
  if (at == first) {
    return;
  }
  quantity.last = at;
  quantity.end = m_tokens[at - 1].end;
  quantity.unit = printed(m_tokens[first].begin, quantity.end);
}

/// "958 K (685 °C)": what stands in parentheses and is itself a quantity is the same limit again.
void Scanner::read_conversion(Quantity& quantity) const {
  std::size_t at = quantity.last;
  if (quantity.unit.empty() || !is(at, "(")) {
    return;
  }
  ++at;
  while (is(at, "-") || is(at, "+") || bytes(at) == plus_minus || is(at, "about")) {
    ++at;
  }
  const auto converted = is_number(at) ? read_plain_quantity(at) : std::nullopt;
  if (converted && !converted->unit.empty() && is(converted->last, ")")) {
    quantity.last = converted->last + 1;
    quantity.end = m_tokens[converted->last].end;
  }
}

std::optional<Quantity> Scanner::read_quantity(std::size_t i) const {
  auto quantity = read_plain_quantity(i);
  if (quantity) {
    read_conversion(*quantity);
  }
  return quantity;
}

/// "35 U.S.C. 111", "15 CFR part 730", "89 FR 96790", "86 Stat. 88": the number counts a volume.
bool Scanner::names_a_code(std::size_t i) const {
  if (bytes(i) == "CFR" || bytes(i) == "FR" || bytes(i) == "Stat" || bytes(i) == "USC") {
    return true;
  }
  return bytes(i) == "U" && is(i + 1, ".") && bytes(i + 2) == "S" && is(i + 3, ".") &&
         bytes(i + 4) == "C";
}

std::optional<Quantity> Scanner::read_plain_quantity(std::size_t i) const {
  std::size_t at = i;
  const auto value = read_value(at);
  if (!value || names_a_code(at)) {
    return std::nullopt;
  }
  Quantity quantity;
  quantity.first = i;
  quantity.value = *value;
  const bool in_words = m_tokens[i].kind == Token::Kind::word;
  quantity.number = in_words ? fmt::format("{}", *value)
                             : std::string(printed(m_tokens[i].begin, m_tokens[at - 1].end));
  if (i > 0 && is(i - 1, "-") && m_tokens[i - 1].end == m_tokens[i].begin &&
      (i == 1 || m_tokens[i - 2].end < m_tokens[i - 1].begin || is(i - 2, "("))) {
    quantity.value = -quantity.value;
    quantity.first = i - 1;
    quantity.number.insert(0, "-");
  }
  quantity.last = at;
  quantity.end = m_tokens[at - 1].end;
  read_unit(quantity);
  return quantity;
}

std::string Scanner::subject_before(std::size_t end) const {
  std::size_t begin = end;
  while (begin > m_done) {
    const char c = m_text[begin - 1];
    const bool inner_dot = c == '.' && begin < m_text.size() && m_text[begin] != ' ';
    if (c == ';' || c == ':' || (c == '.' && !inner_dot) ||
        (c == ',' && begin < m_text.size() && m_text[begin] == ' ')) {
      break;
    }
    --begin;
  }
  auto words = trimmed(m_text.substr(begin, end - begin), ",");
  bool again = true;
  while (again) {
    again = false;
    for (const std::string_view lead : {"and ", "or ", "but ", "having ", "a ", "an ", "with "}) {
      if (has_at(words, 0, lead)) {
        words = trimmed(words.substr(lead.size()));
        again = true;
      }
    }
    for (const std::string_view tail : {" of", " of a", " is", " are", " to", " at", " with"}) {
      if (words.size() >= tail.size() && has_at(words, words.size() - tail.size(), tail)) {
        words = trimmed(words.substr(0, words.size() - tail.size()));
        again = true;
      }
    }
  }
  constexpr std::size_t longest = 80;
  if (words.size() > longest) {
    const auto blank = words.find(' ', words.size() - longest);
    words = blank == std::string_view::npos ? std::string_view{} : words.substr(blank + 1);
  }
  if (words == "and" || words == "or" || words == "but") {
    words = {};
  }
  return std::string(words);
}

void Scanner::add(Comparator comparator,
                  const Quantity& quantity,
                  std::size_t begin,
                  std::size_t end) {
  Threshold threshold;
  threshold.comparator = comparator;
  threshold.value = quantity.value;
  threshold.number = quantity.number;
  threshold.unit = quantity.unit;
  threshold.subject = subject_before(begin);
  // "1.6 or more and less than 5.92": the second limit is of the same thing.
  if (threshold.subject.empty() && !m_found.empty() && begin - m_done <= 8) {
    threshold.subject = m_found.back().subject;
  }
  threshold.begin = m_folded.original_begin(begin);
  threshold.end = m_folded.original_end(end);
  m_found.push_back(std::move(threshold));
  m_done = end;
}

/// "between 1 and 5 GHz", "from 193 nm to 370 nm".
bool Scanner::take_between(std::size_t& i) {
  const bool between = is(i, "between");
  if (!between && !is(i, "from")) {
    return false;
  }
  std::size_t at = i + 1;
  at += is(at, "-") ? 1U : 0U;
  const auto low = read_quantity(at);
  if (!low || !is(low->last, between ? "and" : "to")) {
    return false;
  }
  at = low->last + 1;
  while (is(at, "-") || is(at, "+")) {
    ++at;
  }
  auto high = read_quantity(at);
  if (!high || high->unit.empty()) {
    return false;
  }
  const double upper = std::exchange(high->value, low->value);
  std::string upper_number = std::exchange(high->number, low->number);
  add(Comparator::between, *high, m_tokens[i].begin, high->end);
  m_found.back().upper_value = upper;
  m_found.back().upper_number = std::move(upper_number);
  i = high->last;
  return true;
}

bool Scanner::take_single(std::size_t& i) {
  auto quantity = read_quantity(i);
  if (!quantity) {
    return false;
  }
  std::size_t before = quantity->first;
  while (before > 0 &&
         (bytes(before - 1) == plus_minus || is(before - 1, "+") || is(before - 1, "$") ||
          is(before - 1, "approximately") || is(before - 1, "a") || is(before - 1, "about"))) {
    --before;
  }
  if (before > 0 && is(before, "$")) {
    quantity->unit = "$";
  }
  // "20 keV or more", and with a noun between "5 axes or more" and "20% molar or more".
  const bool counts = (quantity->unit.empty() || quantity->unit == "%") &&
                      quantity->last < m_tokens.size() &&
                      m_tokens[quantity->last].kind == Token::Kind::word &&
                      !is(quantity->last, "or") && !is(quantity->last, "and");
  for (std::size_t between = 0; between <= (counts ? 1U : 0U); ++between) {
    const std::size_t at = quantity->last + between;
    for (const auto& [comparator, phrases] : suffixes) {
      for (const std::string_view words : split(phrases, '|')) {
        if (const std::size_t length = phrase_at(at, words); length > 0) {
          i = at + length;
          add(comparator, *quantity, m_tokens[before].begin, m_tokens[i - 1].end);
          return true;
        }
      }
    }
  }
  for (const auto& [comparator, phrases] : prefixes) {
    for (const std::string_view words : split(phrases, '|')) {
      if (const std::size_t length = phrase_before(before, words); length > 0) {
        add(comparator, *quantity, m_tokens[before - length].begin, quantity->end);
        i = quantity->last;
        return true;
      }
    }
  }
  return false;
}

std::vector<Threshold> Scanner::scan() {
  for (std::size_t i = 0; i < m_tokens.size();) {
    if (!take_between(i) && !take_single(i)) {
      ++i;
    }
  }
  return std::move(m_found);
}

/// In front of the number, in the order of Comparator.
constexpr std::array<std::string_view, 7> signs = {"< ", "<= ", "> ", ">= ", "= ", "", ""};

} // namespace

std::vector<Threshold> find_thresholds(std::string_view text) {
  return Scanner(text).scan();
}

std::optional<bool> larger_is_better(std::string_view noun) {
  const auto lower = lowered(noun);
  const auto has = [&lower](std::string_view word) {
    return lower.find(word) != std::string::npos;
  };
  const bool larger = any_phrase("purity|class|grade|sensitivity|bit|efficiency", has);
  const bool smaller = any_phrase(
      "resolution|overlay|noise|accuracy|repeatability|precision|uniformity|error|placement|"
      "roughness|drift|linewidth|jitter|spot size",
      has);
  return larger == smaller ? std::nullopt : std::optional(larger);
}

std::optional<double> scale_of(std::string_view word) {
  const auto* found = std::ranges::find(scale_words, word, &WordNumber::word);
  return found == scale_words.end() ? std::nullopt : std::optional(found->value);
}

std::string to_string(const Threshold& threshold) {
  const bool adjacent =
      threshold.unit == "%" || (!threshold.unit.empty() && threshold.unit[0] == ':');
  const std::string unit = threshold.unit.empty() ? "" : (adjacent ? "" : " ") + threshold.unit;
  const std::string& number = threshold.number;
  if (threshold.comparator == Comparator::between) {
    return number + " to " + threshold.upper_number + unit;
  }
  return std::string(signs.at(static_cast<std::size_t>(threshold.comparator))) + number + unit +
         (threshold.comparator == Comparator::better ? " or better" : "");
}

} // namespace regtrail::ear
