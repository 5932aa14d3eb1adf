// Records of entries, with the irregularities of docs/grammar.md, CCL entries and Party lists, in
// invented words.
#include "ear/record.hpp"
#include "tests/support/outline.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace regtrail;

namespace {

using Strings = std::vector<std::string>;

Node node(NodeKind kind,
          std::string designator,
          std::string text,
          std::vector<Node> children = {}) {
  Node out;
  out.kind = kind;
  out.designator = std::move(designator);
  out.text = std::move(text);
  out.children = std::move(children);
  return out;
}

Record record_of(const std::string& citation, const Node& entry) {
  return ear::read_record(Citation::parse(citation).value(), entry);
}

EccnRecord eccn(std::vector<Node> children) {
  return std::get<EccnRecord>(
      record_of("3B001", node(NodeKind::entry, "3B001", "", std::move(children))));
}

const std::string entity_list = "Supplement No. 4 to Part 744 / JAPAN / ";

EntityRecord
entity(const std::string& name, const std::string& cell, std::vector<Node> cells = {}) {
  return std::get<EntityRecord>(
      record_of(entity_list + name, node(NodeKind::entry, name, cell, std::move(cells))));
}

} // namespace

TEST_CASE("the paths of a license row are null for the entire entry and empty for prose",
          "[record]") {
  struct Row {
    std::string control;
    std::string reason;
    std::optional<Strings> paths;
  };

  const std::vector<Row> rows = {
      {"NS applies to entire entry", "NS", std::nullopt},
      {"AT applies to the entire entry", "AT", std::nullopt},
      {"RS applies entire entry", "RS", std::nullopt},
      {"NS applies to entire entry except 3B001.y", "NS", std::nullopt},
      {"MT applies to entire entry, except tools that meet a note", "MT", std::nullopt},
      {"NS applies to 3B001.a.4, c, d, f.1, k to n, p.2",
       "NS",
       Strings{"a.4", "c", "d", "f.1", "k", "l", "m", "n", "p.2"}},
      {"NS applies to 3B001.a.1 to a.3 and b", "NS", Strings{"a.1", "a.2", "a.3", "b"}},
      {"NS applies to \"3B001.b.4 to b.7\"", "NS", Strings{}},
      {"RS applies to paragraphs .a, .b and .i of this entry", "RS", Strings{"a", "b", "i"}},
      {"NS applies to .c or .d.9 to .d.11", "NS", Strings{"c", "d.9", "d.10", "d.11"}},
      {"RS applies to a.1 and b, except for civil networks", "RS", Strings{"a.1", "b"}},
      {"CC applies to saws with a blade of less than 18 inches", "CC", Strings{}},
      {"CC applies to a saw with a long blade", "CC", Strings{}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.control);
    const EccnRecord record = eccn({node(NodeKind::row, "", row.control)});
    REQUIRE(record.license_requirements.size() == 1);
    CHECK(record.license_requirements[0].reason == row.reason);
    CHECK(record.license_requirements[0].paths == row.paths);
    CHECK(record.license_requirements[0].control == row.control);
  }
}

TEST_CASE("a license row keeps its chart cell, also when it is blank or there is none",
          "[record]") {
  const auto cell = [](const char* text) { return node(NodeKind::cell, "Country Chart", text); };
  const EccnRecord record =
      eccn({node(NodeKind::heading,
                 "License Requirements",
                 "License Requirements",
                 {node(NodeKind::heading, "Columns", "Control(s) | Country Chart"),
                  node(NodeKind::row, "NS: a", "NS applies to 3B001.a", {cell("NS Column 2.")}),
                  node(NodeKind::row, "RS: b", "RS applies to 3B001.b. See § 742.6.", {cell("")}),
                  node(NodeKind::row, "SI: Control", "SI applies to entire entry.")})});
  REQUIRE(record.license_requirements.size() == 3);
  CHECK(record.license_requirements[0].chart == "NS Column 2.");
  CHECK(record.license_requirements[1].chart.empty());
  CHECK(record.license_requirements[1].paths == Strings{"b"});
  CHECK(record.license_requirements[2].paths == std::nullopt);
}

TEST_CASE("a table of coatings is no license table", "[record]") {
  const EccnRecord record = eccn({node(NodeKind::table,
                                       "Deposition techniques",
                                       "",
                                       {node(NodeKind::row,
                                             "A. Vapour",
                                             "A. Vapour",
                                             {node(NodeKind::cell, "Coating", "Carbides")})}),
                                  node(NodeKind::item,
                                       "f",
                                       "Technology:",
                                       {node(NodeKind::row, "B", "NS applies to nothing", {})})});
  CHECK(record.license_requirements.empty());
  CHECK(record.items.size() == 1);
}

TEST_CASE("reasons, exceptions and labelled lines of an entry are told apart", "[record]") {
  const EccnRecord record =
      eccn({node(NodeKind::heading, "heading", "Tools (see List of Items Controlled)."),
            node(NodeKind::paragraph, "Reason for Control", "NS, RS; and AT."),
            node(NodeKind::paragraph, "LVS", "$500", {node(NodeKind::paragraph, "", "$100 for b")}),
            node(NodeKind::paragraph, "GBS", "Yes, except a.3"),
            node(NodeKind::paragraph, "GBS", "No for b"),
            node(NodeKind::paragraph, "Related Controls", "See also 3B903."),
            node(NodeKind::item, "a", "Growth:", {node(NodeKind::item, "1", "Thin;")}),
            node(NodeKind::note, "Note 1", "a.1 includes layers.")});
  CHECK(record.eccn == "3B001");
  CHECK(record.heading == "Tools (see List of Items Controlled).");
  CHECK(record.reasons == Strings{"NS", "RS", "AT"});
  REQUIRE(record.exceptions.size() == 2);
  CHECK(record.exceptions[0].second == "$500\n$100 for b");
  CHECK(record.exceptions[1].second == "Yes, except a.3\nNo for b");
  CHECK(record.items ==
        std::vector<std::pair<std::string, std::string>>{{"a", "Growth:"}, {"a.1", "Thin;"}});
  REQUIRE(record.notes.size() == 1);
  CHECK(record.notes[0].first.to_string() == "ECCN 3B001 / Note 1");
}

TEST_CASE("a cell of the Entity List is read with its irregularities", "[record]") {
  struct Row {
    std::string name;
    std::string behind; ///< what the cell holds behind the name
    Strings aliases;
    Strings addresses;
  };

  const std::string works = "Test Works Co., Ltd.";
  const std::vector<Row> rows = {
      {works, ", 27 Road, City.", {}, {"27 Road, City"}},
      {works, "", {}, {}},
      {"A. Test Ltd.",
       "; HaRoad 19, City; and 2 Lane, Town",
       {},
       {"HaRoad 19, City", "2 Lane, Town"}},
      {works,
       ", a.k.a., the following two aliases:\n\u2014TW AI; and\n\u2014TW Group Co., Ltd.\nFloor "
       "10, "
       "City, China.",
       {"TW AI", "TW Group Co., Ltd."},
       {"Floor 10, City, China"}},
      {works,
       ", a.k.a., the following two aliases: \u2014TW AI; and \u2014TW Group Co., Ltd. Floor 10, "
       "Building 9, City.",
       {"TW AI", "TW Group Co., Ltd."},
       {"Floor 10, Building 9, City"}},
      {works,
       ", a.k.a., the following one alias:\n-TW Inc.\n \nFloor 2, City.",
       {"TW Inc."},
       {"Floor 2, City"}},
      {works,
       ", a.k.a, the following one alias:\n\u2014TWX.\n3 Road, City.",
       {"TWX"},
       {"3 Road, City"}},
      {works, " a.k.a. Trial Works, Inc., 1 Road, City.", {"Trial Works, Inc."}, {"1 Road, City"}},
      {works, " f.k.a. Old Works, Inc., 1 Road, City.", {"Old Works, Inc."}, {"1 Road, City"}},
      {"Academy of Tests, Institute of Trials", ", 27 Road, City", {}, {"27 Road, City"}},
      {"No. 607 Institute", ", 1 Road, City.", {}, {"1 Road, City"}},
      {"Address 13", ", Unit 4, 1 Road, City.", {}, {"Unit 4, 1 Road, City"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name, row.behind);
    const EntityRecord record = entity(row.name, row.name + row.behind);
    CHECK(record.list == "Entity List");
    CHECK(record.country == "JAPAN");
    CHECK(record.name == row.name);
    CHECK(record.aliases == row.aliases);
    CHECK(record.addresses == row.addresses);
  }
}

TEST_CASE("a part of a listed party has what the whole has", "[record]") {
  const Node part = node(NodeKind::entry, "Test Optics", "Test Optics, a.k.a. TO, 2 Road, City.");
  const Node whole =
      node(NodeKind::entry,
           "Test Works #2",
           "Test Works, 1 Road, City.",
           {part,
            node(NodeKind::paragraph, "", "3 Road, City; and 4 Road, City."),
            node(NodeKind::cell, "License requirement", "For all items subject to the EAR.^3"),
            node(NodeKind::cell, "License review policy", "Policy of denial"),
            node(NodeKind::cell, "Federal Register citation", "90 FR 1, 1/2/25.")});
  const auto at = Citation::parse(entity_list + "Test Works #2").value();
  const auto of_whole = std::get<EntityRecord>(ear::read_record(at, whole));
  CHECK(of_whole.name == "Test Works");
  CHECK(of_whole.subordinate_to.empty());
  CHECK(of_whole.addresses == Strings{"1 Road, City", "3 Road, City", "4 Road, City"});

  const auto place = Citation::parse(entity_list + "Test Works #2 / Test Optics").value();
  const auto of_part = std::get<EntityRecord>(ear::read_record(place, part, &whole));
  CHECK(of_part.name == "Test Optics");
  CHECK(of_part.country == "JAPAN");
  CHECK(of_part.subordinate_to == "Test Works");
  CHECK(of_part.aliases == Strings{"TO"});
  CHECK(of_part.addresses == Strings{"2 Road, City", "3 Road, City", "4 Road, City"});
  CHECK(of_part.license_requirement == "For all items subject to the EAR.^3");
  CHECK(of_part.footnotes == std::vector<int>{3});
  CHECK(of_part.review_policy == "Policy of denial");
  CHECK(of_part.citations == Strings{"90 FR 1"});

  const std::string group = "The following two subordinate institutions of Test Corporation:";
  const Node heading = node(NodeKind::heading, group, group, {part});
  const auto below = Citation::parse(entity_list + group + " / Test Optics").value();
  CHECK(std::get<EntityRecord>(ear::read_record(below, part, &heading)).subordinate_to ==
        "Test Corporation");
}

TEST_CASE("an entry by address only says so", "[record]") {
  CHECK(entity("Address 13", "Address 13,\nUnit 4, 1 Road, City.").address_only);
  CHECK_FALSE(entity("Test Works", "Test Works, 1 Road, City.").address_only);
}

TEST_CASE("a pointer to further addresses is a remark and no address", "[record]") {
  const EntityRecord record =
      entity("Test Works", "Test Works, 1 Road, City. (See alternate addresses under Testland).");
  CHECK(record.addresses == Strings{"1 Road, City"});
  CHECK(record.remark == "See alternate addresses under Testland");
}

TEST_CASE("footnotes of a requirement are found as superscripts and flattened", "[record]") {
  struct Row {
    std::string requirement;
    std::vector<int> footnotes;
  };

  const std::vector<Row> rows = {
      {"For all items subject to the EAR. (See § 744.11 of the EAR)", {}},
      {"For all items subject to the EAR. (See § 744.11 of the EAR) ^4", {4}},
      {"For all items subject to the EAR (See §§ 734.9(e) and 744.11 of the EAR)^45", {4, 5}},
      {"For all items subject to the EAR (See §§ 734.9(e)(2) and 744.11 of the EAR)4", {4}},
      {"For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2", {1, 2}},
      {"For all items subject to the EAR (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
       {3}},
      {"For all items subject to the EAR except EAR99", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.requirement);
    const EntityRecord record =
        entity("Test Works",
               "Test Works, City",
               {node(NodeKind::cell, "License requirement", row.requirement)});
    CHECK(record.license_requirement == row.requirement);
    CHECK(record.footnotes == row.footnotes);
  }
}

TEST_CASE("citations of a list cell are found in all their noise", "[record]") {
  const EntityRecord record = entity(
      "Test Works",
      "Test Works, City",
      {node(NodeKind::cell, "License review policy", "Presumption for denial"),
       node(NodeKind::cell,
            "Federal Register citation",
            "75 FR 1699 (1/13/2010); 77 FR 61249 No. 195. 77 FR 58006 (no. 182). 89 FR 96837, "
            "12/5/24.")});
  CHECK(record.review_policy == "Presumption for denial");
  CHECK(record.citations == Strings{"75 FR 1699", "77 FR 61249", "77 FR 58006", "89 FR 96837"});
}

TEST_CASE("the lists without license columns have records under their own names", "[record]") {
  const auto entry = [](const std::string& name) {
    return node(
        NodeKind::entry,
        name,
        name + ", 1 Road, City",
        {node(NodeKind::cell, "Federal Register citation", "85 FR 64017, October 9, 2020.")});
  };
  const auto unverified = std::get<EntityRecord>(
      record_of("Supplement No. 6 to Part 744 / ARMENIA / Test Trading", entry("Test Trading")));
  CHECK(unverified.list == "Unverified List");
  CHECK(unverified.country == "ARMENIA");
  CHECK(unverified.addresses == Strings{"1 Road, City"});
  CHECK(unverified.license_requirement.empty());
  CHECK(unverified.citations == Strings{"85 FR 64017"});
  const auto military = std::get<EntityRecord>(
      record_of("Supplement No. 7 to Part 744 / BURMA / Test Aero", entry("Test Aero")));
  CHECK(military.list == "Military End-User List");
}

TEST_CASE("a reserved row names nobody and has no record", "[record]") {
  CHECK(std::holds_alternative<std::monostate>(
      record_of("Supplement No. 7 to Part 744 / BURMA / [Reserved]",
                node(NodeKind::entry, "[Reserved]", "[Reserved]"))));
}

TEST_CASE("a validated end-user has its ECCNs and its places apart", "[record]") {
  const auto record = std::get<VeuRecord>(record_of(
      "Supplement No. 7 to Part 748 / TESTLAND / Test Fab Ltd.",
      node(NodeKind::entry,
           "Test Fab Ltd.",
           "Test Fab Ltd.",
           {node(NodeKind::cell,
                 "Eligible items (by ECCN)",
                 "2B230, 3B001.c and .d (limited to tools for wafers), and 3E001 (limited)."),
            node(NodeKind::cell,
                 "Eligible destination",
                 "Test Fab One, 1 Road, City\nTest Fab Two, 2 Road."),
            node(NodeKind::cell, "Federal Register citation", "75 FR 25763, 5/10/10.")})));
  CHECK(record.country == "TESTLAND");
  CHECK(record.name == "Test Fab Ltd.");
  CHECK(record.eccns == Strings{"2B230", "3B001.c", "3B001.d", "3E001"});
  CHECK(record.eligible_destinations ==
        Strings{"Test Fab One, 1 Road, City", "Test Fab Two, 2 Road"});
  CHECK(record.citations == Strings{"75 FR 25763"});
}

TEST_CASE("a row of the chart without marks has a pointer, and footnotes are numbers", "[record]") {
  const auto cell = [](const char* column, const char* text) {
    return node(NodeKind::cell, column, text);
  };
  const auto row = [&](const std::string& country,
                       const std::string& text,
                       std::vector<Node> cells) {
    return std::get<ChartRecord>(record_of("Supplement No. 1 to Part 738 / " + country,
                                           node(NodeKind::row, country, text, std::move(cells))));
  };
  const ChartRecord marked =
      row("Testland", "Testland^6 ^10", {cell("CB 1", "X"), cell("CB 2", ""), cell("NS 1", "X ")});
  CHECK(marked.country == "Testland");
  CHECK(marked.marks == Strings{"CB 1", "NS 1"});
  CHECK(marked.footnotes == std::vector<int>{6, 10});
  CHECK(marked.pointer.empty());
  const ChartRecord pointed = row("Nowhere", "Nowhere", {cell("CB 1", "See part 746 of the EAR.")});
  CHECK(pointed.marks.empty());
  CHECK(pointed.pointer == "See part 746 of the EAR.");
}

TEST_CASE("only whole entries have records", "[record]") {
  const auto none = [](const std::string& citation, const Node& at) {
    return std::holds_alternative<std::monostate>(record_of(citation, at));
  };
  CHECK(none("3B001.c", node(NodeKind::item, "c", "Etch")));
  CHECK(none("15 CFR 744.23", node(NodeKind::unit, "", "")));
  CHECK(none(entity_list + "X / License requirement",
             node(NodeKind::cell, "License requirement", "All")));
  CHECK(none("Supplement No. 1 to Part 740 / Japan", node(NodeKind::row, "Japan", "Japan")));
}

TEST_CASE("a very deep and a very wide entry give records", "[record]") {
  Node deep = node(NodeKind::item, "1", "bottom");
  for (int i = 0; i < 2000; ++i) {
    Node up = node(NodeKind::item, "1", "level");
    up.children.push_back(std::move(deep));
    deep = std::move(up);
  }
  CHECK(eccn({std::move(deep)}).items.size() == 2001);
  std::vector<Node> wide(100'000, node(NodeKind::item, "a", "sibling"));
  CHECK(eccn(std::move(wide)).items.size() == 100'000);
  const std::string line(10'000'000, 'x');
  CHECK(entity("X", "X, " + line).addresses == Strings{line});
}
