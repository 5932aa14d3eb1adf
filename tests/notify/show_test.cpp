#include "ear/record.hpp"
#include "notify/render/json.hpp"
#include "notify/render/terminal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace regtrail;
using Catch::Matchers::Contains;
using Json = nlohmann::ordered_json;

namespace {

Unit unit_of(const std::string& citation, std::vector<Node> children = {}) {
  Unit out;
  out.id = test::cite(citation);
  out.root = test::node(NodeKind::unit, "", "", "", std::move(children));
  out.notes.push_back({NoteField::cita, "[88 FR 1, Oct. 5, 2023]"});
  return out;
}

const std::string entity_citation =
    "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Co., Ltd.";

Json show(const std::string& citation, const Unit& unit, const Node& node) {
  return Json::parse(render::show_json(test::cite(citation),
                                       TextOnDay{Date(2026, 9, 1)},
                                       unit,
                                       {&node},
                                       ear::read_record(test::cite(citation), node)));
}

} // namespace

TEST_CASE("a unit is shown as the nodes below its root, each with its citation", "[notify]") {
  const Unit unit =
      unit_of("15 CFR 744.23",
              {test::node(NodeKind::heading, "heading", "", "Restrictions on machines."),
               test::node(NodeKind::paragraph,
                          "(a)",
                          "(a)",
                          "General.",
                          {test::node(NodeKind::paragraph, "(1)", "(1)", "First.")}),
               test::node(NodeKind::paragraph, "", "", "Closing words.")});
  const Json out = show("744.23", unit, unit.root);
  CHECK(out["on"] == "2026-09-01");
  CHECK(out["heading"] == "Restrictions on machines.");
  REQUIRE(out["nodes"].size() == 3);
  CHECK(out["nodes"][1]["at"] == "15 CFR 744.23(a)");
  CHECK(out["nodes"][1]["kind"] == "paragraph");
  CHECK(out["nodes"][1]["designator"] == "(a)");
  CHECK(out["nodes"][1]["text"] == "General.");
  CHECK(out["nodes"][1]["children"][0]["at"] == "15 CFR 744.23(a)(1)");
  CHECK(out["nodes"][2]["at"] == "15 CFR 744.23 / text 1");
  CHECK(out["notes"].dump() ==
        R"([{"at":"15 CFR 744.23","field":"cita","text":"[88 FR 1, Oct. 5, 2023]"}])");
  CHECK(out["record"].is_null());
}

TEST_CASE("an ECCN entry has a record of its license table, exceptions, items and notes",
          "[notify]") {
  const Node entry = test::eccn_entry();
  const Json record = show("3B001", unit_of("Supplement No. 1 to Part 774"), entry)["record"];
  CHECK(record["eccn"] == "3B001");
  CHECK(record["heading"] ==
        "Machines for making wafers, as follows (see List of Items Controlled).");
  CHECK(record["reasons"].dump() == R"(["NS","RS","AT"])");
  CHECK(
      record["license_requirements"].dump() ==
      R"([{"reason":"NS","control":"NS applies to 3B001.a.1 to a.3, c","paths":["a.1","a.2","a.3","c"],"chart":"NS Column 2."},)"
      R"({"reason":"AT","control":"AT applies to entire entry","paths":null,"chart":"AT Column 1."}])");
  CHECK(record["exceptions"].dump() == R"({"LVS":"$500, except 3B001.c","GBS":"Yes, except a.3"})");
  CHECK(record["related_controls"] == "See also 3B903.");
  CHECK(record["related_definitions"] == "N/A");
  CHECK(
      record["items"].dump() ==
      R"([{"path":"a","text":"Growth machines, as follows:"},{"path":"a.1","text":"Thickness within 2.5%;"},{"path":"c","text":"Etch machines."}])");
  CHECK(record["notes"].dump() ==
        R"([{"at":"ECCN 3B001.a / Note 1","text":"Note 1: a.1 includes layers."}])");
}

TEST_CASE("an item of an ECCN has no record", "[notify]") {
  const Node entry = test::eccn_entry();
  CHECK(show("3B001.c", unit_of("Supplement No. 1 to Part 774"), entry.children.back())["record"]
            .is_null());
}

TEST_CASE("a list entry has a record of name, aliases, addresses and policy", "[notify]") {
  const Node entry = test::entity_entry();
  const Json record =
      show(entity_citation, unit_of("Supplement No. 4 to Part 744"), entry)["record"];
  CHECK(record["list"] == "Entity List");
  CHECK(record["country"] == "CHINA, PEOPLE'S REPUBLIC OF");
  CHECK(record["name"] == "Example Co., Ltd.");
  CHECK(record["aliases"].dump() == R"(["Ex Works","Example Group"])");
  CHECK(record["addresses"].dump() ==
        R"(["1 High Street, Testville, China","2 Low Road, Testville, China"])");
  CHECK(record["footnotes"].dump() == "[4]");
  CHECK(record["review_policy"] == "Presumption of denial");
  CHECK(record["citations"].dump() == R"(["89 FR 96837","90 FR 100"])");
}

TEST_CASE("an ECCN entry reads like the entry: heading, license table, exceptions, items",
          "[notify]") {
  const Node entry = test::eccn_entry();
  const Citation at = test::cite("3B001");
  const std::string text = render::show_text(at,
                                             TextOnDay{Date(2026, 9, 1)},
                                             unit_of("Supplement No. 1 to Part 774"),
                                             {&entry},
                                             ear::read_record(at, entry),
                                             {false, 100, false});
  CHECK(text == "ECCN 3B001  Machines for making wafers, as follows (see List of Items "
                "Controlled).  on 2026-09-01\n"
                "  Reason for control      NS, RS, AT\n"
                "\n"
                "License requirements\n"
                "  NS applies to 3B001.a.1 to a.3, c  NS Column 2.\n"
                "  AT applies to entire entry         AT Column 1.\n"
                "\n"
                "List-based license exceptions\n"
                "  LVS   $500, except 3B001.c\n"
                "  GBS   Yes, except a.3\n"
                "\n"
                "List of items controlled\n"
                "  Related controls        See also 3B903.\n"
                "  Related definitions     N/A\n"
                "  a. Growth machines, as follows:\n"
                "    a.1. Thickness within 2.5%;\n"
                "    Note 1: a.1 includes layers.\n"
                "  c. Etch machines.\n"
                "source note: [88 FR 1, Oct. 5, 2023]\n");
}

TEST_CASE("a list entry is shown field by field", "[notify]") {
  const Node entry = test::entity_entry();
  const Citation at = test::cite(entity_citation);
  const std::string text = render::show_text(at,
                                             TextOnDay(),
                                             unit_of("Supplement No. 4 to Part 744"),
                                             {&entry},
                                             ear::read_record(at, entry),
                                             {false, 100, false});
  CHECK(
      text.find("  Aliases                 Ex Works\n                          Example Group\n") !=
      std::string::npos);
  CHECK(text.find("  License review policy   Presumption of denial\n") != std::string::npos);
}

TEST_CASE("a chart row takes one line with its marks", "[notify]") {
  const Node row = test::node(NodeKind::row,
                              "Japan",
                              "",
                              "",
                              {test::node(NodeKind::cell, "CB 1", "", "X"),
                               test::node(NodeKind::cell, "NS 1", "", ""),
                               test::node(NodeKind::cell, "RS 2", "", "X")});
  const Unit unit = unit_of("Supplement No. 1 to Part 738");
  const std::string text = render::show_text(test::cite("Supplement No. 1 to Part 738 / Japan"),
                                             TextOnDay(),
                                             unit,
                                             {&row},
                                             {},
                                             {false, 80, false});
  CHECK(text.find("\nJapan  CB 1: X; RS 2: X\n") != std::string::npos);
}

TEST_CASE("two thousand levels and a hundred thousand siblings are shown", "[notify]") {
  Node deep = test::node(NodeKind::paragraph, "(a)", "(a)", "bottom");
  for (int i = 0; i < 2000; ++i) {
    Node up = test::node(NodeKind::paragraph, "(a)", "(a)", "level");
    up.children.push_back(std::move(deep));
    deep = std::move(up);
  }
  Node wide = test::node(NodeKind::unit, "", "", "");
  for (int i = 0; i < 100000; ++i) {
    wide.children.push_back(test::node(NodeKind::paragraph, "", "", "sibling"));
  }
  const Unit unit = unit_of("15 CFR 744.23");
  const render::TerminalStyle style{false, 80, false};
  CHECK(render::show_text(unit.id, {}, unit, {&deep}, {}, style).find("bottom") !=
        std::string::npos);
  CHECK(render::show_text(unit.id, {}, unit, {&wide}, {}, style).size() > 100000U * 8U);
}

TEST_CASE("a text says since when it is law, how far it is known and what it lacks", "[notify]") {
  const Unit unit = unit_of("15 CFR 744.23", {test::node(NodeKind::paragraph, "(a)", "(a)", "A.")});
  TextOnDay day{Date(2026, 9, 10)};
  day.from = Date(2026, 9, 4);
  day.in_force_from = Date(2026, 8, 28);
  day.cause = Cause{"2026-16628", "91 FR 52501", 0.9, {}};
  const auto text = [&] {
    return render::show_text(unit.id, day, unit, {&unit.root}, {}, {false, 100, false});
  };
  CHECK_THAT(text(),
             Contains("15 CFR 744.23  on 2026-09-10\n"
                      "  in force since 2026-08-28 by 91 FR 52501 (2026-16628); in the eCFR since "
                      "2026-09-04\n"));
  CHECK_THAT(text(), !Contains("pending"));
  day.in_force_from.reset();
  CHECK_THAT(text(),
             Contains("  in the eCFR since 2026-09-04; since when it is in force is not known\n"));
  day.known_through = Date(2026, 9, 8);
  day.pending.reset();
  PendingAmendment rule;
  rule.document = "2026-17000";
  rule.citation = "91 FR 53000";
  rule.effective = Date(2026, 9, 9);
  day.in_force_not_shown = {rule};
  CHECK_THAT(text(),
             Contains("  text of 2026-09-08, the newest known\n"
                      "  in the eCFR since 2026-09-04; since when it is in force is not known\n"
                      "  in force and not yet shown by the eCFR: 2026-09-09 91 FR 53000 "
                      "(2026-17000)\n"
                      "  pending: not known, the Federal Register was not read"));
  const Json json = Json::parse(render::show_json(unit.id, day, unit, {&unit.root}, {}));
  CHECK(json["on"] == "2026-09-10");
  CHECK(json["ecfr_from"] == "2026-09-04");
  CHECK(json["in_force_from"].is_null());
  CHECK(json["known_through"] == "2026-09-08");
  CHECK(json["pending"].is_null());
  CHECK(json["in_force_not_shown"][0]["document"] == "2026-17000");
}

TEST_CASE("what was not understood at or around a place is said with it", "[notify]") {
  Unit unit = unit_of("15 CFR 744.23",
                      {test::node(NodeKind::paragraph, "(a)", "(a)", "A."),
                       test::node(NodeKind::paragraph, "(b)", "(b)", "B.")});
  unit.not_understood = {{test::cite("15 CFR 744.23(a)(2)"), "members are missing", "(2) two"},
                         {test::cite("15 CFR 744.23(b)"), "the designator is repeated", "(b)"}};
  const auto at = [&](const char* citation) {
    const Json json = Json::parse(
        render::show_json(test::cite(citation), {}, unit, {&unit.root.children[0]}, {}));
    return json["not_understood"].size();
  };
  CHECK(at("15 CFR 744.23") == 2);
  CHECK(at("15 CFR 744.23(a)") == 1);
  CHECK(at("15 CFR 744.23(a)(2)") == 1);
  CHECK(at("15 CFR 744.23(c)") == 0);
}
