// Input that is broken, hostile or not what it claims to be: a result or a clear error, never a
// crash.
#include "parse/ecfr_xml.hpp"
#include "parse/unit_text.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

namespace {

Result<parse::EcfrDocument> read(std::string_view bytes) {
  parse::EcfrOptions options;
  options.source_name = "input.xml";
  return parse::parse_ecfr(bytes, options);
}

std::string section(const std::string& content) {
  return "<DIV8 N=\"999.1\" TYPE=\"SECTION\">\n<HEAD>§ 999.1 Widgets.</HEAD>\n" + content +
         "\n</DIV8>";
}

} // namespace

TEST_CASE("each kind of broken document is refused with its place", "[hostile]") {
  struct Row {
    std::string name;
    std::string bytes;
    ErrorKind kind;
    std::string message;
  };

  const std::vector<Row> rows = {
      {"empty", "", ErrorKind::malformed, "input.xml:1': expected eCFR XML, the document is empty"},
      {"blank", " \n\n ", ErrorKind::malformed, "the document is empty"},
      {"text",
       "Request rate limit reached",
       ErrorKind::malformed,
       "input.xml:1': Start tag expected, '<' not found"},
      {"html",
       "<!DOCTYPE html>\n<html><body>Blocked</body></html>",
       ErrorKind::malformed,
       "got an HTML page"},
      {"html without doctype", "<html><head/></html>", ErrorKind::malformed, "got an HTML page"},
      {"foreign xml",
       "<?xml version=\"1.0\"?>\n<error><code>11</code></error>",
       ErrorKind::malformed,
       "input.xml:2': expected <DIV1> to <DIV9>"},
      {"truncated in text",
       "<DIV5 N=\"1\">\n<HEAD>PART 1",
       ErrorKind::malformed,
       "input.xml:2': Premature end of data in tag HEAD line 2"},
      {"truncated in a tag",
       "<DIV5 N=\"1\">\n<HEAD>PART 1</HE",
       ErrorKind::malformed,
       "input.xml:2': expected '>'"},
      {"truncated in a comment",
       "<DIV5 N=\"1\"><!-- ",
       ErrorKind::malformed,
       "input.xml:1': Comment not terminated"},
      {"mis-nested",
       "<DIV5 N=\"1\">\n<HEAD>PART <I>1</HEAD></I>\n</DIV5>",
       ErrorKind::malformed,
       "input.xml:2': Opening and ending tag mismatch: I line 2 and HEAD"},
      {"closed twice",
       "<DIV5 N=\"1\"></DIV5>\n</DIV5>",
       ErrorKind::malformed,
       "input.xml:2': Extra content at the end of the document"},
      {"second text",
       "<DIV5 N=\"1\"></DIV5>\nmore",
       ErrorKind::malformed,
       "input.xml:2': Extra content at the end of the document"},
      {"internal subset",
       "<!DOCTYPE x [\n<!ENTITY a \"b\">]>\n<DIV5 N=\"1\"/>",
       ErrorKind::malformed,
       "a DOCTYPE with an internal subset is refused"},
      {"stray angle",
       "<DIV5 N=\"1\"><P>1 < 2</P></DIV5>",
       ErrorKind::malformed,
       "input.xml:1': StartTag: invalid element name"},
      {"two roots",
       "<DIV8 N=\"1.1\"/>\n<DIV8 N=\"1.2\"/>",
       ErrorKind::malformed,
       "input.xml:2': Extra content at the end of the document"},
      {"a comment that ends as it begins",
       "<DIV5 N=\"1\">\n<!--></DIV5>",
       ErrorKind::malformed,
       "input.xml:2': Comment not terminated"},
      {"a reference that nobody defines",
       "<DIV5 N=\"1\">\n<HEAD>&lol9;</HEAD></DIV5>",
       ErrorKind::malformed,
       "input.xml:2': Entity 'lol9' not defined"},
      {"the same where a DTD elsewhere might define it",
       "<!DOCTYPE DIV5 SYSTEM \"http://localhost:9/x.dtd\">\n<DIV5 N=\"1\">&lol9;</DIV5>",
       ErrorKind::malformed,
       "input.xml:2': Entity 'lol9' not defined"},
      {"a reference to no character",
       "<DIV5 N=\"1\">&#0;</DIV5>",
       ErrorKind::malformed,
       "input.xml:1': xmlParseCharRef: invalid xmlChar value 0"},
      {"a NUL",
       "<DIV5 N=\"1\"><HEAD>PART 1—WIDGETS AND GADGETS OF ALL KINDS</HEAD>\na" +
           std::string(1, '\0') + "b</DIV5>",
       ErrorKind::malformed,
       "input.xml:2'"},
      {"an attribute twice",
       "<DIV5 N=\"1\" N=\"2\"></DIV5>",
       ErrorKind::malformed,
       "Attribute N redefined"},
      {"utf-16", std::string("\xFF\xFE<\0D\0", 6), ErrorKind::malformed, "UTF-16"},
      {"binary", std::string("PK\x03\x04\0\0", 6), ErrorKind::malformed, "binary"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto document = read(row.bytes);
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().kind == row.kind);
    CHECK_THAT(document.error().message, Catch::Contains(row.message));
  }
}

TEST_CASE("the entities of XML and HTML's named characters are read, in attributes too",
          "[hostile]") {
  const auto document = read("<DIV8 N=\"&sect; 999.1 &amp; 2\"><HEAD>Widgets.</HEAD><P>&amp;lt; "
                             "&sect; &#x2014; &mdash; &#150; &lt;b&gt;</P></DIV8>");
  REQUIRE(document.has_value());
  const Unit& unit = document->units.at(0);
  CHECK(unit.id.name() == "999.1 & 2");
  CHECK(unit.root.children.at(1).text == "&lt; § — — – <b>");
}

TEST_CASE("a CDATA section is text, in which nothing is markup", "[hostile]") {
  const auto document = read(section("<P>A <![CDATA[<I>b</I> &amp; c]]> d</P>"));
  REQUIRE(document.has_value());
  CHECK(document->units.at(0).root.children.at(1).text == "A <I>b</I> &amp; c d");
}

TEST_CASE("a prefix that nobody declares does no harm", "[hostile]") {
  const auto document = read(section("<P>(a) Widgets.</P><x:odd x:y=\"1\">Gadgets.</x:odd>"));
  REQUIRE(document.has_value());
  REQUIRE(document->units.at(0).not_understood.size() == 1);
  CHECK_THAT(document->units.at(0).not_understood[0].what, Catch::Contains("<x:odd>"));
}

TEST_CASE("what has no number is named after its heading and listed", "[hostile]") {
  const auto [element, heading, name] = GENERATE(table<std::string, std::string, std::string>({
      {"DIV8", "§§ 999.2-999.3 [Reserved]", "999.2-999.3"},
      {"DIV8", "§ 999.2 Widgets.", "999.2"},
      {"DIV5", "PART 999—WIDGETS", "999"},
      {"DIV9", "Widget tables", "Widget tables"},
      {"DIV8", "", "unnamed"},
  }));
  const auto document =
      read("<" + element + " N=\"\"><HEAD>" + heading + "</HEAD></" + element + ">");
  REQUIRE(document.has_value());
  const Unit& unit = document->units.at(0);
  CHECK(unit.id.name() == name);
  REQUIRE(unit.not_understood.size() == 1);
  CHECK(unit.not_understood[0].what == "its element has no number");
}

TEST_CASE("a section printed three times with one text is kept once", "[hostile]") {
  const std::string gears = section("<P>(a) Gears.</P>");
  const std::string cogs = section("<P>(a) Cogs.</P>");
  const auto document = read("<DIV6 N=\"A\">" + gears + cogs + gears + cogs + "</DIV6>");
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 2);
  CHECK(document->units[0].not_understood.size() == 3);
}

TEST_CASE("two thousand nested elements are too large, not a stack overflow", "[hostile]") {
  std::string deep;
  for (int i = 0; i < 2000; ++i) {
    deep += "<E T=\"03\">";
  }
  const auto document = read(section("<P>" + deep));
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().kind == ErrorKind::too_large);
  CHECK_THAT(document.error().message, Catch::Contains("nested deeper than 256"));
}

TEST_CASE("two hundred nested notes are still read", "[hostile]") {
  std::string open;
  std::string close;
  for (int i = 0; i < 200; ++i) {
    open += "<NOTE><HED>Note 1:</HED>";
    close += "</NOTE>";
  }
  const auto document = read(section(open + "<P>Deep down.</P>" + close));
  REQUIRE(document.has_value());
  CHECK(count_nodes(document->units.at(0).root) >= 200);
}

TEST_CASE("a huge attribute and a huge unit are too large", "[hostile]") {
  parse::EcfrOptions options;
  options.limits.max_attribute_bytes = 1000;
  auto document = parse::parse_ecfr("<DIV8 N=\"" + std::string(2000, 'x') + "\"></DIV8>", options);
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().kind == ErrorKind::too_large);
  options = {};
  options.limits.max_unit_bytes = 10'000;
  document = parse::parse_ecfr(section("<P>" + std::string(20'000, 'x') + "</P>"), options);
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().kind == ErrorKind::too_large);
  options = {};
  options.limits.max_bytes = 100;
  document = parse::parse_ecfr(section("<P>" + std::string(200, 'x') + "</P>"), options);
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().kind == ErrorKind::too_large);
}

TEST_CASE("a line of ten megabytes is one paragraph", "[hostile]") {
  std::string line;
  while (line.size() < 10'000'000) {
    line += "(a) widgets and (1) gadgets of paragraph (b)(2); ";
  }
  const auto document = read(section("<P>" + line + "</P>"));
  REQUIRE(document.has_value());
  CHECK(count_nodes(document->units.at(0).root) == 3);
}

TEST_CASE("ten thousand paragraphs that fit no list are read in time and listed", "[hostile]") {
  std::string content;
  for (int i = 0; i < 10'000; ++i) {
    content += i % 2 == 0 ? "<P>(q) Widgets.</P>" : "<P>(77) Gadgets.</P>";
  }
  const auto document = read(section(content));
  REQUIRE(document.has_value());
  CHECK(document->units.at(0).not_understood.size() > 9'000);
}

TEST_CASE("a table that claims a million columns keeps its cells", "[hostile]") {
  const auto document = read(
      section("<TABLE><TR><TD colspan=\"1000000\" rowspan=\"1000000\">Widgets</TD><TD>x</TD></TR>"
              "<TR><TD>Gadgets</TD></TR></TABLE>"));
  REQUIRE(document.has_value());
  CHECK_THAT(subtree_text(document->units.at(0).root), Catch::Contains("Widgets"));
}

TEST_CASE("one wide row does not make many short ones wide", "[hostile]") {
  std::string rows = "<TR>";
  for (int i = 0; i < 256; ++i) {
    rows += "<TD>x</TD>";
  }
  rows += "</TR>";
  for (int i = 0; i < 20'000; ++i) {
    rows += "<TR><TD>Widgets</TD></TR>";
  }
  const auto document = read(section("<TABLE>" + rows + "</TABLE>"));
  REQUIRE(document.has_value());
  CHECK(count_nodes(document->units.at(0).root) < 200'000);
}

TEST_CASE("two thousand tables that claim 256 columns are read in time", "[hostile]") {
  std::string tables;
  for (int i = 0; i < 2'000; ++i) {
    tables += "<TABLE><TR><TD colspan=\"256\">x</TD></TR></TABLE>";
  }
  CHECK(read(section(tables)).has_value());
}

TEST_CASE("bytes that are not UTF-8 are refused where no other encoding is declared", "[hostile]") {
  const std::string declaration =
      GENERATE("", "<?xml version=\"1.0\"?>\n", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  for (std::size_t before = 0; before < 40; ++before) {
    const auto document =
        read(declaration + section("<P>x" + std::string(before, 'x') + "\xB0" + "C</P>"));
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().kind == ErrorKind::malformed);
    CHECK_THAT(document.error().message,
               Catch::Contains(declaration.empty() ? "input.xml:3': Input is not proper UTF-8"
                                                   : "input.xml:4': Input is not proper UTF-8"));
  }
}

TEST_CASE("Windows-1252 and ISO-8859-1 are read where they are declared", "[hostile]") {
  const std::string encoding = GENERATE("windows-1252", "Windows-1252", "ISO-8859-1", "iso-8859-1");
  const std::string unit = "<DIV8 N=\"\xA7 999.1\">\r\n<HEAD>\xA7 999.1 Widgets.</HEAD><P>\x93"
                           "Widgets\x94 \x96 5 \xB0"
                           "C&#8212;&sect;</P></DIV8>";
  const std::string text = "<?xml version=\"1.0\" encoding='" + encoding +
                           "'?>\n<DIV6 N=\"\xA7\">" + unit + "\n" + unit + "</DIV6>";
  const auto document = read(text);
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 1);
  CHECK(document->units[0].id.name() == "999.1");
  CHECK(document->units[0].root.children.at(1).text == "“Widgets” – 5 °C—§");
  CHECK(document->units[0].raw == sha256(unit));
  const auto again = parse::parse_unit(text, document->units[0].id, document->units[0].ranges);
  REQUIRE(again.has_value());
  CHECK(again->root == document->units[0].root);
}

TEST_CASE("no other encoding is read", "[hostile]") {
  const auto document = read("<?xml version=\"1.0\" encoding=\"EUC-JP\"?>\n<DIV5 N=\"1\"/>");
  REQUIRE_FALSE(document.has_value());
  CHECK(document.error().message ==
        "cannot parse 'input.xml:1': expected UTF-8 text, got 'EUC-JP'");
}

TEST_CASE("what cannot be the name of an encoding is a fault of the declaration", "[hostile]") {
  const std::string name = GENERATE("EUC\nJP", "EUC JP", "\xD1\xC7>\n<DIV5");
  const auto document = read("<?xml version=\"1.0\" encoding=\"" + name + "\"?>\n<DIV5 N=\"1\"/>");
  REQUIRE_FALSE(document.has_value());
  CHECK_THAT(document.error().message, Catch::StartsWith("cannot parse 'input.xml:"));
  CHECK(document.error().message.find('\n') == std::string::npos);
}

TEST_CASE("the digest of a unit is that of its bytes, whatever stands in and around it",
          "[hostile]") {
  const std::string front = GENERATE("", "\xEF\xBB\xBF", "<?xml version=\"1.0\"?>\r\n<!-- § -->");
  const std::string between = GENERATE("", "\n", "<!-- < § > -->\r\n", "<?x >?>", "&sect;&#xA0;");
  const std::string first =
      GENERATE("<DIV8 N=\"999.1\">\r\n<P>(a) Widgets.\r\n</P>\r\n</DIV8>",
               "<DIV8 N='999.1'\n TYPE = \"a > b\"  ><P>§ &sect; é</P></DIV8 >",
               "<DIV8 N=\"999.1\"><P><![CDATA[</DIV8>]]><!-- < --></P></DIV8>",
               "<DIV8 N=\"999.1\" TYPE=\"§&#x2014;&amp;\" />");
  const std::string second = "<DIV9 N=\"Appendix A\"><HEAD>€ &lt;</HEAD></DIV9>";
  const std::string begin =
      "<DIV5 N=\"999\"\tTYPE=\"§\">" + between + "<HEAD>PART 999—&amp;</HEAD>";
  const std::string end = between + "<AUTH>§</AUTH></DIV5>";
  const auto document = read(front + "<DIV1>" + between + begin + first + between + second + end +
                             between + "</DIV1>");
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 3);
  CHECK(document->units[0].raw == sha256(begin + between + end));
  CHECK(document->units[1].raw == sha256(first));
  CHECK(document->units[2].raw == sha256(second));
  CHECK(read(first)->units.at(0).raw == sha256(first));
}

TEST_CASE("in a document far larger than the parser's buffers each digest is of its unit",
          "[hostile]") {
  std::string part = "<DIV5 N=\"999\">";
  std::vector<std::string> sections;
  for (int i = 1; i <= 500; ++i) {
    const auto length = static_cast<std::size_t>(i * 7919 % 6000);
    sections.push_back("<DIV8 N=\"999." + std::to_string(i) + "\"><HEAD>§ &sect;</HEAD>\r\n<P>" +
                       std::string(length, 'w') + "é</P></DIV8>");
    part += sections.back() + "\r\n";
  }
  const auto document = read(part + "</DIV5>");
  REQUIRE(document.has_value());
  REQUIRE(document->units.size() == 501);
  for (std::size_t i = 0; i < sections.size(); ++i) {
    REQUIRE(document->units[i + 1].raw == sha256(sections[i]));
  }
}
