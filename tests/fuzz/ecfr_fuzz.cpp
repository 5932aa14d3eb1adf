// eCFR XML byte for byte.
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace regtrail;
using namespace regtrail::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto document = parse::parse_ecfr(bytes, {});
  if (!document) {
    require(document.error().message.find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  check_units(document->units);
  require(parse::parse_ecfr(bytes, {})->units == document->units, "a second parse gives the same");
  check_no_change(document->units);
  return 0;
}
