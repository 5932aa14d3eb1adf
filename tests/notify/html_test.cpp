#include "notify/render/html.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using render::Language;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

DiffResult hostile_diff() {
  DiffResult diff = test::section_diff();
  diff.after.unit = "<script>alert(1)</script>.xml";
  diff.changes[0].words = {{WordRun::Op::added, "<img src=x onerror=\"x\">"}};
  diff.changes[0].causes[0].citation = "</style><b>";
  diff.changes[0].typed[0].before = "<i>";
  diff.notes[0].field = NoteField::ednote;
  diff.not_understood.push_back({test::cite("744.23"), "<u>what</u>", ""});
  return diff;
}

} // namespace

TEST_CASE("markup, quotes and control characters from outside are escaped", "[notify]") {
  CHECK(render::escape_html("<a href=\"x\">'&'</a>") ==
        "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  CHECK(render::escape_html(std::string("a\x00"
                                        "b\x1b",
                                        4)) == "a\xEF\xBF\xBD"
                                               "b\xEF\xBF\xBD");
  CHECK(render::escape_html("caf\xE9") == "caf\xEF\xBF\xBD");
  CHECK(render::escape_html("新旧\n対照") == "新旧\n対照");
}

TEST_CASE("a word script becomes del and ins around escaped text", "[notify]") {
  CHECK(render::redline_html(
            test::script({{'=', "a < "}, {'-', "16"}, {'+', "18"}, {'=', " & b"}})) ==
        "a &lt; <del>16</del><ins>18</ins> &amp; b");
}

TEST_CASE("no tag from outside survives in any page", "[notify]") {
  for (const std::string& page : {render::diff_html(hostile_diff(), Language::en),
                                  render::comparison_table_html(hostile_diff(), Language::ja)}) {
    CHECK(!holds(page, "<script"));
    CHECK(!holds(page, "<img"));
    CHECK(!holds(page, "<i>"));
    CHECK(!holds(page, "</style><b>"));
    CHECK(!holds(page, "<u>what"));
    CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;.xml"));
  }
}

TEST_CASE("pages ask nothing of the network", "[notify]") {
  for (const std::string& page :
       {render::diff_html(test::section_diff(), Language::en),
        render::comparison_table_html(test::section_diff(), Language::ja)}) {
    CHECK(!holds(page, "http:"));
    CHECK(!holds(page, "https:"));
    CHECK(!holds(page, "url("));
    CHECK(!holds(page, "src="));
    CHECK(!holds(page, "<link"));
    CHECK(holds(page, "prefers-color-scheme:dark"));
    CHECK(holds(page, "@media print"));
  }
}

TEST_CASE("the diff page shows substance and counts the cosmetic", "[notify]") {
  const std::string page = render::diff_html(test::section_diff(), Language::en);
  CHECK(holds(page, "<h2>(a)(2)(iii)</h2><span class=\"kind\">revised</span>"));
  CHECK(holds(page, "a node of <del>16</del><ins>18</ins> nanometers"));
  CHECK(holds(page, "redesignated from (a)(5)"));
  CHECK(holds(page, "1 cosmetic change left out"));
  CHECK(!holds(page, "(b)</h2>"));
}

TEST_CASE("the comparison table underlines what changed on both sides", "[notify]") {
  const std::string page = render::comparison_table_html(test::section_diff(), Language::ja);
  CHECK(holds(
      page, "<th scope=\"col\">現行</th><th scope=\"col\">改正後</th><th scope=\"col\">備考</th>"));
  CHECK(holds(page,
              "<td data-head=\"現行\">(iii) Logic circuits of a node of <u class=\"was\">16</u> "
              "nanometers or less;</td>"));
  CHECK(holds(page,
              "<td data-head=\"改正後\">(iii) Logic circuits of a node of <u class=\"now\">18</u> "
              "nanometers or less;</td>"));
  CHECK(holds(page, "しきい値 &lt;= 16 nm -&gt; &lt;= 18 nm（規制強化）"));
  CHECK(holds(page, "出典 91 FR 52501 (2026-16628)（確度 0.93）"));
  const std::string english = render::comparison_table_html(test::section_diff(), Language::en);
  CHECK(holds(english,
              "<th scope=\"col\">Current</th><th scope=\"col\">Amended</th><th "
              "scope=\"col\">Remarks</th>"));
}

TEST_CASE("the table as CSV is RFC 4180 with a byte-order mark", "[notify]") {
  DiffResult diff = test::section_diff();
  diff.changes.erase(diff.changes.begin() + 1, diff.changes.end());
  CHECK(render::comparison_table_csv(diff, Language::en) ==
        "\xEF\xBB\xBF\"Place\",\"Kind\",\"Current\",\"Amended\",\"Remarks\"\r\n"
        "\"15 CFR 744.23(a)(2)(iii)\",\"revised\","
        "\"(iii) Logic circuits of a node of 16 nanometers or less;\","
        "\"(iii) Logic circuits of a node of 18 nanometers or less;\","
        "\"threshold <= 16 nm -> <= 18 nm, tightened\n91 FR 52501 (2026-16628), confidence "
        "0.93\"\r\n");
}

TEST_CASE("a CSV cell that a spreadsheet would compute gets an apostrophe, quotes are doubled",
          "[notify]") {
  struct Case {
    std::string text;
    std::string cell;
  };

  const std::vector<Case> cases = {{"=1+1", "\"'=1+1\""},
                                   {"+1", "\"'+1\""},
                                   {"-1", "\"'-1\""},
                                   {"@SUM(A1)", "\"'@SUM(A1)\""},
                                   {" =1", "\"' =1\""},
                                   {"say \"x\"", "\"say \"\"x\"\"\""},
                                   {"a,b\nc", "\"a,b\nc\""},
                                   {"a=1", "\"a=1\""}};
  for (const Case& sample : cases) {
    CAPTURE(sample.text);
    DiffResult diff = test::section_diff();
    diff.changes.resize(1);
    diff.changes[0].after = sample.text;
    CHECK(holds(render::comparison_table_csv(diff, Language::en),
                "," + sample.cell + ",\"threshold"));
  }
}

TEST_CASE("equal input gives equal pages", "[notify]") {
  CHECK(render::diff_html(test::section_diff(), Language::ja) ==
        render::diff_html(test::section_diff(), Language::ja));
}
