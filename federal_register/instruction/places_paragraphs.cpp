#include "federal_register/instruction/places.hpp"
#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

Citation with_items(Citation root, std::string_view item) {
  const bool entry = root.kind() == CitationKind::eccn;
  for (const std::string_view step : split(item, '.')) {
    root = root.child(Step{entry ? Step::Kind::item : Step::Kind::named, std::string(step), 1});
  }
  return root;
}

/// Items of an entry are counted from the entry, paragraphs of a comment from its key.
Citation item_root(const Citation& base) {
  Citation root = base;
  while (root.kind() == CitationKind::eccn && !root.steps().empty()) {
    root = root.parent();
  }
  while (!root.steps().empty() && root.steps().back().name == "heading") {
    root = root.parent();
  }
  return root;
}

} // namespace

bool is_item(const Token& token) {
  if (token.kind == TokenKind::word) {
    return (token.text.size() == 1 && token.lower != "a") || is_designator(token.text);
  }
  if (token.kind != TokenKind::code || !token.steps.empty()) {
    return false;
  }
  const auto steps = split(token.text, '.');
  return std::all_of(steps.begin(), steps.end(), is_designator);
}

Target moved_below(const Target& target, const Citation& base, const Citation& owner) {
  std::size_t shared = 0;
  const auto& steps = target.at.steps();
  if (!base.empty() && target.at.is_within(base)) {
    shared = base.steps().size();
  } else if (target.at.unit() == owner.unit()) {
    while (shared < steps.size() && shared < owner.steps().size() &&
           steps[shared] == owner.steps()[shared]) {
      ++shared;
    }
  }
  const bool paragraph = shared < steps.size() && steps[shared].kind == Step::Kind::paragraph;
  const bool from_top =
      paragraph &&
      value_in(Alphabet::lower,
               std::string_view(steps[shared].name).substr(1, steps[shared].name.size() - 2));
  // Items are counted from their entry, whatever the name of the list they stand in.
  const bool item = shared < steps.size() && steps[shared].kind == Step::Kind::item;
  if (item) {
    shared = 0;
  }
  Target moved{item ? item_root(owner) : from_top ? paragraph_root(owner) : owner, target.extent};
  for (std::size_t i = shared; i < steps.size(); ++i) {
    moved.at = moved.at.child(steps[i]);
  }
  return moved;
}

void PlaceReader::add_paragraph(const Path& path, Places& places) {
  Targets roots = base();
  if (!m_context.within_limit(roots.size())) {
    return;
  }
  if (roots.empty()) {
    roots.push_back(Target{Citation::section(m_context.title, std::string(unknown_section))});
  }
  const bool top =
      value_in(Alphabet::lower, std::string_view(path.front()).substr(1, path.front().size() - 2))
          .has_value();
  for (const auto& root : roots) {
    // "In paragraph (a), revise paragraph (1)".
    const bool relative =
        !top && !root.at.steps().empty() && root.at.steps().back().kind == Step::Kind::paragraph;
    places.add(with_path(relative ? root.at : paragraph_root(root.at), path));
  }
}

/// "introductory text", "heading", "heading and introductory text" behind a path.
void PlaceReader::read_extent(Cursor& cursor, Places& places, std::size_t from) {
  Cursor ahead = cursor;
  ahead.take("the");
  if (ahead.take("introductory text|introductory paragraph")) {
    for (std::size_t i = from; i < places.targets.size(); ++i) {
      places.targets[i].extent = TargetExtent::introductory_text;
    }
    cursor = ahead;
    return;
  }
  if (!ahead.take("heading|headings|subject heading|paragraph heading")) {
    return;
  }
  const Targets owners(places.targets.begin() + static_cast<std::ptrdiff_t>(from),
                       places.targets.end());
  for (std::size_t i = from; i < places.targets.size(); ++i) {
    places.targets[i].at = with_name(places.targets[i].at, "heading");
  }
  cursor = ahead;
  if (take_separator(ahead) && ahead.take("introductory text")) {
    for (const auto& owner : owners) {
      places.targets.push_back(Target{owner.at, TargetExtent::introductory_text});
    }
    cursor = ahead;
  }
}

/// A list of paths, the cursor on the first: "(k)(1) through (3), and (4)(i)".
bool PlaceReader::read_designated(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  ahead.move_to(cursor.position() - std::min<std::size_t>(cursor.position(), 1));
  const bool singular = m_owned > 0 && ahead.is("paragraph|subparagraph");
  ahead = cursor;
  Path previous = m_context.last_path;
  bool first = previous.empty();
  m_context.last_path.clear();
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range =
        !m_context.last_path.empty() && (member.take("through|to") || member.take(TokenKind::dash));
    if (!m_context.last_path.empty() && !range) {
      if (full(places) || !take_separator(member)) {
        break;
      }
      // "the heading of paragraph (e) and paragraph (e)(3)" is of the first only.
      if (m_owned > 0 && member.is("new|paragraph|paragraphs")) {
        break;
      }
      while (member.take("new|paragraph|paragraphs")) {
      }
    }
    if (!member.is(TokenKind::designators)) {
      break;
    }
    if (singular && !range && !m_context.last_path.empty()) {
      return fail(cursor, "of one paragraph or of several");
    }
    const Path& next = member.peek().steps;
    Cursor behind = member;
    behind.skip();
    if (!m_context.last_path.empty() && read_active(behind)) {
      break; // "; and (2) adding ...": the number of a clause
    }
    const auto path = first ? std::optional(next) : continued(previous, next);
    if (!path) {
      return fail(member, "a path that continues none");
    }
    const std::size_t from = places.targets.size();
    if (range) {
      const auto members = path_range(previous, *path);
      if (!members) {
        return fail(ahead, "a range that is none");
      }
      for (auto one = members->begin() + 1; one != members->end(); ++one) {
        add_paragraph(*one, places);
      }
    } else {
      add_paragraph(*path, places);
    }
    first = false;
    previous = *path;
    m_context.last_path = previous;
    member.skip();
    ahead = member;
    read_extent(ahead, places, from);
  }
  if (m_context.last_path.empty()) {
    return false;
  }
  cursor = ahead;
  return true;
}

/// "paragraphs 1, 2.ii, and 3", "paragraph b.1".
bool PlaceReader::read_items(Cursor& cursor, Places& places) {
  const Targets roots = entries_or_base();
  Cursor ahead = cursor;
  std::string previous;
  while (!ahead.done()) {
    Cursor member = ahead;
    const bool range = !previous.empty() && member.take("through|to");
    if (!previous.empty() && !range) {
      if (full(places) || !take_separator(member) ||
          (m_owned > 0 && member.is("paragraph|paragraphs"))) {
        break;
      }
      member.take("paragraph|paragraphs");
    }
    const Token& item = member.peek();
    if (!previous.empty() && member.is(TokenKind::full_stop, 1) &&
        is_upper(member.peek(2).text.empty() ? ' ' : member.peek(2).text[0])) {
      break; // "; and c. Adding": the number of the next line
    }
    if (!is_item(item) && !(previous.empty() && item.lower == "a")) {
      break;
    }
    if (roots.empty() || roots.front().at.kind() == CitationKind::section ||
        roots.front().at.kind() == CitationKind::part) {
      return fail(cursor, "a numbered paragraph of an unknown entry");
    }
    std::vector<std::string> names{std::string(item.text)};
    if (range) {
      const auto members = code_range(previous, item.text);
      if (!members) {
        return fail(ahead, "a range that is none");
      }
      names.assign(members->begin() + 1, members->end());
    }
    const std::size_t from = places.targets.size();
    if (!m_context.within_limit(names.size() * roots.size())) {
      return false;
    }
    for (const auto& name : names) {
      for (const auto& root : roots) {
        places.add(with_items(item_root(root.at), name));
      }
    }
    previous = std::string(item.text);
    member.skip();
    if (member.is(TokenKind::full_stop) && member.is("and|is|are", 1)) {
      member.skip();
    }
    ahead = member;
    read_extent(ahead, places, from);
  }
  if (previous.empty()) {
    return false;
  }
  cursor = ahead;
  return true;
}

bool PlaceReader::read_paragraphs(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  // "the second paragraph (b)(2)", where the law repeats a designator
  const int occurrence = ahead.is("paragraph", 1) ? ordinal_of(ahead.peek()) : 0;
  ahead.skip(occurrence != 0 ? 1 : 0);
  const bool named =
      ahead.take("paragraph|paragraphs|subparagraph|subparagraphs|item|items|para|paras");
  const std::size_t from = places.targets.size();
  const bool dotted =
      ahead.peek().dotted && !base().empty() && base().front().at.kind() == CitationKind::eccn;
  if (ahead.is(TokenKind::designators)) {
    if (!named) {
      Cursor behind = ahead;
      behind.skip();
      if (m_context.base.empty() || read_active(behind)) {
        return false;
      }
      // "revising (b)(11)" and "the section heading, (c), and ...".
    } else {
      m_context.last_path.clear();
    }
    if (!read_designated(ahead, places)) {
      return false;
    }
  } else if (named && ahead.is(TokenKind::code) && has_eccn_at(ahead.peek().text, 0)) {
    if (!read_eccns(ahead, places)) { // "paragraphs 3A001.a.1 and 3A001.b.2"
      return false;
    }
  } else if (named && ahead.is(TokenKind::code) && !ahead.peek().steps.empty()) {
    return read_key(cursor, places);
  } else if ((!named && !dotted && m_most == std::string_view::npos) ||
             !read_items(ahead, places)) {
    return false;
  }
  for (std::size_t i = from; i < places.targets.size(); ++i) {
    places.targets[i].at = with_occurrence(places.targets[i].at, occurrence);
  }
  read_owner(ahead, places, from);
  cursor = ahead;
  return true;
}

/// "of § 744.11", "in the definition of “X”", "of this section" behind paragraphs.
void PlaceReader::read_owner(Cursor& cursor, Places& places, std::size_t from) {
  Cursor ahead = cursor;
  if (!ahead.take("of|to|in")) {
    return;
  }
  if (ahead.take("this section|the section|this part|this supplement")) {
    cursor = ahead;
    return;
  }
  if (!ahead.is(TokenKind::section_sign) &&
      !ahead.is("section|the|supplement|appendix|eccn|category|related|general")) {
    return;
  }
  const Targets roots = base();
  const Citation root = roots.empty() ? Citation() : paragraph_root(roots.front().at);
  Places owner;
  if (!read_one(ahead, owner) || owner.targets.size() != 1 || !owner.note.empty()) {
    return;
  }
  for (std::size_t i = from; i < places.targets.size(); ++i) {
    places.targets[i] = moved_below(places.targets[i], root, owner.targets.front().at);
  }
  m_owner = owner.targets;
  cursor = ahead;
}

} // namespace regtrail::federal_register::instruction_detail
