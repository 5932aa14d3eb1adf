// Which title of the CFR a document is of.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace regtrail::parse {

/// The title that eCFR XML names as its own in its header, its metadata or its headings; "" for
/// none. `element` is that of the first unit, `parent` what it stands in.
[[nodiscard]] std::string stated_title(const pugi::xml_node& element, const pugi::xml_node& parent);

/// Where none is stated: the one that the text cites most, that of `part` before others; "" for
/// none.
[[nodiscard]] std::string infer_title(std::string_view bytes, std::string_view part);

} // namespace regtrail::parse
