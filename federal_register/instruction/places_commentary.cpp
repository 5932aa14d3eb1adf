#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

bool starts_place(const Cursor& cursor) {
  if (cursor.is(TokenKind::code)) {
    return !cursor.peek().steps.empty();
  }
  if (cursor.is(TokenKind::section_sign)) {
    return true;
  }
  if (cursor.is("paragraph|paragraphs|comment|comments|subheading|introductory|entry|entries|"
                "heading|headings|new|newly|eccn|eccns")) {
    return true;
  }
  if (cursor.is("export control classification")) {
    return true;
  }
  if (cursor.is("section")) {
    return cursor.is(TokenKind::code, 1);
  }
  return cursor.is("the") &&
         cursor.is("heading|subheading|entry|entries|definition|introductory|table|paragraph|"
                   "following|first|last|second|words|word|phrase|section|note|license",
                   1);
}

/// "an entry for", "two new entries": what a caption is followed by.
bool starts_count(Cursor cursor) {
  if (!cursor.take("a|an|the")) {
    if (!count_of(cursor.peek())) {
      return false;
    }
    cursor.skip();
  }
  cursor.take("new");
  return cursor.is("entry|entries|definition|definitions|heading|note|sentence|paragraph");
}

} // namespace

bool holds_more_than_a_name(Cursor cursor, std::size_t end) {
  for (; cursor.position() < end; cursor.skip()) {
    const auto verb = verb_of(cursor.peek());
    const bool lower = cursor.is(TokenKind::word) && is_lower(cursor.peek().text[0]);
    if (cursor.is(TokenKind::quoted) || (lower && verb && verb->form == VerbForm::gerund) ||
        (lower && cursor.is("entry|entries|definition|paragraph|paragraphs"))) {
      return true;
    }
  }
  return false;
}

/// Whether a caption without quotes is over at the cursor.
bool PlaceReader::name_ends(const Cursor& cursor) const {
  Cursor ahead = cursor;
  if (ahead.done() || ahead.is(TokenKind::colon)) {
    return true;
  }
  if (ahead.is(TokenKind::full_stop)) {
    return ahead.position() > 0 && (ahead.skip(), ahead.done());
  }
  if (ahead.is("by")) {
    ahead.skip();
    return read_active(ahead).has_value() || ahead.done() || ahead.is(TokenKind::comma);
  }
  if (ahead.is("in") &&
      (ahead.is(TokenKind::section_sign, 1) || ahead.is("paragraph|paragraphs|supplement", 1))) {
    return true;
  }
  if (ahead.is("is|are")) {
    return read_passive(ahead).has_value();
  }
  if (ahead.is("to read|as follows|in alphabetical|in numerical|as amended|as added")) {
    return true;
  }
  const bool mark = ahead.is(TokenKind::comma) || ahead.is(TokenKind::semicolon);
  if (starts_count(ahead) || (ahead.is("for") && ahead.is(TokenKind::quoted, 1))) {
    return true;
  }
  if (!mark && !ahead.is("and")) {
    const auto verb = verb_of(ahead.peek());
    return verb && verb->form == VerbForm::gerund;
  }
  take_separator(ahead);
  if (ahead.is("by|under|underneath|in alphabetical|in the|as amended|as added")) {
    return true;
  }
  // "Section 1003.2—Definitions, Financial institution": a term of it.
  const bool definitions =
      cursor.verbatim(cursor.position() - std::min<std::size_t>(cursor.position(), 1),
                      cursor.position()) == "Definitions";
  if (mark && (ahead.done() || definitions)) {
    return true;
  }
  if (starts_place(ahead) || (mark && starts_count(ahead))) {
    return true;
  }
  const auto verb = verb_of(ahead.peek());
  return verb && (verb->form == VerbForm::gerund || verb->form == VerbForm::imperative) &&
         is_lower(ahead.peek().text[0]);
}

/// A caption without quotes, up to what cannot belong to it.
std::string PlaceReader::read_name(Cursor& cursor) {
  const std::size_t start = cursor.position();
  while (!name_ends(cursor)) {
    cursor.skip();
  }
  return cursor.verbatim_since(start);
}

/// "comment 31(c)(1)", "Paragraph 32(a)(1)(ii)", "Section 1026.31—General Rules", "35(b) Escrow
/// accounts". What follows in the instruction stands below it.
bool PlaceReader::read_key(Cursor& cursor, Places& places) {
  const Targets roots = base();
  if (roots.empty() || !is_commentary(roots.front().at)) {
    return false;
  }
  Cursor ahead = cursor;
  const Citation unit = roots.front().at.unit();
  const std::string part = unit.part_number();
  const bool subheading = ahead.take("subheading|subheadings");
  const bool section = ahead.take("section|sections");
  if (!section) {
    ahead.take("comment|comments|paragraph|paragraphs");
  }
  const Token& code = ahead.peek();
  Citation at = unit;
  if (code.kind == TokenKind::code && section && code.steps.empty()) {
    at = with_name(at, "Section " + std::string(code.text));
  } else if (code.kind == TokenKind::code && !code.steps.empty() && is_digit(code.text[0])) {
    const bool whole = code.text.find('.') != std::string_view::npos;
    at = with_name(at, "Section " + (whole ? "" : part + ".") + std::string(code.text));
    at = with_name(at, with_steps(code));
    for (const std::string_view step : split(code.suffix, '.')) {
      at = with_name(at, step);
    }
  } else if (subheading && (code.kind == TokenKind::word || code.kind == TokenKind::quoted)) {
    at = with_name(roots.front().at, read_name(ahead));
    ahead.move_to(ahead.position() - 1);
  } else {
    return false;
  }
  ahead.skip();
  places.add(at);
  // Its caption, of which nothing is needed.
  const std::size_t before = ahead.position();
  ahead.take(TokenKind::dash);
  ahead.take("introductory");
  if (ahead.position() != before || !name_ends(ahead)) {
    static_cast<void>(read_name(ahead));
  }
  m_context.base = {Target{at}};
  m_context.last_path.clear();
  cursor = ahead;
  return true;
}

bool PlaceReader::read_under(Cursor& cursor, Places& places) {
  if (!party_list().empty()) {
    return read_under_country(cursor, places);
  }
  Cursor ahead = cursor;
  const Targets outer = base();
  const bool commentary = !outer.empty() && is_commentary(outer.front().at);
  if (commentary) {
    Places skipped;
    const auto kept = m_context.base;
    if (ahead.is("subpart") && read_subdivision(ahead, skipped)) {
      ahead.take(TokenKind::comma);
    }
    m_context.base = kept;
  }
  Places found;
  Cursor heading = ahead;
  heading.take("the|a");
  if (heading.take("heading|caption|subheading") && heading.is(TokenKind::quoted)) {
    ahead = heading;
  }
  if (ahead.is(TokenKind::quoted)) {
    add_named(outer, {std::string(ahead.peek().text)}, found);
    ahead.skip();
  } else if (!read_one(ahead, found)) {
    ahead.take("newly|revised|redesignated|designated");
    ahead.take("heading|caption|subheading|category|country");
    const std::string name = ahead.is(TokenKind::quoted) ? std::string(ahead.peek().text) : "";
    Cursor begin = ahead;
    const std::string plain = name.empty() ? read_name(ahead) : (ahead.skip(), name);
    if (plain.empty() || outer.empty() || is_lower(plain.front()) ||
        has_columns(outer.front().at.unit()) ||
        (name.empty() && holds_more_than_a_name(begin, ahead.position()))) {
      return fail(cursor, "under nothing");
    }
    add_named(outer, {plain}, found);
  }
  // "under Section 1026.32—..., 32(a) Coverage, Paragraph 32(a)(1)(ii), paragraph 1": deeper and
  // deeper, up to what is to be changed.
  const bool definitions =
      cursor.verbatim(cursor.position(), ahead.position()).ends_with("Definitions");
  while (commentary && ahead.is(TokenKind::comma)) {
    Cursor deeper = ahead;
    deeper.skip();
    Places next;
    const bool key =
        deeper.is(TokenKind::code) || deeper.is("section|subheading") ||
        (deeper.is("paragraph") && deeper.is(TokenKind::code, 1) && !deeper.peek(1).steps.empty());
    m_context.base = found.targets;
    if (key && read_key(deeper, next)) {
      found = next;
    } else if (definitions && deeper.is(TokenKind::word) && is_upper(deeper.peek().text[0])) {
      const std::string term = read_name(deeper);
      add_named(found.targets, {term}, next);
      found = next;
    } else {
      break;
    }
    ahead = deeper;
  }
  places.targets.insert(places.targets.end(), found.targets.begin(), found.targets.end());
  cursor = ahead;
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
