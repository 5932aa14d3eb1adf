#include "tests/diff/relevance/support.hpp"
#include "tests/support/outline.hpp"

using namespace regtrail;
using namespace regtrail::test;

namespace {

struct Meaning {
  std::string type;
  std::string subject;
  std::string before;
  std::string after;
  Direction direction;

  friend bool operator==(const Meaning&, const Meaning&) = default;
};

std::ostream& operator<<(std::ostream& out, const Meaning& meaning) {
  return out << meaning.type << " of " << meaning.subject << ": " << meaning.before << " -> "
             << meaning.after << " (" << to_string(meaning.direction) << ")";
}

std::vector<Meaning> meanings(const Change& change) {
  std::vector<Meaning> result;
  for (const auto& typed : change.typed) {
    result.push_back({std::string(to_string(typed.type)),
                      typed.subject,
                      typed.before,
                      typed.after,
                      typed.direction});
    CHECK_FALSE(typed.rule.empty());
  }
  return result;
}

using Meanings = std::vector<Meaning>;
const std::string party =
    "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example Co., Ltd.";
const auto tightened = Direction::tightened;
const auto loosened = Direction::loosened;
const auto unclear = Direction::unclear;

std::string entity(const std::string& aliases, const std::string& addresses) {
  return "Example Co., Ltd., a.k.a., the following aliases:\n" + aliases + "\n\n " + addresses;
}

} // namespace

TEST_CASE("aliases and addresses of a party come and go one by one", "[typed]") {
  CHECK(meanings(revised(party,
                         entity("\u2014Exco.", "No. 1 Road, Beijing, China."),
                         entity("\u2014Exco; and\n\u2014Sampleco.", "No. 1 Road, Beijing, China."),
                         NodeKind::entry)) ==
        Meanings{{"entity", "alias", "", "Sampleco", tightened}});
  CHECK(meanings(revised(
            party,
            entity("\u2014Exco; and\n\u2014Sampleco.", "No. 1 Road, Beijing, China."),
            entity("\u2014Exco.", "No. 1 Road, Beijing, China; and No. 2 Road, Wuhan, China."),
            NodeKind::entry)) ==
        Meanings{{"entity", "alias", "Sampleco", "", loosened},
                 {"entity", "address", "", "No. 2 Road, Wuhan, China", tightened}});
  CHECK(meanings(revised(party,
                         entity("\u2014Exco.", "No. 1 Road, Beijing, China."),
                         entity("\u2014Exco.", "No. 3 Road, Beijing, China."),
                         NodeKind::entry)) == Meanings{{"entity",
                                                        "address",
                                                        "No. 1 Road, Beijing, China",
                                                        "No. 3 Road, Beijing, China",
                                                        unclear}});
  // The order of aliases is no change of law.
  CHECK(revised(party,
                entity("\u2014Exco; and\n\u2014Sampleco.", "No. 1 Road."),
                entity("\u2014Sampleco; and\n\u2014Exco.", "No. 1 Road."),
                NodeKind::entry)
            .typed.empty());
}

TEST_CASE("parties join and leave lists", "[typed]") {
  CHECK(meanings(added(party, "Example Co., Ltd., Beijing.", NodeKind::entry)) ==
        Meanings{{"entity", "party", "", "Example Co., Ltd.", tightened}});
  CHECK(meanings(removed(party, "Example Co., Ltd., Beijing.", NodeKind::entry)) ==
        Meanings{{"entity", "party", "Example Co., Ltd.", "", loosened}});
  CHECK(meanings(removed("Supplement No. 7 to Part 748 / China / Example Fab",
                         "Example Fab",
                         NodeKind::entry)) ==
        Meanings{{"entity", "party", "Example Fab", "", tightened}});
}

TEST_CASE("license requirements of a party compare by class and footnotes", "[typed]") {
  const std::string all = "For all items subject to the EAR. (See \u00a7 744.11 of the EAR)";
  const auto of = [](const std::string& before, const std::string& after) {
    return meanings(revised(party + " / License requirement", before, after, NodeKind::cell));
  };
  CHECK(of(all + " ^4", all + " ^4 ^5") == Meanings{{"license_requirement",
                                                     "license requirement",
                                                     "all items, footnote 4",
                                                     "all items, footnotes 4 and 5",
                                                     tightened}});
  CHECK(of(all + " ^4", all) == Meanings{{"license_requirement",
                                          "license requirement",
                                          "all items, footnote 4",
                                          "all items",
                                          loosened}});
  CHECK(of(all + " ^4", all + " ^5").at(0).direction == unclear);
  CHECK(
      of("For items on the CCL and listed in supplement no. 7 to part 746", all).at(0).direction ==
      tightened);
  CHECK(of(all, "All items subject to the EAR (See \u00a7 744.11).").empty());
}

TEST_CASE("review policies of a party follow their order", "[typed]") {
  const auto direction = [](const std::string& before, const std::string& after) {
    const auto typed =
        revised(party + " / License review policy", before, after, NodeKind::cell).typed;
    REQUIRE(typed.size() == 1);
    CHECK(typed[0].type == TypedChangeType::review_policy);
    return typed[0].direction;
  };
  CHECK(direction("Presumption of denial", "Case-by-case basis") == loosened);
  CHECK(direction("Presumption of denial", "Policy of denial") == tightened);
  CHECK(direction("Presumption of denial", "See \u00a7 744.2(d) of the EAR") == unclear);
}

TEST_CASE("license rows compare by paragraphs and by places", "[typed]") {
  const std::string row = "ECCN 3B001 / License Requirements / NS: a.4, c, d";
  const auto of = [&row](const std::string& before, const std::string& after) {
    return meanings(revised(row, before, after, NodeKind::row));
  };
  CHECK(of("NS applies to 3B001.a.4, c, d\nNS Column 2",
           "NS applies to 3B001.a.4, c to f\nNS Column 2") ==
        Meanings{
            {"license_requirement", "NS applies to", "a.4, c, d", "a.4, c, d, e, f", tightened}});
  CHECK(of("NS applies to 3B001.a.4, c, d\nNS Column 2",
           "NS applies to 3B001.a.4, c.1, d\nNS Column 2")
            .at(0)
            .direction == loosened);
  CHECK(of("NS applies to 3B001.c\nNS Column 2", "NS applies to 3B001.d\nNS Column 2")
            .at(0)
            .direction == unclear);
  CHECK(of("NS applies to entire entry\nNS Column 2", "NS applies to entire entry\nNS Column 1") ==
        Meanings{{"license_requirement", "NS destinations", "NS 2", "NS 1", unclear}});
  CHECK(of("NS applies to entire entry\nNS Column 2",
           "NS applies to entire entry\nWorldwide control. See \u00a7 742.4.")
            .at(0)
            .direction == tightened);
  CHECK(
      of("RS applies to 3B001.c\nTo or within Macau or a destination specified in Country Group "
         "D:5.",
         "RS applies to 3B001.c\nTo or within Macau or a destination specified in Country Group "
         "D:1 or D:5.") ==
      Meanings{
          {"license_requirement", "RS destinations", "Macau, D:5", "Macau, D:1, D:5", tightened}});
  CHECK(
      meanings(revised(row + " / Country Chart", "NS Column 1.", "NS Column 2.", NodeKind::cell)) ==
      Meanings{{"license_requirement", "NS destinations", "NS 1", "NS 2", unclear}});
  CHECK(meanings(added("ECCN 3B001 / License Requirements / RS: entire entry",
                       "RS applies to entire entry\nRS Column 1",
                       NodeKind::row)) ==
        Meanings{{"license_requirement", "RS applies to", "", "entire entry: RS 1", tightened}});
  CHECK(meanings(added("ECCN 3B001 / License Requirements / RS: f.1",
                       "RS applies to 3B001.f.1\nTo every destination with one exception",
                       NodeKind::row)) ==
        Meanings{{"license_requirement", "RS applies to", "", "f.1", tightened}});
}

TEST_CASE("license exceptions are money or an answer", "[typed]") {
  const auto of = [](const std::string& name, const std::string& before, const std::string& after) {
    return meanings(revised("ECCN 3B001 / " + name, before, after)).at(0);
  };
  CHECK(of("LVS", "LVS: $500", "LVS: $1,000") ==
        Meaning{"license_exception", "LVS", "$500", "$1,000", loosened});
  CHECK(of("LVS", "LVS: $5,000", "LVS: N/A") ==
        Meaning{"license_exception", "LVS", "$5,000", "N/A", tightened});
  CHECK(of("GBS", "GBS: N/A", "GBS: Yes, except a.3") ==
        Meaning{"license_exception", "GBS", "N/A", "Yes, except a.3", loosened});
  CHECK(of("GBS", "Yes, except a.3", "Yes, except a.3 and b").direction == unclear);
  CHECK(of("STA",
           "STA: License Exception STA may not be used to ship b.",
           "STA: License Exception STA may not be used to ship b or c.")
            .direction == tightened);
}

TEST_CASE("a line that bars an exception tightens when it comes", "[typed]") {
  const std::string bar = "STA: License Exception STA may not be used to ship b.";
  CHECK(added("ECCN 3B001 / STA", bar).typed.at(0).direction == tightened);
  CHECK(removed("ECCN 3B001 / STA", bar).typed.at(0).direction == loosened);
}

TEST_CASE("quotation marks in a license row are told", "[typed]") {
  const auto typed = revised("ECCN 9A012 / License Requirements / MT: UAVs",
                             "MT applies to UAVs of long range\nMT Column 1",
                             "MT applies to \u201cUAVs\u201d of long range\nMT Column 1",
                             NodeKind::row)
                         .typed;
  REQUIRE(typed.size() == 1);
  CHECK(typed[0].type == TypedChangeType::quotation);
}

TEST_CASE("chart marks and country groups have the direction of their list", "[typed]") {
  const auto of = [](const std::string& at, const std::string& before, const std::string& after) {
    const auto typed = revised(at, before, after, NodeKind::cell).typed;
    REQUIRE(typed.size() == 1);
    CHECK(typed[0].type == TypedChangeType::country);
    return typed[0].direction;
  };
  CHECK(of("Supplement No. 1 to Part 738 / Japan / RS 2", "", "X") == tightened);
  CHECK(of("Supplement No. 1 to Part 738 / Japan / RS 2", "X", "") == loosened);
  CHECK(of("Supplement No. 1 to Part 738 / Cuba / RS 2", "X", "") == unclear);
  CHECK(of("Supplement No. 1 to Part 740 / Country Group A / Japan / [A:5]", "X", "") == tightened);
  CHECK(of("Supplement No. 1 to Part 740 / Country Group D / Examplia / [D:1] National Security",
           "",
           "X") == tightened);
  CHECK(of("Supplement No. 1 to Part 740 / Country Group D / Examplia / [D:5]", "X", "") ==
        loosened);
  const auto japan = removed("Supplement No. 4 to Part 742 / Japan", "Japan").typed;
  REQUIRE(japan.size() == 1);
  CHECK(japan[0].direction == tightened);
  CHECK(japan[0].before == "Japan");
}

TEST_CASE("a country that joins a list of another title has the direction of its heading",
          "[typed]") {
  const auto direction = [](const std::string& heading, ChangeKind kind, const std::string& text) {
    const auto unit = tests::outline("Appendix C to Part 110\n  heading: Appendix C to Part 110-" +
                                     heading + "\n  row " + text + ": " + text + "\n");
    Change change;
    change.kind = kind;
    change.node_kind = NodeKind::row;
    change.at = unit[0].id.child({Step::Kind::named, text, 1});
    (kind == ChangeKind::added ? change.after : change.before) = text;
    diff::type_change(change, {unit, unit});
    return change.typed.empty() ? std::string("none")
                                : std::string(to_string(change.typed[0].type)) + " " +
                                      std::string(to_string(change.typed[0].direction));
  };
  CHECK(direction("Authorized Destinations", ChangeKind::added, "Peru") == "country loosened");
  CHECK(direction("Authorized Destinations", ChangeKind::removed, "Peru") == "country tightened");
  CHECK(direction("Embargoed Countries", ChangeKind::added, "Peru") == "country tightened");
  CHECK(direction("Countries", ChangeKind::added, "Peru") == "country unclear");
  CHECK(direction("Authorized Forms", ChangeKind::added, "Peru") == "none");
  CHECK(direction("Authorized Destinations", ChangeKind::added, "Peru. See part 1.") == "none");
}

TEST_CASE("a country group newly named in text is told without a direction", "[typed]") {
  const auto typed =
      revised("15 CFR 744.6(c)", "to Country Group D:1", "to Country Groups D:1 or D:4").typed;
  REQUIRE(typed.size() == 1);
  CHECK(typed[0].type == TypedChangeType::country);
  CHECK(typed[0].after == "D:4");
  CHECK(typed[0].direction == unclear);
}
