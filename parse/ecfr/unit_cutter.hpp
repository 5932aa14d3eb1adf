// Cuts eCFR XML into the elements of its units without building a tree, and refuses what may not
// reach a tree builder: DOCTYPEs with an internal subset, elements nested too deep, huge tags,
// mis-nested or truncated markup, HTML pages. Memory is bounded by the largest unit.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/markup.hpp"
#include "parse/ecfr_xml.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// Bytes with a window that slides forward: a whole document in memory, or a file of which only
/// what lies behind `keep_from` is held.
class ByteWindow {
public:
  /// Appends more bytes to the buffer; false at the end of the input.
  using Refill = std::function<bool(std::string& buffer)>;

  explicit ByteWindow(std::string_view whole) : m_view(whole) {}

  explicit ByteWindow(Refill refill) : m_refill(std::move(refill)) {}

  [[nodiscard]] std::size_t begin() const { return m_base; }

  [[nodiscard]] std::size_t end() const { return m_base + m_view.size(); }

  /// The bytes from `from` to the end of the window.
  [[nodiscard]] std::string_view from(std::size_t position) const {
    return m_view.substr(position - m_base);
  }

  [[nodiscard]] std::string_view slice(std::size_t from, std::size_t to) const {
    return m_view.substr(from - m_base, to - from);
  }

  /// There is nothing to read on.
  [[nodiscard]] bool is_whole() const { return !m_refill; }

  /// Reads on, letting go of everything before `keep_from`; false at the end of the input. Views
  /// handed out before are no longer valid.
  bool more(std::size_t keep_from);

private:
  std::string_view m_view;
  std::size_t m_base = 0;
  std::string m_buffer;
  Refill m_refill;
};

/// One piece of the document that becomes a unit.
struct Piece {
  enum class Kind { section, appendix, frame };
  Kind kind = Kind::section;
  std::string_view bytes; ///< of the element; of a frame: the part's element without its units
  std::string
      number;       ///< N, references decoded: "742.1", "§ 229.1", "Appendix A"; the part's number
  std::string part; ///< the part it stands in, "" when none is open
  std::size_t line = 1;    ///< of its first byte
  MarkupTree markup{};     ///< of `bytes`; empty where they have not been read yet
  bool is_checked = false; ///< `bytes` are known to be UTF-8 without a NUL, and `markup` is there
};

/// What to do with each piece. `bytes` of a frame, and all of a window that slides, are valid only
/// during the call; else they are bytes of the document. `on_part` is called when a
/// part opens, before its pieces; its frame comes last.
struct PieceHandler {
  std::function<void()> on_part;
  std::function<Result<void>(Piece&&)> on_piece;
};

/// Runs through `window`. The name of the root element is left in `root` ("DIV5").
Result<void> cut_units(ByteWindow& window,
                       const EcfrOptions& options,
                       const PieceHandler& handler,
                       std::string& root);

} // namespace regtrail::parse
