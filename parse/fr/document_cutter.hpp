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

/// `load` makes a tree of a piece and gives the page on which the document ends. `depth` is that of
/// the piece itself; an Error says that the bytes are no element or nested too deep. `take` reads
/// what was loaded last.
struct FrPieceHandler {
  std::function<Result<int>(const FrPiece& piece, std::size_t depth)> load;
  std::function<Result<void>(const FrPiece& piece, const FrIssue& issue)> take;
};

/// Cuts a document off at the first end tag of its name and tries to load it; only what cannot be
/// loaded so (damaged, or with such a tag in a comment) is looked at tag by tag, for the line of
/// the error or the right end. Runs through `window`. `limits` must outlive the call.
Result<void> cut_fr(ByteWindow& window,
                    const Limits& limits,
                    const std::string& source_name,
                    const FrIssue& known,
                    const FrPieceHandler& handler);

} // namespace regtrail::parse
