// JSON answers of the services. Each parser sees every answer.
#include "parse/ecfr_json.hpp"
#include "parse/govinfo_json.hpp"
#include "tests/fuzz/laws.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

using namespace regtrail;
using namespace regtrail::tests;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse::parse_titles(json, "titles.json"));
  static_cast<void>(parse::parse_versions(json, "versions.json"));
  static_cast<void>(parse::parse_corrections(json, "corrections.json"));
  if (const auto listing = parse::parse_bulk_listing(json, "listing.json")) {
    const auto years = parse::bulk_years(*listing);
    const auto volumes = parse::bulk_cfr_volumes(*listing, 2025, 15);
    require(std::is_sorted(years.begin(), years.end()), "years are in order");
    require(std::is_sorted(volumes.begin(), volumes.end()), "volumes are in order");
  }
  return 0;
}
