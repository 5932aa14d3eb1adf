// Input that is broken, hostile or not what it claims to be: a result or a clear error, never a
// crash.
#include "parse/ecfr_xml.hpp"
#include "tests/support/temp_dir.hpp"

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

/// A file that goes with the test. Tests run side by side: each has a folder of its own.
struct TempFile {
  explicit TempFile(const std::string& content) : path(folder.write("input.xml", content)) {}

  testing::TempDir folder;
  std::string path;
};

} // namespace

TEST_CASE("a document with two faults is refused for the one that a stream meets first",
          "[hostile]") {
  const std::string xml = "<DIV5 N=\"1\" TYPE=\"PART\"><HEAD x>PART 1</HEAD>\n<DIV8 N=\"1.1\" "
                          "TYPE=\"SECTION\"><HEAD>One</HEAD><P>a" +
                          std::string(1, '\0') + "b</P></DIV8></DIV5>";
  const auto document = parse::parse_ecfr(xml, {});
  REQUIRE(!document);
  CHECK(document.error().message == "cannot parse 'input.xml:2': a NUL in the text");
}

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
       "input.xml:1': expected an element"},
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
       "the document ends before </HEAD>"},
      {"truncated in a tag",
       "<DIV5 N=\"1\">\n<HEAD>PART 1</HE",
       ErrorKind::malformed,
       "the document ends inside a tag"},
      {"truncated in a comment",
       "<DIV5 N=\"1\"><!-- ",
       ErrorKind::malformed,
       "the document ends inside a comment"},
      {"mis-nested",
       "<DIV5 N=\"1\">\n<HEAD>PART <I>1</HEAD></I>\n</DIV5>",
       ErrorKind::malformed,
       "input.xml:2': expected </I> for the element of line 2, got </HEAD>"},
      {"closed twice",
       "<DIV5 N=\"1\"></DIV5>\n</DIV5>",
       ErrorKind::malformed,
       "input.xml:2': </DIV5> closes nothing"},
      {"second text",
       "<DIV5 N=\"1\"></DIV5>\nmore",
       ErrorKind::malformed,
       "input.xml:2': expected an element"},
      {"internal subset",
       "<!DOCTYPE x [\n<!ENTITY a \"b\">]>\n<DIV5 N=\"1\"/>",
       ErrorKind::malformed,
       "a DOCTYPE with an internal subset is refused"},
      {"stray angle",
       "<DIV5 N=\"1\"><P>1 < 2</P></DIV5>",
       ErrorKind::malformed,
       "expected a tag after '<'"},
      {"utf-16", std::string("\xFF\xFE<\0D\0", 6), ErrorKind::malformed, "UTF-16"},
      {"binary", std::string("PK\x03\x04\0\0", 6), ErrorKind::malformed, "binary"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto document = read(row.bytes);
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().kind == row.kind);
    CHECK_THAT(document.error().message, Catch::Contains(row.message));
    const TempFile file(row.bytes);
    parse::EcfrOptions options;
    options.source_name = "input.xml";
    const auto streamed =
        parse::stream_ecfr_file(file.path, options, [](Unit&&) -> Result<void> { return {}; });
    REQUIRE_FALSE(streamed.has_value());
    CHECK(streamed.error().message == document.error().message);
  }
}

TEST_CASE("entities that a document defines itself are never expanded", "[hostile]") {
  // without a DOCTYPE there is no definition: an unknown reference stays as it is printed
  const auto document = read(section("<P>&lol9; &amp; &sect; &#x2014; &mdash; &#0;</P>"));
  REQUIRE(document.has_value());
  CHECK(document->units.at(0).root.children.at(1).text == "&lol9; & § — — &#0;");
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
  const auto document = read(gears + cogs + gears + cogs);
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

TEST_CASE("bytes that are not UTF-8 are read as Windows-1252", "[hostile]") {
  const auto document = read(section("<P>\x93Widgets\x94 \x96 5 \xB0"
                                     "C</P>"));
  REQUIRE(document.has_value());
  CHECK(document->units.at(0).root.children.at(1).text == "“Widgets” – 5 °C");
}

TEST_CASE("one byte that is not UTF-8 is found wherever it stands", "[hostile]") {
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string head(before, 'x');
    const auto document = read(section("<P>x" + head + "\xB0" + "C</P>"));
    REQUIRE(document.has_value());
    CHECK(document->units.at(0).root.children.at(1).text == "x" + head + "\u00B0" + "C");
  }
}

TEST_CASE("streaming a file gives the units of parsing it whole", "[stream]") {
  std::string part = "<?xml version=\"1.0\"?>\n<DIV5 N=\"999\" TYPE=\"PART\" "
                     "hierarchy_metadata=\"{&amp;quot;path&amp;quot;:"
                     "&amp;quot;/on/_SUBSTITUTE_DATE_/title-15/part-999&amp;quot;}\">\n<HEAD>PART "
                     "999—WIDGETS</HEAD>\n";
  const std::string filler(3000, 'w');
  for (int i = 1; i <= 2000; ++i) {
    part += "<DIV8 N=\"999." + std::to_string(i) + "\" TYPE=\"SECTION\"><HEAD>§ 999." +
            std::to_string(i) + " Widgets.</HEAD><P>(a) " + filler +
            "</P><P>(b) Gadgets.</P></DIV8>\n";
  }
  part += "</DIV5>\n";
  const auto whole = read(part);
  REQUIRE(whole.has_value());
  REQUIRE(whole->units.size() == 2001);
  CHECK(whole->title == "15");
  CHECK(whole->scope == "15 CFR Part 999");
  const TempFile file(part);
  std::vector<Unit> streamed;
  const auto title = parse::stream_ecfr_file(file.path, {}, [&](Unit&& unit) -> Result<void> {
    streamed.push_back(std::move(unit));
    return {};
  });
  REQUIRE(title.has_value());
  CHECK(*title == "15");
  REQUIRE(streamed.size() == 2001);
  // a streamed part gives its frame last: only then is it complete
  std::rotate(streamed.begin(), streamed.end() - 1, streamed.end());
  CHECK(std::equal(streamed.begin(), streamed.end(), whole->units.begin()));
}

TEST_CASE("a comment outside of all elements may fall on the end of a read", "[stream]") {
  std::string bytes = section("<P>(a) Widgets.</P>");
  bytes +=
      std::string((std::size_t{1} << 20U) - bytes.size() - 16, '\n') + "<!-- two readers met -->\n";
  bytes += section("<P>(a) Gadgets.</P>");
  const TempFile file(bytes);
  int units = 0;
  const auto title = parse::stream_ecfr_file(file.path, {}, [&](Unit&&) -> Result<void> {
    ++units;
    return {};
  });
  REQUIRE(title.has_value());
  CHECK(units == 2);
}

TEST_CASE("a stream ends with the error of its receiver", "[stream]") {
  const TempFile file(section("<P>(a) Widgets.</P>"));
  const auto title = parse::stream_ecfr_file(
      file.path, {}, [](Unit&&) -> Result<void> { return fail(ErrorKind::storage, "full"); });
  REQUIRE_FALSE(title.has_value());
  CHECK(title.error().message == "full");
  CHECK(
      parse::stream_ecfr_file("/nowhere/at/all.xml", {}, [](Unit&&) -> Result<void> { return {}; })
          .error()
          .kind == ErrorKind::not_found);
}

TEST_CASE("the digest of a unit is that of its bytes, whatever stands around it", "[stream]") {
  const std::string unit = section("<P>(a) Widgets.</P>");
  const auto alone = read(unit);
  const auto inside =
      read("<DIV5 N=\"999\" TYPE=\"PART\">\n<HEAD>PART 999</HEAD>\n" + unit + "\n</DIV5>");
  REQUIRE(alone.has_value());
  REQUIRE(inside.has_value());
  CHECK(alone->units.at(0).raw == sha256(unit));
  CHECK(inside->units.at(1).raw == sha256(unit));
}
