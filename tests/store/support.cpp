#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace regtrail::store::test {

namespace {

std::string words(std::mt19937& random, int count) {
  static constexpr std::array<const char*, 24> vocabulary = {
      "item",     "license",  "wafer",   "exporter", "facility", "threshold", "pump",  "§",
      "“quoted”", "review",   "policy",  "subject",  "to",       "the",       "of",    "and",
      "–",        "advanced", "etching", "45",       "nm",       "party",     "shall", "trade"};
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) {
      text += ' ';
    }
    text += vocabulary[random() % vocabulary.size()];
  }
  return text;
}

std::uint32_t number_from(Node& node, std::uint32_t next) {
  node.ordinal = next++;
  for (Node& child : node.children) {
    next = number_from(child, next);
  }
  return next;
}

} // namespace

TempDir::TempDir() {
  std::string pattern = (std::filesystem::temp_directory_path() / "regtrail-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  m_path = pattern;
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

Archive in_memory() {
  return must(Archive::in_memory(tests::stored_unit_reader()));
}

Archive open(const std::filesystem::path& file, OpenMode mode) {
  return must(Archive::open(file, mode, tests::stored_unit_reader()));
}

Date day(int n) {
  return Date(2026, 1, 1) + std::chrono::days(n);
}

Timestamp noon(int n) {
  return Timestamp(day(n).days()) + std::chrono::hours(12);
}

Node leaf(NodeKind kind, std::string designator, std::string text) {
  Node node;
  node.kind = kind;
  node.designator = std::move(designator);
  node.text = std::move(text);
  return node;
}

Node branch(NodeKind kind, std::string designator, std::string text, std::vector<Node> children) {
  Node node = leaf(kind, std::move(designator), std::move(text));
  node.children = std::move(children);
  return node;
}

Node finished(Node root) {
  number_from(root, 1);
  rehash(root);
  return root;
}

Unit unit(const Citation& id, Node root) {
  Unit unit;
  unit.id = id;
  unit.root = finished(std::move(root));
  unit.raw = sha256(id.to_string() + subtree_text(unit.root));
  return unit;
}

Unit section(int number, const std::string& text) {
  return unit(Citation::section("15", fmt::format("744.{}", number)),
              branch(NodeKind::unit,
                     "",
                     "",
                     {leaf(NodeKind::heading, "heading", fmt::format("§ 744.{} Scope.", number)),
                      leaf(NodeKind::paragraph, "(a)", text)}));
}

Node random_tree(std::mt19937& random, int nodes) {
  Node root = leaf(NodeKind::unit, "", "");
  for (int i = 1; i < nodes; ++i) {
    Node* parent = &root;
    while (!parent->children.empty() && random() % 3 != 0) {
      parent = &parent->children[random() % parent->children.size()];
    }
    Node child = leaf(
        static_cast<NodeKind>(random() % 12), "", words(random, static_cast<int>(random() % 40)));
    if (random() % 4 != 0) {
      child.designator = fmt::format("({})", static_cast<char>('a' + random() % 6));
    }
    if (random() % 3 == 0) {
      child.label = fmt::format("c.{}.", random() % 5);
    }
    if (random() % 60 == 0) {
      child.text = words(random, 900);
    }
    parent->children.push_back(std::move(child));
  }
  Node tree = finished(std::move(root));
  // Notes stand in print elsewhere than in the tree.
  std::vector<Node*> all{&tree};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (Node& child : all[i]->children) {
      all.push_back(&child);
    }
  }
  for (std::size_t i = 0; i < all.size() / 10; ++i) {
    std::swap(all[random() % all.size()]->ordinal, all[random() % all.size()]->ordinal);
  }
  return tree;
}

Unit long_list(int rows, unsigned seed) {
  std::mt19937 random(seed);
  Node table = leaf(NodeKind::table, "Table 1", "");
  for (int i = 0; i < rows; ++i) {
    const std::string name = fmt::format("Example {} {} Co., Ltd.", words(random, 2), i);
    table.children.push_back(
        branch(NodeKind::row,
               name,
               "",
               {leaf(NodeKind::cell, "Country", "RURITANIA"),
                leaf(NodeKind::cell,
                     "Entity",
                     fmt::format("{}, a.k.a. {}; {}", name, words(random, 4), words(random, 20))),
                leaf(NodeKind::cell,
                     "License requirement",
                     "For all items subject to the EAR (see § 744.11 of the EAR)"),
                leaf(NodeKind::cell,
                     "License review policy",
                     random() % 2 == 0 ? "Presumption of denial"
                                       : "Case-by-case review for items that nobody needs"),
                leaf(NodeKind::cell,
                     "Federal Register citation",
                     fmt::format("{} FR {}, {}/{}/{}",
                                 60 + random() % 30,
                                 random() % 90000,
                                 1 + random() % 12,
                                 1 + random() % 28,
                                 10 + random() % 15))}));
  }
  return unit(Citation::appendix("15", "Supplement No. 4 to Part 744"),
              branch(NodeKind::unit,
                     "",
                     "",
                     {leaf(NodeKind::heading, "heading", "Supplement No. 4 to Part 744"),
                      std::move(table)}));
}

void change_row(Unit& list, std::size_t row, const std::string& text) {
  list.root.children.at(1).children.at(row).children.at(1).text = text;
  rehash(list.root);
  list.raw = sha256(to_hex(list.raw) + text);
}

std::uintmax_t bytes_used(const std::filesystem::path& file) {
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  const auto pages = database.execAndGet("PRAGMA page_count").getInt64() -
                     database.execAndGet("PRAGMA freelist_count").getInt64();
  return static_cast<std::uintmax_t>(pages * database.execAndGet("PRAGMA page_size").getInt64());
}

} // namespace regtrail::store::test
