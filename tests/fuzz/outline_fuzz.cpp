// Sections, supplements, tables and entries composed from lines: what the grammars make of text.
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/compose.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace regtrail;
using namespace regtrail::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string xml = compose_part({reinterpret_cast<const char*>(data), size});
  const auto document = parse::parse_ecfr(xml, {});
  if (document) {
    check_units(document->units);
    require(parse::parse_ecfr(xml, {})->units == document->units, "a second parse gives the same");
  }
  return 0;
}
