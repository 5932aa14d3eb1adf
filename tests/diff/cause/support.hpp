// Words for the tests of causes: transitions from two outlines, documents in a line.
#pragma once

#include "diff/cause/attribute.hpp"
#include "diff/cause/delays.hpp"
#include "diff/tree/tree_diff.hpp"
#include "tests/support/outline.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace regtrail::tests {

inline Citation cite(std::string_view text) {
  auto citation = Citation::parse(text);
  REQUIRE(citation);
  return *citation;
}

inline Date date(std::string_view iso) {
  return Date::parse(iso).value();
}

/// A rule of part 744 on pages of volume 91, published and effective on a day, its text read.
inline Document rule(std::string number, int page, int end_page, std::string_view published) {
  Document document;
  document.number = std::move(number);
  document.type = DocumentType::rule;
  document.volume = 91;
  document.start_page = page;
  document.end_page = end_page;
  document.published = date(published);
  document.effective = {date(published)};
  document.cfr = {{"15", "744"}};
  document.has_text = true;
  return document;
}

inline Instruction order(std::string ordinal, Verb verb, const std::vector<std::string>& targets) {
  Instruction instruction;
  instruction.ordinal = std::move(ordinal);
  instruction.title = "15";
  instruction.understood = true;
  Operation operation;
  operation.verb = verb;
  for (const std::string& target : targets) {
    operation.targets.push_back({cite(target), TargetExtent::whole});
    instruction.part = operation.targets.back().at.part_number();
  }
  instruction.operations = {operation};
  return instruction;
}

/// The same with text set out.
inline Instruction order(std::string ordinal,
                         Verb verb,
                         const std::vector<std::string>& targets,
                         const std::string& text) {
  Instruction instruction = order(std::move(ordinal), verb, targets);
  SetOutText set_out;
  set_out.unit = cite(targets.front()).unit();
  set_out.root.kind = NodeKind::unit;
  Node paragraph;
  paragraph.text = text;
  set_out.root.children = {paragraph};
  rehash(set_out.root);
  instruction.set_out = {set_out};
  return instruction;
}

struct Told {
  const Change* change = nullptr;
  std::vector<Cause> causes;
};

/// A transition and what is said of it.
class Transition {
public:
  Transition(std::string_view before, std::string_view after, const char* from, const char* to)
      : m_diff(diff::diff_units(outline(before), outline(after), {})),
        m_before(date(from)),
        m_after(date(to)) {}

  /// Documents of the whole time are held unless `coverage` says otherwise.
  Transition& with(std::vector<Document> documents) {
    m_documents = std::move(documents);
    m_coverage = diff::Coverage{date("2020-01-01"), date("2030-01-01")};
    return *this;
  }

  Transition& uncovered() {
    m_coverage.reset();
    return *this;
  }

  Transition& in_part(std::string part) {
    m_part = std::move(part);
    return *this;
  }

  [[nodiscard]] std::vector<Told> all() const {
    std::vector<const Document*> candidates;
    for (const Document& document : m_documents) {
      candidates.push_back(&document);
    }
    const auto causes =
        diff::attribute_causes({m_diff, "15", m_part, m_before, m_after}, candidates, m_coverage);
    std::vector<Told> told;
    for (std::size_t i = 0; i < causes.size(); ++i) {
      told.push_back({&m_diff.changes[i], causes[i]});
    }
    return told;
  }

  /// Of the change at `at`.
  [[nodiscard]] std::vector<Cause> at(std::string_view at) const {
    for (const Told& told : all()) {
      if (told.change->at.to_string() == at) {
        return told.causes;
      }
    }
    FAIL("nothing changed at " << at);
    return {};
  }

  /// "2026-00001 instruction 2", "91 FR 500 not held", "editorial", "unidentified", "" for nothing.
  [[nodiscard]] std::string verdict(std::string_view place) const {
    const std::vector<Cause> causes = at(place);
    if (causes.empty()) {
      return "";
    }
    const Cause& cause = causes.front();
    switch (answer_of(cause)) {
    case CauseAnswer::identified:
      return cause.document +
             (cause.instruction.empty() ? "" : " instruction " + cause.instruction);
    case CauseAnswer::cited:
      return cause.citation + " not held";
    case CauseAnswer::editorial:
      return "editorial";
    case CauseAnswer::unidentified:
      return "unidentified";
    case CauseAnswer::candidate:
      return "a candidate first";
    }
    return "";
  }

private:
  DiffResult m_diff;
  Date m_before;
  Date m_after;
  std::string m_part = "744";
  std::vector<Document> m_documents;
  std::optional<diff::Coverage> m_coverage;
};

} // namespace regtrail::tests
