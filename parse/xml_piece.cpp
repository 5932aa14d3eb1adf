#include "parse/xml_piece.hpp"

#include "parse/ecfr/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regtrail::parse {

Result<void> load_piece(XmlPiece& piece,
                        std::string_view bytes,
                        std::size_t line,
                        const std::string& source_name) {
  constexpr unsigned flags = pugi::parse_cdata | pugi::parse_ws_pcdata;
  piece.buffer = is_utf8(bytes) ? std::string(bytes) : utf8_from_windows_1252(bytes);
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
