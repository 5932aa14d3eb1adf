#include "parse/ecfr/units.hpp"

#include "model/text.hpp"
#include "parse/ecfr/ccl.hpp"
#include "parse/ecfr/definitions.hpp"
#include "parse/ecfr/prose.hpp"
#include "parse/ecfr/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace regtrail::parse {
namespace {

std::string_view without_section_sign(std::string_view number) {
  while (number.starts_with("\xC2\xA7") || number.starts_with(' ') ||
         number.starts_with("\xC2\xA0")) {
    number.remove_prefix(number.starts_with(' ') ? 1 : 2);
  }
  while (!number.empty() && number.back() == ' ') {
    number.remove_suffix(1);
  }
  return number;
}

bool is_reserved(std::string_view text) {
  return text.find("[Reserved]") != std::string_view::npos ||
         text.find("[RESERVED]") != std::string_view::npos;
}

void add_heading(TreeBuilder& tree, std::string heading) {
  if (!heading.empty()) {
    tree.add(TreeBuilder::root, NodeKind::heading, "heading", {}, std::move(heading));
  }
}

/// A name for what the document leaves without a number: "742" of "PART 742—CONTROL POLICY",
/// "744.2-744.3" of "§§ 744.2-744.3 [Reserved]", else the heading.
std::string name_from_heading(std::string_view heading) {
  std::string_view number = without_section_sign(heading);
  if (number.starts_with("PART ")) {
    number.remove_prefix(5);
  }
  const std::size_t end = number.find_first_not_of("0123456789.-");
  if (!number.empty() && number[0] >= '1' && number[0] <= '9') {
    return std::string(number.substr(0, end));
  }
  std::string name = as_designator(heading);
  return name.empty() ? "unnamed" : name;
}

/// Behind `number` at the front of `heading`, where a dash of any length may stand for its hyphens;
/// npos where the heading begins otherwise.
std::size_t behind_number(std::string_view heading, std::string_view number) {
  std::size_t at = 0;
  while (heading.substr(at).starts_with(' ') || heading.substr(at).starts_with("\xC2\xA7") ||
         heading.substr(at).starts_with("\xC2\xA0")) {
    at += heading[at] == ' ' ? 1 : 2;
  }
  for (const char c : number) {
    const std::string_view rest = heading.substr(at);
    if (rest.starts_with(c)) {
      ++at;
    } else if (c == '-' && (rest.starts_with("\xE2\x80\x93") || rest.starts_with("\xE2\x80\x94"))) {
      at += 3;
    } else {
      return std::string_view::npos;
    }
  }
  return at;
}

/// "§ 744.1 Scope." The number is the section's designator in print: it is the heading's label, so
/// that a renumbered section keeps its hashes.
void add_section_heading(TreeBuilder& tree, const std::string& heading, std::string_view number) {
  const std::size_t end = number.empty() ? std::string::npos : behind_number(heading, number);
  const std::size_t text = end == std::string::npos ? end : heading.find_first_not_of(' ', end);
  if (text == std::string::npos) {
    add_heading(tree, heading);
    return;
  }
  tree.add(TreeBuilder::root,
           NodeKind::heading,
           "heading",
           heading.substr(0, end),
           heading.substr(text));
}

/// An appendix that is one table: its rows stand directly below the unit.
bool is_data_table(const std::vector<Block>& blocks) {
  const auto is_table = [](const Block& block) { return block.kind == Block::Kind::table; };
  return std::count_if(blocks.begin(), blocks.end(), is_table) == 1 &&
         std::none_of(blocks.begin(), blocks.end(), [](const Block& block) {
           return block.kind == Block::Kind::heading;
         });
}

void build_appendix(TreeBuilder& tree, std::vector<Block>& blocks) {
  const ProseOptions options{DottedMarkers::yes, Headings::open_sections};
  if (!is_data_table(blocks)) {
    ProseBuilder(tree, options).add(blocks, TreeBuilder::root);
    return;
  }
  const auto table = std::find_if(blocks.begin(), blocks.end(), [](const Block& block) {
    return block.kind == Block::Kind::table;
  });
  std::vector<Block> before(std::make_move_iterator(blocks.begin()),
                            std::make_move_iterator(table));
  std::vector<Block> after(std::make_move_iterator(table + 1),
                           std::make_move_iterator(blocks.end()));
  ProseBuilder(tree, options).add(before, TreeBuilder::root);
  add_table(tree, TreeBuilder::root, table->node, TableNode::transparent);
  ProseBuilder(tree, options).add(after, TreeBuilder::root);
}

void build_frame(TreeBuilder& tree, std::vector<Block>& blocks) {
  for (Block& block : blocks) {
    if (block.kind == Block::Kind::heading) {
      // "Subpart A - General" is cited as "Subpart A"; subject groups have no number
      std::string_view name = block.text.text;
      if (name.starts_with("Subpart ")) {
        const std::size_t end = std::min({name.find("\xE2\x80\x94"),
                                          name.find("\xE2\x80\x93"),
                                          name.find(" -"),
                                          name.find(" [")});
        name = name.substr(0, end);
      }
      tree.add(TreeBuilder::root, NodeKind::heading, as_designator(name), {}, block.text.text);
      block.text.text.clear();
    }
  }
  blocks.erase(
      std::remove_if(blocks.begin(),
                     blocks.end(),
                     [](const Block& block) { return block.kind == Block::Kind::heading; }),
      blocks.end());
  ProseBuilder(tree, {}).add(blocks, TreeBuilder::root);
}

/// A section without designators outside its EXTRACTs, such as one that prints a clause (48 CFR
/// 52), has those inside them.
void adopt_extracts(std::vector<Block>& blocks) {
  bool inside = false;
  for (const Block& block : blocks) {
    if (is_designated(block)) {
      if (!block.quoted) {
        return;
      }
      inside = true;
    }
  }
  for (Block& block : blocks) {
    block.quoted = block.quoted && !inside;
  }
}

/// The identifier of a section or appendix as it is cited: "742.1", "Supplement No. 1 to Part 742".
std::string unit_identifier(const Piece& piece) {
  // normalised: the bulk file of early 2024 turned "500.171–500.999" into "500.171-500.999"
  if (piece.kind == Piece::Kind::frame) {
    return normalise(piece.part);
  }
  std::string name = normalise(without_section_sign(piece.number));
  while (name.ends_with('-') || name.ends_with(' ')) {
    name.pop_back(); // "Supplement No. 3 to Part 742 —"
  }
  if (piece.kind == Piece::Kind::section || piece.part.empty() ||
      name.find(" to ") != std::string::npos) {
    return name;
  }
  return fmt::format("{} to Part {}", name, piece.part);
}

Citation citation_of(Piece::Kind kind, const std::string& title, const std::string& identifier) {
  switch (kind) {
  case Piece::Kind::section:
    return Citation::section(title, identifier);
  case Piece::Kind::appendix:
    return Citation::appendix(title, identifier);
  case Piece::Kind::frame:
    break;
  }
  return Citation::part(title, identifier);
}

} // namespace

Unit read_unit(const Piece& piece, const PieceSource& source, const std::string& title) {
  Unit unit;
  TreeBuilder tree;
  unit.raw = sha256(source.bytes);
  unit.ranges = source.ranges;
  UnitContent content = read_content(piece.element, unit.notes);
  std::string identifier = unit_identifier(piece);
  const bool unnamed = identifier.empty();
  if (unnamed) {
    identifier = name_from_heading(content.heading);
  }
  unit.id = citation_of(piece.kind, title, identifier);
  switch (piece.kind) {
  case Piece::Kind::frame:
    add_heading(tree, content.heading);
    build_frame(tree, content.blocks);
    break;
  case Piece::Kind::section:
    add_section_heading(tree, content.heading, identifier);
    adopt_extracts(content.blocks);
    if (is_glossary(content.heading, content.blocks)) {
      build_glossary(tree, content.blocks);
    } else {
      ProseBuilder(tree, {DottedMarkers::no, Headings::as_nodes, Definitions::by_term})
          .add(content.blocks, TreeBuilder::root);
    }
    break;
  case Piece::Kind::appendix:
    add_heading(tree, content.heading);
    if (unit.id.name() == "Supplement No. 1 to Part 774") {
      build_ccl(tree, content.blocks);
    } else {
      build_appendix(tree, content.blocks);
    }
    break;
  }
  if (unnamed) {
    unit.not_understood.push_back({unit.id, "its element has no number", {}});
  }
  for (const std::string& name : content.unknown_elements) {
    unit.not_understood.push_back(
        {unit.id, fmt::format("unknown element <{}>, its text is kept", name), {}});
  }
  tree.finish(unit);
  const std::vector<Node>& nodes = unit.root.children;
  unit.reserved = (is_reserved(content.heading) && nodes.size() <= 1) ||
                  (nodes.size() == 2 && is_reserved(nodes[1].text) && nodes[1].text.size() < 13);
  return unit;
}

std::string part_of(const Piece& piece) {
  return piece.part.empty() ? citation_of(piece.kind, {}, unit_identifier(piece)).part_number()
                            : piece.part;
}

void add_unit(std::vector<Unit>& units, Unit&& unit, std::size_t units_inside) {
  const auto place =
      units.end() - static_cast<std::ptrdiff_t>(std::min(units_inside, units.size()));
  if (unit.id.kind() != CitationKind::part) {
    std::transform(
        place, units.end(), std::back_inserter(unit.not_understood), [&](const Unit& inner) {
          return NotUnderstood{
              unit.id,
              fmt::format("'{}' stands inside this unit in the file, it is read as a "
                          "unit of its own",
                          inner.id.to_string()),
              {}};
        });
  }
  units.insert(place, std::move(unit));
}

} // namespace regtrail::parse
