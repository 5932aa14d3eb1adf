// Random units and random edits of them, from a seed.
#pragma once

#include "model/node.hpp"

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace regtrail::tests {

class RandomTrees {
public:
  explicit RandomTrees(unsigned seed) : m_random(seed) {}

  std::vector<Unit> units() {
    std::vector<Unit> units;
    for (std::size_t n = 1 + below(4); n > 0; --n) {
      Unit unit;
      unit.id = Citation::section("15", "744." + std::to_string(units.size() + 1));
      unit.root.kind = NodeKind::unit;
      fill(unit.root, 0);
      unit.notes.push_back({NoteField::cita, "[" + text(4) + "]"});
      units.push_back(std::move(unit));
    }
    Unit list;
    list.id = Citation::appendix("15", "Supplement No. 4 to Part 744");
    list.root.kind = NodeKind::unit;
    for (const char* country : {"CHINA", "JAPAN"}) {
      Node table;
      table.kind = NodeKind::table;
      table.designator = country;
      for (std::size_t n = below(8); n > 0; --n) {
        table.children.push_back(entry());
      }
      list.root.children.push_back(std::move(table));
    }
    units.push_back(std::move(list));
    for (Unit& unit : units) {
      finish(unit);
    }
    return units;
  }

  std::vector<Unit> edited(std::vector<Unit> units, std::size_t edits) {
    for (; edits > 0; --edits) {
      edit(units);
    }
    for (Unit& unit : units) {
      finish(unit);
    }
    return units;
  }

private:
  std::size_t below(std::size_t bound) { return m_random() % bound; }

  std::string text(std::size_t words) {
    static const std::vector<std::string> vocabulary{
        "the",  "exporter", "must", "hold",   "a",     "licence", "for",   "any",  "lens",
        "of",   "45",       "nm",   "or",     "less",  "when",    "party", "item", "is",
        "sent", "to",       "(a)",  "744.23", "3B001", "country", "D:5",   "and"};
    std::string out;
    for (std::size_t i = 0; i < words; ++i) {
      out += (i == 0 ? "" : " ") + vocabulary[below(vocabulary.size())];
    }
    return out;
  }

  Node paragraph() {
    Node node;
    switch (below(8)) {
    case 0:
      node.text = "[Reserved]";
      break;
    case 1:
      node.text = text(3);
      break;
    default:
      node.text = text(9 + below(20));
      break;
    }
    return node;
  }

  Node entry() {
    Node node;
    node.kind = NodeKind::entry;
    node.designator = "Company " + std::to_string(below(40));
    node.text = node.designator + ", " + text(8);
    Node cell;
    cell.kind = NodeKind::cell;
    cell.designator = "License requirement";
    cell.text = below(2) == 0 ? "For all items" : "For some items";
    node.children.push_back(std::move(cell));
    return node;
  }

  void fill(Node& node, int depth) {
    for (std::size_t n = depth == 0 ? 2 + below(5) : below(4); n > 0; --n) {
      Node child = paragraph();
      if (depth < 4 && below(2) == 0) {
        fill(child, depth + 1);
      }
      node.children.push_back(std::move(child));
    }
  }

  /// Letters and numbers of paragraphs follow their positions; labels, ordinals, hashes.
  void finish(Unit& unit) {
    std::uint32_t ordinal = 0;
    const std::function<void(Node&, int)> visit = [&](Node& node, int depth) {
      node.ordinal = ++ordinal;
      std::size_t n = 0;
      for (Node& child : node.children) {
        if (child.kind == NodeKind::paragraph) {
          ++n;
          const std::string name = depth % 2 == 0
                                       ? std::string(1, static_cast<char>('a' + (n - 1) % 26)) +
                                             (n > 26 ? std::string("a") : "")
                                       : std::to_string(n);
          child.designator = "(" + name + ")";
          child.label = child.designator;
        }
        visit(child, depth + 1);
      }
    };
    visit(unit.root, 0);
    rehash(unit.root);
    unit.raw = sha256(subtree_text(unit.root));
  }

  Node& any_node(std::vector<Unit>& units) {
    Node* node = &units[below(units.size())].root;
    while (!node->children.empty() && below(4) != 0) {
      node = &node->children[below(node->children.size())];
    }
    return *node;
  }

  void edit(std::vector<Unit>& units) {
    Node& node = any_node(units);
    const bool list = units.back().id.kind() == CitationKind::appendix &&
                      (node.kind == NodeKind::table || node.kind == NodeKind::entry ||
                       node.kind == NodeKind::cell);
    switch (below(9)) {
    case 0:
    case 1:
      node.text += node.kind == NodeKind::unit ? "" : " " + text(1);
      break;
    case 2:
      if (node.kind == NodeKind::table) {
        node.children.push_back(entry());
      } else if (!list) {
        node.children.insert(node.children.begin() + offset(node), paragraph());
      }
      break;
    case 3:
      if (!node.children.empty() && node.kind != NodeKind::unit) {
        node.children.erase(node.children.begin() +
                            static_cast<std::ptrdiff_t>(below(node.children.size())));
      }
      break;
    case 4:
      move(units);
      break;
    case 5:
      std::shuffle(node.children.begin(), node.children.end(), m_random);
      break;
    case 6:
      replace_all(node);
      break;
    case 7:
      node.text = below(2) == 0 || node.kind == NodeKind::unit ? node.text : text(12);
      break;
    default:
      unit_edit(units);
      break;
    }
  }

  std::ptrdiff_t offset(const Node& node) {
    return static_cast<std::ptrdiff_t>(below(node.children.size() + 1));
  }

  /// Blanks become double blanks: no change of law.
  static void replace_all(Node& node) {
    const auto blank = node.text.find(' ');
    if (blank != std::string::npos) {
      node.text.insert(blank, " ");
    }
  }

  void move(std::vector<Unit>& units) {
    Node& from = any_node(units);
    if (from.children.empty() || from.children.front().kind != NodeKind::paragraph) {
      return;
    }
    const auto place =
        from.children.begin() + static_cast<std::ptrdiff_t>(below(from.children.size()));
    Node taken = std::move(*place);
    from.children.erase(place);
    Node& to = any_node(units);
    if (to.kind == NodeKind::paragraph ||
        (to.kind == NodeKind::unit && &to != &units.back().root)) {
      to.children.insert(to.children.begin() + offset(to), std::move(taken));
    }
  }

  void unit_edit(std::vector<Unit>& units) {
    Unit& unit = units[below(units.size())];
    switch (below(4)) {
    case 0:
      unit.notes.push_back({NoteField::ednote, text(5)});
      break;
    case 1:
      unit.notes.assign(1, {NoteField::cita, text(3)});
      break;
    case 2:
      if (unit.id.kind() == CitationKind::section) {
        unit.id = Citation::section("15", "744." + std::to_string(20 + below(100)));
      }
      break;
    default:
      unit.reserved = !unit.reserved;
      break;
    }
  }

  std::mt19937 m_random;
};

} // namespace regtrail::tests
