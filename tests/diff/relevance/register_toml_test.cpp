#include "tests/diff/relevance/support.hpp"

#include <algorithm>

using namespace regtrail;

namespace {

std::string trouble(std::string_view toml) {
  const auto result = parse::parse_register(toml, "categories.toml");
  return result ? "" : result.error().message;
}

const std::string pump = "[[category]]\nid = \"pumps\"\nlabel_en = \"Pumps\"\neccn = [\"2B231\"]\n";

} // namespace

TEST_CASE("the shipped register reads without error and is complete", "[register]") {
  const auto& shipped = test::shipped_register();
  CHECK(shipped.categories.size() == 52);
  CHECK(std::count_if(shipped.categories.begin(),
                      shipped.categories.end(),
                      [](const Category& category) { return category.seed; }) == 21);
  CHECK(shipped.groups.size() == 6);
  CHECK(shipped.rules == MatchingRules{});
  for (const auto& category : shipped.categories) {
    CHECK_FALSE(category.label_ja.empty());
    CHECK_FALSE(category.terms_ja.empty());
  }
}

TEST_CASE("every mistake in a register is named with its line and a remedy", "[register]") {
  struct Row {
    std::string toml;
    const char* message;
  };

  const auto row = GENERATE(values<Row>({
      {"[[category]]\nid = \"x\"\nlabel_en = \"X\"\neccn = [\"3B001\",\n  \"3B01\"]\n",
       "categories.toml:5: eccn \"3B01\" is not an ECCN (digit, letter A-E, three digits, e.g. "
       "3B001)"},
      {"[[category]]\nid = \"x\"\nlabel_en = \"X\"\neccn = [\"3B001.1.a.zz\"]\n",
       "categories.toml:4: eccn \"3B001.1.a.zz\" is not an ECCN"},
      {"[[category]]\nid = \"x\"\nlabel_en = \"X\"\ncfr = [\"section 9\"]\n",
       "categories.toml:4: cfr \"section 9\" is no place in the CFR"},
      {"[[category]]\nid = \"x\"\nlabel_en = \"X\"\nhs = [\"84\"]\neccn = [\"3B001\"]\n",
       "categories.toml:4: hs \"84\" is no HS heading"},
      {pump + "tems_en = [\"pump\"]\n",
       "categories.toml:5: unknown key 'tems_en' in [[category]] (known: id, label_en"},
      {"[matchin]\n", "categories.toml:1: unknown key 'matchin'"},
      {"[matching]\n\nflag = 1\n", "categories.toml:3: unknown key 'flag' in [matching]"},
      {pump + "\n" + pump, "categories.toml:7: category id 'pumps' is taken by line 2"},
      {"[[category]]\nlabel_en = \"X\"\neccn = [\"3B001\"]\n",
       "categories.toml:1: category without 'id' (add id = \"...\")"},
      {"[[category]]\nid = \"x\"\neccn = [\"3B001\"]\n",
       "categories.toml:1: category without 'label_en'"},
      {"[[category]]\nid = \"Big Pumps\"\nlabel_en = \"X\"\neccn = [\"3B001\"]\n",
       "categories.toml:2: id 'Big Pumps' is not kebab-case"},
      {pump + "weight = 1.5\n", "categories.toml:5: weight = 1.5 is outside 0 to 1"},
      {pump + "weight = \"high\"\n", "categories.toml:5: 'weight' is no number"},
      {pump + "weight = nan\n", "categories.toml:5: weight = nan is outside 0 to 1"},
      {pump + "seed = \"yes\"\n", "categories.toml:5: 'seed' is neither true nor false"},
      {pump + "terms_en = \"pump\"\n",
       "categories.toml:5: 'terms_en' is no list (write terms_en = [\"...\"])"},
      {pump + "terms_en = [\"pump\", 3]\n",
       "categories.toml:5: 'terms_en' holds something that is no string"},
      {pump + "terms_ja = [\"  \"]\n", "categories.toml:5: terms_ja \"  \" is an empty term"},
      {pump + "group = \"none\"\n",
       "categories.toml:5: group 'none' is not defined (add a [[group]] with this id)"},
      {pump + "evidence = \"hearsay\"\n", "categories.toml:5: evidence \"hearsay\" is unknown"},
      {"[[category]]\nid = \"x\"\nlabel_en = \"X\"\nhs = [\"8486\"]\n",
       "categories.toml:1: category 'x' can never match"},
      {"[matching]\nmin_score_flag = 0.2\n",
       "categories.toml:1: min_score_mention 0.35 is above min_score_flag 0.2"},
      {"[matching]\nproximity_window_tokens = -1\n",
       "categories.toml:2: 'proximity_window_tokens' is no whole number"},
      {"schema_version = 2\n", "categories.toml:1: 'schema_version' is not 1"},
      {"as_of = \"today\"\n", "categories.toml:1: 'as_of' is no date"},
      {"category = 3\n", "categories.toml:1: 'category' is no list of tables (write [[category]])"},
      {"\n\n[[category]\n", "categories.toml:3: "},
      {"a = \"\xff\"\n", "categories.toml:1: "},
  }));
  INFO(row.toml);
  const auto message = trouble(row.toml);
  INFO(message);
  CHECK(message.find(row.message) == 0);
}

TEST_CASE("a category written for the register reads back equal", "[register]") {
  for (const auto& category : test::shipped_register().categories) {
    auto alone = category;
    alone.group.clear(); // its group stands elsewhere in the file
    const auto read = parse::parse_register(parse::entry_to_toml(alone), "x");
    INFO((read ? "" : read.error().message));
    REQUIRE(read);
    REQUIRE(read->categories.size() == 1);
    CHECK(read->categories[0] == alone);
  }
  Category odd;
  odd.id = "odd";
  odd.label_en = "Quotes \" and \\ and\ttabs\nand lines \x01";
  odd.terms_en = {"a \"b\""};
  odd.weight = 1;
  const auto read = parse::parse_register(parse::entry_to_toml(odd), "x");
  REQUIRE(read);
  CHECK(read->categories[0] == odd);
}

TEST_CASE("an empty register is a register", "[register]") {
  const auto read = parse::parse_register("", "x");
  REQUIRE(read);
  CHECK(read->categories.empty());
}
