#include "federal_register/instruction/levels.hpp"
#include "federal_register/instruction/phrases.hpp"
#include "federal_register/instruction/sentence_reader_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register::instruction_detail {

void SentenceReader::open(Verb verb) {
  Clause clause;
  clause.verb = verb;
  clause.base =
      m_context.within_limit(m_context.base.size() + 1) ? m_context.base : std::vector<Target>();
  clause.note = std::exchange(m_pending_note, "");
  m_result.clauses.push_back(std::move(clause));
  m_closed = false;
  m_last_list = 0;
  m_placed = 0;
}

bool SentenceReader::skip_connector() {
  if (m_cursor.take(TokenKind::comma) || m_cursor.take(TokenKind::semicolon) ||
      m_cursor.take(TokenKind::dash) || m_cursor.take("and|then|but")) {
    m_joined = true;
    return true;
  }
  if (m_cursor.take(TokenKind::colon) || m_cursor.take(TokenKind::full_stop)) {
    m_joined = true;
    return true;
  }
  if (m_cursor.is("by") &&
      (m_cursor.is(TokenKind::dash, 1) || m_cursor.is(TokenKind::colon, 1) ||
       m_cursor.is("under", 1) || m_cursor.is("in", 1) || verb_of(m_cursor.peek(1)) ||
       m_cursor.is("further", 1) || m_cursor.is("also", 1) || m_cursor.is(TokenKind::comma, 1) ||
       !m_cursor.peek(1).text.size())) {
    m_cursor.skip();
    m_by = !m_joined;
    return true;
  }
  return skip_formula(m_cursor);
}

/// "a. Under CHINA: i. By adding ..." inside one paragraph.
bool SentenceReader::read_enumerator() {
  if (!m_joined) {
    return false;
  }
  Cursor ahead = m_cursor;
  const bool bracketed = ahead.is(TokenKind::designators);
  const auto number = read_number(ahead);
  if (!number || (bracketed && !verb_follows(ahead) && !ahead.is("in|under|by"))) {
    return false;
  }
  if (m_numbers.empty()) {
    m_numbers.emplace_back("0");
    m_number_bases.push_back(m_level_base);
  }
  std::size_t level = level_of(m_numbers, *number);
  if (level == 0) {
    level = 1; // digits count below the instruction here
  }
  m_numbers.resize(level);
  m_number_bases.resize(level);
  if (!m_context.within_limit(2 * m_number_bases.back().size())) {
    return false;
  }
  // What the line above has entered is the place of the lines below it.
  set_base(m_number_bases.back());
  m_numbers.push_back(*number);
  m_number_bases.push_back(m_level_base);
  m_cursor = ahead;
  m_closed = true;
  m_chained = false;
  return true;
}

bool SentenceReader::verb_follows(Cursor ahead) const {
  ahead.take(TokenKind::comma);
  ahead.take(TokenKind::dash);
  if (ahead.is(TokenKind::colon)) {
    return true;
  }
  ahead.take("by");
  if (!read_active(ahead)) {
    return false;
  }
  return !ahead.is("in its place|in their place|in their places");
}

namespace {

/// "Supplement No. 1 to part 774 (the Commerce Control List), ECCN 3A001 is amended": the
/// supplement only says where the entry stands.
void drop_outer(std::vector<Target>& subject) {
  const bool inner =
      subject.size() > 1 && subject.front().at.steps().empty() &&
      std::all_of(subject.begin() + 1, subject.end(), [&](const Target& target) {
        return target.at != subject.front().at &&
               (target.at.is_within(subject.front().at) || target.at.unit() == subject.front().at);
      });
  if (inner) {
    subject.erase(subject.begin());
  }
}

} // namespace

bool SentenceReader::read_passive_clause() {
  Cursor ahead = m_cursor;
  const auto verb = read_passive(ahead);
  if (!verb) {
    return false;
  }
  std::vector<Target> subject = std::exchange(m_result.subject, {});
  std::string note = std::exchange(m_subject_note, "");
  bool reserved = std::exchange(m_subject_reserved, false);
  if (subject.empty() && clause() != nullptr && clause()->objects.targets.size() > m_last_list) {
    auto& objects = clause()->objects.targets;
    subject.assign(objects.begin() + static_cast<std::ptrdiff_t>(m_last_list), objects.end());
    objects.resize(m_last_list);
  }
  if (subject.empty()) {
    subject = m_context.base; // "In § 744.11, ... is amended"
  }
  drop_outer(subject);
  m_cursor = ahead;
  Cursor by = ahead;
  by.take(TokenKind::comma);
  const bool goes_on = by.take("by") && (by.done() || read_active(by) || by.is(TokenKind::dash) ||
                                         by.is(TokenKind::colon) || by.is("under|in"));
  open(verb->verb);
  Clause& made = m_result.clauses.back();
  made.objects.targets = subject;
  made.objects.note = note;
  made.objects.reserved = reserved;
  made.container = verb->verb == Verb::amend || goes_on;
  if (made.container) {
    set_base(subject);
    m_closed = true;
  }
  m_last_list = subject.size();
  return true;
}

/// "is redesignated as paragraph 3 and revised".
bool SentenceReader::read_second_participle() {
  if (!m_joined || m_result.clauses.empty()) {
    return false;
  }
  Cursor ahead = m_cursor;
  const auto verb = read_participle(ahead);
  if (!verb || (!ahead.done() && !ahead.is(TokenKind::comma) && !ahead.is(TokenKind::semicolon) &&
                !ahead.is(TokenKind::full_stop) && !ahead.is("to|as|and|by"))) {
    return false;
  }
  const Clause before = m_result.clauses.back();
  open(verb->verb);
  Clause& made = m_result.clauses.back();
  if (before.to.empty()) {
    made.objects.targets = before.objects.targets;
  } else {
    for (const auto& at : before.to) {
      made.objects.targets.push_back(Target{at});
    }
  }
  made.container = verb->verb == Verb::amend;
  m_last_list = made.objects.targets.size();
  m_cursor = ahead;
  if (made.container) {
    set_base(std::vector<Target>(made.objects.targets)); // "redesignated as § 744.4 and amended by"
    m_closed = true;
  }
  return true;
}

/// "revise the entry for “X” by adding ...": what was to be revised is where the next clause works.
void SentenceReader::open_by() {
  Clause* outer = clause();
  const bool whole = outer != nullptr && !outer->container && outer->words.empty() &&
                     (outer->verb == Verb::revise || outer->verb == Verb::correct) &&
                     !outer->objects.targets.empty();
  if (whole) {
    outer->container = true;
    set_base(outer->objects.targets);
  }
}

bool SentenceReader::read_active_clause() {
  Cursor ahead = m_cursor;
  auto verb = read_active(ahead);
  if (!verb) {
    // "In § 52.385 amended Table 52.385 by": a slip for "amend".
    const bool slip = m_result.clauses.empty() && m_result.subject.empty();
    verb = slip ? read_participle(ahead) : std::nullopt;
    if (!verb || verb->verb != Verb::amend) {
      return false;
    }
  }
  if (m_by) {
    open_by();
  }
  if (!m_chained && m_result.subject.empty() && clause() != nullptr && clause()->container) {
    m_closed = true;
  }
  m_cursor = ahead;
  // "and transfer to subpart E": what has just been named.
  const bool continues =
      verb->verb == Verb::transfer && !m_result.clauses.empty() && m_cursor.is("to");
  const Clause before = continues ? m_result.clauses.back() : Clause{};
  open(verb->verb);
  Clause& made = m_result.clauses.back();
  if (continues) {
    for (const auto& at : before.to) {
      made.objects.targets.push_back(Target{at});
    }
  }
  if (verb->verb == Verb::amend) {
    made.container = true;
  }
  if (!m_result.subject.empty()) {
    // Places in front of an active verb: "§ 744.11: revise ...".
    auto subject = std::exchange(m_result.subject, {});
    drop_outer(subject);
    m_subject_note.clear();
    set_base(subject);
    made.base = subject;
  }
  return true;
}

/// "as paragraphs (c) and (d)" behind a redesignation; "with “X”" behind a replacement.
bool SentenceReader::read_as() {
  Clause* open_clause = clause();
  if (open_clause == nullptr) {
    return false;
  }
  const Verb verb = open_clause->verb;
  const std::size_t objects = open_clause->objects.targets.size();
  const std::size_t named = open_clause->to.size();
  const bool as =
      m_cursor.is("as") && (verb == Verb::designate ? open_clause->to.empty()
                                                    : verb == Verb::redesignate && named < objects);
  const bool to = m_cursor.is("to") && verb == Verb::transfer && named == 0;
  if (!as && !to) {
    return false;
  }
  Cursor ahead = m_cursor;
  ahead.skip();
  Places places;
  if (!m_places.read_some(ahead, places, verb == Verb::redesignate ? objects - named : 1) ||
      places.targets.empty()) {
    return false;
  }
  for (const auto& target : places.targets) {
    open_clause->to.push_back(target.at);
  }
  m_cursor = ahead;
  if (verb == Verb::designate && m_cursor.take("under")) {
    // "as subpart A under the heading “General”"
    const std::size_t start = m_cursor.position();
    m_cursor.take("the|a");
    m_cursor.take("new|following");
    if (!m_cursor.take("heading|following heading")) {
      m_cursor = ahead;
      return true;
    }
    m_cursor.take(TokenKind::colon);
    if (!m_cursor.take(TokenKind::quoted)) {
      m_cursor.take("set forth below|that follows|set out below|as follows");
    }
    add_note(open_clause->note, "under " + m_cursor.verbatim_since(start));
  }
  return true;
}

/// "adding Note 1 to precede Note 2 to paragraph (c)" adds a note to that paragraph; "adding “x”
/// after the first sentence of paragraph (c)" adds words to it.
void SentenceReader::place_beside(Clause& made, const Target& beside) {
  if (!made.words.empty()) {
    if (made.where.empty() && beside.extent == TargetExtent::own_text) {
      made.where = {beside};
    }
    return;
  }
  if (made.base.size() != 1 || beside.at.steps().empty()) {
    return;
  }
  const std::string_view noun = beside.at.steps().back().name;
  const std::string_view kind = noun.substr(0, noun.find_last_not_of(" 0123456789") + 1);
  for (Target& target : made.objects.targets) {
    const bool sibling = !target.at.steps().empty() &&
                         target.at.steps().back().kind == Step::Kind::named &&
                         target.at.steps().back().name.starts_with(kind) &&
                         (kind.find("Note") != std::string_view::npos || kind == "Table") &&
                         target.at.parent() == paragraph_root(made.base.front().at);
    if (sibling) {
      target.at = beside.at.parent().child(target.at.steps().back());
    }
  }
}

bool SentenceReader::read_annotation() {
  Clause* open_clause = clause();
  Cursor ahead = m_cursor;
  if (open_clause != nullptr && take_in_place(ahead)) {
    open_clause->in_place = true;
    m_cursor = ahead;
    return true;
  }
  ahead = m_cursor;
  const auto effective = m_result.effective;
  if (read_times(ahead, m_result.effective, m_result.until, m_result.indefinite)) {
    if (effective && effective != m_result.effective && m_context.failure.empty()) {
      m_context.failure = "two dates in one instruction";
    }
    m_cursor = ahead;
    return true;
  }
  std::string note;
  Places beside;
  ahead = m_cursor;
  if (!read_note(ahead, m_places, note, beside)) {
    return false;
  }
  if (open_clause != nullptr && beside.targets.size() == 1) {
    place_beside(*open_clause, beside.targets.front());
  }
  std::string& kept = open_clause != nullptr ? open_clause->note : m_pending_note;
  add_note(kept, note);
  m_cursor = ahead;
  return true;
}

/// One piece; false when the words at the cursor are of no known kind.
bool SentenceReader::step() {
  if (read_enumerator()) {
    m_joined = false;
    return true;
  }
  if (skip_connector()) {
    return true;
  }
  const bool chained = m_chained;
  const bool clause_read = read_quoted_subject() || read_second_participle() ||
                           read_passive_clause() || read_as() || read_quoted_words() ||
                           read_annotation() || read_active_clause();
  const bool location = !clause_read && read_location();
  if (!location) {
    m_chained = chained;
  }
  if (!clause_read && !location && !read_objects()) {
    return false;
  }
  m_chained = location && m_chained;
  m_joined = false;
  m_by = false;
  return true;
}

Sentences SentenceReader::read() {
  m_joined = true;
  if (says_only_that_text_follows(m_cursor)) {
    m_result.only_text = true;
    m_result.base = m_context.base;
    return std::move(m_result);
  }
  skip_preamble(m_cursor);
  while (!m_cursor.done() && m_context.failure.empty()) {
    if (!step()) {
      if (m_context.failure.empty()) {
        m_context.failure = "unknown words: '" +
                            m_cursor.verbatim(m_cursor.position(), m_cursor.position() + 6) + "'";
      }
      break;
    }
  }
  m_result.reason = m_context.failure;
  m_result.base = m_context.base;
  if (!m_result.clauses.empty() && m_result.clauses.front().verb == Verb::delay && m_result.until) {
    m_result.effective = m_result.until; // "is delayed from January 4, 2027, until July 6, 2027"
  }
  return std::move(m_result);
}

Sentences read_sentences(Cursor cursor, Context& context) {
  return SentenceReader(cursor, context).read();
}

} // namespace regtrail::federal_register::instruction_detail
