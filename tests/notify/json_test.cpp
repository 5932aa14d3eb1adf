#include "notify/render/json.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace regtrail;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> out;
  for (const auto& [key, value] : object.items()) {
    out.push_back(key);
  }
  return out;
}

using Keys = std::vector<std::string>;

} // namespace

TEST_CASE("a diff is one object with the keys of the contract in its order", "[notify]") {
  const Json out = Json::parse(render::diff_json(test::section_diff()));
  CHECK(keys(out) ==
        Keys{"schema", "before", "after", "changes", "notes", "status", "not_understood"});
  CHECK(
      out["before"].dump() ==
      R"({"unit":"15 CFR 744.23","date":"2026-06-02","sha256":"1111111111111111111111111111111111111111111111111111111111111111"})");
  CHECK(keys(out["changes"][0]) == Keys{"id",
                                        "kind",
                                        "at",
                                        "was",
                                        "before",
                                        "after",
                                        "words",
                                        "typed",
                                        "cause",
                                        "causes",
                                        "group",
                                        "divided_into"});
}

TEST_CASE("a revision carries its words as pairs and its typed meaning", "[notify]") {
  const Json change = Json::parse(render::diff_json(test::section_diff()))["changes"][0];
  CHECK(change["kind"] == "revised");
  CHECK(change["at"] == "15 CFR 744.23(a)(2)(iii)");
  CHECK(change["was"].is_null());
  CHECK(
      change["words"].dump() ==
      R"([["=","(iii) Logic circuits of a node of "],["-","16"],["+","18"],["="," nanometers or less;"]])");
  CHECK(
      change["typed"].dump() ==
      R"([{"type":"threshold","subject":"node","before":"<= 16 nm","after":"<= 18 nm","direction":"tightened","rule":"a higher upper bound catches more items"}])");
  CHECK(
      change["cause"].dump() ==
      R"({"document":"2026-16628","citation":"91 FR 52501","confidence":0.93,"evidence":["cita","page_range"],"instruction":null})");
  CHECK(change["causes"].dump() == "[]");
}

TEST_CASE("several causes are all listed and the newest stands for them", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.changes[0].causes.push_back({"2024-28270", "89 FR 96790", 0.9, {CauseEvidence::cita}});
  const Json change = Json::parse(render::diff_json(diff))["changes"][0];
  CHECK(change["cause"]["document"] == "2026-16628");
  REQUIRE(change["causes"].size() == 2);
  CHECK(change["causes"][1]["citation"] == "89 FR 96790");
}

TEST_CASE("the absent side of an added node is null and a redesignation names where it was",
          "[notify]") {
  const Json changes = Json::parse(render::diff_json(test::section_diff()))["changes"];
  CHECK(changes[1]["before"].is_null());
  CHECK(changes[1]["after"] ==
        "(5) Items for the testing of packages:\n(i) Probes;\n(ii) Sockets.");
  CHECK(changes[2]["was"] == "15 CFR 744.23(a)(5)");
  CHECK(changes[2]["before"] == changes[2]["after"]);
  CHECK(changes[3]["cause"].is_null());
}

TEST_CASE("notes and status events keep their own lists", "[notify]") {
  const Json out = Json::parse(render::diff_json(test::section_diff()));
  CHECK(keys(out["notes"][0]) == Keys{"at", "field", "before", "after"});
  CHECK(out["notes"][0]["field"] == "cita");
  CHECK(out["status"].dump() ==
        R"([{"at":"15 CFR 744.21","event":"stayed","date":"2025-11-10","until":"2026-11-09"}])");
}

TEST_CASE("an unknown date and an absent side are null", "[notify]") {
  DiffResult diff;
  diff.before.unit = "old.xml";
  diff.after.unit = "new.xml";
  const Json out = Json::parse(render::diff_json(diff));
  CHECK(out["before"]["date"].is_null());
  CHECK(out["before"]["sha256"].is_null());
}

TEST_CASE("bytes that are not UTF-8 do not break the output", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.changes[0].before = "caf\xE9 \xFF";
  diff.changes[0].words = {{WordRun::Op::removed, "caf\xE9"}};
  const Json out = Json::parse(render::diff_json(diff));
  CHECK(out["changes"][0]["before"] == "caf\xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST_CASE("a history names every version, newest first, and what is pending", "[notify]") {
  History history;
  history.citation = test::cite("3B001.c.1.c");
  HistoryEntry current;
  current.from = Date(2026, 8, 13);
  current.first_seen = parse_timestamp("2026-08-14T01:02:03Z").value();
  current.raw.bytes.fill(0xAB);
  current.kinds = {{"revised", 2}, {"added", 1}};
  history.versions = {current};
  PendingAmendment pending;
  pending.document = "2026-20000";
  pending.citation = "91 FR 60123";
  pending.effective = Date(2026, 10, 15);
  history.pending = {pending};
  const Json out = Json::parse(render::history_json(history));
  CHECK(out["citation"] == "ECCN 3B001.c.1.c");
  CHECK(keys(out["versions"][0]) == Keys{"from",
                                         "until",
                                         "first_seen",
                                         "sha256",
                                         "kinds",
                                         "status",
                                         "cause",
                                         "was",
                                         "baseline",
                                         "reverted_to",
                                         "in_force_from",
                                         "became"});
  CHECK(out["versions"][0]["first_seen"] == "2026-08-14T01:02:03Z");
  CHECK(out["versions"][0]["until"].is_null());
  CHECK(out["versions"][0]["kinds"]["revised"] == 2);
  CHECK(out["versions"][0]["status"] == "in_force");
  REQUIRE(out["pending"].size() == 1);
  CHECK(out["pending"][0]["effective"] == "2026-10-15");
  CHECK(out["pending"][0]["citation"] == "91 FR 60123");
  history.pending.reset();
  CHECK(Json::parse(render::history_json(history))["pending"].is_null());
}

TEST_CASE("the feed is an array whose elements carry the change, its sides and its document",
          "[notify]") {
  const DiffResult diff = test::section_diff();
  Hit hit;
  hit.id = "ff";
  hit.category = "vacuum-valves";
  hit.score = 0.92;
  hit.severity = 5;
  hit.reasons.push_back({Signal::eccn, "3B001.c", "ECCN 3B001.c.1", 0.9});
  const Json out =
      Json::parse(render::changes_json({{diff.changes[0], hit, diff.before, diff.after},
                                        {diff.changes[3], hit, diff.before, diff.after}}));
  REQUIRE(out.is_array());
  CHECK(keys(out[0]) == Keys{"id",
                             "category",
                             "entry",
                             "score",
                             "severity",
                             "headline",
                             "reasons",
                             "change",
                             "before",
                             "after",
                             "document",
                             "near",
                             "status"});
  CHECK(out[0]["status"].is_null());
  CHECK(out[0]["reasons"].dump() ==
        R"([{"signal":"eccn","words":"3B001.c","at":"ECCN 3B001.c.1","weight":0.9}])");
  CHECK(out[0]["document"] == "2026-16628");
  CHECK(out[0]["change"]["kind"] == "revised");
  CHECK(out[1]["document"].is_null());
  CHECK(render::changes_json({}) == "[]\n");
}

TEST_CASE("a change that hits nobody has its own severity and no category in the feed",
          "[notify]") {
  const DiffResult diff = test::section_diff();
  render::FeedItem item{diff.changes[0], std::nullopt, diff.before, diff.after};
  item.severity_by_itself = 4;
  item.headline = {"a limit moved", "しきい値の変更"};
  const Json out = Json::parse(render::changes_json({item}))[0];
  CHECK(out["category"].is_null());
  CHECK(out["entry"].is_null());
  CHECK(out["score"].is_null());
  CHECK(out["severity"] == 4);
  CHECK(out["reasons"].empty());
  CHECK(out["id"] == diff.changes[0].id);
  CHECK(out["headline"].dump() == R"({"en":"a limit moved","ja":"しきい値の変更"})");
}

TEST_CASE("a stay in the feed is a status without a change of text", "[notify]") {
  Change place;
  place.at = test::cite("15 CFR 744.21");
  const StatusEvent stay{place.at, StatusEventKind::stayed, Date(2025, 11, 12), Date(2026, 11, 9)};
  const Json out = Json::parse(render::changes_json({{place,
                                                      {},
                                                      test::side("15 CFR 744.21", "2025-11-01", 1),
                                                      test::side("15 CFR 744.21", "2025-11-12", 2),
                                                      stay}}));
  CHECK(out[0]["change"]["at"] == "15 CFR 744.21");
  for (const char* absent : {"kind", "before", "after", "cause"}) {
    CHECK(out[0]["change"][absent].is_null());
  }
  CHECK(out[0]["status"].dump() ==
        R"({"at":"15 CFR 744.21","event":"stayed","date":"2025-11-12","until":"2026-11-09"})");
}

TEST_CASE("status counts what is quarantined and not understood", "[notify]") {
  ArchiveStatus status;
  SourceStatus source;
  source.source = "ecfr";
  source.health = Health::healthy;
  source.newest_issue_date = Date(2026, 9, 1);
  status.sources.push_back(source);
  status.quarantined.resize(2);
  status.not_understood.resize(3);
  status.outbox_queued = 1;
  const Json out = Json::parse(render::status_json(status));
  CHECK(out["sources"][0]["source"] == "ecfr");
  CHECK(out["sources"][0]["health"] == "healthy");
  CHECK(out["sources"][0]["newest_issue_date"] == "2026-09-01");
  CHECK(out["sources"][0]["last_success"].is_null());
  CHECK(out["quarantined"] == 2);
  CHECK(out["not_understood"] == 3);
  CHECK(out["outbox"].dump() == R"({"queued":1,"sent":0,"failed":0})");
  CHECK(out["missing_texts"].empty());
  status.missing_texts.push_back({"2026-18100", "", {}, {}});
  status.withdrawn.emplace_back().document = "2026-18500";
  const Json more = Json::parse(render::status_json(status));
  CHECK(more["missing_texts"][0]["document"] == "2026-18100");
  CHECK(more["missing_texts"][0]["citation"].is_null());
  CHECK(more["withdrawn"][0]["document"] == "2026-18500");
}
