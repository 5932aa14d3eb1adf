#include "parse/annual/gpo_table.hpp"

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
  explicit TableWriter(const CellRewriter& rewrite_content) : m_rewrite_content(rewrite_content) {}

  void write(const pugi::xml_node& gpotable, pugi::xml_node table) {
    const std::vector<Head> heads = read_heads(gpotable.child("BOXHD"));
    m_columns = number_in(gpotable.attribute("COLS").value(), 0);
    int widest = 0;
    for (const Head& head : heads) {
      widest += head.level == 1 ? head.columns : 0;
    }
    m_columns = std::max(m_columns, std::min(widest, most_columns));
    captions(gpotable, table);
    head(heads, table);
    pugi::xml_node body = table.append_child("TBODY");
    for (const pugi::xml_node row : gpotable.children("ROW")) {
      body_row(row, body.append_child("TR"));
    }
    foot(gpotable, table);
  }

private:
  void captions(const pugi::xml_node& gpotable, pugi::xml_node table) {
    pugi::xml_node caption;
    for (const pugi::xml_node part : gpotable.children()) {
      const std::string_view name = part.name();
      if (name == "TTITLE" || name == "TDESC") {
        caption = caption ? caption : table.append_child("CAPTION");
        move_content(part, caption.append_child("P"));
      }
    }
  }

  void head(const std::vector<Head>& heads, pugi::xml_node table) {
    int depth = 0;
    for (const Head& head : heads) {
      depth = std::max(depth, head.level);
    }
    pugi::xml_node rows = depth == 0 ? pugi::xml_node() : table.append_child("THEAD");
    for (int level = 1; level <= depth; ++level) {
      pugi::xml_node row = rows.append_child("TR");
      for (const Head& head : heads) {
        if (head.level == level) {
          cell(row.append_child("TH"), head.element, head.columns, head.rows);
        }
      }
    }
  }

  void body_row(const pugi::xml_node& row, pugi::xml_node out) {
    if (const pugi::xml_attribute extra = row.attribute("EXPSTB")) {
      m_stub_extra = number_in(extra.value(), 0); // until a row says another
    }

    struct Cell {
      pugi::xml_node element;
      int columns;
    };

    std::vector<Cell> cells;
    int used = 0;
    for (const pugi::xml_node entry : row.children("ENT")) {
      if (used < most_columns) {
        const int span = 1 + number_in(entry.attribute("A").value(), 0);
        cells.push_back({entry, span});
        used += span;
      }
    }
    if (!cells.empty() && cells.front().columns == 1) {
      const int spare = std::max(m_columns - used, 0);
      cells.front().columns += std::min(m_stub_extra, spare);
      used += std::min(m_stub_extra, spare);
    }
    for (const Cell& entry : cells) {
      cell(out.append_child("TD"), entry.element, entry.columns, 1);
    }
    // the first row says how wide the table is; the reader of the grid widens the others
    for (; m_first_row && used < m_columns; ++used) {
      out.append_child("TD");
    }
    m_first_row = false;
  }

  void foot(const pugi::xml_node& gpotable, pugi::xml_node table) {
    pugi::xml_node foot;
    for (const pugi::xml_node note : gpotable.children()) {
      const std::string_view name = note.name();
      if (name == "TNOTE" || name == "SIGDAT") {
        foot = foot ? foot : table.append_child("TFOOT");
        cell(foot.append_child("TR").append_child("TD"), note, std::max(m_columns, 1), 1);
      }
    }
  }

  void cell(pugi::xml_node out, const pugi::xml_node& content, int columns, int rows) {
    if (columns > 1) {
      out.append_attribute("colspan").set_value(columns);
    }
    if (rows > 1) {
      out.append_attribute("rowspan").set_value(rows);
    }
    move_content(content, out);
  }

  void move_content(const pugi::xml_node& from, pugi::xml_node to) {
    while (const pugi::xml_node child = from.first_child()) {
      to.append_move(child);
    }
    m_rewrite_content(to);
  }

  const CellRewriter& m_rewrite_content;
  int m_columns = 0;
  bool m_first_row = true;
  int m_stub_extra = 0; ///< columns that the stub spans beyond its own
};

} // namespace

void to_html_table(const pugi::xml_node& gpotable, const CellRewriter& rewrite_content) {
  pugi::xml_node parent = gpotable.parent();
  TableWriter(rewrite_content).write(gpotable, parent.insert_child_before("TABLE", gpotable));
  parent.remove_child(gpotable);
}

} // namespace regtrail::parse
