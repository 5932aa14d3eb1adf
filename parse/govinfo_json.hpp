// Listings of govinfo's bulk data (docs/sources.md) into values.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct BulkFile {
  std::string name; ///< "CFR-2025-title15-vol2.xml"; of a folder "2025", "title-15"
  std::string link; ///< of a folder: to its own listing
  bool folder = false;
  std::optional<Timestamp> modified; ///< may move without a change of content
  std::uint64_t size = 0;            ///< bytes
};

/// `source_name` (a URL or file) stands in messages: "<source_name>: expected ...".
Result<std::vector<BulkFile>> parse_bulk_listing(std::string_view json,
                                                 std::string_view source_name);

/// The years among the folders, oldest first.
[[nodiscard]] std::vector<int> bulk_years(const std::vector<BulkFile>& listing);

/// The volumes whose XML is in a year's listing of a title, in order.
[[nodiscard]] std::vector<int>
bulk_cfr_volumes(const std::vector<BulkFile>& listing, int year, int title);

} // namespace regtrail::parse
