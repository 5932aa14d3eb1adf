#include "parse/fr_json.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>

using namespace regtrail;
using parse::parse_fr_agencies;
using parse::parse_fr_document;
using parse::parse_fr_documents;
using parse::parse_fr_public_inspection;

namespace {

/// The one document of an answer whose object has these members.
Document one(const std::string& members) {
  const auto page = parse_fr_documents(
      R"({"count":1,"results":[{"document_number":"2026-00001",)" + members + "}]}", "answer.json");
  REQUIRE(page);
  REQUIRE(page->documents.size() == 1);
  return page->documents.front();
}

bool mentions(const std::string& message, const std::string& words) {
  return message.find(words) != std::string::npos;
}

const std::string full = R"({
  "document_number":"2026-03111","type":"Rule","subtype":null,"action":"Final rule;\n correction.",
  "title":"Widgets  and Gears ","abstract":"It corrects.","citation":"91 FR 9741","volume":91,
  "start_page":9741,"end_page":9746,"publication_date":"2026-02-24","effective_on":"2026-02-20",
  "signing_date":null,"dates":"Effective\n February 20, 2026.","comments_close_on":"2026-04-01",
  "cfr_references":[{"title":15,"part":744,"chapter":null},{"title":"15","part":"730","chapter":7},
                    {"title":15,"part":null,"chapter":"VII"},{"title":15,"part":"744"}],
  "docket_ids":["Docket No. 260218-0047"],"regulation_id_numbers":["0694-AK55"],
  "correction_of":null,"corrections":["https://www.federalregister.gov/api/v1/documents/C1-2026-03111?publication_date=2026-03-01"],
  "executive_order_number":null,"executive_order_notes":null,
  "agencies":[{"raw_name":"DEPARTMENT OF WIDGETS","name":"Widgets Department","id":54},
              {"raw_name":"Bureau of Gears"},{"name":"Widgets Department"}],
  "full_text_xml_url":"https://www.federalregister.gov/documents/full_text/xml/2026/02/24/2026-03111.xml"})";

} // namespace

TEST_CASE("every field of a document finds its place", "[fr_json]") {
  const auto document = parse_fr_document(full, "answer.json");
  REQUIRE(document);
  CHECK(document->number == "2026-03111");
  CHECK(document->type == DocumentType::rule);
  CHECK(document->action == "Final rule; correction.");
  CHECK(document->title == "Widgets and Gears");
  CHECK(document->abstract == "It corrects.");
  CHECK(document->volume == 91);
  CHECK(document->start_page == 9741);
  CHECK(document->end_page == 9746);
  CHECK(document->published == Date(2026, 2, 24));
  CHECK(document->effective == std::vector<Date>{Date(2026, 2, 20)});
  CHECK_FALSE(document->signed_on);
  CHECK(document->comments_close == Date(2026, 4, 1));
  CHECK(document->dates_text == "Effective February 20, 2026.");
  CHECK(document->cfr == std::vector<CfrPart>{{"15", "730"}, {"15", "744"}});
  CHECK(document->dockets == std::vector<std::string>{"Docket No. 260218-0047"});
  CHECK(document->rins == std::vector<std::string>{"0694-AK55"});
  CHECK(document->agencies == std::vector<std::string>{"Widgets Department", "Bureau of Gears"});
  CHECK(document->text_url.ends_with("/2026-03111.xml"));
  CHECK_FALSE(document->has_text);
  CHECK_FALSE(document->on_inspection);
  CHECK(document->not_understood.empty());
  REQUIRE(document->relations.size() == 1);
  CHECK(document->relations[0].kind == RelationKind::corrected_by);
  CHECK(document->relations[0].target == Citation::fr_document("C1-2026-03111"));
  CHECK(document->relations[0].source == "metadata");
}

TEST_CASE("everything but the number may be null or absent", "[fr_json]") {
  auto object = nlohmann::json::parse(full);
  for (auto& [key, value] : object.items()) {
    if (key != "document_number") {
      value = nullptr;
    }
  }
  for (const auto& text : {object.dump(), std::string(R"({"document_number":"2026-03111"})")}) {
    const auto document = parse_fr_document(text, "answer.json");
    REQUIRE(document);
    Document bare;
    bare.number = "2026-03111";
    CHECK(*document == bare);
  }
}

TEST_CASE("numbers come as numbers and as strings", "[fr_json]") {
  const auto number = GENERATE(as<std::string>{}, "14110", "\"14110\"", "\" 14110 \"");
  const auto order = one(R"("type":"Presidential Document","subtype":"Executive Order",)"
                         R"("executive_order_number":)" +
                         number + R"(,"volume":"88","start_page":"75191","end_page":75226)");
  CHECK(order.executive_order == "14110");
  CHECK(order.type == DocumentType::presidential);
  CHECK(fr_citation_of(order) == "88 FR 75191");
  CHECK(order.not_understood.empty());
}

TEST_CASE("an order without its number is known by its number as a presidential document",
          "[fr_json]") {
  const std::string given = R"("subtype":"Executive Order","executive_order_number":null,)";
  CHECK(one(given + R"("presidential_document_number":"13900")").executive_order == "13900");
  CHECK(one(given + R"("presidential_document_number":null)").executive_order.empty());
  CHECK(one(R"("subtype":"Determination","presidential_document_number":"94-7")")
            .executive_order.empty());
}

TEST_CASE("volume and page are taken from the citation where they do not stand alone",
          "[fr_json]") {
  CHECK(fr_citation_of(one(R"("citation":"91 FR 9741")")) == "91 FR 9741");
  CHECK(fr_citation_of(one(R"("citation":"2018-20816","volume":83,"start_page":48195)")) ==
        "83 FR 48195");
  CHECK(fr_citation_of(one(R"("citation":"2018-20816")")).empty());
}

TEST_CASE("document numbers of every age are kept as they are, but for blanks and dashes",
          "[fr_json]") {
  const auto [written, read, type] = GENERATE(table<std::string, std::string, DocumentType>({
      {"E8-4768", "E8-4768", DocumentType::rule},
      {"03-1657", "03-1657", DocumentType::rule},
      {"94-13517", "94-13517", DocumentType::rule},
      {" 2026-03111", "2026-03111", DocumentType::rule},
      {"2026\u201303111", "2026-03111", DocumentType::rule},
      {"C1-2026-03111", "C1-2026-03111", DocumentType::correction},
      {"R1-2026-03111", "R1-2026-03111", DocumentType::correction},
      {"C8-4768", "C8-4768", DocumentType::correction},
  }));
  const auto document =
      parse_fr_document(R"({"type":"Rule","document_number":")" + written + "\"}", "x");
  REQUIRE(document);
  CHECK(document->number == read);
  CHECK(document->type == type);
}

TEST_CASE("types are read by name and by code", "[fr_json]") {
  const auto [word, type] = GENERATE(table<std::string, DocumentType>({
      {"Rule", DocumentType::rule},
      {"Proposed Rule", DocumentType::proposed_rule},
      {"PRORULE", DocumentType::proposed_rule},
      {"Notice", DocumentType::notice},
      {"Sunshine Act Document", DocumentType::notice},
      {"Presidential Document", DocumentType::presidential},
      {"Correction", DocumentType::correction},
      {"Uncategorized Document", DocumentType::other},
      {"", DocumentType::other},
  }));
  CHECK(one(R"("type":")" + word + "\"").type == type);
}

TEST_CASE("an effective date may be before publication, years later or null", "[fr_json]") {
  CHECK(one(R"("publication_date":"2022-12-23","effective_on":"2022-12-21")").effective ==
        std::vector<Date>{Date(2022, 12, 21)});
  CHECK(one(R"("publication_date":"2025-01-16","effective_on":"2029-01-01")").effective ==
        std::vector<Date>{Date(2029, 1, 1)});
  CHECK(one(R"("publication_date":"2025-01-16","effective_on":null)").effective.empty());
}

TEST_CASE("the paragraph of dates stands before the one date that the service extracts",
          "[fr_json]") {
  const std::string given = R"("publication_date":"2025-01-16","effective_on":"2025-01-20",)";
  CHECK(one(given + R"("dates":null)").effective == std::vector<Date>{Date(2025, 1, 20)});
  CHECK(one(given + R"("dates":"See below.")").effective == std::vector<Date>{Date(2025, 1, 20)});
  const auto phased =
      one(given + R"("dates":"This rule is effective January 16, 2025, except for )"
                  R"(amendatory instruction 5, which is effective January 1, 2026. )"
                  R"(Comments must be received by March 3, 2025.")");
  CHECK(phased.effective == std::vector<Date>{Date(2025, 1, 16), Date(2026, 1, 1)});
  CHECK(phased.comments_close == Date(2025, 3, 3));
  CHECK(phased.clauses.size() == 3);
  CHECK(one(given + R"("dates":"The rule published at 90 FR 1 is delayed indefinitely.")")
            .effective.empty());
}

TEST_CASE("a text without XML is to be had as printed", "[fr_json]") {
  const auto document = one(R"("full_text_xml_url":null,"raw_text_url":"https://x/a.txt")");
  CHECK(document.text_url.empty());
  CHECK(document.raw_text_url == "https://x/a.txt");
}

TEST_CASE("what a correction corrects is read off the address given", "[fr_json]") {
  const auto [url, number] = GENERATE(table<std::string, std::string>({
      {"https://www.federalregister.gov/api/v1/documents/2026-03111?publication_date=2026-02-24",
       "2026-03111"},
      {"https://www.federalregister.gov/api/v1/documents/2026-03111.json", "2026-03111"},
      {"2026-03111", "2026-03111"},
  }));
  const auto document = one(R"("correction_of":")" + url + "\"");
  REQUIRE(document.relations.size() == 1);
  CHECK(document.relations[0].kind == RelationKind::corrects);
  CHECK(document.relations[0].target == Citation::fr_document(number));
}

TEST_CASE("notes on an order become relations; what of them is not understood is said",
          "[fr_json]") {
  const auto order =
      one(R"("executive_order_number":"14148","executive_order_notes":null,)"
          R"("disposition_notes":"Revokes: EO 14110, October 30, 2023\nFrobs: EO 9")");
  REQUIRE(order.relations.size() == 1);
  CHECK(order.relations[0].kind == RelationKind::revokes);
  CHECK(order.relations[0].target == Citation::executive_order("14110"));
  CHECK(order.relations[0].source == "notes");
  CHECK(order.order_notes.starts_with("Revokes: "));
  REQUIRE(order.not_understood.size() == 1);
  CHECK(mentions(order.not_understood[0], "Frobs"));
}

TEST_CASE("a value that cannot be read is left out and said", "[fr_json]") {
  const auto [members, said] = GENERATE(table<std::string, std::string>({
      {R"("effective_on":"2026-13-01")", "'effective_on' is no date: '2026-13-01'"},
      {R"("signing_date":"soon")", "'signing_date' is no date: 'soon'"},
      {R"("comments_close_on":20260401)", "'comments_close_on' is no date: '20260401'"},
      {R"("start_page":"xii")", "'start_page' is no number: 'xii'"},
      {R"("volume":-1)", "'volume' is no number: '-1'"},
      {R"("volume":99999999999999999999)", "'volume' is no number"},
      {R"("volume":91,"start_page":10,"end_page":9)", "'end_page' is before the start page: '9'"},
  }));
  const auto document = one(members);
  REQUIRE(document.not_understood.size() == 1);
  CHECK(mentions(document.not_understood[0], said));
}

TEST_CASE("an answer of the wrong shape names its source, the document and the field",
          "[fr_json]") {
  struct Case {
    std::string json;
    std::vector<std::string> said;
  };

  const auto bad = GENERATE(values<Case>({
      {"", {"not JSON"}},
      {"{\"count\":1,\"results\":[{", {"not JSON"}},
      {"<html><body>Request Access</body></html>", {"not JSON", "<html>"}},
      {"[]", {"expected an object with 'results', got array"}},
      {"null", {"expected an object"}},
      {"{}", {"expected 'results'"}},
      {R"({"count":5,"description":"x"})", {"expected 'results'"}},
      {R"({"count":"many"})", {"expected 'results'"}},
      {R"({"count":1,"results":{}})", {"'results' to be an array, got object"}},
      {R"({"count":1,"results":[7]})", {"result 1 is number"}},
      {R"({"count":2,"results":[{},{}]})", {"result 1", "no 'document_number'"}},
      {R"({"results":[{"document_number":null}]})", {"no 'document_number'"}},
      {R"({"results":[{"document_number":["a"]}]})", {"no 'document_number'"}},
      {R"({"results":[{"document_number":"2026-1","publication_date":"2026-02-30"}]})",
       {"document '2026-1'", "'publication_date' is no date: '2026-02-30'"}},
      {R"({"results":[{"document_number":"2026-1","agencies":"BIS"}]})",
       {"document '2026-1'", "'agencies' is string, not a list"}},
      {R"({"results":[{"document_number":"2026-1","agencies":["BIS"]}]})",
       {"document '2026-1'", "'agencies' holds string, not an agency"}},
      {R"({"results":[{"document_number":"2026-1","cfr_references":[15]}]})",
       {"document '2026-1'", "'cfr_references' holds number, not a reference"}},
      {R"({"results":[{"document_number":"2026-1","cfr_references":[{"title":15,"part":[1]}]}]})",
       {"document '2026-1'", "'cfr_references' holds a reference whose 'part' is array, not text"}},
      {R"({"results":[{"document_number":"2026-1","title":{"a":1}}]})",
       {"document '2026-1'", "'title' is object, not text"}},
      {R"({"results":[{"document_number":"2026-1","regulation_id_numbers":[["x"]]}]})",
       {"document '2026-1'", "'regulation_id_numbers' holds array, not text"}},
      {R"({"results":[{"document_number":"2026-1","corrections":{"a":1}}]})",
       {"document '2026-1'", "'corrections' is object, not a list"}},
      {R"({"status":400,"message":"field 'x' not valid"})", {"the service says", "field 'x'"}},
      {R"({"errors":{"agencies":"is not a valid field"}})", {"the service says", "agencies"}},
      {R"({"errors":"Bad parameters"})", {"the service says", "Bad parameters"}},
      {R"({"error":"Bad date"})", {"the service says", "Bad date"}},
      {R"({"status":404,"message":"Record Not Found"})", {"Record Not Found"}},
  }));
  CAPTURE(bad.json);
  const auto page = parse_fr_documents(bad.json, "answer.json");
  REQUIRE_FALSE(page);
  CHECK(page.error().kind == ErrorKind::malformed);
  CHECK(mentions(page.error().message, "cannot read 'answer.json'"));
  for (const auto& words : bad.said) {
    CHECK(mentions(page.error().message, words));
  }
}

TEST_CASE("a single document of the wrong shape says so", "[fr_json]") {
  const auto [json, said] = GENERATE(table<std::string, std::string>({
      {"[]", "expected a document, got array"},
      {"{}", "no 'document_number'"},
      {R"({"status":404,"message":"Record Not Found"})", "the service says 'Record Not Found'"},
      {R"({"document_number":"2026-1","docket_ids":"x"})", "'docket_ids' is string, not a list"},
  }));
  const auto document = parse_fr_document(json, "answer.json");
  REQUIRE_FALSE(document);
  CHECK(mentions(document.error().message, "answer.json"));
  CHECK(mentions(document.error().message, said));
}

TEST_CASE("an answer nested without end is refused before it is read", "[fr_json]") {
  const std::string deep(200'000, '[');
  for (const auto& json : {deep,
                           R"({"errors":)" + deep,
                           R"({"results":[{"document_number":)" + deep,
                           R"({"errors":)" + deep + std::string(200'000, ']') + "}"}) {
    const auto page = parse_fr_documents(json, "answer.json");
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == ErrorKind::too_large);
  }
  CHECK(one(R"x("title":"[[[[[[\"{{{{")x").title == "[[[[[[\"{{{{");
}

TEST_CASE("a row that cannot be read leaves the others", "[fr_json]") {
  const auto page =
      parse_fr_documents(R"({"count":3,"results":[{"document_number":"a"},{},7]})", "answer.json");
  REQUIRE(page);
  CHECK(page->documents.size() == 1);
  CHECK(page->unreadable ==
        std::vector<std::string>{"result 2: no 'document_number'", "result 3 is number"});
}

TEST_CASE("a page of results tells how many there are and where the next is", "[fr_json]") {
  const auto page = parse_fr_documents(
      R"({"count":"1893","total_pages":"2","next_page_url":"https://x/p2","results":[]})", "x");
  REQUIRE(page);
  CHECK(page->count == 1893);
  CHECK(page->total_pages == 2);
  CHECK(page->next_page_url == "https://x/p2");
  const auto last = parse_fr_documents(R"({"count":1,"results":[{"document_number":"a"}]})", "x");
  REQUIRE(last);
  CHECK(last->next_page_url.empty());
  CHECK_FALSE(last->total_pages);
}

TEST_CASE("a document that was withdrawn from inspection has no day of publication", "[fr_json]") {
  const auto page = parse_fr_public_inspection(
      R"({"count":1,"results":[{"document_number":"2026-00002","type":"Rule","title":" A Rule  ",
          "filed_at":"2026-03-02T16:15:00.000-05:00","filing_type":"special",
          "publication_date":null,"editorial_note":"Withdrawn by the agency.",
          "docket_numbers":["26-1"],"raw_text_url":null,"agencies":[{"raw_name":"Bureau"}]}]})",
      "x");
  REQUIRE(page);
  REQUIRE(page->documents.size() == 1);
  const auto& document = page->documents[0];
  CHECK(document.withdrawn);
  CHECK_FALSE(document.on_inspection);
  CHECK_FALSE(document.published);
  CHECK(document.filed == Date(2026, 3, 2));
  CHECK(document.title == "A Rule");
  CHECK(document.dockets == std::vector<std::string>{"26-1"});
  CHECK(document.editorial_notes == std::vector<std::string>{"Withdrawn by the agency."});
}

TEST_CASE("agencies are a bare array", "[fr_json]") {
  const auto agencies = parse_fr_agencies(
      R"([{"id":241,"name":"Bureau of Gears","slug":"gears-bureau","parent_id":54},
          {"name":"Old Office","slug":"old-office","parent_id":null}])",
      "x");
  REQUIRE(agencies);
  REQUIRE(agencies->size() == 2);
  CHECK((*agencies)[0].id == 241);
  CHECK((*agencies)[0].parent == 54);
  CHECK((*agencies)[1].slug == "old-office");
  CHECK_FALSE((*agencies)[1].parent);
  for (const auto* bad :
       {R"({"agencies":[]})", "[7]", R"([{"name":"x"}])", R"({"message":"no"})"}) {
    CHECK_FALSE(parse_fr_agencies(bad, "x"));
  }
}

TEST_CASE("recorded answers of the service are read whole", "[fr_json][corpus]") {
  NEEDS_CORPUS("api/federal-register");
  const auto folder = regtrail::testing::corpus_path() / "api/federal-register";
  SECTION("a page of a thousand") {
    const std::string text =
        regtrail::testing::read_file(folder / "documents-search-page_2024-01.json");
    const auto page = parse_fr_documents(text, "page");
    REQUIRE(page);
    CHECK(page->documents.size() == 1000);
    CHECK(page->count == 1893);
    CHECK(page->total_pages == 2);
    CHECK(page->next_page_url.starts_with("https://www.federalregister.gov/api/v1/documents?"));
    const auto rows = nlohmann::json::parse(text)["results"];
    int wrong = 0;
    int other_date = 0; ///< the service extracted one that the paragraph says of something else
    const auto is_something_else = [](const Document& document, const std::string& date) {
      return std::any_of(
          document.clauses.begin(), document.clauses.end(), [&](const DatedClause& clause) {
            return clause.date.to_string() == date && clause.kind != DatedClause::Kind::effective;
          });
    };
    for (std::size_t i = 0; i < page->documents.size(); ++i) {
      const auto& document = page->documents[i];
      const auto& row = rows[i];
      const bool right = document.number == row["document_number"] &&
                         document.published->to_string() == row["publication_date"] &&
                         fr_citation_of(document) == row["citation"] &&
                         document.text_url == row["full_text_xml_url"] &&
                         (!document.effective.empty() || row["effective_on"].is_null() ||
                          is_something_else(document, row["effective_on"])) &&
                         document.agencies.empty() == row["agencies"].empty() &&
                         document.end_page >= document.start_page &&
                         document.not_understood.empty() && !document.title.empty();
      wrong += right ? 0 : 1;
      const auto is_extracted = [&](Date date) { return date.to_string() == row["effective_on"]; };
      if (!row["effective_on"].is_null() &&
          std::none_of(document.effective.begin(), document.effective.end(), is_extracted)) {
        ++other_date;
        UNSCOPED_INFO(document.number);
      }
      if (!right) {
        UNSCOPED_INFO(document.number);
      }
    }
    CHECK(wrong == 0);
    CHECK(other_date == 3); // comments close, two petitions were filed
    const auto corrections =
        std::count_if(page->documents.begin(), page->documents.end(), [](const auto& document) {
          return document.type == DocumentType::correction;
        });
    CHECK(corrections == 8);
  }
  SECTION("nothing found") {
    for (const auto* name : {"search-terminal.json", "inspection-zero.json"}) {
      const auto page = parse_fr_documents(regtrail::testing::read_file(folder / name), name);
      REQUIRE(page);
      CHECK(page->count == 0);
      CHECK(page->documents.empty());
    }
  }
  SECTION("refusals") {
    for (const auto* name : {"fields-unknown.json", "invalid-cursor.json"}) {
      CHECK_FALSE(parse_fr_documents(regtrail::testing::read_file(folder / name), name));
    }
  }
  SECTION("a batch with a missing number") {
    const auto page = parse_fr_documents(
        regtrail::testing::read_file(folder / "batch-missing-duplicate.json"), "batch");
    REQUIRE(page);
    CHECK(page->documents.size() == 1);
    CHECK(page->documents[0].cfr == std::vector<CfrPart>{{"40", "52"}});
    CHECK(page->not_found == std::vector<std::string>{"9999-99999"});
  }
  SECTION("single documents") {
    const auto now =
        parse_fr_document(regtrail::testing::read_file(folder / "current-document.json"), "now");
    REQUIRE(now);
    CHECK(now->executive_order == "14430");
    CHECK(now->signed_on == Date(2026, 9, 17));
    CHECK(now->relations.size() == 2);
    const auto old =
        parse_fr_document(regtrail::testing::read_file(folder / "historical-document.json"), "old");
    REQUIRE(old);
    CHECK(old->subtype == "Determination");
    CHECK(old->executive_order.empty());
    CHECK(old->text_url.empty());
    CHECK(old->raw_text_url.ends_with(".txt"));
  }
  SECTION("public inspection") {
    const auto batch = parse_fr_public_inspection(
        regtrail::testing::read_file(folder / "inspection-batch-missing.json"), "batch");
    REQUIRE(batch);
    CHECK(batch->documents[0].filed == Date(2026, 9, 28));
    CHECK(batch->documents[0].published == Date(2026, 9, 30));
    CHECK(batch->not_found.size() == 1);
    const auto list = parse_fr_public_inspection(
        regtrail::testing::read_file(folder / "inspection-search.json"), "list");
    REQUIRE(list);
    CHECK(list->count == 127);
    CHECK(list->documents.size() == 2);
    CHECK(list->documents[0].on_inspection);
  }
}
