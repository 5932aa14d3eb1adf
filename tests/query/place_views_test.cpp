#include "query/place_views.hpp"
#include "tests/query/dated_law.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using namespace regtrail::query;
using namespace regtrail::query::testing;

namespace {

constexpr std::size_t no_limit = 1U << 20U;

std::vector<PlaceView> views(DatedLaw& law, std::size_t limit = no_limit) {
  auto read = PlaceViews::read(law.archive(), Date(2026, 6, 1), limit);
  REQUIRE(read);
  auto found = read->of_part(15, "744");
  REQUIRE(found);
  return *std::move(found);
}

std::vector<std::string> texts_of(const PlaceView& view, const char* place) {
  std::vector<std::string> texts;
  for (const std::vector<PlaceLine>& lines : view.texts) {
    for (const PlaceLine& line : lines) {
      if (line.place == place) {
        texts.push_back(line.text);
      }
    }
  }
  return texts;
}

} // namespace

TEST_CASE("a unit is shown with the text of each of its versions", "[place_views]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", edited_a)}));
  const auto found = views(law);
  REQUIRE(found.size() == 1);
  CHECK(found[0].heading == "Scope of these rules");
  CHECK(texts_of(found[0], "(a)") ==
        std::vector<std::string>{std::string("(a) ") + edited_a, std::string("(a) ") + long_a});
  CHECK(found[0].blame.at("15 CFR 744.1(a)").since == Date(2026, 2, 1));
  CHECK_FALSE(found[0].history.pending);
}

TEST_CASE("a place that had another name keeps its texts under the names below it",
          "[place_views]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a), text("b", long_b)}));
  law.on("2026-02-01", section({text("a", long_a), text("b", long_b)}, "744.2"));
  const auto found = views(law);
  REQUIRE(found.size() == 2);
  CHECK(found[0].gone);
  CHECK(texts_of(found[1], "(b)").size() == 2);
}

TEST_CASE("texts larger than the limit are left out whole", "[place_views]") {
  DatedLaw law;
  law.on("2026-01-01", section({text("a", long_a)}));
  law.on("2026-02-01", section({text("a", edited_a)}));
  const auto found = views(law, 150);
  CHECK(found[0].texts == std::vector<std::vector<PlaceLine>>(2));
}
