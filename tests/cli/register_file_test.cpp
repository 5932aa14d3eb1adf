#include "cli/register_edit.hpp"
#include "cli/register_file.hpp"
#include "parse/register_toml.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
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
  RegisterFile& file = result.files.emplace_back();
  file.kinds = {EntryKind::category,
                EntryKind::product,
                EntryKind::party,
                EntryKind::procedure,
                EntryKind::destination};
  file.path = "categories.toml";
  file.text = text;
  auto read = parse::parse_register(text, "categories.toml");
  REQUIRE(read);
  result.categories = std::move(*read);
  return result;
}

/// The text of the only file after an edit.
Result<std::string> only(const Result<std::vector<EditedFile>>& edited) {
  TRY_ASSIGN(const auto files, edited);
  REQUIRE(files.size() == 1);
  return files.front().text;
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
  const auto read = parse::parse_register({{std::string(starter_categories()), "categories"},
                                           {std::string(starter_watches()), "watches"}});
  REQUIRE(read);
  CHECK_FALSE(read->categories.empty());
  CHECK_FALSE(read->points.empty());
}

TEST_CASE("every starter watch asks for something, in both languages and for somebody",
          "[register]") {
  const auto read = parse::parse_register({{std::string(starter_categories()), "categories"},
                                           {std::string(starter_watches()), "watches"}});
  REQUIRE(read);
  for (const Watch& watch : read->watches) {
    CAPTURE(watch.id);
    CHECK_FALSE(watch.label_ja.empty());
    CHECK_FALSE(watch.categories.empty());
    CHECK(watch.enabled == watch.address.empty());
    // Without terms a department would be told as a whole.
    CHECK(watch.terms.empty() == !watch.address.empty());
  }
  for (const WatchPoint& point : read->points) {
    CAPTURE(point.id);
    CHECK_FALSE(point.label_ja.empty());
    CHECK_FALSE(point.sentence.empty());
    CHECK_FALSE(point.source.empty());
    CHECK_FALSE(point.watches.empty());
  }
}

TEST_CASE("categories without a place in the synced law have a watch of their own", "[register]") {
  const auto read = parse::parse_register({{std::string(starter_categories()), "categories"},
                                           {std::string(starter_watches()), "watches"}});
  REQUIRE(read);
  for (const Category& category : read->categories) {
    const bool in_the_ear =
        std::any_of(category.cfr.begin(), category.cfr.end(), [](const std::string& place) {
          return place.find("CFR") == std::string::npos;
        });
    // 15 CFR 791 is the Bureau's, whose documents are asked for as a whole.
    if (in_the_ear || category.id == "icts-supply-chain") {
      continue;
    }
    CAPTURE(category.id);
    CHECK(std::any_of(read->watches.begin(), read->watches.end(), [&](const Watch& watch) {
      return watch.enabled &&
             std::find(watch.categories.begin(), watch.categories.end(), category.id) !=
                 watch.categories.end();
    }));
  }
  for (const char* id : {"ai-policy",
                         "ai-stack-export",
                         "biosecurity-synthesis",
                         "datacenter-power",
                         "enforcement",
                         "entity-end-user-lists",
                         "federal-ai-procurement",
                         "location-verification",
                         "model-weights-llm",
                         "outbound-investment",
                         "secondary-tariffs",
                         "sme-subsystems"}) {
    CAPTURE(id);
    CHECK(std::any_of(read->watches.begin(), read->watches.end(), [&](const Watch& watch) {
      return watch.enabled && std::find(watch.categories.begin(), watch.categories.end(), id) !=
                                  watch.categories.end();
    }));
  }
}

TEST_CASE("a category is appended and every other byte stays", "[register]") {
  const auto text = only(with_entries<Category>(loaded(), {example()}));
  REQUIRE(text);
  CHECK(text->starts_with(written));
  const LoadedRegister again = loaded(*text);
  REQUIRE(again.categories.categories.size() == 4);
  CHECK(again.categories.categories.back() == example());
}

TEST_CASE("appending to a file without a line end begins a new line", "[register]") {
  const auto text =
      only(with_entries<Category>(loaded(written.substr(0, written.size() - 1)), {example()}));
  REQUIRE(text);
  CHECK(loaded(*text).categories.categories.size() == 4);
}

TEST_CASE("an edit alters the keys that differ and nothing beside them", "[register]") {
  const std::string text = R"(# The firm's own list.
[[product]]
id = "vx-200"
part_number = "VX-200"   # as in the price list
description_ja = "真空弁"  # 営業
# Asked of the maker in May.
parameters = [
  "switching time 400 ms", # measured
]
note = "old"

# The next one is sold no more.
[[product]]
id = "vx-100"
)";
  const LoadedRegister before = loaded(text);
  Product product = before.categories.products.front();
  product.description_ja = "ゲートバルブ";
  product.parameters.clear();
  product.note = "new";
  product.eccn = {"2B999"};
  const auto edited = only(with_entries<Product>(before, {product}));
  REQUIRE(edited);
  CHECK(*edited == R"(# The firm's own list.
[[product]]
id = "vx-200"
part_number = "VX-200"   # as in the price list
description_ja = "ゲートバルブ"  # 営業
# Asked of the maker in May.
note = "new"
eccn = ["2B999"]

# The next one is sold no more.
[[product]]
id = "vx-100"
)");
  const auto same = with_entries<Product>(before, {before.categories.products.front()});
  REQUIRE(same);
  CHECK(same->empty());
}

TEST_CASE("a category that would not read back is refused", "[register]") {
  Category category = example();
  category.eccn = {"3B01"};
  const auto text = only(with_entries<Category>(loaded(), {category}));
  REQUIRE_FALSE(text);
  CHECK_THAT(text.error().message, Contains("was not changed") && Contains("3B01"));
}

TEST_CASE("removing a category takes its block and the comment directly above it", "[register]") {
  const auto text = only(without_entry<Category>(loaded(), "pumps"));
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
    const auto text = only(without_entry<Category>(loaded(), id));
    REQUIRE(text);
    CHECK_THAT(*text, !Contains(std::string("id = \"") + id));
    CHECK_THAT(*text, Contains("# Pumps, since 2024.") && Contains("[[group]]"));
    CHECK(loaded(*text).categories.categories.size() == 2);
  }
}

TEST_CASE("removing what was just added gives back the same register", "[register]") {
  const auto added = only(with_entries<Category>(loaded(), {example()}));
  REQUIRE(added);
  const auto removed = only(without_entry<Category>(loaded(*added), "lasers"));
  REQUIRE(removed);
  CHECK(loaded(*removed).categories == loaded().categories);
}

TEST_CASE("an unknown category is an error that names the nearest ones", "[register]") {
  const auto text = only(without_entry<Category>(loaded(), "pump"));
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
  CHECK(built_in->file(EntryKind::category).from == RegisterFile::From::built_in);
  CHECK(built_in->file(EntryKind::category).text == starter_categories());
  CHECK(built_in->file(EntryKind::product).from == RegisterFile::From::absent);
  CHECK(built_in->file(EntryKind::watch).from == RegisterFile::From::built_in);
  CHECK_FALSE(built_in->categories.watches.empty());

  folder.write("categories.toml", written);
  const auto beside = load_register(config, environment);
  REQUIRE(beside);
  CHECK(beside->file(EntryKind::category).from == RegisterFile::From::file);
  CHECK(beside->categories.categories.size() == 3);
  CHECK(beside->file(EntryKind::watch).from == RegisterFile::From::absent);
  CHECK(beside->categories.watches.empty());
  CHECK(beside->sha256 != built_in->sha256);

  config.register_files.categories = "ours.toml";
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

TEST_CASE("the register is all of its files together", "[register]") {
  const cli::testing::TempDir folder;
  Config config;
  config.path = folder.path() / "config.toml";
  const Environment environment;
  folder.write("categories.toml", written);
  folder.write("products.toml", "[[product]]\nid = \"vx-200\"\ncategories = [\"pumps\"]\n");
  folder.write("customers.toml", "home = \"JP\"\n[[party]]\nid = \"acme\"\nnames = [\"Acme\"]\n");
  config.register_files.parties = "customers.toml";

  const auto whole = load_register(config, environment);
  REQUIRE(whole);
  CHECK(whole->categories.products.size() == 1);
  CHECK(whole->categories.parties.size() == 1);
  CHECK(whole->categories.home == "JP");

  folder.write("customers.toml", "[[party]]\nid = \"acme\"\nnames = [\"Acme Ltd.\"]\n");
  const auto altered = load_register(config, environment);
  REQUIRE(altered);
  CHECK(altered->sha256 != whole->sha256);

  folder.write("customers.toml", "\n[[party]]\nid = \"pumps\"\nnames = [\"Pumps Ltd.\"]\n");
  const auto doubled = load_register(config, environment);
  REQUIRE_FALSE(doubled);
  CHECK_THAT(doubled.error().message,
             Contains("customers.toml:3: party id 'pumps' is taken by") &&
                 Contains("categories.toml:"));
}
