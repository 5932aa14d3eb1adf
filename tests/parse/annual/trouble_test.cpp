#include "tests/parse/annual/annual_support.hpp"

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::parse::CfrAnnualOptions;
using regtrail::parse::parse_cfr_annual;

TEST_CASE("what is not annual CFR XML is refused with the line", "[trouble]") {
  const auto [bytes, message] = GENERATE(table<std::string, std::string>({
      {"", "a.xml:1': expected annual CFR XML, the document is empty"},
      {"\n\n text", "a.xml:3': Start tag expected, '<' not found"},
      {"<html><body>Busy</body></html>", "got an HTML page"},
      {"<DIV5 N=\"1\"></DIV5>", "expected <CFRDOC>, <CFRGRANULE> or <PART>, got <DIV5>"},
      {"<!DOCTYPE CFRDOC [<!ENTITY x \"y\">]><CFRDOC/>", "a DOCTYPE with an internal subset"},
      {"<CFRDOC>\n<PART>", "a.xml:2': Premature end of data in tag PART line 2"},
      {"<CFRDOC>\n</PART>", "a.xml:2': Opening and ending tag mismatch: CFRDOC line 1 and PART"},
      {"<CFRDOC></CFRDOC></X>", "Extra content at the end of the document"},
      {"<CFRDOC></CFRDOC>more", "Extra content at the end of the document"},
      {"<CFRDOC><", "StartTag: invalid element name"},
      {"<CFRDOC><PART", "Couldn't find end of Start Tag PART line 1"},
      {"<CFRDOC><PART <HD>", "error parsing attribute name"},
      {"<CFRDOC></CFR", "expected '>'"},
      {"<CFRDOC><!-- x", "Comment not terminated"},
      {"<CFRDOC><![CDATA[ x", "CData section not finished"},
      {"<CFRDOC><!ELEMENT x>", "StartTag: invalid element name"},
      {"<?xml", "XML declaration allowed only at the start of the document"},
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

TEST_CASE("a reference that XML and HTML do not know is refused", "[trouble]") {
  const auto document = parse_cfr_annual("<PART>\n<HD>&nbsp;&lol9;</HD></PART>", {});
  REQUIRE_FALSE(document);
  CHECK(document.error().message == "cannot parse 'input.xml:2': Entity 'lol9' not defined");
}
