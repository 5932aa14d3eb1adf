// Texts in columns.
#include "notify/render/layout_internal.hpp"

#include <algorithm>

namespace regtrail::render {

namespace {

constexpr int column_indent = 2;
constexpr int gutter = 3; ///< " | "

struct Cell {
  std::vector<std::string> lines;
  std::vector<Flow::Line> measures;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

int column_width(const TerminalStyle& style) {
  return (style.width - column_indent - gutter) / 2;
}

Cell fill(const TerminalStyle& style, const std::vector<WordRun>& runs) {
  TerminalStyle narrow = style;
  narrow.width = column_width(style);
  Flow flow(narrow, 0, 0);
  for (const WordRun& run : runs) {
    add_run(flow, narrow, run);
  }
  Cell cell;
  cell.lines = lines_of(flow.finish());
  cell.measures = flow.lines();
  cell.measures.resize(cell.lines.size());
  return cell;
}

} // namespace

std::string
side_by_side(const TerminalStyle& style, int indent, const std::vector<Column>& columns) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 0;
  for (const Column& column : columns) {
    const TerminalStyle narrow{style.colour, column.width, style.show_cosmetic};
    const auto& lines =
        cells.emplace_back(lines_of(paragraph(narrow, 0, 0, Mark::plain, column.text)));
    height = std::max(height, lines.size());
  }
  std::string out;
  for (std::size_t row = 0; row < height; ++row) {
    std::string line = blanks(indent);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      line += padded(row < cells[i].size() ? cells[i][row] : "", columns[i].width + 2);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string edits_side_by_side(const TerminalStyle& style,
                               const std::vector<WordRun>& before,
                               const std::vector<WordRun>& after) {
  const int width = column_width(style);
  const Cell left = fill(style, before);
  const Cell right = fill(style, after);
  std::string out;
  for (std::size_t row = 0; row < std::max(left.lines.size(), right.lines.size()); ++row) {
    const bool has_left = row < left.lines.size();
    const bool has_right = row < right.lines.size();
    const bool removed = has_left && left.measures[row].edited;
    const bool added = has_right && right.measures[row].edited;
    std::string line = blanks(column_indent);
    line += has_left ? left.lines[row] : "";
    line += blanks(width - (has_left ? left.measures[row].width : 0) + 1);
    line += removed && added ? "|" : removed ? "<" : added ? ">" : " ";
    line += " ";
    line += has_right ? right.lines[row] : "";
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string
heads_side_by_side(const TerminalStyle& style, std::string_view before, std::string_view after) {
  const int width = column_width(style);
  const std::string left = cut_to_width(before, width);
  return blanks(column_indent) + styled(style, Mark::dim, left) +
         blanks(width - display_width(left) + gutter) +
         styled(style, Mark::dim, cut_to_width(after, width)) + "\n";
}

} // namespace regtrail::render
