// Recordings as the folder mirror plays them back.
#include "fetch/mirror.hpp"
#include "fetch/recording.hpp"
#include "tests/support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include "fakes.hpp"

using namespace regtrail;
using namespace regtrail::testing;

TEST_CASE("every URL plays back with its own answer, the first sound one", "[recording]") {
  const std::string versions = "https://www.ecfr.gov/api/versioner/v1/versions/title-15.json";
  const std::string long_query = std::string(300, 'x');
  const std::vector<std::string> urls = {
      "https://pages.example/",
      "https://pages.example/a",
      "https://pages.example/a/b",
      "https://pages.example/a/",
      "https://pages.example/a?q=1",
      versions + "?issue_date[gte]=2016-01-01&part=744",
      versions + "?issue_date[gte]=2026-01-01&part=744",
      "https://www.federalregister.gov/api/v1/documents.json?a=" + long_query,
      "https://www.federalregister.gov/api/v1/documents.json?b=" + long_query,
  };
  const TempDir dir;
  const auto folder = dir.path() / "recorded";
  {
    ScriptedTransport services;
    const auto recording = fetch::Recording::begin(folder, "test");
    REQUIRE(recording);
    const auto recorder = fetch::make_recording_transport(**recording, services);
    for (const std::string body : {"first of ", "second of "}) {
      for (const std::string& url : urls) {
        services.outcomes.emplace_back(answer_with(503, "busy"));
        services.outcomes.emplace_back(answer_with(200, body + url));
        REQUIRE(recorder->attempt({url, fetch::Accept::any, {}}));
        REQUIRE(recorder->attempt({url, fetch::Accept::any, {}}));
      }
    }
  }
  const auto mirror = fetch::make_mirror_directory_transport(folder);
  for (const std::string& url : urls) {
    CAPTURE(url);
    const auto played = mirror->get({url, fetch::Accept::any, {}});
    REQUIRE(played);
    CHECK(played->body == "first of " + url);
  }
}

TEST_CASE("no cookie and no login of an answer is kept", "[recording]") {
  const TempDir dir;
  const auto folder = dir.path() / "recorded";
  ScriptedTransport services;
  const auto recording = fetch::Recording::begin(folder, "test");
  REQUIRE(recording);
  const auto recorder = fetch::make_recording_transport(**recording, services);
  services.outcomes.emplace_back(answer_with(
      302,
      "",
      {{"set-cookie", "s3cret"}, {"location", "https://me:s3cret@h/"}, {"etag", "\"tag\""}}));
  REQUIRE(recorder->attempt({"https://h/", fetch::Accept::any, {}}));
  const std::string list = regtrail::testing::read_file(folder / "_requests.tsv");
  CHECK(list.find("s3cret") == std::string::npos);
  CHECK(list.find("etag: \"tag\"") != std::string::npos);
}
