// Spreadsheets and CSV as the register's import reads them, byte for byte.
#include "parse/table.hpp"
#include "tests/fuzz/laws.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace regtrail;
using namespace regtrail::tests;

namespace {

void check(const Result<parse::Table>& table) {
  if (!table) {
    require(table.error().message.find('\n') == std::string::npos, "an error is one line");
    return;
  }
  int last = 0;
  for (const parse::TableRow& row : table->rows) {
    require(row.number > last, "rows are counted upwards");
    last = row.number;
    bool filled = false;
    for (const std::string& cell : row.cells) {
      require(is_valid_utf8(cell), "cells are UTF-8", cell);
      filled = filled || !cell.empty();
    }
    require(filled, "no row is empty");
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(parse::read_table(bytes, "", "list"));
  check(parse::read_table(bytes, "Parts", "list"));
  check(parse::read_csv(bytes, "list"));
  check(parse::read_xlsx(bytes, "", "list"));
  return 0;
}
