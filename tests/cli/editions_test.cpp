// The annual editions through the built program, from a mirror of govinfo in a folder.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

#include "support.hpp"

using namespace regtrail::cli::testing;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using nlohmann::json;

namespace {

std::string edition(const std::string& year, const std::string& teeth) {
  return "<CFRGRANULE><FDSYS><CFRTITLE>15</CFRTITLE><VOL>2</VOL><DATE>" + year +
         "-01-01</DATE></FDSYS><PART><EAR>Pt. 744</EAR><HD SOURCE=\"HED\">PART 744—WIDGETS</HD>"
         "<SECTION><SECTNO>§ 744.1</SECTNO><SUBJECT>Scope.</SUBJECT><P>(a) Widgets of " +
         teeth + " teeth need a license.</P></SECTION></PART></CFRGRANULE>";
}

/// Editions of 2011 to 2013; the one of 2012 is `second`.
class Mirror {
public:
  explicit Mirror(const std::string& second) {
    std::string years;
    for (const std::string year : {"2011", "2012", "2013"}) {
      years += (years.empty() ? "" : ",") + (R"({"name":")" + year + R"(","folder":true})");
      const std::string package = "CFR-" + year + "-title15-vol2";
      m_folder.write("www.govinfo.gov/bulkdata/json/CFR/" + year + "/title-15",
                     R"({"files":[{"name":")" + package + R"(.xml","folder":false}]})");
      m_folder.write("www.govinfo.gov/content/pkg/" + package + "/xml/" + package + "-part744.xml",
                     year == "2012" ? second : edition(year, year == "2011" ? "30" : "40"));
    }
    // a folder of that name holds the listings of the years
    m_folder.write("www.govinfo.gov/bulkdata/json/CFR@", "{\"files\":[" + years + "]}");
  }

  [[nodiscard]] std::vector<std::string> sync() const {
    return {"sync",
            "--source",
            "govinfo",
            "--since",
            "2009",
            "--part",
            "744",
            "--mirror",
            m_folder.path().string()};
  }

private:
  TempDir m_folder;
};

} // namespace

TEST_CASE("history, diff and show answer from before the eCFR", "[editions]") {
  Program program;
  program.set("REGTRAIL_NOW", "2026-10-21");
  const Mirror mirror(edition("2012", "40"));
  const Outcome sync = program.run(mirror.sync());
  CHECK(sync.code == 0);
  CHECK(sync.err.empty());
  CHECK_THAT(sync.out, StartsWith("2026-10-21T00:00:00Z ok govinfo=2013-01-01 changes=1 hits=0 "));
  CHECK(program.run(mirror.sync()).out.empty());

  CHECK_THAT(program.run({"show", "744.1", "--on", "2011-06-01"}).out, Contains("30 teeth"));
  CHECK_THAT(program.run({"show", "744.1", "--on", "2012-06-01"}).out, Contains("40 teeth"));
  CHECK(program.run({"show", "744.1", "--on", "2010-06-01"}).code == 2);
  const auto history = json::parse(program.run({"history", "744.1(a)", "--json"}).out);
  REQUIRE(history["versions"].size() == 2);
  CHECK(history["versions"].front()["from"] != history["versions"].back()["from"]);
  const auto change =
      json::parse(program.run({"diff", "744.1", "--from", "2011", "--to", "2013", "--json"}).out);
  REQUIRE(change["changes"].size() == 1);
  CHECK(change["changes"][0]["at"] == "15 CFR 744.1(a)");
  const auto status = json::parse(program.run({"status", "--json"}).out);
  REQUIRE(status["sources"].size() == 1);
  CHECK(status["sources"][0]["source"] == "govinfo");
  CHECK(status["sources"][0]["newest_issue_date"] == "2013-01-01");
  CHECK(program.run({"rebuild"}).code == 0);
  CHECK(program.run({"verify"}).code == 0);
}

TEST_CASE("a truncated edition is kept aside and ends the sync with 3", "[editions]") {
  Program program;
  program.set("REGTRAIL_NOW", "2026-10-21");
  const Outcome sync = program.run(Mirror(edition("2012", "40").substr(0, 200)).sync());
  CHECK(sync.code == 3);
  CHECK_THAT(sync.err, Contains("15 CFR Part 744 of 2012-01-01") && Contains("is truncated"));
  CHECK_THAT(sync.out,
             Contains("incomplete") && Contains("quarantined=1") && Contains("pending=1"));
  CHECK_THAT(program.run({"status"}).out, Contains("govinfo") && Contains("degraded"));
}
