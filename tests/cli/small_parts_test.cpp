// Suggestions, files, progress, summaries, hosts: the small things the commands stand on.
#include "cli/files.hpp"
#include "cli/progress.hpp"
#include "cli/sync_summary.hpp"
#include "query/suggest.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>

#include "support.hpp"

using namespace regtrail;
using namespace regtrail::cli;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace fs = std::filesystem;

TEST_CASE("distances count edits without looking at case", "[suggest]") {
  CHECK(query::edit_distance("diff", "diff") == 0);
  CHECK(query::edit_distance("dif", "diff") == 1);
  CHECK(query::edit_distance("ECFR", "ecfr") == 0);
  CHECK(query::edit_distance("", "abc") == 3);
  CHECK(query::edit_distance("kitten", "sitting") == 3);
  CHECK(query::edit_distance(std::string(5000, 'a'), std::string(5000, 'b')) == 64);
}

TEST_CASE("only what is near is suggested", "[suggest]") {
  const std::vector<std::string> known{"init", "sync", "status"};
  CHECK(query::did_you_mean("synk", known) == "; did you mean 'sync'?");
  CHECK(query::did_you_mean("zzzzzz", known).empty());
  CHECK(query::did_you_mean("x", {}).empty());
  CHECK(query::closest("statsu", known, 2).front() == "status");
  CHECK(query::closest("a", known, 9).size() == 3);
  CHECK(query::one_of({"a", "b", "c"}) == "'a', 'b' or 'c'");
}

TEST_CASE("a new file is private and an existing one is kept", "[files]") {
  const cli::testing::TempDir folder;
  const auto path = folder.path() / "a" / "b" / "file";
  REQUIRE(make_private_folders(path.parent_path()));
  CHECK(fs::status(folder.path() / "a").permissions() == fs::perms::owner_all);
  REQUIRE(write_new_file(path, "one") == Written::yes);
  CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  REQUIRE(write_new_file(path, "two") == Written::kept);
  CHECK(read_file(path, 100) == "one");
}

TEST_CASE("replacing a file keeps its mode and leaves no other file behind", "[files]") {
  const cli::testing::TempDir folder;
  const auto path = folder.write("file", "old");
  fs::permissions(path, fs::perms::owner_all | fs::perms::group_read);
  fs::create_symlink(path, folder.path() / "link");
  REQUIRE(replace_file(folder.path() / "link", "new"));
  CHECK(folder.read("file") == "new");
  CHECK(fs::is_symlink(folder.path() / "link"));
  CHECK(fs::status(path).permissions() == (fs::perms::owner_all | fs::perms::group_read));
  CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("a file that cannot be read says which one and why", "[files]") {
  const cli::testing::TempDir folder;
  const auto missing = read_file(folder.path() / "nope", 10);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK_THAT(missing.error().message, Contains("nope'") && Contains("No such file"));
  const auto is_folder = read_file(folder.path(), 10);
  REQUIRE_FALSE(is_folder);
  CHECK(is_folder.error().kind == ErrorKind::storage);
  const auto large = read_file(folder.write("large", "12345678901"), 10);
  REQUIRE_FALSE(large);
  CHECK(large.error().kind == ErrorKind::too_large);
  CHECK(read_file(folder.write("fits", "1234567890"), 10));
}

TEST_CASE("a lock is held once", "[files]") {
  const cli::testing::TempDir folder;
  auto first = FileLock::take(folder.path() / "l");
  REQUIRE(first);
  const auto second = FileLock::take(folder.path() / "l");
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::busy);
  { const FileLock gone = std::move(*first); }
  CHECK(FileLock::take(folder.path() / "l"));
}

TEST_CASE("progress shows share, size and a rounded estimate", "[progress]") {
  const std::string line = progress_line("744", 31, 43, 6'100'000, std::chrono::seconds(100));
  CHECK_THAT(line,
             Contains("part 744") && Contains("31/43 dates") && Contains("6.1 MB") &&
                 Contains("about 2 min left"));
  CHECK_THAT(progress_line("744", 1, 2, 999, std::chrono::seconds(9)),
             Contains("999 bytes") && Contains("about 9 s left"));
  CHECK_THAT(progress_line("744", 2, 2, 412'000, std::chrono::seconds(0)),
             Contains("412 kB") && !Contains("left") && !Contains("░"));
  CHECK_NOTHROW(progress_line("744", 0, 0, 0, std::chrono::seconds(0)));
}

TEST_CASE("a cron line says ok only when every source answered", "[summary]") {
  SyncOutcome outcome;
  outcome.now = *parse_timestamp("2026-09-02T07:30:11Z");
  outcome.took = std::chrono::seconds(18);
  CHECK(nothing_to_say(outcome));
  outcome.report.sources.push_back({"ecfr", Date(2026, 9, 1)});
  outcome.report.new_dates = 1;
  outcome.report.new_changes = 39;
  outcome.report.new_hits = 5;
  CHECK(summary_line(outcome) == "2026-09-02T07:30:11Z ok ecfr=2026-09-01 changes=39 hits=5 18s\n");
  CHECK(is_complete(outcome));
  CHECK_FALSE(nothing_to_say(outcome));
  outcome.report.quarantined = 2;
  CHECK_FALSE(is_complete(outcome));
  CHECK_THAT(summary_line(outcome), Contains(" incomplete ") && Contains("quarantined=2"));
  outcome.report.quarantined = 0;
  outcome.report.troubles.push_back({"titles.json", {ErrorKind::network, "no route"}});
  CHECK_THAT(summary_line(outcome), Contains(" incomplete ") && Contains("troubles=1"));
  outcome.interrupted = true;
  CHECK_THAT(summary_line(outcome), Contains(" interrupted "));
}

TEST_CASE("a text that is not there yet is said, and is no failure of its source", "[summary]") {
  SyncOutcome outcome;
  outcome.report.documents = 1;
  outcome.report.missing_texts = 1;
  CHECK(is_complete(outcome));
  CHECK_THAT(summary_line(outcome), Contains(" ok ") && Contains(" missing_texts=1 "));
  CHECK_THAT(summary_text(outcome), Contains("missing texts    1 text not yet available"));
}

TEST_CASE("the reports of two sources are told as one, each with its newest text", "[summary]") {
  sync::SyncReport ecfr;
  ecfr.sources.push_back({"ecfr", Date(2026, 9, 1)});
  ecfr.newest_issue_date = Date(2026, 9, 1);
  ecfr.nothing_new = true;
  ecfr.requests = 1;
  sync::SyncReport govinfo;
  govinfo.sources.push_back({"govinfo", Date(2016, 1, 1)});
  govinfo.newest_issue_date = Date(2016, 1, 1);
  govinfo.new_dates = 8;
  govinfo.requests = 17;
  govinfo.troubles.push_back({"15 CFR Part 744 of 2014-01-01", {ErrorKind::malformed, "bad"}});
  SyncOutcome outcome;
  outcome.now = *parse_timestamp("2026-09-02T07:30:11Z");
  add_report(outcome.report, std::move(ecfr));
  CHECK(outcome.report.nothing_new);
  add_report(outcome.report, std::move(govinfo));
  CHECK_FALSE(outcome.report.nothing_new);
  CHECK(outcome.report.requests == 18);
  CHECK(outcome.report.newest_issue_date == Date(2026, 9, 1));
  CHECK(summary_line(outcome) == "2026-09-02T07:30:11Z incomplete ecfr=2026-09-01 "
                                 "govinfo=2016-01-01 changes=0 hits=0 troubles=1 0s\n");
  CHECK_THAT(summary_text(outcome), StartsWith("ecfr, govinfo"));
}

TEST_CASE("the JSON summary of a sync names its troubles and leaves unknown dates null",
          "[summary]") {
  SyncOutcome outcome;
  outcome.report.troubles.push_back({"titles.json", {ErrorKind::blocked, "a block page \xff"}});
  const auto json = nlohmann::json::parse(summary_json(outcome));
  CHECK(json["schema"] == 1);
  CHECK(json["state"] == "incomplete");
  CHECK(json["newest_issue_date"].is_null());
  CHECK(json["troubles"][0]["what"] == "titles.json");
  CHECK(json["troubles"][0]["kind"] == "blocked");
}

TEST_CASE("people are told what to run next", "[summary]") {
  SyncOutcome outcome;
  outcome.report.new_dates = 3;
  outcome.report.new_hits = 1;
  outcome.report.pending_dates = 12;
  outcome.report.not_understood = 2;
  CHECK_THAT(summary_text(outcome),
             Contains("1 hit in your register: regtrail items") &&
                 Contains("12 dates: regtrail sync") &&
                 Contains("2 places: regtrail status --details"));
}
