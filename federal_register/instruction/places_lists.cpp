// Lists by country: headings, entries of parties and their parts, columns of the Country Chart and
// of the Country Groups.
#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

/// The list of parties where we are, empty where we are elsewhere.
Citation PlaceReader::party_list() {
  const Targets roots = base();
  return !roots.empty() && is_party_list(roots.front().at.unit()) ? roots.front().at.unit()
                                                                  : Citation();
}

/// "the country heading “RUSSIA”", "a heading for KYRGYZSTAN", "the destination of Kyrgyzstan under
/// the Country column".
bool PlaceReader::read_listed_countries(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool country = ahead.take("country|countries|destination|destinations");
  const bool heading = ahead.take("heading|headings");
  const Citation list = country || heading ? party_list() : Citation();
  if (list.empty()) {
    return false;
  }
  ahead.take("for|of");
  const auto names = read_countries(ahead);
  if (names.empty()) {
    return false;
  }
  ahead.take("under the country column|in the country column|entries");
  for (const auto& name : names) {
    places.country = with_name(list, name);
    places.add(with_name(places.country, "heading"));
  }
  m_context.country = places.country;
  cursor = ahead;
  return true;
}

/// Behind "under" in a list of parties.
bool PlaceReader::read_under_country(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (ahead.take("that heading|this heading|the heading|that country|that destination|"
                 "the new heading|said heading") &&
      !m_context.country.empty() && !ahead.is("for|of")) {
    places.add(m_context.country);
    cursor = ahead;
    return true;
  }
  ahead = cursor;
  const auto names = read_countries(ahead);
  if (names.empty()) {
    return fail(cursor, "under nothing");
  }
  for (const auto& name : names) {
    m_context.country = with_name(party_list(), name);
    places.add(m_context.country);
  }
  cursor = ahead;
  return true;
}

/// "two aliases", "the address", "one additional address" of entries: a part of a cell, which has
/// no place of its own.
bool PlaceReader::read_party_details(Cursor& cursor, Places& places) {
  constexpr std::string_view details = "alias|aliases|address|addresses|spelling|spellings|"
                                       "reference|references|name|names|acronym|acronyms";
  Cursor ahead = cursor;
  bool found = false;
  while (true) {
    Cursor member = ahead;
    if (found && !take_separator(member)) {
      break;
    }
    while (
        count_of(member.peek()) ||
        member.is("the|a|an|new|additional|alternate|existing|following|first|last|second|its")) {
      member.skip();
    }
    if (!member.take(details)) {
      break;
    }
    found = true;
    ahead = member;
    member.take(TokenKind::comma);
    while (member.is(TokenKind::quoted)) {
      member.skip();
      ahead = member;
      take_separator(member);
    }
  }
  if (!found || party_list().empty()) {
    return false;
  }
  const std::string note = ahead.verbatim_since(cursor.position());
  ahead.take("each");
  Targets owners;
  if (ahead.is("to|of|for|from|in") && ahead.is(TokenKind::quoted, 1)) {
    ahead.skip();
    const auto names = read_terms(ahead, Number::plural);
    Places countries;
    Cursor under = ahead;
    if (under.take("under") && read_under_country(under, countries)) {
      ahead = under;
    }
    Places entries;
    add_named(countries.targets.empty() ? base() : countries.targets, names, entries);
    owners = entries.targets;
  } else {
    owners = read_owners(ahead);
  }
  constexpr std::size_t of_an_entry = 2; // country, name
  if (std::any_of(owners.begin(), owners.end(), [](const Target& owner) {
        return owner.at.steps().size() < of_an_entry;
      })) {
    return fail(cursor, "part of an unknown entry");
  }
  places.targets.insert(places.targets.end(), owners.begin(), owners.end());
  add_note(places.note, note);
  places.partial = true;
  cursor = ahead;
  return true;
}

/// The address behind a name in quotes: “Muster GmbH,” Ahornweg 5, 21614 Buxtehude, Germany.
void PlaceReader::skip_address(Cursor& cursor) const {
  Cursor ahead = cursor;
  ahead.take(TokenKind::comma);
  const Token& first = ahead.peek();
  const bool begins = first.kind == TokenKind::code ||
                      (first.kind == TokenKind::word && is_upper(first.text[0]) && !verb_of(first));
  if (!begins) {
    return;
  }
  while (!ahead.done() && !ahead.is(TokenKind::semicolon) && !ahead.is(TokenKind::quoted) &&
         !ahead.is(TokenKind::colon) && !(ahead.is("and") && ahead.is(TokenKind::quoted, 1)) &&
         !ahead.is("under|to read|in alphabetical") && !verb_of(ahead.peek())) {
    ahead.skip();
  }
  cursor = ahead;
}

/// "the NS Column 2 and RS Column 2 columns", "the [A:6] column", "columns D:3 and D:4", "the
/// column for MT 1" of rows of the Country Chart and of the Country Groups.
bool PlaceReader::read_columns(Cursor& cursor, Places& places) {
  const Targets roots = base();
  if (roots.empty() || !has_columns(roots.front().at.unit())) {
    return false;
  }
  Cursor ahead = cursor;
  if (ahead.take("column|columns")) {
    ahead.take("for|headed|under");
  }
  std::vector<std::string> names;
  Cursor member = ahead;
  while (auto name = read_column(member, names.empty() ? std::string() : names.back())) {
    names.push_back(std::move(*name));
    ahead = member;
    if (!take_separator(member)) {
      break;
    }
  }
  if (names.empty()) {
    return false;
  }
  ahead.take("column|columns");
  Targets owners;
  if (ahead.is("for") && (ahead.is(TokenKind::quoted, 1) ||
                          (ahead.is(TokenKind::word, 1) && is_upper(ahead.peek(1).text[0])))) {
    ahead.skip();
    Places rows;
    add_named(roots, read_terms(ahead, Number::plural), rows);
    owners = rows.targets;
  } else {
    owners = read_owners(ahead);
  }
  for (const auto& owner : owners) {
    if (owner.at.steps().empty()) {
      return fail(cursor, "a column without its row");
    }
  }
  add_named(owners, names, places);
  cursor = ahead;
  return true;
}

/// "Country Group D:5", "Country Groups A and B".
bool PlaceReader::read_country_groups(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (!ahead.take("country group|country groups")) {
    return false;
  }
  std::vector<std::string> names;
  while (!ahead.done()) {
    Cursor member = ahead;
    if (!names.empty() && !take_separator(member)) {
      break;
    }
    if (!member.is(TokenKind::word) || member.peek().text.size() != 1) {
      break;
    }
    std::string name = "Country Group " + std::string(member.peek().text);
    member.skip();
    if (member.is(TokenKind::colon) && member.is(TokenKind::code, 1)) {
      name += ":" + std::string(member.peek(1).text);
      member.skip(2);
    }
    names.push_back(std::move(name));
    ahead = member;
  }
  if (names.empty()) {
    return false;
  }
  add_named(base(), names, places);
  cursor = ahead;
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
