// Versions are runs of neighbouring dates with equal content, whatever the order of arrival.
#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <algorithm>

namespace regtrail::store::test {
namespace {

PartDate on(int n) {
  return {15, "744", day(n)};
}

/// The interval and text of each version of 15 CFR 744.1: "0..3 one".
std::vector<std::string> history(Archive& archive) {
  std::vector<std::string> lines;
  for (const UnitVersion& version : must(archive.versions(section(1, "").id))) {
    const auto number = [](Date date) { return (date - day(0)).count(); };
    lines.push_back(fmt::format("{}..{} {}{}",
                                number(version.from),
                                version.until ? fmt::format("{}", number(*version.until)) : "",
                                must(archive.load(version)).root.children.at(1).text,
                                version.baseline ? " (baseline)" : ""));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("equal neighbours are one version, an absence ends it", "[store]") {
  Archive archive = in_memory();
  const std::vector<std::string> texts = {"one", "one", "two", "", "two", "two"};
  for (int i = 0; i < 6; ++i) {
    const std::string& text = texts[static_cast<std::size_t>(i)];
    must(tests::put_units(archive,
                          on(i),
                          text.empty() ? std::vector<Unit>{section(2, "other")}
                                       : std::vector<Unit>{section(1, text)},
                          noon(i)));
  }
  CHECK(history(archive) == Lines{"0..2 one (baseline)", "2..3 two", "4.. two"});
}

TEST_CASE("a date in between splits a version and its removal is undone by the same text",
          "[store]") {
  Archive archive = in_memory();
  must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
  must(tests::put_units(archive, on(10), {section(1, "one")}, noon(0)));
  CHECK(history(archive) == Lines{"0.. one (baseline)"});
  must(tests::put_units(archive, on(5), {section(1, "two")}, noon(1)));
  CHECK(history(archive) == Lines{"0..5 one (baseline)", "5..10 two", "10.. one"});
  must(tests::put_units(archive, on(5), {section(1, "one")}, noon(2)));
  CHECK(history(archive) == Lines{"0.. one (baseline)"});
}

TEST_CASE("an older date takes the baseline over", "[store]") {
  Archive archive = in_memory();
  must(tests::put_units(archive, on(10), {section(1, "new")}, noon(0)));
  CHECK(history(archive) == Lines{"10.. new (baseline)"});
  must(tests::put_units(archive, on(5), {section(1, "old")}, noon(1)));
  CHECK(history(archive) == Lines{"5..10 old (baseline)", "10.. new"});
  must(tests::put_units(archive, on(2), {section(2, "other")}, noon(2)));
  CHECK(history(archive) == Lines{"5..10 old", "10.. new"});
}

TEST_CASE("a version was first seen when its earliest received date was", "[store]") {
  Archive archive = in_memory();
  must(tests::put_units(archive, on(5), {section(1, "one")}, noon(30)));
  must(tests::put_units(archive, on(4), {section(1, "one")}, noon(31)));
  must(tests::put_units(archive, on(6), {section(1, "one")}, noon(29)));
  const auto versions = must(archive.versions(section(1, "").id));
  REQUIRE(versions.size() == 1);
  CHECK(versions[0].first_seen == noon(29));
  CHECK(versions[0].from == day(4));
}

TEST_CASE("other bytes with the same text are no new version but keep their digest", "[store]") {
  Archive archive = in_memory();
  Unit reformatted = section(1, "one");
  reformatted.raw = sha256("with a class attribute");
  must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
  must(tests::put_units(archive, on(1), {reformatted}, noon(1)));
  CHECK(history(archive) == Lines{"0.. one (baseline)"});
  CHECK(must(archive.load_snapshot(on(0))).at(0).raw == section(1, "one").raw);
  CHECK(must(archive.load_snapshot(on(1))).at(0).raw == reformatted.raw);
  CHECK(must(archive.load_pair(on(0), on(1))).first.empty());
}

TEST_CASE("a changed source note is a new version", "[store]") {
  Archive archive = in_memory();
  Unit noted = section(1, "one");
  noted.notes = {{NoteField::cita, "[91 FR 2]"}};
  must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
  must(tests::put_units(archive, on(1), {noted}, noon(1)));
  CHECK(history(archive) == Lines{"0..1 one (baseline)", "1.. one"});
}

TEST_CASE("the version on a day is the one in force that day", "[store]") {
  Archive archive = in_memory();
  const Citation id = section(1, "").id;
  must(tests::put_units(archive, on(0), {section(2, "x")}, noon(0)));
  must(tests::put_units(archive, on(5), {section(1, "one")}, noon(1)));
  must(tests::put_units(archive, on(8), {section(1, "two")}, noon(1)));
  must(tests::put_units(archive, on(9), {section(2, "x")}, noon(1)));
  CHECK_FALSE(must(archive.version_on(id, day(4))));
  CHECK(must(archive.version_on(id, day(5))).value().from == day(5));
  CHECK(must(archive.version_on(id, day(7))).value().from == day(5));
  CHECK(must(archive.version_on(id, day(8))).value().from == day(8));
  CHECK_FALSE(must(archive.version_on(id, day(9))));
  CHECK(must(archive.version_on(id, std::nullopt)).value().from == day(8));
  CHECK_FALSE(must(archive.version_on(section(77, "").id, std::nullopt)));
}

TEST_CASE("units are listed in legal order, once", "[store]") {
  Archive archive = in_memory();
  must(tests::put_units(archive, on(0), {section(11, "x"), section(2, "x")}, noon(0)));
  must(tests::put_units(archive, on(1), {section(11, "y")}, noon(0)));
  must(tests::put_units(archive,
                        {15, "7", day(0)},
                        {unit(Citation::section("15", "7.1"), leaf(NodeKind::unit, "", "t"))},
                        noon(0)));
  const std::vector<Citation> of_part = {section(2, "").id, section(11, "").id};
  CHECK(must(archive.units("744")) == of_part);
  CHECK(must(archive.units("")).size() == 3);
  const std::vector<Date> dates = {day(0), day(1)};
  CHECK(must(archive.snapshot_dates(15, "744")) == dates);
}

TEST_CASE("a unit that is printed twice comes back twice", "[store]") {
  Archive archive = in_memory();
  const std::vector<Unit> twice = {section(1, "first"), section(1, "second")};
  must(tests::put_units(archive, on(0), twice, noon(0)));
  CHECK(must(archive.load_snapshot(on(0))) == twice);
  CHECK(history(archive) == Lines{"0.. first (baseline)"});
  must(tests::put_units(archive, on(1), {section(1, "first")}, noon(0)));
  const auto [left, right] = must(archive.load_pair(on(0), on(1)));
  REQUIRE(left.size() == 1);
  CHECK(left[0] == section(1, "second"));
  CHECK(right.empty());
}

TEST_CASE("what is asked of a date that is not stored is not found", "[store]") {
  Archive archive = in_memory();
  must(tests::put_units(archive, on(0), {section(1, "x")}, noon(0)));
  const auto missing = archive.load_pair(on(0), on(3));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK_THAT(missing.error().message, Catch::Contains("15 CFR Part 744 of 2026-01-04"));
  UnitVersion stranger = must(archive.versions(section(1, "").id)).at(0);
  stranger.key = 4711;
  CHECK(archive.load(stranger).error().kind == ErrorKind::not_found);
}

TEST_CASE("dates in any order give the same archive", "[store]") {
  std::mt19937 random(5);
  // Twelve dates of six units that come, go and return to earlier texts.
  std::vector<std::vector<Unit>> dates(12);
  std::vector<Unit> texts;
  for (int i = 0; i < 8; ++i) {
    texts.push_back(section(1, ""));
    texts.back().root = random_tree(random, 80);
  }
  for (auto& units : dates) {
    for (int number = 1; number <= 6; ++number) {
      if (random() % 5 != 0) {
        Unit unit = section(number, "");
        unit.root = texts[random() % 3 + static_cast<unsigned>(number) % 5].root;
        unit.raw = sha256(std::to_string(random() % 4));
        units.push_back(std::move(unit));
      }
    }
  }
  std::vector<int> order = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
  std::string expected;
  for (int round = 0; round < 8; ++round) {
    Archive archive = in_memory();
    for (const int i : order) { // a date that is taken twice counts once
      must(tests::put_units(
          archive, on(i), dates[static_cast<std::size_t>(i)], noon(i * 7 % 12), noon(40)));
    }
    must(tests::put_units(archive,
                          on(order[0]),
                          dates[static_cast<std::size_t>(order[0])],
                          noon(order[0] * 7 % 12),
                          noon(40)));
    const std::string text = must(archive.export_derived());
    if (round == 0) {
      expected = text;
    }
    CHECK(text == expected);
    for (const int i : order) {
      REQUIRE(must(archive.load_snapshot(on(i))) == dates[static_cast<std::size_t>(i)]);
    }
    std::shuffle(order.begin(), order.end(), random);
    if (round == 0) {
      std::reverse(order.begin(), order.end());
    }
  }
  CHECK(std::count(expected.begin(), expected.end(), '\n') > 100);
}

TEST_CASE("a date that is withdrawn leaves what was there without it", "[store]") {
  Archive archive = in_memory();
  must(archive.plan_dates(15, "744", {day(5)}));
  must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
  must(tests::put_units(archive, on(10), {section(1, "one")}, noon(1)));
  const std::string without = must(archive.export_derived());
  must(tests::put_units(archive, on(5), {section(1, "two")}, noon(2)));
  for (const auto& [before, after] : {std::pair(0, 5), std::pair(5, 10)}) {
    Transition transition;
    transition.part = "744";
    transition.before = day(before);
    transition.after = day(after);
    must(archive.put_transition(transition, noon(2)));
  }
  must(archive.withdraw_snapshot(on(5), noon(2)));
  CHECK(must(archive.export_derived()) == without);
  CHECK(must(archive.status()).pending_dates == 1);
}

TEST_CASE("what is dropped and stored again is the same", "[store]") {
  Archive archive = in_memory();
  const auto fill = [&] {
    must(tests::put_units(archive, on(0), {section(1, "one"), section(2, "x")}, noon(0)));
    must(tests::put_units(archive, on(1), {section(1, "two"), section(2, "x")}, noon(1)));
  };
  fill();
  const std::string before = must(archive.export_derived());
  must(archive.drop_derived());
  CHECK(must(archive.export_derived()).empty());
  CHECK(must(archive.units("")).empty());
  fill();
  CHECK(must(archive.export_derived()) == before);
}

TEST_CASE("the status lists a problem that many versions share once, from the oldest", "[store]") {
  Archive archive = in_memory();
  for (int i = 0; i < 3; ++i) {
    Unit unit = section(1, fmt::format("text {}", i));
    unit.not_understood = {{unit.id, "no consistent reading", "(i)"}};
    must(tests::put_units(archive, on(i), {unit}, noon(i)));
  }
  const ArchiveStatus status = must(archive.status());
  REQUIRE(status.not_understood.size() == 1);
  CHECK(status.not_understood[0].issue_date == day(0));
  CHECK(status.units == 1);
  CHECK(status.versions == 3);
}

TEST_CASE("texts of another normaliser are refused until a rebuild", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Archive archive = open(file);
  must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
  must(archive.put_setting("archive.normaliser", "0"));
  CHECK_THAT(message_of(tests::put_units(archive, on(1), {section(1, "two")}, noon(1))),
             Catch::Contains("regtrail rebuild") && Catch::Contains(file.string()));
  must(archive.drop_derived());
  must(tests::put_units(archive, on(1), {section(1, "two")}, noon(1)));
}

TEST_CASE("a derived row that changed on the disk is found by verify", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  {
    Archive archive = open(file);
    must(tests::put_units(archive, on(0), {section(1, "one"), section(2, "ok")}, noon(0)));
    CHECK(must(archive.verify()).problems == std::vector<std::string>{});
  }
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE issue_units SET position = 7 WHERE position = 2");
  Archive archive = open(file);
  const Verified verified = must(archive.verify());
  REQUIRE(verified.problems.size() == 1);
  CHECK_THAT(verified.problems[0], Catch::Contains("'issue_units'"));
  CHECK(verified.derived_damaged);
  CHECK_FALSE(verified.facts_damaged);
}

TEST_CASE("a digest of no table is found by verify", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_setting("a", "b"));
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO table_digests (name, rows, digest) VALUES ('uNits', 0, '')");
  Archive archive = open(file);
  const Verified verified = must(archive.verify());
  REQUIRE(verified.problems.size() == 1);
  CHECK_THAT(verified.problems[0], Catch::Contains("'uNits'"));
  CHECK(verified.derived_damaged);
}

TEST_CASE("a digest in capitals is not as it was written", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_setting("a", "b"));
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE table_digests SET digest = upper(digest) WHERE name = 'settings'");
  Archive archive = open(file);
  CHECK(must(archive.verify()).problems ==
        std::vector<std::string>{
            "digests of table 'settings': not as they were written; the table is"});
}

TEST_CASE("what was known of a version on an earlier day is kept beside what is known now",
          "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  {
    Archive archive = open(file);
    must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
    must(tests::put_units(archive, on(10), {section(1, "one")}, noon(0)));
    must(tests::put_units(archive, on(5), {section(1, "two")}, noon(3)));
  }
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  SQLite::Statement rows(database,
                         "SELECT from_date || ' ' || ifnull(until_date, '-') || ' ' || "
                         "substr(known_from, 1, 10) || ' ' || ifnull(substr(known_until, 1, 10), "
                         "'-') FROM versions ORDER BY known_from, from_date");
  std::vector<std::string> found;
  while (rows.executeStep()) {
    found.push_back(rows.getColumn(0).getString());
  }
  CHECK(found == Lines{"2026-01-01 - 2026-01-01 2026-01-04",
                       "2026-01-01 2026-01-06 2026-01-04 -",
                       "2026-01-06 2026-01-11 2026-01-04 -",
                       "2026-01-11 - 2026-01-04 -"});
}

TEST_CASE("a date whose answer is damaged keeps what was derived from it", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  RawId hurt = 0;
  {
    Archive archive = open(file);
    must(tests::put_units(archive, on(0), {section(1, "one")}, noon(0)));
    hurt = must(tests::put_units(archive, on(1), {section(1, std::string(400, 'x'))}, noon(1)));
  }
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE raw_bodies SET data = x'00' WHERE id = 2");
  Archive archive = open(file);
  CHECK(must(archive.drop_derived()).dates == std::vector{on(1)});
  CHECK(must(archive.snapshot_dates(15, "744")) == std::vector{day(1)});
  CHECK(must(archive.damaged()).at(0).id == hurt);
  CHECK_THAT(message_of(archive.load_snapshot(on(1))), Catch::Contains("regtrail sync"));
  must(tests::put_units(archive, on(1), {section(1, std::string(400, 'x'))}, noon(2)));
  CHECK(must(archive.load_snapshot(on(1))).at(0) == section(1, std::string(400, 'x')));
}

} // namespace
} // namespace regtrail::store::test
