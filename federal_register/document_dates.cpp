#include "federal_register/document_dates.hpp"

#include "ear/prose_citation.hpp"
#include "ear/text_date.hpp"
#include "federal_register/instruction_list_internal.hpp"
#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::federal_register {

namespace {

using Kind = DatedClause::Kind;

/// What stands beyond is no DATES paragraph: the real ones have a few hundred bytes.
constexpr std::size_t longest_text = std::size_t{64} << 10U;
constexpr std::size_t none = std::string_view::npos;

struct Keywords {
  Kind kind;
  std::string_view stems; ///< '|' between them
};

/// The last of these in front of a date says what the date is.
constexpr std::array keywords = {
    Keywords{Kind::effective, "effective|takes effect|take effect|as of"},
    Keywords{Kind::compliance,
             "applicable|applicability|applies|apply to|compliance|comply|implementation"},
    Keywords{Kind::comments_close, "comment"},
    Keywords{Kind::expires, "expire|terminat|sunset"},
    Keywords{Kind::other,
             "meeting|held|hearing|workshop|webinar|objection|nomination|petition|delayed|"
             "postponed|validity|valid "},
};

bool contains_any(std::string_view text, std::string_view phrases) {
  return any_phrase(phrases, [&](std::string_view phrase) { return text.find(phrase) != none; });
}

bool ends_with_any(std::string_view text, std::string_view phrases) {
  text = trimmed(text, ",");
  return any_phrase(phrases, [&](std::string_view phrase) { return text.ends_with(phrase); });
}

/// The keyword that begins at `pos`.
std::optional<Kind> keyword_at(std::string_view text, std::size_t pos) {
  if (pos > 0 && is_alpha(text[pos - 1])) {
    return std::nullopt;
  }
  for (const auto& [kind, stems] : keywords) {
    if (any_phrase(stems,
                   [&](std::string_view stem) { return text.substr(pos).starts_with(stem); })) {
      return kind;
    }
  }
  return std::nullopt;
}

std::optional<Kind> last_keyword(std::string_view text) {
  for (std::size_t pos = text.size(); pos-- > 0;) {
    if (const auto kind = keyword_at(text, pos)) {
      return kind;
    }
  }
  return std::nullopt;
}

/// The first that may say of a date in front of it what it is.
std::optional<Kind> first_keyword(std::string_view text) {
  for (std::size_t pos = 0; pos < text.size(); ++pos) {
    const auto kind = keyword_at(text, pos);
    if (kind && kind != Kind::expires && kind != Kind::other) {
      return kind;
    }
  }
  return std::nullopt;
}

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
std::vector<Span> clauses_around(std::string_view text, const std::vector<ear::TextDate>& dates) {
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

/// One sentence, folded and in lower case, with its dates.
class Sentence {
public:
  Sentence(std::string_view words,
           std::string_view text,
           std::vector<ear::TextDate> dates,
           std::optional<Kind>& label,
           DocumentDates& out)
      : m_words(words),
        m_text(text),
        m_dates(std::move(dates)),
        m_label(label),
        m_out(out) {}

  void read(const DatesContext& context) {
    read_label();
    m_about_others = contains_any(m_text,
                                  "effective date of the|effective date for the|"
                                  "effective dates of the|effective dates for the|"
                                  "changes the effective date") &&
                     contains_any(m_text, "published| fr ");
    for (std::size_t i = 0; i < m_dates.size(); ++i) {
      one(i);
    }
    if (m_dates.empty()) {
      without_date(context);
    }
    indefinite();
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
    return i < m_dates.size() ? m_dates[i].begin : m_text.size();
  }

  void one(std::size_t i) {
    const std::size_t from = i == 0 ? 0 : m_dates[i - 1].end;
    const std::size_t begin = m_dates[i].begin;
    const std::string_view before = m_text.substr(0, begin);
    const std::string_view between = m_text.substr(from, begin - from);
    if (mentions_publication(between, m_text.substr(m_dates[i].end))) {
      return;
    }
    const Governed governed = governed_by(i, between);
    if (governed.any()) {
      m_last_governed = governed;
    } else if (!continues_interval(between)) {
      m_last_governed = {};
    }
    std::optional<Kind> kind = last_keyword(before);
    if (kind == Kind::effective &&
        (ends_with_any(between, "through|until|to|and ending on|ending on") && m_begun)) {
      kind = Kind::expires;
    } else if (kind == Kind::effective && between.find(" from ") != none &&
               contains_any(between, " until | through ")) {
      add(Kind::effective, m_dates[i].date); // "from 10:30 a.m. until 11:35 a.m. on"
      kind = Kind::expires;
    }
    if (!kind) {
      kind = first_keyword(m_text.substr(m_dates[i].end));
    }
    if (!kind) {
      kind = m_label;
    }
    if (m_about_others && !(kind == Kind::effective && i == 0 && ends_with_any(before, "as of"))) {
      kind = Kind::other;
    }
    add(kind.value_or(Kind::other), m_dates[i].date);
    m_begun = m_begun || kind == Kind::effective;
  }

  static bool continues_interval(std::string_view between) {
    return ends_with_any(between, "through|until|to|ending on");
  }

  /// "published December 27, 2024 (89 FR 106064)", "78 FR 6584 (Jan. 30, 2013)".
  static bool mentions_publication(std::string_view before, std::string_view after) {
    std::size_t at = skip_blanks(after, 0);
    at = at < after.size() && after[at] == ',' ? skip_blanks(after, at + 1) : at;
    for (const std::string_view word : {"(", "at "}) {
      if (after.substr(at).starts_with(word)) {
        std::size_t pos = skip_blanks(after, at + word.size());
        if (read_int(after, pos) && after.substr(skip_blanks(after, pos)).starts_with("fr ")) {
          return true;
        }
      }
    }
    if (ends_with_any(before,
                      "published|published on|register on|register of|issued on|dated|delayed on|"
                      "corrected on|amended on")) {
      return true;
    }
    // behind a citation: "fr 6584 (", "fr 59168, "
    std::string_view front = trimmed(before, "(,");
    const std::size_t blank = front.rfind(' ');
    return blank != none && blank >= 2 && front.substr(0, blank).ends_with("fr") &&
           blank + 1 < front.size() && is_digit(front[blank + 1]);
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
    const std::string_view after = m_text.substr(m_dates[i].end, begin_of(i + 1) - m_dates[i].end);
    InstructionList behind = find_instruction_list(after);
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
           (contains_any(front, " for |:| to ") || trimmed(front).empty() ||
            trimmed(front) == "," || trimmed(front) == "amendatory" ||
            trimmed(front) == ", amendatory");
  }

  void add(Kind kind, Date date) {
    const std::string words = excerpt(trimmed(m_words, ";"), {0, m_words.size()});
    if (!m_last_governed.any()) {
      m_out.clauses.push_back({kind, date, {}, words});
    } else {
      for (const std::string& number : m_last_governed.list.numbers) {
        m_out.clauses.push_back({kind, date, number, words});
      }
      if (m_last_governed.list.numbers.empty()) {
        m_out.clauses.push_back({kind, date, {}, words});
      }
      exception(kind, date);
    }
    if (kind == Kind::effective) {
      m_out.effective.push_back(date);
    } else if (kind == Kind::compliance) {
      m_out.compliance.push_back(date);
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

  /// "effective on filing", "effective immediately".
  void without_date(const DatesContext& context) {
    if (m_text.find("effective") == none || contains_any(m_text, " days| months|comment|announc")) {
      return;
    }
    std::optional<Date> date;
    if (contains_any(m_text, "filing|filed|public inspection|public display")) {
      date = context.filed;
    } else if (contains_any(m_text, "publication|immediately")) {
      date = context.published;
    }
    if (date) {
      const Governed governed{find_instruction_list(m_text), {}};
      m_last_governed = governed;
      add(Kind::effective, *date);
    }
  }

  void indefinite() {
    if (m_text.find("delayed") == none && m_text.find("postponed") == none) {
      return;
    }
    const std::size_t at = std::min({m_text.find("delayed indefinitely"),
                                     m_text.find("indefinitely delayed"),
                                     m_text.find("postponed indefinitely"),
                                     m_text.find("delayed until further notice")});
    if (at == none) {
      return;
    }
    // what is said between the date before and these words
    std::size_t from = 0;
    for (const ear::TextDate& date : m_dates) {
      from = date.end <= at ? std::max(from, date.end) : from;
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
    } else if (m_dates.empty() && !m_about_others) {
      m_out.indefinite = true;
    }
  }

  std::string_view m_words; ///< as printed
  std::string_view m_text;
  std::vector<ear::TextDate> m_dates; ///< with places in m_text
  std::optional<Kind>& m_label;       ///< of the paragraph
  DocumentDates& m_out;
  bool m_about_others = false;
  bool m_begun = false; ///< an effective date stands before
  Governed m_last_governed;
};

void read_paragraph(std::string_view paragraph, const DatesContext& context, DocumentDates& out) {
  const Folded folded(paragraph);
  const std::string lower = lowered(folded.text());
  const std::vector<ear::TextDate> all = ear::find_dates(folded.text());
  std::optional<Kind> label;
  auto next = all.begin();
  for (const auto& [from, to] : clauses_around(folded.text(), all)) {
    std::vector<ear::TextDate> dates;
    for (; next != all.end() && next->begin < to; ++next) {
      dates.push_back({next->date, next->begin - from, next->end - from});
    }
    const std::size_t begin = folded.original_begin(from);
    const std::size_t end = folded.original_end(to);
    if (end > begin) {
      Sentence(paragraph.substr(begin, end - begin),
               std::string_view(lower).substr(from, to - from),
               std::move(dates),
               label,
               out)
          .read(context);
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
  return dates;
}

void apply(const DocumentDates& dates, Document& document) {
  document.clauses = dates.clauses;
  document.effective = dates.effective;
  document.compliance = dates.compliance;
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
