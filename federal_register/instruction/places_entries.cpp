// Parts of entries of the Commerce Control List, and the categories in which entries stand.
#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace regtrail::federal_register::instruction_detail {

namespace {

struct Field {
  std::string_view words; ///< lower case
  std::string_view name;  ///< as the step is called
};

constexpr std::array fields = {
    Field{"license requirements", "License Requirements"},
    Field{"license requirement", "License Requirements"},
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

/// Columns of the lists of parties.
constexpr std::array columns = {
    Field{"license requirement", "License requirement"},
    Field{"license review policy", "License review policy"},
    Field{"federal register citation", "Federal Register citation"},
};

constexpr std::string_view page_parts =
    "section|paragraph|table|sections|paragraphs|column|row|caption|subheading|box|entry|note";

/// The one of `table` whose words stand at the cursor, the longest; takes them.
template<std::size_t size>
std::string take_field(Cursor& cursor, const std::array<Field, size>& table) {
  std::string_view name;
  Cursor end = cursor;
  for (const auto& field : table) {
    Cursor walk = cursor;
    if (walk.take(field.words) && walk.position() > end.position()) {
      name = field.name;
      end = walk;
    }
  }
  cursor = end;
  return std::string(name);
}

template<std::size_t size>
std::string field_called(std::string_view quoted, const std::array<Field, size>& table) {
  const std::string words = lowered(trimmed(quoted, " ,;:"));
  for (const auto& field : table) {
    if (words == field.words) {
      return std::string(field.name);
    }
  }
  return {};
}

constexpr std::string_view reasons = "AT|CB|CC|CW|EI|FC|MT|NP|NS|RS|SS|UN|SI|SL";
constexpr std::string_view exceptions =
    "LVS|GBS|CIV|TSR|APP|IEC|AIA|ACM|LPP|HBM|STA|NAC/ACA|NAC|ACA";

/// A word of the title of a category: "Materials", "and" in front of one.
bool is_title_word(const Cursor& cursor) {
  const Token& token = cursor.peek();
  if (token.kind == TokenKind::quoted || token.kind == TokenKind::bracketed ||
      token.kind == TokenKind::parenthetical) {
    return true;
  }
  if (token.kind != TokenKind::word || cursor.is("eccn|eccns|export control|product group|note|"
                                                 "notes|supplement|section|part|the|in")) {
    return false;
  }
  return is_upper(token.text[0]) ? !verb_of(token) : false;
}

/// "—Special Materials and Related Equipment, Chemicals, “Microorganisms,” and “Toxins,”".
void skip_title(Cursor& cursor) {
  Cursor ahead = cursor;
  if (!ahead.take(TokenKind::dash) || !is_title_word(ahead)) {
    return;
  }
  while (is_title_word(ahead)) {
    ahead.skip();
    cursor = ahead;
    ahead.take(TokenKind::comma);
    ahead.take("and|of|for");
  }
}

} // namespace

/// Lines and sections of an entry stand directly below it, whatever section they are printed in.
void PlaceReader::add_to_entry(const Targets& owners,
                               const std::vector<std::string>& names,
                               Places& places) {
  Targets entries = owners;
  for (auto& owner : entries) {
    if (owner.at.kind() == CitationKind::eccn) {
      owner.at = Citation::eccn(owner.at.name());
    }
  }
  add_named(entries, names, places);
}

/// Parts of an entry, and captions in quotes in front of what they are: "the License Requirements
/// section of ECCN 3B001", "the “Items” paragraph", "Items paragraphs a and b.1", "Related Controls
/// paragraph (2)", "the License Review Policy column".
bool PlaceReader::read_field(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  std::vector<std::string> names;
  const bool parties = !party_list().empty();
  if (ahead.is(TokenKind::quoted)) {
    Cursor member = ahead;
    while (member.is(TokenKind::quoted)) {
      const std::string_view quoted = trimmed(member.peek().text, " ,;");
      const std::string known =
          parties ? field_called(quoted, columns) : field_called(quoted, fields);
      names.push_back(known.empty() ? std::string(quoted) : known);
      member.skip();
      ahead = member;
      take_separator(member);
    }
    if (!ahead.is_page_part() && !ahead.is("paragraphs|sections|columns")) {
      return false;
    }
  } else {
    const std::string name = parties ? take_field(ahead, columns) : take_field(ahead, fields);
    if (name.empty() || (!base().empty() && has_columns(base().front().at.unit())) ||
        (parties &&
         !ahead.is("column|columns|for the entry|for the entries|of the entry|in the entry"))) {
      return false;
    }
    names.push_back(name);
  }
  bool paragraphs = false;
  while (ahead.is(page_parts) || ahead.is("columns")) {
    paragraphs = ahead.is("paragraph|paragraphs");
    ahead.skip();
  }
  const bool path = ahead.is(TokenKind::designators);
  if (paragraphs && names.size() == 1 && (path || is_item(ahead.peek()))) {
    // "Items paragraph b.1", "Related Controls paragraph (2)".
    const auto outer = m_context.base;
    const auto last = std::exchange(m_context.last_path, {});
    if (path) {
      Places field;
      add_to_entry(base(), names, field);
      m_context.base = field.targets;
    }
    const std::size_t from = places.targets.size();
    const bool found = path ? read_designated(ahead, places) : read_items(ahead, places);
    m_context.base = outer;
    m_context.last_path = last;
    if (found) {
      read_owner(ahead, places, from);
      cursor = ahead;
    }
    return found;
  }
  const std::size_t here = ahead.position();
  if (parties && ahead.is("for|of") && ahead.is(TokenKind::quoted, 1)) {
    // "the License Requirement column for “X”"
    ahead.skip();
    Places entries;
    add_named(base(), read_terms(ahead, Number::plural), entries);
    add_named(entries.targets, names, places);
    cursor = ahead;
    return true;
  }
  Targets owners = read_owners(ahead);
  owners = ahead.position() == here ? entries_or_base() : owners;
  if (owners.empty()) {
    return fail(cursor, "part of an unknown entry");
  }
  add_to_entry(owners, names, places);
  cursor = ahead;
  return true;
}

/// Lines by their first word: "the NS and RS entries in the License Requirements table", "the GBS
/// paragraph", "the License Exception CIV paragraph".
bool PlaceReader::read_entry_lines(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool named = ahead.take("license exception|license exceptions");
  std::vector<std::string> names;
  Cursor member = ahead;
  while (member.is(TokenKind::word)) {
    std::string name(member.peek().text);
    if (name == "NAC" && member.peek(1).text == "/" && member.peek(2).text == "ACA") {
      name = "NAC/ACA";
      member.skip(2);
    }
    if (!is_one_of(name, reasons) && !is_one_of(name, exceptions)) {
      break;
    }
    names.push_back(std::move(name));
    member.skip();
    ahead = member;
    take_separator(member);
  }
  const bool noun = ahead.take("paragraph|paragraphs|entry|entries|row|rows|line|lines|section|"
                               "sections|eligibility paragraph|eligibility paragraphs");
  if (names.empty() || (!noun && !named)) {
    return false;
  }
  const Targets owners = read_owners(ahead);
  if (owners.empty() || owners.front().at.kind() != CitationKind::eccn) {
    return false;
  }
  for (const auto& name : names) {
    if (is_one_of(name, reasons)) {
      Places table;
      add_to_entry(owners, {"License Requirements"}, table);
      add_named(table.targets, {name}, places);
    } else {
      add_to_entry(owners, {name}, places);
    }
  }
  cursor = ahead;
  return true;
}

/// "Category 5, Part 2—“Information Security,”" says where entries of the CCL stand, and is a place
/// behind "of" and for notes; "Category IX" of the U.S. Munitions List is a place of its own, to
/// which the paragraphs named behind it belong.
bool PlaceReader::read_category(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (ahead.take("u.s") && ahead.take(TokenKind::full_stop)) {
    ahead.take("munitions list");
  }
  ahead.take("usml|munitions list");
  if (!ahead.take("category|categories")) {
    return false;
  }
  const Token& number = ahead.peek();
  std::string name = "Category " + std::string(number.text);
  const bool munitions =
      number.kind == TokenKind::word && value_in(Alphabet::upper_roman, number.text).has_value();
  if (!munitions && (number.kind != TokenKind::code || number.text.size() != 1)) {
    return false;
  }
  ahead.skip();
  const Cursor behind_number = ahead;
  skip_title(ahead);
  if (munitions) {
    const Targets units = ahead.is("of|in") ? read_owners(ahead) : base();
    if (units.empty() || units.front().at.kind() != CitationKind::section) {
      return false;
    }
    const Citation category = with_name(units.front().at.unit(), name);
    m_context.base = {Target{category}};
    m_context.last_path.clear();
    if (behind_number.is(TokenKind::designators)) {
      cursor = behind_number;
      return read_designated(cursor, places);
    }
    if (ahead.is("paragraph|paragraphs")) {
      cursor = ahead;
      return read_paragraphs(cursor, places);
    }
    places.add(category);
    // "Categories IV and XV"
    for (Cursor more = ahead; take_separator(more) && more.is(TokenKind::word) &&
                              value_in(Alphabet::upper_roman, more.peek().text) &&
                              !(more.is(TokenKind::full_stop, 1) && more.is(TokenKind::word, 2));) {
      places.add(with_name(units.front().at.unit(), "Category " + std::string(more.peek().text)));
      more.skip();
      ahead = more;
    }
    cursor = ahead;
    return true;
  }
  Cursor half = ahead; // of Category 5
  half.take(TokenKind::comma);
  half.take(TokenKind::dash);
  if (half.take("part") && half.is(TokenKind::code)) {
    name += " Part " + std::string(half.peek().text);
    half.skip();
    skip_title(half);
    ahead = half;
  }
  Cursor group = ahead;
  group.take(TokenKind::comma);
  if (group.take("product group") && group.is(TokenKind::word)) {
    group.skip();
    ahead = group;
    // "A. “End Items,” “Equipment,” ..."
    group.take(TokenKind::comma);
    group.take(TokenKind::dash);
    while (group.take(TokenKind::quoted) || group.take("and")) {
      ahead = group;
    }
  }
  const Citation list = Citation::appendix("15", "Supplement No. 1 to Part 774");
  Cursor of = ahead;
  Places named;
  const bool commerce =
      of.take("of|in") && (of.take("the commerce control list|the ccl") ||
                           (read_supplement(of, named) && named.targets.front().at == list));
  ahead = commerce ? of : ahead;
  const Targets roots = base();
  if (commerce || (!roots.empty() && roots.front().at.unit() == list)) {
    const Citation category = with_name(list, name);
    if (m_owned > 0) {
      places.add(category);
    } else if (roots.empty() || roots.front().at.kind() != CitationKind::eccn) {
      m_context.base = {Target{category}};
    }
  }
  cursor = ahead;
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
