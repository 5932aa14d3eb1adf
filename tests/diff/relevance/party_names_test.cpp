#include "diff/relevance/matcher.hpp"
#include "diff/relevance/party_names.hpp"
#include "tests/diff/relevance/support.hpp"

using namespace regtrail;
using namespace regtrail::test;
using diff::PartyNames;

namespace {

Party party(std::string id, std::vector<std::string> names) {
  Party result;
  result.id = std::move(id);
  result.names = std::move(names);
  return result;
}

/// "exact", "folded", "near 3", "none".
std::string likeness(const std::string& own, const std::string& printed) {
  const std::vector<Party> parties{party("p", {own})};
  const auto found = PartyNames(parties).find(printed);
  if (found.empty()) {
    return "none";
  }
  const std::string word(to_string(found.front().likeness));
  return word == "near" ? word + ' ' + std::to_string(found.front().distance) : word;
}

} // namespace

TEST_CASE("names are alike exactly, but for form, or but for a few letters",
          "[relevance][parties]") {
  struct Row {
    const char* own;
    const char* printed;
    const char* likeness;
  };

  const auto row = GENERATE(values<Row>({
      {"Lattice Weaver GmbH", "Lattice Weaver GmbH", "exact"},
      {"Lattice  Weaver GmbH", "Lattice Weaver GmbH", "exact"},
      {"LATTICE WEAVER", "Lattice Weaver GmbH", "folded"},
      {"Lattice Weaver Co Ltd", "Lattice Weaver Company, Limited", "folded"},
      {"Morikawa Seiko Kabushiki Kaisha", "Morikawa Seiko K.K.", "folded"},
      {"森川精工株式会社", "森川精工", "folded"},
      {"株式会社モリカワ", "(株)モリカワ", "folded"},
      {"Ｍｏｒｉｋａｗａ Seiko", "Morikawa Seiko Co., Ltd.", "folded"},
      {"Dong Fang Lu Opto-Electronics Equip.",
       "Dongfanglu Optoelectronics Equipment Co., Ltd.",
       "folded"},
      {"Weaver & Sons Trdg (Pte) Ltd", "Weaver and Sons Trading Pte. Ltd.", "folded"},
      {"M\u00fcllerberg Pr\u00e4zision AG", "Mullerberg Prazision", "folded"},
      {"Xi\u2019nuo Tech", "Xinuo Technology Co.,Ltd", "folded"},
      {"Quiltbrook Semicon. Inds. Corp.",
       "Quiltbrook Semiconductor Industry Corporation",
       "folded"},
      {"Limited Liability Company Volgaprom", "Volgaprom OOO", "folded"},
      {"Quiltbroock Lenses Inc", "Quiltbrook Lenses, Inc.", "near 1"},
      {"Quiltbrook (Suzhou) Lenses", "Suzhou Quiltbrook Lenses Co., Ltd.", "near 0"},
      {"Quiltbrook Electronic Information Ind.", "Quiltbrook Electronic Information", "near 8"},
      // Numbers have to agree, and a short name by itself is nobody's.
      {"Quiltbrook 13th Institute", "Quiltbrook 14th Institute", "none"},
      {"Zeno Trading", "Zena Trading", "none"},
      {"Shanghai Trading Technology", "Beijing Trading Technology", "none"},
      {"Brookfield Optics", "Bradfield Optics", "none"},
      {"Beijing Quiltbrook Trading", "Beijing Weaver Trading", "none"},
  }));
  INFO(row.own << " | " << row.printed);
  CHECK(likeness(row.own, row.printed) == row.likeness);
  CHECK(likeness(row.printed, row.own) == row.likeness);
}

TEST_CASE("a name with d.b.a. is two names, an owner is told as an owner", "[relevance][parties]") {
  auto one = party("p", {"Quiltbrook Tech Co Ltd d.b.a. QBT"});
  one.owners.push_back({"Weaver Holdings Ltd.", 51.0});
  const std::vector<Party> parties{one};
  const PartyNames names(parties);
  REQUIRE(names.find("QBT").size() == 1);
  CHECK(names.find("Quiltbrook Technology").front().likeness == NameLikeness::folded);
  const auto owner = names.find("Weaver Holding");
  REQUIRE(owner.size() == 1);
  CHECK(owner.front().by_owner);
  CHECK(owner.front().own == "owner Weaver Holdings Ltd. (51 %)");
}

TEST_CASE("an address is the same where its numbers and most of its words are",
          "[relevance][parties]") {
  auto one = party("p", {"Quiltbrook"});
  one.address = "Rm 1204, 12/F Harbour Bldg, 88 Example Rd, Kowloon, Hong Kong";
  const std::vector<Party> parties{one};
  const PartyNames names(parties);
  CHECK(names.find_address("Room 1204, 12th Floor, Harbour Building, 88 Example Road, Kowloon")
            .size() == 1);
  CHECK(names.find_address("Room 1205, 12th Floor, Harbour Building, 88 Example Road, Kowloon")
            .empty());
  CHECK(names.find_address("Room 1204, 12/F Lakeside Tower, 88 Other Street, Macau").empty());
}

TEST_CASE("names stand in running text as whole names", "[relevance][parties]") {
  const std::vector<Party> parties{party("two", {"Lattice Weaver Co., Ltd."}),
                                   party("one", {"Quiltbrook Inc."})};
  const PartyNames names(parties);
  const auto found =
      names.find_in_text("Licenses of LatticeWeaver Company Limited, of Shanghai, are revoked.");
  REQUIRE(found.size() == 1);
  CHECK(found.front().party == 0);
  CHECK(found.front().words == "LatticeWeaver Company Limited");
  CHECK(names.find_in_text("The Quiltbrook works.").size() == 1);
  CHECK(names.find_in_text("a quiltbrook of the usual kind").empty());
  CHECK(names.find_in_text("Lattice Weavers and Quiltbrooks").empty());
}

TEST_CASE("a party is reached by what its entry of a list does, with the weight of it",
          "[relevance][parties]") {
  Register source;
  source.parties.push_back(party("weaver", {"Lattice Weaver (SH) Equip. Co Ltd"}));
  source.parties.back().country = "CN";
  const diff::Matcher matcher(source);
  const std::string list = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / ";
  const std::string cells =
      "\nFor all items subject to the EAR. (See \u00a7 744.11 of the EAR)\nPresumption of "
      "denial\n91 FR 70011, 10/21/26.";
  const auto one = [&](const Change& change) {
    const auto hits = matcher.match(change);
    REQUIRE(hits.size() == 1);
    CHECK(hits.front().entry == EntryKind::party);
    CHECK(hits.front().category == "weaver");
    CHECK_FALSE(hits.front().near);
    return hits.front();
  };
  SECTION("added under its alias") {
    const auto hit =
        one(added(list + "Example Holdings",
                  "Example Holdings, a.k.a., the following one alias:\n\u2014Lattice Weaver (SH) "
                  "Equipment Co., Ltd.\n5 Example Road, Shanghai, China." +
                      cells,
                  NodeKind::entry));
    CHECK(hit.severity == 5);
    REQUIRE(hit.reasons.size() == 1);
    CHECK(hit.reasons[0].signal == Signal::party);
    CHECK(hit.reasons[0].words == "Lattice Weaver (SH) Equipment Co., Ltd.");
    CHECK(hit.reasons[0].own == "Lattice Weaver (SH) Equip. Co Ltd");
    CHECK(hit.reasons[0].likeness == NameLikeness::folded);
  }
  SECTION("an alias that comes is a party that comes") {
    const auto hit = one(revised(list + "Example Holdings",
                                 "Example Holdings, a.k.a., the following one alias:\n\u2014EH.\n5 "
                                 "Example Road, Shanghai, China.",
                                 "Example Holdings, a.k.a., the following two aliases:\n\u2014EH; "
                                 "and\n\u2014Lattice Weaver (SH) "
                                 "Equipment Co., Ltd.\n5 Example Road, Shanghai, China.",
                                 NodeKind::entry));
    CHECK(hit.severity == 5);
  }
  SECTION("removed") {
    const auto hit =
        one(removed(list + "Lattice Weaver (SH) Equipment",
                    "Lattice Weaver (SH) Equipment, 5 Example Road, Shanghai, China." + cells,
                    NodeKind::entry));
    CHECK(hit.severity >= 2);
    CHECK(hit.severity <= 4);
  }
  SECTION("a typing error in its requirement is no alarm") {
    const auto hit = one(revised(list + "Lattice Weaver (SH) Equipment / License requirement",
                                 "For all items subject to the EAR.",
                                 "For all itmes subject to the EAR.",
                                 NodeKind::cell));
    CHECK(hit.severity <= 2);
  }
  SECTION("another country is said by the score, not hidden") {
    const std::string elsewhere =
        "Supplement No. 4 to Part 744 / MALAYSIA / Lattice Weaver (SH) Equipment";
    const std::string text =
        "Lattice Weaver (SH) Equipment, 5 Example Road, Kuala Lumpur, Malaysia.";
    const auto there = one(added(elsewhere, text + cells, NodeKind::entry));
    const auto here =
        one(added(list + "Lattice Weaver (SH) Equipment", text + cells, NodeKind::entry));
    CHECK(there.score < here.score);
    CHECK(there.severity == 5);
  }
}
