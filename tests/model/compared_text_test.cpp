#include "model/compared_text.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>

using regtrail::compared_text;
using regtrail::Node;
using regtrail::NodeKind;

namespace {

Node node_of(NodeKind kind, std::string text) {
  Node node;
  node.kind = kind;
  node.text = std::move(text);
  rehash(node);
  return node;
}

/// Whether the two are one text, by text and by hash.
bool same(NodeKind kind, const std::string& left, const std::string& right) {
  const Node a = node_of(kind, left);
  const Node b = node_of(kind, right);
  CHECK((a.normalised == b.normalised) == (compared_text(a) == compared_text(b)));
  CHECK((a.published == b.published) == (left == right));
  return a.normalised == b.normalised;
}

} // namespace

TEST_CASE("the mark at the end of a text and behind a run-in heading is no text", "[compared]") {
  struct Row {
    NodeKind kind;
    const char* left;
    const char* right;
    bool same;
  };

  const auto row = GENERATE(values<Row>({
      {NodeKind::heading, "Scope of this part", "Scope of this part.", true},
      {NodeKind::cell, "See part 740", "See part 740.", true},
      {NodeKind::cell, "5 nm or less", "5 nm or less -", false},
      {NodeKind::cell, "-", "", false},
      {NodeKind::figure, "er01ja25.001", "er01ja25.001.", false},
      {NodeKind::paragraph, "Vessels and planes.", "Vessels and planes\u2014", true},
      {NodeKind::paragraph, "Keep a copy;", "Keep a copy.", false},
      {NodeKind::paragraph, "Keep a copy:", "Keep a copy.", false},
      {NodeKind::paragraph, "Vessels. Any vessel", "Vessels\u2014Any vessel", true},
      {NodeKind::paragraph, "Vessels. Any vessel", "Vessels - Any vessel", true},
      {NodeKind::paragraph, "Vessels: Any vessel", "Vessels.\u2014Any vessel", true},
      {NodeKind::paragraph, "Use of U.S. flags. Any", "Use of U.S. flags: Any", true},
      {NodeKind::note, "Vessels: Any vessel", "Vessels. Any vessel", true},
      {NodeKind::item, "Vessels: Any vessel", "Vessels. Any vessel", false},
      {NodeKind::paragraph, "Vessels. Any vessel", "Vessels, Any vessel", false},
      {NodeKind::paragraph, "Vessels. any vessel", "Vessels: any vessel", false},
      {NodeKind::paragraph, "Vessels must sail. Any", "Vessels must sail: Any", false},
      {NodeKind::paragraph, "Non-U.S. vessels. Any", "Non-U.S. vessels: Any", true},
      {NodeKind::paragraph, "Anti\u2013Cape rules", "Anti-Cape rules", true},
  }));
  INFO(row.left << " | " << row.right);
  CHECK(same(row.kind, row.left, row.right) == row.same);
}

TEST_CASE("a colon ends a heading only where its paragraph goes on with a child", "[compared]") {
  const auto heading = [](const std::string& text, bool run_in) {
    Node child = node_of(NodeKind::paragraph, "A vessel is free.");
    child.designator = "(1)";
    child.label = run_in ? "(b) " + text + " (1)" : "(1)";
    Node node = node_of(NodeKind::paragraph, text);
    node.label = "(b)";
    node.children.push_back(std::move(child));
    rehash(node);
    return node.normalised;
  };
  CHECK(heading("Vessels:", true) == heading("Vessels.", true));
  CHECK(heading("Vessels:", false) != heading("Vessels.", false));
  CHECK(heading("Vessels must:", true) != heading("Vessels must.", true));
}
