#include "tests/diff/relevance/support.hpp"

#include <set>

using namespace regtrail;
using namespace regtrail::test;

namespace {

/// "type: before -> after (direction)" of every typed change.
std::vector<std::string> meanings(const Change& change) {
  std::vector<std::string> result;
  for (const auto& typed : change.typed) {
    result.push_back(std::string(to_string(typed.type)) + ": " + typed.before + " -> " +
                     typed.after + " (" + std::string(to_string(typed.direction)) + ")");
    CHECK_FALSE(typed.rule.empty());
  }
  return result;
}

using Meanings = std::vector<std::string>;

} // namespace

TEST_CASE("a limit that catches more is tightened, one that catches fewer is loosened", "[typed]") {
  struct Row {
    const char* before;
    const char* after;
    const char* meaning;
  };

  const auto row = GENERATE(values<Row>({
      {"a. A resolution of 45 nm or less;",
       "a. A resolution of 65 nm or less;",
       "threshold: <= 45 nm -> <= 65 nm (tightened)"},
      {"a. A score of 4800 or more;",
       "a. A score of 4000 or more;",
       "threshold: >= 4800 -> >= 4000 (tightened)"},
      {"a. A time of less than 800 ms;",
       "a. A time of less than 500 ms;",
       "threshold: < 800 ms -> < 500 ms (loosened)"},
      {"a. More than twenty zones;",
       "a. More than ten zones;",
       "threshold: > 20 -> > 10 (tightened)"},
      {"a. An output exceeding 5 W;",
       "a. An output equal to or exceeding 5 W;",
       "threshold: > 5 W -> >= 5 W (tightened)"},
      {"a. A size of 5 nm or less;",
       "a. A size of less than 5 nm;",
       "threshold: <= 5 nm -> < 5 nm (loosened)"},
      {"a. A band between 1 GHz and 5 GHz;",
       "a. A band between 1 GHz and 8 GHz;",
       "threshold: 1 to 5 GHz -> 1 to 8 GHz (tightened)"},
      {"a. A band between 1 GHz and 5 GHz;",
       "a. A band between 2 GHz and 8 GHz;",
       "threshold: 1 to 5 GHz -> 2 to 8 GHz (unclear)"},
      {"a. Positioning accuracy of 10 \u00b5m or better;",
       "a. Positioning accuracy of 5 \u00b5m or better;",
       "threshold: 10 \u00b5m or better -> 5 \u00b5m or better (loosened)"},
      {"a. A rating of 10 units or better;",
       "a. A rating of 5 units or better;",
       "threshold: 10 or better -> 5 or better (unclear)"},
      {"a. A gap of less than 5 mm;",
       "a. A gap of less than 5 cm;",
       "threshold: < 5 mm -> < 5 cm (tightened)"},
      {"a. A gap of less than 5 mm;",
       "a. A gap of less than 5 W;",
       "threshold: < 5 mm -> < 5 W (unclear)"},
      {"a. Light from 370 nm to 245 nm;",
       "a. Light from 370 nm to 300 nm;",
       "threshold: 370 to 245 nm -> 370 to 300 nm (loosened)"},
      {"a. A time of 1 hour or greater;",
       "a. A time of 3 hours or greater;",
       "threshold: >= 1 hour -> >= 3 hours (loosened)"},
      {"a. A gap of less than 5 mm;",
       "a. A gap of more than 5 mm;",
       "threshold: < 5 mm -> > 5 mm (unclear)"},
      {"a. Tools, except those with a gap of less than 5 mm;",
       "a. Tools, except those with a gap of less than 9 mm;",
       "threshold: < 5 mm -> < 9 mm (loosened)"},
      {"a. Gain less than 5 dB when measured at more than 3 GHz;",
       "a. Gain less than 5 dB when measured at more than 2 GHz;",
       "threshold: > 3 GHz -> > 2 GHz (unclear)"},
  }));
  INFO(row.before << " -> " << row.after);
  CHECK(meanings(revised("ECCN 3B001.a", row.before, row.after, NodeKind::item)) ==
        Meanings{row.meaning});
}

TEST_CASE("the place decides how a limit is read", "[typed]") {
  const std::string before = "A gap of less than 5 mm.";
  const std::string after = "A gap of less than 9 mm.";
  const auto direction = [&](const std::string& at, NodeKind kind, const std::string& lead = "") {
    const auto typed = revised(at, lead + before, lead + after, kind).typed;
    REQUIRE_FALSE(typed.empty());
    return typed.front().direction;
  };
  CHECK(direction("15 CFR 744.23(a)(2)(iii)", NodeKind::paragraph) == Direction::tightened);
  CHECK(direction("15 CFR 742.6(a)(6)", NodeKind::paragraph) == Direction::tightened);
  CHECK(direction("15 CFR 742.6(b)(6)", NodeKind::paragraph) == Direction::unclear);
  CHECK(direction("15 CFR 740.9(a)", NodeKind::paragraph) == Direction::loosened);
  CHECK(direction("15 CFR 772.1 / Wafer", NodeKind::definition) == Direction::unclear);
  CHECK(direction("15 CFR 734.4(c)", NodeKind::paragraph) == Direction::loosened);
  CHECK(direction("ECCN 3B001 / Note 1", NodeKind::note, "3B001.a does not control tools with: ") ==
        Direction::loosened);
  CHECK(direction("ECCN 3B001 / Note 1", NodeKind::note) == Direction::unclear);
  CHECK(direction("12 CFR 229.2", NodeKind::paragraph) == Direction::unclear);
}

TEST_CASE("periods have no direction", "[typed]") {
  CHECK(meanings(revised("15 CFR 744.16(a)", "Answer within 30 days.", "Answer within 60 days.")) ==
        Meanings{"threshold: <= 30 days -> <= 60 days (unclear)"});
}

TEST_CASE("only the limit that moved is told, and a conversion is none", "[typed]") {
  CHECK(meanings(
            revised("ECCN 3A090.b",
                    "b. 'Score' of 2400 or more and less than 4800 and 'density' of 1.6 or more;",
                    "b. 'Score' of 2400 or more and less than 4800 and 'density' of 1.2 or more;",
                    NodeKind::item)) == Meanings{"threshold: >= 1.6 -> >= 1.2 (tightened)"});
  CHECK(revised("ECCN 3B001.a",
                "a. At or below 958 K (685 \u00b0C);",
                "a. At or below 958 K (684.85 \u00b0C);",
                NodeKind::item)
            .typed.empty());
}

TEST_CASE("conjunctions turn a list of conditions", "[typed]") {
  CHECK(meanings(revised("ECCN 3B001.a",
                         "a. Tools having all of the following:",
                         "a. Tools having any of the following:",
                         NodeKind::item)) ==
        Meanings{"conjunction: all of the following -> any of the following (tightened)"});
  CHECK(meanings(revised(
            "ECCN 3B001.a.1", "a.1. A chamber; or", "a.1. A chamber; and", NodeKind::item)) ==
        Meanings{"conjunction: or -> and (loosened)"});
  CHECK(meanings(
            revised("ECCN 3B001.a.1", "a.1. A chamber;", "a.1. A chamber; and", NodeKind::item)) ==
        Meanings{"conjunction:  -> and (neutral)"});
  CHECK(meanings(revised("15 CFR 744.23(a)(1)", "(1) A chamber; or", "(1) A chamber; and")) ==
        Meanings{"conjunction: or -> and (unclear)"});
}

TEST_CASE("a text that became reserved is a matter of scope and of no conjunction", "[typed]") {
  struct Row {
    const char* at;
    NodeKind kind;
    const char* before;
    const char* after;
    const char* meaning;
  };

  const auto row = GENERATE(values<Row>({
      {"ECCN 3B001.b.3",
       NodeKind::item,
       "b.3. Hot wafer holders; or",
       "b.3. [Reserved]",
       "scope: Hot wafer holders; or -> [Reserved] (loosened)"},
      {"ECCN 3B001.b.3",
       NodeKind::item,
       "b.3. [Reserved]",
       "b.3. Holders hotter than 500 K; and",
       "scope: [Reserved] -> Holders hotter than 500 K; and (tightened)"},
      {"ECCN 3B001.c",
       NodeKind::item,
       "c. A gap of less than 5 mm.",
       "c. and d. [Reserved].",
       "scope: A gap of less than 5 mm. -> [Reserved] (loosened)"},
      {"15 CFR 744.23(b)(1)",
       NodeKind::paragraph,
       "(b) Policy. (1) Denied until January 5, 2027; and",
       "(b) Policy. (1) [Reserved]",
       "scope: Denied until January 5, 2027; and -> [Reserved] (unclear)"},
      {"ECCN 3B001 / Note 1",
       NodeKind::note,
       "Note 1: 3B001.a does not control masks.",
       "Note 1: [Reserved]",
       "scope: 3B001.a does not control masks. -> [Reserved] (tightened)"},
      {"15 CFR 744.15 / heading",
       NodeKind::heading,
       "\u00a7 744.15 Lists of parties.",
       "\u00a7 744.15 [Reserved]",
       "scope: Lists of parties. -> [Reserved] (unclear)"},
  }));
  INFO(row.before << " -> " << row.after);
  CHECK(meanings(revised(row.at, row.before, row.after, row.kind)) == Meanings{row.meaning});
}

TEST_CASE("quotation marks that come or go are told", "[typed]") {
  CHECK(meanings(revised("ECCN 3B001.a",
                         "a. Specially designed parts;",
                         "a. \u201cSpecially designed\u201d parts;",
                         NodeKind::item)) ==
        Meanings{"quotation: Specially designed -> \"Specially designed\" (unclear)"});
  CHECK(meanings(revised("ECCN 3B001.a",
                         "a. A \u2018chuck overlay\u2019;",
                         "a. A \u201cchuck overlay\u201d;",
                         NodeKind::item)) ==
        Meanings{"quotation: 'chuck overlay' -> \"chuck overlay\" (unclear)"});
  CHECK(revised("ECCN 3B001.a",
                "a. Curly \u201cquotes\u201d and plain;",
                "a. Curly \"quotes\" and more plain;",
                NodeKind::item)
            .typed.empty());
}

TEST_CASE("references and dates are told one for one", "[typed]") {
  CHECK(meanings(revised("15 CFR 744.11(a)",
                         "See \u00a7 742.4(a)(4) of the EAR.",
                         "See \u00a7 742.6(a)(6) of the EAR.")) ==
        Meanings{"cross_reference: 15 CFR 742.4(a)(4) -> 15 CFR 742.6(a)(6) (neutral)"});
  CHECK(meanings(revised(
            "15 CFR 744.11(a)", "Valid until December 31, 2026.", "Valid until June 30, 2027.")) ==
        Meanings{"date: 2026-12-31 -> 2027-06-30 (unclear)"});
}

TEST_CASE("a reference is told once, of its own title, and against one of its own section",
          "[typed]") {
  CHECK(meanings(revised("37 CFR 1.36(a)",
                         "See \u00a7 1.41(b), \u00a7 1.47 and \u00a7 3.73(b).",
                         "See \u00a7 3.73(c). Once more \u00a7 3.73(c).")) ==
        Meanings{"cross_reference: 37 CFR 3.73(b) -> 37 CFR 3.73(c) (neutral)",
                 "cross_reference: 37 CFR 1.41(b) ->  (unclear)",
                 "cross_reference: 37 CFR 1.47 ->  (unclear)"});
  CHECK(revised("37 CFR 1.36(a)", "See \u00a7 1.63.", "See \u00a7 1.63 and again \u00a7 1.63.")
            .typed.empty());
}

TEST_CASE("dates are told apart when more came than went", "[typed]") {
  CHECK(meanings(revised("15 CFR 744.11(a)",
                         "Valid until June 30, 2026.",
                         "Valid from July 1, 2026 until June 30, 2027.")) ==
        Meanings{"date: 2026-06-30 ->  (unclear)",
                 "date:  -> 2026-07-01 (unclear)",
                 "date:  -> 2027-06-30 (unclear)"});
}

TEST_CASE("words after the pointer to the list extend the scope", "[typed]") {
  const std::string head = "3B001 Equipment, as follows (see List of Items Controlled)";
  CHECK(meanings(revised("ECCN 3B001 / heading",
                         head + ".",
                         head + " and components therefor.",
                         NodeKind::heading)) ==
        Meanings{"scope:  -> and components therefor (tightened)"});
  CHECK(meanings(revised("ECCN 3B001 / heading",
                         head + " and components therefor.",
                         head + " and parts therefor.",
                         NodeKind::heading)) ==
        Meanings{"scope: and components therefor -> and parts therefor (unclear)"});
}

TEST_CASE("other words of a heading are scope without a direction, labels are not", "[typed]") {
  CHECK(meanings(revised("ECCN 9A012 / heading",
                         "9A012 Non-military vehicles (see List of Items Controlled).",
                         "9A012 Vehicles (see List of Items Controlled).",
                         NodeKind::heading)) ==
        Meanings{"scope: 9A012 Non-military vehicles (see List of Items Controlled) -> 9A012 "
                 "Vehicles (see List of Items Controlled) (unclear)"});
  CHECK(meanings(revised("ECCN 9A012 / Special Conditions for STA",
                         "Special conditions for STA",
                         "Special Conditions for STA",
                         NodeKind::heading)) ==
        Meanings{"nomenclature: conditions -> Conditions (neutral)"});
}

TEST_CASE("review policies in prose have a direction only where it is certain", "[typed]") {
  CHECK(meanings(revised("15 CFR 742.4(b)(2)",
                         "Applications meet a presumption of denial.",
                         "Applications are reviewed case-by-case.")) ==
        Meanings{"review_policy: presumption of denial -> case-by-case review (loosened)"});
  CHECK(
      revised("15 CFR 742.4(b)(2)", "See \u00a7 742.6.", "See \u00a7 742.6 there.").typed.empty());
}

TEST_CASE("plain rewording has no type", "[typed]") {
  CHECK(revised("15 CFR 744.11(a)", "You must not ship.", "You may not ship.").typed.empty());
  CHECK(change(ChangeKind::redesignated, "15 CFR 744.11(b)", "5 nm or less", "5 nm or less")
            .typed.empty());
}

TEST_CASE("what takes out, saves or bars turns the sign of what comes or goes", "[typed]") {
  struct Row {
    const char* at;
    const char* before;
    const char* after;
    const char* direction;
  };

  const auto row = GENERATE(values<Row>({
      {"15 CFR 744.23(a)(5)",
       "(5) Exclusion. Items for storage rooms do not apply to this paragraph.",
       "(5) [Reserved]",
       "tightened"},
      {"15 CFR 740.20(b)(2)(vi)",
       "(vi) [Reserved]",
       "(vi) License Exception STA may not be used for pumps.",
       "tightened"},
      {"15 CFR 742.6(a)(1)",
       "(1) A license is required for pumps, except those for dairies.",
       "(1) A license is required for pumps.",
       "tightened"},
      {"15 CFR 742.6(a)(1)",
       "(1) A license is required for pumps, unless they are for dairies.",
       "(1) A license is required for pumps.",
       "tightened"},
      {"15 CFR 742.6(a)(1)",
       "(1) A license is required for pumps.",
       "(1) A license is not required for pumps.",
       "loosened"},
      {"15 CFR 742.6(a)(1)",
       "(1) A license is required for items in ECCN 3B001.a, c, or d.",
       "(1) A license is required for items in ECCN 3B001.a, b, c, or d.",
       "tightened"},
      {"15 CFR 744.3(a)",
       "(a) No person may export a pump with a leak rate below 5 pascal without a license.",
       "(a) No person may export a pump with a leak rate below 20 pascal without a license.",
       "tightened"},
      {"15 CFR 744.6(b)",
       "(b) You may not ship a pump without a license where its rate exceeds 80 pascal.",
       "(b) You may not ship a pump without a license where its rate exceeds 65 pascal.",
       "tightened"},
      {"15 CFR 744.6(a)(1)", "(1) Valves or pumps for mines.", "(1) Valves for mines.", "loosened"},
      {"ECCN 3B001.d.9",
       "d.9. Growth using a lamp and a shutter;",
       "d.9. Growth using a lamp;",
       "tightened"},
      {"ECCN 3B001.d.9",
       "d.9. Ovens not specified in 3B001.b with a bore of less than 40 mm;",
       "d.9. Ovens not specified in 3B001.b with a bore of less than 60 mm;",
       "tightened"},
      {"ECCN 3B001 / IEC",
       "IEC: Yes, for 3B001.a, b, and .q, see part 740",
       "IEC: Yes, for 3B001.q, see part 740",
       "tightened"},
      {"15 CFR 740.8(c)",
       "(c) At least ten days prior to exports you must provide notice.",
       "(c) At least thirty days prior to exports you must provide notice.",
       "tightened"},
      {"15 CFR 740.8(c)",
       "(c) The authorization shall expire on May 1, 2027.",
       "(c) The authorization shall expire on July 1, 2027.",
       "loosened"},
  }));
  const auto directed = [&](const char* before, const char* after) {
    std::set<std::string> result;
    const auto kind =
        cite(row.at).kind() == CitationKind::eccn ? NodeKind::item : NodeKind::paragraph;
    for (const auto& typed : revised(row.at, before, after, kind).typed) {
      if (typed.direction == Direction::tightened || typed.direction == Direction::loosened) {
        result.emplace(to_string(typed.direction));
      }
    }
    return result;
  };
  INFO(row.before << " -> " << row.after);
  const std::string reversed = row.direction == std::string("tightened") ? "loosened" : "tightened";
  CHECK(directed(row.before, row.after) == std::set<std::string>{row.direction});
  CHECK(directed(row.after, row.before) == std::set<std::string>{reversed});
}

TEST_CASE("a remark between commas neither widens nor narrows for certain", "[typed]") {
  const auto words = GENERATE(", as defined in § 772.1 of the EAR,",
                              ", in accordance with part 748 of the EAR,",
                              ", for purposes of this part,",
                              ", which are described in the supplement,");
  const std::string after =
      "(a) A license is required for pumps" + std::string(words) + " to all destinations.";
  INFO(after);
  for (const auto& typed :
       revised("15 CFR 742.6(a)", "(a) A license is required for pumps to all destinations.", after)
           .typed) {
    CHECK(typed.direction == Direction::unclear);
  }
}

TEST_CASE("a paragraph that ends in [Reserved] and says something beside it is unclear",
          "[typed]") {
  const Change change = revised("ECCN 3B001.c",
                                "c. Masks of step 4; or",
                                "c. Masks of the kind that is [Reserved]",
                                NodeKind::item);
  CHECK(meanings(change) == Meanings{"conjunction: or ->  (neutral)",
                                     "scope: step 4; or -> the kind that is [Reserved] (unclear)"});
}

TEST_CASE("an entry that vanished has moved where one new entry has its heading", "[typed]") {
  const auto list = [](std::initializer_list<std::pair<const char*, std::string>> entries) {
    Unit unit;
    unit.id = cite("Supplement No. 1 to Part 774");
    for (const auto& [number, text] : entries) {
      Node entry;
      entry.kind = NodeKind::entry;
      entry.designator = number;
      entry.text = number + (" " + text);
      unit.root.children.push_back(std::move(entry));
    }
    return std::vector<Unit>{std::move(unit)};
  };
  const std::string text = "Lenses and mirrors for scanners of masks.";
  const auto told = [&](const std::vector<Unit>& after) {
    const auto before = list({{"6A994", text}, {"6A995", "Lasers."}});
    Change gone = removed("ECCN 6A994", "6A994 " + text, NodeKind::entry);
    diff::type_change(gone, diff::Law(before, after));
    return gone.typed.empty() ? std::string() : gone.typed.front().after;
  };
  CHECK(told(list({{"6A904", text}, {"6A995", "Lasers."}})) == "6A904");
  CHECK(told(list({{"6A904", text}, {"6A905", text}})).empty());
  CHECK(told(list({{"6A904", "Lenses."}, {"6A995", "Lasers."}})).empty());
}

TEST_CASE("the word between two conditions goes with the lead above them", "[typed]") {
  const auto law = [](const std::string& lead, const std::string& joint) {
    Unit unit;
    unit.id = cite("15 CFR 744.99");
    Node list;
    list.kind = NodeKind::paragraph;
    list.designator = "(a)";
    list.text = "(a) A license is required if " + lead + " of the following apply:";
    for (const char* designator : {"(1)", "(2)"}) {
      Node member;
      member.kind = NodeKind::paragraph;
      member.designator = designator;
      member.text = std::string(designator) + " You know of it; " + joint;
      list.children.push_back(std::move(member));
    }
    unit.root.children.push_back(std::move(list));
    return std::vector<Unit>{std::move(unit)};
  };
  const auto told = [&](const std::string& lead, const std::string& now) {
    const auto before = law("all", "and");
    const auto after = law(lead, now);
    Change change =
        revised("15 CFR 744.99(a)(1)", "(1) You know of it; and", "(1) You know of it; " + now);
    diff::type_change(change, diff::Law(before, after));
    REQUIRE(change.typed.size() == 1);
    return change.typed.front().direction;
  };
  CHECK(told("any", "or") == Direction::tightened);
  CHECK(told("all", "or") == Direction::unclear);
}

TEST_CASE("a bar that became a permission is loosened, a possibility that is denied says nothing",
          "[typed]") {
  struct Row {
    const char* bar;
    const char* permission;
    Direction direction;
  };

  const auto row = GENERATE(values<Row>({
      {"You may not reexport lenses to Country Group D:5.",
       "You may reexport lenses to Country Group D:5.",
       Direction::loosened},
      {"Spare parts may not be exported under this paragraph.",
       "Spare parts may be exported under this paragraph.",
       Direction::loosened},
      {"BIS may not release the file.", "BIS may release the file.", Direction::unclear},
      {"You may not proceed until a number is given.",
       "You may proceed until a number is given.",
       Direction::unclear},
      {"The rule may not be available.", "The rule may be available.", Direction::unclear},
  }));
  INFO(row.bar);
  const auto told = [](const char* before, const char* after) {
    const auto typed = revised("15 CFR 740.99(a)", before, after).typed;
    return typed.empty() ? Direction::unclear : typed.front().direction;
  };
  CHECK(told(row.bar, row.permission) == row.direction);
  CHECK(told(row.permission, row.bar) ==
        (row.direction == Direction::unclear ? Direction::unclear : Direction::tightened));
}

TEST_CASE("a cap on what is allowed loosens when it is raised", "[typed]") {
  CHECK(meanings(revised("15 CFR 740.99(a)",
                         "The value of all orders may not exceed 12 times the limit.",
                         "The value of all orders may not exceed 20 times the limit.")) ==
        Meanings{"threshold: <= 12 -> <= 20 (loosened)"});
}

TEST_CASE("a period has a direction where a duty or a validity lasts for it", "[typed]") {
  CHECK(meanings(revised("15 CFR 762.99(a)",
                         "The exporter must keep the record for two years.",
                         "The exporter must keep the record for three years.")) ==
        Meanings{"threshold: = 2 years -> = 3 years (tightened)"});
  CHECK(meanings(revised("15 CFR 762.99(a)",
                         "Records shall be retained for six months.",
                         "Records shall be retained for one year.")) ==
        Meanings{"threshold: = 6 months -> = 1 year (tightened)"});
  CHECK(meanings(revised("15 CFR 750.99(a)",
                         "An approval is valid for four years.",
                         "An approval is valid for two years.")) ==
        Meanings{"threshold: = 4 years -> = 2 years (tightened)"});
  CHECK(meanings(revised("15 CFR 750.99(a)",
                         "A party with no fault in two years.",
                         "A party with no fault in five years.")) ==
        Meanings{"threshold: = 2 years -> = 5 years (unclear)"});
  CHECK(meanings(revised("15 CFR 762.99(a)",
                         "BIS must keep the record for two years.",
                         "BIS must keep the record for three years.")) ==
        Meanings{"threshold: = 2 years -> = 3 years (unclear)"});
}

TEST_CASE("a period that is granted or barred goes with the grant or the bar", "[typed]") {
  CHECK(meanings(revised("15 CFR 740.99(a)",
                         "Tools may be used abroad for a period not exceeding one year.",
                         "Tools may be used abroad for a period not exceeding two years.")) ==
        Meanings{"threshold: <= 1 year -> <= 2 years (loosened)"});
  CHECK(meanings(revised("15 CFR 740.99(a)",
                         "Tools may be used abroad for a period not exceeding one year.",
                         "Tools may be used abroad for a period not exceeding six months.")) ==
        Meanings{"threshold: <= 1 year -> <= 6 months (tightened)"});
  CHECK(meanings(revised("15 CFR 740.99(a)",
                         "A tool may not be shown for longer than 120 days.",
                         "A tool may not be shown for longer than 60 days.")) ==
        Meanings{"threshold: > 120 days -> > 60 days (tightened)"});
}

TEST_CASE("a country group beside another goes with what the sentence says of the list",
          "[typed]") {
  const auto told = [](const std::string& at, const char* before, const char* after) {
    const auto typed = revised(at, before, after).typed;
    REQUIRE(typed.size() == 1);
    return typed.front().direction;
  };
  CHECK(told("15 CFR 744.99(a)",
             "A license is required to export lenses to Country Group D:5.",
             "A license is required to export lenses to Country Group D:1 or D:5.") ==
        Direction::tightened);
  CHECK(told("15 CFR 744.99(a)",
             "A license is required for all countries other than Country Group A:5.",
             "A license is required for all countries other than Country Group A:5 or A:6.") ==
        Direction::loosened);
  CHECK(told("15 CFR 744.99(a)",
             "This list is kept for Country Group D:5.",
             "This list is kept for Country Group D:1 or D:5.") == Direction::unclear);
}
