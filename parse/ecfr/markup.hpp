// The markup of one unit's element as a tree of views into its bytes: no copy, one scan. It checks
// what a tree of the law relies on: tags that match, limits, attributes with quoted values. It
// decodes nothing; inline_text.hpp does.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr_xml.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// The name at the front of `tag`, which stands behind its "<": "DIV8" of `DIV8 N="742.1"`.
[[nodiscard]] std::string_view tag_name(std::string_view tag);

/// Raw value of the attribute `name` in a start tag; nullopt where it has none.
[[nodiscard]] std::optional<std::string_view> tag_attribute(std::string_view tag,
                                                            std::string_view name);

[[nodiscard]] bool is_name_start(char c);

/// True for white space of XML, and for nothing at all.
[[nodiscard]] bool is_blank_text(std::string_view text);

/// Where the tag at the front of `text`, behind its "<", ends: at its ">", or at a "<" that must
/// not be there. Values may hold both. npos where the text ends first.
[[nodiscard]] std::size_t find_tag_end(std::string_view text);

class MarkupTree;

/// An element or a run of text of a tree; as small as a pointer, valid as long as tree and bytes.
class Markup {
public:
  enum class Kind : std::uint8_t { element, text, verbatim };

  class Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Markup;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Markup;

    Iterator(const MarkupTree& tree, std::uint32_t at) : m_tree(&tree), m_at(at) {}

    Markup operator*() const { return {*m_tree, m_at}; }

    inline Iterator& operator++();
    friend bool operator==(const Iterator&, const Iterator&) = default;

  private:
    const MarkupTree* m_tree;
    std::uint32_t m_at;
  };

  Markup() = default;

  Markup(const MarkupTree& tree, std::uint32_t at) : m_tree(&tree), m_at(at) {}

  [[nodiscard]] inline Kind kind() const;

  [[nodiscard]] bool is_element() const { return kind() == Kind::element; }

  /// Of an element: "P".
  [[nodiscard]] inline std::string_view name() const;

  /// Raw value of an attribute of an element; "" where it has none.
  [[nodiscard]] std::string_view attribute(std::string_view name) const;
  [[nodiscard]] bool has_attribute(std::string_view name) const;

  /// The first element of this name among the children.
  [[nodiscard]] std::optional<Markup> child(std::string_view name) const;

  /// Of a run of text, as in the bytes: references are not decoded. A CDATA section is verbatim.
  /// Behind text that is not stands a "<". Of an element, the inside of its tag: `P T="5"`.
  [[nodiscard]] inline std::string_view text() const;

  /// Bytes of all runs of text inside an element.
  [[nodiscard]] inline std::size_t text_size() const;

  /// Elements and runs of text inside an element.
  [[nodiscard]] inline std::size_t nodes_inside() const;

  /// The children, in order; comments and processing instructions are none.
  [[nodiscard]] inline Iterator begin() const;
  [[nodiscard]] inline Iterator end() const;

  friend bool operator==(const Markup&, const Markup&) = default;

private:
  friend class MarkupWriter;

  const MarkupTree* m_tree = nullptr;
  std::uint32_t m_at = 0;
};

class MarkupTree {
public:
  [[nodiscard]] Markup root() const { return {*this, 0}; }

  [[nodiscard]] bool empty() const { return m_nodes.empty(); }

  /// The bytes that all positions are of. They may move between reading and use.
  void set_bytes(std::string_view bytes) { m_bytes = bytes; }

private:
  friend class Markup;
  friend class MarkupReader;
  friend class MarkupWriter;

  /// In the order of their start tags: the first child follows its parent.
  struct Entry {
    std::uint32_t begin = 0; ///< of the text, or of the tag's inside
    std::uint32_t end = 0;
    std::uint32_t behind = 0; ///< index behind the last node inside
    std::uint16_t name_length = 0;
    Markup::Kind kind = Markup::Kind::element;
  };

  std::string_view m_bytes;
  std::vector<Entry> m_nodes;
};

inline Markup::Iterator& Markup::Iterator::operator++() {
  m_at = m_tree->m_nodes[m_at].behind;
  return *this;
}

inline Markup::Kind Markup::kind() const {
  return m_tree->m_nodes[m_at].kind;
}

inline std::string_view Markup::name() const {
  const MarkupTree::Entry& entry = m_tree->m_nodes[m_at];
  return m_tree->m_bytes.substr(entry.begin, entry.name_length);
}

inline std::string_view Markup::text() const {
  const MarkupTree::Entry& entry = m_tree->m_nodes[m_at];
  return m_tree->m_bytes.substr(entry.begin, entry.end - entry.begin);
}

inline std::size_t Markup::text_size() const {
  std::size_t size = 0;
  const std::uint32_t behind = m_tree->m_nodes[m_at].behind;
  for (std::uint32_t at = m_at + 1; at < behind; ++at) {
    const MarkupTree::Entry& entry = m_tree->m_nodes[at];
    size += entry.kind == Kind::element ? 0 : entry.end - entry.begin;
  }
  return size;
}

inline std::size_t Markup::nodes_inside() const {
  return m_tree->m_nodes[m_at].behind - m_at - 1;
}

inline Markup::Iterator Markup::begin() const {
  return {*m_tree, m_at + 1};
}

inline Markup::Iterator Markup::end() const {
  return {*m_tree, m_tree->m_nodes[m_at].behind};
}

/// Reads one element, which may come bit by bit.
class MarkupReader {
public:
  /// `above`: elements that are open around it. `line`: of its first byte, for messages.
  MarkupReader(const Limits& limits,
               std::string_view source_name,
               std::size_t above,
               std::size_t line);

  /// Reads on. `bytes`: the element from its "<" to as far as it is known, no shorter than in the
  /// last call. True when its end tag was read.
  Result<bool> read(std::string_view bytes);

  /// What to say when nothing follows `bytes`, and read() said false.
  [[nodiscard]] Error unfinished(std::string_view bytes) const;

  /// Bytes of the element, once it was read.
  [[nodiscard]] std::size_t length() const { return m_position; }

  /// The tree, once it was read.
  MarkupTree take() { return std::move(m_tree); }

private:
  enum class Step { on, wait, done, refused };

  Step step(std::string_view bytes);
  Step declaration(std::string_view bytes);
  Step skip(std::string_view bytes, std::string_view terminator, const char* what);
  Step start_tag(std::string_view bytes);
  Step end_tag(std::string_view bytes);
  Step wait_for(const char* what);
  void add_text(std::size_t begin, std::size_t end, Markup::Kind kind);
  [[nodiscard]] std::string_view open_name(std::string_view bytes) const;
  [[nodiscard]] std::size_t line_of(std::string_view bytes, std::size_t position) const;
  Step refuse(ErrorKind kind, std::string_view bytes, std::size_t position, std::string what);
  [[nodiscard]] Error
  trouble(ErrorKind kind, std::string_view bytes, std::size_t position, std::string what) const;

  Limits m_limits;
  std::string m_source_name;
  std::size_t m_above;
  std::size_t m_line;
  std::size_t m_position = 0;        ///< everything before it is in the tree
  const char* m_inside = "a tag";    ///< what the input ends in, when it ends here
  std::vector<std::uint32_t> m_open; ///< the open elements
  MarkupTree m_tree;
  Error m_trouble; ///< why the last step was refused
};

/// The whole element at the front of `bytes`. `line`: of its first byte.
Result<MarkupTree> read_markup(std::string_view bytes,
                               const Limits& limits,
                               const std::string& source_name,
                               std::size_t line);

} // namespace regtrail::parse
