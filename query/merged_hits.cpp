#include "query/merged_hits.hpp"

#include "model/digest.hpp"

#include <algorithm>
#include <utility>

namespace regtrail::query {

void MergedHits::add(const Hit& hit) {
  constexpr std::size_t most_reasons = 8;
  if (hit.near) {
    return;
  }
  const auto [place, fresh] = m_hits.emplace(hit.category, hit);
  if (fresh) {
    return;
  }
  Hit& known = place->second;
  std::vector<Reason> reasons = hit.reasons;
  if (hit.score > known.score) {
    reasons.swap(known.reasons);
  }
  known.score = std::max(known.score, hit.score);
  known.severity = std::max(known.severity, hit.severity);
  for (Reason& reason : reasons) {
    const bool said =
        std::any_of(known.reasons.begin(), known.reasons.end(), [&](const Reason& each) {
          return each.signal == reason.signal && each.words == reason.words;
        });
    if (!said && known.reasons.size() < most_reasons) {
      known.reasons.push_back(std::move(reason));
    }
  }
}

void MergedHits::add(const std::vector<Hit>& hits) {
  for (const Hit& hit : hits) {
    add(hit);
  }
}

std::vector<Hit> MergedHits::of(const std::string& item) const {
  std::vector<Hit> hits;
  for (const auto& [category, hit] : m_hits) {
    hits.push_back(hit);
    hits.back().id = to_hex(hash128(item + '\n' + category));
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
    return left.score > right.score;
  });
  return hits;
}

} // namespace regtrail::query
