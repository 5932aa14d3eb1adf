// Designators read off the front of a paragraph: "(a)", "(a)(1)", "(b) Policy. (1)", "(c)-(e)
// [Reserved]".
#pragma once

#include "parse/ecfr/inline_text.hpp"
#include "parse/paragraph_levels.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace regtrail::parse {

/// The designators of many paragraphs, one after the other.
struct DesignatorList {
  std::vector<Marker> markers;
  std::vector<TextSpan> spans; ///< of each in its paragraph's text, brackets and full stop included
};

/// Those of one paragraph: members [first, first + count) of a list.
struct Designators {
  std::size_t first = 0;
  std::size_t count = 0;
  std::size_t ranged = 0; ///< how many more follow that a reserved range names: (c)-(e) has d, e
  std::size_t end = 0;    ///< behind the last one in print
};

enum class DottedMarkers { no, yes };

/// Appends the designators of `paragraph` to `list`. `next` is the paragraph that follows, nullptr
/// at the end; it must confirm a second designator that stands behind a heading without
/// punctuation.
Designators read_designators(const InlineText& paragraph,
                             const InlineText* next,
                             DottedMarkers dotted,
                             DesignatorList& list);

[[nodiscard]] bool begins_with_designator(const InlineText& paragraph, DottedMarkers dotted);

/// "2" for "2. Where ...", "" for everything else.
[[nodiscard]] std::string leading_number(const InlineText& paragraph);

/// The token with its form around it: "(a)", "a".
[[nodiscard]] std::string designator_name(const Marker& marker);

} // namespace regtrail::parse
