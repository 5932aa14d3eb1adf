#include "federal_register/instruction/places.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

/// "744.23", "478.25a", "165.T11-157": a part, a dot, a number.
bool is_section_number(std::string_view code) {
  const std::size_t dot = code.find('.');
  return dot != std::string_view::npos && dot > 0 && dot <= 5 && dot + 1 < code.size() &&
         std::all_of(code.begin(), code.begin() + static_cast<std::ptrdiff_t>(dot), is_digit) &&
         code.find('.', dot + 1) == std::string_view::npos;
}

bool is_part_number(const Token& token) {
  return token.kind == TokenKind::code && token.steps.empty() && token.lower.size() <= 4 &&
         is_digit(token.lower[0]) && token.lower.find('.') == std::string::npos;
}

/// "3A001.b.1" cut into its entry and its items; empty when it is no ECCN.
std::optional<Citation> eccn_of(const Token& token) {
  const std::string_view text = token.text;
  if (token.kind != TokenKind::code || !has_eccn_at(text, 0)) {
    return std::nullopt;
  }
  Citation citation = Citation::eccn(std::string(text.substr(0, 5)));
  std::size_t pos = 5;
  const std::string path = read_path(text, pos, LeadingDot::required);
  if (pos < text.size() && !token.steps.empty()) {
    return std::nullopt;
  }
  if (pos != text.size() && token.steps.empty() && text.substr(pos) != ".") {
    return std::nullopt;
  }
  for (const std::string_view item : split(path, '.')) {
    citation = citation.child(Step{Step::Kind::item, std::string(item), 1});
  }
  return citation;
}

/// "A", "N", "3", "I", "A-1": what names a supplement, an appendix or a subpart.
std::string unit_name(const Token& token) {
  const bool letter = token.kind == TokenKind::word && token.text.size() <= 5 &&
                      std::all_of(token.text.begin(), token.text.end(), is_upper);
  const bool number =
      token.kind == TokenKind::code && token.steps.empty() && token.text.size() <= 6;
  return letter || number ? std::string(token.text) : std::string();
}

/// So that a wrong attribute later does not win over the words here.
void record_title_of_part(Context& context, const std::string& part) {
  constexpr std::size_t most = 64;
  const auto known = std::find_if(context.named.begin(), context.named.end(), [&](const auto& one) {
    return one.part == part;
  });
  if (known != context.named.end()) {
    known->title = context.title;
  } else if (context.named.size() < most && !context.title.empty()) {
    context.named.push_back(CfrPart{context.title, part});
  }
}

/// "N, O, and P", "A through C".
std::vector<std::string> read_unit_names(Cursor& cursor) {
  std::vector<std::string> names;
  while (!cursor.done()) {
    Cursor ahead = cursor;
    if (!names.empty() && ahead.take("through|to")) {
      const std::string last = unit_name(ahead.peek());
      const auto range = last.empty() ? std::nullopt : code_range(names.back(), last);
      if (!range) {
        break;
      }
      names.insert(names.end(), range->begin() + 1, range->end());
      ahead.skip();
      cursor = ahead;
      continue;
    }
    if (!names.empty() && !take_separator(ahead)) {
      break;
    }
    const std::string name = unit_name(ahead.peek());
    if (name.empty()) {
      break;
    }
    names.push_back(name);
    ahead.skip();
    cursor = ahead;
  }
  return names;
}

} // namespace

std::string PlaceReader::title_of(std::string_view part) const {
  const auto named = std::find_if(m_context.named.begin(),
                                  m_context.named.end(),
                                  [&](const CfrPart& known) { return known.part == part; });
  return named != m_context.named.end() ? named->title : m_context.title;
}

Citation PlaceReader::section(const std::string& number) const {
  return Citation::section(title_of(number.substr(0, number.find('.'))), normalise(number));
}

/// "§§ 744.11(a), (b) and 744.23", "Section 52.370", "§§ 323.1 through 323.7".
bool PlaceReader::read_sections(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool sign = ahead.take(TokenKind::section_sign);
  if (!sign && !ahead.take("section|sections")) {
    if (!(ahead.is(TokenKind::code) && is_section_number(ahead.peek().lower) &&
          ahead.peek().lower.starts_with(m_context.part + ".") && ahead.peek().suffix.empty())) {
      return false;
    }
  }
  // "this section": the base.
  if (!ahead.is(TokenKind::code) || !is_section_number(ahead.peek().lower)) {
    return false;
  }
  // In official interpretations sections are headings: "Section 1026.31—General Rules".
  if (!sign && !m_context.base.empty() && is_commentary(m_context.base.front().at)) {
    return false;
  }
  std::string number;
  m_context.part = ahead.peek().lower.substr(0, ahead.peek().lower.find('.'));
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool through = !number.empty() && member.take("through|to");
    if (!number.empty() && !through && !take_separator(member)) {
      break;
    }
    member.take(TokenKind::section_sign);
    if (!number.empty()) {
      member.take("section|sections");
    }
    const Token& code = member.peek();
    if (code.kind != TokenKind::code || !is_section_number(code.lower)) {
      break;
    }
    if (through) {
      const auto range = code_range(number, code.text);
      if (!range || !code.steps.empty() || !m_context.within_limit(range->size())) {
        return fail(ahead, "range of sections");
      }
      for (auto one = range->begin() + 1; one != range->end(); ++one) {
        places.add(section(*one));
      }
    } else {
      const Citation at = with_path(section(std::string(code.text)), code.steps);
      places.add(at);
    }
    number = std::string(code.text);
    m_context.last_path = code.steps;
    member.skip();
    ahead = member;
    // "§ 744.23 (a)" and "§ 1026.52(b)(1)(ii)(A) and (B)".
    if (!m_context.last_path.empty() || ahead.is(TokenKind::designators)) {
      const auto outer = std::move(m_context.base);
      m_context.base = {Target{paragraph_root(places.targets.back().at)}};
      Cursor more = ahead;
      if ((ahead.is(TokenKind::designators) && m_context.last_path.empty()) ||
          (take_separator(more) && more.is(TokenKind::designators))) {
        if (m_context.last_path.empty()) {
          places.targets.pop_back();
          more = ahead;
        }
        if (read_designated(more, places)) {
          ahead = more;
        }
      } else {
        read_extent(ahead, places, places.targets.size() - 1);
      }
      m_context.base = outer;
    }
  }
  cursor = ahead;
  return true;
}

/// "27 CFR", "title 15 of the Code of Federal Regulations,": what follows is of that title.
bool PlaceReader::read_cfr_title(Cursor& cursor) {
  Cursor ahead = cursor;
  std::string title;
  if (ahead.is(TokenKind::code) && ahead.is("cfr", 1)) {
    title = ahead.peek().lower;
    ahead.skip(2);
  } else if (ahead.take("title") && ahead.is(TokenKind::code)) {
    title = ahead.peek().lower;
    ahead.skip();
    ahead.take(TokenKind::comma);
    if (ahead.take("of|in")) {
      ahead.take("the");
    }
    if (!ahead.take("code of federal regulations|cfr")) {
      return false;
    }
    Cursor more = ahead;
    if (more.take(TokenKind::comma) && more.is("part|parts|chapter|section")) {
      ahead = more;
    }
  } else {
    return false;
  }
  if (title.size() > 2 || !std::all_of(title.begin(), title.end(), is_digit)) {
    return false;
  }
  m_context.title = title;
  cursor = ahead;
  return true;
}

/// "part 744", "parts 447, 478, and 555".
bool PlaceReader::read_parts(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (!ahead.take("part|parts") || !is_part_number(ahead.peek())) {
    return false;
  }
  bool first = true;
  while (!ahead.done()) {
    Cursor member = ahead;
    if (!first && !take_separator(member)) {
      break;
    }
    if (!is_part_number(member.peek())) {
      break;
    }
    const std::string part(member.peek().text);
    member.skip();
    ahead = member;
    places.add(Citation::part(m_context.title, part));
    record_title_of_part(m_context, part);
    if (first) {
      m_context.part = part;
    }
    first = false;
  }
  Cursor tail = ahead;
  if (tail.take(TokenKind::comma)) {
    Places below;
    const std::size_t last = places.targets.size() - 1;
    if (tail.is("subpart") && read_subdivision(tail, below)) {
      places.targets.resize(last);
      places.targets.insert(places.targets.end(), below.targets.begin(), below.targets.end());
      ahead = tail;
    } else if (tail.take("consisting of|comprising") && read_sections(tail, below)) {
      ahead = tail; // all of the part
    }
  }
  cursor = ahead;
  return true;
}

/// "to part 744", "of 15 CFR part 744" behind a supplement, an appendix, a subpart.
bool PlaceReader::read_part_tail(Cursor& cursor, std::string& part) {
  Cursor ahead = cursor;
  if (!ahead.take("to|of|in")) {
    return false;
  }
  read_cfr_title(ahead);
  if (ahead.take("this part")) {
    cursor = ahead;
    return true;
  }
  if (!ahead.take("part") || !is_part_number(ahead.peek())) {
    return false;
  }
  part = std::string(ahead.peek().text);
  m_context.part = part;
  ahead.skip();
  cursor = ahead;
  return true;
}

void PlaceReader::add_units(const std::vector<std::string>& names,
                            std::string_view kind,
                            Places& places) {
  const Citation part = Citation::part(m_context.title, m_context.part);
  for (const auto& name : names) {
    places.add(with_name(part, std::string(kind) + " " + name));
  }
}

/// "subpart C [of part 22], consisting of §§ 22.200 through 22.325", "chapter III".
bool PlaceReader::read_subdivision(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool subpart = ahead.take("subpart|subparts");
  const bool chapter = !subpart && ahead.take("chapter|chapters");
  if (!subpart && !chapter && !ahead.take("subchapter|subchapters")) {
    return false;
  }
  const auto names = read_unit_names(ahead);
  if (names.empty()) {
    return false;
  }
  std::string part = m_context.part;
  read_part_tail(ahead, part);
  Cursor tail = ahead;
  tail.take(TokenKind::comma);
  if (tail.take("of|in") || tail.is("title")) {
    if (read_cfr_title(tail)) {
      ahead = tail;
    }
  }
  if (m_context.part.empty()) {
    return fail(cursor, "a subdivision of an unknown part");
  }
  add_units(names, subpart ? "subpart" : chapter ? "chapter" : "subchapter", places);
  tail = ahead;
  tail.take(TokenKind::comma);
  if (tail.take("consisting of|comprising")) {
    if (!read_sections(tail, places)) {
      return fail(tail, "range of sections");
    }
    ahead = tail;
  }
  cursor = ahead;
  return true;
}

/// "Supplement No. 4 to part 744", "supplements nos. 6 and 7 to part 744", "Supplement I to Part
/// 1026".
bool PlaceReader::read_supplement(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (!ahead.take("supplement|supplements|supp")) {
    return false;
  }
  ahead.take(TokenKind::full_stop);
  bool numbered = ahead.take("no|nos|number|numbers");
  ahead.take(TokenKind::full_stop);
  const auto names = read_unit_names(ahead);
  if (names.empty()) {
    return false;
  }
  numbered = numbered || is_digit(names.front()[0]);
  std::string part = m_context.part;
  read_part_tail(ahead, part);
  if (part.empty()) {
    return fail(cursor, "a supplement to an unknown part");
  }
  for (const auto& name : names) {
    const std::string identifier =
        (numbered ? "Supplement No. " : "Supplement ") + name + " to Part " + part;
    places.add(Citation::appendix(m_context.title, identifier));
  }
  cursor = ahead;
  return true;
}

/// "Appendix A to Part 70", "appendices N, O, and P", "Appendix C to Subpart G".
bool PlaceReader::read_appendix(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  if (!ahead.take("appendix|appendices|appendixes")) {
    return false;
  }
  const auto names = read_unit_names(ahead);
  if (names.empty()) {
    return false;
  }
  std::string subpart;
  Cursor tail = ahead;
  if (tail.take("to|of") && tail.take("subpart")) {
    subpart = unit_name(tail.peek());
    if (!subpart.empty()) {
      tail.skip();
      ahead = tail;
    }
  }
  std::string part = m_context.part;
  read_part_tail(ahead, part);
  if (part.empty()) {
    return fail(cursor, "an appendix to an unknown part");
  }
  for (const auto& name : names) {
    std::string identifier = "Appendix " + name;
    identifier += subpart.empty() ? "" : " to Subpart " + subpart;
    identifier += (subpart.empty() ? " to Part " : " of Part ") + part;
    places.add(Citation::appendix(m_context.title, identifier));
  }
  cursor = ahead;
  return true;
}

/// "ECCNs 3A001 and 3B001.c.1", "3B993", "Export Control Classification Number (ECCN) 3A001".
bool PlaceReader::read_eccns(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  bool named = ahead.take("eccn|eccns");
  if (ahead.take("export control classification")) {
    named = ahead.take("number|numbers");
    ahead.take(TokenKind::parenthetical);
  }
  if (!eccn_of(ahead.peek())) {
    return named && fail(cursor, "not an ECCN");
  }
  // "Category 3" and the Commerce Control List in front of it are where it stands anyway.
  const std::size_t from = places.targets.size();
  while (!ahead.done()) {
    Cursor member = ahead;
    if (places.targets.size() > from && !take_separator(member)) {
      break;
    }
    member.take("eccn|eccns");
    const auto eccn = eccn_of(member.peek());
    const bool below = places.targets.size() > from && member.peek().dotted; // "3A001.a and .b"
    if ((!eccn && !below) || full(places)) {
      break;
    }
    if (below) {
      Citation item = Citation::eccn(places.targets.back().at.name());
      for (const std::string_view step : split(member.peek().text, '.')) {
        item = item.child(Step{Step::Kind::item, std::string(step), 1});
      }
      places.add(std::move(item));
    } else {
      places.add(*eccn);
    }
    member.skip();
    ahead = member;
    m_entry = Citation::eccn(places.targets.back().at.name());
    read_extent(ahead, places, places.targets.size() - 1);
  }
  cursor = ahead;
  return true;
}

/// What an editor left: "[label:478-11-keyterm(ATF Officer)]", "[label:478-103-e-p2]".
bool PlaceReader::read_label(Cursor& cursor, Places& places) {
  if (!cursor.is(TokenKind::bracketed) || !has_at(cursor.peek().text, 0, "label:")) {
    return false;
  }
  std::string_view label = cursor.peek().text.substr(6);
  std::string_view term;
  const std::size_t keyterm = label.find("-keyterm(");
  if (keyterm != std::string_view::npos && label.ends_with(')')) {
    term = label.substr(keyterm + 9, label.size() - keyterm - 10);
    label = label.substr(0, keyterm);
  }
  const auto pieces = split(label, '-');
  if (pieces.size() < 2 || pieces.size() > 8) {
    return fail(cursor, "residue of an editor");
  }
  Citation at = section(std::string(pieces[0]) + "." + std::string(pieces[1]));
  for (std::size_t i = 2; i < pieces.size(); ++i) {
    const std::string piece(pieces[i]);
    const bool text = piece.size() >= 2 && piece[0] == 'p' && is_digit(piece[1]);
    if (!text && !is_designator(piece)) {
      return fail(cursor, "residue of an editor");
    }
    at = text ? with_name(at, "text " + piece.substr(1))
              : at.child(Step{Step::Kind::paragraph, "(" + piece + ")", 1});
  }
  places.add(term.empty() ? at : with_name(at, term));
  cursor.skip();
  return true;
}

} // namespace regtrail::federal_register::instruction_detail
