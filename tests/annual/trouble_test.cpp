#include "tests/annual/annual_support.hpp"

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::parse::CfrAnnualOptions;
using regtrail::parse::parse_cfr_annual;

TEST_CASE("what is not annual CFR XML is refused with the line", "[trouble]") {
  const auto [bytes, message] = GENERATE(table<std::string, std::string>({
      {"", "a.xml:1': expected annual CFR XML, the document is empty"},
      {"\n\n text", "a.xml:3': expected an element, got text outside of any"},
      {"<html><body>Busy</body></html>", "got an HTML page"},
      {"<DIV5 N=\"1\"></DIV5>", "expected <CFRDOC>, <CFRGRANULE> or <PART>, got <DIV5>"},
      {"<!DOCTYPE CFRDOC [<!ENTITY x \"y\">]><CFRDOC/>", "a DOCTYPE with an internal subset"},
      {"<CFRDOC>\n<PART>", "a.xml:2': the document ends before </PART> for the element of line 2"},
      {"<CFRDOC>\n</PART>", "a.xml:2': expected </CFRDOC> for the element of line 1, got </PART>"},
      {"<CFRDOC></CFRDOC></X>", "</X> closes nothing"},
      {"<CFRDOC></CFRDOC>more", "got text outside of any"},
      {"<CFRDOC><", "expected a tag after '<'"},
      {"<CFRDOC><PART", "the document ends inside a tag"},
      {"<CFRDOC><PART <HD>", "a tag is not closed before the next"},
      {"<CFRDOC></CFR", "the document ends inside a tag"},
      {"<CFRDOC><!-- x", "the document ends inside a comment"},
      {"<CFRDOC><![CDATA[ x", "the document ends inside a CDATA section"},
      {"<CFRDOC><!ELEMENT x>", "expected a comment or a CDATA section"},
      {"<?xml", "the document ends inside a processing instruction"},
      {"\xFF\xFE<\0C\0", "got UTF-16 or binary data"},
      {"<CFRDOC>\n<PART>\n<SECTION>\n<P a=b>x</P></SECTION></PART></CFRDOC>", "a.xml:4"},
  }));
  CAPTURE(bytes);
  CfrAnnualOptions options;
  options.source_name = "a.xml";
  const auto document = parse_cfr_annual(bytes, options);
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == ErrorKind::malformed);
  CHECK_THAT(document.error().message, Contains(message));
}

TEST_CASE("limits on size, depth and units are our own", "[trouble]") {
  const std::string section =
      "<SECTION><SECTNO>1.1</SECTNO><P>" + std::string(5000, 'x') + "</P></SECTION>";
  std::string nested = "<PART>";
  for (int i = 0; i < 2000; ++i) {
    nested += "<NOTE>";
  }
  CfrAnnualOptions options;
  SECTION("the whole") {
    options.limits.max_bytes = 1000;
  }
  SECTION("a unit") {
    options.limits.max_unit_bytes = 1000;
  }
  SECTION("nesting") {
    const auto deep = parse_cfr_annual(nested, options);
    REQUIRE_FALSE(deep);
    CHECK(deep.error().kind == ErrorKind::too_large);
    CHECK_THAT(deep.error().message, Contains("nested deeper than 256"));
    return;
  }
  const auto document = parse_cfr_annual("<PART>" + section + "</PART>", options);
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == ErrorKind::too_large);
}

TEST_CASE("elements nested to the limit are read without trouble", "[trouble]") {
  std::string open;
  std::string close;
  for (int i = 0; i < 250; ++i) {
    open += "<E T=\"03\">";
    close += "</E>";
  }
  const auto unit = annual::section_with("<P>(a) " + open + "deep" + close + "</P>");
  CHECK(annual::lines_of(unit).at(1) == "15 CFR 799.1(a) | deep");
}

TEST_CASE("an entity that the document does not explain stays as it is", "[trouble]") {
  CHECK(annual::lines_of(annual::section_with("<P>&lol9; and &nbsp;</P>")).at(1) ==
        "15 CFR 799.1 / text 1 | &lol9; and");
}
