#include "parse/govinfo_json.hpp"

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;
using regtrail::ErrorKind;
using regtrail::parse::bulk_cfr_volumes;
using regtrail::parse::bulk_years;
using regtrail::parse::parse_bulk_listing;

namespace {

constexpr const char* volumes = R"({"files":[
 {"name":"CFR-2025-title-15.zip","justFileName":"CFR-2025-title-15.zip","folder":false,
  "link":"https://www.govinfo.gov/bulkdata/CFR/2025/title-15/CFR-2025-title-15.zip"},
 {"name":"CFR-2025-title15-vol10.xml","folder":false,"size":"77"},
 {"name":"/CFR/2025/title-15/CFR-2025-title15-vol2.xml","justFileName":"CFR-2025-title15-vol2.xml",
  "displayLabel":"x","folder":false,"mimeType":"application/xml","size":18400211,
  "link":"https://www.govinfo.gov/bulkdata/CFR/2025/title-15/CFR-2025-title15-vol2.xml",
  "formattedLastModifiedTime":"27-Feb-2026 21:27","formattedSize":"17.5 MB","cfrTitle":"Commerce"},
 {"name":"CFR-2025-title15-volx.xml","folder":false},
 {"name":"CFR-2024-title15-vol1.xml","folder":false}]})";

} // namespace

TEST_CASE("a listing tells names, links, sizes and times of its files", "[govinfo]") {
  const auto listing = parse_bulk_listing(volumes, "listing");
  REQUIRE(listing);
  REQUIRE(listing->size() == 5);
  const auto& second = listing->at(2);
  CHECK(second.name == "CFR-2025-title15-vol2.xml");
  CHECK(second.link ==
        "https://www.govinfo.gov/bulkdata/CFR/2025/title-15/CFR-2025-title15-vol2.xml");
  CHECK(second.size == 18400211);
  CHECK_FALSE(second.folder);
  REQUIRE(second.modified);
  CHECK(regtrail::to_string(*second.modified) == "2026-02-27T21:27:00Z");
  CHECK(listing->at(1).size == 77);
  CHECK_FALSE(listing->at(1).modified);
}

TEST_CASE("the volumes of a year are read off the names, in the order of their numbers",
          "[govinfo]") {
  const auto listing = parse_bulk_listing(volumes, "listing");
  REQUIRE(listing);
  CHECK(bulk_cfr_volumes(*listing, 2025, 15) == std::vector<int>{2, 10});
  CHECK(bulk_cfr_volumes(*listing, 2024, 15) == std::vector<int>{1});
  CHECK(bulk_cfr_volumes(*listing, 2025, 1).empty());
}

TEST_CASE("the years of the annual CFR are the folders with a number for a name", "[govinfo]") {
  const auto listing = parse_bulk_listing(
      R"({"files":[{"name":"2013","folder":true},{"name":"2009","folder":true},
          {"name":"resources","folder":true},{"name":"2012","folder":false}]})",
      "listing");
  REQUIRE(listing);
  CHECK(bulk_years(*listing) == std::vector<int>{2009, 2013});
}

TEST_CASE("times that are none are left out", "[govinfo]") {
  const std::string time = GENERATE("31-Feb-2026 21:27",
                                    "27-Foo-2026 21:27",
                                    "27-Feb-2026 25:00",
                                    "2026-02-27 21:27",
                                    "27-Feb-2026",
                                    "");
  const auto listing = parse_bulk_listing(
      R"({"files":[{"name":"a","formattedLastModifiedTime":")" + time + R"("}]})", "listing");
  REQUIRE(listing);
  CHECK_FALSE(listing->at(0).modified);
}

TEST_CASE("what is no listing is refused and says why", "[govinfo]") {
  const auto [json, message] = GENERATE(table<std::string, std::string>({
      {"<html>", "cannot read 'URL': not JSON (6 bytes, beginning '<html>')"},
      {"", "not JSON (0 bytes"},
      {"[]", "expected an object with 'files'"},
      {R"({"message":"The Requested Resource could not be found."})",
       "the service says 'The Requested Resource could not be found.'"},
      {R"({"files":{}})", "expected 'files' to be an array, got object"},
      {R"({"files":[{"name":"a"},{"link":"x"}]})", "entry 2 of 'files' has no name"},
      {R"({"files":[7]})", "entry 1 of 'files' has no name"},
  }));
  const auto listing = parse_bulk_listing(json, "URL");
  REQUIRE_FALSE(listing);
  CHECK(listing.error().kind == ErrorKind::malformed);
  CHECK_THAT(listing.error().message, Contains(message));
}
