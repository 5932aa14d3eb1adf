#include "notify/render/evidence.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a folder of evidence without a file is said to have none", "[notify]") {
  Item item;
  item.id = "2026-16628";
  const std::string readme = render::evidence_readme(
      item, {}, "regtrail 0.1.0", Date(2026, 10, 21), {"answers/1.xml", "answers/1.headers.txt"});
  CHECK(holds(readme, "EVIDENCE FOR 2026-16628\n"));
  CHECK(holds(readme, "answers/          2 files: "));
  CHECK(holds(readme, "mails/            none: "));
  CHECK(holds(readme, "mails/            なし。"));
}
