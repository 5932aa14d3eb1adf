// Text printed under an instruction, as units of the CFR: the same grammar reads it that reads the
// CFR itself.
#pragma once

#include "model/document.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// The name of the appendix or supplement that a heading opens: "Supplement No. 4 to Part 744" of
/// "Supplement No. 4 to Part 744—Entity List"; "" for other headings.
[[nodiscard]] std::string appendix_of_heading(std::string_view heading, const std::string& part);

/// The entry of the CCL that a paragraph opens: "3B001"; "" for other paragraphs.
[[nodiscard]] std::string eccn_of_heading(const pugi::xml_node& element);

/// "[Amended]", "[Removed and Reserved]", "[Redesignated as § 22.235]": says what is done to a
/// section and is none of its text.
[[nodiscard]] bool is_status(std::string_view subject);

/// True for a SECTION that prints nothing but its number and a status.
[[nodiscard]] bool is_status_section(const pugi::xml_node& section);

/// A SECTION element. What could not be read is appended to `not_understood`.
SetOutText set_out_section(const pugi::xml_node& section,
                                          const CfrPart& part,
                                          std::vector<std::string>& not_understood);

/// An APPENDIX element, or loose elements moved into one that is called `name` ("" to read its name
/// from its heading).
SetOutText set_out_appendix(const pugi::xml_node& appendix,
                                           const CfrPart& part,
                                           const std::string& name,
                                           std::vector<std::string>& not_understood);

/// AUTH: "15 CFR Part 744" with one child that is cited "/ authority".
[[nodiscard]] SetOutText set_out_authority(const pugi::xml_node& authority, const CfrPart& part);

/// "Subpart E—Take of Eagles": a heading in the frame of a part.
[[nodiscard]] SetOutText set_out_heading(const pugi::xml_node& heading, const CfrPart& part);

} // namespace regtrail::parse
