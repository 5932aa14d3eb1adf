// A long list, which several processors build in parts, and its like read by one alone.
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/compose.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

constexpr std::size_t long_enough = 60'000; ///< to be built in parts

Result<parse::EcfrDocument> read(const std::string& xml, parse::Crew::Size readers) {
  parse::EcfrOptions options;
  options.readers = readers;
  return parse::parse_ecfr(xml, options);
}

} // namespace

/// The first line opens the unit, the others are its content, over and over.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t behind = text.find('\n');
  if (behind == std::string_view::npos || behind + 1 == size || size > long_enough) {
    return 0;
  }
  std::string lines(text.substr(0, behind + 1));
  while (lines.size() < long_enough) {
    lines += text.substr(behind + 1);
    lines += '\n';
  }
  const std::string xml = compose_part(lines);
  const auto shared = read(xml, parse::Crew::Size::all_processors);
  const auto alone = read(xml, parse::Crew::Size::caller_only);
  require(shared.has_value() == alone.has_value(), "several read what one can read");
  if (alone) {
    require(shared->units == alone->units, "several read the same as one alone");
  }
  return 0;
}
