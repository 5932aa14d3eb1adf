#include "cli/paths.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <utility>

using namespace regtrail;
using namespace regtrail::cli;

namespace {

Environment of(std::map<std::string, std::string> variables) {
  return Environment(std::move(variables));
}

} // namespace

TEST_CASE("an option beats the variable, which beats XDG, which beats HOME", "[paths]") {
  const Environment home = of({{"HOME", "/home/u"}});
  const Environment xdg =
      of({{"HOME", "/home/u"}, {"XDG_CONFIG_HOME", "/c"}, {"XDG_DATA_HOME", "/d"}});
  const Environment all = of({{"HOME", "/home/u"},
                              {"XDG_CONFIG_HOME", "/c"},
                              {"XDG_DATA_HOME", "/d"},
                              {"REGTRAIL_CONFIG", "/v.toml"},
                              {"REGTRAIL_DB", "/v.db"}});
  CHECK(config_path("", home)->path == "/home/u/.config/regtrail/config.toml");
  CHECK(database_path("", home)->path == "/home/u/.local/share/regtrail/regtrail.db");
  CHECK(config_path("", xdg)->path == "/c/regtrail/config.toml");
  CHECK(database_path("", xdg)->path == "/d/regtrail/regtrail.db");
  CHECK(config_path("", all)->path == "/v.toml");
  CHECK(database_path("", all)->path == "/v.db");
  CHECK(config_path("o.toml", all)->path == "o.toml");
  CHECK(database_path("o.db", all)->path == "o.db");
}

TEST_CASE("what the user named must exist, what convention names need not", "[paths]") {
  const Environment home = of({{"HOME", "/home/u"}});
  CHECK(config_path("", home)->by == ChosenPath::By::convention);
  CHECK(config_path("x", home)->by == ChosenPath::By::user);
  CHECK(config_path("", of({{"REGTRAIL_CONFIG", "x"}}))->by == ChosenPath::By::user);
}

TEST_CASE("a relative XDG folder is ignored as its specification wants", "[paths]") {
  const Environment odd = of({{"HOME", "/home/u"}, {"XDG_CONFIG_HOME", "rel"}});
  CHECK(config_path("", odd)->path == "/home/u/.config/regtrail/config.toml");
}

TEST_CASE("without HOME the error says what to give", "[paths]") {
  const auto path = database_path("", Environment());
  REQUIRE_FALSE(path);
  CHECK_THAT(path.error().message, Catch::Matchers::Contains("--db FILE"));
}

TEST_CASE("paths in the configuration are relative to its folder or to home", "[paths]") {
  const Environment home = of({{"HOME", "/home/u"}});
  CHECK(expand_path("x.toml", "/etc/r", home) == "/etc/r/x.toml");
  CHECK(expand_path("/x.toml", "/etc/r", home) == "/x.toml");
  CHECK(expand_path("~/x.toml", "/etc/r", home) == "/home/u/x.toml");
  CHECK(shown_path("/home/u/x", home) == "~/x");
  CHECK(shown_path("/home/user/x", home) == "/home/user/x");
}
