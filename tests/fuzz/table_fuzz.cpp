// Tables in all their places and both their forms, from lines. The first line says where:
//
//   "section" HTML in a section    "list" in Supplement No. 4 to Part 744 (parties by country)
//   "chart" in Supplement No. 1 to Part 738    "entry" in an entry of the CCL    "gpo" GPOTABLE
//
// Then one row a line: "=" for a head, "_" for a foot, else of the body. Cells are divided by "|";
// "&23 text" spans two columns and three rows ("&9" in GPOTABLE: a head of that level, a cell's A).
#include "parse/cfr_annual_xml.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

struct Cell {
  std::string columns;
  std::string rows;
  std::string text;
};

struct Row {
  char kind = ' ';
  std::vector<Cell> cells;
};

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view front = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return front;
}

/// "<br/>" for "\\", references for what XML reserves.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    if (c == '\\') {
      out.replace(out.size() - 1, 1, "<br/>");
    }
  }
  return out;
}

Cell read_cell(std::string_view text) {
  Cell cell;
  if (text.size() > 2 && text[0] == '&') {
    cell.columns = escaped(text.substr(1, 1)) + (text[1] == '8' ? "00000" : "");
    cell.rows = escaped(text.substr(2, 1)) + (text[2] == '8' ? "00000" : "");
    text.remove_prefix(3);
  }
  cell.text = escaped(text);
  return cell;
}

std::vector<Row> read_rows(std::string_view lines) {
  std::vector<Row> rows;
  while (!lines.empty()) {
    std::string_view line = take_until(lines, '\n');
    Row row;
    if (line.starts_with('=') || line.starts_with('_')) {
      row.kind = line.front();
      line.remove_prefix(1);
    }
    do {
      row.cells.push_back(read_cell(take_until(line, '|')));
    } while (!line.empty());
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string html(const std::vector<Row>& rows) {
  std::string out = "<DIV><TABLE>\n";
  std::string open;
  for (const Row& row : rows) {
    const std::string group = row.kind == '=' ? "THEAD" : row.kind == '_' ? "TFOOT" : "TBODY";
    if (group != open) {
      out += (open.empty() ? "" : "</" + open + ">") + "<" + group + ">";
      open = group;
    }
    out += "<TR>";
    for (const Cell& cell : row.cells) {
      const std::string name = row.kind == '=' ? "TH" : "TD";
      out += "<" + name;
      out += cell.columns.empty() ? "" : " colspan=\"" + cell.columns + "\"";
      out += cell.rows.empty() ? "" : " rowspan=\"" + cell.rows + "\"";
      out += ">" + cell.text + "</" + name + ">";
    }
    out += "</TR>\n";
  }
  return out + (open.empty() ? "" : "</" + open + ">") + "</TABLE></DIV>\n";
}

std::string gpotable(const std::vector<Row>& rows) {
  std::string out = "<GPOTABLE COLS=\"3\"><BOXHD>";
  for (const Row& row : rows) {
    for (const Cell& cell : row.cells) {
      out += row.kind == '=' ? "<CHED H=\"" + cell.columns + "\">" + cell.text + "</CHED>" : "";
    }
  }
  out += "</BOXHD>";
  for (const Row& row : rows) {
    if (row.kind == '_') {
      out += "<TNOTE>" + row.cells.front().text + "</TNOTE>";
    } else if (row.kind == ' ') {
      const std::string& stub = row.cells.front().rows;
      out += stub.empty() ? "<ROW>" : "<ROW EXPSTB=\"" + stub + "\">";
      for (const Cell& cell : row.cells) {
        out += cell.columns.empty() ? "<ENT>" : "<ENT A=\"" + cell.columns + "\">";
        out += cell.text + "</ENT>";
      }
      out += "</ROW>\n";
    }
  }
  return out + "</GPOTABLE>\n";
}

std::string appendix(const std::string& name, const std::string& content) {
  return "<DIV9 N=\"" + name + "\"><HEAD>" + name + "</HEAD>\n" + content + "</DIV9>";
}

Result<parse::EcfrDocument> read(std::string_view place, const std::vector<Row>& rows) {
  if (place == "gpo") {
    auto annual = parse::parse_cfr_annual("<PART><EAR>Pt. 799</EAR><SECTION><SECTNO>799.1</SECTNO>"
                                          "<SUBJECT>T.</SUBJECT>" +
                                              gpotable(rows) + "</SECTION></PART>",
                                          {});
    if (!annual) {
      return tl::unexpected<Error>(annual.error());
    }
    return std::move(annual->content);
  }
  const std::string table = html(rows);
  if (place == "list") {
    return parse::parse_ecfr(appendix("Supplement No. 4 to Part 744", table), {});
  }
  if (place == "chart") {
    return parse::parse_ecfr(appendix("Supplement No. 1 to Part 738", table), {});
  }
  if (place == "entry") {
    return parse::parse_ecfr(
        appendix("Supplement No. 1 to Part 774",
                 "<FP-2><B>3B001 Widgets.</B></FP-2><P>License Requirements</P>" + table +
                     "<P>a. Gears.</P>"),
        {});
  }
  return parse::parse_ecfr("<DIV8 N=\"799.1\"><HEAD>\xC2\xA7 799.1 T.</HEAD>" + table + "</DIV8>",
                           {});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string_view place = take_until(input, '\n');
  const auto document = read(place, read_rows(input));
  if (document) {
    check_units(document->units);
    check_no_change(document->units);
  }
  return 0;
}
