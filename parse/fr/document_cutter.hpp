// Cuts Federal Register XML into the elements of its documents.
#pragma once

#include "model/date.hpp"
#include "model/error.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace regtrail::parse {

/// What the issue says about itself; empty where there is none.
struct FrIssue {
  int volume = 0;
  std::optional<Date> date;
};

struct FrPiece {
  std::string name;       ///< "RULE"
  std::string_view bytes; ///< of the element; valid only during the call
  std::size_t line = 1;   ///< of its first byte
  int page = 0;           ///< the page on which the document before it ended, 0 unknown
};

using FrPieceHandler = std::function<Result<void>(const FrPiece& piece, const FrIssue& issue)>;

/// Runs through `window`. `limits` must outlive the call.
Result<void> cut_fr(ByteWindow& window,
                    const Limits& limits,
                    const std::string& source_name,
                    const FrIssue& known,
                    const FrPieceHandler& on_piece);

} // namespace regtrail::parse
