#include "parse/crew.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using regtrail::parse::Crew;

TEST_CASE("every task of a crew is done once when it has finished", "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    std::vector<int> done(500);
    Crew crew(size);
    for (std::size_t i = 0; i < done.size(); ++i) {
      crew.add((i % 7) << 14U, [&done, i] { ++done[i]; });
    }
    crew.finish();
    CHECK(done == std::vector<int>(500, 1));
  }
}

TEST_CASE("the heaviest task is begun first, whatever the order in which they came", "[crew]") {
  std::string order;
  Crew crew(Crew::Size::caller_only);
  crew.add(2, [&] { order += 'b'; });
  crew.add(9, [&] { order += 'a'; });
  crew.add(1, [&] { order += 'c'; });
  crew.finish();
  CHECK(order == "abc");
}

TEST_CASE("what a task throws comes out of finish, after the other tasks", "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    std::vector<int> done(20);
    Crew crew(size);
    crew.add(1 << 20, [] { throw std::logic_error("broken"); });
    for (std::size_t i = 0; i < done.size(); ++i) {
      crew.add(1 << 16, [&done, i] { ++done[i]; });
    }
    CHECK_THROWS_WITH(crew.finish(), "broken");
    CHECK(done == std::vector<int>(20, 1));
  }
}

TEST_CASE("a crew that is given up does none of the tasks it had not begun", "[crew]") {
  int done = 0;
  {
    Crew crew(Crew::Size::caller_only);
    crew.add(1, [&] { ++done; });
  }
  CHECK(done == 0);
}

TEST_CASE("both halves of a task are done once before it goes on, on whatever threads", "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    constexpr std::size_t tasks = 60;
    std::vector<int> first(tasks);
    std::vector<int> second(tasks);
    std::vector<int> seen(tasks);
    Crew crew(size);
    for (std::size_t i = 0; i < tasks; ++i) {
      crew.add(i << 10U, [&, i] {
        crew.both((i % 8) << 13U, [&] { ++first[i]; }, [&] { ++second[i]; });
        seen[i] = first[i] + second[i];
      });
    }
    crew.finish();
    CHECK(first == std::vector<int>(tasks, 1));
    CHECK(second == std::vector<int>(tasks, 1));
    CHECK(seen == std::vector<int>(tasks, 2));
  }
}

TEST_CASE("what a half throws comes out behind the other half, the first one's if both do",
          "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    for (const std::size_t weight : {std::size_t{1}, std::size_t{1} << 20U}) {
      Crew crew(size);
      int done = 0;
      CHECK_THROWS_WITH(crew.both(
                            weight, [&] { ++done; }, [] { throw std::logic_error("second"); }),
                        "second");
      CHECK(done == 1);
      CHECK_THROWS_WITH(crew.both(
                            weight,
                            [] { throw std::logic_error("first"); },
                            [] { throw std::logic_error("second"); }),
                        "first");
      crew.finish(); // rethrows nothing of the above
    }
  }
}

TEST_CASE("one crew after the other and two at a time do all their tasks", "[crew]") {
  std::vector<int> done(40);
  for (int round = 0; round < 20; ++round) {
    Crew outer(Crew::Size::all_processors);
    Crew inner(Crew::Size::all_processors);
    for (std::size_t i = 0; i < done.size(); ++i) {
      (i % 2 == 0 ? outer : inner).add(1U << 16U, [&done, i] { ++done[i]; });
    }
    inner.finish();
    outer.finish();
  }
  CHECK(done == std::vector<int>(40, 20));
}

TEST_CASE("what a task adds is done as well, whoever did the task", "[crew]") {
  for (int round = 0; round < 300; ++round) {
    std::vector<int> added(6);
    Crew crew(Crew::Size::all_processors);
    for (std::size_t i = 0; i < added.size(); ++i) {
      crew.add(1U << 16U, [&crew, &added, i, round] {
        volatile int busy = 0;
        for (int n = 0; n < round * static_cast<int>(i); ++n) {
          busy = busy + n; // so that now one of the threads is the last, now the other
        }
        crew.add(1, [&added, i] { ++added[i]; });
      });
    }
    crew.finish();
    REQUIRE(added == std::vector<int>(added.size(), 1));
  }
}
