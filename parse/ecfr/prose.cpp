#include "parse/ecfr/prose.hpp"

#include "parse/ecfr/note_labels.hpp"
#include "parse/ecfr/tables.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace regtrail::parse {
namespace {

std::string after_blank(const std::string& text, std::size_t at) {
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  return text.substr(at);
}

std::string before_blank(const std::string& text, std::size_t from, std::size_t to) {
  while (from < to && text[from] == ' ') {
    ++from;
  }
  while (to > from && text[to - 1] == ' ') {
    --to;
  }
  return text.substr(from, to - from);
}

bool introduces(const std::string& text) {
  return text.ends_with(':') || text.ends_with("\xE2\x80\x94") || text.ends_with("\xE2\x80\x93");
}

/// True when nothing but asterisks stands from `from` on.
bool is_omission(const std::string& text, std::size_t from) {
  const std::size_t first = std::min(text.find_first_not_of(' ', from), text.size());
  return first < text.size() && text[first] == '*' &&
         text.find_first_not_of("* ", first) == std::string::npos;
}

const char* trouble_text(LevelTrouble trouble) {
  switch (trouble) {
  case LevelTrouble::gap:
    return "members are missing before this designator";
  case LevelTrouble::repeated:
    return "the designator is repeated";
  case LevelTrouble::unplaced:
    return "no consistent reading of the designators up to this one";
  case LevelTrouble::none:
    break;
  }
  return "";
}

/// A line of a list as a key: "Apple, Inc.; and" is "Apple, Inc.".
std::string list_name(std::string_view line) {
  std::string name = without_footnote_marks(line);
  for (const std::string_view ending : {" and", ";", ","}) {
    if (name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
    }
  }
  return as_designator(name, 80);
}

constexpr std::uint64_t empty_path = 0xCBF29CE484222325;

/// FNV-1a of the path that `steps` continue from `above`, so that it does not depend on where the
/// path is cut.
std::uint64_t path_hash(std::string_view steps, std::uint64_t above) {
  constexpr std::uint64_t prime = 0x100000001B3;
  return std::accumulate(steps.begin(), steps.end(), above, [](std::uint64_t hash, char c) {
    return (hash ^ static_cast<unsigned char>(c)) * prime;
  });
}

bool begins_lower(const std::string& text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z';
}

} // namespace

void ProseBuilder::read(const std::vector<Block>& blocks) {
  m_list = {};
  m_levels.clear();
  m_read.assign(blocks.size(), {});
  m_list.markers.reserve(blocks.size());
  m_list.spans.reserve(blocks.size());
  const auto solve = [&] {
    const std::vector<Level> levels =
        solve_levels(std::span(m_list.markers).subspan(m_levels.size()));
    m_levels.insert(m_levels.end(), levels.begin(), levels.end());
  };
  const auto next_text = [&](std::size_t from) -> const InlineText* {
    for (std::size_t i = from + 1; i < blocks.size(); ++i) {
      if (blocks[i].kind == Block::Kind::paragraph && !blocks[i].quoted) {
        return &blocks[i].text;
      }
    }
    return nullptr;
  };
  bool omission = false; // asterisks stand for what is left out here
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (opens_section(block)) {
      solve();
      continue;
    }
    const bool flush = block.kind == Block::Kind::flush;
    if ((block.kind != Block::Kind::paragraph && !flush) || block.quoted) {
      continue;
    }
    if (is_omission(block.text.text, 0)) {
      omission = true;
      continue;
    }
    const bool bracket = block.text.text[0] == '(';
    if (bracket || m_options.dotted == DottedMarkers::yes) {
      m_read[i] =
          read_designators(block.text, bracket ? next_text(i) : nullptr, m_options.dotted, m_list);
    }
    if (m_read[i].count != 0) {
      m_list.markers[m_read[i].first].omission = omission;
      omission = is_omission(block.text.text, m_read[i].end);
    }
    for (std::size_t k = m_read[i].first;
         flush && k < m_list.markers.size() && m_read[i].count != 0;
         ++k) {
      m_list.markers[k].doubtful = true;
    }
  }
  solve();
}

/// "Examples." between two numbers of a list does not end the list.
bool ProseBuilder::opens_section(const Block& block) const {
  return block.kind == Block::Kind::heading && m_options.headings == Headings::open_sections &&
         !(block.text.text.size() < 11 && block.text.text.starts_with("Example"));
}

bool ProseBuilder::is_prose(const Designators& found) const {
  return found.count == 0 || m_levels[found.first].depth < 0;
}

void ProseBuilder::add(std::vector<Block>& blocks, int container) {
  m_container = container;
  m_last = container;
  if (blocks.empty()) {
    return;
  }
  read(blocks);
  // depth of the next designated paragraph after each block, -1 at a section's end
  std::vector<int> next_depths(blocks.size(), -1);
  int next = -1;
  for (std::size_t i = blocks.size(); i-- > 0;) {
    next_depths[i] = next;
    if (!is_prose(m_read[i])) {
      next = m_levels[m_read[i].first].depth;
    } else if (opens_section(blocks[i])) {
      next = -1;
    }
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::size_t lines =
        m_options.headings == Headings::open_sections ? list_lines(blocks, i) : 0;
    if (constexpr std::size_t least = 3; lines >= least) {
      for (const std::size_t end = i + lines; i < end; ++i) {
        blocks[i].kind = Block::Kind::list_item;
        place(blocks[i], m_read[i], next_depths[i]);
      }
      --i;
      continue;
    }
    place(blocks[i], m_read[i], next_depths[i]);
  }
}

/// How many blocks from `from` on are lines of a plain list, as of countries or companies: short,
/// without designator, no sentences.
std::size_t ProseBuilder::list_lines(const std::vector<Block>& blocks, std::size_t from) const {
  constexpr std::size_t longest = 90;
  std::size_t end = from;
  for (; end < blocks.size(); ++end) {
    const Block& block = blocks[end];
    const std::string& text = block.text.text;
    const bool line = block.kind == Block::Kind::paragraph || block.kind == Block::Kind::flush;
    if (!line || block.quoted || !is_prose(m_read[end]) || text.size() > longest ||
        text.ends_with(':') || begins_lower(text) || text.find(". ") != std::string::npos) {
      break;
    }
  }
  return end - from;
}

void ProseBuilder::place(Block& block, const Designators& found, int next_depth) {
  switch (block.kind) {
  case Block::Kind::paragraph:
  case Block::Kind::flush:
    if (is_prose(found)) {
      undesignated(block, next_depth);
    } else {
      paragraph(block, found);
    }
    return;
  case Block::Kind::heading:
    heading(block);
    return;
  case Block::Kind::note:
  case Block::Kind::example:
    note(block);
    return;
  case Block::Kind::table:
    add_table(m_tree, m_last, block.node, TableNode::own);
    return;
  case Block::Kind::figure:
    add_figure(m_tree, m_last, block);
    return;
  case Block::Kind::list_item: {
    std::string name = list_name(block.text.text); // before the text is moved away
    m_tree.add(m_last, NodeKind::row, std::move(name), {}, std::move(block.text.text));
    return;
  }
  case Block::Kind::footnote:
    add_footnote(m_tree, TreeBuilder::root, std::move(block.text.text));
    return;
  }
}

int ProseBuilder::container_at(int depth) const {
  for (int i = std::min(depth, static_cast<int>(m_open.size())); i-- > 0;) {
    if (m_open[static_cast<std::size_t>(i)] >= 0) {
      return m_open[static_cast<std::size_t>(i)];
    }
  }
  return m_container;
}

int ProseBuilder::list_parent() const {
  return container_at(static_cast<int>(m_open.size()) - 1);
}

/// The node of "(b)(14)", -1 when there is none yet. What stood before this builder began, such as
/// the paragraphs of another definition, is not meant.
int ProseBuilder::find_place(std::string_view path) {
  if (path.empty()) {
    return -1;
  }
  for (int node = m_begin + static_cast<int>(m_paths.size()); node < m_tree.size(); ++node) {
    const TreeBuilder::Draft& draft = m_tree.at(node);
    m_paths.push_back(0);
    if (draft.kind != NodeKind::paragraph || !draft.designator.starts_with('(')) {
      continue;
    }
    const std::uint64_t above =
        draft.parent < m_begin ? 0 : m_paths[static_cast<std::size_t>(draft.parent - m_begin)];
    const NodeKind parent = m_tree.at(draft.parent).kind;
    const bool outermost = parent != NodeKind::note && parent != NodeKind::paragraph;
    if (above != 0 || outermost) { // else inside a note or a quoted form
      m_paths.back() = path_hash(draft.designator, above == 0 ? empty_path : above);
    }
  }
  const std::uint64_t wanted = path_hash(path, empty_path);
  for (auto at = m_paths.begin(); at != m_paths.end(); ++at) {
    at = std::find(at, m_paths.end(), wanted);
    if (at == m_paths.end()) {
      break;
    }
    const int node = m_begin + static_cast<int>(at - m_paths.begin());
    if (has_path(node, path)) {
      return node;
    }
  }
  return -1;
}

/// Of a node whose hash is that of `path`.
bool ProseBuilder::has_path(int node, std::string_view path) const {
  for (; !path.empty() && node >= m_begin; node = m_tree.at(node).parent) {
    const std::string& designator = m_tree.at(node).designator;
    if (!path.ends_with(designator)) {
      return false;
    }
    path.remove_suffix(designator.size());
  }
  return path.empty();
}

void ProseBuilder::open(const Level& level,
                        const Marker& marker,
                        std::string label,
                        std::string text) {
  const int depth = std::max(level.depth, 0);
  const int parent = container_at(depth);
  m_last = m_tree.add(
      parent, NodeKind::paragraph, designator_name(marker), std::move(label), std::move(text));
  if (level.trouble != LevelTrouble::none) {
    m_tree.not_understood(m_last, trouble_text(level.trouble));
  }
  m_open.resize(static_cast<std::size_t>(depth), -1);
  m_open.push_back(m_last);
}

void ProseBuilder::paragraph(Block& block, const Designators& found) {
  std::string& text = block.text.text;
  for (std::size_t i = 0; i < found.count; ++i) {
    const TextSpan span = m_list.spans[found.first + i];
    const bool last = i + 1 == found.count;
    const std::size_t to = last ? text.size() : m_list.spans[found.first + i + 1].begin;
    const Level& level = m_levels[found.first + i];
    if (level.depth < 0) {
      m_tree.at(m_last).text += before_blank(text, span.begin, to); // prose after all
      continue;
    }
    const std::size_t end = last ? found.end : span.end;
    std::string label = text.substr(0, end);
    if (last) {
      text.erase(0, std::min(text.find_first_not_of(' ', end), text.size()));
      open(level, m_list.markers[found.first + i], std::move(label), std::move(text));
    } else {
      open(level, m_list.markers[found.first + i], std::move(label), before_blank(text, end, to));
    }
  }
  const std::string reserved = found.ranged == 0 ? std::string{} : m_tree.at(m_last).text;
  for (std::size_t k = found.first + found.count; k < found.first + found.count + found.ranged;
       ++k) {
    open(m_levels[k], m_list.markers[k], {}, reserved);
  }
}

void ProseBuilder::undesignated(Block& block, int next_depth) {
  const int depth = static_cast<int>(m_open.size()) - 1;
  int parent = m_last;
  if (depth < 0) {
    parent = m_container;
  } else if (!block.quoted && depth > 0 && next_depth < depth &&
             !introduces(m_tree.at(m_last).text)) {
    // the list is over: what follows it without a designator belongs to what introduced the list
    parent = list_parent();
  } else if (begins_lower(block.text.text) && depth > 0 && next_depth < depth) {
    parent = list_parent();
  }
  const std::string& text = block.text.text;
  const std::size_t colon = block.quoted ? text.substr(0, 32).find(':') : std::string::npos;
  if (colon != std::string::npos && colon + 1 < text.size() && block.text.is_italic(0, colon)) {
    // a line of a form or sample entry, known by its label: "LVS: $5,000"
    m_tree.add(parent,
               NodeKind::paragraph,
               as_designator(text.substr(0, colon)),
               text.substr(0, colon + 1),
               after_blank(text, colon + 1));
    return;
  }
  m_tree.add(parent, NodeKind::paragraph, {}, {}, std::move(block.text.text));
}

void ProseBuilder::heading(Block& block) {
  std::string name = as_designator(without_footnote_marks(block.text.text));
  if (!opens_section(block)) {
    const int parent = m_options.headings == Headings::as_nodes ? m_container : m_last;
    m_tree.add(parent, NodeKind::heading, std::move(name), {}, std::move(block.text.text));
    return;
  }
  // a reserved heading opens nothing: what follows it stands beside it
  const bool reserved = block.text.text.find("[Reserved]") != std::string::npos;
  while (!m_sections.empty() && m_sections.back().first >= block.level) {
    m_sections.pop_back();
  }
  const int parent = m_sections.empty() ? TreeBuilder::root : m_sections.back().second;
  const int node =
      m_tree.add(parent, NodeKind::heading, std::move(name), {}, std::move(block.text.text));
  m_container = reserved ? parent : node;
  if (!reserved) {
    m_sections.emplace_back(block.level, node);
  }
  m_open.clear();
  m_last = m_container;
}

int ProseBuilder::note_parent(const Block& block,
                              const std::string& label_place,
                              const std::string& text) {
  if (const int named = label_place.empty() ? -1 : find_place(first_paragraph_path(label_place));
      named >= 0) {
    return named;
  }
  if (label_place.find("definition") != std::string::npos ||
      label_place.starts_with("\xE2\x80\x9C")) {
    return m_container;
  }
  if (block.kind == Block::Kind::note && label_place.empty() && text.find("aragraph (") < 40) {
    if (const int named = find_place(first_paragraph_path(text, 60)); named >= 0) {
      return named;
    }
  }
  return m_last;
}

void ProseBuilder::note(Block& block) {
  const NoteLabel label = read_note_label(block.text.text);
  const std::string first =
      block.inside.empty() ? std::string{} : block.inside.front().text.text.substr(0, 80);
  const int parent = note_parent(block, label.place, first);
  add_note(m_tree, parent, block);
}

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
                                after_blank(text, dot));
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
  return tree.add(
      parent, NodeKind::footnote, std::move(name), text.substr(0, end), after_blank(text, end));
}

} // namespace regtrail::parse
