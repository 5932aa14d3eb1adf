#include "diff/relevance/evidence_internal.hpp"
#include "ear/license_requirement.hpp"
#include "ear/license_row.hpp"
#include "ear/path_set.hpp"
#include "ear/prose_citation.hpp"
#include "model/supplement.hpp"

#include <algorithm>

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
    subject.in_license_row = true;
    for (auto& path : ear::parse_license_row(text).paths) {
      EccnPlace place{at.name(), std::move(path)};
      if (std::find(subject.eccns.begin(), subject.eccns.end(), place) == subject.eccns.end()) {
        subject.eccns.push_back(std::move(place));
      }
    }
  }
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

Subject make_subject(const Change& change) {
  Subject subject;
  subject.at = change.at.to_string();
  subject.is_whole = change.kind == ChangeKind::added || change.kind == ChangeKind::removed;
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
    Side side{text, make_term_text(text), {}};
    side.changed.reserve(side.terms.words.size());
    for (const auto& word : side.terms.words) {
      side.changed.push_back(overlaps(spans, word.begin, word.end));
    }
    add_mentions(subject, side, spans, title);
    subject.sides.push_back(std::move(side));
  }
  if (subject.in_party_list && change.at.name() == entity_list) {
    subject.fdp_footnotes = fdp_footnotes(change);
  }
  return subject;
}

} // namespace regtrail::diff
