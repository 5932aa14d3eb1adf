// One piece of a document as a unit: which grammar reads it, and the frame of a part.
#pragma once

#include "model/node.hpp"
#include "parse/cfr/xml_reader.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace regtrail::parse {

/// `title` is that of the document, "" when unknown.
[[nodiscard]] Unit
read_unit(const Piece& piece, const PieceSource& source, const std::string& title);

/// "742" of a piece of part 742, from the identifier where no part is open around it; "" unknown.
[[nodiscard]] std::string part_of(const Piece& piece);

/// Adds what read_unit made of a piece; it goes before the last `units_inside`, which stand inside
/// it. Those that stand inside a section or appendix are listed there as not understood.
void add_unit(std::vector<Unit>& units, Unit&& unit, std::size_t units_inside);

} // namespace regtrail::parse
