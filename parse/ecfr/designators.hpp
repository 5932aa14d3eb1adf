// Designators read off the front of a paragraph: "(a)", "(a)(1)", "(b) Policy. (1)", "(c)-(e)
// [Reserved]".
#pragma once

#include "parse/ecfr/inline_text.hpp"
#include "parse/paragraph_levels.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace regtrail::parse {

struct Designator {
  Marker marker;
  std::size_t begin = 0; ///< in the paragraph's text
  std::size_t end = 0;   ///< behind the ")" or "."
};

struct Designators {
  std::vector<Designator> list;
  std::vector<std::string>
      range;                 ///< further tokens that a reserved range names: (c)-(e) gives d, e
  std::size_t range_end = 0; ///< behind the range's last designator
};

enum class DottedMarkers { no, yes };

/// `next` is the paragraph that follows, nullptr at the end; it must confirm a second designator
/// that stands behind a heading without punctuation.
[[nodiscard]] Designators
read_designators(const InlineText& paragraph, const InlineText* next, DottedMarkers dotted);

/// The token with its form around it: "(a)", "a".
[[nodiscard]] std::string designator_name(const Marker& marker);

} // namespace regtrail::parse
