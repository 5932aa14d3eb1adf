// What downloaded files hold, without an archive: a citation is of the files' own title.
#include "tests/cli/support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using Catch::Matchers::Contains;
using nlohmann::json;
using regtrail::cli::testing::Outcome;
using regtrail::cli::testing::Program;

namespace {

std::string section(const std::string& number, const std::string& text) {
  return "<DIV8 N=\"" + number + "\" TYPE=\"SECTION\"><HEAD>\u00a7 " + number +
         " Fees.</HEAD><P>(a) " + text + "</P><CITA>[37 CFR 1.1]</CITA></DIV8>";
}

/// Two editions of 37 CFR part 1: 1.53 is revised, 1.54 added.
struct Files {
  Files() {
    before = program.home().write("before.xml", part(section("1.53", "The fee is $100.")));
    after = program.home().write(
        "after.xml", part(section("1.53", "The fee is $200.") + section("1.54", "No fee.")));
  }

  static std::string part(const std::string& sections) {
    return "<DIV5 N=\"1\" NODE=\"37:1\" TYPE=\"PART\"><HEAD>PART 1\u2014FEES</HEAD>" + sections +
           "</DIV5>";
  }

  [[nodiscard]] Outcome diff(const std::string& citation) const {
    return program.run({"diff", citation, "--json", "--files", before, after});
  }

  Program program;
  std::string before;
  std::string after;
};

} // namespace

TEST_CASE("a bare section is looked for in the title of the file", "[files]") {
  const Files files;
  const auto shown = files.program.run({"show", "1.53", "--json", "--file", files.after});
  REQUIRE(shown.code == 0);
  CHECK(json::parse(shown.out)["citation"] == "37 CFR 1.53");
  CHECK_THAT(shown.out, !Contains("PART 1")); // which is of the frame
  const auto other = files.program.run({"show", "15 CFR 1.53", "--file", files.after});
  CHECK(other.code == 2);
  CHECK_THAT(other.err, Contains("'15 CFR 1.53' is not in"));
  const auto told =
      files.program.run({"show", "1.53", "--title", "12", "--json", "--file", files.after});
  CHECK(json::parse(told.out)["citation"] == "12 CFR 1.53");
}

TEST_CASE("a citation is found in a file that does not say of which title it is", "[files]") {
  const Program program;
  const std::string file = program.home().write(
      "file.xml",
      "<DIV8 N=\"899.1\" TYPE=\"SECTION\"><HEAD>\u00a7 899.1 Fees.</HEAD><P>(a) One.</P></DIV8>");
  for (const std::string citation : {"899.1(a)", "22 CFR 899.1(a)"}) {
    const auto shown = program.run({"show", citation, "--json", "--file", file});
    INFO(citation << ' ' << shown.err);
    REQUIRE(shown.code == 0);
    CHECK(json::parse(shown.out)["citation"] == "899.1(a)");
    CHECK(program.run({"diff", citation, "--files", file, file}).code == 0);
  }
}

TEST_CASE("two files are compared at a place of their own title", "[files]") {
  const Files files;
  for (const std::string citation : {"1.53(a)", "37 CFR 1.53(a)", "1.53"}) {
    const Outcome outcome = files.diff(citation);
    INFO(citation << ": " << outcome.err);
    REQUIRE(outcome.code == 0);
    const auto changes = json::parse(outcome.out)["changes"];
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["at"] == "37 CFR 1.53(a)");
  }
  CHECK(json::parse(files.diff("1.54").out)["changes"].size() == 1); // in one of them
}

TEST_CASE("a place that neither file holds is not called unchanged", "[files]") {
  const Files files;
  for (const std::string citation : {"15 CFR 1.53", "1.55", "1.53(b)", "3B001"}) {
    const Outcome outcome = files.diff(citation);
    INFO(citation << ": " << outcome.out);
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Contains("1.5") || Contains("3B001"));
  }
  CHECK(files.diff("what").code == 2);
  CHECK_THAT(files.diff("1.53(b)").err, Contains("is not in the file; near:"));
}

TEST_CASE("a change that is only cosmetic does not count for --exit-code", "[files]") {
  const Program program;
  const std::string before =
      program.home().write("before.xml", Files::part(section("1.53", "From 1954–1958.")));
  const std::string after =
      program.home().write("after.xml", Files::part(section("1.53", "From 1954-1958.")));
  const auto diff = [&](const std::string& option) {
    return program.run({"diff", "--exit-code", option, "--files", before, after});
  };
  CHECK(diff("--brief").code == 0);
  const Outcome told = program.run({"diff", "--exit-code", "--json", "--files", before, after});
  CHECK(told.code == 0);
  const auto changes = json::parse(told.out)["changes"];
  REQUIRE(changes.size() == 1);
  CHECK(changes[0]["kind"] == "cosmetic");
  CHECK_THAT(diff("--cosmetic").out, Contains("1.53(a)"));
  CHECK_THAT(diff("--brief").out, !Contains("1.53(a)"));
}

TEST_CASE("a file that holds no text is not shown as if it were empty", "[files]") {
  const Program program;
  const std::string cover = program.home().write(
      "cover.xml", "<CFRDOC><TITLEPG><TITLENUM>Title 15</TITLENUM></TITLEPG></CFRDOC>");
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--json"}, {"744.1"}}) {
    std::vector<std::string> words{"show", "--file", cover};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = program.run(words);
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Contains("which holds other text"));
  }
}
