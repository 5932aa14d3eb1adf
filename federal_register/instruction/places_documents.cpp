// Documents of the Register as places: rules whose dates or instructions change, and corrections.
#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

namespace regtrail::federal_register::instruction_detail {

namespace {

/// "91 FR 11001", "(91 FR 11001)", "FR Doc. 2026-03111", "2026-03111" at the cursor; takes it.
Citation take_citation(Cursor& cursor) {
  constexpr std::size_t longest = 4;
  if (cursor.is(TokenKind::parenthetical)) {
    const auto citation = Citation::parse(trimmed(cursor.peek().text, "() "));
    const bool page = citation && citation->kind() == CitationKind::fr_page;
    cursor.skip(page ? 1 : 0);
    return page ? *citation : Citation();
  }
  if (!cursor.is(TokenKind::code) && !cursor.is("fr doc")) {
    return {};
  }
  for (std::size_t length = longest; length > 0; --length) {
    const auto citation =
        Citation::parse(cursor.verbatim(cursor.position(), cursor.position() + length));
    if (citation && citation->steps().empty() &&
        (citation->kind() == CitationKind::fr_page ||
         citation->kind() == CitationKind::fr_document)) {
      cursor.skip(length);
      return *citation;
    }
  }
  return {};
}

/// A day, brackets and the name of the Register around a citation.
void skip_day(Cursor& cursor) {
  constexpr std::string_view words = "on|of|in|the|federal|register|january|february|march|april|"
                                     "may|june|july|august|september|october|november|december|"
                                     "published|appearing|at|page";
  while (cursor.is(TokenKind::comma) || cursor.is(TokenKind::parenthetical) ||
         count_of(cursor.peek()) || cursor.is(words) ||
         (cursor.is(TokenKind::code) && cursor.peek().text.size() == 4)) {
    if (Cursor citation = cursor; !take_citation(citation).empty()) {
      return;
    }
    if (cursor.is(TokenKind::comma)) {
      Cursor behind = cursor;
      behind.skip();
      if (!count_of(behind.peek()) && !behind.is(words) && !behind.is(TokenKind::code) &&
          !read_passive(behind)) {
        return;
      }
    }
    cursor.skip();
  }
}

} // namespace

/// "the interim final rule published at 91 FR 11001, March 6, 2026,", "FR Doc. 2026-03111".
bool PlaceReader::read_rule(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  while (ahead.take("interim|final|direct|proposed|temporary|the")) {
  }
  const bool rule = ahead.take("rule|rules|document|notice");
  if (!rule && !ahead.is("fr doc")) {
    return false;
  }
  constexpr int farthest = 24;
  Citation at;
  for (int tokens = 0; tokens < farthest && at.empty() && !ahead.done(); ++tokens) {
    at = take_citation(ahead);
    if (at.empty()) {
      Cursor passive = ahead;
      if (read_passive(passive) && !ahead.is("was published")) {
        break;
      }
      ahead.skip();
    }
  }
  if (at.empty()) {
    return fail(cursor, "a rule without page or number");
  }
  skip_day(ahead);
  if (!take_citation(ahead).empty()) { // its page behind its number
    skip_day(ahead);
  }
  places.add(at);
  cursor = ahead;
  return true;
}

/// "amendatory instructions 4.b and 12 of the rule published at 91 FR 11001"; in a correction those
/// of what it corrects.
bool PlaceReader::read_instruction_numbers(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool amendatory = ahead.take("amendatory");
  if (!ahead.take("instruction|instructions")) {
    return false;
  }
  ahead.take("number|numbers|no|nos");
  ahead.take(TokenKind::full_stop);
  std::vector<std::string> names;
  Cursor member = ahead;
  while (member.is(TokenKind::code) || is_item(member.peek())) {
    names.push_back("amendatory instruction " + with_steps(member.peek()));
    member.skip();
    ahead = member;
    if (!take_separator(member) && !member.take("through")) {
      break;
    }
  }
  if (names.empty()) {
    return false;
  }
  const std::string note = ahead.verbatim_since(cursor.position());
  Cursor of = ahead;
  const Targets roots = base();
  const bool document = !roots.empty() && is_of_register(roots.front().at);
  if (of.take(TokenKind::comma), of.take("of|in|to|from") && read_rule(of, places)) {
    ahead = of;
  } else if (document) {
    places.add(roots.front().at);
  } else if (!m_context.corrected.empty()) {
    places.add(m_context.corrected);
  } else if (amendatory && !m_context.part.empty()) {
    add_named({Target{Citation::part(m_context.title, m_context.part)}}, names, places);
    cursor = ahead;
    return true;
  } else {
    return fail(cursor, "an instruction of an unknown document");
  }
  add_note(places.note, note);
  cursor = ahead;
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
