// Differences of 12 CFR 1013 that another program published (eRegs), between every two of seven
// versions, against ours. Its trees and differences are label trees in JSON; the readers are here
// because no product of ours reads that form.
#include "diff/tree/tree_diff.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace regtrail::diff {

namespace {

using Json = nlohmann::json;

std::filesystem::path published_folder() {
  return regtrail::testing::corpus_path("regression/published-diffs-1013");
}

Json read_json(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return Json::parse(stream);
}

std::string text_or_empty(const Json& node, const char* field) {
  const auto found = node.find(field);
  return found != node.end() && found->is_string() ? found->get<std::string>() : "";
}

/// "1013-2-e-Interp-9-iv", the name under which a difference is published.
std::string joined_label(const Json& node) {
  std::string joined;
  for (const auto& part : node.at("label")) {
    joined += (joined.empty() ? "" : "-") + part.get<std::string>();
  }
  return joined;
}

struct Version {
  std::vector<Unit> units;
  std::map<std::string, std::string> citations; ///< label to citation
};

Node as_node(const Json& json) {
  Node node;
  node.text = text_or_empty(json, "text");
  if (const auto title = text_or_empty(json, "title"); !title.empty()) {
    Node heading;
    heading.kind = NodeKind::heading;
    heading.designator = "heading";
    heading.text = title;
    node.children.push_back(heading);
  }
  for (const auto& child : json.at("children")) {
    auto below = as_node(child);
    below.designator = "(" + child.at("label").back().get<std::string>() + ")";
    node.children.push_back(std::move(below));
  }
  return node;
}

void cite(const Json& json, const Node& node, const Citation& at, Version& version) {
  version.citations[joined_label(json)] = at.to_string();
  const auto steps = child_steps(node);
  const auto first = node.children.size() - json.at("children").size();
  for (std::size_t i = 0; i < json.at("children").size(); ++i) {
    cite(json.at("children")[i], node.children[first + i], at.child(steps[first + i]), version);
  }
}

Version read_version(const std::filesystem::path& file) {
  Version version;
  const auto part = read_json(file);
  for (const auto& json : part.at("children")) {
    Unit unit;
    unit.id = Citation::appendix("12", joined_label(json));
    unit.root = as_node(json);
    unit.root.kind = NodeKind::unit;
    rehash(unit.root);
    cite(json, unit.root, unit.id, version);
    version.units.push_back(std::move(unit));
  }
  return version;
}

bool is_at_or_below(const std::string& citation, const std::string& top) {
  return citation.starts_with(top) && (citation.size() == top.size() ||
                                       citation[top.size()] == '(' || citation[top.size()] == ' ');
}

bool is_told(const Change& change, const std::string& operation, const std::string& citation) {
  const auto at = change.at.to_string();
  const auto was = change.was ? change.was->to_string() : "";
  if (operation == "added") {
    return (change.kind == ChangeKind::added || change.was) && is_at_or_below(citation, at);
  }
  if (operation == "deleted") {
    return change.was ? is_at_or_below(citation, was)
                      : change.kind == ChangeKind::removed && is_at_or_below(citation, at);
  }
  return is_at_or_below(citation, at) || is_at_or_below(at, citation);
}

} // namespace

TEST_CASE("every difference that others published between versions of 12 CFR 1013 is told, and "
          "nothing else") {
  if (!std::filesystem::exists(published_folder())) {
    WARN("skipped: there is no " << published_folder());
    return;
  }
  std::map<std::string, Version> versions;
  for (const auto& entry :
       std::filesystem::directory_iterator(published_folder() / "regulation/1013")) {
    versions[entry.path().stem().string()] = read_version(entry.path());
  }

  int published = 0;
  int told = 0;
  int beyond = 0;
  int pairs = 0;
  for (const auto& [before_name, before] : versions) {
    for (const auto& [after_name, after] : versions) {
      const auto file = published_folder() / "diff/1013" / before_name / (after_name + ".json");
      if (!std::filesystem::exists(file)) {
        continue;
      }
      ++pairs;
      const auto differences = read_json(file);
      const auto ours = diff_units(before.units, after.units, {});
      std::vector<bool> accounted(ours.changes.size(), false);
      for (const auto& [label, difference] : differences.items()) {
        ++published;
        const auto operation = difference.at("op").get<std::string>();
        const auto& side = operation == "deleted" ? before : after;
        bool found = false;
        for (std::size_t i = 0; i < ours.changes.size(); ++i) {
          if (is_told(ours.changes[i], operation, side.citations.at(label))) {
            accounted[i] = true;
            found = true;
          }
        }
        INFO(before_name << " to " << after_name << ": " << operation << " " << label);
        CHECK(found);
        told += found ? 1 : 0;
      }
      for (std::size_t i = 0; i < ours.changes.size(); ++i) {
        if (!accounted[i]) {
          UNSCOPED_INFO(before_name << " to " << after_name << ": "
                                    << to_string(ours.changes[i].kind) << " "
                                    << ours.changes[i].at.to_string());
          ++beyond;
        }
      }
    }
  }
  CHECK(pairs == 49);
  CHECK(told == published);
  CHECK(beyond == 0);
  WARN(pairs << " pairs, " << told << " of " << published << " published differences told, "
             << beyond << " beyond them");
}

} // namespace regtrail::diff
