// Entries by their names, and hits that say the same of several as one.
#include "notify/render/entries.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

namespace {

Hit product_hit(const std::string& id, std::optional<ParameterEffect> effect = {}) {
  Hit hit;
  hit.category = id;
  hit.entry = EntryKind::product;
  hit.score = 0.9;
  hit.severity = 5;
  hit.reasons.push_back({Signal::eccn, "3B001.c", "ECCN 3B001.c.1", 0.9});
  if (effect) {
    hit.reasons.push_back({Signal::parameter, "less than 4 s", "ECCN 3B001.c.1", 0.9});
    hit.reasons.back().effect = effect;
  }
  return hit;
}

} // namespace

TEST_CASE("products that the same reasons reach share a line, behind one whose figure moved",
          "[notify][entries]") {
  Register entries;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    entries.products.emplace_back().id = id;
    entries.products.back().part_number = "GV-" + std::string(id);
  }
  entries.categories.emplace_back().id = "valves";
  entries.categories.back().label_ja = "バルブ";
  Hit category = product_hit("valves");
  category.entry = EntryKind::category;
  entries.categories.back().label_en = "Valves, gauges";
  Hit other_category = category;
  other_category.category = "pumps";
  const auto alike = render::alike_hits({category,
                                         product_hit("a"),
                                         other_category,
                                         product_hit("b"),
                                         product_hit("e", ParameterEffect::now_inside),
                                         product_hit("c"),
                                         product_hit("d")});
  REQUIRE(alike.size() == 3);
  CHECK(render::entry_names(alike[0], entries, render::Language::en) == "GV-e");
  CHECK(render::entry_names(alike[1], entries, render::Language::ja) == "バルブ、pumps");
  CHECK(render::entry_names(alike[1], entries, render::Language::en) == "Valves, gauges; pumps");
  CHECK(render::entry_names(alike[2], entries, render::Language::en) ==
        "GV-a, GV-b, GV-c and 1 more");
  CHECK(render::entry_names(alike[2], entries, render::Language::ja) == "GV-a、GV-b、GV-cほか1件");
}
