// HTML tables of the eCFR as grids, and grids as keyed rows and cells.
#pragma once

#include "parse/ecfr/tree_builder.hpp"

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct GridCell {
  std::string text;     ///< line breaks kept as \n
  int columns = 1;      ///< how many it spans
  bool covered = false; ///< filled by a cell to the left or above
};

using GridRow = std::vector<GridCell>;

/// A table with its spans laid out; every body row has a cell for each column, but for
/// tables of more than half a million cells: there it has those it prints and at least eight.
struct Grid {
  std::vector<std::string> captions;
  std::vector<GridRow> head;
  std::vector<GridRow> body;
  std::vector<std::string> foot; ///< text of each row of the foot
  std::size_t columns = 0;
  std::size_t lost_row_ends = 0; ///< rows printed as one: </TR><TR> is missing between them
};

[[nodiscard]] Grid read_grid(const pugi::xml_node& table);

/// One name for each column: its lowest head, with the heads above it where that is not unique.
[[nodiscard]] std::vector<std::string> column_names(const Grid& grid);

/// The cells of the head, for a heading node: "Country | Entity".
[[nodiscard]] std::string head_text(const Grid& grid);

enum class TableNode {
  own,        ///< the rows stand below a node of the table
  transparent ///< the rows stand below `parent`: the table is all there is in the unit
};

/// Adds a table and returns its node (`parent` for a transparent one). A list by country
/// (Entity List, Unverified List, ...) becomes countries with entries, others rows with cells.
int add_table(TreeBuilder& tree, int parent, const pugi::xml_node& table, TableNode form);

/// Adds captions, head and foot of `grid` below `parent`.
void add_frame(TreeBuilder& tree, int parent, const Grid& grid);

/// "Iraq^1 3" without the marks: "Iraq".
[[nodiscard]] std::string without_footnote_marks(std::string_view text);

/// True when the `columns` are a country, a name and a Federal Register citation.
[[nodiscard]] bool is_country_list(const std::vector<std::string>& columns);

/// The countries and entries of such a list; texts are moved out of its `rows`. Parts of a listed
/// party, also those in rows of their own, are entries below its entry.
void add_country_list(TreeBuilder& tree,
                      int parent,
                      std::vector<GridRow>& rows,
                      const std::vector<std::string>& columns);

} // namespace regtrail::parse
