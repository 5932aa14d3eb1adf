#include "diff/relevance/matcher.hpp"

#include "diff/relevance/entry_hits_internal.hpp"
#include "diff/relevance/weigher_internal.hpp"
#include "model/digest.hpp"
#include "model/scan.hpp"
#include "model/supplement.hpp"
#include "model/text.hpp"

#include <algorithm>
#include <map>

namespace regtrail::diff {

namespace {

/// Any text at a place, as if it were new there.
Change addition(const Citation& at, std::string text) {
  Change change;
  change.kind = ChangeKind::added;
  change.at = at;
  change.after = std::move(text);
  return change;
}

} // namespace

struct Matcher::Impl {
  CompiledRegister compiled;
  EntryMatcher entries;

  explicit Impl(Register categories)
      : compiled(std::move(categories)),
        entries(compiled.source()) {}

  /// Also hits below the thresholds. A near miss is one level less severe than the change.
  [[nodiscard]] std::vector<Hit> weigh(const Change& change, const Subject& subject) const {
    const MatchingRules& rules = compiled.source().rules;
    const int severity = base_severity(change);
    auto hits = diff::weigh(compiled, subject);
    for (auto& hit : hits) {
      hit.near = hit.score >= rules.min_score_mention && hit.score < rules.min_score_flag;
      hit.severity = hit.near ? std::max(1, severity - 1) : severity;
    }
    return hits;
  }

  /// For a change that names nobody; `known`: the hits of all that belongs to it.
  void add_section_hits(std::vector<Hit>& hits,
                        const Change& change,
                        const Subject& subject,
                        const std::vector<Hit>& known) const {
    if (change.kind == ChangeKind::moved || change.kind == ChangeKind::redesignated) {
      return; // the same text under another number
    }
    for (auto& hit : section_hits(compiled, subject, known)) {
      constexpr int low = 2;
      hit.severity = std::min(low, base_severity(change));
      std::erase_if(hits, [&hit](const Hit& other) { return other.category == hit.category; });
      hits.push_back(std::move(hit));
    }
  }

  /// A change by itself.
  [[nodiscard]] std::vector<Hit> weigh_alone(const Change& change) const {
    const Subject subject = make_subject(change);
    auto hits = weigh(change, subject);
    const auto known = hits;
    add_section_hits(hits, change, subject, known);
    return hits;
  }
};

Matcher::Matcher(Register categories) : m_impl(std::make_unique<Impl>(std::move(categories))) {}

Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

const Register& Matcher::categories() const {
  return m_impl->compiled.source();
}

bool Matcher::needs_node_above(const Change& change) const {
  const auto& steps = change.at.steps();
  const bool item = change.at.kind() == CitationKind::eccn && !steps.empty() &&
                    steps.back().kind == Step::Kind::item;
  return (item && !categories().products.empty()) ||
         (is_in_party_list(change.at) && !categories().parties.empty());
}

std::vector<Hit> Matcher::match(const Change& change, const Node* above) const {
  if (change.kind == ChangeKind::cosmetic ||
      (change.kind == ChangeKind::revised && normalise(change.before) == normalise(change.after))) {
    return {};
  }
  auto hits = m_impl->weigh_alone(change);
  std::erase_if(hits, [least = categories().rules.min_score_mention](const Hit& hit) {
    return hit.score < least;
  });
  m_impl->entries.add_hits(hits, change, above);
  for (auto& hit : hits) {
    hit.id = to_hex(hash128(change.id + '\n' + hit.category));
  }
  return hits;
}

std::vector<Hit> Matcher::match(const Document& document) const {
  std::map<std::string, Hit> best; // by entry
  const auto take = [&best](std::vector<Hit> hits) {
    for (Hit& hit : hits) {
      auto& known = best[hit.category];
      if (hit.score > known.score) {
        known = std::move(hit);
      }
    }
  };
  const auto weigh = [&](const Change& part, bool is_title = false) {
    Subject subject = make_subject(part);
    subject.is_title = is_title;
    take(m_impl->weigh(part, subject));
  };
  const Citation self = Citation::fr_document(document.number);
  weigh(addition(self, document.title), true);
  weigh(addition(self, document.title + '\n' + document.abstract));
  for (const CfrPart& part : document.cfr) {
    // Of the EAR the instructions say more: its rules name parts for their conforming changes.
    if (!is_ear_part(part)) {
      weigh(addition(Citation::part(part.title, part.part), ""));
    }
  }
  std::vector<Change> targets;
  for (const Instruction& instruction : document.instructions) {
    for (const Operation& operation : instruction.operations) {
      for (const Target& target : operation.targets) {
        std::string text = operation.old_words + '\n' + operation.new_words;
        for (const SetOutText& set_out : instruction.set_out) {
          if (set_out.unit == target.at.unit()) {
            text += '\n' + subtree_text(set_out.root);
          }
        }
        targets.push_back(addition(target.at, std::move(text)));
        weigh(targets.back());
      }
    }
  }
  std::vector<Hit> hits;
  for (auto& [entry, hit] : best) {
    if (hit.score >= categories().rules.min_score_mention) {
      hits.push_back(std::move(hit));
    }
  }
  const auto known = hits;
  for (const Change& target : targets) {
    m_impl->add_section_hits(hits, target, make_subject(target), known);
  }
  m_impl->entries.add_hits(hits, document);
  for (auto& hit : hits) {
    hit.id = to_hex(hash128(document.number + '\n' + hit.category));
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
    return left.score > right.score;
  });
  return hits;
}

std::vector<Hit> Matcher::explain(std::string_view text, const Citation& at) const {
  const Change change = addition(at, std::string(text));
  auto hits = m_impl->weigh_alone(change);
  m_impl->entries.add_hits(hits, change, nullptr);
  return hits;
}

} // namespace regtrail::diff
