#include "parse/ecfr/notes.hpp"

#include "model/characters.hpp"
#include "parse/ecfr/note_labels.hpp"
#include "parse/ecfr/prose.hpp"

#include <iterator>
#include <string_view>
#include <utility>

namespace regtrail::parse {

std::vector<int> add_note(TreeBuilder& tree, int parent, Block& block) {
  NoteLabel label = read_note_label(block.text.text);
  if (label.designator.empty()) {
    label.designator = block.kind == Block::Kind::example ? "Example" : "Note";
  }
  std::vector<Block>& inside = block.inside;
  const bool numbered_itself =
      !label.designator.empty() && label.designator.back() >= '0' && label.designator.back() <= '9';
  const auto number_of = [](const Block& part) {
    const bool text = part.kind == Block::Kind::paragraph || part.kind == Block::Kind::flush;
    return text ? leading_number(part.text) : std::string{};
  };
  if (!numbered_itself && label.text.empty() && inside.size() > 1 &&
      number_of(inside.front()) == "1") {
    std::string base = label.designator;
    if (base.ends_with("Notes")) {
      base.pop_back();
    }
    std::vector<int> nodes;
    std::size_t from = 0;
    while (from < inside.size()) {
      std::size_t to = from + 1;
      const std::string next = std::to_string(nodes.size() + 2);
      while (to < inside.size() && number_of(inside[to]) != next) {
        ++to;
      }
      std::string& text = inside[from].text.text;
      const std::string number = std::to_string(nodes.size() + 1);
      const std::size_t dot = text.find('.') + 1;
      const std::string printed =
          (nodes.empty() ? block.text.text + " " : std::string{}) + text.substr(0, dot);
      const int node = tree.add(parent,
                                NodeKind::note,
                                as_designator(base + " " + number),
                                printed,
                                std::string(trimmed(std::string_view(text).substr(dot))));
      std::vector<Block> rest(
          std::make_move_iterator(inside.begin() + static_cast<std::ptrdiff_t>(from) + 1),
          std::make_move_iterator(inside.begin() + static_cast<std::ptrdiff_t>(to)));
      ProseBuilder(tree, {DottedMarkers::yes, Headings::as_nodes}).add(rest, node);
      nodes.push_back(node);
      from = to;
    }
    return nodes;
  }
  std::string text = std::move(label.text);
  std::size_t from = 0;
  if (text.empty() && !inside.empty() &&
      (inside[0].kind == Block::Kind::paragraph || inside[0].kind == Block::Kind::flush) &&
      !begins_with_designator(inside[0].text, DottedMarkers::yes)) {
    text = std::move(inside[0].text.text);
    from = 1;
  }
  const int node =
      tree.add(parent, NodeKind::note, label.designator, label.printed, std::move(text));
  std::vector<Block> rest(
      std::make_move_iterator(inside.begin() + static_cast<std::ptrdiff_t>(from)),
      std::make_move_iterator(inside.end()));
  ProseBuilder(tree, {DottedMarkers::yes, Headings::as_nodes}).add(rest, node);
  return {node};
}

int add_figure(TreeBuilder& tree, int parent, const Block& block) {
  const std::string& name = block.text.figures.front();
  return tree.add(parent, NodeKind::figure, as_designator(name), {}, name);
}

int add_footnote(TreeBuilder& tree, int parent, std::string text) {
  std::size_t end = text.starts_with('^') ? 1 : 0;
  const std::size_t from = end;
  while (end < text.size() && end - from < 3 &&
         ((text[end] >= '0' && text[end] <= '9') || text[end] == '*')) {
    ++end;
  }
  if (end == from) {
    return tree.add(parent, NodeKind::footnote, "Footnote", {}, std::move(text));
  }
  std::string name = "Footnote " + text.substr(from, end - from);
  return tree.add(parent,
                  NodeKind::footnote,
                  std::move(name),
                  text.substr(0, end),
                  std::string(trimmed(std::string_view(text).substr(end))));
}

} // namespace regtrail::parse
