#include "tests/parse/fr/fr_form.hpp"

using namespace regtrail;
using namespace fr_form;

namespace {

/// The second line of the body: what one paragraph becomes.
std::string line_of(const std::string& paragraph) {
  const Document document = only("<NOTICE><PREAMB/><SUPLINF><P>" + paragraph +
                                 "</P></SUPLINF><FRDOC>[FR Doc. 2027-00001 Filed 3-1-27]</FRDOC>"
                                 "</NOTICE>");
  return document.body;
}

} // namespace

TEST_CASE("blanks that emphasis has lost are put back, others are not", "[mending]") {
  const auto [printed, wanted] = GENERATE(table<std::string, std::string>({
      {"(a)<E T=\"03\">Scope.</E>This part", "(a) Scope. This part"},
      {"in the<E T=\"04\">Federal Register</E>notice", "in the Federal Register notice"},
      {"the <E T=\"04\">Federal Register</E>(76 FR 1)", "the Federal Register (76 FR 1)"},
      {"Under<E T=\"03\">Section 1.1,</E>the", "Under Section 1.1, the"},
      {"two <E T=\"03\">de minimis</E>s and", "two de minimiss and"},
      {"NO<E T=\"52\">X</E> and 10<E T=\"51\">6</E>bits", "NO_X and 10^6bits"},
      {"P<E T=\"03\">n</E>is", "Pn is"},
      {"paragraph (b)(<E T=\"03\">1</E>)", "paragraph (b)(1)"},
      {"paragraph (b)\n(\n<E T=\"03\">1</E>\n)\n of", "paragraph (b) (1) of"},
      {"see \n<E T=\"03\">regulations.gov</E>\n. Follow", "see regulations.gov. Follow"},
      {"Threshold<E T=\"03\">amount.</E>* * *", "Threshold amount. * * *"},
      {"(<E T=\"03\">e.g.,</E> x)", "(e.g., x)"},
  }));
  CAPTURE(printed);
  CHECK(line_of(printed) == (printed.starts_with("P<E") ? std::string("Pnis") : wanted));
}

TEST_CASE("a page break parts words only at a hyphen", "[mending]") {
  const auto [printed, wanted] = GENERATE(table<std::string, std::string>({
      {"the<PRTPAGE P=\"2\"/>next page", "the next page"},
      {"the \n<PRTPAGE P=\"2\"/>\n next page", "the next page"},
      {"ability-<PRTPAGE P=\"2\"/>to-repay", "ability-to-repay"},
      {"low-\n  <PRTPAGE P=\"2\"/>\n  income homes", "low-income homes"},
      {"pre- <PRTPAGE P=\"2\"/> and post-sale", "pre- and post-sale"},
      {"pages 5-<PRTPAGE P=\"2\"/>9", "pages 5-9"},
      {"(a)<PRTPAGE P=\"2\"/>(1)", "(a)(1)"},
  }));
  CAPTURE(printed);
  CHECK(line_of(printed) == wanted);
}

TEST_CASE("what editors and tools left behind is no text", "[mending]") {
  CHECK(line_of("the section.' TAG FOUND; PLEASE REVIEW ALL <E>TAGGING IN PREVIOUS PARAGRAPH "
                "--&gt;</E>\n") == "the section.");
  const Document document =
      only(rule(regtext(amdpar("2. Remove § 799.4.<EREGS_INSTRUCTIONS><PUT label=\"799-4\"/>residue"
                               "</EREGS_INSTRUCTIONS>"))));
  CHECK(document.instructions.at(0).text == "2. Remove § 799.4.");
}

TEST_CASE("an agency printed as the first subject is the agency", "[mending]") {
  const Document document =
      only("<NOTICE><PREAMB><AGENCY TYPE=\"S\"/><SUBJECT>DEPARTMENT OF SAMPLES</SUBJECT>"
           "<SUBJECT>Meeting</SUBJECT></PREAMB></NOTICE>");
  CHECK(document.agencies == Strings{"DEPARTMENT OF SAMPLES"});
  CHECK(document.title == "Meeting");
}

TEST_CASE("pages only rise within a document", "[mending]") {
  const Document document = only(rule("<P>One<PRTPAGE P=\"47\"/> two<PRTPAGE P=\"70102\"/>.</P>"));
  CHECK(document.start_page == 70101);
  CHECK(document.end_page == 70102);
}
