// regtrail doc --file: a document, an issue, and what is neither.
#include "query/documents.hpp"
#include "store/archive.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support.hpp"

using namespace regtrail;
using namespace regtrail::cli::testing;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

std::string notice(const std::string& number) {
  return "<NOTICE><PREAMB><SUBJECT>Meeting " + number +
         "</SUBJECT></PREAMB><FRDOC>[FR Doc. 2027-0000" + number +
         " Filed 3-1-27; 8:45 am]</FRDOC></NOTICE>";
}

std::string issue() {
  return "<FEDREG><VOL>92</VOL><DATE>March 4, 2027</DATE><NOTICES>" + notice("1") + notice("2") +
         "</NOTICES></FEDREG>";
}

} // namespace

TEST_CASE("doc --file prints a document, an issue as a list, and one of an issue", "[doc]") {
  const Program program;
  const std::string one = program.home().write("one.xml", notice("1")).string();
  const std::string all = program.home().write("all.xml", issue()).string();

  const Outcome text = program.run({"doc", "--file", one});
  CHECK(text.code == 0);
  CHECK(text.out == "2027-00001  notice  Meeting 1\nfiled         2027-03-01\n");

  CHECK(Json::parse(program.run({"doc", "--file", one, "--json"}).out)["document_number"] ==
        "2027-00001");
  CHECK(Json::parse(program.run({"doc", "--file", all, "--json"}).out).size() == 2);
  CHECK(program.run({"doc", "--file", all}).out == "2027-00001  notice                Meeting 1\n"
                                                   "2027-00002  notice                Meeting 2\n");
  CHECK(Json::parse(program.run({"doc", "2027-00002", "--file", all, "--json"}).out)["title"] ==
        "Meeting 2");
}

TEST_CASE("doc --file reads raw text in its HTML", "[doc]") {
  const Program program;
  const std::string file =
      program.home()
          .write(
              "raw.htm",
              "<html><body><pre>\n[Federal Register Volume 92, Number 40 (Thursday, March 4, "
              "2027)]\n[Notices]\n[Page 70101]\n[FR Doc No: 2027-00001]\n\n-----------\n\nSAMPLE "
              "AGENCY\n\n\nMeeting\n\nSUMMARY: We meet.\n</pre></body></html>\n")
          .string();
  const Outcome outcome = program.run({"doc", "--file", file});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out, Contains("92 FR 70101  2027-00001  notice  Meeting"));
}

TEST_CASE("doc --file says what a file is when it is none of its own", "[doc]") {
  const Program program;
  const auto error_of = [&](const std::string& bytes) {
    const Outcome outcome =
        program.run({"doc", "--file", program.home().write("file.xml", bytes).string()});
    CHECK(outcome.code == 2);
    CHECK(outcome.out.empty());
    return outcome.err;
  };
  CHECK_THAT(error_of("<DIV5 N=\"742\"/>"),
             Contains("is text of the CFR") && Contains("show --file"));
  CHECK_THAT(error_of("<rule xmlns=\"http://schemas.gpo.gov/xml/uslm\"/>"), Contains("USLM"));
  CHECK_THAT(error_of("<html><body>Busy</body></html>"), Contains("got an HTML page"));
  CHECK_THAT(error_of("<NOTICE>"), Contains("it is truncated"));
  const Outcome missing = program.run({"doc", "--file", "/nonexistent"});
  CHECK(missing.code == 2);
  CHECK_THAT(missing.err, Contains("cannot read '/nonexistent'"));
  const std::string file = program.home().write("all.xml", issue()).string();
  CHECK_THAT(program.run({"doc", "2027-00009", "--file", file}).err,
             Contains("'2027-00009' is not in"));
}

TEST_CASE("the number of an order alone names it where one order has it", "[doc]") {
  auto archive = store::Archive::in_memory();
  REQUIRE(archive);
  const auto put = [&](const char* number, const char* order) {
    Document document;
    document.number = number;
    document.type = DocumentType::presidential;
    document.executive_order = order;
    REQUIRE(archive->put_document({document, std::nullopt, std::nullopt}));
  };
  put("2027-00001", "15110");
  put("2027-00002", "15111");
  put("2027-00003", "15111");
  const auto one = query::find_stored_documents(*archive, "15110");
  REQUIRE(one);
  CHECK(one->at(0).number == "2027-00001");
  for (const char* id : {"15111", "15112", "151100", "744"}) {
    const auto none = query::find_stored_documents(*archive, id);
    REQUIRE_FALSE(none);
    CHECK(none.error().kind == ErrorKind::usage);
    CHECK_THAT(none.error().message, Contains("cannot tell which document '" + std::string(id)));
  }
}
