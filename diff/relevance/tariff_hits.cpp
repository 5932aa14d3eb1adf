#include "diff/relevance/tariff_hits_internal.hpp"
#include "federal_register/tariff_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
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

void TariffMatcher::add_hits(std::vector<Hit>& hits, const Document& document) const {
  if (m_own.empty()) {
    return;
  }
  const std::string at = Citation::fr_document(document.number).to_string();
  const auto named = federal_register::find_tariff_numbers(
      document.title + '\n' + document.abstract + '\n' + document.body);
  std::map<std::pair<EntryKind, std::string>, std::vector<Reason>> found;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  for (const auto& number : named) {
    if (!seen.insert({number.first, number.last}).second) {
      continue;
    }
    // An own number that holds the printed one begins in the same heading.
    constexpr std::uint64_t in_heading = 1'000'000;
    const std::uint64_t heading = number.first / in_heading * in_heading;
    auto own = std::lower_bound(
        m_own.begin(), m_own.end(), heading, [](const OwnNumber& each, std::uint64_t code) {
          return each.first < code;
        });
    for (; own != m_own.end() && own->first <= number.last; ++own) {
      if (own->last < number.first) {
        continue;
      }
      auto& reasons = found[{own->entry, own->id}];
      // One number of the document and one of the entry give one reason.
      const bool counted = std::any_of(reasons.begin(), reasons.end(), [&](const Reason& reason) {
        return reason.words == number.words || reason.own == own->printed;
      });
      if (!counted && reasons.size() < most_reasons) {
        const bool covers = number.first <= own->first && own->last <= number.last;
        Reason reason{Signal::hs, number.words, at, 0.0};
        reason.own = own->printed;
        reason.weight = own->entry == EntryKind::category ? m_rules.hs_hit_weight
                        : covers                          ? covered_weight
                                                          : part_weight;
        reasons.push_back(std::move(reason));
      }
    }
  }
  for (auto& [entry, reasons] : found) {
    auto hit = std::find_if(hits.begin(), hits.end(), [&entry = entry](const Hit& each) {
      return each.entry == entry.first && each.category == entry.second;
    });
    const bool alone = hit == hits.end();
    if (alone) {
      hit = hits.emplace(hits.end());
      hit->entry = entry.first;
      hit->category = entry.second;
    }
    for (Reason& reason : reasons) {
      hit->score = combined(hit->score, reason.weight);
      hit->reasons.push_back(std::move(reason));
    }
    if (hit->entry == EntryKind::product) {
      hit->near = false;
      hit->severity = std::max(hit->severity, high);
    } else {
      hit->near = alone || hit->score < m_rules.min_score_flag;
      hit->severity = std::max(hit->severity, hit->near ? 1 : low);
    }
    std::stable_sort(
        hit->reasons.begin(), hit->reasons.end(), [](const Reason& left, const Reason& right) {
          return std::abs(left.weight) > std::abs(right.weight);
        });
    if (hit->reasons.size() > most_reasons) {
      hit->reasons.resize(most_reasons);
    }
  }
  std::erase_if(hits, [this](const Hit& hit) {
    return hit.entry == EntryKind::category && hit.score < m_rules.min_score_mention;
  });
}

} // namespace regtrail::diff
