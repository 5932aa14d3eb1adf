#include "tests/parse/fr/fr_form.hpp"

using Catch::Matchers::Contains;
using namespace regtrail;
using namespace fr_form;
using regtrail::parse::FrOptions;
using regtrail::parse::parse_fr_xml;

TEST_CASE("what is not FR XML is refused with the line", "[trouble]") {
  const auto [bytes, message] = GENERATE(table<std::string, std::string>({
      {"", "a.xml:1': expected Federal Register XML, the document is empty"},
      {"\n\n text", "a.xml:3': expected an element, got text outside of any"},
      {"<!doctype html>\n<html><body>Busy</body></html>", "got an HTML page"},
      {"<DIV5 N=\"1\"></DIV5>",
       "expected <FEDREG>, <RULE>, <PRORULE>, <NOTICE> or <PRESDOCU>, got <DIV5>"},
      {"<CFRDOC/>", "got <CFRDOC>"},
      {"<rule xmlns=\"http://schemas.gpo.gov/xml/uslm\"/>", "this is USLM"},
      {"<!DOCTYPE RULE [<!ENTITY x \"y\">]><RULE/>", "a DOCTYPE with an internal subset"},
      {"<FEDREG>\n<RULES>\n<RULE>", "a.xml:3': Start-end tags mismatch"},
      {"<RULE>\n<P></RULE>", "a.xml:2': Start-end tags mismatch"},
      {"<RULE></RULE></X>", "Start-end tags mismatch"},
      {"<RULE><", "Could not determine tag type"},
      {"<RULE><P", "Error parsing start element tag"},
      {"<RULE><!-- x", "Error parsing comment"},
      {"\xFF\xFE<\0R\0", "got UTF-16 or binary data"},
      {"<FEDREG>\n<RULE>\n<PREAMB>\n<P a=b>x</P></PREAMB></RULE></FEDREG>", "a.xml:4"},
      {"{\"results\":[]}", "got text outside of any"},
  }));
  CAPTURE(bytes);
  FrOptions options;
  options.source_name = "a.xml";
  const auto documents = parse_fr_xml(bytes, options);
  REQUIRE_FALSE(documents);
  CHECK(documents.error().kind == ErrorKind::malformed);
  CHECK_THAT(documents.error().message, Contains(message));
}

TEST_CASE("limits on size, depth and documents are our own", "[trouble]") {
  FrOptions options;
  std::string bytes = rule("<P>" + std::string(5000, 'x') + "</P>");
  std::string message;
  SECTION("the whole") {
    options.limits.max_bytes = 1000;
    message = "larger than 1000 bytes";
  }
  SECTION("a document") {
    options.limits.max_unit_bytes = 1000;
    message = "a document is larger than 1000 bytes";
  }
  SECTION("nesting") {
    bytes = "<RULE>";
    for (int i = 0; i < 2000; ++i) {
      bytes += "<EXTRACT>";
    }
    for (int i = 0; i < 2000; ++i) {
      bytes += "</EXTRACT>";
    }
    bytes += "</RULE>";
    message = "nested deeper than 256";
  }
  const auto documents = parse_fr_xml(bytes, options);
  REQUIRE_FALSE(documents);
  CHECK(documents.error().kind == ErrorKind::too_large);
  CHECK_THAT(documents.error().message, Contains(message));
}

TEST_CASE("an issue without documents has none", "[trouble]") {
  CHECK(parsed("<FEDREG><VOL>92</VOL></FEDREG>").empty());
}

TEST_CASE("names of entities are never expanded, HTML's characters are", "[trouble]") {
  const Document document = only("<NOTICE><PREAMB/><SUPLINF><P>&sect; 1 &unknown; &lt;b&gt;</P>"
                                 "</SUPLINF></NOTICE>");
  CHECK(document.body == "§ 1 &unknown; <b>");
}

TEST_CASE("bytes that are not UTF-8 are read as Windows-1252", "[trouble]") {
  CHECK(only("<NOTICE><PREAMB><SUBJECT>\x93Widgets\x94</SUBJECT></PREAMB></NOTICE>").title ==
        "“Widgets”");
}

TEST_CASE("tables of the running text are lines", "[trouble]") {
  const Document document = only(
      "<NOTICE><PREAMB/><SUPLINF><GPOTABLE COLS=\"2\"><TTITLE>Fees</TTITLE><BOXHD><CHED H=\"1\">"
      "Kind</CHED><CHED H=\"1\">Sum</CHED></BOXHD><ROW><ENT I=\"01\">Small</ENT><ENT>$5</ENT>"
      "</ROW></GPOTABLE></SUPLINF></NOTICE>");
  CHECK(document.body == "Fees\nKind | Sum\nSmall | $5");
}
