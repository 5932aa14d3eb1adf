#include "parse/ecfr/piece_markup.hpp"

#include "parse/ecfr/encoding.hpp"

#include <fmt/format.h>

#include <utility>

namespace regtrail::parse {

Result<void> PieceMarkup::load(const Piece& piece, const std::string& source_name) {
  m_bytes = piece.bytes;
  if (piece.is_checked) {
    m_markup = &piece.markup;
    return {};
  }
  Utf8Check check = check_utf8(m_bytes);
  if (!check.well_formed) {
    m_converted = utf8_from_windows_1252(m_bytes);
    m_bytes = m_converted;
    check = check_utf8(m_bytes);
  } else if (!piece.markup.empty()) {
    m_markup = &piece.markup;
  }
  if (check.has_nul) {
    return fail(ErrorKind::malformed,
                fmt::format("cannot parse '{}:{}': a NUL in the text", source_name, piece.line));
  }
  if (m_markup == nullptr) {
    auto read = read_markup(m_bytes, {}, source_name, piece.line);
    if (!read) {
      return tl::unexpected<Error>(std::move(read.error()));
    }
    m_read = std::move(*read);
    m_markup = &m_read;
  }
  return {};
}

} // namespace regtrail::parse
