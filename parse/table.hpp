// Tables that people keep in spreadsheets: .xlsx and CSV into rows of text.
#pragma once

#include "model/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace regtrail::parse {

struct TableRow {
  int number = 0; ///< as the spreadsheet counts it, from 1
  std::vector<std::string> cells;
};

struct Table {
  std::string form; ///< what it was read as: "sheet 'Parts'", "CSV in CP932, parted by semicolons"
  std::vector<TableRow> rows; ///< without rows that hold nothing
};

/// One sheet of an .xlsx workbook, the first where `sheet` is "". Cells are what a reader sees:
/// dates as YYYY-MM-DD, percentages with their sign, TRUE and FALSE. Formulas count by their stored
/// values; readings (furigana) are left out. An archive that unpacks to more than 256 MiB or to
/// more than 200 times its size is too_large.
Result<Table>
read_xlsx(std::string_view bytes, std::string_view sheet, const std::string& source_name);

/// CSV as spreadsheets save it: UTF-8 with or without a mark, UTF-16, CP932 or Windows-1252;
/// commas, semicolons or tabs, whichever part the first row; quoted cells may hold line breaks.
Result<Table> read_csv(std::string_view bytes, const std::string& source_name);

/// Either, told by the first bytes.
Result<Table>
read_table(std::string_view bytes, std::string_view sheet, const std::string& source_name);

} // namespace regtrail::parse
