#include "ear/country_group.hpp"
#include "ear/fr_citation.hpp"
#include "ear/prose_citation.hpp"
#include "ear/quoted_term.hpp"
#include "ear/text_date.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using List = std::vector<std::string>;

namespace {

List fr(std::string_view text) {
  List result;
  for (const auto& citation : ear::find_fr_citations(text)) {
    result.push_back(ear::to_string(citation) +
                     (citation.date ? " of " + citation.date->to_string() : ""));
  }
  return result;
}

List references(std::string_view text) {
  List result;
  for (const auto& reference : ear::find_citations(text)) {
    result.push_back(reference.citation.to_string());
  }
  return result;
}

List groups(std::string_view text) {
  List result;
  for (const auto& mention : ear::find_country_groups(text)) {
    result.push_back(mention.group);
  }
  return result;
}

} // namespace

TEST_CASE("what has no volume or no page is no citation of the Federal Register", "[ear]") {
  CHECK(ear::find_fr_citations("0 FR 42568, July 23, 2004; 61 FR 0, Dec. 4, 1996").empty());
  CHECK(ear::find_fr_citations("53 FR 3121111, Aug. 19, 1988").empty());
}

TEST_CASE("Federal Register citations are read through all their noise", "[ear]") {
  CHECK(fr("[61 FR 12786, Mar. 25, 1996, as amended at 91 FR 9743, Feb. 24, 2026]") ==
        List{"61 FR 12786 of 1996-03-25", "91 FR 9743 of 2026-02-24"});
  CHECK(fr("87 FR 57082, 9/19/22.") == List{"87 FR 57082 of 2022-09-19"});
  CHECK(fr("75 FR 1699 (1/13/2010); 77 FR 61249 No. 195") ==
        List{"75 FR 1699 of 2010-01-13", "77 FR 61249"});
  CHECK(fr("77 FR 58006 (no. 182), 9/19/12.") == List{"77 FR 58006 of 2012-09-19"});
  CHECK(fr("64 FR 17970, Apr. 13, 1999; 27141, May 18, 1999; 65 FR 1, Jan. 3, 2000") ==
        List{"64 FR 17970 of 1999-04-13", "64 FR 27141 of 1999-05-18", "65 FR 1 of 2000-01-03"});
  CHECK(fr("88 FR 87898, Dec. 20, 2023,89 FR 4188, Jan. 23, 2024") ==
        List{"88 FR 87898 of 2023-12-20", "89 FR 4188 of 2024-01-23"});
  CHECK(fr("84 FR 40241, 8/14/19.\n85 FR 1, October 9, 2020").size() == 2);
  CHECK(fr("in 1996 FRANCE 12 and 61 FROM 5").empty());
}

TEST_CASE("dates in text are calendar days or nothing", "[ear]") {
  const auto found =
      ear::find_dates("until December 31, 2026; from Sept. 9, 2024, 1/16/25 and February 30, 2024");
  REQUIRE(found.size() == 3);
  CHECK(found[0].date.to_string() == "2026-12-31");
  CHECK(found[1].date.to_string() == "2024-09-09");
  CHECK(found[2].date.to_string() == "2025-01-16");
  const auto misprinted =
      ear::find_dates("effective 2 March 2027; January 13. 2026 and 31 April 2027");
  REQUIRE(misprinted.size() == 2);
  CHECK(misprinted[0].date.to_string() == "2027-03-02");
  CHECK(misprinted[1].date.to_string() == "2026-01-13");
  CHECK(ear::find_dates("may 5 times, part 1/2/3, section 12, 3 may 4, March 2. It").empty());
}

TEST_CASE("cross-references become citations", "[ear]") {
  CHECK(references("See \u00a7 742.6(a)(6)(iii)(A) of the EAR.") ==
        List{"15 CFR 742.6(a)(6)(iii)(A)"});
  CHECK(references("\u00a7742.4(a)(5) and (b)(10)") ==
        List{"15 CFR 742.4(a)(5)", "15 CFR 742.4(b)(10)"});
  CHECK(references("(See \u00a7\u00a7 734.9(g),^3 746.8(a)(3), and 744.21(b) of the EAR)") ==
        List{"15 CFR 734.9(g)", "15 CFR 746.8(a)(3)", "15 CFR 744.21(b)"});
  CHECK(references("supplement no. 1 to part 740, Supplement No.4 to part 744") ==
        List{"Supplement No. 1 to Part 740", "Supplement No. 4 to Part 744"});
  CHECK(references("supplement no. 6 to this part").empty());
  CHECK(references("USML Category XI(c)(4), 22 CFR 121.1, Category IV(h), and 22 CFR 121.1(b)") ==
        List{"22 CFR 121.1 / Category XI / (c)(4)",
             "22 CFR 121.1 / Category IV / (h)",
             "22 CFR 121.1(b)"});
  CHECK(references("part 746 of the EAR and 22 CFR part 121") ==
        List{"15 CFR Part 746", "22 CFR Part 121"});
  CHECK(references("3B001.c.1.a and 89 FR 96790 under Executive Order 14179") ==
        List{"ECCN 3B001.c.1.a", "89 FR 96790", "EO 14179"});
  CHECK(references("paragraph (a)(2) of this section, part 2 of the form, 3.5 GHz").empty());
}

TEST_CASE("members that follow a reference stand beside its deepest paragraph of their kind",
          "[ear]") {
  CHECK(references("\u00a7 744.8(a)(2)(i)(A) through (D), (F), and (I)") ==
        List{"15 CFR 744.8(a)(2)(i)(A)",
             "15 CFR 744.8(a)(2)(i)(D)",
             "15 CFR 744.8(a)(2)(i)(F)",
             "15 CFR 744.8(a)(2)(i)(I)"});
  CHECK(references("\u00a7\u00a7 740.2(a)(1)(i) and (b), (h), (i) and (j)(2)") ==
        List{"15 CFR 740.2(a)(1)(i)",
             "15 CFR 740.2(b)",
             "15 CFR 740.2(h)",
             "15 CFR 740.2(i)",
             "15 CFR 740.2(j)(2)"});
  CHECK(references("\u00a7 740.2(a)(1)(iv) or (v)") ==
        List{"15 CFR 740.2(a)(1)(iv)", "15 CFR 740.2(a)(1)(v)"});
}

TEST_CASE("a blank between a section and its paragraph is a matter of print", "[ear]") {
  CHECK(references("\u00a7 741.106 (f) of this title") == List{"15 CFR 741.106(f)"});
  CHECK(references("\u00a7 741.106 (see below)") == List{"15 CFR 741.106"});
}

TEST_CASE(
    "a part with its title is cited whatever its number, a bare one only like those of the EAR",
    "[ear]") {
  const auto cited = [](std::string_view text, std::string_view title) {
    std::vector<std::string> out;
    for (const auto& found : ear::find_citations(text, title)) {
      out.push_back(found.citation.to_string());
    }
    return out;
  };
  CHECK(cited("under 37 CFR part 1", "37") == std::vector<std::string>{"37 CFR Part 1"});
  CHECK(cited("under 37 CFR part 1", "15") == std::vector<std::string>{"37 CFR Part 1"});
  CHECK(cited("under part 1 of the form", "37").empty());
  CHECK(cited("under part 744", "15") == std::vector<std::string>{"15 CFR Part 744"});
}

TEST_CASE("a cross-reference without a title is of the title of its text", "[ear]") {
  const auto found = ear::find_citations("\u00a7\u00a7 1.27(c) and 3.73, 15 CFR 744.1", "37");
  REQUIRE(found.size() == 3);
  CHECK(found[0].citation.to_string() == "37 CFR 1.27(c)");
  CHECK(found[1].citation.to_string() == "37 CFR 3.73");
  CHECK(found[2].citation.to_string() == "15 CFR 744.1");
}

TEST_CASE("a cross-reference knows where it stands", "[ear]") {
  const std::string_view text = "as in \u00a7\u00a0744.23(d), always";
  const auto found = ear::find_citations(text);
  REQUIRE(found.size() == 1);
  CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == "\u00a7\u00a0744.23(d)");
}

TEST_CASE("country groups are found with and without their heading word", "[ear]") {
  CHECK(groups("Macau or Country Group D:5") == List{"D:5"});
  CHECK(groups("Country Groups D:1, D:4, and D:5, excluding A:5 or A:6") ==
        List{"D:1", "D:4", "D:5", "A:5", "A:6"});
  CHECK(groups("Country Group B destinations") == List{"B"});
  CHECK(groups("Item A: 5 pieces, note B: see").empty());
}

TEST_CASE("the two kinds of quotes are told apart and apostrophes are neither", "[ear]") {
  using K = ear::QuoteKind;
  const auto found =
      ear::find_quoted_terms("\u201cspecially designed\u201d parts and a \u2018dedicated "
                             "overlay\u2019 of the maker's 'score,' value");
  REQUIRE(found.size() == 3);
  CHECK(found[0].term == "specially designed");
  CHECK(found[0].kind == K::double_quotes);
  CHECK(found[1].term == "dedicated overlay");
  CHECK(found[1].kind == K::single_quotes);
  CHECK(found[2].term == "score");
  CHECK(ear::find_quoted_terms("the users' plan and the maker's site").empty());
  CHECK(ear::find_quoted_terms("an \"open end").empty());
}
