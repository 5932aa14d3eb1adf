#include "parse/fr/issue_xml.hpp"

#include "model/characters.hpp"
#include "parse/cfr_annual_xml.hpp"
#include "parse/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace regtrail::parse {
namespace {

/// Behind the tag whose slash is at `slash`, where it is that of an inline element; else 0. A
/// terminating NUL stands behind the last byte.
std::size_t behind_inline(const char* xml, std::size_t slash) {
  const char* const after = xml + slash + 1;
  if (after[0] == 'E' && after[1] == '>') {
    return slash + 3;
  }
  if (after[0] == 'S' && after[1] == 'U' && after[2] == '>') {
    return slash + 4;
  }
  const char before = slash == 0 ? '\0' : xml[slash - 1];
  // <FTREF/>, <PRTPAGE P="1"/>; what else ends so does no harm
  return after[0] == '>' && (before == 'F' || before == '"' || before == ' ') ? slash + 2 : 0;
}

/// Of the blanks behind the inline element whose tag ends before `begin`, the last one becomes a
/// form feed where another element follows.
void keep_last_blank(std::string& xml, std::size_t begin) {
  std::size_t end = begin;
  while (end < xml.size() && is_blank(xml[end])) {
    ++end;
  }
  if (end > begin && end + 1 < xml.size() && xml[end] == '<' && xml[end + 1] != '/') {
    xml[end - 1] = '\f';
  }
}

/// Makes the last blank between an inline element and what follows it a form feed, which pugixml
/// does not take for white space and the reader of text does.
void keep_inline_blanks(std::string& xml) {
  for (std::size_t slash = xml.find('/'); slash != std::string::npos;
       slash = xml.find('/', slash + 1)) {
    if (const std::size_t begin = behind_inline(xml.c_str(), slash); begin != 0) {
      keep_last_blank(xml, begin);
    }
  }
}

class ReferenceDecoder final : public pugi::xml_tree_walker {
public:
  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata &&
        std::string_view(node.value()).find('&') != std::string_view::npos) {
      node.set_value(decode_references(node.value()).c_str());
    }
    return true;
  }
};

} // namespace

Result<FrTree> FrTree::load(std::string_view bytes, const std::string& source_name) {
  FrTree tree(bytes, source_name);
  if (detect_kind(bytes) == FileKind::html) {
    return tree.complain_at(
        ErrorKind::malformed, 0, "expected Federal Register XML, got an HTML page");
  }
  TRY_ASSIGN(const XmlText read, XmlText::read(bytes, source_name));
  std::string text = utf8_with_windows_1252(read.utf8());
  keep_inline_blanks(text);
  const pugi::xml_parse_result loaded =
      tree.m_document.load_buffer(text.data(),
                                  text.size(),
                                  pugi::parse_cdata | pugi::parse_doctype | pugi::parse_fragment,
                                  pugi::encoding_utf8);
  if (!loaded) {
    const bool at_end = static_cast<std::size_t>(loaded.offset) + 1 >= text.size();
    return tree.complain_at(ErrorKind::malformed,
                            loaded.offset,
                            std::string(loaded.description()) +
                                (at_end ? "; it is truncated" : ""));
  }
  for (const pugi::xml_node node : tree.m_document.children()) {
    const std::string_view value = node.value();
    if (node.type() == pugi::node_doctype && value.find('[') != std::string_view::npos) {
      return tree.complain(
          ErrorKind::malformed, node, "a DOCTYPE with an internal subset is refused, remove it");
    }
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      const auto blanks = static_cast<std::ptrdiff_t>(value.find_first_not_of(" \t\r\n"));
      return tree.complain_at(ErrorKind::malformed,
                              node.offset_debug() + blanks,
                              "expected an element, got text outside of any");
    }
  }
  if (!tree.m_document.document_element()) {
    return tree.complain_at(
        ErrorKind::malformed, 0, "expected Federal Register XML, the document is empty");
  }
  return tree;
}

tl::unexpected<Error>
FrTree::complain(ErrorKind kind, const pugi::xml_node& node, std::string_view what) const {
  return complain_at(kind, node.offset_debug(), what);
}

tl::unexpected<Error>
FrTree::complain_at(ErrorKind kind, std::ptrdiff_t offset, std::string_view what) const {
  const auto size = static_cast<std::ptrdiff_t>(m_bytes.size());
  const auto* const end = m_bytes.begin() + std::clamp<std::ptrdiff_t>(offset, 0, size);
  return fail(kind,
              fmt::format("cannot parse '{}:{}': {}",
                          m_source_name,
                          1 + std::count(m_bytes.begin(), end, '\n'),
                          what));
}

void decode_text(pugi::xml_node element) {
  ReferenceDecoder decoder;
  element.traverse(decoder);
}

std::size_t FrTree::size_of(const pugi::xml_node& node) const {
  pugi::xml_node last = node;
  while (last && !last.next_sibling()) {
    last = last.parent();
  }
  const auto end =
      last ? static_cast<std::size_t>(last.next_sibling().offset_debug()) : m_bytes.size();
  return end - static_cast<std::size_t>(node.offset_debug());
}

} // namespace regtrail::parse
