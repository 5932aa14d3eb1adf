#include "federal_register/order_notes.hpp"

#include "federal_register/order_mention_internal.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace regtrail::federal_register {

namespace {

struct NoteVerb {
  std::optional<RelationKind> kind; ///< nullopt: a verb that we do not know
  bool in_part = false;
  std::string words; ///< as printed, one blank between words
};

std::optional<RelationKind> kind_of(std::string_view verb) {
  constexpr std::array<std::pair<std::string_view, RelationKind>, 7> synonyms = {{
      {"see", RelationKind::cites},
      {"see also", RelationKind::cites},
      {"rescinds", RelationKind::revokes},
      {"rescinded by", RelationKind::revoked_by},
      {"replaces", RelationKind::supersedes},
      {"replaced by", RelationKind::superseded_by},

      {"ended by", RelationKind::terminated_by},
  }};
  for (const auto& [word, kind] : synonyms) {
    if (word == verb) {
      return kind;
    }
  }
  const auto kind = parse_word<RelationKind>(verb);
  return kind ? std::optional(*kind) : std::nullopt;
}

/// Takes `words` out of `verb`; true when it was there.
bool take_out(std::string& verb, std::string_view words) {
  const auto at = find_word(verb, words);
  if (at == std::string::npos) {
    return false;
  }
  verb.erase(at, words.size());
  std::string folded;
  for (const char c : verb) {
    if (c != ' ' || (!folded.empty() && folded.back() != ' ')) {
      folded += c;
    }
  }
  verb = std::string(trimmed(folded));
  return true;
}

/// Up to five words and a colon at `pos`; advances it.
std::optional<NoteVerb> read_verb(std::string_view text, std::size_t& pos) {
  std::string words;
  std::size_t at = pos;
  for (int count = 0; count < 5; ++count) {
    const std::size_t begin = at;
    while (at < text.size() && is_alpha(text[at])) {
      ++at;
    }
    if (at == begin) {
      return std::nullopt;
    }
    words += words.empty() ? "" : " ";
    words += text.substr(begin, at - begin);
    at = skip_blanks(text, at);
    if (at < text.size() && text[at] == ':') {
      pos = at + 1;
      NoteVerb verb;
      verb.words = words;
      std::string base = lowered(words);
      verb.in_part = take_out(base, "in part") || take_out(base, "partially") ||
                     take_out(base, "partly") || take_out(base, "part");
      verb.kind = kind_of(base);
      return verb;
    }
  }
  return std::nullopt;
}

class Reader {
public:
  Reader(std::string_view notes, std::string_view own_number)
      : m_folded(notes),
        m_text(m_folded.text()),
        m_own(own_number) {}

  OrderNotes read();

private:
  bool take_orders();
  bool take_bare_number();
  void take_other();
  void add(const std::string& number, std::size_t begin, std::size_t end);
  [[nodiscard]] bool take_in_part();

  [[nodiscard]] bool starts_word(std::size_t pos) const {
    return pos == 0 || !is_alnum(m_text[pos - 1]);
  }

  Folded m_folded;
  std::string_view m_text;
  std::string_view m_own;
  std::size_t m_pos = 0;
  std::optional<NoteVerb> m_verb;
  OrderNotes m_notes;
};

bool Reader::take_in_part() {
  const std::size_t at = skip_blanks(m_text, m_pos);
  for (const std::string_view words : {"(in part)", "in part"}) {
    if (has_at(m_text, at, words)) {
      m_pos = at + words.size();
      return true;
    }
  }
  return false;
}

void Reader::add(const std::string& number, std::size_t begin, std::size_t end) {
  const std::string words(trimmed(m_text.substr(begin, end - begin), ",;"));
  if (!m_verb || !m_verb->kind) {
    m_notes.not_understood.push_back(m_verb ? m_verb->words + ": " + words : words);
    return;
  }
  if (number == m_own) {
    return;
  }
  Relation relation;
  relation.kind = *m_verb->kind;
  relation.target = Citation::executive_order(number);
  relation.in_part = m_verb->in_part;
  relation.source = "notes";
  relation.words = m_verb->words + ": " + words;
  const bool known =
      std::any_of(m_notes.relations.begin(), m_notes.relations.end(), [&](const Relation& other) {
        return other.kind == relation.kind && other.target == relation.target;
      });
  if (!known) {
    m_notes.relations.push_back(std::move(relation));
  }
}

bool Reader::take_orders() {
  std::size_t at = m_pos;
  const auto mentions = read_orders(m_text, at);
  if (mentions.empty()) {
    return false;
  }
  m_pos = at;
  const std::size_t before = m_notes.relations.size();
  for (const auto& mention : mentions) {
    add(mention.number, mention.begin, mention.end);
  }
  if (take_in_part() && m_notes.relations.size() > before) {
    m_notes.relations.back().in_part = true;
  }
  return true;
}

/// "Supersedes: 4601, March 1, 1927"
bool Reader::take_bare_number() {
  std::size_t at = m_pos;
  const std::size_t begin = m_pos;
  const auto number = read_order_number(m_text, at);
  if (!number || !skip_order_date(m_text, at)) {
    return false;
  }
  m_pos = at;
  add(*number, begin, at);
  return true;
}

/// Everything up to the next separator, verb or order.
void Reader::take_other() {
  const std::size_t begin = m_pos;
  ++m_pos;
  while (m_pos < m_text.size() && m_text[m_pos] != ';') {
    if (starts_word(m_pos) && is_alpha(m_text[m_pos])) {
      std::size_t at = m_pos;
      if (read_verb(m_text, at) || !read_orders(m_text, at).empty()) {
        break;
      }
    }
    ++m_pos;
  }
  const auto words = trimmed(m_text.substr(begin, m_pos - begin), ",;.");
  if (words.empty() || words == "and") {
    return;
  }
  const bool known = m_verb && m_verb->kind;
  (known ? m_notes.others : m_notes.not_understood)
      .push_back((m_verb ? m_verb->words + ": " : "") + std::string(words));
}

OrderNotes Reader::read() {
  while (m_pos < m_text.size()) {
    const char c = m_text[m_pos];
    if (c == ' ' || c == ';' || c == ',' || c == '.') {
      ++m_pos;
    } else if (auto verb = starts_word(m_pos) ? read_verb(m_text, m_pos) : std::nullopt) {
      m_verb = std::move(verb);
    } else if (!take_orders() && !(is_digit(c) && take_bare_number())) {
      take_other();
    }
  }
  return std::move(m_notes);
}

} // namespace

OrderNotes read_order_notes(std::string_view notes, std::string_view own_number) {
  return Reader(notes, own_number).read();
}

} // namespace regtrail::federal_register
