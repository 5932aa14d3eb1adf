// Archives that an earlier regtrail wrote.
#include "store/migrations_internal.hpp"
#include "store/records_internal.hpp"
#include "store/zstd_internal.hpp"
#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

namespace regtrail::store::test {
namespace {

constexpr int application_id = 0x72677472;

/// What migrations up to `schema` made of an empty file.
SQLite::Database old_archive(const std::filesystem::path& file, int schema) {
  // NOLINTNEXTLINE(hicpp-signed-bitwise)
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const Migration& migration : migrations()) {
    if (migration.number <= schema) {
      database.exec(migration.sql);
    }
  }
  database.exec(fmt::format("PRAGMA application_id = {}", application_id));
  database.exec(fmt::format("PRAGMA user_version = {}", schema));
  return database;
}

void bind_blob(SQLite::Statement& statement, int index, const std::string& blob) {
  statement.bind(index, static_cast<const void*>(blob.data()), static_cast<int>(blob.size()));
}

/// A row with one blob, bound as the first parameter.
void insert(SQLite::Database& database, const std::string& sql, const std::string& blob) {
  SQLite::Statement statement(database, sql);
  bind_blob(statement, 1, blob);
  statement.exec();
}

/// As schema 2 wrote them, with the bytes that begin a zstd frame.
std::string frame(const std::string& bytes) {
  return "\x28\xb5\x2f\xfd" + Zstd().compress(bytes);
}

std::string squeezed(const std::string& bytes) {
  Writer out;
  out.varint(bytes.size());
  out.append(frame(bytes));
  return out.take();
}

const Headers headers_of_answers = {{"Content-Type", "application/xml"}, {"ETag", "\"7\""}};

void add_answer(SQLite::Database& database, const std::string& body, int id) {
  SQLite::Statement row(database,
                        fmt::format("INSERT INTO raw_bodies (id, sha256, links, generation, size, "
                                    "data) VALUES ({}, ?1, 0, 0, {}, ?2)",
                                    id,
                                    body.size()));
  const Sha256 digest = sha256(body);
  row.bind(1, static_cast<const void*>(digest.bytes.data()), 32);
  bind_blob(row, 2, frame(body));
  row.exec();
  database.exec(fmt::format("INSERT INTO raw_records (id, stream, source, url, body) VALUES "
                            "({0}, 1, 'ecfr', 'https://www.ecfr.gov/{0}', {0})",
                            id));
  insert(database,
         fmt::format("INSERT INTO raw_fetches (raw, number, fetched_at, final_url, status, "
                     "headers) VALUES ({}, 0, 1767225600, '', 200, ?1)",
                     id),
         pack_headers(headers_of_answers));
}

Change example_change() {
  Change change;
  change.id = "0123456789abcdef0123456789abcdef";
  change.kind = ChangeKind::moved;
  change.node_kind = NodeKind::item;
  change.at = must(Citation::parse("744.2(b)"));
  change.was = must(Citation::parse("744.1(a)"));
  change.before = "pumps of 45 nm";
  change.after = "pumps of 65 nm";
  change.group = "g";
  change.words = {{WordRun::Op::same, "pumps of "},
                  {WordRun::Op::removed, "45"},
                  {WordRun::Op::added, "65"},
                  {WordRun::Op::same, " nm"}};
  change.typed = {
      {TypedChangeType::threshold, "pitch", "<= 45 nm", "<= 65 nm", Direction::tightened, "rule"}};
  change.causes = {{"2026-1", "91 FR 52501", 0.93, {CauseEvidence::cita}, "2.a"}};
  return change;
}

std::string pack_of_schema_2(const Change& change) {
  Writer out;
  out.string(change.id);
  write_enum(out, change.kind);
  write_enum(out, change.node_kind);
  for (const std::string* text : {&change.before, &change.after, &change.group}) {
    out.string(*text);
  }
  out.varint(change.words.size());
  for (const WordRun& run : change.words) {
    out.byte(static_cast<std::uint8_t>(run.op));
    out.string(run.text);
  }
  out.varint(change.typed.size());
  for (const TypedChange& typed : change.typed) {
    write_enum(out, typed.direction);
    out.string(to_string(typed.type));
    for (const std::string* text : {&typed.subject, &typed.before, &typed.after, &typed.rule}) {
      out.string(*text);
    }
  }
  out.varint(change.causes.size());
  for (const Cause& cause : change.causes) {
    out.string(cause.document);
    out.string(cause.citation);
    out.real(cause.confidence);
    out.varint(cause.evidence.size());
    for (const CauseEvidence evidence : cause.evidence) {
      out.string(to_string(evidence));
    }
    out.string(cause.instruction);
  }
  return out.take();
}

/// No notes, status events and problems.
std::string frame_of_schema_2(const SideInfo& before, const SideInfo& after) {
  Writer out;
  for (const SideInfo* side : {&before, &after}) {
    out.string(side->unit);
    write(out, side->date);
    out.sha(side->sha256);
  }
  for (int i = 0; i < 3; ++i) {
    out.varint(0);
  }
  return out.take();
}

Hit example_hit(const std::string& id) {
  return {id, "pumps", 0.1 + 0.2, 4, false, {{Signal::eccn, "3B001", "15 CFR 744.2(b)", 1.0}}};
}

std::string pack_of_schema_2(const std::vector<Reason>& reasons) {
  Writer out;
  out.varint(reasons.size());
  for (const Reason& reason : reasons) {
    out.string(to_string(reason.signal));
    for (const std::string* text : {&reason.words, &reason.at}) {
      out.string(*text);
    }
    out.real(reason.weight);
  }
  return out.take();
}

std::int64_t day_number(int n) {
  return day(n).days().time_since_epoch().count();
}

/// Two answers and what happened between them, and the first hit on its way to somebody.
Transition fill_schema_2(SQLite::Database& database) {
  Transition expected;
  expected.part = "744";
  expected.before = day(1);
  expected.after = day(2);
  expected.diff.before = {"15 CFR Part 744", day(1), sha256("the law of old")};
  expected.diff.after = {"15 CFR Part 744", day(2), sha256("the law of now, pumps of 65 nm")};
  expected.diff.changes = {example_change()};
  expected.hits = {{example_hit("h1"), example_hit("h2")}};

  database.exec("INSERT INTO raw_streams (id, name) VALUES (1, 'ecfr/full/title-15/part-744')");
  add_answer(database, "the law of old", 1);
  add_answer(database, "the law of now, pumps of 65 nm", 2);
  const std::vector<std::string> units = {"744.1", "744.2"};
  for (std::size_t i = 0; i < units.size(); ++i) {
    insert(database,
           fmt::format("INSERT INTO units (id, citation, title, part, name) VALUES ({}, ?1, 15, "
                       "'744', '{}')",
                       i + 1,
                       units[i]),
           pack_citation(must(Citation::parse(units[i]))));
  }
  insert(database,
         fmt::format("INSERT INTO transitions (id, title, part, before_date, after_date, detail) "
                     "VALUES (1, 15, '744', {}, {}, ?1)",
                     day_number(1),
                     day_number(2)),
         squeezed(frame_of_schema_2(expected.diff.before, expected.diff.after)));
  const Change& change = expected.diff.changes[0];
  SQLite::Statement row(database,
                        "INSERT INTO changes (id, transition, kind, unit, was_unit, at, was, "
                        "detail) VALUES (1, 1, 4, 2, 1, ?1, ?2, ?3)");
  bind_blob(row, 1, pack_citation(change.at));
  bind_blob(row, 2, pack_citation(*change.was));
  bind_blob(row, 3, squeezed(pack_of_schema_2(change)));
  row.exec();
  for (std::size_t i = 0; i < 2; ++i) {
    const Hit& hit = expected.hits[0][i];
    SQLite::Statement hits(database,
                           fmt::format("INSERT INTO hits VALUES (1, {}, '{}', 'pumps', ?2, 4, 0, "
                                       "?1)",
                                       i,
                                       hit.id));
    bind_blob(hits, 1, pack_of_schema_2(hit.reasons));
    hits.bind(2, hit.score);
    hits.exec();
  }
  insert(database,
         "INSERT INTO outbox (subscriber, recipient, subject, message_id, bytes, hit_ids, "
         "queued_at) VALUES ('me', 'me@example.org', 's', '<1@x>', ?1, x'00', 0)",
         squeezed("message"));
  database.exec("INSERT INTO deliveries VALUES ('me', 'h1', 1)");
  return expected;
}

TEST_CASE("an archive of schema 2 keeps its facts, its changes and what was delivered", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Transition expected;
  {
    SQLite::Database database = old_archive(file, 2);
    expected = fill_schema_2(database);
  }
  CHECK(message_of(Archive::open(file, OpenMode::read_only))
            .find("its schema is number 2, this regtrail needs 3") != std::string::npos);
  for (const OpenMode mode : {OpenMode::read_write, OpenMode::read_only}) {
    Archive archive = open(file, mode);
    CHECK(must(archive.verify()).empty());
    CHECK(must(archive.raw_bytes(1)) == "the law of old");
    for (const RawId raw : {1, 2}) {
      CHECK(must(archive.raw_headers(raw)) == headers_of_answers);
    }
    CHECK(must(archive.newest_raw("https://www.ecfr.gov/2")).value().id == 2);
    const auto stored = must(archive.transitions(15, "744"));
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].diff == expected.diff);
    CHECK(stored[0].hits == expected.hits);
    ChangeQuery within;
    within.within = must(Citation::parse("744.1"));
    CHECK(must(archive.changes(within)).size() == 1);
    const auto waiting = must(archive.undelivered("me", {}));
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].hits == std::vector{expected.hits[0][1]});
    CHECK(must(archive.queued_messages()).at(0).bytes == "message");
  }
}

TEST_CASE("a migrated archive has the form of a new one", "[store]") {
  const TempDir folder;
  { old_archive(folder / "old.db", 2); }
  { old_archive(folder / "first.db", 1); }
  must(open(folder / "new.db").put_setting("k", "v"));
  const auto form = [&](const char* name) {
    open(folder / name, OpenMode::read_write);
    SQLite::Database database((folder / name).string(), SQLite::OPEN_READONLY);
    std::string text = fmt::format("{} {} {}\n",
                                   database.execAndGet("PRAGMA page_size").getInt(),
                                   database.execAndGet("PRAGMA auto_vacuum").getInt(),
                                   database.execAndGet("PRAGMA journal_mode").getString());
    SQLite::Statement schema(database, "SELECT sql FROM sqlite_schema ORDER BY name");
    while (schema.executeStep()) {
      text += schema.getColumn(0).getString() + "\n";
    }
    return text;
  };
  const std::string wanted = form("new.db");
  CHECK(wanted.substr(0, wanted.find('\n')) == "1024 2 wal");
  CHECK(form("old.db") == wanted);
  CHECK(form("first.db") == wanted);
}

TEST_CASE("a conversion that fails leaves the archive as it was", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  {
    SQLite::Database database = old_archive(file, 2);
    fill_schema_2(database);
    database.exec("UPDATE changes SET detail = x'05ff'");
  }
  CHECK_FALSE(Archive::open(file, OpenMode::read_write));
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == 2);
  CHECK(database.execAndGet("SELECT count(*) FROM hits").getInt() == 2);
}

} // namespace
} // namespace regtrail::store::test
