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

/// How a designator is printed: "(a)", "a.".
enum class MarkerForm : std::uint8_t { parenthesized, dotted };

enum class MarkerFont : std::uint8_t { plain, italic };

/// One designator in print.
struct Marker {
  std::string token; ///< "a", "iv", "12"
  MarkerForm form = MarkerForm::parenthesized;
  MarkerFont font = MarkerFont::plain;
  bool inner = false; ///< follows another designator in the same paragraph: must be its first child
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

/// One level for each marker.
[[nodiscard]] std::vector<Level> solve_levels(std::span<const Marker> markers);

/// True when `token` can open a list: a, A, 1, i, I.
[[nodiscard]] bool is_first_member(std::string_view token);

/// The members from `first` to `last` where both belong to one list, both included; empty when they
/// do not: "c", "e" gives c, d, e.
[[nodiscard]] std::vector<std::string> members_between(std::string_view first,
                                                       std::string_view last);

} // namespace regtrail::parse
