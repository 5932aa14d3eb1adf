// The archive after its bytes changed behind its back: what says so, and what mends it.
#include "tests/support/files.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>

#include "support.hpp"

using namespace regtrail::cli::testing;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

const std::string sample = regtrail::testing::source_path("sample").string();
constexpr const char* after_sample = "2026-10-21";

std::filesystem::path database_of(const Program& program) {
  return program.home().path() / ".local/share/regtrail/regtrail.db";
}

void alter(const Program& program, const char* sql) {
  SQLite::Database(database_of(program).string(), SQLite::OPEN_READWRITE).exec(sql);
}

} // namespace

TEST_CASE("a rebuild with another version of the normaliser mails nothing again", "[damage]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  program.home().write(".config/regtrail/config.toml",
                       "[smtp]\nurl = \"smtp://127.0.0.1:1\"\nfrom = \"r@example.jp\"\n"
                       "security = \"none\"\n"
                       "[[subscriber]]\nname = \"desk\"\nto = \"d@example.jp\"\n");
  REQUIRE(program.run({"sync", "--mirror", sample}).code == 0);
  CHECK(program.run({"digest", "--send"}).code == 3); // queued, and with that told
  const auto ids = json::parse(program.run({"changes", "--json"}).out);
  // As another version wrote it: other hashes, and ids that are made of them.
  alter(program,
        "UPDATE settings SET value = '0' WHERE key = 'archive.normaliser';"
        "UPDATE texts SET normalised = published, digest = 'of another version';"
        "UPDATE changes SET change = 'id ' || id");
  CHECK(json::parse(program.run({"changes", "--json"}).out)[0]["change"]["id"] !=
        ids[0]["change"]["id"]);
  CHECK(program.run({"rebuild"}).code == 0);
  CHECK(json::parse(program.run({"changes", "--json"}).out) == ids);
  CHECK_THAT(program.run({"digest", "--send", "--now", "2026-10-22"}).err,
             Contains("nothing new for 'desk'"));
}

TEST_CASE("damage is found, named and mended by the next sync, or by a backup", "[damage]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  const std::string before = program.run({"verify", "--export"}).out;
  const std::string backup = (program.home().path() / "backup.db").string();
  CHECK(program.run({"backup", backup}).code == 0);
  const auto hurt = [&](const char* sql) {
    alter(program, sql);
    const Outcome verified = program.run({"verify"});
    CHECK(verified.code == 2);
    return verified.err;
  };
  const auto mended = [&] {
    CHECK(program.run({"verify", "--export"}).out == before);
    CHECK(program.run({"verify"}).out == "the archive is sound\n");
  };

  CHECK_THAT(hurt("UPDATE changes SET before = before || '.'"),
             Contains("table 'changes'") && Contains("regtrail sync"));
  CHECK(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  mended();

  CHECK_THAT(hurt("UPDATE raw_bodies SET data = CAST(x'00' || substr(data, 2) AS BLOB) WHERE id = "
                  "(SELECT body FROM raw_records WHERE url LIKE '%/full/%' LIMIT 1)"),
             Contains("raw body") && Contains("part=742"));
  CHECK(program.run({"rebuild"}).code == 3); // keeps what it cannot make again
  CHECK(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  mended();

  CHECK_THAT(hurt("UPDATE settings SET value = value || '0' WHERE key LIKE 'ecfr.%'"),
             Contains("table 'settings': row") && Contains("regtrail restore"));
  CHECK(program.run({"restore", backup}).code == 0);
  mended();
  CHECK(std::filesystem::exists(database_of(program).string() + ".damaged"));
}

TEST_CASE("rebuild makes the same tables again, and verify finds the archive sound", "[damage]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  const std::string before = program.run({"verify", "--export"}).out;
  const Outcome rebuilt = program.run({"rebuild"});
  CHECK(rebuilt.code == 0);
  CHECK(program.run({"verify", "--export"}).out == before);
  CHECK(program.run({"verify"}).out == "the archive is sound\n");
}

TEST_CASE("what is no backup is named and changes nothing", "[damage]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  const std::string before = program.run({"verify", "--export"}).out;
  const auto text = program.home().write("text.db", std::string(5000, 'x'));
  for (const std::string& file : {(program.home().path() / "missing.db").string(), text.string()}) {
    const Outcome outcome = program.run({"restore", file});
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.err,
               Contains(file) && Contains("nothing was changed") && Contains("regtrail backup"));
    CHECK(outcome.err.find("--db") == std::string::npos);
    CHECK(outcome.err.find("regtrail sync") == std::string::npos);
  }
  CHECK(program.run({"verify", "--export"}).out == before);
}

TEST_CASE("a rebuild keeps documents that it cannot make again", "[damage]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  const Outcome added = program.run({"doc",
                                     "add",
                                     "--kind",
                                     "press-release",
                                     "--date",
                                     "2025-05-13",
                                     "--title",
                                     "Rescission announced",
                                     "--about",
                                     "742.4"});
  REQUIRE(added.code == 0);
  const std::string measure = "M-2025-05-13-rescission-announced";
  const std::string before = program.run({"doc", measure, "--json"}).out;
  REQUIRE_THAT(before, Contains("Rescission announced"));
  alter(program,
        "UPDATE raw_bodies SET data = CAST(x'00' || substr(data, 2) AS BLOB) WHERE id = "
        "(SELECT body FROM raw_records WHERE source = 'hand')");
  const Outcome rebuilt = program.run({"rebuild"});
  CHECK(rebuilt.code == 3);
  CHECK_THAT(rebuilt.err, Contains(measure) && Contains("damaged"));
  CHECK(program.run({"doc", measure, "--json"}).out == before);
}
