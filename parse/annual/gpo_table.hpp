// GPOTABLE, the annual CFR's and the Federal Register's form of tables, as an HTML table in the
// form of the eCFR (sources.md 4.4).
#pragma once

#include "parse/ecfr/markup_writer.hpp"

#include <functional>

namespace regtrail::parse {

/// Appends the content of a cell, note or head, inline markup included, to the same output.
using CellWriter = std::function<void(const Markup& cell)>;

/// Appends a TABLE to `out`. Head levels (CHED H=) become column and row spans, A= and
/// EXPSTB= column spans; cells that the first row leaves out at its right are written empty.
void write_html_table(MarkupWriter& out, const Markup& gpotable, const CellWriter& write_content);

} // namespace regtrail::parse
