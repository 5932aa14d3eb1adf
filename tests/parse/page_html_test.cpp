#include "parse/page.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using Catch::Matchers::Contains;
using namespace regtrail;
using parse::Page;
using parse::PageOptions;

namespace {

constexpr const char* address = "https://www.example.gov/plans/semiconductors/index.html";

Page page_of(std::string_view html,
             const std::string& content = "",
             std::vector<std::string> skip = {}) {
  auto page = parse::read_page_html(html, {address, content, std::move(skip)}, "page");
  INFO((page ? "" : page.error().message));
  REQUIRE(page);
  return std::move(*page);
}

/// "# heading", "- item", "| row", else a paragraph.
std::vector<std::string> lines_of(const Page& page) {
  std::vector<std::string> lines;
  for (const parse::PageBlock& block : page.blocks) {
    constexpr std::string_view marks = "# -|";
    const char mark = marks[static_cast<std::size_t>(block.kind)];
    lines.push_back(mark == ' ' ? block.text : std::string{mark, ' '} + block.text);
  }
  return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("what a reader of a page sees are its blocks", "[page]") {
  struct Row {
    const char* html;
    Lines lines;
  };

  const auto row = GENERATE(values<Row>({
      {"<p>One  paragraph,\n over two lines.</p><p>Another.</p>",
       {"One paragraph, over two lines.", "Another."}},
      {"<h2>Pillar <em>II</em></h2><p>Chips.</p>", {"# Pillar II", "Chips."}},
      {"<ul><li>first<li>second<ul><li>inner</ul></ul>", {"- first", "- second", "- inner"}},
      {"<li><p>a paragraph in an item</p></li>", {"- a paragraph in an item"}},
      {"<table><tr><th>Country<th>Tier<tr><td>Norway</td><td> 1 </td></tr></table>",
       {"| Country | Tier", "| Norway | 1"}},
      {"<table><tr><td><h1>Title</h1><p>Layout.</p></td><td>Side</td></tr></table>",
       {"# Title", "Layout.", "Side"}},
      {"<table><tr><td> </td><td></td></tr></table>", {}},
      {"<div>loose text<p>a paragraph</p>more</div>", {"loose text", "a paragraph", "more"}},
      {"<p>one line<br>and its second</p>", {"one line and its second"}},
      {"<p>one<br><br>two</p>", {"one", "two"}},
      {"<p>10<sup>26</sup> operations, CO<sub>2</sub></p>", {"10^26 operations, CO_2"}},
      {"<p>non&nbsp;breaking, so&shy;ft, &sect;&nbsp;744.23</p>",
       {"non breaking, soft, \u00a7 744.23"}},
      {"<p>seen</p><script>var a = '<p>not</p>';</script><style>p{}</style>", {"seen"}},
      {"<header>Agency</header><nav><li>Home</nav><p>seen</p><footer>x</footer>", {"seen"}},
      {"<aside>related</aside><form><p>search</p></form><p>seen</p>", {"seen"}},
      {"<p hidden>a</p><p style='display: none'>b</p><p aria-hidden='true'>c</p><p>d</p>", {"d"}},
      {"<p>seen<span hidden> and not</span></p><!-- <p>nor this</p> -->", {"seen"}},
      {"<dl><dt>Chip</dt><dd>An integrated circuit.</dd></dl>", {"Chip", "An integrated circuit."}},
      {"<p>an <b>unclosed <i>pair</p><p>next</p>", {"an unclosed pair", "next"}},
  }));
  INFO(row.html);
  CHECK(lines_of(page_of(row.html)) == row.lines);
}

TEST_CASE("a block knows the nearest heading before it", "[page]") {
  const Page page = page_of("<p>a</p><h2>Pillar I</h2><p>b</p><li>c</li><h3>Exports</h3><p>d</p>");
  std::vector<std::string> headings;
  for (const parse::PageBlock& block : page.blocks) {
    headings.push_back(block.heading);
  }
  CHECK(headings == Lines{"", "", "Pillar I", "Pillar I", "", "Exports"});
}

TEST_CASE("content and skip say which elements of a page are read", "[page]") {
  constexpr std::string_view html =
      "<form id=aspnet><div class='wide body-text'><p class=lead>lead</p><p>text</p>"
      "<div class=share>tell friends</div></div></form><main><p>main</p></main>"
      "<section id=news><p>one</p><section class=news><p>two</p></section></section>";

  struct Row {
    const char* content;
    Lines skip;
    Lines lines;
  };

  const auto row = GENERATE(values<Row>({
      {"", {}, {"main", "one", "two"}},
      {"main", {}, {"main"}},
      {"MAIN", {}, {"main"}},
      {".body-text", {}, {"lead", "text", "tell friends"}},
      {".body-text", {".share", "p.lead"}, {"text"}},
      {"#news", {"section.news"}, {"one"}},
      {"section", {}, {"one", "two"}},
      {"div.wide", {"p"}, {"tell friends"}},
      {"section#news", {}, {"one", "two"}},
      {"#aspnet", {".share"}, {"lead", "text"}},
      {"body", {"#news", "main"}, {}},
  }));
  INFO(row.content);
  CHECK(lines_of(page_of(html, row.content, row.skip)) == row.lines);
}

TEST_CASE("content that matches no element is said", "[page]") {
  CHECK(page_of("<p>x</p>", "p").has_content);
  CHECK_FALSE(page_of("<p>x</p>", ".body").has_content);
  CHECK_FALSE(page_of("<p class=''>x</p>", ".").has_content);
}

TEST_CASE("the title of a page is its title element, else its first heading", "[page]") {
  CHECK(page_of("<title>\n Action  Plan | Example</title><h1>Plan</h1>").title ==
        "Action Plan | Example");
  CHECK(page_of("<h1>Plan</h1><p>x</p>").title == "Plan");
}

TEST_CASE("links of a page are absolute, once each, without what counts visits", "[page]") {
  const Page page = page_of(
      "<nav><a href='/home'>Home</a></nav>"
      "<a href='rules/one?utm_source=mail&amp;id=7&amp;utm_medium=x#top'>Rule  one</a>"
      "<a href='/news/?fbclid=1'></a><a href='/news/'>News of <b>today</b></a>"
      "<a href='#part'>Part</a><a href='mailto:a@example.gov'>Mail</a><a name=x>No link</a>"
      "<a href='javascript:void(0)'>Nothing</a><a href='HTTPS://Other.Example.ORG/Path'>Other</a>"
      "<table><tr><td><a href='../a b.pdf' aria-label='Fact sheet'><img></a></td></tr></table>"
      "<a href='rules/one?id=7'>again</a>");
  std::vector<std::pair<std::string, std::string>> links;
  for (const parse::PageLink& link : page.links) {
    links.emplace_back(link.text, link.address);
  }
  CHECK(links == std::vector<std::pair<std::string, std::string>>{
                     {"Rule one", "https://www.example.gov/plans/semiconductors/rules/one?id=7"},
                     {"News of today", "https://www.example.gov/news/"},
                     {"Other", "https://other.example.org/Path"},
                     {"Fact sheet", "https://www.example.gov/plans/a%20b.pdf"},
                 });
  CHECK(page_of("<base href='https://cdn.example.gov/x/'><a href='y'>Y</a>").links.at(0).address ==
        "https://cdn.example.gov/x/y");
}

TEST_CASE("a page is read in the charset that it declares", "[page]") {
  struct Row {
    std::string bytes;
    std::string text;
    bool noted = false;
  };

  const auto row = GENERATE(values<Row>({
      {"<meta charset=utf-8><p>輸出規制</p>", "輸出規制"},
      {"<p>輸出規制</p>", "輸出規制"},
      {"\xEF\xBB\xBF<meta charset=shift_jis><p>輸出</p>", "輸出"},
      {"<meta charset='Shift_JIS'><p>\x97\x41\x8f\x6f</p>", "輸出"},
      {"<meta http-equiv=Content-Type content='text/html; charset=euc-jp'><p>\xcd\xa2\xbd\xd0</p>",
       "輸出"},
      {"<?xml version='1.0' encoding='iso-8859-1'?><html><p>\xa7 744 \x96 x</p></html>",
       "§ 744 – x"},
      {"<meta charset=utf-8><p>\xa7 744</p>", "§ 744", true},
      {"<p>caf\xe9</p>", "café", true},
      {"<meta charset=klingon-8><p>plain</p>", "plain", true},
      {std::string("<p>a\0b</p>", 10), "a b"},
  }));
  INFO(row.bytes);
  const Page page = page_of(row.bytes);
  CHECK(page.blocks.at(0).text == row.text);
  CHECK(page.notes.empty() == !row.noted);
}

TEST_CASE("a page beyond the limits is an error of one line", "[page]") {
  struct Row {
    std::string bytes;
    ErrorKind kind;
  };

  const auto nested = [](int depth) {
    std::string html;
    for (int i = 0; i < depth; ++i) {
      html += "<div>";
    }
    return html + "deep";
  };
  std::string many;
  for (int i = 0; i < 260'000; ++i) {
    many += "<p>x";
  }
  const std::vector<Row> rows{
      {nested(300), ErrorKind::too_large},
      {std::string(9U << 20U, 'x'), ErrorKind::too_large},
      {many, ErrorKind::too_large},
      {"", ErrorKind::malformed},
      {"no markup at all", ErrorKind::malformed},
  };
  for (const Row& row : rows) {
    const auto page = parse::read_page_html(row.bytes, {address, "", {}}, "page");
    INFO(row.bytes.substr(0, 40));
    REQUIRE_FALSE(page);
    CHECK(page.error().kind == row.kind);
    CHECK(page.error().message.find('\n') == std::string::npos);
  }
  CHECK(page_of(nested(200)).blocks.at(0).text == "deep");
}

TEST_CASE("a login, a block and an error page are no versions of the page", "[page]") {
  struct Row {
    const char* html;
    const char* why; ///< "" where it may be a version
  };

  const auto row = GENERATE(values<Row>({
      {"<title>America's AI Action Plan</title><p>x</p>", ""},
      {"<title>Access Denied</title><p>x</p>", "title is \"Access Denied\""},
      {"<title>Just a moment...</title><p>x</p>", "title"},
      {"<title>Sign In | Example Portal</title><p>x</p>", "title"},
      {"<title>Federal Register :: Request Access</title><p>x</p>", "title"},
      {"<title>How to request access to technology</title><p>x</p>", ""},
      {"<title>Attention Required! | Guard</title><p>x</p>", "title"},
      {"<title>403 Forbidden</title><p>x</p>", "title"},
      {"<title>Error 404 (Not Found)</title><p>x</p>", "title"},
      {"<title>404 - Page not found</title><p>x</p>", "title"},
      {"<title>404 companies named</title><p>x</p>", ""},
      {"<title>Signing ceremony</title><p>x</p>", ""},
      {"<title>Login.gov moves</title><p>x</p>", ""},
      {"<title>Error</title><p>x</p>", "title"},
      {"<title>Error rates of models</title><p>x</p>", ""},
      {"<title>Portal</title><p>x</p><form><input type=Password></form>", "password"},
      {"<title>Plan</title><nav>Home</nav><script>load()</script>", "no text"},
  }));
  INFO(row.html);
  const std::string why = parse::why_no_version(page_of(row.html), {});
  if (*row.why == '\0') {
    CHECK(why.empty());
  } else {
    CHECK_THAT(why, Contains(row.why));
  }
  Watch watch;
  watch.content = "#plan";
  CHECK_THAT(parse::why_no_version(page_of("<p>x</p>", "#plan"), watch), Contains("'#plan'"));
  watch.content.clear();
  watch.read = "links";
  CHECK_THAT(parse::why_no_version(page_of("<p>x</p>"), watch), Contains("no links"));
}

TEST_CASE("the tree of a page has its blocks below their headings", "[page]") {
  Watch watch;
  watch.id = "chip-plan";
  const Unit unit = parse::page_unit(
      page_of("<p>Intro.</p><h2>Pillar II</h2><p>First.</p><p>Second.</p><h2>Notes</h2>"), watch);
  CHECK(unit.id.to_string() == "page chip-plan");
  const Citation place = unit.id.child({Step::Kind::named, "Pillar II", 1});
  const Node* second = find_node(unit.root, unit.id, place.child({Step::Kind::named, "text 2", 1}));
  REQUIRE(second != nullptr);
  CHECK(second->text == "Second.");
  CHECK(subtree_text(unit.root) == "Intro.\nFirst.\nSecond.");
  watch.read = "links";
  const Unit links = parse::page_unit(page_of("<p>x</p><a href='/a'>A</a>"), watch);
  REQUIRE(links.root.children.size() == 1);
  CHECK(links.root.children[0].designator == "https://www.example.gov/a");
  CHECK(links.root.children[0].text == "A");
}
