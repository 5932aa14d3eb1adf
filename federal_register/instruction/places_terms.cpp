#include "federal_register/instruction/places.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <optional>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// "in alphabetical order" between a noun and its "of".
void skip_order(Cursor& cursor) {
  Cursor ahead = cursor;
  ahead.take(TokenKind::comma);
  if (ahead.take("alphabetically|numerically") ||
      (ahead.take("in") && ahead.take_optional("proper") &&
       ahead.take(
           "alphabetical|alphabetic|numerical|numeric|alphanumeric|alphanumerical|chronological") &&
       ahead.take("order|sequence"))) {
    ahead.take(TokenKind::comma);
    cursor = ahead;
  }
}

/// The full stop of the sentence that American print puts inside the quotes: of “Muster GmbH.”,
/// not of “Example Co., Ltd.”.
void drop_full_stop(std::string& name) {
  constexpr std::string_view abbreviations = "Co|Ltd|Inc|Pte|Corp|Bhd|Pty|Pvt|Jr|Est|Sr|Bros";
  if (!name.ends_with('.')) {
    return;
  }
  std::string_view word(name);
  word.remove_suffix(1);
  const std::size_t blank = word.rfind(' ');
  word = blank == std::string_view::npos ? word : word.substr(blank + 1);
  if (word.find('.') == std::string_view::npos && !is_one_of(word, abbreviations)) {
    name.pop_back();
  }
}

/// "Muster GmbH, a.k.a., the following alias: MG": the name without what else it is called.
void drop_aliases(std::string& name) {
  const std::size_t marker = lowered(name).find("a.k.a.");
  if (marker != std::string::npos && marker > 1) {
    name = trimmed(name.substr(0, marker), " ,;(");
  }
}

/// "CHINA", "PEOPLE'S REPUBLIC OF" is one country.
void join_inverted(std::vector<std::string>& names) {
  for (std::size_t i = 1; i < names.size();) {
    if (lowered(names[i]).ends_with(" of")) {
      names[i - 1] += ", " + names[i];
      names.erase(names.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

/// "row for Chile", "row “Chile”", not "row of the table".
bool row_is_named(const Cursor& row) {
  const std::size_t name = row.is("for|of", 1) ? 2 : 1;
  return row.is(TokenKind::quoted, name) ||
         (name == 2 && row.is(TokenKind::word, name) && is_upper(row.peek(name).text[0]));
}

} // namespace

/// Terms in quotes, or names without them where nothing is ambiguous.
std::vector<std::string> PlaceReader::read_terms(Cursor& cursor, Number number) {
  std::vector<std::string> terms;
  Cursor ahead = cursor;
  ahead.take("the");
  ahead.take("term|terms|word|words|entity|entities|country|countries");
  ahead.take("hts-6 code|hts-6 codes|hts code|hts codes");
  while (ahead.is(TokenKind::quoted)) {
    terms.emplace_back(trimmed(ahead.peek().text, ",;"));
    ahead.skip();
    if (ahead.done()) {
      drop_full_stop(terms.back());
    }
    ahead.take(TokenKind::parenthetical);
    if (!party_list().empty()) {
      drop_aliases(terms.back());
      skip_address(ahead);
    }
    cursor = ahead;
    while (take_separator(ahead) || ahead.take("the|for|a")) {
    }
  }
  if (!terms.empty()) {
    return terms;
  }
  if (!base().empty() && lists_countries(base().front().at.unit())) {
    terms = read_countries(cursor, CountryForm::as_written);
    if (!terms.empty()) {
      return terms;
    }
  }
  cursor = ahead;
  const std::size_t begin = ahead.position();
  const std::string name = read_name(ahead);
  if (name.empty() || holds_more_than_a_name(cursor, ahead.position())) {
    return terms;
  }
  // "129-34, 129-42, and Appendix II": short names; a company's name has commas of its own.
  std::size_t member = begin;
  Cursor walk = cursor;
  for (; walk.position() < ahead.position();) {
    Cursor separator = walk;
    if (take_separator(separator) && separator.position() <= ahead.position()) {
      terms.push_back(walk.verbatim(member, walk.position()));
      member = separator.position();
      walk = separator;
    } else {
      walk.skip();
    }
  }
  terms.push_back(walk.verbatim(member, ahead.position()));
  if (terms.front().starts_with("Sections ")) {
    terms.front().erase(0, std::string_view("Sections ").size());
    for (auto& term : terms) {
      term.insert(0, "Section ");
    }
  }
  join_inverted(terms);
  if (terms.size() > 1 && number == Number::singular) {
    terms = {name};
  }
  const bool short_names = std::all_of(terms.begin(), terms.end(), [&](const std::string& term) {
    return !term.empty() && std::count(term.begin(), term.end(), ' ') < 3 &&
           !term.starts_with("Ltd") && !term.starts_with("Inc") && !term.starts_with("LLC");
  });
  if (terms.size() > 1 && !short_names) {
    fail(cursor, "a list of names without quotes");
  }
  cursor = ahead;
  return terms;
}

/// "the definitions of “X” and “Y”", "entries for “X”", "17 new entries", "the second entry for
/// “X”".
bool PlaceReader::read_terms_of(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::optional<int> count;
  int occurrence = 0;
  while (is_ordinal_word(ahead.peek()) || count_of(ahead.peek()) ||
         ahead.is("new|revised|current|other")) {
    count = count_of(ahead.peek()) ? count_of(ahead.peek()) : count;
    occurrence = ordinal_of(ahead.peek()) != 0 ? ordinal_of(ahead.peek()) : occurrence;
    ahead.skip();
  }
  ahead.take("commerce country chart|country chart");
  for (std::size_t words = 1; words <= 3 && ahead.position() > cursor.position(); ++words) {
    // "seven Chinese entities", "one Hong Kong entity"
    if (ahead.is("definition|definitions|entry|entries") || !ahead.is(TokenKind::word, words - 1)) {
      break;
    }
    if (ahead.is("definition|entry|entries|entities|entity", words)) {
      ahead.skip(words);
      break;
    }
  }
  const bool plural = ahead.is("definitions|entries|entities|rows");
  const bool definition = ahead.take("definition|definitions");
  if (!definition && !ahead.take("entry|entries") &&
      !(row_is_named(ahead) && ahead.take("row|rows")) &&
      !((ahead.position() > cursor.position() || ahead.is(TokenKind::quoted, 1)) &&
        ahead.take("entities|entity"))) {
    return false;
  }
  const Citation list = party_list();
  const std::size_t noun = ahead.position();
  skip_order(ahead);
  Targets owners = base();
  if (!places.country.empty()) {
    owners = {Target{places.country}}; // "a heading for BURMA and entries for “X”"
  }
  Cursor of = ahead;
  if (of.take("under")) {
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
  if ((of.is(TokenKind::colon) || of.is(TokenKind::comma)) && of.is(TokenKind::quoted, 1)) {
    of.skip();
  }
  Cursor eccns = of;
  if (!definition && eccns.take("for") && read_eccns(eccns, places)) {
    cursor = eccns;
    return true;
  }
  if (of.take("of|for|entitled|titled") || of.is(TokenKind::quoted)) {
    Cursor country = of;
    const bool quoted = of.is(TokenKind::quoted) || of.is(TokenKind::quoted, 1);
    terms = list.empty() || quoted ? read_terms(of, plural ? Number::plural : Number::singular)
                                   : read_countries(country);
    if (terms.empty()) {
      return fail(of, "a term");
    }
    if (count && static_cast<std::size_t>(*count) != terms.size()) {
      return fail(cursor, "a count that does not agree");
    }
    ahead = list.empty() || quoted ? of : country;
  } else {
    terms.emplace_back(definition ? "definitions" : "entries");
    if (!list.empty() && count) {
      add_note(places.note, ahead.verbatim(cursor.position(), noun));
    }
  }
  Cursor in = ahead;
  Targets named;
  if (!list.empty() && in.take("under|from under")) {
    Places under;
    if (!read_under_country(in, under)) {
      return false;
    }
    owners = under.targets;
    m_owner = owners;
    ahead = in;
  }
  // "in the entry for “X” in the License Review Policy column" goes deeper.
  Cursor behind = in;
  behind.skip();
  behind.take("the");
  const bool deeper =
      !owners.empty() &&
      (is_party_list(owners.front().at.unit()) || has_columns(owners.front().at.unit())) &&
      !behind.is("supplement|supp|table|country group");
  if (in.position() == ahead.position() && in.is("in|to") && !deeper &&
      !in.is("in its place|in their place")) {
    named = read_owners(in);
    if (in.position() != ahead.position()) {
      owners = named;
      ahead = in;
    }
  }
  for (auto& owner : owners) {
    const bool heading = !owner.at.steps().empty() && owner.at.steps().back().name == "heading";
    owner.at = heading ? owner.at.parent() : owner.at;
  }
  const std::size_t from = places.targets.size();
  add_named(owners, terms, places);
  for (std::size_t i = from; i < places.targets.size(); ++i) {
    places.targets[i].at = with_occurrence(places.targets[i].at, occurrence);
  }
  cursor = ahead;
  return true;
}

/// "Model Forms A-30(a) through A-30(d)", "Title A-30", "General Order No. 4", "the Description in
/// H-24(G)".
bool PlaceReader::read_form(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::string name;
  if (ahead.is("description") && ahead.is("in", 1) && ahead.is(TokenKind::code, 2)) {
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
  if (ahead.is("model|sample") && ahead.is("form|forms|clause|clauses", 1)) {
    name = capitalised(ahead.peek().lower) + " " + (ahead.is("form|forms", 1) ? "Form" : "Clause");
    ahead.skip(2);
  } else if (ahead.is("general") && ahead.is("order|orders", 1)) {
    name = "General Order No.";
    ahead.skip(2);
    ahead.take("no|nos");
    ahead.take(TokenKind::full_stop);
  } else if (ahead.take("title|titles")) {
    name = "Title";
  } else if (ahead.take("form|forms")) {
    name = "Form";
  } else {
    return false;
  }
  std::vector<std::string> names;
  const Token* previous = nullptr;
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range = previous != nullptr && member.take("through");
    if (previous != nullptr && !range && !take_separator(member)) {
      break;
    }
    member.take("form|forms");
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
  if (owners.empty() && !m_context.part.empty()) {
    owners.push_back(Target{Citation::part(m_context.title, m_context.part)});
  }
  add_named(owners, names, places);
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

} // namespace regtrail::federal_register::instruction_detail
