#include "diff/relevance/entry_hits_internal.hpp"
#include "diff/relevance/matcher.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace regtrail::diff {

namespace {

void append(std::vector<Hit>& hits, std::vector<Hit> more) {
  hits.insert(
      hits.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void sort_by_score(std::vector<Hit>& hits) {
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
    return left.score > right.score;
  });
}

/// The parts of a document as changes: its title and abstract, and each place that an instruction
/// names with the text set out under it.
std::vector<Change> parts_of(const Document& document) {
  std::vector<Change> parts;
  Change words;
  words.kind = ChangeKind::added;
  words.at = Citation::fr_document(document.number);
  words.after = document.title + '\n' + document.abstract;
  parts.push_back(std::move(words));
  for (const Instruction& instruction : document.instructions) {
    for (const Operation& operation : instruction.operations) {
      for (const Target& target : operation.targets) {
        Change part;
        const bool removes = operation.verb == Verb::remove || operation.verb == Verb::reserve ||
                             operation.verb == Verb::remove_words;
        part.kind = removes ? ChangeKind::removed : ChangeKind::added;
        part.at = target.at;
        for (const SetOutText& text : instruction.set_out) {
          const Node* node = find_node(text.root, text.unit, target.at);
          part.after += node == nullptr ? std::string() : subtree_text(*node) + '\n';
        }
        part.after += operation.new_words;
        part.before = operation.old_words;
        parts.push_back(std::move(part));
      }
    }
  }
  return parts;
}

} // namespace

EntryMatcher::EntryMatcher(const Register& source)
    : m_empty(source.products.empty() && source.parties.empty() && source.procedures.empty() &&
              source.destinations.empty() && source.home.empty()),
      m_products(source),
      m_parties(source.parties),
      m_places(source),
      m_tariff(source),
      m_watches(source),
      m_others(source) {}

void EntryMatcher::add_places(std::vector<Hit>& hits,
                              const Change& change,
                              const Node* above) const {
  const int severity = base_severity(change);
  append(hits, m_places.match(change, severity));
  append(hits, m_products.match(change, severity, hits, above));
}

void EntryMatcher::add_hits(std::vector<Hit>& hits, const Change& change, const Node* above) const {
  if (m_empty) {
    return;
  }
  add_places(hits, change, above);
  append(hits, m_parties.match(change, base_severity(change), above));
  sort_by_score(hits);
}

void EntryMatcher::add_parts(std::vector<Hit>& hits, const Document& document) const {
  std::map<std::string, Hit> best; // by entry
  for (const Change& part : parts_of(document)) {
    std::vector<Hit> found;
    add_places(found, part, nullptr);
    for (Hit& hit : found) {
      // An instruction alone does not say what held before: its effect is not known here.
      for (Reason& reason : hit.reasons) {
        reason.effect.reset();
      }
      Hit& known = best[hit.category];
      if (hit.score > known.score) {
        known = std::move(hit);
      }
    }
  }
  for (auto& [entry, hit] : best) {
    hits.push_back(std::move(hit));
  }
}

void EntryMatcher::add_hits(std::vector<Hit>& hits, const Document& document) const {
  if (!m_empty) {
    add_parts(hits, document);
    append(hits, m_parties.match(document));
  }
  m_tariff.add_hits(hits, document);
  append(hits, m_watches.match(document));
  m_others.limit(hits, document, m_watches.covers(document));
  sort_by_score(hits);
}

} // namespace regtrail::diff
