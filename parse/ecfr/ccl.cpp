#include "parse/ecfr/ccl.hpp"

#include "model/characters.hpp"
#include "model/citation.hpp"
#include "parse/ecfr/note_labels.hpp"
#include "parse/ecfr/notes.hpp"
#include "parse/ecfr/tables.hpp"
#include "parse/paragraph_levels.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <utility>

namespace regtrail::parse {
namespace {

struct SectionLine {
  std::string_view printed;
  std::string_view designator;
};

/// Lines that open a part of an entry.
constexpr std::array section_lines = {
    SectionLine{"License Requirements", "License Requirements"},
    SectionLine{"License Requirement", "License Requirements"},
    SectionLine{"List Based License Exceptions", "List Based License Exceptions"},
    SectionLine{"License Exceptions", "License Exceptions"},
    SectionLine{"Special Conditions for STA", "Special Conditions for STA"},
    SectionLine{"Reporting Requirements", "Reporting Requirements"},
    SectionLine{"List of Items Controlled", "List of Items Controlled"},
    SectionLine{"Special Conditions for Strategic Trade Authorization",
                "Special Conditions for STA"},
};

/// Labels of lines, with the name under which the line is cited.
constexpr std::array line_labels = {
    SectionLine{"Reason for Control", "Reason for Control"},
    SectionLine{"Reasons for Control", "Reason for Control"},
    SectionLine{"Related Controls", "Related Controls"},
    SectionLine{"Related Control", "Related Controls"},
    SectionLine{"Related Definitions", "Related Definitions"},
    SectionLine{"Related Definition", "Related Definitions"},
    SectionLine{"Items", "Items"},
    SectionLine{"Unit", "Unit"},
    SectionLine{"Special Reporting", "Special Reporting"},
    SectionLine{"Reporting Requirements", "Reporting Requirements"},
};

/// "LVS", "NAC/ACA": the symbol of a license exception.
bool is_exception_symbol(std::string_view label) {
  return label.size() >= 3 && label.size() <= 11 &&
         std::all_of(label.begin(), label.end(), [](char c) { return is_upper(c) || c == '/'; });
}

/// The number an entry's heading begins with: "3B001", "EAR99".
std::string_view heading_number(const Block& block) {
  const std::string_view text = block.text.text;
  if (text.size() < 6 || block.quoted) {
    return {};
  }
  const std::string_view number = text.substr(0, 5);
  const char next = text[5];
  if (!is_eccn(number) && number != "EAR99") {
    return {};
  }
  const bool heading =
      block.element == "FP-2" || block.strong || block.kind == Block::Kind::heading;
  return heading && (next == ' ' || next == ':' || next == '\xE2') ? number : std::string_view{};
}

/// "Category 3" of the heading "Category 3—Electronics", "" of another one.
std::string category_name(std::string_view heading) {
  constexpr std::string_view word = "Category ";
  const bool category = heading.starts_with(word) && heading.size() > word.size() &&
                        heading[word.size()] >= '0' && heading[word.size()] <= '9';
  return category ? std::string(heading.substr(0, word.size() + 1)) : std::string();
}

std::optional<SectionLine> section_line(std::string_view text) {
  if (text.empty() || !is_upper(text[0])) {
    return std::nullopt;
  }
  for (const SectionLine& line : section_lines) {
    if (text.starts_with(line.printed)) {
      const std::string_view rest = trimmed(text.substr(line.printed.size()));
      if (rest.empty() || rest[0] == '(' || rest == ":") {
        return line;
      }
    }
  }
  return std::nullopt;
}

/// A path with its printed label at the front of an item paragraph.
struct ItemLabel {
  std::string path;
  std::size_t end = 0;              ///< behind the label
  std::vector<std::string> further; ///< of a reserved range: the last steps of the other members
  bool certain = true;              ///< false: only a label where it continues a list
};

std::string_view last_step(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

std::optional<ItemLabel> item_label(std::string_view text) {
  const std::string_view path = leading_item_path(text);
  if (path.empty()) {
    return std::nullopt;
  }
  ItemLabel label{std::string(path), path.size(), {}, true};
  bool dotted = false;
  if (label.end < text.size() && text[label.end] == '.') {
    ++label.end;
    dotted = true;
  }
  const std::string_view rest = text.substr(label.end);
  static constexpr std::array<std::string_view, 6> connectors = {
      " through ", " to ", " and ", "-", "\xE2\x80\x93", " - "};
  const bool sentence_follows = rest.size() > 1 && rest[0] == ' ' && is_upper(rest[1]);
  for (const std::string_view connector : connectors) {
    if (sentence_follows || !rest.starts_with(connector)) {
      continue;
    }
    const std::string_view behind = rest.substr(connector.size());
    const std::string_view last = leading_item_path(behind);
    std::string_view reserved = behind.substr(last.size());
    const std::size_t dot = reserved.starts_with('.') ? 1 : 0;
    if (last.empty() || !trimmed(reserved.substr(dot)).starts_with("[Reserved")) {
      continue;
    }
    label.further = members_between(last_step(path), last_step(last));
    if (!label.further.empty()) {
      label.further.erase(label.further.begin());
      label.end += connector.size() + last.size() + dot;
      return label;
    }
  }
  if (rest.empty()) {
    return dotted ? std::optional(label) : std::nullopt;
  }
  // without a full stop only a full path before a capital is a label: "c.3.a Two or more"
  const bool blank = rest[0] == ' ';
  const char first = blank && rest.size() > 1 ? rest[1] : rest[0];
  const bool sentence = is_upper(first) || first == '[' || first == '\'' || first == '"' ||
                        first == '\xE2' || first == '(';
  const bool full = path.find('.') != std::string_view::npos;
  if ((dotted && blank) || (full && sentence && (blank || dotted)) ||
      (dotted && sentence && !is_upper(first))) {
    return label;
  }
  label.certain = false;
  return full && blank ? std::optional(label) : std::nullopt;
}

class CclBuilder {
public:
  explicit CclBuilder(TreeBuilder& tree) : m_tree(tree) {}

  void add(Block& block) {
    switch (block.kind) {
    case Block::Kind::note:
    case Block::Kind::example:
      note(block);
      return;
    case Block::Kind::table:
      table(block);
      return;
    case Block::Kind::figure:
      add_figure(m_tree, m_place, block);
      return;
    case Block::Kind::footnote:
      add_footnote(m_tree, TreeBuilder::root, std::move(block.text.text));
      return;
    case Block::Kind::heading:
    case Block::Kind::paragraph:
    case Block::Kind::flush:
    case Block::Kind::list_item:
      text(block);
      return;
    }
  }

private:
  void text(Block& block) {
    m_after_note = false;
    if (const std::string_view number = heading_number(block); !number.empty()) {
      open_entry(number, block.text.text);
      return;
    }
    if (const auto line = section_line(block.text.text); line && m_entry >= 0) {
      m_place = m_tree.add(m_entry,
                           NodeKind::heading,
                           std::string(line->designator),
                           {},
                           std::move(block.text.text));
      m_license = line->designator == "License Requirements" ? m_place : m_license;
      return;
    }
    if (block.kind == Block::Kind::heading) {
      open_group(block.text.text);
      return;
    }
    if (m_entry >= 0 && (labelled_line(block) || item(block.text.text))) {
      return;
    }
    m_tree.add(m_place, NodeKind::paragraph, {}, {}, std::move(block.text.text));
  }

  void open_entry(std::string_view number, const std::string& text) {
    m_entry = m_tree.add(TreeBuilder::root, NodeKind::entry, std::string(number), {}, {});
    m_tree.add(m_entry,
               NodeKind::heading,
               "heading",
               std::string(number),
               std::string(trimmed(std::string_view(text).substr(number.size()))));
    m_eccn = number;
    m_items.clear();
    m_license = -1;
    m_place = m_entry;
    m_note_parent = m_entry;
  }

  void open_group(std::string& text) {
    std::string name = as_designator(text);
    if (std::string category = category_name(text); !category.empty()) {
      m_category = std::move(category);
      name = m_category;
    } else if (text.size() > 2 && text[0] >= 'A' && text[0] <= 'E' && text[1] == '.' &&
               !m_category.empty()) {
      name = m_category + " Group " + text.substr(0, 1);
    }
    m_entry = -1;
    m_eccn.clear();
    m_items.clear();
    m_license = -1;
    m_place = m_tree.add(TreeBuilder::root, NodeKind::heading, name, {}, std::move(text));
    m_note_parent = m_place;
  }

  /// "LVS: $500", "Related Controls: ...": a node named by its label. The colon may be missing
  /// where the label is set in italics.
  bool labelled_line(Block& block) {
    const std::string& text = block.text.text;
    const LineLabel label = line_label(block);
    if (label.name.empty()) {
      return false;
    }
    std::string rest(trimmed(std::string_view(text).substr(label.end)));
    const bool with_item = label.name == "Items" && item_label(rest);
    m_place = m_tree.add(m_entry,
                         NodeKind::paragraph,
                         label.name,
                         text.substr(0, label.end),
                         with_item ? std::string{} : std::move(rest));
    m_note_parent = m_place;
    if (with_item) {
      item(rest);
    }
    return true;
  }

  struct LineLabel {
    std::string name;
    std::size_t end = 0; ///< behind the label and its colon
  };

  [[nodiscard]] LineLabel line_label(const Block& block) const {
    const std::string_view text = block.text.text;
    if (text.empty() || !is_upper(text[0])) {
      return {};
    }
    const std::size_t colon = text.substr(0, 41).find(':');
    const std::string_view label =
        trimmed(text.substr(0, colon == std::string_view::npos ? 0 : colon));
    for (const SectionLine& line : line_labels) {
      if (label == line.printed) {
        return {std::string(line.designator), colon + 1};
      }
      if (colon == std::string_view::npos && text.starts_with(line.printed) &&
          text.substr(line.printed.size()).starts_with(' ') &&
          block.text.is_italic(0, line.printed.size())) {
        return {std::string(line.designator), line.printed.size()};
      }
    }
    if (is_exception_symbol(label)) {
      return {std::string(label), colon + 1};
    }
    if (!label.empty() && label.size() < 30 && is_upper(label[0]) && m_items.empty() &&
        block.text.is_italic(0, colon)) {
      return {as_designator(label), colon + 1};
    }
    return {};
  }

  /// Adds the item that `text` begins with; the text is moved out where there is one.
  bool item(std::string& text) {
    const auto label = item_label(text);
    if (!label) {
      return false;
    }
    const std::size_t dot = label->path.rfind('.');
    const std::string above = dot == std::string::npos ? std::string{} : label->path.substr(0, dot);
    const bool repeated = m_items.contains(label->path);
    const std::string_view own = trimmed(std::string_view(text).substr(label->end));
    const bool prose = !own.empty() && own[0] >= 'a' && own[0] <= 'z';
    if ((!label->certain && !continues_list(label->path)) || (repeated && prose)) {
      return false;
    }
    const int parent = item_parent(above);
    std::string printed = text.substr(0, label->end);
    const auto begin = static_cast<std::size_t>(own.data() - text.data());
    text.erase(begin + own.size());
    text.erase(0, begin);
    open_item(parent,
              label->path,
              std::move(printed),
              label->further.empty() ? std::move(text) : std::string(text));
    if (repeated) {
      m_tree.not_understood(m_place,
                            "the item " + label->path + " of ECCN " + m_eccn + " is repeated");
    }
    for (const std::string& step : label->further) {
      open_item(parent, above.empty() ? step : above + "." + step, {}, text);
    }
    return true;
  }

  /// True when `path` is the next or the first member of a list that is open.
  [[nodiscard]] bool continues_list(const std::string& path) const {
    const std::string_view last = last_step(path);
    const std::string above = path.substr(0, path.size() - std::min(path.size(), last.size() + 1));
    if (m_items.contains(path) || (!above.empty() && !m_items.contains(above))) {
      return false;
    }
    if (last == "a" || last == "1") {
      return true;
    }
    std::string previous(last);
    if (last[0] <= '9') {
      int number = 0;
      std::from_chars(last.data(), last.data() + last.size(), number);
      previous = std::to_string(number - 1);
    } else {
      --previous[0];
    }
    return m_items.contains(above.empty() ? previous : above + "." + previous);
  }

  void open_item(int parent, const std::string& path, std::string label, std::string text) {
    m_place = m_tree.add(
        parent, NodeKind::item, std::string(last_step(path)), std::move(label), std::move(text));
    m_items.insert_or_assign(path, m_place);
    m_note_parent = m_place;
  }

  /// The node of the item `path`, made up without text where the law prints only its members.
  int item_parent(const std::string& path) {
    if (path.empty()) {
      return m_entry;
    }
    if (const auto found = m_items.find(path); found != m_items.end()) {
      return found->second;
    }
    const std::size_t dot = path.rfind('.');
    const int parent = item_parent(dot == std::string::npos ? std::string{} : path.substr(0, dot));
    const int node = m_tree.add(parent, NodeKind::item, std::string(last_step(path)), {}, {});
    m_items.emplace(path, node);
    return node;
  }

  void table(Block& block) {
    m_after_note = false;
    const Grid grid = read_grid(block.node);
    const std::string head = head_text(grid);
    const bool license = m_entry >= 0 && (head.starts_with("Control") ||
                                          head.find("ountry Chart") != std::string::npos ||
                                          head.find("ountry chart") != std::string::npos);
    if (!license) {
      add_table(m_tree, m_place, block.node, TableNode::own);
      return;
    }
    if (m_license < 0) {
      m_license = m_tree.add(m_entry, NodeKind::heading, "License Requirements", {}, {});
    }
    add_frame(m_tree, m_license, grid);
    for (const GridRow& row : grid.body) {
      license_row(row);
    }
    m_place = m_license;
    m_note_parent = m_license;
  }

  void license_row(const GridRow& row) {
    const std::string& control = row[0].text;
    const int node = m_tree.add(m_license, NodeKind::row, license_key(control), {}, control);
    for (std::size_t column = 1; column < row.size(); ++column) {
      if (!row[column].covered) {
        m_tree.add(node, NodeKind::cell, "Country Chart", {}, row[column].text);
      }
    }
  }

  /// "NS applies to 3B001.a.4, c, d" as "NS: a.4, c, d".
  [[nodiscard]] std::string license_key(const std::string& control) const {
    std::size_t reason = 0;
    while (reason < control.size() && is_upper(control[reason])) {
      ++reason;
    }
    if (reason != 2) {
      return as_designator(control);
    }
    std::string_view rest = std::string_view(control).substr(reason);
    for (const std::string_view words : {" applies to ", " applies "}) {
      if (rest.starts_with(words)) {
        rest.remove_prefix(words.size());
        break;
      }
    }
    std::string paths(trimmed(rest));
    const std::string prefix = m_eccn + ".";
    for (std::size_t at = paths.find(prefix); at != std::string::npos;
         at = paths.find(prefix, at)) {
      paths.erase(at, prefix.size());
    }
    if (paths.starts_with("the entire entry")) {
      paths.erase(0, 4);
    }
    while (paths.ends_with('.') || paths.ends_with(' ')) {
      paths.pop_back();
    }
    return as_designator(control.substr(0, reason) + ": " + paths);
  }

  /// The item that `place` names in this entry; the entry itself for an empty path; -1 for none.
  [[nodiscard]] int find_place(const std::optional<EccnPlace>& place) const {
    if (!place || m_entry < 0 || (!place->eccn.empty() && place->eccn != m_eccn)) {
      return -1;
    }
    if (place->path.empty()) {
      return place->eccn.empty() ? -1 : m_entry;
    }
    const auto found = m_items.find(place->path);
    return found == m_items.end() ? -1 : found->second;
  }

  /// The place that the words at the front of a note, or its label, name.
  [[nodiscard]] int named_place(std::string_view words, std::size_t limit) const {
    if (const int place = find_place(first_eccn_place(words, limit)); place >= 0) {
      return place;
    }
    const std::size_t paragraph = words.find("aragraph ");
    if (paragraph < limit) {
      std::string_view rest = words.substr(paragraph + 9);
      if (rest.starts_with('.')) {
        rest.remove_prefix(1);
      }
      const std::string_view path = leading_item_path(rest);
      if (!path.empty()) {
        return find_place(EccnPlace{{}, std::string(path)});
      }
    }
    return -1;
  }

  void note(Block& block) {
    const NoteLabel label = read_note_label(block.text.text);
    int labelled = label.place.empty() ? -1 : named_place(label.place, std::string_view::npos);
    if (labelled < 0 && label.place.find("License Exceptions") != std::string::npos) {
      labelled = m_place;
    }
    const bool follows = label.designator.starts_with("N.B.") && m_after_note;
    const int preceding = follows ? m_note_parent : m_place;
    constexpr std::size_t first_words = 28;
    for (const int node : add_note(m_tree, preceding, block)) {
      const int named = labelled >= 0 ? labelled : named_place(m_tree.at(node).text, first_words);
      m_tree.attach(node, named >= 0 ? named : preceding);
      m_note_parent = m_tree.at(node).parent;
    }
    m_after_note = true;
  }

  TreeBuilder& m_tree;
  std::string m_category; ///< the one that is open, "" for none
  int m_entry = -1;
  std::string m_eccn;
  int m_license = -1;
  int m_place = TreeBuilder::root; ///< the last item or line
  int m_note_parent = TreeBuilder::root;
  bool m_after_note = false;                    ///< the block before was a note
  std::unordered_map<std::string, int> m_items; ///< of the open entry: "a.1.b" to its node
};

} // namespace

void build_ccl(TreeBuilder& tree, std::vector<Block>& blocks) {
  CclBuilder list(tree);
  for (Block& block : blocks) {
    list.add(block);
  }
}

} // namespace regtrail::parse
