// Raw records: kept exactly, once, small, and checked when read.
#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

namespace regtrail::store::test {
namespace {

RawResponse answer(const std::string& url, std::string body, int when = 0) {
  RawResponse response;
  response.source = "ecfr";
  response.stream = "ecfr/full/title-15/part-744";
  response.url = url;
  response.final_url = url + "?final";
  response.headers = {{"Content-Type", "application/xml"}, {"ETag", "\"1\""}, {"etag", "\"2\""}};
  response.fetched_at = noon(when);
  response.body = std::move(body);
  return response;
}

std::string random_text(std::mt19937& random, std::size_t size) {
  std::string text(size, ' ');
  for (char& c : text) {
    c = static_cast<char>(random() % 256);
  }
  return text;
}

TEST_CASE("an answer is kept with its headers, times and digest", "[store]") {
  Archive archive = in_memory();
  const RawResponse given =
      answer("https://www.ecfr.gov/a", std::string("bytes\0with zero", 15), 3);
  const RawId id = must(archive.put_raw(given));
  const RawRecord record = must(archive.raw_record(id));
  CHECK(record.source == "ecfr");
  CHECK(record.stream == given.stream);
  CHECK(record.url == given.url);
  CHECK(record.final_url == given.final_url);
  CHECK(record.status == 200);
  CHECK(record.fetched_at == noon(3));
  CHECK(record.sha256 == sha256(given.body));
  CHECK(record.size == 15);
  CHECK(record.quarantine.empty());
  CHECK(must(archive.raw_bytes(id)) == given.body);
  CHECK(must(archive.newest_origin(given.url)).value().headers == given.headers);
}

TEST_CASE("every answer of a stream has its own headers", "[store]") {
  Archive archive = in_memory();
  std::vector<RawResponse> given;
  for (int i = 0; i < 4; ++i) {
    given.push_back(answer(fmt::format("u{}", i), fmt::format("body {}", i), i));
    given.back().headers.emplace_back("X-Number", std::to_string(i));
  }
  given[2].headers.clear();
  given[3].stream = "another";
  for (const RawResponse& each : given) {
    must(archive.put_raw(each));
  }
  for (std::size_t i = 0; i < given.size(); ++i) {
    CHECK(must(archive.newest_origin(given[i].url)).value().headers == given[i].headers);
  }
  CHECK(must(archive.verify()).problems.empty());
}

TEST_CASE("an answer that has not changed is one more fetch of what is held", "[store]") {
  Archive archive = in_memory();
  RawResponse given = answer("u", "bytes", 1);
  given.final_url = "http://mirror.example/u";
  given.headers = {{"etag", "\"1\""}, {"last-modified", "Tue, 01 Sep 2026 10:00:00 GMT"}};
  const RawId id = must(archive.put_raw(given));
  RawResponse unchanged = answer("u", "", 2);
  unchanged.status = 304;
  unchanged.final_url = given.final_url;
  unchanged.headers = {{"etag", "\"2\""}};

  CHECK(must(archive.put_raw(unchanged)) == id);

  CHECK(must(archive.raw_records("")).size() == 1);
  CHECK(must(archive.raw_bytes(id)) == "bytes");
  CHECK(must(archive.raw_record(id)).fetched_at == noon(1));
  CHECK(must(archive.verify()).problems.empty());
  const auto origin = must(archive.newest_origin("u"));
  REQUIRE(origin);
  CHECK(origin->final_url == given.final_url);
  CHECK(origin->headers ==
        std::vector<std::pair<std::string, std::string>>{
            {"etag", "\"2\""}, {"last-modified", "Tue, 01 Sep 2026 10:00:00 GMT"}});

  SECTION("the same bytes sent whole bring headers and address of their own") {
    RawResponse whole = answer("u", "bytes", 3);
    whole.headers = {{"etag", "\"3\""}};
    REQUIRE(must(archive.put_raw(whole)) == id);
    const auto newer = must(archive.newest_origin("u"));
    REQUIRE(newer);
    CHECK(newer->final_url == whole.final_url);
    CHECK(newer->headers == whole.headers);
  }
  SECTION("a quarantined answer has no origin to ask about") {
    must(archive.quarantine(id, "cut off"));
    CHECK_FALSE(must(archive.newest_origin("u")));
  }
}

TEST_CASE("an answer that has not changed needs one that is held", "[store]") {
  Archive archive = in_memory();
  CHECK_FALSE(must(archive.newest_origin("u")));
  RawResponse unchanged = answer("u", "");
  unchanged.status = 304;
  const auto stored = archive.put_raw(unchanged);
  REQUIRE_FALSE(stored);
  CHECK(stored.error().kind == regtrail::ErrorKind::not_found);
  CHECK(must(archive.raw_records("")).empty());
}

TEST_CASE("an empty body is a body", "[store]") {
  Archive archive = in_memory();
  const RawId id = must(archive.put_raw(answer("u", "")));
  CHECK(must(archive.raw_bytes(id)).empty());
  must(archive.put_raw(answer("v", "after it")));
  CHECK(must(archive.raw_bytes(must(archive.newest_raw("v")).value().id)) == "after it");
}

TEST_CASE("the same answer twice is one record", "[store]") {
  Archive archive = in_memory();
  const RawId id = must(archive.put_raw(answer("u", "same", 0)));
  CHECK(must(archive.put_raw(answer("u", "same", 5))) == id);
  CHECK(must(archive.raw_record(id)).fetched_at == noon(0));
  CHECK(must(archive.raw_records("")).size() == 1);
}

TEST_CASE("an answer that returns to earlier bytes is a new record", "[store]") {
  Archive archive = in_memory();
  const RawId one = must(archive.put_raw(answer("u", "one")));
  const RawId two = must(archive.put_raw(answer("u", "two")));
  const RawId back = must(archive.put_raw(answer("u", "one")));
  CHECK(back != one);
  CHECK(must(archive.newest_raw("u")).value().id == back);
  CHECK(must(archive.raw_bytes(two)) == "two");
  CHECK(must(archive.raw_bytes(back)) == "one");
}

TEST_CASE("records are listed by stream, oldest first", "[store]") {
  Archive archive = in_memory();
  const RawId one = must(archive.put_raw(answer("u1", "one")));
  RawResponse other = answer("v", "other");
  other.stream = "ecfr/titles";
  const RawId second = must(archive.put_raw(other));
  const RawId three = must(archive.put_raw(answer("u2", "three")));
  const auto of_stream = must(archive.raw_records(other.stream));
  REQUIRE(of_stream.size() == 1);
  CHECK(of_stream[0].id == second);
  const auto all = must(archive.raw_records(""));
  REQUIRE(all.size() == 3);
  CHECK(all[0].id == one);
  CHECK(all[2].id == three);
  CHECK_FALSE(must(archive.newest_raw("never asked")).has_value());
}

TEST_CASE("every answer of a long stream is read back exactly", "[store]") {
  Archive archive = in_memory();
  std::mt19937 random(1);
  std::string text = random_text(random, 30'000);
  std::vector<std::pair<RawId, std::string>> stored;
  for (int i = 0; i < 1100; ++i) { // past many runs
    const std::size_t at = random() % text.size();
    text.replace(at, std::min<std::size_t>(20, text.size() - at), random_text(random, 20));
    stored.emplace_back(must(archive.put_raw(answer(fmt::format("u{}", i), text))), text);
  }
  for (const auto& [id, expected] : stored) {
    REQUIRE(must(archive.raw_bytes(id)) == expected);
  }
  CHECK(must(archive.verify()).problems.empty());
}

TEST_CASE("sixty answers that hardly differ cost little more than one", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  std::mt19937 random(2);
  std::string text = random_text(random, 300'000); // cannot be compressed
  Archive archive = open(file);
  must(archive.put_raw(answer("u", text)));
  const auto start = bytes_used(file);
  for (int i = 1; i < 60; ++i) {
    text.replace(random() % 299'000, 30, random_text(random, 30));
    must(archive.put_raw(answer(fmt::format("u{}", i), text)));
  }
  CHECK(bytes_used(file) - start < 60 * 1000);
}

TEST_CASE("an error page between two answers does not spoil their difference", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  std::mt19937 random(3);
  const std::string text = random_text(random, 200'000);
  Archive archive = open(file);
  must(archive.put_raw(answer("u", text)));
  const RawId page = must(archive.put_raw(answer("u", "<html>request access</html>")));
  must(archive.quarantine(page, "HTML where XML was asked"));
  const auto start = bytes_used(file);
  must(archive.put_raw(answer("u", text + "and one more")));
  CHECK(bytes_used(file) - start < 10'000);
  const ArchiveStatus status = must(archive.status());
  REQUIRE(status.quarantined.size() == 1);
  CHECK(status.quarantined[0].reason == "HTML where XML was asked");
  CHECK(status.quarantined[0].url == "u");
  must(archive.quarantine(page, ""));
  CHECK(must(archive.status()).quarantined.empty());
}

TEST_CASE("raw bodies can be neither changed nor deleted", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_raw(answer("u", "fact")));
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  CHECK_THROWS_WITH(database.exec("UPDATE raw_bodies SET size = 3"), Catch::Contains("facts"));
  CHECK_THROWS_WITH(database.exec("DELETE FROM raw_bodies"), Catch::Contains("facts"));
}

TEST_CASE("bytes that rotted on the disk are told apart from what was received", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  RawId id = 0;
  {
    Archive archive = open(file);
    id = must(archive.put_raw(answer("https://www.ecfr.gov/a", "exactly these bytes")));
  }
  {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    database.exec("UPDATE raw_bodies SET data = CAST(substr(data, 1, 9) || x'00' || substr(data, "
                  "11) AS BLOB)");
  }
  Archive archive = open(file);
  const auto bytes = archive.raw_bytes(id);
  REQUIRE_FALSE(bytes);
  CHECK(bytes.error().kind == ErrorKind::storage);
  CHECK_THAT(bytes.error().message,
             Catch::Contains(file.string()) && Catch::Contains("https://www.ecfr.gov/a") &&
                 Catch::Contains("regtrail verify"));
  const Verified verified = must(archive.verify());
  REQUIRE(verified.problems.size() == 2);
  CHECK_THAT(verified.problems[0],
             Catch::Contains("raw body 1") && Catch::Contains("https://www.ecfr.gov/a"));
  CHECK_THAT(verified.problems[1], Catch::Contains("'raw_bodies': row '1'"));
  CHECK(verified.damaged_bodies == std::vector{id});

  // The source gives it again.
  must(archive.mark_damaged(verified.damaged_bodies));
  CHECK(must(archive.damaged()).at(0).url == "https://www.ecfr.gov/a");
  CHECK(must(archive.put_raw(answer("https://www.ecfr.gov/a", "exactly these bytes"))) == id);
  CHECK(must(archive.raw_bytes(id)) == "exactly these bytes");
  CHECK(must(archive.damaged()).empty());
  CHECK(must(archive.verify()).problems.empty());
}

TEST_CASE("a record that does not exist is not found", "[store]") {
  Archive archive = in_memory();
  CHECK(archive.raw_bytes(7).error().kind == ErrorKind::not_found);
  CHECK(archive.raw_record(7).error().kind == ErrorKind::not_found);
  CHECK(archive.quarantine(7, "x").error().kind == ErrorKind::not_found);
  CHECK(archive.set_planned_raw({15, "744", day(0)}, 7, noon(0)).error().kind ==
        ErrorKind::not_found);
}

TEST_CASE("the plan knows what was fetched and what was derived", "[store]") {
  Archive archive = in_memory();
  must(archive.plan_dates(15, "744", {day(9), day(1), day(5), day(1)}));
  must(archive.plan_dates(15, "7", {day(1)}));
  const RawId raw = must(archive.put_raw(answer("u", "body")));
  must(archive.set_planned_raw({15, "744", day(5)}, raw, noon(40)));
  must(tests::put_units(archive, {15, "744", day(9)}, {section(1, "text")}, noon(9)));
  must(archive.plan_dates(15, "744", {day(5)}));
  const auto plan = must(archive.planned_dates(15, "744"));
  REQUIRE(plan.size() == 3);
  CHECK(plan[0].issue_date == day(1));
  CHECK_FALSE(plan[0].raw.has_value());
  CHECK(plan[1].raw == raw);
  CHECK_FALSE(plan[1].derived);
  CHECK(plan[2].derived);
  const std::vector<std::pair<int, std::string>> parts = {{15, "7"}, {15, "744"}};
  CHECK(must(archive.planned_parts()) == parts);
  CHECK(must(archive.status()).pending_dates == 2);
  must(archive.drop_derived());
  CHECK_FALSE(must(archive.planned_dates(15, "744"))[2].derived);
}

TEST_CASE("the plan keeps of which edition a date is", "[store]") {
  Archive archive = in_memory();
  must(archive.plan_dates(15, "744", {day(1), day(9)}, Edition::annual));
  must(archive.plan_dates(15, "744", {day(5), day(9)}));
  const auto plan = must(archive.planned_dates(15, "744"));
  REQUIRE(plan.size() == 3);
  CHECK(plan[0].edition == Edition::annual);
  CHECK(plan[1].edition == Edition::ecfr);
  CHECK(plan[2].edition == Edition::annual); // what was planned first stays
}

} // namespace
} // namespace regtrail::store::test
