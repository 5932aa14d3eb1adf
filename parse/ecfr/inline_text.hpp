// The text of a paragraph or cell with its inline markup resolved: superscripts as ^, subscripts
// as _, white space folded, pending-amendment links and footnote anchors left out.
#pragma once

#include <pugixml.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct TextSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct InlineText {
  std::string text;
  std::vector<TextSpan> italics; ///< in order
  std::vector<std::string> figures;       ///< file names of images
  std::vector<std::string> pending_links; ///< "Link to an amendment published at ..."

  /// True when every letter and digit in [begin, end) is italic.
  [[nodiscard]] bool is_italic(std::size_t begin, std::size_t end) const;
};

enum class LineBreaks { as_blanks, kept };

/// The content of `element`, all inline and unknown elements transparent. References must be
/// decoded.
[[nodiscard]] InlineText resolve_inline(const pugi::xml_node& element,
                                        LineBreaks breaks = LineBreaks::as_blanks);

/// The same of a run of text.
[[nodiscard]] InlineText resolve_text(std::string_view text);

/// The file name of an img element: "er25oc23.012.gif".
[[nodiscard]] std::string figure_name(const pugi::xml_node& image);

/// True for <XREF ID=".." REFID="..">Link to an amendment published at ...</XREF>.
[[nodiscard]] bool is_pending_link(const pugi::xml_node& element);

[[nodiscard]] inline bool is_element(const pugi::xml_node& node) {
  return node.type() == pugi::node_element;
}

/// True for white space of XML, and for nothing at all.
[[nodiscard]] bool is_blank_text(std::string_view text);

} // namespace regtrail::parse
