// Rewrites a unit of the annual CFR into the form in which the eCFR prints it, so that both go
// through the same code to the same tree: HD SOURCE="HD1" becomes HD1, FP SOURCE="FP-2" FP-2,
// GPOTABLE an HTML table, GPH an img. Texts pass through untouched, page breaks go.
#pragma once

#include "parse/annual/volume_cutter.hpp"

#include <pugixml.hpp>

#include <string>

namespace regtrail::parse {

struct EcfrForm {
  std::string xml;    ///< one DIV5, DIV8 or DIV9
  std::string number; ///< "744.1", "Supplement No. 4 to Part 744"; of a frame the part's number
};

/// `element` is the SECTION, APPENDIX or PART; loaded without pugi::parse_escapes.
[[nodiscard]] EcfrForm
to_ecfr_form(const pugi::xml_node& element, Piece::Kind kind, const std::string& part);

} // namespace regtrail::parse
