// Which edition of the CFR a volume or granule is, from its front matter.
#pragma once

#include "parse/cfr_annual_xml.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace regtrail::parse {

/// Takes over what an FDSYS, TITLEPG or TITLEHD element says; what an earlier one said stays.
void read_front(const pugi::xml_node& element, CfrEdition& edition);

/// "15" of a file name or URL such as "CFR-2025-title15-vol2.xml"; "" for none.
[[nodiscard]] std::string title_in_name(std::string_view source_name);

} // namespace regtrail::parse
