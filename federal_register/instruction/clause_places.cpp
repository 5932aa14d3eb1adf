// What verbs govern: places in front of them and behind them, and words.
#include "federal_register/instruction/phrases.hpp"
#include "federal_register/instruction/sentence_reader_internal.hpp"
#include "model/scan.hpp"

#include <utility>

namespace regtrail::federal_register::instruction_detail {

bool SentenceReader::read_location() {
  Cursor ahead = m_cursor;
  std::string preposition;
  if (ahead.is("at the end of|at the ends of|from the end of|at the beginning of")) {
    preposition = ahead.verbatim(ahead.position(), ahead.position() + 4);
    ahead.skip(4);
  } else if (ahead.is("in|under|underneath|within|from|of|throughout|on|to|for|at")) {
    preposition = ahead.peek().lower;
    ahead.skip();
  } else {
    return false;
  }
  Clause* open_clause = clause();
  const bool bare = open_clause == nullptr;
  if (bare && (preposition == "of" || preposition == "to" || preposition == "for")) {
    return false;
  }
  if (!m_context.within_limit(2 * m_context.base.size() + 1)) {
    return false;
  }
  const auto kept = m_context.base;
  if (bare && !m_result.subject.empty()) {
    // "In § 744.11, the table, under X": deeper without a verb.
    m_context.base = std::exchange(m_result.subject, {});
  } else if (bare && !m_chained) {
    m_context.base = m_level_base;
  }
  if (!bare && (ahead.take("this section|the section"))) {
    add_note(open_clause->note, preposition + " the section");
    m_cursor = ahead;
    return true;
  }
  Places located;
  const bool caption =
      preposition == "in" && !bare && open_clause->words.empty() && ahead.is(TokenKind::quoted);
  const bool found = caption || preposition.starts_with("under")
                         ? m_places.read_under(ahead, located)
                         : m_places.read_list(ahead, located, Commas::end);
  if (!found || (located.targets.empty() && located.note.empty())) {
    // "In Category 3": nothing to enter.
    if (found) {
      m_cursor = ahead;
      m_context.base = kept;
      return true;
    }
    m_context.base = kept;
    return false;
  }
  m_cursor = ahead;
  if (bare || (m_joined && verb_follows(ahead))) {
    m_result.located = true;
    if (!bare) {
      m_closed = true;
    }
    m_pending_note += located.note;
    m_context.base = located.targets;
    m_context.last_path.clear();
    m_chained = true;
    // Where nothing but a place is said, the lines below work there.
    if (ahead.done() || ahead.is(TokenKind::colon) || ahead.is(TokenKind::dash)) {
      m_level_base = located.targets;
    }
    if (m_number_bases.size() > 0 && ahead.is(TokenKind::colon)) {
      m_number_bases.back() = located.targets;
    }
    return true;
  }
  m_context.base = kept;
  attach_location(located, preposition);
  return true;
}

/// Attaches a location to the clause that is open.
void SentenceReader::attach_location(const Places& located, std::string_view preposition) {
  Clause& made = *clause();
  if (!located.note.empty()) {
    add_note(made.note, std::string(preposition) + " " + located.note);
  } else if (preposition.find(' ') != std::string_view::npos) {
    std::string note(preposition);
    if (note.ends_with(" of")) {
      note.resize(note.size() - 3);
    }
    add_note(made.note, note);
  }
  const bool container = made.container && made.words.empty();
  if (container) {
    // "Amend § 13.24 in paragraph (c)": goes deeper.
    set_base(located.targets);
    made.objects.targets = located.targets;
    return;
  }
  if (made.objects.targets.empty()) {
    made.where.insert(made.where.end(), located.targets.begin(), located.targets.end());
    if (made.words.empty()) {
      m_context.base = located.targets;
    }
    return;
  }
  const bool subdivision = located.targets.size() == 1 &&
                           located.targets.front().at.kind() == CitationKind::part &&
                           !located.targets.front().at.steps().empty();
  if (preposition == "to" && subdivision) {
    add_note(made.note, "to " + located.targets.front().at.steps().back().name);
    return;
  }
  if (located.targets.size() != 1) {
    m_context.failure = m_context.failure.empty() ? "objects in several places" : m_context.failure;
    return;
  }
  const Citation base = made.base.empty() ? Citation() : paragraph_root(made.base.front().at);
  for (auto& target : made.objects.targets) {
    target = moved_below(target, base, located.targets.front().at);
  }
}

bool SentenceReader::read_quoted_words() {
  Clause* open_clause = clause();
  if (open_clause == nullptr) {
    return false;
  }
  Cursor ahead = m_cursor;
  if ((ahead.take("to read") && ahead.take_optional("as") && ahead.is(TokenKind::quoted)) ||
      (ahead.position() == m_cursor.position() && open_clause->verb == Verb::replace_words &&
       ahead.take("with|by"))) {
    if (read_words(ahead, open_clause->new_words)) {
      m_cursor = ahead;
      return true;
    }
  }
  ahead = m_cursor;
  std::string note;
  const auto before = ahead.position();
  if (ahead.take("all references to|each reference to|any reference to|references to|"
                 "the references to|the reference to")) {
    note = ahead.verbatim(before, ahead.position() - 1);
  }
  if (!read_words(ahead, open_clause->words)) {
    return false;
  }
  if (note.starts_with("all") || note.starts_with("each") || note.starts_with("any")) {
    add_note(open_clause->note, note);
  }
  m_cursor = ahead;
  return true;
}

bool SentenceReader::read_objects() {
  Cursor ahead = m_cursor;
  Places places;
  if (!m_places.read_list(ahead, places)) {
    return false;
  }
  m_cursor = ahead;
  continue_in_unit(places.targets);
  Clause* open_clause = clause();
  const bool passive_follows = [&] {
    Cursor next = ahead;
    Cursor behind = next;
    std::string note;
    while (behind.take(TokenKind::comma) || read_note(behind, m_places, note)) {
    }
    return read_passive(next).has_value() || read_passive(behind).has_value();
  }();
  if (passive_follows && open_clause != nullptr && !open_clause->container &&
      open_clause->objects.targets.empty() && open_clause->words.empty() &&
      open_clause->verb != Verb::add) {
    m_context.failure = "two verbs for one list";
    return false;
  }
  if (open_clause == nullptr || passive_follows) {
    m_closed = true;
    m_result.subject.insert(m_result.subject.end(), places.targets.begin(), places.targets.end());
    m_subject_note += places.note;
    m_subject_reserved = m_subject_reserved || places.reserved;
    return true;
  }
  auto& objects = open_clause->objects;
  m_last_list = objects.targets.size();
  objects.targets.insert(objects.targets.end(), places.targets.begin(), places.targets.end());
  objects.note += (objects.note.empty() || places.note.empty() ? "" : "; ") + places.note;
  objects.reserved = objects.reserved || places.reserved;
  objects.pronoun = objects.pronoun || places.pronoun;
  if (open_clause->container) {
    set_base(objects.targets);
  }
  return true;
}

/// "Section 734.3(a)(3) is revised; paragraph (b)(1) is removed": the section goes on.
void SentenceReader::continue_in_unit(const std::vector<Target>& places) {
  if (m_context.base.empty() && !places.empty() && places.back().at.kind() != CitationKind::part &&
      places.back().at.name() != unknown_section) {
    m_context.base = {Target{places.back().at.unit()}};
    if (places.back().at.kind() == CitationKind::eccn) {
      m_context.base.front().at = Citation::eccn(places.back().at.name());
    }
  }
}

void SentenceReader::set_base(const std::vector<Target>& places) {
  if (!places.empty()) {
    m_context.base = places;
    m_level_base = places;
    m_context.last_path.clear();
  }
}

} // namespace regtrail::federal_register::instruction_detail
