// GPOTABLE as rows and cells.
#include "tests/parse/annual/annual_support.hpp"

namespace {

using Lines = std::vector<std::string>;

/// The lines of a table, without its citation's front.
Lines table(const std::string& gpotable) {
  const std::string front = "15 CFR 799.1 / ";
  Lines lines;
  for (const std::string& line : annual::lines_of(annual::section_with(gpotable))) {
    if (line.find(" / heading") == std::string::npos) {
      lines.push_back(line.substr(front.size()));
    }
  }
  return lines;
}

} // namespace

TEST_CASE("a cell is named by the heads above it where its own head is not unique", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"4\"><TTITLE>Table 1</TTITLE><BOXHD><CHED H=\"1\">Item</CHED>"
              "<CHED H=\"1\">Speed</CHED><CHED H=\"2\">Low</CHED><CHED H=\"2\">High</CHED>"
              "<CHED H=\"1\">Mass</CHED><CHED H=\"2\">Low</CHED></BOXHD>"
              "<ROW><ENT I=\"01\">Rim</ENT><ENT>1</ENT><ENT>2</ENT><ENT>3</ENT></ROW>"
              "</GPOTABLE>") == Lines{"Table 1 | Table 1",
                                      "Table 1 / Columns | Item | Speed | Mass | Low | High | Low",
                                      "Table 1 / Rim | Rim",
                                      "Table 1 / Rim / Speed, Low | 1",
                                      "Table 1 / Rim / High | 2",
                                      "Table 1 / Rim / Mass, Low | 3"});
}

TEST_CASE("cells that a row leaves out are empty at its right", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"3\"><ROW><ENT I=\"01\">Rim</ENT><ENT>1</ENT></ROW>"
              "<ROW><ENT I=\"01\">Hub</ENT></ROW></GPOTABLE>") ==
        Lines{"Table | ",
              "Table / Rim | Rim",
              "Table / Rim / Column 2 | 1",
              "Table / Rim / Column 3 | ",
              "Table / Hub | Hub",
              "Table / Hub / Column 2 | ",
              "Table / Hub / Column 3 | "});
}

TEST_CASE("A spans that many more columns, with or without letters of alignment", "[table]") {
  const std::string code = GENERATE("01", "L1", "R01");
  CHECK(table("<GPOTABLE COLS=\"3\"><ROW><ENT I=\"01\">Rim</ENT><ENT A=\"" + code +
              "\">both</ENT></ROW></GPOTABLE>") ==
        Lines{"Table | ", "Table / Rim | Rim", "Table / Rim / Column 2 | both"});
}

TEST_CASE("letters of alignment alone span nothing", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"2\"><ROW><ENT I=\"01\">Rim</ENT><ENT A=\"L0\">one</ENT></ROW>"
              "</GPOTABLE>") ==
        Lines{"Table | ", "Table / Rim | Rim", "Table / Rim / Column 2 | one"});
}

TEST_CASE("an expanded stub stays so wide until a row says another width", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"2\"><ROW EXPSTB=\"01\"><ENT I=\"21\">Prices</ENT></ROW>"
              "<ROW><ENT I=\"21\">of widgets</ENT></ROW>"
              "<ROW EXPSTB=\"00\"><ENT I=\"01\">Rim</ENT><ENT>$1</ENT></ROW></GPOTABLE>") ==
        Lines{"Table | ",
              "Table / Prices | Prices",
              "Table / of widgets | of widgets",
              "Table / Rim | Rim",
              "Table / Rim / Column 2 | $1"});
}

TEST_CASE("a row that fills all columns is not made narrower by an expanded stub", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"2\"><ROW EXPSTB=\"01\"><ENT I=\"01\">Rim</ENT><ENT>$1</ENT></ROW>"
              "</GPOTABLE>") ==
        Lines{"Table | ", "Table / Rim | Rim", "Table / Rim / Column 2 | $1"});
}

TEST_CASE("notes of a table are its footnotes, line breaks in a cell are kept", "[table]") {
  CHECK(table("<GPOTABLE COLS=\"2\"><TTITLE>Fees</TTITLE><TDESC>[In dollars]</TDESC>"
              "<ROW><ENT I=\"01\">Rim</ENT><ENT>1<LI>or 2</LI></ENT></ROW>"
              "<TNOTE><SU>1</SU> Per rim.</TNOTE><SIGDAT>Jan. 1</SIGDAT></GPOTABLE>") ==
        Lines{"Fees [In dollars] | Fees [In dollars]",
              "Fees [In dollars] / Rim | Rim",
              "Fees [In dollars] / Rim / Column 2 | 1\nor 2",
              "Fees [In dollars] / Footnote 1 | Per rim.",
              "Fees [In dollars] / Footnote 1 / text 1 | Jan. 1"});
}

TEST_CASE("what follows a table inside a paragraph stands behind it", "[table]") {
  CHECK(table("<P>Before<GPOTABLE COLS=\"1\"><ROW><ENT>cell</ENT></ROW></GPOTABLE>behind</P>") ==
        Lines{"text 1 | Before", "Table | ", "Table / cell | cell", "text 2 | behind"});
}

TEST_CASE("absurd numbers in a table end in a result", "[table]") {
  const std::string number = GENERATE("-1", "0", "99999999999999999999", "x", "");
  CHECK_FALSE(table("<GPOTABLE COLS=\"" + number + "\"><BOXHD><CHED H=\"" + number +
                    "\">Head</CHED><CHED H=\"3\">Low</CHED></BOXHD><ROW EXPSTB=\"" + number +
                    "\"><ENT A=\"" + number + "\">cell</ENT><ENT>more</ENT></ROW></GPOTABLE>")
                  .empty());
}

TEST_CASE("sixteen thousand empty rows of 256 columns stay small", "[table]") {
  std::string rows;
  for (int i = 0; i < 16'000; ++i) {
    rows += "<ROW/>";
  }
  const auto unit = annual::section_with("<GPOTABLE COLS=\"256\">" + rows + "</GPOTABLE>");
  CHECK(count_nodes(unit.root) < 200'000);
}
