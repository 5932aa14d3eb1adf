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
#include "diff/words/words_internal.hpp"
#include "model/characters.hpp"
#include "model/digest.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <array>

namespace regtrail::diff::words {
namespace {

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

enum class Kind : std::uint8_t { blank, letter, digit, cjk, hyphen, apostrophe, mark };

struct Character {
  Kind kind = Kind::mark;
  std::size_t length = 1;
};

Kind kind_of(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c == 0xA0 || within(0x2000, 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000) {
    return Kind::blank;
  }
  if (c == 0x2010 || c == 0x2011) {
    return Kind::hyphen;
  }
  if (c == 0x2019) {
    return Kind::apostrophe;
  }
  if (c == 0x3005 || within(0x3041, 0x30FF) || within(0x3400, 0x9FFF) || within(0xAC00, 0xD7AF) ||
      within(0xF900, 0xFAFF) || within(0xFF66, 0xFF9F) || within(0x20000, 0x3FFFF)) {
    return Kind::cjk;
  }
  const bool sign =
      c < 0xC0 ? c != 0xAA && c != 0xB0 && c != 0xB5 && c != 0xBA : c == 0xD7 || c == 0xF7;
  const bool letter = c < 0x2000 ? !sign : within(0x2100, 0x214F) || within(0xFF10, 0xFF5A);
  return letter ? Kind::letter : Kind::mark;
}

/// A byte that is not UTF-8 is a mark.
Character character_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (static_cast<signed char>(c) >= 0) {
    return {is_blank(c)   ? Kind::blank
            : is_alpha(c) ? Kind::letter
            : is_digit(c) ? Kind::digit
                          : Kind::mark,
            1};
  }
  const CodePoint point = decode_utf8(text, at);
  return {point.valid ? kind_of(point.value) : Kind::mark, point.length};
}

class Scanner {
public:
  explicit Scanner(std::string_view text) : m_text(text) {}

  /// The end of the token that begins at `at`; may append ends of tokens before it to `ends`.
  std::size_t next(std::size_t at, std::vector<std::uint32_t>& ends) {
    const Character first = character_at(m_text, at);
    if (first.kind == Kind::blank) {
      return blanks(at);
    }
    if (first.kind == Kind::digit) {
      return number(at, ends);
    }
    std::size_t end = at + first.length;
    if (first.kind == Kind::letter) {
      end = std::max(end, letters(at));
    } else if (first.kind == Kind::cjk) {
      end = cjk(at, ends);
    } else if (m_text[at] == '(') {
      end = std::max(end, designators(at));
    }
    m_after_number = m_after_number && m_text[at] == '%';
    return end;
  }

private:
  [[nodiscard]] char peek(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }

  [[nodiscard]] std::size_t blanks(std::size_t at) const {
    while (at < m_text.size() && character_at(m_text, at).kind == Kind::blank) {
      at += character_at(m_text, at).length;
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
      const bool plain = inner.size() <= 2 && std::all_of(inner.begin(), inner.end(), is_alpha);
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
      if (is_alpha(peek(end))) {
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
      const Character character = character_at(m_text, at);
      const char next = peek(at + character.length);
      const bool part = character.kind == Kind::letter || character.kind == Kind::digit;
      const bool joins = (character.kind == Kind::hyphen || character.kind == Kind::apostrophe ||
                          c == '-' || c == '_' || c == '^') &&
                         is_alnum(next);
      const bool genitive = c == '\'' && is_alpha(next);
      const bool ampersand = c == '&' && at > 0 && is_upper(m_text[at - 1]) && is_upper(next);
      const bool negative_power = c == '^' && next == '-' && is_digit(peek(at + 2));
      if (!part && !joins && !genitive && !ampersand && !negative_power) {
        break;
      }
      at += negative_power ? 2 : character.length;
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
           !is_alpha(peek(at + 5));
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

  [[nodiscard]] std::size_t cjk(std::size_t at, std::vector<std::uint32_t>& ends) const {
    std::size_t end = at;
    while (end < m_text.size() && character_at(m_text, end).kind == Kind::cjk) {
      end += character_at(m_text, end).length;
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

} // namespace

std::vector<std::uint32_t> token_ends(std::string_view text) {
  std::vector<std::uint32_t> ends;
  ends.reserve(text.size() / 3 + 8);
  Scanner scanner(text);
  for (std::size_t at = 0; at < text.size();) {
    at = scanner.next(at, ends);
    ends.push_back(static_cast<std::uint32_t>(at));
  }
  return ends;
}

bool is_blank_token(std::string_view token) {
  return character_at(token, 0).kind == Kind::blank;
}

TokenTable make_table(std::string_view text) {
  TokenTable table;
  table.text = text;
  table.ends = token_ends(text);
  table.words.reserve(table.ends.size());
  table.keys.reserve(table.ends.size());
  for (std::size_t i = 0; i < table.ends.size(); ++i) {
    const std::string_view token = table.token(i);
    if (!is_blank_token(token)) {
      table.words.push_back(static_cast<std::uint32_t>(i));
      table.keys.push_back(hash128(token).low);
    }
  }
  return table;
}

} // namespace regtrail::diff::words
