#include "diff/tree/tree_diff.hpp"
#include "query/compare.hpp"
#include "store/archive.hpp"
#include "tests/support/outline.hpp"
#include "tests/support/stored/stored_units.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;
using namespace regtrail::query;
using Catch::Matchers::Contains;

namespace {

Change change_at(ChangeKind kind, const char* at, const char* was = nullptr) {
  Change change;
  change.kind = kind;
  change.at = *Citation::parse(at);
  if (was != nullptr) {
    change.was = *Citation::parse(was);
  }
  return change;
}

std::vector<std::string> kept(const std::vector<Change>& changes, const char* citation) {
  DiffResult diff;
  diff.changes = changes;
  restrict_to(diff, *Citation::parse(citation));
  std::vector<std::string> places;
  for (const Change& change : diff.changes) {
    places.push_back(change.at.to_string());
  }
  return places;
}

using Places = std::vector<std::string>;

constexpr const char* first_text =
    "744.1\n  heading: Scope\n  (a) nobody may ship the described things without a license\n"
    "  (b) reports are owed to the office within thirty days of shipment\n"
    "744.2\n  heading: Other\n  (a) the office reviews such applications case by case\n";
constexpr const char* second_text =
    "744.1\n  heading: Scope\n  (a) nobody may ship the described goods without a license\n"
    "  (b) reports are owed to the office within thirty days of shipment\n"
    "744.2\n  heading: Other\n  (a) the office reviews such applications case by case\n";
constexpr const char* third_text =
    "744.1\n  heading: Scope\n  cita: [91 FR 1]\n"
    "  (a) nobody may ship the described goods without a license\n"
    "  (b) reports are owed to the office within ninety days of shipment\n"
    "744.2\n  heading: Other\n  (a) the office reviews such applications case by case\n";

/// Part 744 with two changes of 744.1, one of them with a cause.
store::Archive example() {
  auto archive = store::Archive::in_memory(tests::stored_unit_reader()).value();
  const Date dates[] = {Date(2026, 1, 1), Date(2026, 2, 1), Date(2026, 3, 1)};
  const char* texts[] = {first_text, second_text, third_text};
  for (int i = 0; i < 3; ++i) {
    REQUIRE(
        tests::put_units(archive, {15, "744", dates[i]}, tests::outline(texts[i]), Timestamp{}));
    if (i > 0) {
      store::Transition transition;
      transition.part = "744";
      transition.before = dates[i - 1];
      transition.after = dates[i];
      transition.diff =
          diff::diff_units(tests::outline(texts[i - 1]), tests::outline(texts[i]), {});
      for (Change& change : transition.diff.changes) {
        change.causes.push_back(
            {"2026-0000" + std::to_string(i), "91 FR 1", 0.9, {CauseEvidence::cita}});
      }
      REQUIRE(archive.put_transition(transition, Timestamp{}));
    }
  }
  return archive;
}

Result<DiffResult> compare(store::Archive& archive, const char* citation, DateRange range = {}) {
  return compare_dates(archive, *Citation::parse(citation), range);
}

} // namespace

TEST_CASE("restricting keeps what lies at or below the citation", "[compare]") {
  const std::vector<Change> changes{change_at(ChangeKind::revised, "744.1(a)"),
                                    change_at(ChangeKind::revised, "744.1(a)(1)"),
                                    change_at(ChangeKind::revised, "744.1(b)"),
                                    change_at(ChangeKind::revised, "744.11(a)")};
  CHECK(kept(changes, "744.1(a)") == Places{"15 CFR 744.1(a)", "15 CFR 744.1(a)(1)"});
  CHECK(kept(changes, "744.1").size() == 3);
  CHECK(kept(changes, "15 CFR Part 744").size() == 4);
}

TEST_CASE("restricting keeps what lay below the citation and moved away", "[compare]") {
  const std::vector<Change> changes{change_at(ChangeKind::moved, "744.2(c)", "744.1(a)(2)"),
                                    change_at(ChangeKind::redesignated, "744.2(d)", "744.2(c)")};
  CHECK(kept(changes, "744.1(a)") == Places{"15 CFR 744.2(c)"});
}

TEST_CASE("restricting keeps what came, went or was renamed with an ancestor", "[compare]") {
  CHECK(kept({change_at(ChangeKind::removed, "744.1(a)")}, "744.1(a)(2)").size() == 1);
  CHECK(kept({change_at(ChangeKind::redesignated, "744.1(b)", "744.1(a)")}, "744.1(b)(2)").size() ==
        1);
  CHECK(kept({change_at(ChangeKind::revised, "744.1(a)")}, "744.1(a)(2)").empty());
}

TEST_CASE("without dates the last change of the citation is shown", "[compare]") {
  auto archive = example();
  const auto whole = compare(archive, "744.1");
  REQUIRE(whole);
  REQUIRE(whole->changes.size() == 1);
  CHECK(whole->changes[0].at.to_string() == "15 CFR 744.1(b)");
  CHECK(whole->before.date == Date(2026, 2, 1));
  CHECK(whole->after.date == Date(2026, 3, 1));
  CHECK(whole->notes.size() == 1);
  const auto paragraph = compare(archive, "744.1(a)");
  REQUIRE(paragraph);
  REQUIRE(paragraph->changes.size() == 1);
  CHECK(paragraph->before.date == Date(2026, 1, 1));
  CHECK(paragraph->after.date == Date(2026, 2, 1));
}

TEST_CASE("a text that never changed has an empty diff from its first date to its last",
          "[compare]") {
  auto archive = example();
  const auto diff = compare(archive, "744.2(a)");
  REQUIRE(diff);
  CHECK(diff->changes.empty());
  CHECK(diff->before.date == Date(2026, 1, 1));
  CHECK(diff->after.date == Date(2026, 3, 1));
}

TEST_CASE("over several dates all changes are shown with their stored causes", "[compare]") {
  auto archive = example();
  const auto diff = compare(archive, "744.1", {Date(2026, 1, 1), std::nullopt});
  REQUIRE(diff);
  REQUIRE(diff->changes.size() == 2);
  REQUIRE(diff->changes[0].causes.size() == 1);
  CHECK(diff->changes[0].causes[0].document == "2026-00001");
  REQUIRE(diff->changes[1].causes.size() == 1);
  CHECK(diff->changes[1].causes[0].document == "2026-00002");
  CHECK(diff->before.unit == "15 CFR 744.1");
  CHECK(diff->before.sha256 != diff->after.sha256);
}

TEST_CASE("a day between two issues means the issue before it", "[compare]") {
  auto archive = example();
  const auto diff = compare(archive, "744.1", {Date(2026, 1, 20), Date(2026, 2, 20)});
  REQUIRE(diff);
  CHECK(diff->before.date == Date(2026, 1, 1));
  CHECK(diff->after.date == Date(2026, 2, 1));
  REQUIRE(diff->changes.size() == 1);
  CHECK(diff->changes[0].at.to_string() == "15 CFR 744.1(a)");
}

TEST_CASE("a date before the first version is refused with that version's date", "[compare]") {
  auto archive = example();
  const auto diff = compare(archive, "744.1", {Date(2019, 1, 1), std::nullopt});
  REQUIRE_FALSE(diff);
  CHECK(diff.error().kind == ErrorKind::not_found);
  CHECK_THAT(diff.error().message, Contains("2019-01-01") && Contains("2026-01-01"));
}

TEST_CASE("dates in the wrong order are refused", "[compare]") {
  auto archive = example();
  const auto diff = compare(archive, "744.1", {Date(2026, 3, 1), Date(2026, 1, 1)});
  REQUIRE_FALSE(diff);
  CHECK(diff.error().kind == ErrorKind::usage);
}

TEST_CASE("comparing what is not there names what is near", "[compare]") {
  auto archive = example();
  for (const char* citation : {"744.1(c)", "744.9", "742.1"}) {
    CAPTURE(citation);
    const auto diff = compare(archive, citation);
    REQUIRE_FALSE(diff);
    CHECK(diff.error().kind == ErrorKind::not_found);
    CHECK_THAT(diff.error().message, Contains(citation));
  }
}

TEST_CASE("files that cannot be compared are named", "[compare]") {
  const query::FileBytes good{
      "good.xml", "<DIV8 N=\"744.1\" TYPE=\"SECTION\"><HEAD>§ 744.1 Scope.</HEAD><P>x</P></DIV8>"};
  const query::FileBytes page{"page.xml", "<!doctype html><html><body>Stop</body></html>"};
  const query::FileBytes cut{"cut.xml", "<DIV8 N=\"744.1\" TYPE=\"SECTION\"><HEAD>§ 744.1"};
  REQUIRE(compare_files(good, good, "15"));
  for (const auto& file : {page, cut}) {
    CAPTURE(file.name);
    const auto left = compare_files(file, good, "15");
    REQUIRE_FALSE(left);
    CHECK(left.error().kind == ErrorKind::malformed);
    CHECK_THAT(left.error().message, Contains(file.name));
    const auto right = compare_files(good, file, "15");
    REQUIRE_FALSE(right);
    CHECK(right.error().kind == ErrorKind::malformed);
    CHECK_THAT(right.error().message, Contains(file.name));
  }
}
