#include "parse/xml_piece.hpp"

#include "model/byte_block.hpp"
#include "parse/ecfr/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::parse {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

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

/// Where the next slash stands that may be of an inline element's tag, from `at` on; the size of
/// `xml` where there is none. Most slashes are those of paragraphs.
std::size_t find_inline_slash(std::string_view xml, std::size_t at) {
  for (; at + sizeof(ByteBlock) < xml.size(); at += sizeof(ByteBlock)) {
    const ByteBlock slashes = load_block(xml.data() + at) == '/';
    if (first_set(slashes) == sizeof(ByteBlock)) {
      continue;
    }
    const ByteBlock next = load_block(xml.data() + at + 1);
    const std::size_t found = first_set(slashes & ((next == 'E') | (next == '>') | (next == 'S')));
    if (found != sizeof(ByteBlock)) {
      return at + found;
    }
  }
  return std::min(xml.find('/', at), xml.size());
}

/// Makes the last blank between an inline element and what follows it a form feed, which pugixml
/// does not take for white space and the reader of text does.
void keep_inline_blanks(std::string& xml) {
  for (std::size_t slash = find_inline_slash(xml, 0); slash < xml.size();
       slash = find_inline_slash(xml, slash + 1)) {
    if (const std::size_t begin = behind_inline(xml.c_str(), slash); begin != 0) {
      keep_last_blank(xml, begin);
    }
  }
}

} // namespace

Result<void> load_piece(XmlPiece& piece,
                        std::string_view bytes,
                        std::size_t line,
                        const std::string& source_name,
                        BetweenElements between) {
  unsigned flags = pugi::parse_cdata;
  piece.document.reset(); // what it held pointed into the buffer
  if (is_utf8(bytes)) {
    piece.buffer.assign(bytes);
  } else {
    piece.buffer = utf8_from_windows_1252(bytes);
  }
  if (between == BetweenElements::all_blanks) {
    flags |= pugi::parse_ws_pcdata;
  } else {
    keep_inline_blanks(piece.buffer);
  }
  const pugi::xml_parse_result loaded = piece.document.load_buffer_inplace(
      piece.buffer.data(), piece.buffer.size(), flags, pugi::encoding_utf8);
  if (loaded) {
    return {};
  }
  const auto offset = std::min<std::size_t>(
      static_cast<std::size_t>(std::max<std::ptrdiff_t>(loaded.offset, 0)), bytes.size());
  const std::string_view before = bytes.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return fail(ErrorKind::malformed,
              fmt::format("cannot parse '{}:{}': {}",
                          source_name,
                          line + static_cast<std::size_t>(lines),
                          loaded.description()));
}

} // namespace regtrail::parse
