#include "federal_register/stay_note.hpp"

#include "ear/fr_citation.hpp"
#include "ear/prose_citation.hpp"
#include "ear/text_date.hpp"
#include "federal_register/sentence_internal.hpp"
#include "model/phrases.hpp"
#include "model/scan.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::federal_register {

namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t longest_extent = 160;

using Path = std::vector<std::string>; ///< "(a)", "(2)"

/// Takes one of `words` off the end, with the blanks and commas around it.
bool drop_last(std::string_view& text, std::string_view words) {
  text = trimmed(text, ",");
  return any_phrase(words, [&](std::string_view word) {
    const std::size_t at = text.size() - std::min(text.size(), word.size());
    if (!has_at(text, at, word) || (at > 0 && is_alnum(text[at - 1]))) {
      return false;
    }
    text = trimmed(text.substr(0, at), ",");
    return true;
  });
}

bool drop_first(std::string_view& text, std::string_view words) {
  text = trimmed(text, ",");
  return any_phrase(words, [&](std::string_view word) {
    if (!has_word_at(text, 0, word)) {
      return false;
    }
    text = trimmed(text.substr(word.size()), ",");
    return true;
  });
}

enum class StepKind { number, upper, roman, letter };

StepKind kind_of(std::string_view step) {
  const std::string_view name = trimmed(step, "()");
  if (all_digits(name)) {
    return StepKind::number;
  }
  if (!name.empty() && is_upper(name.front())) {
    return StepKind::upper;
  }
  const bool roman = name.find_first_not_of("ivx") == none;
  return roman ? StepKind::roman : StepKind::letter;
}

/// "(2)" behind "(a)(1)" is "(a)(2)"; nullopt where it may be something else.
std::optional<Path> beside(const Path& before, const Path& path) {
  const StepKind kind = kind_of(path.front());
  const std::size_t third = 2; // romans are the third level of a section
  if (kind == StepKind::letter || (kind == StepKind::roman && before.size() <= third)) {
    return path;
  }
  for (std::size_t i = before.size(); i-- > 0;) {
    if (kind_of(before[i]) == kind && (kind != StepKind::roman || i >= third)) {
      Path placed(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(i));
      placed.insert(placed.end(), path.begin(), path.end());
      return placed;
    }
  }
  return std::nullopt;
}

/// What lies between "(a)(1)" and "(a)(4)", both left out; nullopt where that cannot be counted.
std::optional<std::vector<Path>> between(const Path& first, const Path& last) {
  if (first.size() != last.size() ||
      !std::equal(first.begin(), first.end() - 1, last.begin(), last.end() - 1)) {
    return std::nullopt;
  }
  const std::string_view from = trimmed(first.back(), "()");
  const std::string_view to = trimmed(last.back(), "()");
  const bool numbers = all_digits(from) && all_digits(to) && from.size() <= 2 && to.size() <= 2;
  const bool letters = from.size() == 1 && to.size() == 1 && is_lower(from[0]) && is_lower(to[0]);
  if (!numbers && !letters) {
    return std::nullopt;
  }
  const int begin = numbers ? std::stoi(std::string(from)) : from[0];
  const int end = numbers ? std::stoi(std::string(to)) : to[0];
  std::vector<Path> paths;
  for (int i = begin + 1; i < end; ++i) {
    paths.push_back(first);
    paths.back().back() =
        "(" + (numbers ? std::to_string(i) : std::string(1, static_cast<char>(i))) + ")";
  }
  return paths;
}

/// The places named beside one unit: "the second and third sentences of paragraph (a)(2) and the
/// first sentence of paragraph (b)".
class Places {
public:
  explicit Places(Citation base) : m_base(std::move(base)) {}

  std::vector<std::pair<Citation, std::string>> read(std::string_view text) {
    while (drop_first(text, "in|and") || drop_last(text, "in|and|of")) {
    }
    if (text.empty()) {
      add(m_base, {});
      return std::move(m_places);
    }
    std::size_t from = 0;
    for (std::size_t at = text.find('('); at != none; at = text.find('(', std::max(at + 1, from))) {
      std::size_t end = at;
      const Path path = read_designators(text, end);
      if (path.empty() || (at > 0 && text[at - 1] != ' ')) {
        continue;
      }
      const std::string_view front = text.substr(from, at - from);
      std::string_view behind;
      from = end;
      const std::size_t next = skip_blanks(text, end);
      for (const std::string_view part : {"introductory text", "heading"}) {
        if (has_word_at(text, next, part)) {
          behind = text.substr(next, part.size());
          from = next + part.size();
        }
      }
      member(front, path, behind);
    }
    rest(text.substr(from));
    return std::move(m_places);
  }

private:
  void add(Citation at, std::string extent) {
    m_places.emplace_back(std::move(at), std::move(extent));
  }

  void unplaced() { add(m_base, std::string(unplaced_extent)); }

  void place(const Path& path, const std::string& extent) {
    Citation at = m_base;
    for (const std::string& step : path) {
      at = at.child({Step::Kind::paragraph, step});
    }
    add(std::move(at), extent);
  }

  void member(std::string_view front, const Path& path, std::string_view behind) {
    if (!m_base.steps().empty() || front.size() > longest_extent) {
      unplaced();
      return;
    }
    std::string_view words = trimmed(front);
    const bool plural = words.ends_with("paragraphs");
    const bool named = plural || words.ends_with("paragraph");
    words = trimmed(words.substr(0, named ? words.rfind("paragraph") : words.size()));
    // "the heading, paragraph (a)" and "introductory text and (a)" name a part of the unit first
    bool separate = words.ends_with(',');
    while (drop_first(words, "and|or")) {
    }
    separate = drop_last(words, "and|or") || separate;
    if (separate && !words.empty()) {
      add(m_base, std::string(words));
      words = {};
    }
    const bool range = drop_last(words, "through");
    const bool bare = words.empty() && !named && !separate;
    if (!bare && !range) {
      m_plural = plural;
      if (behind.empty()) {
        drop_last(words, "of|in|to|under|from");
      }
      m_extent = std::string(words);
    }
    std::string extent = m_extent;
    if (!behind.empty()) {
      extent += (extent.empty() ? "" : " ") + std::string(behind);
    }
    const auto placed = m_last.empty() ? std::optional(path) : beside(m_last, path);
    const auto inner = placed && range ? between(m_last, *placed) : std::vector<Path>();
    // "the first sentence of paragraphs (a) and (b)" is of both, "... of paragraph (a) and (b)" not
    const bool shared = !bare || m_plural || m_extent.empty();
    if (!placed || !inner || !shared) {
      unplaced();
      return;
    }
    for (const Path& each : *inner) {
      place(each, extent);
    }
    place(*placed, extent);
    m_last = *placed;
  }

  /// What stands behind the last paragraph, or all of it where none is named.
  void rest(std::string_view words) {
    while (drop_first(words, "and|in|of this section|of this part|of this supplement") ||
           drop_last(words, "of|to|in|and")) {
    }
    if (words.empty()) {
      return;
    }
    if (m_places.empty() && words.size() <= longest_extent) {
      add(m_base, std::string(words));
    } else {
      unplaced();
    }
  }

  Citation m_base;
  std::vector<std::pair<Citation, std::string>> m_places;
  Path m_last;          ///< the paragraph named before
  std::string m_extent; ///< of it
  bool m_plural = false;
};

/// What a clause says to be stayed, each with its part: "in § 744.8, ...", "the first sentence of
/// § 744.8(b)".
std::vector<std::pair<Citation, std::string>> places_in(std::string_view subject,
                                                        const Citation& unit) {
  std::vector<ear::ProseCitation> cited = ear::find_citations(subject, unit.title());
  std::erase_if(cited, [](const ear::ProseCitation& each) {
    return each.citation.kind() > CitationKind::eccn;
  });
  if (cited.empty()) {
    return Places(unit).read(subject);
  }
  std::vector<std::pair<Citation, std::string>> places;
  std::size_t from = 0; ///< of the words that no citation has taken
  for (std::size_t i = 0; i < cited.size(); ++i) {
    const std::size_t next = i + 1 < cited.size() ? cited[i + 1].begin : subject.size();
    std::string_view front = subject.substr(from, cited[i].begin - from);
    std::string_view words = subject.substr(cited[i].end, next - cited[i].end);
    const bool comma = words.starts_with(',');
    drop_last(words, "eccn");
    std::string_view gap = words;
    while (drop_first(gap, "in")) {
    }
    const bool holds_next = i + 1 < cited.size() && comma && gap.empty() &&
                            (cited[i].citation.kind() == CitationKind::part ||
                             cited[i + 1].citation.kind() == CitationKind::eccn);
    if (holds_next) { // "in supplement no. 1 to part 774, ECCN 3A090"
      from = next;
      continue;
    }
    drop_last(front, "eccn");
    if (drop_last(front, "of|to")) {
      words = front;
      from = cited[i].end;
    } else if (std::string_view ahead = words; drop_last(ahead, "of|to")) {
      words = {}; // these are of the next one
      from = cited[i].end;
    } else {
      from = next;
    }
    for (auto& place : Places(cited[i].citation).read(words)) {
      places.push_back(std::move(place));
    }
  }
  return places;
}

struct Verb {
  std::size_t begin = none;
  std::size_t end = none;
  bool lifted = false;
};

/// "were stayed", "is temporarily suspended", "was lifted".
Verb verb_in(std::string_view clause) {
  Verb verb;
  for (const std::string_view word : {"stayed", "suspended", "lifted"}) {
    const std::size_t at = find_word(clause, word);
    if (at < verb.begin) {
      verb = {at, at + word.size(), word == "lifted"};
    }
  }
  if (verb.begin == none) {
    return verb;
  }
  std::string_view front = clause.substr(0, verb.begin);
  while (drop_last(front, "temporarily|hereby|indefinitely|administratively")) {
  }
  drop_last(front, "was|were|is|are|has been|have been|be");
  verb.begin = front.empty() ? 0 : static_cast<std::size_t>(front.end() - clause.begin());
  return verb;
}

void read_days(std::string_view text, NotedStay& stay) {
  std::size_t from = 0;
  for (const ear::TextDate& date : ear::find_dates(text)) {
    std::string_view front = text.substr(from, date.begin - from);
    if (drop_last(front, "until|through|to")) {
      stay.until = date.date;
    } else if (drop_last(front, "from|effective|as of|beginning|beginning on|on")) {
      stay.from = date.date;
    }
    from = date.end;
  }
}

void read_clause(std::string_view clause, const Citation& unit, std::vector<NotedStay>& stays) {
  const Verb verb = verb_in(clause);
  if (verb.begin == none) {
    return;
  }
  NotedStay stay;
  stay.lifted = verb.lifted;
  std::string_view subject = clause.substr(0, verb.begin);
  for (const ear::FrCitation& page : ear::find_fr_citations(clause)) {
    if (stay.page.empty() || page.end <= verb.begin) {
      stay.page = Citation::fr_page(std::to_string(page.volume), std::to_string(page.page));
    }
    if (page.end <= verb.begin) {
      subject = clause.substr(page.end, verb.begin - page.end);
    }
  }
  if (stay.page.empty() && subject.find(':') != none) {
    subject.remove_prefix(subject.find(':') + 1); // "Effective Date Note:"
  }
  drop_first(subject, "the stay of|the stay on|the suspension of|the stay in");
  read_days(clause.substr(verb.end), stay);
  for (auto& [at, extent] : places_in(subject, unit)) {
    stay.at = std::move(at);
    stay.extent = std::move(extent);
    stays.push_back(stay);
  }
}

} // namespace

std::vector<NotedStay> find_stays(std::string_view text, const Citation& unit) {
  std::vector<NotedStay> stays;
  const Folded folded(text);
  for (const Span& sentence : sentences(folded.text())) {
    const std::string_view words =
        folded.text().substr(sentence.begin, sentence.end - sentence.begin);
    for (const std::string_view clause : split(words, ';')) {
      read_clause(clause, unit, stays);
    }
  }
  return stays;
}

} // namespace regtrail::federal_register
