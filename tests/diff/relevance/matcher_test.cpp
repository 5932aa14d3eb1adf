#include "tests/diff/relevance/support.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

using namespace regtrail;
using namespace regtrail::test;

namespace {

Category category(std::string id) {
  Category result;
  result.id = std::move(id);
  result.label_en = result.id;
  result.weight = 0.8;
  return result;
}

diff::Matcher matcher(std::vector<Category> categories) {
  Register source;
  source.categories = std::move(categories);
  return diff::Matcher(std::move(source));
}

double score(const diff::Matcher& matcher, std::string_view text, const std::string& at = "") {
  const auto hits = matcher.explain(text, at.empty() ? Citation() : cite(at));
  return hits.empty() ? 0.0 : hits.front().score;
}

diff::Matcher terms(std::vector<std::string> list) {
  auto one = category("one");
  one.terms_en = std::move(list);
  return matcher({one});
}

diff::Matcher japanese(std::vector<std::string> list) {
  auto one = category("one");
  one.terms_ja = std::move(list);
  return matcher({one});
}

} // namespace

TEST_CASE("English terms match whole words, plurals and any joint", "[relevance]") {
  CHECK(score(terms({"vacuum valve"}), "two Vacuum Valves here") > 0);
  CHECK(score(terms({"vacuum valve"}), "a vacuum-valve") > 0);
  CHECK(score(terms({"data center"}), "the datacenters of") > 0);
  CHECK(score(terms({"datacenter"}), "a data\u2011center") > 0);
  CHECK(score(terms({"lens"}), "two lenses") > 0);
  CHECK(score(terms({"fast valve"}), "fast valve(s) only") > 0);
  CHECK(score(terms({"etch"}), "fetch a sketch, stretched") == 0);
  CHECK(score(terms({"valve"}), "valvetrain") == 0);
  CHECK(score(terms({"vacuum valve"}), "in a vacuum; valves of") == 0);
  CHECK(score(terms({"specially designed"}), "\u201cspecially\u00a0designed\u201d parts") > 0);
  CHECK(score(terms({"10 26"}), "trained with 10^26 operations") > 0);
  CHECK(score(terms({"10 26"}), "Form 1026") == 0);
  CHECK(score(terms({"UPS"}), "put up some") == 0);
}

TEST_CASE("an acronym in lower case counts half", "[relevance]") {
  CHECK(score(terms({"FAR"}), "the FAR clause") == Approx(0.8));
  CHECK(score(terms({"FAR"}), "as far as") == Approx(0.4));
}

TEST_CASE("Japanese terms match through their spellings", "[relevance]") {
  CHECK(score(japanese({"センサー"}), "新しいセンサの規制") > 0);
  CHECK(score(japanese({"ウエハ"}), "ｳｪﾊの輸出") > 0);
  CHECK(score(japanese({"エンティティー・リスト"}), "エンティティリストに追加") > 0);
  CHECK(score(japanese({"AIの輸出"}), "AI の輸出") > 0);
  CHECK(score(japanese({"50%ルール"}), "５０％ルール") > 0);
  CHECK(score(japanese({"バルブ"}), "ﾊﾞﾙﾌﾞ") > 0);
  CHECK(score(japanese({"真空ポンプ"}), "真空バルブ") == 0);
}

TEST_CASE("a Japanese term inside a longer one of its category counts once", "[relevance]") {
  auto masks = category("masks");
  masks.terms_ja = {"EUV", "EUVマスク"};
  const auto hits = matcher({masks}).explain("EUVマスクの検査", Citation());
  REQUIRE(hits.size() == 1);
  REQUIRE(hits[0].reasons.size() == 1);
  CHECK(hits[0].reasons[0].words == "EUVマスク");
}

TEST_CASE("a category's hits do not depend on the other categories", "[relevance]") {
  const std::vector<Change> changes = {
      revised("ECCN 3B001.c.1.c.2",
              "c.1.c.2. Fast gas switching valves with a switching time below 300 ms;",
              "c.1.c.2. Fast gas switching valves with a switching time below 200 ms;",
              NodeKind::item),
      revised("15 CFR 742.4(b)(10)",
              "(10) Items described in paragraph (a)(5)(i) of this section: presumption of denial.",
              "(10) Items described in paragraph (a)(5)(i) of this section: policy of denial."),
      removed("Supplement No. 4 to Part 742 / Japan", "Japan"),
      added("15 CFR 740.2(a)(27)", "(27) The item is in ECCN 3B001.a.4, c, d, or 3B903."),
      added("15 CFR 750.3", "EUVマスクの検査装置とゲートバルブ、先端半導体"),
  };
  for (const auto& one : changes) {
    INFO(one.at.to_string());
    const auto together = shipped_matcher().match(one);
    for (const auto& category : shipped_register().categories) {
      Register alone;
      alone.rules = shipped_register().rules;
      alone.categories = {category};
      const auto hits = diff::Matcher(alone).match(one);
      const auto same = std::find_if(together.begin(), together.end(), [&](const Hit& hit) {
        return hit.category == category.id;
      });
      INFO(category.id);
      CHECK(hits == (same == together.end() ? std::vector<Hit>{} : std::vector<Hit>{*same}));
    }
  }
}

TEST_CASE("a place that the user wrote down hits, the nearer the higher", "[relevance]") {
  auto own = category("own");
  own.eccn = {"3B001.c.1.c"};
  own.cfr = {"742.4"};
  const auto one = matcher({own});
  const auto hit = [&one](const std::string& at, const std::string& text) {
    const auto hits = one.match(revised(at, text, text + " More."));
    return hits.empty() || hits[0].near ? 0.0 : hits[0].score;
  };
  const double very = hit("ECCN 3B001.c.1.c", "c. A tool.");
  const double inside = hit("ECCN 3B001.c.1.c.2", "c.1.c.2. A valve.");
  const double parent = hit("ECCN 3B001.c.1", "c.1. Having any of:");
  const double note = hit("ECCN 3B001 / Note 1", "Note 1: does not reach tools.");
  CHECK(very > inside);
  CHECK(inside > parent);
  CHECK(parent >= 0.6);
  CHECK(note >= 0.6);
  CHECK(hit("15 CFR 742.4(b)(5)", "(5) Kazakhstan and Mongolia.") >= 0.6);
}

TEST_CASE("what an entry says of all its items belongs to each of them", "[relevance]") {
  auto etch = category("etch");
  etch.eccn = {"3B001.c.1"};
  etch.evidence = "ecfr";
  const auto one = matcher({etch});
  const auto told = [&one](const std::string& at, const std::string& text) {
    const auto hits = one.match(revised(at, text, text + " More."));
    return !hits.empty() && !hits[0].near;
  };
  CHECK(told("ECCN 3B001 / heading", "3B001 Equipment for making semiconductors."));
  CHECK(told("ECCN 3B001 / LVS", "LVS: $500"));
  CHECK(told("ECCN 3B001 / License Requirements / AT: entire entry", "AT applies to entire entry"));
  CHECK(told("ECCN 3B001 / IEC", "IEC: Yes, for 3B001.c.1.a and q."));
  CHECK_FALSE(told("ECCN 3B001 / IEC", "IEC: Yes, for 3B001.a.4 and q."));
  CHECK(told("ECCN 3B001 / LVS", "LVS: $500, except 3B001.a.4 and f."));
  CHECK_FALSE(told("ECCN 3B001 / LVS", "LVS: $500, except 3B001.c and f."));
  CHECK_FALSE(told("ECCN 3B001 / License Requirements / NS: a.4, d", "NS applies to 3B001.a.4, d"));
  CHECK_FALSE(told("ECCN 3B001 / Related Controls", "See also 2B005."));
}

TEST_CASE("a paragraph concerns whom it names by entry or by paragraph", "[relevance]") {
  auto etch = category("etch");
  etch.eccn = {"3B001.c"};
  auto review = category("review");
  review.cfr = {"742.4(a)(5)"};
  const auto flagged = [](const Category& one, const std::string& before) {
    const auto hits =
        matcher({one}).match(revised("15 CFR 742.4(b)(10)", before, before + " Or not."));
    return !hits.empty() && !hits[0].near;
  };
  CHECK(flagged(etch, "(10) Items in 3B001.a.4, c, d or f.1 may be licensed."));
  CHECK_FALSE(flagged(etch, "(10) Items in 3B001.a.4, d or f.1 may be licensed."));
  CHECK(flagged(review, "(10) Items described in paragraph (a)(5)(i) of this section."));
  CHECK(flagged(review, "(10) Items of paragraphs (a)(4) through (5) of this section."));
  CHECK_FALSE(flagged(review, "(10) Items described in paragraph (a)(5) of supplement no. 1."));
}

TEST_CASE("what names nobody concerns all who watch the section, low", "[relevance]") {
  const auto flagged = [](const Change& change) {
    std::set<std::string> ids;
    for (const Hit& hit : shipped_matcher().match(change)) {
      if (!hit.near) {
        ids.insert(hit.category);
        CHECK(hit.severity <= 2);
      }
    }
    return ids;
  };
  const auto of_all = flagged(revised("15 CFR 744.23(c)",
                                      "(c) Exceptions. None may be used.",
                                      "(c) Exceptions. None may be used before May."));
  CHECK(of_all.count("lithography") == 1);
  CHECK(of_all.count("etching") == 1);
  CHECK(of_all.count("quantum") == 0);
  CHECK(flagged(change(ChangeKind::redesignated, "15 CFR 744.23(c)", "Same.", "Same.")).empty());
  // The same list as the paragraphs that are listed, or a paragraph or an entry of others.
  CHECK(flagged(revised("15 CFR 742.4(a)(2)", "(2) Vessels of war.", "(2) Ships of war.")).empty());
  CHECK(flagged(revised("15 CFR 742.4(b)(5)",
                        "(5) Items in paragraph (a)(2) of this section.",
                        "(5) All items in paragraph (a)(2) of this section."))
            .empty());
  CHECK(flagged(revised("15 CFR 742.4(b)(5)", "(5) Items in 8A620.", "(5) Any items in 8A620."))
            .empty());
  CHECK(flagged(revised("15 CFR 772.1 / Vessel", "A ship.", "A large ship.")).empty());
}

TEST_CASE("a user's own category is told of its own places only", "[relevance]") {
  auto own = category("own");
  own.cfr = {"744.23(a)(4)"};
  CHECK(matcher({own})
            .match(revised("15 CFR 744.23(c)", "(c) None may be used.", "(c) None may be had."))
            .empty());
}

TEST_CASE("a term in the clause of a changed figure counts fully", "[relevance]") {
  const auto valves = terms({"gate valve"});
  const auto flagged = [&valves](const std::string& before, const std::string& after) {
    const auto hits = valves.match(revised("15 CFR 744.99", before, after));
    return !hits.empty() && !hits[0].near;
  };
  CHECK(flagged("A gate valve that leaks less than 4 Pa.",
                "A gate valve that leaks less than 6 Pa."));
  CHECK_FALSE(flagged("A gate valve. A pump of less than 4 Pa.",
                      "A gate valve. A pump of less than 6 Pa."));
}

TEST_CASE("a plural of an acronym is the acronym", "[relevance]") {
  CHECK(score(terms({"GPU"}), "two GPUs") == Approx(0.8));
  CHECK(score(terms({"IC"}), "advanced ICs") == Approx(0.8));
}

TEST_CASE("a term in changed words counts fully, in unchanged ones half", "[relevance]") {
  const auto valves = terms({"gate valve", "gasket"});
  auto change = revised(
      "15 CFR 750.3", "(3) A gate valve with a rubber seal.", "(3) A gate valve with a gasket.");
  const auto hits = valves.match(change);
  REQUIRE(hits.size() == 1);
  const auto& reasons = hits[0].reasons;
  REQUIRE(reasons.size() == 2);
  CHECK(reasons[0].words == "gasket");
  CHECK(reasons[0].weight == Approx(0.8));
  CHECK(reasons[1].words == "gate valve");
  CHECK(reasons[1].weight == Approx(0.4));
  CHECK(reasons[0].at == "15 CFR 750.3");
}

TEST_CASE("a word script decides which words changed", "[relevance]") {
  auto change = revised("15 CFR 750.3", "new pump and old valve", "new pump and red valve");
  change.words = {{WordRun::Op::same, "new pump and "},
                  {WordRun::Op::removed, "old"},
                  {WordRun::Op::added, "red"},
                  {WordRun::Op::same, " valve"}};
  const auto hits = terms({"valve"}).match(change);
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].score == Approx(0.4));
  CHECK(hits[0].near);
}

TEST_CASE("what was removed counts like what was added", "[relevance]") {
  const auto hits =
      terms({"etcher"}).match(revised("15 CFR 750.3", "An etcher or tool.", "A tool."));
  REQUIRE(hits.size() == 1);
  CHECK_FALSE(hits[0].near);
}

TEST_CASE("a required context and a false positive decide", "[relevance]") {
  auto valves = category("valves");
  valves.terms_en = {"gate valve"};
  valves.require_any = {"wafer", "3B"};
  valves.false_positives = {"reactor"};
  const auto one = matcher({valves});
  CHECK(score(one, "a gate valve for wafers") == Approx(0.8));
  CHECK(score(one, "a gate valve") == 0);
  CHECK(score(one, "a gate valve", "ECCN 3B001.c") == Approx(0.8));
  CHECK(score(one, "a gate valve for wafers near a reactor") == Approx(0.4));
  std::string far = "a gate valve for wafers";
  for (int i = 0; i < 60; ++i) {
    far += " word";
  }
  CHECK(score(one, far + " reactor") == Approx(0.8));
  const auto hits = one.explain("a gate valve", Citation());
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].reasons.at(0).signal == Signal::required);
  CHECK(hits[0].reasons.at(0).weight < 0);
}

TEST_CASE("ECCN prefixes cover whole steps", "[relevance]") {
  auto etch = category("etch");
  etch.eccn = {"3B001.c"};
  const auto one = matcher({etch});
  CHECK(score(one, "text", "ECCN 3B001.c.1.a") == 1.0);
  CHECK(score(one, "text", "ECCN 3B001.c") == 1.0);
  CHECK(score(one, "text", "ECCN 3B001.d") == 0);
  CHECK(score(one, "text", "ECCN 3B002.c") == 0);
  CHECK(score(one,
              "NS applies to 3B001.a.4, c, d",
              "ECCN 3B001 / License Requirements / NS: a.4, c, d") == 1.0);
  CHECK(score(one,
              "NS applies to 3B001.a.4, d",
              "ECCN 3B001 / License Requirements / NS: a.4, d") == 0);
  CHECK(score(one,
              "NS Column 1.",
              "ECCN 3B001 / License Requirements / NS: a.4, c, d / Country Chart") == 1.0);
  CHECK(score(one, "see 3B001.c.2 for tools", "15 CFR 742.4(a)(4)") == Approx(0.7));
}

TEST_CASE("sections are hit by place, references to them only hint", "[relevance]") {
  auto jurisdiction = category("jurisdiction");
  jurisdiction.cfr = {
      "734.9(k)", "742 Supp. 4", "772.1 specially designed", "19 CFR", "48 CFR 1-53"};
  const auto one = matcher({jurisdiction});
  CHECK(score(one, "text", "15 CFR 734.9(k)(2)") == Approx(0.6));
  CHECK(score(one, "text", "15 CFR 734.9(j)") == 0);
  CHECK(score(one, "Japan", "Supplement No. 4 to Part 742 / Japan") == Approx(0.6));
  CHECK(score(one, "text", "15 CFR 772.1 / Specially designed") == Approx(0.6));
  CHECK(score(one, "text", "15 CFR 772.1 / Software") == 0);
  CHECK(score(one, "text", "19 CFR 10.1") == Approx(0.6));
  CHECK(score(one, "text", "48 CFR 52.204") == Approx(0.6));
  CHECK(score(one, "text", "48 CFR 201.1") == 0);
  CHECK(score(one, "as in \u00a7 734.9(k)", "15 CFR 740.2") == Approx(0.3));
}

TEST_CASE("tariff codes are hints only", "[relevance]") {
  auto goods = category("goods");
  goods.terms_en = {"never"};
  goods.hs = {"8486.20"};
  const auto hits = matcher({goods}).explain("code 8486.20 in the list", Citation());
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].score == Approx(0.3));
  CHECK(hits[0].reasons.at(0).signal == Signal::hs);
}

TEST_CASE("a hit's id depends on change and category and on nothing else", "[relevance]") {
  const auto valves = terms({"gate valve"});
  auto change = added("15 CFR 750.3", "A gate valve.");
  const auto first = valves.match(change);
  const auto second = valves.match(change);
  REQUIRE(first.size() == 1);
  CHECK(first[0].id.size() == 32);
  CHECK(first[0].id == second[0].id);
  change.id = "another";
  CHECK(valves.match(change)[0].id != first[0].id);
}

TEST_CASE("editorial changes and empty registers give no hits", "[relevance]") {
  auto change = revised("15 CFR 750.3", "A gate\u2013valve.", "A gate-valve.");
  CHECK(terms({"gate valve"}).match(change).empty());
  CHECK(matcher({}).match(added("15 CFR 750.3", "A gate valve.")).empty());
}

TEST_CASE("hostile texts and terms are only text", "[relevance]") {
  std::string text;
  for (int i = 0; i < 100000; ++i) {
    text += "a a\xff\xe3\x82 ";
  }
  CHECK(score(terms({"a a a a b", std::string(1, '\0'), "\xff"}), text) == 0);
}

TEST_CASE("ten thousand terms cost no more than one pass over the text", "[relevance]") {
  std::vector<std::string> list;
  for (int i = 0; i < 10000; ++i) {
    list.push_back("term number " + std::to_string(i * 7919 % 100003));
  }
  auto one = category("one");
  one.terms_en = list;
  const auto many = matcher({one});
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text += "A paragraph about term numbers and 3B001 tools. ";
  }
  CHECK(score(many, text + "Term number 7919 ends it.") > 0);
}
