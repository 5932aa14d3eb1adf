// Static pages, piece by piece; tests/e2e/publish_test.py reads them as a whole.
#include "notify/render/pages/page_internal.hpp"
#include "tests/notify/samples.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace regtrail;
using Catch::Matchers::Contains;

namespace {

constexpr const char* hostile = "<script>alert(1)</script>\"' onload=x \x01 &";

Node paragraph(const char* designator, const std::string& text) {
  Node node;
  node.designator = designator;
  node.label = designator;
  node.text = text;
  return node;
}

PlaceView section_with(const std::string& text) {
  PlaceView view;
  view.at = *Citation::parse("744.2");
  view.heading = "§ 744.2 " + text;
  view.text.kind = NodeKind::unit;
  view.text.children = {paragraph("(a)", text), paragraph("(b)", text)};
  HistoryEntry entry;
  entry.from = Date(2026, 1, 5);
  entry.baseline = true;
  view.history.versions = {entry};
  return view;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
    ++found;
  }
  return found;
}

} // namespace

TEST_CASE("a page is called by what it is about alone", "[pages]") {
  const auto of = [](const char* citation) {
    return render::page_path(*Citation::parse(citation));
  };
  CHECK(of("744.23") == "law/744.23.html");
  CHECK(of("22 CFR 121.1") == "law/22-121.1.html");
  CHECK(of("15 CFR Part 744") == "law/part-744.html");
  CHECK(of("supp. 4 to part 744") == "law/744-supp4.html");
  CHECK(of("3B001") == "law/3b001.html");
  CHECK(render::item_path("2026-03100") == "item/2026-03100.html");
  CHECK_THAT(render::item_path("15 CFR 744@2026-09-04"),
             Catch::Matchers::Matches("item/15-cfr-744-2026-09-04-[0-9a-f]{6}\\.html"));
}

TEST_CASE("names are safe in every folder, and no two things share one", "[pages]") {
  const std::vector<std::string> ids{"a b",
                                     "a/b",
                                     "a-b",
                                     "a.b",
                                     "../a",
                                     ".a",
                                     "",
                                     "\u6a5f\u68b0",
                                     std::string(300, 'x'),
                                     std::string(301, 'x'),
                                     "15 CFR 744.21(a)@2026-12-31",
                                     "15 CFR 744.21(A)@2026-12-31"};
  std::set<std::string> names;
  for (const std::string& id : ids) {
    const std::string name = render::safe_name(id);
    CHECK_THAT(name, Catch::Matchers::Matches("[a-z0-9][a-z0-9.-]{0,47}"));
    names.insert(name);
  }
  CHECK(names.size() == ids.size());
}

TEST_CASE("text from outside is text on a page", "[pages]") {
  render::Site site;
  Item item;
  item.id = "2026-03100";
  item.rule = Document();
  item.rule->number = item.id;
  item.rule->title = hostile;
  item.rule->abstract = hostile;
  item.checks = {hostile};
  item.page = ItemPage{"watch", std::string("javascript:") + hostile, hostile};
  for (const std::string& bytes : {render::item_page(site, item).bytes,
                                   render::place_page(site, section_with(hostile)).bytes}) {
    CHECK(count(bytes, "<script") == 2); // the two of the site
    CHECK(count(bytes, "href=\"javascript") == 0);
    CHECK_THAT(bytes, Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;"));
  }
}

TEST_CASE("the versions of a place may hold what ends a script", "[pages]") {
  render::Site site;
  PlaceView view = section_with("a");
  view.history.versions.insert(view.history.versions.begin(), HistoryEntry());
  view.texts = {{{"(a)", "</script><script>alert(1)</script>"}}, {{"(a)", "b"}}};
  const std::string bytes = render::place_page(site, view).bytes;
  CHECK(count(bytes, "</script>") == 3);
  CHECK_THAT(bytes, Contains("\\u003c/script>"));
}

TEST_CASE("a place that is to change is marked, and so is the nearest one for what is new",
          "[pages]") {
  render::Site site;
  site.today = Date(2026, 3, 1);
  PlaceView view = section_with("text");
  for (const char* at : {"15 CFR 744.2(a)", "15 CFR 744.2(b)"}) {
    view.blame[at].at = *Citation::parse(at);
  }
  PendingAmendment pending;
  pending.document = "2026-03100";
  pending.effective = Date(2026, 5, 4);
  pending.targets = {*Citation::parse("744.2(b)(3)")};
  view.history.pending = {pending};
  const std::string bytes = render::place_page(site, view).bytes;
  CHECK_THAT(bytes, Contains("<tr id=\"p-b\" class=\"pend\">"));
  CHECK(count(bytes, "class=\"pend\"") == 1);
  CHECK_THAT(bytes, Contains("data-ahead=\"2026-05-04\""));
}

TEST_CASE("that nothing is pending is not said where nothing is known", "[pages]") {
  render::Site site;
  PlaceView view = section_with("text");
  CHECK_THAT(render::place_page(site, view).bytes, Contains("are not known"));
  view.history.pending.emplace();
  CHECK_THAT(render::place_page(site, view).bytes, !Contains("are not known"));
}

TEST_CASE("the search finds a place that was made before it", "[pages]") {
  render::Site site;
  (void)render::place_page(site, section_with("Glove boxes"));
  CHECK_THAT(render::search_script(site).bytes, Contains("\"law/744.2.html\""));
  CHECK(site.places.at("15 CFR 744.2(a)") == "law/744.2.html#p-a");
}
