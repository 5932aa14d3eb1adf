#include "federal_register/printed_days.hpp"

#include "ear/text_date.hpp"
#include "federal_register/sentence_internal.hpp"
#include "federal_register/stay_note.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <optional>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t none = std::string_view::npos;
// Bytes.
constexpr std::size_t far_back = 120; ///< shown in front of the word that leads to a day
constexpr std::size_t longest_words = 240;
constexpr std::size_t longest_text = 4000;

/// Between the word that says what the day is and the day: "11:59 p.m. Eastern time on".
constexpr std::string_view clock_words =
    "on|at|of|the|close|business|cob|midnight|noon|day|a|p|m|am|pm|eastern|standard|daylight|local|"
    "time|est|edt|et|including|inclusive|monday|tuesday|wednesday|thursday|friday|saturday|sunday";

constexpr std::string_view expiry_words =
    "expire|expires|expiring|terminate|terminates|terminating|sunset|sunsets|lapse|lapses";
constexpr std::string_view due_words =
    "on or before|no later than|not later than|no later|not later|by";
constexpr std::string_view end_words =
    "until|till|through|thru|up to|prior to|before|end|ends|ending|ceases to apply|cease to apply";

/// A text of another day stands so: "as amended through", "current through".
constexpr std::string_view edition_words =
    "amended|revised|updated|current|modified|corrected|incorporated|compiled|codified|reprinted";

bool ends_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && has_word_at(text, text.size() - word.size(), word);
}

/// The one of `words` at the end of `text`, the longest where several are; "" for none.
std::string_view last_of(std::string_view text, std::string_view words) {
  std::string_view longest;
  for (const std::string_view word : split(words, '|')) {
    if (word.size() > longest.size() && ends_with_word(text, word)) {
      longest = word;
    }
  }
  return longest;
}

bool holds_any(std::string_view text, std::string_view words) {
  return any_phrase(words, [&](std::string_view word) { return find_word(text, word) != none; });
}

/// `front` without the time of day and the weekday at its end.
std::string_view without_clock(std::string_view front) {
  for (;;) {
    front = trimmed(front, ",.():");
    std::size_t begin = front.size();
    while (begin > 0 && is_alnum(front[begin - 1])) {
      --begin;
    }
    const std::string word = lowered(front.substr(begin));
    if (word.empty() ||
        (!is_one_of(word, clock_words) && !(word.size() <= 2 && all_digits(word)))) {
      return front;
    }
    front = front.substr(0, begin);
  }
}

/// "no longer valid after", "not available after"
bool ends_after(std::string_view front) {
  if (!ends_with_word(front, "after")) {
    return false;
  }
  front = trimmed(front.substr(0, front.size() - 5));
  const std::string_view state =
      last_of(front, "valid|available|effective|applicable|apply|authorized|in effect|in force");
  if (state.empty()) {
    return false;
  }
  front = trimmed(front.substr(0, front.size() - state.size()));
  if (ends_with_word(front, "be")) {
    front = trimmed(front.substr(0, front.size() - 2));
  }
  return !last_of(front, "not|no longer").empty();
}

struct Lead {
  std::size_t begin = 0; ///< of its words in the sentence
  CalendarKind kind = CalendarKind::text_ends;
};

/// What the words in front of a day make of it; `front` is the sentence up to the day.
std::optional<Lead> lead_of(std::string_view front) {
  front = without_clock(front);
  const auto at = [&](std::string_view word) { return front.size() - word.size(); };
  if (const auto word = last_of(front, expiry_words); !word.empty()) {
    return Lead{at(word), CalendarKind::expires};
  }
  if (const auto word = last_of(front, due_words); !word.empty()) {
    const bool duty =
        holds_any(front.substr(0, at(word)), "must|shall|required|due|have to|has to");
    if (word == "by" && !duty) {
      return std::nullopt;
    }
    return Lead{at(word), duty ? CalendarKind::compliance : CalendarKind::text_ends};
  }
  if (ends_after(front)) {
    return Lead{at("after"), CalendarKind::expires};
  }
  const auto word = last_of(front, end_words);
  if (word.empty()) {
    return std::nullopt;
  }
  const std::string_view before = trimmed(front.substr(0, at(word)), ",");
  const bool begins = !last_of(before, "not|or|no earlier|no sooner").empty() &&
                      (word == "before" || word == "prior to");
  if (begins || !last_of(before, edition_words).empty()) {
    return std::nullopt;
  }
  const bool valid = !last_of(before, "valid|validity|authorized|license|licence").empty();
  return Lead{at(word), valid ? CalendarKind::expires : CalendarKind::text_ends};
}

/// Four digits of a year that may lie ahead.
bool names_a_year(std::string_view text) {
  for (std::size_t i = text.find("20"); i != none; i = text.find("20", i + 1)) {
    if (i + 4 <= text.size() && is_digit(text[i + 2]) && is_digit(text[i + 3])) {
      return true;
    }
  }
  return false;
}

/// Calls `found` with each day of `text` that a sentence prints as an end.
template<typename Found>
void each_end(std::string_view text, Found found) {
  if (!names_a_year(text)) {
    return;
  }
  const Folded folded(text);
  const std::string_view plain = folded.text();
  const std::vector<ear::TextDate> dates = ear::find_dates(plain);
  if (dates.empty()) {
    return;
  }
  std::vector<Span> kept;
  for (const ear::TextDate& date : dates) {
    kept.push_back({date.begin, date.end});
  }
  for (const Span& sentence : sentences(plain, kept)) {
    for (const ear::TextDate& date : dates) {
      if (date.begin < sentence.begin || date.end > sentence.end) {
        continue;
      }
      const auto lead = lead_of(plain.substr(sentence.begin, date.begin - sentence.begin));
      if (!lead) {
        continue;
      }
      std::size_t from = sentence.begin;
      if (lead->begin > far_back) {
        from = plain.find(' ', sentence.begin + lead->begin - far_back) + 1;
      }
      found(PrintedDay{date.date,
                       lead->kind,
                       excerpt(text,
                               {folded.original_begin(from), folded.original_end(sentence.end)},
                               longest_words)},
            plain.substr(sentence.begin, sentence.end - sentence.begin));
    }
  }
}

bool is_example(const Node& node) {
  return has_word_at(node.text, 0, "example") || has_word_at(node.label, 0, "example");
}

/// General orders are temporary general licenses; what they print as an end is theirs.
bool is_general_order(const Citation& at) {
  return at.kind() == CitationKind::appendix &&
         has_at(at.to_string(), 0, "supplement no. 1 to part 736");
}

class UnitDays {
public:
  explicit UnitDays(const Unit& unit) : m_unit(unit), m_licenses(is_general_order(unit.id)) {
    read(unit.root, unit.id);
    for (const UnitNote& note : unit.notes) {
      if (note.field != NoteField::effdnot) {
        continue;
      }
      for (NotedStay& stay : find_stays(note.text, unit.id)) {
        if (stay.until && !stay.lifted) {
          add(std::move(stay.at),
              {*stay.until,
               CalendarKind::stay_ends,
               excerpt(note.text, {0, note.text.size()}, longest_words)});
        }
      }
    }
  }

  std::vector<TextDay> take() { return std::move(m_days); }

private:
  void read(const Node& node, const Citation& at) {
    if (is_example(node)) {
      return;
    }
    each_end(node.text, [&](PrintedDay day, std::string_view /*sentence*/) {
      if (m_licenses && day.kind == CalendarKind::text_ends) {
        day.kind = CalendarKind::expires;
      }
      add(at, std::move(day));
    });
    if (node.children.empty()) {
      return;
    }
    const std::vector<Step> steps = child_steps(node);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      read(node.children[i], at.child(steps[i]));
    }
  }

  void add(Citation at, PrintedDay day) {
    const bool known = std::any_of(m_days.begin(), m_days.end(), [&](const TextDay& each) {
      return each.entry.day == day.day && each.entry.at == at;
    });
    if (!known) {
      const Node* node = find_node(m_unit.root, m_unit.id, at);
      const std::string text = node == nullptr ? "" : subtree_text(*node);
      m_days.push_back({{day.day, day.kind, "", "", std::move(at), std::move(day.words)},
                        excerpt(text, {0, text.size()}, longest_text)});
    }
  }

  const Unit& m_unit;
  bool m_licenses;
  std::vector<TextDay> m_days;
};

} // namespace

std::vector<PrintedDay> find_printed_days(std::string_view text) {
  std::vector<PrintedDay> days;
  each_end(text,
           [&](PrintedDay day, std::string_view /*sentence*/) { days.push_back(std::move(day)); });
  return days;
}

void add_savings_clauses(Document& document) {
  for (const std::string_view paragraph : split(document.body, '\n')) {
    each_end(paragraph, [&](PrintedDay day, std::string_view sentence) {
      if (holds_any(sentence, "may proceed|may continue")) {
        document.clauses.push_back({DatedClause::Kind::expires, day.day, "", std::move(day.words)});
      }
    });
  }
}

std::vector<TextDay> days_in(const Unit& unit) {
  return UnitDays(unit).take();
}

} // namespace regtrail::federal_register
