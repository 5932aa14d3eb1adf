// Parts of several titles in one run, and what of the service's first rows is planned.
#include "query/lookup.hpp"
#include "sync/causes.hpp"
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace regtrail;
using regtrail::testing::EcfrBench;
using regtrail::testing::february;
using regtrail::testing::january;
using regtrail::testing::march;
using regtrail::testing::part;
using regtrail::testing::section;
using sync::PartName;

namespace {

std::string with_appendix(const std::string& number, const std::string& text) {
  return part(number,
              section(number + ".1", "<P>(a) Articles on the list.</P>") +
                  "<DIV9 N=\"Supplement No. 1 to Part " + number +
                  "\" TYPE=\"APPENDIX\">\n<HEAD>Supplement No. 1 to Part " + number +
                  "\xE2\x80\x94"
                  "Articles</HEAD>\n<P>(a) " +
                  text + "</P>\n</DIV9>\n");
}

/// Part 126 of title 22 beside the parts of title 15.
void add_title_22(EcfrBench& bench) {
  bench.service.other_titles[22]["126"] = {{january, with_appendix("126", "Sonar of 5 kHz.")},
                                           {february, with_appendix("126", "Sonar of 4 kHz.")}};
  bench.options.parts.push_back({22, "126"});
}

std::string plan_of(EcfrBench& bench, int title, const std::string& number) {
  std::string text;
  const auto plan = bench.archive.planned_dates(title, number);
  for (const auto& planned : *plan) {
    text += planned.issue_date.to_string() + (planned.derived ? "+ " : " ");
  }
  return text;
}

} // namespace

TEST_CASE("names of parts are read with and without their title", "[parts]") {
  struct Row {
    const char* text;
    PartName name;
  };

  const auto row = GENERATE(values<Row>({
      {"744", {15, "744"}},
      {"part 744", {15, "744"}},
      {"15 CFR Part 744", {15, "744"}},
      {"22 CFR 121", {22, "121"}},
      {"22 cfr part 121", {22, "121"}},
      {" 48 CFR 52 ", {48, "52"}},
      {"41 CFR 102-75", {41, "102-75"}},
      {"10CFR810", {10, "810"}},
      {"10 CFR 60a", {10, "60a"}},
  }));
  INFO(row.text);
  const auto name = sync::read_part_name(row.text);
  REQUIRE(name);
  CHECK(*name == row.name);
  CHECK(*sync::read_part_name(sync::to_string(*name)) == *name);
}

TEST_CASE("what is no part is refused, a section with the part to give", "[parts]") {
  struct Row {
    const char* text;
    const char* words;
  };

  const auto row = GENERATE(values<Row>({
      {"", "is not the number of a CFR part"},
      {"EAR", "'EAR' is not the number of a CFR part, e.g. 744 or \"22 CFR 121\""},
      {"51 CFR 1", "is not the number of a CFR part"},
      {"0 CFR 1", "is not the number of a CFR part"},
      {"22 CFR", "is not the number of a CFR part"},
      {"22 CFR 121/122", "is not the number of a CFR part"},
      {"22 CFR 121.1", "give the part that holds it: \"22 CFR 121\""},
      {"744.23", "give the part that holds it: \"744\""},
  }));
  INFO(row.text);
  const auto name = sync::read_part_name(row.text);
  REQUIRE_FALSE(name);
  CHECK_THAT(name.error().message, Catch::Matchers::Contains(row.words));
}

TEST_CASE("parts of several titles are held side by side", "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  const auto report = bench.sync();
  REQUIRE(report);
  CHECK(report->troubles.empty());
  CHECK(report->parts == 3);
  CHECK(report->new_dates == 7);
  CHECK(plan_of(bench, 22, "126") == "2026-01-05+ 2026-02-02+ ");
  CHECK(plan_of(bench, 15, "126").empty());
  CHECK(report->valid_through == february);        // of the title that is behind
  CHECK(bench.service.count("/titles.json") == 2); // before and after, for all titles at once

  store::ChangeQuery query;
  query.within = *Citation::parse("22 CFR Part 126");
  const auto changes = bench.archive.changes(query);
  REQUIRE(changes->size() == 1);
  CHECK(changes->at(0).title == 22);
  CHECK(changes->at(0).change.at.to_string() == "Supplement No. 1 to Part 126 / (a)");
  const auto version = bench.archive.version_on(*Citation::parse("22 CFR 126.1"), march);
  REQUIRE(version->has_value());
  CHECK((*version)->unit.to_string() == "22 CFR 126.1");
}

TEST_CASE("an appendix of another title is found by its name alone", "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  REQUIRE(bench.sync());
  const auto named = *Citation::parse("Supplement No. 1 to Part 126");
  CHECK(*query::held_title(bench.archive, named) == 22);
  const auto date = query::part_date(bench.archive, named, january);
  REQUIRE(date);
  CHECK(*date == january);
  const auto version = bench.archive.version_on(named, january);
  CHECK((*version)->unit.title() == "22");
  CHECK(bench.archive.load(**version)->id.title() == "22");
}

TEST_CASE("each title has a watermark of its own", "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  REQUIRE(bench.sync());
  bench.service.asked.clear();
  bench.service.other_titles[22]["126"][march] = with_appendix("126", "Sonar of 3 kHz.");
  const auto report = bench.sync();
  REQUIRE(report);
  CHECK(report->new_dates == 1);
  CHECK(bench.service.count("/versions/title-22.json") == 1);
  CHECK(bench.service.count("/versions/title-15.json") == 0);

  bench.service.asked.clear();
  CHECK(bench.sync()->nothing_new);
  CHECK(bench.service.asked.size() == 1);
}

TEST_CASE("trouble with one title leaves the others synced", "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  bench.options.parts.push_back({48, "52"});
  const auto report = bench.sync();
  REQUIRE(report);
  REQUIRE(report->troubles.size() == 1);
  CHECK_THAT(report->troubles[0].error.message, Catch::Matchers::Contains("no title 48"));
  CHECK(report->new_dates == 7);
  CHECK_FALSE(report->valid_through);
}

TEST_CASE("a rebuild of several titles gives the same tables", "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  REQUIRE(bench.sync());
  const std::string before = *bench.archive.export_derived();
  REQUIRE(sync::rebuild(bench.archive, bench.matcher, bench.observer));
  CHECK(*bench.archive.export_derived() == before);
}

TEST_CASE("a part whose number has a hyphen is held and found again", "[pipeline]") {
  EcfrBench bench;
  bench.service.other_titles[41]["102-75"] = {
      {january, part("102-75", section("102-75.1", "<P>(a) Buildings not utilized.</P>"))},
      {february, part("102-75", section("102-75.1", "<P>(a) Land not utilized.</P>"))}};
  bench.options.parts = {{41, "102-75"}};
  REQUIRE(bench.sync()->troubles.empty());
  store::ChangeQuery query;
  query.within = *Citation::parse("41 CFR Part 102-75");
  REQUIRE(bench.archive.changes(query)->size() == 1);
  CHECK(bench.archive.changes(query)->at(0).change.at.to_string() == "41 CFR 102-75.1(a)");
  CHECK(bench.archive.units("102-75")->size() == 2); // the frame of the part and its section
}

TEST_CASE("what is not held is told with the command that fetches it", "[lookup]") {
  struct Row {
    const char* citation;
    const char* command;
  };

  EcfrBench bench;
  const bool empty = GENERATE(true, false);
  if (!empty) {
    REQUIRE(bench.sync());
  }
  const auto row = GENERATE(values<Row>({
      {"22 CFR 121.1", "regtrail sync --part '22 CFR 121'"},
      {"22 CFR Part 121", "regtrail sync --part '22 CFR 121'"},
      {"31 CFR 560.419(a)", "regtrail sync --part '31 CFR 560'"},
      {"48 CFR 52.204-21", "regtrail sync --part '48 CFR 52'"},
  }));
  INFO(row.citation);
  const auto found =
      query::version_for(bench.archive, *Citation::parse(row.citation), std::nullopt);
  REQUIRE_FALSE(found);
  const std::string& message = found.error().message;
  CHECK_THAT(message, Catch::Matchers::EndsWith("run: " + std::string(row.command)));
  // The command is one that sync takes.
  const std::size_t quote = message.find("--part '") + 8;
  CHECK(sync::read_part_name(message.substr(quote, message.rfind('\'') - quote)));
  if (!empty) {
    const auto bare = query::version_for(bench.archive, *Citation::parse("746.1"), std::nullopt);
    CHECK_THAT(bare.error().message,
               Catch::Matchers::EndsWith("parts held: 742, 744; to get more run: regtrail sync "
                                         "--part 746"));
  }
}

TEST_CASE("the same number of part in another title is another part", "[lookup]") {
  EcfrBench bench;
  add_title_22(bench);
  REQUIRE(bench.sync());
  const auto found =
      query::version_for(bench.archive, *Citation::parse("15 CFR 126.1"), std::nullopt);
  REQUIRE_FALSE(found);
  CHECK_THAT(found.error().message,
             Catch::Matchers::Contains("parts held: 742, 744, 22 CFR 126; to get more run: "
                                       "regtrail sync --part 126"));
}

TEST_CASE("of changes in a title whose documents are not asked for no editorial one is claimed",
          "[pipeline]") {
  EcfrBench bench;
  add_title_22(bench);
  REQUIRE(bench.sync());
  REQUIRE(sync::put_coverage(bench.archive, {Date(2025, 1, 1), Date(2026, 6, 1)}));
  REQUIRE(sync::attribute_marked(bench.archive));
  const auto causes = [&](const char* within) {
    store::ChangeQuery query;
    query.within = *Citation::parse(within);
    return bench.archive.changes(query)->at(0).change.causes;
  };
  REQUIRE(causes("15 CFR Part 742").size() == 1);
  CHECK(causes("22 CFR Part 126").empty());
}

TEST_CASE("rows from before the eCFR's first text are planned as its first day", "[pipeline]") {
  EcfrBench bench;
  bench.options.parts = {{15, "742"}};
  bench.service.texts.erase("744");
  auto& texts = bench.service.texts["742"];
  const std::string first = texts.begin()->second;
  texts[Date(2016, 11, 21)] = "";
  texts[Date(2016, 12, 21)] = "";
  bench.service.altered = [&](const std::string& url, std::string body) {
    return url == fetch::ecfr_full_url({15, "742"}, Date(2017, 1, 3)) ? first : std::move(body);
  };
  texts[Date(2017, 1, 3)] = first;
  const auto report = bench.sync();
  REQUIRE(report);
  CHECK(report->troubles.empty());
  CHECK(plan_of(bench, 15, "742") == "2017-01-03+ 2026-01-05+ 2026-02-02+ 2026-03-02+ ");
  CHECK(bench.service.count("issue_date%5Bgte%5D=2016-01-01") == 1);
  CHECK(bench.service.count("/full/2016") == 0);
}

TEST_CASE("rows that were not asked for make the list an answer to another question",
          "[pipeline]") {
  struct Row {
    const char* from;
    const char* to;
  };

  const auto row = GENERATE(values<Row>({
      {R"("title":"15")", R"("title":"16")"},
      {R"("part":"742")", R"("part":"740")"},
  }));
  INFO(row.to);
  EcfrBench bench;
  bench.service.altered = [&](const std::string& url, std::string body) {
    const std::size_t at =
        url.find("/versions/") != std::string::npos && url.find("part=742") != std::string::npos
            ? body.rfind(row.from)
            : std::string::npos;
    // The title stands in `meta` as well.
    const std::size_t last =
        at == std::string::npos || *row.from != '"' ? at : body.rfind(row.from, at - 1);
    return last == std::string::npos ? body
                                     : body.replace(last, std::string(row.from).size(), row.to);
  };
  const auto report = bench.sync();
  REQUIRE(report);
  REQUIRE(report->troubles.size() == 1);
  CHECK(report->troubles[0].error.kind == ErrorKind::malformed);
  CHECK_THAT(report->troubles[0].error.message, Catch::Matchers::Contains("not asked for"));
  CHECK(plan_of(bench, 15, "742").empty());
  CHECK(plan_of(bench, 15, "744") == "2026-01-05+ 2026-03-02+ ");
  CHECK(bench.archive.status()->quarantined.size() == 1);
}

TEST_CASE("a row of versions that cannot be read is told and the others are planned",
          "[pipeline]") {
  EcfrBench bench;
  bench.options.parts = {{15, "742"}};
  bench.service.altered = [](const std::string& url, std::string body) {
    const std::string row = R"("issue_date":"2026-02-02")";
    const std::size_t at =
        url.find("/versions/") == std::string::npos ? std::string::npos : body.find(row);
    return at == std::string::npos ? body : body.replace(at, row.size(), R"("issue_date":"soon")");
  };
  const auto report = bench.sync();
  REQUIRE(report);
  REQUIRE(report->troubles.size() == 1);
  CHECK_THAT(report->troubles[0].error.message,
             Catch::Matchers::Contains("1 row that cannot be read (row 2 of 'content_versions' "
                                       "lacks an identifier or an issue_date)"));
  CHECK(plan_of(bench, 15, "742") == "2026-01-05+ 2026-03-02+ ");

  bench.service.altered = nullptr;
  CHECK(bench.sync()->troubles.empty());
  CHECK(plan_of(bench, 15, "742") == "2026-01-05+ 2026-02-02+ 2026-03-02+ ");
}

TEST_CASE("an entry of the corrections is looked at again when it was edited", "[pipeline]") {
  const auto list = [](const std::string& occurred, const std::string& action) {
    return R"({"ecfr_corrections":[{"id":9,"cfr_references":[{"cfr_reference":"15 CFR 744.1"}]},)"
           R"({"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}],"error_occurred":")" +
           occurred + R"(","error_corrected":"2026-02-20","corrective_action":")" + action +
           "\"}]}";
  };
  EcfrBench bench;
  bench.service.corrections = list("2026-02-10", "");
  REQUIRE(bench.sync());
  const auto next_day = [&] {
    bench.options.now += std::chrono::hours{24};
    bench.service.asked.clear();
    REQUIRE(bench.sync()->troubles.empty());
    return bench.service.count("/full/");
  };
  CHECK(next_day() == 0);
  bench.service.corrections = list("2026-02-01", "");
  CHECK(next_day() == 1); // the text of February 2
  CHECK(next_day() == 0);
  bench.service.corrections = list("2026-02-01", "(a) corrected");
  CHECK(next_day() == 1);
}

TEST_CASE("corrections of another title are trouble and are not followed", "[pipeline]") {
  EcfrBench bench;
  bench.service.corrections = R"({"ecfr_corrections":[]})";
  REQUIRE(bench.sync());
  bench.options.now += std::chrono::hours{24};
  bench.service.corrections =
      R"({"ecfr_corrections":[{"id":8,"cfr_references":[{"cfr_reference":"48 CFR 52.212-3"}]},)"
      R"({"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}]}]})";
  const auto report = bench.sync();
  REQUIRE(report->troubles.size() == 1);
  CHECK_THAT(report->troubles[0].error.message,
             Catch::Matchers::Contains("48 CFR 52.212-3") &&
                 Catch::Matchers::Contains("corrections/title/15.json"));
  CHECK(report->restated == 0);

  bench.service.corrections =
      R"({"ecfr_corrections":["nothing",{"id":7,"cfr_references":[{"cfr_reference":"15 CFR 742.1"}]}]})";
  const auto odd = bench.sync();
  REQUIRE(odd->troubles.size() == 1);
  CHECK_THAT(odd->troubles[0].error.message, Catch::Matchers::Contains("correction 1 is string"));
  CHECK(bench.service.count("/full/2026-01-05/title-15.xml?part=742") == 2);
}
