// Trees written as outlines, for tests. Two blanks of indentation a level; a line without
// indentation begins a unit.
//
//   744.1                         a section of title 15, or "Supplement No. 4 to Part 744"
//     heading: Scope              the heading
//     cita: [61 FR 12345]         a note of the unit (cita, auth, source, ednote, effdnot,
//                                 pending_link)
//     (a) Text of (a)             a paragraph with the designator (a)
//       (1) Text of (a)(1)
//     - Text                      an undesignated paragraph
//     .c Text                     a CCL item; its label is the whole path, "c.1."
//     Note 1: Text                also "Technical Note:"
//     entry 3B001: Text           also row, cell, definition, table, footnote, figure
//
// "entry Key: Text" has no label; the text is published as written. A key with a colon is quoted:
// "row "RS: a.1": Text".
#pragma once

#include "model/node.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::tests {

namespace outline_detail {

struct Line {
  std::size_t depth = 0;
  std::string text;
};

inline std::vector<Line> lines_of(std::string_view outline) {
  std::vector<Line> lines;
  while (!outline.empty()) {
    const std::size_t end = outline.find('\n');
    const std::string_view line = outline.substr(0, end);
    outline.remove_prefix(end == std::string_view::npos ? outline.size() : end + 1);
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin != std::string_view::npos) {
      lines.push_back({begin / 2, std::string(line.substr(begin))});
    }
  }
  return lines;
}

/// Splits "name: text"; false when `line` does not begin with `name` words.
inline bool
take(const std::string& line, std::string_view kind, std::string& name, std::string& text) {
  if (!line.starts_with(kind)) {
    return false;
  }
  const bool quoted = line.size() > kind.size() && line[kind.size()] == '"';
  const std::size_t colon = quoted ? line.find("\":") + 1 : line.find(':');
  if (colon == std::string::npos) {
    throw std::logic_error("outline: no colon in '" + line + "'");
  }
  name = quoted ? line.substr(kind.size() + 1, colon - kind.size() - 2)
                : line.substr(kind.size(), colon - kind.size());
  text = colon + 2 <= line.size() ? line.substr(colon + 2) : "";
  return true;
}

inline Node node_of(const std::string& line, const std::string& path_above) {
  Node node;
  if (line.front() == '(') {
    const std::size_t end = line.find(')') + 1;
    node.designator = line.substr(0, end);
    node.label = node.designator;
    node.text = end + 1 <= line.size() ? line.substr(end + 1) : "";
    return node;
  }
  if (line.front() == '-') {
    node.text = line.size() > 2 ? line.substr(2) : "";
    return node;
  }
  if (line.front() == '.') {
    const std::size_t end = line.find(' ');
    node.kind = NodeKind::item;
    node.designator = line.substr(1, end - 1);
    node.label = path_above + node.designator + ".";
    node.text = end == std::string::npos ? "" : line.substr(end + 1);
    return node;
  }
  if (take(line, "heading", node.designator, node.text)) {
    node.kind = NodeKind::heading;
    node.designator = "heading";
    return node;
  }
  for (const std::string_view note : {"Note", "Technical Note"}) {
    if (take(line, note, node.designator, node.text)) {
      node.kind = NodeKind::note;
      node.designator = std::string(note) + node.designator;
      node.label = node.designator + ":";
      return node;
    }
  }
  for (const NodeKind kind : {NodeKind::entry,
                              NodeKind::row,
                              NodeKind::cell,
                              NodeKind::definition,
                              NodeKind::table,
                              NodeKind::footnote,
                              NodeKind::figure,
                              NodeKind::paragraph}) {
    if (take(line, std::string(to_string(kind)) + " ", node.designator, node.text)) {
      node.kind = kind;
      return node;
    }
  }
  throw std::logic_error("outline: cannot read '" + line + "'");
}

inline bool take_note(const Line& line, Unit& unit) {
  for (const NoteField field : {NoteField::cita,
                                NoteField::auth,
                                NoteField::source,
                                NoteField::ednote,
                                NoteField::effdnot,
                                NoteField::pending_link}) {
    const std::string name = std::string(to_string(field)) + ": ";
    if (line.depth == 1 && line.text.starts_with(name)) {
      unit.notes.push_back({field, line.text.substr(name.size())});
      return true;
    }
  }
  return false;
}

} // namespace outline_detail

/// The units of `outline`, hashed, with ordinals in printed order.
inline std::vector<Unit> outline(std::string_view text) {
  using namespace outline_detail;
  std::vector<Unit> units;
  std::vector<Node*> open; // by depth
  std::uint32_t ordinal = 0;
  std::string printed;
  const auto close = [&] {
    if (!units.empty()) {
      rehash(units.back().root);
      units.back().raw = sha256(printed);
    }
  };
  for (const Line& line : lines_of(text)) {
    if (line.depth == 0) {
      close();
      Unit unit;
      unit.id = Citation::parse(line.text).value();
      unit.root.kind = NodeKind::unit;
      unit.root.ordinal = ordinal = 1;
      units.push_back(std::move(unit));
      open.assign(1, &units.back().root);
      printed.clear();
    } else if (!take_note(line, units.back())) {
      if (line.depth > open.size()) {
        throw std::logic_error("outline: '" + line.text + "' is indented too far");
      }
      open.resize(line.depth);
      Node& parent = *open.back();
      parent.children.push_back(
          node_of(line.text, parent.kind == NodeKind::item ? parent.label : ""));
      parent.children.back().ordinal = ++ordinal;
      open.push_back(&parent.children.back());
    }
    printed += line.text + "\n";
  }
  close();
  return units;
}

} // namespace regtrail::tests
