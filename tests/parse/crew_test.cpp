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
