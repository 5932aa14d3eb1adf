#include "diff/relevance/matcher.hpp"

#include "diff/relevance/entry_hits_internal.hpp"
#include "diff/relevance/weigher_internal.hpp"
#include "model/digest.hpp"
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
  [[nodiscard]] std::vector<Hit> weigh(const Change& change, bool is_title = false) const {
    Subject subject = make_subject(change);
    subject.is_title = is_title;
    const MatchingRules& rules = compiled.source().rules;
    const int severity = base_severity(change);
    auto hits = diff::weigh(compiled, subject);
    for (auto& hit : hits) {
      hit.near = hit.score >= rules.min_score_mention && hit.score < rules.min_score_flag;
      hit.severity = hit.near ? std::max(1, severity - 1) : severity;
    }
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

std::vector<Hit> Matcher::match(const Change& change) const {
  if (change.kind == ChangeKind::cosmetic ||
      (change.kind == ChangeKind::revised && normalise(change.before) == normalise(change.after))) {
    return {};
  }
  auto hits = m_impl->weigh(change);
  std::erase_if(hits, [least = categories().rules.min_score_mention](const Hit& hit) {
    return hit.score < least;
  });
  m_impl->entries.add_hits(hits, change);
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
  const Citation self = Citation::fr_document(document.number);
  take(m_impl->weigh(addition(self, document.title), true));
  take(m_impl->weigh(addition(self, document.title + '\n' + document.abstract)));
  for (const CfrPart& part : document.cfr) {
    // Of the EAR the instructions say more: its rules name parts for their conforming changes.
    if (!is_ear_part(part)) {
      take(m_impl->weigh(addition(Citation::part(part.title, part.part), "")));
    }
  }
  for (const Instruction& instruction : document.instructions) {
    for (const Operation& operation : instruction.operations) {
      for (const Target& target : operation.targets) {
        std::string text = operation.old_words + '\n' + operation.new_words;
        for (const SetOutText& set_out : instruction.set_out) {
          if (set_out.unit == target.at.unit()) {
            text += '\n' + subtree_text(set_out.root);
          }
        }
        take(m_impl->weigh(addition(target.at, std::move(text))));
      }
    }
  }
  std::vector<Hit> hits;
  for (auto& [entry, hit] : best) {
    if (hit.score >= categories().rules.min_score_mention) {
      hits.push_back(std::move(hit));
    }
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
  auto hits = m_impl->weigh(change);
  m_impl->entries.add_hits(hits, change);
  return hits;
}

} // namespace regtrail::diff
