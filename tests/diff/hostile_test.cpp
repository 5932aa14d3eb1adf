// Input that nobody sends but somebody could: the diff stays linear-ish and within its stack.
#include "tests/diff/story.hpp"
#include "tests/support/apply/apply.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

std::vector<Unit> section_of(Node root) {
  std::vector<Unit> units(1);
  units[0].id = Citation::section("15", "744.1");
  units[0].root = std::move(root);
  units[0].root.kind = NodeKind::unit;
  rehash(units[0].root);
  return units;
}

Node paragraph(std::string designator, std::string text) {
  Node node;
  node.designator = std::move(designator);
  node.label = node.designator;
  node.text = std::move(text);
  return node;
}

/// `count` siblings whose texts say `words` and their number.
Node siblings(std::size_t count, const std::string& words) {
  Node root;
  for (std::size_t i = 0; i < count; ++i) {
    root.children.push_back(
        paragraph("(" + std::to_string(i + 1) + ")",
                  "Case " + std::to_string(i) + " of the list " + words + " in full."));
  }
  return root;
}

Node chain(std::size_t depth, const std::string& last_words) {
  Node node = paragraph("(a)", last_words);
  for (std::size_t i = 1; i < depth; ++i) {
    Node parent = paragraph(i % 2 == 0 ? "(a)" : "(1)", "Level " + std::to_string(i) + " of it.");
    parent.children.push_back(std::move(node));
    node = std::move(parent);
  }
  Node root;
  root.children.push_back(std::move(node));
  return root;
}

} // namespace

TEST_CASE("one insertion among 100,000 siblings", "[tree][hostile]") {
  const auto before = section_of(siblings(100'000, "stands here"));
  Node root = siblings(100'000, "stands here");
  root.children.insert(root.children.begin() + 99'000, paragraph("(99001)", "A new case."));
  for (std::size_t i = 99'001; i < root.children.size(); ++i) {
    root.children[i].designator = "(" + std::to_string(i + 1) + ")";
  }
  const auto result = diff::diff_units(before, section_of(std::move(root)), {});
  CHECK(result.changes.size() == 1'001);
}

TEST_CASE("20,000 siblings reworded and 20,000 replaced", "[tree][hostile]") {
  const auto before = section_of(siblings(20'000, "stands here"));
  CHECK(diff::diff_units(before, section_of(siblings(20'000, "stood there")), {}).changes.size() ==
        20'000);
  CHECK_FALSE(
      diff::diff_units(before, section_of(siblings(1'000, "never seen")), {}).changes.empty());
}

TEST_CASE("100,000 equal siblings lose one", "[tree][hostile]") {
  Node root;
  for (int i = 0; i < 100'000; ++i) {
    root.children.push_back(paragraph("", "The very same text of more than eight words, again."));
  }
  const auto before = section_of(root);
  root.children.pop_back();
  CHECK(diff::diff_units(before, section_of(std::move(root)), {}).changes.size() == 1);
}

TEST_CASE("a change 2,000 levels down", "[tree][hostile]") {
  const auto before = section_of(chain(2'000, "The last words."));
  const auto after = section_of(chain(2'000, "The final words."));
  const auto result = diff::diff_units(before, after, {});
  REQUIRE(result.changes.size() == 1);
  CHECK(result.changes[0].at.steps().size() == 2'000);
  CHECK(tests::apply(before, tests::make_edit_script(before, after)).value() == after);
}

TEST_CASE("2,000 levels that all changed", "[tree][hostile]") {
  const auto before = section_of(chain(2'000, "The last words."));
  auto after = before;
  for (Node* node = &after[0].root; !node->children.empty(); node = &node->children.front()) {
    node->children.front().text += " More.";
  }
  rehash(after[0].root);
  CHECK(diff::diff_units(before, after, {}).changes.size() == 2'000);
}
