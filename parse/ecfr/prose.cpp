#include "parse/ecfr/prose.hpp"

#include "model/characters.hpp"
#include "model/roman.hpp"
#include "parse/ecfr/definitions.hpp"
#include "parse/ecfr/note_labels.hpp"
#include "parse/ecfr/notes.hpp"
#include "parse/ecfr/tables.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace regtrail::parse {
namespace {

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

/// A further run of designators instead of one that goes on.
constexpr float cost_of_break = 8;

bool speaks_of_definitions(std::string_view text) {
  constexpr std::size_t first_words = 80;
  const std::string_view front = text.substr(0, first_words);
  return front.find("efinition") != std::string_view::npos ||
         front.find("following terms") != std::string_view::npos;
}

/// "Alternate II" of "Alternate II (OCT 2015). As prescribed in 9.999, add ...", also as a heading.
std::string alternate_name(std::string_view text) {
  constexpr std::string_view word = "Alternate ";
  if (!text.starts_with(word)) {
    return {};
  }
  const std::size_t end = text.find_first_not_of("IVX", word.size());
  const std::string_view rest = text.substr(std::min(end, text.size()));
  const bool named = rest.empty() || rest.starts_with(" (") || rest.starts_with(". ");
  return named && end != word.size() ? std::string(text.substr(0, end)) : std::string{};
}

/// "Category VIII" of "Category VIII-Aircraft", anything else as it is.
std::string short_name(std::string name) {
  const std::size_t number = name.find(' ') + 1;
  if (number == 0) {
    return name;
  }
  const std::size_t end = std::min(name.find_first_of(" -:.,[", number), name.size());
  const std::string_view token = std::string_view(name).substr(number, end - number);
  const std::string_view rest = std::string_view(name).substr(end);
  const bool counted =
      all_digits(token) || roman_value(lowered(token)) || (token.size() == 1 && is_alpha(token[0]));
  const bool title = rest.starts_with('-') || rest.starts_with(" -") || rest.starts_with(':') ||
                     rest.starts_with('.') || rest.starts_with(" [");
  if (counted && title) {
    name.resize(end);
  }
  return name;
}

bool begins_lower(const std::string& text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z';
}

} // namespace

bool is_designated(const Block& block) {
  return block.kind == Block::Kind::paragraph &&
         begins_with_designator(block.text, DottedMarkers::no);
}

void ProseBuilder::read(const std::vector<Block>& blocks) {
  m_read.assign(blocks.size(), {});
  m_list.markers.reserve(blocks.size());
  m_list.spans.reserve(blocks.size());
  std::vector<const InlineText*> paragraphs;
  paragraphs.reserve(blocks.size());
  for (const Block& block : blocks) {
    if (block.kind == Block::Kind::paragraph && !block.quoted) {
      paragraphs.push_back(&block.text);
    }
  }
  std::vector<Break> breaks;
  std::size_t behind = 0;
  bool omission = false; // asterisks stand for what is left out here
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const bool paragraph = block.kind == Block::Kind::paragraph;
    behind += paragraph && !block.quoted ? 1 : 0;
    if (opens_section(block)) {
      breaks.push_back({m_list.markers.size(), 0});
      // an alternate prints some paragraphs of its clause
      omission = m_options.headings == Headings::as_nodes;
      continue;
    }
    if (block.kind == Block::Kind::heading && !block.quoted) {
      breaks.push_back({m_list.markers.size(), block.level});
    }
    if ((!paragraph && block.kind != Block::Kind::flush) || block.quoted) {
      continue;
    }
    if (is_omission(block.text.text, 0)) {
      omission = true;
      continue;
    }
    read_one(blocks, i, Following(paragraphs).subspan(behind));
    if (m_read[i].count != 0) {
      m_list.markers[m_read[i].first].omission = omission;
      omission = is_omission(block.text.text, m_read[i].end);
    }
  }
  solve(breaks);
}

/// The designators of one paragraph.
void ProseBuilder::read_one(const std::vector<Block>& blocks,
                            std::size_t index,
                            Following following) {
  const Block& block = blocks[index];
  Designators& found = m_read[index];
  if (begins_with_bracket(block.text.text) || m_options.dotted == DottedMarkers::yes) {
    found = read_designators(block.text, following, m_options.dotted, m_list);
  } else if (m_options.definitions == Definitions::by_term) {
    read_term(blocks, index, following);
    if (found.count == 0 && block.kind == Block::Kind::paragraph) {
      found = read_introduced(block.text, following, m_list);
    }
    return;
  }
  if (found.count == 0) {
    return;
  }
  if (block.kind == Block::Kind::flush) {
    for (std::size_t k = found.first; k < m_list.markers.size(); ++k) {
      m_list.markers[k].doubtful = true;
    }
  }
  const char first = m_list.markers[found.first].token[0];
  const bool letter =
      is_lower(first) && std::string_view("ivx").find(first) == std::string_view::npos;
  m_defines = speaks_of_definitions(block.text.text) || (m_defines && !letter);
}

/// The term that a paragraph without a designator defines, as a marker.
void ProseBuilder::read_term(const std::vector<Block>& blocks,
                             std::size_t index,
                             Following following) {
  const Block& block = blocks[index];
  if (!may_define(block)) {
    return;
  }
  const Term term = term_of(block);
  if (!defines(block, term, m_defines ? Wording::heading : Wording::sentence)) {
    return;
  }
  m_read[index] = read_definition(block.text, term.name, term.end, following, m_list);
  if (index > 0) {
    const std::string& before = blocks[index - 1].text.text;
    m_list.markers[m_read[index].first].inner = introduces(before) || speaks_of_definitions(before);
  }
}

/// The designators between the breaks of `level` and above, each run by itself.
LevelSolution ProseBuilder::solve_runs(const std::vector<Break>& breaks, int level) const {
  LevelSolution all;
  all.levels.reserve(m_list.markers.size());
  const auto take = [&](std::size_t to) {
    const std::size_t from = all.levels.size();
    const LevelSolution run = solve_levels(std::span(m_list.markers).subspan(from, to - from));
    all.levels.insert(all.levels.end(), run.levels.begin(), run.levels.end());
    all.cost += run.cost + (from == 0 || from == to ? 0 : cost_of_break);
  };
  for (const Break& at : breaks) {
    if (at.level <= level) {
      take(at.marker);
    }
  }
  take(m_list.markers.size());
  return all;
}

/// Lettering goes on behind a heading, unless it is read at a lesser cost when it begins anew
/// behind all headings of one level.
void ProseBuilder::solve(const std::vector<Break>& breaks) {
  LevelSolution best = solve_runs(breaks, 0);
  constexpr int lowest = 6;
  for (int level = 1; level <= lowest && best.cost > cost_of_break; ++level) {
    if (std::none_of(
            breaks.begin(), breaks.end(), [&](const Break& at) { return at.level == level; })) {
      continue;
    }
    LevelSolution anew = solve_runs(breaks, level);
    if (anew.cost < best.cost) {
      best = std::move(anew);
      m_restart = level;
    }
  }
  m_levels = std::move(best.levels);
}

/// True for a heading that what follows stands in. "Examples." between two numbers of a list does
/// not end the list. Alternates of a clause are places like headings (48 CFR 52.105).
bool ProseBuilder::opens_section(const Block& block) const {
  const bool heading = block.kind == Block::Kind::heading;
  if ((heading || block.kind == Block::Kind::paragraph) && !block.quoted &&
      m_options.definitions == Definitions::by_term && !alternate_name(block.text.text).empty()) {
    return true;
  }
  if (!heading) {
    return false;
  }
  return m_options.headings == Headings::open_sections
             ? !(block.text.text.size() < 11 && block.text.text.starts_with("Example"))
             : block.level <= m_restart && !block.quoted;
}

bool ProseBuilder::is_prose(const Designators& found) const {
  return found.count == 0 || m_levels[found.first].depth < 0;
}

void ProseBuilder::add(std::vector<Block>& blocks, int container) {
  m_base = container;
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
    if (const std::size_t quoted = place_extract(blocks, i); quoted != 0) {
      i += quoted - 1;
      continue;
    }
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

/// Places the EXTRACT that begins at `from` below what introduces it where it has designators: they
/// are not those of the unit. The number of its blocks, 0 for anything else.
std::size_t ProseBuilder::place_extract(std::vector<Block>& blocks, std::size_t from) {
  if (!blocks[from].quoted || (from > 0 && blocks[from - 1].quoted)) {
    return 0;
  }
  const auto begin = blocks.begin() + static_cast<std::ptrdiff_t>(from);
  const auto end =
      std::find_if(begin, blocks.end(), [](const Block& block) { return !block.quoted; });
  if (std::none_of(begin, end, is_designated)) {
    return 0;
  }
  std::vector<Block> inside(std::make_move_iterator(begin), std::make_move_iterator(end));
  for (Block& block : inside) {
    block.quoted = false;
  }
  const int extract =
      m_tree.add(m_open.empty() ? m_container : m_last, NodeKind::paragraph, "Extract", {}, {});
  ProseOptions options = m_options;
  options.headings = Headings::as_nodes;
  ProseBuilder(m_tree, options).add(inside, extract);
  return inside.size();
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
    if (opens_section(block)) {
      heading(block);
    } else if (is_prose(found)) {
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

/// The definition that the last node stands in, -1 for none.
int ProseBuilder::open_definition() const {
  int node = m_last;
  while (node > m_base && m_tree.at(node).kind != NodeKind::definition) {
    node = m_tree.at(node).parent;
  }
  return node > m_base ? node : -1;
}

/// The node of "(b)(14)" below the open heading, the last one of several; -1 when there is none
/// yet. What stood before this builder began, such as the paragraphs of another definition, is not
/// meant.
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
  for (auto at = m_paths.rbegin(); at != m_paths.rend(); ++at) {
    at = std::find(at, m_paths.rend(), wanted);
    if (at == m_paths.rend()) {
      break;
    }
    const int node = m_begin + static_cast<int>(m_paths.rend() - at) - 1;
    if (has_path(node, path) && m_tree.is_ancestor_or_self(m_container, node)) {
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
  const bool term = marker.form == MarkerForm::term;
  m_last = m_tree.add(parent,
                      term ? NodeKind::definition : NodeKind::paragraph,
                      designator_name(marker),
                      std::move(label),
                      std::move(text));
  if (level.trouble != LevelTrouble::none) {
    m_tree.not_understood(m_last, trouble_text(level.trouble));
  }
  m_open.resize(static_cast<std::size_t>(depth), -1);
  m_open.push_back(m_last);
}

void ProseBuilder::paragraph(Block& block, const Designators& found) {
  std::string& text = block.text.text;
  if (const std::size_t begin = m_list.spans[found.first].begin; begin != 0) {
    Block introduction;
    introduction.text.text = trimmed(std::string_view(text).substr(0, begin));
    undesignated(introduction, m_levels[found.first].depth);
  }
  for (std::size_t i = 0; i < found.count; ++i) {
    const TextSpan span = m_list.spans[found.first + i];
    const bool last = i + 1 == found.count;
    const std::size_t to = last ? text.size() : m_list.spans[found.first + i + 1].begin;
    const Level& level = m_levels[found.first + i];
    if (level.depth < 0) {
      m_tree.at(m_last).text +=
          trimmed(std::string_view(text).substr(span.begin, to - span.begin)); // prose after all
      continue;
    }
    const std::size_t end = last ? found.end : span.end;
    std::string label = text.substr(0, end);
    if (last) {
      text.erase(0, std::min(text.find_first_not_of(' ', end), text.size()));
      open(level, m_list.markers[found.first + i], std::move(label), std::move(text));
    } else {
      open(level,
           m_list.markers[found.first + i],
           std::move(label),
           std::string(trimmed(std::string_view(text).substr(end, to - end))));
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
             m_tree.at(m_last).kind != NodeKind::definition &&
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
               std::string(trimmed(std::string_view(text).substr(colon + 1))));
    return;
  }
  m_tree.add(parent, NodeKind::paragraph, {}, {}, std::move(block.text.text));
}

void ProseBuilder::heading(Block& block) {
  const bool is_heading = block.kind == Block::Kind::heading;
  std::string name = alternate_name(block.text.text);
  if (name.empty()) {
    name = as_designator(without_footnote_marks(block.text.text));
  }
  const NodeKind kind = is_heading ? NodeKind::heading : NodeKind::paragraph;
  if (!opens_section(block)) {
    const int parent = m_options.headings == Headings::as_nodes ? m_container : m_last;
    m_tree.add(parent, kind, std::move(name), {}, std::move(block.text.text));
    return;
  }
  if (m_options.headings == Headings::as_nodes) {
    name = short_name(std::move(name));
  }
  // a reserved heading opens nothing: what follows it stands beside it
  const bool reserved = block.text.text.find("[Reserved]") != std::string::npos;
  constexpr int lowest = 6;
  const int level = is_heading ? block.level : lowest;
  while (!m_sections.empty() && m_sections.back().first >= level) {
    m_sections.pop_back();
  }
  const int parent = m_sections.empty() ? m_base : m_sections.back().second;
  const int node = m_tree.add(parent, kind, std::move(name), {}, std::move(block.text.text));
  m_container = reserved ? parent : node;
  if (!reserved) {
    m_sections.emplace_back(level, node);
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
    const int definition = open_definition();
    return definition >= 0 ? definition : m_container;
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

} // namespace regtrail::parse
