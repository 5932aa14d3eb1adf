#include "parse/ecfr/inline_text.hpp"

#include "model/byte_block.hpp"
#include "parse/ecfr/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace regtrail::parse {
namespace {

enum class ByteClass : unsigned char { plain, blank, reference, lead_c2, lead_e2, end };

constexpr std::array<ByteClass, 256> byte_classes = [] {
  std::array<ByteClass, 256> classes{};
  for (const char c : {' ', '\n', '\t', '\r', '\f', '\v'}) {
    classes[static_cast<unsigned char>(c)] = ByteClass::blank;
  }
  classes['\0'] = ByteClass::end;
  classes['<'] = ByteClass::end;
  classes['&'] = ByteClass::reference;
  classes[0xC2] = ByteClass::lead_c2;
  classes[0xE2] = ByteClass::lead_e2;
  return classes;
}();

ByteClass class_of(char c) {
  return byte_classes[static_cast<unsigned char>(c)];
}

/// U+00A0, U+2000 to U+200A, U+202F: blanks of any width.
bool is_wide_blank(std::uint32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F;
}

bool is_word_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ')' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// How many of the sixteen bytes at `at` are ASCII text without references and without two blanks
/// together; reads one byte more.
[[gnu::always_inline]] inline std::size_t running_text(const char* at) {
  const ByteBlock here = load_block(at);
  const ByteBlock next = load_block(at + 1);
  return first_set((here < ' ') | (here == '&') | ((here == ' ') & (next == ' ')));
}

/// End of the words at `at`, the single blanks between them included.
const char* end_of_words(const char* at, const char* end) {
  if (class_of(*at) != ByteClass::plain) {
    return at;
  }
  constexpr std::size_t block = sizeof(ByteBlock);
  const char* run = at;
  if (at + block <= end) {
    std::size_t plain = running_text(run);
    while (plain == block && run + 2 * block <= end) {
      run += block;
      plain = running_text(run);
    }
    if (plain == block) {
      run = end - block; // the rest, together with bytes that were looked at before
      plain = running_text(run);
    }
    run += plain;
  }
  if (run != at && run[-1] == ' ') {
    --run; // what follows the blank decides about it
  }
  while (true) {
    while (class_of(*run) == ByteClass::plain) {
      ++run;
    }
    // behind the text stands a NUL or a tag, which are not plain
    if (run == at || *run != ' ' || class_of(run[1]) != ByteClass::plain) {
      return run;
    }
    run += 2;
  }
}

std::string file_name(std::string_view address) {
  const std::string decoded = decode_references(address);
  return decoded.substr(decoded.find_last_of('/') + 1);
}

bool is_pending_link(const pugi::xml_node& element) {
  return !element.attribute("REFID").empty() || !element.attribute("ID").empty();
}

class Resolver {
public:
  Resolver(InlineText& out, LineBreaks breaks) : m_out(out), m_breaks(breaks) {}

  void content(const Markup& element) {
    for (const Markup child : element) {
      if (child.is_element()) {
        inline_element(child, child.name());
      } else {
        text(child);
      }
    }
  }

  void content(const pugi::xml_node& element) {
    for (pugi::xml_node child = element.first_child(); child; child = child.next_sibling()) {
      switch (child.type()) {
      case pugi::node_pcdata:
        text(child.value(), Verbatim::no);
        break;
      case pugi::node_cdata:
        text(child.value(), Verbatim::yes);
        break;
      case pugi::node_element:
        inline_element(child, child.name());
        break;
      default:
        break;
      }
    }
  }

  void text(const Markup& run) {
    if (run.kind() == Markup::Kind::verbatim) {
      text(std::string(run.text()), Verbatim::yes); // with a NUL behind it
    } else {
      text(run.text(), Verbatim::no);
    }
  }

private:
  enum class Verbatim { no, yes };

  static std::string_view attribute(const Markup& element, const char* name) {
    return element.attribute(name);
  }

  static std::string_view attribute(const pugi::xml_node& element, const char* name) {
    return element.attribute(name).value();
  }

  template<typename Element>
  void inline_element(const Element& element, std::string_view name) {
    m_boundary = true;
    if (name == "I" || name == "i" || name == "em") {
      italic(element);
    } else if (name == "E") {
      const std::string_view code = attribute(element, "T");
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
      diacritic(attribute(element, "T"));
    } else {
      other_element(element, name);
    }
    m_boundary = true;
  }

  template<typename Element>
  void other_element(const Element& element, std::string_view name) {
    if (name == "br") {
      line_break();
    } else if (name == "img") {
      m_out.figures.push_back(file_name(attribute(element, "src")));
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

  template<typename Element>
  void italic(const Element& element) {
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
  template<typename Element>
  void marked(const Element& element, char mark) {
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

  /// Behind `value` stands a NUL or a tag.
  void text(std::string_view value, Verbatim verbatim) {
    const char* at = value.data();
    const char* const end = at + value.size();
    m_at_start = true;
    while (at != end) {
      const char* const run = end_of_words(at, end);
      if (run != at) {
        put({at, static_cast<std::size_t>(run - at)});
        at = run;
        continue;
      }
      at = special(at, end, verbatim);
    }
    if (m_pending_blank && m_newline) {
      m_boundary = true;
    }
  }

  const char* special(const char* at, const char* end, Verbatim verbatim) {
    const auto left = static_cast<std::size_t>(end - at);
    std::size_t length = 1; // of the character
    switch (class_of(*at)) {
    case ByteClass::blank:
      m_pending_blank = true;
      m_touches = m_touches || m_at_start;
      do {
        m_newline = m_newline || *at == '\n';
        ++at;
      } while (class_of(*at) == ByteClass::blank); // a NUL or a tag stands behind the text
      return at;
    case ByteClass::reference: {
      const std::string_view rest(at, std::min<std::size_t>(left, 12));
      const std::size_t semicolon =
          verbatim == Verbatim::yes ? std::string_view::npos : rest.find(';');
      const std::uint32_t c =
          semicolon == std::string_view::npos ? 0 : decode_reference(rest.substr(1, semicolon - 1));
      if (c == 0) {
        put({at, 1});
        return at + 1;
      }
      put_character(c);
      return at + semicolon + 1;
    }
    case ByteClass::lead_c2:
      if (left >= 2 && at[1] == '\xA0') {
        m_pending_blank = true;
        return at + 2;
      }
      length = std::min<std::size_t>(left, 2);
      break;
    case ByteClass::lead_e2:
      if (left >= 3 && ((at[1] == '\x80' && static_cast<unsigned char>(at[2]) <= 0x8A) ||
                        (at[1] == '\x80' && at[2] == '\xAF'))) {
        m_pending_blank = true;
        return at + 3;
      }
      length = std::min<std::size_t>(left, 3);
      break;
    case ByteClass::plain:
    case ByteClass::end:
      break;
    }
    put({at, length});
    return at + length;
  }

  void put_character(std::uint32_t c) {
    if (is_wide_blank(c) || c == '\n' || c == '\t' || c == '\r' || c == ' ') {
      m_pending_blank = true;
      return;
    }
    if (c < 0x20 || c == 0x7F) {
      return;
    }
    std::string utf8;
    append_utf8(utf8, c);
    put(utf8);
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
  /// line break does not count inside brackets and before punctuation (sources.md section 4).
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

namespace {

/// Resolved in a string that has grown before, then copied once in its final length.
template<typename Resolve>
void resolve_into(InlineText& out, LineBreaks breaks, Resolve resolve) {
  static thread_local std::string spare;
  spare.swap(out.text);
  resolve(Resolver(out, breaks));
  std::string text(out.text);
  out.text.clear();
  spare.swap(out.text);
  out.text = std::move(text);
}

} // namespace

void resolve_inline_again(InlineText& out, const pugi::xml_node& element) {
  out.text.clear();
  out.italics.clear();
  out.figures.clear();
  out.pending_links.clear();
  Resolver(out, LineBreaks::as_blanks).content(element);
}

void resolve_inline_into(InlineText& out, const Markup& element, LineBreaks breaks) {
  out.text.reserve(element.text_size());
  Resolver(out, breaks).content(element);
}

void resolve_inline_into(InlineText& out, const pugi::xml_node& element, LineBreaks breaks) {
  resolve_into(out, breaks, [&](Resolver resolver) { resolver.content(element); });
}

InlineText resolve_inline(const Markup& element, LineBreaks breaks) {
  InlineText out;
  resolve_inline_into(out, element, breaks);
  return out;
}

InlineText resolve_inline(const pugi::xml_node& element, LineBreaks breaks) {
  InlineText out;
  resolve_inline_into(out, element, breaks);
  return out;
}

InlineText resolve_text(const Markup& text) {
  InlineText out;
  out.text.reserve(text.text().size());
  Resolver(out, LineBreaks::as_blanks).text(text);
  return out;
}

std::string figure_name(const Markup& image) {
  return file_name(image.attribute("src"));
}

bool is_pending_link(const Markup& element) {
  return element.has_attribute("REFID") || element.has_attribute("ID");
}

} // namespace regtrail::parse
