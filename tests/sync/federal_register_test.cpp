// Which documents and texts of the Federal Register are taken, and what is said of those that are
// not there.
#include "parse/unit_text.hpp"
#include "query/pending.hpp"
#include "store/streams.hpp"
#include "sync/causes.hpp"
#include "sync/federal_register.hpp"
#include "sync/fr_question.hpp"
#include "sync/sync.hpp"
#include "tests/support/fake_federal_register.hpp"
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace regtrail;
using Catch::Matchers::Contains;
using regtrail::testing::fake_fr_json;
using regtrail::testing::FakeFrDocument;
using regtrail::testing::fr_full_text_url;

namespace {

const std::string number = "2026-18500";
const Date october_5(2026, 10, 5);
const std::string of_bureau =
    R"("agencies":[{"name":"Industry and Security Bureau"}],"cfr_references":[{"title":15,"part":744}])";
const std::string filing_url =
    "https://www.federalregister.gov/public-inspection/raw_text/202/618/500.txt";

std::string xml_of(const std::string& document, const std::string& element = "RULE") {
  return "<" + element +
         "><PREAMB><AGENCY TYPE=\"S\">DEPARTMENT OF COMMERCE</AGENCY><SUBAGY>Bureau of "
         "Industry and Security</SUBAGY><CFR>15 CFR Part "
         "744</CFR><SUBJECT>Gauges</SUBJECT><ACT><HD "
         "SOURCE=\"HED\">ACTION:</HD><P>Final rule.</P></ACT></PREAMB><SUPLINF><HD "
         "SOURCE=\"HED\">SUPPLEMENTARY INFORMATION:</HD><P>Gauges.</P><REGTEXT TITLE=\"15\" "
         "PART=\"744\"><AMDPAR>1. In &#167; 744.1, revise paragraph (c) to read as "
         "follows:</AMDPAR>"
         "<SECTION><SECTNO>&#167; 744.1</SECTNO><P>(c) Gauges of 2 "
         "mm.</P></SECTION></REGTEXT></SUPLINF>"
         "<FRDOC>[FR Doc. " +
         document + " Filed 10-2-26; 8:45 am]</FRDOC></" + element + ">";
}

const std::string filing_text = "This document is scheduled to be published in the\nFederal "
                                "Register on 10/05/2026 and available "
                                "online at\nhttps://federalregister.gov/d/2026-18500, and on "
                                "https://govinfo.gov\nDEPARTMENT OF "
                                "COMMERCE\nBureau of Industry and Security\n15 CFR Part "
                                "744\nGauges\nAGENCY: Bureau of Industry "
                                "and Security.\nACTION: Final rule.\nSUPPLEMENTARY "
                                "INFORMATION:\nGauges.\nPART 744 \xE2\x80\x93 "
                                "CONTROLS\n1. In \xC2\xA7 744.1, revise paragraph (b) to read as "
                                "follows:\n(b) Gauges of 3 mm.\n";

struct Bench {
  store::Archive archive = *store::Archive::in_memory(parse::parse_unit);
  testing::FakeFederalRegister service;
  testing::QuietObserver observer;
  sync::SyncOptions options;

  Bench() {
    REQUIRE(archive.plan_dates(15, "744", {Date(2026, 9, 1)}));
    on("2026-10-05T11:00:00Z");
  }

  void on(const char* instant) { options.now = parse_timestamp(instant).value(); }

  FakeFrDocument& add(const std::string& name, Date published = october_5) {
    FakeFrDocument& document = service.documents.emplace_back();
    document.number = name;
    document.published = published;
    document.metadata = of_bureau;
    return document;
  }

  /// On file since the day before `published`.
  FakeFrDocument& file(Date published = october_5) {
    FakeFrDocument& document = add(number, published);
    document.inspection = true;
    document.metadata += R"(,"filed_at":"2026-10-02T08:45:00-04:00","raw_text_url":null)";
    return document;
  }

  sync::SyncReport sync() {
    auto report = sync::sync_federal_register(
        archive, service, options, sync::AbsentSource::trouble, observer);
    REQUIRE(report);
    return std::move(*report);
  }

  Document stored(const std::string& name = number) {
    auto found = archive.find_documents(Citation::fr_document(name), store::DocumentContent::whole);
    REQUIRE(found);
    return found->empty() ? Document{} : found->at(0).document;
  }

  ArchiveStatus status() { return *archive.status(); }

  void check_rebuild() {
    const std::string before = *archive.export_derived();
    REQUIRE(sync::rebuild(archive, diff::Matcher(Register{}), observer));
    CHECK(*archive.export_derived() == before);
  }
};

std::string list_of(const std::vector<std::string>& rows) {
  std::string all;
  for (const std::string& row : rows) {
    all += (all.empty() ? "" : ",") + row;
  }
  return "{\"count\":" + std::to_string(rows.size()) + ",\"results\":[" + all + "]}";
}

} // namespace

TEST_CASE("a text that is named before it is there is asked for at every run until it is",
          "[register]") {
  Bench bench;
  bench.add(number).xml_is_late = true;
  const std::string url = fr_full_text_url(number, october_5);
  int asked = 0;
  for (const char* run : {"2026-10-05T11:00:00Z",
                          "2026-10-05T11:20:00Z",
                          "2026-10-06T11:00:00Z",
                          "2026-10-08T11:00:00Z",
                          "2026-11-20T11:00:00Z"}) {
    INFO(run);
    bench.on(run);
    const auto report = bench.sync();
    CHECK(report.troubles.empty()); // the service answers; it has no text yet
    CHECK(report.missing_texts == 1);
    CHECK(bench.service.count(url) == ++asked);
    const auto missing = bench.status().missing_texts;
    REQUIRE(missing.size() == 1);
    CHECK(missing[0].document == number);
    CHECK(missing[0].asked_first == parse_timestamp("2026-10-05T11:00:00Z").value());
    CHECK(missing[0].asked_last == bench.options.now);
  }
  bench.service.documents[0].xml = xml_of(number);
  const auto report = bench.sync();
  CHECK(report.texts == 1);
  CHECK(report.missing_texts == 0);
  CHECK(bench.status().missing_texts.empty());
  CHECK(bench.stored().instructions.size() == 1);
  bench.sync();
  CHECK(bench.service.count(url) == asked + 1);
  bench.check_rebuild();
}

TEST_CASE("a document of today without any address of a text is missing it as well", "[register]") {
  Bench bench;
  bench.add(number);
  bench.sync();
  REQUIRE(bench.status().missing_texts.size() == 1);
  CHECK(bench.status().missing_texts[0].asked_first == bench.options.now);
}

TEST_CASE("the text of an old document that has none is asked for once a week", "[register]") {
  Bench bench;
  bench.add(number).xml_is_late = true;
  const std::string url = fr_full_text_url(number, october_5);
  const auto asked_on = [&](const char* run) {
    bench.on(run);
    bench.sync();
    return bench.service.count(url);
  };
  CHECK(asked_on("2027-02-01") == 1);
  CHECK(asked_on("2027-02-02") == 1);
  CHECK(asked_on("2027-02-07") == 1);
  CHECK(asked_on("2027-02-08") == 2);
}

TEST_CASE("texts are read of rules, of proposed rules and of the printer's corrections",
          "[register]") {
  Bench bench;
  bench.add("2026-18501").xml = xml_of("2026-18501");
  FakeFrDocument& proposed = bench.add("2026-18502");
  proposed.type = "Proposed Rule";
  proposed.xml = xml_of("2026-18502", "PRORULE");
  bench.add("C1-2026-18400").xml = xml_of("C1-2026-18400");
  FakeFrDocument& notice = bench.add("2026-18503");
  notice.type = "Notice";
  notice.xml = xml_of("2026-18503", "NOTICE");
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.texts == 3);
  CHECK(bench.stored("2026-18501").has_text);
  CHECK(bench.stored("2026-18502").has_text);
  CHECK(bench.stored("C1-2026-18400").has_text);
  CHECK_FALSE(bench.stored("2026-18503").has_text);
  // What is only proposed is not pending.
  const auto pending =
      query::pending_amendments(bench.archive, *Citation::parse("744.1(c)"), Date(2026, 9, 1));
  for (const PendingAmendment& each : *pending) {
    CHECK(each.document != "2026-18502");
  }
}

TEST_CASE("an address tells what it asks for, and a document why it is no answer", "[register]") {
  fetch::FrSearch search;
  search.agencies = {"industry-and-security-bureau"};
  const std::string documents = fetch::fr_search_url(search, Date(2026, 9, 1), october_5);
  const std::string orders =
      fetch::fr_search_url(fetch::all_executive_orders(), Date(1937, 1, 1), october_5);
  const std::string page = fetch::fr_citation_url(91, 500);
  search.agencies = {"industry-and-security-bureau", "energy-department"};
  const std::string two = fetch::fr_search_url(search, Date(2026, 9, 1), october_5);
  search.cfr = fetch::FrCfr{15, 740, 744};
  search.terms = {"gauge"};
  const std::string parts = fetch::fr_search_url(search, Date(2026, 9, 1), october_5);
  search.cfr = fetch::FrCfr{15};
  const std::string title = fetch::fr_search_url(search, Date(2026, 9, 1), october_5);

  struct Row {
    std::string url;
    std::vector<std::string> agencies;
    DocumentType type;
    Date published;
    int first;
    std::string words;
    std::vector<CfrPart> cfr = {};
  };

  using Agencies = std::vector<std::string>;
  const Agencies bureau{"Commerce Department", "Industry and Security Bureau"};
  const Agencies others{"Transportation Department"};
  const auto row = GENERATE_COPY(values<Row>({
      {documents, bureau, DocumentType::rule, october_5, 500, ""},
      {documents, bureau, DocumentType::correction, october_5, 500, ""},
      {documents, {}, DocumentType::rule, october_5, 500, ""},
      {documents, others, DocumentType::rule, october_5, 500, "is of Transportation Department"},
      {documents,
       bureau,
       DocumentType::rule,
       Date(2026, 8, 31),
       500,
       "was published on 2026-08-31"},
      {documents,
       bureau,
       DocumentType::rule,
       Date(2026, 10, 6),
       500,
       "was published on 2026-10-06"},
      {orders, {}, DocumentType::presidential, Date(1999, 1, 4), 500, ""},
      {orders, others, DocumentType::rule, october_5, 500, "is a rule"},
      {page, others, DocumentType::notice, october_5, 499, ""},
      {page, others, DocumentType::rule, october_5, 501, "stands on 91 FR 501"},
      {page, others, DocumentType::rule, october_5, 480, "stands on 91 FR 480"},
      {"https://www.federalregister.gov/api/v1/documents.json?cursor=abc",
       others,
       DocumentType::rule,
       october_5,
       501,
       ""},
      {two, others, DocumentType::rule, october_5, 500, ""}, // its slug may be an old one
      {parts, others, DocumentType::rule, october_5, 500, ""},
      {parts, others, DocumentType::rule, october_5, 500, "", {{"15", "744"}, {"22", "120"}}},
      {parts,
       others,
       DocumentType::rule,
       october_5,
       500,
       "concerns 15 CFR Part 748",
       {{"15", "748"}, {"22", "744"}}},
      {title, others, DocumentType::rule, october_5, 500, "", {{"15", "30"}}},
      {title,
       others,
       DocumentType::rule,
       october_5,
       500,
       "concerns 22 CFR Part 120",
       {{"22", "120"}}},
  }));
  Document document;
  document.agencies = row.agencies;
  document.type = row.type;
  document.published = row.published;
  document.volume = 91;
  document.start_page = row.first;
  document.end_page = row.first + 4;
  document.cfr = row.cfr;
  INFO(row.url);
  CHECK(sync::why_foreign(sync::fr_question_of(row.url), document) == row.words);
}

TEST_CASE("a document is asked for where one of its agencies is", "[register]") {
  const auto [slug, agency, asked] = GENERATE(table<std::string, std::string, bool>({
      {"energy-department", "Energy Department", true},
      {"u-s-customs-and-border-protection", "U.S. Customs and Border Protection", true},
      {"trade-representative-office-of-united-states",
       "Trade Representative, Office of United States",
       true},
      {"industry-and-security-bureau", "Bureau of Industry and Security", true},
      {"energy-department", "Transportation Department", false},
      {"industry-and-security-bureau", "Transportation Department", false},
  }));
  fetch::FrSearch search;
  search.agencies = {"engineers-corps", slug};
  Document document;
  document.type = DocumentType::notice;
  document.agencies = {agency};
  CHECK(sync::is_asked_for(sync::fr_question_of(search), document) == asked);
  CHECK(sync::is_asked_for(sync::fr_question_of(fetch::FrSearch{}), document));
}

TEST_CASE("an answer to another question is trouble, and nothing of it is kept", "[register]") {
  Bench bench;
  FakeFrDocument asked = bench.add(number);
  FakeFrDocument other = asked;
  other.number = "2026-18777";
  SECTION("other agencies") {
    other.metadata = R"("agencies":[{"name":"Transportation Department"}])";
  }
  SECTION("other dates") {
    other.published = Date(2020, 1, 6);
  }
  bench.service.search_body = list_of({fake_fr_json(asked), fake_fr_json(other)});
  const auto report = bench.sync();
  REQUIRE_FALSE(report.troubles.empty());
  CHECK_THAT(report.troubles[0].error.message,
             Contains("answers another question") && Contains("1 of 2 documents") &&
                 Contains("2026-18777"));
  CHECK(bench.status().documents == 0);
  CHECK_FALSE(sync::read_coverage(bench.archive)->has_value());
  const auto status = bench.archive.source_status("federal-register");
  CHECK((*status)->health == Health::degraded); // the list of what is on file was read
  CHECK_FALSE((*status)->newest_issue_date);

  bench.service.search_body.reset();
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.status().documents == 1);
  CHECK((*bench.archive.source_status("federal-register"))->health == Health::healthy);
  bench.check_rebuild();
}

TEST_CASE("a row that cannot be read is told and the others are kept", "[register]") {
  Bench bench;
  const FakeFrDocument document = bench.add(number);
  const std::string bad = GENERATE(as<std::string>{},
                                   R"({"title":"no number"})",
                                   R"("a string")",
                                   R"({"document_number":"2026-1","publication_date":"soon"})");
  bench.service.search_body = list_of({bad, fake_fr_json(document)});
  const auto report = bench.sync();
  REQUIRE_FALSE(report.troubles.empty());
  CHECK_THAT(report.troubles[0].error.message, Contains("1 row that cannot be read (result 1"));
  CHECK(bench.stored().number == number);
  // Of which days all is held cannot be said.
  CHECK_FALSE(sync::read_coverage(bench.archive)->has_value());
  bench.service.search_body.reset();
  CHECK(bench.sync().troubles.empty());
  CHECK(sync::read_coverage(bench.archive)->has_value());
}

TEST_CASE("a filing that is withdrawn stays known, with the note that says so", "[register]") {
  Bench bench;
  bench.on("2026-10-02T22:00:00Z");
  const FakeFrDocument filing = bench.file();
  bench.sync();
  REQUIRE(bench.stored().on_inspection);
  bench.service.inspection_body =
      R"({"count":1,"results":[{"document_number":"2026-18500","type":"Rule","title":"",)"
      R"("publication_date":null,"filed_at":null,"editorial_note":"Withdrawn by letter.",)"
      R"("agencies":[{"name":"Industry and Security Bureau"}]}]})";
  bench.on("2026-10-03T22:00:00Z");
  CHECK(bench.sync().documents == 1);
  const Document held = bench.stored();
  CHECK(held.withdrawn);
  CHECK_FALSE(held.on_inspection);
  CHECK_FALSE(held.published);
  CHECK(held.filed == Date(2026, 10, 2));
  CHECK(held.title == filing.title);
  CHECK(held.editorial_notes == std::vector<std::string>{"Withdrawn by letter."});
  CHECK(query::pending_amendments(bench.archive, Citation(), Date(2026, 10, 3))->empty());
  REQUIRE(query::withdrawn_filings(bench.archive, Date(2026, 10, 3))->size() == 1);
  CHECK(query::withdrawn_filings(bench.archive, Date(2027, 3, 1))->empty());
  CHECK(bench.sync().documents == 0);
  bench.check_rebuild();
}

TEST_CASE("a filing that is gone from the list was withdrawn, published, or is not known yet",
          "[register]") {
  Bench bench;
  bench.on("2026-10-02T22:00:00Z");
  bench.file();
  bench.sync();
  bench.service.documents.clear();
  // Each list has other bytes, as those of the service have.
  const auto list_on = [&](const char* instant) {
    FakeFrDocument other;
    other.number = instant;
    other.published = Date(2026, 12, 1);
    bench.service.inspection_body = list_of({fake_fr_json(other)});
    bench.on(instant);
    CHECK(bench.sync().troubles.empty());
  };
  SECTION("before its day of publication it was withdrawn") {
    list_on("2026-10-03T22:00:00Z");
    CHECK(bench.stored().withdrawn);
  }
  SECTION("on its day it may be printed and not listed yet") {
    list_on("2026-10-05T10:00:00Z");
    CHECK(bench.stored().on_inspection);
    CHECK_FALSE(bench.stored().withdrawn);
    SECTION("and it is published") {
      bench.add(number).xml = xml_of(number);
      list_on("2026-10-05T15:00:00Z");
      CHECK_FALSE(bench.stored().on_inspection);
      list_on("2026-10-12T15:00:00Z");
      CHECK_FALSE(bench.stored().withdrawn);
      CHECK(bench.stored().published == october_5);
    }
    SECTION("and when days later it is not, it was withdrawn") {
      list_on("2026-10-12T15:00:00Z");
      CHECK(bench.stored().withdrawn);
    }
  }
  SECTION("from a list with a row that cannot be read nothing follows") {
    bench.service.inspection_body = R"({"count":2,"results":[{"document_number":"2026-2",)"
                                    R"("publication_date":"2026-12-01"},{"title":"?"}]})";
    bench.on("2026-10-03T22:00:00Z");
    CHECK(bench.sync().troubles.size() == 1);
    CHECK(bench.stored().on_inspection);
  }
  SECTION("from a list that lost rows nothing follows") {
    bench.service.inspection_body = R"({"count":7,"results":[]})";
    bench.on("2026-10-03T22:00:00Z");
    CHECK(bench.sync().troubles.size() == 1);
    CHECK(bench.stored().on_inspection);
  }
  bench.check_rebuild();
}

TEST_CASE("the text of a filing is read until the printed one takes its place", "[register]") {
  Bench bench;
  bench.on("2026-10-02T22:00:00Z");
  FakeFrDocument& filing = bench.file();
  filing.metadata += ",\"raw_text_url\":\"" + filing_url + "\"";
  bench.sync();
  CHECK(bench.service.count(filing_url) == 1);
  CHECK_FALSE(bench.stored().has_text);
  CHECK(bench.status().missing_texts.empty()); // some filings have none

  bench.service.elsewhere[filing_url] = filing_text;
  CHECK(bench.sync().texts == 1);
  const auto targets = [&] {
    const Document document = bench.stored();
    REQUIRE(document.instructions.size() == 1);
    return document.instructions[0].operations.at(0).targets.at(0).at.to_string();
  };
  CHECK(targets() == "15 CFR 744.1(b)");
  CHECK(bench.stored().on_inspection);
  const auto is_provisional = [&] {
    for (const std::string& words : bench.stored().not_understood) {
      if (words.find("provisional") != std::string::npos) {
        return true;
      }
    }
    return false;
  };
  CHECK(is_provisional());
  bench.sync();
  CHECK(bench.service.count(filing_url) == 2);

  // Printed, and the XML is late.
  filing.inspection = false;
  filing.metadata = of_bureau;
  filing.xml_is_late = true;
  bench.on("2026-10-05T11:00:00Z");
  CHECK(bench.sync().missing_texts == 1);
  CHECK_FALSE(bench.stored().on_inspection);
  CHECK(targets() == "15 CFR 744.1(b)");
  CHECK(is_provisional());

  filing.xml = xml_of(number);
  bench.on("2026-10-05T15:00:00Z");
  CHECK(bench.sync().texts == 1);
  CHECK(targets() == "15 CFR 744.1(c)");
  CHECK_FALSE(is_provisional());
  CHECK(bench.status().missing_texts.empty());
  bench.sync();
  CHECK(bench.service.count(fr_full_text_url(number, october_5)) == 2);
  bench.check_rebuild();
}

TEST_CASE("a raw text is asked for as text, and only where there is no XML for days",
          "[register]") {
  Bench bench;
  FakeFrDocument& document = bench.add(number);
  document.raw_text =
      "[Federal Register Volume 91, Number 190 (Monday, October 5, 2026)]\n"
      "[Rules and Regulations]\n[FR Doc No: 2026-18500]\n-----------\n\nDEPARTMENT OF "
      "COMMERCE\n\n15 CFR Part 744\n\nGauges\n\nAGENCY: Bureau.\n";
  const std::string url = fetch::fr_raw_text_url(number, october_5);
  CHECK(bench.sync().missing_texts == 1);
  CHECK(bench.service.count(url) == 0);
  bench.on("2026-10-08T11:00:00Z");
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.texts == 1);
  CHECK(bench.stored().has_text);
  CHECK(bench.status().missing_texts.empty());
}
