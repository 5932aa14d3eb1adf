// Paragraphs that are divided into several, or joined, with their words kept.
#include "tests/diff/story.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

Change change_at(const DiffResult& result, const std::string& at) {
  for (const Change& change : result.changes) {
    if (change.at == Citation::parse(at).value()) {
      return change;
    }
  }
  throw std::logic_error("no change at " + at);
}

std::string marked(const Change& change, WordRun::Op op) {
  std::string text;
  for (const WordRun& run : change.words) {
    text += run.op == op ? run.text + "|" : "";
  }
  return text;
}

const std::string whole = R"(748.9
  (a) Before a lens leaves the country, the seller must write down who buys it and what for, must keep what was written for at least six years, and must show it to an officer within three days.
  (b) Nothing else is asked of anyone who sells lenses abroad.
)";

const std::string divided = R"(748.9
  (a) Before a lens leaves the country, the seller must:
    (1) Write down who buys it and what for;
    (2) Keep what was written for at least six years; and
    (3) Show it to an officer within three days.
  (b) Nothing else is asked of anyone who sells lenses abroad.
)";

} // namespace

TEST_CASE("a paragraph that was divided says into what, and marks what was altered", "[divided]") {
  const DiffResult result = diff_outlines(whole, divided);
  REQUIRE(told(result) == Lines{"revised 15 CFR 748.9(a)",
                                "added 15 CFR 748.9(a)(1)",
                                "added 15 CFR 748.9(a)(2)",
                                "added 15 CFR 748.9(a)(3)"});
  const Change change = change_at(result, "748.9(a)");
  std::vector<std::string> parts;
  for (const Citation& part : change.divided_into) {
    parts.push_back(part.to_string());
  }
  CHECK(parts == Lines{"15 CFR 748.9(a)(1)", "15 CFR 748.9(a)(2)", "15 CFR 748.9(a)(3)"});
  CHECK(change.typed.empty());
  CHECK(change.after.find("(3) Show it to an officer within three days.") != std::string::npos);
  for (const char* kept : {"days", "buys", "years", "officer"}) {
    CHECK(marked(change, WordRun::Op::removed).find(kept) == std::string::npos);
    CHECK(marked(change, WordRun::Op::added).find(kept) == std::string::npos);
  }
}

TEST_CASE("a limit that was altered while its paragraph was divided is told", "[divided]") {
  std::string altered = divided;
  altered.replace(altered.find("three days"), 5, "seven");
  const Change change = change_at(diff_outlines(whole, altered), "748.9(a)");
  REQUIRE(change.typed.size() == 1);
  CHECK(change.typed[0].before == "<= 3 days");
  CHECK(change.typed[0].after == "<= 7 days");
  CHECK(change.divided_into.size() == 3);
}

TEST_CASE("paragraphs that were joined lose no limit", "[divided]") {
  const DiffResult result = diff_outlines(divided, whole);
  const Change change = change_at(result, "748.9(a)");
  CHECK(change.kind == ChangeKind::revised);
  CHECK(change.typed.empty());
  CHECK(change.divided_into.empty());
  CHECK(marked(change, WordRun::Op::removed).find("days") == std::string::npos);
}

TEST_CASE("a paragraph may be divided into itself and those behind it", "[divided]") {
  const auto before = R"(748.9
  (a) A seller of lenses keeps the papers of each sale, of each repair and of each loan for as long as the lens is in use. An officer may ask to see them within nine days of the sale.
)";
  const auto after = R"(748.9
  (a) A seller of lenses keeps the papers of each sale, of each repair and of each loan for as long as the lens is in use.
  (b) An officer may ask to see them within nine days of the sale.
)";
  const Change change = change_at(diff_outlines(before, after), "748.9(a)");
  REQUIRE(change.divided_into.size() == 1);
  CHECK(change.divided_into[0].to_string() == "15 CFR 748.9(b)");
  CHECK(change.typed.empty());
}

TEST_CASE("new paragraphs with words of their own divide nothing", "[divided]") {
  const auto after = R"(748.9
  (a) Before a lens leaves the country, the seller must:
    (1) Ask the buyer for a certificate from a ministry;
    (2) Wait until an answer has come back by post; and
    (3) Pay a fee to the bureau within three days.
  (b) Nothing else is asked of anyone who sells lenses abroad.
)";
  CHECK(change_at(diff_outlines(whole, after), "748.9(a)").divided_into.empty());
}
