// Real documents against the starter register: who is told of them by what they say.
#include "tests/diff/relevance/support.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

using namespace regtrail;
using namespace regtrail::test;

namespace {

using Ids = std::set<std::string>;

struct Label {
  Ids must;
  Ids may;
  Ids outside = {}; ///< categories that the label's author did not know
};

Ids words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

/// document_labels.tsv by number.
std::map<std::string, Label> labels() {
  std::istringstream in(regtrail::testing::read_file(
      regtrail::testing::source_path("tests/diff/relevance/document_labels.tsv")));
  std::map<std::string, Label> result;
  for (std::string line; std::getline(in, line);) {
    const std::size_t first = line.find('\t');
    if (line.empty() || line[0] == '#' || first == std::string::npos) {
      continue;
    }
    const std::size_t second = line.find('\t', first + 1);
    result[line.substr(0, first)] = {words(line.substr(first + 1, second - first - 1)),
                                     words(line.substr(second + 1))};
  }
  return result;
}

std::vector<nlohmann::json> lines_of(const std::string& name) {
  std::istringstream in(regtrail::testing::read_file(regtrail::testing::corpus_path(name)));
  std::vector<nlohmann::json> result;
  for (std::string line; std::getline(in, line);) {
    result.push_back(nlohmann::json::parse(line));
  }
  return result;
}

std::string string_of(const nlohmann::json& line, const char* key) {
  return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : "";
}

struct Score {
  int wanted = 0;
  int found = 0;
  int wrong = 0;
  std::string misses;

  void count(const Document& document, const Label& label) {
    Ids flagged;
    std::string why;
    for (const Hit& hit : shipped_matcher().match(document)) {
      if (hit.near) {
        continue;
      }
      flagged.insert(hit.category);
      if (label.outside.count(hit.category) != 0) {
        continue;
      }
      if (label.must.count(hit.category) == 0 && label.may.count(hit.category) == 0) {
        ++wrong;
        why += " +" + hit.category + " (" + hit.reasons.at(0).words + ")";
      }
    }
    for (const auto& id : label.must) {
      ++wanted;
      if (flagged.count(id) != 0) {
        ++found;
      } else {
        why += " -" + id;
      }
    }
    if (!why.empty()) {
      misses += "\n" + document.number + ' ' + document.title + ':' + why;
    }
  }
};

Document document(const std::string& title, const std::string& abstract = "") {
  Document result;
  result.number = "2026-10001";
  result.title = title;
  result.abstract = abstract;
  return result;
}

Ids flagged(const Document& one) {
  Ids ids;
  for (const Hit& hit : shipped_matcher().match(one)) {
    if (!hit.near) {
      ids.insert(hit.category);
    }
  }
  return ids;
}

} // namespace

TEST_CASE("documents of the agency are told to whom they concern", "[relevance][corpus]") {
  NEEDS_CORPUS("fr/bis-documents.jsonl");
  const auto known = labels();
  Score score;
  std::size_t labelled = 0;
  for (const auto& line : lines_of("fr/bis-documents.jsonl")) {
    const auto number = line.at("document_number").get<std::string>();
    labelled += known.count(number);
    auto one = document(string_of(line, "title"), string_of(line, "abstract"));
    one.number = number;
    score.count(one, known.at(number));
  }
  CHECK(labelled == 104);
  INFO(score.misses);
  CHECK(score.found == score.wanted);
  CHECK(score.found >= 9 * score.wrong);
}

TEST_CASE("openings of documents are told to whom they concern", "[relevance][corpus]") {
  NEEDS_CORPUS("fr/preambles/bis-preambles.jsonl");
  Score score;
  for (const auto& line : lines_of("fr/preambles/bis-preambles.jsonl")) {
    const auto& truth = line.at("truth");
    if (!truth.contains("categories_must") || truth["categories_must"].is_null()) {
      continue;
    }
    auto one = document(string_of(line, "title"), string_of(line, "summary"));
    one.number = string_of(line, "number") + string_of(line, "citation");
    for (const auto& part : truth.at("parts")) {
      one.cfr.push_back({"15", part.get<std::string>()});
    }
    Label label;
    label.must = truth["categories_must"].get<Ids>();
    if (truth.contains("categories_may") && truth["categories_may"].is_array()) {
      label.may = truth["categories_may"].get<Ids>();
    }
    label.outside = {"country-tables",
                     "enforcement",
                     "license-applications",
                     "deemed-exports",
                     "icts-supply-chain",
                     "chips-guardrails",
                     "outbound-investment",
                     "ai-policy"};
    score.count(one, label);
  }
  INFO(score.misses);
  CHECK(score.found == score.wanted);
  CHECK(score.found >= 9 * score.wrong);
}

TEST_CASE("a category that the title names is told", "[relevance]") {
  CHECK(flagged(document("Controls on Sensors")) == Ids{"sensors"});
  CHECK(flagged(document("Revisions to ECCN 2B231")) == Ids{"vacuum-pumps"});
  CHECK(flagged(document("Request for Comments: Bearings")) == Ids{"bearings"});
  CHECK(flagged(document("Sunshine Act Meeting")).empty());
}

TEST_CASE("a document outside the EAR is told by the part that it amends", "[relevance]") {
  auto connected = document("Procedures of the Office");
  connected.cfr = {{"15", "791"}};
  CHECK(flagged(connected) == Ids{"icts-supply-chain"});
  auto chemicals = document("Procedures of the Office");
  chemicals.cfr = {{"15", "745"}, {"15", "748"}};
  CHECK(flagged(chemicals).empty());
}

TEST_CASE("a document is told by the places that its instructions name", "[relevance]") {
  auto rule = document("Revisions and Clarifications");
  Instruction instruction;
  instruction.understood = true;
  Operation operation;
  operation.verb = Verb::revise;
  operation.targets.push_back({cite("ECCN 3B993.c.3.b")});
  instruction.operations.push_back(operation);
  rule.instructions.push_back(instruction);
  const auto ids = flagged(rule);
  CHECK(ids.count("vacuum-valves") == 1);
  CHECK(ids.count("etching") == 1);
  CHECK(ids.count("lithography") == 0);
}
