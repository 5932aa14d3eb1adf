// The laws of the diff on real text, which is read from the corpus and never copied.
#include "parse/ecfr_xml.hpp"
#include "tests/diff/story.hpp"
#include "tests/support/apply/apply.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

std::optional<std::vector<Unit>> corpus_units(const std::string& name) {
  const std::string path = regtrail::testing::corpus_path("ecfr/" + name).string();
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    WARN("skipped: there is no " << path);
    return std::nullopt;
  }
  std::stringstream bytes;
  bytes << file.rdbuf();
  parse::EcfrOptions options;
  options.source_name = name;
  options.title = "15";
  return parse::parse_ecfr(bytes.str(), options).value().units;
}

std::map<ChangeKind, int> kinds(const std::vector<Unit>& before, const std::vector<Unit>& after) {
  std::map<ChangeKind, int> count;
  for (const Change& change : diff::diff_units(before, after, {}).changes) {
    ++count[change.kind];
  }
  return count;
}

void check_laws(const std::vector<Unit>& before, const std::vector<Unit>& after) {
  CHECK(diff::diff_units(after, after, {}).changes.empty());
  const auto applied = tests::apply(before, tests::make_edit_script(before, after));
  REQUIRE(applied.has_value());
  CHECK(*applied == after);
  auto forth = kinds(before, after);
  std::swap(forth[ChangeKind::added], forth[ChangeKind::removed]);
  auto back = kinds(after, before);
  for (const ChangeKind kind : {ChangeKind::added,
                                ChangeKind::removed,
                                ChangeKind::revised,
                                ChangeKind::redesignated,
                                ChangeKind::moved}) {
    INFO(to_string(kind));
    CHECK(forth[kind] == back[kind]);
  }
}

} // namespace

TEST_CASE("a real amendment of an entry obeys the laws and is told in under twenty lines",
          "[tree][corpus]") {
  const auto before = corpus_units("STITCHED_ECCN-9A012_2026-06-25.xml");
  const auto after = corpus_units("STITCHED_ECCN-9A012_2026-09-01.xml");
  if (!before || !after) {
    return;
  }
  check_laws(*before, *after);
  const Lines lines = told(diff::diff_units(*before, *after, {}));
  CHECK(lines.size() < 20);
  CHECK(std::find(lines.begin(), lines.end(), "revised ECCN 9A012.a.2") != lines.end());
}

TEST_CASE("edits of a real part obey the laws", "[tree][corpus]") {
  const auto before = corpus_units("title-15-part-742_2026-09-01.xml");
  if (!before) {
    return;
  }
  std::vector<Unit> after = *before;
  std::size_t n = 0;
  for (Unit& unit : after) {
    for (Node& child : unit.root.children) {
      ++n;
      if (n % 11 == 0 && !child.text.empty()) {
        child.text += " As amended.";
      }
      if (n % 17 == 0 && child.children.size() > 1) {
        child.children.erase(child.children.begin());
      }
      if (n % 23 == 0 && !child.children.empty()) {
        after.front().root.children.push_back(child.children.back());
        child.children.pop_back();
      }
    }
    rehash(unit.root);
  }
  rehash(after.front().root);
  check_laws(*before, after);
  CHECK(diff::diff_units(*before, after, {}).changes.size() > 10);
}

TEST_CASE("two parts that have nothing in common are told apart", "[tree][corpus]") {
  const auto before = corpus_units("title-15-part-734_2026-09-01.xml");
  const auto after = corpus_units("title-15-part-738_2026-09-01.xml");
  if (!before || !after) {
    return;
  }
  check_laws(*before, *after);
}
