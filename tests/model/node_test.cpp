#include "model/node.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

using regtrail::Citation;
using regtrail::Node;
using regtrail::NodeKind;
using regtrail::Step;

namespace {

Node node(NodeKind kind,
          std::string designator,
          std::string text,
          std::vector<Node> children = {}) {
  Node made;
  made.kind = kind;
  made.designator = designator;
  made.label = designator;
  made.text = std::move(text);
  made.children = std::move(children);
  return made;
}

Node section() {
  Node root = node(NodeKind::unit, "", "");
  root.children = {
      node(NodeKind::heading, "heading", "\u00A7 744.1 Scope."),
      node(NodeKind::paragraph, "", "Opening words."),
      node(NodeKind::paragraph, "(a)", "First.", {node(NodeKind::paragraph, "(1)", "Deeper.")}),
      node(NodeKind::paragraph, "(b)", "Second."),
      node(NodeKind::paragraph, "(b)", "Second again."),
      node(NodeKind::paragraph, "", "Flush words."),
  };
  rehash(root);
  return root;
}

} // namespace

TEST_CASE("a node keeps its hash when it is renumbered, its parent does not", "[node]") {
  Node before = section();
  Node after = before;
  after.children[3].designator = "(c)";
  after.children[3].label = "(c)";
  rehash(after);
  CHECK(after.children[3].published == before.children[3].published);
  CHECK(after.published != before.published);
}

TEST_CASE("dashes and quotes change the published hash only", "[node]") {
  Node before = section();
  Node after = before;
  before.children[1].text = "\"Opening\" words - here.";
  after.children[1].text = "\u201COpening\u201D words \u2013 here.";
  rehash(before);
  rehash(after);
  CHECK(after.published != before.published);
  CHECK(after.normalised == before.normalised);
}

TEST_CASE("labels and printed positions are outside the hashes", "[node]") {
  Node before = section();
  Node after = before;
  after.children[2].label = "(a)\u2014";
  after.children[2].ordinal = 99;
  rehash(after);
  CHECK(after.published == before.published);
}

TEST_CASE("a second bearer of a designator is told apart", "[node]") {
  const auto steps = child_steps(section());
  CHECK(steps[1].name == "text 1");
  CHECK(steps[4].name == "(b)");
  CHECK(steps[4].occurrence == 2);
  CHECK(steps[5].name == "text 2");
}

TEST_CASE("the step to one child is the one it has among all of them", "[node]") {
  const std::vector<std::string> names = {"",
                                          "",
                                          "(a)",
                                          "o",
                                          "o.",
                                          "(a)(1)",
                                          "(a) (1)",
                                          "a / b",
                                          "a/b",
                                          "text 1",
                                          "text 2",
                                          "row 1",
                                          "Note 1",
                                          "c"};
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Node parent;
    parent.kind = round % 2 == 0 ? NodeKind::item : NodeKind::unit;
    for (std::size_t i = 0; i < 24; ++i) {
      Node& child = parent.children.emplace_back();
      child.designator = names[random() % names.size()];
      child.kind = random() % 3 == 0 ? NodeKind::row : NodeKind::paragraph;
    }
    const std::vector<Step> steps = child_steps(parent);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Step step = child_step(parent, i);
      CAPTURE(round, i, step.name, steps[i].name);
      REQUIRE(step == steps[i]);
    }
  }
}

TEST_CASE("a node is found by its citation however it is spelt", "[node]") {
  const Node root = section();
  const Citation unit = Citation::section("15", "744.1");
  const auto found = [&](const char* text) {
    return find_node(root, unit, *Citation::parse(text));
  };
  REQUIRE(found("744.1(a)(1)") != nullptr);
  CHECK(found("744.1(a)(1)")->text == "Deeper.");
  CHECK(found("744.1(b) #2")->text == "Second again.");
  CHECK(found("744.1 / HEADING")->kind == NodeKind::heading);
  CHECK(found("744.1 / text 2")->text == "Flush words.");
  CHECK(found("744.1(c)") == nullptr);
  CHECK(found("744.1") == &root);
}

TEST_CASE("a name that ends with a slash stays apart from the next", "[node]") {
  Node root;
  root.children.emplace_back().designator = "and /";
  root.children[0].children.emplace_back().designator = "or";
  const Citation unit = Citation::section("15", "744.1");
  const Citation child = unit.child(child_steps(root)[0]);
  const Citation grandchild = child.child(child_steps(root.children[0])[0]);
  CHECK(grandchild.to_string() == "15 CFR 744.1 / and/ / or");
  CHECK(find_node(root, unit, Citation::parse(grandchild.to_string()).value()) ==
        &root.children[0].children[0]);
}

TEST_CASE("a note named after an item is not read as one", "[node]") {
  Node entry;
  entry.kind = NodeKind::entry;
  entry.children.emplace_back().kind = NodeKind::note;
  entry.children[0].designator = "o";
  entry.children.emplace_back().kind = NodeKind::item;
  entry.children[1].designator = "o";
  const Citation unit = Citation::parse("ECCN 3B001").value();
  const std::string note = unit.child(child_steps(entry)[0]).to_string();
  const std::string item = unit.child(child_steps(entry)[1]).to_string();
  CHECK(note == "ECCN 3B001 / o.");
  CHECK(item == "ECCN 3B001.o");
  CHECK(find_node(entry, unit, Citation::parse(note).value()) == &entry.children[0]);
  CHECK(find_node(entry, unit, Citation::parse(item).value()) == &entry.children[1]);
}

TEST_CASE("paragraphs below a paragraph a of a note keep their names and are found", "[node]") {
  Node entry;
  entry.kind = NodeKind::entry;
  Node& note = entry.children.emplace_back();
  note.kind = NodeKind::note;
  note.designator = "Note 1";
  Node& list = note.children.emplace_back();
  list.designator = "a";
  list.children.emplace_back().designator = "i";
  list.children.emplace_back().designator = "(2)";
  list.children[1].children.emplace_back().designator = "(i)";
  const Citation unit = Citation::parse("ECCN 3B001").value();
  const Citation below = unit.child(child_step(entry, 0)).child(child_step(note, 0));
  const Citation dotted = below.child(child_step(list, 0));
  const Citation bracketed =
      below.child(child_step(list, 1)).child(child_step(list.children[1], 0));
  CHECK(dotted.to_string() == "ECCN 3B001 / Note 1 / a / i");
  CHECK(bracketed.to_string() == "ECCN 3B001 / Note 1 / a / (2)(i)");
  for (const auto& [at, node] : {std::pair(below, &list),
                                 std::pair(dotted, &list.children[0]),
                                 std::pair(bracketed, &list.children[1].children[0])}) {
    const auto read = Citation::parse(at.to_string());
    REQUIRE(read);
    CHECK(read->to_string() == at.to_string());
    CHECK(find_node(entry, unit, *read) == node);
  }
}

TEST_CASE("rows and cells named after items and paragraphs are found by their citations",
          "[node]") {
  Node root;
  Node& table = root.children.emplace_back();
  table.designator = "Table";
  table.children.emplace_back().designator = "a";
  table.children[0].kind = NodeKind::row;
  table.children[0].children.emplace_back().designator = "b";
  table.children.emplace_back().designator = "(a)";
  table.children[1].children.emplace_back().designator = "(\u00e9)";
  for (const char* named : {"ECCN 3B001", "15 CFR 744.1"}) {
    const Citation unit = Citation::parse(named).value();
    for (const std::size_t row : {std::size_t{0}, std::size_t{1}}) {
      const Citation cell = unit.child(child_step(root, 0))
                                .child(child_step(table, row))
                                .child(child_step(table.children[row], 0));
      CAPTURE(cell.to_string());
      const Citation read = Citation::parse(cell.to_string()).value();
      CHECK(read.to_string() == cell.to_string());
      CHECK(find_node(root, unit, read) == &table.children[row].children[0]);
    }
  }
}

TEST_CASE("names that read as several steps are found by their citations", "[node]") {
  Node root;
  Node& table = root.children.emplace_back();
  table.designator = "Table";
  for (const char* name : {"a.u", "b #2.1", "(a) #2(b)", "(viii-xiii)", "a.u."}) {
    table.children.emplace_back().designator = name;
    table.children.back().kind = NodeKind::row;
  }
  for (const char* named : {"ECCN 3B001", "15 CFR 744.1"}) {
    const Citation unit = Citation::parse(named).value();
    for (std::size_t row = 0; row < table.children.size(); ++row) {
      const Citation at = unit.child(child_step(root, 0)).child(child_step(table, row));
      CAPTURE(at.to_string());
      const auto read = Citation::parse(at.to_string());
      REQUIRE(read);
      CHECK(read->to_string() == at.to_string());
      CHECK(find_node(root, unit, *read) == &table.children[row]);
    }
  }
}

TEST_CASE("a reserved range of long numerals is a paragraph of its section", "[node]") {
  const Citation range =
      Citation::section("15", "744.1").child({Step::Kind::paragraph, "(viii-xiii)", 1});
  CHECK(Citation::parse("744.1(viii-xiii)") == range);
}

TEST_CASE("a row named after a paragraph is not read as one", "[node]") {
  Node root;
  root.children.emplace_back().designator = "(a)(1)";
  const Citation unit = Citation::appendix("15", "Supplement No. 1 to Part 744");
  const std::string printed = unit.child(child_steps(root)[0]).to_string();
  CHECK(printed == "Supplement No. 1 to Part 744 / (a) (1)");
  CHECK(find_node(root, unit, Citation::parse(printed).value()) == &root.children[0]);
}

TEST_CASE("of two names that differ in case the exact one is found", "[node]") {
  Node root;
  for (const char* designator : {"(a)", "(A)"}) {
    Node child;
    child.designator = designator;
    root.children.push_back(child);
  }
  const Citation unit = Citation::section("15", "744.1");
  CHECK(find_node(root, unit, Citation::parse("744.1(a)").value()) == &root.children[0]);
  CHECK(find_node(root, unit, Citation::parse("744.1(A)").value()) == &root.children[1]);
}

TEST_CASE("a collapsed paragraph is printed once", "[node]") {
  Node outer = node(NodeKind::paragraph, "(b)", "Policy.");
  Node inner = node(NodeKind::paragraph, "(1)", "Case by case.");
  inner.label = "(b) Policy. (1)";
  outer.children = {inner, node(NodeKind::paragraph, "(2)", "Denial.")};
  CHECK(subtree_text(outer) == "(b) Policy. (1) Case by case.\n(2) Denial.");
}

TEST_CASE("hashing survives a tree deeper than any stack", "[node]") {
  Node root = node(NodeKind::paragraph, "(a)", "leaf");
  for (int i = 0; i < 2000; ++i) {
    Node parent = node(NodeKind::paragraph, "(a)", "");
    parent.children.push_back(std::move(root));
    root = std::move(parent);
  }
  rehash(root);
  CHECK(count_nodes(root) == 2001);
}
