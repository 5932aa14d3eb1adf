#include "parse/unit_text.hpp"
#include "sync/causes.hpp"
#include "sync/govinfo.hpp"
#include "sync/sync.hpp"
#include "tests/support/fake_ecfr.hpp"
#include "tests/support/fake_govinfo.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using Catch::Matchers::Contains;
using namespace regtrail;
using regtrail::testing::FakeEcfr;
using regtrail::testing::FakeGovinfo;
using store::Archive;

namespace {

class QuietObserver : public sync::SyncObserver {
public:
  void on_part_progress(const std::string& /*part*/,
                        int /*fetched*/,
                        int /*planned*/,
                        std::uint64_t /*bytes*/) override {}

  bool cancelled() override { return false; }
};

std::string section(const std::string& number, const std::string& text) {
  return "<SECTION><SECTNO>\xC2\xA7 " + number +
         "</SECTNO><SUBJECT>Invented rule.</SUBJECT><P>(a) " + text + "</P></SECTION>\n";
}

std::string part(const std::string& number, const std::string& text) {
  return "<PART><EAR>Pt. " + number + "</EAR><HD SOURCE=\"HED\">PART " + number +
         "\xE2\x80\x94INVENTED</HD>" + section(number + ".1", text) + "</PART>\n";
}

std::string granule(int year, const std::string& number, const std::string& text) {
  const std::string date = std::to_string(year) + "-01-01";
  return "<CFRGRANULE><FDSYS><CFRTITLE>15</CFRTITLE><VOL>2</VOL><DATE>" + date +
         "</DATE><ORIGINALDATE>" + date + "</ORIGINALDATE><COVERONLY>false</COVERONLY></FDSYS>" +
         part(number, text) + "</CFRGRANULE>";
}

std::string cover(int year) {
  return "<CFRGRANULE><FDSYS><CFRTITLE>15</CFRTITLE><VOL>2</VOL><DATE>" + std::to_string(year) +
         "-01-01</DATE><ORIGINALDATE>2009-01-01</ORIGINALDATE><COVERONLY>true</COVERONLY></FDSYS>"
         "<PART/></CFRGRANULE>";
}

std::string volume(int year, const std::string& parts) {
  return "<CFRDOC><FMTR><TITLEPG><TITLENUM>Title 15</TITLENUM><REVISED>Revised as of "
         "January 1, " +
         std::to_string(year) + "</REVISED></TITLEPG></FMTR><TITLE>" + parts + "</TITLE></CFRDOC>";
}

std::string ecfr_part(const std::string& number, const std::string& text) {
  return "<DIV5 N=\"" + number + "\" TYPE=\"PART\"><HEAD>PART " + number +
         "\xE2\x80\x94INVENTED</HEAD><DIV8 N=\"" + number +
         ".1\" TYPE=\"SECTION\"><HEAD>\xC2\xA7 " + number + ".1 Invented rule.</HEAD><P>(a) " +
         text + "</P></DIV8></DIV5>";
}

struct Bench {
  Archive archive = *Archive::in_memory(parse::parse_unit);
  FakeEcfr ecfr;
  FakeGovinfo service;
  diff::Matcher matcher{Register{}};
  QuietObserver observer;
  sync::SyncOptions options;

  Bench() {
    options.parts = {{15, "744"}};
    options.since = Date(2009, 1, 1);
    options.now = *parse_timestamp("2026-10-21");
    service.others = &ecfr;
  }

  sync::SyncReport sync() {
    auto report = sync::sync_govinfo(archive, service, matcher, options, observer);
    if (!report) {
      FAIL(report.error().message);
    }
    return std::move(*report);
  }

  void sync_ecfr() {
    auto report = sync::sync_ecfr(archive, service, matcher, options, observer);
    REQUIRE(report.has_value());
    REQUIRE(report->troubles.empty());
  }

  std::vector<std::string> transitions() {
    std::vector<std::string> told;
    const auto steps = archive.transition_dates();
    for (const auto& step : steps.value()) {
      told.push_back(step.before.to_string() + " " + step.after.to_string());
    }
    return told;
  }

  std::string text_on(Date day) {
    const auto version = archive.version_on(Citation::parse("744.1").value(), day).value();
    return version ? subtree_text(archive.load(*version).value().root) : "";
  }
};

using Steps = std::vector<std::string>;

/// Three years of part 744 in volume 2; volume 1 holds other parts.
void fill(FakeGovinfo& service) {
  for (const int year : {2010, 2011, 2012}) {
    service.parts[year][1]["30"] = granule(year, "30", "Trade.");
  }
  service.parts[2010][2]["744"] = granule(2010, "744", "Widgets of 30 teeth.");
  service.parts[2011][2]["744"] = granule(2011, "744", "Widgets of 40 teeth.");
  service.parts[2012][2]["744"] = granule(2012, "744", "Widgets of 40 teeth.");
}

} // namespace

TEST_CASE("annual editions answer for the years before the eCFR", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.new_dates == 3);
  CHECK(report.newest_issue_date == Date(2012, 1, 1));
  CHECK(bench.transitions() == Steps{"2010-01-01 2011-01-01", "2011-01-01 2012-01-01"});
  CHECK_THAT(bench.text_on(Date(2010, 6, 1)), Contains("30 teeth"));
  CHECK_THAT(bench.text_on(Date(2012, 6, 1)), Contains("40 teeth"));
  const auto versions = bench.archive.versions(Citation::parse("744.1").value()).value();
  CHECK(versions.size() == 2);
  const auto status = bench.archive.source_status("govinfo").value();
  REQUIRE(status.has_value());
  CHECK(status->health == Health::healthy);
  CHECK(status->newest_issue_date == Date(2012, 1, 1));
}

TEST_CASE("each year is asked for its volumes once, and for a part in the volume that held it",
          "[govinfo]") {
  Bench bench;
  fill(bench.service);
  // years, three listings; 2012 in volumes 1 and 2, then 2011 and 2010 in volume 2 at once
  CHECK(bench.sync().requests == 1 + 3 + 2 + 1 + 1);
  CHECK(bench.service.count("vol1-part744") == 1);
  CHECK(bench.service.asked.size() == 8);
}

TEST_CASE("when every edition is settled, the list of years is the only question", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  bench.service.parts[2009][2]["744"] = cover(2009);
  bench.service.parts[2013][2]["30"] = granule(2013, "30", "Trade.");
  bench.sync();
  bench.service.asked.clear();
  const auto again = bench.sync();
  CHECK(again.nothing_new);
  CHECK(again.requests == 1);
  CHECK(bench.service.asked == Steps{fetch::govinfo_cfr_years_url()});
}

TEST_CASE("a cover and a year without the part give no version and leave no gap", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  SECTION("only a cover was issued") {
    bench.service.parts[2011][2]["744"] = cover(2011);
  }
  SECTION("no volume of the year holds the part") {
    bench.service.parts[2011][2].erase("744");
    bench.service.volumes[2011][1] = volume(2011, part("30", "Trade."));
    bench.service.volumes[2011][2] = volume(2011, part("742", "Policy."));
  }
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.new_dates == 2);
  CHECK(report.pending_dates == 0);
  CHECK(bench.archive.planned_dates(15, "744").value().size() == 2);
  CHECK(bench.transitions() == Steps{"2010-01-01 2012-01-01"});
}

TEST_CASE("a year that the service has in no parts is taken in whole volumes, each once",
          "[govinfo]") {
  Bench bench;
  bench.options.parts = {{15, "742"}, {15, "744"}};
  bench.service.volumes[2009][1] = volume(2009, part("30", "Trade."));
  bench.service.volumes[2009][2] =
      volume(2009, part("742", "Policy.") + part("744", "Widgets of 20 teeth."));
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.new_dates == 2);
  CHECK(bench.service.count("vol1.xml") == 1);
  CHECK(bench.service.count("vol2.xml") == 1);
  CHECK_THAT(bench.text_on(Date(2009, 6, 1)), Contains("20 teeth"));
  CHECK(bench.archive.load_snapshot({15, "744", Date(2009, 1, 1)}).value().size() == 2);
}

TEST_CASE("what is no edition of that part and year is set aside and asked for again",
          "[govinfo]") {
  Bench bench;
  fill(bench.service);
  const auto [bad, kept_aside, words] = GENERATE(table<std::string, int, std::string>({
      {granule(2011, "744", "Widgets of 40 teeth.").substr(0, 300), 1, "Premature end of data"},
      {"<CFRGRANULE><PART/></CFRGRANULE>", 1, "holds nothing of part 744"},
      {granule(1999, "744", "Widgets of 40 teeth."), 1, "as of 1999-01-01"},
      {"<!DOCTYPE html><html><body>Busy</body></html>", 0, "HTML"},
  }));
  bench.service.parts[2011][2]["744"] = bad;
  const auto report = bench.sync();
  CHECK(report.new_dates == 2);
  CHECK(report.pending_dates == 1);
  CHECK(report.quarantined == kept_aside);
  REQUIRE(report.troubles.size() == 1);
  CHECK(report.troubles[0].what == "15 CFR Part 744 of 2011-01-01");
  CHECK_THAT(report.troubles[0].error.message, Contains(words));
  CHECK(bench.transitions().empty()); // nothing is shown across the year that is missing
  CHECK(bench.archive.source_status("govinfo").value()->health == Health::degraded);

  bench.service.parts[2011][2]["744"] = granule(2011, "744", "Widgets of 40 teeth.");
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.transitions() == Steps{"2010-01-01 2011-01-01", "2011-01-01 2012-01-01"});
}

TEST_CASE("a bad volume is asked for once in a run, however many parts it holds", "[govinfo]") {
  Bench bench;
  bench.options.parts = {{15, "742"}, {15, "744"}, {15, "746"}};
  bench.service.volumes[2009][2] = volume(2009, part("742", "Policy.")).substr(0, 250);
  const auto report = bench.sync();
  CHECK(bench.service.count("vol2.xml") == 1);
  CHECK(report.quarantined == 1);
  CHECK(report.troubles.size() == 3);
}

TEST_CASE("a sync broken off after any request is completed by the next", "[govinfo]") {
  Bench whole;
  fill(whole.service);
  whole.sync();
  const std::string expected = whole.archive.export_derived().value();
  for (std::size_t last = 1; last <= 8; ++last) {
    INFO("broken off after request " << last);
    Bench bench;
    fill(bench.service);
    bench.service.fault = [&](const std::string&) -> std::optional<Error> {
      if (bench.service.asked.size() <= last) {
        return std::nullopt;
      }
      return Error{ErrorKind::network, "cable cut"};
    };
    static_cast<void>(bench.sync());
    bench.service.fault = nullptr;
    CHECK(bench.sync().troubles.empty());
    CHECK(bench.archive.export_derived().value() == expected);
  }
}

TEST_CASE("the editions join the text with which the eCFR began", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  bench.service.parts[2017][2]["744"] = granule(2017, "744", "Of the eCFR's years.");
  bench.ecfr.texts["744"] = {{Date(2017, 1, 3), ecfr_part("744", "Widgets of 50 teeth.")},
                             {Date(2018, 5, 1), ecfr_part("744", "Widgets of 60 teeth.")}};
  const Steps steps = {"2010-01-01 2011-01-01",
                       "2011-01-01 2012-01-01",
                       "2012-01-01 2017-01-03",
                       "2017-01-03 2018-05-01"};
  SECTION("pulled before them") {
    bench.sync_ecfr();
    bench.sync();
  }
  SECTION("pulled after them") {
    bench.sync();
    bench.sync_ecfr();
  }
  CHECK(bench.transitions() == steps);
  CHECK(bench.service.count("2017-title15") == 0);
  CHECK(bench.ecfr.count("2012-01-01") == 0);
  CHECK(bench.archive.source_status("ecfr").value()->newest_issue_date == Date(2018, 5, 1));
  CHECK(bench.archive.source_status("govinfo").value()->newest_issue_date == Date(2012, 1, 1));
  const auto dates = bench.archive.transition_dates().value().at(2);
  const auto change =
      bench.archive.transition(15, "744", dates.before, dates.after).value().diff.changes;
  REQUIRE(change.size() == 1);
  CHECK(change[0].at.to_string() == "15 CFR 744.1(a)");
}

TEST_CASE("no change is shown between an edition and a late text of the eCFR", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  bench.ecfr.texts["744"] = {{Date(2026, 5, 4), ecfr_part("744", "Widgets of 60 teeth.")},
                             {Date(2026, 6, 1), ecfr_part("744", "Widgets of 70 teeth.")}};
  bench.sync_ecfr();
  bench.sync();
  CHECK(bench.transitions() ==
        Steps{"2010-01-01 2011-01-01", "2011-01-01 2012-01-01", "2026-05-04 2026-06-01"});
}

TEST_CASE("rebuilding gives the same tables with editions among them", "[govinfo]") {
  Bench bench;
  fill(bench.service);
  bench.service.parts.erase(2010);
  bench.service.volumes[2010][2] = volume(2010, part("744", "Widgets of 30 teeth."));
  bench.ecfr.texts["744"] = {{Date(2017, 1, 3), ecfr_part("744", "Widgets of 50 teeth.")}};
  bench.sync();
  bench.sync_ecfr();
  const std::string before = bench.archive.export_derived().value();
  REQUIRE(bench.transitions().size() == 3);
  const auto rebuilt = sync::rebuild(bench.archive, bench.matcher, bench.observer);
  REQUIRE(rebuilt.has_value());
  CHECK(rebuilt->troubles.empty());
  CHECK(bench.archive.export_derived().value() == before);
}

TEST_CASE("five real years of a part become five versions of its sections at most", "[govinfo]") {
  NEEDS_CORPUS("cfr-annual/CFR-2009-title37-vol1-part1.xml");
  const std::filesystem::path folder = regtrail::testing::corpus_path("cfr-annual");
  Bench bench;
  bench.options.parts = {{37, "1"}};
  bench.service.title = 37;
  for (int year = 2009; year <= 2013; ++year) {
    std::ifstream file(folder / ("CFR-" + std::to_string(year) + "-title37-vol1-part1.xml"),
                       std::ios::binary);
    bench.service.parts[year][1]["1"] = {std::istreambuf_iterator<char>(file), {}};
  }
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.new_dates == 5);
  CHECK(bench.transitions() == Steps{"2009-07-01 2010-07-01",
                                     "2010-07-01 2011-07-01",
                                     "2011-07-01 2012-07-01",
                                     "2012-07-01 2013-07-01"});
  const auto fee = Citation::parse("37 CFR 1.16").value();
  CHECK(bench.archive.versions(fee).value().size() >= 2);
  REQUIRE(sync::attribute_marked(bench.archive));
  const std::string before = bench.archive.export_derived().value();
  REQUIRE(sync::rebuild(bench.archive, bench.matcher, bench.observer));
  CHECK(bench.archive.export_derived().value() == before);
}
