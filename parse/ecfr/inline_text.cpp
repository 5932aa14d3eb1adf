#include "parse/ecfr/inline_text.hpp"

#include "parse/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace regtrail::parse {
namespace {

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// How long the white space at the front of `text` is that is not ASCII: U+00A0, U+2000 to U+200A,
/// U+202F, which are blanks of any width.
std::size_t wide_blank(std::string_view text) {
  if (text[0] == '\xC2') {
    return text.substr(1).starts_with('\xA0') ? 2 : 0;
  }
  const bool wide = text[0] == '\xE2' && text.size() >= 3 && text[1] == '\x80' &&
                    (static_cast<unsigned char>(text[2]) <= 0x8A || text[2] == '\xAF');
  return wide ? 3 : 0;
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ')' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Bytes that white space may begin with.
constexpr std::array<bool, 256> begins_blank = [] {
  std::array<bool, 256> bytes{};
  for (const char c : std::string_view(" \t\n\v\f\r\xC2\xE2")) {
    bytes[static_cast<unsigned char>(c)] = true;
  }
  return bytes;
}();

bool is_blank_at(std::string_view text, std::size_t at) {
  return at < text.size() && (is_blank(text[at]) || wide_blank(text.substr(at)) != 0);
}

/// The end of the words at `at`, the single blanks between them included.
std::size_t end_of_words(std::string_view text, std::size_t at) {
  for (;; ++at) {
    while (at < text.size() && !begins_blank[static_cast<unsigned char>(text[at])]) {
      ++at;
    }
    const bool single = at + 1 < text.size() && text[at] == ' ' && !is_blank_at(text, at + 1);
    if (at == text.size() || (!single && is_blank_at(text, at))) {
      return at;
    }
  }
}

class Resolver {
public:
  Resolver(InlineText& out, LineBreaks breaks) : m_out(out), m_breaks(breaks) {}

  void content(const pugi::xml_node& element) {
    for (const pugi::xml_node child : element.children()) {
      if (is_element(child)) {
        inline_element(child, child.name());
      } else {
        text(child.value());
      }
    }
  }

  void text(std::string_view run) {
    m_at_start = true;
    for (std::size_t at = 0; at < run.size();) {
      if (is_blank(run[at])) {
        m_pending_blank = true;
        m_touches = m_touches || m_at_start;
        for (; at < run.size() && is_blank(run[at]); ++at) {
          m_newline = m_newline || run[at] == '\n';
        }
      } else if (const std::size_t length = wide_blank(run.substr(at)); length != 0) {
        m_pending_blank = true;
        at += length;
      } else {
        const std::size_t end = end_of_words(run, at);
        put(run.substr(at, end - at));
        at = end;
      }
    }
    if (m_pending_blank && m_newline) {
      m_boundary = true;
    }
  }

private:
  void inline_element(const pugi::xml_node& element, std::string_view name) {
    m_boundary = true;
    if (name == "I" || name == "i" || name == "em") {
      italic(element);
    } else if (name == "E") {
      const std::string_view code = element.attribute("T").value();
      if (code == "51") {
        marked(element, '^');
      } else if (code == "52") {
        marked(element, '_');
      } else if (code == "03") {
        italic(element);
      } else {
        content(element);
      }
    } else if (name == "SU" || name == "sup") {
      marked(element, '^');
    } else if (name == "sub") {
      marked(element, '_');
    } else if (name == "AC") {
      diacritic(element.attribute("T").value());
    } else {
      other_element(element, name);
    }
    m_boundary = true;
  }

  void other_element(const pugi::xml_node& element, std::string_view name) {
    if (name == "br") {
      line_break();
    } else if (name == "img") {
      m_out.figures.push_back(figure_name(element));
    } else if (name == "FTREF" || name == "PRTPAGE") {
      return;
    } else if (name == "XREF" && is_pending_link(element)) {
      m_out.pending_links.push_back(resolve_inline(element).text);
    } else if (name == "P" || name == "PSPACE" || name == "HED" || name == "LI" || name == "FP" ||
               name == "HD1" || name == "HD2" || name == "HD3") {
      line_break();
      content(element);
      line_break();
    } else {
      content(element);
    }
  }

  void italic(const pugi::xml_node& element) {
    const auto begin = static_cast<std::uint32_t>(m_out.text.size());
    content(element);
    const auto end = static_cast<std::uint32_t>(m_out.text.size());
    if (end > begin) {
      m_out.italics.push_back({begin, end});
    }
  }

  /// Superscript or subscript: the mark goes before the first character, glued to the word before.
  /// A sign and the number behind it are one: 10<E T="51">-</E> <SU>8</SU> is 10^-8. Two numbers
  /// are two marks: Albania <sup>2</sup> <sup>3</sup> is Albania^2^3.
  void marked(const pugi::xml_node& element, char mark) {
    const char outer = m_mark;
    const bool outer_pending = m_mark_pending;
    m_mark_pending = outer == '\0';
    if (outer == '\0') {
      m_mark = mark;
    }
    content(element);
    if (outer == '\0' && !m_mark_pending) {
      m_marked_end = m_out.text.size();
      m_last_mark = mark;
    }
    m_mark = outer;
    m_mark_pending = outer_pending;
  }

  void line_break() {
    if (m_breaks == LineBreaks::kept) {
      m_pending_break = true;
    } else {
      m_pending_blank = true;
    }
  }

  void put(std::string_view run) {
    std::string& out = m_out.text;
    const bool continues = m_mark != '\0' && m_mark_pending && m_mark == m_last_mark &&
                           m_marked_end == out.size() && (out.back() < '0' || out.back() > '9');
    const bool glued =
        m_mark != '\0' && m_mark_pending && !out.empty() && is_word_character(out.back());
    if (m_pending_break) {
      if (!out.empty()) {
        out.push_back('\n');
      }
    } else if (m_pending_blank && !out.empty() && out.back() != '\n' && !continues && !glued &&
               !dropped_blank(run.front())) {
      out.push_back(' ');
    }
    if (m_mark != '\0' && m_mark_pending) {
      if (!continues) {
        out.push_back(m_mark);
      }
      m_mark_pending = false;
    }
    out.append(run);
    m_pending_blank = m_pending_break = m_newline = m_touches = m_boundary = m_at_start = false;
  }

  /// Pretty-printers break lines inside mixed content, so a blank beside a tag that came from a
  /// line break does not count inside brackets and before punctuation (docs/sources.md).
  [[nodiscard]] bool dropped_blank(char next) const {
    if (!m_newline || (!m_boundary && !m_touches)) {
      return false;
    }
    const char last = m_out.text.back();
    return last == '(' || last == '[' || std::strchr(")].,;:", next) != nullptr;
  }

  void diacritic(std::string_view code) {
    static constexpr std::array<std::uint32_t, 10> marks = {
        0, 0x301, 0x300, 0x302, 0x308, 0, 0x303, 0x30A, 0x304, 0x327};
    if (code.size() == 1 && code[0] >= '0' && code[0] <= '9' &&
        marks[static_cast<std::size_t>(code[0] - '0')] != 0) {
      append_utf8(m_out.text, marks[static_cast<std::size_t>(code[0] - '0')]);
    }
  }

  InlineText& m_out;
  LineBreaks m_breaks;
  bool m_pending_blank = false;
  bool m_pending_break = false;
  bool m_newline = false;  ///< the pending white space holds a line break
  bool m_boundary = false; ///< a tag stands next to the pending white space
  bool m_touches = false;  ///< the pending white space began right behind a tag
  bool m_at_start = false; ///< nothing of the present text run was put out yet
  char m_mark = '\0';      ///< '^' or '_' while inside such an element
  bool m_mark_pending = false;
  std::size_t m_marked_end = static_cast<std::size_t>(-1);
  char m_last_mark = '\0';
};

} // namespace

bool InlineText::is_italic(std::size_t begin, std::size_t end) const {
  if (italics.empty()) {
    return false;
  }
  bool seen = false;
  std::size_t italic_to = begin;
  for (std::size_t i = begin; i < end && i < text.size(); ++i) {
    const char c = text[i];
    const bool counts = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!counts) {
      continue;
    }
    seen = true;
    if (i >= italic_to) {
      const auto span = std::find_if(italics.begin(), italics.end(), [&](const TextSpan& italic) {
        return italic.begin <= i && i < italic.end;
      });
      if (span == italics.end()) {
        return false;
      }
      italic_to = span->end;
    }
  }
  return seen;
}

InlineText resolve_inline(const pugi::xml_node& element, LineBreaks breaks) {
  InlineText out;
  std::size_t size = 0;
  for (const pugi::xml_node child : element.children()) {
    size += std::strlen(child.value());
  }
  out.text.reserve(size); // most elements hold nothing but text
  Resolver(out, breaks).content(element);
  return out;
}

InlineText resolve_text(std::string_view text) {
  InlineText out;
  Resolver(out, LineBreaks::as_blanks).text(text);
  return out;
}

std::string figure_name(const pugi::xml_node& image) {
  const std::string_view address = image.attribute("src").value();
  return std::string(address.substr(address.find_last_of('/') + 1));
}

bool is_pending_link(const pugi::xml_node& element) {
  return element.attribute("REFID") || element.attribute("ID");
}

bool is_blank_text(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

} // namespace regtrail::parse
