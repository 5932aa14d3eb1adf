#include "parse/annual/unit_names.hpp"

#include <catch2/catch.hpp>
#include <pugixml.hpp>

using regtrail::parse::appendix_name;
using regtrail::parse::part_number_of;
using regtrail::parse::section_number;

TEST_CASE("an appendix is named by its heading, and by the running head where that is silent",
          "[names]") {
  const auto [heading, running_head, name] = GENERATE(table<std::string, std::string, std::string>({
      {"Supplement No. 4 to Part 744\xE2\x80\x94"
       "Entity List",
       "Pt. 744, Supp. 4",
       "Supplement No. 4 to Part 744"},
      {"SUPPLEMENT NO. 4 TO PART 744\xE2\x80\x94"
       "ENTITY LIST",
       "Pt. 744, Supp. 4",
       "Supplement No. 4 to Part 744"},
      {"Entity List", "Pt. 744, Supp. 4", "Supplement No. 4 to Part 744"},
      {"Entity List", "Pt. 744, Supp. No. 4", "Supplement No. 4 to Part 744"},
      {"Entity List", "Supp. 4", "Supplement No. 4 to Part 744"},
      {"Official Interpretations", "Pt. 744, Supp. I", "Supplement I to Part 744"},
      {"Model Forms", "Pt. 744, App. A", "Appendix A to Part 744"},
      {"Sample Listing", "Pt. 744, Subpt. G, App. A", "Appendix A to Subpart G of Part 744"},
      {"Appendix A to Subpart G to Part 744\xE2\x80\x94Sample",
       "Pt. 744, Subpt. G, App. A",
       "Appendix A to Subpart G to Part 744"},
      {"Appendix B to Part 744 [Reserved]", "", "Appendix B to Part 744"},
      {"Appendix C--Forms", "", "Appendix C"},
      {"", "", ""},
  }));
  CHECK(appendix_name(heading, running_head, "744") == name);
}

TEST_CASE("section numbers are what stands behind the section sign, dashes as hyphens", "[names]") {
  const auto [printed, number] = GENERATE(table<std::string, std::string>({
      {"\xC2\xA7 744.1", "744.1"},
      {"\xC2\xA7\xC2\xA0"
       "744.1.",
       "744.1"},
      {"744.11a ", "744.11a"},
      {"\xC2\xA7\xC2\xA7 744.2\xE2\x80\x93"
       "744.3",
       "744.2-744.3"},
      {"\xC2\xA7\xC2\xA7 744.2 and 744.3", "744.2-744.3"},
      {"\xC2\xA7\xC2\xA7 744.2 through 744.9", "744.2-744.9"},
      {"\xC2\xA7 165.T11-157", "165.T11-157"},
      {"", ""},
  }));
  CHECK(section_number(printed) == number);
}

TEST_CASE("a part's number is read off its heading, or else off its running head", "[names]") {
  const auto [element, number] = GENERATE(table<std::string, std::string>({
      {"<PART><EAR>Pt. 744</EAR><HD SOURCE=\"HED\">PART 744&#x2014;CONTROL</HD></PART>", "744"},
      {"<PART>\n<HD SOURCE=\"HED\">Part <E T=\"04\">744</E>\xE2\x80\x94"
       "Control of 12 things</HD></PART>",
       "744"},
      {"<PART><RESERVED>PARTS 750\xE2\x80\x93"
       "799 [RESERVED]</RESERVED></PART>",
       "750-799"},
      {"<PART><EAR>Pt. 744</EAR><HD SOURCE=\"HED\">Control</HD></PART>", "744"},
      {"<PART><HD SOURCE=\"HED\">Control</HD></PART>", ""},
      {"<PART/>", ""},
  }));
  pugi::xml_document document;
  REQUIRE(document.load_string(element.c_str()));
  CHECK(part_number_of(document.document_element()) == number);
}
