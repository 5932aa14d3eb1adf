// The built program as a user meets it: exit codes, streams, pipes, files in its home.
#include "cli/files.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <arpa/inet.h>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <netinet/in.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "support.hpp"

using namespace regtrail::cli::testing;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using nlohmann::json;

namespace fs = std::filesystem;

namespace {

const std::string sample = regtrail::testing::source_path("sample").string();
constexpr const char* after_sample = "2026-10-21";

std::string many(const std::string& text, int times) {
  std::string out;
  while (times-- > 0) {
    out += text;
  }
  return out;
}

/// A home with the sample mirror synced.
const Program& synced() {
  static Program program;
  static bool done = false;
  if (!done) {
    program.set("REGTRAIL_NOW", after_sample);
    REQUIRE(program.run({"init"}).code == 0);
    std::vector<std::string> arguments{"sync", "--mirror", sample};
    for (const char* part : {"738", "742", "744", "772", "774"}) {
      arguments.insert(arguments.end(), {"--part", part});
    }
    const Outcome outcome = program.run(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    done = true;
  }
  return program;
}

} // namespace

TEST_CASE("every command has help with two examples that fits a screen", "[program]") {
  const Program program;
  const std::string command = GENERATE("init",
                                       "sync",
                                       "status",
                                       "show",
                                       "history",
                                       "diff",
                                       "blame",
                                       "changes",
                                       "categories",
                                       "digest",
                                       "verify",
                                       "rebuild");
  CAPTURE(command);
  const Outcome help = program.run({command, "-h"});
  CHECK(help.code == 0);
  CHECK(help.err.empty());
  CHECK(std::count(help.out.begin(), help.out.end(), '\n') <= 30);
  const auto examples = help.out.substr(help.out.find("examples:"));
  std::size_t count = 0;
  for (auto at = examples.find("  regtrail "); at != std::string::npos;
       at = examples.find("  regtrail ", at + 1)) {
    ++count;
  }
  CHECK(count == 2);
  CHECK(help.out == program.run({command, "--help"}).out);
}

TEST_CASE("a wrong command line is exit code 2 with the remedy and nothing on standard output",
          "[program]") {
  struct Row {
    std::vector<std::string> arguments;
    const char* message;
  };

  const Row row = GENERATE(values<Row>({
      {{}, "give a command"},
      {{"synk"}, "did you mean 'sync'?"},
      {{"--foo"}, "unknown option '--foo'; see: regtrail -h"},
      {{"sync", "--foo"}, "unknown option '--foo'; see: regtrail sync -h"},
      {{"sync", "--source", "ecrf"}, "unknown source 'ecrf'; did you mean 'ecfr'?"},
      {{"sync", "--part", "seven"}, "'seven' is not the number of a CFR part"},
      {{"sync", "--since", "2026-13-01"}, "2026-13-01"},
      {{"sync", "--until", "soon"}, "soon"},
      {{"sync", "--since", "2026-02-01", "--until", "2026-01-01"}, "is after --until"},
      {{"sync", "--mirror", "/nowhere"}, "'/nowhere' is neither a folder nor"},
      {{"sync", "--mirror", "ftp://127.0.0.1"}, "--mirror: cannot use URL 'ftp://127.0.0.1'"},
      {{"sync", "--mirror", "http://me@127.0.0.1"}, "user names and passwords in URLs are refused"},
      {{"sync", "http://me:s3cret@host/"}, "http://host/"},
      {{"sync", "--mirror", "http://me:s3cret@127.0.0.1"}, "cannot use URL '...@127.0.0.1'"},
      {{"sync", "--mirror", "http://"}, "--mirror: cannot use URL 'http://'"},
      {{"sync", "--wait", "-1"}, "--wait"},
      {{"sync", "--wait", "1", "--no-wait"}, "excludes"},
      {{"search", many("a ", 33)}, "the query has 33 words, at most 32 are searched for"},
      {{"search", many("ab", 501)}, "the query has 1002 bytes, at most 1000"},
      {{"show"}, "give a citation"},
      {{"show", "whatever"}, "'whatever'"},
      {{"show", "89", "FR", "96790"}, "is a document"},
      {{"show", "744.1", "--on", "someday"}, "someday"},
      {{"show", "--file", "/nowhere.xml"}, "/nowhere.xml"},
      {{"show", "--file", "x", "--on", "2026-01-01"}, "excludes"},
      {{"history"}, "citation is required"},
      {{"diff"}, "give a citation"},
      {{"diff", "744.1", "--from", "x"}, "--from"},
      {{"diff", "744.1", "--to", "x"}, "--to"},
      {{"diff", "744.1", "--format", "pdf"}, "--format"},
      {{"diff", "744.1", "--format", "html", "--json"}, "exclude each other"},
      {{"diff", "744.1", "--lang", "de"}, "--lang"},
      {{"diff", "--files", "one.xml"}, "--files"},
      {{"diff", "--files", "/one.xml", "/two.xml"}, "/one.xml"},
      {{"diff", "744.1", "--title", "15"}, "--title"},
      {{"changes", "--min-severity", "9"}, "--min-severity"},
      {{"changes", "--since", "x"}, "--since"},
      {{"changes", "--until", "x"}, "--until"},
      {{"changes", "--category", "no-such"}, "no category 'no-such'"},
      {{"categories", "frobnicate"}, "'frobnicate' is not a command"},
      {{"categories", "show", "no-such"}, "no category 'no-such'"},
      {{"categories", "test", "no-such", "x"}, "no category 'no-such'"},
      {{"categories", "remove"}, "id is required"},
      {{"categories", "add", "x"}, "--label-en is required"},
      {{"categories", "add", "x", "--label-en", "X", "--weight", "2"}, "--weight"},
      {{"digest", "--to", "nobody"}, "no subscriber 'nobody'"},
      {{"digest", "--send"}, "[[subscriber]]"},
      {{"digest", "--send", "--dry-run"}, "excludes"},
      {{"digest", "--lang", "de"}, "--lang"},
      {{"status", "--now", "yesterday"}, "--now"},
      {{"status", "--color", "blue"}, "'blue' is none of auto, always, never"},
      {{"status"}, "run: regtrail sync"},
      {{"verify"}, "run: regtrail sync"},
      {{"rebuild"}, "run: regtrail sync"},
  }));
  CAPTURE(row.arguments);
  const Program program;
  const Outcome outcome = program.run(row.arguments);
  CHECK(outcome.code == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, StartsWith("regtrail: ") && Contains(row.message));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
}

TEST_CASE("common options are accepted before and behind the command", "[program]") {
  const Program program;
  CHECK(program.run({"--json", "categories"}).out == program.run({"categories", "--json"}).out);
  CHECK(program.run({"categories", "list", "--json"}).out ==
        program.run({"--json", "categories", "list"}).out);
  CHECK_THAT(program.run({"--db", "/no/where.db", "status"}).err, Contains("/no/where.db"));
  CHECK_THAT(program.run({"status", "--db", "/no/where.db"}).err, Contains("/no/where.db"));
  CHECK_THAT(program.run({"changes", "--config", "/no/c.toml"}).err, Contains("/no/c.toml"));
}

TEST_CASE("init writes private files, says what is next, and overwrites nothing", "[program]") {
  const Program program;
  const Outcome first = program.run({"init"});
  CHECK(first.code == 0);
  CHECK_THAT(first.out,
             Contains("wrote ~/.config/regtrail/config.toml") && Contains("next: regtrail sync"));
  const fs::path folder = program.home().path() / ".config/regtrail";
  CHECK(fs::status(folder).permissions() == fs::perms::owner_all);
  CHECK(fs::status(folder / "config.toml").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  program.home().write(".config/regtrail/config.toml", "# mine\n");
  const Outcome second = program.run({"init"});
  CHECK(second.code == 0);
  CHECK_THAT(second.out, Contains("kept"));
  CHECK(program.home().read(".config/regtrail/config.toml") == "# mine\n");
  const auto said = json::parse(program.run({"init", "--json"}).out);
  CHECK(said["config"]["written"] == false);
}

TEST_CASE("an init that is killed while it writes leaves nothing that the next one would keep",
          "[program]") {
  // A write beyond the limit kills the process. The configuration has 1.4 kB, the register 60 kB.
  const rlim_t limit = GENERATE(0, 1000, 5000);
  CAPTURE(limit);
  const Program program;
  rlimit old{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &old) == 0);
  const rlimit small{limit, old.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const int code = program.run({"init"}).code;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &old) == 0);
  REQUIRE(code == 128 + SIGXFSZ);
  CHECK(program.run({"init"}).code == 0);
  const Program whole;
  REQUIRE(whole.run({"init"}).code == 0);
  for (const char* name : {".config/regtrail/config.toml", ".config/regtrail/categories.toml"}) {
    CHECK(program.home().read(name) == whole.home().read(name));
  }
}

TEST_CASE("init fills files that are empty and says so", "[program]") {
  const Program program;
  program.home().write(".config/regtrail/config.toml", "");
  program.home().write(".config/regtrail/categories.toml", "");
  const Outcome outcome = program.run({"init"});
  CHECK(outcome.code == 0);
  CHECK_THAT(outcome.out,
             Contains("wrote ~/.config/regtrail/config.toml      was there, but empty\n") &&
                 Contains("wrote ~/.config/regtrail/categories.toml      was there, but empty; 52 "
                          "categories"));
  CHECK_FALSE(program.home().read(".config/regtrail/config.toml").empty());
  CHECK_THAT(program.run({"init"}).out, !Contains("wrote"));
}

TEST_CASE("init writes the starter watches only beside the categories that they name",
          "[program]") {
  const Program own;
  own.home().write(".config/regtrail/categories.toml",
                   "[[category]]\nid = \"pumps\"\nlabel_en = \"Pumps\"\nterms_en = [\"pump\"]\n");
  const Outcome left = own.run({"init"});
  CHECK(left.code == 0);
  CHECK_THAT(left.out, Contains("left  ~/.config/regtrail/watches.toml"));
  CHECK_FALSE(fs::exists(own.home().path() / ".config/regtrail/watches.toml"));
  CHECK(own.run({"categories"}).code == 0);

  const Program starter;
  CHECK_THAT(starter.run({"init"}).out, Contains("wrote ~/.config/regtrail/watches.toml"));
  CHECK(fs::exists(starter.home().path() / ".config/regtrail/watches.toml"));
  CHECK_THAT(starter.run({"init"}).out, Contains("kept  ~/.config/regtrail/watches.toml"));
  // Other categories that are put in the place of the starter's are read beside its watches.
  starter.home().write(".config/regtrail/categories.toml",
                       own.home().read(".config/regtrail/categories.toml"));
  CHECK_THAT(starter.run({"categories"}).out, Contains("1 categories"));
  CHECK(starter.run({"register", "list"}).code == 0);
}

TEST_CASE("a broken configuration or register stops every command that needs it", "[program]") {
  const std::string command = GENERATE("sync", "changes", "digest", "categories", "rebuild");
  CAPTURE(command);
  const Program program;
  program.home().write(".config/regtrail/config.toml", "[http]\ncontat = \"x\"\n");
  const Outcome config = program.run({command});
  CHECK(config.code == 2);
  CHECK_THAT(config.err, Contains("config.toml:2:") && Contains("'contat'"));
  program.home().write(".config/regtrail/config.toml", "");
  program.home().write(".config/regtrail/categories.toml", "[[category]\n");
  const Outcome categories = program.run({command});
  CHECK(categories.code == 2);
  CHECK_THAT(categories.err, Contains("categories.toml:1"));
  CHECK_FALSE(fs::exists(program.home().path() / ".local/share/regtrail/regtrail.db"));
}

TEST_CASE("nobody else can read the locks beside the archive", "[program]") {
  const fs::path folder = synced().home().path() / ".local/share/regtrail";
  CHECK(fs::status(folder / "regtrail.db.lock").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a database that is none is left alone", "[program]") {
  const Program program;
  const fs::path file = program.home().write("other.db", std::string(5000, 'x'));
  for (const char* command : {"status", "verify", "changes"}) {
    CAPTURE(command);
    const Outcome outcome = program.run({command, "--db", file.string()});
    CHECK(outcome.code == 2);
    CHECK_THAT(outcome.err, Contains("other.db"));
  }
  CHECK(program.run({"sync", "--mirror", sample, "--db", file.string()}).code == 2);
  CHECK(program.home().read("other.db") == std::string(5000, 'x'));
}

TEST_CASE("sync in a pipe says one line, and nothing when nothing happened", "[program]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  const std::vector<std::string> sync{"sync", "--mirror", sample, "--part", "772"};
  const Outcome first = program.run(sync);
  CHECK(first.code == 0);
  CHECK(first.err.empty());
  CHECK_THAT(first.out, StartsWith("2026-10-21T00:00:00Z ok ecfr=2026-"));
  CHECK(std::count(first.out.begin(), first.out.end(), '\n') == 1);
  const Outcome second = program.run(sync);
  CHECK(second.code == 0);
  CHECK(second.out.empty());
  CHECK(second.err.empty());
  std::vector<std::string> verbose = sync;
  verbose.push_back("--verbose");
  CHECK_THAT(program.run(verbose).out, Contains(" ok ecfr="));
  std::vector<std::string> as_json = sync;
  as_json.push_back("--json");
  const auto summary = json::parse(program.run(as_json).out);
  CHECK(summary["state"] == "ok");
  CHECK(summary["new_changes"] == 0);
}

TEST_CASE("sync takes the issue in force on --since and nothing after --until", "[program]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program
              .run({"sync",
                    "--mirror",
                    sample,
                    "--part",
                    "742",
                    "--since",
                    "2026-08-01",
                    "--until",
                    "2026-08-31"})
              .code == 0);
  const auto history = json::parse(program.run({"history", "15 CFR Part 742", "--json"}).out);
  REQUIRE(history["versions"].size() == 2);
  CHECK(history["versions"][0]["from"] == "2026-08-10");
  CHECK(history["versions"][1]["from"] == "2026-07-06");
}

TEST_CASE("a second sync leaves at once when told not to wait", "[program]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  const std::vector<std::string> sync{"sync", "--mirror", sample, "--part", "772", "--no-wait"};
  REQUIRE(program.run(sync).code == 0);
  const auto held = regtrail::cli::FileLock::take(program.home().path() /
                                                  ".local/share/regtrail/regtrail.db.lock");
  REQUIRE(held);
  const Outcome second = program.run(sync);
  CHECK(second.code == 2);
  CHECK_THAT(second.err, Contains("regtrail.db") && Contains("--wait SECONDS"));
}

TEST_CASE("an interrupted sync says how to go on and leaves an archive that opens", "[program]") {
  // A server that accepts and never answers.
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  void* raw = &address;
  REQUIRE(::bind(listener, static_cast<sockaddr*>(raw), length) == 0);
  REQUIRE(::listen(listener, 4) == 0);
  REQUIRE(::getsockname(listener, static_cast<sockaddr*>(raw), &length) == 0);
  const std::string url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));

  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  program.home().write("err", "");
  const int err = ::open((program.home().path() / "err").c_str(), O_WRONLY | O_CLOEXEC);
  const int out =
      ::open((program.home().path() / "out").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const int child = program.start({"sync", "--mirror", url, "--part", "742", "--json"}, out, err);
  ::close(out);
  ::close(err);
  const int peer = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); // it is asking now
  REQUIRE(peer >= 0);
  REQUIRE(::kill(child, SIGINT) == 0);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  ::close(peer);
  ::close(listener);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 3);
  CHECK(program.home().read("err") ==
        "regtrail: interrupted; what is complete was kept; to go on run: regtrail sync\n");
  CHECK(json::parse(program.home().read("out"))["state"] == "interrupted");
  CHECK(program.run({"status"}).code == 0);
  CHECK(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
}

TEST_CASE("what a reader does not take is no error", "[program]") {
  int pipe_ends[2];
  REQUIRE(::pipe2(pipe_ends, O_CLOEXEC) == 0);
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::close(pipe_ends[0]);
  const int child = synced().start({"show", "15 CFR Part 774"}, pipe_ends[1], null);
  ::close(pipe_ends[1]);
  ::close(null);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("a full disk behind standard output is an error", "[program]") {
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  if (full < 0) {
    WARN("no /dev/full here");
    return;
  }
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  const int child = synced().start({"status"}, full, null);
  ::close(full);
  ::close(null);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 2);
}

TEST_CASE("with --exit-code the status tells changes from none, and errors from both",
          "[program]") {
  const Program& program = synced();
  CHECK(program.run({"diff", "742.4", "--exit-code"}).code == 1);
  CHECK(program.run({"diff", "742.4"}).code == 0);
  CHECK(program.run({"diff", "742.4", "--from", "2026-10-19", "--to", "2026-10-19", "--exit-code"})
            .code == 0);
  CHECK(program.run({"diff", "742.4", "--from", "1999-01-01", "--exit-code"}).code == 2);
  CHECK(program.run({"diff", "742.99", "--exit-code"}).code == 2);
  const std::string part =
      sample + "/www.ecfr.gov/api/versioner/v1/full/2026-06-01/title-15.xml@part=742";
  CHECK(program.run({"diff", "--files", part, part, "--exit-code"}).code == 0);
  CHECK(program.run({"diff", "--files", part, part + "x", "--exit-code"}).code == 2);
}

TEST_CASE("a file of the annual CFR compares equal with the same text from the eCFR", "[program]") {
  const Program& program = synced();
  const std::string folder =
      regtrail::testing::source_path("tests/parse/annual/fixtures").string() + "/";
  const Outcome outcome = program.run({"diff",
                                       "--files",
                                       folder + "ear_annual.xml",
                                       folder + "ear_ecfr.xml",
                                       "--exit-code",
                                       "--json"});
  CHECK(outcome.code == 0);
  CHECK_THAT(program.run({"show", "--file", folder + "ear_annual.xml", "744.1"}).out,
             Contains("744.1"));
}

TEST_CASE("diffs come as text, HTML, table and CSV in both languages", "[program]") {
  const Program& program = synced();
  const auto diff = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"diff", "742.6", "--from", "2026-06-01"});
    const Outcome outcome = program.run(more);
    CHECK(outcome.code == 0);
    return outcome.out;
  };
  CHECK_THAT(diff({}), Contains("742.6") && !Contains("\x1b["));
  CHECK(diff({}) == diff({"--format", "text"}));
  CHECK_THAT(diff({"--color", "always"}), Contains("\x1b["));
  CHECK_THAT(diff({"--format", "html"}), Contains("<html"));
  CHECK_THAT(diff({"--format", "table", "--lang", "ja"}), Contains("改正後"));
  CHECK_THAT(diff({"--format", "table"}), !Contains("改正後"));
  CHECK_THAT(diff({"--format", "csv"}), !Contains("<html") && Contains("742.6"));
}

TEST_CASE("citations are accepted as people write them, with or without quotes", "[program]") {
  const Program& program = synced();
  const std::string wanted = program.run({"show", "15 CFR 742.4", "--json"}).out;
  CHECK(json::parse(wanted)["citation"] == "15 CFR 742.4");
  CHECK(program.run({"show", "742.4", "--json"}).out == wanted);
  CHECK(program.run({"show", "15", "CFR", "742.4", "--json"}).out == wanted);
  CHECK(program.run({"show", "§ 742.4", "--json"}).out == wanted);
  CHECK(program.run({"show", "--json", "§", "742.4"}).out == wanted);
  CHECK(json::parse(program.run({"show", "ECCN", "3B001", "--json"}).out)["record"]["eccn"] ==
        "3B001");
  CHECK(json::parse(
            program.run({"show", "supp.", "4", "to", "part", "744", "--json"}).out)["citation"] ==
        "Supplement No. 4 to Part 744");
}

TEST_CASE("show gives the text of the day that was asked for", "[program]") {
  const Program& program = synced();
  const std::string before = program.run({"show", "3B001.c.1.c", "--on", "2026-07-05"}).out;
  const std::string after = program.run({"show", "3B001.c.1.c", "--on", "2026-07-06"}).out;
  CHECK_THAT(before, Contains("250"));
  CHECK_THAT(after, Contains("400"));
  const auto json_after =
      json::parse(program.run({"show", "3B001.c.1.c", "--on", "2026-07-06", "--json"}).out);
  CHECK(json_after["on"] == "2026-07-06");
  const Outcome removed = program.run({"show", "742.8", "--on", "2026-10-01"});
  CHECK(removed.code == 2);
  CHECK_THAT(removed.err, Contains("was removed on 2026-09-14"));
  CHECK(program.run({"show", "742.8"}).code == 2);
  const Outcome renamed = program.run({"show", "744.15"});
  CHECK(renamed.code == 2);
  CHECK_THAT(renamed.err, Contains("became '15 CFR 744.16' on 2026-09-14"));
  const Outcome early = program.run({"show", "742.4", "--on", "2019-01-01"});
  CHECK(early.code == 2);
  CHECK_THAT(early.err, Contains("2019-01-01") && Contains("2026-06-01"));
}

TEST_CASE("show reads a downloaded file, whole or in part", "[program]") {
  const Program& program = synced();
  const std::string part =
      sample + "/www.ecfr.gov/api/versioner/v1/full/2026-06-01/title-15.xml@part=742";
  const auto whole = json::parse(program.run({"show", "--file", part, "--json"}).out);
  const auto section = json::parse(program.run({"show", "--file", part, "742.4", "--json"}).out);
  CHECK(whole["nodes"].size() > section["nodes"].size());
  CHECK(section["citation"] == "15 CFR 742.4");
  const Outcome absent = program.run({"show", "--file", part, "744.1"});
  CHECK(absent.code == 2);
  CHECK_THAT(absent.err, Contains("'15 CFR 744.1' is not in"));
}

TEST_CASE("history follows a paragraph through renumbering and a section through its new number",
          "[program]") {
  const Program& program = synced();
  const auto moved = json::parse(program.run({"history", "744.16", "--json"}).out);
  CHECK(moved["versions"].size() == 2);
  CHECK(moved["versions"].back()["from"] == "2026-06-01");
  const auto shifted = json::parse(program.run({"history", "742.4(a)(3)", "--json"}).out);
  CHECK(shifted["versions"][0]["kinds"]["redesignated"] == 1);
  CHECK(shifted["versions"].back()["from"] == "2026-06-01");
}

TEST_CASE("the feed is narrowed by date, category, severity and nearness", "[program]") {
  const Program& program = synced();
  const auto feed = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"changes", "--json"});
    return json::parse(program.run(more).out);
  };
  const auto all = feed({});
  REQUIRE(all.size() > 2);
  const std::string category = all[0]["category"];
  const int severity = all[0]["severity"];
  for (const auto& item : feed({"--category", category})) {
    CHECK(item["category"] == category);
  }
  CHECK(feed({"--category", category}).size() < all.size());
  for (const auto& item : feed({"--min-severity", std::to_string(severity)})) {
    CHECK(item["severity"] >= severity);
  }
  for (const auto& item : feed({"--since", "2026-09-01"})) {
    CHECK(item["after"]["date"] >= "2026-09-01");
  }
  CHECK(feed({"--since", "2026-09-01"}).size() + feed({"--until", "2026-08-31"}).size() ==
        all.size());
  CHECK(feed({"--near"}).size() >= all.size());
  for (const auto& item : all) {
    CHECK(item["near"] == false);
  }
  CHECK(feed({"--since", "2026-10-20"}).empty());
}

TEST_CASE("a changed register is matched again by the next look at the feed", "[program]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  REQUIRE(program.run({"init"}).code == 0);
  REQUIRE(program.run({"sync", "--mirror", sample, "--part", "742"}).code == 0);
  const auto before = json::parse(program.run({"changes", "--json"}).out);
  REQUIRE(program
              .run({"categories",
                    "add",
                    "electron-guns",
                    "--label-en",
                    "Electron guns",
                    "--cfr",
                    "742.6",
                    "--eccn",
                    "3B001",
                    "--ear-term",
                    "keV"})
              .code == 0);
  const auto after =
      json::parse(program.run({"changes", "--category", "electron-guns", "--near", "--json"}).out);
  CHECK_FALSE(after.empty());
  REQUIRE(program.run({"categories", "remove", "electron-guns"}).code == 0);
  CHECK(json::parse(program.run({"changes", "--json"}).out) == before);
}

TEST_CASE("a category that a subscriber wants cannot be removed", "[program]") {
  const Program program;
  REQUIRE(program.run({"init"}).code == 0);
  program.home().write(".config/regtrail/config.toml",
                       "[[subscriber]]\nname = \"desk\"\nto = \"d@example.jp\"\n"
                       "categories = [\"vacuum-valves\"]\n");
  const std::string before = program.home().read(".config/regtrail/categories.toml");
  const Outcome outcome = program.run({"categories", "remove", "vacuum-valves"});
  CHECK(outcome.code == 2);
  CHECK_THAT(outcome.err, Contains("'desk'") && Contains("config.toml:4"));
  CHECK(program.home().read(".config/regtrail/categories.toml") == before);
}

TEST_CASE("categories test explains the score of a citation and of a text", "[program]") {
  const Program& program = synced();
  const Outcome citation = program.run({"categories", "test", "vacuum-valves", "3B001.c.1.c"});
  CHECK(citation.code == 0);
  CHECK_THAT(citation.out,
             StartsWith("vacuum-valves x ECCN 3B001.c.1.c") && Contains("needs 0.60"));
  const auto text = json::parse(
      program
          .run({"categories", "test", "vacuum-valves", "a gate valve for wafer chambers", "--json"})
          .out);
  CHECK(text["citation"].is_null());
  CHECK_FALSE(text["reasons"].empty());
  CHECK(program.run({"categories", "test", "vacuum-valves", "742.99"}).code == 2);
}

TEST_CASE("a digest is shown, or written as a message, and changes nothing", "[program]") {
  const Program& program = synced();
  const std::string before = program.run({"verify", "--export"}).out;
  const Outcome shown = program.run({"digest"});
  CHECK(shown.code == 0);
  CHECK_FALSE(shown.out.empty());
  const Outcome message = program.run({"digest", "--dry-run"});
  CHECK_THAT(message.out,
             Contains("Subject: ") && Contains("Message-ID: ") &&
                 Contains("multipart/alternative"));
  CHECK(message.out == program.run({"digest", "--dry-run"}).out);
  CHECK(message.out != program.run({"digest", "--dry-run", "--lang", "ja"}).out);
  CHECK(program.run({"verify", "--export"}).out == before);
  const auto status = json::parse(program.run({"status", "--json"}).out);
  CHECK(status["outbox"]["queued"] == 0);
}

TEST_CASE("a message that cannot be delivered stays queued and the exit code says so",
          "[program]") {
  Program program;
  program.set("REGTRAIL_NOW", after_sample);
  program.home().write(".config/regtrail/config.toml",
                       "[smtp]\nurl = \"smtp://127.0.0.1:1\"\nfrom = \"r@example.jp\"\n"
                       "security = \"none\"\n"
                       "[[subscriber]]\nname = \"desk\"\nto = \"d@example.jp\"\n"
                       "[[subscriber]]\nname = \"office\"\nto = \"o@example.jp\"\n");
  REQUIRE(program.run({"sync", "--mirror", sample}).code == 0);
  const Outcome first = program.run({"digest", "--send"});
  CHECK(first.code == 3);
  CHECK_THAT(first.err,
             Contains("d@example.jp: cannot send mail by '127.0.0.1'") &&
                 Contains("o@example.jp: cannot send mail by '127.0.0.1'"));
  auto status = json::parse(program.run({"status", "--json"}).out);
  CHECK(status["outbox"]["queued"].get<int>() + status["outbox"]["failed"].get<int>() == 2);
  const Outcome again = program.run({"digest", "--send"});
  CHECK(again.code == 3);
  CHECK_THAT(again.err, Contains("had today's digest already"));
  status = json::parse(program.run({"status", "--json"}).out);
  CHECK(status["outbox"]["queued"].get<int>() + status["outbox"]["failed"].get<int>() == 2);
  CHECK_THAT(program.run({"digest", "--send", "--now", "2026-10-22"}).err,
             Contains("nothing new for 'desk'"));
}

TEST_CASE("with --quiet there are only results and errors", "[program]") {
  const Program& program = synced();
  CHECK(program.run({"changes", "--since", "2026-10-20"}).err.find("no hits") != std::string::npos);
  CHECK(program.run({"changes", "--since", "2026-10-20", "--quiet"}).err.empty());
  CHECK_FALSE(program.run({"status", "-q"}).out.empty());
  CHECK_FALSE(program.run({"show", "742.99", "-q"}).err.empty());
}
