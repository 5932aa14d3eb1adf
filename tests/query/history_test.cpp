#include "query/history.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;
using Catch::Matchers::Contains;

namespace {

class Follower : public DatedLaw {
public:
  using DatedLaw::DatedLaw;

  Result<History> history(const char* citation) {
    return assemble_history(archive(), *Citation::parse(citation));
  }

  /// "2026-02-01.. revised 1; was X; baseline" per entry, newest first.
  std::vector<std::string> lines(const char* citation) {
    const auto history = this->history(citation);
    if (!history) {
      return {history.error().message};
    }
    std::vector<std::string> lines;
    for (const HistoryEntry& entry : history->versions) {
      std::string line =
          entry.from.to_string() + ".." + (entry.until ? entry.until->to_string() : std::string());
      for (const auto& [kind, count] : entry.kinds) {
        line += fmt::format(" {} {}", kind, count);
      }
      line += entry.was ? " was " + entry.was->to_string() : "";
      line += entry.status == VersionStatus::removed ? " gone" : "";
      line += entry.baseline ? " baseline" : "";
      lines.push_back(line);
    }
    return lines;
  }
};

} // namespace

TEST_CASE("the history of a section has an entry for each stored version of it", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", long_a)}));
  law.on("2026-03-01", section({text("a", edited_a)}));
  law.on("2026-04-01", section({text("a", edited_a), "cita: [91 FR 1]"}));
  CHECK(law.lines("744.1") == Lines{"2026-04-01..",
                                    "2026-03-01..2026-04-01 revised 1",
                                    "2026-01-01..2026-03-01 baseline"});
}

TEST_CASE("each entry says when its text was first seen and the hash of its bytes", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", long_b)}));
  const auto history = law.history("744.1(a)");
  REQUIRE(history);
  REQUIRE(history->versions.size() == 2);
  CHECK(history->versions[0].first_seen == *parse_timestamp("2026-02-01"));
  CHECK(history->versions[1].first_seen == *parse_timestamp("2026-01-01"));
  CHECK(history->versions[0].raw != history->versions[1].raw);
  CHECK(history->versions[1].raw != Sha256{});
}

TEST_CASE("the history of a paragraph leaves out what happened to its siblings", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", edited_b)}));
  law.on("2026-03-01", section({text("a", edited_a), text("b", edited_b)}));
  CHECK(law.lines("744.1(a)") ==
        Lines{"2026-03-01.. revised 1", "2026-01-01..2026-03-01 baseline"});
  CHECK(law.lines("744.1(b)") ==
        Lines{"2026-02-01.. revised 1", "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("changes below a paragraph are part of its history", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), std::string("  ") + text("1", long_b)}));
  law.on("2026-02-01",
         section({text("a", long_a),
                  std::string("  ") + text("1", long_b),
                  std::string("  ") + text("2", long_c)}));
  CHECK(law.lines("744.1(a)") == Lines{"2026-02-01.. added 1", "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("a paragraph that was renumbered is followed under its former citation", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", edited_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-03-01", section({text("a", long_a), text("b", long_c), text("c", long_b)}));
  CHECK(law.lines("744.1(c)") == Lines{"2026-03-01.. redesignated 1 was 15 CFR 744.1(b)",
                                       "2026-02-01..2026-03-01 revised 1",
                                       "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("a child of a renumbered paragraph is followed with it", "[history]") {
  Follower law;
  const std::string child = std::string("  ") + text("1", long_b);
  law.on("2026-01-01", section({text("a", long_a), child}));
  law.on("2026-02-01", section({text("a", long_c), text("b", long_a), child}));
  CHECK(law.lines("744.1(b)(1)") == Lines{"2026-02-01.. redesignated 1 was 15 CFR 744.1(a)(1)",
                                          "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("what took a vacated name has no older history than its own", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_c), text("c", long_b)}));
  CHECK(law.lines("744.1(b)") == Lines{"2026-02-01.. added 1"});
}

TEST_CASE("a name from which the text moved on says where it went", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b), text("c", long_c)}));
  law.on("2026-02-01", section({text("a", long_b), text("b", long_c)}));
  const Lines lines = law.lines("744.1(c)");
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == "2026-02-01.. redesignated 1 gone");
  CHECK(lines[1] == "2026-01-01..2026-02-01 baseline");
}

TEST_CASE("a removed paragraph still has a history", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a)}));
  CHECK(law.lines("744.1(b)") ==
        Lines{"2026-02-01.. removed 1 gone", "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("a paragraph that was removed and came back has both lives", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a)}));
  law.on("2026-03-01", section({text("a", long_a), text("b", long_c)}));
  CHECK(law.lines("744.1(b)") == Lines{"2026-03-01.. added 1",
                                       "2026-02-01..2026-03-01 removed 1 gone",
                                       "2026-01-01..2026-02-01 baseline"});
}

TEST_CASE("a section that was added later begins with its addition", "[history]") {
  Follower law;
  const std::string first = section({text("a", long_a)});
  const std::string second = section({text("a", long_b)}, "744.2");
  law.on("2026-01-01", first);
  law.on("2026-02-01", first + second);
  law.on("2026-03-01", first);
  CHECK(law.lines("744.2") ==
        Lines{"2026-03-01.. removed 1 gone", "2026-02-01..2026-03-01 added 1"});
  CHECK(law.lines("744.2(a)") ==
        Lines{"2026-03-01.. removed 1 gone", "2026-02-01..2026-03-01 added 1"});
}

TEST_CASE("a section that got another number is followed, and so is its paragraph", "[history]") {
  Follower law;
  const std::vector<std::string> old{text("a", edited_a), text("b", long_b)};
  const std::vector<std::string> now{text("a", long_a), text("b", long_b)};
  law.on("2026-01-01", section(old, "744.5"));
  law.on("2026-02-01", section(now, "744.5"));
  law.on("2026-03-01", section(now, "744.6"));
  const Lines whole = law.lines("744.6");
  REQUIRE(whole.size() == 3);
  CHECK_THAT(whole[0], Contains("was 15 CFR 744.5"));
  CHECK(whole[1] == "2026-02-01..2026-03-01 revised 1");
  CHECK(whole[2] == "2026-01-01..2026-02-01 baseline");
  const Lines paragraph = law.lines("744.6(a)");
  REQUIRE(paragraph.size() == 3);
  CHECK_THAT(paragraph[0], Contains("was 15 CFR 744.5(a)"));
  CHECK(paragraph[1] == "2026-02-01..2026-03-01 revised 1");
}

TEST_CASE("an ECCN paragraph is followed inside the supplement that holds it", "[history]") {
  Follower law("774");
  const std::string head = "Supplement No. 1 to Part 774\n  heading: The list\n"
                           "  entry 3B001: Equipment for making things\n";
  const std::string other = "  entry 3B002: Test equipment for things\n";
  law.on("2026-01-01",
         head + "    .c Etching equipment of the kind described here below\n" + other);
  law.on("2026-02-01",
         head + "    .c Etching equipment of another kind described here below\n" + other);
  law.on("2026-03-01",
         head + "    .c Etching equipment of another kind described here below\n" +
             "  entry 3B002: Test equipment for other things\n");
  CHECK(law.lines("3B001.c") == Lines{"2026-02-01.. revised 1", "2026-01-01..2026-02-01 baseline"});
  CHECK(law.lines("ECCN 3B002") ==
        Lines{"2026-03-01.. revised 1", "2026-01-01..2026-03-01 baseline"});
}

TEST_CASE("the history of a part has an entry for each date on which something in it changed",
          "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", long_a)}));
  law.on("2026-03-01", section({text("a", edited_a)}) + section({text("a", long_c)}, "744.2"));
  CHECK(law.lines("15 CFR Part 744") ==
        Lines{"2026-03-01.. added 1 revised 1", "2026-01-01..2026-03-01 baseline"});
}

TEST_CASE("a citation that was never held is an error that names the nearest ones", "[history]") {
  Follower law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  CHECK_THAT(law.lines("744.11").front(), Contains("'15 CFR 744.11'") && Contains("744.1'"));
  CHECK_THAT(law.lines("744.1(d)").front(), Contains("'15 CFR 744.1(a)'"));
  CHECK_THAT(law.lines("742.1").front(),
             Contains("parts held: 744") && Contains("regtrail sync --part 742"));
}

TEST_CASE("the former citation of a place keeps what lies below the renamed node", "[history]") {
  Change change;
  change.kind = ChangeKind::redesignated;
  change.at = *Citation::parse("3B001.d");
  change.was = *Citation::parse("3B001.c");
  CHECK(former_citation(change, *Citation::parse("3B001.d.1.a")).to_string() == "ECCN 3B001.c.1.a");
  CHECK(former_citation(change, *Citation::parse("3B001.d")).to_string() == "ECCN 3B001.c");
  CHECK(former_citation(change, *Citation::parse("3B001.e")).empty());
  change.was.reset();
  CHECK(former_citation(change, *Citation::parse("3B001.d")).empty());
}
