#include "fetch/server_message_internal.hpp"
#include "tests/fetch/fakes.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;
using regtrail::ErrorKind;
using regtrail::fetch::Accept;
using regtrail::fetch::judge;
using regtrail::fetch::NotFound;
using regtrail::fetch::Request;
using regtrail::fetch::Response;
using regtrail::fetch::server_message;
using regtrail::testing::answer_with;

namespace {

const Request asked_json{"https://www.ecfr.gov/api/x.json", Accept::json, {}};
const Request asked_xml{"https://www.ecfr.gov/api/x.xml", Accept::xml, {}};
const Request asked_any{"https://www.ecfr.gov/x", Accept::any, {}};

} // namespace

TEST_CASE("HTML where data was asked is a block page, whatever its label", "[judge]") {
  const auto [type, body] = GENERATE(table<std::string, std::string>({
      {"text/html", "<p>sorry</p>"},
      {"Text/HTML; charset=utf-8", ""},
      {"application/xhtml+xml", "<html xmlns='x'/>"},
      {"application/json", "<!DOCTYPE html><html>"},
      {"application/xml", "\xEF\xBB\xBF \n<!doctype  HTML>"},
      {"", "<HTML lang=en>"},
      {"", "<!-- wall --><html>"},
      {"text/xml", "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>"},
  }));
  const int status = GENERATE(200, 403);
  const Request request = GENERATE(asked_json, asked_xml);

  const auto judged = judge(answer_with(status, body, {{"content-type", type}}), request);

  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::blocked);
  CHECK_THAT(judged.error().message, Contains(request.url) && Contains("[http] contact"));
}

TEST_CASE("data is not taken for a block page", "[judge]") {
  const std::string body = GENERATE("<DIV5><HEAD>x</HEAD></DIV5>",
                                    "<?xml version=\"1.0\"?><DLPSTEXTCLASS/>",
                                    "<!DOCTYPE ECFR><ECFR/>",
                                    "<HTMLISH/>",
                                    "<!-- <html> -->\n<ECFR/>",
                                    "{\"html\":\"<html>\"}");
  const auto judged = judge(answer_with(200, body, {{"content-type", "text/xml"}}), asked_xml);
  REQUIRE(judged);
  CHECK(judged->body == body);
}

TEST_CASE("HTML is an answer where anything was asked", "[judge]") {
  CHECK(judge(answer_with(200, "<html>", {{"content-type", "text/html"}}), asked_any));
  CHECK(judge(answer_with(200, ""), asked_any));
}

TEST_CASE("an empty body is not data", "[judge]") {
  const auto judged = judge(answer_with(200, ""), asked_xml);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::malformed);
  CHECK_THAT(judged.error().message, Contains(asked_xml.url) && Contains("empty body"));
}

TEST_CASE("a piece is not the whole", "[judge]") {
  const auto judged = judge(answer_with(206, "<A/>"), asked_xml);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::malformed);
}

TEST_CASE("304 is an answer only to who sent a validator", "[judge]") {
  Request with_etag = asked_json;
  with_etag.validators = {"https://www.ecfr.gov/x", "\"1\"", ""};
  Response answer = answer_with(304, "");
  answer.final_url = "https://www.ecfr.gov/x";
  CHECK(judge(answer, with_etag));
  answer.final_url = "https://www.ecfr.gov/y";
  CHECK_FALSE(judge(answer, with_etag));
  const auto unasked = judge(answer_with(304, ""), asked_json);
  REQUIRE_FALSE(unasked);
  CHECK(unasked.error().kind == ErrorKind::http);
}

TEST_CASE("404 is not_found with the server's own words", "[judge]") {
  const auto [body, words] = GENERATE(table<std::string, std::string>({
      {R"({"error":"No matching content found."})", "\"No matching content found.\""},
      {R"({"errors":"Bad parameters"})", "\"Bad parameters\""},
      {R"({"errors" : {"date":["is past"]}})", R"("{"date":["is past"]}})"},
      {R"({"message":"say \"please\"\nonce"})", R"("say "please" once")"},
      {"<error><message>gone\n  for good</message><supportCode>1</supportCode></error>",
       "\"gone for good\""},
      {"<html><head><TITLE>Not here</TITLE></head></html>", "\"Not here\""},
      {"plain words", "\"plain words\""},
  }));
  const auto judged = judge(answer_with(404, body, {{"content-type", "x/y"}}), asked_xml);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::not_found);
  CHECK_THAT(judged.error().message,
             Contains(asked_xml.url) && Contains("status 404, the server says " + words));
}

TEST_CASE("404 without words is still not_found", "[judge]") {
  const auto judged = judge(answer_with(404, ""), asked_json);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::not_found);
  CHECK_THAT(judged.error().message, EndsWith("status 404"));
}

TEST_CASE("404 is an answer with its body to who asks for that", "[judge]") {
  Request request = asked_xml;
  request.not_found = NotFound::answer;
  const auto judged = judge(answer_with(404, R"({"error":"gone"})"), request);
  REQUIRE(judged);
  CHECK(judged->status == 404);
  CHECK(judged->body == R"({"error":"gone"})");
  CHECK(judge(answer_with(410, ""), request).error().kind == ErrorKind::http);
}

TEST_CASE("other statuses are http errors that name status and remedy", "[judge]") {
  const auto [status, remedy] = GENERATE(table<int, std::string>({
      {400, "status 400"},
      {403, "[http] contact"},
      {406, "compression"},
      {407, "[http] proxy"},
      {429, "too often"},
      {500, "status 500"},
      {503, "try again later"},
      {504, "ask for less"},
  }));
  const auto judged = judge(answer_with(status, R"({"error":"so"})"), asked_xml);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::http);
  CHECK_THAT(judged.error().message, Contains(remedy) && Contains("\"so\""));
}

TEST_CASE("a gateway's HTML error page is its status, not a block page", "[judge]") {
  const auto judged = judge(
      answer_with(504, "<html><title>Gateway Time-out</title>", {{"content-type", "text/html"}}),
      asked_xml);
  REQUIRE_FALSE(judged);
  CHECK(judged.error().kind == ErrorKind::http);
  CHECK_THAT(judged.error().message, Contains("\"Gateway Time-out\""));
}

TEST_CASE("words of a server are short, on one line and without control characters", "[words]") {
  const std::string words = server_message("a\x1b[31m\n\tb" + std::string(5000, 'x'));
  CHECK(words.size() <= 203);
  CHECK_THAT(words, Catch::StartsWith("a[31m b") && EndsWith("..."));
}

TEST_CASE("words are never cut inside a character", "[words]") {
  std::string body;
  for (int i = 0; i < 100; ++i) {
    body += "\xE8\xAA\x9E";
  }
  const std::string words = server_message(body);
  CHECK(words.size() == 198 + 3);
}

TEST_CASE("bodies cut anywhere are quoted without running past their end", "[words]") {
  const std::string whole = GENERATE(R"(  {"error" : "a\u00e9\"b"})",
                                     "<error><message>m</message></error>",
                                     "<?xml?><!-- c --><!DOCTYPE html><html><title>t</title>");
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    CHECK(server_message(whole.substr(0, size)).size() <= whole.size());
  }
}
