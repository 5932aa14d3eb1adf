// eCFR XML from plain lines, so that the fuzzer spends its time on what the text says and not on
// closing tags. The first character of a line says what it becomes:
//
//   "§ 744.1 Scope."  a section            "@ Supplement No. 4 to Part 744"  an appendix
//   "! Note 1:|text"  a NOTE               "# text"  a heading (HD1)
//   "> text"          a flush paragraph    "% text"  an EXTRACT
//   "= a | b"         a row of a head      "| a | b" a row of a table; "&2,3 a" spans 2 x 3
//   "[ text"          CITA                 "{ text"  EDNOTE           "} text" EFFDNOT
//   "3B001 text"      ECCN (FP-2)          anything else: a paragraph
//
// "*" switches italics, "~" superscript.
#pragma once

#include <string>
#include <string_view>

namespace regtrail::tests {

[[nodiscard]] std::string compose_part(std::string_view lines);

} // namespace regtrail::tests
