// Dates that lie ahead of the clock are trouble with the source and are not remembered.
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using regtrail::Date;
using regtrail::Timestamp;
using regtrail::sync::SyncReport;
using regtrail::testing::EcfrBench;
using regtrail::testing::february;
using regtrail::testing::january;
using regtrail::testing::march;
using regtrail::testing::part;
using regtrail::testing::section;

namespace {

const Date april(2026, 4, 6);

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// All that a sync leaves behind.
std::string remembered(EcfrBench& bench) {
  std::string text = *bench.archive.export_derived();
  for (const char* number : {"742", "744"}) {
    text += *bench.archive.setting("ecfr.plan.15." + std::string(number)) + "\n";
    const auto plan = bench.archive.planned_dates(15, number);
    for (const auto& planned : *plan) {
      text += planned.issue_date.to_string() + (planned.derived ? " derived\n" : " open\n");
    }
  }
  const auto status = bench.archive.source_status("ecfr");
  REQUIRE(status->has_value());
  for (const auto date : {(*status)->newest_issue_date, (*status)->valid_through}) {
    text += (date ? date->to_string() : "none") + "\n";
  }
  return text;
}

/// What a bench remembers after the syncs that `run` makes of it.
template<typename Run>
std::string remembered_after(Run run) {
  EcfrBench bench;
  run(bench);
  return remembered(bench);
}

SyncReport synced(EcfrBench& bench) {
  auto report = bench.sync();
  REQUIRE(report.has_value());
  return *std::move(report);
}

bool says(const SyncReport& report, const std::string& words) {
  return std::any_of(report.troubles.begin(), report.troubles.end(), [&](const auto& trouble) {
    return trouble.error.message.find(words) != std::string::npos;
  });
}

/// An issue of April of both parts, and the day after it.
void issue_april(EcfrBench& bench) {
  for (const std::string number : {"742", "744"}) {
    bench.service.texts[number][april] =
        part(number, section(number + ".1", "<P>(a) Text of April.</P>"));
  }
  bench.options.now = Timestamp(Date(2026, 4, 7).days());
}

} // namespace

TEST_CASE("a date of titles.json that lies ahead is told as trouble and the rest is used",
          "[pipeline]") {
  const std::string field =
      GENERATE(as<std::string>{}, "latest_issue_date", "up_to_date_as_of", "latest_amended_on");
  INFO(field);
  EcfrBench bench;
  bench.service.altered = [&](const std::string& url, std::string body) {
    const std::string start = "\"" + field + "\":\"";
    return url.find("titles.json") == std::string::npos
               ? body
               : replaced(std::move(body), start + "2026-03-02", start + "2036-03-02");
  };
  const SyncReport report = synced(bench);
  CHECK(says(report, "2036-03-02"));
  CHECK(says(report, "https://www.ecfr.gov/api/versioner/v1/titles.json"));
  CHECK(says(report, field));
  CHECK(report.troubles.size() == 1); // though titles.json is read twice
  CHECK(report.new_dates == 5);
  CHECK(report.valid_through.value_or(january) <= march);
  CHECK(remembered(bench).find("2036") == std::string::npos);

  bench.service.altered = nullptr;
  CHECK(synced(bench).troubles.empty());
  const auto undisturbed = [](EcfrBench& other) { synced(other); };
  CHECK(remembered(bench) == remembered_after(undisturbed));
}

TEST_CASE("a watermark that lay ahead once does not hide the issues that follow", "[pipeline]") {
  EcfrBench bench;
  synced(bench);
  bench.service.latest_issue_date = Date(2036, 3, 2);
  CHECK_FALSE(synced(bench).troubles.empty());
  bench.service.latest_issue_date.reset();
  issue_april(bench);
  const SyncReport report = synced(bench);
  CHECK(report.troubles.empty());
  CHECK(report.new_dates == 2);
  const auto undisturbed = [](EcfrBench& other) {
    synced(other);
    issue_april(other);
    synced(other);
  };
  CHECK(remembered(bench) == remembered_after(undisturbed));
}

TEST_CASE("an issue date that lies ahead in the versions of one part leaves that part to be asked "
          "again and the others done",
          "[pipeline]") {
  EcfrBench bench;
  bench.service.altered = [](const std::string& url, std::string body) {
    return url.find("part=742") == std::string::npos || url.find("/versions/") == std::string::npos
               ? body
               : replaced(std::move(body), "2026-02-02", "2036-02-02");
  };
  const SyncReport report = synced(bench);
  REQUIRE(report.troubles.size() == 1);
  CHECK(says(report, "2036-02-02"));
  CHECK(says(report, "part=742"));
  CHECK(*bench.archive.snapshot_dates(15, "742") == std::vector<Date>{january, march});
  CHECK(bench.archive.planned_dates(15, "742")->size() == 2);
  CHECK(bench.archive.setting("ecfr.plan.15.742")->empty());
  CHECK_FALSE(bench.archive.setting("ecfr.plan.15.744")->empty());

  bench.service.altered = nullptr;
  CHECK(synced(bench).troubles.empty());
  const auto undisturbed = [](EcfrBench& other) { synced(other); };
  CHECK(remembered(bench) == remembered_after(undisturbed));
}

TEST_CASE("an issue date that lies ahead in the news of a title holds back one part only",
          "[pipeline]") {
  EcfrBench bench;
  synced(bench);
  issue_april(bench);
  bench.service.altered = [](const std::string& url, std::string body) {
    const std::string row = R"("issue_date":"2026-04-06","identifier":"742.1")";
    return url.find("/versions/") == std::string::npos
               ? body
               : replaced(std::move(body), row, replaced(row, "2026", "2036"));
  };
  const SyncReport report = synced(bench);
  REQUIRE(report.troubles.size() == 1);
  CHECK(says(report, "2036-04-06"));
  CHECK(report.new_dates == 1);

  bench.service.altered = nullptr;
  CHECK(synced(bench).new_dates == 1);
  const auto undisturbed = [](EcfrBench& other) {
    synced(other);
    issue_april(other);
    synced(other);
  };
  CHECK(remembered(bench) == remembered_after(undisturbed));
}

TEST_CASE("a service that is a day ahead of the clock is believed", "[pipeline]") {
  EcfrBench bench;
  bench.options.now = Timestamp(Date(2026, 3, 1).days()) + std::chrono::hours{23};
  CHECK(synced(bench).troubles.empty());
  bench.options.now -= std::chrono::hours{24};
  CHECK_FALSE(synced(bench).troubles.empty());
}

TEST_CASE("a correction whose dates lie ahead is told as trouble and every text is asked again",
          "[pipeline]") {
  EcfrBench bench;
  bench.service.corrections = R"({"ecfr_corrections":[]})";
  synced(bench);
  bench.service.texts["742"][february] =
      part("742", section("742.1", "<P>(a) Valves that switch in 450 ms or less.</P>"));
  bench.service.corrections =
      R"({"ecfr_corrections":[{"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}],)"
      R"("error_occurred":"2036-02-01","error_corrected":"2036-02-20"}]})";
  bench.options.now += std::chrono::hours{24};
  const SyncReport report = synced(bench);
  CHECK(report.restated == 1);
  CHECK(says(report, "2036-02-01"));
  CHECK(says(report, "2036-02-20"));
  CHECK(says(report, "corrections/title/15.json"));
  CHECK(synced(bench).troubles.empty());
}
