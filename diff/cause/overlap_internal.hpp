// How much of what is new in a change is printed by an instruction.
#pragma once

#include "model/change.hpp"
#include "model/document.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace regtrail::diff::cause {

/// Runs of four words, normalised, as hashes.
using Shingles = std::unordered_set<std::uint64_t>;

/// Of everything that the instruction sets out.
void add_set_out(Shingles& into, const Instruction& instruction);

/// What is new in a change: the runs of its after side that the before side has not.
struct NewWords {
  std::vector<std::uint64_t> runs;
  bool enough = false; ///< enough words to say that a text differs

  [[nodiscard]] std::optional<double> share_in(const Shingles& printed) const;
};

[[nodiscard]] NewWords new_words(const Change& change);

enum class Quoted { no, alike, exactly };

/// Whether the quoted words of an operation turn the before side into the after side.
[[nodiscard]] Quoted quoted_words(const Instruction& instruction, const Change& change);

} // namespace regtrail::diff::cause
