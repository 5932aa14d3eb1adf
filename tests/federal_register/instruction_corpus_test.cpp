// Instructions of real documents: how many are understood, and whether others read them alike.
#include "federal_register/defect_note.hpp"
#include "federal_register/instruction.hpp"
#include "tests/federal_register/amdpars.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace regtrail;

namespace {

bool has_corpus() {
  const bool there = std::filesystem::exists(std::filesystem::path(corpus_root()) / "fr");
  if (!there) {
    WARN("skipped: there is no " << corpus_root() << "/fr");
  }
  return there;
}

std::vector<nlohmann::json> lines_of(const std::string& file) {
  std::vector<nlohmann::json> objects;
  std::ifstream in(std::filesystem::path(corpus_root()) / "fr" / file);
  for (std::string line; std::getline(in, line);) {
    objects.push_back(nlohmann::json::parse(line));
  }
  return objects;
}

std::string bare(const Step& step) {
  return step.kind == Step::Kind::paragraph ? step.name.substr(1, step.name.size() - 2) : step.name;
}

/// A target in the labels of the 2017 parser: "447-32-c", "447-11-def", "479-111-a-3-p1".
std::string label_of(const Citation& at) {
  std::string label = at.name();
  std::replace(label.begin(), label.end(), '.', '-');
  for (const Step& step : at.steps()) {
    const std::string name = bare(step);
    if (name == "heading") {
      continue; // it has no label for headings
    }
    label += name.starts_with("text ")            ? "-p" + name.substr(5)
             : step.kind == Step::Kind::paragraph ? "-" + name
                                                  : "-def";
  }
  return label;
}

/// Its labels of definitions are hashes of their text: "447-11-p4250035813".
std::string without_hash(const std::string& label) {
  const std::size_t p = label.rfind("-p");
  return p != std::string::npos && label.size() - p > 6 ? label.substr(0, p) + "-def" : label;
}

bool is_within(const std::string& label, const std::string& target) {
  return label == target || label.starts_with(target + "-");
}

bool covers(const Instruction& instruction, const std::string& label) {
  for (const auto& operation : instruction.operations) {
    for (const auto& target : operation.targets) {
      if (is_within(without_hash(label), label_of(target.at)) ||
          is_within(label, label_of(target.at))) {
        return true;
      }
    }
  }
  return false;
}

/// What that parser got wrong: it did not carry the section from one lettered instruction to the
/// next but one ("479-?-b"). Its labels of definitions are hashes, so that no more than their
/// section is compared; "from after the definition of “Pistol”" (18.f, 31.c) it takes for a second
/// place, and "the undesignated paragraphs following paragraphs (a)(3)" (33) for these paragraphs.
const std::set<std::string> their_errors = {
    "2014-18842 21.b", "2014-18842 37.b", "2014-18842 55.b"};

struct Agreement {
  int labels = 0;
  int agreed = 0;
  int excused = 0;
  int ours = 0;      ///< places that we name where it names some
  int confirmed = 0; ///< of them those that it names too
  int excused_ours = 0;
  int theirs_silent = 0; ///< our places in instructions of which it says nothing
};

Agreement agreement_with(const std::string& number) {
  const std::filesystem::path root(corpus_root());
  const auto amdpars = amdpars_of((root / "fr" / "rules" / (number + ".xml")).string());
  const auto instructions = read_all(amdpars);
  std::ifstream in(root / "regression" / "atf" / "notice" / number);
  const auto amendments = nlohmann::json::parse(in).at("amendments");
  REQUIRE(amendments.size() == instructions.size());
  Agreement result;
  for (std::size_t i = 0; i < instructions.size(); ++i) {
    const bool excused = their_errors.contains(number + " " + instructions[i].ordinal);
    std::vector<std::string> labels;
    for (const auto& change : amendments[i].value("changes", nlohmann::json::array())) {
      labels.push_back(change.at(0).get<std::string>());
    }
    for (const auto& label : labels) {
      ++result.labels;
      const bool agreed = covers(instructions[i], label);
      result.agreed += agreed ? 1 : 0;
      result.excused += !agreed && excused ? 1 : 0;
      CAPTURE(number, amdpars[i].text, label, compact(instructions[i]));
      CHECK((agreed || excused));
    }
    for (const auto& operation : instructions[i].operations) {
      for (const auto& target : operation.targets) {
        const bool silent = labels.empty();
        result.theirs_silent += silent ? 1 : 0;
        const std::string own = label_of(target.at);
        const bool confirmed = std::any_of(labels.begin(), labels.end(), [&](const auto& label) {
          return is_within(without_hash(label), own) || is_within(label, own);
        });
        result.ours += silent ? 0 : 1;
        result.confirmed += confirmed ? 1 : 0;
        result.excused_ours += !silent && !confirmed && excused ? 1 : 0;
        CAPTURE(number, amdpars[i].text, own);
        CHECK((silent || confirmed || excused));
      }
    }
  }
  return result;
}

} // namespace

TEST_CASE("of the instructions of the corpus at least 98 in 100 are understood", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  int all = 0;
  std::map<std::string, int> failures;
  for (const auto* folder : {"rules", "issues"}) {
    for (const auto& file : register_files(folder)) {
      for (const auto& instruction : read_all(amdpars_of(file))) {
        ++all;
        if (!instruction.understood) {
          ++failures[instruction.reason];
        }
        for (const auto& operation : instruction.operations) {
          CHECK_FALSE(operation.targets.empty());
          for (const auto& target : operation.targets) {
            const auto parsed = Citation::parse(target.at.to_string());
            CHECK((parsed && parsed->to_string() == target.at.to_string()));
          }
        }
      }
    }
  }
  int failed = 0;
  for (const auto& [reason, count] : failures) {
    failed += count;
    WARN(count << " not understood: " << reason);
  }
  CHECK(all == 821);
  CHECK(failed * 50 <= all);
}

TEST_CASE("an issue is read alike before and after its dashes were changed", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  std::vector<std::vector<std::string>> readings;
  for (const auto& file : register_files("issues")) {
    readings.emplace_back();
    for (const auto& instruction : read_all(amdpars_of(file))) {
      for (const auto& operation : instruction.operations) {
        for (const auto& target : operation.targets) {
          readings.back().push_back(target.at.to_string());
        }
      }
    }
  }
  REQUIRE(readings.size() == 2);
  CHECK(readings[0] == readings[1]);
}

TEST_CASE("the nine instructions of 2025-00723 are understood", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  const std::vector<std::string> expected = {
      "continue to read [15 CFR Part 740 / authority]",
      "add [15 CFR 740.6(a)(1)(iv)]",
      "revise [15 CFR Part 742 / authority]",
      "revise [15 CFR 742.4(b)(11)]",
      "add [15 CFR 742.6(a)(13)] [15 CFR 742.6(b)(14)]",
      "continue to read [15 CFR Part 758 / authority]",
      "add [15 CFR 758.1(b)(11)]",
      "continue to read [15 CFR Part 774 / authority]",
      "add [ECCN 3A069]; revise [ECCN 3A999] [ECCN 3E001]; add [ECCN 3E069]"};
  federal_register::InstructionContext context;
  std::vector<std::string> read;
  for (const auto& line : lines_of("ear-instructions_2025-00723.jsonl")) {
    context.title = "15";
    context.part = line.at("regtext_part");
    read.push_back(
        compact(federal_register::read_instruction(line.at("text").get<std::string>(), context)));
  }
  CHECK(read == expected);
}

TEST_CASE("two parsers find the same places in four rules on firearms and explosives", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  Agreement all;
  for (const auto* number : {"2014-02580", "2014-06778", "2014-18842", "E8-23178"}) {
    const Agreement one = agreement_with(number);
    WARN(number << ": " << one.agreed << " of " << one.labels << " of its places are ours, "
                << one.excused << " its own errors; " << one.confirmed << " of our " << one.ours
                << " are its places; it says nothing of another " << one.theirs_silent);
    all.labels += one.labels;
    all.agreed += one.agreed;
    all.ours += one.ours;
    all.confirmed += one.confirmed + one.excused_ours;
  }
  CHECK(all.labels == 266);
  CHECK(all.agreed * 100 >= all.labels * 97);
  CHECK(all.confirmed * 100 >= all.ours * 97);
}

TEST_CASE("the change set of 2014-21847 names the comment that its instruction names", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  const std::filesystem::path root(corpus_root());
  pugi::xml_document published;
  REQUIRE(published.load_file(
      (root / "regression" / "regml" / "notice" / "1013" / "2014-21847.xml").c_str()));
  std::set<std::string> theirs;
  for (const auto& change : published.select_nodes("//change")) {
    theirs.insert(std::string(change.node().attribute("operation").value()) + " " +
                  change.node().attribute("label").value());
  }
  std::set<std::string> ours;
  for (const auto& instruction :
       read_all(amdpars_of((root / "fr" / "rules" / "2014-21847.xml").string()))) {
    for (const auto& operation : instruction.operations) {
      for (const auto& target : operation.targets) {
        // "Supplement I to Part 1013 / Section 1013.2 / 2(e) / 9 / vi" is 1013-2-e-Interp-9-vi.
        if (target.at.part_number() != "1013" || target.at.kind() != CitationKind::appendix) {
          continue;
        }
        std::string label = target.at.part_number();
        for (std::size_t i = 1; i < target.at.steps().size(); ++i) {
          std::string name = target.at.steps()[i].name;
          std::replace(name.begin(), name.end(), '(', '-');
          name.erase(std::remove(name.begin(), name.end(), ')'), name.end());
          label += "-" + name + (i == 1 ? "-Interp" : "");
        }
        ours.insert((operation.verb == Verb::add ? "added " : "other ") + label);
      }
    }
  }
  CHECK(ours == theirs);
}

TEST_CASE("the four notes on EAR amendments that failed say what failed and why", "[corpus]") {
  if (!has_corpus()) {
    return;
  }
  std::vector<std::string> read;
  for (const auto& line : lines_of("defect_notes-title15.jsonl")) {
    for (const auto& note :
         federal_register::find_defect_notes(line.at("text").get<std::string>(), "15")) {
      read.push_back(note.at.to_string() + " " + note.published->to_string() + ": " +
                     compact(note.instruction) + ": " + std::string(to_string(note.reason)));
    }
  }
  const std::string china = "Supplement No. 4 to Part 744 / CHINA, PEOPLE'S REPUBLIC OF / ";
  CHECK(read == std::vector<std::string>{
                    "90 FR 4615 2025-01-16: revise [15 CFR 742.4(b)(11)]: target does not exist",
                    "90 FR 4615 2025-01-16: add [15 CFR 742.6(a)(13)] [15 CFR 742.6(b)(14)]: "
                    "target already exists",
                    "89 FR 96836 2024-12-05: add [" + china + "S2C Limited]; revise [" + china +
                        "Shanghai Micro Electronics Equipment (Group) Co., Ltd.]: incomplete text",
                    "88 FR 71936 2023-10-18: revise [ECCN 9A005]: incomplete text"});
}
