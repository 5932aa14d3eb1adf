// Shapes of the annual CFR that the eCFR prints differently.
#include "tests/parse/annual/annual_support.hpp"

using annual::lines_of;
using annual::notes_of;
using annual::section_with;
using annual::units_of_part;
using regtrail::NoteField;
using Lines = std::vector<std::string>;

TEST_CASE("a section without a subject is headed by what is reserved", "[rewriting]") {
  const auto units = units_of_part("<SECTION><SECTNO>\xC2\xA7 799.2</SECTNO>"
                                   "<RESERVED>[Reserved]</RESERVED></SECTION>");
  REQUIRE(units.size() == 2);
  CHECK(units[1].reserved);
  CHECK(lines_of(units[1]) == Lines{"15 CFR 799.2 / heading | [Reserved]"});
}

TEST_CASE("a second subject is text, not lost", "[rewriting]") {
  CHECK(lines_of(
            section_with("<SUBJECT>Of other things.</SUBJECT><RESERVED>[Reserved]</RESERVED>")) ==
        Lines{"15 CFR 799.1 / heading | Widgets.",
              "15 CFR 799.1 / text 1 | Of other things.",
              "15 CFR 799.1 / text 2 | [Reserved]"});
}

TEST_CASE("italic designators are read in all three spellings", "[rewriting]") {
  const std::string italic =
      GENERATE("(<E T=\"03\">1</E>)", "<E T=\"03\">(1)</E>", "( <E T=\"03\">1</E> )");
  CHECK(lines_of(section_with("<P>(a) A</P><P>(1) B</P><P>(i) C</P><P>(A) D</P><P>" + italic +
                              " E</P><P>(2) F</P>"))
            .at(5) == "15 CFR 799.1(a)(1)(i)(A)(1) | E");
}

TEST_CASE("headings inside text keep their level whatever their source says", "[rewriting]") {
  const auto [source, expected] = GENERATE(table<std::string, std::string>(
      {{"HD1", "HD1"}, {"HD8", "HD6"}, {"HED", "HD1"}, {"HED1", "HED1"}, {"<x>", "HD1"}}));
  CAPTURE(expected);
  CHECK(lines_of(section_with("<HD SOURCE=\"" + std::string(source == "<x>" ? "&lt;" : source) +
                              "\">Of rims</HD><P>Text.</P>"))
            .at(1) == "15 CFR 799.1 / Of rims | Of rims");
}

TEST_CASE("authority, source and citation are notes in either part or section", "[rewriting]") {
  const auto units = units_of_part(
      "<AUTH><HD SOURCE=\"HED\">Authority:</HD><P>1 U.S.C. 1.</P></AUTH>"
      "<SUBPART><HD SOURCE=\"HED\">Subpart A\xE2\x80\x94Rims</HD><SOURCE><HD SOURCE=\"HED\">Source:"
      "</HD><P>1 FR 1.</P></SOURCE><SECTION><SECTNO>\xC2\xA7 799.1</SECTNO><SUBJECT>S.</SUBJECT>"
      "<SECAUTH>(2 U.S.C. 2)</SECAUTH><APPRO>(Approved)</APPRO><CITA>[1 FR 1]</CITA></SECTION>"
      "</SUBPART>");
  REQUIRE(units.size() == 2);
  CHECK(notes_of(units[0], NoteField::auth) == Lines{"Authority: 1 U.S.C. 1."});
  CHECK(notes_of(units[0], NoteField::source) == Lines{"Source: 1 FR 1."});
  CHECK(lines_of(units[0]).at(1) == "15 CFR Part 799 / Subpart A | Subpart A\xE2\x80\x94Rims");
  CHECK(notes_of(units[1], NoteField::auth) == Lines{"(2 U.S.C. 2)"});
  CHECK(notes_of(units[1], NoteField::ednote) == Lines{"(Approved)"});
  CHECK(notes_of(units[1], NoteField::cita) == Lines{"[1 FR 1]"});
}

TEST_CASE("effective-date notes of both forms hold the text that is not in force", "[rewriting]") {
  const std::string name = GENERATE("EFFDNOT", "EFFDNOTP");
  const auto unit = section_with("<P>Now.</P><" + name +
                                 "><HD SOURCE=\"HED\">Effective Date Note:</HD><P>At 1 FR 1.</P>"
                                 "<REVTXT><SECTION><SECTNO>\xC2\xA7 799.1</SECTNO><SUBJECT>Later."
                                 "</SUBJECT><STARS/><P>(a) Then.</P></SECTION></REVTXT></" +
                                 name + "><P>Still.</P>");
  CHECK(lines_of(unit) == Lines{"15 CFR 799.1 / heading | Widgets.",
                                "15 CFR 799.1 / text 1 | Now.",
                                "15 CFR 799.1 / text 2 | Still."});
  CHECK(notes_of(unit, NoteField::effdnot) ==
        Lines{"Effective Date Note: At 1 FR 1. \xC2\xA7 799.1 Later. (a) Then."});
}

TEST_CASE("sections reprinted in a part's notes are not units", "[rewriting]") {
  const std::string name = GENERATE("EFFDNOTP", "EDNOTE", "NOTE");
  const auto units =
      units_of_part("<" + name +
                    "><HD SOURCE=\"HED\">Note:</HD><REVTXT><PART><SECTION><SECTNO>"
                    "\xC2\xA7 799.9</SECTNO><SUBJECT>Later.</SUBJECT></SECTION></PART>"
                    "</REVTXT></" +
                    name + ">");
  CHECK(units.size() == 1);
}

TEST_CASE("graphics and equations are figures named as the eCFR names them", "[rewriting]") {
  const auto [element, file] = GENERATE(table<std::string, std::string>(
      {{"<GPH SPAN=\"2\" DEEP=\"9\"><PRTPAGE P=\"3\"/><GID>ER01JN98.006</GID></GPH>",
        "er01jn98.006.gif"},
       {"<MATH SPAN=\"1\" DEEP=\"9\"><MID>ER01JN98.007</MID></MATH>", "er01jn98.007.gif"},
       {"<GPH><GID>../../ER\"1.8</GID></GPH>", "....er1.8.gif"}}));
  CHECK(lines_of(section_with(element)).at(1) == "15 CFR 799.1 / " + file + " | " + file);
}

TEST_CASE("a graphic in a paragraph stands behind the paragraph", "[rewriting]") {
  CHECK(lines_of(section_with("<P>(a) Spin so:<GPH><GID>A.1</GID></GPH></P>")) ==
        Lines{"15 CFR 799.1 / heading | Widgets.",
              "15 CFR 799.1(a) | Spin so:",
              "15 CFR 799.1(a) / a.1.gif | a.1.gif"});
}

TEST_CASE("a section inside an appendix is text of the appendix", "[rewriting]") {
  const auto units = units_of_part(
      "<APPENDIX><EAR>Pt. 799, App. A</EAR><HD SOURCE=\"HED\">Appendix A to Part 799</HD><SECTION>"
      "<SECTNO>1.</SECTNO><SUBJECT>Rims</SUBJECT><P>Round.</P></SECTION></APPENDIX>");
  REQUIRE(units.size() == 2);
  CHECK(units[1].id.to_string() == "Appendix A to Part 799");
  CHECK(lines_of(units[1]) == Lines{"Appendix A to Part 799 / heading | Appendix A to Part 799",
                                    "Appendix A to Part 799 / 1. Rims | 1. Rims",
                                    "Appendix A to Part 799 / 1. Rims / text 1 | Round."});
}

TEST_CASE("an element that nobody knows is kept and listed", "[rewriting]") {
  const auto unit = section_with("<WHATSIT>Odd words.</WHATSIT>");
  CHECK(lines_of(unit).at(1) == "15 CFR 799.1 / text 1 | Odd words.");
  REQUIRE(unit.not_understood.size() == 1);
  CHECK_THAT(unit.not_understood[0].what, Catch::Matchers::Contains("<WHATSIT>"));
}

TEST_CASE("a cross reference without a date is text, one with a date is a pending amendment",
          "[rewriting]") {
  const auto text = section_with("<P>See <XREF>paragraph (b)</XREF> too.</P>");
  CHECK(lines_of(text).at(1) == "15 CFR 799.1 / text 1 | See paragraph (b) too.");
  CHECK(text.notes.empty());
  const auto pending = section_with("<P>Now. <EXT-XREF HREF=\"20110429\" REFID=\"22\">Link to an "
                                    "amendment.</EXT-XREF></P>");
  CHECK(lines_of(pending).at(1) == "15 CFR 799.1 / text 1 | Now.");
  CHECK(notes_of(pending, NoteField::pending_link) == Lines{"Link to an amendment."});
}

TEST_CASE("references and CDATA pass through once", "[rewriting]") {
  CHECK(lines_of(section_with("<P>A &amp;lt; B &#xA7; &sect; <![CDATA[a<b & c]]></P>")).at(1) ==
        "15 CFR 799.1 / text 1 | A &lt; B \xC2\xA7 \xC2\xA7 a<b & c");
}

TEST_CASE("the raw hash is over the bytes as received", "[rewriting]") {
  const std::string section = "<SECTION><SECTNO>\xC2\xA7 799.1</SECTNO><SUBJECT>S.</SUBJECT>"
                              "<P>Text.</P></SECTION>";
  CHECK(units_of_part(section).at(1).raw == regtrail::sha256(section));
}

TEST_CASE("Windows-1252 is read where it is declared", "[rewriting]") {
  const std::string part =
      "<PART><EAR>Pt. 799</EAR><SECTION><SECTNO>\xA7 799.4</SECTNO><SUBJECT>Caf\xE9."
      "</SUBJECT></SECTION></PART>";
  const auto document = annual::parsed("<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + part);
  REQUIRE(document.content.units.size() == 2);
  CHECK(lines_of(document.content.units[1]) == Lines{"799.4 / heading | Caf\xC3\xA9."});
  CHECK_FALSE(regtrail::parse::parse_cfr_annual(part, {}));
}
