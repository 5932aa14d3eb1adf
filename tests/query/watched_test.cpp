// Which watches are watched, and what that makes of the categories that they name.
#include "query/watch_state.hpp"
#include "query/watched.hpp"
#include "store/streams.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace regtrail;
using Reasons = std::vector<std::string>;

namespace {

const Timestamp now = parse_timestamp("2026-10-06T00:00:00Z").value();

Watch question(const std::string& id) {
  Watch watch;
  watch.id = id;
  watch.terms = {"kiln"};
  watch.categories = {"kilns"};
  return watch;
}

Watch page(const std::string& id, const std::string& address) {
  Watch watch;
  watch.id = id;
  watch.address = address;
  return watch;
}

/// An archive whose sources were read yesterday, with part 774.
store::Archive read_archive() {
  auto archive = *store::Archive::in_memory();
  for (const char* name : {store::ecfr_source, store::fr_source}) {
    SourceStatus status;
    status.source = name;
    status.health = Health::healthy;
    status.last_success = parse_timestamp("2026-10-05T00:00:00Z").value();
    status.valid_through = Date(2026, 10, 5);
    REQUIRE(archive.put_source_status(status));
  }
  return archive;
}

/// By id.
std::map<std::string, EntryWatch>
judged(store::Archive& archive, const Register& entries, const std::vector<std::string>& hosts) {
  std::map<std::string, EntryWatch> out;
  const auto watches = query::watched(archive, entries, hosts, now);
  REQUIRE(watches);
  for (const EntryWatch& watch : *watches) {
    out.emplace(watch.id, watch);
  }
  return out;
}

} // namespace

TEST_CASE("a watch is watched while its question was answered within three days", "[watched]") {
  auto archive = read_archive();
  Register entries;
  for (const char* id : {"unasked", "fresh", "old", "refused", "off"}) {
    entries.watches.push_back(question(id));
  }
  entries.watches.back().enabled = false;
  const auto ask = [&](std::size_t at, const Date& until, const char* trouble) {
    REQUIRE(
        query::put_watch_state(archive, entries.watches[at], {Date(2025, 10, 5), until, trouble}));
  };
  ask(1, Date(2026, 10, 3), "");
  ask(2, Date(2026, 10, 2), "");
  ask(3, Date(2026, 10, 5), "agency 'kiln-bureau' is unknown");
  ask(4, Date(2026, 10, 5), "");

  auto watches = judged(archive, entries, {});
  CHECK(watches.at("unasked").reasons == Reasons{"was never asked"});
  CHECK(watches.at("fresh").reasons.empty());
  CHECK(watches.at("fresh").until == Date(2026, 10, 3));
  CHECK(watches.at("old").reasons == Reasons{"was last asked on 2026-10-02"});
  CHECK(watches.at("refused").reasons == Reasons{"agency 'kiln-bureau' is unknown"});
  CHECK(watches.at("off").reasons == Reasons{"not enabled"});
}

TEST_CASE("a page is not watched until its host may be asked and it was read", "[watched]") {
  auto archive = read_archive();
  Register entries;
  entries.watches = {page("notices", "https://kilns.example/news?all=1"),
                     page("guide", "https://kilns.example:8443/guide"),
                     page("elsewhere", "https://www.kilns.example/news")};
  auto watches = judged(archive, entries, {"kilns.example"});
  CHECK(watches.at("notices").reasons == Reasons{"was never asked"});
  CHECK(watches.at("guide").reasons == Reasons{"was never asked"});
  CHECK(watches.at("elsewhere").reasons == Reasons{"www.kilns.example is not in [pages] hosts"});

  REQUIRE(archive.put_setting(std::string(store::page_read_key) + "notices", "2026-10-05"));
  REQUIRE(archive.put_setting(std::string(store::page_read_key) + "guide", "2026-10-05"));
  REQUIRE(archive.put_setting(std::string(store::page_trouble_key) + "guide", "asks for a login"));
  watches = judged(archive, entries, {"kilns.example"});
  CHECK(watches.at("notices").reasons.empty());
  CHECK(watches.at("notices").until == Date(2026, 10, 5));
  CHECK(watches.at("guide").reasons == Reasons{"asks for a login"});
}

TEST_CASE("a category is watched only while the watches that name it are", "[watched]") {
  auto archive = read_archive();
  Register entries;
  entries.categories.emplace_back().id = "kilns";
  entries.categories.back().cfr = {"48 CFR 1-53"};
  const auto reasons = [&] { return judged(archive, entries, {}).at("kilns").reasons; };

  CHECK(reasons() == Reasons{"no part of 48 CFR Parts 1-53 is synced"});
  entries.watches = {question("kiln-rules")};
  CHECK(reasons() ==
        Reasons{"no part of 48 CFR Parts 1-53 is synced", "a watch that names it is not watched"});
  // Rules on any part of a title are found by a question, though nobody syncs them all.
  REQUIRE(query::put_watch_state(
      archive, entries.watches[0], {Date(2025, 10, 5), Date(2026, 10, 4), ""}));
  CHECK(reasons().empty());
  CHECK(judged(archive, entries, {}).at("kilns").until == Date(2026, 10, 4));
  // Not so the text of one part that is named by itself.
  entries.categories.back().cfr.emplace_back("48 CFR 39");
  CHECK(reasons() == Reasons{"48 CFR Part 39 is not synced"});
  entries.categories.back().cfr.pop_back();
  entries.watches[0].enabled = false;
  CHECK(reasons() ==
        Reasons{"no part of 48 CFR Parts 1-53 is synced", "no watch that names it is enabled"});
}

TEST_CASE("the parts that entries name are each named once, ranges and titles left out",
          "[watched]") {
  Register entries;
  entries.categories.emplace_back().cfr = {
      "31 CFR 850", "15 CFR 791.3", "19 CFR", "48 CFR 1-53", "744 Supp. 4", "744.23(a)(4)"};
  entries.categories.emplace_back().cfr = {"31 CFR 850"};
  entries.procedures.emplace_back().citations = {"22 CFR 121.1", "supp. 4 to part 744", "3B001.c"};
  CHECK(query::parts_named(entries) ==
        std::vector<std::pair<int, std::string>>{
            {15, "744"}, {15, "774"}, {15, "791"}, {22, "121"}, {31, "850"}});
}
