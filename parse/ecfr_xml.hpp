// eCFR XML (sources.md 4.1), in all its root forms, into units with normalised trees.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"
#include "parse/crew.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

/// Limits of our own; a document beyond them is an Error of kind too_large.
struct Limits {
  std::size_t max_bytes = std::size_t{512} << 20U;     ///< of the whole input
  std::size_t max_unit_bytes = std::size_t{64} << 20U; ///< of one unit's element
  int max_depth = 256;                                 ///< nesting of elements
  std::size_t max_attribute_bytes = std::size_t{1} << 20U;
};

/// Whether Unit::raw is filled in: only what is stored has use for it.
enum class UnitDigests { computed, left_out };

struct EcfrOptions {
  std::string source_name = "input.xml"; ///< for messages: "input.xml:214: ..."
  std::string title; ///< "15" when the caller knows it; the document may say it itself
  Limits limits;
  UnitDigests digests = UnitDigests::computed;
  Crew::Size readers = Crew::Size::all_processors; ///< whom a document in memory is shared among
};

struct EcfrDocument {
  std::string title; ///< "15"; "" when nothing says it
  std::string scope; ///< "15 CFR Part 742", "15 CFR 744.23", "Title 1": names a side of a diff
  std::vector<Unit> units; ///< in printed order; each part's frame before its sections
};

/// Parses a part (DIV5), section (DIV8), appendix (DIV9), title (ECFR, DLPSTEXTCLASS, DIV1) or a
/// fragment sequence of these. A DOCTYPE with an internal subset is refused, entities other than
/// the five predefined and HTML's named characters are never expanded, invalid UTF-8 is tried as
/// Windows-1252 (unit by unit). HTML pages, empty bodies, truncated and mis-nested XML are
/// `malformed`, with the line. Pieces of a part's frame are joined; of a unit printed twice the one
/// that is only "[Reserved]" gives way, equal texts are kept once, otherwise both stay; either way
/// it is listed.
Result<EcfrDocument> parse_ecfr(std::string_view bytes, const EcfrOptions& options);

/// The same one unit at a time, with memory bounded by the largest unit. A part's frame comes
/// behind its units, and what the file prints twice comes twice. `on_unit` may end the run by
/// returning an error, which is returned. Otherwise the title, as in EcfrDocument.
Result<std::string> stream_ecfr_file(const std::string& path,
                                     const EcfrOptions& options,
                                     const std::function<Result<void>(Unit&&)>& on_unit);

} // namespace regtrail::parse
