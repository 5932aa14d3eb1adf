// Pairs units: by id, then by equal content (a section was renumbered), then by similar content.
#include "diff/tree/tree_internal.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

namespace regtrail::diff::tree {
namespace {

/// Least similarity of a unit that was renumbered and reworded.
constexpr double like_renumbered = 0.6;

/// Below this a unit of the same id is doubted when its content is found under another id.
constexpr double kin = 0.4;

/// Pairs of unpaired units whose similarity is computed; beyond, only equal content counts.
constexpr std::size_t max_comparisons = 250'000;

constexpr std::uint32_t unpaired = 0xFFFF'FFFF;

class UnitPairing {
public:
  UnitPairing(std::span<const Unit* const> left,
              std::span<const Unit* const> right,
              Context& context)
      : m_left(left),
        m_right(right),
        m_context(context),
        m_partner_left(left.size(), unpaired),
        m_partner_right(right.size(), unpaired) {}

  std::vector<IndexPair> run() {
    const std::vector<IndexPair> doubted = pair_ids();
    pair_equal();
    for (const auto& [i, j] : doubted) {
      if (open(i, j)) {
        pair(i, j);
      }
    }
    pair_similar();
    std::vector<IndexPair> pairs;
    for (std::uint32_t i = 0; i < m_partner_left.size(); ++i) {
      if (m_partner_left[i] != unpaired) {
        pairs.emplace_back(i, m_partner_left[i]);
      }
    }
    return pairs;
  }

private:
  void pair(std::uint32_t i, std::uint32_t j) {
    m_partner_left[i] = j;
    m_partner_right[j] = i;
  }

  [[nodiscard]] bool open(std::uint32_t i, std::uint32_t j) const {
    return m_partner_left[i] == unpaired && m_partner_right[j] == unpaired;
  }

  [[nodiscard]] const Node& left(std::uint32_t i) const { return m_left[i]->root; }

  [[nodiscard]] const Node& right(std::uint32_t j) const { return m_right[j]->root; }

  /// Returns the pairs of equal id whose contents are strangers and found elsewhere.
  std::vector<IndexPair> pair_ids() {
    std::map<Citation, std::vector<std::uint32_t>> by_id;
    for (std::size_t j = m_right.size(); j-- > 0;) {
      by_id[m_right[j]->id].push_back(static_cast<std::uint32_t>(j));
    }
    std::vector<IndexPair> found;
    for (std::uint32_t i = 0; i < m_left.size(); ++i) {
      const auto place = by_id.find(m_left[i]->id);
      if (place != by_id.end() && !place->second.empty()) {
        found.emplace_back(i, place->second.back());
        place->second.pop_back();
      }
    }
    const bool all_paired = found.size() == m_left.size() && found.size() == m_right.size();
    std::vector<IndexPair> doubted;
    for (const auto& [i, j] : found) {
      if (left(i).published == right(j).published || (all_paired && related(left(i), right(j)))) {
        pair(i, j);
      } else if (root_elsewhere(i, j) && !related(left(i), right(j)) &&
                 m_context.similarity.of(left(i), right(j)) < kin) {
        doubted.emplace_back(i, j);
      } else {
        pair(i, j);
      }
    }
    return doubted;
  }

  /// A cheap yes: the two share a child.
  [[nodiscard]] static bool related(const Node& a, const Node& b) {
    const std::size_t count = std::min(a.children.size(), b.children.size());
    for (std::size_t i = 0; i < count; ++i) {
      if (a.children[i].normalised == b.children[i].normalised ||
          a.children[a.children.size() - 1 - i].normalised ==
              b.children[b.children.size() - 1 - i].normalised) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool root_elsewhere(std::uint32_t i, std::uint32_t j) {
    return m_context.right.has(left(i)) || m_context.left.has(right(j));
  }

  void pair_equal() {
    std::unordered_map<Hash128, std::vector<std::uint32_t>> by_content;
    for (std::size_t j = m_right.size(); j-- > 0;) {
      if (m_partner_right[j] == unpaired) {
        by_content[m_right[j]->root.normalised].push_back(static_cast<std::uint32_t>(j));
      }
    }
    for (std::uint32_t i = 0; i < m_left.size(); ++i) {
      const auto place = by_content.find(left(i).normalised);
      if (m_partner_left[i] == unpaired && place != by_content.end() && !place->second.empty() &&
          proves_identity(left(i))) {
        pair(i, place->second.back());
        place->second.pop_back();
      }
    }
  }

  void pair_similar() {
    std::vector<std::uint32_t> lefts;
    std::vector<std::uint32_t> rights;
    for (std::uint32_t i = 0; i < m_left.size(); ++i) {
      if (m_partner_left[i] == unpaired && !m_left[i]->reserved && proves_identity(left(i))) {
        lefts.push_back(i);
      }
    }
    for (std::uint32_t j = 0; j < m_right.size(); ++j) {
      if (m_partner_right[j] == unpaired && !m_right[j]->reserved && proves_identity(right(j))) {
        rights.push_back(j);
      }
    }
    if (lefts.size() * rights.size() > max_comparisons) {
      return;
    }
    std::vector<std::tuple<double, std::uint32_t, std::uint32_t>> candidates;
    for (const std::uint32_t i : lefts) {
      for (const std::uint32_t j : rights) {
        const double similarity = m_left[i]->id.kind() == m_right[j]->id.kind()
                                      ? m_context.similarity.of(left(i), right(j))
                                      : 0.0;
        if (similarity >= like_renumbered) {
          candidates.emplace_back(-similarity, i, j);
        }
      }
    }
    std::sort(candidates.begin(), candidates.end());
    for (const auto& [negative, i, j] : candidates) {
      if (open(i, j)) {
        pair(i, j);
      }
    }
  }

  std::span<const Unit* const> m_left;
  std::span<const Unit* const> m_right;
  Context& m_context;
  std::vector<std::uint32_t> m_partner_left;
  std::vector<std::uint32_t> m_partner_right;
};

} // namespace

std::vector<IndexPair> pair_units(std::span<const Unit* const> left,
                                  std::span<const Unit* const> right,
                                  Context& context) {
  return UnitPairing(left, right, context).run();
}

} // namespace regtrail::diff::tree
