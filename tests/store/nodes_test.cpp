// Trees in and out: exactness, sharing, elision, paths, cost.
#include "tests/store/support.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store::test {
namespace {

const PartDate first{15, "744", day(0)};
const PartDate second{15, "744", day(1)};

Unit only(std::vector<Unit> units) {
  REQUIRE(units.size() == 1);
  return std::move(units.front());
}

Unit stored_and_loaded(Archive& archive, const Unit& given) {
  must(archive.put_snapshot(first, {given}, noon(0)));
  return only(must(archive.load_snapshot(first)));
}

/// Both trees with what is elided on one side given back from the full tree of that side.
void restore(Node& pruned, const Node& full) {
  REQUIRE(pruned.published == full.published);
  REQUIRE(pruned.normalised == full.normalised);
  REQUIRE(pruned.ordinal == full.ordinal);
  if (pruned.elided) {
    CHECK(pruned.text.empty());
    CHECK(pruned.children.empty());
    CHECK(pruned.designator == full.designator);
    CHECK(pruned.label == full.label);
    pruned = full;
    return;
  }
  REQUIRE(pruned.children.size() == full.children.size());
  for (std::size_t i = 0; i < full.children.size(); ++i) {
    restore(pruned.children[i], full.children[i]);
  }
}

std::size_t count_elided(const Node& node) {
  std::size_t count = node.elided ? 1 : 0;
  for (const Node& child : node.children) {
    count += count_elided(child);
  }
  return count;
}

/// Everything below the citation `at` that its own node has.
void each_place(const Node& node,
                const Citation& at,
                const std::function<void(const Node&, const Citation&)>& visit) {
  visit(node, at);
  const std::vector<Step> steps = child_steps(node);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    each_place(node.children[i], at.child(steps[i]), visit);
  }
}

TEST_CASE("a random tree comes back as it went in", "[store]") {
  Archive archive = in_memory();
  for (unsigned seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    Unit given = section(1, "text");
    given.root = random_tree(random, 1 + static_cast<int>(random() % 400));
    INFO("seed " << seed);
    CHECK(stored_and_loaded(archive, given) == given);
  }
  CHECK(must(archive.verify()).empty());
}

TEST_CASE("notes, problems and flags of a unit come back as they went in", "[store]") {
  Archive archive = in_memory();
  Unit given = section(21, "[Reserved]");
  given.reserved = true;
  given.notes = {{NoteField::cita, "[61 FR 1, as amended at 91 FR 2]"}, {NoteField::ednote, "“x”"}};
  const Citation at =
      given.id.child({Step::Kind::paragraph, "(a)", 1}).child({Step::Kind::named, "A / B #2", 3});
  given.not_understood = {{at, "no consistent reading", "(i) or (v)"}};
  CHECK(stored_and_loaded(archive, given) == given);
}

TEST_CASE("equal text under other labels and ordinals keeps both", "[store]") {
  Archive archive = in_memory();
  std::mt19937 random(7);
  Unit before = section(1, "");
  before.root = random_tree(random, 300);
  Unit after = before;
  const std::function<void(Node&)> relabel = [&](Node& node) {
    node.label += "x";
    node.ordinal += 17;
    for (Node& child : node.children) {
      relabel(child);
    }
  };
  relabel(after.root);
  REQUIRE(after.root.published == before.root.published);
  must(archive.put_snapshot(first, {before}, noon(0)));
  must(archive.put_snapshot(second, {after}, noon(1)));
  CHECK(only(must(archive.load_snapshot(first))) == before);
  CHECK(only(must(archive.load_snapshot(second))) == after);
}

TEST_CASE("an edit under hashes that were not made again is refused", "[store]") {
  Archive archive = in_memory();
  Unit edited = section(1, "an item");
  must(archive.put_snapshot(first, {edited}, noon(0)));
  edited.root.children[1].text = "a product";
  CHECK_THROWS_AS(archive.put_snapshot(second, {edited}, noon(1)), std::logic_error);
}

TEST_CASE("an elided tree cannot be stored", "[store]") {
  Archive archive = in_memory();
  Unit elided = section(1, "an item");
  elided.root.children[1].elided = true;
  CHECK_THROWS_AS(archive.put_snapshot(first, {elided}, noon(0)), std::logic_error);
}

TEST_CASE("a tree nested beyond the limit is refused and not followed", "[store]") {
  Archive archive = in_memory();
  Node deep = leaf(NodeKind::paragraph, "(a)", "bottom");
  for (int i = 0; i < 2000; ++i) {
    Node parent = leaf(NodeKind::paragraph, "(a)", "");
    parent.children.push_back(std::move(deep));
    deep = std::move(parent);
  }
  Unit given = section(1, "");
  given.root = std::move(deep);
  const auto refused = archive.put_snapshot(first, {given}, noon(0));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::too_large);
}

TEST_CASE("a pair leaves out what both sides share and nothing else", "[store]") {
  Archive archive = in_memory();
  for (unsigned seed = 100; seed < 140; ++seed) {
    std::mt19937 random(seed);
    Unit before = section(1, "");
    before.root = random_tree(random, 200);
    Unit after = before;
    Node* node = &after.root;
    while (!node->children.empty() && (node == &after.root || random() % 3 != 0)) {
      node = &node->children[random() % node->children.size()];
    }
    switch (seed % 4) {
    case 0:
      node->text += " changed";
      break;
    case 1:
      node->children.insert(node->children.begin(), leaf(NodeKind::paragraph, "(a)", "new first"));
      break;
    case 2:
      after.root.children.erase(after.root.children.begin());
      break;
    default:
      node->designator = "(zz)";
      node->text += " changed";
      break;
    }
    rehash(after.root);
    must(archive.put_snapshot(first, {before}, noon(0)));
    must(archive.put_snapshot(second, {after}, noon(1)));
    auto [left, right] = must(archive.load_pair(first, second));
    INFO("seed " << seed);
    REQUIRE(left.size() == 1);
    REQUIRE(right.size() == 1);
    REQUIRE(count_elided(left[0].root) == count_elided(right[0].root));
    if (seed % 4 == 0) {
      CHECK(count_elided(left[0].root) > 0);
    }
    restore(left[0].root, before.root);
    restore(right[0].root, after.root);
    CHECK(left[0] == before);
    CHECK(right[0] == after);
  }
}

TEST_CASE("text that moved to another number is not left out", "[store]") {
  Archive archive = in_memory();
  const auto undesignated = [](const std::vector<std::string>& texts) {
    Node root = leaf(NodeKind::unit, "", "");
    for (const std::string& text : texts) {
      root.children.push_back(leaf(NodeKind::paragraph, "", text));
    }
    return unit(Citation::section("15", "744.1"), root);
  };
  must(archive.put_snapshot(first, {undesignated({"one", "two", "three"})}, noon(0)));
  must(archive.put_snapshot(second, {undesignated({"two", "three"})}, noon(1)));
  const auto [left, right] = must(archive.load_pair(first, second));
  CHECK(count_elided(left.at(0).root) == 0);
  CHECK(count_elided(right.at(0).root) == 0);
}

TEST_CASE("units that are equal on both dates are left out of a pair", "[store]") {
  Archive archive = in_memory();
  must(archive.put_snapshot(
      first, {section(1, "same"), section(2, "old"), section(3, "gone")}, noon(0)));
  must(archive.put_snapshot(
      second, {section(4, "come"), section(1, "same"), section(2, "new")}, noon(1)));
  const auto [left, right] = must(archive.load_pair(first, second));
  REQUIRE(left.size() == 2);
  CHECK(left[0].id == section(2, "").id);
  CHECK(left[1] == section(3, "gone"));
  REQUIRE(right.size() == 2);
  CHECK(right[0] == section(4, "come"));
  CHECK(right[1].id == section(2, "").id);
}

TEST_CASE("a change of notes alone comes as a pair of elided roots", "[store]") {
  Archive archive = in_memory();
  Unit noted = section(1, "same");
  noted.notes = {{NoteField::cita, "[91 FR 2]"}};
  must(archive.put_snapshot(first, {section(1, "same")}, noon(0)));
  must(archive.put_snapshot(second, {noted}, noon(1)));
  const auto [left, right] = must(archive.load_pair(first, second));
  REQUIRE(left.size() == 1);
  REQUIRE(right.size() == 1);
  CHECK(left[0].root.elided);
  CHECK(right[0].root.elided);
  CHECK(right[0].notes == noted.notes);
}

TEST_CASE("every place of a unit is found without the rest of it", "[store]") {
  Archive archive = in_memory();
  for (unsigned seed = 200; seed < 206; ++seed) {
    std::mt19937 random(seed);
    Unit given = section(1, "");
    given.root = random_tree(random, 250);
    must(archive.put_snapshot(first, {given}, noon(0)));
    const UnitVersion version = must(archive.version_on(given.id, std::nullopt)).value();
    each_place(given.root, given.id, [&](const Node& /*node*/, const Citation& at) {
      const Node* expected = find_node(given.root, given.id, at);
      const auto found = must(archive.load_node(version, at));
      INFO(at.to_string());
      REQUIRE(expected != nullptr);
      REQUIRE(found.has_value());
      CHECK(*found == *expected);
    });
    CHECK_FALSE(must(archive.load_node(version, given.id.child({Step::Kind::named, "zz", 1}))));
  }
}

TEST_CASE("an item of a control list entry is found below its supplement", "[store]") {
  Archive archive = in_memory();
  const Unit list =
      unit(Citation::eccn("3B001").unit(),
           branch(NodeKind::unit,
                  "",
                  "",
                  {leaf(NodeKind::heading, "heading", "The list"),
                   branch(NodeKind::entry,
                          "3B001",
                          "Equipment",
                          {branch(NodeKind::item,
                                  "c",
                                  "Etchers",
                                  {leaf(NodeKind::item, "1", "For dry etching")})})}));
  must(archive.put_snapshot({15, "774", day(0)}, {list}, noon(0)));
  const Citation item = must(Citation::parse("3b001.c.1"));
  const UnitVersion version = must(archive.version_on(item, day(5))).value();
  const auto node = must(archive.load_node(version, item));
  REQUIRE(node.has_value());
  CHECK(node->text == "For dry etching");
  CHECK(*node == list.root.children[1].children[0].children[0]);
}

TEST_CASE("one changed row of a long list costs less than a kilobyte", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Unit list = long_list(3400, 1);
  std::mt19937 random(2);
  std::uintmax_t start = 0;
  constexpr int changes = 20;
  {
    Archive archive = open(file);
    must(archive.put_snapshot(first, {list}, noon(0)));
    start = bytes_used(file);
    for (int i = 1; i <= changes; ++i) {
      change_row(
          list, random() % 3400, fmt::format("Changed Example {} Co., a.k.a. {}", i, random()));
      must(archive.put_snapshot({15, "744", day(i)}, {list}, noon(i)));
    }
    CHECK(only(must(archive.load_snapshot({15, "744", day(changes)}))) == list);
  }
  const auto per_change = (bytes_used(file) - start) / changes;
  CHECK(per_change < 1024);
  WARN("first version " << start << " bytes, each changed row " << per_change);
}

TEST_CASE("an inserted row rewrites neither its neighbours nor what follows", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Unit list = long_list(3400, 3);
  Archive archive = open(file);
  must(archive.put_snapshot(first, {list}, noon(0)));
  const auto start = bytes_used(file);
  std::vector<Node>& rows = list.root.children.at(1).children;
  Node row = rows[20];
  row.designator = "Inserted Example Co.";
  rows.insert(rows.begin() + 10, row);
  list = unit(list.id, std::move(list.root));
  must(archive.put_snapshot(second, {list}, noon(1)));
  CHECK(bytes_used(file) - start < 8192); // two pages
  CHECK(only(must(archive.load_snapshot(second))) == list);
}

TEST_CASE("a text costs little beside the answer that it was read from", "[store]") {
  const TempDir folder;
  const Unit list = long_list(400, 5);
  RawResponse response;
  response.stream = "ecfr/full/title-15/part-744";
  response.url = "https://www.ecfr.gov/1";
  response.body = subtree_text(list.root);
  const auto cost = [&](const char* name, bool planned) {
    const auto file = folder / name;
    const RawId raw = must(open(file).put_raw(response));
    const auto start = bytes_used(file);
    {
      Archive archive = open(file);
      if (planned) {
        must(archive.set_planned_raw({15, "744", day(1)}, raw));
      }
      must(archive.put_snapshot({15, "744", day(1)}, {list}, noon(1)));
    }
    Archive archive = open(file);
    CHECK(must(archive.load_snapshot({15, "744", day(1)})) == std::vector{list});
    CHECK(must(archive.verify()).empty());
    return bytes_used(file) - start;
  };
  const auto alone = cost("alone.db", false);
  const auto beside = cost("beside.db", true);
  CAPTURE(alone, beside);
  CHECK(beside * 3 < alone * 2);
}

} // namespace
} // namespace regtrail::store::test
