// GPOTABLE, the annual CFR's and the Federal Register's form of tables, as an HTML table in the
// form of the eCFR (docs/grammar.md).
#pragma once

#include <pugixml.hpp>

#include <functional>

namespace regtrail::parse {

/// Rewrites the content of a cell, note or head in place, inline markup included.
using CellRewriter = std::function<void(const pugi::xml_node& cell)>;

/// Replaces `gpotable` with a TABLE, into which the contents of its cells are moved. Head levels
/// (CHED H=) become column and row spans, A= and EXPSTB= column spans; cells that the first row
/// leaves out at its right are there, empty.
void to_html_table(const pugi::xml_node& gpotable, const CellRewriter& rewrite_content);

} // namespace regtrail::parse
