// Cuts annual CFR XML (a volume or one of its granules) into the elements of its units.
#pragma once

#include "model/error.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// What to do with what is found. A frame is the part's element without its units and its table of
/// contents; pieces have no number yet. `bytes` of a frame are valid only during the call, others
/// as long as those of the window. `on_part` is called when a part opens, before its pieces; its
/// frame comes last. `on_front` gets the elements that say which edition this is: FDSYS, TITLEPG,
/// TITLEHD.
struct AnnualHandler {
  std::function<void()> on_part;
  std::function<Result<void>(Piece&&)> on_piece;
  std::function<void(const Markup& element)> on_front;
};

/// Runs through `window`; the name of the root element. `limits` must outlive the call.
Result<std::string> cut_annual(ByteWindow& window,
                               const Limits& limits,
                               const std::string& source_name,
                               const AnnualHandler& handler);

/// True for the name of an element that annual CFR XML may have as its root.
[[nodiscard]] bool is_annual_root(std::string_view name);

} // namespace regtrail::parse
