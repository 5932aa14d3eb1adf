#include "tests/parse/fr/fr_form.hpp"
#include "tests/support/temp_dir.hpp"

using namespace regtrail;
using namespace fr_form;
using Catch::Matchers::Contains;

namespace {

std::string day(const std::optional<Date>& date) {
  return date ? date->to_string() : "-";
}

std::string presidential(std::string_view kind, std::string_view lines) {
  std::string out = "<PRESDOCU><";
  out += kind;
  out += "><TITLE3>Title 3—</TITLE3><PRES>The President<PRTPAGE P=\"33575\"/></PRES>";
  out += lines;
  out += "<FRDOC>[FR Doc. 2027-11180 </FRDOC><FILED>Filed 6-2-27; 11:15 am]</FILED></";
  out += kind;
  out += "></PRESDOCU>";
  return out;
}

/// Three groups as in print: presidential documents come last in the file and first in page order.
std::string issue() {
  std::string notice = "<NOTICE><PREAMB><AGENCY TYPE=\"F\">SAMPLE AGENCY</AGENCY><SUBJECT>Meeting"
                       "</SUBJECT><P>We meet.<PRTPAGE P=\"70104\"/> All of us.</P></PREAMB>"
                       "<FRDOC>[FR Doc. 2027-00003 Filed 3-1-27; 8:45 am]</FRDOC></NOTICE>";
  return "<?xml version=\"1.0\"?>\n<FEDREG xmlns:xsi=\"http://example.org\">\n<VOL>92</VOL><NO>40"
         "</NO><DATE>Thursday, March 4, 2027</DATE>\n<CNTNTS><AGCY><RULE>no document</RULE></AGCY>"
         "</CNTNTS>\n<RULES>" +
         rule("<P>More.</P><PRTPAGE P=\"70103\"/><P>End.</P>") + "</RULES>\n<NOTICES>" + notice +
         "</NOTICES>\n<PRESDOCS>" +
         presidential("PROCLA",
                      "<PROC>Proclamation 12001 of March 1, 2027</PROC><HD SOURCE=\"HED\">Widget "
                      "Week, 2027</HD><FP>A week.</FP>") +
         "</PRESDOCS>\n<NEWPART><PTITLE><PRTPAGE P=\"70201\"/><PARTNO>Part II</PARTNO></PTITLE>"
         "<RULES>" +
         rule("", "2027-00009") + "</RULES></NEWPART>\n</FEDREG>";
}

} // namespace

TEST_CASE("the head of a rule becomes its fields", "[document]") {
  const Document document = only(rule(""));
  CHECK(document.type == DocumentType::rule);
  CHECK(document.number == "2027-01234");
  CHECK(document.title == "Controls on Widgets");
  CHECK(document.action == "Interim final rule; request for comments.");
  CHECK(document.abstract == "This rule controls widgets.");
  CHECK(document.agencies == Strings{"DEPARTMENT OF COMMERCE", "Bureau of Industry and Security"});
  CHECK(document.cfr == std::vector<CfrPart>{{"15", "799"}});
  CHECK(document.rins == Strings{"0694-AZ99"});
  CHECK(document.dockets == Strings{"Docket No. 270302-0101"});
  CHECK(day(document.filed) == "2027-03-01");
  CHECK(day(document.signed_on) == "2027-02-26");
  CHECK(document.effective == std::vector<Date>{Date(2027, 3, 2)});
  CHECK(day(document.comments_close) == "2027-05-03");
  CHECK(document.start_page == 70101);
  CHECK(document.has_text);
  CHECK(document.body == "SUPPLEMENTARY INFORMATION:\nWidgets are made.\nDated: February 26, "
                         "2027.\nJane Q. Sample,\nAssistant Secretary.");
  CHECK(document.not_understood.empty());
}

TEST_CASE("headings that name several parts are expanded", "[document]") {
  const auto [heading, wanted] = GENERATE(table<std::string, std::vector<CfrPart>>({
      {"15 CFR Parts 734, 740, and 744", {{"15", "734"}, {"15", "740"}, {"15", "744"}}},
      {"40 CFR Parts 52 and 70", {{"40", "52"}, {"40", "70"}}},
      {"22 CFR Parts 120–"
       "122",
       {{"22", "120"}, {"22", "121"}, {"22", "122"}}},
      {"12 CFR Parts 1024 through 1026", {{"12", "1024"}, {"12", "1025"}, {"12", "1026"}}},
      {"5 CFR Part 1601 and 29 CFR Part 2550", {{"29", "2550"}, {"5", "1601"}}},
      {"48 CFR Chapter 1", {}},
  }));
  CAPTURE(heading);
  const std::string mistagged = GENERATE("CFR", "SUBAGY");
  const Document document =
      only("<RULE><PREAMB><" + mistagged + ">" + heading + "</" + mistagged + "></PREAMB></RULE>");
  CHECK(document.cfr == wanted);
}

TEST_CASE("footnotes stand behind the running text, editorial notes beside it", "[document]") {
  const Document document =
      only(rule("<P>Lists<SU>1</SU>\n<FTREF/> grow.</P><FTNT><P><SU>1</SU> See the list.</P></FTNT>"
                "<P>They shrink.</P><EDNOTE TYPE=\"POSTPUB\"><HD SOURCE=\"HED\">Editorial Note:"
                "</HD><P>The list was reprinted.</P></EDNOTE>"));
  CHECK_THAT(document.body, Contains("Lists^1 grow.\nThey shrink.\n"));
  CHECK(document.body.ends_with("\n^1 See the list."));
  CHECK(document.editorial_notes == Strings{"The list was reprinted."});
}

TEST_CASE("the stamp at the end is read in all its spellings", "[document]") {
  const auto [stamp, number, filed] = GENERATE(table<std::string, std::string, std::string>({
      {"[FR Doc. 2024–"
       "02930 Filed 2–"
       "8–"
       "24; 2:00 pm]",
       "2024-02930",
       "2024-02-08"},
      {" [FR Doc. E6-10730 Filed 7-7-06; 8:45 am] ", "E6-10730", "2006-07-07"},
      {"[FR Doc. 04-16753 Filed 7-21-04; 8:45 am]", "04-16753", "2004-07-21"},
      {"[FR Doc. 99-1234 12-31-1999; 8:45 am]", "99-1234", "1999-12-31"},
      {"[FR Doc. 2012-3460 Filed 13-14-12; 8:45 am]", "2012-3460", "-"},
      {"[FR Doc.]", "", "-"},
  }));
  CAPTURE(stamp);
  const Document document = only("<RULE><PREAMB/><FRDOC>" + stamp + "</FRDOC></RULE>");
  CHECK(document.number == number);
  CHECK(day(document.filed) == filed);
}

TEST_CASE("what the stamp does not say is said", "[document]") {
  CHECK(only("<RULE><PREAMB/></RULE>").not_understood ==
        Strings{"no FR document number is printed"});
  const Document joint = only("<RULE><PREAMB/><FRDOC>[FR Doc. 2027-00001 Filed 3-1-27; 8:45 am]"
                              "</FRDOC><FRDOC>[FR Doc. 2027-00002 Filed 3-1-27; 8:45 am]</FRDOC>"
                              "</RULE>");
  CHECK(joint.number == "2027-00001");
  CHECK(joint.not_understood == Strings{"a second document number, '2027-00002'"});
}

TEST_CASE("the printer's corrections are known by their number and by their section",
          "[document]") {
  CHECK(only(rule("", "C1-2027-01234")).type == DocumentType::correction);
  const Document document = only(
      "<CORRECT><EDITOR>!!!Sam!!!</EDITOR><PREAMB><PRTPAGE P=\"123\"/><AGENCY TYPE=\"F\">SAMPLE "
      "AGENCY</AGENCY><SUBJECT>Widgets</SUBJECT></PREAMB><SUPLINF><HD SOURCE=\"HD2\">Correction"
      "</HD><P>On page 100, in the first column, “widgets” should read "
      "“widget”.</P></SUPLINF><FRDOC>[FR Doc. C1-2027-00001 Filed "
      "3-1-27; 8:45 am]</FRDOC></CORRECT>");
  CHECK(document.type == DocumentType::correction);
  CHECK(document.number == "C1-2027-00001");
  CHECK_THAT(document.body, !Contains("Sam"));
  CHECK_THAT(document.body, Contains("On page 100"));
  REQUIRE(document.instructions.size() == 1);
  CHECK_FALSE(document.instructions[0].understood); // no place of the CFR is named
  CHECK(document.instructions[0].operations.at(0).old_words == "widgets");
}

TEST_CASE("a correction in an AMDPAR is of the section in the heading above it", "[document]") {
  const Document document = only(
      "<CORRECT><PREAMB><AGENCY TYPE=\"F\">SAMPLE "
      "AGENCY</AGENCY><SUBJECT>Widgets</SUBJECT></PREAMB>"
      "<SUPLINF><P>In rule document 2027-00007 appearing on page 90 in the issue of Monday, March "
      "1, "
      "2027, make the following correction:</P><REGTEXT TITLE=\"15\" PART=\"744\"><SECTION><SECTNO>"
      "§ 744.9</SECTNO><SUBJECT>[Corrected]</SUBJECT></SECTION><AMDPAR>On page 99, in the first "
      "column, in the last line, “widgets” should read "
      "“widget”.</AMDPAR></REGTEXT></SUPLINF><FRDOC>"
      "[FR Doc. C1-2027-00007 Filed 3-4-27; 8:45 am]</FRDOC></CORRECT>");
  REQUIRE(document.instructions.size() == 1);
  CHECK(document.instructions[0].understood);
  const Operation& operation = document.instructions[0].operations.at(0);
  CHECK(operation.verb == Verb::correct);
  CHECK(operation.targets.at(0).at.to_string() == "15 CFR 744.9");
  CHECK(operation.new_words == "widget");
}

TEST_CASE("an executive order has its number and the day it was signed", "[presidential]") {
  const Document document = only(presidential(
      "EXECORD",
      "<EXECORDR>Executive Order 14999 of May 29, 2027</EXECORDR><HD SOURCE=\"HED\">Promoting "
      "Widgets</HD><FP>By the authority vested in me:</FP><FP>\n<E T=\"04\">Section 1</E>\n. \n"
      "<E T=\"03\">Purpose.</E>\n Widgets matter.</FP><P>(a) They do.\n<PRTPAGE P=\"33576\"/>\n</P>"
      "<ST1>(i)</ST1><TXT> indeed;</TXT><PLACE>THE WHITE HOUSE,</PLACE><DATE>May 29, "
      "2027.</DATE>"));
  CHECK(document.type == DocumentType::presidential);
  CHECK(document.subtype == "Executive Order");
  CHECK(document.executive_order == "14999");
  CHECK(document.title == "Promoting Widgets");
  CHECK(day(document.signed_on) == "2027-05-29");
  CHECK(document.number == "2027-11180");
  CHECK(day(document.filed) == "2027-06-02");
  CHECK(document.start_page == 33575);
  CHECK(document.end_page == 33576);
  CHECK(document.body == "By the authority vested in me:\nSection 1. Purpose. Widgets matter.\n"
                         "(a) They do.\n(i) indeed;");
}

TEST_CASE("every kind of presidential document says its kind and day", "[presidential]") {
  const auto [element, line, subtype] = GENERATE(table<std::string, std::string, std::string>({
      {"PROCLA", "<PROC>Proclamation 12001 of May 7, 2027</PROC>", "Proclamation"},
      {"DETERM",
       "<DETNO>Presidential Determination No. 2027-13 of May 7, 2027</DETNO>",
       "Determination"},
      {"PRMEMO", "<MEMO>Memorandum of May 7, 2027</MEMO>", "Memorandum"},
      {"PRNOTICE", "<PNOTICE>Notice of May 7, 2027</PNOTICE>", "Notice"},
      {"PRORDER", "<DATE>May 7, 2027.</DATE>", "Presidential Order"},
  }));
  const Document document = only(presidential(element, line));
  CHECK(document.subtype == subtype);
  CHECK(day(document.signed_on) == "2027-05-07");
  CHECK(document.executive_order.empty());
}

TEST_CASE("an issue gives its documents with volume, day and pages", "[issue]") {
  const std::vector<Document> documents = parsed(issue());
  REQUIRE(documents.size() == 4);
  Strings seen;
  for (const Document& document : documents) {
    CHECK(document.volume == 92);
    CHECK(day(document.published) == "2027-03-04");
    seen.push_back(document.number + " " + std::to_string(document.start_page) + "-" +
                   std::to_string(document.end_page));
  }
  CHECK(seen == Strings{"2027-01234 70101-70103",
                        "2027-00003 70103-70104",
                        "2027-11180 33575-33575",
                        "2027-00009 70101-70101"});
  CHECK(fr_citation_of(documents[1]) == "92 FR 70103");
}

TEST_CASE("a document that begins in mid-page begins on the page before its first page break",
          "[issue]") {
  const Document document = only("<NOTICE><PREAMB><SUBJECT>Meeting</SUBJECT><P>We meet."
                                 "<PRTPAGE P=\"500\"/> All of us.</P></PREAMB></NOTICE>");
  CHECK(document.start_page == 499);
  CHECK(document.end_page == 500);
}

TEST_CASE("a final rule without a date is in effect on publication, and this is said",
          "[document]") {
  parse::FrOptions options;
  options.published = Date(2027, 3, 4);
  const Document document =
      only("<RULE><PREAMB>" + caption("ACT", "ACTION:", "Final rule.") +
               "</PREAMB><FRDOC>[FR Doc. 2027-00001 Filed 3-1-27; 8:45 am]</FRDOC></RULE>",
           options);
  CHECK(document.effective == std::vector<Date>{Date(2027, 3, 4)});
  CHECK(document.not_understood ==
        Strings{"no effective date is printed, the day of publication is taken"});
}

TEST_CASE("a page is counted on from document to document, and a cut issue is refused", "[issue]") {
  std::string issue = "<FEDREG><VOL>92</VOL><DATE>March 4, 2027</DATE><NOTICES>";
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(10000 + i);
    issue += "<NOTICE><PREAMB><PRTPAGE P=\"" + std::to_string(70000 + i) + "\"/><SUBJECT>Meeting " +
             number + "</SUBJECT></PREAMB><FRDOC>[FR Doc. 2027-" + number +
             " Filed 3-1-27; 8:45 am]</FRDOC></NOTICE>";
  }
  issue += "</NOTICES></FEDREG>";
  const auto documents = parse::parse_fr_xml(issue, {});
  REQUIRE(documents);
  CHECK(documents->size() == 300);
  CHECK(documents->back().start_page == 70299);

  issue.resize(issue.size() - 60);
  CHECK_FALSE(parse::parse_fr_xml(issue, {}));
}
