#include "federal_register/instruction/phrases.hpp"

#include "ear/text_date.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/scan.hpp"

#include <algorithm>
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
  if (cursor.is(TokenKind::section_sign) || read_active(cursor) ||
      cursor.are_words({"the", "interim"})) {
    return true;
  }
  if (cursor.is(TokenKind::code) && cursor.is_word("cfr", 1)) {
    return true;
  }
  if (cursor.is_any(
          {"part", "parts", "section", "sections", "title", "chapter", "supplement", "appendix"})) {
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
    if (ahead.are_words({"proposes", "to"}) && words > 0) {
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
  if (!ahead.take_any({"alphabetically", "numerically", "sequentially"})) {
    if (!ahead.take_word("in")) {
      return false;
    }
    ahead.take_any({"proper", "correct", "appropriate"});
    if (!ahead.take_any({"alphabetical",
                         "alphabetic",
                         "numerical",
                         "numeric",
                         "alphanumeric",
                         "alphanumerical",
                         "chronological",
                         "sequential"}) ||
        !ahead.take_any({"order", "sequence"})) {
      return false;
    }
    Cursor more = ahead;
    if (more.take_words({"by", "country"}) || more.take_words({"to", "the", "table"}) ||
        more.take_words({"by", "name"})) {
      ahead = more;
    }
  }
  cursor = ahead;
  return true;
}

/// "wherever it appears", "each place it appears", "in each instance in which it appears".
bool read_everywhere(Cursor& cursor) {
  Cursor ahead = cursor;
  ahead.take_word("in");
  const bool start =
      ahead.take_any({"wherever", "whenever", "everywhere", "throughout"}) ||
      (ahead.is_any({"each", "every", "all", "both"}) && ahead.is_any({"place",
                                                                       "places",
                                                                       "time",
                                                                       "times",
                                                                       "instance",
                                                                       "instances",
                                                                       "occurrence",
                                                                       "occurrences"},
                                                                      1));
  if (!start) {
    return false;
  }
  Cursor walk = ahead;
  for (int words = 0; words < 14 && walk.is(TokenKind::word); ++words) {
    if (walk.take_any({"appears", "appear", "occurs", "occur", "appearing"})) {
      walk.take_any({"therein", "throughout"});
      cursor = walk;
      return true;
    }
    if (words > 0 && (walk.is_word("and") || verb_of(walk.peek()))) {
      break;
    }
    walk.skip();
  }
  if (ahead.position() == cursor.position() + 1 && !cursor.is_any({"wherever", "everywhere"})) {
    return false;
  }
  while (ahead.take_any({"each",
                         "every",
                         "all",
                         "both",
                         "place",
                         "places",
                         "time",
                         "times",
                         "instance",
                         "instances",
                         "occurrence",
                         "occurrences",
                         "of",
                         "the",
                         "term",
                         "word",
                         "phrase"})) {
  }
  cursor = ahead;
  return true;
}

/// "as amended by the final rule published on January 22, 2013, 78 FR 4726": up to what goes on.
bool read_history(Cursor& cursor) {
  Cursor ahead = cursor;
  const bool published =
      ahead.take_word("published") || ahead.take_words({"which", "was", "published"});
  if (!published && (!ahead.take_word("as") || !ahead.take_any({"amended",
                                                                "added",
                                                                "revised",
                                                                "redesignated",
                                                                "published",
                                                                "proposed",
                                                                "corrected",
                                                                "further",
                                                                "established"}))) {
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
          next.is_any({"paragraph", "paragraphs", "the", "by", "under"})) {
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

/// "before the entry for “X”", "immediately following paragraph (a)", "after the word “Y”".
bool read_beside(Cursor& cursor, PlaceReader& places) {
  Cursor ahead = cursor;
  ahead.take_word("from");
  ahead.take_any({"immediately", "directly", "just"});
  if (!ahead.take_any({"before", "after", "following", "preceding"})) {
    return false;
  }
  std::vector<std::string> words;
  Places beside;
  if (!read_words(ahead, words) && !places.read_list(ahead, beside)) {
    return false;
  }
  cursor = ahead;
  return true;
}

/// "at the end of the table", "at the beginning", where no place with a designator is named.
bool read_end(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take_any({"at", "to"}) || !ahead.take_word("the") ||
      !ahead.take_any({"end", "beginning", "top", "bottom"})) {
    return false;
  }
  if (ahead.take_word("of")) {
    ahead.take_any({"the", "this"});
    if (!ahead.take_any({"table",
                         "section",
                         "list",
                         "supplement",
                         "part",
                         "entry",
                         "sentence",
                         "definition",
                         "paragraph",
                         "appendix",
                         "subpart"})) {
      return false;
    }
    if (ahead.is_word("in") || ahead.is(TokenKind::designators)) {
      return false;
    }
  }
  cursor = ahead;
  return true;
}

/// "on page 30705, in the first column," of a correction.
bool read_page(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take_words({"on", "page"}) || ahead.take_words({"on", "pages"})) {
    if (!ahead.take(TokenKind::code)) {
      return false;
    }
  } else if (ahead.take_word("in") && ahead.take_word("the") && is_ordinal_word(ahead.peek())) {
    ahead.skip();
    if (!ahead.take_any({"column", "line"})) {
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
  const bool found =
      ahead.take(TokenKind::parenthetical) || ahead.take_word("respectively") ||
      ahead.take_words({"in", "its", "entirety"}) ||
      ahead.take_words({"in", "their", "entirety"}) || ahead.take_words({"as", "appropriate"}) ||
      (ahead.take_any({"to", "under"}) && ahead.take(TokenKind::bracketed)) ||
      (ahead.position() == cursor.position() && ahead.take_words({"of", "the", "ear"}));
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
  static constexpr std::array nouns = {
      std::string_view("entity"),      std::string_view("entities"), std::string_view("definition"),
      std::string_view("definitions"), std::string_view("entry"),    std::string_view("entries"),
      std::string_view("under"),       std::string_view("in"),       std::string_view("of"),
      std::string_view("for"),         std::string_view("table"),    std::string_view("section"),
      std::string_view("paragraph"),   std::string_view("heading"),  std::string_view("and"),
      std::string_view("by"),          std::string_view("at"),       std::string_view("from"),
      std::string_view("after"),       std::string_view("before"),   std::string_view("read"),
      std::string_view("is"),          std::string_view("are"),      std::string_view("entitled"),
      std::string_view("with"),        std::string_view("as")};
  return std::find(nouns.begin(), nouns.end(), token.lower) != nouns.end();
}

} // namespace

bool skip_formula(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.take_words({"to", "read"})) {
    if (ahead.is(TokenKind::quoted) || (ahead.is_word("as") && ahead.is(TokenKind::quoted, 1))) {
      return false;
    }
    if (!ahead.take_words({"as", "set", "forth", "below"}) &&
        !ahead.take_words({"as", "follows"})) {
      ahead.pass("as");
    }
    cursor = ahead;
    return true;
  }
  // "adopted as final without change".
  ahead = cursor;
  if (ahead.take_word("as") && ahead.pass("a") && ahead.take_word("final")) {
    ahead.take_word("rule");
    Cursor change = ahead;
    change.take(TokenKind::comma);
    if (change.take_any({"without", "with"}) && change.pass_all({"the", "following"}) &&
        change.take_any({"change", "changes"})) {
      ahead = change;
    }
    cursor = ahead;
    return true;
  }
  return cursor.take_words({"as", "follows"}) || cursor.take_words({"as", "follow"}) ||
         cursor.take_words({"as", "set", "forth", "below"}) ||
         cursor.take_words({"set", "forth", "below"}) ||
         cursor.take_words({"as", "shown", "below"}) ||
         cursor.take_words({"read", "as", "follows"}) ||
         cursor.take_words({"reads", "as", "follows"});
}

void skip_preamble(Cursor& cursor) {
  Cursor ahead = cursor;
  if (ahead.is_any({"accordingly", "for", "pursuant", "therefore"}) ||
      ahead.are_words({"under", "the", "authority"})) {
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
  cursor.take_word("the");
  bool any = false;
  while (cursor.take_any({"revisions",
                          "revision",
                          "additions",
                          "addition",
                          "amendments",
                          "text",
                          "revised",
                          "and",
                          "corrections",
                          "republication"}) ||
         cursor.take(TokenKind::comma)) {
    any = true;
  }
  cursor.pass_all({"to", "this", "part"});
  cursor.pass_all({"to", "the", "supplement"});
  return any && cursor.take_any({"read", "reads"}) && cursor.take_word("as") &&
         (cursor.take_any({"follows", "follow"}) || cursor.take_word("set"));
}

bool take_in_place(Cursor& cursor) {
  return cursor.take_words({"in", "its", "place"}) || cursor.take_words({"in", "their", "place"}) ||
         cursor.take_words({"in", "their", "places"}) ||
         cursor.take_words({"in", "lieu", "thereof"}) ||
         cursor.take_words({"in", "place", "thereof"}) || cursor.take_words({"in", "its", "stead"});
}

bool read_times(Cursor& cursor,
                std::optional<Date>& effective,
                std::optional<Date>& until,
                bool& indefinite) {
  Cursor ahead = cursor;
  if (ahead.take_words({"delayed", "indefinitely"}) || ahead.take_word("indefinitely")) {
    indefinite = true;
    cursor = ahead;
    return true;
  }
  const bool starts = ahead.take_any({"effective", "from", "beginning"});
  const bool ends = !starts && ahead.take_any({"until", "through"});
  if (!starts && !ends) {
    return false;
  }
  ahead.take_any({"on", "from"});
  const auto date = read_date(ahead);
  if (!date) {
    return false;
  }
  (starts ? effective : until) = date;
  cursor = ahead;
  return true;
}

bool read_note(Cursor& cursor, PlaceReader& places, std::string& note) {
  const std::size_t start = cursor.position();
  if (read_order(cursor) || read_everywhere(cursor) || read_history(cursor) ||
      read_beside(cursor, places) || read_end(cursor) || read_page(cursor) || read_small(cursor)) {
    note += (note.empty() ? "" : "; ") + cursor.verbatim_since(start);
    return true;
  }
  return false;
}

bool read_words(Cursor& cursor, std::vector<std::string>& words) {
  Cursor ahead = cursor;
  ahead.take_any({"the", "a", "an", "all", "any", "each"});
  if (const std::string_view mark = mark_of(ahead.peek());
      !mark.empty() && !ahead.is(TokenKind::quoted, 1)) {
    words.emplace_back(mark);
    ahead.skip();
    cursor = ahead;
    return true;
  }
  for (int count = 0; count < 4 && ahead.is(TokenKind::word); ++count) {
    if (names_a_place(ahead.peek()) || verb_of(ahead.peek())) {
      return false;
    }
    ahead.skip();
    if (ahead.take_any({"to", "of"}) && !ahead.is(TokenKind::quoted)) {
      return false;
    }
  }
  if (!ahead.is(TokenKind::quoted)) {
    return false;
  }
  if (ahead.is_page_part(1)) {
    return false;
  }
  while (ahead.is(TokenKind::quoted)) {
    words.emplace_back(trimmed(ahead.peek().text));
    ahead.skip();
    cursor = ahead;
    while (take_joint(ahead) ||
           ahead.take_any({"the", "word", "words", "phrase", "term", "citation"})) {
    }
  }
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
