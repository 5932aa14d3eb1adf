#include "cli/register_file.hpp"
#include "parse/register_toml.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

#include "support.hpp"

using namespace regtrail;
using namespace regtrail::cli;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view written = R"(# Our register.
schema_version = 1

[[group]]
id = "sme"
label_en = "Equipment"
label_ja = "装置"

# ---- valves ----

# The valve that we sell most.
[[category]]
id = "valves"
label_en = "Valves"
label_ja = "バルブ"
group = "sme"
terms_en = ["gate valve"]   # [[category]] in a comment
note = """
[[category]]
id = "not-a-block"
"""

# Pumps, since 2024.
# Ask the desk before changing them.
[[category]]
id = "pumps"
label_en = "Pumps"
label_ja = "ポンプ"
group = "sme"
terms_en = ["vacuum pump"]

[[category]]
id = "lenses"
label_en = "Lenses"
label_ja = "レンズ"
group = "sme"
terms_en = ["lens"]
)";

LoadedRegister loaded(std::string_view text = written) {
  LoadedRegister result;
  result.path = "categories.toml";
  result.text = text;
  auto read = parse::parse_register(text, "categories.toml");
  REQUIRE(read);
  result.categories = std::move(*read);
  return result;
}

Category example() {
  Category category;
  category.id = "lasers";
  category.label_en = "Lasers";
  category.label_ja = "レーザー";
  category.terms_en = {"laser diode"};
  category.eccn = {"6A005.d"};
  return category;
}

} // namespace

TEST_CASE("the starter register that the program carries is right", "[register]") {
  const auto read = parse::parse_register(starter_register(), "starter");
  REQUIRE(read);
  CHECK_FALSE(read->categories.empty());
}

TEST_CASE("a category is appended and every other byte stays", "[register]") {
  const auto text = with_category(loaded(), example());
  REQUIRE(text);
  CHECK(text->starts_with(written));
  const LoadedRegister again = loaded(*text);
  REQUIRE(again.categories.categories.size() == 4);
  CHECK(again.categories.categories.back() == example());
}

TEST_CASE("appending to a file without a line end begins a new line", "[register]") {
  const auto text = with_category(loaded(written.substr(0, written.size() - 1)), example());
  REQUIRE(text);
  CHECK(loaded(*text).categories.categories.size() == 4);
}

TEST_CASE("an id that is there already is refused", "[register]") {
  Category category = example();
  category.id = "pumps";
  const auto text = with_category(loaded(), category);
  REQUIRE_FALSE(text);
  CHECK_THAT(text.error().message, Contains("'pumps'") && Contains("already"));
}

TEST_CASE("a category that would not read back is refused", "[register]") {
  Category category = example();
  category.eccn = {"3B01"};
  const auto text = with_category(loaded(), category);
  REQUIRE_FALSE(text);
  CHECK_THAT(text.error().message, Contains("was not changed") && Contains("3B01"));
}

TEST_CASE("removing a category takes its block and the comment directly above it", "[register]") {
  const auto text = without_category(loaded(), "pumps");
  REQUIRE(text);
  CHECK_THAT(*text, !Contains("pumps") && !Contains("Ask the desk"));
  CHECK_THAT(*text,
             Contains("# ---- valves ----") && Contains("The valve that we sell most.") &&
                 Contains("not-a-block") && Contains("# Our register."));
  CHECK(loaded(*text).categories.categories.size() == 2);
}

TEST_CASE("removing the last or the first category leaves the others whole", "[register]") {
  for (const char* id : {"valves", "lenses"}) {
    CAPTURE(id);
    const auto text = without_category(loaded(), id);
    REQUIRE(text);
    CHECK_THAT(*text, !Contains(std::string("id = \"") + id));
    CHECK_THAT(*text, Contains("# Pumps, since 2024.") && Contains("[[group]]"));
    CHECK(loaded(*text).categories.categories.size() == 2);
  }
}

TEST_CASE("removing what was just added gives back the same register", "[register]") {
  const auto added = with_category(loaded(), example());
  REQUIRE(added);
  const auto removed = without_category(loaded(*added), "lasers");
  REQUIRE(removed);
  CHECK(loaded(*removed).categories == loaded().categories);
}

TEST_CASE("an unknown category is an error that names the nearest ones", "[register]") {
  const auto text = without_category(loaded(), "pump");
  REQUIRE_FALSE(text);
  CHECK_THAT(text.error().message, Contains("'pump'") && Contains("near: 'pumps'"));
}

TEST_CASE("the register is the named file, else the one beside the configuration, else built in",
          "[register]") {
  const cli::testing::TempDir folder;
  Config config;
  config.path = folder.path() / "config.toml";
  const Environment environment;

  const auto built_in = load_register(config, environment);
  REQUIRE(built_in);
  CHECK(built_in->from == LoadedRegister::From::built_in);
  CHECK(built_in->text == starter_register());

  folder.write("categories.toml", written);
  const auto beside = load_register(config, environment);
  REQUIRE(beside);
  CHECK(beside->from == LoadedRegister::From::file);
  CHECK(beside->categories.categories.size() == 3);
  CHECK(beside->sha256 != built_in->sha256);

  config.categories_file = "ours.toml";
  const auto missing = load_register(config, environment);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK_THAT(missing.error().message, Contains("ours.toml"));

  folder.write("ours.toml", "[[category]]\nid = \"x\"\nlabel_en = \"X\"\neccn = [\"3B01\"]\n");
  const auto wrong = load_register(config, environment);
  REQUIRE_FALSE(wrong);
  CHECK_THAT(wrong.error().message,
             Contains("ours.toml:4:") && Contains("3B01") && Contains("stored hits stay"));
}
