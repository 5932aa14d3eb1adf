// Rewrites a unit of the annual CFR into the form in which the eCFR prints it, so that both go
// through the same code to the same tree: HD SOURCE="HD1" becomes HD1, FP SOURCE="FP-2" FP-2,
// GPOTABLE an HTML table, GPH an img. Texts stay where they are, page breaks go.
#pragma once

#include "parse/annual/volume_cutter.hpp"
#include "parse/ecfr/markup_writer.hpp"

#include <string>
#include <string_view>

namespace regtrail::parse {

struct EcfrForm {
  WrittenMarkup xml;  ///< one DIV5, DIV8 or DIV9
  std::string number; ///< "744.1", "Supplement No. 4 to Part 744"; of a frame the part's number
};

/// `element` is the SECTION, APPENDIX or PART, the root of a tree over `bytes`.
[[nodiscard]] EcfrForm to_ecfr_form(const Markup& element,
                                    std::string_view bytes,
                                    Piece::Kind kind,
                                    const std::string& part);

} // namespace regtrail::parse
