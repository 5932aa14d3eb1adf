// The search index: what it finds, how it follows the law, and that it costs nothing at rest.
#include "tests/store/support.hpp"

namespace regtrail::store::test {
namespace {

std::vector<std::string> found(Archive& archive, const SearchQuery& query) {
  std::vector<std::string> places;
  for (const SearchResult& each : must(archive.search(query))) {
    places.push_back(each.at.to_string());
  }
  return places;
}

std::vector<std::string> found(Archive& archive, std::vector<std::string> words) {
  SearchQuery query;
  for (std::string& word : words) {
    query.all.push_back({std::move(word)});
  }
  return found(archive, query);
}

using Places = std::vector<std::string>;

Archive with_law() {
  Archive archive = in_memory();
  must(tests::put_units(archive,
                        {15, "744", day(1)},
                        {section(1, "Lithography equipment for wafers of 300 mm, ECCN 3B001.c.1."),
                         section(2, "Vacuum pumps; the naïve exporter.")},
                        noon(1)));
  must(archive.refresh_search());
  return archive;
}

TEST_CASE("words, phrases and beginnings are found where they stand", "[store]") {
  Archive archive = with_law();
  const std::string first = "15 CFR 744.1(a)";
  const std::string second = "15 CFR 744.2(a)";
  CHECK(found(archive, {"lithography"}) == Places{first});
  CHECK(found(archive, {"wafers", "equipment"}) == Places{first});
  CHECK(found(archive, {"wafers", "pumps"}).empty());
  CHECK(found(archive, {"equipment for wafers"}) == Places{first});
  CHECK(found(archive, {"wafers for equipment"}).empty());
  CHECK(found(archive, {"litho*"}) == Places{first});
  CHECK(found(archive, {"naive"}) == Places{second});
  // No stemming: a pump is not pumps.
  CHECK(found(archive, {"pump"}).empty());
}

TEST_CASE("part numbers are found by any three characters of them", "[store]") {
  Archive archive = with_law();
  CHECK(found(archive, {"3B001.c.1"}) == Places{"15 CFR 744.1(a)"});
  CHECK(found(archive, {"B001.c"}) == Places{"15 CFR 744.1(a)"});
  CHECK(found(archive, {"B001.c", "wafers"}) == Places{"15 CFR 744.1(a)"});
  CHECK(found(archive, {"B001.c", "pumps"}).empty());
}

TEST_CASE("of the forms of a word one must be found", "[store]") {
  Archive archive = with_law();
  SearchQuery query;
  query.all = {{"1200", "300"}, {"equipment"}};
  CHECK(found(archive, query) == Places{"15 CFR 744.1(a)"});
  query.all = {{"1200", "301"}, {"equipment"}};
  CHECK(found(archive, query).empty());
}

TEST_CASE("no query breaks the search", "[store]") {
  Archive archive = with_law();
  for (const char* query : {"", "\"", "§", "AND", "NEAR(", "a*b*", "*", "(", "text:x", "-", "^x"}) {
    CAPTURE(query);
    CHECK(archive.search({{{query}}, {}, std::nullopt, 20}));
  }
}

TEST_CASE("the index follows the newest law and only what changed is written", "[store]") {
  Archive archive = with_law();
  CHECK(must(archive.refresh_search()) == 0);
  must(tests::put_units(archive,
                        {15, "744", day(9)},
                        {section(1, "Lithography equipment for wafers of 300 mm, ECCN 3B001.c.1."),
                         section(2, "Turbo pumps.")},
                        noon(9)));
  CHECK(must(archive.refresh_search()) == 1);
  CHECK(must(archive.refresh_search()) == 0);
  CHECK(found(archive, {"turbo"}) == Places{"15 CFR 744.2(a)"});
  CHECK(found(archive, {"exporter"}).empty());

  // An older text that arrives later is not the newest.
  must(tests::put_units(archive, {15, "744", day(0)}, {section(1, "Mirrors.")}, noon(9)));
  CHECK(must(archive.refresh_search()) == 0);
  CHECK(found(archive, {"mirrors"}).empty());

  // A unit that is gone is not found.
  must(tests::put_units(archive, {15, "744", day(20)}, {section(2, "Turbo pumps.")}, noon(20)));
  must(archive.refresh_search());
  CHECK(found(archive, {"lithography"}).empty());
}

TEST_CASE("a unit that grows and shrinks is found at each of its places and at no other",
          "[store]") {
  Archive archive = with_law();
  const auto list = [](int first, int count) {
    Node root = leaf(NodeKind::unit, "", "");
    for (int i = first; i < first + count; ++i) {
      root.children.push_back(leaf(
          NodeKind::paragraph, "(" + std::to_string(i) + ")", "word" + std::to_string(i) + "x"));
    }
    return unit(Citation::section("15", "744.1"), finished(std::move(root)));
  };
  int date = 2;
  // Few places have some room to spare; a hundred need another run of rows.
  for (const auto& [first, count] :
       std::vector<std::pair<int, int>>{{1, 3}, {3, 9}, {1, 120}, {5, 1}, {2, 60}}) {
    CAPTURE(first, count);
    must(tests::put_units(archive,
                          {15, "744", day(date)},
                          {list(first, count), section(2, "Vacuum pumps.")},
                          noon(date)));
    ++date;
    must(archive.refresh_search());
    for (int i = 1; i <= 121; ++i) {
      const std::string number = std::to_string(i);
      const bool is_there = i >= first && i < first + count;
      CHECK(found(archive, {"word" + number + "x"}) ==
            (is_there ? Places{"15 CFR 744.1(" + number + ")"} : Places{}));
    }
    CHECK(found(archive, {"vacuum"}) == Places{"15 CFR 744.2(a)"});
  }
}

TEST_CASE("an earlier day is searched as it was", "[store]") {
  Archive archive = with_law();
  must(tests::put_units(archive, {15, "744", day(9)}, {section(2, "Turbo pumps.")}, noon(9)));
  must(archive.refresh_search());
  SearchQuery query;
  query.all = {{"exporter"}};
  query.on = day(5);
  const auto results = must(archive.search(query));
  REQUIRE(results.size() == 1);
  CHECK(results[0].at.to_string() == "15 CFR 744.2(a)");
  CHECK(results[0].on == day(1));
  CHECK(results[0].text.find("Vacuum pumps") != std::string::npos);
  query.on = day(0);
  CHECK(found(archive, query).empty());
  query.on = day(9);
  CHECK(found(archive, query).empty());
}

TEST_CASE("documents are found by their words, also after they are replaced", "[store]") {
  Archive archive = with_law();
  Document document;
  document.number = "2026-16628";
  document.title = "Additions to the Entity List";
  document.published = day(3);
  must(archive.put_document({document, std::nullopt, std::nullopt}));
  CHECK(must(archive.refresh_search()) == 1);
  CHECK(found(archive, {"additions"}) == Places{"2026-16628"});
  CHECK(found(archive, {"16628"}) == Places{"2026-16628"});
  document.title = "Revisions of the Entity List";
  must(archive.put_document({document, std::nullopt, std::nullopt}));
  CHECK(found(archive, {"additions"}).empty());
  must(archive.refresh_search());
  CHECK(found(archive, {"revisions"}) == Places{"2026-16628"});
  must(archive.remove_document("2026-16628"));
  CHECK(found(archive, {"revisions"}).empty());
  CHECK(must(archive.refresh_search()) == 0);
}

TEST_CASE("Japanese is found in what was entered by hand, and by what it means", "[store]") {
  Archive archive = with_law();
  Document document;
  document.number = "M-2026-notice";
  document.title = "半導体製造装置の輸出管理について";
  document.type = DocumentType::measure;
  document.published = day(3);
  must(archive.put_document({document, std::nullopt, std::nullopt}));
  must(archive.refresh_search());
  CHECK(found(archive, {"製造装置"}) == Places{"M-2026-notice"});
  SearchQuery query;
  query.all = {{"真空ポンプ"}};
  query.any = {"vacuum pumps"};
  CHECK(found(archive, query) == Places{"15 CFR 744.2(a)"});
}

TEST_CASE("a rebuilt index finds the same", "[store]") {
  Archive archive = with_law();
  must(archive.drop_derived());
  CHECK(found(archive, {"lithography"}).empty());
  must(tests::put_units(archive, {15, "744", day(1)}, {section(1, "Lithography.")}, noon(1)));
  must(archive.refresh_search());
  CHECK(found(archive, {"lithography"}) == Places{"15 CFR 744.1(a)"});
}

} // namespace
} // namespace regtrail::store::test
