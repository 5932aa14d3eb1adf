#include "query/compare.hpp"
#include "query/history.hpp"
#include "query/lookup.hpp"
#include "query/reverted.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;
using Catch::Matchers::Contains;

namespace {

Citation cite(const char* citation) {
  return *Citation::parse(citation);
}

/// "revised ECCN 3B002.b was ECCN 3B001.c" a change.
Lines lines_of(const DiffResult& diff) {
  Lines lines;
  for (const Change& change : diff.changes) {
    lines.push_back(std::string(to_string(change.kind)) + " " + change.at.to_string() +
                    (change.was ? " was " + change.was->to_string() : ""));
  }
  return lines;
}

const char* const list = "Supplement No. 1 to Part 774\n"
                         "  heading: The list\n"
                         "  entry 3B001: Tools\n"
                         "    .c Etching equipment of the kind described here below\n"
                         "      .1 With a plasma of more than five kilowatts of power\n"
                         "      .2 With a chuck that has more than twenty heating zones\n"
                         "  entry 3B002: Tools\n"
                         "    .d Etching equipment of the kind described here below\n"
                         "      .1 With a plasma of more than seven kilowatts of power\n"
                         "      .2 With a chuck that has more than twenty heating zones\n"
                         "      .3 With a gas valve that switches in a quarter of a second\n";

} // namespace

TEST_CASE("two places are compared below their own designators", "[places]") {
  DatedLaw law("774");
  law.on("2026-01-01", list);
  const auto diff = compare_places(
      law.archive(), {cite("3B001.c"), std::nullopt}, {cite("3B002.d"), std::nullopt});
  REQUIRE(diff);
  CHECK(diff->before.unit == "ECCN 3B001.c");
  CHECK(diff->after.unit == "ECCN 3B002.d");
  CHECK(diff->after.date == Date(2026, 1, 1));
  CHECK(lines_of(*diff) == Lines{"revised ECCN 3B002.d.1", "added ECCN 3B002.d.3"});
  // The labels repeat the whole path: only what lies below it is compared.
  CHECK(diff->changes[0].before == "1. With a plasma of more than five kilowatts of power");
  for (const TypedChange& typed : diff->changes[0].typed) {
    CHECK(typed.direction == Direction::unclear);
  }
  const auto back = compare_places(
      law.archive(), {cite("3B002.d"), std::nullopt}, {cite("3B001.c"), std::nullopt});
  REQUIRE(back);
  CHECK(lines_of(*back) == Lines{"revised ECCN 3B001.c.1", "removed ECCN 3B002.d.3"});
}

TEST_CASE("equal texts at two places do not differ", "[places]") {
  DatedLaw law("774");
  law.on("2026-01-01", list);
  const auto diff = compare_places(
      law.archive(), {cite("3B001.c.2"), std::nullopt}, {cite("3B002.d.2"), std::nullopt});
  REQUIRE(diff);
  CHECK(diff->changes.empty());
  CHECK_FALSE(diff->substantive());
}

TEST_CASE("two places may be taken as of two days", "[places]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_c), text("b", long_a)}));
  const auto diff = compare_places(
      law.archive(), {cite("744.1(a)"), Date(2026, 1, 20)}, {cite("744.1(b)"), std::nullopt});
  REQUIRE(diff);
  CHECK(diff->before.date == Date(2026, 1, 1));
  CHECK(diff->after.date == Date(2026, 2, 1));
  CHECK(diff->changes.empty());
  const auto early = compare_places(
      law.archive(), {cite("744.1(a)"), Date(2025, 1, 1)}, {cite("744.1(b)"), std::nullopt});
  REQUIRE_FALSE(early);
  CHECK_THAT(early.error().message, Contains("first version is of 2026-01-01"));
  const auto whole = compare_places(
      law.archive(), {cite("15 CFR Part 744"), std::nullopt}, {cite("744.1"), std::nullopt});
  REQUIRE_FALSE(whole);
  CHECK(whole.error().kind == ErrorKind::usage);
}

TEST_CASE("words are one citation where they can be and two where they must", "[places]") {
  struct Row {
    Lines words;
    Lines citations;
  };

  const std::vector<Row> rows = {
      {{"3B001", "3B993"}, {"ECCN 3B001", "ECCN 3B993"}},
      {{"744.23(a)"}, {"15 CFR 744.23(a)"}},
      {{"15", "CFR", "744.23"}, {"15 CFR 744.23"}},
      {{"supp.", "4", "to", "part", "744"}, {"Supplement No. 4 to Part 744"}},
      {{"supp.", "4", "to", "part", "744", "supp.", "6", "to", "part", "744"},
       {"Supplement No. 4 to Part 744", "Supplement No. 6 to Part 744"}},
      {{"15", "CFR", "742.4", "15", "CFR", "742.6"}, {"15 CFR 742.4", "15 CFR 742.6"}},
      {{"supp. 1 to part 738 / Japan", "supp. 1 to part 738 / Kenya"},
       {"Supplement No. 1 to Part 738 / Japan", "Supplement No. 1 to Part 738 / Kenya"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.words);
    const auto citations = text_citations(row.words);
    REQUIRE(citations);
    Lines printed;
    for (const Citation& citation : *citations) {
      printed.push_back(citation.to_string());
    }
    CHECK(printed == row.citations);
  }
  CHECK_FALSE(text_citations({"3B001", "nonsense"}));
  CHECK_FALSE(text_citations({"3B001", "89 FR 96790"}));
}

TEST_CASE("the name of a listed party is a citation of its entry", "[places]") {
  DatedLaw law;
  law.on("2026-01-01", R"(Supplement No. 4 to Part 744
  table FREEDONIA: FREEDONIA
    entry Marx Optics Co., Ltd.: Marx Optics Co., Ltd., 1 Duck Street, Freedonia City.
    entry Rufus Lenses: Rufus Lenses, 3 Firefly Road.
  table SYLVANIA: SYLVANIA
    entry Rufus Lenses: Rufus Lenses, 3 Firefly Road.
)");
  REQUIRE(law.archive().refresh_search());
  const auto found = [&](const char* name) -> std::string {
    const auto citation = held_citation(law.archive(), {name});
    return citation ? citation->to_string() : citation.error().message;
  };
  CHECK(found("marx optics co ltd") ==
        "Supplement No. 4 to Part 744 / FREEDONIA / Marx Optics Co., Ltd.");
  CHECK(found("Rufus Lenses").find("is listed 2 times") != std::string::npos);
  CHECK(found("Marx").find("is not a citation") != std::string::npos);
  CHECK(found("744.1(a)") == "15 CFR 744.1(a)");
}

TEST_CASE("a text went back when it stood earlier and not just before", "[reverted]") {
  using Texts = std::vector<std::optional<Hash128>>;
  const Hash128 a{1, 1};
  const Hash128 b{2, 2};
  const Hash128 c{3, 3};
  CHECK(reverted_to(Texts{a, b, a}) == 0U);
  CHECK(reverted_to(Texts{a, b, c, b}) == 1U);
  CHECK(reverted_to(Texts{a, b, b, c, b}) == 1U);
  CHECK(reverted_to(Texts{b, a, b, a, b}) == 2U);
  CHECK(reverted_to(Texts{a, std::nullopt, a}) == 0U);
  CHECK_FALSE(reverted_to(Texts{a, b, c}));
  CHECK_FALSE(reverted_to(Texts{a, b, a, a}));
  CHECK_FALSE(reverted_to(Texts{a, a}));
  CHECK_FALSE(reverted_to(Texts{std::nullopt, a, std::nullopt}));
  CHECK_FALSE(reverted_to(Texts{}));
}

namespace {

/// "15 CFR 744.1 reverted 2026-01-01" an event.
Lines events(DatedLaw& law,
             const char* citation,
             std::optional<Date> from,
             std::optional<Date> to) {
  const auto diff = compare_dates(law.archive(), cite(citation), {from, to});
  REQUIRE(diff);
  Lines lines;
  for (const StatusEvent& event : diff->status) {
    lines.push_back(event.at.to_string() + " " + std::string(to_string(event.event)) + " " +
                    event.date->to_string());
  }
  return lines;
}

} // namespace

TEST_CASE("a unit whose text is that of an earlier version says so", "[reverted]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", edited_a), text("b", long_b)}));
  law.on("2026-03-01", section({text("a", edited_a), text("b", edited_b)}));
  law.on("2026-04-01", section({text("a", long_a), text("b", edited_b)}));
  law.on("2026-05-01", section({text("a", long_a), text("b", long_b)}));
  CHECK(events(law, "744.1", std::nullopt, std::nullopt) ==
        Lines{"15 CFR 744.1 reverted 2026-01-01"});
  CHECK(events(law, "15 CFR Part 744", std::nullopt, std::nullopt) ==
        Lines{"15 CFR 744.1 reverted 2026-01-01"});
  CHECK(events(law, "744.1(a)", std::nullopt, std::nullopt) ==
        Lines{"15 CFR 744.1(a) reverted 2026-01-01"});
  CHECK(events(law, "744.1", Date(2026, 3, 1), Date(2026, 4, 1)).empty());
  CHECK(events(law, "744.1", Date(2026, 2, 1), Date(2026, 5, 1)) ==
        Lines{"15 CFR 744.1 reverted 2026-01-01"});
  CHECK(events(law, "744.1", Date(2026, 1, 1), Date(2026, 5, 1)).empty());
}

TEST_CASE("a history says which version went back to which", "[reverted]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", edited_a), text("b", long_b)}));
  law.on("2026-03-01", section({text("a", long_c), text("b", edited_a)}));
  law.on("2026-04-01", section({text("a", long_c), text("b", long_a)}));
  const auto dates = [&](const char* citation) {
    auto history = assemble_history(law.archive(), cite(citation));
    REQUIRE(history);
    REQUIRE(mark_reverted(law.archive(), *history));
    Lines lines;
    for (const HistoryEntry& entry : history->versions) {
      lines.push_back(entry.from.to_string() +
                      (entry.reverted_to ? " as " + entry.reverted_to->to_string() : ""));
    }
    return lines;
  };
  // (b) was (a), and reads again what (a) once read.
  CHECK(dates("744.1(b)").front() == "2026-04-01 as 2026-01-01");
  CHECK(dates("744.1").front() == "2026-04-01");
}
