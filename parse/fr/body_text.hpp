// The running text of a document: one line a paragraph, footnotes at the end.
#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

class BodyText {
public:
  /// All text below `element`, which is read as one line where it holds text of its own.
  void add(const pugi::xml_node& element);

  /// The text of all children of `element`.
  void add_children(const pugi::xml_node& element);

  void add_line(std::string_view line);

  /// Editorial notes met on the way; they are no part of the text.
  [[nodiscard]] std::vector<std::string>& editorial_notes() { return m_editorial_notes; }

  /// The whole text; leaves this empty.
  [[nodiscard]] std::string finish();

private:
  void table(const pugi::xml_node& element);

  std::string m_text;
  std::string m_footnotes;
  std::vector<std::string> m_editorial_notes;
};

/// The paragraphs below `element` but its headings, joined by "\n": the text of a caption such as
/// SUM or DATES.
[[nodiscard]] std::string caption_text(const pugi::xml_node& element);

} // namespace regtrail::parse
