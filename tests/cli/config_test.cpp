#include "cli/config.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>

#include "support.hpp"

using namespace regtrail;
using namespace regtrail::cli;
using Catch::Matchers::Contains;

namespace {

std::string error_of(std::string_view toml) {
  const auto config = parse_config(toml, "config.toml");
  return config ? "" : config.error().message;
}

constexpr std::string_view complete = R"(
[http]
contact = "team@example.co.jp"
proxy = "http://proxy.example:8080"
ca_bundle = "/ca.pem"

[sync]
sources = ["ecfr"]
parts = ["734", "744", "22 CFR 121"]

[smtp]
url = "smtp://mail.example:587"
from = "regtrail <regtrail@example.co.jp>"
user = "someone"
password_env = "SECRET"
security = "starttls"
ca_file = "mail.pem"

[[subscriber]]
name = "desk"
to = "desk@example.co.jp"
lang = "ja"
categories = ["vacuum-valves"]
kinds = ["added", "threshold"]
directions = ["tightened"]
min_severity = 3
schedule = "immediate"

[categories]
file = "ours.toml"
)";

} // namespace

TEST_CASE("a configuration with every key is read in full", "[config]") {
  const auto config = parse_config(complete, "/etc/regtrail/config.toml");
  REQUIRE(config);
  CHECK(config->http.contact == "team@example.co.jp");
  CHECK(config->http.proxy == "http://proxy.example:8080");
  CHECK(config->http.ca_bundle == "/ca.pem");
  CHECK(config->sync.sources == std::vector<std::string>{"ecfr"});
  CHECK(config->sync.parts == std::vector<sync::PartName>{{15, "734"}, {15, "744"}, {22, "121"}});
  REQUIRE(config->smtp);
  CHECK(config->smtp->url == "smtp://mail.example:587");
  CHECK(config->smtp->from == "regtrail <regtrail@example.co.jp>");
  CHECK(config->smtp->user == "someone");
  CHECK(config->smtp->password_env == "SECRET");
  CHECK(config->smtp->security == delivery::SmtpOptions::Security::starttls);
  CHECK(config->smtp->ca_file == "mail.pem");
  REQUIRE(config->subscribers.size() == 1);
  const delivery::Subscriber& desk = config->subscribers[0].subscriber;
  CHECK(desk.name == "desk");
  CHECK(desk.to == "desk@example.co.jp");
  CHECK(desk.language == render::Language::ja);
  CHECK(desk.categories == std::vector<std::string>{"vacuum-valves"});
  CHECK(desk.kinds == std::vector<std::string>{"added", "threshold"});
  CHECK(desk.directions == std::vector<std::string>{"tightened"});
  CHECK(desk.min_severity == 3);
  CHECK(desk.schedule == delivery::Schedule::immediate);
  CHECK(config->register_files.categories == "ours.toml");
}

TEST_CASE("the configuration that init writes is right and says nothing", "[config]") {
  const auto config = parse_config(starter_config(), "config.toml");
  REQUIRE(config);
  CHECK(config->subscribers.empty());
  CHECK_FALSE(config->smtp);
  CHECK(config->sync.sources == std::vector<std::string>{"ecfr", "federal-register"});
}

TEST_CASE("the commented lines of the starter configuration are right when uncommented",
          "[config]") {
  std::string text;
  std::string_view rest = starter_config();
  while (!rest.empty()) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t equals = line.find(" = ");
    const bool key = equals != std::string_view::npos &&
                     line.substr(2, equals - 2).find(' ') == std::string_view::npos;
    if (line.starts_with("# [") || (line.starts_with("# ") && key)) {
      line.remove_prefix(2);
    }
    text += std::string(line) + "\n";
  }
  INFO(text);
  const auto config = parse_config(text, "config.toml");
  REQUIRE(config);
  CHECK(config->smtp);
  CHECK(config->subscribers.size() == 1);
}

TEST_CASE("a wrong configuration is refused with its line and the remedy", "[config]") {
  struct Row {
    const char* toml;
    const char* place;
    const char* message;
  };

  const Row row = GENERATE(values<Row>({
      {"[http]\ncontct = \"x\"",
       "config.toml:2:",
       "unknown key 'contct' in [http]; did you mean "
       "'contact'?"},
      {"\n\n[htp]\ncontact = \"x\"", "config.toml:3:", "unknown key 'htp'"},
      {"http = 1", "config.toml:1:", "'http' must be a table"},
      {"[http]\nproxy = 8080", "config.toml:2:", "'proxy' must be a string"},
      {"[http]\ncontact = \"a\\nb\"", "config.toml:2:", "control characters"},
      {"[sync]\nsources = [\"fr\"]", "config.toml:2:", "unknown source 'fr'"},
      {"[sync]\nparts = [744]", "config.toml:2:", "'parts' must be a list of strings"},
      {"[sync]\nparts = \"744\"", "config.toml:2:", "'parts' must be a list of strings"},
      {"[sync]\nparts = [\"744\", \"22 CFR 121.1\"]",
       "config.toml:2:",
       "give the part that holds it: \"22 CFR 121\""},
      {"[sync]\nparts = [\"EAR\"]", "config.toml:2:", "'EAR' is not the number of a CFR part"},
      {"[smtp]\nfrom = \"a@b\"", "config.toml:1:", "[smtp] needs 'url'"},
      {"[smtp]\nurl = \"smtp://m\"", "config.toml:1:", "[smtp] needs 'from'"},
      {"[smtp]\nurl = \"mail:25\"\nfrom = \"a@b\"", "config.toml:2:", "not a mail server"},
      {"[smtp]\nurl = \"smtp://u:p@m\"\nfrom = \"a@b\"", "config.toml:2:", "must not hold a login"},
      {"[smtp]\nurl = \"smtp://m\"\nfrom = \"nobody\"", "config.toml:3:", "is not a mail address"},
      {"[smtp]\nurl = \"smtp://m\"\nfrom = \"a@b\"\nsecurity = \"ssl\"",
       "config.toml:4:",
       "must be 'starttls', 'tls' or 'none', not 'ssl'"},
      {"[smtp]\nurl = \"smtps://m\"\nfrom = \"a@b\"\nsecurity = \"none\"",
       "config.toml:4:",
       "needs security = \"tls\""},
      {"[smtp]\nurl = \"smtp://m\"\nfrom = \"a@b\"\npassword = \"x\"",
       "config.toml:4:",
       "unknown key 'password'"},
      {"[smtp]\nurl = \"smtp://m\"\nfrom = \"a@b\"\npassword_env = \"A\"\npassword_file = \"b\"",
       "config.toml:5:",
       "exclude each other"},
      {"[subscriber]\nname = \"x\"", "config.toml:1:", "[[subscriber]]"},
      {"[[subscriber]]\nto = \"a@b\"", "config.toml:1:", "needs 'name'"},
      {"[[subscriber]]\nname = \"x\"", "config.toml:1:", "needs 'to'"},
      {"[[subscriber]]\nname = \"x\"\nto = \"X <a@b>\"", "config.toml:3:", "bare mail address"},
      {"[[subscriber]]\nname = \"x\"\nto = \"compliance@日本.jp\"", "config.toml:3:", "xn--"},
      {"[[subscriber]]\nname = \"x\"\nto = \"加藤@example.co.jp\"", "config.toml:3:", "not ASCII"},
      {"[smtp]\nurl = \"smtp://m\"\nfrom = \"貿易 <a@日本.jp>\"", "config.toml:3:", "xn--"},
      {"[[subscriber]]\nname = \"x\"\nto = \"a@b\"\nlang = \"de\"",
       "config.toml:4:",
       "must be 'ja' or 'en', not 'de'"},
      {"[[subscriber]]\nname = \"x\"\nto = \"a@b\"\nmin_severity = 9",
       "config.toml:4:",
       "from 1 to 5"},
      {"[[subscriber]]\nname = \"x\"\nto = \"a@b\"\nkinds = [\"adde\"]",
       "config.toml:4:",
       "'kinds' holds 'adde'; did you mean 'added'?"},
      {"[[subscriber]]\nname = \"x\"\nto = \"a@b\"\nschedule = \"weekly\"",
       "config.toml:4:",
       "must be 'daily' or 'immediate'"},
      {"[[subscriber]]\nname = \"x\"\nto = \"a@b\"\n[[subscriber]]\nname = \"x\"\nto = \"c@d\"",
       "config.toml:4:",
       "is there twice"},
      {"[categories]\nfile = 3", "config.toml:2:", "'file' must be a string"},
      {"[http\ncontact = 1", "config.toml:1:", ""},
      {"[http]\ncontact = \"x\ny", "config.toml:2:", ""},
  }));
  CAPTURE(row.toml);
  const std::string error = error_of(row.toml);
  CHECK_THAT(error, Contains(std::string("cannot read ") + row.place));
  CHECK_THAT(error, Contains(row.message));
}

TEST_CASE("of several troubles the first one in the file is told", "[config]") {
  const std::string error = error_of("[smtp]\nzzz = 1\nurl = \"smtp://m\"\nfrom = \"a@b\"\n"
                                     "[http]\naaa = 1\n");
  CHECK_THAT(error, Contains("config.toml:2:") && Contains("zzz"));
}

TEST_CASE("a subscriber of a category that the register lacks is an error with its line",
          "[config]") {
  const auto config = parse_config(complete, "config.toml");
  REQUIRE(config);
  Register categories;
  categories.categories.resize(2);
  categories.categories[0].id = "lenses";
  categories.categories[1].id = "vacuum-pumps";
  const auto checked = check_subscribers(*config, categories);
  REQUIRE_FALSE(checked);
  CHECK_THAT(checked.error().message,
             Contains("config.toml:23:") && Contains("'vacuum-valves'") &&
                 Contains("near: 'vacuum-pumps'"));
  categories.categories[0].id = "vacuum-valves";
  CHECK(check_subscribers(*config, categories));
}

TEST_CASE("only a configuration that somebody named must exist", "[config]") {
  const cli::testing::TempDir folder;
  const auto missing = folder.path() / "config.toml";
  const auto defaults = load_config({missing, ChosenPath::By::convention});
  REQUIRE(defaults);
  CHECK(defaults->path == missing);
  const auto error = load_config({missing, ChosenPath::By::user});
  REQUIRE_FALSE(error);
  CHECK(error.error().kind == ErrorKind::not_found);
  CHECK_THAT(error.error().message, Contains(missing.string()) && Contains("regtrail init"));
}

TEST_CASE("a password comes from the environment or from a file that others cannot read",
          "[config]") {
  namespace fs = std::filesystem;
  const cli::testing::TempDir folder;
  const std::string server = "[smtp]\nurl = \"smtp://m\"\nfrom = \"N <n@m.example>\"\n";

  SECTION("the environment") {
    const auto config = parse_config(server + "password_env = \"SECRET\"", folder.path() / "c");
    REQUIRE(config);
    const auto options = smtp_options(
        *config, Environment(std::map<std::string, std::string>{{"SECRET", "hunter2"}}));
    REQUIRE(options);
    CHECK(options->password == "hunter2");
    CHECK(options->from == "n@m.example");
    const auto unset = smtp_options(*config, Environment());
    REQUIRE_FALSE(unset);
    CHECK_THAT(unset.error().message, Contains("'SECRET'") && Contains("is not set"));
  }
  SECTION("a file beside the configuration, without its line end") {
    const auto config = parse_config(server + "password_file = \"pw\"", folder.path() / "c");
    REQUIRE(config);
    const auto file = folder.write("pw", "hunter2\n");
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    const auto options = smtp_options(*config, Environment());
    REQUIRE(options);
    CHECK(options->password == "hunter2");
    for (const fs::perms open : {fs::perms::group_read, fs::perms::others_read}) {
      fs::permissions(file, fs::perms::owner_read | open);
      const auto refused = smtp_options(*config, Environment());
      REQUIRE_FALSE(refused);
      CHECK_THAT(refused.error().message, Contains("chmod 600") && !Contains("hunter2"));
    }
    fs::remove(file);
    const auto missing = smtp_options(*config, Environment());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::not_found);
  }
  SECTION("no server at all") {
    const auto config = parse_config("", folder.path() / "c");
    const auto none = smtp_options(*config, Environment());
    REQUIRE_FALSE(none);
    CHECK_THAT(none.error().message, Contains("[smtp]"));
  }
}

TEST_CASE("an smtps server means TLS from the first byte without saying so", "[config]") {
  const auto config = parse_config("[smtp]\nurl = \"smtps://m\"\nfrom = \"a@b\"", "c");
  REQUIRE(config);
  CHECK(config->smtp->security == delivery::SmtpOptions::Security::tls);
}
