// The file: opening, refusing, locking, surviving.
#include "tests/store/support.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace regtrail::store::test {
namespace {

using Catch::Contains;

void write_file(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Runs `work` in a child process, as root of nothing; true when it returned true.
bool in_child(const std::function<bool()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(work() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool give_up_root() {
  return ::geteuid() != 0 || ::setuid(65534) == 0;
}

RawResponse answer(int number, std::string body) {
  RawResponse response;
  response.source = "ecfr";
  response.stream = "stream";
  response.url = fmt::format("https://www.ecfr.gov/{}", number);
  response.fetched_at = noon(number);
  response.body = std::move(body);
  return response;
}

TEST_CASE("an archive is made with its folders and found again", "[store]") {
  const TempDir folder;
  const auto file = folder / "new/folder/regtrail.db";
  must(open(file).put_setting("key", "value"));
  CHECK(must(open(file, OpenMode::read_only).setting("key")) == "value");
  CHECK(must(open(file, OpenMode::read_write).setting("other")).empty());
}

TEST_CASE("an archive has the pragmas that its promises rest on", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_setting("key", "value"));
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  CHECK(database.execAndGet("PRAGMA journal_mode").getString() == "wal");
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == 3);
  CHECK(database
            .execAndGet("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND "
                        "type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'")
            .getInt() == 0);
}

struct Refusal {
  const char* name;
  void (*prepare)(const std::filesystem::path& file);
  OpenMode mode;
  std::vector<std::string> says;
};

TEST_CASE("what cannot be opened is refused with its name and a remedy", "[store]") {
  const auto nothing = [](const std::filesystem::path&) {};
  const auto text = [](const std::filesystem::path& file) {
    write_file(file, std::string(5000, 'x'));
  };
  const auto folder_there = [](const std::filesystem::path& file) {
    std::filesystem::create_directory(file);
  };
  const auto empty = [](const std::filesystem::path& file) { write_file(file, ""); };
  const auto strangers = [](const std::filesystem::path& file) {
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE bookmarks (url)");
  };
  const auto newer = [](const std::filesystem::path& file) {
    must(open(file).put_setting("a", "b"));
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 4711");
  };
  const auto older = [](const std::filesystem::path& file) {
    must(open(file).put_setting("a", "b"));
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 1");
  };
  const auto truncated = [](const std::filesystem::path& file) {
    must(open(file).put_setting("a", "b"));
    std::filesystem::resize_file(file, 100);
  };
  const auto garbled = [](const std::filesystem::path& file) {
    must(open(file).put_setting("a", "b"));
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(100)
        << std::string(8000, '\xff');
  };
  const std::vector<Refusal> refusals = {
      {"missing", nothing, OpenMode::read_only, {"no archive at", "regtrail sync"}},
      {"missing", nothing, OpenMode::read_write, {"no archive at", "regtrail sync"}},
      {"text", text, OpenMode::read_write, {"not a regtrail archive", "--db"}},
      {"text", text, OpenMode::create, {"not a regtrail archive", "--db"}},
      {"folder", folder_there, OpenMode::create, {"folder"}},
      {"empty", empty, OpenMode::read_only, {"still empty", "regtrail sync"}},
      {"strangers", strangers, OpenMode::create, {"another program", "--db"}},
      {"newer", newer, OpenMode::read_only, {"4711", "newer regtrail"}},
      {"newer", newer, OpenMode::create, {"4711", "newer regtrail"}},
      {"older", older, OpenMode::read_only, {"before the first release", "regtrail sync"}},
      {"older", older, OpenMode::create, {"before the first release", "regtrail sync"}},
      {"truncated", truncated, OpenMode::read_only, {"cannot open"}},
      {"garbled", garbled, OpenMode::read_only, {"damaged", "backup"}},
  };
  for (const Refusal& refusal : refusals) {
    const TempDir folder;
    const auto file = folder / refusal.name;
    refusal.prepare(file);
    const auto refused = Archive::open(file, refusal.mode);
    INFO(refusal.name << ": " << message_of(refused));
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Contains(file.string()));
    for (const std::string& words : refusal.says) {
      CHECK_THAT(refused.error().message, Contains(words));
    }
  }
}

TEST_CASE("an empty file becomes an archive when one may be made", "[store]") {
  const TempDir folder;
  write_file(folder / "a.db", "");
  must(open(folder / "a.db").put_setting("a", "b"));
}

TEST_CASE("an archive of the form before the first release is refused and left as it is",
          "[store]") {
  const OpenMode mode = GENERATE(OpenMode::read_only, OpenMode::read_write, OpenMode::create);
  const TempDir folder;
  const auto file = folder / "a.db";
  {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("CREATE TABLE outbox (x); PRAGMA user_version = 3");
    database.exec(fmt::format("PRAGMA application_id = {}", 0x72677472));
  }
  const auto refused = Archive::open(file, mode);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message,
             Contains(file.string()) && Contains("before the first release") &&
                 Contains("regtrail sync"));
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == 3);
  CHECK(database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 1);
}

TEST_CASE("the archive and its lock are for their owner alone", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Archive archive = open(file);
  must(archive.put_setting("a", "b"));
  const auto lock = must(archive.lock_for_sync(std::chrono::milliseconds(0), {}));
  must(archive.backup(folder / "backup.db"));
  for (const char* name : {"a.db", "a.db-wal", "a.db-shm", "a.db.lock", "backup.db"}) {
    CAPTURE(name);
    CHECK(std::filesystem::status(folder / name).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  }
}

TEST_CASE("a file without permission is named", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_setting("a", "b"));
  ::chmod(folder.path().c_str(), 0755);
  ::chmod(file.c_str(), 0);
  CHECK(in_child([&] {
    const auto refused =
        give_up_root() ? Archive::open(file, OpenMode::read_only) : Archive::in_memory();
    return !refused && refused.error().message.find("no permission") != std::string::npos;
  }));
}

TEST_CASE("an archive in a folder that may not be written can be read", "[store]") {
  const TempDir folder;
  const auto file = folder / "50% of #1?.db";
  {
    Archive archive = open(file);
    must(tests::put_units(archive, {15, "744", day(0)}, {section(1, "text")}, noon(0)));
  }
  ::chmod(file.c_str(), 0444);
  ::chmod(folder.path().c_str(), 0555);
  CHECK(in_child([&] {
    if (!give_up_root()) {
      return false;
    }
    auto archive = Archive::open(file, OpenMode::read_only, tests::stored_unit_reader());
    if (!archive) {
      return false;
    }
    const auto units = archive->load_snapshot({15, "744", day(0)});
    return units && *units == std::vector<Unit>{section(1, "text")};
  }));
  CHECK(in_child([&] {
    if (!give_up_root()) {
      return false;
    }
    auto archive = Archive::open(file, OpenMode::read_write);
    const std::string message =
        archive ? message_of(archive->put_setting("a", "b")) : message_of(archive);
    return message.find("read-only") != std::string::npos &&
           message.find(file.string()) != std::string::npos;
  }));
  ::chmod(folder.path().c_str(), 0755);
}

TEST_CASE("writing through a read-only archive is refused", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_setting("a", "b"));
  Archive reader = open(file, OpenMode::read_only);
  CHECK_THAT(message_of(reader.put_setting("a", "c")),
             Contains("read-only") && Contains(file.string()));
  CHECK(must(reader.setting("a")) == "b");
}

TEST_CASE("two openers see each other's work and forget what is gone", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Archive writer = open(file);
  Archive reader = open(file, OpenMode::read_only);
  const PartDate date{15, "744", day(0)};
  must(tests::put_units(writer, date, {section(1, std::string(600, 'a'))}, noon(0)));
  CHECK(must(reader.load_snapshot(date)).at(0) == section(1, std::string(600, 'a')));
  must(writer.drop_derived());
  must(tests::put_units(writer, date, {section(1, std::string(600, 'b'))}, noon(0)));
  CHECK(must(reader.load_snapshot(date)).at(0) == section(1, std::string(600, 'b')));
}

TEST_CASE("processes that make the archive at the same time all get it", "[store]") {
  for (int round = 0; round < 5; ++round) {
    const TempDir folder;
    const auto file = folder / "a.db";
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i) {
      children.push_back(::fork());
      if (children.back() == 0) {
        auto archive = Archive::open(file, OpenMode::create);
        ::_exit(archive && archive->put_setting(std::to_string(i), "x") ? 0 : 1);
      }
    }
    for (const pid_t child : children) {
      int status = 0;
      ::waitpid(child, &status, 0);
      CHECK(status == 0);
    }
    Archive archive = open(file, OpenMode::read_only);
    for (int i = 0; i < 4; ++i) {
      CHECK(must(archive.setting(std::to_string(i))) == "x");
    }
  }
}

TEST_CASE("readers are not held up by a writer in the middle of its work", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Archive writer = open(file);
  Archive reader = open(file, OpenMode::read_only);
  must(writer.put_setting("a", "old"));
  must(writer.in_transaction([&]() -> Result<void> {
    must(writer.put_setting("a", "new"));
    CHECK(must(reader.setting("a")) == "old");
    return {};
  }));
  CHECK(must(reader.setting("a")) == "new");
}

TEST_CASE("a transaction keeps all or nothing", "[store]") {
  Archive archive = in_memory();
  const PartDate date{15, "744", day(0)};
  const auto failed = archive.in_transaction([&]() -> Result<void> {
    must(archive.put_setting("a", "b"));
    must(tests::put_units(archive, date, {section(1, std::string(600, 'x'))}, noon(0)));
    return fail(ErrorKind::malformed, "the reason");
  });
  REQUIRE_FALSE(failed);
  CHECK(failed.error().kind == ErrorKind::malformed);
  CHECK(failed.error().message == "the reason");
  CHECK(must(archive.setting("a")).empty());
  CHECK(must(archive.snapshot_dates(15, "744")).empty());

  CHECK_THROWS_AS(archive.in_transaction([&]() -> Result<void> {
    must(archive.put_setting("a", "b"));
    throw std::runtime_error("from outside");
  }),
                  std::runtime_error);
  CHECK(must(archive.setting("a")).empty());

  must(archive.in_transaction([&]() -> Result<void> {
    CHECK_FALSE(archive.quarantine(99, "no such record")); // a call that fails spoils no other
    must(tests::put_units(archive, date, {section(1, std::string(600, 'y'))}, noon(0)));
    return {};
  }));
  CHECK(must(archive.load_snapshot(date)).at(0) == section(1, std::string(600, 'y')));
  must(archive.in_transaction([&]() -> Result<void> {
    must(archive.put_setting("a", "outer"));
    CHECK_FALSE(archive.in_transaction([&]() -> Result<void> {
      must(archive.put_setting("a", "inner"));
      return fail(ErrorKind::usage, "only this part");
    }));
    CHECK(must(archive.setting("a")) == "outer");
    return {};
  }));
  CHECK(must(archive.setting("a")) == "outer");
  CHECK(must(archive.verify()).problems.empty());
}

TEST_CASE("the sync lock is held by one process and freed by its death", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  Archive archive = open(file);
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto mine = Archive::open(file, OpenMode::create);
    const auto lock = mine->lock_for_sync(std::chrono::milliseconds(0), {});
    const char told = lock ? 'y' : 'n';
    if (::write(ready[1], &told, 1) != 1) {
      ::_exit(1);
    }
    for (;;) {
      ::pause();
    }
  }
  char told = 0;
  REQUIRE(::read(ready[0], &told, 1) == 1);
  REQUIRE(told == 'y');

  std::vector<std::int64_t> waits;
  const auto wait = [&](std::chrono::milliseconds time) { waits.push_back(time.count()); };
  const auto refused = archive.lock_for_sync(std::chrono::milliseconds(1200), wait);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::busy);
  CHECK_THAT(refused.error().message,
             Contains(fmt::format("process {} since 20", child)) && Contains(file.string()));
  CHECK(waits == std::vector<std::int64_t>{500, 500, 200});

  const auto kill_holder = [&](std::chrono::milliseconds) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  };
  {
    const auto lock = archive.lock_for_sync(std::chrono::milliseconds(500), kill_holder);
    REQUIRE(lock);
    Archive other = open(file);
    CHECK_FALSE(other.lock_for_sync(std::chrono::milliseconds(0), wait));
  }
  CHECK(archive.lock_for_sync(std::chrono::milliseconds(0), wait));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_CASE("a full disk loses nothing that was stored and is named", "[store]") {
  const TempDir folder;
  const auto file = folder / "a.db";
  must(open(file).put_raw(answer(0, "first")));
  CHECK(in_child([&] {
    // Writes beyond a megabyte fail from here on, as on a full disk.
    const struct rlimit limit { 1 << 20, 1 << 20 };
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto archive = Archive::open(file, OpenMode::read_write);
    std::mt19937 random(1);
    for (int i = 1; archive && i < 200; ++i) {
      std::string body(100'000, ' ');
      for (char& c : body) {
        c = static_cast<char>(random() % 256);
      }
      const auto stored = archive->put_raw(answer(i, body));
      if (!stored) {
        return stored.error().kind == ErrorKind::storage &&
               stored.error().message.find(file.string()) != std::string::npos &&
               stored.error().message.find("space") != std::string::npos &&
               archive->raw_bytes(1).value_or("") == "first";
      }
    }
    return false;
  }));
  Archive archive = open(file);
  CHECK(must(archive.verify()).problems.empty());
  CHECK(must(archive.raw_bytes(1)) == "first");
  must(archive.put_raw(answer(500, "there is space again")));
}

/// One unit of work of a sync: an answer on its own, then all that follows from it at once.
void sync_one(Archive& archive, int number) {
  const PartDate date{15, "744", day(number)};
  std::string text = fmt::format("text {} ", number / 3);
  text.append(3000, static_cast<char>('a' + number % 5));
  must(archive.plan_dates(15, "744", {date.issue_date}));
  must(archive.put_raw(answer(number, text)));
  must(archive.in_transaction([&]() -> Result<void> {
    must(tests::put_units(archive, date, {section(1, text), section(2, "same")}, noon(number)));
    Transition transition;
    transition.part = "744";
    transition.before = day(number - 1);
    transition.after = day(number);
    Change change;
    change.at = section(1, "").id;
    change.after = text;
    transition.diff.changes = {change};
    return archive.put_transition(transition, noon(number));
  }));
}

TEST_CASE("a process killed while it writes leaves an archive that the next one completes",
          "[store]") {
  constexpr int dates = 12;
  Archive undisturbed = in_memory();
  for (int i = 0; i < dates; ++i) {
    sync_one(undisturbed, i);
  }
  const std::string expected = must(undisturbed.export_derived());

  const TempDir folder;
  const auto file = folder / "a.db";
  std::mt19937 random(11);
  int killed = 0;
  for (int attempt = 0; attempt < 25; ++attempt) {
    int progress[2];
    REQUIRE(::pipe(progress) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(progress[0]);
      auto archive = Archive::open(file, OpenMode::create);
      for (int i = 0; archive && i < dates; ++i) {
        if (::write(progress[1], "x", 1) != 1) {
          ::_exit(1);
        }
        sync_one(*archive, i);
      }
      ::_exit(0);
    }
    ::close(progress[1]);
    // Dies somewhere within the work that follows a random sign of life.
    char sign = 0;
    for (auto i = random() % dates; i > 0; --i) {
      if (::read(progress[0], &sign, 1) != 1) {
        break;
      }
    }
    volatile auto spin = random() % 3'000'000;
    while (spin > 0) {
      spin = spin - 1;
    }
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    ::close(progress[0]);

    if (!std::filesystem::exists(file)) {
      continue;
    }
    Archive archive = open(file);
    REQUIRE(must(archive.verify()).problems == std::vector<std::string>{});
    for (const PlannedDate& planned : must(archive.planned_dates(15, "744"))) {
      if (planned.derived) {
        REQUIRE(planned.raw.has_value());
      }
    }
  }
  CHECK(killed > 10);
  Archive archive = open(file);
  for (int i = 0; i < dates; ++i) {
    sync_one(archive, i);
  }
  CHECK(must(archive.export_derived()) == expected);
}

TEST_CASE("what the sources tell is kept per source", "[store]") {
  Archive archive = in_memory();
  CHECK_FALSE(must(archive.source_status("ecfr")));
  SourceStatus status;
  status.source = "ecfr";
  status.health = Health::degraded;
  status.newest_issue_date = day(3);
  status.last_attempt = noon(4);
  status.message = "one part failed";
  must(archive.put_source_status(status));
  status.valid_through = day(4);
  must(archive.put_source_status(status));
  const auto stored = must(archive.source_status("ecfr")).value();
  CHECK(stored.health == Health::degraded);
  CHECK(stored.newest_issue_date == day(3));
  CHECK(stored.valid_through == day(4));
  CHECK_FALSE(stored.last_success.has_value());
  CHECK(stored.last_attempt == noon(4));
  CHECK(stored.message == "one part failed");
  CHECK(must(archive.status()).sources.size() == 1);
}

} // namespace
} // namespace regtrail::store::test
