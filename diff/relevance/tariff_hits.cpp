#include "diff/relevance/tariff_hits_internal.hpp"
#include "federal_register/tariff_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace regtrail::diff {

namespace {

constexpr double covered_weight = 0.8; ///< the document names the own number or one above it
constexpr double part_weight = 0.65;   ///< it names a part of what the own number covers
constexpr int low = 2;
constexpr int high = 4;
constexpr std::size_t most_reasons = 8;

double combined(double score, double weight) {
  constexpr double digits = 10000.0;
  return std::round((1.0 - (1.0 - score) * (1.0 - weight)) * digits) / digits;
}

} // namespace

TariffMatcher::TariffMatcher(const Register& source) : m_rules(source.rules) {
  for (const Category& category : source.categories) {
    add(EntryKind::category, category.id, category.hs);
  }
  for (const Product& product : source.products) {
    add(EntryKind::product, product.id, product.hs);
  }
  std::stable_sort(m_own.begin(), m_own.end(), [](const OwnNumber& left, const OwnNumber& right) {
    return left.first < right.first;
  });
}

void TariffMatcher::add(EntryKind entry,
                        const std::string& id,
                        const std::vector<std::string>& numbers) {
  for (const std::string& number : numbers) {
    if (const auto own = federal_register::parse_tariff_number(number)) {
      m_own.push_back({own->first, own->last, number, entry, id});
    }
  }
}

std::map<std::pair<EntryKind, std::string>, std::vector<TariffMatcher::Meeting>>
TariffMatcher::find(const Document& document) const {
  const std::string at = Citation::fr_document(document.number).to_string();
  std::map<std::pair<EntryKind, std::string>, std::vector<Meeting>> found;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (const auto& number : federal_register::find_tariff_numbers(
           document.title + '\n' + document.abstract + '\n' + document.body)) {
    if (!seen.insert({number.first, number.last}).second) {
      continue;
    }
    // An own number that holds the printed one begins in the same heading.
    constexpr std::uint64_t in_heading = 1'000'000;
    auto own = std::lower_bound(
        m_own.begin(),
        m_own.end(),
        number.first / in_heading * in_heading,
        [](const OwnNumber& each, std::uint64_t code) { return each.first < code; });
    for (; own != m_own.end() && own->first <= number.last; ++own) {
      if (own->last < number.first) {
        continue;
      }
      const bool covers = number.first <= own->first && own->last <= number.last;
      Meeting meeting{{Signal::hs, number.words, at, 0.0}, covers, number.last - number.first};
      meeting.reason.own = own->printed;
      meeting.reason.weight = own->entry == EntryKind::category ? m_rules.hs_hit_weight
                              : covers                          ? covered_weight
                                                                : part_weight;
      found[{own->entry, own->id}].push_back(std::move(meeting));
    }
  }
  return found;
}

void TariffMatcher::add_reasons(Hit& hit, std::vector<Meeting> meetings) const {
  const bool alone = hit.reasons.empty();
  std::stable_sort(meetings.begin(), meetings.end(), [](const Meeting& left, const Meeting& right) {
    return left.covers != right.covers ? left.covers : left.width < right.width;
  });
  // One number of the document and one of the entry give one reason.
  std::set<std::string> words;
  std::set<std::string> own;
  for (Meeting& meeting : meetings) {
    Reason& reason = meeting.reason;
    if (words.size() == most_reasons || words.contains(reason.words) || own.contains(reason.own)) {
      continue;
    }
    words.insert(reason.words);
    own.insert(reason.own);
    hit.score = combined(hit.score, reason.weight);
    hit.reasons.push_back(std::move(reason));
  }
  if (hit.entry == EntryKind::product) {
    hit.near = false;
    hit.severity = std::max(hit.severity, high);
  } else {
    hit.near = alone || hit.score < m_rules.min_score_flag;
    hit.severity = std::max(hit.severity, hit.near ? 1 : low);
  }
  std::stable_sort(
      hit.reasons.begin(), hit.reasons.end(), [](const Reason& left, const Reason& right) {
        return std::abs(left.weight) > std::abs(right.weight);
      });
  if (hit.reasons.size() > most_reasons) {
    hit.reasons.resize(most_reasons);
  }
}

void TariffMatcher::add_hits(std::vector<Hit>& hits, const Document& document) const {
  if (m_own.empty()) {
    return;
  }
  for (auto& [entry, meetings] : find(document)) {
    auto hit = std::find_if(hits.begin(), hits.end(), [&entry = entry](const Hit& each) {
      return each.entry == entry.first && each.category == entry.second;
    });
    if (hit == hits.end()) {
      hit = hits.emplace(hits.end());
      hit->entry = entry.first;
      hit->category = entry.second;
    }
    add_reasons(*hit, std::move(meetings));
  }
  std::erase_if(hits, [this](const Hit& hit) {
    return hit.entry == EntryKind::category && hit.score < m_rules.min_score_mention;
  });
}

} // namespace regtrail::diff
