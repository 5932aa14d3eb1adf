#include "tests/parse/annual/annual_support.hpp"

using annual::parsed;
using regtrail::Date;
using regtrail::parse::detect_kind;
using regtrail::parse::FileKind;

namespace {

std::string granule(const std::string& front) {
  return "<CFRGRANULE><FDSYS>" + front +
         "</FDSYS><PART><HD SOURCE=\"HED\">PART 799</HD></PART></CFRGRANULE>";
}

} // namespace

TEST_CASE("a granule says which edition it is in its FDSYS block", "[edition]") {
  const auto edition =
      parsed(granule("<CFRTITLE>15</CFRTITLE><VOL>2</VOL><DATE>2012-01-01</DATE>"
                     "<ORIGINALDATE>2012-01-01</ORIGINALDATE><COVERONLY>false</COVERONLY>"))
          .edition;
  CHECK(edition.title == "15");
  CHECK(edition.volume == "2");
  CHECK(edition.revised == Date(2012, 1, 1));
  CHECK(edition.text_as_of == Date(2012, 1, 1));
  CHECK_FALSE(edition.cover_only);
}

TEST_CASE("a volume issued as a cover only has the text of an earlier year", "[edition]") {
  const auto edition =
      parsed(granule("<CFRTITLE>15</CFRTITLE><DATE>2013-01-01</DATE>"
                     "<ORIGINALDATE>2012-01-01</ORIGINALDATE><COVERONLY>true</COVERONLY>"))
          .edition;
  CHECK(edition.revised == Date(2013, 1, 1));
  CHECK(edition.text_as_of == Date(2012, 1, 1));
  CHECK(edition.cover_only);
}

TEST_CASE("a volume says which edition it is on its title page", "[edition]") {
  const auto edition = parsed(annual::fixture("ear_annual.xml")).edition;
  CHECK(edition.title == "15");
  CHECK(edition.volume == "2");
  CHECK(edition.revised == Date(2012, 1, 1));
  CHECK(edition.text_as_of == Date(2012, 1, 1));
}

TEST_CASE("a section or appendix that comes alone is cited like one in its part", "[edition]") {
  const auto [unit, citation] = GENERATE(table<std::string, std::string>({
      {"<SECTION><SECTNO>\xC2\xA7 744.11</SECTNO><SUBJECT>S.</SUBJECT></SECTION>", "15 CFR 744.11"},
      {"<APPENDIX><EAR>Pt. 744, Supp. 4</EAR><HD SOURCE=\"HED\">Entity List</HD></APPENDIX>",
       "Supplement No. 4 to Part 744"},
  }));
  const auto document =
      parsed("<CFRGRANULE><FDSYS><CFRTITLE>15</CFRTITLE></FDSYS>" + unit + "</CFRGRANULE>");
  REQUIRE(document.content.units.size() == 1);
  CHECK(document.content.units[0].id.to_string() == citation);
  CHECK(document.content.scope == citation);
}

TEST_CASE("a volume of which only the cover was printed has no units", "[edition]") {
  const auto document =
      parsed("<CFRDOC><FMTR><TITLEPG><TITLENUM>Title 15</TITLENUM><REVISED>Revised "
             "as of January 1, 2013</REVISED></TITLEPG></FMTR></CFRDOC>");
  CHECK(document.content.units.empty());
  CHECK(document.content.scope.empty());
  CHECK(document.edition.revised == Date(2013, 1, 1));
}

TEST_CASE("the title comes from the caller, the document, the file's name or the text",
          "[edition]") {
  const std::string bare = "<PART><HD SOURCE=\"HED\">PART 799</HD><SECTION><SECTNO>\xC2\xA7 "
                           "799.1</SECTNO><SUBJECT>S.</SUBJECT><P>See 15 CFR part 799 and 15 CFR "
                           "799.2, not 22 CFR 120.1.</P></SECTION></PART>";
  CHECK(parsed(bare, "https://www.govinfo.gov/CFR-2012-title17-vol2-part799.xml").content.title ==
        "17");
  CHECK(parsed(bare, "downloads-title17.xml").content.units.at(1).id.to_string() == "15 CFR 799.1");
  CHECK(parsed(granule("<CFRTITLE>15</CFRTITLE>"), "CFR-2012-title17-vol2-part799.xml")
            .content.title == "15");
  regtrail::parse::CfrAnnualOptions options;
  options.title = "40";
  const auto told = parse_cfr_annual(granule("<CFRTITLE>15</CFRTITLE>"), options);
  REQUIRE(told);
  CHECK(told->content.units.at(0).id.to_string() == "40 CFR Part 799");
}

TEST_CASE("a file's kind shows in its first element", "[edition]") {
  const auto [bytes, kind] = GENERATE(table<std::string, FileKind>({
      {"<?xml version=\"1.0\"?>\n<!-- a > b --><CFRDOC xmlns:x=\"y\">", FileKind::cfr_annual},
      {"\xEF\xBB\xBF<CFRGRANULE/>", FileKind::cfr_annual},
      {"<PART>", FileKind::cfr_annual},
      {"<DIV5 N=\"744\" TYPE=\"PART\">", FileKind::ecfr},
      {"<DLPSTEXTCLASS>", FileKind::ecfr},
      {"<ECFR>", FileKind::ecfr},
      {"<!DOCTYPE RULE><RULE>", FileKind::federal_register},
      {"<FEDREG>", FileKind::federal_register},
      {" {\"titles\":[]}", FileKind::json},
      {"[1]", FileKind::json},
      {"<!DOCTYPE html><html>", FileKind::html},
      {"<HTML>", FileKind::html},
      {"<DIV>", FileKind::unknown},
      {"<rss>", FileKind::unknown},
      {"<!-- never closed", FileKind::unknown},
      {"744.1", FileKind::unknown},
      {"<", FileKind::unknown},
      {"", FileKind::unknown},
  }));
  CAPTURE(bytes);
  CHECK(detect_kind(bytes) == kind);
}
