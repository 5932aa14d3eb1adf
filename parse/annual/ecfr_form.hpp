// Rewrites a unit of the annual CFR into the form in which the eCFR prints it, so that both go
// through the same code to the same tree: HD SOURCE="HD1" becomes HD1, FP SOURCE="FP-2" FP-2,
// GPOTABLE an HTML table, GPH an img. Page breaks go.
#pragma once

#include "parse/cfr/xml_reader.hpp"

namespace regtrail::parse {

/// Rewrites piece.element, a SECTION, APPENDIX or PART, in place into a DIV8, DIV9 or DIV5. Fills
/// in piece.number: "744.1", "Supplement No. 4 to Part 744"; of a frame the part's number.
void to_ecfr_form(Piece& piece);

} // namespace regtrail::parse
