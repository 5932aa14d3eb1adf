// The markup of a piece whose bytes may be in another encoding than UTF-8, or not read yet.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/markup.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <string>
#include <string_view>

namespace regtrail::parse {

class PieceMarkup {
public:
  PieceMarkup() = default;
  PieceMarkup(const PieceMarkup&) = delete;
  PieceMarkup& operator=(const PieceMarkup&) = delete;

  /// Takes the markup that the cutter read, or reads it. What is not UTF-8 is taken for
  /// Windows-1252; a NUL is an error. `piece` must outlive this.
  Result<void> load(const Piece& piece, const std::string& source_name);

  /// The piece's element, once it is loaded.
  [[nodiscard]] Markup root() const { return m_markup->root(); }

  /// What it points into: UTF-8.
  [[nodiscard]] std::string_view bytes() const { return m_bytes; }

private:
  std::string m_converted; ///< what is not UTF-8
  std::string_view m_bytes;
  MarkupTree m_read;
  const MarkupTree* m_markup = nullptr;
};

} // namespace regtrail::parse
