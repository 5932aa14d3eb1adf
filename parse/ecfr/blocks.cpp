#include "parse/ecfr/blocks.hpp"

#include "model/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace regtrail::parse {
namespace {

template<std::size_t size>
bool is_one_of(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 21> inline_elements = {
    "I",  "i", "em", "E",     "B",       "b",     "strong",   "SU",  "sup",  "sub", "AC",
    "FR", "a", "br", "FTREF", "PRTPAGE", "STARS", "RESERVED", "HED", "span", "ABBR"};
constexpr std::array<std::string_view, 13> wrappers = {"DIV",
                                                       "TEXT",
                                                       "SCOL2",
                                                       "BOXTXT",
                                                       "UL",
                                                       "OL",
                                                       "LDRWK",
                                                       "MATH",
                                                       "REVTXT",
                                                       "EXHIBIT",
                                                       "FORM",
                                                       "INDEX",
                                                       "SIG"};
constexpr std::array<std::string_view, 7> metadata = {
    "FTREF", "CFRTOC", "PRTPAGE", "AMDDATE", "VOLUME", "EAR", "HEADER"};

std::optional<NoteField> note_field(std::string_view name) {
  if (name == "CITA") {
    return NoteField::cita;
  }
  if (name == "AUTH" || name == "SECAUTH" || name == "PARAUTH") {
    return NoteField::auth;
  }
  if (name == "SOURCE") {
    return NoteField::source;
  }
  if (name == "EDNOTE" || name == "APPRO") {
    return NoteField::ednote;
  }
  if (name == "EFFDNOT" || name == "EFFDNOTP") {
    return NoteField::effdnot;
  }
  return std::nullopt;
}

/// 1 to 6 for HD1 to HD6 and HED1, else 0.
int heading_level(std::string_view name) {
  if (name == "HED1") {
    return 1;
  }
  return name.size() == 3 && name.starts_with("HD") && name[2] >= '1' && name[2] <= '6'
             ? name[2] - '0'
             : 0;
}

bool begins_bold(const pugi::xml_node& element) {
  for (const pugi::xml_node child : element.children()) {
    if (is_element(child)) {
      const std::string_view name = child.name();
      return name == "B" || name == "strong";
    }
    if (!is_blank_text(child.value())) {
      return false;
    }
  }
  return false;
}

/// True for text of which nothing can be seen, such as a zero-width space behind a closed element.
bool is_invisible(const std::string& text) {
  constexpr std::size_t longest = 12; // a few characters at most
  return text.empty() || (text.size() <= longest && normalise(text).empty());
}

class Reader {
public:
  Reader(UnitContent& out, std::vector<UnitNote>& notes) : m_out(out), m_notes(notes) {}

  void children(const pugi::xml_node& element, std::vector<Block>& blocks, bool quoted) {
    for (const pugi::xml_node child : element.children()) {
      if (is_element(child)) {
        one(child, blocks, quoted);
      } else {
        loose_text(child, blocks, quoted);
      }
    }
  }

private:
  void one(const pugi::xml_node& element, std::vector<Block>& blocks, bool quoted) {
    const std::string_view name = element.name();
    if (name.starts_with('P') && (name == "P" || name.starts_with("P-") || name == "P1" ||
                                  name == "P2" || name == "P3" || name == "PSPACE")) {
      leaf(Block::Kind::paragraph, element, blocks, quoted);
    } else if (name.starts_with("FP") || name == "HALFDASH" || name.starts_with("FRP")) {
      leaf(Block::Kind::flush, element, blocks, quoted);
    } else if (name == "LI") {
      leaf(Block::Kind::list_item, element, blocks, quoted);
    } else if (name == "HEAD" && m_out.heading.empty() && &blocks == &m_out.blocks &&
               blocks.empty()) {
      head(element);
    } else if (const int level = name == "HEAD" ? 1 : heading_level(name); level != 0) {
      leaf(Block::Kind::heading, element, blocks, quoted);
      if (!blocks.empty() && blocks.back().kind == Block::Kind::heading) {
        blocks.back().level = level;
      }
    } else if (const auto field = note_field(name)) {
      m_notes.push_back({*field, resolve_inline(element).text});
    } else if (name == "XREF" && is_pending_link(element)) {
      m_notes.push_back({NoteField::pending_link, resolve_inline(element).text});
    } else {
      structured(element, name, blocks, quoted);
    }
  }

  void structured(const pugi::xml_node& element,
                  std::string_view name,
                  std::vector<Block>& blocks,
                  bool quoted) {
    if (name == "NOTE" || name == "CROSSREF" || name == "EXAMPLE") {
      note(name == "EXAMPLE" ? Block::Kind::example : Block::Kind::note, element, blocks, quoted);
    } else if (name == "TABLE" || name == "GPOTABLE") {
      Block& block = push(Block::Kind::table, name, blocks, quoted);
      block.node = element;
    } else if (name == "img") {
      push(Block::Kind::figure, element.name(), blocks, quoted)
          .text.figures.push_back(figure_name(element));
    } else if (name == "FTNT" || name == "EFTNT") {
      leaf(Block::Kind::footnote, element, blocks, quoted);
    } else if (name == "EXTRACT") {
      children(element, blocks, true);
    } else if (is_one_of(name, metadata)) {
      return;
    } else if (is_one_of(name, wrappers) || name.starts_with("DIV")) {
      children(element, blocks, quoted);
    } else {
      unknown(element, name, blocks, quoted);
    }
  }

  void
  unknown(const pugi::xml_node& element, std::string_view name, std::vector<Block>& blocks, bool quoted) {
    if (!is_one_of(name, inline_elements) &&
        std::find(m_out.unknown_elements.begin(), m_out.unknown_elements.end(), name) ==
            m_out.unknown_elements.end()) {
      m_out.unknown_elements.emplace_back(name);
    }
    const bool holds_blocks =
        !is_one_of(name, inline_elements) &&
        std::any_of(element.begin(), element.end(), [](const pugi::xml_node& child) {
          return is_element(child) && !is_one_of(child.name(), inline_elements);
        });
    if (holds_blocks) {
      children(element, blocks, quoted);
    } else {
      leaf(Block::Kind::flush, element, blocks, quoted);
    }
  }

  void head(const pugi::xml_node& element) {
    InlineText text = resolve_inline(element);
    m_out.heading = std::move(text.text);
    pending(text);
  }

  Block& push(Block::Kind kind, std::string_view element, std::vector<Block>& blocks, bool quoted) {
    Block& block = blocks.emplace_back();
    block.kind = kind;
    block.quoted = quoted;
    block.element = element;
    return block;
  }

  /// A block of text; images inside it become blocks of their own behind it. Empty ones vanish.
  void leaf(Block::Kind kind, const pugi::xml_node& element, std::vector<Block>& blocks, bool quoted) {
    Block& block = push(kind, element.name(), blocks, quoted);
    block.text = resolve_inline(element);
    pending(block.text);
    const std::vector<std::string> figures = std::exchange(block.text.figures, {});
    if (is_invisible(block.text.text)) {
      blocks.pop_back();
    } else {
      block.strong = begins_bold(element);
    }
    for (const std::string& figure : figures) {
      push(Block::Kind::figure, element.name(), blocks, quoted).text.figures.push_back(figure);
    }
  }

  void note(Block::Kind kind, const pugi::xml_node& element, std::vector<Block>& blocks, bool quoted) {
    Block block;
    block.kind = kind;
    block.quoted = quoted;
    block.element = element.name();
    bool first = true;
    for (const pugi::xml_node child : element.children()) {
      if (!is_element(child)) {
        loose_text(child, block.inside, quoted);
      } else if (first && std::string_view(child.name()) == "HED") {
        block.text = resolve_inline(child);
        pending(block.text);
        first = false;
      } else {
        one(child, block.inside, quoted);
      }
    }
    blocks.push_back(std::move(block));
  }

  void loose_text(const pugi::xml_node& text, std::vector<Block>& blocks, bool quoted) {
    if (is_blank_text(text.value())) {
      return;
    }
    InlineText resolved = resolve_text(text.value());
    if (!is_invisible(resolved.text)) {
      push(Block::Kind::flush, text.parent().name(), blocks, quoted).text = std::move(resolved);
    }
  }

  void pending(InlineText& text) {
    for (std::string& link : text.pending_links) {
      m_notes.push_back({NoteField::pending_link, std::move(link)});
    }
    text.pending_links.clear();
  }

  UnitContent& m_out;
  std::vector<UnitNote>& m_notes;
};

/// A formula in the middle of a note is printed as an image between two NOTEs, the second without a
/// label: they are one note.
void join_split_notes(std::vector<Block>& blocks) {
  std::size_t out = 0;
  std::size_t open = blocks.size(); // the note that may go on, in the part already rewritten
  std::size_t figures = 0;          // how many figures stand behind it
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool note = blocks[i].kind == Block::Kind::note;
    if (note && blocks[i].text.text.empty() && open < out) {
      std::vector<Block>& inside = blocks[open].inside;
      const auto begin =
          std::make_move_iterator(blocks.begin() + static_cast<std::ptrdiff_t>(out - figures));
      inside.insert(inside.end(),
                    begin,
                    std::make_move_iterator(blocks.begin() + static_cast<std::ptrdiff_t>(out)));
      inside.insert(inside.end(),
                    std::make_move_iterator(blocks[i].inside.begin()),
                    std::make_move_iterator(blocks[i].inside.end()));
      out -= figures;
      figures = 0;
      continue;
    }
    if (note) {
      open = out;
      figures = 0;
    } else if (blocks[i].kind == Block::Kind::figure && open < out) {
      ++figures;
    } else {
      open = blocks.size();
    }
    if (out != i) {
      blocks[out] = std::move(blocks[i]);
    }
    ++out;
  }
  blocks.resize(out);
}

} // namespace

UnitContent read_content(const pugi::xml_node& element, std::vector<UnitNote>& notes) {
  UnitContent content;
  Reader(content, notes).children(element, content.blocks, false);
  join_split_notes(content.blocks);
  return content;
}

} // namespace regtrail::parse
