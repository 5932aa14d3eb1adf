// What watches brought, and which watch points have appeared.
#include "query/watch_points.hpp"
#include "query/watch_state.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

namespace {

Item item_of(const std::string& number, const Date& published, const std::string& title) {
  Item item;
  item.id = number;
  item.rule = Document();
  item.rule->number = number;
  item.rule->title = title;
  item.steps.push_back({StepKind::published, published, number, {}});
  return item;
}

void hit(Item& item, EntryKind kind, const std::string& id) {
  Hit hit;
  hit.entry = kind;
  hit.category = id;
  item.hits.push_back(hit);
}

WatchPoint kiln_point() {
  WatchPoint point;
  point.id = "kiln-permits";
  point.label_en = "Permits of kilns";
  point.day = "2026-03-01";
  point.watches = {"kiln-notices"};
  point.categories = {"kilns"};
  point.terms = {"kiln permit"};
  return point;
}

std::vector<EntryWatch> all_watched() {
  return {{EntryKind::category, "kilns", {}, Date(2026, 10, 5)},
          {EntryKind::watch, "kiln-notices", {}, Date(2026, 10, 4)}};
}

std::vector<std::string> ids(const std::vector<query::Appearance>& found) {
  std::vector<std::string> out;
  for (const auto& each : found) {
    out.push_back(each.item->id);
  }
  return out;
}

} // namespace

TEST_CASE("a point has appeared in later items that hit what it names and hold its words",
          "[watch]") {
  Register entries;
  entries.points = {kiln_point()};
  std::vector<Item> items{
      item_of("2026-00001", Date(2026, 3, 2), "Kiln Permits; Request for Comments"),
      item_of("2026-00002", Date(2026, 4, 1), "Permit of a Dryer"),
      item_of("2026-00003", Date(2026, 3, 1), "A Kiln Permit of the Day Itself"),
      item_of("2026-00004", Date(2026, 5, 1), "Kiln Permits of Others"),
      item_of("2026-00005", Date(2026, 3, 4), "The Order on Kiln Permits"),
      item_of("2026-00006", Date(2026, 6, 1), "Fees")};
  for (const std::size_t at : {0U, 1U, 2U, 4U, 5U}) {
    hit(items[at], EntryKind::watch, "kiln-notices");
  }
  hit(items[3], EntryKind::watch, "another");
  items[4].rule->signed_on = Date(2026, 3, 1); // it is what the sentence is from
  Change change;
  change.words = {{WordRun::Op::same, "A fee for a "},
                  {WordRun::Op::removed, "permit"},
                  {WordRun::Op::added, "kiln permit"}};
  items[5].changes.push_back(change);

  const auto news = query::point_news(entries, items, all_watched());
  REQUIRE(news.size() == 1);
  CHECK(ids(news[0].appeared) == std::vector<std::string>{"2026-00006", "2026-00001"});

  entries.points[0].terms.clear();
  CHECK(ids(query::point_news(entries, items, all_watched())[0].appeared) ==
        std::vector<std::string>{"2026-00006", "2026-00002", "2026-00001"});
}

TEST_CASE("a point was checked up to the day up to which all that it names was", "[watch]") {
  Register entries;
  entries.points = {kiln_point()};
  auto watched = all_watched();
  auto news = query::point_news(entries, {}, watched);
  CHECK(news[0].not_watched.empty());
  CHECK(news[0].until == Date(2026, 10, 4));

  watched[1].reasons = {"was never asked"};
  news = query::point_news(entries, {}, watched);
  REQUIRE(news[0].not_watched.size() == 1);
  CHECK(news[0].not_watched[0].id == "kiln-notices");
  CHECK(news[0].not_watched[0].reasons == std::vector<std::string>{"was never asked"});

  // Nothing is known of an entry that was not judged.
  news = query::point_news(entries, {}, {watched[0]});
  CHECK(news[0].not_watched.size() == 1);
}

TEST_CASE("what a watch brought is the items that hit it, newest first", "[watch]") {
  auto archive = *store::Archive::in_memory();
  Register entries;
  for (const char* id : {"kiln-notices", "quiet"}) {
    entries.watches.emplace_back().id = id;
    entries.watches.back().terms = {"kiln"};
    REQUIRE(query::put_watch_state(
        archive, entries.watches.back(), {Date(2025, 10, 5), Date(2026, 10, 4), ""}));
  }
  std::vector<Item> items{item_of("2026-00001", Date(2026, 3, 2), "One"),
                          item_of("2026-00002", Date(2026, 4, 2), "Two"),
                          item_of("2026-00003", Date(2026, 5, 2), "Of a category")};
  hit(items[0], EntryKind::watch, "kiln-notices");
  hit(items[1], EntryKind::watch, "kiln-notices");
  hit(items[2], EntryKind::category, "kiln-notices");
  // A filing appeared on the day on which it was filed.
  items[1].steps.push_back({StepKind::filed, Date(2026, 4, 1), "2026-00002", {}});

  const auto news = query::watch_news(archive, entries, items, all_watched()).value();
  REQUIRE(news.size() == 2);
  CHECK(ids(news[0].brought) == std::vector<std::string>{"2026-00002", "2026-00001"});
  CHECK(news[0].brought[0].day == Date(2026, 4, 1));
  CHECK(news[0].asked_from == Date(2025, 10, 5));
  CHECK(news[0].until == Date(2026, 10, 4));
  CHECK(news[1].brought.empty());
}

TEST_CASE("the versions of a page are its accepted answers, newest first", "[watch]") {
  auto archive = *store::Archive::in_memory();
  Register entries;
  entries.watches.emplace_back().id = "kiln-page";
  entries.watches.back().address = "https://kilns.example/news";
  std::vector<store::RawId> raws;
  for (const char* day : {"2026-08-01", "2026-09-01", "2026-10-01"}) {
    store::RawResponse response;
    response.source = "pages";
    response.stream = "page/kiln-page";
    response.url = "https://kilns.example/news";
    response.fetched_at = parse_timestamp(std::string(day) + "T00:00:00Z").value();
    response.body = day;
    raws.push_back(archive.put_raw(response).value());
  }
  REQUIRE(archive.quarantine(raws[1], "asks for a login"));
  const auto news = query::watch_news(archive, entries, {}, {}).value();
  REQUIRE(news.size() == 1);
  REQUIRE(news[0].versions.size() == 2);
  CHECK(news[0].versions[0].id == raws[2]);
  CHECK(news[0].versions[1].id == raws[0]);
}
