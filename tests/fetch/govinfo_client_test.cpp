#include "fetch/govinfo_client.hpp"
#include "tests/fetch/fakes.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::Date;
using regtrail::ErrorKind;
using regtrail::fetch::Accept;
using regtrail::fetch::cfr_revision_date;
using regtrail::fetch::CfrVolume;
using regtrail::fetch::govinfo_cfr_part_url;
using regtrail::fetch::govinfo_cfr_volume_url;
using regtrail::fetch::govinfo_cfr_volumes_url;
using regtrail::fetch::govinfo_cfr_years_url;
using regtrail::fetch::GovinfoClient;
using regtrail::fetch::Response;
using regtrail::testing::answer_with;
using regtrail::testing::ScriptedTransport;

namespace {

const CfrVolume second_of_2025{2025, 15, 2};
const std::string part_744 = "https://www.govinfo.gov/content/pkg/CFR-2025-title15-vol2/xml/"
                             "CFR-2025-title15-vol2-part744.xml";
const std::string page = "<!DOCTYPE html><html><body>Error</body></html>";

Response html(std::string final_url) {
  Response answer = answer_with(200, page, {{"content-type", "text/html"}});
  answer.final_url = std::move(final_url);
  return answer;
}

} // namespace

TEST_CASE("listings, volumes and parts of the annual CFR have their addresses", "[govinfo]") {
  CHECK(govinfo_cfr_years_url() == "https://www.govinfo.gov/bulkdata/json/CFR");
  CHECK(govinfo_cfr_volumes_url(2025, 15) ==
        "https://www.govinfo.gov/bulkdata/json/CFR/2025/title-15");
  CHECK(govinfo_cfr_volume_url(second_of_2025) ==
        "https://www.govinfo.gov/bulkdata/CFR/2025/title-15/CFR-2025-title15-vol2.xml");
  CHECK(govinfo_cfr_part_url(second_of_2025, "744") == part_744);
  CHECK(govinfo_cfr_part_url(second_of_2025, "7/../4") ==
        "https://www.govinfo.gov/content/pkg/CFR-2025-title15-vol2/xml/"
        "CFR-2025-title15-vol2-part7%2F..%2F4.xml");
}

TEST_CASE("listings are asked as JSON and volumes as XML, or the service answers 406",
          "[govinfo]") {
  ScriptedTransport transport;
  for (int i = 0; i < 3; ++i) {
    transport.outcomes.push_back(answer_with(200, "x"));
  }
  GovinfoClient client(transport);
  REQUIRE(client.cfr_years());
  REQUIRE(client.cfr_volumes(2025, 15));
  REQUIRE(client.cfr_volume(second_of_2025));
  REQUIRE(transport.requests.size() == 3);
  CHECK(transport.requests[0].url == govinfo_cfr_years_url());
  CHECK(transport.requests[0].accept == Accept::json);
  CHECK(transport.requests[1].url == govinfo_cfr_volumes_url(2025, 15));
  CHECK(transport.requests[1].accept == Accept::json);
  CHECK(transport.requests[2].url == govinfo_cfr_volume_url(second_of_2025));
  CHECK(transport.requests[2].accept == Accept::xml);
}

TEST_CASE("a part that is in the volume comes as the service sent it", "[govinfo]") {
  ScriptedTransport transport;
  Response part = answer_with(200, "<CFRGRANULE/>", {{"content-type", "text/xml"}});
  part.final_url = part_744;
  transport.outcomes.push_back(part);
  const auto answer = GovinfoClient(transport).cfr_part(second_of_2025, "744");
  REQUIRE(answer);
  CHECK(answer->body == "<CFRGRANULE/>");
  CHECK(transport.requests.at(0).url == part_744);
}

TEST_CASE("a part that has not changed is an answer without a body", "[govinfo]") {
  ScriptedTransport transport;
  transport.sends = {part_744, "\"v1\"", ""};
  Response unchanged = answer_with(304, "");
  unchanged.final_url = part_744;
  transport.outcomes.push_back(unchanged);
  const auto answer = GovinfoClient(transport).cfr_part(second_of_2025, "744");
  REQUIRE(answer);
  CHECK(answer->not_modified());
}

TEST_CASE("a redirect to a page for people means that the volume lacks the part", "[govinfo]") {
  ScriptedTransport transport;
  transport.outcomes.push_back(html("https://www.govinfo.gov/error"));
  const auto answer = GovinfoClient(transport).cfr_part(second_of_2025, "744");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::not_found);
  CHECK_THAT(answer.error().message,
             Contains("part744.xml") && Contains("https://www.govinfo.gov/error"));
}

TEST_CASE("a page under the very address of the part is a block page, also from a mirror",
          "[govinfo]") {
  const std::string at =
      GENERATE(as<std::string>{},
               part_744,
               "http://127.0.0.1:8080/" + part_744.substr(std::string_view("https://").size()));
  ScriptedTransport transport;
  transport.outcomes.push_back(html(at));
  const auto answer = GovinfoClient(transport).cfr_part(second_of_2025, "744");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::blocked);
}

TEST_CASE("an empty part and a missing file of a mirror keep their kinds of trouble", "[govinfo]") {
  ScriptedTransport transport;
  Response empty = answer_with(200, "", {{"content-type", "text/xml"}});
  empty.final_url = part_744;
  transport.outcomes.push_back(empty);
  transport.outcomes.push_back(answer_with(404, "no such file"));
  GovinfoClient client(transport);
  CHECK(client.cfr_part(second_of_2025, "744").error().kind == ErrorKind::malformed);
  CHECK(client.cfr_part(second_of_2025, "744").error().kind == ErrorKind::not_found);
}

TEST_CASE("titles are revised in the quarter of their number", "[govinfo]") {
  const auto [title, date] = GENERATE(table<int, Date>({{1, Date(2012, 1, 1)},
                                                        {15, Date(2012, 1, 1)},
                                                        {16, Date(2012, 1, 1)},
                                                        {17, Date(2012, 4, 1)},
                                                        {27, Date(2012, 4, 1)},
                                                        {28, Date(2012, 7, 1)},
                                                        {41, Date(2012, 7, 1)},
                                                        {42, Date(2012, 10, 1)},
                                                        {50, Date(2012, 10, 1)}}));
  CHECK(cfr_revision_date(2012, title) == date);
  CHECK_THROWS_AS(cfr_revision_date(2012, 51), std::logic_error);
}
