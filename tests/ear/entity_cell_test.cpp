#include "ear/entity_cell.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using List = std::vector<std::string>;

TEST_CASE("a cell that does not begin with a name is named after what it has", "[ear]") {
  CHECK(ear::parse_entity_cell(", 12 Duck Lane, Freedonia.").name == "12 Duck Lane, Freedonia");
  CHECK(ear::parse_entity_cell(",;").name == ",;");
}

TEST_CASE("name, aliases and addresses of a list entry come apart", "[ear]") {
  struct Row {
    const char* cell;
    std::string name;
    List aliases;
    List addresses;
  };

  const auto row = GENERATE(values<Row>({
      {"Example Lathe LLC, Long Street 12, Apt 93, Yerevan, 0015, Armenia.",
       "Example Lathe LLC",
       {},
       {"Long Street 12, Apt 93, Yerevan, 0015, Armenia"}},
      {"Sample Optics Co., Ltd., a.k.a., the following two aliases:\n\u2014Sample Lens; and\n\u2014"
       "SOC.\n\n No. 7 East Road, Beijing, China; and 3/F Tower A, Shanghai, China.",
       "Sample Optics Co., Ltd.",
       {"Sample Lens", "SOC"},
       {"No. 7 East Road, Beijing, China", "3/F Tower A, Shanghai, China"}},
      {"Bridge Works International, LLC, a.k.a. the following alias:\n\u2014BW International.\n \n "
       "Room 4, Hill 3, Yerevan, Armenia.",
       "Bridge Works International, LLC",
       {"BW International"},
       {"Room 4, Hill 3, Yerevan, Armenia"}},
      {"Tano LLC, the following one alias:\n\u2014Tahno LLC.\n\n 17 Old Street, Yerevan.",
       "Tano LLC",
       {"Tahno LLC"},
       {"17 Old Street, Yerevan"}},
      {"a.k.a., the following two aliases: \u2014Zeta AI; and \u2014Beijing Zeta Technology Co., "
       "Ltd. Floor 10, Building 9, No. 1, Beijing, China.",
       "",
       {"Zeta AI", "Beijing Zeta Technology Co., Ltd."},
       {"Floor 10, Building 9, No. 1, Beijing, China"}},
      {"Harvest General Trading FZE, a.k.a. Harwest General Trading, a.k.a. HGT Logistics, 406 "
       "High "
       "Building, Dubai, UAE; and #3204 Tower D, Dubai, UAE",
       "Harvest General Trading FZE",
       {"Harwest General Trading", "HGT Logistics"},
       {"406 High Building, Dubai, UAE", "#3204 Tower D, Dubai, UAE"}},
      {"Academy of Example Sciences, Institute of Sample Medicine, 27 Peace Road, Beijing, China.",
       "Academy of Example Sciences, Institute of Sample Medicine",
       {},
       {"27 Peace Road, Beijing, China"}},
      {"Meter Joint Stock Company (Meter JSC),\n \n 17, Apt 31, Long Avenue, Yerevan; and 26 Short "
       "Street, Yerevan",
       "Meter Joint Stock Company (Meter JSC)",
       {},
       {"17, Apt 31, Long Avenue, Yerevan", "26 Short Street, Yerevan"}},
      {"Address 03,\nRoom 19C Example Centre, Hong Kong.",
       "Address 03",
       {},
       {"Room 19C Example Centre, Hong Kong"}},
      {"A. Muster Ltd.; Garden 19, Haifa, Israel.",
       "A. Muster Ltd.",
       {},
       {"Garden 19, Haifa, Israel"}},
      {"Beijing Pattern Digital Technologies Co., Ltd., Beijing, China.",
       "Beijing Pattern Digital Technologies Co., Ltd.",
       {},
       {"Beijing, China"}},
  }));
  INFO(row.cell);
  const auto cell = ear::parse_entity_cell(row.cell);
  CHECK(cell.name == row.name);
  CHECK(cell.aliases == row.aliases);
  CHECK(cell.addresses == row.addresses);
}

TEST_CASE("a pointer to other addresses is a remark", "[ear]") {
  const auto cell = ear::parse_entity_cell(
      "Lapis Stores, A2 Ground Floor, City Plaza, Kabul. (See alternate address under Pakistan).");
  CHECK(cell.name == "Lapis Stores");
  CHECK(cell.remark == "See alternate address under Pakistan");
  CHECK(cell.addresses == List{"A2 Ground Floor, City Plaza, Kabul"});
}

TEST_CASE("a license requirement is a class and a set of footnotes", "[ear]") {
  using Class = ear::LicenseRequirement::Class;

  struct Row {
    const char* text;
    Class scope;
    std::set<int> footnotes;
  };

  const auto row = GENERATE(values<Row>({
      {"For all items subject to the EAR. (See \u00a7744.11 of the EAR)", Class::all, {}},
      {"For All Items Subject to the EAR (See \u00a7 744.11 of the EAR)", Class::all, {}},
      {"All items subject to the EAR.", Class::all, {}},
      {"For all items subject to the EAR, see \u00a7\u00a7 734.9(e)1 and 744.11 of the EAR2",
       Class::all,
       {1, 2}},
      {"For all items subject to the EAR, see \u00a7\u00a7 734.9(e) ^1 and 744.11 of the EAR ^2",
       Class::all,
       {1, 2}},
      {"For all items subject to the EAR (See \u00a7\u00a7 734.9(g),3 746.8(a)(3), and 744.21(b) "
       "of the EAR)",
       Class::all,
       {3}},
      {"For all items subject to the EAR (See \u00a7\u00a7 734.9(g),^3 746.8(a)(3), and 744.2l(b) "
       "of the EAR)",
       Class::all,
       {3}},
      {"For all items subject to the EAR (See \u00a7\u00a7 734.9(e)(2) and 744.11 of the EAR)4",
       Class::all,
       {4}},
      {"For all items subject to the EAR (See \u00a7734.4(a)(9), 734.9(e)(3) and 744.11 of the "
       "EAR)5",
       Class::all,
       {5}},
      {"For all items subject to the EAR. (See \u00a7\u00a7 734.9(e) and 744.11 of the EAR) ^4 ^5",
       Class::all,
       {4, 5}},
      {"For items on the CCL and listed in supplement no. 7 to part 746", Class::scoped, {}},
      {"For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR",
       Class::scoped,
       {}},
  }));
  INFO(row.text);
  const auto requirement = ear::parse_license_requirement(row.text);
  CHECK(requirement.scope == row.scope);
  CHECK(requirement.footnotes == row.footnotes);
}

TEST_CASE("party keys ignore how a name is punctuated", "[ear]") {
  CHECK(ear::party_key("Sample Optics Co., Ltd.") == ear::party_key("SAMPLE  OPTICS Co Ltd"));
  CHECK(ear::party_key("Xi\u2019an Works") == ear::party_key("Xi'an Works"));
  CHECK(ear::party_key("No. 607 Institute") != ear::party_key("No. 60 Institute"));
}
