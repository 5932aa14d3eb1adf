#include "fetch/mirror.hpp"
#include "tests/fetch/fakes.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::fetch::Accept;
using regtrail::fetch::make_mirror_directory_transport;
using regtrail::fetch::make_mirror_url_transport;
using regtrail::fetch::mirror_path;
using regtrail::fetch::NotFound;
using regtrail::fetch::Request;
using regtrail::fetch::Url;
using regtrail::testing::answer_with;
using regtrail::testing::ScriptedTransport;
using regtrail::testing::TempDir;

namespace {

const std::string versions = "www.ecfr.gov/api/versioner/v1/versions/title-15.json";
const std::string full = "www.ecfr.gov/api/versioner/v1/full/2026-09-01/title-15.xml";

Request xml_of(const std::string& host_and_path) {
  return {"https://" + host_and_path, Accept::xml, {}};
}

} // namespace

TEST_CASE("a mirror file is named by host, path and sorted pairs", "[mirror]") {
  const auto [url, path] = GENERATE(table<std::string, std::string>({
      {"https://www.ecfr.gov/api/versioner/v1/titles.json",
       "www.ecfr.gov/api/versioner/v1/titles.json"},
      {"https://www.ecfr.gov/x.json?part=744&issue_date%5Bgte%5D=2016-12-01",
       "www.ecfr.gov/x.json@part=744"},
      {"https://www.ecfr.gov/x.json?issue_date[on]=2026-09-01&issue_date%5blte%5d=2026-09-02",
       "www.ecfr.gov/x.json"},
      {"https://www.ecfr.gov/x.xml?part=744&appendix=Supplement%20No.%204%20to%20Part%20744",
       "www.ecfr.gov/x.xml@appendix=Supplement%20No.%204%20to%20Part%20744&part=744"},
      {"https://www.ecfr.gov/x.xml?appendix=Supplement+No.+4",
       "www.ecfr.gov/x.xml@appendix=Supplement%20No.%204"},
      {"https://www.federalregister.gov/api/v1/"
       "documents.json?fields[]=title&fields[]=abstract&conditions%5Bterm%5D=a%26b%2Fc",
       "www.federalregister.gov/api/v1/"
       "documents.json@conditions%5Bterm%5D=a%26b%2Fc&fields%5B%5D=abstract&fields%5B%5D=title"},
      {"https://WWW.ECFR.GOV:443/x?&a&b=%zz#fragment", "www.ecfr.gov/x@a=&b=%25zz"},
      {"https://www.ecfr.gov/x?issue_dates=1", "www.ecfr.gov/x@issue_dates=1"},
      {"https://www.ecfr.gov/%2e%2e/x", "www.ecfr.gov/%2e%2e/x"},
  }));
  const auto named = mirror_path(url);
  REQUIRE(named);
  CHECK(*named == path);
}

TEST_CASE("URLs that could lead out of a mirror are refused", "[mirror]") {
  const std::string url = GENERATE("https://www.ecfr.gov/../../etc/passwd",
                                   "https://www.ecfr.gov/a/./b",
                                   "https://www.ecfr.gov/a/..",
                                   "https://../etc/passwd",
                                   "https://user:secret@www.ecfr.gov/x",
                                   "file:///etc/passwd",
                                   "/etc/passwd");
  const TempDir dir;
  dir.write("passwd", "<x/>");
  const auto transport = make_mirror_directory_transport(dir.path());
  CHECK_FALSE(mirror_path(url));
  const auto answer = transport->get({url, Accept::any, {}});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::usage);
}

TEST_CASE("a directory mirror serves the bytes of the named file", "[mirror]") {
  const TempDir dir;
  const std::string body = std::string("<DIV5/>\r\n\0x", 11);
  const auto file = dir.write(full + "@part=744", body);
  const auto transport = make_mirror_directory_transport(dir.path());

  const auto answer = transport->get(xml_of(full + "?part=744"));

  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == body);
  CHECK(answer->wire_bytes == body.size());
  CHECK_THAT(answer->final_url, Contains("file:///") && Contains("title-15.xml%40part%3D744"));
}

TEST_CASE("a directory mirror serves the whole file, whatever validators are sent", "[mirror]") {
  const TempDir dir;
  dir.write(versions, "[1]");
  const auto transport = make_mirror_directory_transport(dir.path());
  Request request{"https://" + versions, Accept::json, {}};
  request.validators = {transport->get(request)->final_url, "\"v1\"", ""};
  const auto answer = transport->get(request);
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "[1]");
}

TEST_CASE("a mirror file may be spelled in other ways", "[mirror]") {
  const std::string name =
      GENERATE("@appendix=Supplement No. 4 to Part 744&part=744",
               "@appendix=Supplement+No.+4+to+Part+744&part=744",
               "@part=744&appendix=Supplement%20No.%204%20to%20Part%20744",
               "@appendix%3DSupplement%20No.%204%20to%20Part%20744%26part%3D744",
               "@appendix=Supplement No. 4 to Part 744&page=1&part=744");
  const TempDir dir;
  dir.write(full + name, "<DIV9/>");
  dir.write(full + "@appendix=Supplement%20No.%205%20to%20Part%20744&part=744", "<other/>");
  const auto transport = make_mirror_directory_transport(dir.path());

  const auto answer =
      transport->get(xml_of(full + "?part=744&appendix=Supplement%20No.%204%20to%20Part%20744"));

  REQUIRE(answer);
  CHECK(answer->body == "<DIV9/>");
}

TEST_CASE("the exact name of a mirror file wins over other spellings", "[mirror]") {
  const TempDir dir;
  dir.write(full + "@appendix=A B&part=744", "<lenient/>");
  dir.write(full + "@appendix=A%20B&part=744", "<exact/>");
  dir.write(full, "<plain/>");
  const auto transport = make_mirror_directory_transport(dir.path());
  CHECK(transport->get(xml_of(full + "?part=744&appendix=A%20B"))->body == "<exact/>");
}

TEST_CASE("the file without pairs stands in for pairs, but not for later pages", "[mirror]") {
  const TempDir dir;
  dir.write(versions, "[1]");
  const auto transport = make_mirror_directory_transport(dir.path());
  CHECK(transport->get(xml_of(versions + "?part=744"))->body == "[1]");
  CHECK(transport->get(xml_of(versions + "?part=744&page=1"))->body == "[1]");

  const auto second = transport->get(xml_of(versions + "?part=744&page=2"));
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::not_found);
}

TEST_CASE("a missing mirror file is not_found and the message names file and directory",
          "[mirror]") {
  const TempDir dir;
  dir.write(full + "@part=742", "<DIV5/>");
  const auto answer = make_mirror_directory_transport(dir.path())->get(xml_of(full + "?part=744"));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::not_found);
  CHECK_THAT(answer.error().message, Contains(full + "@part=744") && Contains(dir.path().string()));
}

TEST_CASE("a missing mirror file is status 404 to who asks for that", "[mirror]") {
  const TempDir dir;
  auto request = xml_of(full + "?part=744");
  request.not_found = NotFound::answer;
  const auto answer = make_mirror_directory_transport(dir.path())->get(request);
  REQUIRE(answer);
  CHECK(answer->status == 404);
  CHECK(answer->body.empty());
  CHECK_THAT(answer->final_url, Contains("title-15.xml"));
}

TEST_CASE("a directory in a mirror is no file", "[mirror]") {
  const TempDir dir;
  dir.write(full, "<DIV5/>");
  const auto transport = make_mirror_directory_transport(dir.path());
  for (const std::string url : {"www.ecfr.gov/api", "www.ecfr.gov/", "www.ecfr.gov"}) {
    const auto answer = transport->get(xml_of(url));
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::not_found);
  }
}

TEST_CASE("a name too long for the file system is not_found", "[mirror]") {
  const TempDir dir;
  dir.write(full, "<DIV5/>");
  const auto answer = make_mirror_directory_transport(dir.path())
                          ->get(xml_of("www.ecfr.gov/x?a=" + std::string(5000, 'a')));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::not_found);
}

TEST_CASE("files of a mirror are judged like answers of a server", "[mirror]") {
  const auto [body, kind] = GENERATE(table<std::string, ErrorKind>({
      {"", ErrorKind::malformed},
      {"<!DOCTYPE html><title>Request Access</title>", ErrorKind::blocked},
      {std::string(101, ' '), ErrorKind::too_large},
  }));
  const TempDir dir;
  dir.write(full, body);
  const auto answer = make_mirror_directory_transport(dir.path(), 100)->get(xml_of(full));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == kind);
}

TEST_CASE("a URL mirror puts the host first in the path and keeps the query", "[mirror]") {
  const std::string base = GENERATE("http://127.0.0.1:8000/m", "http://127.0.0.1:8000/m/");
  ScriptedTransport inner;
  inner.outcomes.push_back(answer_with(200, "{}"));
  inner.outcomes.push_back(answer_with(503, ""));
  const auto transport = make_mirror_url_transport(*Url::parse(base), inner);
  Request request{
      "https://" + versions + "?issue_date%5Bgte%5D=2026-01-01&part=744", Accept::json, {}};
  request.validators.etag = "\"v1\"";

  REQUIRE(transport->get(request));
  CHECK(inner.requests.at(0).url ==
        "http://127.0.0.1:8000/m/" + versions + "?issue_date%5Bgte%5D=2026-01-01&part=744");
  CHECK(inner.requests.at(0).accept == Accept::json);
  CHECK(inner.requests.at(0).validators.etag == "\"v1\"");

  const auto raw = transport->attempt(request);
  REQUIRE(raw);
  CHECK(raw->status == 503);
}
