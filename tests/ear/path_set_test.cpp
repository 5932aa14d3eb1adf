#include "ear/path_set.hpp"

#include <catch2/catch.hpp>

using namespace regtrail;
using Paths = std::vector<std::string>;

namespace {

Paths mentions(std::string_view text) {
  Paths result;
  for (const auto& mention : ear::find_eccns(text)) {
    result.push_back(mention.path.empty() ? mention.eccn : mention.eccn + "." + mention.path);
  }
  return result;
}

} // namespace

TEST_CASE("a path list is the set that a lawyer would write out", "[ear]") {
  struct Row {
    const char* text;
    Paths expected;
  };

  const auto row = GENERATE(values<Row>({
      {"3B001.a.4, c, d, f.1, f.5, f.6, k to n, p.2, p.4, r",
       {"a.4", "c", "d", "f.1", "f.5", "f.6", "k", "l", "m", "n", "p.2", "p.4", "r"}},
      {"3B001.a.1 to a.3, b, e, f.2 to f.4, g to j",
       {"a.1", "a.2", "a.3", "b", "e", "f.2", "f.3", "f.4", "g", "h", "i", "j"}},
      {"3B001.c.1.a, 3B001.c.1.c, and 3B001.q", {"c.1.a", "c.1.c", "q"}},
      {"3B002.a and b", {"a", "b"}},
      {"4A003.b, .c, and .z.1", {"b", "c", "z.1"}},
      {".d to .h", {"d", "e", "f", "g", "h"}},
      {"paragraphs .a, .b, and .i of this entry", {"a", "b", "i"}},
      {"b.8, b.9., b.10", {"b.8", "b.9", "b.10"}},
      {"3A001.z.1.a, z.2.a", {"z.1.a", "z.2.a"}},
      {"a.4, c, d.", {"a.4", "c", "d"}},
  }));
  INFO(row.text);
  REQUIRE(ear::parse_path_set(row.text));
  CHECK(*ear::parse_path_set(row.text) == row.expected);
}

TEST_CASE("what is no path list of one entry is none", "[ear]") {
  CHECK_FALSE(ear::parse_path_set("entire entry"));
  CHECK_FALSE(ear::parse_path_set("the entire entry"));
  CHECK_FALSE(ear::parse_path_set(""));
  CHECK_FALSE(ear::parse_path_set("shotguns with a barrel length less than 18 inches"));
  CHECK_FALSE(ear::parse_path_set("3A001.z.1.a and 3A090.a"));
  CHECK_FALSE(ear::parse_path_set("3B001"));
}

TEST_CASE("ECCNs in prose bring their lists along and stop before articles", "[ear]") {
  CHECK(mentions("see 3B001.a.4, c, d and 3B002.c.") ==
        Paths{"3B001.a.4", "3B001.c", "3B001.d", "3B002.c"});
  CHECK(mentions("a tool of 3B001.c and a wafer") == Paths{"3B001.c"});
  CHECK(mentions("in 3A001.b.2 and b.3 items") == Paths{"3A001.b.2", "3A001.b.3"});
  CHECK(mentions("3C001 to 3C006") == Paths{"3C001", "3C006"});
  CHECK(mentions("items in 3A001.b to 3A001.d, and 3B") == Paths{"3A001.b", "3A001.c", "3A001.d"});
  CHECK(mentions("ECCN 3B001.") == Paths{"3B001"});
  CHECK(mentions("lot X3B001Y and 13B0012").empty());
}

TEST_CASE("a mention knows where it stands", "[ear]") {
  const std::string_view text = "under \u201c3B001.c.1.a\u201d only";
  const auto found = ear::find_eccns(text);
  REQUIRE(found.size() == 1);
  CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == "3B001.c.1.a");
}
