#include "parse/table.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <unicode/ucnv.h>

#include "workbook.hpp"

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::parse::read_table;
using regtrail::parse::Table;
using regtrail::test::Sheet;
using regtrail::test::workbook;
using regtrail::test::zipped;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows cells_of(const Table& table) {
  Rows rows;
  for (const auto& row : table.rows) {
    rows.push_back(row.cells);
  }
  return rows;
}

Table table_of(std::string_view bytes, std::string_view sheet = "") {
  auto table = read_table(bytes, sheet, "list");
  INFO((table ? "" : table.error().message));
  REQUIRE(table);
  return std::move(*table);
}

std::string in_encoding(const char* name, std::string_view utf8) {
  std::string out(utf8.size() * 4 + 16, '\0');
  UErrorCode error = U_ZERO_ERROR;
  const auto length = ucnv_convert(name,
                                   "UTF-8",
                                   out.data(),
                                   static_cast<std::int32_t>(out.size()),
                                   utf8.data(),
                                   static_cast<std::int32_t>(utf8.size()),
                                   &error);
  REQUIRE(U_SUCCESS(error));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

} // namespace

TEST_CASE("a cell of a workbook is what its reader sees", "[table]") {
  struct Row {
    const char* cell;
    const char* text;
  };

  const auto row = GENERATE(values<Row>({
      {R"(<c r="A1" t="s"><v>1</v></c>)", "品番"},
      {R"(<c r="A1" t="s"><v>2</v></c>)", "VX-200"},
      {R"(<c r="A1" t="inlineStr"><is><t>gate valve</t></is></c>)", "gate valve"},
      {R"(<c r="A1" t="str"><f>A2&amp;B2</f><v>VX&amp;co</v></c>)", "VX&co"},
      {R"(<c r="A1" t="inlineStr"><is><t>two_x000A_lines_x2028_</t></is></c>)",
       "two\nlines_x2028_"},
      {R"(<c r="A1"><v>12.5</v></c>)", "12.5"},
      {R"(<c r="A1"><v>0.29999999999999999</v></c>)", "0.3"},
      {R"(<c r="A1"><v>848180019</v></c>)", "848180019"},
      {R"(<c r="A1" t="b"><v>1</v></c>)", "TRUE"},
      {R"(<c r="A1" t="e"><v>#REF!</v></c>)", "#REF!"},
      {R"(<c r="A1" s="1"><v>45998</v></c>)", "2025-12-07"},
      {R"(<c r="A1" s="1"><v>59</v></c>)", "1900-02-28"},
      {R"(<c r="A1" s="1"><v>61</v></c>)", "1900-03-01"},
      {R"(<c r="A1" s="4"><v>45998</v></c>)", "2025-12-07"},
      {R"(<c r="A1" t="d"><v>2026-03-01T00:00:00</v></c>)", "2026-03-01"},
      {R"(<c r="A1" s="2"><v>0.125</v></c>)", "12.5%"},
      {R"(<c r="A1" s="3"><v>85</v></c>)", "0085"},
  }));
  INFO(row.cell);
  const auto table =
      table_of(workbook({{"Parts", "<row r=\"1\">" + std::string(row.cell) + "</row>"}}));
  CHECK(cells_of(table) == Rows{{row.text}});
}

TEST_CASE("dates of a workbook of 1904 begin four years later", "[table]") {
  const auto table = table_of(workbook({{"Parts", R"(<row><c s="1"><v>44536</v></c></row>)"}},
                                       R"(<workbookPr date1904="1"/>)"));
  CHECK(cells_of(table) == Rows{{"2025-12-07"}});
}

TEST_CASE("rows keep the numbers and cells the columns of the sheet", "[table]") {
  const auto table =
      table_of(workbook({{"Parts",
                          R"(<row r="3"><c r="B3"><v>1</v></c><c r="AA3"><v>2</v></c></row>
      <row r="4"><c r="A4" t="inlineStr"><is><t> </t></is></c></row>
      <row><c><v>3</v></c><c><v>4</v></c></row>)"}}));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].number == 3);
  REQUIRE(table.rows[0].cells.size() == 27);
  CHECK(table.rows[0].cells[1] == "1");
  CHECK(table.rows[0].cells[26] == "2");
  CHECK(table.rows[1].number == 5);
  CHECK(table.rows[1].cells == std::vector<std::string>{"3", "4"});
}

TEST_CASE("a sheet is the named one, else the first", "[table]") {
  const std::string book = workbook(
      {Sheet{"Cover", "<row><c><v>1</v></c></row>"}, Sheet{"部品", "<row><c><v>2</v></c></row>"}});
  CHECK(cells_of(table_of(book)) == Rows{{"1"}});
  CHECK(cells_of(table_of(book, "部品")) == Rows{{"2"}});
  const auto none = read_table(book, "Parts", "list");
  REQUIRE_FALSE(none);
  CHECK_THAT(none.error().message, Contains("no sheet 'Parts'; it has 'Cover', '部品'"));
}

TEST_CASE("what is no workbook, or a bomb, is refused with the remedy", "[table]") {
  struct Row {
    std::string bytes;
    ErrorKind kind;
    const char* message;
  };

  const std::string book = workbook({{"Parts", "<row><c><v>1</v></c></row>"}});
  const std::vector<Row> rows{
      {"\xd0\xcf\x11\xe0\xa1\xb1", ErrorKind::malformed, "protected by a password"},
      {book.substr(0, book.size() / 2), ErrorKind::malformed, "damaged ZIP archive"},
      {zipped({{"content.xml", "<x/>"}}), ErrorKind::malformed, "it has no xl/workbook.xml"},
      {zipped({{"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a/>"}}),
       ErrorKind::malformed,
       "has a DOCTYPE"},
      {zipped({{"xl/workbook.xml", "<workbook><sheets>"}}), ErrorKind::malformed, "workbook.xml"},
      {zipped({{"xl/workbook.xml", std::string(std::size_t{9} << 20U, ' ')}}),
       ErrorKind::too_large,
       "unpacks to more than 1 MiB"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto table = read_table(row.bytes, "", "list.xlsx");
    REQUIRE_FALSE(table);
    CHECK(table.error().kind == row.kind);
    CHECK_THAT(table.error().message, Contains("'list.xlsx'") && Contains(row.message));
  }
}

TEST_CASE("CSV is read in every encoding in which spreadsheets save it", "[table]") {
  const std::string japanese = "品番,品名\r\nVX-200,真空バルブ\r\n三菱,ﾊﾞﾙﾌﾞ\r\n";
  const Rows wanted{{"品番", "品名"}, {"VX-200", "真空バルブ"}, {"三菱", "ﾊﾞﾙﾌﾞ"}};
  const std::string western =
      "Kunde;Ort\r\nMüller Söhne GmbH;Zürich\r\nSociété Générale;Orléans\r\n";
  const Rows customers{
      {"Kunde", "Ort"}, {"Müller Söhne GmbH", "Zürich"}, {"Société Générale", "Orléans"}};

  struct Row {
    std::string bytes;
    Rows rows;
    const char* form;
  };

  const std::vector<Row> rows{
      {japanese, wanted, "CSV in UTF-8, parted by commas"},
      {"\xef\xbb\xbf" + japanese, wanted, "CSV in UTF-8, parted by commas"},
      {"\xff\xfe" + in_encoding("UTF-16LE", japanese), wanted, "CSV in UTF-16"},
      {"\xfe\xff" + in_encoding("UTF-16BE", japanese), wanted, "CSV in UTF-16"},
      {in_encoding("UTF-16LE", "a,b\r\nc,d\r\n"), {{"a", "b"}, {"c", "d"}}, "CSV in UTF-16"},
      {in_encoding("windows-31j", japanese), wanted, "CSV in CP932"},
      {in_encoding("windows-31j", "社名\n三菱電機\n"), {{"社名"}, {"三菱電機"}}, "CSV in CP932"},
      {in_encoding("windows-31j", "ﾊﾞﾙﾌﾞ,1\n"), {{"ﾊﾞﾙﾌﾞ", "1"}}, "CSV in CP932"},
      {western, customers, "CSV in UTF-8, parted by semicolons"},
      {in_encoding("windows-1252", western), customers, "CSV in Windows-1252"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.form);
    const Table table = table_of(row.bytes);
    CHECK(cells_of(table) == row.rows);
    CHECK_THAT(table.form, Contains(row.form));
  }
}

TEST_CASE("cells of CSV end where the form of the file says", "[table]") {
  struct Row {
    const char* text;
    Rows rows;
  };

  const std::vector<Row> rows{
      {"a\tb, c\n1\t2\n", {{"a", "b, c"}, {"1", "2"}}},
      {"a;\"b;\"\"c\"\"\"\n", {{"a", "b;\"c\""}}},
      {"a,\"two\r\nlines\"\nx,y", {{"a", "two\r\nlines"}, {"x", "y"}}},
      {"\"a,b\";c\n", {{"a,b", "c"}}},
      {"sep=;\na,x;b\n", {{"a,x", "b"}}},
      {"a,,\n\n,,\nb,1,2\n", {{"a", "", ""}, {"b", "1", "2"}}},
      {"Title\n\na;b\n", {{"Title"}, {"a", "b"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cells_of(table_of(row.text)) == row.rows);
  }
  CHECK(table_of("a\n\n\"x\ny\"\nb\n").rows.back().number == 4);
}

TEST_CASE("a quote that never ends is named with its row", "[table]") {
  const auto table = read_table("a,b\nc,\"d\ne,f\n", "", "list.csv");
  REQUIRE_FALSE(table);
  CHECK_THAT(table.error().message, Contains("'list.csv' row 2: a quote is opened"));
}
