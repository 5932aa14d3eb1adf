#include "parse/unit_text.hpp"
#include "sync/revalidation.hpp"
#include "sync/sync.hpp"
#include "tests/support/fake_ecfr.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

using regtrail::Date;
using regtrail::Result;
using regtrail::Timestamp;
using regtrail::store::Archive;
using regtrail::sync::make_revalidating_transport;
using regtrail::sync::SyncReport;
using regtrail::testing::FakeEcfr;

namespace fetch = regtrail::fetch;

namespace {

class QuietObserver : public regtrail::sync::SyncObserver {
public:
  void on_part_progress(const std::string& /*part*/,
                        int /*fetched*/,
                        int /*planned*/,
                        std::uint64_t /*bytes*/) override {}

  bool cancelled() override { return false; }
};

/// Gives every answer of `service` an ETag of its bytes and answers 304 to who sends it.
class Tagging : public fetch::Transport {
public:
  explicit Tagging(fetch::Transport& service) : m_service(service) {}

  std::vector<fetch::Request> requests;
  std::vector<int> statuses;

  Result<fetch::Response> get(const fetch::Request& request) override {
    requests.push_back(request);
    TRY_ASSIGN(fetch::Response answer, m_service.get(request));
    const std::string tag = '"' + std::to_string(std::hash<std::string>()(answer.body)) + '"';
    answer.headers = {{"etag", tag}};
    if (request.validators.sent_to(answer.final_url) && request.validators.etag == tag) {
      answer.status = 304;
      answer.body.clear();
      answer.wire_bytes = 0;
    }
    statuses.push_back(answer.status);
    return answer;
  }

private:
  fetch::Transport& m_service;
};

struct Bench {
  Archive archive = *Archive::in_memory(regtrail::parse::parse_unit);
  FakeEcfr service;
  Tagging tagging{service};
  std::unique_ptr<fetch::Transport> transport = make_revalidating_transport(archive, tagging);
  regtrail::diff::Matcher matcher{regtrail::Register{}};
  QuietObserver observer;
  regtrail::sync::SyncOptions options;

  Bench() {
    service.texts["742"] = {
        {Date(2026, 3, 2),
         "<?xml version=\"1.0\"?>\n<DIV5 N=\"742\" TYPE=\"PART\">\n<HEAD>PART 742</HEAD>\n"
         "<DIV8 N=\"742.1\" TYPE=\"SECTION\"><HEAD>\xC2\xA7 742.1 Rule.</HEAD>\n"
         "<P>(a) Text.</P></DIV8></DIV5>\n"}};
    options.parts = {{15, "742"}};
  }

  SyncReport sync_on(Date day) {
    tagging.requests.clear();
    tagging.statuses.clear();
    options.now = Timestamp(day.days());
    auto report = regtrail::sync::sync_ecfr(archive, *transport, matcher, options, observer);
    REQUIRE(report);
    return *std::move(report);
  }
};

} // namespace

TEST_CASE("a quiet sync is told that titles.json is unchanged and takes it for a success",
          "[pipeline]") {
  Bench bench;
  REQUIRE(bench.sync_on(Date(2026, 3, 3)).troubles.empty());
  const auto records = bench.archive.raw_records("")->size();
  const auto derived = *bench.archive.export_derived();

  const SyncReport report = bench.sync_on(Date(2026, 3, 4));

  REQUIRE_FALSE(bench.tagging.requests.empty());
  CHECK(bench.tagging.requests[0].url == fetch::ecfr_titles_url());
  CHECK_FALSE(bench.tagging.requests[0].validators.etag.empty());
  CHECK(bench.tagging.statuses == std::vector<int>{304});
  CHECK(report.troubles.empty());
  CHECK(report.nothing_new);
  CHECK(report.new_dates == 0);
  CHECK(report.bytes == 0);
  CHECK(report.valid_through == Date(2026, 3, 2));
  CHECK(bench.archive.raw_records("")->size() == records);
  CHECK(*bench.archive.export_derived() == derived);
  const auto status = *bench.archive.source_status("ecfr");
  REQUIRE(status);
  CHECK(status->last_success == Timestamp(Date(2026, 3, 4).days()));
  CHECK(bench.archive.verify()->problems.empty());
}

TEST_CASE("an answer that was set aside is asked for whole until it can be read", "[pipeline]") {
  Bench bench;
  bench.service.titles_body = "{\"titles\":[";
  CHECK_FALSE(bench.sync_on(Date(2026, 3, 3)).troubles.empty());

  CHECK_FALSE(bench.sync_on(Date(2026, 3, 4)).troubles.empty());
  CHECK(bench.tagging.requests.at(0).validators.etag.empty());
  CHECK(bench.tagging.statuses.at(0) == 200);

  bench.service.titles_body.reset();
  CHECK(bench.sync_on(Date(2026, 3, 5)).troubles.empty());
}

TEST_CASE("an issue that appears is not hidden by what is held", "[pipeline]") {
  Bench bench;
  bench.sync_on(Date(2026, 3, 3));
  auto& dates = bench.service.texts["742"];
  std::string text = dates.begin()->second;
  text.replace(text.find("Text."), 5, "More.");
  dates[Date(2026, 3, 9)] = text;

  const SyncReport report = bench.sync_on(Date(2026, 3, 10));

  CHECK(bench.tagging.statuses.at(0) == 200);
  CHECK(report.new_dates == 1);
  CHECK(report.new_changes == 1);
}

TEST_CASE("a rebuilt archive does not depend on whether answers came whole or as unchanged",
          "[pipeline]") {
  Bench bench;
  bench.sync_on(Date(2026, 3, 3));
  bench.sync_on(Date(2026, 3, 4));
  const auto derived = *bench.archive.export_derived();
  REQUIRE(regtrail::sync::rebuild(bench.archive, bench.matcher, bench.observer));
  CHECK(*bench.archive.export_derived() == derived);
}
