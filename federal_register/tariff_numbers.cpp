#include "federal_register/tariff_numbers.hpp"

#include "model/characters.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t heading_digits = 4;
constexpr std::size_t code_digits = 10;

constexpr std::string_view lead_words =
    "heading|headings|subheading|subheadings|hts|htsus|htsusa|hs|harmonized|harmonised";
/// What may stand between a lead word and the number: "HTSUS statistical reporting numbers".
constexpr std::string_view filler_words =
    "no|nos|number|numbers|code|codes|item|items|provision|provisions|statistical|reporting|"
    "classification|tariff|schedule|system|of|the|united|states|u.s|under|in|and|or";
constexpr std::string_view context_words =
    "tariff|tariffs|duty|duties|import|imports|imported|importation|customs|hts|htsus|harmonized|"
    "heading|headings|subheading|subheadings";
/// The word before a number that is none of a tariff.
constexpr std::string_view words_of_law =
    "u.s.c|usc|cfr|c.f.r|fr|fed|reg|section|sections|sec|secs|part|parts|paragraph|rule|rules|stat|"
    "l|page|pages|p|pp|no|nos|number|docket|order|form|project|usd|us$|eur|jpy";
/// The word behind a quantity.
constexpr std::string_view units =
    "percent|dollars|dollar|cents|million|billion|acres|acre|hectares|ha|feet|foot|ft|miles|mile|"
    "meters|metres|km|hours|hour|days|years|kg|kilograms|grams|pounds|lb|tons|tonnes|metric|short|"
    "mt|mw|mwh|kw|kwh|kv|gw|gallons|liters|barrels|cubic|square|per|euros|yen|usd|points|units";

/// A printed number, `begin` and `end` in the folded text.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;
  std::size_t dots = 0;
};

bool is_chapter(std::string_view digits) {
  constexpr std::string_view reserved = "77";
  return digits.substr(0, 2) != "00" && digits.substr(0, 2) != reserved;
}

/// A year is no heading: those of the chapters 19 and 20 end with 1905 and 2009.
bool is_year(std::string_view digits) {
  return digits.size() == heading_digits &&
         ((digits >= "1906" && digits <= "1999") || (digits >= "2010" && digits <= "2099"));
}

/// 4, 4.2, 4.2.2, 4.2.4 and 4.2.2.2 digits, or 4, 6, 8 or 10 in a row.
std::optional<Token> token_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) {
    ++end;
  }
  while (end > begin && text[end - 1] == '.') {
    --end;
  }
  Token token{begin, end, {}, 0};
  std::string shape;
  for (const std::string_view group : split(text.substr(begin, end - begin), '.')) {
    token.digits += group;
    shape += static_cast<char>('0' + std::min<std::size_t>(group.size(), 9));
    token.dots += 1;
  }
  token.dots -= token.dots == 0 ? 0 : 1;
  const bool in_row = token.dots == 0 && token.digits.size() >= heading_digits &&
                      token.digits.size() <= code_digits && token.digits.size() % 2 == 0;
  const bool glued = end < text.size() && (is_alnum(text[end]) || text[end] == '%');
  const bool grouped = end + 1 < text.size() && text[end] == ',' && is_digit(text[end + 1]);
  if (glued || grouped || !(in_row || is_one_of(shape, "42|422|424|4222")) ||
      !is_chapter(token.digits) || is_year(token.digits)) {
    return std::nullopt;
  }
  return token;
}

/// The lower-case word that ends before `pos`, without marks around it; moves `pos` to its
/// beginning. A full stop inside stays, one at its end is a mark.
std::string word_before(std::string_view text, std::size_t& pos) {
  while (pos > 0 && text[pos - 1] == ' ') {
    --pos;
  }
  const std::size_t end = pos;
  while (pos > 0 && text[pos - 1] != ' ') {
    --pos;
  }
  return lowered(trimmed(text.substr(pos, end - pos), "()[]{},.:;\"'"));
}

bool ends_sentence(std::string_view printed, std::string_view word) {
  return !printed.empty() && (printed.back() == '.' || printed.back() == ';') &&
         !is_one_of(word, "no|nos|u.s");
}

/// Whether a lead word stands before `begin`, with nothing but fillers between.
bool has_lead(std::string_view text, std::size_t begin) {
  constexpr int most_fillers = 9;
  std::size_t pos = begin;
  for (int i = 0; i <= most_fillers && pos > 0; ++i) {
    const std::size_t end = text.find_last_not_of(' ', pos - 1);
    const std::string word = word_before(text, pos);
    if (end == std::string_view::npos || ends_sentence(text.substr(pos, end + 1 - pos), word)) {
      return false;
    }
    if (is_one_of(word, lead_words)) {
      return true;
    }
    if (!word.empty() && !is_one_of(word, filler_words)) {
      return false;
    }
  }
  return false;
}

/// Whether the words around `first` to `last` make them money, a quantity or a place of the law.
bool is_something_else(std::string_view text, const Token& first, const Token& last) {
  std::size_t pos = first.begin;
  if (is_one_of(word_before(text, pos), words_of_law)) {
    return true;
  }
  const std::string_view before = trimmed(text.substr(0, first.begin));
  for (const std::string_view sign : {"$", "\u00a7", "\u20ac", "\u00a3", "\u00a5"}) {
    if (before.ends_with(sign)) {
      return true;
    }
  }
  std::size_t end = skip_blanks(text, last.end);
  end = text.substr(end, 1) == "-" ? end + 1 : end;
  const std::size_t begin = end;
  while (end < text.size() && is_alpha(text[end])) {
    ++end;
  }
  return is_one_of(lowered(text.substr(begin, end - begin)), units);
}

enum class Joint : std::uint8_t { none, list, range };

/// Reads past ", and subheading" or " through " behind a number; none leaves `pos`.
Joint read_joint(std::string_view text, std::size_t& pos) {
  std::size_t at = skip_blanks(text, pos);
  Joint joint = Joint::none;
  for (const char mark : {',', ';', '/'}) {
    if (text.substr(at, 1) == std::string_view(&mark, 1)) {
      joint = Joint::list;
      at = skip_blanks(text, at + 1);
      break;
    }
  }
  for (const std::string_view word : {"and/or", "and", "or"}) {
    if (has_word_at(text, at, word)) {
      joint = Joint::list;
      at = skip_blanks(text, at + word.size());
      break;
    }
  }
  for (const std::string_view word : {"through", "to", "thru"}) {
    if (has_word_at(text, at, word)) {
      joint = Joint::range;
      at = skip_blanks(text, at + word.size());
      break;
    }
  }
  if (joint == Joint::none && text.substr(at, 1) == "-") {
    joint = Joint::range;
    at = skip_blanks(text, at + 1);
  }
  for (const std::string_view word : {"headings", "heading", "subheadings", "subheading"}) {
    if (joint != Joint::none && has_word_at(text, at, word)) {
      at = skip_blanks(text, at + word.size());
      break;
    }
  }
  if (joint != Joint::none) {
    pos = at;
  }
  return joint;
}

/// Numbers joined by commas, "and", "or", "through".
struct Row {
  std::vector<Token> tokens;
  std::vector<Joint> joints; ///< before each token; none before the first
  std::size_t end = 0;       ///< behind the last token
  bool is_law = false;
};

Row row_at(std::string_view text, Token first) {
  Row row;
  row.tokens.push_back(std::move(first));
  row.joints.push_back(Joint::none);
  for (;;) {
    std::size_t pos = row.tokens.back().end;
    row.is_law = !read_designators(text, pos).empty() || row.is_law; // "(b)(2)" of a section
    row.end = pos;
    const Joint joint = read_joint(text, pos);
    if (joint == Joint::none || pos >= text.size() || !is_digit(text[pos])) {
      return row;
    }
    auto next = token_at(text, pos);
    if (!next) {
      return row;
    }
    row.tokens.push_back(std::move(*next));
    row.joints.push_back(joint);
  }
}

std::uint64_t padded(std::string_view digits, char with) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < code_digits; ++i) {
    const char c = i < digits.size() ? digits[i] : with;
    constexpr std::uint64_t base = 10;
    value = value * base + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

/// May the number begin here? "ER26-8471", "18,471.50" and "A8471" do not.
bool begins_number(std::string_view text, std::size_t pos) {
  if (!is_digit(text[pos]) || pos == 0) {
    return is_digit(text[pos]);
  }
  const char before = text[pos - 1];
  return !is_alnum(before) && before != '.' && before != ',' && before != '-' && before != '#';
}

bool speaks_of_tariffs(std::string_view text) {
  return any_phrase(context_words, [text](std::string_view word) {
    return find_word(text, word) != std::string_view::npos;
  });
}

class Finder {
public:
  explicit Finder(std::string_view text) : m_original(text), m_folded(text) {}

  std::vector<TariffNumbers> run() {
    const std::string_view text = m_folded.text();
    for (std::size_t pos = 0; pos < text.size();) {
      auto token = begins_number(text, pos) ? token_at(text, pos) : std::nullopt;
      if (!token) {
        ++pos;
        continue;
      }
      const Row row = row_at(text, std::move(*token));
      take(row);
      pos = row.end;
    }
    return std::move(m_found);
  }

private:
  void take(const Row& row) {
    const std::string_view text = m_folded.text();
    const bool lead = has_lead(text, row.tokens.front().begin);
    if (row.is_law || (!lead && is_something_else(text, row.tokens.front(), row.tokens.back()))) {
      return;
    }
    bool taken = false; // the token before
    for (std::size_t i = 0; i < row.tokens.size(); ++i) {
      const Token& token = row.tokens[i];
      const bool in_range = taken && row.joints[i] == Joint::range;
      taken = lead || token.dots > 1 || (token.dots == 1 && has_context());
      if (!taken) {
        continue;
      }
      const std::uint64_t last = padded(token.digits, '9');
      if (in_range && last > m_found.back().first) {
        m_found.back().words = printed(row.tokens[i - 1].begin, token.end);
        m_found.back().last = last;
      } else {
        m_found.push_back({printed(token.begin, token.end), padded(token.digits, '0'), last});
      }
    }
  }

  bool has_context() {
    if (!m_context) {
      m_context = speaks_of_tariffs(m_folded.text());
    }
    return *m_context;
  }

  [[nodiscard]] std::string printed(std::size_t begin, std::size_t end) const {
    const std::size_t from = m_folded.original_begin(begin);
    return std::string(m_original.substr(from, m_folded.original_end(end) - from));
  }

  std::string_view m_original;
  Folded m_folded;
  std::vector<TariffNumbers> m_found;
  std::optional<bool> m_context; ///< whether the text speaks of tariffs
};

} // namespace

std::optional<TariffNumbers> parse_tariff_number(std::string_view code) {
  std::string digits;
  std::copy_if(code.begin(), code.end(), std::back_inserter(digits), is_digit);
  const bool plain =
      std::all_of(code.begin(), code.end(), [](char c) { return is_digit(c) || c == '.'; });
  if (!plain || digits.size() < heading_digits || digits.size() > code_digits ||
      !is_chapter(digits)) {
    return std::nullopt;
  }
  return TariffNumbers{std::string(code), padded(digits, '0'), padded(digits, '9')};
}

std::vector<TariffNumbers> find_tariff_numbers(std::string_view text) {
  return Finder(text).run();
}

} // namespace regtrail::federal_register
