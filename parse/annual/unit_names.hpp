// What parts, sections and appendices are called, from the ways in which the annual CFR prints it.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace regtrail::parse {

/// "744" from a PART element: its running head, else its heading; "" for none.
/// "PARTS 750-799 [RESERVED]" is "750-799".
[[nodiscard]] std::string part_number_of(const pugi::xml_node& part_element);

/// "744.1" of "§ 744.1", "744.24-744.25" of "§§ 744.24—744.25 " and "744.24 and 744.25".
[[nodiscard]] std::string section_number(std::string_view printed);

/// "Supplement No. 4 to Part 744" from the heading, where that names the part, or else from the
/// running head "Pt. 744, Supp. 4"; the heading's first words where neither says it.
[[nodiscard]] std::string
appendix_name(std::string_view heading, std::string_view running_head, std::string_view part);

} // namespace regtrail::parse
