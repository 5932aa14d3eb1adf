// Citations of the nodes of an alignment, on either side.
#pragma once

#include "diff/tree/alignment.hpp"
#include "model/citation.hpp"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace regtrail::diff {

enum class SideOf : std::uint8_t { before, after };

/// Computes citations when asked and keeps what it computed. `alignment` must outlive it.
class Places {
public:
  explicit Places(const Alignment& alignment) : m_alignment(alignment) {}

  /// Of a pair, as it stands on one side.
  [[nodiscard]] const Citation& of(PairIndex pair, SideOf side);

  /// Of child `index` of that side of `parent`.
  [[nodiscard]] Citation of_child(PairIndex parent, std::uint32_t index, SideOf side);

  /// Of the node below that child to which `path` leads.
  [[nodiscard]] Citation of_descendant(PairIndex parent,
                                       std::uint32_t index,
                                       const std::vector<std::uint32_t>& path,
                                       SideOf side);

private:
  struct Known {
    Citation citation;
    std::vector<Step> steps; ///< to the children, once one was asked for
  };

  using Table = std::unordered_map<PairIndex, Known>;

  Table& table(SideOf side) { return side == SideOf::before ? m_before : m_after; }

  const Alignment& m_alignment;
  Table m_before;
  Table m_after;
};

} // namespace regtrail::diff
