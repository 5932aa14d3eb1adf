#include "federal_register/instruction/places.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// Children with a number or none.
struct Child {
  enum class Stands : std::uint8_t {
    below,    ///< what is named behind it
    in_entry, ///< in an entry of the CCL, whatever section of it is named
    in_list,  ///< in the Commerce Control List
  };
  std::string_view words; ///< lower case, an "s" may follow
  std::string_view name;  ///< as the step is called
  Stands stands = Stands::below;
};

constexpr std::array children = {
    Child{"table", "Table"},
    Child{"figure", "Figure"},
    Child{"note", "Note"},
    Child{"technical note", "Technical Note"},
    Child{"license requirement note", "License Requirement Note", Child::Stands::in_entry},
    Child{"license requirements note", "License Requirement Note", Child::Stands::in_entry},
    Child{"cryptography note", "Cryptography Note", Child::Stands::in_list},
    Child{"nota bene", "N.B."},
    Child{"n.b", "N.B."},
    Child{"footnote", "Footnote"},
    Child{"example", "Example"},
    Child{"equation", "Equation"},
    Child{"formula", "Formula"},
    Child{"diagram", "Diagram"},
    Child{"exhibit", "Exhibit"},
};

/// The one at the cursor; takes its words. nullptr where none is.
const Child* take_child(Cursor& cursor) {
  for (const auto& child : children) {
    Cursor ahead = cursor;
    if (ahead.take(child.words) || ahead.take(std::string(child.words) + "s")) {
      if (child.name == "N.B.") {
        ahead.take(TokenKind::full_stop);
        ahead.take(TokenKind::parenthetical); // "Nota Bene (N.B.)"
      }
      cursor = ahead;
      return &child;
    }
  }
  return nullptr;
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
  const std::string preposition = ahead.peek().lower;
  ahead.skip();
  Places owners;
  ++m_owned;
  bool found = read_one(ahead, owners) && !owners.targets.empty();
  if (found) {
    cursor = ahead;
    // "of paragraph (a) and of paragraph (b)"
    while (found && (preposition == "of" || preposition == "to") && take_separator(ahead) &&
           ahead.take(preposition)) {
      found = read_one(ahead, owners);
      cursor = found ? ahead : cursor;
    }
  }
  --m_owned;
  if (owners.targets.empty()) {
    return base();
  }
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
  if (read_listed_countries(cursor, places)) {
    return true;
  }
  Cursor ahead = cursor;
  const bool section =
      ahead.is("section|part|subpart|supplement|appendix") && ahead.is("heading|headings", 1);
  if (section || ahead.is("subject|paragraph|table|chapter|entry")) {
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
  const int occurrence = ordinal_of(ahead.peek());
  ahead.skip(occurrence != 0 ? 1 : 0);
  const Child* child = take_child(ahead);
  if (child == nullptr) {
    return false;
  }
  const std::string name(child->name);
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
  // "the Technical Note following paragraph a.4" is that paragraph's.
  Cursor behind = ahead;
  behind.take("immediately");
  Places above;
  if (behind.take("following|after") && child->name.ends_with("Note") && read_one(behind, above) &&
      above.targets.size() == 1 && !above.targets.front().at.steps().empty() &&
      above.targets.front().at.steps().back().kind != Step::Kind::named) {
    owners = above.targets;
    ahead = behind;
  }
  if (child->stands == Child::Stands::in_list) {
    const Citation list = Citation::appendix("15", "Supplement No. 1 to Part 774");
    owners = {Target{list}};
  }
  for (auto& owner : owners) {
    if (child->stands == Child::Stands::in_entry && owner.at.kind() == CitationKind::eccn) {
      owner.at = Citation::eccn(owner.at.name());
    }
  }
  // The table of a list, and that of license requirements, is the place itself.
  const bool whole_list =
      name == "Table" && names.front() == name && !owners.empty() &&
      (lists_countries(owners.front().at.unit()) || is_party_list(owners.front().at.unit()) ||
       (owners.front().at.kind() == CitationKind::eccn && !owners.front().at.steps().empty() &&
        owners.front().at.steps().back().name == "License Requirements"));
  if (whole_list) {
    places.targets.insert(places.targets.end(), owners.begin(), owners.end());
    cursor = ahead;
    return true;
  }
  if (ahead.take("entitled|titled") && !ahead.take(TokenKind::quoted)) {
    static_cast<void>(read_name(ahead));
  }
  const std::size_t from = places.targets.size();
  add_named(owners, names, places);
  for (std::size_t i = from; i < places.targets.size(); ++i) {
    places.targets[i].at = with_occurrence(places.targets[i].at, occurrence);
  }
  cursor = ahead;
  return true;
}

/// "the second sentence of paragraph (b)", "the three sentences that follow the first sentence".
bool PlaceReader::read_sentences(Cursor& cursor, std::size_t start, Places& places) {
  Cursor ahead = cursor;
  while (is_ordinal_word(ahead.peek()) || count_of(ahead.peek())) {
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
    while (is_ordinal_word(ahead.peek()) || count_of(ahead.peek())) {
      ahead.skip();
    }
    ahead.take("sentence|sentences");
  }
  // "a sentence after the first sentence of paragraph (c)"
  Cursor beside = ahead;
  beside.take("immediately|directly");
  if (beside.take("after|before|following|preceding") && beside.take("the")) {
    const std::size_t first = beside.position();
    while (is_ordinal_word(beside.peek()) || count_of(beside.peek()) || beside.is("and")) {
      beside.skip();
    }
    if (beside.position() > first && beside.take("sentence|sentences")) {
      ahead = beside;
    }
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
