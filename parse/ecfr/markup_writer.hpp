// Another tree over the bytes of one that was read: elements renamed, moved, left out and added.
// Texts are not copied one by one and nothing is read twice.
#pragma once

#include "parse/ecfr/markup.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// What was written: a tree and the bytes that it points into. May be moved, not copied.
struct WrittenMarkup {
  WrittenMarkup() = default;
  WrittenMarkup(WrittenMarkup&&) = default;
  WrittenMarkup& operator=(WrittenMarkup&&) = default;

  std::string bytes; ///< those of the source, and what is new behind them
  MarkupTree tree;
};

/// Elements are opened and closed in the order of the new tree.
class MarkupWriter {
public:
  /// Elements and texts come from the tree below `root`, which is over the bytes `source`.
  MarkupWriter(const Markup& root, std::string_view source);

  /// An element with a tag of its own: "HEAD", `TH colspan="2"`.
  void open(std::string_view tag);

  /// The same with the tag of an element of the source, attributes and all.
  void open_like(const Markup& element);

  /// Ends the element opened last.
  void close();

  /// A run of text of the source.
  void text(const Markup& run);

  /// A text of its own, as XML: references are decoded by whoever reads it.
  void text(std::string_view own);

  /// The whole, once the root was closed.
  [[nodiscard]] WrittenMarkup take();

private:
  struct Tag {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  static const MarkupTree::Entry& entry_of(const Markup& node) {
    return node.m_tree->m_nodes[node.m_at];
  }

  [[nodiscard]] std::string_view bytes_of(const Tag& tag) const;
  Tag append(std::string_view bytes, char behind);
  void open_at(const Tag& tag);

  std::string m_bytes;
  std::vector<Tag> m_tags;           ///< the first of its own, each once
  std::vector<std::uint32_t> m_open; ///< the open elements
  MarkupTree m_tree;
};

} // namespace regtrail::parse
