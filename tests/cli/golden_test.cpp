// Transcripts: what a user types and what the program answers, compared word for word.
//
//   # a comment
//   $ regtrail diff 744.23 --exit-code     a command; words may stand in "quotes"
//     indented lines                       its standard output
//   ! regtrail: cannot ...                 its standard error
//   [2]                                    its exit code, unless 0
//
// All commands of a file run in one home; SAMPLE stands for the sample mirror and HOME for the
// home. REGTRAIL_UPDATE_GOLDEN=1 (target update-golden) writes the answers into the files.
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"

using namespace regtrail::cli::testing;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  bool quoted = false;
  bool open = false;
  for (const char c : command) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      open = false;
      continue;
    }
    if (!open) {
      words.emplace_back();
      open = true;
    }
    if (c != '"') {
      words.back() += c;
    }
  }
  return words;
}

/// The transcript that really happens when the commands of `wanted` run.
std::string play(const std::string& wanted) {
  const std::string sample = regtrail::testing::source_path("sample").string();
  Program program;
  program.set("REGTRAIL_NOW", "2026-10-21");
  std::string happened;
  const auto tell = [&](const char* prefix, const std::string& output) {
    const std::string shown =
        replaced(replaced(output, sample, "SAMPLE"), program.home().path().string(), "HOME");
    for (const std::string& line : lines_of(shown)) {
      happened += line.empty() && *prefix == ' ' ? "\n" : prefix + line + "\n";
    }
  };
  for (const std::string& line : lines_of(wanted)) {
    if (line.starts_with("#")) {
      happened += line + "\n";
    }
    if (!line.starts_with("$ regtrail")) {
      continue;
    }
    happened += line + "\n";
    std::vector<std::string> arguments = words_of(replaced(
        replaced(line.substr(2), "SAMPLE", sample), "HOME", program.home().path().string()));
    arguments.erase(arguments.begin());
    const Outcome outcome = program.run(arguments);
    tell("  ", outcome.out);
    tell("! ", outcome.err);
    happened += outcome.code == 0 ? "" : "[" + std::to_string(outcome.code) + "]\n";
  }
  return happened;
}

} // namespace

TEST_CASE("the program answers as its transcripts say", "[golden]") {
  const std::filesystem::path folder = regtrail::testing::source_path("tests/cli/golden");
  const std::string name = GENERATE("help.txt",
                                    "first_minute.txt",
                                    "changes.txt",
                                    "lookups.txt",
                                    "versions.txt",
                                    "watches.txt",
                                    "errors.txt");
  CAPTURE(name);
  std::ifstream file(folder / name, std::ios::binary);
  REQUIRE(file.good());
  std::ostringstream wanted;
  wanted << file.rdbuf();
  const std::string happened = play(wanted.str());
  if (std::getenv("REGTRAIL_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(folder / name, std::ios::binary) << happened;
    return;
  }
  CHECK(happened == wanted.str());
}
