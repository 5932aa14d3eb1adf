#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <vector>

using regtrail::Date;
using regtrail::Error;
using regtrail::ErrorKind;
using regtrail::testing::EcfrBench;
using regtrail::testing::february;
using regtrail::testing::january;
using regtrail::testing::list_of;
using regtrail::testing::march;
using regtrail::testing::part;
using regtrail::testing::section;

namespace store = regtrail::store;

namespace {

std::string undisturbed() {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  return *bench.archive.export_derived();
}

} // namespace

TEST_CASE("a first sync holds every date of every part and what changed between them",
          "[pipeline]") {
  EcfrBench bench;
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->troubles.empty());
  CHECK(report->new_dates == 5);
  CHECK(report->new_changes == 3);
  CHECK(report->pending_dates == 0);
  CHECK(report->newest_issue_date == march);
  const auto versions = bench.archive.versions(*regtrail::Citation::parse("742.1"));
  REQUIRE(versions.has_value());
  CHECK(versions->size() == 3);
  CHECK(bench.archive.versions(*regtrail::Citation::parse("744.1"))->size() == 2);
}

TEST_CASE("the newest text of every part comes before any history", "[pipeline]") {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  std::vector<std::string> full;
  for (const std::string& url : bench.service.asked) {
    if (url.find("/full/") != std::string::npos) {
      full.push_back(url);
    }
  }
  REQUIRE(full.size() == 5);
  CHECK(full[0].find("2026-03-02") != std::string::npos);
  CHECK(full[1].find("2026-03-02") != std::string::npos);
  CHECK(full[4].find("2026-01-05") != std::string::npos);
}

TEST_CASE("when nothing is new, titles.json is the only question of the day", "[pipeline]") {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  const std::string before = *bench.archive.export_derived();
  bench.service.asked.clear();
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->nothing_new);
  CHECK(bench.service.asked.size() == 1);
  CHECK(*bench.archive.export_derived() == before);
}

TEST_CASE("a bound by --since holds the dates from then on and the text they started from",
          "[pipeline]") {
  EcfrBench bench;
  bench.options.since = Date(2026, 2, 10);
  REQUIRE(bench.sync().has_value());
  CHECK(*bench.archive.snapshot_dates(15, "742") == std::vector<Date>{february, march});
  CHECK(*bench.archive.snapshot_dates(15, "744") == std::vector<Date>{january, march});

  bench.options.since = january;
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->new_dates == 1);
  CHECK(*bench.archive.export_derived() == undisturbed());
}

TEST_CASE("a sync broken off after any request is completed by the next to the same tables",
          "[pipeline]") {
  const std::string wanted = undisturbed();
  for (int last = 1; last <= 10; ++last) {
    EcfrBench bench;
    bench.service.fault = [last](int ordinal, const std::string&) -> std::optional<Error> {
      if (ordinal > last) {
        return Error{ErrorKind::network, "the line is dead"};
      }
      return std::nullopt;
    };
    const auto broken = bench.sync();
    REQUIRE(broken.has_value());
    bench.service.fault = nullptr;
    INFO("broken off after " << last << " requests");
    const auto report = bench.sync();
    REQUIRE(report.has_value());
    CHECK(report->troubles.empty());
    CHECK(*bench.archive.export_derived() == wanted);
  }
}

TEST_CASE("no change is shown across a date that is planned and still missing", "[pipeline]") {
  EcfrBench bench;
  bench.service.fault = [](int, const std::string& url) -> std::optional<Error> {
    if (url.find("2026-02-02") != std::string::npos) {
      return Error{ErrorKind::http, "503"};
    }
    return std::nullopt;
  };
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->pending_dates == 1);
  CHECK(report->troubles.size() == 1);
  store::ChangeQuery query;
  query.within = *regtrail::Citation::parse("742.1");
  CHECK(bench.archive.changes(query)->empty());
}

TEST_CASE("an answer that is not a part's XML is set aside and asked for again", "[pipeline]") {
  const std::string broken = GENERATE(as<std::string>{},
                                      "<!DOCTYPE html><html><body>Request access</body></html>",
                                      "<DIV5 N=\"742\" TYPE=\"PART\"><HEAD>PART 742",
                                      "",
                                      "{\"error\":\"no\"}",
                                      part("999", section("999.1", "<P>(a) Foreign.</P>")));
  EcfrBench bench;
  const std::string good = bench.service.texts["742"][march];
  bench.service.texts["742"][march] = broken;
  const auto first = bench.sync();
  REQUIRE(first.has_value());
  CHECK(first->troubles.size() == 1);
  CHECK(first->quarantined == 1);
  CHECK(first->pending_dates == 1);

  bench.service.texts["742"][march] = good;
  const auto second = bench.sync();
  REQUIRE(second.has_value());
  CHECK(second->troubles.empty());
  CHECK(*bench.archive.export_derived() == undisturbed());
}

TEST_CASE("a list that lost most of its rows is no news until it persists for a day",
          "[pipeline]") {
  EcfrBench bench;
  bench.options.parts = {{15, "744"}};
  bench.service.texts.erase("742");
  bench.service.texts["744"] = {{january, part("744", list_of(40))}};
  REQUIRE(bench.sync().has_value());

  bench.service.texts["744"][february] = part("744", list_of(20));
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->quarantined == 1);
  CHECK(bench.archive.changes({})->empty());

  const auto same_hour = bench.sync();
  REQUIRE(same_hour.has_value());
  CHECK(bench.archive.changes({})->empty());

  bench.options.now += std::chrono::hours{25};
  const auto next_day = bench.sync();
  REQUIRE(next_day.has_value());
  CHECK(next_day->troubles.empty());
  CHECK(bench.archive.changes({})->size() == 20);
  CHECK(bench.archive.status()->quarantined.empty());
}

TEST_CASE("a loss that shows only when the older text arrives takes the newer text back",
          "[pipeline]") {
  EcfrBench bench;
  bench.options.parts = {{15, "744"}};
  bench.service.texts.erase("742");
  bench.service.texts["744"] = {{january, part("744", list_of(40))},
                                {february, part("744", list_of(20))}};
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  REQUIRE(report->troubles.size() == 1);
  CHECK(report->troubles[0].error.kind == ErrorKind::quarantined);
  CHECK(report->pending_dates == 1);
  CHECK(bench.archive.changes({})->empty());
  CHECK(*bench.archive.snapshot_dates(15, "744") == std::vector<Date>{january});

  bench.service.texts["744"][february] = part("744", list_of(39));
  REQUIRE(bench.sync().has_value());
  CHECK(bench.archive.changes({})->size() == 1);
}

TEST_CASE("a watermark that goes back is trouble with the source, not law", "[pipeline]") {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  const std::string before = *bench.archive.export_derived();
  bench.service.latest_issue_date = january;
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  REQUIRE(report->troubles.size() == 1);
  CHECK(report->troubles[0].error.kind == ErrorKind::quarantined);
  CHECK(*bench.archive.export_derived() == before);
}

TEST_CASE("answers of the wrong shape leave the archive as it was", "[pipeline]") {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  const std::string before = *bench.archive.export_derived();
  bench.service.latest_issue_date = Date(2026, 4, 1);
  SECTION("titles without titles") {
    bench.service.titles_body = R"({"message":"Title 15 currently unavailable"})";
  }
  SECTION("titles as an array") {
    bench.service.titles_body = "[]";
  }
  SECTION("titles that are no JSON") {
    bench.service.titles_body = "<html>";
  }
  SECTION("versions without rows") {
    bench.service.versions_body = R"({"errors":{"x":"y"}})";
  }
  SECTION("versions that lost rows") {
    bench.service.versions_body = R"({"content_versions":[],"meta":{"result_count":"7"}})";
  }
  SECTION("an import under way") {
    bench.service.import_in_progress = true;
  }
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK_FALSE(report->troubles.empty());
  CHECK(*bench.archive.export_derived() == before);
}

TEST_CASE("a corrected past text is fetched again and what was received before is kept",
          "[pipeline]") {
  EcfrBench bench;
  bench.service.corrections = R"({"ecfr_corrections":[]})";
  REQUIRE(bench.sync().has_value());

  bench.service.texts["742"][february] =
      part("742",
           section("742.1",
                   "<P>(a) Valves that switch in 450 ms or less need a license.</P>\n"
                   "<P>(b) Other valves.</P>"));
  bench.service.corrections =
      R"({"ecfr_corrections":[{"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}],)"
      R"("error_occurred":"2026-02-01","error_corrected":"2026-02-20"}]})";
  bench.options.now += std::chrono::hours{24};
  const auto report = bench.sync();
  REQUIRE(report.has_value());
  CHECK(report->restated == 1);
  const auto version = bench.archive.version_on(*regtrail::Citation::parse("742.1"), february);
  const auto unit = bench.archive.load(**version);
  CHECK(subtree_text(unit->root).find("450 ms") != std::string::npos);
  int kept = 0;
  const auto records = bench.archive.raw_records("ecfr/full/title-15/part-742");
  for (const auto& record : records.value()) {
    kept += record.url.find("2026-02-02") != std::string::npos ? 1 : 0;
  }
  CHECK(kept == 2);
}

TEST_CASE("rebuilding gives the same tables", "[pipeline]") {
  EcfrBench bench;
  REQUIRE(bench.sync().has_value());
  const std::string before = *bench.archive.export_derived();
  REQUIRE(regtrail::sync::rebuild(bench.archive, bench.matcher, bench.observer).has_value());
  CHECK(*bench.archive.export_derived() == before);
}
