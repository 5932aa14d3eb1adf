// Files of the user that would end a recursive reader.
#include "parse/register_toml.hpp"
#include "parse/toml_depth.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace regtrail;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

} // namespace

TEST_CASE("a key or a value nested more than sixteen deep is refused with its line", "[toml]") {
  struct Row {
    std::string toml;
    std::size_t line; ///< 0: no trouble
  };

  const auto row = GENERATE(values<Row>({
      {repeated("a.", 50'000) + "a = 1\n", 1},
      {"\n[" + repeated("a.", 50'000) + "a]\n", 2},
      {repeated("\"a\" . ", 50'000) + "a = 1\n", 1},
      {"x = 1\na = " + repeated("[", 50'000) + "\n", 2},
      {"a = " + repeated("{a=", 50'000) + "\n", 1},
      {"a = \"\"\"\n\n\"\"\"\nb = " + repeated("[", 17), 4},
      {"a = [\"\"\"x\"\"\"\", {" + repeated("a.", 50) + "a = 1}]\n", 1},
      {"a = ['''x''''', {" + repeated("a.", 50) + "a = 1}]\n", 1},
      {"a = \"not closed\n" + repeated("a.", 50) + "a = 1\n", 2},
      {repeated("a.", 15) + "a = 1\n", 0},
      {repeated("a.", 16) + "a = 1\n", 1},
      {repeated("[[product]]\nx = [1.5, 2.5, \"3.5\"]\n", 1000), 0},
      {repeated("a.b = 1.5\n", 1000), 0},
      {"a = \"" + repeated(".[", 100) + "\\\"" + repeated(".[", 100) + "\"\n", 0},
      {"a = '" + repeated(".[", 100) + "\\'\n# " + repeated("..[[", 100) + "\n", 0},
      {"a = \"\"\"\n" + repeated("... \" [[\n", 100) + "\"\"\"\n", 0},
      {"\"", 0},
      {"\"\"\"", 0},
      {"", 0},
  }));
  CAPTURE(row.toml.substr(0, 100));
  const auto trouble = parse::toml_depth_trouble(row.toml);
  CHECK((trouble ? trouble->line : 0) == row.line);
}

TEST_CASE("a register of 50,000 dotted steps is malformed", "[toml]") {
  const auto read = parse::parse_register(repeated("a.", 50'000) + "a = 1\n", "products.toml");
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::malformed);
  CHECK(read.error().message.find("products.toml:1: nested more than 16 deep") == 0);
}
