// Laws that hold for every real file: every node has its own citation and is found by it.
#include "parse/ecfr_xml.hpp"
#include "parse/unit_text.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

using namespace regtrail;

namespace {

std::vector<std::filesystem::path> ecfr_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(regtrail::testing::corpus_path() / "ecfr")) {
    if (entry.path().extension() == ".xml") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

parse::EcfrDocument parsed(const std::filesystem::path& path) {
  parse::EcfrOptions options;
  options.source_name = path.filename().string();
  auto document = parse::parse_ecfr(regtrail::testing::read_file(path), options);
  INFO(path);
  REQUIRE(document.has_value());
  return std::move(*document);
}

void collect(const Node& node, const Citation& at, std::map<std::string, int>& seen) {
  ++seen[at.to_string()];
  const std::vector<Step> steps = child_steps(node);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    collect(node.children[i], at.child(steps[i]), seen);
  }
}

} // namespace

TEST_CASE("no two nodes of a real unit share a citation", "[corpus]") {
  NEEDS_CORPUS("ecfr");
  for (const auto& path : ecfr_files()) {
    for (const Unit& unit : parsed(path).units) {
      std::map<std::string, int> seen;
      collect(unit.root, unit.id, seen);
      for (const auto& [citation, times] : seen) {
        INFO(path.filename() << " " << citation);
        CHECK(times == 1);
      }
    }
  }
}

TEST_CASE("every node is found again by its printed citation", "[corpus]") {
  NEEDS_CORPUS("ecfr");
  for (const auto& path : ecfr_files()) {
    for (const Unit& unit : parsed(path).units) {
      if (unit.id.kind() == CitationKind::part) {
        continue; // reserved parts are printed as ranges: "Parts 23-49"
      }
      std::map<std::string, int> seen;
      collect(unit.root, unit.id, seen);
      for (const auto& [citation, times] : seen) {
        INFO(path.filename() << " " << citation);
        const auto read_back = Citation::parse(citation);
        REQUIRE(read_back.has_value());
        CHECK(find_node(unit.root, unit.id, *read_back) != nullptr);
      }
    }
  }
}

TEST_CASE("what is not understood in the EAR is known one by one", "[corpus]") {
  NEEDS_CORPUS("ecfr/title-15-part-740_2026-09-01.xml");
  std::set<std::string> problems;
  std::size_t nodes = 0;
  for (const auto& path : ecfr_files()) {
    if (path.filename().string().rfind("title-15", 0) != 0) {
      continue;
    }
    for (const Unit& unit : parsed(path).units) {
      nodes += count_nodes(unit.root);
      for (const NotUnderstood& problem : unit.not_understood) {
        problems.insert(problem.at.to_string() + ": " + problem.what);
      }
    }
  }
  // the law has two paragraphs (b)(2) in 740.21
  CHECK(problems == std::set<std::string>{"15 CFR 740.21(b)(2) #2: the designator is repeated"});
  CHECK(nodes > 12'000);
}

TEST_CASE("each unit is read again from its own bytes as it was read from the whole file",
          "[corpus]") {
  for (const std::filesystem::path& path : ecfr_files()) {
    const std::string bytes = regtrail::testing::read_file(path);
    const auto document = parsed(path);
    std::map<Citation, int> bearers;
    for (const Unit& unit : document.units) {
      ++bearers[unit.id];
    }
    for (const Unit& unit : document.units) {
      INFO(path << ' ' << unit.id.to_string());
      auto again = parse::parse_unit(bytes, unit.id, unit.ranges);
      REQUIRE(again.has_value());
      if (bearers[unit.id] == 1 && again->not_understood.size() != unit.not_understood.size()) {
        again->not_understood = unit.not_understood; // says that it was printed twice
      }
      CHECK(again->root == unit.root);
      CHECK(again->notes == unit.notes);
      CHECK(again->raw == unit.raw);
    }
  }
}
