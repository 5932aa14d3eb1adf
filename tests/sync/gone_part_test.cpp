// A part that the eCFR no longer has, and one whose text is merely missing.
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using regtrail::ChangeKind;
using regtrail::Citation;
using regtrail::Date;
using regtrail::ErrorKind;
using regtrail::Timestamp;
using regtrail::sync::SyncReport;
using regtrail::testing::EcfrBench;
using regtrail::testing::february;
using regtrail::testing::january;
using regtrail::testing::list_of;
using regtrail::testing::march;
using regtrail::testing::part;
using regtrail::testing::section;

namespace store = regtrail::store;

namespace {

const Date april(2026, 4, 6);

SyncReport synced(EcfrBench& bench) {
  auto report = bench.sync();
  REQUIRE(report.has_value());
  return *std::move(report);
}

/// The issue of April no longer has part 742.
void end_part_742(EcfrBench& bench) {
  bench.service.gone_from["742"] = april;
  bench.options.now = Timestamp(Date(2026, 4, 7).days());
}

void check_that_part_742_is_gone(EcfrBench& bench) {
  const auto versions = bench.archive.versions(*Citation::parse("742.1"));
  REQUIRE(versions.has_value());
  REQUIRE(versions->size() == 3);
  CHECK(versions->back().until == april);
  store::ChangeQuery query;
  query.within = *Citation::parse("742.1");
  query.since = april;
  const auto changes = bench.archive.changes(query);
  REQUIRE(changes.has_value());
  REQUIRE(changes->size() == 1);
  CHECK(changes->front().change.kind == ChangeKind::removed);
  CHECK(changes->front().change.at == *Citation::parse("742.1"));
}

/// Sends `rows`, each `"issue_date":...,"identifier":...,"removed":...`, as the versions of part
/// 742.
void send_rows(EcfrBench& bench, const std::vector<std::string>& rows) {
  std::string list;
  for (const std::string& row : rows) {
    list += (list.empty() ? "{" : ",{") + row + R"(,"part":"742","title":"15","type":"section"})";
  }
  bench.service.altered = [list](const std::string& url, std::string body) {
    return url.find("/versions/") == std::string::npos || url.find("part=742") == std::string::npos
               ? body
               : R"({"content_versions":[)" + list + "]}";
  };
}

std::string row(Date date, const std::string& identifier, const std::string& removed) {
  return R"("issue_date":")" + date.to_string() + R"(","identifier":")" + identifier +
         R"(","removed":)" + removed;
}

} // namespace

TEST_CASE("a part that answers 404 and whose units are all removed is gone from that date",
          "[pipeline]") {
  EcfrBench bench;
  SECTION("when it ends after it was held") {
    synced(bench);
    end_part_742(bench);
    const SyncReport report = synced(bench);
    CHECK(report.troubles.empty());
    CHECK(report.new_dates == 1);
    CHECK(report.pending_dates == 0);
  }
  SECTION("when a first sync meets its end first") {
    end_part_742(bench);
    const SyncReport report = synced(bench);
    CHECK(report.troubles.empty());
    CHECK(report.new_dates == 6);
    CHECK(report.pending_dates == 0);
  }
  check_that_part_742_is_gone(bench);
  const auto planned = bench.archive.planned_dates(15, "742");
  REQUIRE(planned->back().raw.has_value());
  CHECK(bench.archive.raw_record(*planned->back().raw)->status == 404);
  CHECK(bench.archive.raw_bytes(*planned->back().raw)->find("No matching content") !=
        std::string::npos);

  bench.service.asked.clear();
  CHECK(synced(bench).nothing_new);
  CHECK(bench.service.count("/full/") == 0);

  const std::string before = *bench.archive.export_derived();
  const auto rebuilt = regtrail::sync::rebuild(bench.archive, bench.matcher, bench.observer);
  REQUIRE(rebuilt.has_value());
  CHECK(rebuilt->troubles.empty());
  CHECK(*bench.archive.export_derived() == before);
}

TEST_CASE("a sync broken off after any request still ends a part that is gone", "[pipeline]") {
  EcfrBench whole;
  end_part_742(whole);
  synced(whole);
  const std::string wanted = *whole.archive.export_derived();
  for (int last = 1; last <= 12; ++last) {
    EcfrBench bench;
    end_part_742(bench);
    bench.service.fault = [last](int ordinal, const std::string&) {
      return ordinal > last ? std::optional(regtrail::Error{ErrorKind::network, "the line is dead"})
                            : std::nullopt;
    };
    synced(bench);
    bench.service.fault = nullptr;
    INFO("broken off after " << last << " requests");
    CHECK(synced(bench).troubles.empty());
    CHECK(*bench.archive.export_derived() == wanted);
  }
}

TEST_CASE("a part that ends with a long list and many sections is not held back as a loss",
          "[pipeline]") {
  EcfrBench bench;
  bench.service.texts.erase("742");
  bench.options.parts = {{15, "744"}};
  std::string sections;
  for (const char* number : {"744.1", "744.2", "744.3", "744.4", "744.5"}) {
    sections += section(number, "<P>(a) End uses.</P>");
  }
  bench.service.texts["744"] = {{march, part("744", sections + list_of(40))}};
  bench.service.gone_from["744"] = april;
  bench.options.now = Timestamp(Date(2026, 4, 7).days());
  CHECK(synced(bench).troubles.empty());
  CHECK(bench.archive.status()->quarantined.empty());
  CHECK(bench.archive.changes({})->size() == 7); // five sections, the list and the part's heading
}

TEST_CASE("units removed before the part answers 404 count as removed", "[pipeline]") {
  EcfrBench bench;
  bench.service.texts["742"].erase(march);
  send_rows(bench,
            {row(january, "742.1", "false"),
             row(january, "742.2", "false"),
             row(february, "742.2", "true"),
             row(march, "742.1", "true")});
  CHECK(synced(bench).troubles.empty());
  CHECK(bench.archive.versions(*Citation::parse("742.1"))->back().until == march);
}

TEST_CASE("a part that answers 404 while a unit of it stands is trouble with the source",
          "[pipeline]") {
  EcfrBench bench;
  bench.service.texts["742"].erase(march);
  SECTION("no unit was removed") {
    send_rows(bench,
              {row(january, "742.1", "false"),
               row(february, "742.1", "false"),
               row(march, "742.1", "false")});
  }
  SECTION("one of two was removed") {
    send_rows(bench,
              {row(january, "742.1", "false"),
               row(january, "742.2", "false"),
               row(february, "742.1", "false"),
               row(march, "742.1", "true")});
  }
  SECTION("it was removed and came back") {
    send_rows(bench,
              {row(january, "742.1", "false"),
               row(february, "742.1", "true"),
               row(march, "742.1", "false")});
  }
  SECTION("it is removed by a later issue") {
    send_rows(bench,
              {row(january, "742.1", "false"),
               row(february, "742.1", "false"),
               row(march, "742.1", "false"),
               row(march + std::chrono::days(1), "742.1", "true")});
    bench.service.gone_from["742"] = march + std::chrono::days(1);
  }
  const SyncReport report = synced(bench);
  REQUIRE(report.troubles.size() == 1);
  CHECK(report.troubles[0].what == "15 CFR Part 742 of 2026-03-02");
  CHECK(report.troubles[0].error.kind == ErrorKind::not_found);
  CHECK(report.pending_dates == 1);
  CHECK(bench.service.count("full/2026-03-02/title-15.xml?part=742") == 1);
}

TEST_CASE("a part that is gone and comes back is removed and added", "[pipeline]") {
  EcfrBench bench;
  bench.service.texts["742"].erase(february);
  send_rows(bench,
            {row(january, "742.1", "false"),
             row(february, "742.1", "true"),
             row(march, "742.1", "false")});
  CHECK(synced(bench).troubles.empty());
  const auto versions = bench.archive.versions(*Citation::parse("742.1"));
  REQUIRE(versions->size() == 2);
  CHECK(versions->front().until == february);
  CHECK(versions->back().from == march);
}

TEST_CASE("a correction of a part that is gone finds nothing to restate", "[pipeline]") {
  EcfrBench bench;
  end_part_742(bench);
  bench.service.corrections = R"({"ecfr_corrections":[]})";
  synced(bench);
  bench.service.corrections =
      R"({"ecfr_corrections":[{"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}],)"
      R"("error_occurred":"2026-04-01","error_corrected":"2026-04-08"}]})";
  bench.options.now += std::chrono::hours{24};
  const SyncReport report = synced(bench);
  CHECK(report.troubles.empty());
  CHECK(report.restated == 0);
  check_that_part_742_is_gone(bench);
}
