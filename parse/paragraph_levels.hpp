// Levels of flat CFR paragraphs from the sequence of their designators (1 CFR 21.11(h)).
//
// Designators are ambiguous one by one: (i) follows (h) or opens a roman list. The solver reads the
// whole sequence with a beam search over stacks of open lists and takes the cheapest reading. A
// narrow beam comes first: it counts what it drops, and where none of that can have led to a
// cheaper reading, a wide one would find the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// How a designator is printed: "(a)", "a.". A definition without a designator stands in the
/// sequence under its term: the lists below it begin anew.
enum class MarkerForm : std::uint8_t { parenthesized, dotted, term };

enum class MarkerFont : std::uint8_t { plain, italic };

/// One designator in print.
struct Marker {
  std::string token; ///< "a", "iv", "12"; the term of a definition
  MarkerForm form = MarkerForm::parenthesized;
  MarkerFont font = MarkerFont::plain;
  /// Follows another designator in the same paragraph, or is the first term behind words that
  /// introduce definitions: must be the first child of what stands before it.
  bool inner = false;
  bool doubtful = false; ///< may be prose that only looks like a designator
  bool omission = false; ///< asterisks stand before it: members of lists may be left out
};

/// What is odd about a marker's place; everything but `none` deserves a look.
enum class LevelTrouble : std::uint8_t {
  none,
  gap,      ///< members are missing before it
  repeated, ///< the law has the same designator twice
  unplaced, ///< no consistent reading
};

struct Level {
  int depth = 0; ///< 0 for the outermost list; -1: prose, no designator at all
  LevelTrouble trouble = LevelTrouble::none;
};

/// Lists inside lists that are told apart: a designator that opens a deeper one is prose.
inline constexpr int most_levels = 10;

struct LevelSolution {
  std::vector<Level> levels; ///< one for each marker
  float cost = 0;            ///< 0 where every marker follows the one before it
};

[[nodiscard]] LevelSolution solve_levels(std::span<const Marker> markers);

/// True when `token` can open a list: a, A, 1, i, I.
[[nodiscard]] bool is_first_member(std::string_view token);

/// The members from `first` to `last` where both belong to one list, both included; empty when they
/// do not: "c", "e" gives c, d, e.
[[nodiscard]] std::vector<std::string> members_between(std::string_view first,
                                                       std::string_view last);

} // namespace regtrail::parse
