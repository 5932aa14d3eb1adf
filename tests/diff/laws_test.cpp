// Laws of the diff on random trees and random edits.
#include "tests/diff/random_trees.hpp"
#include "tests/diff/story.hpp"
#include "tests/support/apply/apply.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

std::map<ChangeKind, int> kinds(const DiffResult& result) {
  std::map<ChangeKind, int> count;
  for (const Change& change : result.changes) {
    ++count[change.kind];
  }
  return count;
}

std::string side(const Change& change, WordRun::Op op) {
  std::string text;
  for (const WordRun& run : change.words) {
    text += run.op == WordRun::Op::same || run.op == op ? run.text : "";
  }
  return text;
}

} // namespace

TEST_CASE("diff laws hold on random trees", "[tree][laws]") {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    INFO("seed " << seed);
    RandomTrees random(seed);
    const std::vector<Unit> before = random.units();
    const std::vector<Unit> after = random.edited(before, 1 + seed % 12);
    const DiffResult there = diff::diff_units(before, after, {});

    REQUIRE(diff::diff_units(before, before, {}).changes.empty());
    REQUIRE(diff::diff_units(before, after, {}) == there);

    const auto script = tests::make_edit_script(before, after);
    const auto applied = tests::apply(before, script);
    REQUIRE(applied.has_value());
    REQUIRE(*applied == after);

    auto forth = kinds(there);
    const auto back = kinds(diff::diff_units(after, before, {}));
    std::swap(forth[ChangeKind::added], forth[ChangeKind::removed]);
    for (const auto& [kind, count] : back) {
      INFO(to_string(kind));
      REQUIRE(forth[kind] == count);
    }

    std::set<std::string> ids;
    std::set<std::string> ends;
    for (const Change& change : there.changes) {
      REQUIRE(ids.insert(change.id).second);
      if (change.kind == ChangeKind::removed) {
        REQUIRE(ends.insert("before " + change.at.to_string()).second);
      } else {
        REQUIRE(ends.insert("after " + change.at.to_string()).second);
      }
      if (!change.words.empty()) {
        REQUIRE(side(change, WordRun::Op::removed) == change.before);
        REQUIRE(side(change, WordRun::Op::added) == change.after);
      }
    }
  }
}

TEST_CASE("no change lies below an added or removed place", "[tree][laws]") {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    RandomTrees random(seed);
    const std::vector<Unit> before = random.units();
    const DiffResult result = diff::diff_units(before, random.edited(before, 8), {});
    for (const Change& whole : result.changes) {
      for (const Change& other : result.changes) {
        if (&whole == &other || other.kind == ChangeKind::removed ||
            whole.kind != ChangeKind::added) {
          continue;
        }
        INFO(whole.at.to_string() << " and " << other.at.to_string());
        REQUIRE_FALSE(other.at.is_within(whole.at));
      }
    }
  }
}

TEST_CASE("a script is refused by a text it was not made for", "[apply]") {
  const auto before = outline("744.1\n  (a) One.\n");
  const auto after = outline("744.1\n  (a) Two.\n");
  const auto script = tests::make_edit_script(before, after);
  const auto result = tests::apply(after, script);
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message == "cannot apply the edit script to '15 CFR 744.1': its text is not "
                                  "the one the script was made for");
}

TEST_CASE("a script written by hand amends a section", "[apply]") {
  const auto before = outline("744.1\n  (a) One.\n    (1) Below.\n  (b) Two.\n");
  tests::EditScript script = tests::keep_all(before);
  tests::NodeEdit edit;
  edit.at = tests::find_path(before, Citation::parse("15 CFR 744.1(a)(1)").value()).value();
  edit.text = "Amended.";
  script.nodes.push_back(edit);
  const auto result = tests::apply(before, script);
  REQUIRE(result.has_value());
  CHECK(told(diff::diff_units(before, *result, {})) == Lines{"revised 15 CFR 744.1(a)(1)"});
  CHECK((*result)[0].root.published ==
        outline("744.1\n  (a) One.\n    (1) Amended.\n  (b) Two.\n")[0].root.published);
}

TEST_CASE("a script with an address that does not exist is refused", "[apply]") {
  const auto before = outline("744.1\n  (a) One.\n");
  tests::EditScript script = tests::keep_all(before);
  script.nodes.emplace_back().at = {0, {5}};
  CHECK(tests::apply(before, script).error().message ==
        "cannot apply the edit script: no node in '15 CFR 744.1 at child path 5'");
  CHECK(tests::find_path(before, Citation::parse("744.1(z)").value()).error().kind ==
        ErrorKind::not_found);
}
