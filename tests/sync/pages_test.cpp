// Watched pages: what is asked, what is believed, and the items that follow.
#include "diff/relevance/matcher.hpp"
#include "query/pages.hpp"
#include "store/streams.hpp"
#include "sync/pages.hpp"
#include "tests/sync/ecfr_bench.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

using Catch::Matchers::Contains;
using namespace regtrail;
using regtrail::testing::QuietObserver;

namespace {

constexpr const char* address = "https://www.example.gov/plans/chips";

/// Answers by address; what it does not know is not there. Each answer has an ETag of its bytes.
class FakeSites final : public fetch::Transport {
public:
  std::map<std::string, Result<fetch::Response>> answers;
  std::vector<std::string> asked; ///< but for robots.txt

  void
  put(const std::string& url, std::string body, int status = 200, std::string type = "text/html") {
    fetch::Response answer;
    answer.status = status;
    answer.headers = {{"content-type", std::move(type)},
                      {"etag", '"' + std::to_string(std::hash<std::string>()(body)) + '"'}};
    answer.final_url = url;
    answer.body = std::move(body);
    answers.insert_or_assign(url, std::move(answer));
  }

  Result<fetch::Response> get(const fetch::Request& request) override {
    const bool robots = request.url.ends_with("/robots.txt");
    if (!robots) {
      asked.push_back(request.url);
    }
    const auto found = answers.find(request.url);
    if (found == answers.end()) {
      fetch::Response answer;
      answer.status = 404;
      answer.final_url = request.url;
      return answer;
    }
    auto answer = found->second;
    if (answer && request.validators.sent_to(answer->final_url) &&
        request.validators.etag == answer->header("etag")) {
      answer->status = 304;
      answer->body.clear();
    }
    return answer;
  }
};

std::string plan(const std::string& paragraphs) {
  return "<html><head><title>Chip plan</title></head><body><nav>Home</nav><main><h1>Chip plan</h1>"
         "<p>The plan is reviewed by the office for chips every year in "
         "autumn.</p><h2>Exports</h2>" +
         paragraphs + "</main><footer>Page of today</footer></body></html>";
}

const std::string first_plan =
    plan("<p>Exporters verify the location of every accelerator once in 90 days.</p>"
         "<p>Foundries report their customers to the office each month.</p>");

struct Bench {
  FakeSites sites;
  store::Archive archive = *store::Archive::in_memory();
  Register entries;
  sync::SyncOptions options;
  std::vector<std::string> hosts{"www.example.gov"};
  sync::AbsentSource absent = sync::AbsentSource::trouble;

  Bench() {
    Watch watch;
    watch.id = "chip-plan";
    watch.label_en = "Chip plan";
    watch.address = address;
    watch.content = "main";
    entries.watches.push_back(watch);
    options.now = *parse_timestamp("2026-03-02T06:00:00Z");
    sites.put(address, first_plan);
  }

  Watch& watch() { return entries.watches.front(); }

  void next_day() { options.now += std::chrono::days(1); }

  sync::SyncReport sync() {
    QuietObserver observer;
    auto report = sync::sync_pages(
        archive, sites, sync::watched_pages(entries, hosts), options, absent, observer);
    INFO((report ? "" : report.error().message));
    REQUIRE(report);
    return std::move(*report);
  }

  std::vector<Item> items(bool only_hits = true) {
    query::ItemQuery query;
    query.on = date_of(options.now);
    query.only_hits = only_hits;
    const diff::Matcher matcher(entries);
    auto found = query::find_items(archive, matcher, query);
    REQUIRE(found);
    return std::move(*found);
  }

  std::string message() {
    const auto status = archive.source_status(store::pages_source);
    REQUIRE(status);
    REQUIRE(status->has_value());
    return (*status)->message;
  }

  std::size_t versions() { return query::page_versions(archive, watch())->size(); }
};

std::string told(const Item& item) {
  std::string out = item.id;
  for (const Change& change : item.changes) {
    out += '\n' + std::string(to_string(change.kind)) + ' ' + change.at.to_string();
  }
  return out;
}

} // namespace

TEST_CASE("the first version of a page is no item", "[pages]") {
  Bench bench;
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.new_versions == 1);
  CHECK(bench.items(false).empty());
  const auto records = bench.archive.raw_records("page/chip-plan");
  REQUIRE(records->size() == 1);
  CHECK(*bench.archive.raw_bytes(records->front().id) == first_plan);
}

TEST_CASE("a page is asked for once a day", "[pages]") {
  Bench bench;
  bench.sync();
  bench.options.now += std::chrono::hours(5);
  CHECK(bench.sync().nothing_new);
  CHECK(bench.sites.asked.size() == 1);
  bench.next_day();
  const auto report = bench.sync();
  CHECK(bench.sites.asked.size() == 2);
  CHECK(report.nothing_new); // status 304
  CHECK(bench.versions() == 1);
  bench.watch().address = "https://www.example.gov/plans/chips-2";
  bench.sites.put(bench.watch().address, first_plan);
  bench.sync();
  CHECK(bench.sites.asked.back() == "https://www.example.gov/plans/chips-2");
}

TEST_CASE("changes of a page are told at their headings, moves as moves", "[pages]") {
  Bench bench;
  bench.sync();
  bench.next_day();
  bench.sites.put(address,
                  plan("<p>Exporters verify the location of every accelerator once in 30 days.</p>"
                       "<p>Foundries report their customers to the office each month.</p>"));
  bench.sync();
  bench.next_day();
  bench.sites.put(address,
                  plan("<p>Exporters verify the location of every accelerator once in 30 days.</p>"
                       "<p>Tariffs on chips follow in a proclamation by the President.</p>"
                       "<h2>Foundries</h2>"
                       "<p>Foundries report their customers to the office each month.</p>"));
  bench.sync();
  const auto items = bench.items();
  REQUIRE(items.size() == 2);
  CHECK(told(items[1]) == "page chip-plan@2026-03-03\nrevised page chip-plan / Exports / text 1");
  CHECK(told(items[0]) == "page chip-plan@2026-03-04\n"
                          "added page chip-plan / Exports / text 2\n"
                          "added page chip-plan / Foundries\n"
                          "moved page chip-plan / Foundries / text 1");
  const Item& item = items[1];
  CHECK_FALSE(item.rule);
  CHECK(item.page == ItemPage{"chip-plan", address, "Chip plan"});
  CHECK(item.steps == std::vector{ItemStep{StepKind::published, Date(2026, 3, 3), "", {}}});
  CHECK(item.direction == Direction::unclear);
  CHECK(item.severity == 2);
  REQUIRE(item.hits.size() == 1);
  CHECK(item.hits[0].entry == EntryKind::watch);
  CHECK(item.hits[0].category == "chip-plan");
  CHECK(item.hits[0].reasons.at(0).signal == Signal::page);
  CHECK(item.hits[0].reasons.at(0).at == "page chip-plan / Exports / text 1");
}

TEST_CASE("a heading that goes leaves its paragraphs in place", "[pages]") {
  Bench bench;
  const auto text = [](const std::string& heading) {
    return plan("<p>Exporters verify the location of every accelerator once in 90 days.</p>" +
                heading +
                "<p>Foundries report their customers to the office each month.</p>"
                "<p>Short text.</p>");
  };
  bench.sites.put(address, text("<h3>Foundries</h3>"));
  bench.sync();
  bench.next_day();
  bench.sites.put(address, text(""));
  bench.sync();
  const auto items = bench.items();
  REQUIRE(items.size() == 1);
  CHECK(told(items[0]) == "page chip-plan@2026-03-03\n"
                          "moved page chip-plan / Exports / text 2\n"
                          "added page chip-plan / Exports / text 3\n"
                          "removed page chip-plan / Foundries");
  CHECK(items[0].changes[0].was->to_string() == "page chip-plan / Foundries / text 1");
  CHECK(items[0].changes[2].before == "Foundries\nShort text.");
}

TEST_CASE("a heading with another name is one change", "[pages]") {
  Bench bench;
  bench.sync();
  bench.next_day();
  std::string html = first_plan;
  html.replace(html.find("<h2>Exports"), 11, "<h2>Location of accelerators");
  bench.sites.put(address, html);
  bench.sync();
  const auto items = bench.items();
  REQUIRE(items.size() == 1);
  CHECK(told(items[0]) ==
        "page chip-plan@2026-03-03\nrevised page chip-plan / Location of accelerators");
  CHECK(items[0].changes[0].was->to_string() == "page chip-plan / Exports");
  CHECK(items[0].changes[0].before == "Exports");
  CHECK(items[0].changes[0].after == "Location of accelerators");
}

TEST_CASE("bytes of a page that say the same are no item", "[pages]") {
  Bench bench;
  bench.sync();
  bench.next_day();
  std::string html = first_plan;
  html.replace(html.find("Page of today"), 13, "Page of another day, visit 1234");
  html.replace(html.find("The plan is"), 11, "The&nbsp;plan  <b>is</b>");
  bench.sites.put(address, html);
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.versions() == 2);
  CHECK(bench.items(false).empty());
}

TEST_CASE("a watch with terms is hit where a changed paragraph holds one", "[pages]") {
  struct Row {
    std::vector<std::string> terms;
    bool hit;
  };

  const auto row = GENERATE(values<Row>({
      {{}, true},
      {{"location verification", "tariff"}, true},
      {{"foundry"}, false},
      {{"semiconductor"}, false},
      {{"大統領"}, false},
  }));
  Bench bench;
  bench.watch().terms = row.terms;
  bench.sync();
  bench.next_day();
  bench.sites.put(address,
                  plan("<p>Exporters verify the location of every accelerator once in 90 days.</p>"
                       "<p>Tariffs on chips follow in a proclamation.</p>"
                       "<p>Foundries report their customers to the office each month.</p>"));
  bench.sync();
  CHECK(bench.items().size() == (row.hit ? 1 : 0));
  CHECK(bench.items(false).size() == 1);
  if (row.hit) {
    CHECK(bench.items()[0].severity == (row.terms.empty() ? 2 : 3));
  }
}

TEST_CASE("what the register says of a page's new text has at most severity 3", "[pages]") {
  Bench bench;
  Category category;
  category.id = "accelerators";
  category.label_en = "Accelerators";
  category.terms_en = {"accelerator"};
  category.eccn = {"3A090"};
  bench.entries.categories.push_back(category);
  bench.sync();
  bench.next_day();
  bench.sites.put(address,
                  plan("<p>Exporters verify the location of every accelerator once in 90 days.</p>"
                       "<p>An accelerator of ECCN 3A090.a is exported with a license only.</p>"
                       "<p>Foundries report their customers to the office each month.</p>"));
  bench.sync();
  const auto items = bench.items();
  REQUIRE(items.size() == 1);
  CHECK(items[0].severity <= 3);
  std::vector<std::string> entries;
  for (const Hit& hit : items[0].hits) {
    entries.push_back(hit.category);
    CHECK(hit.severity <= 3);
  }
  std::sort(entries.begin(), entries.end());
  CHECK(entries == std::vector<std::string>{"accelerators", "chip-plan"});
}

TEST_CASE("a page of links is a list: new, gone and renamed links", "[pages]") {
  Bench bench;
  bench.watch().read = "links";
  bench.sites.put(address,
                  plan("<li><a href='/press/1'>Bureau opens office</a></li>"
                       "<li><a href='/press/2'>Bureau fines firm</a></li>"
                       "<li><a href='/press/3'>Bureau explains rule</a></li>"));
  bench.sync();
  bench.next_day();
  bench.sites.put(address,
                  plan("<li><a href='/press/4?utm_source=x'>Bureau adds forty firms</a></li>"
                       "<li><a href='/press/2'>Bureau fines firm (corrected)</a></li>"
                       "<li><a href='/press/1'>Bureau opens office</a></li>"));
  bench.sync();
  const auto items = bench.items();
  REQUIRE(items.size() == 1);
  CHECK(told(items[0]) == "page chip-plan@2026-03-03\n"
                          "revised page chip-plan / https://www.example.gov/press/2\n"
                          "removed page chip-plan / https://www.example.gov/press/3\n"
                          "added page chip-plan / https://www.example.gov/press/4");
}

TEST_CASE("what came instead of a page is kept aside with the reason", "[pages]") {
  struct Row {
    const char* name;
    std::string body;
    int status;
    std::string type;
    std::string came; ///< from; "" the address
    const char* why;
  };

  const auto row = GENERATE(values<Row>({
      {"gone", "nothing here", 404, "text/html", "", "is gone (status 404)"},
      {"gone for good", "", 410, "text/html", "", "is gone (status 410)"},
      {"forbidden", plan("<p>x</p>"), 403, "text/html", "", "block page came (status 403)"},
      {"unauthorized", "x", 401, "text/html", "", "(status 401)"},
      {"too often", "x", 429, "text/html", "", "(status 429)"},
      {"maintenance", "x", 503, "text/html", "", "(status 503)"},
      {"broken", "x", 500, "text/html", "", "status 500"},
      {"front page",
       plan("<p>News of today, and of the days before it.</p>"),
       200,
       "text/html",
       "https://www.example.gov/",
       "moved to"},
      {"other host",
       plan("<p>Exporters verify the location of every accelerator once a day.</p>"),
       200,
       "text/html",
       "https://www2.example.gov/plans/chips",
       "moved to"},
      {"block page",
       "<title>Just a moment...</title><main><p>Checking</p></main>",
       200,
       "text/html",
       "",
       "Just a moment"},
      {"login",
       "<title>Plan</title><main><input type=password></main>",
       200,
       "text/html",
       "",
       "password"},
      {"redesign",
       "<title>Plan</title><div><p>All of it.</p></div>",
       200,
       "text/html",
       "",
       "'main'"},
      {"emptied", "<main><p>Soon.</p></main>", 200, "text/html", "", "shrank from"},
      {"image", "\x89PNG", 200, "image/png", "", "'image/png'"},
      {"no markup", "hello", 200, "text/html; charset=utf-8", "", "no HTML"},
      {"nothing", "", 200, "text/html", "", "no HTML"},
  }));
  INFO(row.name);
  Bench bench;
  bench.sync();
  bench.next_day();
  bench.sites.put(address, row.body, row.status, row.type);
  if (!row.came.empty()) {
    bench.sites.answers.at(address)->final_url = row.came;
  }
  const auto report = bench.sync();
  REQUIRE(report.troubles.size() == 1);
  CHECK(report.quarantined == 1);
  CHECK(report.troubles[0].what == "page chip-plan");
  CHECK_THAT(report.troubles[0].error.message, Contains(row.why));
  CHECK_THAT(report.troubles[0].error.message, Contains("the text of 2026-03-02 stands"));
  CHECK_THAT(bench.message(), Contains(row.why));
  CHECK(bench.items(false).empty());
  CHECK(bench.versions() == 1);
  const auto records = *bench.archive.raw_records("page/chip-plan");
  REQUIRE(records.size() == 2);
  CHECK(*bench.archive.raw_bytes(records[1].id) == row.body);
  CHECK_FALSE(records[1].quarantine.empty());
  // asked no more today, and still said
  bench.options.now += std::chrono::hours(2);
  CHECK(bench.sync().troubles.empty());
  CHECK_THAT(bench.message(), Contains(row.why));
  // back as it was
  bench.next_day();
  bench.sites.put(address, first_plan);
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.message().empty());
  CHECK(bench.items(false).empty());
}

TEST_CASE("a page of a mirror that never held it is passed over", "[pages]") {
  Bench bench;
  bench.sites.answers.clear();
  bench.absent = sync::AbsentSource::fine;
  const auto report = bench.sync();
  CHECK(report.troubles.empty());
  CHECK(report.nothing_new);
  CHECK(report.sources.empty());
  CHECK(bench.archive.raw_records("")->empty());
  CHECK_FALSE(bench.archive.source_status(store::pages_source)->has_value());
  bench.absent = sync::AbsentSource::trouble;
  CHECK(bench.sync().troubles.size() == 1);
}

TEST_CASE("only enabled watches on configured hosts are asked", "[pages]") {
  Bench bench;
  Watch other = bench.watch();
  other.id = "elsewhere";
  other.address = "https://elsewhere.example.org/x";
  bench.entries.watches.push_back(other);
  other.id = "asleep";
  other.address = "https://www.example.gov/asleep";
  other.enabled = false;
  bench.entries.watches.push_back(other);
  other.id = "register-question";
  other.address.clear();
  other.enabled = true;
  bench.entries.watches.push_back(other);
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.sites.asked == std::vector<std::string>{address});
  bench.hosts = {"WWW.Example.gov", "elsewhere.example.org"};
  bench.next_day();
  CHECK(bench.sync().troubles.size() == 1); // elsewhere has no such page
}

TEST_CASE("two watches of one address are told apart by a fragment", "[pages]") {
  Bench bench;
  Watch links = bench.watch();
  links.id = "chip-links";
  links.read = "links";
  bench.sites.put(address, plan("<p><a href='/a'>A rule of the office</a></p>"));
  bench.entries.watches.push_back(links);
  const auto report = bench.sync();
  REQUIRE(report.troubles.size() == 1);
  CHECK_THAT(report.troubles[0].error.message, Contains("fragment"));
}

TEST_CASE("a page that robots.txt forbids is not asked for", "[pages]") {
  Bench bench;
  bench.sites.put(
      "https://www.example.gov/robots.txt", "User-agent: *\nDisallow: /plans/", 200, "text/plain");
  const auto report = bench.sync();
  REQUIRE(report.troubles.size() == 1);
  CHECK_THAT(report.troubles[0].error.message, Contains("robots.txt"));
  CHECK(bench.sites.asked.empty());
}

TEST_CASE("a page whose network failed is asked for again on the same day", "[pages]") {
  Bench bench;
  bench.sites.answers.insert_or_assign(address, fail(ErrorKind::network, "no connection"));
  CHECK(bench.sync().troubles.size() == 1);
  bench.sites.put(address, first_plan);
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.message().empty());
}

TEST_CASE("content that was set wrongly is mended without a loss", "[pages]") {
  Bench bench;
  bench.watch().content = "#chip-plan";
  CHECK(bench.sync().troubles.size() == 1);
  CHECK(bench.versions() == 0);
  bench.watch().content = "main";
  bench.next_day();
  CHECK(bench.sync().troubles.empty());
  CHECK(bench.versions() == 1);
  bench.watch().content = "#chip-plan";
  bench.next_day();
  CHECK(bench.sync().troubles.size() == 1);
  CHECK(bench.versions() == 1); // believed once
}
