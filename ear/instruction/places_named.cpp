#include "ear/instruction/places.hpp"
#include "ear/scan_internal.hpp"

#include <algorithm>
#include <array>

namespace regtrail::ear::instruction_detail {

namespace {

std::string capitalised(std::string_view word) {
  std::string name(word);
  if (!name.empty() && is_lower(name[0])) {
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  return name;
}

/// "KAZAKHSTAN", "PEOPLE'S", "OF".
bool is_capitals(const Token& token) {
  return token.kind == TokenKind::word && token.text.size() > 1 &&
         std::none_of(token.text.begin(), token.text.end(), is_lower);
}

/// "in alphabetical order" between a noun and its "of".
void skip_order(Cursor& cursor) {
  Cursor ahead = cursor;
  ahead.take(TokenKind::comma);
  if (ahead.take_any({"alphabetically", "numerically"}) ||
      (ahead.take_word("in") && (ahead.take_word("proper") || true) &&
       ahead.take_any({"alphabetical",
                       "alphabetic",
                       "numerical",
                       "numeric",
                       "alphanumeric",
                       "alphanumerical",
                       "chronological"}) &&
       ahead.take_any({"order", "sequence"}))) {
    ahead.take(TokenKind::comma);
    cursor = ahead;
  }
}

std::string with_steps(const Token& code) {
  std::string name(code.text);
  for (const auto& step : code.steps) {
    name += step;
  }
  return name;
}

/// The full stop of the sentence that American print puts inside the quotes: of “Muster GmbH.”,
/// not of “Example Co., Ltd.”.
void drop_full_stop(std::string& name) {
  static constexpr std::array abbreviations = {std::string_view("Co"),
                                               std::string_view("Ltd"),
                                               std::string_view("Inc"),
                                               std::string_view("Pte"),
                                               std::string_view("Corp"),
                                               std::string_view("Bhd"),
                                               std::string_view("Pty"),
                                               std::string_view("Pvt"),
                                               std::string_view("Jr"),
                                               std::string_view("Est"),
                                               std::string_view("Sr"),
                                               std::string_view("Bros")};
  if (!name.ends_with('.')) {
    return;
  }
  std::string_view word(name);
  word.remove_suffix(1);
  const std::size_t blank = word.rfind(' ');
  word = blank == std::string_view::npos ? word : word.substr(blank + 1);
  if (word.find('.') == std::string_view::npos &&
      std::find(abbreviations.begin(), abbreviations.end(), word) == abbreviations.end()) {
    name.pop_back();
  }
}

struct Field {
  std::string_view words; ///< lower case
  std::string_view name;  ///< as the step is called
};

constexpr std::array fields = {
    Field{"license requirements", "License Requirements"},
    Field{"list based license exceptions", "List Based License Exceptions"},
    Field{"list-based license exceptions", "List Based License Exceptions"},
    Field{"special conditions for sta", "Special Conditions for STA"},
    Field{"list of items controlled", "List of Items Controlled"},
    Field{"related controls", "Related Controls"},
    Field{"related definitions", "Related Definitions"},
    Field{"reporting requirements", "Reporting Requirements"},
    Field{"reason for control", "Reason for Control"},
    Field{"reasons for control", "Reason for Control"},
    Field{"items", "Items"},
};

} // namespace

/// Behind "of", "to", "in", "for": the places meant; without them where we are.
std::vector<Target> PlaceReader::read_owners(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take_any({"of", "to", "in", "for", "from", "on"})) {
    return base();
  }
  if (ahead.take_any({"this", "the"}) && ahead.take_any({"section", "part", "supplement"})) {
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
  return owners.targets;
}

void PlaceReader::add_named(const Targets& owners,
                            const std::vector<std::string>& names,
                            Places& places) {
  if (!m_scene.spend(owners.size() * names.size() + 1)) {
    return;
  }
  Targets below = owners;
  if (below.empty()) {
    below.push_back(Target{Citation::section(m_scene.title, std::string(unknown_section)),
                           TargetExtent::whole});
  }
  for (const auto& owner : below) {
    for (const auto& name : names) {
      places.targets.push_back(Target{with_name(owner.at, name), TargetExtent::whole});
    }
  }
}

/// "the section heading", "the heading for subpart U", "a heading to paragraph (c)".
bool PlaceReader::read_heading(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool section = ahead.is_any({"section", "part", "subpart", "supplement", "appendix"}) &&
                       ahead.is_any({"heading", "headings"}, 1);
  if (section || ahead.is_any({"subject", "paragraph", "table", "chapter", "entry", "eccn"})) {
    ahead.skip();
  }
  if (!ahead.take_any({"heading", "headings"})) {
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
  if (ahead.is_any({"for", "of"}) && is_capitals(ahead.peek(1))) {
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
  if (!ahead.take_word("introductory") ||
      !ahead.take_any({"text", "texts", "paragraph", "sentence"})) {
    return false;
  }
  for (auto& owner : read_owners(ahead)) {
    owner.extent = TargetExtent::introductory_text;
    places.targets.push_back(std::move(owner));
  }
  cursor = ahead;
  return true;
}

/// Terms in quotes, or names without them where nothing is ambiguous.
std::vector<std::string> PlaceReader::read_terms(Cursor& cursor) {
  std::vector<std::string> terms;
  Cursor ahead = cursor;
  ahead.take_word("the");
  ahead.take_any({"term", "terms", "word", "words", "entity", "entities"});
  while (ahead.is(TokenKind::quoted)) {
    terms.emplace_back(trimmed(ahead.peek().text, ",;"));
    ahead.skip();
    if (ahead.done()) {
      drop_full_stop(terms.back());
    }
    ahead.take(TokenKind::parenthetical);
    cursor = ahead;
    while (take_joint(ahead) || ahead.take_any({"the", "for", "a"})) {
    }
  }
  if (!terms.empty()) {
    return terms;
  }
  ahead = cursor;
  const std::size_t begin = ahead.position();
  const std::string name = read_name(ahead);
  if (name.empty() || holds_more_than_a_name(cursor, ahead.position())) {
    return terms;
  }
  // "129-34, 129-42, and Appendix II": short names; a company's name has commas of its own.
  std::size_t member = begin;
  Cursor walk = cursor;
  for (; walk.position() < ahead.position();) {
    Cursor joint = walk;
    if (take_joint(joint) && joint.position() <= ahead.position()) {
      terms.push_back(walk.verbatim(member, walk.position()));
      member = joint.position();
      walk = joint;
    } else {
      walk.skip();
    }
  }
  terms.push_back(walk.verbatim(member, ahead.position()));
  const bool short_names = std::all_of(terms.begin(), terms.end(), [](const std::string& term) {
    return !term.empty() && std::count(term.begin(), term.end(), ' ') < 3 &&
           !term.starts_with("Ltd") && !term.starts_with("Inc") && !term.starts_with("LLC");
  });
  if (terms.size() > 1 && !short_names) {
    fail(cursor, "a list of names without quotes");
  }
  cursor = ahead;
  return terms;
}

/// "the definitions of “X” and “Y”", "entries for “X”", "17 new entries".
bool PlaceReader::read_terms_of(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  while (is_ordinal_word(ahead.peek()) || is_count(ahead.peek()) ||
         ahead.is_any({"new", "revised", "current", "other"})) {
    ahead.skip();
  }
  if (!ahead.is_any({"definition", "definitions", "entry", "entries"}) &&
      ahead.is(TokenKind::word) &&
      ahead.is_any({"definition", "entry", "entries", "entities", "entity"}, 1) &&
      ahead.position() > cursor.position()) {
    ahead.skip(); // "seven Chinese entities"
  }
  const bool definition = ahead.take_any({"definition", "definitions"});
  if (!definition && !ahead.take_any({"entry", "entries"}) &&
      !((ahead.position() > cursor.position() || ahead.is(TokenKind::quoted, 1)) &&
        ahead.take_any({"entities", "entity"}))) {
    return false;
  }
  skip_order(ahead);
  Targets owners = base();
  Cursor of = ahead;
  if (of.take_word("under")) {
    Places under;
    if (!read_under(of, under)) {
      return fail(of, "an entry under nothing");
    }
    owners = under.targets;
    ahead = of;
    ahead.take(TokenKind::comma);
    skip_order(ahead);
  }
  std::vector<std::string> terms;
  of = ahead;
  if (of.is(TokenKind::colon) && of.is(TokenKind::quoted, 1)) {
    of.skip();
  }
  if (of.take_any({"of", "for", "entitled", "titled"}) || of.is(TokenKind::quoted)) {
    terms = read_terms(of);
    if (terms.empty()) {
      return fail(of, "a term");
    }
    ahead = of;
  } else {
    terms.emplace_back(definition ? "definitions" : "entries");
  }
  Cursor in = ahead;
  Targets named;
  if (in.is_any({"in", "to"}) && !in.are_words({"in", "its", "place"}) &&
      !in.are_words({"in", "their", "place"})) {
    named = read_owners(in);
  }
  if (in.position() != ahead.position()) {
    owners = named;
    ahead = in;
  }
  for (auto& owner : owners) {
    owner.at = owner.at.kind() == CitationKind::eccn ? owner.at : paragraph_root(owner.at);
  }
  add_named(owners, terms, places);
  cursor = ahead;
  return true;
}

/// "Table 1 to paragraph (b)", "Notes 1 and 2 to 3A001.b", "the table in paragraph (c)".
bool PlaceReader::read_numbered_child(Cursor& cursor, Places& places) {
  static constexpr std::array nouns = {std::string_view("table"),
                                       std::string_view("figure"),
                                       std::string_view("note"),
                                       std::string_view("footnote"),
                                       std::string_view("example"),
                                       std::string_view("equation"),
                                       std::string_view("formula"),
                                       std::string_view("diagram"),
                                       std::string_view("exhibit")};
  Cursor ahead = cursor;
  std::string prefix;
  if (ahead.is_word("technical") && ahead.is_any({"note", "notes"}, 1)) {
    prefix = "Technical ";
    ahead.skip();
  }
  const std::string& word = ahead.peek().lower;
  const auto* noun = std::find_if(nouns.begin(), nouns.end(), [&](std::string_view one) {
    return word == one ||
           (word.size() == one.size() + 1 && word.starts_with(one) && word.back() == 's');
  });
  if (noun == nouns.end()) {
    return false;
  }
  const std::string name = prefix + capitalised(*noun);
  ahead.skip();
  std::vector<std::string> names;
  std::string previous;
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range = !previous.empty() && member.take_word("through");
    if (!previous.empty() && !range && !take_joint(member)) {
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
  if (ahead.take_any({"entitled", "titled"}) && !ahead.take(TokenKind::quoted)) {
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
    Cursor joint = ahead;
    if (take_joint(joint) && is_ordinal_word(joint.peek())) {
      ahead = joint;
    }
    ahead.take_any({"new", "full"});
  }
  if (!ahead.take_any({"sentence", "sentences"})) {
    return false;
  }
  if (ahead.take_any({"that", "which"}) && ahead.take_any({"follow", "follows", "precede"})) {
    ahead.take_word("the");
    while (is_ordinal_word(ahead.peek()) || is_count(ahead.peek())) {
      ahead.skip();
    }
    ahead.take_any({"sentence", "sentences"});
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
  places.note += (places.note.empty() ? "" : "; ") + note;
  cursor = ahead;
  return true;
}

/// "the authority citation for 15 CFR part 740", "the authority citation at the end of the
/// section", "the source note".
bool PlaceReader::read_authority(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool authority = ahead.take_any({"authority", "authorities"});
  if (!authority && !ahead.is_word("source")) {
    return false;
  }
  if (!authority) {
    ahead.skip();
    if (!ahead.is_any({"note", "notes", "citation", "citations"})) {
      return false;
    }
  }
  ahead.take_any({"citation", "citations", "note", "notes", "statement"});
  Targets owners = base();
  Cursor where = ahead;
  if (where.take_word("at") && where.take_words({"the", "end", "of"})) {
    Cursor section = where;
    if (section.take_any({"the", "this"}) && section.take_any({"section", "part", "subpart"})) {
      ahead = section;
    } else {
      where = ahead;
      where.skip(3);
      owners = read_owners(where);
      ahead = where;
    }
  } else {
    where = ahead;
    where.take_word("immediately");
    if (where.take_any({"preceding", "following", "before", "after"})) {
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
  if (owners.empty() && !m_scene.part.empty()) {
    owners.push_back(Target{Citation::part(m_scene.title, m_scene.part), TargetExtent::whole});
  }
  add_named(owners, {authority ? "authority" : "source"}, places);
  cursor = ahead;
  return true;
}

/// Text without a designator: "the parenthetical text at the end of the section", "the
/// undesignated paragraphs following paragraphs (a)(3) and (b)(3)".
bool PlaceReader::read_text_at(Cursor& cursor, std::size_t start, Places& places) {
  Cursor ahead = cursor;
  const bool parenthetical = ahead.take_any({"parenthetical", "parentheticals"});
  const bool undesignated =
      !parenthetical && ahead.take_any({"undesignated", "flush", "concluding", "closing"});
  if (!parenthetical && !undesignated) {
    return false;
  }
  if (!ahead.take_any(
          {"text", "texts", "phrase", "paragraph", "paragraphs", "language", "statement"}) &&
      undesignated) {
    return false;
  }
  Targets owners = base();
  Cursor where = ahead;
  where.take_word("immediately");
  if (where.take_any({"following", "after"})) {
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
    if (where.take_words({"at", "the", "end"})) {
      ahead = where;
      Cursor of = ahead;
      if (of.take_word("of") && (of.take_word("the") || true) && of.take_word("section")) {
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
  places.note += (places.note.empty() ? "" : "; ") + ahead.verbatim_since(start);
  cursor = ahead;
  return true;
}

/// Parts of an entry of the CCL, and captions in quotes in front of what they are: "the License
/// Requirements section of ECCN 3B001", "the “Items” paragraph".
bool PlaceReader::read_field(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::string name;
  if (ahead.is(TokenKind::quoted)) {
    const std::string quoted(trimmed(ahead.peek().text));
    ahead.skip();
    if (!ahead.is_any({"paragraph",
                       "section",
                       "column",
                       "row",
                       "caption",
                       "subheading",
                       "box",
                       "heading",
                       "table",
                       "entry",
                       "note"})) {
      return false;
    }
    name = quoted;
    for (const auto& field : fields) {
      name = lowered(quoted) == field.words ? std::string(field.name) : name;
    }
  } else {
    for (const auto& field : fields) {
      std::string words;
      Cursor walk = ahead;
      while (walk.is(TokenKind::word) && words.size() < field.words.size()) {
        words += (words.empty() ? "" : " ") + walk.peek().lower;
        walk.skip();
      }
      if (words == field.words) {
        name = field.name;
        ahead = walk;
        break;
      }
    }
    if (name.empty()) {
      return false;
    }
  }
  while (ahead.take_any({"section",
                         "paragraph",
                         "table",
                         "sections",
                         "paragraphs",
                         "column",
                         "row",
                         "caption",
                         "subheading",
                         "box",
                         "entry",
                         "note"})) {
  }
  Targets owners = read_owners(ahead);
  if (owners.empty()) {
    return fail(cursor, "part of an unknown entry");
  }
  add_named(owners, {name}, places);
  cursor = ahead;
  return true;
}

/// "Model Forms A-30(a) through A-30(d)", "Title A-30", "General Order No. 4", "the Description in
/// H-24(G)"; "Category 3" only says where an entry stands.
bool PlaceReader::read_form(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::string name;
  if (ahead.take_word("category") && ahead.take(TokenKind::code)) {
    Cursor half = ahead; // of Category 5
    half.take(TokenKind::comma);
    half.take(TokenKind::dash);
    if (half.take_word("part") && half.take(TokenKind::code)) {
      ahead = half;
    }
    if (ahead.take(TokenKind::dash)) {
      static_cast<void>(read_name(ahead));
    }
    cursor = ahead;
    return true;
  }
  if (ahead.is_word("description") && ahead.is_word("in", 1) && ahead.is(TokenKind::code, 2)) {
    ahead.skip(2);
    Targets owners = base();
    for (auto& owner : owners) {
      owner.at = with_name(owner.at, with_steps(ahead.peek()));
    }
    ahead.skip();
    add_named(owners, {"Description"}, places);
    cursor = ahead;
    return true;
  }
  if (ahead.is_any({"model", "sample"}) &&
      ahead.is_any({"form", "forms", "clause", "clauses"}, 1)) {
    name = capitalised(ahead.peek().lower) + " " +
           (ahead.is_any({"form", "forms"}, 1) ? "Form" : "Clause");
    ahead.skip(2);
  } else if (ahead.is_word("general") && ahead.is_any({"order", "orders"}, 1)) {
    name = "General Order No.";
    ahead.skip(2);
    ahead.take_any({"no", "nos"});
    ahead.take(TokenKind::full_stop);
  } else if (ahead.is_word("country") && ahead.is_any({"group", "groups"}, 1)) {
    return read_country_groups(cursor, places);
  } else if (ahead.take_any({"title", "titles"})) {
    name = "Title";
  } else if (ahead.take_any({"form", "forms"})) {
    name = "Form";
  } else if (ahead.take_words({"amendatory", "instruction"}) ||
             ahead.take_words({"amendatory", "instructions"})) {
    name = "amendatory instruction";
  } else {
    return false;
  }
  std::vector<std::string> names;
  const Token* previous = nullptr;
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range = previous != nullptr && member.take_word("through");
    if (previous != nullptr && !range && !take_joint(member)) {
      break;
    }
    member.take_any({"form", "forms"});
    if (!member.is(TokenKind::code)) {
      break;
    }
    const Token& code = member.peek();
    if (range && !code.steps.empty() && code.text == previous->text) {
      const auto paths = path_range(previous->steps, code.steps);
      for (auto one = paths ? paths->begin() + 1 : std::vector<Path>::const_iterator();
           paths && one != paths->end();
           ++one) {
        names.push_back(name + " " + std::string(code.text) + one->back());
      }
    } else if (range) {
      const auto codes = code_range(previous->text, code.text);
      for (std::size_t i = 1; codes && i < codes->size(); ++i) {
        names.push_back(name + " " + (*codes)[i]);
      }
    } else {
      names.push_back(name + " " + with_steps(code));
    }
    previous = &code;
    member.skip();
    ahead = member;
  }
  if (names.empty()) {
    return false;
  }
  Targets owners = base();
  if (owners.empty() && !m_scene.part.empty()) {
    owners.push_back(Target{Citation::part(m_scene.title, m_scene.part), TargetExtent::whole});
  }
  add_named(owners, names, places);
  cursor = ahead;
  return true;
}

/// "Country Group D:5", "Country Groups A and B".
bool PlaceReader::read_country_groups(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  ahead.skip(2);
  std::vector<std::string> names;
  while (!ahead.done()) {
    Cursor member = ahead;
    if (!names.empty() && !take_joint(member)) {
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

/// "the following new airworthiness directive".
bool PlaceReader::read_following(Cursor& cursor, std::size_t start, Places& places) {
  if (cursor.position() == start ||
      cursor.verbatim_since(start).find("following") == std::string::npos) {
    return false;
  }
  Cursor ahead = cursor;
  const std::string name = read_name(ahead);
  const Targets owners = base();
  if (name.empty() || owners.empty()) {
    return false;
  }
  add_named(owners, {name}, places);
  cursor = ahead;
  return true;
}

} // namespace regtrail::ear::instruction_detail
