#include "diff/relevance/evidence_internal.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "ear/prose_citation.hpp"
#include "model/characters.hpp"
#include "model/supplement.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace regtrail::diff {

namespace {

/// Bytes [begin, end) of a text that changed.
struct Span {
  std::size_t begin;
  std::size_t end;
};

/// The changed spans of one side, from the word script; without a script everything between the
/// common beginning and the common end.
std::vector<Span> changed_spans(const Change& change, WordRun::Op op) {
  const bool is_before = op == WordRun::Op::removed;
  const std::string& text = is_before ? change.before : change.after;
  const std::string& other = is_before ? change.after : change.before;
  if (change.kind == ChangeKind::added || change.kind == ChangeKind::removed) {
    return {{0, text.size()}};
  }
  if (change.words.empty()) {
    const auto mismatch = std::mismatch(text.begin(), text.end(), other.begin(), other.end());
    const auto prefix = static_cast<std::size_t>(mismatch.first - text.begin());
    std::size_t suffix = 0;
    while (suffix < std::min(text.size(), other.size()) - prefix &&
           text[text.size() - 1 - suffix] == other[other.size() - 1 - suffix]) {
      ++suffix;
    }
    return prefix + suffix < text.size() ? std::vector<Span>{{prefix, text.size() - suffix}}
                                         : std::vector<Span>{};
  }
  std::vector<Span> spans;
  std::size_t at = 0;
  for (const auto& run : change.words) {
    if (run.op == op) {
      spans.push_back({at, at + run.text.size()});
    }
    if (run.op == op || run.op == WordRun::Op::same) {
      at += run.text.size();
    }
  }
  return spans;
}

bool overlaps(const std::vector<Span>& spans, std::size_t begin, std::size_t end) {
  const auto first = std::partition_point(
      spans.begin(), spans.end(), [begin](const Span& span) { return span.end <= begin; });
  return first != spans.end() && first->begin < end;
}

std::string item_path(const Citation& at) {
  std::string path;
  for (const auto& step : at.steps()) {
    if (step.kind != Step::Kind::item) {
      break;
    }
    path += (path.empty() ? "" : ".") + step.name;
  }
  return path;
}

bool has_named_step(const Citation& at, std::string_view name) {
  return std::any_of(
      at.steps().begin(), at.steps().end(), [name](const Step& step) { return step.name == name; });
}

/// The paragraphs that a license row names are places of the change as well.
void add_row_paths(Subject& subject, const Citation& at, const Change& change) {
  std::vector<std::string_view> texts = {change.before, change.after};
  for (const auto& step : at.steps()) {
    texts.push_back(step.name); // the row's key: "NS: a.4, c, d"
  }
  for (const auto text : texts) {
    if (!ear::is_license_control(text)) {
      continue;
    }
    for (auto& path : ear::parse_license_row(text).paths) {
      subject.in_license_row = true;
      EccnPlace place{at.name(), std::move(path)};
      if (std::find(subject.eccns.begin(), subject.eccns.end(), place) == subject.eccns.end()) {
        subject.eccns.push_back(std::move(place));
      }
    }
  }
}

/// The heading, the license requirements or the exceptions of an entry: what holds for all of it
/// and is no note and no pointer to other entries.
bool is_entry_line(const Citation& at) {
  if (at.steps().empty() || at.steps().front().kind != Step::Kind::named) {
    return false;
  }
  const std::string& name = at.steps().front().name;
  constexpr std::array<std::string_view, 5> others{"Note", "Technical", "Related", "Items", "N.B."};
  return std::none_of(others.begin(), others.end(), [&name](std::string_view other) {
    return name.compare(0, other.size(), other) == 0;
  });
}

void add_place(Subject& subject, const Citation& at, const Change& change) {
  if (at.empty()) {
    return;
  }
  subject.places.push_back(at);
  if (at.kind() == CitationKind::eccn) {
    subject.eccns.push_back({at.name(), item_path(at)});
    subject.in_note = subject.in_note || change.node_kind == NodeKind::note ||
                      (!at.steps().empty() && at.steps().back().name.find("Note") == 0);
    subject.in_entry_line = subject.in_entry_line || (is_entry_line(at) && !subject.in_note);
    if (has_named_step(at, "License Requirements")) {
      add_row_paths(subject, at, change);
    }
  }
  subject.in_party_list = subject.in_party_list || is_in_party_list(at);
}

/// `title`: of the law that `side` is of.
void add_mentions(Subject& subject,
                  const Side& side,
                  const std::vector<Span>& spans,
                  std::string_view title) {
  for (const auto& found : ear::find_citations(side.text, title)) {
    if (!overlaps(spans, found.begin, found.end)) {
      continue;
    }
    Mention mention;
    mention.words = side.text.substr(found.begin, found.end - found.begin);
    if (found.citation.kind() == CitationKind::eccn) {
      mention.eccn = {found.citation.name(), item_path(found.citation)};
    } else {
      mention.reference = found.citation;
    }
    subject.mentions.push_back(std::move(mention));
  }
}

/// "(a)(5)(i)" from `pos` on, which is left behind it.
std::vector<std::string> read_designators(std::string_view text, std::size_t& pos) {
  constexpr std::size_t longest = 6;
  std::vector<std::string> steps;
  while (pos < text.size() && text[pos] == '(') {
    const std::size_t end = text.find(')', pos);
    const std::string_view inner =
        end == std::string_view::npos ? std::string_view() : text.substr(pos + 1, end - pos - 1);
    if (inner.empty() || inner.size() > longest ||
        !std::all_of(inner.begin(), inner.end(), [](char c) {
          return is_digit(c) || is_lower(to_lower(c));
        })) {
      break;
    }
    steps.emplace_back(text.substr(pos, end + 1 - pos));
    pos = end + 1;
  }
  return steps;
}

/// Reads past "or", "and", "through" between two designators; false where none follows.
bool read_joint(std::string_view text, std::size_t& pos) {
  constexpr std::array<std::string_view, 7> joints{
      ", and ", ", or ", ", ", " and ", " or ", " through ", " to "};
  for (const std::string_view joint : joints) {
    if (text.substr(pos, joint.size()) == joint && text.substr(pos + joint.size(), 1) == "(") {
      pos += joint.size();
      return true;
    }
  }
  return false;
}

/// "paragraphs (a)(6)(i) through (iii) of this section" in a text of `section`: both ends. A later
/// member that is shorter and begins otherwise stands for the last steps of the one before it.
void add_own_paragraphs(Subject& subject, std::string_view text, const Citation& section) {
  constexpr std::string_view word = "aragraph";
  for (std::size_t pos = text.find(word); pos != std::string_view::npos;
       pos = text.find(word, pos)) {
    pos += word.size();
    pos += text.substr(pos, 1) == "s" ? 1 : 0;
    if (text.substr(pos, 2) != " (") {
      continue;
    }
    ++pos;
    std::vector<Citation> found;
    std::vector<std::string> known;
    do {
      auto steps = read_designators(text, pos);
      if (steps.empty()) {
        break;
      }
      if (steps.size() < known.size() && steps.front() != known.front()) {
        std::move(
            steps.begin(), steps.end(), known.end() - static_cast<std::ptrdiff_t>(steps.size()));
        steps = known;
      }
      known = steps;
      Citation paragraph = section;
      for (auto& step : steps) {
        paragraph = std::move(paragraph).child({Step::Kind::paragraph, std::move(step)});
      }
      found.push_back(std::move(paragraph));
    } while (read_joint(text, pos));
    constexpr std::string_view elsewhere = " of ";
    if (text.substr(pos, elsewhere.size()) != elsewhere || text.substr(pos, 9) == " of this ") {
      std::move(found.begin(), found.end(), std::back_inserter(subject.own_paragraphs));
    }
  }
}

/// Which words stand in a clause of which a figure changed.
std::vector<bool> beside_changed_figures(const Side& side) {
  const auto& words = side.terms.words;
  std::vector<bool> beside(words.size(), false);
  for (std::size_t first = 0; first < words.size();) {
    std::size_t last = first + 1;
    const auto clause_goes_on = [&](std::size_t next) {
      const std::size_t begin = words[next - 1].squeezed_end;
      return std::string_view(side.terms.squeezed)
                 .substr(begin, words[next].squeezed_begin - begin)
                 .find(TermText::sentence_end) == std::string_view::npos;
    };
    while (last < words.size() && clause_goes_on(last)) {
      ++last;
    }
    bool figure = false;
    for (std::size_t i = first; i < last; ++i) {
      figure = figure || (side.changed[i] && is_digit(side.text[words[i].begin]));
    }
    std::fill(beside.begin() + static_cast<std::ptrdiff_t>(first),
              beside.begin() + static_cast<std::ptrdiff_t>(last),
              figure);
    first = last;
  }
  return beside;
}

/// Footnotes 1, 3, 4 and 5 of the Entity List bring a foreign direct product rule along
/// (docs/grammar.md, Party lists: license requirements).
std::string fdp_footnotes(const Change& change) {
  // Of a whole row only the line of the requirement counts: addresses have digits of their own.
  const auto requirement = [](std::string_view text) {
    const std::size_t at = text.find("subject to the EAR");
    const std::size_t line = at == std::string_view::npos ? at : text.rfind('\n', at);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    return at == std::string_view::npos
               ? std::set<int>{}
               : ear::parse_license_requirement(text.substr(begin, text.find('\n', at) - begin))
                     .footnotes;
  };
  const auto before = requirement(change.before);
  const auto after = requirement(change.after);
  std::string words;
  for (const int footnote : {1, 3, 4, 5}) {
    if (before.count(footnote) != after.count(footnote)) {
      words += (words.empty() ? "footnote " : ", ") + std::to_string(footnote);
    }
  }
  return words;
}

} // namespace

bool covers(const EccnPlace& prefix, const EccnPlace& place) {
  return prefix.eccn == place.eccn &&
         (prefix.path.empty() || place.path == prefix.path ||
          (place.path.size() > prefix.path.size() &&
           place.path.compare(0, prefix.path.size(), prefix.path) == 0 &&
           place.path[prefix.path.size()] == '.'));
}

int depth(const EccnPlace& place) {
  return place.path.empty()
             ? 0
             : 1 + static_cast<int>(std::count(place.path.begin(), place.path.end(), '.'));
}

EccnPlace parse_eccn_place(std::string_view text) {
  const auto dot = text.find('.');
  return {std::string(text.substr(0, dot)),
          dot == std::string_view::npos ? std::string() : std::string(text.substr(dot + 1))};
}

bool related(const EccnPlace& left, const EccnPlace& right) {
  return covers(left, right) || covers(right, left);
}

bool governs(const EccnPlace& place, const EccnPlace& own, const Subject& subject) {
  if (subject.is_whole || depth(place) > 0) {
    return subject.is_whole || subject.in_license_row || depth(own) - depth(place) == 1;
  }
  if (!subject.in_entry_line) {
    return false;
  }
  const auto touch = [&own](const std::vector<EccnPlace>& named) -> std::optional<bool> {
    std::optional<bool> touched;
    for (const auto& at : named) {
      if (at.eccn == own.eccn && !at.path.empty()) {
        touched = touched.value_or(false) || related(at, own);
      }
    }
    return touched;
  };
  std::vector<EccnPlace> changed;
  for (const auto& mention : subject.mentions) {
    changed.push_back(mention.eccn);
  }
  if (const auto touched = touch(changed)) {
    return *touched;
  }
  return touch(subject.named_eccns).value_or(!subject.says_except) != subject.says_except;
}

Subject make_subject(const Change& change) {
  Subject subject;
  subject.at = change.at.to_string();
  subject.in_document = change.at.kind() == CitationKind::fr_document;
  const auto& steps = change.at.steps();
  subject.is_whole =
      (change.kind == ChangeKind::added || change.kind == ChangeKind::removed) &&
      std::none_of(steps.begin(), steps.end(), [&change](const Step& step) {
        return change.at.kind() == CitationKind::eccn && step.kind == Step::Kind::named;
      });
  add_place(subject, change.at, change);
  if (change.was && *change.was != change.at) {
    add_place(subject, *change.was, change);
  }
  const std::string title = change.at.title().empty() ? "15" : change.at.title();
  for (const auto op : {WordRun::Op::removed, WordRun::Op::added}) {
    const std::string& text = op == WordRun::Op::removed ? change.before : change.after;
    if (text.empty()) {
      continue;
    }
    const auto spans = changed_spans(change, op);
    Side side{text, make_term_text(text), {}, {}};
    side.changed.reserve(side.terms.words.size());
    for (const auto& word : side.terms.words) {
      side.changed.push_back(overlaps(spans, word.begin, word.end));
    }
    side.beside_changed_figure = beside_changed_figures(side);
    add_mentions(subject, side, spans, title);
    subject.says_except = subject.says_except || text.find("except") != std::string::npos;
    for (auto& named : ear::find_eccns(text)) {
      subject.named_eccns.push_back({std::move(named.eccn), std::move(named.path)});
    }
    if (change.at.kind() == CitationKind::section) {
      add_own_paragraphs(subject, text, change.at.unit());
    }
    subject.sides.push_back(std::move(side));
  }
  if (subject.in_party_list && change.at.name() == entity_list) {
    subject.fdp_footnotes = fdp_footnotes(change);
  }
  return subject;
}

} // namespace regtrail::diff
