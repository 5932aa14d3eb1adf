#include "notify/render/json.hpp"
#include "query/blame.hpp"
#include "query/place_tree.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <map>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;
using Catch::Matchers::Contains;

namespace {

/// "(a) 2026-02-01 was 15 CFR 744.1(b)" a line, in printed order; "=" marks the baseline.
Lines blame(DatedLaw& law, const char* citation, std::optional<Date> on = std::nullopt) {
  const auto blame = assemble_blame(law.archive(), *Citation::parse(citation), on);
  if (!blame) {
    return {blame.error().message};
  }
  Lines lines;
  for (const BlameLine& line : blame->lines) {
    lines.push_back(fmt::format("{} {}{}{}",
                                line.at.to_string(),
                                line.since.to_string(),
                                line.baseline ? " =" : "",
                                line.was ? " was " + line.was->to_string() : ""));
  }
  return lines;
}

constexpr const char* heading_line = "15 CFR 744.1 / heading 2026-01-01 =";

} // namespace

TEST_CASE("each paragraph has the date of the version that last changed its text", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", edited_a), text("b", long_b)}));
  law.on("2026-03-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-04-01", section({text("a", long_a), text("b", long_b), text("c", long_c)}));
  CHECK(blame(law, "744.1") == Lines{heading_line,
                                     "15 CFR 744.1(a) 2026-03-01",
                                     "15 CFR 744.1(b) 2026-01-01 =",
                                     "15 CFR 744.1(c) 2026-04-01"});
  CHECK(blame(law, "744.1(a)", Date(2026, 2, 20)) == Lines{"15 CFR 744.1(a) 2026-02-01"});
}

TEST_CASE("a change of a child does not make its parent younger, nor that of a parent its child",
          "[blame]") {
  DatedLaw law;
  const auto child = [](const char* words) { return std::string("  ") + text("1", words); };
  law.on("2026-01-01", section({text("a", long_a), child(long_b)}));
  law.on("2026-02-01", section({text("a", long_a), child(edited_b)}));
  law.on("2026-03-01", section({text("a", edited_a), child(edited_b)}));
  CHECK(blame(law, "744.1(a)") ==
        Lines{"15 CFR 744.1(a) 2026-03-01", "15 CFR 744.1(a)(1) 2026-02-01"});
}

TEST_CASE("what was added is as old as its addition, with all below it", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b), "  " + text("1", long_c)}));
  CHECK(blame(law, "744.1(b)") ==
        Lines{"15 CFR 744.1(b) 2026-02-01", "15 CFR 744.1(b)(1) 2026-02-01"});
}

TEST_CASE("dashes and notes of the unit change no paragraph", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({"(a) A chip-based control of what nobody may ship without one"}));
  law.on("2026-02-01",
         section({"(a) A chip\u2013based control of what nobody may ship without one"}));
  law.on("2026-03-01",
         section({"(a) A chip\u2013based control of what nobody may ship without one",
                  "cita: [91 FR 1]"}));
  CHECK(blame(law, "744.1(a)") == Lines{"15 CFR 744.1(a) 2026-01-01 ="});
}

TEST_CASE("a renumbered paragraph and its children keep the dates of their texts", "[blame]") {
  DatedLaw law;
  const std::string child = "  " + text("1", long_b);
  law.on("2026-01-01", section({text("a", edited_a), child}));
  law.on("2026-02-01", section({text("a", long_a), child}));
  law.on("2026-03-01", section({text("a", long_c), text("b", long_a), child}));
  CHECK(blame(law, "744.1") == Lines{heading_line,
                                     "15 CFR 744.1(a) 2026-03-01",
                                     "15 CFR 744.1(b) 2026-02-01 was 15 CFR 744.1(a)",
                                     "15 CFR 744.1(b)(1) 2026-01-01 = was 15 CFR 744.1(a)(1)"});
}

TEST_CASE("paragraphs that changed places keep their dates", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", edited_a), text("b", long_b), text("c", long_c)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b), text("c", long_c)}));
  law.on("2026-03-01", section({text("a", long_b), text("b", long_a), text("c", long_c)}));
  CHECK(blame(law, "744.1") == Lines{heading_line,
                                     "15 CFR 744.1(a) 2026-01-01 = was 15 CFR 744.1(b)",
                                     "15 CFR 744.1(b) 2026-02-01 was 15 CFR 744.1(a)",
                                     "15 CFR 744.1(c) 2026-01-01 ="});
}

TEST_CASE("undesignated paragraphs are followed though their numbers shift in silence", "[blame]") {
  DatedLaw law;
  const auto plain = [](const char* words) { return std::string("- ") + words; };
  law.on("2026-01-01", section({plain(long_a), plain(edited_b)}));
  law.on("2026-02-01", section({plain(long_a), plain(long_b)}));
  law.on("2026-03-01", section({plain(long_c), plain(long_a), plain(long_b)}));
  CHECK(blame(law, "744.1") == Lines{heading_line,
                                     "15 CFR 744.1 / text 1 2026-03-01",
                                     "15 CFR 744.1 / text 2 2026-01-01 = was 15 CFR 744.1 / text 1",
                                     "15 CFR 744.1 / text 3 2026-02-01 was 15 CFR 744.1 / text 2"});
  CHECK(blame(law, "744.1 / text 3") ==
        Lines{"15 CFR 744.1 / text 3 2026-02-01 was 15 CFR 744.1 / text 2"});
}

TEST_CASE("blame of a part follows a section that got another number", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b)}, "744.2"));
  CHECK(blame(law, "15 CFR Part 744").back() == "15 CFR 744.2(b) 2026-01-01 = was 15 CFR 744.1(b)");
}

TEST_CASE("rows of one name are told apart when one of them goes", "[blame]") {
  DatedLaw law("738");
  const std::string head = "Supplement No. 1 to Part 738\n  heading: The chart\n";
  const auto row = [](const char* words) {
    return fmt::format("  row 3A001: 3A001\n    cell Limit: {}\n", words);
  };
  law.on("2026-01-01", head + row(long_a) + row(edited_b) + row(long_c));
  law.on("2026-02-01", head + row(long_a) + row(long_b) + row(long_c));
  law.on("2026-03-01", head + row(long_b) + row(long_c));
  const Lines lines = blame(law, "supp. 1 to part 738");
  REQUIRE(lines.size() == 5);
  const std::string chart = "Supplement No. 1 to Part 738 / 3A001";
  CHECK(lines[2] == chart + " / Limit 2026-02-01 was " + chart + " #2 / Limit");
  CHECK(lines[4] == chart + " #2 / Limit 2026-01-01 = was " + chart + " #3 / Limit");
}

TEST_CASE("a paragraph that came from another section is followed there", "[blame]") {
  DatedLaw law;
  const auto both = [](const std::vector<std::string>& one, const std::vector<std::string>& two) {
    return section(one) + section(two, "744.2");
  };
  law.on("2026-01-01", both({text("a", long_a), text("b", edited_b)}, {text("a", long_c)}));
  law.on("2026-02-01", both({text("a", long_a), text("b", long_b)}, {text("a", long_c)}));
  law.on("2026-03-01", both({text("a", long_a)}, {text("a", long_c), text("b", long_b)}));
  CHECK(blame(law, "744.2(b)") == Lines{"15 CFR 744.2(b) 2026-02-01 was 15 CFR 744.1(b)"});
  CHECK(blame(law, "15 CFR Part 744").back() == "15 CFR 744.2(b) 2026-02-01 was 15 CFR 744.1(b)");
}

TEST_CASE("a section that got another number keeps the dates of its paragraphs", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", edited_a), text("b", long_b)}, "744.5"));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b)}, "744.5"));
  law.on("2026-03-01", section({text("a", long_a), text("b", long_b)}, "744.6"));
  const Lines wanted{"15 CFR 744.6(a) 2026-02-01 was 15 CFR 744.5(a)"};
  CHECK(blame(law, "744.6(a)") == wanted);
  CHECK(blame(law, "744.6").at(1) == wanted.front());
  CHECK(blame(law, "744.6").at(2) == "15 CFR 744.6(b) 2026-01-01 = was 15 CFR 744.5(b)");
}

TEST_CASE("a section that came back is as old as its return", "[blame]") {
  DatedLaw law;
  const std::string other = section({text("a", long_c)}, "744.2");
  law.on("2026-01-01", section({text("a", long_a)}) + other);
  law.on("2026-02-01", other);
  law.on("2026-03-01", section({text("a", long_a)}) + other);
  CHECK(blame(law, "744.1(a)") == Lines{"15 CFR 744.1(a) 2026-03-01"});
  CHECK(blame(law, "744.1(a)", Date(2026, 1, 15)) == Lines{"15 CFR 744.1(a) 2026-01-01 ="});
  CHECK_THAT(blame(law, "744.1", Date(2026, 2, 15)).front(),
             Contains("was removed on 2026-02-01") && Contains("--on 2026-01-01"));
}

TEST_CASE("across a date that is missing the versions themselves are compared", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.after_a_gap("2026-03-01",
                  section({text("a", long_c), text("b", edited_a), text("c", long_b)}));
  law.on("2026-04-01", section({text("a", long_c), text("b", long_a), text("c", long_b)}));
  const Lines lines = blame(law, "744.1");
  REQUIRE(lines.size() == 4);
  CHECK(lines[1] == "15 CFR 744.1(a) 2026-03-01");
  CHECK(lines[2] == "15 CFR 744.1(b) 2026-04-01");
  CHECK(lines[3] == "15 CFR 744.1(c) 2026-01-01 = was 15 CFR 744.1(b)");
}

TEST_CASE("an ECCN paragraph is blamed inside the supplement that holds it", "[blame]") {
  DatedLaw law("774");
  const std::string head = "Supplement No. 1 to Part 774\n  heading: The list\n"
                           "  entry 3B001: Equipment for making things\n";
  law.on("2026-01-01",
         head + "    .c Etching equipment of the kind described here below\n" +
             "      .1 With a plasma of more than five kilowatts\n");
  law.on("2026-02-01",
         head + "    .c Etching equipment of the kind described here below\n" +
             "      .1 With a plasma of more than seven kilowatts\n");
  CHECK(blame(law, "3B001") ==
        Lines{"ECCN 3B001 2026-01-01 =", "ECCN 3B001.c 2026-01-01 =", "ECCN 3B001.c.1 2026-02-01"});
  CHECK(blame(law, "3B001.c.1") == Lines{"ECCN 3B001.c.1 2026-02-01"});
}

TEST_CASE("the cause stored with the change is the cause of the paragraph", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.caused_by({"2026-01234", "91 FR 100", 0.9, {CauseEvidence::cita}});
  law.on("2026-02-01", section({text("a", edited_a), text("b", long_b)}));
  const auto found = assemble_blame(law.archive(), *Citation::parse("744.1"), std::nullopt);
  REQUIRE(found);
  const auto json = nlohmann::json::parse(render::blame_json(*found));
  CHECK(json["schema"] == 1);
  CHECK(json["citation"] == "15 CFR 744.1");
  CHECK(json["on"] == "2026-02-01");
  REQUIRE(json["nodes"].size() == 3);
  CHECK(json["nodes"][1]["at"] == "15 CFR 744.1(a)");
  CHECK(json["nodes"][1]["text"] == edited_a);
  CHECK(json["nodes"][1]["since"] == "2026-02-01");
  CHECK(json["nodes"][1]["cause"]["document"] == "2026-01234");
  CHECK(json["nodes"][2]["cause"].is_null());
  CHECK(json["nodes"][2]["baseline"] == true);
}

TEST_CASE("a place that is gone says since when, where it went and how to see it", "[blame]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b), text("c", long_c)}));
  law.on("2026-02-01", section({text("a", long_b)}));
  CHECK_THAT(blame(law, "744.1(c)").front(),
             Contains("'15 CFR 744.1(c)' was removed on 2026-02-01") &&
                 Contains("regtrail show \"15 CFR 744.1(c)\" --on 2026-01-01"));
  CHECK_THAT(blame(law, "744.1(b)").front(), Contains("became '15 CFR 744.1(a)' on 2026-02-01"));
  CHECK_THAT(blame(law, "744.1(d)").front(), Contains("is not in the archive; near:"));
}

TEST_CASE("names in a tree of places are swapped, chained and cut out with all below", "[blame]") {
  const auto path = [](const char* citation) { return path_of(*Citation::parse(citation)); };
  PlaceTree places;
  places.add(path("744.1(a)"), 1);
  places.add(path("744.1(a)(1)"), 2);
  places.add(path("744.1(b)"), 3);
  places.rename({{path("744.1(a)"), path("744.1(b)")},
                 {path("744.1(b)"), path("744.1(c)")},
                 {path("744.1(a)(1)"), path("744.2(d)")}});
  CHECK(places.take_at(path("744.1(a)")).empty());
  CHECK(places.take_at(path("744.1(b)")) == std::vector<std::size_t>{1});
  CHECK(places.take_within(path("744.1")).front() == std::pair(Path{{"((c)", 1}}, std::size_t{3}));
  CHECK_FALSE(places.empty());
  CHECK(places.take_within(path("744.2")).size() == 1);
  CHECK(places.empty());
}

TEST_CASE("a path leads back to its citation", "[blame]") {
  const std::string written = GENERATE(as<std::string>(),
                                       "15 CFR 744.23(a)(2)(iii)",
                                       "15 CFR 744.23(e) / text 2",
                                       "15 CFR 740.21(b)(2) #2",
                                       "ECCN 3B001.c.1 / Note 2",
                                       "Supplement No. 1 to Part 738 / Japan / RS 2");
  const Citation citation = *Citation::parse(written);
  CHECK(citation_of(citation.unit(), path_of(citation)).to_string() == written);
}
