#include "federal_register/instruction/lists.hpp"

#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

namespace {

bool is_unit(const Citation& unit, std::string_view names) {
  return unit.kind() == CitationKind::appendix && is_one_of(unit.name(), names);
}

/// "KAZAKHSTAN", "Côte", "TÜRKİYE": begins like a name.
bool is_name_word(const Token& token) {
  return token.kind == TokenKind::word && !token.text.empty() &&
         (is_upper(token.text[0]) || static_cast<unsigned char>(token.text[0]) >= 0x80U) &&
         !verb_of(token);
}

/// Countries whose name has an "and": what stands on its sides, in lower case.
constexpr std::array joined_names = {
    std::pair{std::string_view("antigua"), std::string_view("barbuda")},
    std::pair{std::string_view("bosnia"), std::string_view("herzegovina")},
    std::pair{std::string_view("nevis"), std::string_view("saint kitts")},
    std::pair{std::string_view("saint kitts"), std::string_view("nevis")},
    std::pair{std::string_view("st. kitts"), std::string_view("nevis")},
    std::pair{std::string_view("saint vincent"), std::string_view("the grenadines")},
    std::pair{std::string_view("st. vincent"), std::string_view("the grenadines")},
    std::pair{std::string_view("sao tome"), std::string_view("principe")},
    std::pair{std::string_view("trinidad"), std::string_view("tobago")},
};

bool is_joined(std::string_view first, std::string_view second) {
  const std::string left = lowered(first);
  const std::string right = lowered(second);
  return std::any_of(joined_names.begin(), joined_names.end(), [&](const auto& names) {
    return left.ends_with(names.first) && right.starts_with(names.second);
  });
}

/// Names that the lists print otherwise than prose does, both sides as `normalise` leaves them.
constexpr std::array printed_names = {
    std::pair{std::string_view("CHINA"), std::string_view("CHINA, PEOPLE'S REPUBLIC OF")},
    std::pair{std::string_view("PEOPLE'S REPUBLIC OF CHINA"),
              std::string_view("CHINA, PEOPLE'S REPUBLIC OF")},
    std::pair{std::string_view("T\u00fcRKIYE"), std::string_view("T\u00dcRK\u0130YE")},
    std::pair{std::string_view("C\u00f4TE D'IVOIRE"), std::string_view("C\u00d4TE D'IVOIRE")},
};

std::string as_listed(std::string_view printed) {
  std::string name = normalise(printed);
  while (name.ends_with(',') || name.ends_with('.') || name.ends_with(';')) {
    name.pop_back();
  }
  if (has_at(name, 0, "the ")) {
    name.erase(0, 4);
  }
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  });
  for (const auto& [prose, listed] : printed_names) {
    if (name == prose) {
      return std::string(listed);
    }
  }
  return name;
}

std::string in_form(std::string_view printed, CountryForm form) {
  return form == CountryForm::party_list ? as_listed(printed)
                                         : std::string(trimmed(printed, " ,.;"));
}

/// ", PEOPLE'S REPUBLIC OF" behind a name: how many tokens, 0 for none.
std::size_t inverted_tail(const Cursor& cursor) {
  constexpr std::size_t longest = 6;
  std::size_t at = cursor.is(TokenKind::comma) ? 1 : 0;
  for (; at > 0 && at <= longest; ++at) {
    if (cursor.is("of the", at)) {
      return at + 2;
    }
    if (cursor.is("of", at)) {
      return at > 1 ? at + 1 : 0;
    }
    if (!is_name_word(cursor.peek(at))) {
      return 0;
    }
  }
  return 0;
}

/// One name without quotes.
std::string read_country(Cursor& cursor) {
  const std::size_t start = cursor.position();
  cursor.take("the");
  const std::size_t first = cursor.position();
  while (is_name_word(cursor.peek())) {
    cursor.skip();
    // "of" and "and the" inside a name
    Cursor joint = cursor;
    if (cursor.position() > first && joint.take("of|region of") && joint.take_optional("the") &&
        is_name_word(joint.peek())) {
      cursor = joint;
    } else if (joint = cursor; joint.take("and")) {
      const std::string left = cursor.verbatim_since(first);
      const std::string right = joint.verbatim(joint.position(), joint.position() + 2);
      if (is_joined(left, right)) {
        cursor = joint;
        cursor.take("the");
      }
    }
  }
  if (cursor.position() == first) {
    cursor.move_to(start);
    return {};
  }
  cursor.skip(inverted_tail(cursor));
  return cursor.verbatim_since(first);
}

constexpr std::string_view reasons = "AT|CB|CC|FC|MT|NP|NS|RS|SS";

bool is_column_number(const Token& token) {
  return token.kind == TokenKind::code && token.text.size() == 1 && token.steps.empty();
}

bool is_group(std::string_view letter) {
  return letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'E';
}

} // namespace

bool is_party_list(const Citation& unit) {
  return is_unit(unit,
                 "Supplement No. 4 to Part 744|Supplement No. 6 to Part 744|"
                 "Supplement No. 7 to Part 744");
}

bool has_columns(const Citation& unit) {
  return is_unit(unit, "Supplement No. 1 to Part 738|Supplement No. 1 to Part 740");
}

bool lists_countries(const Citation& unit) {
  return has_columns(unit) || is_unit(unit, "Supplement No. 4 to Part 742");
}

std::vector<std::string> read_countries(Cursor& cursor, CountryForm form) {
  std::vector<std::string> names;
  Cursor ahead = cursor;
  while (ahead.take("the|a|new|newly added|existing|added|revised|country heading|country headings|"
                    "heading|headings|entry|country|countries|destination|destinations|for|of")) {
  }
  const bool in_quotes = ahead.is(TokenKind::quoted);
  while (!ahead.done() && ahead.is(TokenKind::quoted) == in_quotes) {
    if (in_quotes) {
      names.push_back(in_form(ahead.peek().text, form));
      ahead.skip();
    } else if (const std::string name = read_country(ahead); !name.empty()) {
      names.push_back(in_form(name, form));
    } else {
      break;
    }
    if (ahead.peek().text == "/") {
      ahead.skip(); // a slip of print
    }
    cursor = ahead;
    // Another one behind "and"; behind a comma alone only in quotes or capitals.
    const bool comma = ahead.take(TokenKind::comma);
    const bool joined = ahead.take("and");
    const Token& next = ahead.peek();
    const bool capitals = form == CountryForm::as_written
                              ? is_name_word(next)
                              : next.kind == TokenKind::word && next.text.size() > 1 &&
                                    std::none_of(next.text.begin(), next.text.end(), is_lower);
    if ((!comma && !joined) || (!joined && !capitals && !in_quotes)) {
      break;
    }
  }
  return names;
}

std::optional<std::string> read_column(Cursor& cursor, std::string_view previous) {
  Cursor ahead = cursor;
  ahead.take("column|columns");
  std::string name;
  if (ahead.is(TokenKind::bracketed)) {
    const std::string_view text = trimmed(ahead.peek().text);
    if (text.size() < 3 || !is_group(text.substr(0, 1)) || text[1] != ':') {
      return std::nullopt;
    }
    name = "[" + std::string(text) + "]";
    ahead.skip();
  } else if (ahead.is(TokenKind::word) && is_group(ahead.peek().text) &&
             ahead.is(TokenKind::colon, 1) && ahead.is(TokenKind::code, 2)) {
    name = "[" + std::string(ahead.peek().text) + ":" + std::string(ahead.peek(2).text) + "]";
    ahead.skip(3);
  } else if (is_column_number(ahead.peek()) && previous.size() > 2 && previous[2] == ' ') {
    name = std::string(previous.substr(0, 3)) + std::string(ahead.peek().text);
    ahead.skip();
  } else if (ahead.is(TokenKind::word) && is_one_of(ahead.peek().text, reasons)) {
    name = std::string(ahead.peek().text) + " ";
    ahead.skip();
    ahead.take("column|columns");
    if (!is_column_number(ahead.peek())) {
      return std::nullopt;
    }
    name += ahead.peek().text;
    ahead.skip();
  } else {
    return std::nullopt;
  }
  cursor = ahead;
  return name;
}

std::optional<int> count_of(const Token& token) {
  constexpr std::string_view units = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
                                     "twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
                                     "nineteen";
  constexpr std::string_view tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
  const auto place_in = [](std::string_view list, std::string_view word) {
    int place = 0;
    return any_phrase(list,
                      [&](std::string_view each) {
                        ++place;
                        return each == word;
                      })
               ? place
               : 0;
  };
  const std::string_view word = token.lower;
  if (token.kind == TokenKind::code && token.steps.empty() && word.size() <= 3) {
    std::size_t at = 0;
    const auto value = read_int(word, at);
    return value && at == word.size() ? value : std::nullopt;
  }
  const std::size_t dash = word.find('-');
  const int ten = place_in(tens, word.substr(0, dash));
  const int unit = place_in(units, dash == std::string_view::npos ? word : word.substr(dash + 1));
  if (ten != 0 && (dash == std::string_view::npos || unit != 0)) {
    return 10 * (ten + 1) + (dash == std::string_view::npos ? 0 : unit);
  }
  return unit != 0 && dash == std::string_view::npos ? std::optional(unit) : std::nullopt;
}

} // namespace regtrail::federal_register::instruction_detail
