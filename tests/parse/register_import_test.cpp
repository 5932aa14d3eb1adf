#include "parse/register_fields.hpp"
#include "parse/register_import.hpp"
#include "parse/register_toml.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>

using Catch::Matchers::Contains;
using namespace regtrail;
using parse::import_entries;

namespace {

parse::Table table(const std::vector<std::vector<std::string>>& rows) {
  parse::Table made;
  for (const auto& cells : rows) {
    made.rows.push_back({static_cast<int>(made.rows.size()) + 1, cells});
  }
  return made;
}

template<typename Entry>
parse::Imported<Entry> import(const std::vector<std::vector<std::string>>& rows,
                              const Register& held = {},
                              const std::vector<parse::ColumnUse>& map = {}) {
  auto imported = import_entries<Entry>(table(rows), map, held);
  INFO((imported ? "" : imported.error().message));
  REQUIRE(imported);
  return std::move(*imported);
}

} // namespace

TEST_CASE("columns go by their usual names in English and Japanese", "[import]") {
  const auto english =
      import <Product>({{"Price list 2026"},
                        {"Part No.",
                         "Description",
                         "ECCN",
                         "HS Code",
                         "Country of Origin",
                         "U.S. Content (%)",
                         "Price"},
                        {"VX-200", "gate valve", "2B999", "8481.80", "Japan", "12.5%", "100"}});
  REQUIRE(english.entries.size() == 1);
  const Product& valve = english.entries.front();
  CHECK(valve.id == "vx-200");
  CHECK(valve.part_number == "VX-200");
  CHECK(valve.description_en == "gate valve");
  CHECK(valve.eccn == std::vector<std::string>{"2B999"});
  CHECK(valve.hs == std::vector<std::string>{"8481.80"});
  CHECK(valve.origin == "JP");
  CHECK(valve.us_content == 12.5);
  CHECK(english.unused == std::vector<std::string>{"Price"});

  const auto japanese = import <Product>(
      {{"品番", "品名", "該非判定", "ＨＳコード", "原産国", "仕向地"},
       {"弁-7", "真空弁", "5a991b1、EAR 99", "8481-80-019", "米国", "中国、台湾・韓国"},
       {"弁", "弁", "非該当", "", "-", "Korea, Republic of"}});
  REQUIRE(japanese.entries.size() == 2);
  CHECK(japanese.entries[0].id == "7");
  CHECK(japanese.entries[0].description_ja == "真空弁");
  CHECK(japanese.entries[0].eccn == std::vector<std::string>{"5A991.b.1", "EAR99"});
  CHECK(japanese.entries[0].hs == std::vector<std::string>{"8481.80.019"});
  CHECK(japanese.entries[0].origin == "US");
  CHECK(japanese.entries[0].destinations == std::vector<std::string>{"CN", "TW", "KR"});
  CHECK(japanese.entries[1].id.starts_with("product-"));
  CHECK(japanese.entries[1].eccn.empty());
  CHECK(japanese.entries[1].destinations == std::vector<std::string>{"KR"});
  REQUIRE(japanese.remarks.size() == 1);
  CHECK_THAT(japanese.remarks[0], Contains("非該当") && Contains("(1 cell)"));

  const auto parties =
      import <Party>({{"取引先コード", "取引先名", "英文名", "国名", "住所"},
                      {"C-001", "例光学株式会社", "Example Optics Co., Ltd.", "JPN", "東京都"}});
  REQUIRE(parties.entries.size() == 1);
  CHECK(parties.entries[0].id == "c-001");
  CHECK(parties.entries[0].names ==
        std::vector<std::string>{"例光学株式会社", "Example Optics Co., Ltd."});
  CHECK(parties.entries[0].country == "JP");
}

TEST_CASE("a column that no field goes by is mapped, and a figure takes its name from it",
          "[import]") {
  const auto imported = import <Product>(
      {{"Artikel", "応答時間 (ms)", "Gas"}, {"VX-1", "400", "CAS 7719-09-7"}, {"VX-2", "", ""}},
      {},
      {{"Artikel", "part_number"}, {"応答時間（ms）", "parameters"}, {"gas", "parameters"}});
  REQUIRE(imported.entries.size() == 2);
  const auto& parameters = imported.entries[0].parameters;
  REQUIRE(parameters.size() == 2);
  CHECK(parameters[0].name == "応答時間");
  CHECK(parameters[0].value == 400.0);
  CHECK(parameters[0].unit == "ms");
  CHECK(parameters[1].text == "CAS 7719-09-7");
  CHECK(imported.entries[1].parameters.empty());

  const auto unknown =
      import_entries<Product>(table({{"Part No."}, {"x"}}), {{"Part No.", "partnumber"}}, {});
  REQUIRE_FALSE(unknown);
  CHECK_THAT(unknown.error().message, Contains("no field 'partnumber'") && Contains("part_number"));
  const auto absent = import_entries<Product>(table({{"Part No."}, {"x"}}), {{"Gas", "note"}}, {});
  REQUIRE_FALSE(absent);
  CHECK_THAT(absent.error().message, Contains("no column 'Gas'"));
  const auto nameless = import_entries<Product>(table({{"Price", "ECCN"}, {"1", ""}}), {}, {});
  REQUIRE_FALSE(nameless);
  CHECK_THAT(nameless.error().message, Contains("no column of part number") && Contains("--map"));
}

TEST_CASE("a second import changes nothing, and an altered row only its own entry", "[import]") {
  const std::vector<std::vector<std::string>> rows{
      {"Part No.", "ECCN", "Origin"}, {"VX-1", "2B999", "JP"}, {"VX 1", "EAR99", ""}};
  Register held;
  Category category;
  category.id = "vx-1";
  held.categories.push_back(category);
  const auto first = import <Product>(rows, held);
  REQUIRE(first.added.size() == 2);
  CHECK(first.added[0].id == "vx-1-2");
  CHECK(first.added[1].id == "vx-1-3");
  held.products = first.added;
  held.products[0].note = "ours";

  const auto second = import <Product>(rows, held);
  CHECK(second.added.empty());
  CHECK(second.changed.empty());
  CHECK(second.entries.size() == 2);

  auto altered = rows;
  altered[1][1] = "3B001.c";
  altered[1][2] = "";
  const auto third = import <Product>(altered, held);
  REQUIRE(third.changed.size() == 1);
  CHECK(third.changed[0].id == "vx-1-2");
  CHECK(third.changed[0].eccn == std::vector<std::string>{"3B001.c"});
  CHECK(third.changed[0].origin.empty());
  CHECK(third.changed[0].note == "ours");
}

TEST_CASE("a row that cannot be read is refused with its number and every reason", "[import]") {
  struct Row {
    std::vector<std::string> cells; ///< part number, ECCN, HS, origin, U.S. content, ICs, to
    const char* reason;
  };

  const std::vector<Row> rows{
      {{"", "2B999"}, "no part number"},
      {{"-", "2B999"}, "no part number"},
      {{"#REF!"}, "\"#REF!\" is an error of the spreadsheet"},
      {{"#N/A"}, "is an error of the spreadsheet"},
      {{"1.23457E+11"}, "was shortened by a spreadsheet"},
      {{"r1", "3B01"}, "eccn \"3B01\" is not an ECCN"},
      {{"r2", "3B0011"}, "is not an ECCN"},
      {{"r3", "3F001"}, "is not an ECCN"},
      {{"r4", "NLR"}, "\"NLR\" is not an ECCN"},
      {{"r5", "see note"}, "is not an ECCN"},
      {{"r6", "2B999, XX"}, "eccn \"XX\" is not an ECCN"},
      {{"r7", "3B001.aa"}, "is not an ECCN"},
      {{"r8", "", "84"}, "hs \"84\" is no HS code"},
      {{"r9", "", "valve"}, "hs \"valve\" is no HS code"},
      {{"r10", "", "84818001901"}, "is no HS code"},
      {{"r11", "", "", "Atlantis"}, "\"Atlantis\" is no country"},
      {{"r12", "", "", "XX"}, "\"XX\" is no country"},
      {{"r13", "", "", "NA"}, "may be Namibia"},
      {{"r14", "", "", "日"}, "is no country"},
      {{"r15", "", "", "Korea"}, "\"Korea\" is no country"},
      {{"r16", "", "", "JP, US"}, "origin holds one value only"},
      {{"r17", "", "", "", "0.125"}, "may be 0.125% or 12.5%"},
      {{"r18", "", "", "", "120%"}, "no percentage"},
      {{"r19", "", "", "", "-5"}, "no percentage"},
      {{"r20", "", "", "", "half"}, "no percentage"},
      {{"r21", "", "", "", "1,5"}, "no percentage"},
      {{"r22", "", "", "", "", "maybe"}, "neither yes nor no"},
      {{"r23", "", "", "", "", "2"}, "neither yes nor no"},
      {{"r24", "", "", "", "", "", "CN, Mars"}, "\"Mars\" is no country"},
      {{"r25", "3B01", "", "Mars"},
       "is no country (a name in English or Japanese, or a code as JP); column 'ECCN': eccn"},
      {{"good"}, "good is in row 2 already"},
      {{" good "}, "good is in row 2 already"},
      {{"r28", "#VALUE!"}, "error of the spreadsheet"},
      {{"r29", "", "8.1E+08"}, "was shortened"},
      {{"r30", "", "", "UK & EU"}, "is no country"},
      {{"r31", "", "", "", "101"}, "no percentage"},
      {{"r32", "", "", "", "", "", "NA"}, "may be Namibia"},
      {{"r33", "EAR9"}, "is not an ECCN"},
      {{"r34", "3b001-x1-xx"}, "is not an ECCN"},
      {{"r35", "", "", "", "", "", "EU"}, "\"EU\" is no country"},
  };
  std::vector<std::vector<std::string>> cells{
      {"Part No.", "ECCN", "HS", "Origin", "US content", "US ICs", "Destinations"},
      {"good", "2B999", "8481", "JP", "12", "yes", "CN"}};
  for (const Row& row : rows) {
    cells.push_back(row.cells);
  }
  REQUIRE(rows.size() == 40);
  const auto imported = import <Product>(cells);
  CHECK(imported.entries.size() == 1);
  REQUIRE(imported.refused.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(rows[i].cells);
    CHECK(imported.refused[i].row == static_cast<int>(i) + 3);
    CHECK_THAT(imported.refused[i].reason, Contains(rows[i].reason));
  }
}

TEST_CASE("an entry of every kind reads back equal from its TOML", "[register]") {
  Register entries;
  entries.products.push_back(
      {"vx",
       "VX \"1\"",
       "valve",
       "弁",
       {"3B001.c.1", "EAR99"},
       {"8481.80"},
       "JP",
       12.5,
       true,
       false,
       {parse::parse_parameter("switching time 400 ms"), parse::parse_parameter("CAS 7719-09-7")},
       {"CN"},
       {},
       {"fast gas switching valve"},
       "note"});
  entries.parties.push_back(
      {"acme", {"Acme"}, {"A.C.M.E."}, "CN", "1 Road", {{"Parent", 60.0}, {"Other", {}}}, ""});
  entries.procedures.push_back({"p", "Screening", {"744.23(a)(4)", "3B001.c"}, ""});
  entries.destinations.push_back({"tw", "TW", ""});
  std::string toml;
  toml += parse::entry_to_toml(entries.products[0]) + parse::entry_to_toml(entries.parties[0]);
  toml +=
      parse::entry_to_toml(entries.procedures[0]) + parse::entry_to_toml(entries.destinations[0]);
  const auto read = parse::parse_register(toml, "x");
  INFO((read ? "" : read.error().message));
  REQUIRE(read);
  CHECK(*read == entries);
}

TEST_CASE("a parameter has a name, a figure and a unit, or is a text", "[register]") {
  struct Row {
    const char* text;
    const char* name;
    std::optional<double> value;
    const char* unit;
    const char* shown;
  };

  const auto row = GENERATE(values<Row>({
      {"switching time 400 ms", "switching time", 400.0, "ms", "switching time 400 ms"},
      {"flow: 1,000 sccm", "flow", 1000.0, "sccm", "flow 1,000 sccm"},
      {"node 16nm", "node", 16.0, "nm", "node 16 nm"},
      {"leak 1e-9 Pa m^3/s", "leak", 1e-9, "Pa m^3/s", "leak 1e-9 Pa m^3/s"},
      {"purity 99.99%", "purity", 99.99, "%", "purity 99.99 %"},
      {"temperature -196 °C", "temperature", -196.0, "°C", "temperature -196 °C"},
      {"count 25 billion transistors",
       "count",
       25e9,
       "transistors",
       "count 25 billion transistors"},
      {"channels 8", "channels", 8.0, "", "channels 8"},
      {"CAS 7719-09-7", "", {}, "", "CAS 7719-09-7"},
      {"400 ms", "", {}, "", "400 ms"},
      {"size 1,00", "", {}, "", "size 1,00"},
      {"bellows sealed", "", {}, "", "bellows sealed"},
  }));
  INFO(row.text);
  const Parameter parameter = parse::parse_parameter(row.text);
  CHECK(parameter.name == row.name);
  CHECK(parameter.value == row.value);
  CHECK(parameter.unit == row.unit);
  CHECK(parse::to_string(parameter) == row.shown);
  CHECK(parse::parse_parameter(row.shown) == parameter);
}
