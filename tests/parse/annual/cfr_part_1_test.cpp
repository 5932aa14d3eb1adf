// 37 CFR part 1 in five consecutive years, and the other real parts: nothing lost, one path each.
#include "tests/parse/annual/annual_support.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace {

using annual::lines_of;
using regtrail::Node;
using regtrail::NodeKind;
using regtrail::Unit;

std::vector<std::filesystem::path> real_parts() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(annual::corpus() / "cfr-annual")) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::vector<Unit> units_of(const std::filesystem::path& path) {
  return annual::parsed(annual::read_file(path), path.filename()).content.units;
}

/// Citations of designated paragraphs, each as often as it is met.
std::map<std::string, int> paragraph_paths(const Unit& unit) {
  std::map<std::string, int> paths;
  const std::function<void(const Node&, const std::string&)> walk = [&](const Node& node,
                                                                        const std::string& at) {
    for (const Node& child : node.children) {
      if (child.kind == NodeKind::paragraph && !child.designator.empty()) {
        ++paths[at + child.designator];
        walk(child, at + child.designator);
      }
    }
  };
  walk(unit.root, unit.id.to_string());
  return paths;
}

/// Letters and digits of the text below `node`, page numbers and contents left out.
void collect(const pugi::xml_node& node, std::map<char, std::size_t>& counts) {
  static const std::set<std::string> left_out = {
      "FDSYS", "CONTENTS", "EAR", "GID", "FTREF", "SECHD"};
  for (const auto& child : node.children()) {
    if (child.type() == pugi::node_element && left_out.count(child.name()) == 0) {
      collect(child, counts);
    } else if (child.type() == pugi::node_pcdata) {
      for (const char c : std::string_view(child.value())) {
        counts[c] += std::isalnum(static_cast<unsigned char>(c)) != 0 ? 1U : 0U;
      }
    }
  }
}

void collect(const std::string& text, std::map<char, std::size_t>& counts) {
  for (const char c : text) {
    counts[c] += std::isalnum(static_cast<unsigned char>(c)) != 0 ? 1U : 0U;
  }
}

void collect(const Node& node, std::map<char, std::size_t>& counts) {
  // head cells are printed once, under a node of their own
  collect(node.label, counts);
  if (node.kind != NodeKind::figure) {
    collect(node.text, counts);
  }
  for (const Node& child : node.children) {
    collect(child, counts);
  }
}

} // namespace

TEST_CASE("no paragraph of 37 CFR part 1 has the path of another in any of five years",
          "[corpus]") {
  NEEDS_CORPUS("cfr-annual");
  const auto [year, paragraphs] = GENERATE(table<int, std::size_t>(
      {{2009, 2475}, {2010, 2369}, {2011, 2369}, {2012, 2381}, {2013, 2410}}));
  const auto path =
      annual::corpus() / ("cfr-annual/CFR-" + std::to_string(year) + "-title37-vol1-part1.xml");
  INFO(path);
  std::size_t found = 0;
  std::vector<std::string> repeated;
  std::vector<std::string> not_understood;
  for (const Unit& unit : units_of(path)) {
    for (const auto& [citation, times] : paragraph_paths(unit)) {
      found += static_cast<std::size_t>(times);
      if (times > 1) {
        repeated.push_back(citation);
      }
    }
    for (const auto& problem : unit.not_understood) {
      not_understood.push_back(problem.at.to_string() + ": " + problem.what);
    }
  }
  CHECK(found == paragraphs);
  CHECK(repeated == std::vector<std::string>{});
  // in 2013 the edition sets 1.445(a)(2) and (3) in the rows of a table of fees
  const auto expected =
      year == 2013 ? std::vector<std::string>{"37 CFR 1.445(a)(4): members are missing before this "
                                              "designator"}
                   : std::vector<std::string>{};
  CHECK(not_understood == expected);
}

TEST_CASE("every citation in a real part of the annual CFR names one node", "[corpus]") {
  NEEDS_CORPUS("cfr-annual");
  for (const auto& path : real_parts()) {
    INFO(path);
    std::set<std::string> ids;
    for (const Unit& unit : units_of(path)) {
      INFO(unit.id.to_string());
      CHECK(ids.insert(unit.id.to_string()).second);
      std::set<std::string> citations;
      for (const std::string& line : lines_of(unit)) {
        CHECK(citations.insert(line.substr(0, line.find(" | "))).second);
      }
    }
  }
}

TEST_CASE("no letter or digit of a real part of the annual CFR is lost", "[corpus]") {
  NEEDS_CORPUS("cfr-annual");
  for (const auto& path : real_parts()) {
    INFO(path);
    const std::string bytes = annual::read_file(path);
    pugi::xml_document document;
    REQUIRE(document.load_string(bytes.c_str()));
    std::map<char, std::size_t> printed;
    collect(document, printed);
    std::map<char, std::size_t> kept;
    for (const Unit& unit : units_of(path)) {
      collect(unit.root, kept);
      for (const auto& note : unit.notes) {
        collect(note.text, kept);
      }
    }
    for (const auto& [character, count] : printed) {
      INFO(character);
      CHECK(kept[character] >= count);
    }
  }
}

TEST_CASE("consecutive years of a section that did not change have equal trees", "[corpus]") {
  NEEDS_CORPUS("cfr-annual");
  std::map<std::string, regtrail::Hash128> before;
  for (const Unit& unit :
       units_of(annual::corpus() / "cfr-annual/CFR-2011-title37-vol1-part1.xml")) {
    before.emplace(unit.id.to_string(), unit.root.normalised);
  }
  std::size_t equal = 0;
  std::vector<std::string> changed;
  for (const Unit& unit :
       units_of(annual::corpus() / "cfr-annual/CFR-2012-title37-vol1-part1.xml")) {
    const auto found = before.find(unit.id.to_string());
    if (found != before.end() && found->second == unit.root.normalised) {
      ++equal;
    } else {
      changed.push_back(unit.id.to_string());
    }
  }
  CHECK(equal == 315);
  CHECK(changed == std::vector<std::string>{"37 CFR 1.16",
                                            "37 CFR 1.17",
                                            "37 CFR 1.19",
                                            "37 CFR 1.102",
                                            "37 CFR 1.197",
                                            "37 CFR 1.445",
                                            "37 CFR 1.704",
                                            "37 CFR 1.824",
                                            "37 CFR 1.913",
                                            "37 CFR 1.915",
                                            "37 CFR 1.923",
                                            "37 CFR 1.927",
                                            "37 CFR 1.931"});
}
