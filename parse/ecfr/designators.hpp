// Designators read off the front of a paragraph: "(a)", "(a)(1)", "(b) Policy. (1)", "(c)-(e)
// [Reserved]".
#pragma once

#include "parse/ecfr/inline_text.hpp"
#include "parse/paragraph_levels.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
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

/// The paragraphs behind one, in order.
using Following = std::span<const InlineText* const>;

/// Appends the designators of `paragraph` to `list`. A further one in the middle of the paragraph
/// counts behind a heading in italics with its punctuation, and elsewhere where `following` goes on
/// with the second member of its list. An asterisk in front of the first one belongs to it ("* (a)"
/// in the U.S. Munitions List).
Designators read_designators(const InlineText& paragraph,
                             Following following,
                             DottedMarkers dotted,
                             DesignatorList& list);

/// Appends the `term` of a definition and the designators behind it to `list`: "Widget means: (1)
/// ...", where `following` goes on with (2). The term ends at `end` in the text.
Designators read_definition(const InlineText& paragraph,
                            std::string term,
                            std::size_t end,
                            Following following,
                            DesignatorList& list);

/// Appends the designators behind the words of a paragraph that has none at its front to `list`:
/// "The fees are: (1) ...", where `following` goes on with (2).
Designators read_introduced(const InlineText& paragraph, Following following, DesignatorList& list);

/// True when `text` begins with a bracket, or with an asterisk and a bracket.
[[nodiscard]] bool begins_with_bracket(std::string_view text);

[[nodiscard]] bool begins_with_designator(const InlineText& paragraph, DottedMarkers dotted);

/// "2" for "2. Where ...", "" for everything else.
[[nodiscard]] std::string leading_number(const InlineText& paragraph);

/// The token with its form around it: "(a)", "a"; a term as it is.
[[nodiscard]] std::string designator_name(const Marker& marker);

} // namespace regtrail::parse
