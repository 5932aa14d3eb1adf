// The text of a unit as a tree of nodes with two hashes each (a Merkle tree).
#pragma once

#include "model/citation.hpp"
#include "model/digest.hpp"
#include "model/error.hpp"
#include "model/vocabulary.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail {

enum class NodeKind : std::uint8_t {
  unit,       ///< the root: a section, an appendix or the frame of a part
  heading,    ///< the unit's, an entry's or a block's heading
  paragraph,  ///< designated or undesignated text; also labelled lines such as "LVS"
  note,       ///< NOTE, Technical Note, N.B.; regulatory text
  table,      ///< a table, or a keyed group of rows (a country of the Entity List)
  row,        ///< keyed by its first cell(s)
  cell,       ///< keyed by its column head
  item,       ///< CCL item: 3B001.c.1.a
  entry,      ///< CCL entry or list entry
  definition, ///< keyed by the term
  footnote,   ///< keyed by its mark
  figure,     ///< an image or formula, compared by file name
};

template<>
struct Vocabulary<NodeKind> {
  static constexpr std::string_view name = "kind of node";
  static constexpr std::array<std::string_view, 12> words{"unit",
                                                          "heading",
                                                          "paragraph",
                                                          "note",
                                                          "table",
                                                          "row",
                                                          "cell",
                                                          "item",
                                                          "entry",
                                                          "definition",
                                                          "footnote",
                                                          "figure"};
};

/// A place inside a unit. A node does not know where it stands: its citation is its parent's plus
/// its step (see child_steps), so equal subtrees are equal wherever they are.
struct Node {
  NodeKind kind = NodeKind::paragraph;

  /// The last step only: "(a)", "c", "Note 1", "heading", "Japan"; "" for undesignated text.
  /// Outside the node's own hashes, inside its parent's.
  std::string designator;

  /// What the law prints in front of `text` in the same paragraph, with its blanks folded: "(a)",
  /// "c.1.a.", or for collapsed paragraphs everything back to the paragraph's beginning:
  /// "(b) Licensing policy. (1)". Outside all hashes; shown before the text.
  std::string label;

  /// Published text without the label; superscripts as ^, subscripts as _, line breaks inside a
  /// cell as \n, other white space folded to single blanks. Never holds a child's text.
  std::string text;

  std::uint32_t ordinal = 0; ///< position in print among all nodes of the unit, from 1

  std::vector<Node> children;

  Hash128 published;  ///< over kind, text and the children's (designator, published)
  Hash128 normalised; ///< the same over compared_text

  friend bool operator==(const Node&, const Node&) = default;
};

/// Recomputes both hashes of `node` and everything below it.
void rehash(Node& node);

/// Hashes `node` alone, from its children's hashes; for builders that work bottom-up.
void rehash_shallow(Node& node);

/// The steps from `parent` to its children, in order: designated children by kind and designator,
/// undesignated ones as "text n", later bearers of a name with their occurrence.
[[nodiscard]] std::vector<Step> child_steps(const Node& parent);

/// The step from `parent` to its child `index`: child_steps(parent)[index] without the others.
[[nodiscard]] Step child_step(const Node& parent, std::size_t index);

/// label + " " + text, or whichever is not empty.
[[nodiscard]] std::string shown_text(const Node& node);

/// shown_text of the node and of everything below it, one line a printed paragraph.
[[nodiscard]] std::string subtree_text(const Node& node);

/// Number of nodes in the tree, the root included.
[[nodiscard]] std::size_t count_nodes(const Node& node);

/// Number of rows, entries and definitions of lists in the tree: what a text that was cut short has
/// fewer of.
[[nodiscard]] std::size_t count_list_rows(const Node& node);

/// The node at `citation`, which must lie within `unit`; nullptr where there is none.
/// Steps are matched case-insensitively and with dash and quote variants folded.
[[nodiscard]] const Node*
find_node(const Node& root, const Citation& unit, const Citation& citation);

/// Fields of a unit that are not law: source notes and editorial notes (ARCHITECTURE.md, Text and
/// identity).
enum class NoteField : std::uint8_t { cita, auth, source, ednote, effdnot, pending_link };

template<>
struct Vocabulary<NoteField> {
  static constexpr std::string_view name = "field of notes";
  static constexpr std::array<std::string_view, 6> words{
      "cita", "auth", "source", "ednote", "effdnot", "pending_link"};
};

struct UnitNote {
  NoteField field = NoteField::cita;
  std::string text;

  friend bool operator==(const UnitNote&, const UnitNote&) = default;
};

/// What could not be parsed or placed; kept as text in the tree as well.
struct NotUnderstood {
  Citation at;
  std::string what; ///< "no consistent reading of the designators (i), (v)"
  std::string text; ///< at most 200 bytes of the text concerned, cut at a character

  friend bool operator==(const NotUnderstood&, const NotUnderstood&) = default;
};

/// Bytes [offset, offset + length) of a document as received.
struct ByteRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// What the CFR versions on its own. A part's own heading and notes are a unit without children
/// besides the heading, cited "15 CFR Part 744".
struct Unit {
  Citation id;
  Node root;
  std::vector<UnitNote> notes;
  std::vector<NotUnderstood> not_understood;
  Sha256 raw; ///< over the bytes of the unit's element as received
  /// Of these bytes in the document that was read, ascending; several for the frame of a part; none
  /// for what an archive returns.
  std::vector<ByteRange> ranges;
  bool reserved = false; ///< heading or text is only "[Reserved]"

  friend bool operator==(const Unit&, const Unit&) = default;
};

} // namespace regtrail
