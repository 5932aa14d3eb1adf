// What is remembered of a watch, and for which question.
#include "query/watch_state.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using query::WatchState;

TEST_CASE("what is remembered of a watch is forgotten when its question is edited", "[watch]") {
  auto archive = *store::Archive::in_memory();
  Watch watch;
  watch.id = "transmission";
  watch.agencies = {"energy-department"};
  watch.terms = {"transmission line"};
  CHECK(*query::watch_state(archive, watch) == WatchState{});

  const WatchState state = GENERATE(values<WatchState>(
      {{Date(2025, 10, 5), Date(2026, 10, 4), ""},
       {Date(2025, 10, 5), Date(2026, 10, 4), "the service refused it: HTTP status 500"},
       {{}, {}, "agency 'energy-departmnt' is unknown"}}));
  REQUIRE(query::put_watch_state(archive, watch, state));
  CHECK(*query::watch_state(archive, watch) == state);

  Watch other = watch;
  SECTION("another word") {
    other.terms = {"transmission", "line"};
  }
  SECTION("an agency in place of a word") {
    other.agencies.emplace_back("transmission line");
    other.terms.clear();
  }
  SECTION("another watch") {
    other.id = "transmission-lines";
  }
  CHECK(*query::watch_state(archive, other) == WatchState{});

  Watch renamed = watch;
  renamed.label_en = "Transmission";
  renamed.categories = {"power"};
  CHECK(*query::watch_state(archive, renamed) == state);
}
