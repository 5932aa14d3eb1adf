// Annual CFR XML byte for byte, whole and streamed from a file.
#include "parse/cfr_annual_xml.hpp"
#include "tests/fuzz/laws.hpp"
#include "tests/fuzz/memory_file.hpp"

#include <cstddef>
#include <cstdint>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check_streamed(std::string_view bytes, const Result<parse::CfrAnnualDocument>& whole) {
  const MemoryFile file(bytes);
  std::size_t count = 0;
  const auto edition =
      parse::stream_cfr_annual_file(file.path(), {}, [&](Unit&& unit) -> Result<void> {
        check_units({&unit, 1});
        ++count;
        return {};
      });
  require(edition.has_value() == whole.has_value(), "a streamed file is refused when the whole is");
  if (edition) {
    require(edition->title == whole->edition.title && edition->volume == whole->edition.volume &&
                edition->revised == whole->edition.revised &&
                edition->cover_only == whole->edition.cover_only,
            "a streamed file is the same edition");
    require(count == whole->content.units.size(), "a streamed file has the units of the whole");
  } else {
    require(edition.error().message == whole.error().message,
            "a streamed file is refused for the same reason",
            edition.error().message + " / " + whole.error().message);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto document = parse::parse_cfr_annual(bytes, {});
  if (document) {
    check_units(document->content.units);
    require(parse::parse_cfr_annual(bytes, {})->content.units == document->content.units,
            "a second parse gives the same");
    check_no_change(document->content.units);
  }
  check_streamed(bytes, document);
  static_cast<void>(parse::detect_kind(bytes));
  return 0;
}
