// Labels of paragraphs against two readings by others: RegML and the eRegs trees of 12 CFR 1013.
#include "tests/parse/annual/annual_support.hpp"
#include "tests/parse/annual/regml_reader.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace {

using regtrail::Node;
using regtrail::NodeKind;
using regtrail::Unit;

/// Our paragraphs of all sections under RegML's labels: "12 CFR 1013.2(e)(1)" is 1013-2-e-1.
std::map<std::string, std::string> labelled(const std::vector<Unit>& units) {
  std::map<std::string, std::string> texts;
  const std::function<void(const Node&, const std::string&)> walk = [&](const Node& node,
                                                                        const std::string& label) {
    int undesignated = 0;
    for (const Node& child : node.children) {
      if (child.kind != NodeKind::paragraph) {
        continue;
      }
      std::string step = child.designator;
      if (step.empty()) {
        step = "p" + std::to_string(++undesignated);
      } else {
        step = step.substr(1, step.size() - 2);
      }
      texts.emplace(label + "-" + step, child.text);
      walk(child, label + "-" + step);
    }
  };
  for (const Unit& unit : units) {
    if (unit.id.kind() == regtrail::CitationKind::section) {
      std::string label = unit.id.name();
      std::replace(label.begin(), label.end(), '.', '-');
      walk(unit.root, label);
    }
  }
  return texts;
}

std::map<std::string, std::string> our_labels(const std::string& part) {
  const auto path = annual::corpus() / ("cfr-annual/CFR-2012-title12-vol8-part" + part + ".xml");
  return labelled(annual::parsed(annual::read_file(path), path.filename()).content.units);
}

bool same_beginning(std::string_view left, std::string_view right) {
  const std::size_t length = std::min<std::size_t>({left.size(), right.size(), 30});
  return left.empty() == right.empty() && left.substr(0, length) == right.substr(0, length);
}

} // namespace

TEST_CASE("974 of RegML's 978 hand-checked labels are ours, the other four are explained",
          "[regml]") {
  NEEDS_CORPUS("regression/regml");
  std::size_t total = 0;
  std::vector<std::string> disagreements;
  std::vector<std::string> unknown_there;
  for (const auto& [part, document] : {std::pair<std::string, std::string>{"1010", "2011-31713"},
                                       {"1012", "2011-31713"},
                                       {"1013", "2011-31723"}}) {
    auto ours = our_labels(part);
    const auto path =
        annual::corpus() / ("regression/regml/regulation/" + part + "/" + document + ".xml");
    for (const auto& paragraph :
         regml::paragraphs(annual::read_file(path), "paragraph", "section")) {
      ++total;
      const auto found = ours.find(paragraph.label);
      if (found == ours.end() ||
          !same_beginning(regml::folded(paragraph.text), regml::folded(found->second))) {
        disagreements.push_back(paragraph.label);
      } else {
        ours.erase(found);
      }
    }
    for (const auto& left_over : ours) {
      unknown_there.push_back(left_over.first);
    }
  }
  CHECK(total == 978);
  // RegML hangs this one list below the words that introduce it, though it has the lists of
  // 1012.215 and 1012.225, introduced alike, under the section; the law is cited "1012.205(a)"
  CHECK(disagreements == std::vector<std::string>{
                             "1012-205-p1-a", "1012-205-p1-b", "1012-205-p1-c", "1012-205-p1-d"});
  // and RegML left out the introductory words of 12 CFR 1010.105
  CHECK(unknown_there ==
        std::vector<std::string>{
            "1010-105-p1", "1012-205-a", "1012-205-b", "1012-205-c", "1012-205-d"});
}

TEST_CASE("all labels of the official interpretations of 12 CFR 1013 are RegML's, in its order",
          "[regml]") {
  NEEDS_CORPUS("regression/regml");
  std::vector<std::string> theirs;
  for (const auto& paragraph : regml::paragraphs(
           annual::read_file(annual::corpus() / "regression/regml/regulation/1013/2011-31723.xml"),
           "interpParagraph",
           "interpretations")) {
    if (!paragraph.marker.empty()) {
      // "1013-2-b-Interp-1-i" is 1.i under its heading; headings are "h1" where they have no label
      std::string path = paragraph.label.substr(paragraph.label.find("Interp-") + 7);
      path = path.front() == 'h' ? path.substr(path.find('-') + 1) : path;
      theirs.push_back(path + " " + regml::folded(paragraph.text).substr(0, 30));
    }
  }
  std::vector<std::string> ours;
  const std::function<void(const Node&, const std::string&)> walk = [&](const Node& node,
                                                                        const std::string& above) {
    for (const Node& child : node.children) {
      const bool designated = child.kind == NodeKind::paragraph && !child.designator.empty();
      const std::string path = above.empty() ? child.designator : above + "-" + child.designator;
      if (designated) {
        ours.push_back(path + " " + regml::folded(child.text).substr(0, 30));
      }
      walk(child, designated ? path : "");
    }
  };
  const auto part = annual::corpus() / "cfr-annual/CFR-2012-title12-vol8-part1013.xml";
  for (const Unit& unit : annual::parsed(annual::read_file(part)).content.units) {
    if (unit.id.to_string() == "Supplement I to Part 1013") {
      walk(unit.root, "");
    }
  }
  CHECK(theirs.size() == 209);
  CHECK(ours == theirs);
}

TEST_CASE("12 CFR 1013 has exactly the paragraphs of the published eRegs tree", "[regml]") {
  NEEDS_CORPUS("regression/published-diffs-1013/regulation/1013/2011-31723.json");
  const auto tree = nlohmann::json::parse(annual::read_file(
      annual::corpus() / "regression/published-diffs-1013/regulation/1013/2011-31723.json"));
  std::set<std::string> theirs;
  const std::function<void(const nlohmann::json&)> walk = [&](const nlohmann::json& node) {
    std::string label;
    for (const auto& step : node.at("label")) {
      label += (label.empty() ? "" : "-") + step.get<std::string>();
    }
    if (node.at("node_type") == "regtext" && node.at("label").size() > 2) {
      theirs.insert(label);
    }
    for (const auto& child : node.at("children")) {
      walk(child);
    }
  };
  walk(tree);
  std::set<std::string> ours;
  for (const auto& [label, text] : our_labels("1013")) {
    // the tree has introductory words in the text of the section, not as a paragraph
    if (label.find("-p1") == std::string::npos) {
      ours.insert(label);
    }
  }
  CHECK(theirs.size() == 126);
  CHECK(ours == theirs);
}
