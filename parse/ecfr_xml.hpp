// eCFR XML (docs/sources.md), in all its root forms, into units with normalised trees.
#pragma once

#include "model/error.hpp"
#include "model/node.hpp"

#include <cstddef>
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

struct EcfrOptions {
  std::string source_name = "input.xml"; ///< for messages: "input.xml:214: ..."
  std::string title; ///< "15" when the caller knows it; the document may say it itself
  Limits limits;
};

struct EcfrDocument {
  std::string title; ///< "15"; "" when nothing says it
  std::string scope; ///< "15 CFR Part 742", "15 CFR 744.23", "Title 1": names a side of a diff
  std::vector<Unit> units; ///< in printed order; each part's frame before its sections
};

/// Parses a part (DIV5), section (DIV8), appendix (DIV9) or title (ECFR, DLPSTEXTCLASS, DIV1) with
/// libxml2. HTML pages and what is not well-formed are `malformed`, with the line; so are a DOCTYPE
/// with an internal subset and references other than those that XML predefines and HTML's named
/// characters. Bytes are UTF-8 unless the XML declaration says windows-1252 or ISO-8859-1. Pieces of
/// a part's frame are joined; of a unit printed twice the one that is only "[Reserved]" gives way,
/// equal texts are kept once, otherwise both stay; either way it is listed.
Result<EcfrDocument> parse_ecfr(std::string_view bytes, const EcfrOptions& options);

} // namespace regtrail::parse
