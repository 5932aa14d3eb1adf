// Documents, their keys and relations, and the causes of stored changes.
#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>

#include <algorithm>

namespace regtrail::store::test {
namespace {

Relation relation(RelationKind kind, Citation target) {
  return {kind, std::move(target), false, "text", "the clause"};
}

/// With something in every field that could be lost.
Document full_document() {
  Document document;
  document.number = "2026-16628";
  document.type = DocumentType::rule;
  document.subtype = "s";
  document.action = "Interim final rule.";
  document.title = "Controls on Examples";
  document.abstract = "Examples are controlled.";
  document.agencies = {"Commerce Department", "Industry and Security Bureau"};
  document.volume = 91;
  document.start_page = 52501;
  document.end_page = 52510;
  document.published = day(20);
  document.filed = day(18);
  document.signed_on = day(17);
  document.effective = {day(18), day(60)};
  document.compliance = {day(90)};
  document.applicable = {day(10)};
  document.comments_close = day(50);
  document.dates_text = "This rule is effective ...";
  document.clauses = {{DatedClause::Kind::effective, day(60), "5", "except for instruction 5"}};
  document.unread_dates = {{DatedClause::Kind::comments_close, "60 days after publication"}};
  document.rins = {"0694-AK55"};
  document.dockets = {"Docket No. 260218-0047"};
  document.cfr = {{"15", "744"}, {"15", "774"}};
  document.order_notes = "notes";
  document.relations = {relation(RelationKind::corrects, Citation::fr_page("91", "500"))};
  document.deadlines = {{90, day(100), "Within 90 days"}};
  document.editorial_notes = {"note"};
  document.not_understood = {"DATES"};
  document.body = "Background\nThe rule adds examples.";
  document.text_url = "https://www.federalregister.gov/x.xml";
  document.raw_text_url = "https://www.federalregister.gov/x.txt";
  document.withdrawn = true;
  document.has_text = true;

  Instruction instruction;
  instruction.ordinal = "2.a";
  instruction.text = "Revising paragraph (a)(2) to read as follows:";
  instruction.page = 52502;
  instruction.title = "15";
  instruction.part = "744";
  instruction.understood = true;
  instruction.reason = "TITLE repaired";
  Operation operation;
  operation.verb = Verb::replace_words;
  operation.targets = {{must(Citation::parse("744.23(a)(2)")), TargetExtent::introductory_text}};
  operation.to = {must(Citation::parse("744.23(a)(3)"))};
  operation.old_words = "a";
  operation.new_words = "b";
  operation.note = "wherever it appears";
  instruction.operations = {operation};
  instruction.effective = day(70);
  instruction.until = day(80);
  instruction.set_out = {
      {must(Citation::parse("744.23")),
       finished(branch(NodeKind::unit, "", "", {leaf(NodeKind::paragraph, "(a)", "Examples.")}))}};
  document.instructions = {instruction};
  return document;
}

std::vector<std::string> numbers(const std::vector<StoredDocument>& documents) {
  std::vector<std::string> all;
  for (const StoredDocument& each : documents) {
    all.push_back(each.document.number);
  }
  return all;
}

using Numbers = std::vector<std::string>;

Document small(const std::string& number, int published, int page, int end_page) {
  Document document;
  document.number = number;
  document.type = DocumentType::rule;
  document.volume = 91;
  document.start_page = page;
  document.end_page = end_page;
  document.published = day(published);
  return document;
}

TEST_CASE("a document comes back to the last bit", "[store]") {
  Archive archive = in_memory();
  const Document given = full_document();
  CHECK(must(archive.put_document({given, std::nullopt, std::nullopt})));
  const auto found =
      must(archive.find_documents(Citation::fr_document("2026-16628"), DocumentContent::whole));
  REQUIRE(found.size() == 1);
  CHECK(found[0].document == given);

  const auto described =
      must(archive.find_documents(Citation::fr_document("2026-16628"), DocumentContent::described));
  CHECK(described[0].document.instructions.empty());
  CHECK(described[0].document.title == given.title);
}

TEST_CASE("a document is found by its days after delays, and stays as printed", "[store]") {
  Archive archive = in_memory();
  const Document printed = full_document();
  REQUIRE(must(archive.put_document({printed, std::nullopt, std::nullopt})));
  Document moved = printed;
  moved.effective = {day(200)};
  moved.instructions[0].effective = day(200);
  must(archive.replace_days(moved));
  DocumentQuery query;
  query.since = day(199);
  query.until = day(201);
  REQUIRE(must(archive.documents(query)).size() == 1);
  CHECK(must(archive.documents(query))[0].document.effective == printed.effective);
  query.since = day(59);
  query.until = day(61);
  CHECK(must(archive.documents(query)).empty());
}

TEST_CASE("a document that is equal is not written again, another replaces it", "[store]") {
  Archive archive = in_memory();
  Document document = full_document();
  REQUIRE(must(archive.put_document({document, std::nullopt, std::nullopt})));
  CHECK_FALSE(must(archive.put_document({document, std::nullopt, std::nullopt})));
  document.cfr = {{"15", "742"}};
  document.instructions.clear();
  document.title = "Another title";
  CHECK(must(archive.put_document({document, std::nullopt, std::nullopt})));
  DocumentQuery query;
  query.part = CfrPart{"15", "744"};
  CHECK(numbers(must(archive.documents(query))).empty());
  query.part = CfrPart{"15", "742"};
  CHECK(must(archive.documents(query)).at(0).document.title == "Another title");
}

TEST_CASE("a document is found by part, date of effect, publication, RIN and type", "[store]") {
  Archive archive = in_memory();
  must(archive.put_document({full_document(), std::nullopt, std::nullopt}));
  Document notice = small("2026-00001", 5, 10, 12);
  notice.type = DocumentType::notice;
  must(archive.put_document({notice, std::nullopt, std::nullopt}));

  const auto matches = [&](const std::function<void(DocumentQuery&)>& ask) {
    DocumentQuery query;
    ask(query);
    return numbers(must(archive.documents(query)));
  };
  const Numbers rule{"2026-16628"};
  CHECK(matches([](auto&) {}) == Numbers{"2026-00001", "2026-16628"});
  CHECK(matches([](auto& q) { q.part = CfrPart{"15", "774"}; }) == rule);
  // The date of one instruction counts, and that of a clause of DATES.
  CHECK(matches([](auto& q) { q.since = day(65), q.until = day(75); }) == rule);
  CHECK(matches([](auto& q) { q.since = day(59), q.until = day(61); }) == rule);
  CHECK(matches([](auto& q) { q.since = day(81); }).empty());
  CHECK(matches([](auto& q) { q.published_until = day(19); }) == Numbers{"2026-00001"});
  CHECK(matches([](auto& q) { q.published_since = day(20); }) == rule);
  CHECK(matches([](auto& q) { q.rin = "0694-AK55"; }) == rule);
  CHECK(matches([](auto& q) { q.type = DocumentType::notice; }) == Numbers{"2026-00001"});
  CHECK(matches([](auto& q) { q.limit = 1; }) == Numbers{"2026-00001"});
}

TEST_CASE("a page that two documents share finds both", "[store]") {
  Archive archive = in_memory();
  must(archive.put_document({small("2026-00002", 5, 4612, 4620), std::nullopt, std::nullopt}));
  must(archive.put_document({small("2026-00003", 5, 4620, 4624), std::nullopt, std::nullopt}));
  const auto on = [&](const char* page) {
    return numbers(
        must(archive.find_documents(Citation::fr_page("91", page), DocumentContent::described)));
  };
  CHECK(on("4619") == Numbers{"2026-00002"});
  CHECK(on("4620") == Numbers{"2026-00002", "2026-00003"});
  CHECK(on("4625").empty());
}

TEST_CASE("relations are told from both ends", "[store]") {
  Archive archive = in_memory();
  Document first = small("2023-24283", 1, 100, 120);
  first.executive_order = "14110";
  Document second = small("2025-01901", 2, 200, 210);
  second.executive_order = "14148";
  second.relations = {relation(RelationKind::revokes, Citation::executive_order("14110"))};
  Document third = small("2026-00003", 3, 300, 301);
  third.relations = {relation(RelationKind::corrects, Citation::fr_page("91", "205"))};
  for (const Document& each : {first, second, third}) {
    must(archive.put_document({each, std::nullopt, std::nullopt}));
  }

  const auto told = [&](const char* number) {
    std::vector<std::string> all;
    for (const Relation& each : must(archive.relations_of(number))) {
      all.push_back(std::string(to_string(each.kind)) + " " + each.target.to_string());
    }
    return all;
  };
  using Told = std::vector<std::string>;
  CHECK(told("2023-24283") == Told{"revoked by EO 14148"});
  CHECK(told("2025-01901") == Told{"revokes EO 14110", "corrected by 2026-00003"});
  CHECK(told("2026-00003") == Told{"corrects 91 FR 205"});

  must(archive.replace_inferred_relations(
      {{"2026-00003", relation(RelationKind::companion, Citation::fr_document("2025-01901"))}}));
  CHECK(told("2025-01901") ==
        Told{"revokes EO 14110", "corrected by 2026-00003", "companion 2026-00003"});
  must(archive.replace_inferred_relations({}));
  CHECK(told("2025-01901") == Told{"revokes EO 14110", "corrected by 2026-00003"});
}

TEST_CASE("a document is matched once, and again when another text of it is stored", "[store]") {
  Archive archive = in_memory();
  std::vector<std::string> asked;
  const auto match = [&](const Document& document) {
    asked.push_back(document.number);
    Hit hit;
    hit.id = document.title;
    hit.category = "pumps";
    Hit near = hit;
    near.category = "valves";
    near.near = true;
    return std::vector{hit, near};
  };
  const auto fresh = [&] { return must(archive.match_documents(MatchedDocuments::fresh, match)); };
  Document document = small("2026-1", 1, 10, 12);
  CHECK(must(archive.put_document({document, std::nullopt, std::nullopt})));
  CHECK(must(archive.put_document({small("2026-2", 2, 20, 21), std::nullopt, std::nullopt})));
  CHECK(fresh() == 2);
  CHECK(fresh() == 0);
  CHECK(asked == Numbers{"2026-1", "2026-2"});
  CHECK(must(archive.document_hits()).at("2026-1").front().category == "pumps");

  document.title = "Pumps";
  CHECK(must(archive.put_document({document, std::nullopt, std::nullopt})));
  CHECK(fresh() == 1);
  CHECK(asked.back() == "2026-1");
  CHECK(must(archive.match_documents(MatchedDocuments::all, match)) == 0);
  CHECK(asked.size() == 5);
  CHECK(must(archive.status()).hits == 2);
}

TEST_CASE("dropping what is derived drops documents", "[store]") {
  Archive archive = in_memory();
  must(archive.put_document({full_document(), std::nullopt, std::nullopt}));
  must(archive.refresh_search());
  REQUIRE(must(archive.export_derived()).find("2026-16628") != std::string::npos);
  must(archive.drop_derived());
  CHECK(must(archive.export_derived()).empty());
  CHECK(must(archive.documents({})).empty());
  CHECK(must(archive.verify()).problems.empty());
}

Change change(const std::string& at) {
  Change change;
  change.at = must(Citation::parse(at));
  change.id = at;
  change.before = "old";
  change.after = "new";
  return change;
}

TEST_CASE("causes are set afterwards and leave the rest of a change alone", "[store]") {
  Archive archive = in_memory();
  Transition given;
  given.part = "744";
  given.before = day(1);
  given.after = day(2);
  given.diff.changes = {change("744.1(a)"), change("744.1(b)")};
  given.hits = {{{"hit", "category", 0.7, 4, false, {}}}, {}};
  must(archive.put_transition(given, noon(40)));
  CHECK(must(archive.transition_dates()).size() == 1);

  const Cause cause{
      "2026-16628", "91 FR 52501", 0.96, {CauseEvidence::cita, CauseEvidence::instruction}, "2.a"};
  const std::vector<std::vector<Cause>> causes{{cause}, {}};
  CHECK(must(archive.replace_causes(15, "744", day(1), day(2), causes)) == 1);
  CHECK(must(archive.replace_causes(15, "744", day(1), day(2), causes)) == 0);
  const Transition stored = must(archive.transition(15, "744", day(1), day(2)));
  CHECK(stored.diff.changes[0].causes == std::vector{cause});
  CHECK(stored.diff.changes[1] == given.diff.changes[1]);
  CHECK(stored.hits == given.hits);
  CHECK(must(archive.replace_causes(15, "744", day(1), day(2), {{}, {}})) == 1);
  CHECK(message_of(archive.transition(15, "744", day(1), day(3))) ==
        "the archive has no changes of 15 CFR Part 744 from 2026-01-02 to 2026-01-04");
}

TEST_CASE("an export holds no control characters, whatever a document says", "[store]") {
  Archive archive = in_memory();
  Document document = full_document();
  document.title = "\x1b[2Ja\tb\nc\\d\x7f\xc2\x9b \xe2\x80\xae é \xff\r";
  REQUIRE(must(archive.put_document({document, std::nullopt, std::nullopt})));
  const std::string exported = must(archive.export_derived());
  CHECK(exported.find(R"(\x1b[2Ja\tb\nc\\d\x7f\xc2\x9b \xe2\x80\xae é \xff\x0d)") !=
        std::string::npos);
  CHECK(std::none_of(exported.begin(), exported.end(), [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == '\x7f';
  }));
}

} // namespace
} // namespace regtrail::store::test
