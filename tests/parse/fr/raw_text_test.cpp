#include "tests/parse/fr/fr_form.hpp"

using namespace regtrail;
using namespace fr_form;
using Catch::Matchers::Contains;

namespace {

const std::string raw =
    "<html>\n<head><title>x</title></head>\n<body><pre>\n"
    "[Federal Register Volume 92, Number 40 (Thursday, March 4, 2027)]\n[Rules and Regulations]\n"
    "[Pages 70101-70103]\nFrom the Federal Register Online\n[FR Doc No: 2027-01234]\n\n\n"
    "-----------------------------------------------------------------------\n\n"
    "DEPARTMENT OF COMMERCE\n\nBureau of Industry and Security\n\n15 CFR Part 799\n\n"
    "[Docket No. 270302-0101; SAM--1-2]\nRIN 0694-AZ99\n\n\nControls on Widgets and Other \n"
    "Things\n\nAGENCY: Bureau of Industry and Security, Commerce.\n\nACTION: Final rule.\n\n"
    "-----------------------------------------------------------------------\n\n"
    "SUMMARY: This rule controls ``widgets''.\n    It does so at once.\n\n"
    "DATES: This rule is effective March 5, 2027. Comments must be received \nby May 3, 2027.\n\n"
    "SUPPLEMENTARY INFORMATION: \n\nBackground\n\n    Widgets of the low-\nincome kind go on "
    "behind the\n\n[[Page 70102]]\n\npage, NO<INF>X</INF> &amp; all.\n    Another paragraph.\n\n"
    "    Dated: February 26, 2027.\nJane Q. Sample,\n\n0\n"
    "For the reasons above, 15 CFR part 799 is amended as follows:\n\n"
    "PART 799--WIDGETS\n\n0\n1. The authority citation for part 799 continues to read as follows:\n"
    "\n    Authority: 50 U.S.C. 4801.\n\n[[Page 70103]]\n\n0\n2. In Sec.  799.1, revise paragraph "
    "(a) to read as \nfollows:\n\n\nSec.  799.1  Scope.\n\n    (a) 1. Not an instruction.\n"
    "* * * * *\n [FR Doc. 2027-01234 Filed 3-1-27; 8:45 am]\nBILLING CODE 3510-33-P\n\n\n"
    "</pre></body></html>\n";

Document read(const std::string& text) {
  auto document = parse::parse_fr_raw_text(text, {});
  if (!document) {
    FAIL(document.error().message);
  }
  return std::move(*document);
}

} // namespace

TEST_CASE("raw text gives number, dates, title and instructions", "[raw]") {
  REQUIRE(parse::is_fr_raw_text(raw));
  const Document document = read(raw);
  CHECK(document.number == "2027-01234");
  CHECK(document.type == DocumentType::rule);
  CHECK(document.volume == 92);
  CHECK(document.start_page == 70101);
  CHECK(document.end_page == 70103);
  CHECK(document.published == Date(2027, 3, 4));
  CHECK(document.filed == Date(2027, 3, 1));
  CHECK(document.signed_on == Date(2027, 2, 26));
  CHECK(document.effective == std::vector<Date>{Date(2027, 3, 5)});
  CHECK(document.comments_close == Date(2027, 5, 3));
  CHECK(document.agencies == Strings{"DEPARTMENT OF COMMERCE", "Bureau of Industry and Security"});
  CHECK(document.dockets == Strings{"Docket No. 270302-0101", "SAM-1-2"});
  CHECK(document.rins == Strings{"0694-AZ99"});
  CHECK(document.title == "Controls on Widgets and Other Things");
  CHECK(document.action == "Final rule.");
  CHECK(document.abstract == "This rule controls “widgets”.\nIt does so at once.");
  CHECK(document.cfr == std::vector<CfrPart>{{"15", "799"}});
  CHECK_THAT(document.body,
             Contains("Widgets of the low-income kind go on behind the page, NO_X & all.\n"
                      "Another paragraph."));
  REQUIRE(document.instructions.size() == 3);
  CHECK(document.instructions[1].ordinal == "1");
  CHECK(document.instructions[1].page == 70102);
  CHECK(document.instructions[2].page == 70103);
  CHECK(document.instructions[2].text == "2. In § 799.1, revise paragraph (a) to read as follows:");
  REQUIRE(document.instructions[2].operations.size() == 1);
  CHECK(document.instructions[2].operations[0].targets.at(0).at.to_string() == "15 CFR 799.1(a)");
}

TEST_CASE("without the printer's marks numbered lines below a part are instructions", "[raw]") {
  std::string text = raw;
  for (std::size_t at = text.find("\n0\n"); at != std::string::npos; at = text.find("\n0\n")) {
    text.erase(at, 2);
  }
  const Document document = read(text);
  REQUIRE(document.instructions.size() == 2);
  CHECK(document.instructions[0].ordinal == "1");
  CHECK(document.instructions[1].ordinal == "2");
}

TEST_CASE("other text is not taken for a document", "[raw]") {
  CHECK_FALSE(parse::is_fr_raw_text("<html><body>Access denied</body></html>"));
  CHECK_FALSE(parse::is_fr_raw_text("<RULE/>"));
  const auto document = parse::parse_fr_raw_text("<html><body>Access denied</body></html>", {});
  REQUIRE_FALSE(document);
  CHECK(document.error().kind == ErrorKind::malformed);
  CHECK_THAT(document.error().message, Contains("found neither number nor title"));
}

TEST_CASE("the text of a filing is read without the blank lines of raw text", "[raw]") {
  const std::string filing =
      "This document is scheduled to be published in the\nFederal Register on 03/04/2027 and "
      "available online at\nhttps://federalregister.gov/d/2027-01235, and on "
      "https://govinfo.gov\n\nBILLING CODE 3510-33-P\nDEPARTMENT OF COMMERCE\nBureau of Industry "
      "and Security\n15 CFR Part 799\n[Docket No. 270302-0102]\nRIN 0694-AZ98\nControls on Rivets "
      "and\nOther Fasteners\nAGENCY: Bureau of Industry and Security, Commerce.\nACTION: Final "
      "rule.\nSUMMARY: This rule controls rivets.\nDATES: This rule is effective March 5,\n2027.\n"
      "SUPPLEMENTARY INFORMATION:\nBackground\nRivets go on behind the\n2\n\fpage.\n"
      "List of Subjects in 15 CFR Part 799\nExports.\nPART 799 \xE2\x80\x93 WIDGETS\n1. The "
      "authority citation for part 799\ncontinues to read as follows:\nAuthority: 50 U.S.C. 4801.\n"
      "2. In \xC2\xA7 799.1, revise paragraph (b) to\nread as follows:\n\xC2\xA7 799.1 Scope.\n"
      "* * * * *\n(b) Rivets of 3 mm.\nDated: March 1, 2027.\nJane Q. Sample,\n[FR Doc. 2027-01235 "
      "Filed: 3/3/2027 8:45 am; Publication Date: 3/4/2027]\n";
  REQUIRE(parse::is_fr_raw_text(filing));
  const Document document = read(filing);
  CHECK(document.number == "2027-01235");
  CHECK(document.agencies == Strings{"DEPARTMENT OF COMMERCE", "Bureau of Industry and Security"});
  CHECK(document.title == "Controls on Rivets and Other Fasteners");
  CHECK(document.action == "Final rule.");
  CHECK(document.rins == Strings{"0694-AZ98"});
  CHECK(document.effective == std::vector<Date>{Date(2027, 3, 5)});
  CHECK(document.cfr == std::vector<CfrPart>{{"15", "799"}});
  CHECK_THAT(document.body, Contains("Rivets go on behind the page."));
  CHECK(document.body.find("scheduled") == std::string::npos);
  REQUIRE(document.instructions.size() == 2);
  CHECK(document.instructions[1].text == "2. In § 799.1, revise paragraph (b) to read as follows:");
  REQUIRE(document.instructions[1].operations.size() == 1);
  CHECK(document.instructions[1].operations[0].targets.at(0).at.to_string() == "15 CFR 799.1(b)");
}
