// Made-up parts 744 and 774 in both forms of the law: an annual volume and eCFR bulk XML.
#include "tests/parse/annual/annual_form.hpp"
#include "tests/parse/annual/annual_support.hpp"

#include <algorithm>

namespace {

using annual::lines_of;
using annual::notes_of;
using regtrail::NoteField;
using regtrail::Unit;

std::vector<Unit> annual_units() {
  return annual::parsed(annual::fixture("ear_annual.xml")).content.units;
}

const Unit& unit_named(const std::vector<Unit>& units, std::string_view id) {
  const auto found = std::find_if(
      units.begin(), units.end(), [&](const Unit& unit) { return unit.id.to_string() == id; });
  INFO(id);
  REQUIRE(found != units.end());
  return *found;
}

bool contains(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

} // namespace

TEST_CASE("an annual volume gives the very trees of the same text in the eCFR", "[ear]") {
  const auto volume = annual::parsed(annual::fixture("ear_annual.xml"));
  regtrail::parse::EcfrOptions options;
  options.source_name = "ear_ecfr.xml";
  const auto ecfr = regtrail::parse::parse_ecfr(annual::fixture("ear_ecfr.xml"), options);
  REQUIRE(ecfr);
  CHECK(volume.content.title == ecfr->title);
  CHECK(volume.content.scope == ecfr->scope);
  const auto& units = volume.content.units;
  REQUIRE(units.size() == ecfr->units.size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    INFO(units[i].id.to_string());
    CHECK(units[i].id == ecfr->units[i].id);
    CHECK(lines_of(units[i]) == lines_of(ecfr->units[i]));
    CHECK(units[i].root.published == ecfr->units[i].root.published);
    CHECK(units[i].root.normalised == ecfr->units[i].root.normalised);
    CHECK(units[i].notes == ecfr->units[i].notes);
    CHECK(units[i].not_understood == ecfr->units[i].not_understood);
    CHECK(units[i].reserved == ecfr->units[i].reserved);
    CHECK(units[i].raw != ecfr->units[i].raw);
  }
}

TEST_CASE("every unit of the real EAR keeps its tree and notes in the form of the annual CFR",
          "[ear]") {
  NEEDS_CORPUS("ecfr");
  const auto [file, units] =
      GENERATE(table<std::string, std::size_t>({{"title-15-part-734_2026-09-01.xml", 23},
                                                {"title-15-part-738_2026-09-01.xml", 6},
                                                {"title-15-part-740_2026-09-01.xml", 38},
                                                {"title-15-part-742_2026-09-01.xml", 28},
                                                {"title-15-part-744_reduced_2026-09-01.xml", 30},
                                                {"title-15-part-774_reduced_2026-09-01.xml", 4},
                                                {"title-15-section-772.1_2026-09-01.xml", 1}}));
  const std::string bytes = annual::read_file(annual::corpus() / "ecfr" / file);
  regtrail::parse::EcfrOptions options;
  options.source_name = file;
  const auto ecfr = regtrail::parse::parse_ecfr(bytes, options);
  REQUIRE(ecfr);
  REQUIRE(ecfr->units.size() == units);
  const auto rewritten = annual::parsed(annual::AnnualForm::write(bytes, "15")).content.units;
  REQUIRE(rewritten.size() == units);
  for (std::size_t i = 0; i < units; ++i) {
    INFO(ecfr->units[i].id.to_string());
    CHECK(rewritten[i].id == ecfr->units[i].id);
    CHECK(rewritten[i].root.normalised == ecfr->units[i].root.normalised);
    CHECK(rewritten[i].notes == ecfr->units[i].notes);
    const auto ours = lines_of(rewritten[i]);
    const auto theirs = lines_of(ecfr->units[i]);
    CHECK(ours.size() == theirs.size());
    const auto differing = std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end());
    if (differing.first != ours.end() && differing.second != theirs.end()) {
      CHECK(*differing.first == *differing.second);
    }
  }
}

TEST_CASE("a listed entity keeps its country, name, aliases and citation", "[ear]") {
  const auto units = annual_units();
  const auto lines = lines_of(unit_named(units, "Supplement No. 4 to Part 744"));
  const std::string list = "Supplement No. 4 to Part 744 / ";
  const std::string firefly = list + "FREEDONIA / Firefly Spinning Co., Ltd.";
  CHECK(contains(lines,
                 firefly + " | Firefly Spinning Co., Ltd., a.k.a., the following two aliases:\n"
                           "\xE2\x80\x94"
                           "Firefly Spindles; and\n\xE2\x80\x94"
                           "FSC.\n12 Duck Soup Lane, Sylvania City, Freedonia."));
  CHECK(contains(lines, firefly + " / License review policy | Presumption of denial"));
  // a blank country cell goes on with the country above
  CHECK(contains(lines,
                 list + "FREEDONIA / Trentino Widgets / Federal Register citation | "
                        "76 FR 456, 7/8/11."));
  CHECK(contains(lines, list + "SYLVANIA / Chicolini Peanuts / Federal Register citation | "));
  CHECK(contains(lines, list + "Footnote 1 | For this entity toys count as widgets."));
}

TEST_CASE("an entry of the control list has its requirements, exceptions, items and notes",
          "[ear]") {
  const auto units = annual_units();
  const auto lines = lines_of(unit_named(units, "Supplement No. 1 to Part 774"));
  CHECK(contains(lines,
                 "ECCN 3A997 / heading | Spinning widgets, as follows (see List of Items "
                 "Controlled)."));
  CHECK(contains(lines,
                 "ECCN 3A997 / License Requirements / NS: a.1, b / Country Chart | NS Column 2."));
  CHECK(contains(lines, "ECCN 3A997 / LVS | $3000"));
  CHECK(contains(lines, "ECCN 3A997.a.1 | A rim speed exceeding 300 m/s; or"));
  CHECK(contains(lines, "ECCN 3A997.a / Note | 3A997.a does not control toys."));
  CHECK(contains(lines, "ECCN 3A997.b / Technical Note | Size is measured across the rim."));
}

TEST_CASE("text that is reprinted in a note is in the note alone", "[ear]") {
  const auto units = annual_units();
  CHECK(std::none_of(units.begin(), units.end(), [](const Unit& unit) {
    return regtrail::subtree_text(unit.root).find("not yet the law") != std::string::npos;
  }));
  const auto notes = notes_of(unit_named(units, "15 CFR Part 744"), NoteField::effdnot);
  REQUIRE(notes.size() == 1);
  CHECK_THAT(notes.front(), Catch::Matchers::Contains("(a) This is not yet the law."));
}

TEST_CASE("front matter, contents and finding aids are no units", "[ear]") {
  std::vector<std::string> ids;
  for (const Unit& unit : annual_units()) {
    ids.push_back(unit.id.to_string());
  }
  CHECK(ids == std::vector<std::string>{"15 CFR Part 744",
                                        "15 CFR 744.1",
                                        "15 CFR 744.2-744.3",
                                        "Supplement No. 4 to Part 744",
                                        "15 CFR Part 750-753",
                                        "15 CFR Part 774",
                                        "Supplement No. 1 to Part 774"});
}

TEST_CASE("a page break does not break the word it stands in", "[ear]") {
  const auto units = annual_units();
  CHECK(contains(lines_of(unit_named(units, "15 CFR 744.1")),
                 "15 CFR 744.1(a)(1) | General. This part restricts widgets that spin at 10^3 "
                 "revolutions or more."));
}

TEST_CASE("a pending amendment is a note of its section, not text", "[ear]") {
  const auto units = annual_units();
  const Unit& section = unit_named(units, "15 CFR 744.1");
  CHECK(notes_of(section, NoteField::pending_link) ==
        std::vector<std::string>{"Link to an amendment published at 76 FR 88, Dec. 1, 2011."});
}
