#include "parse/annual/gpo_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <initializer_list>
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

/// Calls `visit` with the elements among the children of `parent` that have one of these names.
template<typename Visit>
void for_each_child(const Markup& parent,
                    std::initializer_list<std::string_view> names,
                    const Visit& visit) {
  for (const Markup child : parent) {
    if (child.is_element() && std::find(names.begin(), names.end(), child.name()) != names.end()) {
      visit(child);
    }
  }
}

struct Head {
  Markup element;
  int level = 1;
  int columns = 1; ///< it stands over
  int rows = 1;
};

/// The heads of BOXHD in print: each is followed by the deeper ones below it.
std::vector<Head> read_heads(const Markup& boxhd) {
  std::vector<Head> heads;
  int depth = 1;
  for_each_child(boxhd, {"CHED"}, [&](const Markup& ched) {
    const int level = std::clamp(number_in(ched.attribute("H"), 1), 1, deepest_head);
    heads.push_back({ched, level});
    depth = std::max(depth, level);
  });
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
  TableWriter(MarkupWriter& out, const CellWriter& write_content)
      : m_out(out),
        m_write_content(write_content) {}

  void table(const Markup& element) {
    const auto boxhd = element.child("BOXHD");
    const std::vector<Head> heads = boxhd ? read_heads(*boxhd) : std::vector<Head>();
    m_columns = number_in(element.attribute("COLS"), 0);
    int widest = 0;
    for (const Head& head : heads) {
      widest += head.level == 1 ? head.columns : 0;
    }
    m_columns = std::max(m_columns, std::min(widest, most_columns));
    m_out.open("TABLE");
    captions(element);
    head(heads);
    m_out.open("TBODY");
    for_each_child(element, {"ROW"}, [this](const Markup& row) { body_row(row); });
    m_out.close();
    foot(element);
    m_out.close();
  }

private:
  void captions(const Markup& element) {
    if (!element.child("TTITLE") && !element.child("TDESC")) {
      return;
    }
    m_out.open("CAPTION");
    for_each_child(element, {"TTITLE", "TDESC"}, [this](const Markup& caption) {
      m_out.open("P");
      m_write_content(caption);
      m_out.close();
    });
    m_out.close();
  }

  void head(const std::vector<Head>& heads) {
    int depth = 0;
    for (const Head& head : heads) {
      depth = std::max(depth, head.level);
    }
    if (depth == 0) {
      return;
    }
    m_out.open("THEAD");
    for (int level = 1; level <= depth; ++level) {
      m_out.open("TR");
      for (const Head& head : heads) {
        if (head.level == level) {
          cell("TH", head.element, head.columns, head.rows);
        }
      }
      m_out.close();
    }
    m_out.close();
  }

  void body_row(const Markup& row) {
    // the stub keeps its width until a row says another
    if (row.has_attribute("EXPSTB")) {
      m_stub_extra = number_in(row.attribute("EXPSTB"), 0);
    }

    struct Cell {
      Markup element;
      int columns;
    };

    std::vector<Cell> cells;
    int used = 0;
    for_each_child(row, {"ENT"}, [&](const Markup& entry) {
      if (used < most_columns) {
        const int span = 1 + number_in(entry.attribute("A"), 0);
        cells.push_back({entry, span});
        used += span;
      }
    });
    if (!cells.empty() && cells.front().columns == 1) {
      const int spare = std::max(m_columns - used, 0);
      cells.front().columns += std::min(m_stub_extra, spare);
      used += std::min(m_stub_extra, spare);
    }
    m_out.open("TR");
    for (const Cell& entry : cells) {
      cell("TD", entry.element, entry.columns, 1);
    }
    // the first row says how wide the table is; the reader of the grid widens the others
    for (; m_first_row && used < m_columns; ++used) {
      m_out.open("TD");
      m_out.close();
    }
    m_first_row = false;
    m_out.close();
  }

  void foot(const Markup& element) {
    if (!element.child("TNOTE") && !element.child("SIGDAT")) {
      return;
    }
    m_out.open("TFOOT");
    for_each_child(element, {"TNOTE", "SIGDAT"}, [this](const Markup& note) {
      m_out.open("TR");
      cell("TD", note, std::max(m_columns, 1), 1);
      m_out.close();
    });
    m_out.close();
  }

  void cell(std::string_view name, const Markup& element, int columns, int rows) {
    if (columns == 1 && rows == 1) {
      m_out.open(name);
    } else {
      std::string tag(name);
      if (columns > 1) {
        tag += fmt::format(" colspan=\"{}\"", columns);
      }
      if (rows > 1) {
        tag += fmt::format(" rowspan=\"{}\"", rows);
      }
      m_out.open(tag);
    }
    m_write_content(element);
    m_out.close();
  }

  MarkupWriter& m_out;
  const CellWriter& m_write_content;
  int m_columns = 0;
  bool m_first_row = true;
  int m_stub_extra = 0;
};

} // namespace

void write_html_table(MarkupWriter& out, const Markup& gpotable, const CellWriter& write_content) {
  TableWriter(out, write_content).table(gpotable);
}

} // namespace regtrail::parse
