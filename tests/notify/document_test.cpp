#include "notify/render/document.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace regtrail;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

Citation at(const char* text) {
  return *Citation::parse(text);
}

Document sample() {
  Document document;
  document.number = "2027-01234";
  document.type = DocumentType::rule;
  document.action = "Final rule.";
  document.title = "Controls on Widgets";
  document.agencies = {"DEPARTMENT OF SAMPLES"};
  document.volume = 92;
  document.start_page = 70101;
  document.end_page = 70103;
  document.published = Date(2027, 3, 4);
  document.effective = {Date(2027, 3, 2), Date(2027, 4, 30)};
  document.clauses = {{DatedClause::Kind::expires, Date(2028, 1, 1), "3", "until January 1, 2028"}};
  document.cfr = {{"15", "744"}, {"15", "774"}, {"22", "120"}};
  document.rins = {"0694-AZ99"};
  document.has_text = true;
  Instruction first;
  first.ordinal = "2.a";
  first.text = "a. Revising paragraph (a) introductory text;";
  first.page = 70102;
  first.understood = true;
  first.effective = Date(2027, 4, 30);
  first.operations = {
      {Verb::revise, {{at("15 CFR 744.23(a)"), TargetExtent::introductory_text}}, {}, {}, {}, {}},
      {Verb::redesignate, {{at("15 CFR 744.23(b)")}}, {at("15 CFR 744.23(c)")}, {}, {}, {}}};
  first.set_out.push_back({at("15 CFR 744.23"), {}});
  Instruction second;
  second.ordinal = "3";
  second.text = "3. Twist § 744.24\x1b[31m.";
  second.reason = "unknown wording";
  document.instructions = {first, second};
  document.relations = {{RelationKind::corrects, at("92 FR 60000"), true, "text", "corrects"}};
  document.not_understood = {"a second document number, '2027-09999'"};
  return document;
}

} // namespace

TEST_CASE("days that are not read are shown in the words of the document", "[document]") {
  using Kind = DatedClause::Kind;
  Document document = sample();
  document.effective = {Date(2027, 4, 3)};
  document.applicable = {Date(2027, 1, 1)};
  document.clauses = {{Kind::effective, Date(2027, 4, 3), "", "30 days after publication"}};
  document.unread_dates = {{Kind::effective, "30 days after publication"},
                           {Kind::effective, "February 31, 2027"},
                           {Kind::comments_close, "upon approval of the form"}};
  document.dates_text = "This rule is effective 30 days after publication.\nMore.";
  const std::string text = render::document_text(document, {});
  for (const char* line : {"effective     2027-04-03\n",
                           "applicable    2027-01-01\n",
                           "effective     30 days after publication: computed as 2027-04-03\n",
                           "effective     not read: February 31, 2027\n",
                           "comments      upon approval of the form\n",
                           "dates         This rule is effective 30 days after publication.\n",
                           "dates         More.\n"}) {
    CHECK_THAT(text, Contains(line));
  }
  const Json dates = Json::parse(render::document_json(document))["dates"];
  CHECK(dates["applicable"] == Json::array({"2027-01-01"}));
  CHECK(dates["clauses"][0]["computed"] == true);
  CHECK(dates["unread"] ==
        Json::array({{{"kind", "effective"}, {"words", "February 31, 2027"}},
                     {{"kind", "comments_close"}, {"words", "upon approval of the form"}}}));
}

TEST_CASE("a document in JSON has the shape that others read", "[document]") {
  const Json json = Json::parse(render::document_json(sample()));
  CHECK(json["schema"] == 1);
  CHECK(json["document_number"] == "2027-01234");
  CHECK(json["citation"] == "92 FR 70101");
  CHECK(json["type"] == "rule");
  CHECK(json["title"] == "Controls on Widgets");
  CHECK(json["dates"]["published"] == "2027-03-04");
  CHECK(json["dates"]["filed"].is_null());
  CHECK(json["dates"]["effective"] == Json::array({"2027-03-02", "2027-04-30"}));
  CHECK(json["dates"]["compliance"] == Json::array());
  CHECK(json["dates"]["comments_close"].is_null());
  CHECK(json["rins"] == Json::array({"0694-AZ99"}));
  CHECK(json["cfr"][0] == Json({{"title", 15}, {"part", "744"}}));
  const Json& instruction = json["instructions"][0];
  CHECK(instruction["ordinal"] == "2.a");
  CHECK(instruction["understood"] == true);
  CHECK(instruction["effective"] == "2027-04-30");
  CHECK(instruction["operations"][0]["verb"] == "revise");
  CHECK(instruction["operations"][0]["targets"] == Json::array({"15 CFR 744.23(a)"}));
  CHECK(instruction["operations"][0]["extents"] == Json::array({"introductory text"}));
  CHECK(instruction["operations"][1]["to"] == Json::array({"15 CFR 744.23(c)"}));
  CHECK(json["instructions"][1]["understood"] == false);
  CHECK(json["instructions"][1]["reason"] == "unknown wording");
  CHECK(json["relations"][0]["kind"] == "corrects");
  CHECK(json["relations"][0]["target"] == "92 FR 60000");
  CHECK(json["relations"][0]["in_part"] == true);
  CHECK(json["relations"][0]["source"] == "text");
  CHECK(Json::parse(render::documents_json({sample(), sample()})).size() == 2);
}

TEST_CASE("a document in a terminal has a line for each operation", "[document]") {
  const std::string text = render::document_text(sample(), {});
  CHECK(text == "92 FR 70101  2027-01234  rule  Controls on Widgets\n"
                "agency        DEPARTMENT OF SAMPLES\n"
                "action        Final rule.\n"
                "pages         70101-70103\n"
                "amends        15 CFR 744, 774; 22 CFR 120\n"
                "RIN           0694-AZ99\n"
                "published     2027-03-04\n"
                "effective     2027-03-02, 2027-04-30\n"
                "expires       2028-01-01\n"
                "\n"
                "2 instructions, 1 understood\n"
                "  2.a     revise            15 CFR 744.23(a) introductory text\n"
                "          redesignate       15 CFR 744.23(b) -> 15 CFR 744.23(c)\n"
                "            effective 2027-04-30\n"
                "            sets out 15 CFR 744.23\n"
                "  3       not understood: 3. Twist § 744.24[31m.\n"
                "            unknown wording\n"
                "\n"
                "Relations\n"
                "  corrects 92 FR 60000, in part  text\n"
                "\n"
                "Not understood\n"
                "  a second document number, '2027-09999'\n");
}

TEST_CASE("a narrow terminal wraps within the columns", "[document]") {
  render::TerminalStyle style;
  style.width = 50;
  Document document = sample();
  document.instructions[0].operations[0].targets.assign(4, {at("15 CFR 744.23(a)")});
  CHECK_THAT(render::document_text(document, style),
             Contains("  2.a     revise            15 CFR 744.23(a),\n"
                      "                            15 CFR 744.23(a),\n"));
}

TEST_CASE("a list of documents has a line for each", "[document]") {
  CHECK(
      render::document_line(sample(), {}) ==
      "2027-01234  rule                  Controls on Widgets  2 instructions, 1 not understood\n");
}
