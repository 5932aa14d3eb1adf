#include "diff/relevance/weigher_internal.hpp"

#include <algorithm>

namespace regtrail::diff {

namespace {

/// "(a)" of 744.23(a)(4); "" for the section.
std::string top_paragraph(const Citation& place) {
  return place.steps().empty() ? std::string() : place.steps().front().name;
}

/// True where a listed paragraph lies within the change, or where the change lies in another top
/// paragraph than all listed ones ("(c) License exceptions"), which holds for the section as a
/// whole. What stands in the same list as a listed paragraph is about something else.
bool concerns(const Citation& change, const std::vector<CfrPattern>& listed) {
  bool in_section = false;
  bool same_list = false;
  for (const CfrPattern& pattern : listed) {
    const Citation& place = pattern.place;
    if (place.kind() != CitationKind::section || place.steps().empty() ||
        !pattern.definition.empty() || !(place.unit() == change.unit())) {
      continue;
    }
    if (place.is_within(change)) {
      return true;
    }
    in_section = true;
    same_list = same_list || top_paragraph(place) == top_paragraph(change);
  }
  return in_section && !same_list;
}

/// "Items in paragraph (a)(2) of this section": the change is about that paragraph.
bool names_somebody(const Subject& subject) {
  return !subject.named_eccns.empty() ||
         std::any_of(subject.own_paragraphs.begin(),
                     subject.own_paragraphs.end(),
                     [](const Citation& paragraph) { return paragraph.steps().size() > 1; });
}

} // namespace

std::vector<Hit> section_hits(const CompiledRegister& compiled,
                              const Subject& subject,
                              const std::vector<Hit>& hits) {
  const Register& source = compiled.source();
  std::vector<Hit> found;
  if (subject.places.empty() || names_somebody(subject)) {
    return found;
  }
  const double flag = source.rules.min_score_flag;
  const Citation& change = subject.places.front();
  for (std::size_t i = 0; i < source.categories.size(); ++i) {
    const Category& category = source.categories[i];
    const auto& places = compiled.categories()[i].places;
    if (is_users(category)) {
      continue;
    }
    const bool flagged = std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
      return hit.category == category.id && hit.score >= flag;
    });
    if (flagged) {
      return {};
    }
    if (concerns(change, places)) {
      Hit hit;
      hit.category = category.id;
      hit.score = flag;
      hit.reasons = {{Signal::cfr, change.unit().name(), subject.at, flag}};
      found.push_back(std::move(hit));
    }
  }
  return found;
}

} // namespace regtrail::diff
