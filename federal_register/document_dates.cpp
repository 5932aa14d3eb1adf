#include "federal_register/document_dates.hpp"

#include "ear/prose_citation.hpp"
#include "federal_register/date_words_internal.hpp"
#include "federal_register/instruction_list_internal.hpp"
#include "federal_register/sentence_internal.hpp"
#include "federal_register/stated_day_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register {

namespace {

using Kind = DatedClause::Kind;
using namespace date_words;

/// What stands beyond is no DATES paragraph: the real ones have a few hundred bytes.
constexpr std::size_t longest_text = std::size_t{64} << 10U;
constexpr std::size_t none = std::string_view::npos;

/// Words that speak of another document.
constexpr std::string_view other_document =
    "effective dates of the|effective dates for the|"
    "the effective date|published| fr |scheduled|delayed|postponed|the final rule|the interim|"
    "the direct|the rule |the proposed";

/// Sentences, and the clauses between their semicolons.
std::vector<Span> clauses_of(std::string_view text) {
  std::vector<Span> clauses;
  for (Span sentence : sentences(text)) {
    while (true) {
      const std::size_t semicolon = text.find(';', sentence.begin);
      if (semicolon >= sentence.end) {
        break;
      }
      clauses.push_back({sentence.begin, semicolon + 1});
      sentence.begin = semicolon + 1;
    }
    clauses.push_back(sentence);
  }
  return clauses;
}

/// The same, where none ends inside a date: "effective July. 4, 2027".
std::vector<Span> clauses_around(std::string_view text, const std::vector<StatedDay>& dates) {
  std::vector<Span> clauses;
  auto date = dates.begin();
  for (const Span& clause : clauses_of(text)) {
    while (date != dates.end() && date->end <= clause.begin) {
      ++date;
    }
    if (!clauses.empty() && date != dates.end() && date->begin < clause.begin) {
      clauses.back().end = clause.end;
    } else {
      clauses.push_back(clause);
    }
  }
  return clauses;
}

/// One sentence with its days.
class Sentence {
public:
  /// `text`: folded; the places of `days` are in it.
  Sentence(std::string_view words,
           std::string_view text,
           std::vector<StatedDay> days,
           std::optional<Kind>& label,
           DocumentDates& out)
      : m_words(words),
        m_folded(text),
        m_lower(lowered(text)),
        m_text(m_lower),
        m_days(std::move(days)),
        m_label(label),
        m_out(out) {}

  void read() {
    read_label();
    m_about_others =
        (contains_any(m_text,
                      "effective date of the|effective date for the|effective dates of the|"
                      "effective dates for the|changes the effective date") ||
         (contains_any(m_text, "delayed|postponed") && m_text.find("published") != none)) &&
        contains_any(m_text, "published| fr ");
    for (std::size_t i = 0; i < m_days.size(); ++i) {
      one(i);
    }
    if (!indefinite() && m_days.empty()) {
      without_day();
    }
  }

private:
  struct Governed {
    InstructionList list;
    std::vector<Citation> places;

    [[nodiscard]] bool any() const { return !list.numbers.empty() || !places.empty(); }
  };

  /// "Compliance date: ..." or a sentence that is only "Effective date."
  void read_label() {
    const std::size_t end = m_text.find_first_of(":.");
    constexpr std::size_t longest_label = 40;
    if (end == none || end > longest_label || m_text.find("date") > end) {
      return;
    }
    if (const auto kind = first_keyword(m_text.substr(0, end))) {
      m_label = kind;
    }
  }

  [[nodiscard]] std::size_t begin_of(std::size_t i) const {
    return i < m_days.size() ? m_days[i].begin : m_text.size();
  }

  void one(std::size_t i) {
    const StatedDay& day = m_days[i];
    const std::size_t from = i == 0 ? 0 : m_days[i - 1].end;
    const std::string_view before = m_text.substr(0, day.begin);
    const std::string_view between = m_text.substr(from, day.begin - from);
    const std::string_view after = m_text.substr(day.end);
    if (day.printed ? mentions_publication(between, after) : explains_another(i)) {
      return;
    }
    std::optional<Kind> kind = kind_of(before, between, after);
    if (!kind && (day.printed || trimmed(before).empty())) {
      kind = m_label;
    }
    if (!day.printed && (!kind || kind == Kind::other || (day.close && !is_close(between)))) {
      return; // "the session begins 30 days after the notice", "at the May 1 meeting"
    }
    const bool own =
        (i == 0 && !contains_any(before, other_document)) ||
        (ends_with_any(before, "is effective|is effective on|are effective|are effective on") &&
         !contains_any(after, "delayed|postponed"));
    if (is_background(i, between, kind) || (m_about_others && (kind != Kind::effective || !own))) {
      kind = Kind::other;
    }
    Governed governed;
    if (!m_about_others) {
      governed = governed_by(i, between);
    } else if (!own) {
      governed.list = find_instruction_list(before);
    }
    if (governed.any()) {
      m_last_governed = governed;
    } else if (!continues_interval(between)) {
      m_last_governed = {};
    }
    if (kind == Kind::effective && between.find(" from ") != none &&
        contains_any(between, " until | through ")) {
      state(Kind::effective, day); // "from 10:30 a.m. until 11:35 a.m. on"
      kind = Kind::expires;
    }
    state(kind.value_or(Kind::other), day);
    m_begun = m_begun || kind == Kind::effective;
  }

  [[nodiscard]] std::optional<Kind>
  kind_of(std::string_view before, std::string_view between, std::string_view after) const {
    if (ends_with_any(between, "withdrawn as of|withdrawn on") ||
        contains_any(between,
                     "effective date of the withdrawal|effective date of this withdrawal")) {
      return Kind::effective;
    }
    const std::optional<Kind> kind = last_keyword(before);
    if (kind == Kind::effective &&
        (ends_with_any(between, "through|until|to|and ending on|ending on") && m_begun)) {
      return Kind::expires;
    }
    return kind ? kind : first_keyword(after);
  }

  /// "effective May 1, 2027, which is 30 days after publication", "30 days after publication (May
  /// 1, 2027)": the day of the calendar is the one that counts.
  [[nodiscard]] bool explains_another(std::size_t i) const {
    const auto is_apposition = [&](std::size_t from, std::size_t to) {
      constexpr std::size_t longest = 20;
      const std::string_view between = m_text.substr(from, to - from);
      return between.size() <= longest &&
             !contains_any(between, " or | and | until | to |through") && !last_keyword(between);
    };
    return (i > 0 && m_days[i - 1].printed && is_apposition(m_days[i - 1].end, m_days[i].begin)) ||
           (i + 1 < m_days.size() && m_days[i + 1].printed &&
            is_apposition(m_days[i].end, m_days[i + 1].begin));
  }

  /// "effective on May 1": few words between the last keyword and the day.
  static bool is_close(std::string_view between) {
    constexpr std::ptrdiff_t most_blanks = 8;
    for (std::size_t pos = between.size(); pos-- > 0;) {
      if (keyword_at(between, pos)) {
        return std::count(between.begin() + static_cast<std::ptrdiff_t>(pos), between.end(), ' ') <=
               most_blanks;
      }
    }
    return false;
  }

  /// A day of something else: of an incorporation by reference, of a rule that is withdrawn, of the
  /// law as it was.
  [[nodiscard]] bool
  is_background(std::size_t i, std::string_view between, std::optional<Kind> kind) const {
    const std::size_t end = m_days[i].end;
    const std::string_view behind = m_text.substr(end, begin_of(i + 1) - end);
    const auto is_approval = [](std::string_view text) {
      return text.find("by reference") != none && text.find("approv") != none;
    };
    if (is_approval(between) ||
        (i == 0 && !last_keyword(between) && is_approval(behind) && !first_keyword(behind))) {
      return true;
    }
    if (kind != Kind::effective && kind != Kind::compliance && kind != Kind::applicable) {
      return false;
    }
    if (contains_any(between, " not apply| not applicable| not be applicable| no longer appl") ||
        ends_with_any(between, "in effect on|in force on|in effect as of|in force as of")) {
      return true;
    }
    if (ends_with_any(between, "prior to|before|earlier than") &&
        !ends_with_any(between, "or prior to|or before") &&
        !contains_any(between, "must|shall|required")) {
      return true;
    }
    if (kind != Kind::effective) {
      return false;
    }
    // "the rule, effective May 4, 2027, is withdrawn", "withdraws the rule effective May 4, 2027"
    const bool of_the_withdrawal =
        (i == 0 && !contains_any(between, other_document)) ||
        ends_with_any(between,
                      "withdrawn effective|withdrawn, effective|withdrawn as of|"
                      "withdrawn on|withdrawn effective as of|withdrawn effective on");
    return contains_any(between, "was to |were to |scheduled to |would have |originally ") ||
           (behind.find("withdraw") != none && !of_the_withdrawal) ||
           (between.find("withdraw") != none && !of_the_withdrawal &&
            !contains_any(between,
                          "is effective|are effective|becomes effective|"
                          "effective date of the withdrawal|effective date of this withdrawal"));
  }

  static bool continues_interval(std::string_view between) {
    return ends_with_any(between, "through|until|to|ending on");
  }

  /// The instructions or places that the date at `i` is about.
  [[nodiscard]] Governed governed_by(std::size_t i, std::string_view between) const {
    Governed governed;
    const InstructionList before = find_instruction_list(between);
    if (!before.numbers.empty()) {
      // "effective May 1 for instruction 3, and June 1 for ...": the list is of the date before
      const bool of_the_date_before = i > 0 && stands_behind_its_date(between, before.begin);
      if (!of_the_date_before) {
        governed.list = before;
        return governed;
      }
    }
    const std::string_view after = m_text.substr(m_days[i].end, begin_of(i + 1) - m_days[i].end);
    InstructionList behind = find_instruction_list(after);
    if (behind.numbers.empty() && before.numbers.empty() && after.starts_with(':') &&
        between.find("instructions") != none) {
      // "the following instructions are effective May 1, 2026: 7, 9, and 11"
      governed.list = find_instruction_list("instructions" + std::string(after));
      return governed;
    }
    if (!behind.numbers.empty() && stands_behind_its_date(after, behind.begin)) {
      governed.list = std::move(behind);
      return governed;
    }
    const std::size_t exception = between.find("except");
    if (exception != none) {
      for (const ear::ProseCitation& found : ear::find_citations(between.substr(exception))) {
        governed.places.push_back(found.citation);
      }
    }
    return governed;
  }

  /// True for the list in " for amendatory instruction 3", ": instructions 3 and 4", and not for
  /// one behind "except".
  static bool stands_behind_its_date(std::string_view text, std::size_t list) {
    const std::string_view front = text.substr(0, list);
    return front.find("except") == none &&
           (contains_any(front, " for |:| to | are ") || trimmed(front).empty() ||
            trimmed(front) == "," || trimmed(front) == "amendatory" ||
            trimmed(front) == ", amendatory");
  }

  /// `day` is of that kind.
  void state(Kind kind, const StatedDay& day) {
    if (day.printed) {
      add(kind, *day.date, excerpt(trimmed(m_words, ";"), {0, m_words.size()}));
      return;
    }
    std::string words(m_folded.substr(day.begin, day.end - day.begin));
    m_out.unread.push_back({kind, words});
    if (day.date) {
      add(kind, *day.date, std::move(words));
    } else if (kind == Kind::effective && m_last_governed.any()) {
      m_out.exceptions.push_back(
          {m_last_governed.list.numbers, m_last_governed.places, std::nullopt, std::nullopt, true});
    }
  }

  void add(Kind kind, Date date, const std::string& words) {
    std::vector<std::string> numbers = m_last_governed.list.numbers;
    if (numbers.empty()) {
      numbers.emplace_back();
    }
    for (const std::string& number : numbers) {
      m_out.clauses.push_back({kind, date, number, words});
    }
    if (m_last_governed.any()) {
      exception(kind, date);
    }
    if (kind == Kind::effective) {
      m_out.effective.push_back(date);
    } else if (kind == Kind::compliance) {
      m_out.compliance.push_back(date);
    } else if (kind == Kind::applicable) {
      m_out.applicable.push_back(date);
    } else if (kind == Kind::comments_close && !m_out.comments_close &&
               m_text.find("reply comment") == none) {
      m_out.comments_close = date;
    }
  }

  void exception(Kind kind, Date date) {
    if (kind != Kind::effective && kind != Kind::expires) {
      return;
    }
    const auto same = [&](const InstructionDates& known) {
      return known.instructions == m_last_governed.list.numbers &&
             known.places == m_last_governed.places;
    };
    auto known = std::find_if(m_out.exceptions.begin(), m_out.exceptions.end(), same);
    if (known == m_out.exceptions.end()) {
      m_out.exceptions.push_back({m_last_governed.list.numbers,
                                  m_last_governed.places,
                                  std::nullopt,
                                  std::nullopt,
                                  false});
      known = m_out.exceptions.end() - 1;
    }
    (kind == Kind::effective ? known->effective : known->until) = date;
  }

  /// "effective upon approval of the collection of information"
  void without_day() {
    constexpr std::string_view effective = "effective ";
    const std::size_t at = m_text.find(effective);
    if (at == none || m_about_others ||
        !(at == 0 || ends_with_any(m_text.substr(0, at), "is|are|be|become|becomes"))) {
      return;
    }
    const std::size_t begin = at + effective.size();
    const std::string_view rest = m_text.substr(begin);
    if (any_phrase("on |upon |when |after |once |at |as soon as |following |a date ",
                   [&](std::string_view opener) { return rest.starts_with(opener); })) {
      m_out.unread.push_back(
          {Kind::effective, excerpt(trimmed(m_folded.substr(begin), ".;,"), {0, rest.size()})});
    }
  }

  /// True where the sentence says so.
  bool indefinite() {
    std::size_t at = none;
    std::size_t length = 0;
    constexpr std::string_view phrases =
        "delayed indefinitely|indefinitely delayed|postponed indefinitely|indefinitely postponed|"
        "delayed until further notice|postponed until further notice";
    constexpr std::string_view later = "will be announced|to be announced|to be determined";
    const auto look_for = [&](std::string_view list) {
      for (const std::string_view phrase : split(list, '|')) {
        if (const std::size_t found = m_text.find(phrase); found < at) {
          at = found;
          length = phrase.size();
        }
      }
    };
    look_for(phrases);
    if (m_text.find("effective") != none) {
      look_for(later);
    }
    if (at == none) {
      return false;
    }
    if (m_about_others && !m_days.empty() && m_days.back().begin > at) {
      return true; // "..., and delayed indefinitely, is effective on May 1, 2027"
    }
    m_out.unread.push_back(
        {m_about_others ? Kind::other : Kind::effective, std::string(m_folded.substr(at, length))});
    // what is said between the date before and these words
    std::size_t from = 0;
    for (const StatedDay& day : m_days) {
      from = day.end <= at ? std::max(from, day.end) : from;
    }
    const std::string_view clause = m_text.substr(from, at - from);
    InstructionDates dates;
    dates.indefinite = true;
    dates.instructions = find_instruction_list(clause).numbers;
    if (dates.instructions.empty() && clause.find("except") != none) {
      for (const ear::ProseCitation& found : ear::find_citations(clause)) {
        dates.places.push_back(found.citation);
      }
    }
    if (!dates.instructions.empty() || !dates.places.empty()) {
      m_out.exceptions.push_back(std::move(dates));
    } else if (m_days.empty() && !m_about_others) {
      m_out.indefinite = true;
    }
    return true;
  }

  std::string_view m_words; ///< as printed
  std::string_view m_folded;
  std::string m_lower;
  std::string_view m_text; ///< m_lower
  std::vector<StatedDay> m_days;
  std::optional<Kind>& m_label; ///< of the paragraph
  DocumentDates& m_out;
  bool m_about_others = false;
  bool m_begun = false; ///< an effective date stands before
  Governed m_last_governed;
};

void read_paragraph(std::string_view paragraph, const DatesContext& context, DocumentDates& out) {
  const Folded folded(paragraph);
  const std::vector<StatedDay> all = find_stated_days(folded.text(), context);
  std::optional<Kind> label;
  auto next = all.begin();
  for (const auto& [from, to] : clauses_around(folded.text(), all)) {
    std::vector<StatedDay> days;
    for (; next != all.end() && next->begin < to; ++next) {
      days.push_back(*next);
      days.back().begin -= from;
      days.back().end -= from;
    }
    const std::size_t begin = folded.original_begin(from);
    const std::size_t end = folded.original_end(to);
    if (end > begin) {
      Sentence(paragraph.substr(begin, end - begin),
               folded.text().substr(from, to - from),
               std::move(days),
               label,
               out)
          .read();
    }
  }
}

void sort_unique(std::vector<Date>& dates) {
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
}

/// "5" is about "5", "5.a" and "5.a.i".
bool covers(const std::string& named, const std::string& ordinal) {
  return ordinal == named || (ordinal.size() > named.size() && ordinal.starts_with(named) &&
                              ordinal[named.size()] == '.');
}

/// The title is left out of account: prose rarely says it.
bool lies_at(const Citation& target, const Citation& place) {
  const auto below = [&](const std::vector<Step>& steps) {
    return steps.size() >= place.steps().size() &&
           std::equal(place.steps().begin(), place.steps().end(), steps.begin());
  };
  return target.kind() == place.kind() && target.name() == place.name() && below(target.steps());
}

bool is_about(const InstructionDates& dates, const Instruction& instruction) {
  const auto named = [&](const std::string& number) { return covers(number, instruction.ordinal); };
  if (std::any_of(dates.instructions.begin(), dates.instructions.end(), named)) {
    return true;
  }
  bool any = false;
  for (const Operation& operation : instruction.operations) {
    for (const Target& target : operation.targets) {
      any = true;
      if (std::none_of(dates.places.begin(), dates.places.end(), [&](const Citation& place) {
            return lies_at(target.at, place);
          })) {
        return false;
      }
    }
  }
  return any;
}

} // namespace

DocumentDates read_document_dates(std::string_view text, const DatesContext& context) {
  DocumentDates dates;
  for (const std::string_view paragraph : split(text.substr(0, longest_text), '\n')) {
    read_paragraph(paragraph, context, dates);
  }
  sort_unique(dates.effective);
  sort_unique(dates.compliance);
  sort_unique(dates.applicable);
  return dates;
}

void apply(const DocumentDates& dates, Document& document) {
  document.clauses = dates.clauses;
  document.effective = dates.effective;
  document.compliance = dates.compliance;
  document.applicable = dates.applicable;
  document.unread_dates = dates.unread;
  document.comments_close = dates.comments_close;
  for (Instruction& instruction : document.instructions) {
    if (instruction.effective || instruction.indefinite) {
      continue;
    }
    instruction.indefinite = dates.indefinite;
    for (const InstructionDates& exception : dates.exceptions) {
      if (is_about(exception, instruction)) {
        instruction.effective = exception.effective;
        instruction.until = exception.until ? exception.until : instruction.until;
        instruction.indefinite = exception.indefinite;
      }
    }
  }
  for (const Instruction& instruction : document.instructions) {
    // a delay is effective on the new day of what it delays
    const bool delay =
        !instruction.operations.empty() && instruction.operations.front().verb == Verb::delay;
    if (instruction.effective && !delay) {
      document.effective.push_back(*instruction.effective);
    }
  }
  sort_unique(document.effective);
}

} // namespace regtrail::federal_register
