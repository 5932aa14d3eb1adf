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

bool begins_bold(const Markup& element) {
  for (const Markup child : element) {
    if (child.is_element()) {
      return child.name() == "B" || child.name() == "strong";
    }
    if (!is_blank_text(child.text())) {
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

enum class Head { expected, taken };

class Reader {
public:
  Reader(UnitContent& out, std::vector<UnitNote>& notes, Head head)
      : m_out(out),
        m_notes(notes),
        m_head(head) {}

  /// Those of `element` from `from` to before `to`.
  void children(const Markup& element,
                Markup::Iterator from,
                Markup::Iterator to,
                std::vector<Block>& blocks,
                bool quoted) {
    for (; from != to; ++from) {
      const Markup child = *from;
      if (child.is_element()) {
        one(child, blocks, quoted);
      } else {
        loose_text(child, element.name(), blocks, quoted);
      }
    }
  }

private:
  void one(const Markup& element, std::vector<Block>& blocks, bool quoted) {
    const std::string_view name = element.name();
    if (name.starts_with('P') && (name == "P" || name.starts_with("P-") || name == "P1" ||
                                  name == "P2" || name == "P3" || name == "PSPACE")) {
      leaf(Block::Kind::paragraph, element, blocks, quoted);
    } else if (name.starts_with("FP") || name == "HALFDASH" || name.starts_with("FRP")) {
      leaf(Block::Kind::flush, element, blocks, quoted);
    } else if (name == "LI") {
      leaf(Block::Kind::list_item, element, blocks, quoted);
    } else if (name == "HEAD" && m_head == Head::expected && m_out.heading.empty() &&
               &blocks == &m_out.blocks && blocks.empty()) {
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

  void structured(const Markup& element,
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
      children(element, element.begin(), element.end(), blocks, true);
    } else if (is_one_of(name, metadata)) {
      return;
    } else if (is_one_of(name, wrappers) || name.starts_with("DIV")) {
      children(element, element.begin(), element.end(), blocks, quoted);
    } else {
      unknown(element, name, blocks, quoted);
    }
  }

  void
  unknown(const Markup& element, std::string_view name, std::vector<Block>& blocks, bool quoted) {
    if (!is_one_of(name, inline_elements) &&
        std::find(m_out.unknown_elements.begin(), m_out.unknown_elements.end(), name) ==
            m_out.unknown_elements.end()) {
      m_out.unknown_elements.emplace_back(name);
    }
    const bool holds_blocks =
        !is_one_of(name, inline_elements) &&
        std::any_of(element.begin(), element.end(), [](const Markup& child) {
          return child.is_element() && !is_one_of(child.name(), inline_elements);
        });
    if (holds_blocks) {
      children(element, element.begin(), element.end(), blocks, quoted);
    } else {
      leaf(Block::Kind::flush, element, blocks, quoted);
    }
  }

  void head(const Markup& element) {
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
  void leaf(Block::Kind kind, const Markup& element, std::vector<Block>& blocks, bool quoted) {
    Block& block = push(kind, element.name(), blocks, quoted);
    resolve_inline_into(block.text, element);
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

  void note(Block::Kind kind, const Markup& element, std::vector<Block>& blocks, bool quoted) {
    Block block;
    block.kind = kind;
    block.quoted = quoted;
    block.element = element.name();
    bool first = true;
    for (const Markup child : element) {
      if (!child.is_element()) {
        loose_text(child, element.name(), block.inside, quoted);
      } else if (first && child.name() == "HED") {
        block.text = resolve_inline(child);
        pending(block.text);
        first = false;
      } else {
        one(child, block.inside, quoted);
      }
    }
    blocks.push_back(std::move(block));
  }

  void
  loose_text(const Markup& text, std::string_view parent, std::vector<Block>& blocks, bool quoted) {
    if (is_blank_text(text.text())) {
      return;
    }
    InlineText resolved = resolve_text(text);
    if (!is_invisible(resolved.text)) {
      push(Block::Kind::flush, parent, blocks, quoted).text = std::move(resolved);
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
  Head m_head;
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

constexpr std::size_t least_shared = std::size_t{32} << 10U; // in bytes

/// Where the shares of an element begin, in hundredths of what is inside. The first one is ours,
/// and is not moved when it is read; small ones at the end are for whoever is ready first.
constexpr std::array<std::size_t, 4> shares_begin = {0, 40, 70, 85};

/// The first children of the shares of `element`, and the end.
std::vector<Markup::Iterator> cut_into_shares(const Markup& element) {
  std::vector<Markup::Iterator> cuts{element.begin()};
  Markup::Iterator at = element.begin();
  std::size_t nodes = 0; // before `at`
  for (std::size_t share = 1; share < shares_begin.size(); ++share) {
    const std::size_t least = element.nodes_inside() * shares_begin[share] / 100;
    for (; at != element.end() && (nodes <= least || !(*at).is_element()); ++at) {
      nodes += 1 + (*at).nodes_inside();
    }
    cuts.push_back(at);
  }
  cuts.push_back(element.end());
  return cuts;
}

std::size_t count_elements(Markup::Iterator at, Markup::Iterator end) {
  std::size_t count = 0;
  for (; at != end; ++at) {
    count += (*at).is_element() ? 1 : 0;
  }
  return count;
}

/// What some children of an element hold.
struct Share {
  UnitContent content;
  std::vector<UnitNote> notes;

  void read(const Markup& element, Markup::Iterator from, Markup::Iterator to, Head head) {
    content.blocks.reserve(count_elements(from, to));
    Reader(content, notes, head).children(element, from, to, content.blocks, false);
  }

  [[nodiscard]] bool is_empty() const { return content.heading.empty() && content.blocks.empty(); }

  /// Puts `next` behind this one, which holds its heading or a block.
  void append(Share&& next) {
    content.blocks.insert(content.blocks.end(),
                          std::make_move_iterator(next.content.blocks.begin()),
                          std::make_move_iterator(next.content.blocks.end()));
    std::move(next.notes.begin(), next.notes.end(), std::back_inserter(notes));
    std::vector<std::string>& names = content.unknown_elements;
    for (std::string& name : next.content.unknown_elements) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
  }
};

Share read_shared(const Markup& element, std::size_t size, Crew& crew) {
  const std::vector<Markup::Iterator> cuts = cut_into_shares(element);
  std::array<Share, shares_begin.size()> shares;
  shares[0].content.blocks.reserve(count_elements(element.begin(), element.end()));
  crew.each(shares.size(), size, [&](std::size_t i) {
    shares[i].read(element, cuts[i], cuts[i + 1], i == 0 ? Head::expected : Head::taken);
  });
  if (shares[0].is_empty()) {
    return {}; // the heading may stand in another one
  }
  for (std::size_t i = 1; i < shares.size(); ++i) {
    shares[0].append(std::move(shares[i]));
  }
  return std::move(shares[0]);
}

} // namespace

UnitContent
read_content(const Markup& element, std::size_t size, Crew& crew, std::vector<UnitNote>& notes) {
  Share whole;
  if (size >= least_shared && crew.is_worth_sharing(size)) {
    whole = read_shared(element, size, crew);
  }
  if (whole.is_empty()) {
    whole.read(element, element.begin(), element.end(), Head::expected);
  }
  join_split_notes(whole.content.blocks);
  std::move(whole.notes.begin(), whole.notes.end(), std::back_inserter(notes));
  return std::move(whole.content);
}

} // namespace regtrail::parse
