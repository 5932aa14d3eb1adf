// Questions of the register's watches to the Federal Register: when they are asked, from which day
// on, and what becomes of a question that is edited, refused or not held.
#include "parse/unit_text.hpp"
#include "query/pending.hpp"
#include "query/watch_state.hpp"
#include "sync/federal_register.hpp"
#include "sync/sync.hpp"
#include "sync/watches.hpp"
#include "tests/support/fake_federal_register.hpp"
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace regtrail;
using Catch::Matchers::Contains;
using regtrail::testing::FakeFrDocument;
using regtrail::testing::fr_full_text_url;

namespace {

struct Agency {
  std::string slug;
  std::string name;
};

const Agency energy{"energy-department", "Energy Department"};
const Agency gsa{"general-services-administration", "General Services Administration"};
const Agency bureau{"industry-and-security-bureau", "Industry and Security Bureau"};

std::string metadata_of(const Agency& agency) {
  return R"("agencies":[{"name":")" + agency.name + "\"}]";
}

Watch watch_of(const std::string& id,
               const std::string& agency,
               const std::vector<std::string>& terms = {}) {
  Watch watch;
  watch.id = id;
  watch.agencies = {agency};
  watch.terms = terms;
  return watch;
}

std::string notice_xml(const std::string& number, const std::string& text) {
  return "<NOTICE><PREAMB><AGENCY TYPE=\"S\">DEPARTMENT OF ENERGY</AGENCY><SUBJECT>Siting"
         "</SUBJECT></PREAMB><SUPLINF><HD SOURCE=\"HED\">SUPPLEMENTARY INFORMATION:</HD><P>" +
         text + "</P></SUPLINF><FRDOC>[FR Doc. " + number +
         " Filed 10-2-26; 8:45 am]</FRDOC></NOTICE>";
}

struct Bench {
  store::Archive archive = *store::Archive::in_memory(parse::parse_unit);
  testing::FakeFederalRegister service;
  testing::QuietObserver observer;
  sync::SyncOptions options;
  sync::AbsentSource absent = sync::AbsentSource::trouble;

  Bench() {
    on("2026-10-05T11:00:00Z");
    options.watches = {watch_of("grid", "energy-department", {"transmission line"}),
                       watch_of("purchase", "general-services-administration")};
  }

  void on(const char* instant) { options.now = parse_timestamp(instant).value(); }

  FakeFrDocument& add(const std::string& number, Date published, const Agency& agency) {
    FakeFrDocument& document = service.documents.emplace_back();
    document.number = number;
    document.type = "Notice";
    document.published = published;
    document.agencies = {agency.slug};
    document.metadata = metadata_of(agency);
    return document;
  }

  sync::SyncReport sync() {
    service.asked.clear();
    auto report = sync::sync_federal_register(archive, service, options, absent, observer);
    REQUIRE(report);
    return std::move(*report);
  }

  query::WatchState state(std::size_t watch) {
    return *query::watch_state(archive, options.watches.at(watch));
  }

  /// From which day the watch was asked in the last sync; "" where it was not.
  std::string asked_from(const std::string& slug) {
    const std::string gte = "publication_date%5D%5Bgte%5D=";
    for (const std::string& url : service.asked) {
      if (url.find(slug) != std::string::npos) {
        return url.substr(url.find(gte) + gte.size(), 10);
      }
    }
    return {};
  }

  Document stored(const std::string& number) {
    auto found =
        archive.find_documents(Citation::fr_document(number), store::DocumentContent::whole);
    REQUIRE(found);
    return found->empty() ? Document{} : found->at(0).document;
  }

  void check_rebuild() {
    const std::string before = *archive.export_derived();
    REQUIRE(sync::rebuild(archive, diff::Matcher(Register{}), observer));
    CHECK(*archive.export_derived() == before);
  }
};

} // namespace

TEST_CASE("a watch is asked for a year, then for what is new and ten days more", "[watch]") {
  Bench bench;
  bench.add("2026-17000", Date(2026, 9, 7), energy);
  auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.documents == 1);
  CHECK(bench.asked_from("energy-department") == "2025-10-05");
  CHECK(bench.asked_from("general-services") == "2025-10-05");
  CHECK(bench.service.count(
            "conditions%5Bterm%5D=%22transmission%20line%22%7C%22transmission%20lines%22") == 1);
  CHECK(bench.state(0) == query::WatchState{Date(2025, 10, 5), Date(2026, 10, 4), ""});

  bench.on("2026-10-12T11:00:00Z");
  report = bench.sync();
  CHECK(report.nothing_new);
  CHECK(bench.asked_from("energy-department") == "2026-09-24");
  CHECK(bench.state(0) == query::WatchState{Date(2025, 10, 5), Date(2026, 10, 11), ""});
  // The Bureau's documents, what is on file, orders after a week, and one a watch.
  CHECK(report.requests == 5);
  CHECK(bench.sync().requests == 4);
  bench.check_rebuild();
}

TEST_CASE("the first question reaches back to the day that is asked for", "[watch]") {
  Bench bench;
  bench.options.since = Date(2026, 3, 1);
  bench.sync();
  CHECK(bench.asked_from("energy-department") == "2026-03-01");
  SECTION("and does so again for an earlier one") {
    bench.options.since = Date(2024, 1, 1);
    bench.sync();
    CHECK(bench.asked_from("energy-department") == "2024-01-01");
    CHECK(bench.state(0).asked_from == Date(2024, 1, 1));
  }
  SECTION("and not for a later one") {
    bench.options.since = Date(2026, 9, 1);
    bench.sync();
    CHECK(bench.asked_from("energy-department") == "2026-09-24");
    CHECK(bench.state(0).asked_from == Date(2026, 3, 1));
  }
  SECTION("and not when none is given") {
    bench.options.since.reset();
    bench.options.now = parse_timestamp("2026-10-06T11:00:00Z").value();
    bench.sync();
    CHECK(bench.asked_from("energy-department") == "2025-10-06");
  }
}

TEST_CASE("a day that was noted while the clock ran ahead is no watermark of a watch", "[watch]") {
  Bench bench;
  bench.on("2027-10-05T11:00:00Z");
  bench.sync();
  bench.on("2026-10-05T11:00:00Z");
  bench.sync();
  CHECK(bench.asked_from("energy-department") == "2025-10-05");
  CHECK(bench.state(0).asked_until == Date(2026, 10, 4));
}

TEST_CASE("a watch whose question is edited asks anew, the others go on", "[watch]") {
  Bench bench;
  bench.sync();
  bench.options.watches[0].terms.emplace_back("large load");
  bench.sync();
  CHECK(bench.asked_from("energy-department") == "2025-10-05");
  CHECK(bench.asked_from("general-services") == "2026-09-24");
  CHECK(bench.service.count("%22transmission%20lines%22%7C%22large%20load%22") == 1);
  bench.options.watches[0].label_en = "Grid";
  bench.sync();
  CHECK(bench.asked_from("energy-department") == "2026-09-24");
}

TEST_CASE("a watch that is not enabled and a page ask nothing", "[watch]") {
  Bench bench;
  bench.options.watches[0].enabled = false;
  bench.options.watches[1] = {};
  bench.options.watches[1].id = "plan";
  bench.options.watches[1].address = "https://www.example.gov/plan";
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(bench.service.count("documents.json") == 2); // the Bureau's, orders
}

TEST_CASE("each place of the CFR is a search of its own", "[watch]") {
  Watch watch;
  watch.types = {"rule", "proposed_rule", "notice", "presidential"};
  watch.cfr = {"48 CFR", "31 CFR 850", "15 CFR 791"};
  const auto searches = sync::searches_of(watch);
  REQUIRE(searches.size() == 3);
  CHECK(searches[0].cfr == fetch::FrCfr{48, 0, 0});
  CHECK(searches[1].cfr == fetch::FrCfr{31, 850, 850});
  CHECK(searches[2].cfr == fetch::FrCfr{15, 791, 791});
  CHECK(searches[2].types == std::vector{DocumentType::rule,
                                         DocumentType::proposed_rule,
                                         DocumentType::notice,
                                         DocumentType::presidential});
}

TEST_CASE("a term is asked for in singular and plural", "[watch]") {
  const auto [term, other] = GENERATE(table<std::string, std::string>({
      {"data center", "data centers"},
      {"large loads", "large load"},
      {"secondary duty", "secondary duties"},
      {"chip subsidies", "chip subsidy"},
      {"public highway", "public highways"},
      {"cable mess", "cable messes"},
      {"switches", "switch"},
      {"HTSUS 8471.50", "HTSUS 8471.50s"},
  }));
  Watch watch;
  watch.terms = {term};
  CHECK(sync::searches_of(watch).at(0).terms == std::vector{term, other});
}

TEST_CASE("an agency that does not exist is the trouble of its watch alone", "[watch]") {
  Bench bench;
  bench.options.watches[0].agencies = {"energy-departmnt", "land-management-bureau"};
  bench.add("2026-17000", Date(2026, 9, 7), gsa);
  bench.service.fault = [](int, const std::string& url) {
    return url.find("energy-departmnt") == std::string::npos
               ? std::nullopt
               : std::optional(Error{ErrorKind::usage,
                                     "cannot get '" + url +
                                         "': status 400: 'agencies: energy-departmnt is not a "
                                         "valid agency'"});
  };
  const auto report = bench.sync();
  REQUIRE(report.troubles.size() == 1);
  CHECK(report.troubles[0].what == "watch grid");
  const std::string& message = report.troubles[0].error.message;
  CHECK_THAT(message,
             Contains("check the agency 'energy-departmnt'") &&
                 Contains("regtrail register watches edit grid") &&
                 !Contains("land-management-bureau") && !Contains("fields"));
  CHECK(bench.state(0) == query::WatchState{{}, {}, message});
  CHECK(bench.state(1).asked_until == Date(2026, 10, 4));
  CHECK(report.documents == 1);
  const auto status = bench.archive.source_status("federal-register");
  CHECK((*status)->health == Health::healthy); // it answers what it can
  CHECK((*status)->last_success == bench.options.now);

  bench.service.fault = nullptr;
  bench.options.watches[0].agencies = {"energy-department"};
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.state(0).trouble.empty());
}

TEST_CASE("three watches in a row that get no answer end the asking", "[watch]") {
  Bench bench;
  bench.options.watches.push_back(watch_of("land", "land-management-bureau"));
  bench.options.watches.push_back(watch_of("water", "engineers-corps"));
  /// Nobody answers a question to agencies of which the address holds `part`.
  const auto down = [](const std::string& part) {
    return [part](int, const std::string& url) {
      const bool of_watch = url.find("agencies%5D") != std::string::npos &&
                            url.find("=industry-and-security") == std::string::npos;
      return of_watch && url.find(part) != std::string::npos
                 ? std::optional(Error{ErrorKind::network, "no connection"})
                 : std::nullopt;
    };
  };
  SECTION("three fail") {
    bench.service.fault = down("");
    const auto report = bench.sync();
    CHECK(bench.asked_from("land-management") != "");
    CHECK(bench.asked_from("engineers-corps").empty());
    REQUIRE(report.troubles.size() == 4);
    CHECK_THAT(report.troubles[3].error.message, Contains("gave up after 3 failures in a row"));
    CHECK(bench.state(2).trouble == "no connection");
    CHECK((*bench.archive.source_status("federal-register"))->health == Health::degraded);
  }
  SECTION("one fails") {
    bench.service.fault = down("land-management");
    const auto report = bench.sync();
    CHECK(report.troubles.size() == 1);
    CHECK(bench.state(2).trouble == "no connection");
    CHECK(bench.state(3).asked_until == Date(2026, 10, 4));
  }
  SECTION("what was asked before stays asked for") {
    bench.sync();
    bench.service.fault = down("");
    bench.sync();
    CHECK(bench.state(0) ==
          query::WatchState{Date(2025, 10, 5), Date(2026, 10, 4), "no connection"});
  }
}

TEST_CASE("a mirror that never held the answer of a watch is no trouble", "[watch]") {
  Bench bench;
  const auto gone = [](int, const std::string& url) {
    return url.find("energy-department") == std::string::npos
               ? std::nullopt
               : std::optional(Error{ErrorKind::not_found, "no file in the mirror"});
  };
  SECTION("of a mirror") {
    bench.absent = sync::AbsentSource::fine;
    bench.service.fault = gone;
    CHECK(bench.sync().troubles.empty());
    CHECK(bench.state(0) == query::WatchState{});
    CHECK(bench.state(1).asked_until == Date(2026, 10, 4));
  }
  SECTION("but of the service itself") {
    bench.service.fault = gone;
    CHECK(bench.sync().troubles.size() == 1);
  }
  SECTION("but what it once held and lost is") {
    bench.absent = sync::AbsentSource::fine;
    bench.sync();
    bench.service.fault = gone;
    CHECK(bench.sync().troubles.size() == 1);
    CHECK(bench.state(0).trouble == "no file in the mirror");
  }
}

TEST_CASE("days of which a row could not be read are asked for again", "[watch]") {
  Bench bench;
  bench.options.watches.resize(1);
  bench.sync();
  bench.service.search_body =
      R"({"count":2,"results":[{"title":"?"},{"document_number":"2026-17001",)"
      R"("publication_date":"2026-09-28","type":"Notice",)" +
      metadata_of(energy) + "}]}";
  bench.on("2026-10-12T11:00:00Z");
  bench.sync();
  CHECK(bench.state(0).asked_until == Date(2026, 10, 4));
  CHECK_THAT(bench.state(0).trouble, Contains("1 row that cannot be read"));
  bench.service.search_body.reset();
  bench.sync();
  CHECK(bench.state(0) == query::WatchState{Date(2025, 10, 5), Date(2026, 10, 11), ""});
}

TEST_CASE("a rule that a watch brings amends nothing that is pending for the reader", "[watch]") {
  Bench bench;
  const auto add_rule = [&](const std::string& number, const std::string& part) {
    FakeFrDocument& rule = bench.add(number, Date(2026, 9, 7), energy);
    rule.type = "Rule";
    rule.metadata += R"(,"effective_on":"2026-12-01","cfr_references":[)" + part + "]";
  };
  add_rule("2026-17001", R"({"title":10,"part":900})");
  add_rule("2026-17002", R"({"title":15,"part":750})");
  add_rule("2026-17003", R"({"title":10,"part":810})");
  REQUIRE(bench.archive.plan_dates(10, "810", {Date(2026, 9, 1)}));
  bench.sync();
  const auto amendments = query::pending_amendments(bench.archive, Citation(), Date(2026, 10, 5));
  std::vector<std::string> pending;
  for (const PendingAmendment& each : *amendments) {
    pending.push_back(each.document);
  }
  CHECK(pending == std::vector<std::string>{"2026-17002", "2026-17003"});
}

TEST_CASE("texts of what a watch may have brought are read, the newest first", "[watch]") {
  Bench bench;
  bench.options.watches.resize(1);
  const auto add = [&](const std::string& number, Date published, const Agency& agency) {
    FakeFrDocument& document = bench.add(number, published, agency);
    document.xml = notice_xml(number, "A transmission line of 500 kV.");
  };
  add("2026-17001", Date(2026, 9, 1), energy);
  add("2026-17002", Date(2026, 9, 2), energy);
  add("2026-10000", Date(2026, 7, 7), energy); // 90 days ago
  add("2026-17003", Date(2026, 9, 3), bureau);
  const auto report = bench.sync();
  CHECK(report.texts == 2);
  CHECK(report.missing_texts == 0);
  CHECK(bench.stored("2026-17001").body.find("500 kV") != std::string::npos);
  CHECK_FALSE(bench.stored("2026-10000").has_text);
  CHECK_FALSE(bench.stored("2026-17003").has_text);
  std::vector<std::string> texts;
  for (const std::string& url : bench.service.asked) {
    if (url.find("/full_text/") != std::string::npos) {
      texts.push_back(url);
    }
  }
  CHECK(texts == std::vector{fr_full_text_url("2026-17002", Date(2026, 9, 2)),
                             fr_full_text_url("2026-17001", Date(2026, 9, 1))});
  CHECK(bench.sync().nothing_new);
  CHECK(bench.service.count("/full_text/") == 0);
  bench.check_rebuild();
}

TEST_CASE("at most a hundred texts of watches are read in a run", "[watch]") {
  Bench bench;
  for (int i = 0; i < 130; ++i) {
    const std::string number = "2026-" + std::to_string(17000 + i);
    bench.add(number, Date(2026, 9, 1), energy).xml = notice_xml(number, "A line.");
  }
  CHECK(bench.sync().texts == 100);
  CHECK(bench.sync().texts == 30);
  CHECK(bench.sync().texts == 0);
}

TEST_CASE("a text that a watch wants and nobody has is no trouble, and is asked for once a day",
          "[watch]") {
  Bench bench;
  FakeFrDocument& document = bench.add("2026-17000", Date(2026, 9, 7), energy);
  SECTION("it is not there") {
    document.xml_is_late = true;
  }
  SECTION("it is another document") {
    document.xml = notice_xml("2026-99999", "A bridge.") + notice_xml("2026-99998", "A road.");
    document.xml = "<NOTICES>" + document.xml + "</NOTICES>";
  }
  const std::string url = fr_full_text_url("2026-17000", Date(2026, 9, 7));
  for (const int asked : {1, 0}) {
    const auto report = bench.sync();
    CHECK(report.troubles.empty());
    CHECK(report.missing_texts == 0);
    CHECK(bench.service.count(url) == asked);
  }
  CHECK(bench.archive.status()->missing_texts.empty());
  bench.on("2026-11-09T11:00:00Z");
  document.xml = notice_xml("2026-17000", "A transmission line.");
  CHECK(bench.sync().texts == 1);
}
