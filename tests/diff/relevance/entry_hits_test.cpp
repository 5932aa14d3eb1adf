// Products, procedures and destinations.
#include "tests/diff/relevance/support.hpp"

#include <algorithm>

using namespace regtrail;
using namespace regtrail::test;

namespace {

Register firm() {
  Register source;
  Product shutter;
  shutter.id = "shutter";
  shutter.part_number = "SH-80";
  shutter.description_en = "Beam shutter for ion sources, 80 ms";
  shutter.eccn = {"3B001.b.2.a", "3B991.c"};
  shutter.terms = {"ion beam shutter"};
  shutter.parameters = {{"closing time", 80, "ms", "80"}};
  Product pump;
  pump.id = "pump";
  pump.description_en = "Dry pump, 100 m3/h";
  pump.eccn = {"EAR99"};
  pump.terms = {"getter pump"};
  Product agent;
  agent.id = "agent";
  agent.eccn = {"1C350.d"};
  agent.terms = {"sample kits"};
  agent.us_content = 18;
  agent.parameters = {{"mass of controlled chemical", 120, "g", "120"}};
  source.products = {shutter, pump, agent};
  source.procedures = {
      {"P-7", "Screening of end use", {"744.23(a)(4)", "3B001.b", "772.1 OSAT"}, ""}};
  source.destinations = {{"d-tw", "TW", ""}, {"d-ne", "NE", ""}};
  source.home = "JP";
  return source;
}

/// Hit of `id`, score 0 where there is none.
Hit hit_of(const Change& change, const std::string& id) {
  static const diff::Matcher matcher(firm());
  for (const auto& hit : matcher.match(change)) {
    if (hit.category == id) {
      return hit;
    }
  }
  return {};
}

bool reaches(const Change& change, const std::string& id) {
  const auto hit = hit_of(change, id);
  return hit.score > 0 && !hit.near;
}

} // namespace

TEST_CASE("a product is reached by its own paragraph and the text that governs it",
          "[relevance][products]") {
  struct Row {
    const char* at;
    bool reached;
  };

  const auto row = GENERATE(values<Row>({
      {"ECCN 3B001.b.2.a", true},
      {"ECCN 3B001.b.2.a.1", true},
      {"ECCN 3B001.b.2", true},
      {"ECCN 3B001 / heading", true},
      {"ECCN 3B001 / LVS", true},
      {"ECCN 3B001 / License Requirements / NS: b, c.1", true},
      {"ECCN 3B001 / Note 1", true},
      {"ECCN 3B991.c", true},
      {"ECCN 3B001.b.2.b", false},
      {"ECCN 3B001.b.1", false},
      {"ECCN 3B001.b.2.aa", false},
      {"ECCN 3B001 / License Requirements / NS: a.4, d", false},
      {"ECCN 3B991.b", false},
      {"ECCN 3B002", false},
  }));
  INFO(row.at);
  CHECK(reaches(revised(row.at, "One thing here.", "Another thing here."), "shutter") ==
        row.reached);
}

TEST_CASE("an exception that leaves out the product's paragraph weighs little for it",
          "[relevance][products]") {
  const auto severity = [](const char* before, const char* after) {
    const auto hit = hit_of(revised("ECCN 3B001 / LVS", before, after), "shutter");
    CHECK_FALSE(hit.near);
    CHECK(hit.score > 0);
    return hit.severity;
  };
  CHECK(severity("LVS: $500", "LVS: $100") == 5);
  CHECK(severity("LVS: $500, except 3B001.b", "LVS: $100, except 3B001.b") <= 2);
  CHECK(severity("LVS: $500, except 3B001.c", "LVS: $100, except 3B001.c") == 5);
  CHECK(severity("LVS: $500", "LVS: $500, except 3B001.b") == 5);
}

TEST_CASE("a product is reached by its words where they are new", "[relevance][products]") {
  CHECK(reaches(added("ECCN 3B995", "3B995 Getter pumps and cryopumps.", NodeKind::entry), "pump"));
  CHECK(reaches(added("ECCN 3B995", "3B995 Dry pumps for chambers.", NodeKind::entry), "pump"));
  CHECK(reaches(added("ECCN 3B995", "3B995 Ion-beam shutters.", NodeKind::entry), "shutter"));
  CHECK_FALSE(reaches(added("ECCN 3B995", "3B995 Pumps.", NodeKind::entry), "pump"));
  CHECK_FALSE(reaches(
      revised("ECCN 2B350.i", "A getter pump with two ports.", "A getter pump with three ports."),
      "pump"));
  CHECK_FALSE(reaches(added("Supplement No. 4 to Part 744 / JAPAN / Getter Pump Works",
                            "Getter Pump Works, Tokyo, Japan.",
                            NodeKind::entry),
                      "pump"));
}

TEST_CASE("a moved limit says what it does to the figure, and weighs by it",
          "[relevance][products]") {
  const auto wider = hit_of(revised("ECCN 3B001.b.2.a",
                                    "a. A closing time less than 50 ms;",
                                    "a. A closing time less than 100 ms;"),
                            "shutter");
  REQUIRE(wider.score > 0);
  CHECK(wider.severity == 5);
  const auto figure =
      std::find_if(wider.reasons.begin(), wider.reasons.end(), [](const Reason& reason) {
        return reason.signal == Signal::parameter;
      });
  REQUIRE(figure != wider.reasons.end());
  CHECK(figure->own == "closing time 80 ms");
  CHECK(figure->words == "closing time less than 100 ms");
  CHECK(figure->effect == ParameterEffect::now_inside);
  const auto narrower = hit_of(revised("ECCN 3B001.b.2.a",
                                       "a. A closing time less than 100 ms;",
                                       "a. A closing time less than 50 ms;"),
                               "shutter");
  CHECK(narrower.severity < 5);
  CHECK(std::any_of(narrower.reasons.begin(), narrower.reasons.end(), [](const Reason& reason) {
    return reason.effect == ParameterEffect::now_outside;
  }));
}

TEST_CASE("a paragraph beside the change that holds the figure already is named",
          "[relevance][products]") {
  const auto list = [](const std::string& lead, const std::string& second) {
    Node node;
    node.kind = NodeKind::item;
    node.designator = "2";
    node.text = lead;
    for (const auto& [designator, text] :
         {std::pair{"a", std::string("A closing time less than 50 ms;")}, {"b", second}}) {
      Node child;
      child.kind = NodeKind::item;
      child.designator = designator;
      child.text = text;
      node.children.push_back(std::move(child));
    }
    return node;
  };
  const auto named = [](const Node& above) {
    static const diff::Matcher matcher(firm());
    const Change moved = revised("ECCN 3B001.b.2.a",
                                 "A closing time less than 60 ms;",
                                 "A closing time less than 50 ms;",
                                 NodeKind::item);
    for (const auto& hit : matcher.match(moved, &above)) {
      for (const Reason& reason : hit.reasons) {
        if (hit.category == "shutter" && reason.at == "ECCN 3B001.b.2.b") {
          CHECK(reason.words == "3B001.b.2.b");
          CHECK(reason.own == "closing time 80 ms");
          return true;
        }
      }
    }
    return false;
  };
  const std::string any = "Shutters having any of the following:";
  CHECK(named(list(any, "An ion beam shutter with a closing time less than 90 ms;")));
  CHECK_FALSE(named(list(any, "An ion beam shutter with a closing time less than 70 ms;")));
  CHECK_FALSE(named(list(any, "A camera with a closing time less than 90 ms;")));
  CHECK_FALSE(named(list("Shutters having all of the following:",
                         "An ion beam shutter with a closing time less than 90 ms;")));
}

TEST_CASE("a change of a row's cell reaches a partner by any name of the row",
          "[relevance][parties]") {
  Register source;
  source.parties.emplace_back().id = "kita";
  source.parties.back().names = {"Kita Optics K.K."};
  const diff::Matcher matcher(source);
  Node row;
  row.kind = NodeKind::entry;
  row.designator = "Minami Lens Works";
  row.text = "Minami Lens Works, a.k.a., the following one alias:\n\u2014Kita Optics Co., Ltd.\n\n "
             "1 Example Street, Osaka, Japan.";
  const Change policy =
      revised("Supplement No. 4 to Part 744 / JAPAN / Minami Lens Works / License review policy",
              "Case-by-case review",
              "Presumption of denial",
              NodeKind::cell);
  CHECK(matcher.needs_node_above(policy));
  CHECK(matcher.match(policy).empty());
  const auto hits = matcher.match(policy, &row);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].category == "kita");
  CHECK(hits[0].reasons.at(0).likeness == NameLikeness::folded);
}

TEST_CASE("a rule that names the product's entry is about the product", "[relevance][products]") {
  const auto kits = [](const char* grams) {
    return std::string("(1) This does not apply to sample kits with no more than ") + grams +
           " grams of any chemical controlled by ECCN 1C350.b or .d.";
  };
  const auto hit =
      hit_of(revised("15 CFR 742.2(a)(2)(i)(C)(1)", kits("150"), kits("100")), "agent");
  CHECK(hit.severity == 5);
  CHECK_FALSE(hit.near);
  CHECK(std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
    return reason.effect == ParameterEffect::now_inside;
  }));
  CHECK(reaches(revised("15 CFR 742.2(b)(4)",
                        "Applications are reviewed under a policy of denial.",
                        "Applications are reviewed case by case."),
                "agent"));
  CHECK_FALSE(reaches(revised("15 CFR 742.2(b)(4)",
                              "Applications are reviewed under a policy of denial.",
                              "Applications are reviewed case by case."),
                      "shutter"));
  CHECK(reaches(revised("15 CFR 742.4(a)(4)",
                        "items specified in 3B001.a.4, c, or d",
                        "items specified in 3B001.a.4, b.2, c, or d"),
                "shutter"));
  CHECK_FALSE(reaches(revised("15 CFR 742.4(a)(4)",
                              "items specified in 3B001.a.4, c, or d",
                              "items specified in 3B001.a.4, c, d, or k"),
                      "shutter"));
}

TEST_CASE("the share of U.S. content is a figure of the product", "[relevance][products]") {
  const auto rule = [](const char* percent) {
    return std::string("(1) Reexports of a foreign-made commodity incorporating controlled "
                       "U.S.-origin commodities valued at ") +
           percent + " or less of the total value of the foreign-made commodity;";
  };
  const auto hit = hit_of(revised("15 CFR 734.4(d)(1)", rule("25%"), rule("15%")), "agent");
  REQUIRE(hit.score > 0);
  CHECK(hit.severity == 5);
  CHECK_FALSE(hit.near);
  CHECK(std::any_of(hit.reasons.begin(), hit.reasons.end(), [](const Reason& reason) {
    return reason.effect == ParameterEffect::now_inside &&
           reason.own == "controlled U.S.-origin content 18 %";
  }));
  CHECK(hit_of(revised("15 CFR 734.4(d)(1)", rule("25%"), rule("15%")), "shutter").score == 0);
}

TEST_CASE("the definition of a product's word is the product's own", "[relevance][products]") {
  CHECK(reaches(revised("15 CFR 772.1 / Closing time",
                        "Closing time. The time from ten to ninety percent.",
                        "Closing time. The time from five to ninety percent."),
                "shutter"));
  CHECK(reaches(revised("15 CFR 772.1 / Specially designed / (b)",
                        "(b) Fasteners.",
                        "(b) Fasteners and seals."),
                "shutter"));
  CHECK_FALSE(reaches(revised("15 CFR 772.1 / Specially designed / (b)",
                              "(b) Fasteners.",
                              "(b) Fasteners and seals."),
                      "agent"));
  CHECK_FALSE(reaches(revised("15 CFR 772.1 / Laser", "Laser. One.", "Laser. Two."), "shutter"));
}

TEST_CASE("a document reaches the entries that its instructions and words name",
          "[relevance][documents]") {
  Register source = firm();
  Party weaver;
  weaver.id = "weaver";
  weaver.names = {"Lattice Weaver Co Ltd"};
  source.parties.push_back(weaver);
  Party zone;
  zone.id = "zone";
  zone.names = {"Quiltbrook Zone GmbH"};
  source.parties.push_back(zone);
  const diff::Matcher matcher(source);
  Document document;
  document.number = "2026-70001";
  document.title = "Controls on Example Equipment";
  document.abstract = "The agency imposes a penalty on Quiltbrook Zone GmbH of Vienna.";
  Instruction instruction;
  instruction.understood = true;
  Operation operation;
  operation.verb = Verb::add;
  operation.targets.push_back(
      {cite("Supplement No. 4 to Part 744 / JAPAN / Lattice Weaver K.K."), {}});
  instruction.operations.push_back(operation);
  operation.verb = Verb::revise;
  operation.targets = {{cite("ECCN 3B001.b.2"), {}}};
  instruction.operations.push_back(operation);
  document.instructions.push_back(instruction);
  std::vector<std::string> told;
  for (const auto& hit : matcher.match(document)) {
    CHECK(hit.id.size() == 32);
    if (!hit.near) {
      told.push_back(hit.category);
    }
    if (hit.category == "weaver") {
      CHECK(hit.severity == 5);
    }
  }
  std::sort(told.begin(), told.end());
  CHECK(told == std::vector<std::string>{"P-7", "home", "shutter", "weaver", "zone"});
}

TEST_CASE("a procedure is hit by a change at, within or above what it cites",
          "[relevance][procedures]") {
  CHECK(reaches(revised("15 CFR 744.23(a)(4)", "One.", "Two."), "P-7"));
  CHECK(reaches(revised("15 CFR 744.23(a)(4)(ii)", "One.", "Two."), "P-7"));
  CHECK(reaches(revised("15 CFR 744.23(a)", "One.", "Two."), "P-7"));
  CHECK(reaches(revised("15 CFR 744.23 / heading", "One.", "Two."), "P-7"));
  CHECK(reaches(revised("ECCN 3B001.b.1", "One.", "Two."), "P-7"));
  CHECK_FALSE(reaches(revised("15 CFR 744.23(a)(3)", "One.", "Two."), "P-7"));
  CHECK_FALSE(reaches(revised("15 CFR 744.21(a)(4)", "One.", "Two."), "P-7"));
  CHECK_FALSE(reaches(revised("ECCN 3B001.c", "One.", "Two."), "P-7"));
  const auto hit = hit_of(revised("15 CFR 744.23(a)(4)(ii)", "One.", "Two."), "P-7");
  REQUIRE(hit.reasons.size() == 1);
  CHECK(hit.entry == EntryKind::procedure);
  CHECK(hit.reasons[0].own == "744.23(a)(4)");
  CHECK(hit.reasons[0].at == "15 CFR 744.23(a)(4)(ii)");
}

TEST_CASE("a destination is hit by its rows in the tables of countries",
          "[relevance][destinations]") {
  const auto joined = [](const std::string& at, const std::string& country) {
    return added(at + " / " + country, country, NodeKind::row);
  };
  CHECK(reaches(joined("Supplement No. 1 to Part 738", "Taiwan"), "d-tw"));
  CHECK(reaches(joined("Supplement No. 1 to Part 740 / Country Group A", "Taiwan"), "d-tw"));
  CHECK(reaches(joined("Supplement No. 4 to Part 742", "Japan"), "home"));
  CHECK(reaches(added("Supplement No. 4 to Part 744 / TAIWAN / Example Works",
                      "Example Works, Taipei, Taiwan.",
                      NodeKind::entry),
                "d-tw"));
  CHECK_FALSE(reaches(joined("Supplement No. 1 to Part 738", "Nigeria"), "d-ne"));
  CHECK(reaches(joined("Supplement No. 1 to Part 738", "Niger"), "d-ne"));
  CHECK(reaches(revised("15 CFR 746.8(a)", "to Russia or Belarus", "to Russia, Belarus, or Niger"),
                "d-ne"));
  CHECK_FALSE(reaches(revised("15 CFR 746.8(a)", "to Russia", "to Russia or Belarus"), "d-tw"));
}
