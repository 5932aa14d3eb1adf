#include "diff/relevance/other_agencies_internal.hpp"
#include "model/agency.hpp"
#include "model/scan.hpp"

#include <algorithm>

namespace regtrail::diff {

namespace {

constexpr int medium = 3;

bool is_of_export_control(const Document& document) {
  return std::any_of(document.agencies.begin(),
                     document.agencies.end(),
                     [](const std::string& name) {
                       return is_same_agency(name, "Bureau of Industry and Security");
                     }) ||
         std::any_of(document.cfr.begin(), document.cfr.end(), is_ear_part);
}

/// A number of an own product, an own party, a country shipped to.
bool names_own(const Hit& hit) {
  return hit.entry == EntryKind::party || hit.entry == EntryKind::destination ||
         (hit.entry == EntryKind::product &&
          std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
            return reason.signal == Signal::hs || reason.signal == Signal::eccn;
          }));
}

/// An entry of the CCL, or one of `parts`.
bool names_place(const Hit& hit, const std::vector<CfrPattern>& parts, const Document& document) {
  return std::any_of(hit.reasons.begin(),
                     hit.reasons.end(),
                     [](const Reason& reason) {
                       return reason.signal == Signal::eccn || reason.signal == Signal::reference;
                     }) ||
         std::any_of(document.cfr.begin(), document.cfr.end(), [&parts](const CfrPart& part) {
           return std::any_of(parts.begin(), parts.end(), [&part](const CfrPattern& pattern) {
             return covers(pattern, Citation::part(part.title, part.part));
           });
         });
}

} // namespace

bool is_ear_part(const CfrPart& part) {
  constexpr int first = 730;
  constexpr int last = 774;
  std::size_t pos = 0;
  const int number = read_int(part.part, pos).value_or(0);
  return part.title == "15" && number >= first && number <= last;
}

OtherAgencies::OtherAgencies(const Register& source) {
  for (const Category& category : source.categories) {
    if (!category.evidence.empty() && category.evidence != "user") {
      auto& parts = m_starters[category.id];
      for (const std::string& place : category.cfr) {
        auto pattern = parse_cfr_pattern(place);
        if (pattern && pattern->first_part != 0 && pattern->first_part == pattern->last_part) {
          parts.push_back(std::move(*pattern));
        }
      }
    }
  }
}

void OtherAgencies::limit(std::vector<Hit>& hits,
                          const Document& document,
                          bool is_asked_for) const {
  if (document.agencies.empty() || is_of_export_control(document)) {
    return;
  }
  const bool is_told = std::any_of(hits.begin(), hits.end(), [](const Hit& hit) {
    return hit.entry == EntryKind::watch && !hit.near;
  });
  const bool is_doubtful = is_asked_for && !is_told && document.type != DocumentType::presidential;
  for (Hit& hit : hits) {
    if (!names_own(hit)) {
      hit.severity = std::min(hit.severity, medium);
    }
    const auto starter = is_doubtful && !hit.near && hit.entry == EntryKind::category
                             ? m_starters.find(hit.category)
                             : m_starters.end();
    if (starter != m_starters.end() && !names_place(hit, starter->second, document)) {
      hit.near = true;
      hit.severity = std::max(1, hit.severity - 1);
    }
  }
}

} // namespace regtrail::diff
