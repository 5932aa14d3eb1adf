// Two texts composed from lines, with a line "----" between them.
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/compose.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>

using namespace regtrail;
using namespace regtrail::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view fence = "\n----\n";
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = input.find(fence);
  if (cut == std::string_view::npos) {
    return 0;
  }
  const auto before = parse::parse_ecfr(compose_part(input.substr(0, cut)), {});
  const auto after = parse::parse_ecfr(compose_part(input.substr(cut + fence.size())), {});
  if (before && after) {
    check_no_change(before->units);
    check_inverse(before->units, after->units);
  }
  return 0;
}
