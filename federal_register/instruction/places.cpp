#include "federal_register/instruction/places.hpp"

#include "federal_register/instruction/verbs.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"
#include "model/text.hpp"

#include <algorithm>

namespace regtrail::federal_register::instruction_detail {

namespace {

constexpr int deepest_owner = 4; ///< "the heading of the note to paragraph (a) of § 1.1"

/// What may stand in front of a noun without changing which place is meant.
bool take_adjective(Cursor& cursor, Places& places) {
  if (cursor.is("reserved") && !cursor.is(TokenKind::full_stop, 1)) {
    places.reserved = true;
    cursor.skip();
    return true;
  }
  return cursor.take(
      "the following|the|a|an|new|newly|redesignated|designated|added|revised|existing|current|"
      "associated|all|both|entire|said|its|their|proposed|reserved|additional|temporary");
}

/// The citation of a term in a section of definitions.
bool is_definition(const Citation& at) {
  return at.name() == definitions_of_the_ear && at.steps().size() == 1 &&
         at.steps().front().kind == Step::Kind::named &&
         !at.steps().front().name.starts_with("Note");
}

/// A child of a list of parties that is no entry: a footnote, a note, the heading.
bool is_of_list(const Citation& at) {
  const std::string& name = at.steps().back().name;
  return name.starts_with("Footnote") || name.starts_with("Note") || name == "heading";
}

} // namespace

bool is_ordinal_word(const Token& token) {
  constexpr std::string_view words = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
                                     "tenth|last|final|next|penultimate|concluding";
  return is_one_of(token.lower, words);
}

int ordinal_of(const Token& token) {
  int place = 0;
  const bool found = any_phrase("first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth",
                                [&](std::string_view word) {
                                  ++place;
                                  return token.lower == word;
                                });
  return found ? place : 0;
}

bool take_separator(Cursor& cursor) {
  Cursor ahead = cursor;
  bool any = ahead.take(TokenKind::comma) || ahead.take(TokenKind::semicolon);
  any = ahead.take("and|or|and/or") || any;
  any = ahead.take("as well as") || any;
  if (any) {
    cursor = ahead;
  }
  return any;
}

void add_note(std::string& notes, std::string_view note) {
  notes += notes.empty() ? "" : "; ";
  notes += note;
}

std::string capitalised(std::string_view word) {
  std::string name(word);
  if (!name.empty() && is_lower(name[0])) {
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  return name;
}

std::string with_steps(const Token& code) {
  std::string name(code.text);
  for (const auto& step : code.steps) {
    name += step;
  }
  return name;
}

Citation paragraph_root(const Citation& citation) {
  Citation root = citation;
  while (!root.steps().empty() &&
         (root.steps().back().kind != Step::Kind::named || root.steps().back().name == "heading")) {
    root = root.parent();
  }
  return root;
}

Citation with_path(Citation root, const Path& path) {
  for (const auto& step : path) {
    root = root.child(Step{Step::Kind::paragraph, step, 1});
  }
  return root;
}

Citation with_occurrence(const Citation& citation, int occurrence) {
  if (occurrence < 2 || citation.steps().empty()) {
    return citation;
  }
  Step last = citation.steps().back();
  last.occurrence = static_cast<std::uint32_t>(occurrence);
  return citation.parent().child(std::move(last));
}

Citation with_name(const Citation& parent, std::string_view name) {
  std::string folded = normalise(name);
  for (std::size_t at = folded.find(" / "); at != std::string::npos; at = folded.find(" / ", at)) {
    folded.replace(at, 3, "/");
  }
  // a stroke at an end would be one with the mark between steps
  folded.resize(folded.size() - (folded.ends_with(" /") ? 2U : 0U));
  folded.erase(0, folded.starts_with("/ ") ? 2U : 0U);
  folded = folded == "/" ? std::string() : folded;
  return folded.empty() ? parent : parent.child(Step{Step::Kind::named, std::move(folded), 1});
}

bool is_commentary(const Citation& citation) {
  return citation.kind() == CitationKind::appendix &&
         !citation.name().starts_with("Supplement No. ");
}

bool is_of_register(const Citation& citation) {
  return citation.kind() == CitationKind::fr_page || citation.kind() == CitationKind::fr_document;
}

bool Context::within_limit(std::size_t places) {
  constexpr std::size_t most = 20'000;
  place_count += std::min(places, most + 1);
  if (place_count > most && failure.empty()) {
    failure = "more places than an instruction can mean";
  }
  return place_count <= most;
}

std::vector<Target> PlaceReader::base() {
  Targets targets;
  if (!m_context.within_limit(m_context.base.size() + 1)) {
    return targets;
  }
  if (!m_context.base.empty()) {
    return m_context.base;
  }
  if (m_context.units.size() == 1) {
    const Citation& unit = m_context.units.front();
    targets.push_back(Target{unit.kind() == CitationKind::section ? section(unit.name()) : unit});
  }
  return targets;
}

/// Where items and lines of an entry are to be found: "revise ECCN 2B350 heading and paragraph .g".
std::vector<Target> PlaceReader::entries_or_base() {
  const Targets roots = base();
  const bool list = roots.empty() || (roots.front().at.kind() == CitationKind::appendix &&
                                      roots.front().at.name() == "Supplement No. 1 to Part 774");
  return list && !m_entry.empty() ? Targets{Target{m_entry}} : roots;
}

bool PlaceReader::fail(const Cursor& cursor, std::string_view why) {
  if (m_context.failure.empty()) {
    m_context.failure =
        std::string(why) + ": '" + cursor.verbatim(cursor.position(), cursor.position() + 6) + "'";
  }
  return false;
}

/// "the heading and the Items paragraph of ECCN 3B001": the entry owns both; but "the heading and
/// the introductory text of paragraph (a)" are of two places.
void PlaceReader::share_owner(Places& places, std::size_t from, std::size_t last, Group group) {
  if (m_owner.size() != 1) {
    return;
  }
  const Citation& owner = m_owner.front().at;
  const Targets roots = base();
  const Citation root = roots.empty() ? Citation() : roots.front().at;
  if (is_party_list(owner.unit()) && owner.steps().size() == 1) {
    // "the entry for “A” and the entry for “B” under CHINA"
    for (std::size_t i = from; i < last; ++i) {
      Citation& at = places.targets[i].at;
      at = at.parent() == owner.unit() && !is_of_list(at) ? owner.child(at.steps().back()) : at;
    }
    return;
  }
  if (is_definition(owner)) {
    // "paragraph (2) and Note 1 to the definition of “X”"
    for (std::size_t i = from; i < last; ++i) {
      Target& target = places.targets[i];
      const auto& steps = target.at.steps();
      const bool relative =
          target.at.unit() == owner.unit() && !steps.empty() &&
          (steps.front().kind == Step::Kind::paragraph || steps.front().name.starts_with("Note"));
      if (relative) {
        Citation at = owner;
        for (const Step& step : steps) {
          at = at.child(step);
        }
        target.at = at;
      }
    }
    return;
  }
  if (!owner.steps().empty()) {
    return;
  }
  for (std::size_t i = from; i < last; ++i) {
    Target& target = places.targets[i];
    if (target.at.name() == unknown_section ||
        (group == Group::first && !root.empty() && target.at.is_within(root) &&
         target.at.kind() == root.kind())) {
      target = moved_below(target, root, m_owner.front().at);
    }
  }
}

/// Whether the last place only says where the next one stands: "Section 732.3, paragraph (i), is
/// revised", "Supplement No. 1 to part 774, Category 3, ECCN 3A001 is amended", "ECCN
/// 2B350, Items paragraph .g".
bool PlaceReader::is_where_next_stands(const Places& places, const Cursor& next) const {
  if (places.targets.empty()) {
    return false;
  }
  const Citation& last = places.targets.back().at;
  if (is_definition(last)) {
    return next.is("paragraph|paragraphs|note|notes"); // "the definition of “X,” paragraph (b)"
  }
  if (last.steps().size() == 1 && last.steps().front().name.starts_with("Country Group ")) {
    return next.is("the entry|the entries|the row|entry|entries");
  }
  if (!last.steps().empty()) {
    return false;
  }
  if (last.kind() == CitationKind::eccn) {
    const std::size_t noun = next.is("the") ? 1 : 0;
    return next.is("items|paragraph|paragraphs|related|list|license|special|reporting|reason",
                   noun) ||
           next.peek().dotted;
  }
  return last.kind() == CitationKind::section
             ? m_context.base.empty() && next.is("paragraph|paragraphs|introductory")
             : last.name() == "Supplement No. 1 to Part 774" &&
                   (next.is("category|eccn|eccns|export control classification") ||
                    (next.is(TokenKind::code) && has_eccn_at(next.peek().text, 0)));
}

bool PlaceReader::read_list(Cursor& cursor, Places& places, Commas commas) {
  const std::size_t from = places.targets.size();
  m_owner.clear();
  if (m_depth == 0) {
    m_entry = Citation();
  }
  if (!read_one(cursor, places)) {
    return false;
  }
  // Members in front of one with an owner share it: "the heading and paragraph (a) of § 744.7".
  std::size_t group = m_owner.empty() ? from : places.targets.size();
  while (!cursor.done() && !full(places)) {
    Cursor ahead = cursor;
    if (!take_separator(ahead)) {
      break;
    }
    const bool bare = ahead.position() == cursor.position() + 1 && !cursor.is(TokenKind::word);
    if (bare && commas == Commas::end) {
      break;
    }
    const bool owner = bare && m_depth == 0 && is_where_next_stands(places, ahead);
    if (owner) {
      m_context.base = {places.targets.back()};
      places.targets.pop_back();
    }
    const std::size_t last = places.targets.size();
    m_owner.clear();
    if (!read_one(ahead, places)) {
      if (owner) {
        places.targets.push_back(m_context.base.front());
      }
      break;
    }
    if (!m_owner.empty()) {
      share_owner(places, group, last, group == from ? Group::first : Group::later);
      group = places.targets.size();
    }
    cursor = ahead;
  }
  return true;
}

bool PlaceReader::read_some(Cursor& cursor, Places& places, std::size_t most) {
  m_most = most;
  const bool found = read_list(cursor, places);
  m_most = std::string_view::npos;
  return found;
}

bool PlaceReader::read_one(Cursor& cursor, Places& places) {
  if (m_depth > deepest_owner) {
    return fail(cursor, "nested too deeply");
  }
  ++m_depth;
  Cursor ahead = cursor;
  const bool had_reserved = places.reserved;
  while (take_adjective(ahead, places)) {
  }
  const bool found = read_noun(ahead, cursor.position(), places);
  --m_depth;
  if (!found) {
    places.reserved = had_reserved;
    return false;
  }
  // "Supplement I to Part 1026—Official Interpretations": its title says nothing more.
  const Token& title = ahead.peek(1);
  const bool titled = title.kind == TokenKind::quoted ||
                      (title.kind == TokenKind::word && is_upper(title.text[0]) && !verb_of(title));
  if (ahead.is(TokenKind::dash) && titled && !places.targets.empty() &&
      places.targets.back().at.steps().empty()) {
    ahead.skip();
    static_cast<void>(read_name(ahead));
  }
  cursor = ahead;
  return true;
}

/// "the stay on § 744.11", "the effective date of the amendments to § 744.23".
bool PlaceReader::read_effect_on_place(Cursor& cursor, Places& places) {
  Cursor ahead = cursor;
  const bool text = ahead.take("text of");
  if (text) {
    const std::size_t from = places.targets.size();
    if (!read_one(ahead, places)) {
      return false;
    }
    for (std::size_t i = from; i < places.targets.size(); ++i) {
      places.targets[i].extent = TargetExtent::own_text;
    }
    cursor = ahead;
    return true;
  }
  const bool found = ahead.take(
      "effective date|effective dates|stay|suspension|amendment|amendments|addition|additions|"
      "removal|revision|revisions|redesignation|correction|corrections");
  if (found) {
    if (!ahead.take("of|on|to|for") || !read_one(ahead, places)) {
      return false;
    }
  } else {
    // "the interim rule amending 15 CFR parts 734 and 744".
    const bool rule = ahead.take("interim") && ahead.take_optional("final") && ahead.take("rule");
    if (!rule || !ahead.take("amending|revising|adding") || !read_one(ahead, places)) {
      return false;
    }
  }
  cursor = ahead;
  return true;
}

bool PlaceReader::read_noun(Cursor& cursor, std::size_t start, Places& places) {
  if (cursor.is("it|them")) {
    cursor.skip();
    places.pronoun = true;
    return true;
  }
  read_cfr_title(cursor);
  return read_effect_on_place(cursor, places) || read_sentences(cursor, start, places) ||
         read_heading(cursor, places) || read_introductory(cursor, places) ||
         read_authority(cursor, places) || read_party_details(cursor, places) ||
         read_terms_of(cursor, places) || read_columns(cursor, places) ||
         read_numbered_child(cursor, places) || read_text_at(cursor, start, places) ||
         read_paragraphs(cursor, places) || read_field(cursor, places) ||
         read_entry_lines(cursor, places) || read_category(cursor, places) ||
         read_country_groups(cursor, places) || read_eccns(cursor, places) ||
         read_sections(cursor, places) || read_supplement(cursor, places) ||
         read_appendix(cursor, places) || read_parts(cursor, places) ||
         read_subdivision(cursor, places) || read_label(cursor, places) ||
         read_instruction_numbers(cursor, places) || read_rule(cursor, places) ||
         read_form(cursor, places) || read_key(cursor, places) ||
         read_following(cursor, start, places);
}

} // namespace regtrail::federal_register::instruction_detail
