// The terms that Category 3 prints in double quotes, against the definitions of 772.1.
#include "ear/quoted_term.hpp"
#include "parse/ecfr_xml.hpp"
#include "tests/support/files.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>

namespace regtrail::parse {

namespace {

/// Lower case, hyphens as blanks, singular: print is not strict about these.
std::string folded(std::string_view text) {
  std::string words;
  for (const char c : text) {
    words += c == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (words.ends_with("ies")) {
    words.replace(words.size() - 3, 3, "y");
  } else if (words.ends_with("s") && !words.ends_with("ss")) {
    words.pop_back();
  }
  return words;
}

/// "Extreme Ultraviolet (EUV)" defines both.
void collect_definitions(const Node& node, std::set<std::string>& into) {
  if (node.kind == NodeKind::definition) {
    const auto open = node.designator.find(" (");
    into.insert(folded(node.designator));
    into.insert(folded(std::string_view(node.designator).substr(0, open)));
    if (open != std::string::npos && node.designator.ends_with(")")) {
      into.insert(folded(
          std::string_view(node.designator).substr(open + 2, node.designator.size() - open - 3)));
    }
  }
  for (const auto& child : node.children) {
    collect_definitions(child, into);
  }
}

void collect_terms(const Node& node, std::map<std::string, int>& into) {
  for (const auto& quoted : ear::find_quoted_terms(node.text)) {
    if (quoted.kind == ear::QuoteKind::double_quotes) {
      ++into[folded(quoted.term)];
    }
  }
  for (const auto& child : node.children) {
    collect_terms(child, into);
  }
}

} // namespace

TEST_CASE(
    "a quoted term of Category 3 is defined in 772.1, or one of those that the law leaves open",
    "[corpus]") {
  NEEDS_CORPUS("ecfr/title-15-section-772.1_2026-09-01.xml");
  EcfrOptions options;
  options.title = "15";
  const auto read = [&](const char* file) {
    return parse_ecfr(
               regtrail::testing::read_file(regtrail::testing::corpus_path() / "ecfr" / file),
               options)
        .value()
        .units;
  };
  std::set<std::string> defined;
  for (const auto& unit : read("title-15-section-772.1_2026-09-01.xml")) {
    collect_definitions(unit.root, defined);
  }
  std::map<std::string, int> quoted;
  for (const auto& unit : read("title-15-part-774_reduced_2026-09-01.xml")) {
    for (const auto& entry : unit.root.children) {
      if (entry.kind == NodeKind::entry && entry.designator.starts_with("3")) {
        collect_terms(entry, quoted);
      }
    }
  }

  std::set<std::string> open;
  for (const auto& [term, times] : quoted) {
    if (defined.count(term) == 0) {
      open.insert(term);
    }
  }

  CHECK(quoted.size() > 80);
  // Single quotes were meant (the entry defines the term itself), or 772.1 words it otherwise
  // ("basic gate propagation delay time"), or not at all.
  CHECK(open == std::set<std::string>{"as part of",
                                      "as parts of",
                                      "assembly",
                                      "basic propagation delay time",
                                      "batch type",
                                      "build to print",
                                      "chemical vapor deposition",
                                      "cold trap",
                                      "figure of merit",
                                      "interleaved adc",
                                      "mask",
                                      "micro computer microcircuit",
                                      "microwave monolithic integrated circuit",
                                      "minimum resolvable feature size",
                                      "multiple channel adc",
                                      "pulse transition time",
                                      "single wafer type",
                                      "sputtering"});
}

} // namespace regtrail::parse
