// Rows of a table into entries of the register.
#pragma once

#include "model/error.hpp"
#include "model/register.hpp"
#include "parse/table.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::parse {

/// A column by its name in the table and the key of the field that it fills.
struct ColumnUse {
  std::string column;
  std::string field;

  friend bool operator==(const ColumnUse&, const ColumnUse&) = default;
};

/// "Part No.=part_number"; the last "=" counts.
Result<ColumnUse> parse_column_use(std::string_view text);

struct RefusedRow {
  int row = 0;        ///< as the spreadsheet counts it
  std::string reason; ///< of all its cells

  friend bool operator==(const RefusedRow&, const RefusedRow&) = default;
};

template<typename Entry>
struct Imported {
  std::vector<Entry> entries; ///< of all rows that were not refused, in their order
  std::vector<Entry> added;   ///< of these the ones that are new to the register
  std::vector<Entry> changed; ///< and those that differ from what it has
  std::vector<RefusedRow> refused;
  std::vector<ColumnUse> columns;
  std::vector<std::string> unused;  ///< names of columns that no field takes
  std::vector<std::string> remarks; ///< what was left out of cells, with how often
};

/// Finds the row of column names within the first 30 rows and reads what follows. A column goes
/// by `map`, else by its usual name in English or Japanese (docs/register.md). A row is an entry of
/// `held` when it has its part number (of parties: its id where there is such a column, else its
/// first name); fields without a column keep their values. New ids are made of the part number,
/// name or title. A second row with the same key, and a cell that cannot be read, refuse the row.
template<typename Entry>
Result<Imported<Entry>>
import_entries(const Table& table, const std::vector<ColumnUse>& map, const Register& held);

} // namespace regtrail::parse
