#include "federal_register/instruction/phrases.hpp"

#include "ear/text_date.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <array>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// "January 1, 2026" or "1/1/2026" at the cursor.
std::optional<Date> read_date(Cursor& cursor) {
  for (const std::size_t length : {4U, 5U}) {
    const std::string text = cursor.verbatim(cursor.position(), cursor.position() + length);
    const auto dates = ear::find_dates(text);
    if (dates.size() == 1 && dates.front().begin == 0 && dates.front().end == text.size()) {
      cursor.skip(length);
      return dates.front().date;
    }
  }
  return std::nullopt;
}

/// Whether the instruction itself begins at the cursor.
bool begins_operation(Cursor cursor) {
  if (cursor.is(TokenKind::section_sign) || read_active(cursor) || cursor.is("the interim")) {
    return true;
  }
  if (cursor.is(TokenKind::code) && cursor.is("cfr", 1)) {
    return true;
  }
  if (cursor.is("part|parts|section|sections|title|chapter|supplement|appendix")) {
    return cursor.is(TokenKind::code, 1) || cursor.is(TokenKind::word, 1);
  }
  return false;
}

/// "the Bureau of Industry and Security [hereby] amends": moves behind the agent.
bool skip_agent(Cursor& cursor) {
  Cursor ahead = cursor;
  for (int words = 0; words < 14 && ahead.is(TokenKind::word); ++words) {
    const auto verb = verb_of(ahead.peek());
    if (verb && verb->form == VerbForm::third && words > 0) {
      cursor = ahead;
      return true;
    }
    if (ahead.is("proposes to") && words > 0) {
      ahead.skip(2);
      cursor = ahead;
      return true;
    }
    ahead.skip();
    ahead.take(TokenKind::parenthetical);
  }
  return false;
}

bool read_order(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take("alphabetically|numerically|sequentially")) {
    if (!ahead.take("in")) {
      return false;
    }
    ahead.take("proper|correct|appropriate");
    if (!ahead.take("alphabetical|alphabetic|numerical|numeric|alphanumeric|alphanumerical|"
                    "chronological|sequential") ||
        !ahead.take("order|sequence")) {
      return false;
    }
    Cursor more = ahead;
    if (more.take("by country|to the table|by name")) {
      ahead = more;
    }
  }
  cursor = ahead;
  return true;
}

/// "wherever it appears", "each place it appears", "in each instance in which it appears".
bool read_everywhere(Cursor& cursor) {
  Cursor ahead = cursor;
  ahead.take("in");
  const bool adverb = ahead.take("wherever|whenever|everywhere|throughout");
  if (!adverb &&
      !((ahead.is("each|every|all|both") || count_of(ahead.peek())) &&
        ahead.is("place|places|time|times|instance|instances|occurrence|occurrences", 1))) {
    return false;
  }
  Cursor walk = ahead;
  for (int words = 0; words < 14 && walk.is(TokenKind::word); ++words) {
    if (walk.take("appears|appear|occurs|occur|appearing")) {
      walk.take("therein|throughout");
      cursor = walk;
      return true;
    }
    if (words > 0 && (walk.is("and") || verb_of(walk.peek()))) {
      break;
    }
    walk.skip();
  }
  if (adverb && !cursor.is("wherever|everywhere")) {
    return false;
  }
  while (count_of(ahead.peek()) ||
         ahead.is("each|every|all|both|place|places|time|times|instance|instances|occurrence|"
                  "occurrences|of|the|term|word|phrase")) {
    ahead.skip();
  }
  cursor = ahead;
  return true;
}

/// "as amended by the final rule published on January 22, 2013, 78 FR 4726": up to what goes on.
bool read_history(Cursor& cursor) {
  Cursor ahead = cursor;
  const bool published = ahead.take("published|which was published");
  if (!published &&
      (!ahead.take("as") || !ahead.take("amended|added|revised|redesignated|published|proposed|"
                                        "corrected|further|established"))) {
    return false;
  }
  while (!ahead.done() && !ahead.is(TokenKind::colon) && !ahead.is(TokenKind::full_stop)) {
    Cursor passive = ahead;
    if (read_passive(passive)) {
      break;
    }
    if (ahead.is(TokenKind::comma)) {
      Cursor next = ahead;
      next.skip();
      Cursor other = next;
      if (read_passive(other) || begins_operation(next) ||
          next.is("paragraph|paragraphs|the|by|under")) {
        break;
      }
    }
    // A full stop that ends "Feb." is no end.
    ahead.skip();
    if (ahead.is(TokenKind::full_stop) && ahead.is(TokenKind::code, 1)) {
      ahead.skip();
    }
  }
  cursor = ahead;
  return true;
}

/// "between ECCNs 3A901 and 3A980", "to precede Note 2", "before the entry for “X”", "immediately
/// following paragraph (a)", "after the word “Y”".
bool read_beside(Cursor& cursor, PlaceReader& places, Places& beside) {
  Cursor ahead = cursor;
  ahead.take("from|so as|and");
  ahead.take("immediately|directly|just");
  constexpr std::size_t two = 2;
  const bool between = ahead.take("between");
  if (!between &&
      !ahead.take("before|after|following|preceding|to precede|to follow|precedes|follows")) {
    return false;
  }
  std::vector<std::string> words;
  if (!read_words(ahead, words) && !(between ? places.read_some(ahead, beside, two)
                                             : places.read_list(ahead, beside, Commas::end))) {
    return false;
  }
  cursor = ahead;
  return true;
}

/// "at the end of the table", "at the beginning", where no place with a designator is named.
bool read_end(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take("at|to") || !ahead.take("the") || !ahead.take("end|beginning|top|bottom")) {
    return false;
  }
  if (ahead.take("of")) {
    ahead.take("the|this");
    if (!ahead.take("table|section|list|supplement|part|entry|sentence|definition|paragraph|"
                    "appendix|subpart")) {
      return false;
    }
    if (ahead.is("in") || ahead.is(TokenKind::designators) ||
        (ahead.is(TokenKind::code) && is_item(ahead.peek()))) {
      return false;
    }
  }
  cursor = ahead;
  return true;
}

/// "on page 30705, in the first column," of a correction.
bool read_page(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take("on page|on pages")) {
    if (!ahead.take(TokenKind::code)) {
      return false;
    }
  } else if (ahead.take("in") && ahead.take("the") && is_ordinal_word(ahead.peek())) {
    ahead.skip();
    if (!ahead.take("column|line")) {
      return false;
    }
  } else {
    return false;
  }
  cursor = ahead;
  return true;
}

bool read_small(Cursor& cursor) {
  Cursor ahead = cursor;
  const bool found = ahead.take(TokenKind::parenthetical) ||
                     ahead.take("respectively|in its entirety|in their entirety|as appropriate") ||
                     (ahead.take("to|under") && ahead.take(TokenKind::bracketed)) ||
                     (ahead.position() == cursor.position() && ahead.take("of the ear"));
  if (found) {
    cursor = ahead;
  }
  return found;
}

constexpr std::array marks = {
    std::pair{std::string_view("period"), std::string_view(".")},
    std::pair{std::string_view("semicolon"), std::string_view(";")},
    std::pair{std::string_view("comma"), std::string_view(",")},
    std::pair{std::string_view("colon"), std::string_view(":")},
};

std::string_view mark_of(const Token& token) {
  for (const auto& [word, mark] : marks) {
    if (token.lower == word || (token.lower.size() == word.size() + 1 &&
                                token.lower.starts_with(word) && token.lower.back() == 's')) {
      return mark;
    }
  }
  return {};
}

/// Nouns whose quotation names a place, not words of the text.
bool names_a_place(const Token& token) {
  constexpr std::string_view nouns =
      "immediately|directly|following|preceding|entity|entities|country|countries|destination|"
      "destinations|definition|definitions|entry|"
      "entries|under|in|of|for|table|section|"
      "paragraph|heading|and|by|at|from|after|before|read|is|are|entitled|with|as";
  return is_one_of(token.lower, nouns);
}

} // namespace

bool skip_formula(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take("to read")) {
    if (ahead.is(TokenKind::quoted) || (ahead.is("as") && ahead.is(TokenKind::quoted, 1))) {
      return false;
    }
    if (!ahead.take("as set forth below|as follows")) {
      ahead.take_optional("as");
    }
    cursor = ahead;
    return true;
  }
  // "adopted as final without change".
  ahead = cursor;
  if (ahead.take("as") && ahead.take_optional("a") && ahead.take("final")) {
    ahead.take("rule");
    Cursor change = ahead;
    change.take(TokenKind::comma);
    if (change.take("without|with") && change.take_optional("the following") &&
        change.take("change|changes")) {
      ahead = change;
    }
    cursor = ahead;
    return true;
  }
  return cursor.take("as follows|as follow|as set forth below|set forth below|as shown below|"
                     "read as follows|reads as follows");
}

void skip_preamble(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.is("accordingly|for|pursuant|therefore|under the authority")) {
    for (; !ahead.done() && !ahead.is(TokenKind::colon); ahead.skip()) {
      if (!ahead.is(TokenKind::comma)) {
        continue;
      }
      Cursor behind = ahead;
      behind.skip();
      Cursor agent = behind;
      if (begins_operation(behind) || skip_agent(agent)) {
        cursor = agent;
        return;
      }
    }
    return;
  }
  skip_agent(cursor);
}

bool says_only_that_text_follows(Cursor cursor) {
  cursor.take("the");
  bool any = false;
  while (cursor.take("revisions|revision|additions|addition|amendments|text|revised|and|"
                     "corrections|republication") ||
         cursor.take(TokenKind::comma)) {
    any = true;
  }
  cursor.take_optional("to this part");
  cursor.take_optional("to the supplement");
  return any && cursor.take("read|reads") && cursor.take("as") &&
         (cursor.take("follows|follow|set"));
}

bool take_in_place(Cursor& cursor) {
  return cursor.take(
      "in its place|in their place|in their places|in lieu thereof|in place thereof|in its stead");
}

bool read_times(Cursor& cursor,
                std::optional<Date>& effective,
                std::optional<Date>& until,
                bool& indefinite) {
  Cursor ahead = cursor;
  if (ahead.take("delayed indefinitely|indefinitely|until further notice")) {
    indefinite = true;
    cursor = ahead;
    return true;
  }
  const bool starts = ahead.take("effective|from|beginning");
  const bool ends = !starts && ahead.take("until|through|to");
  if (!starts && !ends) {
    return false;
  }
  ahead.take("on|from");
  const auto date = read_date(ahead);
  if (!date) {
    return false;
  }
  (starts ? effective : until) = date;
  cursor = ahead;
  return true;
}

bool read_note(Cursor& cursor, PlaceReader& places, std::string& note, Places& beside) {
  const std::size_t start = cursor.position();
  if (read_order(cursor) || read_everywhere(cursor) || read_history(cursor) ||
      read_beside(cursor, places, beside) || read_end(cursor) || read_page(cursor) ||
      read_small(cursor)) {
    add_note(note, cursor.verbatim_since(start));
    return true;
  }
  return false;
}

bool read_words(Cursor& cursor, std::vector<std::string>& words) {
  Cursor ahead = cursor;
  ahead.take("the|a|an|all|any|each");
  if (const std::string_view mark = mark_of(ahead.peek());
      !mark.empty() && !ahead.is(TokenKind::quoted, 1)) {
    words.emplace_back(mark);
    ahead.skip();
    cursor = ahead;
    return true;
  }
  for (int count = 0; count < 4 && ahead.is(TokenKind::word); ++count) {
    const bool detail =
        ahead.is("address|addresses|alias|aliases") && ahead.is("to|of|for|from|in", 1);
    if (names_a_place(ahead.peek()) || verb_of(ahead.peek()) || detail) {
      return false;
    }
    ahead.skip();
    if (ahead.take("to|of") && !ahead.is(TokenKind::quoted)) {
      return false;
    }
  }
  if (!ahead.is(TokenKind::quoted)) {
    return false;
  }
  if (ahead.is_page_part(1)) {
    return false;
  }
  const std::size_t had = words.size();
  const Cursor start = cursor;
  while (ahead.is(TokenKind::quoted)) {
    words.emplace_back(trimmed(ahead.peek().text));
    ahead.skip();
    cursor = ahead;
    if (cursor.is("paragraphs|sections|columns|rows")) {
      words.resize(had); // the “Related Controls” and “Related Definitions” paragraphs
      cursor = start;
      return false;
    }
    while (take_separator(ahead) || ahead.take("the|word|words|phrase|term|citation")) {
    }
  }
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
