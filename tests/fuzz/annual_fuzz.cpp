// Annual CFR XML byte for byte.
#include "parse/cfr_annual_xml.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace regtrail;
using namespace regtrail::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse::detect_kind(bytes));
  const auto document = parse::parse_cfr_annual(bytes, {});
  if (!document) {
    require(document.error().message.find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  check_units(document->content.units);
  require(parse::parse_cfr_annual(bytes, {})->content.units == document->content.units,
          "a second parse gives the same");
  check_no_change(document->content.units);
  return 0;
}
