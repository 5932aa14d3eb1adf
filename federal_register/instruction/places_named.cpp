#include "federal_register/instruction/places.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// "KAZAKHSTAN", "PEOPLE'S", "OF".
bool is_capitals(const Token& token) {
  return token.kind == TokenKind::word && token.text.size() > 1 &&
         std::none_of(token.text.begin(), token.text.end(), is_lower);
}

} // namespace

/// Behind "of", "to", "in", "for": the places meant; without them where we are.
std::vector<Target> PlaceReader::read_owners(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take("of|to|in|for|from|on")) {
    return base();
  }
  if (ahead.take("this|the") && ahead.take("section|part|supplement")) {
    cursor = ahead;
    return base();
  }
  ahead = cursor;
  ahead.skip();
  Places owners;
  if (!read_one(ahead, owners) || owners.targets.empty()) {
    return base();
  }
  cursor = ahead;
  m_owner = owners.targets;
  return owners.targets;
}

void PlaceReader::add_named(const Targets& owners,
                            const std::vector<std::string>& names,
                            Places& places) {
  if (!m_context.within_limit(owners.size() * names.size() + 1)) {
    return;
  }
  Targets below = owners;
  if (below.empty()) {
    below.push_back(Target{Citation::section(m_context.title, std::string(unknown_section))});
  }
  for (const auto& owner : below) {
    for (const auto& name : names) {
      places.add(with_name(owner.at, name));
    }
  }
}

/// "the section heading", "the heading for subpart U", "a heading to paragraph (c)".
bool PlaceReader::read_heading(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool section =
      ahead.is("section|part|subpart|supplement|appendix") && ahead.is("heading|headings", 1);
  if (section || ahead.is("subject|paragraph|table|chapter|entry|eccn")) {
    ahead.skip();
  }
  if (!ahead.take("heading|headings")) {
    return false;
  }
  if (ahead.is(TokenKind::code) && !ahead.peek().steps.empty()) {
    const std::size_t from = places.targets.size();
    if (!read_key(ahead, places)) {
      return false;
    }
    for (std::size_t i = from; i < places.targets.size(); ++i) {
      places.targets[i].at = with_name(places.targets[i].at, "heading");
    }
    cursor = ahead;
    return true;
  }
  // "a heading for KAZAKHSTAN": of a country that a list has not had.
  if (ahead.is("for|of") && is_capitals(ahead.peek(1))) {
    ahead.skip();
    const std::size_t start = ahead.position();
    while (is_capitals(ahead.peek()) ||
           (ahead.is(TokenKind::comma) && is_capitals(ahead.peek(1)))) {
      ahead.skip();
    }
    Places countries;
    add_named(base(), {ahead.verbatim_since(start)}, countries);
    add_named(countries.targets, {"heading"}, places);
    cursor = ahead;
    return true;
  }
  Targets owners = read_owners(ahead);
  if (section && !owners.empty() && ahead.position() <= cursor.position() + 2) {
    for (auto& owner : owners) {
      owner.at = owner.at.unit();
    }
  }
  add_named(owners, {"heading"}, places);
  cursor = ahead;
  return true;
}

/// "the introductory text of paragraphs (a)(5)(ii) and (d)(5)(ii)".
bool PlaceReader::read_introductory(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (!ahead.take("introductory") || !ahead.take("text|texts|paragraph|sentence")) {
    return false;
  }
  for (auto& owner : read_owners(ahead)) {
    owner.extent = TargetExtent::introductory_text;
    places.targets.push_back(std::move(owner));
  }
  cursor = ahead;
  return true;
}

/// "Table 1 to paragraph (b)", "Notes 1 and 2 to 3A001.b", "the table in paragraph (c)".
bool PlaceReader::read_numbered_child(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::string prefix;
  if (ahead.is("technical") && ahead.is("note|notes", 1)) {
    prefix = "Technical ";
    ahead.skip();
  }
  const std::string& word = ahead.peek().lower;
  std::string_view noun;
  const bool known =
      any_phrase("table|figure|note|footnote|example|equation|formula|diagram|exhibit",
                 [&](std::string_view one) {
                   noun = one;
                   return word == one || (word.size() == one.size() + 1 && word.starts_with(one) &&
                                          word.back() == 's');
                 });
  if (!known) {
    return false;
  }
  const std::string name = prefix + capitalised(noun);
  ahead.skip();
  std::vector<std::string> names;
  std::string previous;
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range = !previous.empty() && member.take("through");
    if (!previous.empty() && !range && !take_separator(member)) {
      break;
    }
    const Token& number = member.peek();
    const bool letter =
        number.kind == TokenKind::word && number.text.size() == 1 && is_upper(number.text[0]);
    if (!letter && (number.kind != TokenKind::code || has_eccn_at(number.text, 0))) {
      break;
    }
    if (range) {
      const auto members = code_range(previous, number.text);
      if (!members) {
        break;
      }
      for (auto one = members->begin() + 1; one != members->end(); ++one) {
        names.push_back(name + " " + *one);
      }
    } else {
      names.push_back(name + " " + with_steps(number));
    }
    previous = std::string(number.text);
    member.skip();
    ahead = member;
  }
  if (names.empty()) {
    names.push_back(name);
  }
  Targets owners = read_owners(ahead);
  if (ahead.take("entitled|titled") && !ahead.take(TokenKind::quoted)) {
    static_cast<void>(read_name(ahead));
  }
  add_named(owners, names, places);
  cursor = ahead;
  return true;
}

/// "the second sentence of paragraph (b)", "the three sentences that follow the first sentence".
bool PlaceReader::read_sentences(Cursor& cursor, std::size_t start, Places& places) {
  Cursor ahead = cursor;
  while (is_ordinal_word(ahead.peek()) || is_count(ahead.peek())) {
    ahead.skip();
    Cursor separator = ahead;
    if (take_separator(separator) && is_ordinal_word(separator.peek())) {
      ahead = separator;
    }
    ahead.take("new|full");
  }
  if (!ahead.take("sentence|sentences")) {
    return false;
  }
  if (ahead.take("that|which") && ahead.take("follow|follows|precede")) {
    ahead.take("the");
    while (is_ordinal_word(ahead.peek()) || is_count(ahead.peek())) {
      ahead.skip();
    }
    ahead.take("sentence|sentences");
  }
  const std::string note = ahead.verbatim_since(start);
  Targets owners = read_owners(ahead);
  if (owners.empty()) {
    return fail(cursor, "sentences of an unknown place");
  }
  for (auto& owner : owners) {
    if (owner.extent == TargetExtent::whole) {
      owner.extent = TargetExtent::own_text;
    }
    places.targets.push_back(std::move(owner));
  }
  add_note(places.note, note);
  cursor = ahead;
  return true;
}

/// "the authority citation for 15 CFR part 740", "the authority citation at the end of the
/// section", "the source note".
bool PlaceReader::read_authority(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool authority = ahead.take("authority|authorities");
  if (!authority && !ahead.is("source")) {
    return false;
  }
  if (!authority) {
    ahead.skip();
    if (!ahead.is("note|notes|citation|citations")) {
      return false;
    }
  }
  ahead.take("citation|citations|note|notes|statement");
  Targets owners = base();
  Cursor where = ahead;
  if (where.take("at") && where.take("the end of")) {
    Cursor section = where;
    if (section.take("the|this") && section.take("section|part|subpart")) {
      ahead = section;
    } else {
      where = ahead;
      where.skip(3);
      owners = read_owners(where);
      ahead = where;
    }
  } else {
    where = ahead;
    where.take("immediately");
    if (where.take("preceding|following|before|after")) {
      Places beside;
      if (!read_one(where, beside)) {
        return fail(where, "an authority citation beside nothing");
      }
      places.note = ahead.verbatim(ahead.position(), where.position());
      ahead = where;
    } else {
      owners = read_owners(ahead);
    }
  }
  if (owners.empty() && !m_context.part.empty()) {
    owners.push_back(Target{Citation::part(m_context.title, m_context.part)});
  }
  add_named(owners, {authority ? "authority" : "source"}, places);
  cursor = ahead;
  return true;
}

/// Text without a designator: "the parenthetical text at the end of the section", "the
/// undesignated paragraphs following paragraphs (a)(3) and (b)(3)".
bool PlaceReader::read_text_at(Cursor& cursor, std::size_t start, Places& places) {
  Cursor ahead = cursor;
  const bool parenthetical = ahead.take("parenthetical|parentheticals");
  const bool undesignated = !parenthetical && ahead.take("undesignated|flush|concluding|closing");
  if (!parenthetical && !undesignated) {
    return false;
  }
  if (!ahead.take("text|texts|phrase|paragraph|paragraphs|language|statement") && undesignated) {
    return false;
  }
  Targets owners = base();
  Cursor where = ahead;
  where.take("immediately");
  if (where.take("following|after")) {
    Places beside;
    if (!read_one(where, beside)) {
      return fail(where, "text beside nothing");
    }
    owners.clear();
    for (const auto& target : beside.targets) {
      const Citation parent = target.at.parent();
      owners.push_back(Target{parent.empty() ? target.at : parent, TargetExtent::own_text});
    }
    ahead = where;
  } else {
    where = ahead;
    if (where.take("at the end")) {
      ahead = where;
      Cursor of = ahead;
      if (of.take("of") && of.take_optional("the") && of.take("section")) {
        ahead = of;
      } else {
        owners = read_owners(ahead);
      }
    } else {
      owners = read_owners(ahead);
    }
  }
  if (owners.empty()) {
    return fail(cursor, "text of an unknown place");
  }
  for (auto& owner : owners) {
    owner.extent = TargetExtent::own_text;
    places.targets.push_back(std::move(owner));
  }
  add_note(places.note, ahead.verbatim_since(start));
  cursor = ahead;
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
