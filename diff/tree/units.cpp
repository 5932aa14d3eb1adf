// Pairs units: by id, then by equal content (a section was renumbered), then by similar content;
// ranges of reserved sections by what they have in common.
#include "diff/tree/tree_internal.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace regtrail::diff::tree {
namespace {

/// Least similarity of a unit that was renumbered and reworded.
constexpr double like_renumbered = 0.6;

/// Below this a pair by id is doubted when the content is found under another id.
constexpr double like_same_id = 0.4;

/// Pairs of unpaired units whose similarity is computed; beyond, only equal content counts.
constexpr std::size_t max_comparisons = 250'000;

constexpr std::uint32_t unpaired = 0xFFFF'FFFF;

/// "1.106-1.109": sections 106 to 109 of part 1. One section is a range of itself. Print also has
/// reversed ranges ("1.122-1.24").
struct SectionRange {
  std::string_view part;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

std::optional<std::pair<std::string_view, std::uint32_t>> read_section(std::string_view name) {
  const std::size_t dot = name.find('.');
  std::uint32_t number = 0;
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  const auto [end, error] =
      std::from_chars(name.data() + dot + 1, name.data() + name.size(), number);
  return error == std::errc{} && end == name.data() + name.size()
             ? std::optional(std::pair(name.substr(0, dot), number))
             : std::nullopt;
}

std::optional<SectionRange> range_of(const Citation& id) {
  const std::string_view name = id.name();
  const std::size_t dash = name.find('-');
  const auto first = read_section(name.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : read_section(name.substr(dash + 1));
  if (id.kind() != CitationKind::section || !first || !last || first->first != last->first) {
    return std::nullopt;
  }
  return SectionRange{first->first, first->second, std::max(first->second, last->second)};
}

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
    pair_reserved();
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

  /// Returns the pairs of equal id whose contents differ and are found elsewhere, which are not
  /// made.
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
    std::vector<IndexPair> doubted;
    for (const auto& [i, j] : found) {
      if (left(i).published != right(j).published && !share_child(left(i), right(j)) &&
          root_elsewhere(i, j) && m_context.similarity.of(left(i), right(j)) < like_same_id) {
        doubted.emplace_back(i, j);
      } else {
        pair(i, j);
      }
    }
    return doubted;
  }

  /// True when the two have an equal child at the same distance from the front or the back.
  [[nodiscard]] static bool share_child(const Node& a, const Node& b) {
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

  /// "1.106-1.109 [Reserved]" is "1.106-1.108 [Reserved]" when 1.109 was put to use.
  void pair_reserved() {
    const auto ranges = [](std::span<const Unit* const> units,
                           const std::vector<std::uint32_t>& partner) {
      std::vector<std::pair<SectionRange, std::uint32_t>> result;
      for (std::uint32_t i = 0; i < units.size(); ++i) {
        const auto range =
            partner[i] == unpaired && units[i]->reserved ? range_of(units[i]->id) : std::nullopt;
        if (range) {
          result.emplace_back(*range, i);
        }
      }
      std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first.part, a.first.first, a.second) <
               std::tie(b.first.part, b.first.first, b.second);
      });
      return result;
    };
    const auto lefts = ranges(m_left, m_partner_left);
    const auto rights = ranges(m_right, m_partner_right);
    auto right = rights.begin();
    for (auto left = lefts.begin(); left != lefts.end() && right != rights.end();) {
      const SectionRange& a = left->first;
      const SectionRange& b = right->first;
      if (std::tie(a.part, a.last) < std::tie(b.part, b.first)) {
        ++left;
      } else if (std::tie(b.part, b.last) < std::tie(a.part, a.first)) {
        ++right;
      } else {
        pair(left->second, right->second);
        ++left;
        ++right;
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
