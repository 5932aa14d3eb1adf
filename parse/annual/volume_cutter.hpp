// Cuts annual CFR XML (a volume or one of its granules) into the elements of its units.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace regtrail::parse {

struct AnnualPiece {
  Piece::Kind kind = Piece::Kind::section;
  std::string_view bytes; ///< of the element; of a frame: the part's element without its units
                          ///< and its table of contents
  std::string part;       ///< "744", "750-799"; "" outside of any part
  std::size_t line = 1;   ///< of its first byte
};

/// What to do with what is found; `bytes` are valid only during the call. `on_part` is called when
/// a part opens, before its pieces; its frame comes last. `on_front` gets the elements that say
/// which edition this is: FDSYS, TITLEPG, TITLEHD.
struct AnnualHandler {
  std::function<void()> on_part;
  std::function<Result<void>(const AnnualPiece&)> on_piece;
  std::function<void(std::string_view name, std::string_view bytes)> on_front;
};

/// Runs through `window`; the name of the root element. `limits` must outlive the call.
Result<std::string> cut_annual(ByteWindow& window,
                               const Limits& limits,
                               const std::string& source_name,
                               const AnnualHandler& handler);

/// True for the name of an element that annual CFR XML may have as its root.
[[nodiscard]] bool is_annual_root(std::string_view name);

} // namespace regtrail::parse
