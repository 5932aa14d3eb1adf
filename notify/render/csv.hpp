// Tables for spreadsheets: RFC 4180 in UTF-8 with a byte order mark, since Excel takes UTF-8
// without one for Shift_JIS.
#pragma once

#include "model/register.hpp"
#include "notify/render/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::render {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Ends with CR LF. A spreadsheet takes "=1+1" for a formula: a cell that begins with = + - @ gets
/// an apostrophe.
void add_csv_row(std::string& out, const std::vector<std::string>& fields);

/// A row a hit; of what hits nobody the columns of the hit are empty. The columns are named in the
/// first row.
[[nodiscard]] std::string changes_csv(const std::vector<FeedItem>& items);

} // namespace regtrail::render
