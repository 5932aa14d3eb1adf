#include "parse/fr/set_out.hpp"

#include "model/citation.hpp"
#include "parse/annual/ecfr_form.hpp"
#include "parse/annual/unit_names.hpp"
#include "parse/ecfr/inline_text.hpp"
#include "parse/ecfr/tree_builder.hpp"
#include "parse/ecfr/units.hpp"
#include "parse/fr/mending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace regtrail::parse {
namespace {

std::string text_of(const pugi::xml_node& element) {
  return resolve_inline(element).text;
}

std::string part_of_section(std::string_view number) {
  const std::size_t dot = number.find('.');
  return dot == std::string_view::npos ? std::string() : std::string(number.substr(0, dot));
}

bool is_empty(const Node& cell) {
  return cell.text.empty() && cell.children.empty();
}

/// Gives all asterisks the two forms of the model: "* * * * *" for units left out, "* * *" for the
/// text of one. True when something changed.
bool settle_asterisks(Node& node) {
  bool changed = false;
  for (Node& child : node.children) {
    changed = settle_asterisks(child) || changed;
  }
  if (is_asterisks(node.text)) {
    const auto stars = std::count(node.text.begin(), node.text.end(), '*');
    const std::string_view settled = stars > 3 ? "* * * * *" : "* * *";
    changed = changed || node.text != settled;
    node.text = settled;
    if (node.kind == NodeKind::row && !node.children.empty() &&
        std::all_of(node.children.begin(), node.children.end(), is_empty)) {
      node.children.clear(); // asterisks in the first column of a table stand for whole rows
      changed = true;
    }
  }
  if (changed) {
    rehash_shallow(node);
  }
  return changed;
}

bool is_blank(const pugi::xml_node& cell) {
  const std::string text = text_of(cell);
  return text.find_first_not_of(" \t\n") == std::string::npos;
}

/// Asterisks between two rows of one country leave its name out in the second; puts it there.
void repeat_countries(const pugi::xml_node& element) {
  for (const auto& found : element.select_nodes(".//GPOTABLE")) {
    const pugi::xml_node table = found.node();
    const std::string head = text_of(table.child("BOXHD").child("CHED"));
    if (head != "Country" && head != "Countries") {
      continue;
    }
    std::string country;
    bool asterisks = false;
    for (const pugi::xml_node row : table.children("ROW")) {
      pugi::xml_node cell = row.child("ENT");
      const std::string text = text_of(cell);
      if (is_asterisks(text)) {
        asterisks = true;
        continue;
      }
      if (!is_blank(cell)) {
        country = text;
      } else if (asterisks && !country.empty() && cell.next_sibling("ENT")) {
        cell.text().set(country.c_str());
      }
      asterisks = false;
    }
  }
}

SetOutText build(const pugi::xml_node& element,
                 Piece::Kind kind,
                 const CfrPart& part,
                 const std::string& name,
                 std::vector<std::string>& not_understood) {
  pugi::xml_document copy; // the document's own text is read from `element`, too
  Piece piece{kind, copy.append_copy(element), {}, part.part};
  repeat_countries(piece.element);
  to_ecfr_form(piece);
  if (!name.empty()) {
    piece.number = name;
  }
  Unit unit = read_unit(piece, {}, part.title);
  for (const NotUnderstood& problem : unit.not_understood) {
    // excerpts leave out members of lists by right
    if (problem.what.starts_with("no consistent reading")) {
      not_understood.push_back(fmt::format("{}: {}", problem.at.to_string(), problem.what));
    }
  }
  settle_asterisks(unit.root);
  return {std::move(unit.id), std::move(unit.root)};
}

Node leaf(NodeKind kind, std::string designator, std::string label, std::string text) {
  Node node;
  node.kind = kind;
  node.designator = std::move(designator);
  node.label = std::move(label);
  node.text = std::move(text);
  node.ordinal = 2;
  return node;
}

SetOutText in_frame(const CfrPart& part, Node child) {
  SetOutText text;
  text.unit = Citation::part(part.title, part.part);
  text.root.kind = NodeKind::unit;
  text.root.ordinal = 1;
  text.root.children.push_back(std::move(child));
  rehash(text.root);
  return text;
}

} // namespace

std::string appendix_of_heading(std::string_view heading, const std::string& part) {
  static constexpr std::array<std::string_view, 10> kinds = {"Supplement ",
                                                             "SUPPLEMENT ",
                                                             "Appendix ",
                                                             "APPENDIX ",
                                                             "Appendices ",
                                                             "Exhibit ",
                                                             "Schedule ",
                                                             "Attachment ",
                                                             "Figure ",
                                                             "Table "};
  if (std::none_of(kinds.begin(), kinds.end(), [&](std::string_view kind) {
        return heading.starts_with(kind);
      })) {
    return {};
  }
  std::string name = appendix_name(heading, {}, part);
  if (name.find(" to Subpart ") != std::string::npos &&
      name.find(" of Part ") == std::string::npos && !part.empty()) {
    return name + " of Part " + part;
  }
  const bool complete =
      name.find(" to Part ") != std::string::npos || name.find(" of Part ") != std::string::npos;
  // "Table 1" heads a table and "Appendix A" alone may be a line of one
  return complete ? name : std::string();
}

std::string eccn_of_heading(const pugi::xml_node& element) {
  const std::string_view name = element.name();
  if (name != "FP" && name != "HD" && name != "P") {
    return {};
  }
  const std::string text = text_of(element);
  const bool strong = name != "P" || element.first_child().type() == pugi::node_element ||
                      element.first_child().next_sibling().type() == pugi::node_element;
  return text.size() > 6 && is_eccn(std::string_view(text).substr(0, 5)) && text[5] == ' ' && strong
             ? text.substr(0, 5)
             : std::string();
}

bool is_status(std::string_view subject) {
  static constexpr std::array<std::string_view, 10> words = {"[Amended",
                                                             "[Removed",
                                                             "[Redesignated",
                                                             "[Corrected",
                                                             "[Suspended",
                                                             "[Stayed",
                                                             "[Added",
                                                             "[Revised",
                                                             "[Transferred",
                                                             "[Designated"};
  return std::any_of(
      words.begin(), words.end(), [&](std::string_view word) { return subject.starts_with(word); });
}

bool is_status_section(const pugi::xml_node& section) {
  for (const pugi::xml_node child : section.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_element && name != "SECTNO" && name != "SUBJECT" &&
        name != "PRTPAGE") {
      return false;
    }
  }
  return is_status(text_of(section.child("SUBJECT")));
}

SetOutText set_out_section(const pugi::xml_node& section,
                           const CfrPart& part,
                           std::vector<std::string>& not_understood) {
  pugi::xml_node subject = section.child("SUBJECT");
  if (subject && is_status(text_of(subject))) {
    subject.parent().remove_child(subject);
  }
  const std::string number = section_number(text_of(section.child("SECTNO")));
  CfrPart own = part;
  if (const std::string of_number = part_of_section(number); !of_number.empty()) {
    own.part = of_number; // the section knows better than the element around it
  }
  return build(section, Piece::Kind::section, own, {}, not_understood);
}

SetOutText set_out_appendix(const pugi::xml_node& appendix,
                            const CfrPart& part,
                            const std::string& name,
                            std::vector<std::string>& not_understood) {
  return build(appendix, Piece::Kind::appendix, part, name, not_understood);
}

SetOutText set_out_authority(const pugi::xml_node& authority, const CfrPart& part) {
  std::string text;
  for (const pugi::xml_node child : authority.children()) {
    const std::string_view name = child.name();
    if (child.type() == pugi::node_element && name != "HD" && name != "PRTPAGE") {
      text += text.empty() ? "" : " ";
      text += text_of(child);
    }
  }
  return in_frame(
      part,
      leaf(NodeKind::paragraph, "authority", text_of(authority.child("HD")), std::move(text)));
}

SetOutText set_out_heading(const pugi::xml_node& heading, const CfrPart& part) {
  std::string text = text_of(heading);
  std::string_view name = text;
  const bool of_part = name.starts_with("PART ") || name.starts_with("Part ");
  name = name.substr(0,
                     std::min({name.find("\xE2\x80\x94"),
                               name.find("\xE2\x80\x93"),
                               name.find("--"),
                               name.find(" -"),
                               name.find(" [")}));
  std::string designator = of_part ? std::string("heading") : as_designator(name);
  return in_frame(part, leaf(NodeKind::heading, std::move(designator), {}, std::move(text)));
}

} // namespace regtrail::parse
