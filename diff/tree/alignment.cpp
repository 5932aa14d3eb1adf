#include "diff/tree/alignment.hpp"

#include "diff/tree/tree_internal.hpp"

#include <algorithm>
#include <string>

namespace regtrail::diff {
namespace {

using tree::ContentIndex;
using tree::Context;
using tree::IndexPair;
using tree::Similarity;

std::vector<const Unit*> pointers(std::span<const Unit> units) {
  std::vector<const Unit*> out;
  out.reserve(units.size());
  for (const Unit& unit : units) {
    out.push_back(&unit);
  }
  return out;
}

std::vector<const Node*> roots(std::span<const Unit> units) {
  std::vector<const Node*> out;
  out.reserve(units.size());
  for (const Unit& unit : units) {
    out.push_back(&unit.root);
  }
  return out;
}

/// The orientation in which pairs are sought: by content, so that it does not matter which side the
/// caller names first.
bool is_swapped(std::span<const Unit> before, std::span<const Unit> after) {
  return std::lexicographical_compare(
      after.begin(), after.end(), before.begin(), before.end(), [](const Unit& a, const Unit& b) {
        return a.root.published < b.root.published;
      });
}

class Aligner {
public:
  Aligner(std::span<const Unit> before, std::span<const Unit> after)
      : m_before(before),
        m_after(after),
        m_swapped(is_swapped(before, after)),
        m_content_before(roots(before)),
        m_content_after(roots(after)),
        m_context{m_similarity,
                  m_swapped ? m_content_after : m_content_before,
                  m_swapped ? m_content_before : m_content_after} {}

  Alignment run() {
    align_units();
    for (PairIndex p = 0; p < m_result.pairs.size(); ++p) {
      align_children(p);
    }
    // Moves prefer and so depend on an order too.
    if (m_swapped) {
      std::swap(m_result.removed, m_result.added);
    }
    m_result.moves = tree::find_moves(m_result);
    if (m_swapped) {
      std::swap(m_result.removed, m_result.added);
      for (Move& move : m_result.moves) {
        std::swap(move.removed, move.added);
      }
    }
    tree::find_reattached(m_result);
    return std::move(m_result);
  }

private:
  void align_units() {
    const std::vector<const Unit*> before = pointers(m_before);
    const std::vector<const Unit*> after = pointers(m_after);
    std::vector<IndexPair> pairs = m_swapped ? tree::pair_units(after, before, m_context)
                                             : tree::pair_units(before, after, m_context);
    std::vector<const Unit*> partner(after.size(), nullptr);
    std::vector<char> is_paired(before.size(), 0);
    for (auto [i, j] : pairs) {
      if (m_swapped) {
        std::swap(i, j);
      }
      partner[j] = before[i];
      is_paired[i] = 1;
    }
    for (std::size_t j = 0; j < after.size(); ++j) {
      add_unit(partner[j], after[j]);
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (is_paired[i] == 0) {
        add_unit(before[i], nullptr);
      }
    }
  }

  void add_unit(const Unit* before, const Unit* after) {
    const auto index = static_cast<std::uint32_t>(m_result.units.size());
    UnitPair pair{before, after, no_pair};
    if (before != nullptr && after != nullptr &&
        (before->root.published != after->root.published || !(before->id == after->id))) {
      pair.root = static_cast<PairIndex>(m_result.pairs.size());
      m_result.pairs.push_back({&before->root, &after->root, no_pair, index, 0, 0});
    }
    m_result.units.push_back(pair);
  }

  void align_children(PairIndex p) {
    const NodePair parent = m_result.pairs[p];
    const Node& before = *parent.before;
    const Node& after = *parent.after;
    m_result.partners.emplace_back();
    if (before.published == after.published) {
      return;
    }
    const std::vector<IndexPair> pairs = m_swapped ? tree::pair_children(after, before, m_context)
                                                   : tree::pair_children(before, after, m_context);
    std::vector<std::uint32_t> partner(before.children.size(), no_pair);
    std::vector<std::uint32_t>& partner_of_after = m_result.partners.back();
    partner_of_after.assign(after.children.size(), no_pair);
    for (auto [i, j] : pairs) {
      if (m_swapped) {
        std::swap(i, j);
      }
      partner[i] = j;
      partner_of_after[j] = i;
    }
    for (std::uint32_t i = 0; i < partner.size(); ++i) {
      if (partner[i] == no_pair) {
        m_result.removed.push_back({&before.children[i], p, i});
        continue;
      }
      const Node& child = before.children[i];
      const Node& counterpart = after.children[partner[i]];
      if (child.published != counterpart.published || child.designator != counterpart.designator) {
        m_result.pairs.push_back({&child, &counterpart, p, parent.unit, i, partner[i]});
      }
    }
    for (std::uint32_t j = 0; j < partner_of_after.size(); ++j) {
      if (partner_of_after[j] == no_pair) {
        m_result.added.push_back({&after.children[j], p, j});
      }
    }
  }

  std::span<const Unit> m_before;
  std::span<const Unit> m_after;
  bool m_swapped;
  Similarity m_similarity;
  ContentIndex m_content_before;
  ContentIndex m_content_after;
  Context m_context;
  Alignment m_result;
};

} // namespace

Alignment align(std::span<const Unit> before, std::span<const Unit> after) {
  return Aligner(before, after).run();
}

} // namespace regtrail::diff
