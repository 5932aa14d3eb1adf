#include "model/citation.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using regtrail::Citation;
using regtrail::CitationKind;
using regtrail::Step;

namespace {

Citation cite(std::string_view text) {
  const auto citation = Citation::parse(text);
  INFO(text);
  REQUIRE(citation.has_value());
  return *citation;
}

} // namespace

TEST_CASE("every way people write a citation has one canonical form", "[citation]") {
  const auto [written, canonical] = GENERATE(table<std::string, std::string>({
      {"15 CFR 744.23(a)(2)", "15 CFR 744.23(a)(2)"},
      {"744.23", "15 CFR 744.23"},
      {"§ 744.23", "15 CFR 744.23"},
      {"§744.23(a)(2)(iii)", "15 CFR 744.23(a)(2)(iii)"},
      {"  15   CFR  744.23 ", "15 CFR 744.23"},
      {"12 cfr 229.2", "12 CFR 229.2"},
      {"15 CFR Part 744", "15 CFR Part 744"},
      {"part 744", "15 CFR Part 744"},
      {"744", "15 CFR Part 744"},
      {"supp. 4 to part 744", "Supplement No. 4 to Part 744"},
      {"Supplement no.4 to Part 744", "Supplement No. 4 to Part 744"},
      {"supplement no. 4 to part 744", "Supplement No. 4 to Part 744"},
      {"736 Supp. 1", "Supplement No. 1 to Part 736"},
      {"appendix a to part 229", "Appendix A to Part 229"},
      {"Supplement I to Part 1013", "Supplement I to Part 1013"},
      {"3B001.c.1.a", "ECCN 3B001.c.1.a"},
      {"3b001", "ECCN 3B001"},
      {"ECCN 3B001", "ECCN 3B001"},
      {"ECCN 3B001 / License Requirements / NS: a.4, c, d",
       "ECCN 3B001 / License Requirements / NS: a.4, c, d"},
      {"ECCN 3B001.c.1 / Note 2", "ECCN 3B001.c.1 / Note 2"},
      {"ECCN 3B001(a)(2)(iii)", "ECCN 3B001(a)(2)(iii)"},
      {"ECCN 3B001 / (a)(2)", "ECCN 3B001(a)(2)"},
      {"ECCN 3B001(a) / b / Note 2", "ECCN 3B001(a) / b / Note 2"},
      {"ECCN 3B001.a / b / Note 2", "ECCN 3B001.a / b / Note 2"},
      {"ECCN 3B001.c.1(a).b / Note 2", "ECCN 3B001.c.1(a).b / Note 2"},
      {"page chip-plan", "page chip-plan"},
      {"page chip-plan / Pillar II / text 3", "page chip-plan / Pillar II / text 3"},
      {"page press-2 / https://www.example.gov/a-b?c=1 #2",
       "page press-2 / https://www.example.gov/a-b?c=1 #2"},
      {"89 FR 96790", "89 FR 96790"},
      {"89 Fed. Reg. 96,790", "89 FR 96790"},
      {"2024-28270", "2024-28270"},
      {"2024–28270", "2024-28270"},
      {"E8-23178", "E8-23178"},
      {"03-1657", "03-1657"},
      {"C1-2026-03111", "C1-2026-03111"},
      {"EO 14320", "EO 14320"},
      {"E.O. 14320", "EO 14320"},
      {"Executive Order 14320", "EO 14320"},
      {"E.O. 14,320", "EO 14320"},
      {"Executive Order No. 9,066", "EO 9066"},
      {"EO 11246-A", "EO 11246-A"},
      {"15 CFR 744.23 / heading", "15 CFR 744.23 / heading"},
      {"15 CFR 744.23(e) / text 2", "15 CFR 744.23(e) / text 2"},
      {"15 CFR 740.21(b)(2) #2", "15 CFR 740.21(b)(2) #2"},
      {"15 CFR 740.21(b)(2) #2(i)", "15 CFR 740.21(b)(2) #2(i)"},
      {"15 CFR 772.1 / Specially designed / (a)(1)", "15 CFR 772.1 / Specially designed / (a)(1)"},
      {"Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example (EX) Co., Ltd.",
       "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / Example (EX) Co., Ltd."},
      {"§§ 744.12-744.14", "15 CFR 744.12-744.14"},
  }));
  CHECK(cite(written).to_string() == canonical);
  CHECK(cite(canonical) == cite(written));
}

TEST_CASE("what people type, copy and paste has the canonical form of what they mean",
          "[citation]") {
  const auto [typed, canonical] = GENERATE(table<std::string, std::string>({
      {"744.17 (b)(3)", "15 CFR 744.17(b)(3)"},
      {"\u00a7 744.17 (b) (3) (ii)", "15 CFR 744.17(b)(3)(ii)"},
      {"744.17(b).", "15 CFR 744.17(b)"},
      {"15CFR744.17", "15 CFR 744.17"},
      {"15 C.F.R. \u00a7 744.17(b)", "15 CFR 744.17(b)"},
      {"15 CFR Part 744.17", "15 CFR 744.17"},
      {"15 CFR, part 744", "15 CFR Part 744"},
      {"15 CFR sec.744.17", "15 CFR 744.17"},
      {"Sec 744.17", "15 CFR 744.17"},
      {"744.17(b) note 1", "15 CFR 744.17(b) / Note 1"},
      {"section 744.17 of the Export Administration Regulations", "15 CFR 744.17"},
      {"<https://www.ecfr.gov/current/title-15/section-744.17>", "15 CFR 744.17"},
      {"\u7b2c744.17\u6761\uff08b\uff09", "15 CFR 744.17(b)"},
      {"15 CFR \u00a7\u00a7 744.17", "15 CFR 744.17"},
      {"15 CFR Sections 744.17", "15 CFR 744.17"},
      {"Title 15 CFR Part 744.17(b)", "15 CFR 744.17(b)"},
      {"Title 15, Part 744", "15 CFR Part 744"},
      {"title 15 of the Code of Federal Regulations, section 744.17", "15 CFR 744.17"},
      {"15 Code of Federal Regulations 744.17(b)", "15 CFR 744.17(b)"},
      {"15 CFR \u00a7 744.17(b)(3), note", "15 CFR 744.17(b)(3)"},
      {"note 2 to paragraph (b)(3) of \u00a7 744.17", "15 CFR 744.17(b)(3) / Note 2"},
      {"section 744.17(b)(3) of title 15", "15 CFR 744.17(b)(3)"},
      {"\u00a7 744.17(b) of the EAR", "15 CFR 744.17(b)"},
      {"paragraph (b)(3) of \u00a7 744.17", "15 CFR 744.17(b)(3)"},
      {"Paragraph (b) of section 10.7 of title 31", "31 CFR 10.7(b)"},
      {"744.17, paragraph (b)(3)", "15 CFR 744.17(b)(3)"},
      {"EAR 744.17", "15 CFR 744.17"},
      {"EAR part 744", "15 CFR Part 744"},
      {"the EAR, supplement no. 6 to part 744", "Supplement No. 6 to Part 744"},
      {"part 744, Supp. No. 6", "Supplement No. 6 to Part 744"},
      {"supplement no. 6 to part 744 of the EAR", "Supplement No. 6 to Part 744"},
      {"ITAR 120.41(b)", "22 CFR 120.41(b)"},
      {"ITAR part 121", "22 CFR Part 121"},
      {"FAR 52.209-3(c)", "48 CFR 52.209-3(c)"},
      {"DFARS clause 252.211-7003", "48 CFR 252.211-7003"},
      {"22 CFR 121.1 Category XI(c)(4)", "22 CFR 121.1 / Category XI / (c)(4)"},
      {"121.1 Category XI(c)(4)", "22 CFR 121.1 / Category XI / (c)(4)"},
      {"27 CFR 447.21 Category IV(a)", "27 CFR 447.21 / Category IV / (a)"},
      {"22 CFR 121.1, Cat. xi (c)", "22 CFR 121.1 / Category XI / (c)"},
      {"22 CFR 121.1 / Category XI(c)", "22 CFR 121.1 / Category XI / (c)"},
      {"22 CFR part 121, Category XI", "22 CFR 121.1 / Category XI"},
      {"USML XI(c)", "22 CFR 121.1 / Category XI / (c)"},
      {"USML Category XI", "22 CFR 121.1 / Category XI"},
      {"Category XI(c) of the USML", "22 CFR 121.1 / Category XI / (c)"},
      {"ECCN: 2B350.a", "ECCN 2B350.a"},
      {"ECCN2B350", "ECCN 2B350"},
      {"2B350.a of the CCL", "ECCN 2B350.a"},
      {"\uff12\uff22\uff13\uff15\uff10", "ECCN 2B350"},
      {"2B350\uff0ea\uff0e1", "ECCN 2B350.a.1"},
      {"744.17\uff08b\uff09\uff083\uff09", "15 CFR 744.17(b)(3)"},
      {"\u00a7\u3000\uff17\uff14\uff14\uff0e\uff11\uff17\u3002", "15 CFR 744.17"},
      {"91FR7042", "91 FR 7042"},
      {"91 F.R. 7042", "91 FR 7042"},
      {"EO14320.", "EO 14320"},
      {"FR Doc. No. 2026-03111", "2026-03111"},
      {"https://www.ecfr.gov/current/title-15/section-744.17", "15 CFR 744.17"},
      {"https://www.ecfr.gov/current/title-15/subtitle-B/part-744/section-744.17#p-744.17(b)(3)",
       "15 CFR 744.17(b)(3)"},
      {"https://www.ecfr.gov/on/2026-08-03/title-22/part-121?toc=1", "22 CFR Part 121"},
      {"ecfr.gov/current/title-15/part-744/appendix-Supplement%20No.%206%20to%20Part%20744",
       "Supplement No. 6 to Part 744"},
      {"https://www.federalregister.gov/documents/2026/02/17/2026-03111/a-rule", "2026-03111"},
      {"https://www.federalregister.gov/d/2026-03111", "2026-03111"},
      {"https://www.federalregister.gov/citation/91-FR-7042", "91 FR 7042"},
      {"https://www.law.cornell.edu/cfr/text/15/744.17", "15 CFR 744.17"},
  }));
  CHECK(cite(typed).to_string() == canonical);
}

TEST_CASE("what only looks like a citation is refused with the nearest one", "[citation]") {
  const auto [typed, nearest] = GENERATE(table<std::string, std::string>({
      {"2B.350", "ECCN 2B350"},
      {"2b.001.a", "ECCN 2B001.a"},
      {"2B 350", "ECCN 2B350"},
      {"2B-350", "ECCN 2B350"},
      {"744-17", "744.17"},
      {"744,17", "744.17"},
  }));
  const auto citation = Citation::parse(typed);
  INFO(typed);
  REQUIRE_FALSE(citation.has_value());
  CHECK(citation.error().message ==
        "'" + typed + "' is not a citation; did you mean " + nearest + "?");
}

TEST_CASE("a part with a letter has sections: 4a.1", "[citation]") {
  CHECK(cite("15 CFR 4a.1").to_string() == "15 CFR 4a.1");
}

TEST_CASE("what is no citation is refused with an example of one", "[citation]") {
  const std::string text = GENERATE(as<std::string>{},
                                    "",
                                    "hello",
                                    "3F001",
                                    "3B01",
                                    "744.23 (a",
                                    "EAR seven",
                                    "USML",
                                    "title 15",
                                    "15-CFR-744.17",
                                    "paragraph (a) of",
                                    "121.1 Category H",
                                    "https://www.ecfr.gov/current",
                                    "https://www.example.com/title-15/section-744.23",
                                    ".23",
                                    "89 FR",
                                    "EO forty",
                                    "EO 14,32",
                                    "EO 14,3201",
                                    "EO ,320",
                                    "EO 1,4,320",
                                    "EO 143201",
                                    "EO 14320-",
                                    "EO 14320-AB",
                                    "744.23 and more",
                                    "744.23 /  / ",
                                    "744.23 /  / Note",
                                    "part",
                                    "\x1b[31m744.23",
                                    "3B0011");
  const auto citation = Citation::parse(text);
  INFO(text);
  REQUIRE_FALSE(citation.has_value());
  CHECK(citation.error().message.find("try e.g. 744.23(a)(2)") != std::string::npos);
  CHECK(citation.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("names that look like something else still read back as they print", "[citation]") {
  const std::string printed =
      GENERATE("Supplement No. 4 to Part 744 / FREEDONIA / Trentino ( / Entity",
               "Supplement No. 4 to Part 744 / ]",
               "15 CFR 744.23 / Category B(1)",
               "Supplement No. 4 to Part 744 / Trentino ( #2 / Entity",
               "Supplement No. 4 to Part 744 / Example Co. #0",
               "Supplement No. 4 to Part 744 / Example Co. #1",
               "Supplement No. 4 to Part 744 / Example Co. #02");
  CHECK(cite(printed).to_string() == printed);
  CHECK(cite(cite(printed).to_string()) == cite(printed));
}

TEST_CASE("a citation of a hundred thousand steps is read in time", "[citation]") {
  std::string printed = "15 CFR 744.1";
  for (int i = 0; i < 100'000; ++i) {
    printed += "(a)";
  }
  CHECK(cite(printed).steps().size() == 100'000);
}

TEST_CASE("an appendix is named like one", "[citation]") {
  CHECK_FALSE(Citation::parse("55 CFR 89 FR 96790 to Part 744").has_value());
  CHECK_FALSE(Citation::parse("15 CFR EO 5 to Part 744").has_value());
  CHECK_FALSE(Citation::parse("15 CFR ECCN 3B001 to Part 744").has_value());
}

TEST_CASE("section numbers are text: 4.130 is not 4.13", "[citation]") {
  CHECK_FALSE(cite("15 CFR 4.130") == cite("15 CFR 4.13"));
  CHECK(cite("15 CFR 4.13") < cite("15 CFR 4.130"));
  CHECK_FALSE(cite("15 CFR 4.1") == cite("15 CFR 4.01"));
}

TEST_CASE("citations sort in legal order", "[citation]") {
  const std::vector<std::string> legal{
      "15 CFR Part 744",
      "15 CFR 744.2",
      "15 CFR 744.11",
      "15 CFR 744.11 / heading",
      "15 CFR 744.11 / text 1",
      "15 CFR 744.11(a)",
      "15 CFR 744.11(a)(1)",
      "15 CFR 744.11(a)(1)(v)",
      "15 CFR 744.11(a)(1)(ix)",
      "15 CFR 744.11(a)(2)",
      "15 CFR 744.11(a)(10)",
      "15 CFR 744.11(z)",
      "15 CFR 744.11(aa)",
      "15 CFR 744.11 / Note 1",
      "Supplement No. 2 to Part 744",
      "Supplement No. 10 to Part 744",
      "ECCN 3A001",
      "ECCN 3A001.a.9",
      "ECCN 3A001.a.10",
      "ECCN 3A001.b",
      "ECCN 3B001",
      "ECCN 4A001",
      "89 FR 96790",
      "90 FR 5298",
  };
  std::vector<std::string> shuffled(legal.rbegin(), legal.rend());
  std::sort(shuffled.begin(), shuffled.end(), [](const auto& a, const auto& b) {
    return cite(a) < cite(b);
  });
  CHECK(shuffled == legal);
}

TEST_CASE("containment goes by whole steps", "[citation]") {
  CHECK(cite("3B001.c.1.a").is_within(cite("3B001.c")));
  CHECK_FALSE(cite("3B001.c.1").is_within(cite("3B001.c.1.a")));
  CHECK_FALSE(cite("15 CFR 744.11").is_within(cite("15 CFR 744.1")));
  CHECK(cite("3B001.c").is_within(cite("Supplement No. 1 to Part 774")));
  CHECK(cite("744.11(a)").is_within(cite("part 744")));
  CHECK(cite("supp. 4 to part 744").is_within(cite("part 744")));
  CHECK_FALSE(cite("12 CFR 744.1").is_within(cite("15 CFR Part 744")));
  CHECK_FALSE(cite("744.11(a)").is_within(cite("15 CFR Part 744 / authority")));
  CHECK(cite("15 CFR Part 744 / authority").is_within(cite("part 744")));
  CHECK(cite("15 CFR Part 744 / authority").is_within(cite("15 CFR Part 744 / authority")));
  CHECK(cite("89 FR 1").is_within(cite("89 FR 1")));
  CHECK_FALSE(cite("2024-28270").is_within(cite("part 744")));
}

TEST_CASE("designators of every look have one order at every depth", "[citation]") {
  const std::vector<std::string> looks = {"1",
                                          "3-",
                                          "10",
                                          "a",
                                          "c",
                                          "h",
                                          "l",
                                          "z",
                                          "-",
                                          "m",
                                          "aa",
                                          "--",
                                          "zz",
                                          "i",
                                          "v",
                                          "ii",
                                          "x",
                                          "II"};
  for (const std::string above : {"", "(a)", "(a)(1)"}) {
    std::vector<Citation> places;
    for (const std::string& look : looks) {
      places.push_back(cite("744.1" + above + "(" + look + ")"));
    }
    for (const Citation& a : places) {
      for (const Citation& b : places) {
        CHECK((a < b) == (b > a));
        for (const Citation& c : places) {
          CHECK((!(a < b && b < c) || a < c));
        }
      }
    }
  }
  const auto in_order = [](const std::vector<std::string>& steps) {
    std::vector<Citation> places;
    for (const std::string& step : steps) {
      places.push_back(cite("744.1(a)(1)" + step));
    }
    return std::is_sorted(places.begin(), places.end());
  };
  CHECK(in_order({"(i)", "(ii)", "(v)", "(ix)", "(x)", "(xl)"}));
  CHECK(in_order({"(a)", "(b)", "(c)", "(h)", "(i)"})); // a slip of the pen: letters at that depth
}

TEST_CASE("an entry of the Commerce Control List is cited by its ECCN", "[citation]") {
  const Citation list = cite("supp. 1 to part 774");
  const Citation entry = list.child(Step{Step::Kind::named, "3B001", 1});
  CHECK(entry.to_string() == "ECCN 3B001");
  CHECK(entry.unit() == list);
  CHECK(entry.child(Step{Step::Kind::item, "c", 1}).to_string() == "ECCN 3B001.c");
  CHECK(entry.part_number() == "774");
  CHECK(list.child(Step{Step::Kind::named, "heading", 1}).to_string() ==
        "Supplement No. 1 to Part 774 / heading");
}

TEST_CASE("parents lead back to the unit", "[citation]") {
  CHECK(cite("744.11(a)(2)").parent().to_string() == "15 CFR 744.11(a)");
  CHECK(cite("744.11(a)").parent().to_string() == "15 CFR 744.11");
  CHECK(cite("744.11").parent().empty());
  CHECK(cite("744.11(a)").unit().to_string() == "15 CFR 744.11");
}
