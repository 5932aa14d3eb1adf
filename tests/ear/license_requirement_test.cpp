#include "ear/license_requirement.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

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
