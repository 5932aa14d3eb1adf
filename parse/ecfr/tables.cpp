#include "parse/ecfr/tables.hpp"

#include "parse/ecfr/inline_text.hpp"
#include "parse/ecfr/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <unordered_map>

namespace regtrail::parse {
namespace {

constexpr std::size_t most_columns = 256;
constexpr std::size_t most_cells = 500'000; ///< of a table whose rows are made equally long
constexpr std::size_t short_row = 8;        ///< what all rows of a longer table have

std::size_t span_of(const pugi::xml_node& cell, const char* name) {
  const std::string_view value = cell.attribute(name).value();
  std::size_t span = 1;
  std::from_chars(value.data(), value.data() + value.size(), span);
  return std::clamp<std::size_t>(span, 1, most_columns);
}

std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Without blanks and line breaks at the end, and without one blank at the front.
std::string_view without_outer_blanks(std::string_view text) {
  while (text.ends_with(' ') || text.ends_with('\n')) {
    text.remove_suffix(1);
  }
  text.remove_prefix(text.starts_with(' ') ? 1 : 0);
  return text;
}

/// A cell that reaches into following rows.
struct Hanging {
  std::size_t rows = 0;
};

class GridReader {
public:
  explicit GridReader(Grid& grid) : m_grid(grid) {}

  void section(const pugi::xml_node& parent, std::string_view within) {
    for (const pugi::xml_node child : parent.children()) {
      const std::string_view name = child.name();
      if (name == "TR") {
        row(child, within);
      } else if (name == "CAPTION") {
        for (const pugi::xml_node part : child.children()) {
          caption(part);
        }
      } else if (name == "THEAD" || name == "TBODY" || name == "TFOOT") {
        m_hanging.clear();
        section(child, name);
      }
    }
  }

private:
  void caption(const pugi::xml_node& part) {
    if (!is_element(part)) {
      return;
    }
    std::string text = resolve_inline(part).text;
    if (!text.empty()) {
      m_grid.captions.push_back(std::move(text));
    }
  }

  void row(const pugi::xml_node& element, std::string_view within) {
    GridRow cells;
    cells.reserve(m_grid.columns);
    bool heads = true;
    for (const pugi::xml_node child : element.children()) {
      const std::string_view name = child.name();
      if (name != "TD" && name != "TH") {
        continue;
      }
      heads = heads && name == "TH";
      cover(cells);
      if (cells.size() >= most_columns) {
        break;
      }
      put(cells, child);
    }
    cover(cells);
    if (within == "TFOOT") {
      foot(cells);
    } else if (within == "THEAD" || (heads && m_grid.body.empty() && !cells.empty())) {
      m_grid.columns = std::max(m_grid.columns, cells.size());
      m_grid.head.push_back(std::move(cells));
    } else if (!cells.empty()) {
      body_rows(cells);
    }
  }

  /// A row with twice as many cells as the head has columns is two rows whose border was lost, as
  /// happened in the Entity List of 2024-10-23.
  void body_rows(GridRow& cells) {
    const std::size_t width = m_grid.head.empty() ? 0 : m_grid.columns;
    const bool spans = std::any_of(cells.begin(), cells.end(), [](const GridCell& cell) {
      return cell.covered || cell.columns > 1;
    });
    if (width < 2 || cells.size() <= width || cells.size() % width != 0 || spans) {
      m_grid.columns = std::max(m_grid.columns, cells.size());
      m_grid.body.push_back(std::move(cells));
      return;
    }
    m_grid.lost_row_ends += cells.size() / width - 1;
    for (std::size_t from = 0; from < cells.size(); from += width) {
      const auto begin = cells.begin() + static_cast<std::ptrdiff_t>(from);
      m_grid.body.emplace_back(std::make_move_iterator(begin),
                               std::make_move_iterator(begin + static_cast<std::ptrdiff_t>(width)));
    }
  }

  /// Fills the columns that a cell of an earlier row reaches into.
  void cover(GridRow& cells) {
    while (cells.size() < m_hanging.size() && m_hanging[cells.size()].rows > 0) {
      --m_hanging[cells.size()].rows;
      cells.push_back({{}, 1, true});
    }
  }

  void put(GridRow& cells, const pugi::xml_node& element) {
    const std::size_t columns = std::min(span_of(element, "colspan"), most_columns - cells.size());
    const std::size_t rows = span_of(element, "rowspan");
    const std::size_t first = cells.size();
    cells.push_back(
        {resolve_inline(element, LineBreaks::kept).text, static_cast<int>(columns), false});
    for (std::size_t i = 1; i < columns; ++i) {
      cells.push_back({{}, 1, true});
    }
    if (rows > 1) {
      m_hanging.resize(std::max(m_hanging.size(), cells.size()));
      for (std::size_t i = first; i < cells.size(); ++i) {
        m_hanging[i].rows = rows - 1;
      }
    }
  }

  void foot(const GridRow& cells) {
    std::string text;
    for (const GridCell& cell : cells) {
      if (!cell.text.empty()) {
        text += (text.empty() ? "" : " ") + on_one_line(cell.text);
      }
    }
    if (!text.empty()) {
      m_grid.foot.push_back(std::move(text));
    }
  }

  Grid& m_grid;
  std::vector<Hanging> m_hanging;
};

/// The text of a head cell that stands over `column` in `row`.
std::string head_over(const GridRow& row, std::size_t column) {
  std::size_t at = std::min(column, row.empty() ? 0 : row.size() - 1);
  if (column >= row.size()) {
    return {};
  }
  while (at > 0 && row[at].covered && row[at].text.empty()) {
    --at;
    if (!row[at].covered) {
      break;
    }
  }
  const bool reaches = !row[at].covered && at + static_cast<std::size_t>(row[at].columns) > column;
  return reaches ? without_footnote_marks(on_one_line(row[at].text)) : std::string{};
}

void add_row(TreeBuilder& tree,
             int parent,
             GridRow& row,
             const std::vector<std::string>& names,
             std::string& stub) {
  std::string first = row.empty() ? std::string{} : std::move(row[0].text);
  if (!row.empty() && row.size() > 1 && static_cast<std::size_t>(row[0].columns) >= row.size()) {
    std::string name = as_designator(without_footnote_marks(on_one_line(first)));
    tree.add(parent, NodeKind::heading, std::move(name), {}, std::move(first));
    return;
  }
  if (!first.empty()) {
    stub = as_designator(without_footnote_marks(on_one_line(first)));
  }
  const int node = tree.add(parent, NodeKind::row, stub, {}, std::move(first));
  for (std::size_t column = 1; column < row.size(); ++column) {
    if (!row[column].covered) {
      tree.add(node,
               NodeKind::cell,
               column < names.size() ? names[column] : std::string{},
               {},
               std::move(row[column].text));
    }
  }
}

} // namespace

Grid read_grid(const pugi::xml_node& table) {
  Grid grid;
  GridReader(grid).section(table, "TABLE");
  // one wide row must not make many short ones wide
  const std::size_t columns =
      grid.columns * grid.body.size() > most_cells ? short_row : grid.columns;
  const auto pad = [&](GridRow& row) {
    row.resize(std::max(row.size(), std::min(columns, grid.columns)));
  };
  std::for_each(grid.body.begin(), grid.body.end(), pad);
  return grid;
}

std::vector<std::string> column_names(const Grid& grid) {
  std::vector<std::string> lowest(grid.columns);
  std::vector<std::string> full(grid.columns);
  for (std::size_t column = 0; column < grid.columns; ++column) {
    for (const GridRow& row : grid.head) {
      const std::string text = as_designator(head_over(row, column), 80);
      if (text.empty() || text == lowest[column]) {
        continue;
      }
      lowest[column] = text;
      full[column] += (full[column].empty() ? "" : ", ") + text;
    }
  }
  std::unordered_map<std::string, int> bearers;
  for (const std::string& name : lowest) {
    ++bearers[name];
  }
  std::vector<std::string> names(grid.columns);
  for (std::size_t column = 0; column < grid.columns; ++column) {
    const bool unique = bearers[lowest[column]] == 1;
    names[column] = unique ? lowest[column] : as_designator(full[column], 400);
    if (names[column].empty()) {
      names[column] = "Column " + std::to_string(column + 1);
    }
  }
  return names;
}

std::string head_text(const Grid& grid) {
  std::string text;
  for (const GridRow& row : grid.head) {
    for (const GridCell& cell : row) {
      if (!cell.covered && !cell.text.empty()) {
        text += (text.empty() ? "" : " | ") + on_one_line(cell.text);
      }
    }
  }
  return text;
}

void add_frame(TreeBuilder& tree, int parent, const Grid& grid) {
  if (std::string head = head_text(grid); !head.empty()) {
    tree.add(parent, NodeKind::heading, "Columns", {}, std::move(head));
  }
}

int add_table(TreeBuilder& tree, int parent, const pugi::xml_node& table, TableNode form) {
  Grid grid = read_grid(table);
  int node = parent;
  std::string caption;
  for (const std::string& part : grid.captions) {
    caption += (caption.empty() ? "" : " ") + part;
  }
  if (form == TableNode::own) {
    const std::string name =
        caption.empty() ? "Table" : as_designator(without_footnote_marks(caption), 80);
    node = tree.add(parent, NodeKind::table, name, {}, std::move(caption));
  } else if (!caption.empty()) {
    tree.add(parent, NodeKind::heading, "Caption", {}, std::move(caption));
  }
  add_frame(tree, node, grid);
  if (grid.lost_row_ends != 0) {
    tree.not_understood(
        node,
        fmt::format("{} row ends are missing in a table, its rows were told apart by their columns",
                    grid.lost_row_ends));
  }
  const std::vector<std::string> columns = column_names(grid);
  if (is_country_list(columns)) {
    add_country_list(tree, node, grid.body, columns);
  } else {
    std::string stub;
    for (GridRow& row : grid.body) {
      add_row(tree, node, row, columns, stub);
    }
  }
  int footnote = -1;
  for (const std::string& text : grid.foot) {
    if (footnote >= 0 && !text.starts_with('^')) {
      tree.add(footnote, NodeKind::paragraph, {}, {}, text); // a footnote of several rows
    } else {
      footnote = add_footnote(tree, node, text);
    }
  }
  return node;
}

std::string without_footnote_marks(std::string_view text) {
  if (text.find('^') == std::string_view::npos) {
    return std::string(without_outer_blanks(text));
  }
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '^' && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') {
      while (i + 1 < text.size() &&
             ((text[i + 1] >= '0' && text[i + 1] <= '9') || text[i + 1] == '^' ||
              ((text[i + 1] == ' ' || text[i + 1] == ',') && i + 2 < text.size() &&
               ((text[i + 2] >= '0' && text[i + 2] <= '9') || text[i + 2] == '^')))) {
        ++i;
      }
      continue;
    }
    out.push_back(text[i]);
  }
  return std::string(without_outer_blanks(out));
}

} // namespace regtrail::parse
