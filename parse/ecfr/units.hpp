// One piece of a document as a unit: which grammar reads it, and the frame of a part.
#pragma once

#include "model/error.hpp"
#include "parse/crew.hpp"
#include "parse/ecfr/unit_cutter.hpp"

#include <string>

namespace regtrail::parse {

/// `title` is that of the document, "" when unknown. Errors name `source_name` and the line. The
/// unit's hash of its raw bytes is left to the caller.
Result<Unit>
read_unit(const Piece& piece, const std::string& title, const std::string& source_name);

/// The same, a large piece shared among `crew`. The hash of the bytes of `piece`, if `raw` is not
/// null, stands there when the crew has finished.
Result<Unit> read_unit(const Piece& piece,
                       const std::string& title,
                       const std::string& source_name,
                       Crew& crew,
                       Sha256* raw);

/// The first one, with the hash over the bytes of `piece`.
Result<Unit>
build_unit(const Piece& piece, const std::string& title, const std::string& source_name);

/// The identifier of a section or appendix as it is cited: "742.1", "Supplement No. 1 to Part 742".
[[nodiscard]] std::string unit_identifier(const Piece& piece);

} // namespace regtrail::parse
