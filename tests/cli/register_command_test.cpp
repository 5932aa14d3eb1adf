// `register` as a user runs it: two tables, the sample mirror, and what is said of one's own
// things.
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include "support.hpp"

using Catch::Matchers::Contains;
using nlohmann::json;
using regtrail::cli::testing::Outcome;
using regtrail::cli::testing::Program;

namespace {

const std::string sample = regtrail::testing::source_path("sample").string();

constexpr const char* parts = "Part No.,Description,ECCN,Origin,Switching time (ms)\n"
                              "VX-200,fast gas switching valve,3B001.c.1.c.2,Japan,300\n"
                              "VX-900,fast gas switching valve,3b001c1c2,日本,900\n"
                              "MX-1,mixer,EAR99,US,\n"
                              "QX-1,unheard of,3B993.z,US,\n"
                              "QX-2,mistyped,3B99,US,\n";

constexpr const char* partners = "取引先名,国\n"
                                 "\"Beispiel Plasma Instruments Co., Ltd.\",中国\n"
                                 "PROBE VALVE TECHNOLOGY WUHAN COMPANY LIMITED,中国\n"
                                 "Harmless Bakery,日本\n";

/// A home with a configuration and the two tables, and no archive.
class Prepared : public Program {
public:
  Prepared() {
    set("REGTRAIL_NOW", "2026-10-20");
    REQUIRE(run({"init"}).code == 0);
    home().write("parts.csv", parts);
    home().write("partners.csv", partners);
  }
};

std::string
import_parts(const Program& program, int code, const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{
      "register", "products", "import", "parts.csv", "--map", "Switching time (ms)=parameters"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Outcome outcome = program.run(arguments);
  INFO(outcome.err);
  CHECK(outcome.code == code);
  return outcome.out;
}

} // namespace

TEST_CASE("an import says at once what the law says of the parts", "[register]") {
  const Prepared program;
  const std::string dry = import_parts(program, 3, {"--dry-run"});
  CHECK_THAT(dry,
             Contains("4 new, 0 changed, 0 as before, 1 refused; nothing was written") &&
                 Contains("row 6 refused: column 'ECCN': eccn \"3B99\" is not an ECCN"));
  CHECK_THAT(program.run({"register", "products"}).out, Contains("0 products in"));

  CHECK_THAT(import_parts(program, 3), Contains("no archive at") && Contains("regtrail sync"));
  CHECK_THAT(program.run({"register", "products"}).out,
             Contains("4 products in") &&
                 Contains("regtrail sync: 4 products: vx-200, vx-900, mx-1 and 1 more"));
  const Outcome sync = program.run({"sync", "--mirror", sample, "--part", "774", "--part", "744"});
  INFO(sync.err);

  const json said = json::parse(import_parts(program, 3, {"--json"}));
  CHECK(said["added"] == 0);
  CHECK(said["unchanged"] == 4);
  const json& answers = said["answers"];
  CHECK(answers["law"] == "2026-10-19");
  for (const json& eccn : answers["eccns"]) {
    CAPTURE(eccn.dump());
    CHECK(eccn["there"] == (eccn["eccn"] == "3B001.c.1.c.2"));
    CHECK(eccn["nearest"] == (eccn["there"] ? json::array() : json::array({"3B993"})));
  }
  REQUIRE(answers["limits"].size() == 2);
  CHECK(answers["limits"][0]["product"] == "vx-200");
  CHECK(answers["limits"][0]["inside"] == true);
  CHECK(answers["limits"][1]["product"] == "vx-900");
  CHECK(answers["limits"][1]["inside"] == false);

  const std::string text = program.run({"register", "products", "test", "vx-900"}).out;
  CHECK_THAT(text,
             Contains("1 names an ECCN that it has") &&
                 Contains("2026-07-06  ECCN 3B001.c.1.c.2  revised") &&
                 Contains("VX-900  Switching time 900 ms: outside") && !Contains("RS: f.1"));
  program.run({"register", "products", "add", "hf-49", "--eccn", "1C350.d"});
  CHECK_THAT(program.run({"register", "products", "test", "hf-49"}).out,
             Contains("1C350.d") && !Contains("near:"));
}

TEST_CASE("partners are held against the names on the lists", "[register]") {
  const Prepared program;
  program.run({"sync", "--mirror", sample, "--part", "744"});
  const Outcome outcome = program.run({"register", "parties", "import", "partners.csv", "--json"});
  CHECK(outcome.code == 0);
  const json listed = json::parse(outcome.out)["answers"]["listed"];
  REQUIRE(listed.size() == 2);
  CHECK(listed[0]["party"] == "beispiel-plasma-instruments-co-ltd");
  CHECK(listed[0]["likeness"] == "exact");
  CHECK(listed[1]["party"] == "probe-valve-technology-wuhan-company-limited");
  CHECK(listed[1]["likeness"] == "folded");
}

TEST_CASE("an entry whose part was not read is not watched", "[register]") {
  const Prepared program;
  import_parts(program, 3);
  program.run({"sync", "--mirror", sample, "--part", "744"});
  const json status = json::parse(program.run({"status", "--json"}).out);
  const auto reasons_of = [&](const char* id) {
    for (const json& entry : status["not_watched"]) {
      if (entry["id"] == id) {
        return entry["reasons"].dump();
      }
    }
    return std::string();
  };
  CHECK_THAT(reasons_of("mx-1"), Contains("15 CFR Part 774 is not synced"));
  const Outcome list = program.run({"register", "products", "list"});
  CHECK_THAT(list.out, Contains("not watched: 15 CFR Part 774 is not synced: 4 products: vx-200"));
}

TEST_CASE("parts that entries name are offered as the line that reads them, until it is there",
          "[register]") {
  const Program program;
  const json starter = json::parse(program.run({"register", "list", "--json"}).out);
  CHECK_THAT(starter["parts"].dump(), Contains("\"744\"") && Contains("\"31 CFR 850\""));
  program.home().write(".config/regtrail/categories.toml",
                       "[[category]]\nid = \"arms\"\nlabel_en = \"Arms\"\n"
                       "cfr = [\"22 CFR 121\", \"744.23\", \"19 CFR\", \"15 CFR 791\"]\n");
  program.home().write(".config/regtrail/config.toml", "[sync]\nparts = [\"774\"]\n");
  const std::string line = "parts = [\"774\", \"744\", \"791\", \"22 CFR 121\"]\n";
  CHECK_THAT(program.run({"categories"}).out, Contains("config.toml:\n" + line));
  CHECK_THAT(program.run({"register", "list"}).out, Contains("config.toml:\n" + line));
  CHECK(json::parse(program.run({"categories", "--json"}).out)["parts"].size() == 4);

  program.home().write(".config/regtrail/config.toml", "[sync]\n" + line);
  CHECK_THAT(program.run({"categories"}).out, !Contains("parts ="));
  // Until it was synced, it is still not read.
  CHECK_THAT(program.run({"register", "list"}).out, Contains("arms") && Contains("not watched"));
}

TEST_CASE("entries of every kind are added, edited, shown, exported and removed alike",
          "[register]") {
  const Prepared program;

  struct Row {
    const char* kind;
    std::vector<std::string> values;
    std::vector<std::string> other;
    const char* shown;
  };

  const std::vector<Row> rows{
      {"products", {"--eccn", "2B999"}, {"--eccn", "EAR99"}, "eccn = [\"EAR99\"]"},
      {"parties", {"--name", "=Acme"}, {"--country", "CN"}, "country = \"CN\""},
      {"procedures", {"--citation", "744.11"}, {"--title", "Screening"}, "title = \"Screening\""},
      {"destinations", {"--country", "TW"}, {"--note", "since May"}, "note = \"since May\""},
      {"categories", {"--label-en", "L", "--term", "lens"}, {"--hs", "9002"}, "hs = [\"9002\"]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.kind);
    const std::string id = std::string("new-") + row.kind;
    const auto with = [&](const char* verb, const std::vector<std::string>& more) {
      std::vector<std::string> arguments{"register", row.kind, verb, id};
      arguments.insert(arguments.end(), more.begin(), more.end());
      return program.run(arguments);
    };
    CHECK(with("add", row.values).code == 0);
    CHECK_THAT(with("add", row.values).err, Contains("is in the register already"));
    CHECK(with("edit", row.other).code == 0);
    CHECK_THAT(with("edit", {}).err, Contains("nothing to change was given"));
    CHECK_THAT(with("show", {}).out, Contains(row.shown));
    CHECK_THAT(program.run({"register", row.kind, "export"}).out, Contains(id));
    CHECK(with("remove", {}).code == 0);
    CHECK_THAT(with("show", {}).err, Contains("no "));
  }
}

TEST_CASE("an exported table is safe to open and imports as it was", "[register]") {
  const Prepared program;
  CHECK(program
            .run({"register",
                  "parties",
                  "add",
                  "acme",
                  "--name",
                  "=HYPERLINK(\"x\")",
                  "--name",
                  "Acme, Ltd.",
                  "--owner",
                  "Parent 60%",
                  "--country",
                  "CN"})
            .code == 0);
  const std::string csv = program.run({"register", "parties", "export"}).out;
  CHECK_THAT(csv, Contains("'=HYPERLINK"));
  program.home().write("again.csv", csv);
  const Outcome again = program.run({"register", "parties", "import", "again.csv"});
  CHECK(again.code == 0);
  CHECK_THAT(again.out, Contains("0 new, 0 changed, 1 as before, 0 refused"));
}
