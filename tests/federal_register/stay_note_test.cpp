#include "federal_register/stay_note.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using federal_register::find_stays;
using Strings = std::vector<std::string>;

namespace {

/// "744.4(b): the last sentence" a place, without the title.
Strings places(std::string_view note, std::string_view unit = "744.4") {
  Strings out;
  for (const federal_register::NotedStay& stay : find_stays(note, *Citation::parse(unit))) {
    std::string one = stay.at.to_string();
    one = one.starts_with("15 CFR ") ? one.substr(7) : one;
    one += stay.extent.empty() ? "" : ": " + stay.extent;
    out.push_back((stay.lifted ? "lifted " : "") + one);
  }
  return out;
}

} // namespace

TEST_CASE("a stay is of the place that the note names, and of what of it", "[status]") {
  const auto [note, wanted] = GENERATE(table<std::string, Strings>({
      {"At 92 FR 77, Feb. 3, 2027, § 744.4 was stayed, effective until Mar. 5, 2028.", {"744.4"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, paragraph (c)(2) was stayed.", {"744.4(c)(2)"}},
      {"At 92 FR 77, Feb. 3, 2027, § 744.4(c)(2) was suspended indefinitely.", {"744.4(c)(2)"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, the first and last sentences of paragraph (c)(2), "
       "paragraph (d), and the introductory text of paragraph (e) were stayed.",
       {"744.4(c)(2): the first and last sentences",
        "744.4(d)",
        "744.4(e): the introductory text"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, the two sentences at the end of paragraph (c) "
       "introductory text were stayed.",
       {"744.4(c): the two sentences at the end of introductory text"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, paragraphs (a)(1) and (3), (b), and (d) through (f) "
       "were stayed.",
       {"744.4(a)(1)", "744.4(a)(3)", "744.4(b)", "744.4(d)", "744.4(e)", "744.4(f)"}},
      {"At 92 FR 77, Feb. 3, 2027, the last sentence of § 744.4(b) and the heading of § 744.9(c) "
       "were stayed.",
       {"744.4(b): the last sentence", "744.9(c): the heading"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, the last sentence of paragraph (b) and (c) was "
       "stayed.",
       {"744.4(b): the last sentence", "744.4: part of, see note"}},
      {"At 92 FR 77, Feb. 3, 2027, the stay of paragraph (c)(2) was lifted, effective Mar. 5, "
       "2027.",
       {"lifted 744.4(c)(2)"}},
      {"At 92 FR 77, Feb. 3, 2027, in § 744.4, the heading, paragraph (c), and the introductory "
       "text "
       "and paragraph (a) were stayed.",
       {"744.4: the heading", "744.4(c)", "744.4: the introductory text", "744.4(a)"}},
      {"At 92 FR 77, Feb. 3, 2027, in part 744, in supplement no. 1 to part 774, ECCN 3B001.c was "
       "stayed.",
       {"ECCN 3B001.c"}},
      {"§ 744.4(b) introductory text was suspended at 92 FR 77, Feb. 3, 2027.",
       {"744.4(b): introductory text"}},
      {"The effective date of § 744.4 was delayed until Mar. 5, 2028.", {}},
  }));
  CAPTURE(note);
  CHECK(places(note) == wanted);
}

TEST_CASE("a stay of some words of a supplement is not one of the supplement", "[status]") {
  const std::string unit = "Supplement No. 6 to Part 744";
  CHECK(places("At 92 FR 77, Feb. 3, 2027, in supplement no. 6 to part 744, the introductory text "
               "was stayed, effective until Mar. 5, 2028.",
               unit) == Strings{unit + ": the introductory text"});
  CHECK(places("At 92 FR 77, Feb. 3, 2027, in supplement no. 6 to part 744, the entry for “Sample "
               "Works” was stayed.",
               unit) == Strings{unit + ": the entry for \"Sample Works\""});
  CHECK(places("At 92 FR 77, Feb. 3, 2027, supplement no. 6 to part 744 was stayed.", unit) ==
        Strings{unit});
}

TEST_CASE("a stay begins on the day that the note gives, not on that of the page", "[status]") {
  const Citation unit = *Citation::parse("744.4");
  const auto none = find_stays(
      "At 92 FR 77, Feb. 3, 2027, § 744.4 was stayed, effective until Mar. 5, 2028.", unit);
  REQUIRE(none.size() == 1);
  CHECK_FALSE(none[0].from);
  CHECK(none[0].until == Date(2028, 3, 5));
  CHECK(none[0].page == Citation::fr_page("92", "77"));
  const auto given = find_stays("At 92 FR 77, Feb. 3, 2027, § 744.4 was stayed from Feb. 1, 2027, "
                                "until Mar. 5, 2028.",
                                unit);
  REQUIRE(given.size() == 1);
  CHECK(given[0].from == Date(2027, 2, 1));
}
