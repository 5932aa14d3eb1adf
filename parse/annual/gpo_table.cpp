#include "parse/annual/gpo_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <numeric>
#include <string_view>
#include <vector>

namespace regtrail::parse {
namespace {

constexpr int most_columns = 256;
constexpr int deepest_head = 12;

/// The number in `value`, which may have letters in front ("L02" aligns left and spans two more).
int number_in(std::string_view value, int otherwise) {
  const std::size_t from = value.find_first_of("0123456789");
  if (from == std::string_view::npos) {
    return otherwise;
  }
  int number = otherwise;
  std::from_chars(value.data() + from, value.data() + value.size(), number);
  return std::clamp(number, 0, most_columns);
}

struct Head {
  pugi::xml_node element;
  int level = 1;
  int columns = 1; ///< it stands over
  int rows = 1;
};

/// The heads of BOXHD in print: each is followed by the deeper ones below it.
std::vector<Head> read_heads(const pugi::xml_node& boxhd) {
  std::vector<Head> heads;
  int depth = 1;
  for (const pugi::xml_node ched : boxhd.children("CHED")) {
    const int level = std::clamp(number_in(ched.attribute("H").value(), 1), 1, deepest_head);
    heads.push_back({ched, level});
    depth = std::max(depth, level);
  }
  // from the right: columns of the heads of each level that stand below nothing yet
  std::array<int, deepest_head + 1> free{};
  for (std::size_t i = heads.size(); i-- > 0;) {
    Head& head = heads[i];
    const auto level = static_cast<std::size_t>(head.level);
    const auto below = free.begin() + head.level + 1;
    const int columns = std::accumulate(below, free.end(), 0);
    std::fill(below, free.end(), 0);
    head.columns = std::max(columns, 1);
    head.rows = (columns == 0 ? depth + 1 : heads[i + 1].level) - head.level;
    free[level] = std::min(free[level] + head.columns, most_columns);
  }
  return heads;
}

class TableWriter {
public:
  TableWriter(std::string& out, const CellWriter& write_content)
      : m_out(out),
        m_write_content(write_content) {}

  void table(const pugi::xml_node& element) {
    const std::vector<Head> heads = read_heads(element.child("BOXHD"));
    m_columns = number_in(element.attribute("COLS").value(), 0);
    int widest = 0;
    for (const Head& head : heads) {
      widest += head.level == 1 ? head.columns : 0;
    }
    m_columns = std::max(m_columns, std::min(widest, most_columns));
    m_out += "<TABLE>";
    captions(element);
    head(heads);
    m_out += "<TBODY>";
    for (const pugi::xml_node row : element.children("ROW")) {
      body_row(row);
    }
    m_out += "</TBODY>";
    foot(element);
    m_out += "</TABLE>";
  }

private:
  void captions(const pugi::xml_node& element) {
    if (!element.child("TTITLE") && !element.child("TDESC")) {
      return;
    }
    m_out += "<CAPTION>";
    for (const pugi::xml_node child : element.children()) {
      const std::string_view name = child.name();
      if (name == "TTITLE" || name == "TDESC") {
        m_out += "<P>";
        m_write_content(child);
        m_out += "</P>";
      }
    }
    m_out += "</CAPTION>";
  }

  void head(const std::vector<Head>& heads) {
    int depth = 0;
    for (const Head& head : heads) {
      depth = std::max(depth, head.level);
    }
    if (depth == 0) {
      return;
    }
    m_out += "<THEAD>";
    for (int level = 1; level <= depth; ++level) {
      m_out += "<TR>";
      for (const Head& head : heads) {
        if (head.level == level) {
          cell("TH", head.element, head.columns, head.rows);
        }
      }
      m_out += "</TR>";
    }
    m_out += "</THEAD>";
  }

  void body_row(const pugi::xml_node& row) {
    // the stub keeps its width until a row says another
    if (const auto expanded = row.attribute("EXPSTB")) {
      m_stub_extra = number_in(expanded.value(), 0);
    }

    struct Cell {
      pugi::xml_node element;
      int columns;
    };

    std::vector<Cell> cells;
    int used = 0;
    for (const pugi::xml_node entry : row.children("ENT")) {
      const int span = 1 + number_in(entry.attribute("A").value(), 0);
      cells.push_back({entry, span});
      used += span;
      if (used >= most_columns) {
        break;
      }
    }
    if (!cells.empty() && cells.front().columns == 1) {
      const int spare = std::max(m_columns - used, 0);
      cells.front().columns += std::min(m_stub_extra, spare);
      used += std::min(m_stub_extra, spare);
    }
    m_out += "<TR>";
    for (const Cell& entry : cells) {
      cell("TD", entry.element, entry.columns, 1);
    }
    // the first row says how wide the table is; the reader of the grid widens the others
    for (; m_first_row && used < m_columns; ++used) {
      m_out += "<TD></TD>";
    }
    m_first_row = false;
    m_out += "</TR>";
  }

  void foot(const pugi::xml_node& element) {
    if (!element.child("TNOTE") && !element.child("SIGDAT")) {
      return;
    }
    m_out += "<TFOOT>";
    for (const pugi::xml_node child : element.children()) {
      const std::string_view name = child.name();
      if (name == "TNOTE" || name == "SIGDAT") {
        m_out += "<TR>";
        cell("TD", child, std::max(m_columns, 1), 1);
        m_out += "</TR>";
      }
    }
    m_out += "</TFOOT>";
  }

  void cell(std::string_view name, const pugi::xml_node& element, int columns, int rows) {
    m_out += fmt::format("<{}", name);
    if (columns > 1) {
      m_out += fmt::format(" colspan=\"{}\"", columns);
    }
    if (rows > 1) {
      m_out += fmt::format(" rowspan=\"{}\"", rows);
    }
    m_out += '>';
    m_write_content(element);
    m_out += fmt::format("</{}>", name);
  }

  std::string& m_out;
  const CellWriter& m_write_content;
  int m_columns = 0;
  bool m_first_row = true;
  int m_stub_extra = 0;
};

} // namespace

void write_html_table(std::string& out,
                      const pugi::xml_node& gpotable,
                      const CellWriter& write_content) {
  TableWriter(out, write_content).table(gpotable);
}

} // namespace regtrail::parse
