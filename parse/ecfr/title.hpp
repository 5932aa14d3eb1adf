// Which title of the CFR a document is of.
#pragma once

#include <string>
#include <string_view>

namespace regtrail::parse {

/// The title that the document names as its own in its header, its metadata or its headings; "" for
/// none.
[[nodiscard]] std::string stated_title(std::string_view bytes);

/// Where none is stated: the one that the text cites most, that of `part` before others; "" for
/// none.
[[nodiscard]] std::string infer_title(std::string_view bytes, std::string_view part);

/// "742" for eCFR XML that begins with part 742, one of its sections or its supplements.
[[nodiscard]] std::string part_of_first_unit(std::string_view bytes);

} // namespace regtrail::parse
