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

TEST_CASE("a name ends before aliases and addresses and keeps its legal forms and parts", "[ear]") {
  struct Row {
    std::string cell;
    std::string name;
    std::string address; ///< the first one
  };

  const std::vector<Row> rows = {
      {"Example Trading Co., Ltd., No. 1, Zoo Road, Town.",
       "Example Trading Co., Ltd.",
       "No. 1, Zoo Road, Town"},
      {"Example Ltd.; Building 19, Town", "Example Ltd.", "Building 19, Town"},
      {"Example (HK) Co., Ltd. Flat 7022, Town", "Example (HK) Co., Ltd.", "Flat 7022, Town"},
      {"Example Co. Ltd. 8 Zoo Road, Town.", "Example Co. Ltd.", "8 Zoo Road, Town"},
      {"Example Works J.S. Co. 5 Zavodskaya St., Town",
       "Example Works J.S. Co.",
       "5 Zavodskaya St., Town"},
      {"Example & Co., (HK) Ltd., Room 3, Town", "Example & Co., (HK) Ltd.", "Room 3, Town"},
      {"Example Technology, Hong Kong Co., Ltd., Room 7, Town",
       "Example Technology, Hong Kong Co., Ltd.",
       "Room 7, Town"},
      {"Exampleexport, CJSC, 86-B Zoo Ave., Town", "Exampleexport, CJSC", "86-B Zoo Ave., Town"},
      {"Primer IS, OOO, Zoo Prospekt, 5, Town", "Primer IS, OOO", "Zoo Prospekt, 5, Town"},
      {"Tupolobo, JSC, Embankment 17, Town", "Tupolobo, JSC", "Embankment 17, Town"},
      {"Contoh Investment, PT, 20th Floor, Town", "Contoh Investment, PT", "20th Floor, Town"},
      {"Beispiel GmbH Cargo City Nord, Building 5, Town",
       "Beispiel GmbH",
       "Cargo City Nord, Building 5, Town"},
      {"Esempio Ltd Ogb, Drake Chambers, Town", "Esempio Ltd Ogb", "Drake Chambers, Town"},
      {"Maria Example, G.K. Nowhere, BL. 3, Town", "Maria Example", "G.K. Nowhere, BL. 3, Town"},
      {"Wheel Company, LLC (WCL), P.O. Box 3, Town",
       "Wheel Company, LLC (WCL)",
       "P.O. Box 3, Town"},
      {"Wheel Makers Pvt. Ltd. Consultants, Importers and Exporters, Town.",
       "Wheel Makers Pvt. Ltd. Consultants, Importers and Exporters",
       "Town"},
      {"Wheel Corporation, Limited (WCL) 7th Research Institute, No. 2 Zoo Road, Town.",
       "Wheel Corporation, Limited (WCL) 7th Research Institute",
       "No. 2 Zoo Road, Town"},
      {"Wheel Co., Ltd. Town Research Institute, No. 2 Zoo Road, Town.",
       "Wheel Co., Ltd. Town Research Institute",
       "No. 2 Zoo Road, Town"},
      {"Academy of Examples, Field Sampling Institution, 27 Zoo Road, Town",
       "Academy of Examples, Field Sampling Institution",
       "27 Zoo Road, Town"},
      {"Institute of Physics, Academy of Examples, 9 Zoo Road, Town",
       "Institute of Physics, Academy of Examples",
       "9 Zoo Road, Town"},
      {"Example Missile Corporation, NPO Sample, 3 Zoo Street, Town",
       "Example Missile Corporation, NPO Sample",
       "3 Zoo Street, Town"},
      {"Example Missile Corporation, 7 Repair Plant (7 ARZ), 3 Zoo Street, Town",
       "Example Missile Corporation, 7 Repair Plant (7 ARZ)",
       "3 Zoo Street, Town"},
      {"Jane Doe, Institute of Examples, Town", "Jane Doe", "Institute of Examples, Town"},
      {"Wheel Co., Electrical Research Center, Wheel Base, Town",
       "Wheel Co.",
       "Electrical Research Center, Wheel Base, Town"},
      {"Computing Center, Sample University, University City, Town",
       "Computing Center",
       "Sample University, University City, Town"},
      {"Joint Stock Company 7 UPTK. 1 Zoo Street, Town",
       "Joint Stock Company 7 UPTK",
       "1 Zoo Street, Town"},
      {"Joint Stock Company 7 UPTK.\n1 Zoo Street, Town",
       "Joint Stock Company 7 UPTK",
       "1 Zoo Street, Town"},
      {"48th Example Institute, Town", "48th Example Institute", "Town"},
      {"John Doe Office M-2, Zoo Bldg, Town", "John Doe", "Office M-2, Zoo Bldg, Town"},
      {"Sample Representative Office, 1A, No. 3 Zoo St., Town",
       "Sample Representative Office",
       "1A, No. 3 Zoo St., Town"},
      {"Example Std. Parts No. 355, Zoo Road, Town",
       "Example Std. Parts",
       "No. 355, Zoo Road, Town"},
      {"Example Finance 6 Zoobury, London, EC9R 7HH",
       "Example Finance",
       "6 Zoobury, London, EC9R 7HH"},
      {"Example Company (EC, the first),\n17, Town", "Example Company (EC, the first)", "17, Town"},
      {"3Rho Co., Ltd.^4, 5 Zoo Road, Town", "3Rho Co., Ltd.", "5 Zoo Road, Town"},
      {"Rho LLC ^4, Town", "Rho LLC", "Town"},
      {"The Sample Ark., Zoo Street 4, Town.", "The Sample Ark.", "Zoo Street 4, Town"},
      {"Wheel Group.\nNowhere.", "Wheel Group", "Nowhere"},
      {"(OOO) Wheel Complex, Town", "(OOO) Wheel Complex", "Town"},
      {"[Reserved]", "[Reserved]", ""},
      {"Fuel facilities, all conversion facilities and any plants; and",
       "Fuel facilities, all conversion facilities and any plants",
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.cell);
    const auto cell = ear::parse_entity_cell(row.cell);
    CHECK(cell.name == row.name);
    CHECK(ear::entity_name(row.cell) == row.name);
    CHECK((cell.addresses.empty() ? "" : cell.addresses.front()) == row.address);
    CHECK(cell.aliases.empty());
  }
}

TEST_CASE("no name is cut by its length", "[ear]") {
  std::string name = "Federal Example Institution";
  for (int i = 0; i < 40; ++i) {
    name += " of Samples and Examples";
  }
  CHECK(
      ear::parse_entity_cell(name + ", a.k.a., the following one alias:\n\u2014FEI.\nTown.").name ==
      name);
}

TEST_CASE("an entry by address only is named by its number", "[ear]") {
  for (const std::string separator : {", ", ",\n", ". ", "\n"}) {
    const auto cell = ear::parse_entity_cell("Address 07" + separator + "Unit D, 16/F Zoo Place.");
    CHECK(cell.name == "Address 07");
    CHECK(cell.address_only);
    CHECK(cell.addresses == List{"Unit D, 16/F Zoo Place"});
  }
  CHECK_FALSE(ear::parse_entity_cell("Address Systems Ltd., 5 Zoo Road.").address_only);
}

TEST_CASE("a subordinate part names its whole", "[ear]") {
  const std::string whole = "Example Group 13th Institute (EG 13)";
  for (const std::string between : {" ", "\n\u2014"}) {
    const auto cell = ear::parse_entity_cell(whole + " subordinate institution:" + between +
                                             "Sample Optics,\n5 Zoo Road, Town.");
    CHECK(cell.name == whole + " subordinate institution: Sample Optics");
    CHECK(cell.subordinate_to == whole);
    CHECK(cell.addresses == List{"5 Zoo Road, Town"});
  }
  const auto bracket =
      ear::parse_entity_cell("Sample Optics Ltd. (a subordinate institute of EG-7),\n5 Zoo Road.");
  CHECK(bracket.name == "Sample Optics Ltd. (a subordinate institute of EG-7)");
  CHECK(bracket.subordinate_to == "EG-7");
}

TEST_CASE("aliases are names, whatever stands around them", "[ear]") {
  struct Row {
    std::string cell;
    std::string name;
    List aliases;
    List addresses;
  };

  const std::vector<Row> rows = {
      {"Wheel Co., a.k.a., and the following two aliases:\n\u2014Rad Co.; and\n\u2014Roue Co., "
       "Ltd.\n5 "
       "Zoo Road.",
       "Wheel Co.",
       {"Rad Co.", "Roue Co., Ltd."},
       {"5 Zoo Road"}},
      {"Wheel Academy, and the following two aliases:\n\u2014Rad\n\u2014Roue\n5 Zoo Road",
       "Wheel Academy",
       {"Rad", "Roue"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a., as the following alias:\n\u2014Rad.\n5 Zoo Road",
       "Wheel",
       {"Rad"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a., the one alias:\n\u2014Rad\n5 Zoo Road", "Wheel", {"Rad"}, {"5 Zoo Road"}},
      {"Wheel, a.k.a., the three following aliases:\n\u2014Rad.\n5 Zoo Road",
       "Wheel",
       {"Rad"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a., the following one alias,\n\u2014Rad LLC.\n5 Zoo Road",
       "Wheel",
       {"Rad LLC"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a.,\n\u2014Rad,\nZoo, Old Town.", "Wheel", {"Rad"}, {"Zoo, Old Town"}},
      {"Wheel,a.k.a., the following one alias:\nRAD.\nOld Village, Town.",
       "Wheel",
       {"RAD"},
       {"Old Village, Town"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Rad;\nRoue;\nRueda Co., Ltd.; "
       "and\nRuota.\n5 Zoo Road.",
       "Wheel",
       {"Rad", "Roue", "Rueda Co., Ltd.", "Ruota"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a., the following two aliases: \u2014Rad (Roue), Inc.; and \u2014Ruota. 3 Zoo "
       "Road, Town.",
       "Wheel",
       {"Rad (Roue), Inc.", "Ruota"},
       {"3 Zoo Road, Town"}},
      {"Wheel, a.k.a., the following one alias: Rad Roue, 51 Zoo Blvd., Town.",
       "Wheel",
       {"Rad Roue"},
       {"51 Zoo Blvd., Town"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Rad Roue, Zoo Street 2, Office 8, Town.",
       "Wheel",
       {"Rad Roue"},
       {"Zoo Street 2, Office 8, Town"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Leihua. Oldtown, Nowhere.",
       "Wheel",
       {"Leihua"},
       {"Oldtown, Nowhere"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Rad LTD. Oldtown, Nowhere.",
       "Wheel",
       {"Rad LTD."},
       {"Oldtown, Nowhere"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Rad LLC. Zoo Avenue, Building 2, Town.",
       "Wheel",
       {"Rad LLC"},
       {"Zoo Avenue, Building 2, Town"}},
      {"Wheel, a.k.a., the following two aliases: Rad Group; and Rad Services FZC. Town Airport, "
       "Nowhere",
       "Wheel",
       {"Rad Group", "Rad Services FZC"},
       {"Town Airport, Nowhere"}},
      {"Wheel, a.k.a., the following two aliases:\n\u2014Institute of Optics, Fine Mechanics, and "
       "Physics; "
       "and\n\u2014IOFMP.\nTown.",
       "Wheel",
       {"Institute of Optics, Fine Mechanics, and Physics", "IOFMP"},
       {"Town"}},
      {"Wheel, a.k.a., the following two aliases:\n\u2014Works 'Rad;' and\n\u2014Roue).\nTown.",
       "Wheel",
       {"Works 'Rad;'", "Roue"},
       {"Town"}},
      {"Wheel, a.k.a., the following two aliases:\n\u2014South Institute (a.k.a., Roue (R)'s 9 "
       "Institute);\n"
       "\u2014North Institute; (all of preceding near Town)\n5 Zoo Road.",
       "Wheel",
       {"South Institute", "Roue (R)'s 9 Institute", "North Institute"},
       {"5 Zoo Road"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014DBA Rad.\nTown.",
       "Wheel",
       {"Rad"},
       {"Town"}},
      {"Wheel, a.k.a., the following one alias:\n\u2014Rad Workshops, P.O. Box 11, Town; and\n5 "
       "Zoo Road.",
       "Wheel",
       {"Rad Workshops"},
       {"P.O. Box 11, Town", "5 Zoo Road"}},
      {"Chi, LLC, d.b.a. Chi Parts; Chi Components. 10 Zoo Road, Town, Nowhere.",
       "Chi, LLC",
       {"Chi Parts", "Chi Components"},
       {"10 Zoo Road, Town, Nowhere"}},
      {"X Limited, a.k.a. B and S. Unit 12, 3/F, Zoo Tower",
       "X Limited",
       {"B and S"},
       {"Unit 12, 3/F, Zoo Tower"}},
      {"Wheel, f.k.a., Rad Trade Limited. Zoo Building 5, 2nd floor, Town.",
       "Wheel",
       {"Rad Trade Limited"},
       {"Zoo Building 5, 2nd floor, Town"}},
      {"Wheel OY a.k.a. Rad OY, aka Roue OY, Zoo 14, Town",
       "Wheel OY",
       {"Rad OY", "Roue OY"},
       {"Zoo 14, Town"}},
      {"Kappa Co., Ltd. (f/k/a Lambda Co.), 7 Zoo Road, Town.",
       "Kappa Co., Ltd.",
       {"Lambda Co."},
       {"7 Zoo Road, Town"}},
      {"Kappa Co., Ltd. (formerly Lambda Co.), 7 Zoo Road, Town.",
       "Kappa Co., Ltd.",
       {"Lambda Co."},
       {"7 Zoo Road, Town"}},
      {"Kappa, (a.k.a., Kappa Pte Ltd),158 Zoo Way, Town",
       "Kappa",
       {"Kappa Pte Ltd"},
       {"158 Zoo Way, Town"}},
      {"Lim Doe, (a.k.a. Lin Doe, Steven Doe and Yong Doe), 5 Zoo Road",
       "Lim Doe",
       {"Lin Doe", "Steven Doe", "Yong Doe"},
       {"5 Zoo Road"}},
      {"Parto, (a.k.a., Rayan Parto System and Rayane Parto System), 5 Zoo Road",
       "Parto",
       {"Rayan Parto System", "Rayane Parto System"},
       {"5 Zoo Road"}},
      {"Kappa (a.k.a. Import and Export Co.), 5 Zoo Road",
       "Kappa",
       {"Import and Export Co."},
       {"5 Zoo Road"}},
      {"Gaz, OOO (f.k.a., Oil Gaz), a.k.a., the following one alias:\n\u2014Gaz-Oil.\nd.10 B "
       "ul.Zoo, Town.",
       "Gaz, OOO",
       {"Oil Gaz", "Gaz-Oil"},
       {"d.10 B ul.Zoo, Town"}},
      {"Neft (a.k.a. Open Company Neft; a.k.a. OAO Neft, Named by Doe; f.k.a. Oil)\nAddress: 26/1, "
       "Zoo Embankment, "
       "Town.",
       "Neft",
       {"Open Company Neft", "OAO Neft, Named by Doe", "Oil"},
       {"26/1, Zoo Embankment, Town"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.cell);
    const auto cell = ear::parse_entity_cell(row.cell);
    CHECK(cell.name == row.name);
    CHECK(cell.aliases == row.aliases);
    CHECK(cell.addresses == row.addresses);
  }
}

TEST_CASE("addresses are told apart and begin with no dash and no conjunction", "[ear]") {
  struct Row {
    std::string text;
    List addresses;
  };

  const std::vector<Row> rows = {
      {"5 Zoo Road, Nowhere; and 6 Zoo Road, Nowhere.",
       {"5 Zoo Road, Nowhere", "6 Zoo Road, Nowhere"}},
      {"5 Zoo Road, Nowhere. and 6 Zoo Road, Nowhere.",
       {"5 Zoo Road, Nowhere", "6 Zoo Road, Nowhere"}},
      {"5 Zoo Road, Nowhere, and Town, Nowhere.", {"5 Zoo Road, Nowhere", "Town, Nowhere"}},
      {"5 Zoo Road, Nowhere 5180; and; 6 Zoo Road", {"5 Zoo Road, Nowhere 5180", "6 Zoo Road"}},
      {"5 Zoo Road, Town, 523808, and No. 6, Lane 7, Town",
       {"5 Zoo Road, Town, 523808", "No. 6, Lane 7, Town"}},
      {"Corner of Zoo Street and Gnu Street", {"Corner of Zoo Street and Gnu Street"}},
      {"Hay Zoo\n\u2014Town, Nowhere.", {"Hay Zoo \u2014Town, Nowhere"}},
      {"\u2014Town, Nowhere.", {"Town, Nowhere"}},
      {"Building R2,\nNear the Zoo, Nowhere", {"Building R2, Near the Zoo, Nowhere"}},
      {"5 Zoo Road.\nand\n6 Zoo Road.", {"5 Zoo Road", "6 Zoo Road"}},
      {"5 Zoo Road; andHouse #4, Town", {"5 Zoo Road", "House #4, Town"}},
      {"Address: 5 Zoo Road, Town Alt Address: 6 Zoo Road", {"5 Zoo Road, Town", "6 Zoo Road"}},
      {"Addresses for Wheel Co., Ltd.: Zoo Base, Town; and Gnu Base, Town",
       {"Zoo Base, Town", "Gnu Base, Town"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(ear::parse_addresses(row.text) == row.addresses);
  }
}

TEST_CASE("what a cell includes beside the party is a remark", "[ear]") {
  const auto ministry =
      ear::parse_entity_cell("Ministry of Samples, including the Sample Forces and all units "
                             "wherever located. This includes "
                             "the sample guard. All addresses located in Nowhere.");
  CHECK(ministry.name == "Ministry of Samples");
  CHECK(
      ministry.remark ==
      "including the Sample Forces and all units wherever located. This includes the sample guard");
  CHECK(ministry.addresses == List{"All addresses located in Nowhere"});

  const auto centre =
      ear::parse_entity_cell("Sample Institute, a.k.a., the following one alias:\n\u2014Sample-70, "
                             "(Address: P.O. Box 2, Town); "
                             "and any nuclear-related entities located in Town.");
  CHECK(centre.aliases == List{"Sample-70"});
  CHECK(centre.addresses == List{"P.O. Box 2, Town"});
  CHECK(centre.remark == "any nuclear-related entities located in Town");

  const auto pointer =
      ear::parse_entity_cell("Tau Co. (See also entry under Elsewhere), 5 Zoo Road.");
  CHECK(pointer.name == "Tau Co.");
  CHECK(pointer.addresses == List{"5 Zoo Road"});
  CHECK(pointer.remark == "See also entry under Elsewhere");
}

TEST_CASE("a cell is divided into the party, its parts and what they share", "[ear]") {
  using Kind = ear::EntityBlock::Kind;
  using Blocks = std::vector<ear::EntityBlock>;

  struct Row {
    std::string cell;
    Blocks blocks;
  };

  const std::vector<Row> rows = {
      {"Alpha, Town.", {{Kind::party, "", "Alpha, Town."}}},
      {"Alpha, a.k.a., the following alias, and two subordinate "
       "institutions:\n\u2014A.\nSubordinate "
       "institution\nBeta, Town.\nSubordinate institution Gamma.\nThe following addresses apply to "
       "the "
       "entity and the two subordinate institutions:\nTown; and Village.",
       {{Kind::party,
         "",
         "Alpha, a.k.a., the following alias, and two subordinate institutions:\n\u2014A."},
        {Kind::subordinate, "Subordinate institution", "Beta, Town."},
        {Kind::subordinate, "Subordinate institution", "Gamma."},
        {Kind::joint_addresses,
         "The following addresses apply to the entity and the two subordinate institutions:",
         "Town; and Village."}}},
      {"Affiliated entities:\nBeta Co., Ltd., a.k.a., the following alias:\n\u2014B;\nBe Co.; "
       "and\nBe.\n5 "
       "Zoo Road.\nGamma, Room 3, Town.",
       {{Kind::subordinate,
         "Affiliated entities:",
         "Beta Co., Ltd., a.k.a., the following alias:\n\u2014B;\nBe Co.; and\nBe.\n5 Zoo Road."},
        {Kind::subordinate, "", "Gamma, Room 3, Town."}}},
      {"Alpha (A), a.k.a., the following one alias:\n\u2014Al, P.O. Box 1, Town; and the following "
       "two "
       "subordinate entities:\n\u2014Beta, a.k.a., the following two aliases:\n\u2014Be; "
       "and\n\u2014Bet.\nTown;\n"
       "\u2014Gamma, Town.",
       {{Kind::party,
         "",
         "Alpha (A), a.k.a., the following one alias:\n\u2014Al, P.O. Box 1, Town;"},
        {Kind::subordinate,
         "and the following two subordinate entities:",
         "\u2014Beta, a.k.a., the following two aliases:\n\u2014Be; and\n\u2014Bet.\nTown;"},
        {Kind::subordinate, "", "\u2014Gamma, Town."}}},
      {"The following Department of Samples entities:\n\u2014Wheels; and\n\u2014Axles.",
       {{Kind::party, "", "The following Department of Samples entities:"},
        {Kind::subordinate, "", "\u2014Wheels; and"},
        {Kind::subordinate, "", "\u2014Axles."}}},
      {"Subordinate institution:", {{Kind::subordinate, "Subordinate institution:", ""}}},
      {"Alpha 13th Institute subordinate institution: Beta, Town.",
       {{Kind::party, "", "Alpha 13th Institute subordinate institution: Beta, Town."}}},
      {"", {{Kind::party, "", ""}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.cell);
    CHECK(ear::divide_entity_cell(row.cell) == row.blocks);
  }
}

TEST_CASE("a pointer to other addresses is a remark", "[ear]") {
  const auto cell = ear::parse_entity_cell(
      "Lapis Stores, A2 Ground Floor, City Plaza, Kabul. (See alternate address under Pakistan).");
  CHECK(cell.name == "Lapis Stores");
  CHECK(cell.remark == "See alternate address under Pakistan");
  CHECK(cell.addresses == List{"A2 Ground Floor, City Plaza, Kabul"});
}

TEST_CASE("party keys ignore how a name is punctuated", "[ear]") {
  CHECK(ear::party_key("Sample Optics Co., Ltd.") == ear::party_key("SAMPLE  OPTICS Co Ltd"));
  CHECK(ear::party_key("Xi\u2019an Works") == ear::party_key("Xi'an Works"));
  CHECK(ear::party_key("No. 607 Institute") != ear::party_key("No. 60 Institute"));
}
