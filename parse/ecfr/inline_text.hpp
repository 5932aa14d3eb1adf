// The text of a paragraph or cell with its inline markup resolved: superscripts as ^, subscripts
// as _, references decoded, white space folded, pending-amendment links and footnote anchors left
// out.
#pragma once

#include "parse/ecfr/markup.hpp"

#include <pugixml.hpp>

#include <array>
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

/// Spans in order. Two take no memory of their own: few texts have more italics.
class TextSpans {
public:
  void push_back(TextSpan span) {
    if (m_count < m_few.size()) {
      m_few[m_count] = span;
    } else {
      if (m_many.empty()) {
        m_many.assign(m_few.begin(), m_few.end());
      }
      m_many.push_back(span);
    }
    ++m_count;
  }

  void clear() {
    m_count = 0;
    m_many.clear();
  }

  [[nodiscard]] bool empty() const { return m_count == 0; }

  [[nodiscard]] const TextSpan* begin() const {
    return m_many.empty() ? m_few.data() : m_many.data();
  }

  [[nodiscard]] const TextSpan* end() const { return begin() + m_count; }

private:
  std::array<TextSpan, 2> m_few;
  std::vector<TextSpan> m_many; ///< all of them where there are more
  std::size_t m_count = 0;
};

struct InlineText {
  std::string text;
  TextSpans italics;
  std::vector<std::string> figures;       ///< file names of images
  std::vector<std::string> pending_links; ///< "Link to an amendment published at ..."

  /// True when every letter and digit in [begin, end) is italic.
  [[nodiscard]] bool is_italic(std::size_t begin, std::size_t end) const;
};

enum class LineBreaks { as_blanks, kept };

/// The content of `element`, all inline and unknown elements transparent.
[[nodiscard]] InlineText resolve_inline(const Markup& element,
                                        LineBreaks breaks = LineBreaks::as_blanks);
[[nodiscard]] InlineText resolve_inline(const pugi::xml_node& element,
                                        LineBreaks breaks = LineBreaks::as_blanks);

/// The same into `out`, which is emptied and keeps its memory: for a text that is copied on.
void resolve_inline_again(InlineText& out, const pugi::xml_node& element);

/// The same into an empty `out`.
void resolve_inline_into(InlineText& out,
                         const Markup& element,
                         LineBreaks breaks = LineBreaks::as_blanks);
void resolve_inline_into(InlineText& out,
                         const pugi::xml_node& element,
                         LineBreaks breaks = LineBreaks::as_blanks);

/// The same of a run of text.
[[nodiscard]] InlineText resolve_text(const Markup& text);

/// The file name of an img element: "er25oc23.012.gif".
[[nodiscard]] std::string figure_name(const Markup& image);

/// True for <XREF ID=".." REFID="..">Link to an amendment published at ...</XREF>.
[[nodiscard]] bool is_pending_link(const Markup& element);

} // namespace regtrail::parse
