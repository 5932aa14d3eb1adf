// Forty changes and what a compliance officer wants to hear of each, on the
// shipped register. Texts are invented in the real form.
#include "tests/diff/relevance/support.hpp"

#include <algorithm>
#include <set>

using namespace regtrail;
using namespace regtrail::test;

namespace {

using Ids = std::set<std::string>;

struct GoldCase {
  int number;
  Change change;
  Ids primary;       ///< flagged, exactly, but for `allowed`
  Ids allowed;       ///< may be flagged or near
  Ids forbidden;     ///< neither flagged nor near
  int severity = 0;  ///< of the change, 0: not asked
  std::string typed; ///< "threshold tightened": one typed change must say so
};

const Ids sme = {"sme-subsystems",
                 "vacuum-valves",
                 "lithography",
                 "etching",
                 "plasma-generators",
                 "ion-implanters",
                 "lenses-optics",
                 "brackets-structures",
                 "backend-assembly-test",
                 "deposition",
                 "annealing-thermal",
                 "cleaning",
                 "cmp",
                 "metrology-inspection",
                 "masks-reticles-pellicles",
                 "mass-flow-gas-delivery",
                 "rf-generators",
                 "electrostatic-chucks",
                 "wafer-handling"};

Ids with(Ids ids, const Ids& more) {
  ids.insert(more.begin(), more.end());
  return ids;
}

Ids products() {
  Ids ids;
  for (const auto& category : shipped_register().categories) {
    if (!category.eccn.empty()) {
      ids.insert(category.id);
    }
  }
  return ids;
}

/// A text outside the CFR or without a place: the matcher sees an addition.
Change text_at(const Citation& at, const std::string& text) {
  Change result;
  result.id = "fedcba9876543210fedcba9876543210";
  result.kind = ChangeKind::added;
  result.at = at;
  result.after = text;
  return result;
}

const std::string list4 = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / ";
const std::string all_items = "For all items subject to the EAR. (See \u00a7 744.11 of the EAR)";

std::vector<GoldCase> ccl_cases() {
  return {
      {1,
       revised("ECCN 3B001.c.1.c.3",
               "c.1.c.3. Electrostatic chuck with twenty or more individually controllable "
               "variable temperature elements;",
               "c.1.c.3. Electrostatic chuck with ten or more individually controllable variable "
               "temperature elements;",
               NodeKind::item),
       {"electrostatic-chucks", "etching"},
       {"sme-subsystems"},
       {"machine-tools"},
       5,
       "threshold tightened"},
      {2,
       revised("ECCN 3B993.c.3.b",
               "c.3.b. One or more fast gas switching valve(s) with switching time less than 500 "
               "milliseconds;",
               "c.3.b. One or more fast gas switching valve(s) with switching time less than 800 "
               "milliseconds;",
               NodeKind::item),
       {"vacuum-valves", "etching"},
       {"mass-flow-gas-delivery", "sme-subsystems"},
       {"chemicals-precursors"},
       5,
       "threshold tightened"},
      {3,
       revised("ECCN 2B350.g",
               "g. Valves and their casings with a nominal size greater than 10 mm, all wetted "
               "surfaces of which are made of nickel or fluoropolymers;",
               "g. Valves and their casings with a nominal size greater than 12 mm, all wetted "
               "surfaces of which are made of nickel, niobium or fluoropolymers;",
               NodeKind::item),
       {"chemicals-precursors"},
       {"vacuum-pumps"},
       {"vacuum-valves"},
       0,
       ""},
      {4,
       revised("ECCN 2A226 / heading",
               "2A226 Valves having all of the following characteristics, bellows-sealed (see List "
               "of Items Controlled).",
               "2A226 Valves having all of the following properties, bellows-sealed (see List of "
               "Items Controlled).",
               NodeKind::heading),
       {"chemicals-precursors"},
       {},
       with(sme, {}),
       0,
       ""},
      {5,
       added("ECCN 3B995",
             "3B995 Vacuum valves \u201cspecially designed\u201d for semiconductor manufacturing "
             "equipment controlled by 3B001, as follows (see List of Items Controlled).\n"
             "a. Gate valves with a leak rate below 10^-9 Pa m^3/s;",
             NodeKind::entry),
       {"vacuum-valves", "sme-subsystems"},
       {},
       {"chemicals-precursors"},
       5,
       ""},
      {15,
       revised("ECCN 3A090.a.1",
               "a.1. A 'total processing performance' of 4800 or more;",
               "a.1. A 'total processing performance' of 4000 or more;",
               NodeKind::item),
       {"advanced-ics-gpu"},
       {},
       {"datacenter-power"},
       5,
       "threshold tightened"},
      {16,
       revised("ECCN 3A090 / Note 2",
               "Note 2: 3A090.a does not apply to items that are not designed or marketed for use "
               "in datacenters and stay below the limit.",
               "Note 2: 3A090.a does not apply to items that are neither designed or marketed for "
               "use in datacenters nor sold as servers for them.",
               NodeKind::note),
       {"advanced-ics-gpu"},
       {"datacenter-power"},
       {"federal-ai-procurement"},
       0,
       ""},
      {17,
       revised("ECCN 3A090.c",
               "c. High bandwidth memory (HBM) having a 'memory bandwidth density' greater than 2 "
               "gigabytes per second per square millimeter.",
               "c. High bandwidth memory (HBM) having a 'memory bandwidth density' greater than 3 "
               "gigabytes per second per square millimeter.",
               NodeKind::item),
       {"hbm-dram"},
       {"advanced-ics-gpu"},
       {"photoresists"},
       2,
       "threshold loosened"},
      {18,
       removed("ECCN 4E091",
               "4E091 Parameters for an artificial intelligence model trained with 10^26 or more "
               "'operations', as follows.",
               NodeKind::entry),
       {"model-weights-llm"},
       {},
       {"quantum"},
       0,
       ""},
      {28,
       revised("ECCN 3B991.b.3",
               "b.3. Equipment for the assembly of integrated circuits: die bonders having a "
               "positioning accuracy of 10 micrometers or better;",
               "b.3. Equipment for the assembly of integrated circuits: die bonders having a "
               "positioning accuracy of 5 micrometers or better;",
               NodeKind::item),
       {"backend-assembly-test"},
       {"sme-subsystems"},
       {"machine-tools"},
       2,
       "threshold loosened"},
      {29,
       revised("ECCN 2B230.b",
               "b. Pressure transducers having an accuracy better than 1 %;",
               "b. Pressure transducers having an accuracy better than 2 %;",
               NodeKind::item),
       {"pressure-gauges"},
       {"sensors"},
       {"lithography"},
       0,
       ""},
      {30,
       revised(
           "ECCN 2B005.f",
           "f. Plasma spraying equipment for coating turbine parts, operated at low pressure;",
           "f. Plasma spraying equipment for coating turbine parts, operated at reduced pressure;",
           NodeKind::item),
       {},
       {},
       sme,
       0,
       ""},
      {31,
       revised("ECCN 1C226 / Items",
               "Tungsten, tungsten carbide, and alloys containing more than 90% tungsten by "
               "weight, having a mass greater than 20 kg.",
               "Tungsten, tungsten carbide, and alloys containing more than 90% tungsten by "
               "weight, having a mass greater than 10 kg.",
               NodeKind::item),
       {"refractory-special-metals"},
       {},
       {"deposition"},
       5,
       "threshold tightened"},
      {32,
       added("ECCN 3B001.d.21",
             "d.21. Equipment designed for the deposition of a molybdenum layer by atomic layer "
             "deposition;",
             NodeKind::item),
       {"deposition"},
       {"sme-subsystems"},
       {"refractory-special-metals"},
       5,
       ""},
      {33,
       revised("ECCN 6A004 / Related Controls",
               "For optical mirrors specially designed for lithography equipment, see ECCN 3B001.",
               "For optical mirrors or aspheric optical elements specially designed for "
               "lithography equipment, see ECCN 3B001.",
               NodeKind::paragraph),
       {"lenses-optics"},
       {"lithography"},
       {"sensors"},
       0,
       ""},
      {34,
       revised("ECCN 6A003.b.4.b",
               "b.4.b. Thermal cameras incorporating focal plane arrays, with a frame rate above 9 "
               "Hz and any lens;",
               "b.4.b. Thermal cameras incorporating focal plane arrays, with a frame rate above "
               "30 Hz and any lens;",
               NodeKind::item),
       {"sensors"},
       {},
       {"lenses-optics"},
       0,
       ""},
  };
}

std::vector<GoldCase> list_cases() {
  const std::string party = "Shenzhen Sample Hardware Trading Co., Ltd.";
  const Ids listed = {"entity-end-user-lists"};
  return {
      {6,
       added(list4 + party,
             party + ", No. 1 Example Road, Shenzhen, China.\n" + all_items +
                 "\nPresumption of denial\n91 FR 100, 1/5/26.",
             NodeKind::entry),
       listed,
       {"advanced-ics-gpu"},
       {"lithography", "etching"},
       5,
       "entity tightened"},
      {7,
       added(list4 + "Example Etch Equipment Co.",
             "Example Etch Equipment Co., a.k.a., the following one alias:\n\u2014EEE.\n\n No. 2 "
             "Tool Road, Beijing, China.\n"
             "For all items subject to the EAR. (See \u00a7\u00a7 734.4(a)(9), 734.9(e)(3), and "
             "744.11 of the EAR) ^5\nPresumption of denial\n91 FR 100, 1/5/26.",
             NodeKind::entry),
       {"entity-end-user-lists", "fdpr-jurisdiction"},
       {"etching", "sme-subsystems"},
       {"machine-tools"},
       5,
       "entity tightened"},
      {8,
       revised(list4 + "Huawei Technologies Co., Ltd.",
               "Huawei Technologies Co., Ltd., a.k.a., the following one alias:\n\u2014HT.\n\n "
               "Bantian Example Base, Shenzhen, China.",
               "Huawei Technologies Co., Ltd., a.k.a., the following two aliases:\n\u2014HT; "
               "and\n\u2014HW Tech.\n\n Bantian Example Base, Shenzhen, China.",
               NodeKind::entry),
       listed,
       {},
       products(),
       4,
       "entity tightened"},
      {9,
       revised(list4 + "Example Lab / Federal Register citation",
               "87 FR 57082, 9/19/22.",
               "87 FR 57082, 9/19/22. 91 FR 100, 1/5/26.",
               NodeKind::cell),
       {},
       listed,
       products(),
       2,
       ""},
      {11,
       revised(list4 + "Example Lab / License review policy",
               "Presumption of denial",
               "Case-by-case review",
               NodeKind::cell),
       listed,
       {},
       products(),
       2,
       "review_policy loosened"},
      {12,
       revised(list4 + "Example Lab / License requirement",
               "For all items subject to the EAR. (See \u00a7\u00a7 734.9(e)(2) and 744.11 of the "
               "EAR) ^4",
               "For all items subject to the EAR. (See \u00a7\u00a7 734.4(a)(9), 734.9(e)(2), "
               "734.9(e)(3), and 744.11 of the EAR) ^4 ^5",
               NodeKind::cell),
       {"entity-end-user-lists", "fdpr-jurisdiction"},
       {},
       {},
       5,
       "license_requirement tightened"},
      {14,
       added("Supplement No. 7 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Drone Works",
             "Example Drone Works, 3 Flight Road, Xi'an, China.\n91 FR 200, January 6, 2026.",
             NodeKind::entry),
       listed,
       {},
       {"advanced-ics-gpu"},
       5,
       "entity tightened"},
  };
}

std::vector<GoldCase> rule_cases() {
  return {
      {20,
       revised("15 CFR 734.4(a)(8)",
               "(8) There is no de minimis level for tools of Category 3 that contain an "
               "integrated circuit of U.S. origin.",
               "(8) There is no de minimis level for tools of Category 3 that contain an "
               "integrated circuit or photonic integrated circuit of U.S. origin."),
       {"fdpr-jurisdiction", "sme-subsystems"},
       {"brackets-structures"},
       {"secondary-tariffs"},
       5,
       ""},
      {21,
       text_at(cite("19 CFR 10.151"),
               "The duty-free entry of a de minimis shipment under section 321 ends for goods of "
               "all origins; an additional duty applies ad valorem."),
       {"secondary-tariffs"},
       {},
       {"fdpr-jurisdiction"},
       0,
       ""},
      {22,
       removed("Supplement No. 4 to Part 742 / Japan", "Japan"),
       with(sme, {"fdpr-jurisdiction"}),
       {},
       {},
       5,
       "country tightened"},
      {23,
       added("Supplement No. 1 to Part 740 / Country Group A / Example Republic / [A:5]",
             "X",
             NodeKind::cell),
       {"country-tables"},
       {},
       products(),
       4,
       "country loosened"},
      {25,
       revised("15 CFR 772.1 / Specially designed",
               "(2) Is, regardless of form or fit, a fastener (e.g., screw, bolt, nut, nut plate, "
               "stud, insert, clip, rivet, pin), washer, spacer, insulator or wire;",
               "(2) Is, regardless of form or fit, a fastener (e.g., screw, bolt, nut, nut plate, "
               "stud, insert, clip, rivet, pin), washer, spacer or wire;",
               NodeKind::definition),
       {"brackets-structures", "sme-subsystems"},
       {},
       {},
       5,
       "definition unclear"},
      {27,
       revised("15 CFR 744.23(a)(5)",
               "(5) Exclusion. Production does not include back-end steps such as assembly, test, "
               "or packaging that do not alter the node.",
               "(5) Exclusion. Production does not include back-end steps such as assembly, test, "
               "or packaging of dies below the limit that do not alter the node."),
       {"backend-assembly-test"},
       {},
       {"cmp"},
       5,
       ""},
  };
}

std::vector<GoldCase> document_cases() {
  const Citation nowhere;
  return {
      {19,
       text_at(nowhere,
               "The office found that the announcement not to enforce the controls on model "
               "weights is itself a rule; the text of ECCN 4E091 is unchanged."),
       {"model-weights-llm"},
       {},
       {},
       0,
       ""},
      {26,
       text_at(
           nowhere,
           "In the amendatory text below, brackets indicate a placeholder for the page number."),
       {},
       {},
       {"brackets-structures"},
       0,
       ""},
      {35,
       text_at(nowhere,
               "The OMB memorandum tells agencies how to buy a large language model: each "
               "solicitation names the unbiased AI principles as a contract clause."),
       {"federal-ai-procurement"},
       {"model-weights-llm"},
       {"advanced-ics-gpu"},
       0,
       ""},
      {36,
       text_at(cite("14 CFR 91.103"),
               "This rule revises FAR part 91 of 14 CFR on preflight action by the pilot."),
       {},
       {},
       {"federal-ai-procurement"},
       0,
       ""},
      {37,
       text_at(nowhere,
               "The agency adopts a categorical exclusion under NEPA for rebuilding a transmission "
               "line and its transformer within an existing right-of-way."),
       {"datacenter-power"},
       {},
       {"model-weights-llm"},
       2,
       ""},
      {38,
       text_at(nowhere,
               "The Economic Development Administration (EDA) invites applications for an EDA "
               "grant in rural counties."),
       {},
       {},
       {"eda-software"},
       0,
       ""},
      {39,
       text_at(nowhere,
               "The International Trade Administration issues a call for proposals under the "
               "American AI Exports Program for full-stack AI packages."),
       {"ai-stack-export"},
       {},
       {"entity-end-user-lists"},
       0,
       ""},
      {40,
       text_at(nowhere,
               "After the deposition of witnesses the order denies export privileges to a Tokyo "
               "trader, who is entered on the Denied Persons List."),
       {"entity-end-user-lists"},
       {"enforcement"},
       {"deposition"},
       0,
       ""},
  };
}

std::string describe(const std::vector<Hit>& hits) {
  std::string text;
  for (const auto& hit : hits) {
    text += "\n  " + hit.category + " " + std::to_string(hit.score) + (hit.near ? " near" : "");
    for (const auto& reason : hit.reasons) {
      text += " [" + std::string(to_string(reason.signal)) + " '" + reason.words + "' " +
              std::to_string(reason.weight) + "]";
    }
  }
  return text;
}

bool says(const Change& change, const std::string& typed) {
  return std::any_of(change.typed.begin(), change.typed.end(), [&typed](const TypedChange& item) {
    return std::string(to_string(item.type)) + " " + std::string(to_string(item.direction)) ==
           typed;
  });
}

void check(const GoldCase& gold) {
  const auto hits = shipped_matcher().match(gold.change);
  Ids flagged;
  Ids any;
  int severity = diff::base_severity(gold.change);
  for (const auto& hit : hits) {
    any.insert(hit.category);
    if (!hit.near) {
      flagged.insert(hit.category);
      severity = std::max(severity, hit.severity);
    }
  }
  INFO("case " << gold.number << describe(hits));
  Ids surprising;
  for (const auto& id : flagged) {
    if (gold.primary.count(id) == 0 && gold.allowed.count(id) == 0) {
      surprising.insert(id);
    }
  }
  CHECK(std::includes(flagged.begin(), flagged.end(), gold.primary.begin(), gold.primary.end()));
  CHECK(surprising.empty());
  for (const auto& id : gold.forbidden) {
    if (any.count(id) != 0) {
      FAIL_CHECK("forbidden: " << id);
    }
  }
  if (gold.severity != 0) {
    CHECK(severity == gold.severity);
  }
  if (!gold.typed.empty()) {
    std::string all;
    for (const auto& item : gold.change.typed) {
      all += std::string(to_string(item.type)) + " " + std::string(to_string(item.direction)) +
             " (" + item.rule + "); ";
    }
    INFO(all);
    CHECK(says(gold.change, gold.typed));
  }
}

} // namespace

TEST_CASE("changes of the CCL reach the trades they touch and no others", "[relevance][gold]") {
  for (const auto& gold : ccl_cases()) {
    check(gold);
  }
}

TEST_CASE("changes of party lists reach who screens parties and not who trades goods",
          "[relevance][gold]") {
  for (const auto& gold : list_cases()) {
    check(gold);
  }
}

TEST_CASE("changes of rules reach whom the rule governs", "[relevance][gold]") {
  for (const auto& gold : rule_cases()) {
    check(gold);
  }
}

TEST_CASE("documents outside the EAR are told apart by their words", "[relevance][gold]") {
  for (const auto& gold : document_cases()) {
    check(gold);
  }
}

TEST_CASE("editorial changes reach nobody", "[relevance][gold]") {
  // Case 10: a blank after the section sign. Case 24: a renumbered footnote of the Country Chart.
  const auto blank = revised(list4 + "Example Lab / License requirement",
                             "For all items subject to the EAR. (See \u00a7744.11 of the EAR)",
                             all_items,
                             NodeKind::cell);
  CHECK(blank.typed.empty());
  CHECK(shipped_matcher().match(blank).empty());
  const auto footnote = change(ChangeKind::redesignated,
                               "Supplement No. 1 to Part 738 / Footnote 7",
                               "See \u00a7 746.3 for further requirements.",
                               "See \u00a7 746.3 for further requirements.",
                               NodeKind::footnote);
  CHECK(footnote.typed.empty());
  for (const auto& hit : shipped_matcher().match(footnote)) {
    CHECK(hit.category == "country-tables");
    CHECK(hit.severity == 1);
  }
  CHECK(diff::base_severity(footnote) == 1);
}

TEST_CASE("a party that moves from one list to another is one hit", "[relevance][gold]") {
  // Case 13.
  auto moved = change(ChangeKind::moved,
                      list4 + "Example Memory Works",
                      "Example Memory Works, 4 Chip Road, Wuhan, China.",
                      "Example Memory Works, 4 Chip Road, Wuhan, China.",
                      NodeKind::entry);
  moved.was =
      cite("Supplement No. 6 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Memory Works");
  const auto hits = shipped_matcher().match(moved);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].category == "entity-end-user-lists");
  CHECK(hits[0].severity == 5);
}
