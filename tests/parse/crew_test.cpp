#include "parse/crew.hpp"

#include <catch2/catch.hpp>

#include <numeric>
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

TEST_CASE("every part of a task is done once before it goes on, on whatever threads", "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    constexpr std::size_t tasks = 60;
    std::vector<std::vector<int>> done(tasks);
    std::vector<int> seen(tasks);
    Crew crew(size);
    for (std::size_t i = 0; i < tasks; ++i) {
      done[i].resize(i % 9);
      crew.add(i << 10U, [&, i] {
        crew.each(done[i].size(), (i % 8) << 13U, [&](std::size_t part) { ++done[i][part]; });
        seen[i] = std::accumulate(done[i].begin(), done[i].end(), 0);
      });
    }
    crew.finish();
    for (std::size_t i = 0; i < tasks; ++i) {
      CHECK(done[i] == std::vector<int>(i % 9, 1));
      CHECK(seen[i] == static_cast<int>(i % 9));
    }
  }
}

TEST_CASE("one alone does the parts of a task in their order", "[crew]") {
  std::string order;
  Crew(Crew::Size::caller_only).each(4, 1U << 20U, [&](std::size_t part) {
    order += static_cast<char>('a' + part);
  });
  CHECK(order == "abcd");
}

TEST_CASE("nothing is shared while others have enough to do, or alone", "[crew]") {
  constexpr std::size_t light = std::size_t{1} << 16U;
  constexpr std::size_t heavy = std::size_t{1} << 20U;
  CHECK_FALSE(Crew(Crew::Size::caller_only).is_worth_sharing(light));
  Crew crew(Crew::Size::all_processors);
  const bool several = !crew.is_caller_only();
  CHECK(crew.is_worth_sharing(light) == several);
  CHECK_FALSE(crew.is_worth_sharing(16)); // to wake another takes longer
  crew.expect(heavy);
  CHECK_FALSE(crew.is_worth_sharing(light));
  CHECK(crew.is_worth_sharing(2 * heavy) == several);
  crew.add(heavy, [] {});
  crew.finish();
  CHECK(crew.is_worth_sharing(light) == several);
}

TEST_CASE("what the first of the broken parts throws comes out, whichever was done first",
          "[crew]") {
  for (const Crew::Size size : {Crew::Size::caller_only, Crew::Size::all_processors}) {
    for (const std::size_t weight : {std::size_t{1}, std::size_t{1} << 20U}) {
      Crew crew(size);
      std::vector<int> begun(6);
      CHECK_THROWS_WITH(crew.each(begun.size(),
                                  weight,
                                  [&](std::size_t part) {
                                    ++begun[part];
                                    if (part % 3 == 1) {
                                      throw std::logic_error("part " + std::to_string(part));
                                    }
                                  }),
                        "part 1");
      CHECK(begun[0] == 1);
      CHECK(begun[1] == 1);
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
