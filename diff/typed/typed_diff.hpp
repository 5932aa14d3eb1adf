// The meaning of a revision, computed by the grammars of ear/ from the two texts.
#pragma once

#include "model/change.hpp"
#include "model/node.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>

namespace regtrail::diff {

/// Both sides of the comparison that a change is from: what a single change cannot say of itself,
/// whether a word stands elsewhere in the law, what a list is called. Borrows both spans.
class Law {
public:
  Law() = default;

  Law(std::span<const Unit> before, std::span<const Unit> after)
      : m_before(before),
        m_after(after) {}

  [[nodiscard]] std::span<const Unit> before() const { return m_before; }

  [[nodiscard]] std::span<const Unit> after() const { return m_after; }

  /// How often `word` (lower case, letters and digits) stands on both sides. Counts all words when
  /// first asked.
  [[nodiscard]] std::size_t count(std::string_view word) const;

private:
  std::span<const Unit> m_before;
  std::span<const Unit> m_after;
  mutable std::unordered_map<std::uint64_t, std::uint32_t> m_counts; ///< by hash of the word
};

/// Fills `change.typed` from kind, place and texts. Leaves it empty where nothing is certain.
void type_change(Change& change, const Law& law = {});

} // namespace regtrail::diff
