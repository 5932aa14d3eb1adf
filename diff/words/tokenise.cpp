// Cuts legal text into the tokens that a redline marks.
//
//   blank       a run of white space
//   citation    number "." number { designator }            744.23(a)(2)
//   designators designator { designator }                   (a)(2)(iii)
//   designator  "(" digits | letters (at most 2) | roman ")"
//   ECCN path   digit A-E digit digit digit { "." step }    3B001.c.1.a
//   path        letter "." step { "." step }                c.1.a, a.k.a., U.S.
//   number      digits with groups, decimals, a power       4,800  1.50  10^-4  1/16/25
//   document    dddd "-" ddddd                              2024-28270
//   word        letters and digits joined by - ' _ ^ &      case-by-case, person's, SiO_2
//   unit        straight behind a number, or with "/"       5|mA, 45 nm, 2 GB/s
//   CJK         ICU's words
//   else        one character
#include "diff/words/word_diff.hpp"
#include "diff/words/words_internal.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace regtrail::diff::words {
namespace {

enum class Class : std::uint8_t { other, blank, lower, upper, digit, high };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> classes{};
  for (std::size_t c = 0; c < 256; ++c) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      classes[c] = Class::blank;
    } else if (c >= 'a' && c <= 'z') {
      classes[c] = Class::lower;
    } else if (c >= 'A' && c <= 'Z') {
      classes[c] = Class::upper;
    } else if (c >= '0' && c <= '9') {
      classes[c] = Class::digit;
    } else if (c >= 0x80) {
      classes[c] = Class::high;
    }
  }
  return classes;
}

constexpr std::array<Class, 256> classes = make_classes();

Class class_of(char c) {
  return classes[static_cast<unsigned char>(c)];
}

bool is_digit(char c) {
  return class_of(c) == Class::digit;
}

bool is_letter(char c) {
  return class_of(c) == Class::lower || class_of(c) == Class::upper;
}

bool is_alnum(char c) {
  return is_letter(c) || is_digit(c);
}

bool is_roman(std::string_view text) {
  return text.find_first_not_of("ivxlcdmIVXLCDM") == std::string_view::npos;
}

/// Units that the law prints straight behind a number ("5mA"); sorted.
constexpr std::array<std::string_view, 46> units{
    "A",   "C",   "F",  "GB",  "GHz",  "Gbit", "GeV", "Hz", "J",   "K",    "KB", "MB",
    "MHz", "MPa", "MW", "MeV", "Mbit", "N",    "Pa",  "T",  "TB",  "Torr", "V",  "W",
    "Wh",  "bit", "cm", "dB",  "dBm",  "eV",   "g",   "h",  "kHz", "kPa",  "kV", "kW",
    "keV", "kg",  "km", "m",   "mA",   "mW",   "mm",  "ms", "nm",  "uA"};

bool is_unit(std::string_view letters) {
  return std::find(units.begin(), units.end(), letters) != units.end();
}

enum class High { blank, letter, cjk, hyphen, apostrophe, mark };

struct HighChar {
  High kind = High::mark;
  std::size_t length = 1;
};

/// Classifies the character beyond ASCII at `at`; a broken sequence is a mark of one byte.
HighChar high_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80; };
  const unsigned first = byte(0);
  if (first >= 0xC2 && first <= 0xDF && follows(1)) {
    const unsigned c = ((first & 0x1FU) << 6U) | (byte(1) & 0x3FU);
    if (c == 0xA0) {
      return {High::blank, 2};
    }
    const bool letter =
        c == 0xB0 || c == 0xB5 || c == 0xAA || c == 0xBA || (c >= 0xC0 && c != 0xD7 && c != 0xF7);
    return {letter ? High::letter : High::mark, 2};
  }
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    const unsigned c = ((first & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    if ((c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) {
      return {High::blank, 3};
    }
    if (c == 0x2010 || c == 0x2011) {
      return {High::hyphen, 3};
    }
    if (c == 0x2019) {
      return {High::apostrophe, 3};
    }
    const bool cjk = c == 0x3005 || (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
                     (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
                     (c >= 0xFF66 && c <= 0xFF9F);
    const bool letter = c < 0x2000 || (c >= 0x2100 && c <= 0x214F) || (c >= 0xFF10 && c <= 0xFF5A);
    return {cjk ? High::cjk : letter ? High::letter : High::mark, 3};
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(1) && follows(2) && follows(3)) {
    return {first == 0xF0 && byte(1) >= 0xA0 ? High::cjk : High::mark, 4};
  }
  return {};
}

class Scanner {
public:
  explicit Scanner(std::string_view text) : m_text(text) {}

  /// The end of the token that begins at `at`; may append ends of tokens before it to `ends`.
  std::size_t next(std::size_t at, std::vector<std::uint32_t>& ends) {
    switch (class_of(m_text[at])) {
    case Class::blank:
      return blanks(at);
    case Class::lower:
    case Class::upper:
      return leave_number(letters(at));
    case Class::digit:
      return number(at, ends);
    case Class::high:
      return high(at, ends);
    case Class::other:
      break;
    }
    m_after_number = m_after_number && m_text[at] == '%';
    return m_text[at] == '(' ? std::max(at + 1, designators(at)) : at + 1;
  }

private:
  [[nodiscard]] char peek(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }

  std::size_t leave_number(std::size_t end) {
    m_after_number = false;
    return end;
  }

  [[nodiscard]] std::size_t blanks(std::size_t at) const {
    while (at < m_text.size()) {
      if (class_of(m_text[at]) == Class::blank) {
        ++at;
      } else if (class_of(m_text[at]) == Class::high && high_at(m_text, at).kind == High::blank) {
        at += high_at(m_text, at).length;
      } else {
        break;
      }
    }
    return at;
  }

  /// The end of the designators that begin at `at`, or `at` when there are none.
  [[nodiscard]] std::size_t designators(std::size_t at) const {
    while (peek(at) == '(') {
      std::size_t end = at + 1;
      while (is_alnum(peek(end)) && end - at <= 6) {
        ++end;
      }
      const std::string_view inner = m_text.substr(at + 1, end - at - 1);
      const bool digits = inner.size() <= 3 && std::all_of(inner.begin(), inner.end(), is_digit);
      const bool plain = inner.size() <= 2 && std::all_of(inner.begin(), inner.end(), is_letter);
      if (inner.empty() || peek(end) != ')' || !(digits || plain || is_roman(inner))) {
        break;
      }
      at = end + 1;
    }
    return at;
  }

  /// The end of ".c.1.a" at `at`: steps of one letter or up to two digits.
  [[nodiscard]] std::size_t path(std::size_t at) const {
    while (peek(at) == '.') {
      std::size_t end = at + 1;
      if (is_letter(peek(end))) {
        ++end;
      } else {
        while (is_digit(peek(end)) && end - at <= 2) {
          ++end;
        }
      }
      if (end == at + 1 || is_alnum(peek(end))) {
        break;
      }
      at = end;
    }
    return at;
  }

  /// Letters and digits joined by hyphens, apostrophes, subscripts and powers.
  [[nodiscard]] std::size_t word(std::size_t at) const {
    while (at < m_text.size()) {
      const char c = m_text[at];
      if (is_alnum(c)) {
        ++at;
        continue;
      }
      if (class_of(c) == Class::high) {
        const HighChar high = high_at(m_text, at);
        const bool joins = (high.kind == High::hyphen || high.kind == High::apostrophe) &&
                           is_alnum(peek(at + high.length));
        if (high.kind != High::letter && !joins) {
          break;
        }
        at += high.length;
        continue;
      }
      const bool joins = (c == '-' || c == '_' || c == '^') && is_alnum(peek(at + 1));
      const bool genitive = c == '\'' && is_letter(peek(at + 1));
      const bool ampersand = c == '&' && at > 0 && class_of(m_text[at - 1]) == Class::upper &&
                             class_of(peek(at + 1)) == Class::upper;
      const bool negative_power = c == '^' && peek(at + 1) == '-' && is_digit(peek(at + 2));
      if (!joins && !genitive && !ampersand && !negative_power) {
        break;
      }
      at += negative_power ? 2 : 1;
    }
    return at;
  }

  [[nodiscard]] std::size_t letters(std::size_t at) const {
    if (peek(at + 1) == '.' && is_alnum(peek(at + 2))) {
      const std::size_t end = path(at + 1);
      if (end > at + 1) {
        const std::string_view steps = m_text.substr(at, end - at);
        const bool abbreviation = std::none_of(steps.begin(), steps.end(), is_digit);
        return abbreviation && peek(end) == '.' ? end + 1 : end;
      }
    }
    std::size_t end = word(at);
    if (end >= at + 3 && m_text[end - 2] == '-' && peek(end) == '.' && path(end) > end) {
      end = path(end); // "non-U.S."
      end += peek(end) == '.' ? 1 : 0;
    }
    const std::string_view printed = m_text.substr(at, end - at);
    if (peek(end) == '/' && is_alnum(peek(end + 1)) &&
        ((m_after_number && is_unit(printed)) || printed == "and")) {
      end = word(end + 1);
    }
    return end;
  }

  [[nodiscard]] std::size_t digits(std::size_t at) const {
    while (is_digit(peek(at))) {
      ++at;
    }
    return at;
  }

  [[nodiscard]] bool is_eccn_at(std::size_t at) const {
    return peek(at + 1) >= 'A' && peek(at + 1) <= 'E' && digits(at + 2) == at + 5 &&
           !is_letter(peek(at + 5));
  }

  std::size_t number(std::size_t at, std::vector<std::uint32_t>& ends) {
    m_after_number = false;
    if (is_eccn_at(at)) {
      return path(at + 5);
    }
    std::size_t end = digits(at);
    bool decimal = false;
    while ((peek(end) == '.' || peek(end) == ',' || peek(end) == '/') && is_digit(peek(end + 1))) {
      decimal = decimal || peek(end) == '.';
      end = digits(end + 1);
    }
    if (decimal && designators(end) > end) {
      return designators(end);
    }
    if (peek(end) == '^') {
      const std::size_t power = end + (peek(end + 1) == '-' ? 2 : 1);
      end = is_digit(peek(power)) ? digits(power) : end;
    }
    if (peek(end) == '-' && is_digit(peek(end + 1))) {
      const bool document = end - at == 4 && digits(end + 1) == end + 6;
      m_after_number = !document;
      return document ? end + 6 : end;
    }
    const std::size_t all = word(end);
    if (all > end && !is_unit(m_text.substr(end, all - end))) {
      return all;
    }
    m_after_number = true;
    if (all > end) {
      ends.push_back(static_cast<std::uint32_t>(end));
      end = letters(end);
    }
    return end;
  }

  std::size_t high(std::size_t at, std::vector<std::uint32_t>& ends) {
    const HighChar first = high_at(m_text, at);
    switch (first.kind) {
    case High::blank:
      return blanks(at);
    case High::letter:
      return leave_number(letters_or_mark(at, first.length));
    case High::cjk:
      return leave_number(cjk(at, ends));
    default:
      return leave_number(at + first.length);
    }
  }

  [[nodiscard]] std::size_t letters_or_mark(std::size_t at, std::size_t length) const {
    return std::max(at + length, letters(at));
  }

  [[nodiscard]] std::size_t cjk(std::size_t at, std::vector<std::uint32_t>& ends) const {
    std::size_t end = at;
    while (end < m_text.size() && class_of(m_text[end]) == Class::high &&
           high_at(m_text, end).kind == High::cjk) {
      end += high_at(m_text, end).length;
    }
    std::vector<std::size_t> inner = cjk_word_ends(m_text.substr(at, end - at));
    inner.pop_back();
    for (const std::size_t offset : inner) {
      ends.push_back(static_cast<std::uint32_t>(at + offset));
    }
    return end;
  }

  std::string_view m_text;
  bool m_after_number = false;
};

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0xD6E8FEB86659FD93ULL;
  value ^= value >> 29U;
  return value;
}

/// Injective up to seven bytes; beyond them a hash, whose collisions word_diff() checks for.
std::uint64_t key_of(std::string_view word) {
  std::uint64_t key = 0;
  if (word.size() <= 7) {
    std::memcpy(&key, word.data(), word.size());
    return key | (std::uint64_t{word.size()} << 56U);
  }
  std::uint64_t hash = word.size();
  std::size_t at = 0;
  for (; at + 8 <= word.size(); at += 8) {
    std::memcpy(&key, word.data() + at, 8);
    hash = mix(hash ^ key) * 0x9E3779B97F4A7C15ULL;
  }
  std::memcpy(&key, word.data() + word.size() - 8, 8);
  hash = mix(hash ^ key);
  return hash | (std::uint64_t{0x80} << 56U);
}

} // namespace

void scan_tokens(std::string_view text, std::vector<std::uint32_t>& ends) {
  ends.reserve(text.size() / 3 + 8);
  Scanner scanner(text);
  for (std::size_t at = 0; at < text.size();) {
    at = scanner.next(at, ends);
    ends.push_back(static_cast<std::uint32_t>(at));
  }
}

bool is_blank_token(std::string_view token) {
  switch (class_of(token.front())) {
  case Class::blank:
    return true;
  case Class::high:
    return high_at(token, 0).kind == High::blank;
  default:
    return false;
  }
}

TokenTable make_table(std::string_view text) {
  TokenTable table;
  table.text = text;
  scan_tokens(text, table.ends);
  table.words.reserve(table.ends.size());
  table.keys.reserve(table.ends.size());
  for (std::size_t i = 0; i < table.ends.size(); ++i) {
    const std::string_view token = table.token(i);
    if (!is_blank_token(token)) {
      table.words.push_back(static_cast<std::uint32_t>(i));
      table.keys.push_back(key_of(token));
    }
  }
  return table;
}

} // namespace regtrail::diff::words

namespace regtrail::diff {

std::vector<std::string_view> tokenise(std::string_view text) {
  std::vector<std::uint32_t> ends;
  words::scan_tokens(text, ends);
  std::vector<std::string_view> tokens;
  tokens.reserve(ends.size());
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    tokens.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return tokens;
}

} // namespace regtrail::diff
