// What verbs govern: places in front of them and behind them, and words.
#include "federal_register/instruction/phrases.hpp"
#include "federal_register/instruction/sentence_reader_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

bool SentenceReader::read_location() {
  Cursor ahead = m_cursor;
  std::string preposition;
  if (ahead.is("at the end of|at the ends of|from the end of|at the beginning of|to the end of|"
               "to the beginning of")) {
    preposition = ahead.verbatim(ahead.position(), ahead.position() + 4);
    ahead.skip(4);
  } else if (ahead.take("from under")) {
    preposition = "under";
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
  const auto subject = m_result.subject;
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
  // "ECCN 2B350 in Supplement No. 1 to part 774 is amended", "the amendments to § 744.23 in the
  // rule published at 91 FR 11001 are withdrawn": around the subject, not below it.
  const bool around = bare && !subject.empty() && located.targets.size() == 1 &&
                      ((located.targets.front().at == subject.front().at.unit() &&
                        located.targets.front().at != subject.front().at) ||
                       is_of_register(located.targets.front().at));
  if (around) {
    m_result.subject = subject;
    m_context.base = kept;
    if (is_of_register(located.targets.front().at)) {
      add_note(m_subject_note, preposition + " " + located.targets.front().at.to_string());
    }
    return true;
  }
  if (bare || (m_joined && (verb_follows(ahead) || words_and_verb_follow(ahead)))) {
    m_result.located = true;
    if (!bare) {
      m_closed = true;
    }
    if (!located.note.empty()) {
      add_note(m_pending_note, located.note);
    }
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
  if (is_for_what_follows(ahead)) {
    // "adding a heading for BURMA and, under that heading, entries for “X”"
    m_placed = clause()->objects.targets.size();
    m_context.base = located.targets;
    clause()->base = located.targets;
    return true;
  }
  attach_location(located, preposition);
  return true;
}

/// Whether words come with a verb of their own: "and in paragraph (b), “or” is added".
bool SentenceReader::words_and_verb_follow(Cursor ahead) {
  ahead.take(TokenKind::comma);
  ahead.take("the reference to|references to|the references to|all references to");
  std::vector<std::string> words;
  if (!read_words(ahead, words)) {
    return false;
  }
  std::string note;
  Places beside;
  while (read_note(ahead, m_places, note, beside)) {
  }
  return read_passive(ahead).has_value();
}

/// Whether the location in front of the cursor is that of places named behind it, not of those
/// named before.
bool SentenceReader::is_for_what_follows(Cursor ahead) {
  const Clause& made = *clause();
  if (!m_joined || made.objects.targets.size() <= m_placed || !made.words.empty() ||
      made.container) {
    return false;
  }
  ahead.take(TokenKind::comma);
  Places next;
  const std::string failure = m_context.failure;
  const auto base = m_context.base;
  const bool found = !ahead.done() && m_places.read_some(ahead, next, 1) && !next.targets.empty();
  m_context.failure = failure;
  m_context.base = base;
  return found;
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
  const Target& first = located.targets.front();

  const bool part = first.at.kind() == CitationKind::part && first.at.steps().empty();
  if (is_of_register(first.at) ||
      (part &&
       std::all_of(
           made.objects.targets.begin(), made.objects.targets.end(), [&](const Target& target) {
             return target.at.part_number() == first.at.part_number() && target.at != first.at;
           }))) {
    add_note(made.note, std::string(preposition) + " " + first.at.to_string());
    return;
  }
  const bool subdivision = located.targets.size() == 1 && first.at.kind() == CitationKind::part &&
                           !first.at.steps().empty();
  if (subdivision && (preposition == "to" || made.verb == Verb::transfer)) {
    add_note(made.note, std::string(preposition) + " " + first.at.steps().back().name);
    return;
  }
  if (!m_context.within_limit(made.objects.targets.size() * located.targets.size())) {
    return;
  }
  const Citation base = made.base.empty() ? Citation() : paragraph_root(made.base.front().at);
  auto& objects = made.objects.targets;
  const std::vector<Target> unplaced(objects.begin() + static_cast<std::ptrdiff_t>(m_placed),
                                     objects.end());
  objects.resize(m_placed);
  for (const Target& target : unplaced) {
    for (const Target& place : located.targets) {
      Target moved = moved_below(target, base, place.at);
      // Items of an entry are in none of its sections.
      const bool outside = !place.at.steps().empty() && moved.at.unit() == place.at.unit() &&
                           place.at.kind() != CitationKind::eccn && !moved.at.is_within(place.at);
      if (outside && m_context.failure.empty()) {
        m_context.failure = "objects in several places";
      }
      objects.push_back(std::move(moved));
    }
  }
  m_placed = objects.size();
}

/// Words in front of their verb: "“X” is removed and “Y” is added in its place", "the reference to
/// “X” in paragraph (f) is revised to read “Y”".
bool SentenceReader::read_quoted_subject() {
  Cursor ahead = m_cursor;
  std::string note;
  const std::size_t start = ahead.position();
  if (ahead.take("all references to|each reference to|any reference to")) {
    note = ahead.verbatim(start, ahead.position() - 1);
  }
  ahead.take("the reference to|the references to|references to");
  std::vector<std::string> words;
  if (!read_words(ahead, words)) {
    return false;
  }
  Places where;
  Cursor in = ahead;
  std::string end;
  if (in.is("at the end of|at the beginning of")) {
    end = in.verbatim(in.position(), in.position() + 3);
    in.skip(4);
  } else if (!in.take("in|of|from")) {
    in = ahead;
  }
  if (in.position() != ahead.position() && m_places.read_list(in, where, Commas::end)) {
    ahead = in;
    ahead.take(TokenKind::comma);
  }
  Places beside;
  while (read_note(ahead, m_places, note, beside)) {
    ahead.take(TokenKind::comma);
  }
  const auto verb = read_passive(ahead);
  if (!verb) {
    return false;
  }
  if (!m_result.subject.empty()) {
    set_base(std::exchange(m_result.subject, {}));
  }
  open(verb->verb);
  Clause& made = m_result.clauses.back();
  made.words = std::move(words);
  made.where = std::move(where.targets);
  for (const std::string& one : {end, where.note, note}) {
    if (!one.empty()) {
      add_note(made.note, one);
    }
  }
  m_cursor = ahead;
  return true;
}

bool SentenceReader::read_quoted_words() {
  Clause* open_clause = clause();
  if (open_clause == nullptr) {
    return false;
  }
  Cursor ahead = m_cursor;
  const bool should_read = open_clause->verb == Verb::correct && !open_clause->words.empty() &&
                           open_clause->new_words.empty() && ahead.is(TokenKind::quoted);
  if (should_read ||
      (ahead.take("to read") && ahead.take_optional("as") && ahead.is(TokenKind::quoted)) ||
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
  std::vector<std::string> words;
  if (!read_words(ahead, words)) {
    return false;
  }
  if (!open_clause->words.empty() && !open_clause->where.empty() && m_joined) {
    // "removing “x” in paragraph (a) and “y” in paragraph (b)"
    const Verb verb = open_clause->verb;
    const std::vector<Target> base = open_clause->base;
    open(verb);
    open_clause = clause();
    open_clause->base = base;
    open_clause->continues = true;
  }
  open_clause->words.insert(open_clause->words.end(), words.begin(), words.end());
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
    Places beside;
    while (behind.take(TokenKind::comma) || read_note(behind, m_places, note, beside)) {
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
  objects.partial = objects.partial || places.partial;
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
