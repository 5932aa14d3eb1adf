// Volumes of several parts.
#include "parse/unit_text.hpp"
#include "tests/parse/annual/annual_support.hpp"

#include <fmt/format.h>

namespace {

using regtrail::Unit;
using regtrail::parse::CfrAnnualOptions;
using regtrail::parse::parse_cfr_annual;

std::string volume_of(int parts, int sections) {
  const std::string filler(2000, 'x');
  std::string bytes = "<CFRDOC><TITLE><CHAPTER>\n";
  for (int part = 1; part <= parts; ++part) {
    bytes += fmt::format("<PART><EAR>Pt. {0}</EAR><HD SOURCE=\"HED\">PART {0}</HD>\n", part);
    for (int section = 1; section <= sections; ++section) {
      bytes += fmt::format("<SECTION><SECTNO>\xC2\xA7 {}.{}</SECTNO><SUBJECT>S.</SUBJECT><P>{}</P>"
                           "</SECTION>\n",
                           part,
                           section,
                           filler);
    }
    bytes += "</PART>\n";
  }
  return bytes + "</CHAPTER></TITLE></CFRDOC>";
}

CfrAnnualOptions of_title_15() {
  CfrAnnualOptions options;
  options.title = "15";
  return options;
}

std::vector<std::string> ids_of(const std::string& bytes, const CfrAnnualOptions& options) {
  std::vector<std::string> ids;
  const auto document = parse_cfr_annual(bytes, options);
  INFO((document ? std::string() : document.error().message));
  REQUIRE(document);
  for (const Unit& unit : document->content.units) {
    ids.push_back(unit.id.to_string());
  }
  return ids;
}

} // namespace

TEST_CASE("a volume may be far larger than a unit", "[volume]") {
  CfrAnnualOptions options = of_title_15();
  options.limits.max_unit_bytes = 10'000;
  CHECK(ids_of(volume_of(40, 100), options).size() == 40 * 101);
}

TEST_CASE("the frame of a part comes before its sections", "[volume]") {
  CHECK(ids_of(volume_of(2, 2), of_title_15()) == std::vector<std::string>{"15 CFR Part 1",
                                                                           "15 CFR 1.1",
                                                                           "15 CFR 1.2",
                                                                           "15 CFR Part 2",
                                                                           "15 CFR 2.1",
                                                                           "15 CFR 2.2"});
}

TEST_CASE("sections inside a section and parts inside an appendix are units of their own",
          "[volume]") {
  const std::string bytes =
      "<CFRDOC><PART><EAR>Pt. 7</EAR><HD SOURCE=\"HED\">PART 7</HD>"
      "<SECTION><SECTNO>\xC2\xA7 7.10</SECTNO><SUBJECT>S.</SUBJECT><P>(a) One.</P>"
      "<SECTION><SECTNO>\xC2\xA7 7.11</SECTNO><SUBJECT>S.</SUBJECT><P>(a) Two.</P>"
      "<SECTION><SECTNO>\xC2\xA7 7.12</SECTNO><SUBJECT>S.</SUBJECT><P>(a) Three.</P></SECTION>"
      "</SECTION><P>(b) Four.</P></SECTION>"
      "<APPENDIX><HD SOURCE=\"HED\">Appendix A to Part 7</HD><P>Five.</P>"
      "<SECTION><SECTNO>\xC2\xA7 1.</SECTNO><SUBJECT>Of a model.</SUBJECT><P>Six.</P></SECTION>"
      "<PART><EAR>Pt. 8</EAR><HD SOURCE=\"HED\">PART 8</HD>"
      "<SECTION><SECTNO>\xC2\xA7 8.1</SECTNO><SUBJECT>S.</SUBJECT><P>(a) Seven.</P></SECTION>"
      "</PART></APPENDIX>"
      "<SECTION><SECTNO>\xC2\xA7 7.13</SECTNO><SUBJECT>S.</SUBJECT><P>(a) Eight.</P>"
      "<EFFDNOT><SECTION><SECTNO>\xC2\xA7 7.13</SECTNO><P>(a) Old.</P></SECTION></EFFDNOT>"
      "</SECTION></PART></CFRDOC>";
  CHECK(ids_of(bytes, of_title_15()) == std::vector<std::string>{"15 CFR Part 7",
                                                                 "15 CFR 7.10",
                                                                 "15 CFR 7.11",
                                                                 "15 CFR 7.12",
                                                                 "Appendix A to Part 7",
                                                                 "15 CFR Part 8",
                                                                 "15 CFR 8.1",
                                                                 "15 CFR 7.13"});
  const auto document = parse_cfr_annual(bytes, of_title_15());
  REQUIRE(document);
  const std::vector<std::pair<std::size_t, std::string>> texts = {
      {1, "\xC2\xA7 7.10 S.\n(a) One.\n(b) Four."},
      {2, "\xC2\xA7 7.11 S.\n(a) Two."},
      {4, "Appendix A to Part 7\nFive.\n\xC2\xA7 1. Of a model.\nSix."},
      {6, "\xC2\xA7 8.1 S.\n(a) Seven."}};
  for (const auto& [index, text] : texts) {
    const Unit& unit = document->content.units.at(index);
    CHECK(subtree_text(unit.root) == text);
    auto again = regtrail::parse::parse_unit(bytes, unit.id, unit.ranges);
    REQUIRE(again);
    CHECK(again->root == unit.root);
    CHECK(again->raw == unit.raw);
  }
  const auto& listed = document->content.units.at(1).not_understood;
  REQUIRE(listed.size() == 2);
  CHECK(listed.at(1).what.find("'15 CFR 7.12' stands inside this unit") == 0);
}

TEST_CASE("only the parts that are wanted are built", "[volume]") {
  CfrAnnualOptions options = of_title_15();
  options.parts = {"2"};
  CHECK(ids_of(volume_of(3, 2), options) ==
        std::vector<std::string>{"15 CFR Part 2", "15 CFR 2.1", "15 CFR 2.2"});
}

TEST_CASE("a volume cut short is an error", "[volume]") {
  const std::string bytes = volume_of(3, 200);
  const auto document = parse_cfr_annual(bytes.substr(0, bytes.size() / 2), of_title_15());
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == regtrail::ErrorKind::malformed);
}

TEST_CASE("a title page inside a part costs the part nothing that stands before it", "[volume]") {
  CHECK(ids_of("<PART><EAR>Pt. 7</EAR><HD SOURCE=\"HED\">PART 7</HD><TITLEPG>"
               "<TITLENUM>Title 15</TITLENUM></TITLEPG>"
               "<SECTION><SECTNO>7.1</SECTNO><SUBJECT>S.</SUBJECT></SECTION></PART>",
               {}) == std::vector<std::string>{"15 CFR Part 7", "15 CFR 7.1"});
}

TEST_CASE("each unit of the annual form is read again from its own bytes as it was read from the "
          "whole file",
          "[annual]") {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : {regtrail::testing::source_path("tests/parse/annual/fixtures"),
                             regtrail::testing::corpus_path() / "cfr-annual"}) {
    if (std::filesystem::exists(folder)) {
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".xml") {
          files.push_back(entry.path());
        }
      }
    }
  }
  REQUIRE(files.size() > 2);
  std::size_t read = 0;
  for (const std::filesystem::path& path : files) {
    const std::string bytes = regtrail::testing::read_file(path);
    regtrail::parse::CfrAnnualOptions options;
    options.source_name = path.filename().string();
    const auto document = regtrail::parse::parse_cfr_annual(bytes, options);
    if (!document) {
      continue; // a fixture of what is refused
    }
    for (const regtrail::Unit& unit : document->content.units) {
      INFO(path << ' ' << unit.id.to_string());
      const auto again = regtrail::parse::parse_unit(bytes, unit.id, unit.ranges);
      REQUIRE(again.has_value());
      CHECK(*again == unit);
      ++read;
    }
  }
  CHECK(read > 10);
}
